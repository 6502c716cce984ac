from pathlib import Path

import numpy as np
import pytest

from pullquote.media.heard import loudest
from pullquote.model.answer import Clip
from tests.media.made import silence, write
from tests.media.test_loudness import tone


@pytest.mark.parametrize("ending", [".wav", ".flac", ".opus", ".mp3"])
def test_only_the_stretch_is_listened_to(tmp_path: Path, ending: str) -> None:
    sound = np.concatenate([tone(440, 0.4, 3), silence(2), tone(440, 0.4, 3)])
    path = write(tmp_path / f"a{ending}", sound)
    assert loudest(path, Clip(start=3100, end=4900)) < 0.02
    assert loudest(path, Clip(start=2000, end=2500)) == pytest.approx(0.4, abs=0.06)
    assert loudest(path, Clip(start=4900, end=5400)) == pytest.approx(0.4, abs=0.06)
    assert loudest(path, Clip(start=90_000, end=91_000)) == 0
