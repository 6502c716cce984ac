"""How loud a stretch of a file is, without decoding the rest of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pullquote.errors import MediaError
from pullquote.media.container import audio_stream, open_media
from pullquote.model.answer import Clip

_LEAD = 500
"""Milliseconds before a stretch from which decoding starts: a coder needs some."""


def loudest(path: Path, clip: Clip) -> float:
    """Return the largest amplitude, 0 to 1, that is heard in a stretch of a file.

    0 where the file is shorter. Raises MediaError for a file that cannot be read.
    """
    import av

    try:
        return max(_peaks(path, clip), default=0.0)
    except av.error.FFmpegError as error:
        problem = f"cannot be decoded ({error.strerror})"
        raise MediaError(path, problem, "delete it, and run Pullquote again") from error


def _peaks(path: Path, clip: Clip) -> Iterator[float]:
    import av
    import numpy as np

    with open_media(path) as container:
        stream = audio_stream(container, path)
        base = stream.time_base
        if base is None:
            return
        first = max(0, clip.start - _LEAD)
        container.seek(int(first / 1000 / base), stream=stream)
        resampler = av.AudioResampler(format="fltp")
        for frame in container.decode(stream):
            if frame.pts is None:
                continue
            at = round(float(frame.pts * base) * frame.sample_rate)
            start = round(clip.start * frame.sample_rate / 1000) - at
            end = round(clip.end * frame.sample_rate / 1000) - at
            if end <= 0:
                break
            if start < frame.samples:
                for part in resampler.resample(frame):
                    sound = part.to_ndarray()[:, max(0, start) : end]
                    yield float(np.abs(sound).max(initial=0.0))
