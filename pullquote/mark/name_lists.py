"""Names of people and towns, for text without capitals.

The lists are those of mimesis, which makes up data in forty languages: 26,000 given
names, as many surnames, 16,000 towns. Many of them are words too ("Rose", "Bath").
How often a word is written tells them apart: English has "cordelia" 50 times in a
corpus in which it has "rose" 20,000 times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from pullquote.mark.meanings import words

_LATIN = (
    "cs da de de-at de-ch en en-au en-ca en-gb es es-mx fi fr hr hu it nl no pl pt"
    " pt-br sv tr"
)
"""Locales of mimesis whose lists are in Latin letters, the large ones."""


@dataclass(frozen=True, slots=True)
class NameLists:
    """Small letters all: single words of people's names, and towns, of several too."""

    people: frozenset[str]
    towns: frozenset[str]
    first_names: frozenset[str]
    """Those of people that are written often and are no words."""


@cache
def name_lists() -> NameLists:
    """Return the lists, read when they are first needed: it takes a moment."""
    people: set[str] = set(FIRST_NAMES)
    towns: set[str] = set()
    root = files("mimesis") / "datasets"
    for locale in _LATIN.split():
        person = msgspec.json.decode((root / locale / "person.json").read_bytes())
        people.update(_texts(person.get("names")))
        people.update(_texts(person.get("surnames")))
        address = msgspec.json.decode((root / locale / "address.json").read_bytes())
        towns.update(_texts(address.get("city")))
    return NameLists(
        people=frozenset(w for text in people for w in text.casefold().split()),
        towns=frozenset(text.casefold() for text in towns),
        first_names=FIRST_NAMES,
    )


def _texts(value: Any) -> Iterator[str]:
    """Yield what is listed, by sex or not."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        value = [one for part in value.values() for one in part]
    yield from value if isinstance(value, list) else ()


FIRST_NAMES = words(
    """
    adam adrian alex alexander alexandra ali alice amanda amy ana andrea andrew andy
    angela ann anna anne annie anthony barbara ben benjamin beth betty bob bobby brenda
    brian bruce carl carla carlos carol caroline catherine cathy charles charlie
    charlotte chloe chris christina christine christopher chuck cindy claire clarence
    clark claude claudia cody colleen connie craig curtis cynthia damian dan daniel
    danny dave david debbie deborah denise dennis derek diana diane dolores donald
    donna doris dorothy doug douglas duncan dylan earl eddie edgar edith edward eleanor
    elaine elena elizabeth ella ellen ellie emily emma eric esther ethan eugene eva
    evelyn fiona florence frances francis frank fred freddie gary george gina glenn
    gloria gordon greg gregory gwen hank hannah harold harriet harry heather helen henry
    howard ian ike ingrid irene isabella jack jackie jacob jake james jamie jane janet
    jared jason jay jean jeff jeffrey jennifer jenny jeremy jerry jessica jessie jill
    jim jimmy joan joe joel joey johanna john johnny jonathan jordan jose joseph josh
    juan judith judy julia julian julie juliet justin karen kate katherine kathy keith
    kelly ken kenneth kevin kim kimberly kyle larry laura lauren lee leo leon leonard
    leslie lily linda lisa liz lori lorraine louis louise lucas lucy luis luke marcus
    margaret maria marie marilyn marion martha martin marvin mary matt matthew maureen
    max megan melanie melissa michael michelle miguel mike miriam mitch mohammed moses
    monica nancy naomi natalie nathan neil nicholas nicole nigel nina nora norman oliver
    olivia oscar pamela patricia patrick paul paula pedro peggy penelope peter phil
    philip phoebe phyllis rachel ralph randy raymond rebecca rhonda richard rick ricky
    rita robert roberto robin rodney roger ron ronald ronnie rory rosa rosemary rosie roy
    russell ruth ryan sally sam samantha samuel sandra sarah scott sean sebastian sergei
    seth sharon sheila shirley simon sonia sophia sophie stan stanley stella stephanie
    stephen steve steven stuart susan susie sylvia tanya tara ted teddy teresa terry
    theodore theresa thomas tiffany tim timothy tina todd tom tommy tony tracy travis
    trevor tyler valerie vanessa vera veronica victor victoria vincent viola virginia
    walter wanda warren wayne wendy william willy winnie xavier yvonne zachary zoe
    """
)
"""Given names that are written often and are no words, or hardly ever."""

WORDS_TOO = words(
    """
    agar algid amen arcade areal areas aster audi bagger ballard bambino bari barring
    beretta berg bering bologna bolt bouillon bougie brewer caldera callus cantor capon
    capone cart carter cicero coda concord condo copes copse coups cristal dahlia dane
    dicker dolce drin dropper els epsom faro fargo ferrari fides fie fishers flo florin
    foley gait gale gelling gist gouda graver graves grays grosser heller hemming hernia
    hertz hollers holden hove hyde ira islam kelvin lama latte leer lemming lens lensing
    lexus lima linden lumen lux madonna magenta maj mandala martini mauve maxima medina
    mesquite midland milder mimosa minder minke minks mora natal nadir nils nobs odder
    oke ola omer others overs palestine pally pandora panders pandorama panorama
    parkland pars patella pax petra philippine pipers pons pontiac poos porsche porte
    poser potts prods prospers quint rath reno riggs righter rime ritz roma romano rooks
    rotunda rumps sahara saner savoy scot serif serrano shan shea signer sima skinner
    slater slaw sone stans sterner stilling stoup sura surer sylvan tam thais thru tiller
    tines topi tourniquet tran tress trier tun turin tyke udder umber uru vader valence
    vandal vita warder wilts wolfs yuk
    """
)
"""What the lists have as names, and seldom written English has as words."""
