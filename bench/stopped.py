"""Transcribing, killed at random moments and gone on with.

    python bench/stopped.py FOLDER         # one run, in a process of its own

Every window that the model begins to decode is counted, in the killed run and in the
one that goes on; what exceeds an undisturbed run was done twice.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pullquote.formats.words_json import format_words
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.engine.ctranslate2_runtime import CTranslate2Runtime
from pullquote.transcribe.engine.runtime import Decoding, Said
from pullquote.transcribe.engine.weights import find_weights
from pullquote.transcribe.stage import Asked, transcribe_sound

if TYPE_CHECKING:
    from pullquote.transcribe.sound import Sound

KILLS = 20


class Counting(CTranslate2Runtime):
    """Writes down how many windows it begins to decode."""

    log: Path

    def decode(
        self,
        encoded: Any,
        rows: Sequence[int],
        decoding: Decoding,
        prompts: Sequence[str],
    ) -> list[Said]:
        """Return what is said in some of the windows."""
        with self.log.open("a") as out:
            out.write("+" * len(rows))
        found = super().decode(encoded, rows, decoding, prompts)
        with self.log.open("a") as out:
            out.write("." * len(rows))
        return found


def kills(sound: Sound, count: int = KILLS, seed: int = 20261126) -> dict[str, Any]:
    """Kill a run at ``count`` random moments, let each go on, and compare."""
    moments = random.Random(seed)
    with tempfile.TemporaryDirectory() as scratch:
        np.save(Path(scratch, "sound.npy"), sound)
        whole, seconds, windows = _undisturbed(Path(scratch, "whole"))
        same, again, finished = 0, [], []
        for number in range(count):
            folder = Path(scratch, str(number))
            _start(folder, moments.uniform(0, seconds))
            begun, ended = _counts(folder)
            _start(folder, None)
            total, _ = _counts(folder)
            same += (folder / "words.json").read_bytes() == whole
            again.append(total - windows)
            finished.append(max(0, total - windows - (begun - ended)))
    return {
        "kills": count,
        "same bytes": same,
        "windows": windows,
        "windows begun twice, most": max(again),
        "finished windows done twice, most": max(finished),
    }


def _undisturbed(folder: Path) -> tuple[bytes, float, int]:
    started = time.perf_counter()
    _start(folder, None)
    seconds = time.perf_counter() - started
    return (folder / "words.json").read_bytes(), seconds, _counts(folder)[0]


def _start(folder: Path, killed_after: float | None) -> None:
    folder.mkdir(exist_ok=True)
    run = subprocess.Popen([sys.executable, __file__, str(folder)])
    try:
        run.wait(killed_after)
    except subprocess.TimeoutExpired:
        run.send_signal(signal.SIGKILL)
        run.wait()


def _counts(folder: Path) -> tuple[int, int]:
    log = folder / "log"
    text = log.read_text() if log.is_file() else ""
    return text.count("+"), text.count(".")


def main() -> None:
    """Transcribe what lies beside the folder into it."""
    folder = Path(sys.argv[1])
    sound = np.load(folder.parent / "sound.npy")
    weights = find_weights("base")
    settings = TranscribeSettings(language="en")
    runtime = Counting(weights)
    runtime.log = folder / "log"
    asked = Asked(episode="e", recording_sha256="", settings=settings)
    found = transcribe_sound(sound, runtime, weights, asked, work=folder / "work")
    (folder / "words.json").write_text(format_words(found.machine), "utf-8")


if __name__ == "__main__":
    main()
