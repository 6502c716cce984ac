"""What a clip's edges tear off a sentence: of "you should never take it" all but "take it".

Such words are said in one breath with those of the clip, and may turn what these say.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

from pullquote.formats.sentences import ENDS
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
_ENDS = re.compile(rf"[{ENDS}\u2026][\"'\u201d\u2019)]*$")


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
    """Return the words from an edge on, which is none of them, to the sentence's.

    Over what others say in between. Of a large show few edges lie within a sentence: only
    as far as that goes are words looked at.
    """
    said = [
        (turn, n)
        for turn in turns
        if turn.speaker == speaker
        for n in range(len(turn.words))
    ]
    at = next(k for k, (turn, n) in enumerate(said) if turn.words[n] is edge)
    # going on, the next sentence's first word is none; going back it is the last
    places = range(at, -1, -1) if step < 0 else range(at + 1, len(said))
    stop = _first(_begins(said, k).sentence for k in places[:_LONGEST])
    if stop >= _LONGEST:
        stop = _first(_begins(said, k).line for k in places)
    taken = said[max(0, at - stop) : at][::-1] if step < 0 else said[at + 1 :][:stop]
    return tuple(turn.words[n] for turn, n in taken)


def _first(begins: Iterable[bool]) -> int:
    return sum(1 for _ in takewhile(operator.not_, begins))


class _Begins(NamedTuple):
    sentence: bool
    """A sentence begins with a word, by what stands before and its capital."""
    line: bool
    """A line of the transcript does, or a pause is before it."""


def _begins(said: Sequence[tuple[TimedTurn, int]], place: int) -> _Begins:
    """Return what begins with one of somebody's words, each a turn and its number there."""
    turn, n = said[place]
    word, line = turn.words[n], n in turn.sentence_starts
    if not place:
        return _Begins(True, True)
    turn_before, n_before = said[place - 1]
    before = turn_before.words[n_before]
    pause = word.start - before.end
    ended = _ENDS.search(before.text) is not None or _is_large(word)
    sentence = pause >= _GOES_ON or (line and ended)
    return _Begins(sentence, sentence or line or pause >= _PAUSE)


def _is_large(word: Word) -> bool:
    return word.text[:1].isupper() and word.text.split("'")[0] != "I"
