"""The picture that players and directories show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import ContentError

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from PIL.Image import Image

LEAST, MOST = 1400, 3000
"""Pixels of a side (Apple Podcasts, "Show artwork", support article 823)."""

_FORMS = ("JPEG", "PNG")
_LARGEST = 25_000_000
"""Pixels; a larger picture is meant to fill the memory."""
_ENDINGS = {"image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",)}
_REMEDY = f"use a square JPEG or PNG of {LEAST} to {MOST} pixels, RGB"


def check_cover(path: Path) -> Image:
    """Return the picture if directories will take it as a cover.

    Raises ContentError where it is missing, no JPEG or PNG, not square, too small
    or too large, not RGB, or its ending does not say what it is.
    """
    cover = opened(path)
    if cover.width != cover.height or not LEAST <= cover.width <= MOST:
        size = f"{cover.width} x {cover.height}"
        raise ContentError(path, f"is {size} pixels", _REMEDY)
    if cover.mode != "RGB" or cover.has_transparency_data:
        raise ContentError(path, "is not RGB without transparency", _REMEDY)
    mime = "image/png" if cover.format == "PNG" else "image/jpeg"
    if path.suffix.lower() not in _ENDINGS[mime]:
        raise ContentError(
            path, f"is {mime}", f"let its name end in {_ENDINGS[mime][0]}"
        )
    return cover


def missing_cover(path: Path) -> ContentError:
    """Return the error for a cover that is not there."""
    return ContentError(
        path,
        "no such file, though 'cover' names it",
        "add the picture or change 'cover'",
    )


def opened(
    path: Path,
    forms: tuple[str, ...] = _FORMS,
    remedy: str = _REMEDY,
    *,
    load: bool = True,
) -> Image:
    """Return a picture, decoded where ``load`` says so. Pillow names the ``forms``.

    Raises ContentError where it is none of them, damaged, or so large that it is
    meant to fill the memory.
    """
    import warnings

    from PIL import Image

    if not path.is_file():
        raise missing_cover(path)
    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    broken = (OSError, ValueError, SyntaxError, *bombs)
    try:
        with warnings.catch_warnings(), path.open("rb") as handle:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(handle, formats=forms)
            size = f"{picture.width} x {picture.height}"
            if picture.width * picture.height > _LARGEST:
                raise ContentError(path, f"is {size} pixels", remedy)
            if load:
                picture.load()
    except broken as error:
        raise ContentError(path, "is not a picture that can be read", remedy) from error
    return picture


def frame_of(picture: Image) -> VideoFrame:
    """Return a picture, upright, as a frame of RGB; what is transparent becomes white."""
    import numpy as np
    from av.video.frame import VideoFrame
    from PIL import Image, ImageOps

    picture = ImageOps.exif_transpose(picture)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    return VideoFrame.from_ndarray(np.asarray(picture.convert("RGB")), "rgb24")


def jpeg(frame: VideoFrame, width: int, height: int) -> bytes:
    """Return a frame as a JPEG of the given size; equal frames give equal bytes."""
    from fractions import Fraction

    import av

    small = frame.reformat(width=width, height=height, format="yuvj420p")
    small.pts = 0
    encoder = av.CodecContext.create("mjpeg", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height = width, height
    encoder.pix_fmt = "yuvj420p"
    encoder.time_base = Fraction(1, 25)
    encoder.options = {"qmin": "2", "qmax": "4", "flags": "+bitexact"}
    return b"".join(bytes(p) for p in [*encoder.encode(small), *encoder.encode(None)])
