"""The words of a turn without capitals, how much each tells, and what is beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pullquote.mark.lexicon.common_words import COMMON, CONTRACTED, bare_form, is_known
from pullquote.mark.lexicon.meanings import words
from pullquote.mark.lexicon.places import LAST_ONLY, ORDINARY, PLACE_FIRSTS
from pullquote.mark.lexicon.things import PHRASES
from pullquote.mark.private.word_levels import (
    NAMED,
    ORDINARY_WORD,
    RARE,
    STOP,
    is_medical,
    levels,
)
from pullquote.model.transcript import Word

Span = tuple[int, int, str]
"""First and last word, kind."""

BARE = words("in at near to from for with of by outside on against through behind")
"""What stands before a name directly, and before a thing with "the"."""
_OWNED = re.compile(r"['\N{RIGHT SINGLE QUOTATION MARK}]s$")
_ANYBODY = words("children men women kids people girls boys teacher doctor today")
_APART = re.compile(
    r"(?: (?:and|from|here|i|i'm|my|a|an|in|at|who|whose|calling|had|has|wants|age|he|she"
    r"|they|is|was|are|were|have|will|can|works|wrote|asks|says|both|said|told|thinks|why|how|what|when|could|would|should|\d+"
    r"|sister|brother|daughter|son|mother|father|mom|dad)\b|$)"
)
"""What may follow a name, and hardly an adjective."""
_FAMOUS = re.compile(
    rf"(?<!\S)(?:{'|'.join(sorted(PHRASES)).replace('-', '[- ]')})s?(?!\S)"
)


class SmallWords:
    """One turn's words without capitals, and how much each tells."""

    def __init__(self, said: Sequence[Word], known: frozenset[str], language: str):
        self.bare = bare = [
            CONTRACTED.get(one, one) for one in (bare_form(word.text) for word in said)
        ]
        self._owners = {n for n, w in enumerate(said) if _OWNED.search(w.text)}
        self._starts: list[int] = []
        at = 0
        for word in bare:
            self._starts.append(at)
            at += len(word) + 1
        self._text = " ".join(bare)
        self.level = levels(bare, known, language)
        if self.level:
            self._leave_phrases()

    def _leave_phrases(self) -> None:
        """Take the names of the famous for ordinary words."""
        for match in _FAMOUS.finditer(self._text):
            first, last = (bisect_left(self._starts, at) for at in match.span())
            self.level[first:last] = [ORDINARY_WORD] * (last - first)

    def telling(self, first: int, last: int) -> int:
        """Return the highest level of a stretch of words."""
        return max(self.level[first : last + 1], default=STOP)

    def tells(self, first: int, last: int) -> bool:
        """Say whether one of a stretch's words may be a name; yes without dictionary."""
        return not self.level or self.telling(first, last) >= RARE

    def _word(self, at: int) -> str:
        return self.bare[at] if 0 <= at < len(self.bare) else ""

    def _level(self, at: int) -> int:
        return self.level[at] if 0 <= at < len(self.bare) else STOP

    def _is_apart(self, at: int) -> bool:
        """Say whether a name that is a word too stands by itself."""
        if self._level(at) < NAMED or self.bare[at] in COMMON:
            return False
        return self._ends_a_name(at)

    def _ends_a_name(self, at: int) -> bool:
        end = self._starts[at] + len(self.bare[at])
        return _APART.match(self._text, end) is not None

    def _tells(self, first: int, last: int) -> bool:
        return any(
            (word not in ORDINARY or (n in self._owners and word not in _ANYBODY))
            and not is_medical(word)
            and (word in LAST_ONLY or not is_known(word))
            for n, word in enumerate(self.bare[first : last + 1], first)
        )

    def _before(self, at: int, most: int) -> int:
        """Return where the words begin that go with a head."""
        first = at
        while (
            first
            and at - first < most
            and self._word(first - 1) not in BARE
            and (
                self.level[first - 1] > STOP
                or self._word(first - 1) in PLACE_FIRSTS | {"first"}
            )
        ):
            first -= 1
        return first
