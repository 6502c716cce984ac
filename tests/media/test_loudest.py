from pathlib import Path

import numpy as np
import pytest

from pullquote.errors import MediaError
from pullquote.media.loudness import loudest
from pullquote.model.answer import Clip
from tests.media.made import silence, tone, write


@pytest.mark.parametrize("ending", [".wav", ".flac", ".opus", ".mp3"])
def test_only_the_stretch_is_listened_to(tmp_path: Path, ending: str) -> None:
    sound = np.concatenate([tone(440, 0.4, 3), silence(2), tone(440, 0.4, 3)])
    path = write(tmp_path / f"a{ending}", sound)
    assert loudest(path, Clip(start=3100, end=4900)) < 0.02
    assert loudest(path, Clip(start=2000, end=2500)) == pytest.approx(0.4, abs=0.06)
    assert loudest(path, Clip(start=4900, end=5400)) == pytest.approx(0.4, abs=0.06)
    assert loudest(path, Clip(start=90_000, end=91_000)) == 0


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", tone(440, 0.4, 9))
    data = bytearray(path.read_bytes())
    data[20_000:50_000] = np.random.default_rng(1).bytes(30_000)
    path.write_bytes(data)
    with pytest.raises(MediaError, match=r"a\.mp3: cannot be decoded"):
        loudest(path, Clip(start=2_000, end=8_000))
