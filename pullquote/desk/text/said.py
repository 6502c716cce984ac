"""Where a name is said: each place in its sentence, and places of one name together. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pullquote.formats.sentences import ENDS
from pullquote.mark.private.details import Detail, each_said_again
from pullquote.model.answer import Clip
from pullquote.model.transcript import TimedTurn, heard_in

_AROUND = 18
"""Words shown before and after a place, of a sentence that has no end."""


@dataclass(frozen=True, slots=True)
class Said:
    """A place in its sentence."""

    clip: Clip
    speaker: str
    lead: str
    words: str
    """What is said in the place itself."""
    tail: str


def in_sentence(turns: Sequence[TimedTurn], clip: Clip) -> Said:
    """Return what is said in a clip and around it, by whoever is heard there first."""
    for turn in heard_in(turns, clip):
        if inside := _inside(turn, clip):
            return _said(turn, clip, inside[0], inside[-1] + 1)
    return Said(clip, "", "", "", "")


def _inside(turn: TimedTurn, clip: Clip) -> list[int]:
    """Return which words of a turn lie in a clip."""
    return [n for n, w in enumerate(turn.words) if clip.takes(w.start, w.end)]


def _said(turn: TimedTurn, clip: Clip, first: int, last: int) -> Said:
    starts = (*turn.sentence_starts, len(turn.words))
    begins = starts[max(0, bisect_right(starts, first) - 1)]
    ends = next((n for n in starts if n >= last), len(turn.words))
    low, high = max(begins, first - _AROUND), min(ends, last + _AROUND)
    texts = [word.text for word in turn.words]
    lead, tail = " ".join(texts[low:first]), " ".join(texts[last:high])
    return Said(
        clip,
        turn.speaker,
        f"\u2026 {lead}" if low > begins else lead,
        " ".join(texts[first:last]),
        f"{tail} \u2026" if high < ends else tail,
    )


def joined(turns: Sequence[TimedTurn], clips: Iterable[Clip]) -> tuple[Clip, ...]:
    """Return places by time, those of words beside each other in a sentence as one.

    "Walter" and "Pinchbrook" were found one by one where nothing tells a whole name:
    two replacements beside each other say nothing.
    """
    made: list[Clip] = []
    left = sorted(set(clips), key=lambda one: (one.start, one.end))
    for clip in left:
        if made and _are_beside(turns, made[-1], clip):
            made[-1] = Clip(start=made[-1].start, end=max(made[-1].end, clip.end))
        else:
            made.append(clip)
    return tuple(made)


def _are_beside(turns: Sequence[TimedTurn], one: Clip, other: Clip) -> bool:
    for turn in heard_in(turns, one):
        if (first := _inside(turn, one)) and (then := _inside(turn, other)):
            starts = set(turn.sentence_starts)
            ends = turn.words[first[-1]].text.endswith(tuple(ENDS))
            beside = then[0] <= first[-1] + 1 and not ends
            return beside and starts.isdisjoint(then)
    return False


@dataclass(frozen=True, slots=True)
class Named:
    """A detail, how many places say it (by itself, one), and what is said around it."""

    detail: Detail
    places: int
    said: Said


def by_name(found: Sequence[Detail], turns: Sequence[TimedTurn]) -> tuple[Named, ...]:
    """Return details in their order, those that go with one before in a row with it."""
    same = each_said_again({one.text for one in found}, found)
    again = {id(one): same[one.text] for one in found}
    heads = sorted(
        found, key=lambda one: -len(again[id(one)])
    )  # "Ann Bell", then "Ann"
    taken: set[int] = set()
    rows: dict[int, int] = {}
    for head in heads:
        if id(head) not in taken:
            with_it = (head, *again[id(head)])
            taken.update(map(id, with_it))
            rows[id(head)] = len(joined(turns, (one.clip for one in with_it)))
    return tuple(
        Named(one, rows[id(one)], in_sentence(turns, one.clip))
        for one in found
        if id(one) in rows
    )
