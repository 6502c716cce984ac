"""Names and places in text with capitals. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pullquote.mark.lexicon.common_words import (
    BODIES,
    COMMON,
    KNOWN,
    NAMES_TOO,
    PLACES,
    TELLS,
    bare_form,
    is_known,
)
from pullquote.mark.lexicon.meanings import is_drug
from pullquote.mark.lexicon.names import BY_CHANCE, name_lists
from pullquote.mark.lexicon.places import BODY_HEADS, PLACE_TAILS
from pullquote.mark.lexicon.things import (
    BEFORE_BREEDS,
    BREEDS,
    DOES_OF_THINGS,
    PAPERS,
    PHRASES,
    SPEAKS_OF_PEOPLE,
    TAKEN,
    THINGS,
)
from pullquote.mark.private.heard import ASKS, is_surname
from pullquote.mark.private.rules import (
    CALENDAR,
    HOMES,
    KIN,
    KIN_WORDS,
    MEDICAL,
    NUMBER,
    SMALL,
)
from pullquote.mark.private.word_levels import is_written
from pullquote.model.transcript import Word

TITLES = frozenset(
    "mr mrs ms miss mx dr doctor prof professor rev reverend cllr"  # noqa: SIM905
    " frau herr herrn doktor professorin"
    " madame monsieur mesdames messieurs docteur".split()
)
_JOINING = frozenset(
    "of de van von der den la le el del della di da do dos du bin ibn al and the on upon & +".split()  # noqa: SIM905
)
_PLACING = frozenset(
    ("in", "on", "at", "of", "off", "by", "near", "from", "to", "around", "outside")
)
"""What says where something is: "the Safeway on Geary", "from the Bywater"."""
_GAVE = ("gave", "give", "giving", "prescribed")
_TAKES = {
    "on": ("am", "is", "was", "i'm", "he's", "she's", "been", "me", "still"),
    **dict.fromkeys(("her", "him", "me", "them"), _GAVE),
}
"""What goes before the word that stands before a medicine: "been on", "gave her"."""
_BEFORE_NAMES = frozenset(
    ("Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Rev", "FC", "AFC", "SC", "SV")
)
"""Titles of people and of teams."""
_OWNING = frozenset(("my", "your"))
"""What hardly stands before a person's name: "my Garmin"; "our Jackie" is one."""
_AMOUNTS = frozenset(("lot", "lots", "kind", "sort", "type", "couple", "bit", "side"))
_FORMS = frozenset(
    "AB AFC AG AS ApS BC BV CC FC GAA GmbH Inc KG LLC LLP Ltd NV OHG Oy PLC Plc Pty RC RFC SA SARL SL SpA SRL".split()  # noqa: SIM905
)
"""What firms are, last."""
_CHURCHES = ("C", "E", "CE", "RC", "CofE", "A.M.E.")
"""Whose a school or a chapel is, inside its name."""
_STORMS = frozenset(("hurricane", "typhoon", "cyclone"))
_JOINED_UP = re.compile(
    r"(?!Mc|Mac|De|La|Le|Di|Da|Du|Van|Von|Jo|Ja|Ka|Ta|O)[A-Z][a-z]+[A-Z][a-z]"
)
"""Two words in one, as products are written: CrossFit, and not McCoy, DeShawn."""
_RELATIONS = re.compile(rf"(?:{KIN_WORDS})s")
_DEGREE = re.compile("[A-Z]{2,4}[a-z]|[BDM](?:Arch|Ed|Eng|Litt|Mus|Phil|Tech)|PhDs?")
"""BSc, MEng, PhD; and what several of an abbreviation are, MRIs."""
_OF_PERSONS = frozenset(
    ("asks", "from", "has", "is", "says", "wants", "wonders", "writes")
)
_NICKNAME = re.compile("[\"'\u201c\u2018][A-Z]\\w+[\"'\u201d\u2019]")
"""Between a name and a surname: Robert "Bob" Lund."""


def has_capital(text: str) -> bool:
    """Say whether a word begins with a capital, as d'Alene does."""
    return text[:1].isupper() or re.match(r"[dl]['\u2019][A-Z]", text) is not None


def names_by_capitals(
    words: Sequence[Word], sentences: frozenset[int], known: frozenset[str]
) -> Iterator[tuple[int, int, str]]:
    """Yield runs of words that are names by their capitals, or known places."""
    at, product = 0, -1
    while at < len(words):
        if not _is_name(words, at, sentences, known):
            at += 1
            continue
        last = _last(words, at, known)
        first = at
        if at > 1 and _is_of(words, at - 1):  # "mayor of", "University of"
            first = at - 2
        if _goes_before(words, first, sentences):
            first -= 1
        if first and words[first - 1].text.rstrip(".") in _BEFORE_NAMES:
            first -= 1
        kind = _kind(words, first, last)
        if not _is_nobody(words, first, last, kind):
            if kind == "name" and (
                _is_product(words, first, last) or _is_alike(words, first, product)
            ):
                kind, product = "product", last
            yield first, last, kind
        at = last + 1


def _is_of(words: Sequence[Word], at: int) -> bool:
    """Say whether "of" joins a name to what it is: "mayor of Pella", no "lot of"."""
    return words[at].text == "of" and words[at - 1].text not in _AMOUNTS


def _last(words: Sequence[Word], at: int, known: frozenset[str]) -> int:
    """Return the last word of a run of capitals."""
    last = at
    while not _ends(words[last].text):
        following = last + 1
        if following < len(words) and _continues(words, following, known):
            last = following
        elif following + 1 >= len(words):
            break
        elif _is_room(words, following):
            return last + 2
        elif (
            words[following].text in _JOINING
            and _continues(words, following + 1, known)
            and has_capital(words[following + 1].text)
        ):
            last = following + 1
        else:
            break
    return last


def _is_room(words: Sequence[Word], at: int) -> bool:
    """Say whether a house's room comes next: "Haverstock Hall room 312"."""
    room = bare_form(words[at].text) in ("room", "suite", "unit", "apartment", "apt")
    return room and any(c.isdigit() for c in words[at + 1].text)


def _goes_before(words: Sequence[Word], at: int, sentences: frozenset[int]) -> bool:
    """Say whether a common word before a name is part of it: "Little Rock"."""
    if at == 0 or at - 1 in sentences:
        return False
    text = words[at - 1].text
    return (
        text[0].isupper()
        and text.isalpha()
        and len(text) > 2
        and bare_form(text) in COMMON | KNOWN
    )


def _ends(text: str) -> bool:
    if text.rstrip(".") in ("Mr", "Mrs", "Ms", "Dr", "St"):
        return False
    return text[-1] in ".?!;:" and len(text) > 2


def _continues(words: Sequence[Word], at: int, known: frozenset[str]) -> bool:
    if words[at - 1].text.endswith(","):  # "Dayton, Ohio" but not "Ann, Bob asks"
        return bare_form(words[at].text) in PLACES
    following = bare_form(words[at + 1].text) if at + 1 < len(words) else ""
    told = words[at].text
    inside = following in BODIES and told[0].isupper() and told != "I"
    if bare_form(told) in KNOWN and told[0].isupper():  # Mount Olive Baptist
        return True
    if told.rstrip(".,;:?!") in _FORMS or told in _CHURCHES:
        return True
    if told.strip(".,?").isdigit() and bare_form(words[at - 1].text) in BODIES:
        return True  # Engine Company 27
    return (
        inside
        or is_surname(words, at)
        or re.fullmatch(r"[A-Z]\.[,;?!]?", words[at].text) is not None
        or _is_name(words, at, frozenset(), known)
        or bare_form(words[at].text) in BODIES
        or told.startswith("Surgery")  # a doctor's house in Britain
    )


def _is_name(
    words: Sequence[Word], at: int, sentences: frozenset[int], known: frozenset[str]
) -> bool:
    text = words[at].text.replace("\u2019", "'").lstrip("\"'(\u201c[")
    bare = bare_form(text)
    if bare in known or text.startswith("["):
        return False
    if not has_capital(text):
        return bare in PLACES
    if at and bare_form(words[at - 1].text) in TITLES:
        return bare not in COMMON and not text.isupper()
    if _is_after_kin(words, at):
        return text[:2] not in ("I", "I'")  # "my daughter May"
    if is_known(bare):
        return False
    if bare in PLACES or (bare in BY_CHANCE and is_introduced(words, at)):
        return True
    if bare in NAMES_TOO and text[0].isupper() and text[-1:] not in "?!":
        inside = at not in sentences and not (at and _ends(words[at - 1].text))
        following = words[at + 1].text if at + 1 < len(words) else ""
        if inside or bare_form(following) in _OF_PERSONS:
            return True
        return bare != "will" and _named_first(words, at, known)
    if _is_ordinary(text, bare):
        return False
    return at not in sentences or _named_first(words, at, known)


def _is_after_kin(words: Sequence[Word], at: int) -> bool:
    """Say whether a name is due: "my daughter May", "our son Christian"."""
    return (
        at > 1
        and KIN.fullmatch(bare_form(words[at - 1].text)) is not None
        and words[at - 1].text.replace("-", "").isalpha()
        and bare_form(words[at - 2].text) in ("my", "our", "his", "her", "their")
    )


def is_introduced(words: Sequence[Word], at: int) -> bool:
    """Say whether somebody says a name of their own: "I'm Summer"."""
    before = " ".join(bare_form(word.text) for word in words[max(0, at - 2) : at])
    return re.search(r"(?:^| )(?:i'm|i am|name is|name's|myself)$", before) is not None


def _is_ordinary(text: str, bare: str) -> bool:
    """Say whether a word is no name, capital or not: MRI, L4, Tuesday, laminectomy."""
    plain = re.sub(r"[^\w]", "", text)
    return (
        is_drug(bare)
        or re.fullmatch(r"[A-Z]-[a-z]+", text.strip(".,;:?!")) is not None
        or MEDICAL.fullmatch(bare) is not None
        or bare in COMMON
        or len(plain) < 2
        or plain.isupper()
        or _DEGREE.fullmatch(plain) is not None
        or any(c.isdigit() for c in plain)
        or CALENDAR.fullmatch(bare) is not None
    )


def _named_first(words: Sequence[Word], at: int, known: frozenset[str]) -> bool:
    """Say whether a sentence's first word is a name, by what follows it."""
    text = words[at].text
    if at + 1 >= len(words) or _ends(text):
        return False
    if _RELATIONS.fullmatch(bare_form(text)):
        return False  # "Neighbours (the Lunds)"
    if text.replace("\u2019", "'").endswith("'s"):
        return True
    following = words[at + 1].text
    after = words[at + 2].text if at + 2 < len(words) else ""
    if following.startswith("("):
        return True
    if _NICKNAME.fullmatch(following) and after[:1].isupper():
        return True
    bare = bare_form(following)
    if text.endswith(","):
        return bool(
            (bare in ("my", "our", "his", "her") and KIN.match(bare_form(after)))
            or bare
            in ("a", "an", "who", "whose", "you", "you're", "the", "from", "of", "your")
            or bare
            in ("age", "aged", "thank", "thanks", "welcome", "hello", "hi", "go")
            or re.fullmatch(NUMBER, bare.split("-")[0])
            or _is_name(words, at + 1, frozenset(), known)
        )
    if re.fullmatch(r"[A-Z]\.", following):  # "Ann B. asks"
        return True
    if bare == "and":
        return after in ("his", "her", "their") or bool(after and after[0].isupper())
    if bare in ("in", "is", "has", "near"):
        numbered = re.match(NUMBER, after) is not None
        return (
            bool(after and (after[0].isupper() or numbered or HOMES.match(after)))
            and bare_form(after) not in known
        )
    return bare in TELLS or (
        following[0].isupper()
        and not following.isupper()  # "Hope MRI helps"
        and bare not in COMMON | known | KNOWN
    )


def _is_nobody(words: Sequence[Word], first: int, last: int, kind: str) -> bool:
    """Say whether a run of capitals is a method, a breed or somebody famous."""
    if kind == "employer or place":
        return False
    told = [bare_form(word.text) for word in words[first : last + 1]]
    before = bare_form(words[first - 1].text) if first else ""
    if {before, told[0]} & _STORMS:
        return True
    if " ".join(told) in PHRASES or f"{before} {told[0]}" in PHRASES:
        return True
    if KIN.fullmatch(before) or before in TITLES or told[0] in TITLES:
        return False
    if before == "at" and told[-1] == "surgery":
        return False
    asks = _following(words, last) in ASKS
    thing = len(told) > 1 and told[-1] in THINGS and not asks  # "Tamson Love Day asks"
    if _following(words, last) in THINGS or thing:
        return True
    breed = told[0].removesuffix("s")
    if len(told) == 1 and breed in BREEDS and breed not in name_lists().people:
        return True
    animals = {told[-1].removesuffix("s"), _following(words, last).removesuffix("s")}
    if not animals & BREEDS:
        return False
    led = KNOWN | BEFORE_BREEDS | PLACES | {"a", "an", "the"}
    return bool({told[0], before} & led)


def _is_product(words: Sequence[Word], first: int, last: int) -> bool:
    """Say whether a name is used as a thing's is, not as a person's."""
    if bare_form(words[last].text) in PAPERS:
        return True
    if last > first + 1:
        return False
    if last == first and _JOINED_UP.match(words[first].text):
        return True
    before = words[first - 1].text.casefold() if first else ""
    earlier = words[first - 2].text.casefold() if first > 1 else ""
    following = _following(words, last)
    if before in _OWNING or before == "than":
        return last == first and KIN.match(following) is None
    if before in ("a", "an", "the"):
        return earlier not in _PLACING and _is_a_thing(words, first, last)
    if first and words[first - 1].text.isupper() and len(before) > 2:
        return last == first and before not in COMMON  # "CSS Profile"
    if before in ("is", "are", "does", "do", "can", "did", "will"):
        if following in ("really", "actually", "ever", "even", "still"):
            following = _following(words, last + 1)
        plural = before in ("are", "do") and bare_form(words[last].text).endswith("s")
        return following in DOES_OF_THINGS or plural
    return earlier in _TAKES.get(before, ()) or (before in TAKEN and following != "to")


def _is_a_thing(words: Sequence[Word], first: int, last: int) -> bool:
    """Say whether what has an article is no family and no house."""
    following = _following(words, last)
    if following in SPEAKS_OF_PEOPLE | BODIES | BODY_HEADS | PLACE_TAILS | _PLACING:
        return False
    if last == first and not bare_form(words[last].text).endswith("s"):
        return True
    return following not in COMMON | {""} and words[last + 1].text.islower()


def _is_alike(words: Sequence[Word], first: int, product: int) -> bool:
    """Say whether what follows a product is one too: "Stryker or Zimmer"."""
    between = [word.text for word in words[product + 1 : first]] if product >= 0 else []
    return between in (["or"], ["and"], ["versus"])


def _following(words: Sequence[Word], last: int) -> str:
    """Return the word after a run, nothing where the run ends a phrase."""
    if last + 1 == len(words) or words[last].text[-1] in ",.;:?!":
        return ""
    return bare_form(words[last + 1].text)


def _is_called(text: str) -> bool:
    """Say whether a word can only be a name: "Letter from Ann" begins with none."""
    bare = bare_form(text)
    people = name_lists().people
    return text[0].isupper() and (bare in people or not is_written(bare))


def _kind(words: Sequence[Word], first: int, last: int) -> str:
    said = [bare_form(word.text) for word in words[first : last + 1]]
    inside, lists = {*said}, name_lists()
    firm = any(word.text.rstrip(",.;:?!") in _FORMS for word in words[first : last + 1])
    if inside & BODIES or firm or not inside.isdisjoint("&+"):
        return "employer or place"
    before = words[first - 1].text.casefold() if first else ""
    earlier = words[first - 2].text.casefold() if first > 1 else ""
    if inside & PLACES or before in ("in", "near", "to"):
        return "place"
    if before == "from" and (
        earlier.startswith(("liv", "writ", "call", "viewer", "town"))
        or (first > 2 and _is_called(words[first - 2].text))
        or re.fullmatch(rf"(?!(?:{SMALL})$){NUMBER}", bare_form(earlier))
    ):
        return "place"  # "Gideon Applethwart from Lower Wickham", "68 from Saltby"
    town = before == "from" and said[0] in lists.towns
    if (town or (said[1:] and said[-1] in PLACE_TAILS)) and not (
        said[0] in lists.people or said[0] in TITLES
    ):
        return "place"  # "a dental hygienist from Swansea", "out of Pell Harbor"
    return "place" if before == "at" else "name"
