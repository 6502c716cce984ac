"""Measure transcription.

python bench/transcribe.py --accuracy DIR      word error rates on DIR/text

DIR is a folder of audio test sets with ``score_audio.py``, whose scores are used
as they are. Everything is measured on the same weights.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from pullquote.media.sound import decode_mono
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.stage import load_runtime, transcribe_sound
from pullquote.transcribe.torch_runtime import TorchRuntime
from pullquote.transcribe.weights import Weights, find_weights

if TYPE_CHECKING:
    from pullquote.transcribe.runtime import Sound

ALLOWED_OVER_OPENAI = 0.5
ALLOWED_APART = 1.0
"""Points of word error rate, of issue 2."""


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


def ours(sound: Sound, name: str, weights: Weights, threads: int) -> dict[str, Any]:
    """Return what our own pipeline hears, as the scorer wants it."""
    settings = TranscribeSettings(
        runtime="torch" if name == "torch" else "ctranslate2", speakers=False
    )
    heard = transcribe_sound(
        sound,
        load_runtime(settings, weights, threads),
        episode="bench",
        recording_sha256="",
        settings=settings,
        weights=weights,
    )
    return {
        "words": [
            {"start": w.start / 1000, "end": w.end / 1000, "text": w.text}
            for w in heard.words
        ]
    }


def openai(sound: Sound, weights: Weights, threads: int) -> dict[str, Any]:
    """Return what openai-whisper's own ``transcribe`` hears, as its command does.

    Beam 5, temperatures, no word times: the reference for accuracy.
    """
    model = TorchRuntime(weights, threads).model
    text = model.transcribe(
        sound, beam_size=5, best_of=5, fp16=False, language="en", verbose=None
    )["text"]
    return {"text": text}


def accuracy(folder: Path, threads: int, reference: bool) -> None:
    """Print word error rates on the joined clips, and whether they are allowed."""
    scorer = load_scorer(folder)
    weights = find_weights("base")
    sound, text = joined_text(folder)
    runs: dict[str, dict[str, Any]] = {
        name: ours(sound, name, weights, threads) for name in ("ctranslate2", "torch")
    }
    if reference:
        runs["openai-whisper transcribe"] = openai(sound, weights, threads)
    rates = {}
    print(f"{len(sound) / 16000:.0f} s of speech, Whisper base, {threads} thread(s)\n")
    print(f"{'':28}{'WER %':>7}{'wrong':>7}{'missed':>8}{'added':>7}")
    for name, heard in runs.items():
        score = scorer.wer({"text": text}, heard)
        rates[name] = 100 * score["wer"]
        print(
            f"{name:28}{rates[name]:7.2f}{score['sub']:7}"
            f"{score['missed']:8}{score['inserted']:7}"
        )
    apart = abs(rates["ctranslate2"] - rates["torch"])
    print(f"\nruntimes apart: {apart:.2f} points (allowed {ALLOWED_APART})")
    if reference:
        most = max(rates["ctranslate2"], rates["torch"])
        over = most - rates["openai-whisper transcribe"]
        print(
            f"over openai-whisper: {over:+.2f} points (allowed {ALLOWED_OVER_OPENAI})"
        )


def main() -> None:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accuracy", type=Path, metavar="DIR")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--no-reference", action="store_true")
    options = parser.parse_args()
    if options.accuracy:
        accuracy(options.accuracy, options.threads, not options.no_reference)
    else:
        parser.print_help()


if __name__ == "__main__":
    main()
