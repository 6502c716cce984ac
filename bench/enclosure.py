"""Measure enclosures: loudness, true peak, tags, and time against the bare encoder.

    python bench/pull.py AUDIO --only enclosures

Prints a line a file: MP3 and M4A, and mono once more at -19 LUFS. Fails if one is off
its target by more than 0.5, passes -1 dBTP, or does not say of itself what was asked.
An independent reader listens: the ffmpeg program's ebur128 and ffprobe where they are
installed (no user needs them), else the libav inside PyAV.

The bare encoder (PyAV: decode, resample, encode, at the same bit rate) and the ffmpeg
program run in turn with each enclosure. Times are the processor's, all threads
together, and the smaller of two rounds counts; the clock's ratio stands beside it.
Files under 3 s have too few measuring blocks to be judged by their loudness.
"""

from __future__ import annotations

import json
import math
import re
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pullquote.media.decoded import RATE, Decoded
from pullquote.media.enclosure import PEAK, TARGET, Form, make_enclosure, write_mp3
from pullquote.media.enclosure_m4a import make_m4a
from pullquote.media.loudness import Loudness
from pullquote.media.probe import Probe, probe
from pullquote.media.sound import Sound
from pullquote.media.tags import Tags
from pullquote.model.episode import Chapter
from tests.media.made import measure

ROUNDS = 2
TOLERANCE = 0.5
MOST_RATIO = 1.2
SHORT = 3000
"""Milliseconds."""
MEDIA = {".opus", ".wav", ".flac", ".mp3", ".mp4", ".webm", ".m4a"}
FFMPEG = shutil.which("ffmpeg")
FFPROBE = shutil.which("ffprobe")


@dataclass
class Time:
    """Processor and clock seconds, the least of all rounds."""

    processor: float = math.inf
    clock: float = math.inf

    def of(self, work: Callable[[], Any]) -> Any:
        """Run once."""
        before, start = _processor(), time.perf_counter()
        result = work()
        self.clock = min(self.clock, time.perf_counter() - start)
        self.processor = min(self.processor, _processor() - before)
        return result


@dataclass
class Total:
    """Of all files."""

    files: int = 0
    judged: int = 0
    off: list[str] = field(default_factory=list)
    largest_off: float = 0.0
    highest_peak: float = -math.inf
    made: float = 0.0
    bare: float = 0.0
    ffmpeg: float = 0.0
    made_clock: float = 0.0
    bare_clock: float = 0.0
    tags_wrong: list[str] = field(default_factory=list)


def _processor() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def heard(path: Path, layout: str) -> Loudness:
    """Return how loud a file is, by the ffmpeg program where there is one."""
    if FFMPEG is None:
        return measure(path, layout=layout)
    command = [FFMPEG, "-hide_banner", "-nostats", "-i", str(path), "-map", "0:a"]
    command += ["-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = said[said.rindex("Summary:") :]
    loudness = re.search(r"I:\s+(-?[\d.]+|-inf) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+|-inf) dBFS", summary)
    assert loudness is not None
    assert peak is not None
    return Loudness(integrated=float(loudness[1]), true_peak=float(peak[1]))


def told(path: Path) -> dict[str, Any]:
    """Return the tags and chapters that ffprobe, or else libav in PyAV, reads."""
    if FFPROBE is not None:
        command = [FFPROBE, "-v", "error", "-of", "json", "-show_format"]
        command += ["-show_chapters", str(path)]
        data = json.loads(subprocess.run(command, capture_output=True).stdout)
        chapters = [c["tags"]["title"] for c in data["chapters"]]
        return {**data["format"]["tags"], "chapters": chapters}
    import av

    with av.open(str(path)) as container:
        chapters = [c["metadata"]["title"] for c in container.chapters()]
        return {**container.metadata, "chapters": chapters}


def tags_of(name: str, duration: int) -> Tags:
    """Return tags that are not easy to keep."""
    chapters = (
        Chapter(start=0, title="Hello"),
        Chapter(start=duration // 2, title="גב"),
    )
    return Tags(
        title=f"Sprains & <spasms> \u2013 גב 🦴 {name}",
        show="Backbone Hour",
        held=date(2021, 6, 16),
        artist="Mona Vale, Ada Quill",
        season=2,
        number=14,
        comment="Viewers ask, doctors answer.",
        chapters=chapters,
    )


def reads_back(path: Path, tags: Tags) -> bool:
    """Say whether mutagen and another reader find every tag and chapter."""
    import mutagen

    found = told(path)
    wanted = {
        "title": tags.title,
        "album": tags.show,
        "artist": tags.artist,
        "date": tags.held.isoformat(),
        "comment": tags.comment,
    }
    same = all(found.get(key) == value for key, value in wanted.items())
    same = same and found["chapters"] == [c.title for c in tags.chapters]
    own = mutagen.File(path)
    keys = ("TIT2", "TALB", "TPE1", "TDRC") if path.suffix == ".mp3" else _MP4_KEYS
    read = [str(own[k]) if path.suffix == ".mp3" else own[k][0] for k in keys]
    return same and read == list(wanted.values())[:4]


_MP4_KEYS = ("\xa9nam", "\xa9alb", "\xa9ART", "\xa9day")


def bench_file(path: Path, folder: Path, total: Total) -> None:
    """Make and measure all enclosures of one file."""
    facts = probe(path)
    layout = "mono" if facts.channels == 1 else "stereo"
    tags = tags_of(path.stem, facts.duration)
    mp3, m4a = folder / "enclosure.mp3", folder / "enclosure.m4a"
    times = {name: Time() for name in ("bare", "made", "ffmpeg")}
    for _ in range(ROUNDS):
        times["bare"].of(lambda: bare(path, mp3, layout))
        if FFMPEG:
            times["ffmpeg"].of(lambda: by_ffmpeg(path, mp3, layout))
        times["made"].of(lambda: made(path, mp3, tags))
    results = [("mp3", heard(mp3, layout), TARGET)]
    total.tags_wrong += [] if reads_back(mp3, tags) else [f"{path.name} mp3"]
    with Decoded(path, folder) as sound:
        make_m4a(sound, m4a, tags, "")
        results.append(("m4a", heard(m4a, layout), TARGET))
        total.tags_wrong += [] if reads_back(m4a, tags) else [f"{path.name} m4a"]
        if layout == "mono":
            quiet = Form(loudness_mono=-19.0)
            make_enclosure(sound, mp3, tags, "", quiet)
            results.append(("mp3 -19", heard(mp3, layout), -19.0))
    judge(path, facts, results, total)
    report(path, facts, results, times, total)


def bare(path: Path, target: Path, layout: str) -> None:
    """Decode, resample and encode; nothing else."""
    bit_rate = 64_000 if layout == "mono" else 128_000
    write_mp3(target, Sound(path, rate=RATE, layout=layout), layout, bit_rate)


def by_ffmpeg(path: Path, target: Path, layout: str) -> None:
    """Have the ffmpeg program do the same."""
    assert FFMPEG is not None
    channels, bit_rate = ("1", "64k") if layout == "mono" else ("2", "128k")
    command = [FFMPEG, "-v", "error", "-y", "-i", str(path), "-vn", "-ac", channels]
    command += ["-ar", str(RATE), "-c:a", "libmp3lame", "-b:a", bit_rate, str(target)]
    subprocess.run(command, check=True)


def made(path: Path, target: Path, tags: Tags) -> None:
    """Make an enclosure as a pull does, its waveform too."""
    with Decoded(path, target.parent) as sound:
        sound.levels.waveform()
        make_enclosure(sound, target, tags, "")


def judge(
    path: Path,
    facts: Probe,
    results: Sequence[tuple[str, Loudness, float]],
    total: Total,
) -> None:
    """Note what is off."""
    total.files += 1
    for kind, found, target in results:
        off = abs(found.integrated - target)
        total.highest_peak = max(total.highest_peak, found.true_peak)
        if facts.duration >= SHORT:
            total.judged += 1
            total.largest_off = max(total.largest_off, off)
        if found.true_peak > PEAK or (facts.duration >= SHORT and off > TOLERANCE):
            total.off.append(f"{path.name} {kind}")


def report(
    path: Path,
    facts: Probe,
    results: Sequence[tuple[str, Loudness, float]],
    times: dict[str, Time],
    total: Total,
) -> None:
    """Print one file's line and add its times up."""
    made_, bare_ = times["made"], times["bare"]
    total.made += made_.processor
    total.bare += bare_.processor
    total.made_clock += made_.clock
    total.bare_clock += bare_.clock
    total.ffmpeg += times["ffmpeg"].processor if FFMPEG else 0.0
    loud = " ".join(
        f"{kind} {one.integrated:5.1f}/{one.true_peak:5.2f}" for kind, one, _ in results
    )
    print(
        f"{path.name:22} {facts.duration / 1000:6.1f} s {facts.channels} ch  {loud}"
        f"  {made_.processor:6.2f} s of {bare_.processor:6.2f}:"
        f" {made_.processor / bare_.processor:4.2f}"
        f" (clock {made_.clock / bare_.clock:4.2f})",
        flush=True,
    )


def summary(total: Total) -> dict[str, Any]:
    """Return the figures."""
    return {
        "files": total.files,
        "enclosures_judged": total.judged,
        "off": total.off,
        "largest_miss_lu": round(total.largest_off, 2),
        "highest_true_peak_dbtp": round(total.highest_peak, 2),
        "tags_wrong": total.tags_wrong,
        "meter": "ffmpeg program" if FFMPEG else "libav in PyAV",
        "times_bare_encoder_processor": round(total.made / total.bare, 3),
        "times_bare_encoder_clock": round(total.made_clock / total.bare_clock, 3),
        "times_ffmpeg_program_processor": (
            round(total.made / total.ffmpeg, 3) if total.ffmpeg else None
        ),
    }


def bench(names: Sequence[str]) -> dict[str, Any]:
    """Measure every file named, or found in a folder named; return the figures."""
    found = [
        path
        for name in names
        for path in ([Path(name)] if Path(name).is_file() else Path(name).rglob("*"))
        if path.suffix in MEDIA
    ]
    total = Total()
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(found):
            bench_file(path, Path(folder), total)
    figures = summary(total)
    for name, value in figures.items():
        print(f"{name}: {value}")
    return figures


def problems(figures: dict[str, Any]) -> list[str]:
    """Return what misses its figure."""
    found = [*figures["off"], *figures["tags_wrong"]]
    ratio = figures["times_bare_encoder_processor"]
    return [*found, f"{ratio} x the bare encoder"] if ratio > MOST_RATIO else found
