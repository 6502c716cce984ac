"""One stretch of a recording as a small MP3: what a reviewer hears, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.formats.disk import replacing
from pullquote.media.container import audio_stream, open_media
from pullquote.media.enclosure import write_mp3
from pullquote.model.answer import Clip

if TYPE_CHECKING:
    from av import AudioFrame

_RATE = 44_100
_BIT_RATE = 64_000
_RUN_UP = 1_000
"""Milliseconds decoded before the clip: a decoder needs some frames to be right."""


def cut_clip(
    source: Path, target: Path, clip: Clip, muted: Sequence[Clip] = ()
) -> None:
    """Write the clip's sound to ``target``, silent where ``muted`` says so.

    Raises MediaError where the source cannot be read or holds no sound.
    """
    with replacing(target) as part:
        write_mp3(part, _frames(source, clip, muted), "mono", _BIT_RATE)


def _frames(source: Path, clip: Clip, muted: Sequence[Clip]) -> Iterator[AudioFrame]:
    import av

    with open_media(source) as container:
        stream = audio_stream(container, source)
        # an MP3's first sound has a time: its coder's delay
        begins = float((stream.start_time or 0) * (stream.time_base or 0))
        container.seek(max(0, clip.start - _RUN_UP) * 1000)
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=_RATE)
        at: int | None = None  # the sample of the recording that comes next
        for frame in container.decode(stream):
            if at is None:
                at = round(((frame.time or 0.0) - begins) * _RATE)
            for made in resampler.resample(frame):
                kept = _inside(made, at, clip, muted)
                at += made.samples
                if kept is not None:
                    yield kept
            if at >= clip.end * _RATE // 1000:
                break


def _inside(
    frame: AudioFrame, at: int, clip: Clip, muted: Sequence[Clip]
) -> AudioFrame | None:
    """Return the part of a frame that lies in the clip; None where none does."""
    import av

    first = max(0, clip.start * _RATE // 1000 - at)
    last = min(frame.samples, clip.end * _RATE // 1000 - at)
    if first >= last:
        return None
    samples = frame.to_ndarray().copy()
    for one in muted:
        a, b = one.start * _RATE // 1000 - at, one.end * _RATE // 1000 - at
        samples[:, max(0, a) : max(0, b)] = 0
    made = av.AudioFrame.from_ndarray(
        samples[:, first:last].copy(), format="fltp", layout="mono"
    )
    made.sample_rate = _RATE
    return made
