"""Where a cut lies, held three ways, so that it is found again in another transcript.

By the numbers of its words, by their text with what stands before and after it (the
exact, prefix and suffix of a W3C TextQuoteSelector, Web Annotation Data Model 4.2.4),
and by its times. Nothing is moved here: a person is told where it lies now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pullquote.errors import ContentError, GateError
from pullquote.formats.answer_md import format_clip
from pullquote.formats.clock import format_clock
from pullquote.formats.markdown import shown_lines
from pullquote.mark.private.details import details
from pullquote.model.align import exact_form
from pullquote.model.answer import Anchor, Anchors, Answer, Clip
from pullquote.model.library import Entry
from pullquote.model.show import Show
from pullquote.model.transcript import TimedTurn, Word, text_of

_AROUND = 10
"""Words of prefix and suffix."""
MOVED = 500
"""Milliseconds by which an edge may differ before a person is told."""
_ELSEWHERE = 2_000
"""Milliseconds by which both edges differ where a page would play something else."""
_NEAR = 60_000
"""Milliseconds around a cut in which changed words are looked for."""
_ENOUGH = 0.5
"""Share of the words that must be there for a place to be the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where a cut lies in a transcript."""

    clip: Clip
    same: bool
    """Its words are the very same."""


def anchors(answer: Answer, turns: Sequence[TimedTurn], show: Show) -> Anchors:
    """Return the anchors of an answer's two clips in the transcript as it is now."""
    private = [d.clip for d in details(turns, show, asked=(answer.asked,))]
    return Anchors(
        asked=make_anchor(turns, answer.asked, private),
        answered=make_anchor(turns, answer.answered, private),
    )


def anchor_faults(answer: Answer, entry: Entry, path: Path) -> tuple[GateError, ...]:
    """Return each clip whose words moved, changed or are gone since it was cut.

    ``path`` is for messages alone. An answer without anchors has none to lose.
    """
    if answer.anchor is None or not entry.turns or answer.status == "withdrawn":
        return ()
    rows = (
        ("asked", answer.anchor.asked, answer.asked),
        ("answered", answer.anchor.answered, answer.answered),
    )
    return tuple(
        GateError(path, f"the words of {key!r} {told[0]}", told[1])
        for key, anchor, clip in rows
        if anchor is not None
        and (told := _trouble(key, clip, find(anchor, clip, entry.turns)))
    )


def misplaced(answer: Answer, entry: Entry, path: Path) -> ContentError | None:
    """Return that an answer would play other words than were signed, as after a new cut.

    ``path`` is that of the answer's file.
    """
    there = as_found(answer, entry.turns)
    if there is None:
        return None
    signed, now = answer.answered, there.answered
    off = now.start - signed.start, now.end - signed.end
    if min(map(abs, off)) <= _ELSEWHERE or (off[0] < 0) != (off[1] < 0):
        return None
    return ContentError(
        path,
        f"plays what is said {abs(off[0]) / 1000:.1f} s from its own words",
        f"pullquote cut {entry.slug} --moved writes their times; then have it signed again",
    )


def said_nowhere(answer: Answer, entry: Entry, path: Path) -> ContentError | None:
    """Return that an answer lost its words, and its clip says hardly one of the page's.

    As where another recording's transcript was imported, or the file is in another
    episode's folder. Where the transcript alone was corrected, the page's words are there.
    """
    if as_found(answer, entry.turns) is not None:
        return None
    printed = [w for line in shown_lines(answer.body) for w in line.text.split()]
    spoken = [w.text for w in _words(entry.turns) if _overlaps(answer.answered, w)]
    body, heard = (Counter(filter(None, map(exact_form, w))) for w in (printed, spoken))
    if (body & heard).total() >= _ENOUGH * body.total():
        return None
    return ContentError(
        path,
        f"its words are not said at {format_clock(answer.answered.start)}, nor elsewhere"
        " in the episode",
        "bring its own transcript back, or the file into its own episode; or cut it anew",
    )


def followed(answer: Answer, turns: Sequence[TimedTurn]) -> Answer:
    """Return an answer with its clips where their very same words lie now."""
    if answer.anchor is None:
        return answer

    def now(anchor: Anchor | None, clip: Clip) -> Clip:
        found = find(anchor, clip, turns) if anchor else None
        moved = found and found.same and _apart(found.clip, clip) > MOVED
        return found.clip if found and moved else clip

    return replace(
        answer,
        asked=now(answer.anchor.asked, answer.asked),
        answered=now(answer.anchor.answered, answer.answered),
    )


def as_found(answer: Answer, turns: Sequence[TimedTurn]) -> Answer | None:
    """Return an answer with the clip in which its words lie now, as after a longer cut.

    None where they are said no more.
    """
    anchor = answer.anchor.answered if answer.anchor else None
    if anchor is None or not turns:
        return answer
    found = find(anchor, answer.answered, turns)
    if found is None:
        return None
    moved = _apart(found.clip, answer.answered) > MOVED
    return replace(answer, answered=found.clip) if moved else answer


def _apart(one: Clip, other: Clip) -> int:
    return max(abs(one.start - other.start), abs(one.end - other.end))


def _trouble(key: str, clip: Clip, found: Found | None) -> tuple[str, str] | None:
    """Return what is wrong with the words of a clip, and what to do."""
    accept = f"then approve it again, or delete [anchor.{key}]"
    if found is None:
        listen = f"listen at {format_clock(clip.start)} and correct text and clip"
        return "are in the transcript no more", f"{listen}, {accept}"
    there = f"{key} = {format_clip(found.clip)}"
    off = _apart(found.clip, clip)
    if not found.same:
        times = f", write {there}" if off > MOVED else ""
        return "were changed in the transcript", f"compare the text{times}, {accept}"
    if off > MOVED:
        return f"lie {off / 1000:.1f} s from its clip", f"write {there}"
    return None


def make_anchor(
    turns: Sequence[TimedTurn], clip: Clip, private: Sequence[Clip] = ()
) -> Anchor | None:
    """Return the anchor of a cut, None where nobody speaks in it.

    Prefix and suffix end at anything ``private``: the answer's file may be public.
    """
    words = _words(turns)
    inside = [n for n, w in enumerate(words) if _overlaps(clip, w)]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1

    def open_(word: Word) -> bool:
        return not any(_overlaps(p, word) for p in private)

    before = [*takewhile(open_, words[max(0, first - _AROUND) : first][::-1])]
    after = takewhile(open_, words[last : last + _AROUND])
    return Anchor(
        words=(first, last),
        exact=" ".join(map(text_of, words[first:last])),
        prefix=" ".join(map(text_of, before[::-1])),
        suffix=" ".join(map(text_of, after)),
    )


def find(anchor: Anchor, clip: Clip, turns: Sequence[TimedTurn]) -> Found | None:
    """Return where a cut lies now: by its words' numbers, else by its text.

    None where its words are said no more, neither all of them nor, near by, most.
    Where its words are said several times, what stands around them decides, then the
    time; where they stand in other company, changed words in the old one are the cut.
    """
    words = _words(turns)
    exact = [exact_form(text) for text in anchor.exact.split()]
    first, last = anchor.words
    numbered = words[first:last] if first >= 0 else []
    if (  # as in nearly every transcript
        numbered
        and _off(numbered[0], clip) <= MOVED
        and [exact_form(word.text) for word in numbered] == exact
    ):
        return _at(words, first, first + len(exact), same=True)
    forms = [exact_form(word.text) for word in words]
    size = len(exact)

    def company(start: int, end: int) -> int:
        return _context(forms, start, end, anchor)

    best = max(
        _exactly(forms, exact),
        key=lambda n: (company(n, n + size), n == first, -_off(words[n], clip)),
        default=None,
    )
    place = None
    if best is None or _off(words[best], clip) > MOVED:
        place = _nearly(words, forms, exact, anchor, clip)
    if best is not None and (
        place is None or company(best, best + size) >= company(*place)
    ):
        return _at(words, best, best + size, same=True)
    return None if place is None else _at(words, *place, same=False)


def _words(turns: Sequence[TimedTurn]) -> list[Word]:
    return [word for turn in turns for word in turn.words]


def _overlaps(clip: Clip, word: Word) -> bool:
    return clip.overlaps(word.start, word.end)


def _at(words: Sequence[Word], first: int, last: int, *, same: bool) -> Found:
    start, end = words[first].start, words[last - 1].end
    return Found(clip=Clip(start=start, end=max(end, start + 1)), same=same)


def _exactly(forms: Sequence[str], exact: Sequence[str]) -> list[int]:
    size = len(exact)
    if not size:
        return []
    return [
        n
        for n in range(len(forms) - size + 1)
        if forms[n] == exact[0] and forms[n : n + size] == exact
    ]


def _context(forms: Sequence[str], start: int, end: int, anchor: Anchor) -> int:
    """Return how many words before and after are those of the anchor."""
    before = [exact_form(t) for t in anchor.prefix.split()][::-1]
    after = [exact_form(t) for t in anchor.suffix.split()]
    pairs = [
        *zip(before, forms[max(0, start - _AROUND) : start][::-1], strict=False),
        *zip(after, forms[end : end + _AROUND], strict=False),
    ]
    return sum(a == b for a, b in pairs)


def _off(word: Word, clip: Clip) -> int:
    return abs(word.start - clip.start)


def _nearly(
    words: Sequence[Word],
    forms: Sequence[str],
    exact: Sequence[str],
    anchor: Anchor,
    clip: Clip,
) -> tuple[int, int] | None:
    """Return the first and last word of a place with most of the words, near by."""
    wide = Clip(start=max(0, clip.start - _NEAR), end=clip.end + _NEAR)
    near = [n for n, word in enumerate(words) if _overlaps(wide, word)]
    if not near or not exact:
        return None
    base = near[0]
    before = [exact_form(text) for text in anchor.prefix.split()]
    after = [exact_form(text) for text in anchor.suffix.split()]
    wanted = [*before, *exact, *after]
    heard = forms[base : near[-1] + 1]
    place: dict[int, int] = {}
    for step in Levenshtein.opcodes(wanted, heard):
        if step.tag == "equal" or (
            step.tag == "replace"
            and step.src_end - step.src_start == step.dest_end - step.dest_start
        ):
            for n in range(step.src_end - step.src_start):
                place[step.src_start + n] = step.dest_start + n
    first, last = len(before), len(before) + len(exact)
    kept = [
        n for n in range(first, last) if n in place and wanted[n] == heard[place[n]]
    ]
    if len(kept) < _ENOUGH * len(exact):
        return None
    start = place.get(first, place[kept[0]])
    if first - 1 in place and first not in place:  # what came before is still there
        start = place[first - 1] + 1
    end = place.get(last - 1, place[kept[-1]]) + 1
    if last in place and last - 1 not in place:
        end = place[last]
    return (base + start, base + end) if start < end else None
