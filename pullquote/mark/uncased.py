"""Names in text without capitals: words that its language does not know.

Some recognisers, and some captions, write neither capitals nor full stops. A name
then looks like any other word, but hardly ever is one that a dictionary has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from pullquote.mark.meanings import is_drug
from pullquote.mark.private_rules import KIN, MEDICAL
from pullquote.mark.private_words import COMMON, EPONYMS, KNOWN

if TYPE_CHECKING:
    from spellchecker import SpellChecker

_WORD = re.compile(r"[^\W\d_]{3,}(?:[-'][^\W\d_]+)*")
_ENDINGS = ("s", "d", "ed", "ing", "er", "ers", "ly", "ness", "able", "'s")
_PLACES = frozenset(("in", "at", "near", "to", "from"))
_TECHNICAL = re.compile(
    r"(?:anti|angio|arthro|auto|cardio|cervic|cortico|discec|electro|endo|epidur|facet"
    r"|fibro|foramin|gastro|hyper|hypo|iliac|immuno|inter|intra|lamin|laparo|lumb|micro"
    r"|myelo|myo|neuro|nucleo|osteo|pain|para|peri|physio|post|pre|psycho|radio|radicul"
    r"|over|out|mis|sacro|spondyl|sub|super|thorac|trans|vertebro|non|un|re)\w+"
    r"|\w+(?:ation|ology|ectomies|esis|emia|oma|omas|genic|ular|inal|pathic|itic|otic"
    r"|ine|ol|am|in|one|ide|ate|mab|nib|pril|statin|vir|cillin|mycin|azole|pam|zine|zil|lol"
    r"|prazole|sone|caine|parin|xaban|triptan|lukast|profen|oxetine)"
)
"""Words of medicine and of grammar that few dictionaries have."""


def unheard_of(
    bare: Sequence[str], known: frozenset[str], language: str
) -> Iterator[tuple[int, int, str]]:
    """Yield runs of words, by their positions, that no dictionary and no show has."""
    strange = strange_words(bare, known, language)
    at = 0
    while at < len(bare):
        first = last = at
        while last < len(bare) and bare[last] in strange:
            last += 1
        if last > first:
            before = bare[first - 1] if first else ""
            if first > 1 and KIN.fullmatch(bare[first - 2]):  # "my husband Will …"
                first -= 1
            yield first, last - 1, "place" if before in _PLACES else "name"
        at = last + 1


def strange_words(
    bare: Sequence[str], known: frozenset[str], language: str
) -> frozenset[str]:
    """Return those words that no dictionary and no show has.

    None where there is no dictionary of the language.
    """
    told = {
        word
        for word, after in zip(bare, (*bare[1:], ""), strict=True)
        if _WORD.fullmatch(word)
        if word not in COMMON | KNOWN | known and after not in EPONYMS
        if not (is_drug(word) or MEDICAL.fullmatch(word) or _TECHNICAL.fullmatch(word))
    }
    dictionary = _dictionary(language.partition("-")[0]) if told else None
    if dictionary is None:
        return frozenset()
    return frozenset(
        word
        for word in told
        if not all(dictionary.known(_forms(part)) for part in word.split("-"))
    )


def _forms(word: str) -> Iterator[str]:
    """Yield a word and what its ending may have been put to."""
    yield word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 3:
            yield word.removesuffix(ending)


@cache
def _dictionary(language: str) -> SpellChecker | None:
    from spellchecker import SpellChecker

    if language not in SpellChecker.languages():
        return None
    return SpellChecker(language=language)
