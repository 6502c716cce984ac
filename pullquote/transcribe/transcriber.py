"""Recordings on disk, transcribed with a model that is loaded once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pullquote.errors import PullquoteError
from pullquote.media.sound import decode_mono
from pullquote.model.progress import Progress, silent
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.clips import Clip, transcribe_clips
from pullquote.transcribe.engine.runtime import Runtime
from pullquote.transcribe.engine.weights import Weights, default_cache, find_weights
from pullquote.transcribe.sound import SAMPLE_RATE
from pullquote.transcribe.stage import Job, Transcribed, load_runtime, transcribe_sound

SHORT = 30_000
"""Milliseconds of a recording that is worth hearing beside others."""
MOST = 600_000
"""Milliseconds of short recordings that are held at once: 38 MB."""


@dataclass
class Transcriber:
    """A model that stays loaded from one recording to the next."""

    settings: TranscribeSettings
    cache: Path | None = None
    """Keeps weights and what was heard so far; see ``weights.default_cache``."""

    @cached_property
    def weights(self) -> Weights:
        """The model's. Raises EngineError where they are missing."""
        return find_weights(self.settings.model, self.cache)

    @cached_property
    def runtime(self) -> Runtime:
        """The loaded model. Raises EngineError where it cannot be loaded."""
        return load_runtime(self.settings, self.weights)

    @property
    def _work(self) -> Path:
        return (self.cache or default_cache()) / "work"

    def recording(self, job: Job, progress: Progress = silent) -> Transcribed:
        """Return what a recording says, by voices ``S1``, ``S2`` and so on.

        One in which nobody speaks gives a transcript without segments. Raises
        MediaError if it cannot be read, EngineError if weights or a runtime are
        missing.
        """
        weights = self.weights
        with ThreadPoolExecutor(1) as pool:
            loading = pool.submit(lambda: self.runtime)
            sound = decode_mono(job.recording, SAMPLE_RATE, progress)
        return transcribe_sound(
            sound, loading.result(), weights, job.asked, progress, self._work
        )

    def clips(
        self, jobs: Sequence[Job], progress: Progress = silent
    ) -> list[Transcribed | PullquoteError]:
        """Return what short recordings say, or why one cannot be read.

        They are held in memory together: give them ``MOST`` at a time. Raises
        EngineError if weights or a runtime are missing.
        """
        runtime = self.runtime
        with ThreadPoolExecutor(runtime.parallel) as pool:
            clips = [*pool.map(_decoded, jobs)]
        sound = [clip for clip in clips if isinstance(clip, Clip)]
        found = iter(
            transcribe_clips(sound, runtime, self.weights, progress, self._work)
        )
        return [next(found) if isinstance(clip, Clip) else clip for clip in clips]


def _decoded(job: Job) -> Clip | PullquoteError:
    try:
        return Clip(sound=decode_mono(job.recording, SAMPLE_RATE), asked=job.asked)
    except PullquoteError as error:
        return error
