"""What players show of an enclosure: ID3v2.3 tags, chapters and cover."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import MediaError
from pullquote.formats.disk import text_digest
from pullquote.media.cover import missing_cover
from pullquote.media.picture import cover_picture, without_metadata
from pullquote.model.episode import Chapter

if TYPE_CHECKING:
    from mutagen.mp4 import MP4

_HEAD = 10
"""Bytes at the head of an ID3v2 tag, and of each frame."""
_NO_OFFSET = 0xFFFFFFFF
"""CHAP: the times count, not byte offsets (ID3v2 Chapter Frame Addendum, 3.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """The facts that go into an enclosure."""

    title: str
    show: str
    held: date
    artist: str | None = None
    season: int | None = None
    number: int | None = None
    comment: str | None = None
    link: str | None = None
    """The episode's page, or where the recording can be watched."""
    language: str | None = None
    """BCP 47, as in show.toml: ``en`` or ``en-US``."""
    copyright: str | None = None
    chapters: tuple[Chapter, ...] = ()
    cover: Path | None = None

    def digest(self) -> str:
        """Digest of everything a player could show, the picture's bytes too."""
        facts = {
            "title": self.title,
            "show": self.show,
            "held": self.held.isoformat(),
            "artist": self.artist,
            "season": self.season,
            "number": self.number,
            "comment": self.comment,
            "link": self.link,
            "language": self.language,
            "copyright": self.copyright,
            "chapters": [[c.start, c.title] for c in self.chapters],
            **({"order of frames": "by time"} if len(self.chapters) > 1 else {}),
            "cover": cover_digest(self.cover),
        }
        return text_digest(json.dumps(facts, sort_keys=True))


def cover_digest(cover: Path | None) -> str | None:
    """Return a digest of the picture without its metadata. Raises ContentError."""
    if cover is None:
        return None
    if not cover.is_file():
        raise missing_cover(cover)
    data = cover.read_bytes()
    return hashlib.sha256(without_metadata(data) or data).hexdigest()


def write_tags(path: Path, tags: Tags, duration: int) -> None:
    """Put tags into an MP3 file, in place of any it has.

    ``duration`` in milliseconds ends the last chapter. ID3v2.3, because every
    player reads it; no padding, so that equal facts give equal bytes. Raises
    MediaError, and ContentError if the cover cannot be used.
    """
    from mutagen import MutagenError, id3

    frames = id3.ID3()
    for name, text in _texts(tags):
        frames.add(getattr(id3, name)(encoding=3, text=[text]))
    language = alpha3(tags.language)
    if tags.comment:
        frames.add(id3.COMM(encoding=3, lang=language, desc="", text=[tags.comment]))
    if tags.link:
        frames.add(id3.WOAF(url=tags.link))
    if tags.cover is not None:
        mime, picture = cover_picture(tags.cover)
        frames.add(id3.APIC(encoding=0, mime=mime, type=3, desc="", data=picture))
    for frame in _chapter_frames(tags.chapters, duration):
        frames.add(frame)
    try:
        frames.update_to_v23()
        frames.save(str(path), v1=0, v2_version=3, padding=lambda info: 0)
        _order_chapters(path)
    except (MutagenError, OSError) as error:
        raise MediaError(
            path, f"cannot be tagged ({error})", "free disk space"
        ) from error


def _order_chapters(path: Path) -> None:
    """Put the chapters' frames into the order of their times.

    Mutagen writes frames by their size, and there are players (all that are built on
    ffmpeg 5) that show chapters as they lie in the file, whatever CTOC says.
    """
    with path.open("r+b") as file:
        head = file.read(_HEAD)
        length = sum(
            byte << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True)
        )
        data, frames = file.read(length), []
        while data:
            end = _HEAD + int.from_bytes(data[4:8])  # ID3v2.3, 3.3
            frames.append(data[:end])
            data = data[end:]
        chapters = [frame for frame in frames if frame.startswith(b"CHAP")]
        others = [frame for frame in frames if not frame.startswith(b"CHAP")]
        file.seek(_HEAD)
        file.write(b"".join([*others, *sorted(chapters, key=_start_of)]))


def _start_of(chapter: bytes) -> int:
    times = chapter.index(b"\0", _HEAD) + 1  # behind the element's id
    return int.from_bytes(chapter[times : times + 4])


def tag_texts(path: Path) -> tuple[str, ...]:
    """Return every text in an enclosure's tags, chapters' titles too; none if untagged.

    Raises MediaError where the tags cannot be read.
    """
    from mutagen import MutagenError, id3, mp4

    try:
        if path.suffix == ".m4a":
            return _texts_of_mp4(mp4.MP4(str(path)))
        frames = id3.ID3(str(path))
    except id3.ID3NoHeaderError:
        return ()
    except MutagenError as error:
        raise MediaError(
            path, f"its tags cannot be read ({error})", "pull the episode again"
        ) from error
    inner = [
        f for chapter in frames.getall("CHAP") for f in chapter.sub_frames.values()
    ]
    return tuple(
        str(text)
        for frame in (*frames.values(), *inner)
        for text in getattr(frame, "text", ())
    )


def _texts_of_mp4(file: MP4) -> tuple[str, ...]:
    told = [text for rows in (file.tags or {}).values() for text in rows]
    titles = [chapter.title for chapter in file.chapters or ()]
    return tuple(text for text in (*told, *titles) if isinstance(text, str))


def _texts(tags: Tags) -> list[tuple[str, str]]:
    texts = [
        ("TIT2", tags.title),
        ("TALB", tags.show),
        ("TPE1", tags.artist or tags.show),
        ("TDRC", tags.held.isoformat()),
        ("TCON", "Podcast"),
        ("TLAN", alpha3(tags.language)),
    ]
    if tags.number is not None:
        texts.append(("TRCK", str(tags.number)))
    if tags.season is not None:
        texts.append(("TPOS", str(tags.season)))
    if tags.copyright:
        texts.append(("TCOP", tags.copyright))
    return texts


def with_ends(
    chapters: tuple[Chapter, ...], duration: int
) -> list[tuple[Chapter, int]]:
    """Return chapters in order, each with its end in ms; none begins after the sound."""
    kept = [c for c in sorted(chapters, key=lambda c: c.start) if c.start < duration]
    ends = [*(chapter.start for chapter in kept[1:]), duration]
    return list(zip(kept, ends[: len(kept)], strict=True))


def _chapter_frames(chapters: tuple[Chapter, ...], duration: int) -> list[object]:
    from mutagen import id3

    kept = with_ends(chapters, duration)
    if not kept:
        return []
    names = [f"ch{number}" for number in range(len(kept))]
    toc = id3.CTOC(
        element_id="toc",
        flags=id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED,
        child_element_ids=names,
        sub_frames=[],
    )
    return [toc] + [
        id3.CHAP(
            element_id=name,
            start_time=chapter.start,
            end_time=end,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[id3.TIT2(encoding=3, text=[chapter.title])],
        )
        for name, (chapter, end) in zip(names, kept, strict=True)
    ]


def alpha3(language: str | None) -> str:
    """Return ISO 639-2 for a BCP 47 tag, as ID3 asks; ``und`` where unknown.

    >>> alpha3("en-US"), alpha3("de"), alpha3(None)
    ('eng', 'deu', 'und')
    """
    from babel.core import get_global

    code = (language or "").replace("_", "-").partition("-")[0].lower()
    if len(code) == 3 and code.isascii() and code.isalpha():
        return code
    aliases = get_global("language_aliases")
    found = sorted(a for a, to in aliases.items() if to == code and len(a) == 3)
    return found[0] if found else "und"
