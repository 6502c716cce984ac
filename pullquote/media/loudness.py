"""Integrated loudness and true peak after EBU R128 / ITU-R BS.1770, by libav."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pullquote.errors import MediaError
from pullquote.media.container import audio_stream, open_media
from pullquote.model.answer import Clip

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.filter import Graph
    from numpy.typing import NDArray

SILENCE = -70.0
"""LUFS: the absolute gate of BS.1770-4. What is never louder measures exactly this."""

_BATCH = 1 << 15
"""Samples that go into the meter at once: its price is by the call."""
_LOUD = 0.75
"""-2.5 dBFS. Between samples speech goes up to a dB higher than in them."""
_FINER = 4
_EDGE = 64
"""Samples."""
_LEAD = 500
"""Milliseconds before a stretch from which decoding starts: a coder needs some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """How loud a recording is."""

    integrated: float
    """LUFS; ``SILENCE`` where nothing passes the gate (silence, or under 0.4 s)."""
    true_peak: float
    """dBTP; -inf for digital silence."""

    @property
    def silent(self) -> bool:
        """Nothing was loud enough to be measured."""
        return self.integrated <= SILENCE


class Meter:
    """Measures frames of planar floats that it is given; ``loudness`` is of them all.

    True peaks are looked for only about samples above -2.5 dBFS: whether one passes
    -1 dBTP is known at half the price, and what it is where it does.
    """

    def __init__(self, rate: int, layout: str) -> None:
        import av

        self._rate, self._layout = rate, layout
        self._peak = 0.0
        self._last: NDArray[Any] | None = None
        self._none_yet = (av.error.BlockingIOError, av.error.EOFError)
        self._held: list[AudioFrame] = []
        self._count = 0
        self._seen: dict[str, str] = {}
        self._graph = self._filter("ebur128", "metadata=1:framelog=quiet")

    def _filter(self, name: str, arguments: str) -> Graph:
        import av

        graph = av.filter.Graph()
        graph.link_nodes(
            graph.add_abuffer(
                sample_rate=self._rate, format="fltp", layout=self._layout
            ),
            graph.add(name, arguments),
            graph.add("abuffersink"),
        ).configure()
        return graph

    def add(self, frame: AudioFrame) -> None:
        """Measure one more frame."""
        self._held.append(frame)
        self._count += frame.samples
        if self._count >= _BATCH:
            self._push()

    def _push(self) -> None:
        import numpy as np

        if not self._held:
            return
        sound = np.concatenate([one.to_ndarray() for one in self._held], axis=1)
        self._held, self._count = [], 0
        self._peak = max(self._peak, self._highest(sound))
        for found in self._through(self._graph, sound):
            self._seen = found.metadata or self._seen

    def _through(self, graph: Graph, sound: NDArray[Any]) -> Iterator[AudioFrame]:
        import av

        frame = av.AudioFrame.from_ndarray(sound, "fltp", self._layout)
        frame.sample_rate = self._rate
        graph.push(frame)
        while True:
            try:
                found = graph.pull()
            except self._none_yet:
                return
            assert isinstance(found, av.AudioFrame)
            yield found

    def _highest(self, sound: NDArray[Any]) -> float:
        """Return the highest sample, or where that is loud what lies between samples.

        As BS.1770-4, annex 2 finds it. The filter looks both ways: the last few
        samples are gone over again with the next batch.
        """
        import numpy as np

        before = np.zeros_like(sound[:, :0]) if self._last is None else self._last
        whole = np.concatenate([before, sound], axis=1)
        self._last = whole[:, -2 * _EDGE :]
        highest = float(np.abs(whole).max())
        if highest <= _LOUD:
            return highest
        finer = self._filter("aresample", str(_FINER * self._rate))
        found = [one.to_ndarray() for one in self._through(finer, whole)]
        inside = np.abs(np.concatenate(found, axis=1))[:, _EDGE * _FINER :]
        return max(highest, float(inside[:, : -_EDGE * _FINER].max(initial=0)))

    @property
    def loudness(self) -> Loudness:
        """Loudness of all that was added."""
        self._push()
        return Loudness(
            integrated=max(SILENCE, float(self._seen.get("lavfi.r128.I", SILENCE))),
            true_peak=20 * math.log10(self._peak) if self._peak > 0 else -math.inf,
        )


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
