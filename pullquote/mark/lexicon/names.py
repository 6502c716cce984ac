"""Names of people and towns, for text without capitals.

The lists are those of mimesis, which makes up data in forty languages: 26,000 given
names, as many surnames, 16,000 towns. Many of them are words too ("Rose", "Bath").
How often a word is written tells them apart: English has "cordelia" 50 times in a
corpus in which it has "rose" 20,000 times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from pullquote.mark.lexicon.meanings import words

_LATIN = (
    "cs da de de-at de-ch en en-au en-ca en-gb es es-mx fi fr hr hu it nl no pl pt"
    " pt-br sv tr"
)
"""Locales of mimesis whose lists are in Latin letters, the large ones."""
_NEAR_GERMAN = "de de-at de-ch es fr hr it pl pt tr"
"""Locales whose given names are hardly ever German words, as Nordic ones are: Magen, Ring."""


@dataclass(frozen=True, slots=True)
class NameLists:
    """Small letters all: single words of people's names, and towns, of several too."""

    people: frozenset[str]
    towns: frozenset[str]


@cache
def name_lists() -> NameLists:
    """Return the lists, read when they are first needed: it takes a moment."""
    people = {*FIRST_NAMES, *_listed(_LATIN, "person", "names", "surnames")}
    towns = {*_listed(_LATIN, "address", "city"), *_large_towns()}
    return NameLists(people=_words(people), towns=frozenset(map(str.casefold, towns)))


@cache
def given_beside_german() -> frozenset[str]:
    """Return given names that tell a name among German nouns, in small letters."""
    return _words({*FIRST_NAMES, *_listed(_NEAR_GERMAN, "person", "names")})


def _words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in name.casefold().split())


def _listed(locales: str, file: str, *keys: str) -> Iterator[str]:
    """Yield what mimesis lists for some locales."""
    for locale in locales.split():
        path = files("mimesis") / "datasets" / locale / f"{file}.json"
        held = msgspec.json.decode(path.read_bytes())
        for key in keys:
            yield from _texts(held.get(key))


def _large_towns() -> Iterator[str]:
    """Yield the towns that time zones are named after, as English has them: "vienna"."""
    from babel.core import get_global

    for zone in get_global("zone_territories"):
        continent, _, town = zone.partition("/")
        if continent in ("Africa", "America", "Asia", "Australia", "Europe"):
            yield town.replace("_", " ").casefold()


def _texts(value: Any) -> Iterator[str]:
    """Yield what is listed, by sex or not."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        value = [one for part in value.values() for one in part]
    yield from value if isinstance(value, list) else ()


FIRST_NAMES = words(
    """
    abby abe abigail abraham adam adrian agnes alan albert alec alex alexander alexandra
    alexis alfred ali alice alicia alison allan allen alma amanda ambrose amelia amir
    amy ana andre andrea andres andrew andy angela ann anna anne annie anthony antoine
    anton antonio archie arnold arthur ashley attila audrey ava avery barbara barney
    barry beatrice bella ben benjamin benny bernard bert beth betty billy blake blanche
    bob bobby boris boyd brad brandon brenda brent brett brian bruce bruno bryan caleb
    calvin cameron camilla carl carla carlo carlos carly carmen carol caroline carson
    casey catherine cathy celeste charles charlie charlotte chelsea chloe chris
    christina christine christopher chuck cindy claire clara clarence clark claude
    claudia claus clint clinton clyde cody colleen connie conrad constance cory courtney
    craig cristina curtis cynthia cyrus damian dan dana daniel danielle danny darryl
    dave david davis debbie deborah denise dennis denny derek derrick dexter diana diane
    diego dolores dominic donald donna dorian doris dorothy doug douglas doyle duncan
    dwight dylan earl eddie edgar edith edmond edmund edna edward elaine eleanor elena
    eli elijah elise elizabeth ella ellen ellie elliot ellis emilio emily emma eric
    erica erik erin ernie esteban esther ethan eugene eva evan evelyn ezra fabian felix
    finn fiona fletcher florence floyd forrest frances francis francisco frank frankie
    fred freddie freddy frederick fritz gabriel gary george gerry gideon gilbert giles
    gina glenn gloria gordon graham greg gregory gus gwen hank hannah hans harold
    harriet harris harrison harry harvey heather hector heidi helen helena henri henry
    horace howard hugh ian ike ingrid irene irving isaac isabel isabella isabelle ivan
    jack jackie jackson jacob jacques jaime jake jamal james jamie jane janet janice
    jared jason javier jay jean jeff jefferson jeffrey jenna jennifer jenny jeremy jerry
    jess jesse jessica jessie jill jim jimmy joan jody joe joel joey johanna johannes
    john johnny jon jonah jonas jonathan jordan jorge jose joseph josephine josh juan
    judith judy jules julia julian julie juliet julio julius justin kara karen karl kate
    katherine kathy katie keith kelly ken kendall kenneth kenny kevin kim kimberly klaus
    kurt kyle lana larry lars laura lauren laurie lee leigh lena lenny leo leon leonard
    leslie lester lewis liam lila lilly lily lincoln linda lindsay lionel lisa liz lloyd
    logan lola lorenzo lori lorraine louie louis louise lucas lucian lucy luis luke
    luther lyle lynn malcolm marc marcel marco marcus margaret maria marian marianne
    marie marilyn mario marion martha martin marty marvin mary matt matthew maureen
    maurice max maximilian maya meg megan melanie melinda melissa michael michelle
    mickey miguel mike mildred milo miranda miriam mitch mitchell mohammed mona monica
    morgan moses murray nancy naomi natalie nathan ned neil nelson nicholas nicole nigel
    nina noah noel nolan nora norman olga oliver olivia ollie omar oscar otis otto owen
    pablo paige pamela parker patricia patrick paul paula pauline pedro peggy penelope
    percy perry pete peter phil philip phillip phoebe phyllis pierre quentin quincy
    quinn rachel ralph ramon randall randy raymond rebecca reggie reid rhonda richard
    rick ricky riley rita robbie robert roberto robin rodney roger roland romeo ron
    ronald ronnie roosevelt rory rosa rosemary rosie ross roy rudy rufus rupert russell
    ruth ryan sally sam samantha sammy samuel sandra santiago sara sarah sasha scott
    sean sebastian sergei seth seymour shane sharon shawn sheila shelby sherman shirley
    sid sidney siegfried silas simon simone skye sofia solomon sonia sophia sophie
    spencer stacy stan stanley stefan stella stephanie stephen steve steven stevie
    stuart susan susie sven sydney sylvia tanya tara taylor ted teddy teresa terrance
    terrence terry tessa theodore theresa thomas tiffany tim timmy timothy tina toby tod
    todd tom tommy tony tracy travis trent trevor tristan troy trudy truman tyler
    ulysses valerie vance vanessa vera veronica vicky victor victoria vince vincent
    viola virginia vivian wallace wally walter wanda warren wayne wendy wesley whitney
    william willy wilson winnie winston wyatt xavier yves yvonne zachary zoe
    """
)
"""Given names that are written often and are no words, or hardly ever."""

BY_CHANCE = words(
    """
    amber angel april archer august autumn bliss bob brook brooke buck bud buddy candy
    carol chance charity chip christian cliff cookie cooper crystal daisy dawn duke
    dusty eve fern forest gem glory harmony hazel heath heather holly honey iris ivy
    jade jewel june lance lily major mason may melody misty opal patience pearl pierce
    poppy prince prudence reed river robin rocky rosemary rowan rusty sage sierra sky
    sonny star stormy sunshine tucker turner violet walker willow woody wren
    """
)
"""Words that are given names as well, where a name is due."""

WORDS_TOO = words(
    """
    agar algid amen arcade areal areas aster audi bagger ballard bambino bari barring
    beretta berg bering bologna bolt bougie bouillon brewer caldera callus cantor capon
    capone cart carter cicero coda concord condo copes copse coups cristal dahlia dane
    dicker dolce drin dropper els epsom fargo faro ferrari fides fie fishers flo florin
    foley gait gale gelling gist gouda graver graves grays grosser heller hemming hernia
    hertz holden hollers hove hyde ira islam kelvin lama latte leer lemming lens lensing
    lexus lima linden lumen lux madonna magenta maj mandala martini mauve maxima medina
    mesquite midland milder mimosa minder minke minks mora nadir natal nils nobs odder
    oke ola omer others overs palestine pally panders pandora pandorama panorama
    parkland pars patella pax petra philippine pipers pons pontiac poos porsche porte
    poser potts prods prospers quint rath reno riggs righter rime ritz roma romano rooks
    rotunda rumps sahara saner savoy scot serif serrano shan shea signer sima skinner
    slater slaw sone stans sterner stilling stoup sura surer sylvan tam thais thru
    tiller tines topi tourniquet tran tress trier tun turin tyke udder umber uru vader
    valence vandal vita warder wilts wolfs yuk
    """
)
"""What the lists have as names, and seldom written English has as words."""
