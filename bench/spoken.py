"""How well are questions found in programmes that were spoken, and heard by Whisper?

    apt-get install flite
    python bench/spoken.py FOLDER …    # made-up programmes as bench/programmes.py has them

What `bench/programmes.py` reads has each sentence as it was written. Here flite speaks
it, a voice for each letter, and Pullquote pulls, transcribes and tells voices apart: who
asks and what is asked may come back as one sentence. A question counts as found as it
does there. Shows that the weights were learnt from tell little: name a folder of others.
Half an hour for ten shows; what was heard is kept in .pullquote/bench/spoken.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import wave
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.programmes import Programme, figures, read, score
from pullquote.cli import main as pullquote
from pullquote.formats.folder import ShowFolder
from pullquote.formats.transcript_md import load_transcript
from pullquote.formats.words_json import load_words
from pullquote.model.align import align
from pullquote.model.transcript import TimedTurn

KEPT = Path(__file__).resolve().parents[1] / ".pullquote" / "bench" / "spoken"
RATE = 16_000
VOICES: tuple[tuple[str, dict[str, str]], ...] = (
    ("slt", {}),
    ("rms", {}),
    ("awb", {}),
    ("kal16", {}),
    ("rms", {"int_f0_target_mean": "75", "duration_stretch": "1.12"}),
    ("slt", {"int_f0_target_mean": "215", "duration_stretch": "0.92"}),
    ("awb", {"int_f0_target_mean": "165", "duration_stretch": "0.95"}),
    ("kal16", {"int_f0_target_mean": "140"}),
)
"""flite's voices, then each of them once more, higher or lower."""
BETWEEN_SENTENCES, BETWEEN_TURNS = (0.2, 0.45), (0.35, 1.35)
"""Seconds of rest, as the webinars in ../shared have them."""
EARLY = 150
"""Milliseconds by which a word may be heard too early and be of its sentence."""
Sound = NDArray[np.float32]


def main() -> None:
    """Print a row for each programme, and one for each folder."""
    for folder in map(Path, sys.argv[1:]):
        total = Counter[str]()
        for path in sorted(folder.glob("*.txt")):
            counts = score(heard(path))
            total += counts
            print(f"{path.stem:24} {json.dumps(figures(counts))}", flush=True)
        print(json.dumps(figures(total), indent=1))


def heard(path: Path) -> Programme:
    """Return a programme with the turns that were heard, and when sentences began."""
    programme = read(path)
    show = KEPT / path.parent.name / path.stem
    times = show / "starts.json"
    if not times.exists():
        show.mkdir(parents=True, exist_ok=True)
        starts = speak(programme, show / f"{path.stem}.wav")
        (show / "show.toml").write_text(
            'title = "Spoken"\ndescription = "Synthetic."\n'
            'site = "https://spoken.example/"\n'
        )
        _run("pull", str(show / f"{path.stem}.wav"), "--show", str(show))
        _run("transcribe", "--show", str(show))
        times.write_text(json.dumps(starts))
    (paths,) = map(ShowFolder(show).episode, ShowFolder(show).slugs())
    starts = [max(0, start - EARLY) for start in json.loads(times.read_text())]
    turns = align(load_transcript(paths.transcript), load_words(paths.words))
    return replace(programme, turns=turns, starts=starts)


def speak(programme: Programme, target: Path) -> list[int]:
    """Write a programme's sound; return when each sentence begins, in ms."""
    chosen = random.Random(target.stem)
    letters = list(dict.fromkeys(turn.speaker for turn in programme.turns))
    parts: list[Sound] = []
    starts: list[int] = []
    size = 0
    for turn in programme.turns:
        voice = VOICES[letters.index(turn.speaker) % len(VOICES)]
        for sentence in _sentences(turn):
            starts.append(size * 1000 // RATE)
            said = _said(sentence, *voice)
            rest = np.zeros(int(RATE * chosen.uniform(*BETWEEN_SENTENCES)), np.float32)
            parts += [said, rest]
            size += len(said) + len(rest)
        parts.append(np.zeros(int(RATE * chosen.uniform(*BETWEEN_TURNS)), np.float32))
        size += len(parts[-1])
    sound = np.clip(np.concatenate(parts), -1, 1)
    noise = np.random.default_rng(0).normal(0, 0.0008, len(sound))
    with wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(((sound * 0.99 + noise) * 32_000).astype("<i2").tobytes())
    return starts


def _sentences(turn: TimedTurn) -> Iterator[str]:
    for first, last in pairwise((*turn.sentence_starts, len(turn.words))):
        yield " ".join(word.text for word in turn.words[first:last])


def _said(sentence: str, voice: str, sets: dict[str, str]) -> Sound:
    """Return a sentence's sound without the silence around it, as loud as all others."""
    options = [part for k, v in sets.items() for part in ("--setf", f"{k}={v}")]
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        command = ["flite", "-voice", voice, *options, "-t", sentence, "-o", file.name]
        subprocess.run(command, check=True)
        with wave.open(file.name) as spoken:
            data = spoken.readframes(spoken.getnframes())
    sound = np.frombuffer(data, "<i2").astype(np.float32) / 32_768
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    if len(loud):
        sound = sound[max(0, loud[0] - RATE // 100) : loud[-1] + RATE // 50]
    loudness = float(np.sqrt((sound**2).mean()))
    return (sound * (0.08 / max(1e-4, loudness))).astype(np.float32)


def _run(*arguments: str) -> None:
    code = pullquote(list(arguments))
    if code:
        sys.exit(f"pullquote {' '.join(arguments)} ended with {code}")


if __name__ == "__main__":
    main()
