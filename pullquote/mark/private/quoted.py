"""Words of a redaction that an answer still quotes, as after a merge.

Who redacts takes the words out of the answers that are there. One that somebody else cut
in another clone meanwhile comes later: its anchor quotes what was said, and tells here,
where nobody ever saw the words, what the redaction hides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pullquote.model.align import exact_form
from pullquote.model.answer import Anchor, Answer, Clip, Redaction
from pullquote.model.library import Entry
from pullquote.model.transcript import Word

_AROUND = 10
"""Words before and after a clip that its anchor quotes too."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """One word, and what hides it."""

    text: str
    redaction: Redaction


def quoted(answer: Answer, entry: Entry) -> tuple[Quoted, ...]:
    """Return what an answer's anchors quote where a redaction says something else now."""
    if answer.anchor is None or not entry.redactions or not entry.turns:
        return ()
    words = [word for turn in entry.turns for word in turn.words]
    pairs = (
        (answer.anchor.asked, answer.asked),
        (answer.anchor.answered, answer.answered),
    )
    return tuple(
        one
        for anchor, clip in pairs
        if anchor is not None
        for one in _quoted(anchor, clip, words, entry.redactions)
    )


def _quoted(
    anchor: Anchor,
    clip: Clip,
    words: Sequence[Word],
    redactions: Sequence[Redaction],
) -> Iterator[Quoted]:
    inside = [n for n, w in enumerate(words) if clip.overlaps(w.start, w.end)]
    if not inside:
        return
    first, last = max(0, inside[0] - _AROUND), inside[-1] + 1 + _AROUND
    said = words[first:last]
    before = f"{anchor.prefix} {anchor.exact} {anchor.suffix}".split()
    steps = Levenshtein.opcodes(
        [exact_form(text) for text in before], [exact_form(w.text) for w in said]
    )
    for step in steps:
        if step.tag == "equal" or step.src_start == step.src_end:
            continue
        hides = _hiding(said, step.dest_start, step.dest_end, redactions)
        if hides is not None:
            yield from (Quoted(t, hides) for t in before[step.src_start : step.src_end])


def _hiding(
    said: Sequence[Word], first: int, last: int, redactions: Sequence[Redaction]
) -> Redaction | None:
    """Return the redaction in which some words lie or, of none, the gap at ``first``."""
    if first < last:
        start, end = said[first].start, said[last - 1].end
    else:
        start = said[first - 1].end if first else 0
        end = said[first].start if first < len(said) else start + 1
    return next((r for r in redactions if r.clip.overlaps(start, end)), None)
