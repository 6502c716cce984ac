"""``redactions.toml``: when something private is spoken, never what.

[[redaction]]
start = 00:12:31.200
end = 00:12:33
replacement = "a viewer"
reason = "a viewer's name"
silent_from = 00:12:28    # in the sound, where captions tell no word's time
silent_to = 00:12:34.500

[[kept]]                  # found, and a person says that it may stay
start = 00:14:02
end = 00:14:03.500
words = "sha256:…"        # a digest of what was said there then: of other words nobody said so
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats.disk import change_text, drop_empty, read_text, write_text
from pullquote.formats.toml import (
    format_time,
    parse_toml,
    refuse,
    validate,
)
from pullquote.model.answer import Clip, Kept, Redaction
from pullquote.model.strict import Strict

_KEPT = re.compile(r"\s*\[\[\s*kept\s*\]\]")
_REDACTION = re.compile(r"\s*\[\[\s*redaction\s*\]\]")
_SWAP = "swap start and end"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch(Strict):
    start: int
    end: int
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept(_Stretch):
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row(_Stretch):
    replacement: str
    silent_from: int | None = None
    silent_to: int | None = None

    @property
    def silence(self) -> Clip | None:
        """What is silent beyond the words, None where nothing is."""
        told = self.silent_from  # 0 is a time: the recording's beginning
        start = self.start if told is None else min(self.start, told)
        end = max(self.end, self.silent_to or 0)
        wider = (start, end) != (self.start, self.end)
        return Clip(start=start, end=end) if wider else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _File(Strict):
    redaction: tuple[_Row, ...] = ()
    kept: tuple[_Kept, ...] = ()


def parse_redactions(text: str, path: Path) -> tuple[Redaction, ...]:
    """Return the redactions by their start; ``path`` is for messages alone.

    Raises ContentError or FaultsError, with lines.
    """
    file = _file(text, path)
    tables: tuple[tuple[str, Sequence[_Stretch]], ...] = (
        ("redaction", file.redaction),
        ("kept", file.kept),
    )
    turned = (
        ((table, n, "end"), f"{table} {n + 1} ends before it starts", _SWAP)
        for table, rows in tables
        for n, row in enumerate(rows)
        if row.end <= row.start
    )
    refuse(turned, text, path)
    found = (
        Redaction(
            clip=Clip(start=row.start, end=row.end),
            replacement=" ".join(row.replacement.split()),
            reason=row.reason,
            silence=row.silence,
        )
        for row in file.redaction
    )
    return tuple(sorted(found, key=lambda r: (r.clip.start, r.clip.end)))


def format_redaction(redaction: Redaction) -> str:
    """Return one ``[[redaction]]`` table."""
    import tomlkit

    clip = redaction.clip
    rows = [
        "[[redaction]]",
        f"start = {format_time(clip.start)}",
        f"end = {format_time(clip.end)}",
        f"replacement = {tomlkit.item(redaction.replacement).as_string()}",
    ]
    if redaction.reason is not None:
        rows.append(f"reason = {tomlkit.item(redaction.reason).as_string()}")
    if redaction.silence is not None:
        rows.append(f"silent_from = {format_time(redaction.silence.start)}")
        rows.append(f"silent_to = {format_time(redaction.silence.end)}")
    return "\n".join(rows) + "\n"


def load_redactions(path: Path) -> tuple[Redaction, ...]:
    """Read ``redactions.toml``; a missing file holds none.

    Raises ContentError or FaultsError.
    """
    return parse_redactions(_text(path), path)


def add_redactions(
    path: Path, redactions: Sequence[Redaction], kept: Sequence[Kept] = ()
) -> None:
    """Put more at the end of the file, and stretches that may stay: all or none.

    What stands there already is not put there again; what people wrote stays as it is.
    Raises ContentError or FaultsError where the file is unsound, and leaves it so.
    """

    def added(text: str) -> str:
        return with_redactions(text, redactions, kept, path)

    if os.path.lexists(path):
        change_text(path, lambda text: added(_written(text, path)))
    elif redactions or kept:
        write_text(path, added(""))


def with_redactions(
    text: str, redactions: Sequence[Redaction], kept: Sequence[Kept], path: Path
) -> str:
    """Return a file's text with more in it, as ``add_redactions`` writes it.

    What may stay takes the place of what might by other words, and what is redacted may
    stay no more: a digest would tell a name to whoever guesses it.
    Raises ContentError or FaultsError where the text is unsound; ``path`` is for
    messages alone.
    """
    there, may_stay = parse_redactions(text, path), parse_kept(text, path)
    new = [one for one in redactions if one not in there]
    more = [one for one in kept if one not in may_stay]
    tables = [*map(format_redaction, new), *map(_format_kept, more)]
    if not tables:
        return text
    again = {(one.start, one.end) for one in more}
    for number, old in reversed([*enumerate(may_stay)]):
        gone = old.words and any(r.clip.overlaps(old.start, old.end) for r in new)
        if gone or (old.start, old.end) in again:
            text = _without(text, _KEPT, number)
    parts = (part.rstrip("\n") for part in (text, *tables))
    made = "\n\n".join(filter(None, parts)) + "\n"
    _file(made, path)  # what cannot be read must not be written
    return made


def load_kept(path: Path) -> tuple[Kept, ...]:
    """Return the stretches of which a person said that they may stay.

    Raises ContentError or FaultsError.
    """
    return parse_kept(_text(path), path)


def holds_by_time(path: Path) -> bool:
    """Say whether a file has times that mean others in another recording.

    Raises ContentError or FaultsError.
    """
    text = _text(path)
    by_time = any(one.words is None for one in parse_kept(text, path))
    return by_time or bool(parse_redactions(text, path))


def parse_kept(text: str, path: Path) -> tuple[Kept, ...]:
    """Return the stretches that may stay; ``path`` is for messages alone.

    Raises ContentError or FaultsError, with lines.
    """
    rows = _file(text, path).kept
    return tuple(Kept(start=row.start, end=row.end, words=row.words) for row in rows)


def _format_kept(kept: Kept) -> str:
    start, end = format_time(kept.start), format_time(kept.end)
    words = f'words = "{kept.words}"\n' if kept.words else ""
    return f"[[kept]]\nstart = {start}\nend = {end}\n{words}"


def drop_kept(path: Path, clip: Clip) -> None:
    """Take one stretch out of those that may stay; all else stays as it is written.

    Raises ContentError or FaultsError where the file is unsound, or written otherwise
    than ``add_redactions`` does.
    """

    def dropped(text: str) -> str:
        rows = [(row.start, row.end) for row in _file(text, path).kept]
        if (clip.start, clip.end) not in rows:
            return text
        number = rows.index((clip.start, clip.end))
        made = _without(text, _KEPT, number)
        left = [(row.start, row.end) for row in _file(made, path).kept]
        if left != rows[:number] + rows[number + 1 :]:
            remedy = f"delete the [[kept]] that starts at {format_time(clip.start)}"
            raise ContentError(path, "cannot be changed by a machine", remedy)
        return made

    if os.path.lexists(path):
        change_text(path, dropped)
        drop_empty(path)


def without_redactions(
    text: str, redactions: Sequence[Redaction], kept: Sequence[Clip], path: Path
) -> str:
    """Return a file's text without some of both; what is not there is no fault.

    Raises ContentError or FaultsError where the text is unsound.
    """
    if not text.strip():
        return text
    file, gone = _file(text, path), {(r.clip.start, r.clip.end) for r in redactions}
    stay = {(clip.start, clip.end) for clip in kept}
    for table, rows, out in (
        (_KEPT, file.kept, stay),
        (_REDACTION, file.redaction, gone),
    ):
        for number in reversed(range(len(rows))):
            if (rows[number].start, rows[number].end) in out:
                text = _without(text, table, number)
    return text


def _without(text: str, table: re.Pattern[str], number: int) -> str:
    """Return a file's text without one table of its kind; comments stay."""
    lines = text.split("\n")
    heads = [n for n, line in enumerate(lines) if line.lstrip().startswith("[")]
    found = [n for n in heads if table.match(lines[n])]
    if number >= len(found):
        return text
    first = found[number]
    last = next((n for n in heads if n > first), len(lines))
    rest = [line for line in lines[first:last] if line.lstrip().startswith("#")]
    made = "\n".join([*lines[:first], *rest, *lines[last:]]).strip("\n")
    return f"{made}\n" if made else ""


def _text(path: Path) -> str:
    # a dead link or a folder must not pass for "nothing private"
    return _written(read_text(path), path) if os.path.lexists(path) else ""


def _written(text: str, path: Path) -> str:
    """Return a file's text. Raises ContentError where there is none: nobody wrote that."""
    if not text.strip():
        remedy = "take it back from git or a backup; if nothing is redacted, delete it"
        raise ContentError(path, "is empty, as after a power cut", remedy)
    return text


def _file(text: str, path: Path) -> _File:
    return validate(_File, parse_toml(text, path), text, path)
