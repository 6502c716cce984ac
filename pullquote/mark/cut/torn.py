"""What a clip's edges tear off a sentence: of "you should never take it" all but "take it".

Such words are said in one breath with those of the clip, and may turn what these say.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from pullquote.model.answer import Clip
from pullquote.model.transcript import TimedTurn, Word, within

_NEAR = 30_000
"""Milliseconds around a clip in which its sentences begin and end."""
_GOES_ON = 1500
"""Milliseconds within which somebody goes on, also after another fell into the words."""
_LONGEST = 45
"""Words of a sentence above which its full stops are believed to be missing."""
_PAUSE = 350
"""Milliseconds of a pause at which such a one is taken to end."""
_ENDS = re.compile(r"[.?!\u2026][\"'\u201d\u2019)]*$")


def torn_off(
    turns: Sequence[TimedTurn], clip: Clip
) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Return the words before and after a clip that are of its outermost sentences."""
    heard = within(turns, clip)
    if not heard:
        return (), ()
    near = within(turns, Clip(start=clip.start - _NEAR, end=clip.end + _NEAR))
    before = _walked(near, heard[0].speaker, heard[0].words[0], -1)
    return before[::-1], _walked(near, heard[-1].speaker, heard[-1].words[-1], 1)


def is_heard(word: Word, clip: Clip) -> bool:
    """Say whether a clip that overlaps a word has at least half of it."""
    there = min(word.end, clip.end) - max(word.start, clip.start)
    return 2 * there >= word.end - word.start


def _walked(
    turns: Sequence[TimedTurn], speaker: str, edge: Word, step: int
) -> tuple[Word, ...]:
    """Return the words from an edge on, which is none of them, to the sentence's."""
    rows = [*_rows(turns, speaker)][::step]
    at = next(n for n, row in enumerate(rows) if row.word is edge)
    rows = rows[at:]
    # going on, the next sentence's first word is none; going back it is the last
    heads = rows if step < 0 else rows[1:]
    stop = _first(row.sentence for row in heads)
    if stop >= _LONGEST:
        stop = _first(row.line for row in heads)
    return tuple(row.word for row in rows[1 : 1 + stop])


def _first(begins: Iterable[bool]) -> int:
    return sum(1 for _ in takewhile(operator.not_, begins))


class _Row(NamedTuple):
    word: Word
    sentence: bool
    """A sentence begins with it, by what stands before and its capital."""
    line: bool
    """A line of the transcript does, or a pause is before it."""


def _rows(turns: Sequence[TimedTurn], speaker: str) -> Iterator[_Row]:
    """Yield what somebody says, over what others say in between."""
    before: Word | None = None
    for turn in turns:
        if turn.speaker != speaker:
            continue
        for n, word in enumerate(turn.words):
            pause = word.start - before.end if before else _GOES_ON
            ended = before is None or _ENDS.search(before.text) or _is_large(word)
            line = n in turn.sentence_starts
            sentence = pause >= _GOES_ON or (line and bool(ended))
            yield _Row(word, sentence, sentence or line or pause >= _PAUSE)
            before = word


def _is_large(word: Word) -> bool:
    return word.text[:1].isupper() and word.text.split("'")[0] != "I"
