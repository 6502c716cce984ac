"""``answers/<slug>.md``: TOML between ``+++`` lines, then the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pullquote.errors import ContentError, GateError
from pullquote.formats.clock import format_clock
from pullquote.formats.disk import change_text, read_text, write_text
from pullquote.formats.front_matter import format_front_matter, split_front_matter
from pullquote.formats.markdown import printable
from pullquote.formats.toml import (
    Location,
    format_time,
    parse_toml,
    refuse,
    validate,
)
from pullquote.model.answer import Anchors, Answer, Clip, Review, Withdrawal

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Array

_ID = re.compile(r"[0-9a-f]{32}")


def parse_answer(text: str, path: Path) -> Answer:
    """Return the answer; its slug is the file's name.

    Raises ContentError or FaultsError.
    """
    front, body = split_front_matter(text, path)
    data = parse_toml(front, path, first_line=2)
    # as it is signed: with four blanks before it a text would be shown as code
    data |= {"slug": path.stem, "body": body.strip()}
    if isinstance(asked := data.get("question"), str):
        # as pages show it: who signs at a desk or a terminal reads no other order of letters
        data["question"] = printable(asked)
    answer = validate(Answer, data, front, path, first_line=2)
    refuse(_faults(answer), front, path, first_line=2)
    return answer


def _faults(answer: Answer) -> Iterator[tuple[Location, str, str]]:
    for key, clip in (("asked", answer.asked), ("answered", answer.answered)):
        if clip.end <= clip.start:
            end = format_clock(clip.end, decimals=3)
            yield (key,), f"{key!r} ends ({end}) before it starts", "swap start and end"
    if not _ID.fullmatch(answer.id):
        problem = f"id {answer.id!r} is not 32 hexadecimal digits"
        remedy = "take back the id that `pullquote cut` wrote; it is permanent"
        yield ("id",), problem, remedy


def load_answer(path: Path) -> Answer:
    """Read an answer file. Raises ContentError or FaultsError."""
    return parse_answer(read_text(path), path)


def format_answer(answer: Answer) -> str:
    """Return a new answer file's text."""
    (row,) = _rows(answer, "id")
    rows = [
        f"{row}  # permanent: subscribers know the answer by it",
        *_rows(answer, "question", "speakers", "asked", "answered", "topics"),
        *_rows(answer, "status"),
        *_given(answer, "cut_by", "superseded_by"),
    ]
    if answer.accepted:
        ticks = (f"  {_value(tick)}," for tick in answer.accepted)
        rows += ["accepted = [", *ticks, "]"]
    rows += _given(answer, "corrected")
    if answer.review is not None:
        rows += _review_rows(answer.review)
    if answer.withdrawal is not None:
        rows += _withdrawal_rows(answer.withdrawal)
    for correction in answer.corrections:
        rows += ["[[corrections]]", *_rows(correction, "on", "note")]
    if answer.anchor is not None:
        rows += _anchor_rows(answer.anchor)
    return format_front_matter("\n".join(rows), answer.body.strip() + "\n")


def _anchor_rows(anchor: Anchors) -> list[str]:
    rows = []
    for key, one in (("asked", anchor.asked), ("answered", anchor.answered)):
        if one is not None:
            rows.append(f"[anchor.{key}]")
            rows += _rows(one, "words", "exact", "prefix", "suffix")
    return rows


def _review_rows(review: Review) -> list[str]:
    more = _given(review, "signed_as", "answered_by")
    return ["[review]", *_rows(review, "by", "on", "digest"), *more]


def _withdrawal_rows(withdrawal: Withdrawal) -> list[str]:
    return ["[withdrawal]", *_given(withdrawal, "on", "reason")]


def _given(one: object, *keys: str) -> list[str]:
    """Return a line for each attribute that says something."""
    return _rows(one, *(key for key in keys if getattr(one, key)))


def _rows(one: object, *keys: str) -> list[str]:
    return [f"{key} = {_value(getattr(one, key))}" for key in keys]


def _value(value: Any) -> str:
    import tomlkit

    if isinstance(value, Clip):
        return format_clip(value)
    written: str = tomlkit.item(value).as_string()
    return written


def format_clip(clip: Clip) -> str:
    """Return a clip as front matter has it: ``{ start = …, end = … }``."""
    return f"{{ start = {format_time(clip.start)}, end = {format_time(clip.end)} }}"


def save_answer(path: Path, answer: Answer) -> None:
    """Write a new answer file. Raises ContentError if there is one already."""
    if path.exists():
        raise ContentError(path, "is there already", "choose another slug")
    write_text(path, format_answer(answer))


def format_changes(text: str, path: Path, answer: Answer) -> str:
    """Return a file's text with what an editor changed; all else stays as it is.

    Taken over are question, speakers, topics, the two clips with their anchors, who
    cut it, ticks, corrections, why it was withdrawn and the text; comments and the order of
    keys stay. Raises ContentError or FaultsError where the file cannot be read.
    """
    import tomlkit

    before = parse_answer(text, path)
    front, body = split_front_matter(text, path)
    doc = tomlkit.parse(front + "\n")
    for key in ("question", "speakers", "topics", "cut_by"):
        value = getattr(answer, key)
        if getattr(before, key) != value:
            doc[key] = [*value] if isinstance(value, tuple) else value
    for key in ("asked", "answered"):
        clip = getattr(answer, key)
        if getattr(before, key) != clip:
            doc[key] = tomlkit.parse(f"c = {format_clip(clip)}")["c"]
    _put_tables(doc, before, answer)
    if before.body.strip() != answer.body.strip():
        body = answer.body.strip() + "\n"
    return format_front_matter(tomlkit.dumps(doc).rstrip("\n"), body)


def _put_tables(doc: TOMLDocument, before: Answer, answer: Answer) -> None:
    """Put ticks and the tables of an answer that are others than before into its facts."""
    import tomlkit

    if before.accepted != answer.accepted:
        doc["accepted"] = _ticks(answer)
    if before.withdrawal != answer.withdrawal and answer.withdrawal is not None:
        _put(doc, "withdrawal", _withdrawal_rows(answer.withdrawal))
    if before.corrections != answer.corrections:
        rows = tomlkit.aot()
        for one in answer.corrections:
            rows.append(tomlkit.item({"on": one.on, "note": one.note}))
        doc["corrections"] = rows
    if before.anchor != answer.anchor and answer.anchor is not None:
        _put(doc, "anchor", _anchor_rows(answer.anchor))


def _put(doc: TOMLDocument, table: str, rows: Sequence[str]) -> None:
    """Put a table into its place, or at the end; without rows take it out.

    What a person wrote as comments below its head is no machine's, and stays.
    """
    import tomlkit

    notes = _notes(doc, table)
    if rows:
        apart = ["", *notes] if notes else []
        doc[table] = tomlkit.parse("\n".join([*rows, *apart, ""]))[table]
    elif table in doc:
        doc.remove(table)
        for note in notes:
            doc.add(tomlkit.comment(note.strip().removeprefix("#").removeprefix(" ")))


def _notes(doc: TOMLDocument, table: str) -> list[str]:
    """Return the lines of a table that are comments: what stands below its head is its."""
    text = doc[table].as_string() if table in doc else ""
    return [line for line in text.split("\n") if line.lstrip().startswith("#")]


def save_review(path: Path, answer: Answer) -> None:
    """Put status, ticks, anchors, review and withdrawal into a file; all else stays.

    Raises GateError where it is to be approved and somebody withdrew it meanwhile.
    """

    def change(doc: TOMLDocument) -> None:
        if (doc["status"], answer.status) == ("withdrawn", "approved"):
            remedy = "cut a new answer, with a new id"
            raise GateError(path, "was withdrawn for good meanwhile", remedy)
        doc["status"] = answer.status
        if answer.accepted != tuple(doc.get("accepted", ())):
            doc["accepted"] = _ticks(answer)
        review, withdrawal = answer.review, answer.withdrawal
        _put(doc, "review", _review_rows(review) if review else ())
        _put(doc, "withdrawal", _withdrawal_rows(withdrawal) if withdrawal else ())
        if answer.anchor is not None:
            _put(doc, "anchor", _anchor_rows(answer.anchor))

    _change(path, change)


def _ticks(answer: Answer) -> Array:
    import tomlkit

    ticks = tomlkit.array()
    ticks.extend(answer.accepted)
    return ticks.multiline(True)


def save_cutter(path: Path, person: str) -> None:
    """Put who cut it into an existing file that does not say."""

    def change(doc: TOMLDocument) -> None:
        doc.setdefault("cut_by", person)

    _change(path, change)


def save_clips(path: Path, answer: Answer) -> None:
    """Put an answer's two clips into an existing file; all else stays as it is."""
    import tomlkit

    def change(doc: TOMLDocument) -> None:
        for key, clip in (("asked", answer.asked), ("answered", answer.answered)):
            doc[key] = tomlkit.parse(f"c = {format_clip(clip)}")["c"]

    _change(path, change)


def save_superseded(path: Path, newer: str | None) -> None:
    """Put the id of a newer answer into an existing file, or take it out."""

    def change(doc: TOMLDocument) -> None:
        if newer is None:
            doc.pop("superseded_by", None)
        else:
            doc["superseded_by"] = newer

    _change(path, change)


def _change(path: Path, change: Callable[[TOMLDocument], None]) -> None:
    """Change a file's facts; all else stays as it is."""
    import tomlkit

    def changed(text: str) -> str:
        front, body = split_front_matter(text, path)
        doc = tomlkit.parse(front + "\n")
        before = doc.unwrap()
        change(doc)
        if doc.unwrap() == before:  # signed twice: not even a blank line moves
            return text
        return format_front_matter(tomlkit.dumps(doc).rstrip("\n"), body)

    change_text(path, changed)
