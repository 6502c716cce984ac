"""Who signs: "Thanks, Summer", "- Will", and a name alone where a letter ends. Pure.

There even a word that is none elsewhere is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pullquote.mark.lexicon.common_words import COMMON, NAMES_TOO, bare_form, is_known
from pullquote.mark.lexicon.meanings import words
from pullquote.mark.lexicon.names import BY_CHANCE
from pullquote.mark.private.capitals import has_capital
from pullquote.mark.private.rules import KIN
from pullquote.mark.private.word_levels import NAMED, is_medical, levels
from pullquote.model.transcript import TimedTurn, Word

_CLOSES = words(
    """
    thanks cheers regards wishes best yours sincerely truly faithfully love ta gratefully
    blessings greetings
    """
)
"""What stands before who signs; so does a dash."""
_DASH = re.compile(r"[-\u2013\u2014~]+")
_JOINS = words("and & ap van von de la bin al")
_ADDRESSED = words(
    """
    all doc docs doctors everybody everyone folks gang gentlemen guys ladies mates panel
    people team
    """
)
"""Who is thanked, not who thanks."""
_LONGEST = 5
"""Words."""


def signatures(
    turn: TimedTurn, known: frozenset[str]
) -> Iterator[tuple[int, int, str]]:
    """Yield first and last word of each name that signs, and that it is one."""
    said = turn.words
    for at, word in enumerate(said):
        dash = _DASH.fullmatch(word.text) is not None
        if dash or bare_form(word.text) in _CLOSES:
            last = _end(said, at + 1)
            alone = not dash or last == len(said) - 1
            if last > at and alone and _signs(said[at + 1 : last + 1], known):
                yield at + 1, last, "name"
    first = max(turn.sentence_starts, default=0)
    last = len(said) - 1
    if 0 < first <= last < first + _LONGEST and said[last].text[-1] not in "?!":
        name = said[first : last + 1]
        if _signs(name, known) and _is_listed(name[0], turn.language):
            yield first, last, "name"


def _end(said: Sequence[Word], first: int) -> int:
    """Return the last word of a sentence that is short, else a place before it."""
    for at in range(first, min(first + _LONGEST, len(said))):
        if at == len(said) - 1 or said[at].text[-1] in ".!":
            return at
    return first - 2


def _signs(name: Sequence[Word], known: frozenset[str]) -> bool:
    """Say whether all of these words may be names."""
    bare = [bare_form(word.text) for word in name]
    return has_capital(name[0].text) and all(
        one in _JOINS or (has_capital(word.text) and _may_be(one, known))
        for one, word in zip(bare, name, strict=True)
    )


def _may_be(bare: str, known: frozenset[str]) -> bool:
    if bare in NAMES_TOO | BY_CHANCE:
        return True
    return not (
        bare in COMMON | known | _ADDRESSED
        or is_known(bare)
        or is_medical(bare)
        or KIN.fullmatch(bare)
    )


def _is_listed(word: Word, language: str) -> bool:
    """Say whether a word is a name where one is due."""
    bare = bare_form(word.text)
    told = levels([bare], frozenset(), language)
    return bare in NAMES_TOO or any(level >= NAMED for level in told)
