"""One stretch of a recording as a small MP3: what a reviewer hears, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.formats.disk import replacing
from pullquote.media.decoded import RATE, muted_samples
from pullquote.media.enclosure import write_mp3
from pullquote.media.sound import Sound
from pullquote.model.answer import Clip

if TYPE_CHECKING:
    from av import AudioFrame

_BIT_RATE = 64_000


def cut_clip(
    source: Path, target: Path, clip: Clip, muted: Sequence[Clip] = ()
) -> None:
    """Write the clip's sound to ``target``, silent where ``muted`` says so.

    Raises MediaError where the source cannot be read or holds no sound.
    """
    with replacing(target) as part:
        write_mp3(part, _frames(source, clip, muted), "mono", _BIT_RATE)


def _frames(source: Path, clip: Clip, muted: Sequence[Clip]) -> Iterator[AudioFrame]:
    sound = Sound(source, rate=RATE, start=clip.start)
    at: int | None = None  # the sample of the recording that comes next
    for frame in sound:
        if at is None:
            at = round(sound.begun * RATE)
        kept = _inside(frame, at, clip, muted)
        at += frame.samples
        if kept is not None:
            yield kept
        if at >= clip.end * RATE // 1000:
            break


def _inside(
    frame: AudioFrame, at: int, clip: Clip, muted: Sequence[Clip]
) -> AudioFrame | None:
    """Return the part of a frame that lies in the clip; None where none does."""
    import av

    first = max(0, clip.start * RATE // 1000 - at)
    last = min(frame.samples, clip.end * RATE // 1000 - at)
    if first >= last:
        return None
    samples = frame.to_ndarray().copy()
    for one in muted:
        start, end = muted_samples(one)
        samples[:, max(0, start - at) : max(0, end - at)] = 0
    made = av.AudioFrame.from_ndarray(
        samples[:, first:last].copy(), format="fltp", layout="mono"
    )
    made.sample_rate = RATE
    return made
