"""Many short recordings at once: a folder of clips.

A clip is a window or two: it leaves cores idle, and the decoder reads its weights for a
single window. Windows of many clips fill both; each comes out as if it were alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.model.progress import Progress, silent
from pullquote.transcribe.engine.runtime import Decoding, Runtime
from pullquote.transcribe.engine.weights import Weights
from pullquote.transcribe.sound import SAMPLE_RATE
from pullquote.transcribe.stage import (
    Asked,
    Looked,
    Told,
    Transcribed,
    engine_of,
    hear,
    join,
    look,
    tell_voices,
)
from pullquote.transcribe.voices.diarizer import Diarizer
from pullquote.transcribe.words.chunks import plan_chunks
from pullquote.transcribe.words.journal import Journal, journal_of
from pullquote.transcribe.words.listen import LANES, Attempt, listen
from pullquote.transcribe.words.windows import Window

if TYPE_CHECKING:
    from pullquote.transcribe.sound import Sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A short recording, decoded, and what is asked of it."""

    sound: Sound
    asked: Asked


@dataclass(frozen=True, slots=True)
class _Placed:
    """A clip's window, and where it lies in all clips joined."""

    clip: int
    window: Window
    moved: Window


def transcribe_clips(
    clips: Sequence[Clip],
    runtime: Runtime,
    weights: Weights,
    progress: Progress = silent,
    work: Path | None = None,
) -> list[Transcribed]:
    """Return what each clip says, to the byte what ``transcribe_sound`` returns.

    All are asked for with the same settings. ``work`` is a folder that keeps windows
    as they are heard, None keeps none.
    """
    if not clips:
        return []
    with ThreadPoolExecutor(runtime.parallel) as pool:
        looked = [
            *pool.map(lambda c: look(c.sound, runtime, c.asked.settings), clips),
        ]
    settings = clips[0].asked.settings
    engine = engine_of(runtime, settings, weights)
    heard = _heard(clips, looked, runtime, progress, partial(journal_of, work, engine))
    diarizer = Diarizer() if settings.speakers and any(map(_words, heard)) else None
    found = []
    for clip, seen, attempts in zip(clips, looked, heard, strict=True):
        told = Told()
        if diarizer and _words(attempts):
            prints = clip.asked.prints
            told = tell_voices(clip.sound, seen, prints, progress, diarizer)
        found.append(join(seen, attempts, told, engine, clip.asked))
    return found


def _words(attempts: Sequence[Attempt]) -> bool:
    return any(attempt.heard.words for attempt in attempts)


def _heard(
    clips: Sequence[Clip],
    looked: Sequence[Looked],
    runtime: Runtime,
    progress: Progress,
    journal: Callable[..., Journal],
) -> list[list[Attempt]]:
    """Return the attempts of each clip.

    Windows of one recording are decoded in twos from the third on, so that only
    clips with fewer can be mixed and still come out as if they were alone. ``journal``
    gives that of clips by their digests.
    """
    heard: list[list[Attempt]] = [[] for _ in clips]
    for number, (clip, seen) in enumerate(zip(clips, looked, strict=True)):
        if runtime.steady and len(seen.windows) <= LANES:
            continue
        asked = clip.asked
        own = journal(asked.recording_sha256)
        for chunk in plan_chunks(seen.windows):
            heard[number] += hear(
                clip.sound, chunk, runtime, seen.language, asked, progress, own
            )
    rest = [n for n, attempts in enumerate(heard) if not attempts]
    for language in sorted({looked[n].language for n in rest}):
        same = [n for n in rest if looked[n].language == language]
        joined = journal(*(clips[n].asked.recording_sha256 for n in same))
        placed = [*_placed(clips, looked, same)]
        for one, attempt in zip(
            placed,
            listen(
                _joined([clips[n].sound for n in same]),
                [one.moved for one in placed],
                runtime,
                Decoding(language=language),
                progress,
                joined,
                apart={p.moved.index: clips[p.clip].asked.glossary for p in placed},
            ),
            strict=True,
        ):
            heard[one.clip].append(replace(attempt, window=one.window))
    return heard


def _placed(
    clips: Sequence[Clip], looked: Sequence[Looked], chosen: Sequence[int]
) -> Iterator[_Placed]:
    """Yield the windows of the ``chosen`` clips, moved to where ``_joined`` has them."""
    before, count = 0, 0
    for clip in chosen:
        for window in looked[clip].windows:
            moved = Window(
                index=count,
                start=window.start + before,
                end=window.end + before,
                speech=tuple(span.moved(before) for span in window.speech),
            )
            yield _Placed(clip, window, moved)
            count += 1
        before += -(-len(clips[clip].sound) * 1000 // SAMPLE_RATE)


def _joined(sounds: Sequence[Sound]) -> Sound:
    """Return sounds one after the other, each of whole milliseconds."""
    import numpy as np

    length = SAMPLE_RATE // 1000
    return np.concatenate([np.pad(s, (0, -len(s) % length)) for s in sounds])
