"""The sound of a recording: decoded, resampled, one sample after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import MediaError
from pullquote.formats.peaks_json import PER_SECOND
from pullquote.media.container import audio_stream, check_rate, open_media, packets
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
_PICTURE_RATE = 8000
"""Samples a second: enough for the picture of a waveform."""
_RUN_UP = 1.0
"""Seconds decoded before a start: a decoder needs some frames to be right."""
_SIGNED = ("s16", "s32", "flt", "dbl")
_OPPOSED = -0.4
"""Of two channels' power: from here on a ninth of it is left once they are mixed."""
_LOUDEST = 100.0
"""40 dB above full scale. Damaged files decode to far more, and files of floating point
may hold what is no number: a detector of speech is deaf for minutes after either."""


class Sound:
    """Frames of planar floats of one rate and layout.

    From the recording's time 0 on, or from a little before ``start`` (ms): ``begun``
    has the seconds. Times stay true: where packets are broken or missing, or the sound
    starts after the pictures, silence fills the gap. Iterate once; ``broken`` counts
    the packets that could not be decoded.
    """

    def __init__(
        self,
        path: Path,
        *,
        rate: int,
        layout: str = "mono",
        start: int = 0,
        progress: Progress = silent,
        note: str = "decode",
    ) -> None:
        self.path = path
        self.rate = rate
        self.layout = layout
        self.begun = 0.0
        self.broken = 0
        self.decoded = 0
        self._start = start / 1000
        self._progress = progress
        self._note = note
        self._resampler: tuple[object, AudioResampler] | None = None
        self._opposed = False

    def __iter__(self) -> Iterator[AudioFrame]:
        """Yield the frames. Raises MediaError where most packets are broken."""
        import av

        with open_media(self.path) as container:
            stream = audio_stream(container, self.path)
            total = container.duration / av.time_base if container.duration else None
            start = (container.start_time or 0) / av.time_base
            frames = self._sought(container, stream, start)
            heard, reported, filled = self.begun, 0.0, 0.0
            for frame in frames:
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

    def _sought(
        self, container: InputContainer, stream: AudioStream, origin: float
    ) -> Iterator[AudioFrame]:
        """Return the frames from a little before the start on, and note where that is."""
        import av

        frames = self._frames(container, stream)
        if self._start <= _RUN_UP:
            return frames
        with suppress(av.error.FFmpegError):  # then from the beginning
            at = origin + self._start - _RUN_UP
            container.seek(round(at * av.time_base))
        first = next(frames, None)
        if first is not None and first.time is not None:
            self.begun = max(0.0, first.time - origin)
        return chain(filter(None, [first]), frames)

    def _frames(
        self, container: InputContainer, stream: AudioStream
    ) -> Iterator[AudioFrame]:
        import av

        coming = packets(container, stream)
        while True:
            try:
                packet = next(coming, None)
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
        import av
        from av.audio.resampler import AudioResampler

        check_rate(frame.sample_rate, self.path)
        if self.layout == "mono" and frame.layout.nb_channels == 2:
            frame = self._in_phase(frame)
        kind = (frame.sample_rate, frame.layout.name, frame.format.name)
        left: list[AudioFrame] = []
        if self._resampler is None or self._resampler[0] != kind:
            left = self._flushed()
            new = AudioResampler("fltp", self.layout, self.rate)
            self._resampler = (kind, new)
        frame.pts = None  # gaps are filled by now; old stamps would confuse it
        try:
            return left + self._resampler[1].resample(frame)
        except av.error.FFmpegError:  # channels or a rate that nobody knows
            self._resampler = None
            self.broken += 1
            return left

    def _in_phase(self, frame: AudioFrame) -> AudioFrame:
        """Return two channels that do not cancel each other once they are mixed.

        A plug or a switch may have turned one microphone's channel over: as one, the
        two are silence, and whoever spoke is not heard. Its channel is turned back
        until both agree again.
        """
        import numpy as np
        from av.audio.frame import AudioFrame

        name = frame.format.name
        if name.removesuffix("p") not in _SIGNED:
            return frame
        samples = frame.to_ndarray()
        left, right = samples if frame.format.is_planar else samples.reshape(-1, 2).T
        with np.errstate(all="ignore"):  # what is no sound is no channel turned over
            a, b = (one.astype(np.float32, copy=False) for one in (left, right))
            agree, power = float(a @ b), float(a @ a + b @ b)
        self._opposed = agree < _OPPOSED * power or (self._opposed and agree <= 0)
        if not self._opposed:
            return frame
        nothing = -1 if right.dtype.kind == "i" else 0  # -(-32768) would be itself
        np.subtract(nothing, right, out=right)
        turned = AudioFrame.from_ndarray(samples, name, frame.layout.name)
        turned.sample_rate = frame.sample_rate
        return turned

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


def chunks(frames: Iterable[AudioFrame], size: int) -> Iterator[NDArray[np.float32]]:
    """Yield the sound of frames as channels x ``size``; the last may be shorter.

    What can be no sound is silence.
    """
    import numpy as np

    held: list[NDArray[np.float32]] = []
    count = 0

    def joined() -> NDArray[np.float32]:
        whole = np.concatenate(held, axis=1)
        whole[~(np.abs(whole) < _LOUDEST)] = 0
        return whole

    for frame in frames:
        held.append(frame.to_ndarray().astype(np.float32, copy=False))
        count += frame.samples
        while count >= size:
            whole = joined()
            yield whole[:, :size]
            held, count = [whole[:, size:]], count - size
    if count:
        yield joined()


def waveform(path: Path, progress: Progress = silent) -> list[float]:
    """Return the largest sample of each tenth of a second, 0 to 1. Raises MediaError."""
    import numpy as np

    size = _PICTURE_RATE // PER_SECOND
    found: list[float] = []
    for part in chunks(
        Sound(path, rate=_PICTURE_RATE, progress=progress), 30 * _PICTURE_RATE
    ):
        peaks = np.abs(np.pad(part[0], (0, -part.shape[1] % size)))
        found += peaks.reshape(-1, size).max(axis=1).tolist()
    return found


def stream_mono(
    path: Path, rate: int = 16000, progress: Progress = silent
) -> Iterator[NDArray[np.float32]]:
    """Yield the sound as mono float32 arrays of up to 30 s, at ``rate`` Hz.

    Sample ``n`` of all of them together is heard at ``n / rate`` seconds of the
    recording. Memory stays flat however long it is. Raises MediaError.
    """
    for part in chunks(Sound(path, rate=rate, progress=progress), _CHUNK * rate):
        yield part[0]


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
