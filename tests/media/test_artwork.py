from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from pullquote.errors import ContentError
from pullquote.media.artwork import square_cover
from pullquote.media.cover import check_cover
from tests.media.made import picture


@pytest.mark.parametrize(
    ("name", "width", "height"), [("a.jpg", 1280, 720), ("a.png", 400, 900)]
)
def test_any_picture_becomes_a_cover_that_directories_take(
    tmp_path: Path, name: str, width: int, height: int
) -> None:
    source = picture(tmp_path / name, width, height)
    target = tmp_path / "cover.jpg"
    square_cover(source, target)
    cover = check_cover(target)
    assert (cover.width, cover.height) == (3000, 3000)
    assert target.stat().st_size < 2_000_000
    first = target.read_bytes()
    square_cover(source, target)
    assert target.read_bytes() == first


def test_the_whole_picture_stays_and_bars_take_its_edges_colour(tmp_path: Path) -> None:
    image = np.zeros((360, 640, 3), np.uint8)
    image[:, :, 1] = 200
    frame = av.VideoFrame.from_ndarray(image, "rgb24")
    source = tmp_path / "a.webp"
    try:
        with av.open(str(source), "w", format="webp") as output:
            stream = output.add_stream("libwebp", rate=1)
            stream.width, stream.height, stream.pix_fmt = 640, 360, "yuv420p"
            output.mux(stream.encode(frame.reformat(format="yuv420p")))
            output.mux(stream.encode(None))
    except av.error.FFmpegError:
        pytest.skip("this PyAV writes no WebP")
    square_cover(source, tmp_path / "cover.jpg", side=300)
    with av.open(str(tmp_path / "cover.jpg")) as container:
        found = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert abs(found[10, 150].astype(int) - found[150, 150]).max() < 12


def test_what_is_no_cover_is_said(tmp_path: Path) -> None:
    text = tmp_path / "a.jpg"
    text.write_text("<!doctype html>")
    with pytest.raises(ContentError, match="is not a picture that can be read"):
        square_cover(text, tmp_path / "c.jpg")
    icon = picture(tmp_path / "icon.png", 64, 64)
    with pytest.raises(ContentError, match="is only 64 x 64 pixels"):
        square_cover(icon, tmp_path / "c.jpg")
    large = picture(tmp_path / "large.png", 5_100, 5_000)
    with pytest.raises(ContentError, match="is 5100 x 5000 pixels"):
        square_cover(large, tmp_path / "c.jpg")
    assert not (tmp_path / "c.jpg").exists()
