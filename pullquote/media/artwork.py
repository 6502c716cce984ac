"""Make a square cover from any picture that a source shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import ContentError
from pullquote.formats.disk import write_bytes
from pullquote.media.cover import MOST, check_cover, frame_of, jpeg, opened

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LEAST_SIDE = 300
"""Pixels; a smaller picture is an icon."""
_FORMS = ("JPEG", "PNG", "WEBP")


def square_cover(picture: Path, target: Path, side: int = MOST) -> None:
    """Write ``target``, a JPEG of ``side`` x ``side`` pixels.

    The whole picture stays visible; the bars are of the colour of its edge.
    Raises ContentError where it is no JPEG, PNG or WebP, or of no use as a cover.
    """
    import numpy as np
    from av.video.frame import VideoFrame

    shown = opened(picture, _FORMS)
    if min(shown.size) < _LEAST_SIDE:
        size_told = f"{shown.width} x {shown.height}"
        raise ContentError(
            picture,
            f"is only {size_told} pixels",
            "put a square JPEG or PNG of 1400 to 3000 pixels beside the episode",
        )
    frame = frame_of(shown)
    scale = side / max(frame.width, frame.height)
    width, height = round(frame.width * scale), round(frame.height * scale)
    scaled = frame.reformat(width=width, height=height, format="rgb24")
    image = scaled.to_ndarray().astype(np.uint8, copy=False)
    square = np.empty((side, side, 3), np.uint8)
    square[:] = _edge(image)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = image
    write_bytes(target, jpeg(VideoFrame.from_ndarray(square, "rgb24"), side, side))


def put_cover(
    folder: Path, picture: bytes, *, only_as_it_is: bool = False
) -> str | None:
    """Write a cover into a folder and return its name, None where it is of no use.

    It stays as it is where directories take it; else a square is made of it, unless
    it is wanted ``only_as_it_is``.
    """
    ending = "png" if picture.startswith(b"\x89PNG") else "jpg"
    path = folder / f"cover.{ending}"
    write_bytes(path, picture)
    try:
        check_cover(path)
    except ContentError:
        if only_as_it_is:
            path.unlink()
            return None
        original = path.with_name(f".{path.name}.part")
        path.replace(original)
        try:
            square_cover(original, folder / "cover.jpg")
        except ContentError:
            return None
        finally:
            original.unlink(missing_ok=True)
        return "cover.jpg"
    return path.name


def _edge(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the average colour of the sides that bars will touch."""
    import numpy as np

    wide = image.shape[1] >= image.shape[0]
    ends = (image[0], image[-1]) if wide else (image[:, 0], image[:, -1])
    mean: NDArray[np.uint8] = np.concatenate(ends).mean(axis=0).astype(np.uint8)
    return mean
