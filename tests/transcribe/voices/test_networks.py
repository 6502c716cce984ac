"""Our networks against those whose weights they use."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from pullquote.transcribe.voices.campplus import CamPlusPlus
from pullquote.transcribe.voices.embedder import packaged
from pullquote.transcribe.voices.segmenter import LENGTH, Segmenter


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """As they run: threads inside an operation wait for each other."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def test_prints_are_those_of_senkos_own_network() -> None:
    import torch

    spec = importlib.util.spec_from_file_location("its", packaged("camplusplus.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    its = module.CAMPPlus(feat_dim=80, embedding_size=192).eval()
    # As if trained: what is normalised after a convolution is a part of it in ours.
    numbers = torch.Generator().manual_seed(1)
    state = {
        name: torch.rand(value.shape, generator=numbers) + 0.5
        if "running_var" in name or "norm.weight" in name
        else torch.randn(value.shape, generator=numbers) * 0.05
        if value.is_floating_point()
        else value
        for name, value in its.state_dict().items()
    }
    its.load_state_dict(state)
    ours = CamPlusPlus(state)
    for frames in (28, 148):  # 0.3 and 1.5 s
        features = torch.randn((2, frames, 80), generator=numbers)
        with torch.inference_mode():
            expected = its(features)
            found = ours.prints(ours.head(features))
        assert expected.abs().max() > 0
        torch.testing.assert_close(found, expected, rtol=1e-3, atol=1e-4)


def test_stretches_are_heard_together_as_alone(speech: NDArray[np.float32]) -> None:
    whole = LENGTH * 16
    sounds = [speech[:whole], speech[24_000:], np.zeros(1_000, np.float32)]
    segmenter = Segmenter(1)
    together = segmenter._columns(sounds)
    alone = [segmenter._columns([sound])[0] for sound in sounds]
    for one, other in zip(together, alone, strict=True):
        assert (one == other).mean() > 0.999
    assert together[0].any()
    assert not together[2].any()
