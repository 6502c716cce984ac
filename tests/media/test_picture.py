from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from pullquote.errors import ContentError
from pullquote.media.cover import check_cover
from pullquote.media.picture import cover_picture, published_picture
from pullquote.media.tags import cover_digest
from tests.media.made import picture

PRIVATE = b"Exif", b"eXIf", b"Quillmark", b"xmpmeta", b"A film"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def shown(mode: str = "RGB") -> Image.Image:
    """A picture that looks different from each side."""
    across, down = np.meshgrid(np.arange(60), np.arange(40))
    colours = np.stack([across * 4, down * 6, across + down], -1).astype(np.uint8)
    return Image.fromarray(colours).convert(mode)


def noted(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = orientation, "Dana Quillmark"
    exif.get_ifd(0x8825)[2] = (48.0, 8.0, 11.0)  # where it was taken
    return exif.tobytes()


def text() -> PngImagePlugin.PngInfo:
    written = PngImagePlugin.PngInfo()
    written.add_text("Author", "Dana Quillmark")
    written.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>", zip=False)
    return written


XMP = b"<x:xmpmeta>"
SAVED: dict[str, Callable[[Path, int], None]] = {
    "a.jpg": lambda path, side: shown().save(
        path, exif=noted(side), comment=b"Quillmark", xmp=XMP, icc_profile=PROFILE
    ),
    "steps.jpg": lambda path, side: shown().save(
        path, exif=noted(side), progressive=True, icc_profile=PROFILE
    ),
    "two.jpg": lambda path, side: shown().save(
        path, "MPO", save_all=True, append_images=[shown()], exif=noted(side)
    ),
    "cmyk.jpg": lambda path, side: shown("CMYK").save(path, exif=noted(side)),
    "a.png": lambda path, side: shown().save(
        path, exif=noted(side), pnginfo=text(), icc_profile=PROFILE
    ),
    "glass.png": lambda path, side: shown("P").save(
        path, exif=noted(side), transparency=0
    ),
    "a.webp": lambda path, side: shown().save(path, exif=noted(side), xmp=XMP),
    "a.avif": lambda path, side: shown().save(path, exif=noted(side)),
    "a.gif": lambda path, side: shown("P").save(path, comment=b"Quillmark"),
}


@pytest.mark.parametrize("side", [1, 6])
@pytest.mark.parametrize("name", SAVED)
def test_a_published_picture_tells_nothing_but_what_it_shows(
    tmp_path: Path, name: str, side: int
) -> None:
    path = tmp_path / name
    SAVED[name](path, side)
    with path.open("ab") as file:
        file.write(b"A film that a telephone puts behind it")
    data = published_picture(path)
    assert not [private for private in PRIVATE if private in data]
    before, after = (Image.open(BytesIO(d)) for d in (path.read_bytes(), data))
    assert dict(after.getexif()) == {}
    assert after.info.get("icc_profile") == before.info.get("icc_profile")
    assert after.mode == before.mode
    seen = ImageOps.exif_transpose(before).convert("RGBA")
    assert after.size == seen.size
    pixels = np.asarray(seen, int), np.asarray(after.convert("RGBA"), int)
    off = pixels[0] - pixels[1]
    assert np.abs(off).mean() < (12 if name == "a.gif" else 5)
    if side == 1 and path.suffix in (".jpg", ".png"):
        assert not off.any()
    assert published_picture(path) == data


def test_a_picture_that_tells_nothing_stays_byte_for_byte(tmp_path: Path) -> None:
    for name in ("cover.jpg", "cover.png"):
        path = picture(tmp_path / name, 1400, 1400)
        assert published_picture(path) == path.read_bytes()


def test_a_cover_keeps_the_form_that_directories_want(tmp_path: Path) -> None:
    path = tmp_path / "cover.jpg"
    shown().resize((1400, 1400)).save(path, exif=noted(8), icc_profile=PROFILE)
    path.write_bytes(published_picture(path))
    assert check_cover(path).width == 1400


@pytest.mark.parametrize("name", ["a.jpg", "glass.png"])
def test_a_large_photograph_is_made_smaller(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    SAVED[name](path, 6)
    assert Image.open(BytesIO(published_picture(path, 30))).size == (20, 30)
    assert Image.open(BytesIO(published_picture(path, 60))).size == (40, 60)


@pytest.mark.parametrize("cut", [3, 200, -3000])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_half_a_picture_is_said(tmp_path: Path, name: str, cut: int) -> None:
    path = tmp_path / name
    SAVED[name](path, 1)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(ContentError, match="is not a picture that can be read; save"):
        published_picture(path)


def test_what_a_cover_notes_does_not_go_into_the_enclosure(tmp_path: Path) -> None:
    path, plain = tmp_path / "a.jpg", tmp_path / "plain.jpg"
    SAVED["a.jpg"](path, 1)
    plain.write_bytes(published_picture(path))
    assert cover_picture(path) == ("image/jpeg", plain.read_bytes())
    assert cover_digest(path) == cover_digest(plain)  # made again where it had gone in


def test_a_small_jpeg_goes_into_the_enclosure_as_it_is(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.jpg", 600, 600)
    assert cover_picture(path) == ("image/jpeg", path.read_bytes())


def test_a_large_picture_is_made_smaller_the_same_each_time(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", 2000, 2000)
    mime, data = cover_picture(path)
    small = tmp_path / "small.jpg"
    small.write_bytes(data)
    assert (mime, check_cover(small).width) == ("image/jpeg", 1400)
    assert cover_picture(path) == (mime, data)
