"""``answers/<slug>.md``: TOML between ``+++`` lines, then the answer."""

from __future__ import annotations

import re
from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats.clock import format_clock
from pullquote.formats.disk import read_text, write_text
from pullquote.formats.toml import key_lines, line_of, parse_toml, validate
from pullquote.model.answer import Anchors, Answer, Clip

_FENCE = "+++"
_ID = re.compile(r"[0-9a-f]{32}")


def split_front_matter(text: str, path: Path) -> tuple[str, str]:
    """Return the TOML between the ``+++`` lines (it starts on line 2) and the rest.

    Raises ContentError if either fence is missing.
    """
    lines = text.split("\n")
    remedy = "start the file with facts between two lines of +++"
    if lines[0].rstrip() != _FENCE:
        raise ContentError(path, "does not start with +++", remedy, line=1)
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
    raise ContentError(path, "the +++ of line 1 is never closed", remedy, line=1)


def parse_answer(text: str, path: Path) -> Answer:
    """Return the answer; its slug is the file's name.

    Raises ContentError or FaultsError.
    """
    front, body = split_front_matter(text, path)
    data = parse_toml(front, path, first_line=2)
    data |= {"slug": path.stem, "body": body.strip("\n")}
    answer = validate(Answer, data, front, path, first_line=2)
    for key, clip in (("asked", answer.asked), ("answered", answer.answered)):
        if clip.end <= clip.start:
            raise ContentError(
                path,
                f"{key!r} ends ({format_clock(clip.end, decimals=3)}) before it starts",
                "swap start and end",
                line=line_of(key_lines(front), (key,)) + 1,
            )
    if not _ID.fullmatch(answer.id):
        raise ContentError(
            path,
            f"id {answer.id!r} is not 32 hexadecimal digits",
            "take back the id that `pullquote cut` wrote; it is permanent",
            line=line_of(key_lines(front), ("id",)) + 1,
        )
    return answer


def body_line(path: Path) -> int:
    """Return the line of the file on which the answer's text begins, from 1.

    Raises ContentError where the file cannot be read.
    """
    front, body = split_front_matter(read_text(path), path)
    blank = len(body) - len(body.lstrip("\n"))
    return len(front.split("\n")) + 3 + blank


def load_answer(path: Path) -> Answer:
    """Read an answer file. Raises ContentError or FaultsError."""
    return parse_answer(read_text(path), path)


def format_answer(answer: Answer) -> str:
    """Return a new answer file's text."""
    import tomlkit

    def text(value: str) -> str:
        return tomlkit.item(value).as_string()

    def texts(values: tuple[str, ...]) -> str:
        return "[" + ", ".join(text(value) for value in values) + "]"

    rows = [
        f"id = {text(answer.id)}  # permanent: subscribers know the answer by it",
        f"question = {text(answer.question)}",
        f"speakers = {texts(answer.speakers)}",
        f"asked = {_clip(answer.asked)}",
        f"answered = {_clip(answer.answered)}",
        f"topics = {texts(answer.topics)}",
        f"status = {text(answer.status)}",
    ]
    if answer.cut_by is not None:
        rows.append(f"cut_by = {text(answer.cut_by)}")
    if answer.superseded_by is not None:
        rows.append(f"superseded_by = {text(answer.superseded_by)}")
    if answer.accepted:
        rows += ["accepted = [", *(f"  {text(tick)}," for tick in answer.accepted), "]"]
    if answer.corrected is not None:
        rows.append(f"corrected = {answer.corrected.isoformat()}")
    if answer.review is not None:
        review = answer.review
        rows += [
            "[review]",
            f"by = {text(review.by)}",
            f"on = {review.on.isoformat()}",
            f"digest = {text(review.digest)}",
        ]
    for correction in answer.corrections:
        rows += [
            "[[corrections]]",
            f"on = {correction.on.isoformat()}",
            f"note = {text(correction.note)}",
        ]
    if answer.anchor is not None:
        rows += _anchor_rows(answer.anchor)
    front = "\n".join(rows)
    return f"{_FENCE}\n{front}\n{_FENCE}\n{answer.body.strip()}\n"


def _anchor_rows(anchor: Anchors) -> list[str]:
    import tomlkit

    rows = []
    for key, one in (("asked", anchor.asked), ("answered", anchor.answered)):
        if one is not None:
            rows += [f"[anchor.{key}]", f"words = [{one.words[0]}, {one.words[1]}]"]
            rows += [
                f"{name} = {tomlkit.item(value).as_string()}"
                for name, value in (
                    ("exact", one.exact),
                    ("prefix", one.prefix),
                    ("suffix", one.suffix),
                )
            ]
    return rows


def _clip(clip: Clip) -> str:
    start = format_clock(clip.start, decimals=3)
    return f"{{ start = {start}, end = {format_clock(clip.end, decimals=3)} }}"


def save_answer(path: Path, answer: Answer) -> None:
    """Write a new answer file. Raises ContentError if there is one already."""
    if path.exists():
        raise ContentError(path, "is there already", "choose another slug")
    write_text(path, format_answer(answer))


def format_changes(text: str, path: Path, answer: Answer) -> str:
    """Return a file's text with what an editor changed; all else stays as it is.

    Taken over are question, speakers, topics, the two clips with their anchors, who
    cut it, corrections and the text; comments and the order of keys stay. Raises ContentError
    or FaultsError where the file cannot be read.
    """
    import tomlkit

    before = parse_answer(text, path)
    front, body = split_front_matter(text, path)
    doc = tomlkit.parse(front + "\n")
    for key in ("speakers", "topics"):
        if getattr(before, key) != getattr(answer, key):
            doc[key] = [*getattr(answer, key)]
    for key in ("question", "cut_by"):
        if getattr(before, key) != getattr(answer, key):
            doc[key] = getattr(answer, key)
    for key in ("asked", "answered"):
        old, clip = getattr(before, key), getattr(answer, key)
        doc[key] = doc[key] if old == clip else tomlkit.parse(f"c = {_clip(clip)}")["c"]
    if before.corrections != answer.corrections:
        rows = tomlkit.aot()
        for one in answer.corrections:
            rows.append(tomlkit.item({"on": one.on, "note": one.note}))
        doc["corrections"] = rows
    if before.anchor != answer.anchor and answer.anchor is not None:
        rows_of = "\n".join(_anchor_rows(answer.anchor))
        doc["anchor"] = tomlkit.parse(rows_of)["anchor"]
    changed = tomlkit.dumps(doc).rstrip("\n")
    if before.body.strip() != answer.body.strip():
        body = answer.body.strip() + "\n"
    return f"{_FENCE}\n{changed}\n{_FENCE}\n{body}"


def save_review(path: Path, answer: Answer) -> None:
    """Put status, ticks, anchors and review into an existing file; all else stays as it is."""
    import tomlkit

    text = read_text(path)
    front, _ = split_front_matter(text, path)
    doc = tomlkit.parse(front + "\n")
    before = doc.unwrap()
    doc["status"] = answer.status
    doc.pop("review", None)
    if answer.accepted != tuple(doc.get("accepted", ())):
        ticks = tomlkit.array()
        ticks.extend(answer.accepted)
        doc["accepted"] = ticks.multiline(True)
    if answer.review is not None:
        table = tomlkit.table()
        table.add("by", answer.review.by)
        table.add("on", answer.review.on)
        table.add("digest", answer.review.digest)
        doc["review"] = table
    if answer.anchor is not None:
        rows = "\n".join(_anchor_rows(answer.anchor))
        doc["anchor"] = tomlkit.parse(rows)["anchor"]
    if doc.unwrap() == before:
        return  # signed twice: not even a blank line moves
    changed = tomlkit.dumps(doc).rstrip("\n")
    write_text(path, text.replace(front, changed, 1))


def save_superseded(path: Path, newer: str | None) -> None:
    """Put the id of a newer answer into an existing file, or take it out."""
    import tomlkit

    text = read_text(path)
    front, _ = split_front_matter(text, path)
    lines = [
        line for line in front.split("\n") if not re.match(r"superseded_by\s*=", line)
    ]
    if newer is not None:
        at = next((n for n, row in enumerate(lines) if row.startswith("[")), len(lines))
        lines.insert(at, f"superseded_by = {tomlkit.item(newer).as_string()}")
    write_text(path, text.replace(front, "\n".join(lines), 1))
