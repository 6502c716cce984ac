"""What WebVTT and SRT share: cutting turns into captions, and reading them back.

A caption is a short text with a time of its own. WebVTT calls it a cue.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import NamedTuple

from pullquote.errors import ContentError
from pullquote.formats.clock import parse_clock
from pullquote.formats.disk import read_bytes, unreadable
from pullquote.formats.sentences import sentence_starts
from pullquote.model.answer import Clip
from pullquote.model.transcript import Segment, TimedTurn, Word

_PAUSE = 1500
_SHORTEST = 700
_NEAR = 5000
"""Milliseconds around a redaction in which a caption may say its words."""
_GONE = "[redacted]"
_LONGEST_SEGMENT = 80
_MOST_CAPTIONS = 60_000
"""Of a file: a caption every two seconds makes 33 hours."""
_LONGEST_CAPTION = 100_000
"""Characters."""
_TIMING = re.compile(r"\s*([\d:.,]+)\s*-->\s*([\d:.,]+)(?:\s.*)?")
_NAME = re.compile(
    r"([^\W_][\w.\u2019'-]*(?: [^\W_][\w.\u2019'-]*){0,6}(?: \([^()]{1,30}\))?):\s+"
)
"""Meetings show "Prof. Dr. med. Irene Copperfold (she/her)"."""
_SMALL = frozenset("de van von der den med. rer. nat. phil. h. c. h.c.".split())  # noqa: SIM905
"""What a name may hold in small letters."""
_CHANGE = re.compile(r"(?:>{2,3}|(?:&gt;){2,3})\s*")
"""Captioners' sign at the start of a line that somebody else speaks (CEA-608)."""
_NOT_NAMES = frozenset(
    ["Remember", "Note", "Example", "Question", "Answer", "Warning", "First", "Second"]
)


class Caption(NamedTuple):
    """Lines shown together for a while. Times in milliseconds."""

    start: int
    end: int
    lines: tuple[str, ...]
    speaker: str | None = None
    """When cut from a turn: only on its first caption. When read: who speaks, empty
    where somebody else began to and nobody says who."""
    line: int = 1
    """Where it stands in the file it was read from."""


def cut(
    turns: Sequence[TimedTurn],
    names: Sequence[str],
    *,
    width: int,
    height: int,
    name_in_text: bool,
) -> tuple[Caption, ...]:
    """Return captions of at most ``height`` lines of ``width`` characters.

    ``names`` holds what may be printed as each turn's speaker. Captions never
    overlap and lose no word; a word longer than a line stands alone on it.
    """
    found: list[_Cut] = []
    before: str | None = None
    for turn, name in zip(turns, names, strict=True):
        lead = [f"{name}:"] if name_in_text and name != before else []
        for first, end, lines in _portions(turn, lead, width, height):
            words = turn.words
            found.append((words[first].start, words[end - 1].end, lines, name))
        before = name
    return tuple(_without_overlap(found))


_Cut = tuple[int, int, list[str], str]
"""Start, end, lines and speaker of a caption to be."""


def _portions(
    turn: TimedTurn, lead: list[str], width: int, height: int
) -> Iterator[tuple[int, int, list[str]]]:
    """Yield each caption's words ``[first, end)`` and lines: whole sentences fit best.

    Each word is looked at once: a caption's lines grow with it.
    """
    starts = set(turn.sentence_starts)
    lines = list(lead)
    first, heard = 0, turn.words[0].start if turn.words else 0
    for at, (start, end, text, _) in enumerate(turn.words):
        fits = bool(lines) and len(lines[-1]) + len(text) < width
        if at > first and (
            (not fits and len(lines) >= height)
            or start - heard >= _PAUSE
            or (at in starts and 2 * len(" ".join(lines)) >= width * height)
        ):
            yield first, at, lines
            first, lines = at, [text]
        elif fits:
            lines[-1] += f" {text}"
        else:
            lines.append(text)
        heard = end
    if turn.words:
        yield first, len(turn.words), lines


def _without_overlap(found: Sequence[_Cut]) -> Iterator[Caption]:
    """Let each caption end before the next one starts, and last a moment."""
    earliest = 0
    following = (start for start, *_ in found[1:])
    for (start, end, lines, speaker), limit in zip_longest(found, following):
        start = max(start, earliest)
        end = max(end, start + _SHORTEST)
        end = end if limit is None else min(end, limit)
        earliest = max(end, start + 1)
        yield Caption(start, earliest, tuple(lines), speaker)


def text_of(path: Path) -> str:
    """Return a captions file's text with ``\\n`` line ends, whoever wrote it.

    In UTF-8, in UTF-16, else as Windows writes Western languages: no byte is lost,
    and what is redacted is found by its time. Raises ContentError.
    """
    try:
        data = read_bytes(path)
    except OSError as error:
        raise unreadable(path, error) from error
    text = decoded(data)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decoded(data: bytes) -> str:
    """Return bytes as text; nothing is refused."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:2]:  # UTF-16 without its mark: "W" is two bytes, one of them 0
        return data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", "replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def read(text: str, path: Path) -> tuple[Caption, ...]:
    """Return the captions of a WebVTT or SRT file, by their start.

    Numbers, names and settings are left out, the text stays as it stands. Raises
    ContentError, with the line, where a time cannot be read.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    at = [n for n, line in enumerate(lines) if "-->" in line]
    if len(at) > _MOST_CAPTIONS:
        raise ContentError(
            path, f"holds {len(at):,} captions", "split it into recordings"
        )
    captions = []
    for number, limit in pairwise([*at, len(lines)]):
        start, end = _timing(lines[number], path, number + 1)
        body = lines[number + 1 : limit]
        if limit < len(lines) and _ends_in_number(body):
            body.pop()  # it belongs to the next time
        kept = _until_blank(body)
        if sum(map(len, kept)) > _LONGEST_CAPTION:
            raise ContentError(
                path, "the caption is as long as a book", "split it", line=number + 1
            )
        captions.append(
            Caption(start=start, end=end, lines=tuple(kept), line=number + 1)
        )
    return tuple(sorted(captions, key=lambda caption: caption.start))


def _ends_in_number(body: list[str]) -> bool:
    """Say whether the last line is the next caption's number or name."""
    if not body or _is_blank(body[-1]):
        return False
    return body[-1].strip().isdigit() or (len(body) > 1 and _is_blank(body[-2]))


def _is_blank(line: str) -> bool:
    return not line.rstrip("\r")


def _until_blank(body: list[str]) -> list[str]:
    kept = []
    for line in body:
        if _is_blank(line):
            break
        if line.strip():
            kept.append(line.strip())
    return kept


def without(text: str, clips: Sequence[Clip], path: Path) -> str:
    """Return a WebVTT or SRT file that says nothing where something is redacted.

    Captions have a time a line and none a word, and rolling ones say a line again, so
    all go that come within some seconds, and with them comments and stray text up to
    the next time. One whose time cannot be read goes wherever it stands.
    """
    lines = text.split("\n")
    at = [n for n, line in enumerate(lines) if "-->" in line]
    kept = lines[: at[0]] if at else lines
    for number, limit in pairwise([*at, len(lines)]):
        timing, body = lines[number], lines[number + 1 : limit]
        try:
            start, end = _timing(timing.rstrip("\r"), path, number + 1)
        except ContentError:
            kept += [_GONE, *_rest(body)]
            continue
        if any(clip.overlaps(start - _NEAR, end + _NEAR) for clip in clips):
            body = [_GONE, *_rest(body)]
        kept += [timing, *body]
    return "\n".join(kept)


def _rest(body: list[str]) -> list[str]:
    """Return what stays where a caption's words go: the next one's number, no name."""
    if len(body) > 1 and _is_blank(body[-2]) and body[-1].strip().isdigit():
        return body[-2:]
    return [""]


def _timing(line: str, path: Path, number: int) -> tuple[int, int]:
    remedy = "write it as 00:01:02.345 --> 00:01:04.000"
    match = _TIMING.fullmatch(line)
    try:
        if match is None:
            raise ValueError
        start, end = parse_clock(match.group(1)), parse_clock(match.group(2))
    except ValueError:
        raise ContentError(
            path, f"{line.strip()[:60]!r} is not a pair of times", remedy, line=number
        ) from None
    if end < start:
        raise ContentError(
            path, "the caption ends before it starts", "correct its times", line=number
        )
    return start, end


def without_rolling(
    captions: Sequence[Caption], plain: Callable[[str], str] = str
) -> tuple[Caption, ...]:
    """Drop lines that roll up from the caption before, as YouTube's do.

    Only where that is the file's habit: people do say the same twice. ``plain``
    takes from a line what may differ when it comes again.
    """
    if not captions:
        return ()
    texts = [tuple(map(plain, caption.lines)) for caption in captions]
    rolled = [0, *(_rolled(a, b) for a, b in pairwise(texts))]
    repeats = sum(bool(count) for count in rolled)
    onward = sum(0 < n < len(text) for n, text in zip(rolled, texts, strict=True))
    if onward < 2 or repeats * 3 < len(captions) - 1:
        return tuple(captions)
    return tuple(
        caption._replace(lines=caption.lines[count:])
        for caption, count in zip(captions, rolled, strict=True)
        if caption.lines[count:]
    )


def _rolled(before: tuple[str, ...], lines: tuple[str, ...]) -> int:
    """Return how many of the first lines ended the caption before."""
    for count in range(min(len(before), len(lines)), 0, -1):
        if before[-count:] == lines[:count]:
            return count
    return 0


def with_leading_names(captions: Sequence[Caption]) -> tuple[Caption, ...]:
    """Take ``Name:`` and ``>>`` off the text; who is named speaks until the next.

    A single word counts as a name only if it leads several captions. After ``>>``
    without a name nobody knows who speaks: the words are not the last one's.
    """
    parts = [part for caption in captions for part in _at_changes(caption)]
    if sum(changed for _, changed in parts) < 2:  # no habit: ">>" is what was said
        parts = [(caption, False) for caption in captions]
    leads = [_NAME.match(" ".join(caption.lines)) for caption, _ in parts]
    counts = Counter(match.group(1) for match in leads if match)
    named: list[Caption] = []
    speaker = None
    for (caption, changed), match in zip(parts, leads, strict=True):
        lines = caption.lines
        if match and _is_name(match.group(1), counts):
            speaker = match.group(1)
            lines = (" ".join(lines)[match.end() :],)
        elif changed:
            speaker = ""
        named.append(caption._replace(lines=lines, speaker=speaker))
    return tuple(named)


def _at_changes(caption: Caption) -> Iterator[tuple[Caption, bool]]:
    """Yield a caption cut at each ``>>`` that begins a line, and whether one did."""
    lines, start = caption.lines, caption.start
    cuts = [n for n, line in enumerate(lines) if n and _CHANGE.match(line)]
    total, passed = max(1, sum(map(len, lines))), 0
    for first, last in pairwise([0, *cuts, len(lines)]):
        part = lines[first:last]
        passed += sum(map(len, part))
        end = caption.start + (caption.end - caption.start) * passed // total
        sign = _CHANGE.match(part[0]) if part else None
        if sign:
            part = (part[0][sign.end() :], *part[1:])
        yield caption._replace(lines=part, start=start, end=end), sign is not None
        start = end


def _is_name(text: str, counts: Counter[str]) -> bool:
    words = text.split()
    if words[0] in _NOT_NAMES or text.isdigit() or words[0][0].islower():
        return False
    if any(word[0].islower() for word in words if word not in _SMALL):
        return False
    return len(words) > 1 or counts[text] >= 2


def spoken_until(start: int, end: int, following: int | None) -> int:
    """Return where words end whose times are spread: before the next ones begin.

    Else those of two who speak at once would stand one by one in each other's midst.
    """
    return end if following is None or following <= start else min(end, following)


def regroup(spoken: Iterable[tuple[Word, str | None]]) -> tuple[Segment, ...]:
    """Return words and their speakers as segments, a sentence or so each."""
    rows = sorted(spoken, key=lambda row: row[0].start)
    starts = set(sentence_starts([word.text for word, _ in rows]))
    segments: list[Segment] = []
    group: list[Word] = []
    for position, (word, speaker) in enumerate(rows):
        if group and (
            position in starts
            or speaker != rows[position - 1][1]
            or word.start - group[-1].end >= _PAUSE
            or len(group) >= _LONGEST_SEGMENT
        ):
            segments.append(_segment(group, rows[position - 1][1]))
            group = []
        group.append(word)
    if group:
        segments.append(_segment(group, rows[-1][1]))
    return tuple(segments)


def _segment(words: list[Word], speaker: str | None) -> Segment:
    """Return a segment whose words share no time."""
    apart = [
        word._replace(end=max(word.start, min(word.end, following.start)))
        for word, following in pairwise(words)
    ]
    return Segment(
        start=words[0].start,
        end=words[-1].end,
        words=(*apart, words[-1]),
        speaker=speaker,
    )
