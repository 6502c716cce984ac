"""Names that a recogniser did not know, in text with capitals: heard as ordinary words.

It gives a capital to what it knows, and writes the rest by its sound: "Marisol
demiculingan", "Brightway services", "she lives in aldercomb". The rest of a name that
was found belongs to it, up to where its phrase ends; what has no capital at all is told
by what leads to it. English only, whose words these are. Pure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pullquote.mark.lexicon.common_words import (
    COMMON,
    NAMES_TOO,
    REGIONS,
    TELLS,
    bare_form,
)
from pullquote.mark.lexicon.grammar import GRAMMAR
from pullquote.mark.lexicon.meanings import PARTS, words
from pullquote.mark.lexicon.names import BY_CHANCE, name_lists
from pullquote.mark.lexicon.places import BODY_HEADS, ORDINARY, PLACE_TAILS
from pullquote.mark.lexicon.things import THINGS
from pullquote.mark.private.evidence import A_WORK
from pullquote.mark.private.rules import CALENDAR_WORDS, KIN, KIN_WORDS, NUMBER
from pullquote.mark.private.uncased import Lowercase
from pullquote.mark.private.word_levels import (
    NAMED,
    ORDINARY_WORD,
    RARE,
    SELDOM,
    STRANGE,
    is_medical,
    levels,
)
from pullquote.model.transcript import Word

Span = tuple[int, int, str]
"""First and last word, kind."""

_MARKS = ",.;:?!"
_LONGEST = 3
"""Words of a name's rest, after those that join it."""
_AHEAD = 7
"""Words in which a phrase ends, or "she" means who was named."""
_LEADS = words(
    "from for at with in near of by to is hello hi welcome you have called named"
)
"""What stands before a name of which no verb follows: "one from Dawn reverse"."""
_NAMING = words("named called")
_FROM = words("from hello welcome named called")
"""What leads to who asks, so that "of" and "in" lead to where: "of pin marrow"."""
_ODD = words("to or if a an the on are all can")
"""What follows no name after these."""
_PLACED = ("place", "employer or place")
_PARTNERS = re.compile(r"and (?:sons|daughters|brothers|partners)\b")
_HOSTED = re.compile(
    r"(?:is|was) (?:back|here|next|asking|calling|listening|watching|waiting|joining"
    r"|with us|on the)\b"
    r"|has (?:sent|written|asked|raised|joined|called|been waiting|a question)\b"
    r"|(?:sends|joins|sent|asks|writes|wonders)\b"
)
"""What hosts say of who asks."""
_LEADS_TO_FIRMS = words("for at with")
_JOINS = words("a an the in on at with and or of are if")
"""What a name's middle is heard as: "Corwin a sultth weight"."""
_DOES = words("is was has asks wants says writes lives works drives runs would")
_AFTER = _DOES | words("and here in from at of on who whose with near for or to")
"""What follows a name."""
_WILL = words("will would can could did had")
_TREATS = words("begins comes concerns deals goes looks reads")
"""What a letter does."""
_ADVERBS = words("abroad ago already alone apart indeed online soon though")
_HAD = (
    PARTS
    | THINGS
    | words(
        """
        back birthday car case computer email family garden home house letter message
        name note office pain place question questions story surgery team wedding
        """
    )
)
"""What somebody has, and is no part of the name: "Anna Lind's question"."""
_VERB = re.compile(r"\w+(?:ed|ing|ly|[^s]s)")
_PAST = re.compile(r"\w+(?:ed|ing)")
_OF_PERSONS = words("he she his her him he's she's")

_PLACES = re.compile(
    r"\b(?:(?:[Ll]iv(?:es?|ing|ed)|[Bb]orn|[Ww]rit(?:es|ing|ten)|[Cc]all(?:s|ing)"
    r"|[Jj]oin(?:s|ing)|[Rr]ing(?:s|ing)|[Ww]atching|[Ff]arms|[Mm]oved|[Bb]ased)"
    r"(?: (?:to )?us| in| out| over| up| down| live| here| back)*"
    r" (?=(?:in|from|at|near|to|off|outside) [a-z])"
    r"|(?:[Ww]ork(?:s|ing)?|[Dd]riv(?:es|ing)|[Cc]leans|[Tt]eaches|[Cc]ooks|[Nn]urse|[Jj]ob"
    r"|[Cc]lerk|\w+(?:er|ist|man))(?: (?:an? )?[a-z]+(?: \w+)?)? (?=(?:at|for|with) [a-z]))"
)
"""What leads to where somebody lives or works."""
_TWO_PARTNERS = re.compile(
    r"(?:at|for|with) ([a-z]+[^\Ws]) and ([a-z]+)(?=[,.;]| (?:and|in)\b)"
)
_HOUSE = re.compile(
    r"(?:at|for)(?: the)? (?P<it>[a-z]+ [a-z]+)(?=[,.;]| (?:and|in|on|who|where)\b)"
)
"""What that may be where no word says so: "for tarant and low", "at the blue mango"."""
_NAMES = re.compile(
    r"\b(?:[Tt]his is|[Hh]e is|[Ss]he is|[Ii]t is|[Ii]t's|I am|I'm|[Nn]ame is|[Nn]amed|[Cc]alled"
    r"|[Ff]rom|[Ss]igned(?: by)?|[Ss]ign|[Ww]rites|[Rr]ights|(?:[Cc]aller|[Vv]iewer)(?: is)?|[Ff]riend"
    r"|[Dd]ear|(?:[Hh]ello|[Hh]i|[Ww]elcome|[Tt]hank you|[Tt]hanks)(?: back)?,?"
    rf"|(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir) (?:{KIN_WORDS}),?"
    r"|Mrs?\.?|Ms\.?|Miss|Professor|Captain|Sister|Uncle|Aunt(?:ie|y)?|Sir|Lady|Chef|Nurse) (?=[a-z])"
)
"""What leads to a person."""
_ALONE = (
    (
        "name",
        re.compile(
            r"\b(?P<it>[a-z][\w'-]*)(?:,? (?:asks|wonders|writes|says|wants|would like"
            r"|(?:he|she) asks)|, has)\b"
        ),
    ),
    ("place", re.compile(r"\b(?:[Ii]n|[Ff]rom|[Nn]ear) (?P<it>[a-z][\w'-]+)")),
)
"""Where a word that no dictionary has is a name."""
_TITLES = words("dr doctor mr mrs ms miss")
_AFTER_SURNAMES = words("and asks at from has in is says wants was who whose writes")
ASKS = words("asks wonders would")
"""What nobody says of a day."""


def is_surname(said: Sequence[Word], at: int) -> bool:
    """Say whether a name goes on with a word that is none: "Guy Best,", "Mary A Vethe"."""
    text, bare = said[at].text, bare_form(said[at].text)
    after = said[at + 1].text if at + 1 < len(said) else ""
    following = bare_form(after)
    if re.fullmatch(r"[A-HJ-Z]", text):
        return after[:1].isupper() and not after.isupper() and following not in COMMON
    if not (said[at - 1].text[-1].isalpha() and text[0].isupper()) or "'" in text:
        return False
    if bare == "day":
        return following in ASKS and text.isalpha()
    no_word = bare == "no" or bare in COMMON - GRAMMAR - _TITLES
    whose = said[at - 1].text.endswith("'s") or re.fullmatch(NUMBER, bare)
    ends = text[-1] in _MARKS or following in _AFTER_SURNAMES
    return no_word and ends and not whose


def _in_english(language: str) -> bool:
    return language.casefold().startswith("en")


def rest_of_name(
    said: Sequence[Word], first: int, last: int, kind: str, until: int, language: str
) -> int:
    """Return the last word of a name that may go on in small letters, before ``until``.

    None goes on that is in small letters itself.
    """
    named = any(word.text[0].isupper() for word in said[first : last + 1])
    if not (named and _in_english(language)):
        return last
    after = [word.text for word in said[last + 1 : min(last + 3, until)]]
    if kind in _PLACED and _PARTNERS.match(" ".join(after)):
        return last + 2  # "Marchetti, and sons"
    phrase = [word.text for word in _phrase(said, last, until)]
    if kind == "name" and phrase and re.fullmatch(r"[A-Z]\d+[,.;:?!]", phrase[0]):
        return last + 1  # "Sparna B12,"
    small = (n for n, text in enumerate(phrase) if not text[0].islower())
    rest = _Rest(phrase[: next(small, len(phrase))], language)
    if not rest.told:
        return last
    if size := rest.strange() or rest.house():
        return last + size
    if said[last].text.replace("\u2019", "'").endswith("'s"):
        return last + rest.owned(kind, one=first == last)
    if bare_form(said[last].text) in REGIONS or A_WORK.match(" ".join(rest.bare)):
        return last
    lead = _lead(said, first)
    return last + (rest.led(lead) or rest.subject(kind) or rest.odd(lead))


def _phrase(said: Sequence[Word], last: int, until: int | None = None) -> list[Word]:
    """Return what stands between a word and the end of its phrase, or ``until``."""
    phrase: list[Word] = []
    if said[last].text[-1] in f'{_MARKS})"':
        return phrase
    end = last + 1 + _AHEAD
    for word in said[last + 1 : min(end, until or end)]:
        phrase.append(word)
        if word.text[-1] in _MARKS:
            break
    return phrase


def _lead(said: Sequence[Word], first: int) -> str:
    """Return what leads to a name, before its article; "named" for "name is"."""
    before = [bare_form(word.text) for word in said[max(0, first - 2) : first]]
    if before == ["name", "is"]:
        return "named"
    if before[-1:] == ["the"]:
        before.pop()
    return before[-1] if before else ""


class _Rest:
    """What follows a name in small letters, and how many of its words belong to it."""

    def __init__(self, phrase: Sequence[str], language: str) -> None:
        self.phrase = phrase
        self.bare = [bare_form(text) for text in phrase]
        self.told = levels(self.bare, frozenset(), language)

    def run(self, at: int) -> int:
        """Return how many words from here may be of a name, where it ends after them."""
        end = at
        while end < min(len(self.bare), at + _LONGEST):
            word = self.bare[end]
            if self.told[end] < ORDINARY_WORD or word in _DOES | TELLS | _ADVERBS:
                break
            if word in THINGS | CALENDAR_WORDS or (end == at and is_medical(word)):
                return 0
            end += 1
        if end == at:
            return 0
        closed = self.phrase[end - 1][-1] in _MARKS
        return end - at if closed or self.goes_on(end, _AFTER) else 0

    def goes_on(self, at: int, with_one_of: frozenset[str]) -> bool:
        return not with_one_of.isdisjoint(self.bare[at : at + 1])

    def strange(self) -> int:
        """Return how many go with one that no dictionary has: "a vethth weight"."""
        at = 0
        while at < min(2, len(self.bare)) and self.bare[at] in _JOINS:
            at += 1
        if at == len(self.bare) or _PAST.fullmatch(self.bare[at]):
            return 0
        alone = 0 < at == len(self.bare) - 1
        if self.told[at] < (NAMED if alone else STRANGE):
            return 0
        return at + 1 + self.run(at + 1)

    def house(self) -> int:
        """Return how many go with what a house is called last: "Thorneberry a library"."""
        at = int(self.bare[0] in ("a", "the", "and"))
        heads = not (BODY_HEADS - TELLS).isdisjoint(self.bare[at : at + 1])
        ends = self.phrase[at : at + 1] and self.phrase[at][-1] in _MARKS
        if not heads or (at and not (ends or self.goes_on(at + 1, _AFTER))):
            return 0
        return at + 1 + self.run(at + 1)

    def owned(self, kind: str, *, one: bool) -> int:
        """Return how many go with a genitive that is none: "Terry Blake's more."."""
        word = self.bare[0]
        house = word in BODY_HEADS - _HAD
        if kind in _PLACED and not _PAST.fullmatch(word):
            return self.run(0) or int(house or self.phrase[0][-1] in _MARKS)
        had = word in _HAD | GRAMMAR or KIN.fullmatch(word)
        closed = self.phrase[0][-1] in _MARKS or self.goes_on(1, _DOES)
        said = one and self.told[0] < SELDOM  # but "Winston's parrow"
        return int(house or not (said or had or not closed))

    def led(self, lead: str) -> int:
        """Return how many go with a name that no verb can follow, as it is led to."""
        if lead not in _LEADS:
            return 0
        size = self.run(0)
        firm = lead in _LEADS_TO_FIRMS or (size == 1 and self.bare[0] not in _TREATS)
        if _VERB.fullmatch(self.bare[0]) and not (firm and self.bare[0][-1] == "s"):
            return 0  # but "for Brightway services", "from Meridian tiles"
        if lead in _FROM and self.bare[size : size + 1] in (["of"], ["in"], ["near"]):
            town = self.run(size + 1)
            size += 1 + town if town else 0
        return size

    def subject(self, kind: str) -> int:
        """Return how many stand before a name's verb: "Javanca rain bird is"."""
        size = self.run(0) if kind == "name" else 0
        verbs = any(_VERB.fullmatch(word) for word in self.bare[:size])
        return (
            size if size < _LONGEST and self.goes_on(size, _DOES) and not verbs else 0
        )

    def odd(self, lead: str) -> int:
        """Return how many follow that cannot: "her name is Umber to call stream."."""
        closed = self.phrase[-1][-1] in _MARKS and len(self.phrase) <= _LONGEST + 1
        odd = lead in _NAMING and self.bare[0] in _ODD
        return len(self.phrase) if odd and closed else 0


@dataclass(frozen=True, slots=True)
class SmallNames:
    """Names, places and employers in small letters that something leads to."""

    said: Sequence[Word]
    starts: Sequence[int]
    """Where the words begin in ``text``."""
    text: str
    known: frozenset[str]
    language: str

    def spans(self) -> Iterator[Span]:
        """Yield each with its kind; none in other languages than English."""
        if not _in_english(self.language):
            return
        yield from self._places()
        for match in _NAMES.finditer(self.text):
            at = self._at(match.end())
            phrase = [self.said[at], *_phrase(self.said, at)]
            if size := _small_name(phrase, self.known, self.language):
                yield at, at + size - 1, "name"
        for kind, pattern in _ALONE:
            for match in pattern.finditer(self.text):
                at = self._at(match.start("it"))
                word = bare_form(self.said[at].text)
                told = levels([word], self.known, self.language)
                if told == [STRANGE] and not _VERB.fullmatch(word):
                    yield at, at, kind

    def _places(self) -> Iterator[Span]:
        """Yield where people live and work, as it is found in text without capitals."""
        for match in _PLACES.finditer(self.text):
            at = self._at(match.end())
            phrase = self.said[at : at + 1 + len(_phrase(self.said, at))]
            inside = Lowercase(phrase, self.known, self.language)
            for first, last, kind in inside.spans():
                if first and phrase[first].text[0].islower():
                    yield at + first, at + last, kind
            if two := _TWO_PARTNERS.match(self.text, match.end()):
                told = levels(two.groups(), self.known, self.language)
                if told and min(told) >= ORDINARY_WORD and told[0] >= RARE:
                    yield at + 1, at + 3, "employer or place"
            house = _HOUSE.match(self.text, match.end())
            if house and _is_house(house["it"].split(), self.known, self.language):
                first = self._at(house.start("it"))
                yield first, first + 1, "employer or place"

    def _at(self, place: int) -> int:
        """Return the word that begins at a place in the text."""
        return bisect_left(self.starts, place)


def _is_house(two: Sequence[str], known: frozenset[str], language: str) -> bool:
    """Say whether two words are what a house is called: one is rare, none says what."""
    told = levels(two, known, language)
    if any(map(is_medical, two)):
        return False
    named = bool(told) and min(told) >= ORDINARY_WORD and max(told) >= RARE
    return named and (BODY_HEADS | PLACE_TAILS | ORDINARY | THINGS).isdisjoint(two)


def _small_name(said: Sequence[Word], known: frozenset[str], language: str) -> int:
    """Return how many words a name in small letters has, 0 where there is none."""
    bare = [bare_form(word.text) for word in said]
    told = levels(bare, known, language)
    if not told or bare[0] in known:
        return 0
    chance = bare[0] in BY_CHANCE | NAMES_TOO
    if told[0] == STRANGE and not chance:
        return _Rest([word.text for word in said], language).strange()
    if len(bare) == 1 or not (chance or told[0] == NAMED):
        return 0  # "she is frank"
    surname = told[1] >= ORDINARY_WORD and not _VERB.fullmatch(bare[1])
    closed = said[1].text[-1] in _MARKS or not _AFTER.isdisjoint(bare[2:3])
    return 2 * (surname and closed)


def begins(said: Sequence[Word], at: int, known: frozenset[str], language: str) -> int:
    """Return how many of a sentence's first words name who does what follows."""
    if at + 2 >= len(said) or not _in_english(language):
        return 0
    bare, *rest = [bare_form(word.text) for word in said[at : at + 2 + _AHEAD]]
    of_persons = not _OF_PERSONS.isdisjoint(rest)
    rest = rest[:3]
    told = levels([bare, *rest], known, language)
    following = said[at + 1].text
    if not told or said[at].text[-1] in _MARKS:
        return 0
    listed = told[0] == STRANGE and bare in name_lists().people
    if listed and re.fullmatch(r"[A-HJ-Z]", following):
        return 2  # "Mary M is"
    if not following[0].islower():
        return 0
    verb = _VERB.fullmatch(rest[0])
    if bare in BY_CHANCE | NAMES_TOO - COMMON:  # "June flood has"
        two = told[1] >= ORDINARY_WORD and rest[1] in _DOES and not verb
        return 2 * (of_persons and two)
    if told[0] >= SELDOM and _HOSTED.match(" ".join(rest)):
        return 1
    if (
        told[0] < STRANGE
        or _Rest([word.text for word in said[at + 1 : at + 4]], language).strange()
    ):
        return int(told[0] == STRANGE)
    does = rest[0] in _DOES | _WILL or (told[1] >= ORDINARY_WORD and verb)
    is_one = (of_persons or listed) and bool(does)
    return int(is_one and rest[0] not in THINGS | PARTS)
