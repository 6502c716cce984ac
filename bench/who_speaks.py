"""Speakers: ours against senko's own pipeline, and people known across episodes."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from bench.cluster_running import write_wav
from pullquote.media.sound import decode_mono
from pullquote.model.transcript import VoiceTurn
from pullquote.transcribe.sound import Span
from pullquote.transcribe.stage import SPEAKERS_VOICE
from pullquote.transcribe.voices.diarizer import Diarizer
from pullquote.transcribe.voices.prints import guess_people
from pullquote.transcribe.words.detector import voice_probabilities
from pullquote.transcribe.words.windows import speech_regions

if TYPE_CHECKING:
    from pullquote.transcribe.sound import Sound

Voices = dict[str, tuple[float, ...]]
"""Voice prints by speaker."""
PANELS = ("panel_dev1", "panel_dev2", "panel_dev3")
EPISODES = ("panel_dev_ep1", "panel_dev_ep2")


def panel(folder: Path, name: str) -> Sound:
    """Return a panel's sound."""
    return decode_mono(folder / "panels" / f"{name}.opus")


def speech_of(sound: Sound) -> tuple[Span, ...]:
    """Return where somebody speaks."""
    voice = voice_probabilities(sound)
    return speech_regions(voice, len(sound) * 1000 // 16_000, SPEAKERS_VOICE)


def our_turns(diarizer: Diarizer, sound: Sound) -> tuple[VoiceTurn, ...]:
    """Return who speaks when, as our pipeline tells it."""
    return diarizer.speaking(sound, speech_of(sound)).turns


def plain(turns: Sequence[VoiceTurn]) -> dict[str, Any]:
    """Return turns as the scorer reads them, in seconds."""
    return {
        "turns": [
            {"start": t.start / 1000, "end": t.end / 1000, "speaker": t.speaker}
            for t in turns
        ]
    }


class Senko:
    """senko's pipeline as its README shows it."""

    def __init__(self) -> None:
        """Load it; it takes long, and that is not counted."""
        import senko

        self._diarizer = senko.Diarizer(device="cpu", warmup=False, quiet=True)

    def turns(self, sound: Sound) -> dict[str, Any]:
        """Return who speaks when, in seconds; nobody where it finds none."""
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch, "sound.wav")
            write_wav(path, sound)
            found = self._diarizer.diarize(str(path))
        segments = found["merged_segments"] if found else []
        return {
            "turns": [
                {"start": s["start"], "end": s["end"], "speaker": s["speaker"]}
                for s in segments
            ]
        }


def diarization(folder: Path, scorer: ModuleType) -> list[dict[str, Any]]:
    """Return one row for each panel: errors and counts of both, and CPU seconds."""
    rows = []
    diarizer, senko = Diarizer(), Senko()
    for name in (*PANELS, *EPISODES):
        sound = panel(folder, name)
        truth = scorer.read(folder / "panels" / f"{name}.rttm")
        started = time.process_time()
        mine = plain(our_turns(diarizer, sound))
        between = time.process_time()
        theirs = senko.turns(sound)
        ended = time.process_time()
        one, other = scorer.der(truth, mine), scorer.der(truth, theirs)
        rows.append(
            {
                "panel": name,
                "der": round(100 * one["der"], 2),
                "senko": round(100 * other["der"], 2),
                "speakers": one["ref_speakers"],
                "counted": one["hyp_speakers"],
                "cpu": round(between - started, 1),
                "senko_cpu": round(ended - between, 1),
            }
        )
    return rows


def with_speakers(heard: dict[str, Any], turns: dict[str, Any]) -> dict[str, Any]:
    """Give words the speaker who is heard longest during them, or the nearest."""

    def voice(word: dict[str, Any]) -> str:
        def shared(turn: dict[str, Any]) -> float:
            low = max(turn["start"], word["start"])
            return float(min(turn["end"], word["end"]) - low)

        return str(max(turns["turns"], key=shared)["speaker"])

    return {"words": [{**word, "speaker": voice(word)} for word in heard["words"]]}


def identity(folder: Path, scorer: ModuleType) -> dict[str, int]:
    """Learn the voices of one episode, guess those of the other, and the other way.

    Also with each known person left out, who then is a stranger.
    """
    key = json.loads((folder / "panels" / "panel_dev_identity_key.json").read_text())
    diarizer = Diarizer()
    prints = {name: _prints(folder, scorer, diarizer, name) for name in EPISODES}
    same = {frozenset(pair) for pair in key["same_person"]}
    counts = {"known": 0, "right": 0, "wrong": 0, "strangers": 0, "stranger named": 0}
    for learned, met in permutations(EPISODES):
        for known in _left_out(prints[learned]):
            people = {name: [print_] for name, print_ in known.items()}
            guesses = guess_people(prints[met], people)
            for voice in prints[met]:
                person = next((p for p in known if {p, voice} in same), None)
                guess = guesses.get(voice)
                counts["known"] += person is not None
                counts["right"] += person is not None and guess == person
                counts["wrong"] += person is not None and guess not in (None, person)
                counts["strangers"] += person is None
                counts["stranger named"] += person is None and guess is not None
    return counts


def _left_out(prints: Voices) -> Iterator[Voices]:
    yield prints
    for name in prints:
        yield {other: one for other, one in prints.items() if other != name}


def _prints(folder: Path, scorer: ModuleType, diarizer: Diarizer, name: str) -> Voices:
    """Return the voice prints of an episode's own turns, by the true speaker."""
    sound = panel(folder, name)
    turns = our_turns(diarizer, sound)
    truth = scorer.turns_of(scorer.read(folder / "panels" / f"{name}.rttm"))
    found = {}
    for label in sorted({turn.speaker for turn in turns}):
        mine = [(t.start / 1000, t.end / 1000) for t in turns if t.speaker == label]
        heard: dict[str, float] = {}
        for a, b, speaker in truth:
            shared = sum(max(0.0, min(b, d) - max(a, c)) for c, d in mine)
            heard[speaker] = heard.get(speaker, 0.0) + shared
        print_ = diarizer.voice_print(sound, turns, label)
        if print_ is not None:
            found[max(heard, key=heard.__getitem__)] = print_
    return found
