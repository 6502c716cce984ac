"""What an editor may change of an answer, and two people's changes brought together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from pullquote.errors import ContentError, PullquoteError
from pullquote.formats.clock import format_clock, parse_clock
from pullquote.formats.toml import one_or_many
from pullquote.model.answer import Answer, Clip, Correction
from pullquote.model.show import Show

FIELDS = {
    "question": "Question",
    "body": "Answer",
    "speakers": "Who answers",
    "topics": "Topics",
    "asked": "When it is asked",
    "answered": "When it is answered",
    "corrections": "Corrections",
}
"""What people call the fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answer as it stands in a form: texts alone, not yet looked at."""

    question: str
    body: str
    speakers: tuple[str, ...]
    topics: tuple[str, ...]
    asked: str
    """``00:12:31.200 - 00:12:40.900``."""
    answered: str
    corrections: tuple[str, ...] = ()
    """``2026-04-02: what was wrong``."""


def draft_of(answer: Answer) -> Draft:
    """Return the form of an answer."""
    return Draft(
        question=answer.question,
        body=answer.body.strip(),
        speakers=answer.speakers,
        topics=answer.topics,
        asked=_clip_text(answer.asked),
        answered=_clip_text(answer.answered),
        corrections=tuple(f"{c.on}: {c.note}" for c in answer.corrections),
    )


def draft_from(pairs: Sequence[tuple[str, str]]) -> Draft:
    """Return what a form sent."""
    given = dict(pairs)

    def several(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(v for k, v in pairs if k == name and v.strip()))

    return Draft(
        question=" ".join(given.get("question", "").split()),
        body=given.get("body", "").strip(),
        speakers=several("speakers"),
        topics=several("topics"),
        asked=_spaced(given.get("asked", "")),
        answered=_spaced(given.get("answered", "")),
        corrections=tuple(
            line
            for text in several("corrections")
            for one in text.split("\n")
            if (line := " ".join(one.split()))
        ),
    )


def chosen(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return a form as its sender means it who was shown two versions of some fields.

    ``both`` names such a field; where ``choice`` is ``file``, what it is to hold then is
    in ``file.<field>``, whatever the field itself says.

    >>> chosen([("choice", "file"), ("both", "body"), ("body", "a"), ("file.body", "b")])
    [('choice', 'file'), ('both', 'body'), ('body', 'b')]
    """
    if ("choice", "file") not in pairs:
        return list(pairs)
    both = {value for key, value in pairs if key == "both"}
    kept = [(key, value) for key, value in pairs if key not in both]
    return [(key.removeprefix("file."), value) for key, value in kept]


def form_of(draft: Draft) -> str:
    """Return a draft as a form would send it, so that the page can say what it began with."""
    pairs = [(name, getattr(draft, name)) for name in ("question", "body")]
    pairs += [("asked", draft.asked), ("answered", draft.answered)]
    for name in ("speakers", "topics", "corrections"):
        pairs += [(name, one) for one in getattr(draft, name)]
    return urlencode(pairs)


def draft_of_form(text: str) -> Draft | None:
    """Return what ``form_of`` wrote, None for anything that is no form."""
    pairs = parse_qsl(text, keep_blank_values=True)
    named = {key for key, _ in pairs} >= {"question", "body", "asked", "answered"}
    return draft_from(pairs) if named else None


def in_order(draft: Draft, answer: Answer) -> Draft:
    """Return the draft with speakers and topics in the order that the answer has.

    A form's boxes have an order of their own, and the order of speakers is signed.
    """

    def ordered(names: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
        place = {name: n for n, name in enumerate(known)}
        return tuple(sorted(names, key=lambda name: place.get(name, len(known))))

    return replace(
        draft,
        speakers=ordered(draft.speakers, answer.speakers),
        topics=ordered(draft.topics, answer.topics),
    )


def _spaced(text: str) -> str:
    start, _, end = text.partition("-")
    return f"{start.strip()} - {end.strip()}"


def _clip_text(clip: Clip) -> str:
    start = format_clock(clip.start, decimals=3)
    return f"{start} - {format_clock(clip.end, decimals=3)}"


def applied(draft: Draft, answer: Answer, show: Show, path: Path) -> Answer:
    """Return the answer as the form has it; ``path`` is for messages.

    Raises ContentError or FaultsError where a field cannot be so.
    """
    faults: list[PullquoteError] = []
    for key, known in (
        ("speakers", {p.id for p in show.people}),
        ("topics", {t.id for t in show.topics}),
    ):
        for one in getattr(draft, key):
            if one not in known:
                problem = f"{key}: {one!r} is not in show.toml"
                faults.append(ContentError(path, problem, "choose another"))
    if not draft.question:
        faults.append(ContentError(path, "has no question", "write what was asked"))
    clips: dict[str, Clip] = {}
    for key in ("asked", "answered"):
        try:
            clips[key] = parsed_clip(getattr(draft, key), key, path)
        except ContentError as error:
            faults.append(error)
    corrections: list[Correction] = []
    for line in draft.corrections:
        try:
            corrections.append(_correction(line, path))
        except ContentError as error:
            faults.append(error)
    if faults:
        raise one_or_many(path, faults)
    return replace(
        answer,
        question=draft.question,
        body=draft.body,
        speakers=draft.speakers,
        topics=draft.topics,
        asked=clips["asked"],
        answered=clips["answered"],
        corrections=tuple(corrections),
    )


def parsed_clip(text: str, key: str, path: Path) -> Clip:
    """Return the clip of two times. Raises ContentError where ``text`` is none."""
    start, _, end = text.partition("-")
    try:
        clip = Clip(start=parse_clock(start), end=parse_clock(end))
    except ValueError:
        remedy = "write start and end as 00:12:31.2 - 00:12:40.9"
        raise ContentError(path, f"{key}: {text!r} is no time", remedy) from None
    if clip.end <= clip.start:
        raise ContentError(path, f"{key} ends before it starts", "swap the two times")
    return clip


def _correction(line: str, path: Path) -> Correction:
    day, _, note = line.partition(":")
    try:
        on = date.fromisoformat(day.strip())
    except ValueError:
        remedy = "write the day and what was wrong: 2026-04-02: hours, not days"
        problem = f"the correction {line!r} begins with no day"
        raise ContentError(path, problem, remedy) from None
    if not note.strip():
        raise ContentError(path, f"the correction of {day} says nothing", "say it")
    return Correction(on=on, note=note.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Two people's changes in one draft, where that can be."""

    draft: Draft
    theirs: tuple[str, ...]
    """Fields that came in from the file; the person at the form has not seen them."""
    conflicts: tuple[str, ...]
    """Fields that both changed; in ``draft`` they are as the form has them, the text
    with what the file has in sentences that the form left alone."""
    instead: Draft
    """The same with what the file has where both changed."""


def merge(base: Draft | None, theirs: Draft, mine: Draft) -> Merged:
    """Bring together what the file says and what a form sent, both made from ``base``.

    A field that one side alone changed is that side's; the text is merged line by
    line. Without a base every difference is a conflict.
    """
    found: dict[str, object] = {}
    instead: dict[str, object] = {}
    came_in: list[str] = []
    conflicts: list[str] = []
    for field in fields(Draft):
        name = field.name
        old = getattr(base, name) if base else None
        there, here = getattr(theirs, name), getattr(mine, name)
        if there == here or (base and there == old):
            continue
        if base and here == old:
            found[name] = there
            came_in.append(name)
            continue
        meets, instead[name] = True, there
        if base and name == "body":
            found[name], meets = merged_lines(base.body, there, here)
            instead[name], _ = merged_lines(base.body, here, there)
        (conflicts if meets else came_in).append(name)
    draft = replace(mine, **found)  # type: ignore[arg-type]
    return Merged(
        draft=draft,
        theirs=tuple(came_in),
        conflicts=tuple(conflicts),
        instead=replace(draft, **instead),  # type: ignore[arg-type]
    )


def merged_lines(base: str, theirs: str, mine: str) -> tuple[str, bool]:
    """Return both sides' changes of a text in one, and whether they meet (diff3).

    Where they do, ``mine`` stands.

    >>> merged_lines("a\\nb\\nc", "A\\nb\\nc", "a\\nb\\nC")
    ('A\\nb\\nC', False)
    >>> merged_lines("a\\nb\\nc", "A\\nb\\nB", "1\\nb\\nc")
    ('1\\nb\\nB', True)
    """
    old, left, right = base.split("\n"), theirs.split("\n"), mine.split("\n")
    made: list[str] = []
    meets = False
    for o, a, b in _stretches(old, left, right):
        was, there, here = old[slice(*o)], left[slice(*a)], right[slice(*b)]
        if there == here or here == was:
            made += there
        else:
            made += here
            meets = meets or there != was
    return "\n".join(made), meets


_Span = tuple[int, int]


def _stretches(
    old: list[str], left: list[str], right: list[str]
) -> Iterator[tuple[_Span, _Span, _Span]]:
    """Yield stretches of the three, split at lines that all three share."""
    to_left, to_right = dict(_same(old, left)), dict(_same(old, right))
    shared = [n for n in range(len(old)) if n in to_left and n in to_right]
    marks = [(-1, -1, -1), *((n, to_left[n], to_right[n]) for n in shared)]
    marks.append((len(old), len(left), len(right)))
    for (o, a, b), (o2, a2, b2) in pairwise(marks):
        yield (o + 1, o2), (a + 1, a2), (b + 1, b2)
        if o2 < len(old):
            yield (o2, o2 + 1), (a2, a2 + 1), (b2, b2 + 1)


def _same(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    for block in blocks:
        for n in range(block.size):
            yield block.a + n, block.b + n
