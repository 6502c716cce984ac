"""Words by which places, firms and houses are told, whatever stands beside them."""

from __future__ import annotations

from pullquote.mark.lexicon.meanings import phrases, words

BODY_HEADS = words(
    """
    academy airlines apartments condominiums airport airways arena armory bakery ballet bank barracks base
    bistro bookshop bookstore brewery bridge builders building buildings cafe cannery cathedral center
    centre chapel choir depot rovers wanderers albion harriers church clinic club college company construction cooperative
    corporation cottage court creamery daycare deli dental diner dockyard dorm
    electric elementary enterprises factory farm farms florist foods foundation foundry
    freight garage gardens grill grocery gym hall hardware haulage heights hospice
    hospital hotel house imaging industries infirmary inn institute insurance junction
    kindergarten laboratories landscaping laundry library lodge lounge saloon barbershop parlor logistics lumber
    manor manufacturing market medical memorial mill agency mills mine mines ministries
    mosque motel motors museum nursery orchestra orthopedics pharmacy physio
    physiotherapy pizzeria plant plumbing polytechnic poultry practice prep prison
    products railroad railway railways ranch rectory robotics aerospace biotech pharmaceuticals
    ventures consulting dynamics labs analytics refinery rehab resort restaurant
    roofing salon school seminary shelter shipyard shop station steel storage store
    studio studios supply surgery symphony synagogue tavern temple terminal theater
    theatre tower towers township transit trucking unified university vineyard
    warehouse winery works yacht yard ymca fair festival carnival fete regatta marathon gala kennels cattery stables livery
    lettings juniors infants vets dairies savings mutual bancorp financial grange zoo tabernacle pool association sanctuary abbey monastery convent
    """
)
"""What a workplace, a school, a church, a hospital or a house is called last."""

BODY_ENDINGS = ("mill", "yard", "works", "house", "shop", "store", "plex")
"""Endings of other such words: "sawmill"."""

LAST_ONLY = words(
    """
    agency associates baptist base bridge brothers building buildings bureau catholic
    center centre community company comprehensive court dental east electric episcopal
    foods garage gardens general grammar heights high holdings house library lutheran medical
    memorial methodist mill mills mine north partners plant practice presbyterian
    primary products regional rescue school service services shop show solutions south station
    storage store supply surgery systems technologies united west works yard
    """
)
"""Heads that are adjectives or common words too: a bare "at" or "for" must lead to them."""

LONG_HEADS = phrases(
    """
    & sons, and daughters, and sons, baptist church, bible church, birth center, bus
    depot, care home, catholic church, catholic school, cold storage, community center,
    community church, community college, credit union, elementary school, fire
    department, health center, health system, high school, lutheran church, medical
    center, medical centre, methodist church, middle school, nursing home, pain center,
    police department, post office, primary school, rail yard, retirement home, school
    district, senior center, spine center, spine institute, tool and die
    """
)
"""Heads of several words."""

PLACE_TAILS = words(
    """
    bay beach bend bluff bluffs bottoms bridge brook burn canyon cape commons corner
    corners county cove creek crossing dale district estate estates falls farm ferry
    flats ford forest gap glen green grove gulch harbor harbour haven heights hill hills
    hollow inlet island islands isle junction lake lakes landing meadow meadows mills
    neighborhood neighbourhood notch orchard park peninsula plains point pond port
    prairie quarry ranch rapids reservation ridge river rock shore shores sound spring
    springs square station summit terrace town township vale valley village view ville
    wells wharf wood woods hook fork forks mound banks knob peak butte mesa pines oaks
    elms end palms cedars vista cross city gate ward field fields hamlet parish borough area region
    """
)
"""What towns, parts of towns and countrysides are called last: "mossy ford"."""

WEAK_TAILS = words(
    "area region town city end village park spring rock sound view point ward"
)
"""Tails that need a strange or a rare word before them."""

PLACE_FIRSTS = words(
    """
    bad big camp cape east el fort glen grand great isle la lake las little loch los lough lower
    mount mt new north nova old palo point port rancho saint san santa south st te upper
    west
    """
)
"""What names of places begin with: "fort bracken"."""

DISTRICTS = words("district neighborhood neighbourhood")
"""Tails of a part of a town: "the old mill district"."""

SURE_FIRSTS = words("cape fort loch lough mount mt isle san santa saint st las los")
"""Those of them that hardly stand before another word."""

OF_HEADS = words(
    """
    bank bishop city college county diocese gulf hamlet island isle kingdom mayor parish
    port province queen republic suburb town university village
    """
)
"""What is called by its place: "the mayor of dunmarsh"."""

BODY_FIRSTS = words(
    "royal temple hotel masjid motel camp chateau villa saint st holy mount"
)
"""What names of houses begin with: "hotel montclere"."""

ORDINARY = words(
    """
    amateur art assisted auto aviation baseball basketball beauty beef big blood body
    bus business busy candy car chain charter chicken children children's city clothing
    coal coffee college community company construction convenience cooking corner cotton
    country county dance department disability discount doctor's driving drug dry
    emergency entire factory fancy farm fast fire fitness flour football furniture gas
    general gift gold golf government grad grade graduate graduation grammar grocery
    group hardware health heavy high home hospital huge ice ivy jazz jewelry junior kids
    kids' language large law league liquor living local long-term main maintenance
    massage meat medical medicine men's middle military mind music nearby nice night
    nurses nursing office old online orthopedic outpatient own pain paper parking
    patient pet phone physical physio pizza police post power pre prep primary private
    public radio real rehab rehabilitation repair research retail rock rural salt
    sandwich satellite saw secondary senior shoe shopping small soccer social specialist
    spine sports state steel strip student sugar summer sunday super surgery swimming
    teaching technical tennis therapy thrift title toy trade train training trauma
    travel urgent used veterinary village vocational walk-in water weight whole women's
    wonderful work worker workers workers' worst yoga young
    """
)
"""What stands before a head and names nobody: "a nursing school"."""
