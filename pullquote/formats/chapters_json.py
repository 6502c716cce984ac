"""Podcasting 2.0 chapters, version 1.2 (jsonChapters.md of the namespace)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats.json_file import number, parse_object, text_or_none
from pullquote.model.episode import Chapter

_REMEDY = "export it again as Podcasting 2.0 chapters"


def parse_chapters(text: str, path: Path) -> tuple[Chapter, ...]:
    """Return the chapters that players list, in order; none has an empty title.

    Raises ContentError.
    """
    rows = parse_object(text, path, _REMEDY).get("chapters")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ContentError(path, "has no list of 'chapters'", _REMEDY)
    titles = {
        number(row, "startTime", n, path): title
        for n, row in enumerate(rows, 1)
        if (title := text_or_none(row.get("title"))) and row.get("toc") is not False
    }
    return tuple(Chapter(start=start, title=titles[start]) for start in sorted(titles))


def format_chapters(
    chapters: Sequence[Chapter], urls: Mapping[Chapter, str] | None = None
) -> str:
    """Return the file's text; ``urls`` gives the page that a chapter opens.

    Starts are whole seconds, each later than the last: AntennaPod cuts decimals
    off, and two chapters at one time would hide each other.
    """
    lines = []
    earliest = 0
    for chapter in sorted(chapters, key=lambda chapter: chapter.start):
        start = max(chapter.start // 1000, earliest)
        earliest = start + 1
        row: dict[str, object] = {"startTime": start, "title": chapter.title}
        if urls and chapter in urls:
            row["url"] = urls[chapter]
        lines.append(json.dumps(row, ensure_ascii=False))
    joined = ",\n".join(lines)
    return f'{{"version": "1.2.0", "chapters": [\n{joined}\n]}}\n'
