"""A recording in pieces, in whatever order they are done: the same bytes as whole."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from pullquote.formats.disk import file_sha256
from pullquote.formats.words_json import format_words
from pullquote.media.sound import decode_mono
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.cluster.opened import Opened, size_of
from pullquote.transcribe.cluster.pieces import Hearing
from pullquote.transcribe.cluster.storage import Storage
from pullquote.transcribe.engine.runtime import Runtime
from pullquote.transcribe.engine.weights import Weights, find_weights
from pullquote.transcribe.stage import Asked, Job, transcribe_sound
from pullquote.transcribe.words import chunks, detector
from pullquote.transcribe.words.chunks import ChunkRule

DURATION = 30_000
SETTINGS = TranscribeSettings(language="en", speakers=False)


@pytest.fixture
def job(excerpt: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A recording of many parts and chunks, though it is short."""
    rule = ChunkRule(longest=20_000, first=5_000, shortest=8_000)
    monkeypatch.setattr(chunks, "CHUNKS", rule)
    for name in ("PART_MS", "_BEFORE"):
        monkeypatch.setattr(detector, name, 32 * 300)
    asked = Asked(episode="e", recording_sha256=file_sha256(excerpt), settings=SETTINGS)
    return Job(recording=excerpt, asked=asked, duration=DURATION)


def opened_of(job: Job, folder: Path) -> Opened:
    name = Storage(str(folder)).bring(job.recording, job.asked.recording_sha256)
    weights = find_weights(SETTINGS.model).sha256
    return Opened(1, job, str(folder), name, weights)


@pytest.mark.model
def test_pieces_in_any_order_give_the_same_bytes(
    job: Job, ctranslate2: Runtime, weights: Weights, tmp_path: Path
) -> None:
    sound = decode_mono(job.recording)
    whole = transcribe_sound(sound, ctranslate2, weights, job.asked).machine
    parts = detector.parts_of(job.duration)
    chance = random.Random(1)
    hearing = Hearing(weights, ctranslate2, SETTINGS)
    # what a recording's facts say of its length may be wrong
    for duration, listens in ((job.duration, parts), (0, 0), (67_200, 7)):
        one = opened_of(replace(job, duration=duration), tmp_path)
        waiting, steps, fresh = list(one.due()), list[str](), set[str]()
        while not one.is_whole:
            piece = waiting.pop(chance.randrange(len(waiting)))
            done = hearing.do(piece)
            steps.append(piece.step)
            fresh |= {piece.step} if done.fresh else set()
            waiting += one.take(piece, done)
        assert waiting == []
        assert steps.count("listen") == listens
        assert steps.count("hear") == one.chunks > 2
        assert ("hear" in fresh) == (listens == parts), "never done twice"
        assert format_words(one.joined().machine) == format_words(whole)


def test_a_long_recording_says_how_far_it_is_looked_through(job: Job) -> None:
    seen: list[tuple[float, float | None, str]] = []

    def see(done: float, total: float | None, note: str = "") -> None:
        seen.append((done, total, note))

    detector.voice_probabilities(decode_mono(job.recording), progress=see)
    assert len(seen) == detector.parts_of(job.duration) > 2
    assert seen[-1] == (30.0, 30.0, "look for speech")
    assert seen == sorted(seen)


def test_what_others_wait_for_comes_first(job: Job, tmp_path: Path) -> None:
    one = opened_of(job, tmp_path)
    assert {size_of(piece)[0] for piece in one.due()} == {0}
    assert len(list(one.due())) == detector.parts_of(job.duration)
