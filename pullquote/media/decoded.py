"""A recording's sound, decoded once: measured on the way, kept on the disk meanwhile."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from pullquote.formats.disk import unwritable
from pullquote.media.ahead import ahead
from pullquote.media.container import audio_stream, open_media
from pullquote.media.levels import PER_SECOND, Levels
from pullquote.media.limiter import Gain, curve, limited
from pullquote.media.sound import Sound, chunks
from pullquote.model.answer import Clip
from pullquote.model.progress import Progress, silent

if TYPE_CHECKING:
    import numpy as np
    from av.audio.frame import AudioFrame
    from numpy.typing import NDArray

RATE = 44100
_CHUNK = 5 * RATE
"""Samples that are worked on at once: whole windows of the levels."""
_MARGIN = 50
"""Milliseconds muted on either side of a clip."""
_TONE = 0.06
"""Amplitude of a bleep: some 10 dB under speech at -16 LUFS."""
_SPARE = 1 << 30
"""Bytes that must stay free on the disk, else the recording is decoded again."""
_LARGEST = 32767


class Decoded:
    """Sound at 44.1 kHz that can be gone over again without decoding it again.

    A context manager; ``levels`` is known once it is entered. On the disk it has 16
    bits a sample, each five seconds with a scale of their own: 320 MB an hour and
    channel. Nothing is heard in ``muted``, or with ``bleep`` a tone. Raises
    MediaError.
    """

    def __init__(
        self,
        recording: Path,
        folder: Path,
        *,
        muted: Sequence[Clip] = (),
        bleep: bool = False,
        progress: Progress = silent,
    ) -> None:
        self.recording = recording
        self.channels, self._length = _shape(recording)
        self.layout = "mono" if self.channels == 1 else "stereo"
        self.levels = Levels(RATE, self.layout)
        self._muted = [muted_samples(clip) for clip in muted]
        self._bleep = bleep
        self._progress = progress
        self._path = folder / f".enclosure.sound.{secrets.token_hex(4)}.part"
        self._file: BinaryIO | None = None
        self._scales: list[float] = []
        self._total = 0

    def __enter__(self) -> Self:
        """Decode it all."""
        try:
            self._decode()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove what was kept."""
        if self._file is not None:
            self._file.close()
            with suppress(OSError):  # the next pull sweeps it away
                self._path.unlink()

    @property
    def duration(self) -> int:
        """Milliseconds."""
        return self._total * 1000 // RATE

    def _decode(self) -> None:
        import numpy as np

        for chunk in ahead(self._sound("measure")):
            self.levels.add(chunk)
            if self._total == 0:
                self._open()
            self._total += chunk.shape[1]
            if self._file is not None:
                scale = float(np.abs(chunk).max(initial=0)) / _LARGEST or 1.0
                self._scales.append(scale)
                self._keep(np.rint(chunk / np.float32(scale)).astype(np.int16))

    def _open(self) -> None:
        needed = round(self._length * RATE) * 2 * self.channels
        if shutil.disk_usage(self._path.parent).free - _SPARE > needed:
            try:
                self._file = self._path.open("w+b", buffering=0)
            except OSError as error:
                raise unwritable(self._path, error) from error

    def _keep(self, samples: NDArray[np.int16]) -> None:
        assert self._file is not None
        data = samples.tobytes()
        try:
            if self._file.write(data) < len(data):  # there was room for so much
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise unwritable(self._path, error) from error

    def chunks(self, note: str) -> Iterator[NDArray[np.float32]]:
        """Yield the sound again: float32, channels x up to five seconds."""
        if self._file is None:
            yield from ahead(self._sound(note))
            return
        import numpy as np

        self._file.seek(0)
        done = 0
        for scale in self._scales:
            count = min(_CHUNK, self._total - done)
            data = self._file.read(2 * self.channels * count)
            samples = np.frombuffer(data, np.int16).reshape(self.channels, count)
            done += count
            self._progress(done / RATE, self._total / RATE, note)
            yield samples.astype(np.float32) * np.float32(scale)

    def frames(self, gain: Gain, note: str) -> Iterator[AudioFrame]:
        """Yield the sound again, after a gain, as frames without time stamps."""
        import av

        peaks, size = self.levels.peaks, self.levels.size
        first = 0
        for chunk in self.chunks(note):
            last = first - (-chunk.shape[1] // size)
            sound = limited(chunk, curve(peaks, gain, first, last), size)
            if self._bleep:
                _bleep(sound, first * size, self._muted)
            first = last
            frame = av.AudioFrame.from_ndarray(sound, "fltp", self.layout)
            frame.sample_rate = RATE
            yield frame

    def _sound(self, note: str) -> Iterator[NDArray[np.float32]]:
        frames = Sound(
            self.recording,
            rate=RATE,
            layout=self.layout,
            progress=self._progress,
            note=note,
        )
        for number, chunk in enumerate(chunks(frames, _CHUNK)):
            yield self._without_muted(chunk, number * _CHUNK)

    def _without_muted(
        self, sound: NDArray[np.float32], start: int
    ) -> NDArray[np.float32]:
        import numpy as np

        sound = np.ascontiguousarray(sound)
        for first, last in self._muted:
            if first < start + sound.shape[1] and last > start:
                sound[:, max(first - start, 0) : last - start] = 0
        return sound


def _bleep(
    sound: NDArray[np.float32], start: int, muted: Sequence[tuple[int, int]]
) -> None:
    """Put a tone of 1 kHz, as loud whatever the gain, where nothing else is heard."""
    import numpy as np

    end = start + sound.shape[1]
    for first, last in muted:
        at = np.arange(max(first, start), min(last, end))
        tone = _TONE * np.sin(2 * np.pi * 1000 / RATE * at)
        if at.size:
            sound[:, at[0] - start : at[-1] + 1 - start] = tone.astype(np.float32)


def _shape(recording: Path) -> tuple[int, float]:
    """Return 1 or 2 channels, and about how many seconds there are."""
    import av

    with open_media(recording) as container:
        stream = audio_stream(container, recording)
        channels = 1 if stream.codec_context.channels == 1 else 2
        return channels, (container.duration or 0) / av.time_base


def muted_samples(clip: Clip) -> tuple[int, int]:
    """Return which samples at 44.1 kHz, half-open, are not heard of a redaction."""
    first, last = clip.start - _MARGIN, clip.end + _MARGIN
    return max(0, first * RATE // 1000), last * RATE // 1000


assert _CHUNK % (RATE // PER_SECOND) == 0
