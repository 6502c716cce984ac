"""Engines that hear: ours, and what a producer would run instead; and the test sets.

    python bench/hearing.py TASK.json      # one engine, in a process of its own

Every engine has the same weights (Whisper base), threads and sound, and is told that it
is English. Loading the model is not counted, and a first short sound is heard before
the clock starts.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pullquote.media.sound import decode_mono
from pullquote.model.show import Person, Show, TranscribeSettings
from pullquote.transcribe.clips import Clip, transcribe_clips
from pullquote.transcribe.engine.torch_runtime import TorchRuntime
from pullquote.transcribe.engine.weights import Weights, find_weights
from pullquote.transcribe.stage import (
    Asked,
    Transcribed,
    load_runtime,
    transcribe_sound,
)
from pullquote.transcribe.words.glossary import Glossary, glossary_of

if TYPE_CHECKING:
    from pullquote.transcribe.sound import Sound

    Hear = Callable[[Sound, Glossary], dict[str, Any]]
    HearAll = Callable[[Sequence[Sound]], list[dict[str, Any]]]

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pullquote" / "bench" / "transcribe"
"""What the others heard: it stays the same, and openai-whisper takes minutes."""
SHARED = ROOT.parent / "shared" / "audio"
Truth = dict[str, Any]


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


def clips(folder: Path, longest: float | None = None) -> list[tuple[Sound, str]]:
    """Return the clips of ``text/`` with what is said, those up to ``longest`` s."""
    rows = json.loads((folder / "text" / "manifest.json").read_text("utf-8"))["files"]
    return [
        (
            decode_mono(folder / "text" / row["file"]),
            (folder / "text" / row["text_file"]).read_text("utf-8").strip(),
        )
        for row in rows
        if longest is None or row["seconds"] <= longest
    ]


def joined_text(folder: Path) -> tuple[Sound, Truth]:
    """Return the clips of ``text/`` one after the other, and what is said."""
    found = clips(folder)
    text = " ".join(text for _, text in found)
    return np.concatenate([sound for sound, _ in found]), {"text": text}


def webinars(folder: Path) -> Iterator[tuple[str, Sound, Truth]]:
    """Yield name, sound and ground truth of each webinar."""
    for path in sorted((folder / "webinars").glob("*.json")):
        media = next(p for p in sorted(path.parent.glob(f"{path.stem}.*")) if p != path)
        yield path.stem, decode_mono(media), json.loads(path.read_text("utf-8"))


def ours(runtime: str, speakers: bool, weights: Weights, threads: int) -> Hear:
    """Load our own pipeline."""
    settings = _settings(runtime, speakers)
    loaded = load_runtime(settings, weights, threads)

    def hear(sound: Sound, glossary: Glossary = ()) -> dict[str, Any]:
        asked = Asked(
            episode="bench", recording_sha256="", settings=settings, glossary=glossary
        )
        return _ours(transcribe_sound(sound, loaded, weights, asked))

    return hear


def _settings(runtime: str, speakers: bool) -> TranscribeSettings:
    return TranscribeSettings(
        runtime="torch" if runtime == "torch" else "ctranslate2",
        language="en",
        speakers=speakers,
    )


def our_folder(weights: Weights, threads: int) -> HearAll:
    """Load what ``pullquote transcribe`` does with a folder of clips."""
    settings = _settings("ctranslate2", speakers=False)
    loaded = load_runtime(settings, weights, threads)
    asked = Asked(episode="bench", recording_sha256="", settings=settings)

    def hear(sounds: Sequence[Sound]) -> list[dict[str, Any]]:
        clips = [Clip(sound=sound, asked=asked) for sound in sounds]
        return [*map(_ours, transcribe_clips(clips, loaded, weights))]

    return hear


def _ours(found: Transcribed) -> dict[str, Any]:
    words = [
        {
            "start": word.start / 1000,
            "end": word.end / 1000,
            "text": word.text,
            "speaker": segment.speaker,
        }
        for segment in found.machine.segments
        for word in segment.words
    ]
    return {"words": words}


def faster_whisper(
    batch: int | None,
    beam: int,
    weights: Weights,
    threads: int,
    workers: int = 1,
    told_by: str | None = None,
) -> Hear:
    """Load faster-whisper as its README shows it: int8, word times, VAD.

    ``told_by`` is how it hears of a glossary: ``hotwords`` or ``initial_prompt``.
    """
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    model = WhisperModel(
        str(weights.folder),
        device="cpu",
        compute_type="int8",
        cpu_threads=threads,
        num_workers=workers,
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

    def hear(sound: Sound, glossary: Glossary = ()) -> dict[str, Any]:
        if told_by and glossary:
            options[told_by] = ", ".join(dict.fromkeys(e.whole for e in glossary))
        segments, _info = engine.transcribe(sound, **options)
        return {"words": _plain(w for s in segments for w in s.words)}

    return hear


def side_by_side(batch: int, beam: int, weights: Weights, threads: int) -> HearAll:
    """Load faster-whisper for as many clips at once as there are cores."""
    hear = faster_whisper(batch, beam, weights, 1, threads)

    def hear_all(sounds: Sequence[Sound]) -> list[dict[str, Any]]:
        with ThreadPoolExecutor(threads) as pool:
            return [*pool.map(hear, sounds)]

    return hear_all


def _plain(words: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"start": w.start, "end": w.end, "text": w.word.strip()} for w in words]


def openai_whisper(beam: int | None, weights: Weights, threads: int) -> Hear:
    """Load openai-whisper's own ``transcribe`` with word times, as its command runs."""
    import torch

    torch.set_num_threads(threads)
    model = TorchRuntime(weights, threads).model

    def hear(sound: Sound, _: Glossary = ()) -> dict[str, Any]:
        found = model.transcribe(
            sound,
            beam_size=beam,
            best_of=5,
            fp16=False,
            language="en",
            word_timestamps=True,
        )
        words = [w for s in found["segments"] for w in s["words"]]
        return {
            "words": [
                {"start": w["start"], "end": w["end"], "text": w["word"].strip()}
                for w in words
            ]
        }

    return hear


ENGINES: Mapping[str, Callable[[Weights, int], Hear]] = {
    "ours": lambda w, n: ours("ctranslate2", False, w, n),
    "ours+speakers": lambda w, n: ours("ctranslate2", True, w, n),
    "ours-torch": lambda w, n: ours("torch", False, w, n),
    "fw-batch8-greedy": lambda w, n: faster_whisper(8, 1, w, n),
    "fw-batch8-beam5": lambda w, n: faster_whisper(8, 5, w, n),
    "fw-batch16-greedy": lambda w, n: faster_whisper(16, 1, w, n),
    "fw-sequential-beam5": lambda w, n: faster_whisper(None, 5, w, n),
    "fw-batch8-beam5, prompt": lambda w, n: faster_whisper(
        8, 5, w, n, told_by="initial_prompt"
    ),
    "fw-batch8-greedy, hotwords": lambda w, n: faster_whisper(
        8, 1, w, n, told_by="hotwords"
    ),
    "openai-greedy": lambda w, n: openai_whisper(None, w, n),
    "openai-beam5": lambda w, n: openai_whisper(5, w, n),
}
FOLDERS: Mapping[str, Callable[[Weights, int], HearAll]] = {
    "ours, together": our_folder,
    "fw-batch8-greedy, 2 at once": lambda w, n: side_by_side(8, 1, w, n),
    "fw-batch8-beam5, 2 at once": lambda w, n: side_by_side(8, 5, w, n),
}
"""Engines that are given a folder of clips rather than one after the other."""
BATCHED = ("fw-batch8-greedy", "fw-batch16-greedy", "fw-batch8-beam5")


TOLD = ("fw-batch8-beam5, prompt", "fw-batch8-greedy, hotwords")
"""The ways in which faster-whisper can be told of a glossary."""


def run(
    engine: str,
    sounds: Sequence[Sound],
    threads: int,
    told: Mapping[str, Sequence[str]] | None = None,
    *,
    cold: bool = False,
) -> dict[str, Any]:
    """Let an engine hear sounds in a process of its own.

    ``cold``: these are the first it hears, as when somebody transcribes one file.

    Returns ``seconds`` on the clock, ``cpu`` seconds, ``peak_mb`` of memory and
    what was ``heard`` in each. ``told`` has ``terms`` and ``people``.
    """
    with tempfile.TemporaryDirectory() as scratch:
        task, out = Path(scratch, "task.json"), Path(scratch, "out.json")
        np.savez(Path(scratch, "sounds.npz"), *sounds)
        asked = {"engine": engine, "threads": threads, "told": told, "cold": cold}
        task.write_text(json.dumps(asked), "utf-8")
        subprocess.run([sys.executable, __file__, str(task)], check=True)
        found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def heard(
    engine: str,
    sound: Sound,
    threads: int,
    told: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """Return what another engine hears, from what was kept if it was heard before."""
    facts = engine.encode() + sound.tobytes() + f"threads {threads}".encode()
    if told:
        facts += json.dumps(told).encode()
    path = KEPT / f"{engine}-{hashlib.sha256(facts).hexdigest()[:16]}.json"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        found = run(engine, [sound], threads, told)["heard"][0]
        path.write_text(json.dumps(found), "utf-8")
    kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return kept


def told_glossary(told: Mapping[str, Sequence[str]] | None) -> Glossary:
    """Return terms and people as a show's glossary."""
    if not told:
        return ()
    people = enumerate(told["people"])
    show = Show(
        title="",
        description="",
        site="https://show.example/",
        people=tuple(Person(id=f"p{n}", name=name) for n, name in people),
        terms=tuple(told["terms"]),
    )
    return glossary_of(show)


def _loaded(engine: str, threads: int, glossary: Glossary) -> HearAll:
    weights = find_weights("base")
    if engine in FOLDERS:
        return FOLDERS[engine](weights, threads)
    hear = ENGINES[engine](weights, threads)
    return lambda sounds: [hear(sound, glossary) for sound in sounds]


def _peak_mb() -> float:
    """Return the most memory this program held.

    ``ru_maxrss`` would count what started it, too: it outlives exec on Linux, and
    the bench holds the hour's sound several times over.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        rows = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(rows["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Run one task and write what it took."""
    path = Path(sys.argv[1])
    task = json.loads(path.read_text("utf-8"))
    hear = _loaded(task["engine"], task["threads"], told_glossary(task["told"]))
    with np.load(path.with_name("sounds.npz")) as kept:
        sounds = [kept[name] for name in kept.files]
    if not task["cold"]:
        hear([sounds[0][: 16_000 * 12]])
    wall, cpu = time.perf_counter(), time.process_time()
    found = hear(sounds)
    facts = {
        "seconds": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "peak_mb": _peak_mb(),
        "heard": found,
    }
    path.with_name("out.json").write_text(json.dumps(facts, default=float), "utf-8")


if __name__ == "__main__":
    main()
