"""Words by which places, firms and houses are told, whatever stands beside them."""

from __future__ import annotations

from pullquote.mark.lexicon.meanings import words

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
    baptist brothers catholic community comprehensive dental electric episcopal foods general high
    holdings lutheran medical memorial methodist presbyterian primary regional solutions
    systems technologies partners associates surgery east west north south court house
    base bridge plant practice center centre school company shop store yard garage
    storage station supply building buildings service services agency bureau works products mine mill mills heights gardens library
    """
)
"""Heads that are adjectives or common words too: a bare "at" or "for" must lead to them."""

LONG_HEADS = (
    ("and", "sons"),
    ("&", "sons"),
    ("and", "daughters"),
    ("tool", "and", "die"),
    ("fire", "department"),
    ("police", "department"),
    ("school", "district"),
    ("high", "school"),
    ("middle", "school"),
    ("elementary", "school"),
    ("primary", "school"),
    ("medical", "center"),
    ("medical", "centre"),
    ("birth", "center"),
    ("pain", "center"),
    ("spine", "center"),
    ("spine", "institute"),
    ("health", "center"),
    ("health", "system"),
    ("community", "college"),
    ("nursing", "home"),
    ("care", "home"),
    ("retirement", "home"),
    ("credit", "union"),
    ("cold", "storage"),
    ("post", "office"),
    ("bus", "depot"),
    ("rail", "yard"),
    ("senior", "center"),
    ("community", "center"),
    ("baptist", "church"),
    ("lutheran", "church"),
    ("methodist", "church"),
    ("catholic", "church"),
    ("community", "church"),
    ("bible", "church"),
    ("catholic", "school"),
    ("elementary", "school"),
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
    elms palms cedars vista cross city gate ward field fields hamlet parish borough area region
    """
)
"""What towns, parts of towns and countrysides are called last: "mossy ford"."""

WEAK_TAILS = words(
    "area region town city village park spring rock sound view point ward"
)
"""Tails that need a strange or a rare word before them."""

PLACE_FIRSTS = words(
    """
    fort port mount mt saint st san santa las los el la cape isle glen camp lake point
    bad te lower upper north south east west new old little great big grand nova palo rancho
    """
)
"""What names of places begin with: "fort bracken"."""

DISTRICTS = words("district neighborhood neighbourhood")
"""Tails of a part of a town: "the old mill district"."""

SURE_FIRSTS = words("cape fort mount mt isle san santa saint st las los")
"""Those of them that hardly stand before another word."""

OF_HEADS = words(
    """
    mayor university bishop village town city county isle parish hamlet diocese bank
    queen college port republic island kingdom province gulf suburb
    """
)
"""What is called by its place: "the mayor of dunmarsh"."""

BODY_FIRSTS = words("temple hotel masjid motel camp chateau villa saint st holy mount")
"""What names of houses begin with: "hotel montclere"."""

ORDINARY = words(
    """
    amateur art assisted auto aviation beauty big blood business busy car chain charter
    children children's city coffee college community company construction convenience
    cooking corner county department disability discount doctor's driving drug dry
    emergency entire fancy fast fire fitness furniture gas general gift government
    graduate graduation grade grad grammar group grocery hardware health heavy high home
    hospital huge ice ivy jewelry junior kids kids' language large law league living
    local long-term main maintenance massage medical medicine men's middle military
    nearby nice night nursing nurses office old online orthopedic outpatient own pain
    patient pet physical physio police post power pre prep primary private public radio
    real rehab rehabilitation repair research retail rural satellite secondary senior
    shoe small social specialist spine sports state steel strip student summer sunday
    super surgery teaching technical therapy title toy trade training trauma travel
    urgent used veterinary village vocational walk-in whole women's wonderful worst
    yoga young sandwich pizza phone parking golf tennis swimming soccer football
    basketball baseball dance music jazz rock country liquor thrift shopping clothing
    paper cotton sugar flour saw water coal salt gold candy chicken meat beef
    body mind weight work worker workers workers' factory farm bus train
    """
)
"""What stands before a head and names nobody: "a nursing school"."""
