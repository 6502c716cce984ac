"""How well are voices told apart in panels nobody made by hand? Prints a row for each.

    python bench/mixed_panels.py [--panels 60]

The utterances of `../shared/audio/panels` (real voices) in random order and number, with
random pauses: one to five people, half a minute to six minutes. A panel of its own is
scored as the hand-made ones are, beside senko's own pipeline.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.hearing import SHARED, load_scorer
from bench.who_speaks import EPISODES, PANELS, Senko, our_turns, panel, plain
from pullquote.transcribe.voices.diarizer import Diarizer

if TYPE_CHECKING:
    from pullquote.transcribe.sound import Sound

RATE = 16_000
RESULTS = Path(__file__).parent / "results" / "mixed_panels.json"
CLEAN = (*PANELS[:2], *EPISODES)
"""The third panel has a loud background."""
PAUSES = (0.05, 0.2, 0.4, 0.8, 1.5)
"""Seconds between utterances."""


def main() -> None:
    """Measure, print and keep the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--panels", type=int, default=60)
    count = parser.parse_args().panels
    scorer = load_scorer(SHARED)
    voices = utterances(SHARED, scorer)
    diarizer, senko = Diarizer(), Senko()
    found: dict[str, list[dict[str, Any]]] = {"ours": [], "senko": []}
    for seed in range(count):
        sound, truth = mixed(voices, seed)
        ours = plain(our_turns(diarizer, sound))
        for name, turns in (("ours", ours), ("senko", senko.turns(sound))):
            found[name].append(scorer.der(truth, turns))
        row = {name: _short(rows[-1]) for name, rows in found.items()}
        print(f"{seed:3} {len(sound) / RATE:4.0f} s {json.dumps(row)}", flush=True)
    figures = {"panels": count} | {
        name: {
            "counted_right": sum(
                row["ref_speakers"] == row["hyp_speakers"] for row in rows
            ),
            "too_many": sum(row["hyp_speakers"] > row["ref_speakers"] for row in rows),
            "der": round(100 * float(np.mean([row["der"] for row in rows])), 2),
            "wrong_voice": round(
                100 * float(np.mean([row["confusion"] for row in rows])), 2
            ),
        }
        for name, rows in found.items()
    }
    RESULTS.write_text(json.dumps(figures, indent=1) + "\n")
    print(json.dumps(figures, indent=1))


def _short(row: dict[str, Any]) -> str:
    return f"{row['hyp_speakers']} of {row['ref_speakers']}, {row['der']:.1%}"


def utterances(folder: Path, scorer: ModuleType) -> dict[str, list[Sound]]:
    """Return what each person says alone in the panels, by LibriSpeech's number."""
    said: dict[str, list[Sound]] = defaultdict(list)
    for name in CLEAN:
        sound = panel(folder, name)
        path = folder / "panels" / f"{name}.json"
        people = json.loads(path.read_text())["speakers"]
        read = scorer.read(path.with_suffix(".rttm"))["turns"]
        turns = [(turn["start"], turn["end"], turn["speaker"]) for turn in read]
        for start, end, speaker in turns:
            if sum(a < end and b > start for a, b, _ in turns) == 1:
                person = people[speaker]["source_speaker"]
                said[person].append(sound[int(start * RATE) : int(end * RATE)])
    return dict(said)


def mixed(voices: dict[str, list[Sound]], seed: int) -> tuple[Sound, dict[str, Any]]:
    """Return a panel's sound, and its turns as the scorer reads them."""
    chance = random.Random(seed)
    people = chance.sample(sorted(voices), chance.randint(1, min(5, len(voices))))
    left = {who: chance.sample(voices[who], len(voices[who])) for who in people}
    talks = {who: chance.choice((1, 1, 2, 4)) for who in people}
    length = chance.choice((0.5, 1, 2, 4, 6)) * 60 * RATE
    parts, at = [np.zeros(RATE // 2, np.float32)], RATE // 2
    turns: list[dict[str, Any]] = []
    last = ""
    while at < length or {turn["speaker"] for turn in turns} < set(people):
        next_ones = [who for who in people if left[who] and who != last]
        if not next_ones:
            break
        last = chance.choices(next_ones, [talks[who] for who in next_ones])[0]
        for _ in range(min(chance.choice((1, 1, 1, 2)), len(left[last]))):
            said = left[last].pop()
            start, end = at / RATE, (at + len(said)) / RATE
            turns.append({"start": start, "end": end, "speaker": last})
            pause = np.zeros(int(chance.choice(PAUSES) * RATE), np.float32)
            parts += [said, pause]
            at += len(said) + len(pause)
    sound = np.concatenate(parts)
    noise = np.random.default_rng(seed).normal(0, 0.0008, len(sound))
    return (sound + noise).astype(np.float32), {"turns": turns}


if __name__ == "__main__":
    main()
