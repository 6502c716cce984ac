"""How much a word without capitals tells: a name is seldom written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pullquote.mark.lexicon.common_words import (
    COMMON,
    NAMES_TOO,
    REGIONS,
    YOUNG,
    is_known,
)
from pullquote.mark.lexicon.meanings import PARTS, is_drug, words
from pullquote.mark.lexicon.names import BY_CHANCE, FIRST_NAMES, WORDS_TOO, name_lists
from pullquote.mark.lexicon.places import PLACE_TAILS, WEAK_TAILS
from pullquote.mark.private.rules import CALENDAR_WORDS, MEDICAL

if TYPE_CHECKING:
    from spellchecker import SpellChecker

STOP, ORDINARY_WORD, RARE, SELDOM, NAMED, STRANGE = range(-1, 5)
"""How much a word tells: nothing, and it ends a name; nothing; little ("mossy"); more
("galway"); a name where one is due ("hope", "paris"); a name wherever it stands."""

_WORD = re.compile(r"(?:o')?[^\W\d_]{2,}(?:[-'][^\W\d_]+)*")
_ENDINGS = words("s d ed ing er ers ly y iest ness able less 's 'll 'd 've")
_FEW = 300
"""A word that a dictionary counts less often, and lists of names have, is a name."""
_SOME = 1500
_MANY = 6000
_LONGEST = 100
"""Letters; what is longer is no name, and takes time with its square."""
_TECHNICAL = re.compile(
    r"(?:anti|angio|arthro|auto|cardio|cervic|cortico|discec|electro|endo|epidur|facet"
    r"|fibro|foramin|gastro|hyper|hypo|iliac|immuno|inter|intra|lamin|laparo|lumb|micro"
    r"|myelo|myo|neuro|nucleo|osteo|para|peri|physio|psycho|radio|radicul"
    r"|sacro|spondyl|sub|super|thorac|trans|vertebro)\w+"
    r"|endo|fibro|plantar|sciatica|tinnitus|\w+(?:ation|ology|ologists?|iatr(?:y|ists?|ic)|icians?|ectomies|esis|emia|oma|omas|genic|pathic|itic|otic"
    r"|mab|nib|pril|statin|vir|cillin|mycin|azole|pam|zine|zil|lol"
    r"|prazole|sone|caine|parin|xaban|triptan|lukast|profen|oxetine|prim|mide)"
)
"""Words of medicine that few dictionaries have."""
_SHAPED = re.compile(
    r"\w+(?:ular|inal|ine|ol|am|in|one|ide|ate|oids?|ium|ics?|ing|ed|ly|ness|ish)"
)
"""Shapes of medicine and of grammar, which names have too."""
TOWN = re.compile(
    r"\w{3,}(?:beck|borough|bourne|bury|by|combe|cester|cliffe?|don|fold|garth|gate|ham|haven|holm"
    r"|hurst|lea|leigh|ley|marsh|mere|minster|moor|more|mouth|shire|stead|thorpe|thwaite|ton"
    r"|well|wich|wick|worth)"
    rf"|\w{{3,}}(?:{'|'.join(sorted(PLACE_TAILS - WEAK_TAILS))})"
)
"""What English towns, and people named after them, end in."""
_BEGINNINGS = words("anti mid mis non out over post pre re un under")
_BRITISH = (
    ("our", "or"),
    ("is", "iz"),
    ("ys", "yz"),
    ("ll", "l"),
    ("ae", "e"),
    ("oe", "e"),
    ("re", "er"),
    ("ou", "o"),
    ("mme", "m"),
    ("yre", "ire"),
    ("ium", "um"),
)
"""Spellings that an American dictionary has otherwise."""


def levels(bare: Sequence[str], known: frozenset[str], language: str) -> list[int]:
    """Return how much each word tells; nothing where there is no dictionary."""
    dictionary = _dictionary(language.partition("-")[0])
    if dictionary is None:
        return []
    told = {word: _level(word, known, dictionary) for word in set(bare)}
    return [told[word] for word in bare]


@lru_cache(1 << 14)  # the words of a language are few, and asked for again and again
def _level(word: str, known: frozenset[str], dictionary: SpellChecker) -> int:
    if word in COMMON:
        return NAMED if word in NAMES_TOO else STOP
    if (
        len(word) > _LONGEST
        or word.removesuffix("s") in COMMON
        or word in YOUNG
        or word in known | REGIONS | CALENDAR_WORDS - BY_CHANCE
        or not _WORD.fullmatch(word)
        or is_known(word)
    ):
        return ORDINARY_WORD
    counts = dictionary.word_frequency.dictionary
    often = min(counts.get(part, 0) for part in word.split("-"))
    lists = name_lists()
    listed = word in lists.people or word in lists.towns
    rare = listed and often < _FEW and word not in WORDS_TOO and len(word) > 2
    if rare or word in FIRST_NAMES:
        return STRANGE
    if word in NAMES_TOO | BY_CHANCE:
        return NAMED
    if is_medical(word):
        return ORDINARY_WORD
    if listed and often < _MANY:
        return NAMED
    return _of_the_unlisted(word, often, dictionary)


def _of_the_unlisted(word: str, often: int, dictionary: SpellChecker) -> int:
    shaped = _SHAPED.fullmatch(word) is not None
    if not all(dictionary.known(_forms(part)) for part in word.split("-")):
        if TOWN.fullmatch(word):
            return STRANGE
        if shaped or _is_joined(word, dictionary):
            return SELDOM
        short = len(word) < 4 or not re.search("[aeiouy]", word)
        return NAMED if short else STRANGE
    if often < _FEW:
        base = dictionary.word_frequency.dictionary.get(word.removesuffix("s"), 0)
        return RARE if shaped or base > often else SELDOM  # "snores"
    return RARE if often < _SOME else ORDINARY_WORD


def _is_joined(word: str, dictionary: SpellChecker) -> bool:
    """Say whether two words stand in one: "pickleball", "deadlifts"."""
    counts = dictionary.word_frequency.dictionary
    return any(
        counts.get(word[:n], 0) >= _FEW and dictionary.known(_forms(word[n:]))
        for n in range(3, len(word) - 2)
        if counts.get(word[n:].removesuffix("s"), 0) >= _FEW
    )


def is_medical(word: str) -> bool:
    """Say whether a word is one of medicine: a part, a drug, an illness, by its shape."""
    return (
        word in PARTS
        or is_drug(word)
        or MEDICAL.fullmatch(word) is not None
        or _TECHNICAL.fullmatch(word) is not None
    )


def is_written(word: str) -> bool:
    """Say whether an English dictionary has a word, in small letters."""
    dictionary = _dictionary("en")
    return dictionary is None or word in dictionary.word_frequency.dictionary


def times_written(word: str, language: str) -> int:
    """Return how often a dictionary's corpus has a word; 0 where it has none of it.

    German's nouns were hardly counted: most of them have 50.
    """
    dictionary = _dictionary(language)
    return dictionary.word_frequency.dictionary.get(word, 0) if dictionary else 0


def strange_words(
    bare: Sequence[str], known: frozenset[str], language: str
) -> frozenset[str]:
    """Return those words that are names wherever they stand.

    None where there is no dictionary of the language.
    """
    told = levels(bare, known, language)
    return frozenset(
        word for word, level in zip(bare, told, strict=False) if level == STRANGE
    )


def _forms(word: str) -> Iterator[str]:
    """Yield a word and what its ending may have been put to."""
    yield word
    for ending in _ENDINGS:
        least = 3 if ending == "s" else len(ending) + 3
        if word.endswith(ending) and len(word) > least:
            yield word.removesuffix(ending)
    for beginning in _BEGINNINGS:
        if word.startswith(beginning) and len(word) > len(beginning) + 3:
            yield word.removeprefix(beginning)
    for british, american in _BRITISH:
        if british in word:
            yield word.replace(british, american)


@cache
def _dictionary(language: str) -> SpellChecker | None:
    from spellchecker import SpellChecker

    if language not in SpellChecker.languages():
        return None
    return SpellChecker(language=language)
