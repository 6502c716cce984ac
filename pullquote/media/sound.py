"""The sound of a recording: decoded, resampled, one sample after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import MediaError
from pullquote.media.container import audio_stream, check_rate, open_media
from pullquote.model.progress import Progress, silent

if TYPE_CHECKING:
    import numpy as np
    from av.audio.frame import AudioFrame
    from av.audio.resampler import AudioResampler
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from numpy.typing import NDArray

_GAP = 0.1
"""Seconds of missing sound from which silence is put in its place."""
_LARGEST_GAP = 600.0
"""Seconds; a larger jump is not missing sound."""
_REPORT_EVERY = 5.0
_CHUNK = 30
"""Seconds of sound in one array of ``stream_mono``."""


class Sound:
    """Frames of one rate, format and layout from the recording's time 0 on.

    Times stay true: where packets are broken or missing, or the sound starts
    after the pictures, silence fills the gap. Iterate once; ``broken`` counts
    the packets that could not be decoded.
    """

    def __init__(
        self,
        path: Path,
        *,
        rate: int,
        layout: str = "mono",
        sample_format: str = "fltp",
        progress: Progress = silent,
        note: str = "decode",
    ) -> None:
        self.path = path
        self.rate = rate
        self.layout = layout
        self.sample_format = sample_format
        self.broken = 0
        self.decoded = 0
        self._progress = progress
        self._note = note
        self._resampler: tuple[object, AudioResampler] | None = None

    def __iter__(self) -> Iterator[AudioFrame]:
        """Yield the frames. Raises MediaError where most packets are broken."""
        import av

        with open_media(self.path) as container:
            stream = audio_stream(container, self.path)
            total = container.duration / av.time_base if container.duration else None
            start = (container.start_time or 0) / av.time_base
            heard, reported, filled = 0.0, 0.0, 0.0
            for frame in self._frames(container, stream):
                missing = 0.0 if frame.time is None else frame.time - start - heard
                past_end = total is not None and heard + missing > total + 1
                # a few bytes a packet could ask for years of silence
                endless = filled + missing > _LARGEST_GAP + heard - filled
                if missing < -_GAP or missing > _LARGEST_GAP or past_end or endless:
                    start += missing  # a fault of the time stamps: go by the samples
                elif missing > _GAP:
                    yield from self._silence(missing)
                    heard += missing
                    filled += missing
                heard += frame.samples / frame.sample_rate
                yield from self._resampled(frame)
                if heard - reported >= _REPORT_EVERY:
                    reported = heard
                    self._progress(heard, total, self._note)
            yield from self._flushed()
            self._progress(heard, heard, self._note)
        if self.decoded <= self.broken:
            raise MediaError(
                self.path,
                f"{self.broken} of {self.broken + self.decoded} parts cannot be decoded",
                "fetch the recording again",
            )

    def _frames(
        self, container: InputContainer, stream: AudioStream
    ) -> Iterator[AudioFrame]:
        import av

        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets, None)
            except av.error.FFmpegError:
                self.broken += 1
                return
            if packet is None:
                return
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                self.broken += 1
                continue
            self.decoded += bool(frames)
            yield from frames

    def _resampled(self, frame: AudioFrame) -> list[AudioFrame]:
        """Resample; a recording may change its rate or layout on the way."""
        from av.audio.resampler import AudioResampler

        check_rate(frame.sample_rate, self.path)
        kind = (frame.sample_rate, frame.layout.name, frame.format.name)
        left: list[AudioFrame] = []
        if self._resampler is None or self._resampler[0] != kind:
            left = self._flushed()
            new = AudioResampler(self.sample_format, self.layout, self.rate)
            self._resampler = (kind, new)
        frame.pts = None  # gaps are filled by now; old stamps would confuse it
        return left + self._resampler[1].resample(frame)

    def _flushed(self) -> list[AudioFrame]:
        return self._resampler[1].resample(None) if self._resampler else []

    def _silence(self, seconds: float) -> Iterator[AudioFrame]:
        import numpy as np
        from av.audio.frame import AudioFrame

        left = round(seconds * self.rate)
        while left > 0:
            count = min(left, self.rate)
            channels = 1 if self.layout == "mono" else 2
            frame = AudioFrame.from_ndarray(
                np.zeros((channels, count), np.float32), "fltp", self.layout
            )
            frame.sample_rate = self.rate
            left -= count
            yield frame


def stream_mono(
    path: Path, rate: int = 16000, progress: Progress = silent
) -> Iterator[NDArray[np.float32]]:
    """Yield the sound as mono float32 arrays of up to 30 s, at ``rate`` Hz.

    Sample ``n`` of all of them together is heard at ``n / rate`` seconds of the
    recording. Memory stays flat however long it is. Raises MediaError.
    """
    import numpy as np

    parts: list[NDArray[np.float32]] = []
    held = 0
    for frame in Sound(path, rate=rate, progress=progress):
        parts.append(frame.to_ndarray()[0])
        held += frame.samples
        if held >= _CHUNK * rate:
            yield np.concatenate(parts)
            parts, held = [], 0
    if parts:
        yield np.concatenate(parts)


def decode_mono(
    path: Path, rate: int = 16000, progress: Progress = silent
) -> NDArray[np.float32]:
    """Return the whole sound as one mono float32 array at ``rate`` Hz.

    Broken packets are replaced by silence. Raises MediaError for a file with no
    sound, or one most of which cannot be decoded.
    """
    import numpy as np

    sound = np.empty(0, np.float32)
    for part in stream_mono(path, rate, progress):
        # It grows in place: joined at the end, an hour would lie in memory twice.
        heard = len(sound)
        sound.resize(heard + len(part), refcheck=False)
        sound[heard:] = part
    return sound
