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
from pullquote.mark.private.capitals import has_capital
from pullquote.mark.private.rules import CALENDAR_WORDS, KIN, KIN_WORDS
from pullquote.mark.private.uncased import Lowercase
from pullquote.mark.private.word_levels import (
    NAMED,
    ORDINARY_WORD,
    RARE,
    STRANGE,
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
_LEADS = words("from for at with in near of by to is hello hi welcome you called named")
"""What stands before a name of which no verb follows: "one from Dawn reverse"."""
_LEADS_TO_FIRMS = words("for at with")
_JOINS = words("a an the in on at with and or of are")
"""What a name's middle is heard as: "Corwin a sultth weight"."""
_DOES = words("is was has asks wants says writes lives works")
_AFTER = _DOES | words("and in from at on who whose with near for or to")
"""What follows a name."""
_ADVERBS = words("abroad ago already alone apart indeed online soon though")
_HAD = (
    PARTS
    | THINGS
    | words(
        """
        back birthday car case computer email family garden home house letter message name
        note office pain place question questions story surgery team wedding
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
    r"|(?:[Ww]ork(?:s|ing)?|[Dd]riv(?:es|ing)|[Cc]leans|[Tt]eaches|[Cc]ooks|[Nn]urse"
    r"|[Cc]lerk|\w+(?:er|ist|man))(?: (?:an? )?[a-z]+(?: [a-z]+)?)? (?=(?:at|for|with) [a-z]))"
)
"""What leads to where somebody lives or works."""
_HOUSE = re.compile(
    r"(?:at|for) the (?P<it>[a-z]+ [a-z]+)(?=[,.;]| (?:and|in|on|who|where)\b)"
)
"""What that may be where no word says so: "cooks at the crooked billet"."""
_NAMES = re.compile(
    r"\b(?:[Tt]his is|[Hh]e is|[Ss]he is|[Ii]t is|[Ii]t's|I am|I'm|[Nn]ame is|[Nn]amed|[Cc]alled"
    r"|[Ff]rom|[Ss]igned(?: by)?|[Ss]ign|[Ww]rites|[Rr]ights|[Cc]aller|[Vv]iewer|[Ff]riend"
    r"|[Hh]ello|[Hh]i|[Dd]ear|[Ww]elcome|[Tt]hank you|[Tt]hanks"
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


def _in_english(language: str) -> bool:
    return language.casefold().startswith("en")


def rest_of_name(
    said: Sequence[Word], first: int, last: int, kind: str, until: int, language: str
) -> int:
    """Return the last word of a name that may go on in small letters, before ``until``.

    None goes on that is in small letters itself.
    """
    phrase = [word.text for word in _phrase(said, last, until)]
    named = any(has_capital(word.text) for word in said[first : last + 1])
    if not (phrase and named and _in_english(language)):
        return last
    if kind == "name" and re.fullmatch(r"[A-Z]\d+[,.;:?!]", phrase[0]):
        return last + 1  # "Sparna B12,"
    small = (n for n, text in enumerate(phrase) if not text[0].islower())
    phrase = phrase[: next(small, len(phrase))]
    bare = [bare_form(text) for text in phrase]
    told = levels(bare, frozenset(), language)
    if not told:
        return last
    if rest := _strange_rest(bare, told):
        return last + rest
    if said[last].text.replace("\u2019", "'").endswith("'s"):
        sure = kind == "place" or (last > first and _is_rest(bare))
        closed = phrase[0][-1] in _MARKS or (len(bare) > 1 and bare[1] in _DOES)
        return last + (sure and closed)
    if bare_form(said[last].text) in REGIONS:
        return last
    return last + _led_rest(_lead(said, first), phrase, bare, told)


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


def _strange_rest(bare: Sequence[str], told: Sequence[int]) -> int:
    """Return how many words go with one that no dictionary has; 0 where none does."""
    at = 0
    while at < min(2, len(bare)) and bare[at] in _JOINS:
        at += 1
    if at == len(bare) or _PAST.fullmatch(bare[at]):
        return 0
    if told[at] < (NAMED if 0 < at == len(bare) - 1 else STRANGE):
        return 0
    end = at + 1
    while end < len(bare) and told[end] >= ORDINARY_WORD:
        end += 1
    return end if end == len(bare) and end - at <= _LONGEST else at + 1


def _is_rest(bare: Sequence[str]) -> bool:
    """Say whether a genitive is none: "Terry Blake's more."."""
    return bare[0] not in _HAD | GRAMMAR and not KIN.fullmatch(bare[0])


def _lead(said: Sequence[Word], first: int) -> str:
    """Return the word that leads to a name, before its article."""
    before = [bare_form(word.text) for word in said[max(0, first - 2) : first]]
    if before[-1:] == ["the"]:
        before.pop()
    return before[-1] if before else ""


def _led_rest(
    lead: str, phrase: Sequence[str], bare: Sequence[str], told: Sequence[int]
) -> int:
    """Return how many ordinary words go with a name that no verb can follow."""
    end = 0
    while end < len(bare) and told[end] >= ORDINARY_WORD:
        if bare[end] in TELLS | _ADVERBS:
            break
        end += 1
    if lead not in _LEADS or not 0 < end < _LONGEST:
        return 0
    if bare[end - 1] in THINGS | CALENDAR_WORDS:
        return 0
    if _VERB.fullmatch(bare[0]) and (
        lead not in _LEADS_TO_FIRMS or bare[0][-1] != "s"  # "for Brightway services"
    ):
        return 0
    closed = phrase[end - 1][-1] in _MARKS or not _AFTER.isdisjoint(bare[end : end + 1])
    return end if closed else 0


def small_names(
    said: Sequence[Word],
    starts: Sequence[int],
    text: str,
    known: frozenset[str],
    language: str,
) -> Iterator[Span]:
    """Yield names, places and employers in small letters that something leads to.

    ``starts`` are where the words begin in ``text``.
    """
    if not _in_english(language):
        return
    yield from _places(said, starts, text, known, language)
    for match in _NAMES.finditer(text):
        at = bisect_left(starts, match.end())
        if size := _small_name([said[at], *_phrase(said, at)], known, language):
            yield at, at + size - 1, "name"
    for kind, pattern in _ALONE:
        for match in pattern.finditer(text):
            at = bisect_left(starts, match.start("it"))
            word = bare_form(said[at].text)
            strange = levels([word], known, language) == [STRANGE]
            if strange and not _VERB.fullmatch(word):
                yield at, at, kind


def _places(
    said: Sequence[Word],
    starts: Sequence[int],
    text: str,
    known: frozenset[str],
    language: str,
) -> Iterator[Span]:
    """Yield where people live and work, as it is found in text without capitals."""
    for match in _PLACES.finditer(text):
        at = bisect_left(starts, match.end())
        phrase = said[at : at + 1 + len(_phrase(said, at))]
        for first, last, kind in Lowercase(phrase, known, language).spans():
            if first and phrase[first].text[0].islower():
                yield at + first, at + last, kind
        house = _HOUSE.match(text, match.end())
        if house and _is_house(house["it"].split(), known, language):
            first = bisect_left(starts, house.start("it"))
            yield first, first + 1, "employer or place"


def _is_house(two: Sequence[str], known: frozenset[str], language: str) -> bool:
    """Say whether two words are what a house is called: one is rare, none says what."""
    told = levels(two, known, language)
    named = bool(told) and min(told) >= ORDINARY_WORD and max(told) >= RARE
    return named and (BODY_HEADS | PLACE_TAILS | ORDINARY | THINGS).isdisjoint(two)


def _small_name(said: Sequence[Word], known: frozenset[str], language: str) -> int:
    """Return how many words a name in small letters has, 0 where there is none."""
    bare = [bare_form(word.text) for word in said]
    told = levels(bare, known, language)
    if not told or bare[0] in known:
        return 0
    if bare[0] not in BY_CHANCE | NAMES_TOO:
        return _strange_rest(bare, told) if told[0] == STRANGE else 0
    if len(bare) == 1:
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
    if told[0] < STRANGE or _strange_rest(rest, told[1:]):
        return int(told[0] == STRANGE)
    does = rest[0] in _DOES or (told[1] >= ORDINARY_WORD and verb)
    is_one = (of_persons or listed) and bool(does)
    return int(is_one and rest[0] not in THINGS | PARTS)
