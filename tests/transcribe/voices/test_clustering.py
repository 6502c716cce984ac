from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.transcribe.voices import clustering
from pullquote.transcribe.voices.clustering import (
    ClusterRule,
    nearest_voices,
    voice_means,
)


def cluster_prints(found: np.ndarray) -> list[int]:
    return nearest_voices(found, voice_means(found))


def prints(
    counts: list[int], seed: int, noise: float = 0.06
) -> tuple[np.ndarray, list[int]]:
    """Return prints of voices as alike and as scattered as CAM++'s are."""
    random = np.random.default_rng(seed)
    common = random.normal(size=192)
    voices = [common + random.normal(size=192) for _ in counts]
    order = random.permutation([v for v, n in enumerate(counts) for _ in range(n)])
    rows = [
        voices[v] / np.linalg.norm(voices[v]) + random.normal(size=192) * noise * 0.8
        for v in order
    ]
    return np.array(rows, dtype=np.float32), [int(v) for v in order]


def same_groups(labels: list[int], truth: list[int]) -> bool:
    pairs = set(zip(labels, truth, strict=True))
    return len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(6, 40), min_size=1, max_size=5), st.integers(0, 99))
def test_voices_are_told_apart_however_many_there_are(
    counts: list[int], seed: int
) -> None:
    found, truth = prints(counts, seed)
    assert same_groups([int(n) for n in cluster_prints(found)], truth)


def test_a_long_recording_in_blocks_gives_the_same_voices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found, truth = prints([60, 50, 40], 5)
    monkeypatch.setattr(clustering, "CLUSTERS", ClusterRule(block=40))
    labels = cluster_prints(found)
    assert same_groups([int(n) for n in labels], truth)


def test_one_print_is_one_voice() -> None:
    assert [*cluster_prints(np.ones((1, 192), np.float32))] == [0]


def test_one_short_question_of_a_stranger_is_a_voice_of_its_own() -> None:
    stranger = cluster_prints(_alike(0.66, 0.36, (20, 1)))
    hoarse = cluster_prints(_alike(0.66, 0.5, (20, 1)))
    assert (len(set(stranger)), len(set(hoarse))) == (2, 1)


def test_silent_prints_do_not_divide_by_zero() -> None:
    assert [*cluster_prints(np.zeros((5, 192), np.float32))] == [0] * 5


def _alike(within: float, between: float, counts: tuple[int, int]) -> np.ndarray:
    """Return two groups of prints with these cosines, exactly."""
    size = sum(counts)
    wanted = np.full((size, size), between)
    wanted[: counts[0], : counts[0]] = wanted[counts[0] :, counts[0] :] = within
    np.fill_diagonal(wanted, 1)
    return np.linalg.cholesky(wanted).astype(np.float32)


def test_what_one_voice_is_depends_on_how_alike_the_recordings_prints_are() -> None:
    # real voices scatter, those made by machine do not: 0.54 is one person here, two there
    scattered = cluster_prints(_alike(0.66, 0.54, (20, 4)))
    close = cluster_prints(_alike(0.85, 0.54, (20, 4)))
    assert (len(set(scattered)), len(set(close))) == (1, 2)
