from __future__ import annotations

from pathlib import Path

import pytest

from pullquote.errors import ContentError
from pullquote.media.cover import check_cover
from tests.media.made import picture


@pytest.mark.parametrize("name", ["cover.jpg", "cover.jpeg", "cover.png"])
def test_a_square_rgb_picture_is_a_cover(tmp_path: Path, name: str) -> None:
    cover = check_cover(picture(tmp_path / name, 1400, 1400))
    assert (cover.width, cover.height, cover.mode) == (1400, 1400, "RGB")


@pytest.mark.parametrize(
    ("name", "size", "kind", "problem"),
    [
        ("small.jpg", (1399, 1399), "", "is 1399 x 1399 pixels"),
        ("large.png", (3010, 3010), "", "is 3010 x 3010 pixels"),
        ("wide.jpg", (1600, 1400), "", "is 1600 x 1400 pixels"),
        ("glass.png", (1400, 1400), "rgba", "is not RGB without transparency"),
        ("grey.png", (1400, 1400), "gray", "is not RGB without transparency"),
    ],
)
def test_what_directories_refuse_is_said(
    tmp_path: Path, name: str, size: tuple[int, int], kind: str, problem: str
) -> None:
    path = picture(tmp_path / name, *size, kind)
    with pytest.raises(ContentError) as caught:
        check_cover(path)
    assert str(caught.value).startswith(f"{path}: {problem}; use a square JPEG or PNG")


def test_an_ending_that_lies_is_said(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", 1400, 1400).rename(tmp_path / "a.jpg")
    with pytest.raises(ContentError, match=r"is image/png; let its name end in \.png"):
        check_cover(path)


@pytest.mark.parametrize("content", [b"", b"no picture", b"GIF89a" + bytes(60)])
def test_what_is_no_picture_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cover.jpg"
    path.write_bytes(content)
    with pytest.raises(ContentError, match="picture"):
        check_cover(path)


def test_a_cover_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no such file"):
        check_cover(tmp_path / "cover.jpg")
