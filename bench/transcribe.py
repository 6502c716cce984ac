"""Measure transcription against what a producer would run instead.

python bench/transcribe.py --accuracy DIR            word error rates on DIR/text
python bench/transcribe.py --speed DIR [--only ...]  the whole table on webinars

DIR is a folder of audio test sets with ``score_audio.py``, whose scores are used
as they are. Every engine has the same weights (Whisper base), threads and sound;
each run is a process of its own, runs are interleaved, medians are printed.
Loading the model is not counted. Results go to ``bench/results``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from pullquote.media.sound import decode_mono
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.stage import Asked, load_runtime, transcribe_sound
from pullquote.transcribe.torch_runtime import TorchRuntime
from pullquote.transcribe.weights import Weights, find_weights

if TYPE_CHECKING:
    from pullquote.transcribe.runtime import Sound

    Hear = Callable[[Sound], dict[str, Any]]

ALLOWED_OVER_OPENAI = 0.5
ALLOWED_APART = 1.0
"""Points of word error rate, of issue 2."""
RESULTS = Path(__file__).parent / "results"


def load_scorer(folder: Path) -> ModuleType:
    """Return the test sets' own scorer as a module."""
    spec = importlib.util.spec_from_file_location(
        "score_audio", folder / "score_audio.py"
    )
    if spec is None or spec.loader is None:
        sys.exit(f"{folder}: holds no score_audio.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def joined_text(folder: Path) -> tuple[Sound, str]:
    """Return the clips of ``text/`` one after the other, and what is said."""
    clips = json.loads((folder / "text" / "manifest.json").read_text("utf-8"))["files"]
    sounds = [decode_mono(folder / "text" / clip["file"]) for clip in clips]
    texts = [(folder / "text" / c["text_file"]).read_text("utf-8") for c in clips]
    return np.concatenate(sounds), " ".join(text.strip() for text in texts)


# Engines: each loads its model and returns what hears a sound.


def ours(runtime: str, speakers: bool, weights: Weights, threads: int) -> Hear:
    """Load our own pipeline."""
    settings = TranscribeSettings(
        runtime="torch" if runtime == "torch" else "ctranslate2", speakers=speakers
    )
    loaded = load_runtime(settings, weights, threads)
    asked = Asked(episode="bench", recording_sha256="", settings=settings)

    def hear(sound: Sound) -> dict[str, Any]:
        heard = transcribe_sound(sound, loaded, weights, asked).machine
        return {
            "words": [
                {
                    "start": word.start / 1000,
                    "end": word.end / 1000,
                    "text": word.text,
                    "speaker": segment.speaker,
                }
                for segment in heard.segments
                for word in segment.words
            ]
        }

    return hear


def faster_whisper(
    batch: int | None, beam: int, weights: Weights, threads: int
) -> Hear:
    """Load faster-whisper as its README shows it: int8, word times, VAD."""
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    model = WhisperModel(
        str(weights.folder), device="cpu", compute_type="int8", cpu_threads=threads
    )
    options: dict[str, Any] = {
        "beam_size": beam,
        "word_timestamps": True,
        "vad_filter": True,
        "language": "en",
    }
    if batch:
        options["batch_size"] = batch
    engine = BatchedInferencePipeline(model) if batch else model

    def hear(sound: Sound) -> dict[str, Any]:
        segments, _ = engine.transcribe(sound, **options)
        return {"words": _plain(w for s in segments for w in s.words)}

    return hear


def _plain(words: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"start": w.start, "end": w.end, "text": w.word.strip()} for w in words]


def openai_whisper(
    beam: int | None, times: bool, weights: Weights, threads: int
) -> Hear:
    """Load openai-whisper's own ``transcribe``, as its command runs it."""
    import torch

    torch.set_num_threads(threads)
    model = TorchRuntime(weights, threads).model

    def hear(sound: Sound) -> dict[str, Any]:
        found = model.transcribe(
            sound,
            beam_size=beam,
            best_of=5,
            fp16=False,
            language="en",
            word_timestamps=times,
        )
        if not times:
            return {"text": found["text"]}
        words = [w for s in found["segments"] for w in s["words"]]
        return {"words": [{**w, "text": w["word"].strip()} for w in words]}

    return hear


ENGINES: dict[str, Callable[[Weights, int], Hear]] = {
    "ours": lambda w, n: ours("ctranslate2", False, w, n),
    "ours+speakers": lambda w, n: ours("ctranslate2", True, w, n),
    "ours-torch": lambda w, n: ours("torch", False, w, n),
    "fw-batch8-greedy": lambda w, n: faster_whisper(8, 1, w, n),
    "fw-batch8-beam5": lambda w, n: faster_whisper(8, 5, w, n),
    "fw-batch16-greedy": lambda w, n: faster_whisper(16, 1, w, n),
    "fw-sequential-beam5": lambda w, n: faster_whisper(None, 5, w, n),
    "openai-greedy": lambda w, n: openai_whisper(None, True, w, n),
    "openai-beam5": lambda w, n: openai_whisper(5, True, w, n),
}
QUICK = ("ours", "ours+speakers", "fw-batch8-greedy", "fw-batch8-beam5")


# Accuracy, the figures of issue 2.


def accuracy(folder: Path, threads: int, reference: bool) -> None:
    """Print word error rates on the joined clips, and whether they are allowed."""
    scorer = load_scorer(folder)
    weights = find_weights("base")
    sound, text = joined_text(folder)
    runs = {n: ours(n, False, weights, threads) for n in ("ctranslate2", "torch")}
    if reference:
        runs["openai-whisper"] = openai_whisper(5, False, weights, threads)
    rates = {}
    print(f"{len(sound) / 16000:.0f} s of speech, Whisper base, {threads} thread(s)\n")
    print(f"{'':16}{'WER %':>7}{'wrong':>7}{'missed':>8}{'added':>7}")
    for name, hear in runs.items():
        score = scorer.wer({"text": text}, hear(sound))
        rates[name] = 100 * score["wer"]
        print(
            f"{name:16}{rates[name]:7.2f}{score['sub']:7}"
            f"{score['missed']:8}{score['inserted']:7}",
            flush=True,
        )
    apart = abs(rates["ctranslate2"] - rates["torch"])
    print(f"\nruntimes apart: {apart:.2f} points (allowed {ALLOWED_APART})")
    if reference:
        most = max(rates["ctranslate2"], rates["torch"])
        over = most - rates["openai-whisper"]
        print(
            f"over openai-whisper: {over:+.2f} points (allowed {ALLOWED_OVER_OPENAI})"
        )


# Speed, memory and everything else, the figures of issue 3.


def one(engine: str, sound: Path, out: Path, threads: int) -> None:
    """Run one engine on one sound in this process; write what it took and heard."""
    hear = ENGINES[engine](find_weights("base"), threads)
    samples = np.load(sound)
    hear(samples[: 16_000 * 12])
    wall, cpu = time.perf_counter(), time.process_time()
    heard = hear(samples)
    facts = {
        "seconds": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "heard": heard,
    }
    out.write_text(json.dumps(facts), "utf-8")


def speed(
    folder: Path, engines: Sequence[str], repeats: int, threads: int, clips: int
) -> None:
    """Print and write one row for each engine and recording."""
    scorer = load_scorer(folder)
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, sound, reference in _sets(folder, clips):
            path = Path(scratch) / "sound.npy"
            np.save(path, sound)
            runs: dict[str, list[dict[str, Any]]] = {e: [] for e in engines}
            for _ in range(repeats):
                for engine in engines:
                    runs[engine].append(_apart(engine, path, threads))
            rows += [
                {"set": name, "engine": e, **_row(scorer, reference, runs[e])}
                for e in engines
            ]
            _print([row for row in rows if row["set"] == name])
    RESULTS.mkdir(exist_ok=True)
    text = "\n".join(json.dumps(row) for row in rows) + "\n"
    (RESULTS / "transcribe.jsonl").write_text(text, "utf-8")


def _sets(folder: Path, clips: int) -> Iterable[tuple[str, Sound, dict[str, Any]]]:
    for path in sorted((folder / "webinars").glob("*.json")):
        media = next(p for p in sorted(path.parent.glob(f"{path.stem}.*")) if p != path)
        yield path.stem, decode_mono(media), json.loads(path.read_text("utf-8"))
    sound, text = joined_text(folder)
    yield "text", sound, {"text": text}
    for path in sorted((folder / "text").glob("lj_*.flac"))[:clips]:
        said = path.with_suffix(".txt").read_text("utf-8")
        yield f"clip {path.stem}", decode_mono(path), {"text": said}


def _apart(engine: str, sound: Path, threads: int) -> dict[str, Any]:
    out = sound.with_name("out.json")
    command = [sys.executable, __file__, "--threads", str(threads)]
    subprocess.run([*command, "--one", engine, str(sound), str(out)], check=True)
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def _row(
    scorer: ModuleType, reference: dict[str, Any], runs: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    heard = runs[0]["heard"]
    scores = scorer.everything(reference, heard)
    row = {
        key: round(statistics.median(run[key] for run in runs), 1)
        for key in ("seconds", "cpu", "peak_mb")
    }
    row |= {
        "wer": round(100 * scores["wer"]["wer"], 2),
        "missed": scores["wer"]["missed"],
        "added": scores["wer"]["inserted"],
        "runs_lost": runs_lost(scorer, reference, heard),
    }
    if "edges" in scores:
        ends = [scores["edges"]["start"], scores["edges"]["end"]]
        row["edge_ms"] = round(sum(e["mean_abs_ms"] for e in ends) / 2)
        row["edge_p95"] = max(e["p95_abs_ms"] for e in ends)
    if "halluc" in scores:
        row["invented"] = scores["halluc"]["words"]
        row["looped"] = scores["halluc"]["looped_5grams"]
    if "terms" in scores:
        row["terms"] = scores["terms"]["medical"]["recall"]
        row["names"] = scores["terms"]["names"]["recall"]
    if "cpwer" in scores:
        row["cpwer"] = round(100 * float(scores["cpwer"]["cpwer"]), 2)
    return row


def runs_lost(
    scorer: ModuleType, reference: dict[str, Any], heard: dict[str, Any], least: int = 5
) -> int:
    """Return how many times at least five words in a row were missed."""
    import jiwer

    said, found = (scorer.NORM(scorer.text_of(x)) for x in (reference, heard))
    chunks = jiwer.process_words(said, found).alignments[0]
    return sum(
        c.type == "delete" and c.ref_end_idx - c.ref_start_idx >= least for c in chunks
    )


def _print(rows: Sequence[dict[str, Any]]) -> None:
    columns = list(dict.fromkeys(key for row in rows for key in row if key != "set"))
    print(f"\n{rows[0]['set']}")
    print("".join(f"{c:>{21 if c == 'engine' else 11}}" for c in columns))
    for row in rows:
        cells = [f"{row.get(c, '')!s:>{21 if c == 'engine' else 11}}" for c in columns]
        print("".join(cells), flush=True)


def main() -> None:
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--accuracy", type=Path, metavar="DIR")
    parser.add_argument("--speed", type=Path, metavar="DIR")
    parser.add_argument("--only", nargs="+", choices=ENGINES, default=list(QUICK))
    parser.add_argument("--all", action="store_true", help="every engine: slow")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--clips", type=int, default=3, help="short clips to add")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--no-reference", action="store_true")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        engine, sound, out = options.one
        one(engine, Path(sound), Path(out), options.threads)
    elif options.accuracy:
        accuracy(options.accuracy, options.threads, not options.no_reference)
    elif options.speed:
        engines = list(ENGINES) if options.all else options.only
        speed(options.speed, engines, options.repeats, options.threads, options.clips)
    else:
        parser.print_help()


if __name__ == "__main__":
    main()
