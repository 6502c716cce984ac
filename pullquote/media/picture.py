"""Pictures as they may be published: without what a camera or a program noted in them.

A photograph tells where it was taken, when and with whose camera, and what follows its
end may be a film or a second picture. All of that stays behind. What decides how it
looks stays: the pixels, the colour profile, the density; which side is up is applied.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from pullquote.media.cover import frame_of, jpeg, opened

_FORMS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_REMEDY = "save it again as JPEG, PNG or WebP of at most 5000 x 5000 pixels"
_ORIENTATION = 0x0112
"""Exif 2.3, 4.6.4: 1 is upright."""
_QUALITY = 90
_EMBED_SIDE = 1400
_EMBED_BYTES = 400_000
"""A larger picture is made smaller inside enclosures: every listener loads it."""

# ITU-T T.81, annex B: markers of JPEG; in coded data FF is followed by 0 or a restart
_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_KEPT_SEGMENTS = (b"JFIF\0", b"ICC_PROFILE\0", b"Adobe")
"""How application segments begin that say how colours are meant."""
# PNG, third edition, 11.3: what is not needed begins with a small letter
_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT_CHUNKS = frozenset(
    b"tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT".split()
)


def published_picture(path: Path, most: int | None = None) -> bytes:
    """Return a picture as it may be published; equal files give equal bytes.

    A JPEG or PNG that stands upright keeps its very pixels. Others, and those with a
    side of over ``most`` pixels, are written anew in their own form, of a film its first
    picture. Raises ContentError where it cannot be read.
    """
    from PIL import ImageOps

    size = opened(path, _FORMS, _REMEDY, load=False).size
    data = path.read_bytes()
    clean = without_metadata(data)
    large = most is not None and max(size) > most
    if clean == data and not large:
        return data
    picture = opened(path, _FORMS, _REMEDY)
    if clean and not large and picture.getexif().get(_ORIENTATION, 1) == 1:
        return clean
    form, profile = picture.format, picture.info.get("icc_profile")
    picture = ImageOps.exif_transpose(picture)
    if most is not None and large:
        if picture.mode in ("P", "1"):  # colours of a table have none between them
            picture = picture.convert("RGBA")
        picture.thumbnail((most, most))
    kept = {"transparency"} & picture.info.keys()
    picture.info = {name: picture.info[name] for name in kept}
    written = BytesIO()
    picture.save(
        written,
        "JPEG" if form == "MPO" else form,
        quality=_QUALITY,
        icc_profile=profile,
    )
    return written.getvalue()


def cover_picture(path: Path) -> tuple[str, bytes]:
    """Return MIME type and bytes of the picture to put into an enclosure.

    A small JPEG keeps its pixels; anything else becomes a JPEG of at most 1400
    pixels a side. Raises ContentError.
    """
    picture = opened(path)
    if picture.format != "PNG" and path.stat().st_size <= _EMBED_BYTES:
        return "image/jpeg", published_picture(path)
    scale = min(1.0, _EMBED_SIDE / max(picture.size))
    frame = frame_of(picture)
    return "image/jpeg", jpeg(
        frame, max(1, round(frame.width * scale)), max(1, round(frame.height * scale))
    )


def without_metadata(data: bytes) -> bytes | None:
    """Return a JPEG or PNG with its pixels as they are, None of what is neither."""
    parts: Callable[[bytes], Iterator[bytes]]
    parts = _png if data.startswith(_PNG) else _jpeg
    try:
        return b"".join(parts(data))
    except (ValueError, IndexError):
        return None


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Yield the segments that stay. Raises ValueError, IndexError of what is none."""
    if not data.startswith(b"\xff\xd8\xff"):
        raise ValueError
    yield data[:2]
    at = 2
    while (marker := data[at + 1]) != _END:
        if data[at] != 0xFF:
            raise ValueError
        if marker == 0xFF:  # filling
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == _SCAN:
            found = _NEXT_MARKER.search(data, end)
            end = found.start() if found else len(data)
        noted = 0xE0 <= marker <= 0xEF or marker == _COMMENT
        if not noted or data.startswith(_KEPT_SEGMENTS, at + 4):
            yield data[at:end]
        at = end
    yield data[at : at + 2]


def _png(data: bytes) -> Iterator[bytes]:
    """Yield the chunks that stay. Raises ValueError where the end is missing."""
    yield data[: len(_PNG)]
    at = len(_PNG)
    kind = b""
    while kind != b"IEND":
        kind = data[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(data[at : at + 4])
        if len(kind) < 4 or end > len(data):
            raise ValueError
        if kind[:1].isupper() or kind in _KEPT_CHUNKS:
            yield data[at:end]
        at = end
