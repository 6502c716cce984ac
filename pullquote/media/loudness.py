"""Integrated loudness and true peak after EBU R128 / ITU-R BS.1770, by libav."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.media.sound import Sound
from pullquote.model.answer import Clip
from pullquote.model.progress import Progress, silent

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

SILENCE = -70.0
"""LUFS: the absolute gate of BS.1770-4. What is never louder measures exactly this."""

_TONE = 0.06
"""Amplitude of a bleep: some 10 dB under speech at -16 LUFS."""
_MARGIN = 50
"""Milliseconds muted on either side of a clip: libav switches by whole frames."""
_OVERSAMPLED = 4
"""Factor at which the limiter works, so that it sees peaks between samples."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What is done to the sound: so many dB, and no true peak above ``ceiling``."""

    db: float = 0.0
    ceiling: float | None = None
    """dBTP; None: no limiter."""
    muted: tuple[Clip, ...] = ()
    """Where nothing may be heard."""
    bleep: bool = False
    """A quiet tone says where something was muted."""


class Leveller:
    """A libav filter graph: gain, limiter and meter, in this order.

    ``frames`` passes the sound through; ``loudness`` is that of what came out.
    Without ``peaks`` it is twice as fast: no true peaks are measured, and the
    limiter sees samples only, which changes the loudness by nothing to speak of.
    """

    def __init__(
        self,
        *,
        rate: int,
        layout: str,
        gain: Gain | None = None,
        meter: bool = True,
        peaks: bool = True,
    ) -> None:
        import av

        self._end = (av.error.BlockingIOError, av.error.EOFError)
        self._seen: dict[str, str] = {}
        graph = av.filter.Graph()
        nodes = [graph.add_abuffer(sample_rate=rate, format="fltp", layout=layout)]
        factor = _OVERSAMPLED if peaks else 1
        filters = [*_filters(gain, rate, factor), *_meter(meter, peaks)]
        nodes += [graph.add(name, args) for name, args in filters]
        graph.link_nodes(*nodes, graph.add("abuffersink")).configure()
        self._graph = graph

    def frames(self, sound: Iterable[AudioFrame]) -> Iterator[AudioFrame]:
        """Yield the levelled sound."""
        at = 0
        for frame in sound:
            frame.pts = at
            at += frame.samples
            self._graph.push(frame)
            yield from self._pulled()
        self._graph.push(None)
        yield from self._pulled()

    def _pulled(self) -> Iterator[AudioFrame]:
        import av

        while True:
            try:
                frame = self._graph.pull()
            except self._end:
                return
            assert isinstance(frame, av.AudioFrame)
            if found := frame.metadata:
                self._seen = found
            yield frame

    @property
    def loudness(self) -> Loudness:
        """Loudness of all that came out so far."""
        peak = float(self._seen.get("lavfi.r128.true_peak", 0))  # linear, not dB
        return Loudness(
            integrated=max(SILENCE, float(self._seen.get("lavfi.r128.I", SILENCE))),
            true_peak=20 * math.log10(peak) if peak > 0 else -math.inf,
        )


def _filters(gain: Gain | None, rate: int, factor: int) -> Iterator[tuple[str, str]]:
    if gain is None:
        return
    spans = "+".join(
        f"between(t,{(c.start - _MARGIN) / 1000:.3f},{(c.end + _MARGIN) / 1000:.3f})"
        for c in gain.muted
    )
    if spans:
        # a frame is muted whole or not at all, by its start: make frames of 10 ms
        yield "asetnsamples", f"n={rate // 100}:p=0"
        yield "volume", f"volume=0:enable='{spans}'"
    yield "volume", f"volume={gain.db:.3f}dB:precision=float"
    if spans and gain.bleep:
        tone = f"{_TONE}*sin(2*PI*1000*t)"
        yield "aeval", f"exprs={tone}:c=same:enable='{spans}'"
    if gain.ceiling is not None:
        limit = 10 ** (gain.ceiling / 20)
        yield "aresample", f"{rate * factor}"
        yield "alimiter", f"limit={limit:.6f}:level=0:attack=5:release=50:latency=1"
        yield "aresample", f"{rate}"


def _meter(meter: bool, peaks: bool) -> Iterator[tuple[str, str]]:
    if meter:
        kind = "true" if peaks else "none"
        yield "ebur128", f"metadata=1:framelog=quiet:peak={kind}"
    yield "aformat", "sample_fmts=fltp"


def measure(
    path: Path,
    *,
    rate: int = 44100,
    layout: str = "mono",
    gain: Gain | None = None,
    peaks: bool = True,
    progress: Progress = silent,
) -> Loudness:
    """Return how loud a file is, after ``gain`` if one is given. Raises MediaError."""
    leveller = Leveller(rate=rate, layout=layout, gain=gain, peaks=peaks)
    sound = Sound(path, rate=rate, layout=layout, progress=progress, note="measure")
    for _ in leveller.frames(sound):
        pass
    return leveller.loudness
