"""Podcasting 2.0 chapters, version 1.2 (jsonChapters.md of the namespace)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from pullquote.model.episode import Chapter


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
