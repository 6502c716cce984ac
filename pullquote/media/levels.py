"""Peaks and loudness of each 3 ms of a sound, from one pass over it.

Out of these few numbers (a webinar has a million pairs) comes all that is decided about the sound: the waveform, how loud it is, and how loud it will
be after any gain and any limiting. So it is encoded once.
"""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING

from pullquote.media.loudness import SILENCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PER_SECOND = 300
"""Windows of a second."""
_TENTH = 30
"""Windows of a tenth of a second, by which measuring blocks follow each other."""
_BLOCK = 120
"""Windows of a measuring block: 400 ms (ITU-R BS.1770-4)."""
_RELATIVE_GATE = 0.1
"""Of the mean energy: blocks below it are not measured (-10 LU)."""
_OFFSET = -0.691
"""dB, so that 997 Hz at full scale in one channel is -3.01 LUFS (the same, annex 1)."""


class Levels:
    """Collects peak and weighted energy of each window of a sound that passes by."""

    def __init__(self, rate: int, layout: str) -> None:
        assert rate % PER_SECOND == 0
        self.size = rate // PER_SECOND
        """Samples of a window."""
        self._weighting = _Weighting(rate, layout)
        # not lists of small arrays: each would keep the memory around it from reuse,
        # half a gigabyte an hour
        self._peaks = array("f")
        self._energies = array("f")

    def add(self, sound: NDArray[np.float32]) -> None:
        """Take the next samples, channels x a multiple of ``size``; the last may be any.

        A window that is not full counts as if silence filled it.
        """
        import numpy as np

        weighted = self._weighting.of(sound)
        if missing := -sound.shape[1] % self.size:
            sound = np.pad(sound, ((0, 0), (0, missing)))
            weighted = np.pad(weighted, ((0, 0), (0, missing)))
        shape = (sound.shape[0], -1, self.size)
        peaks = np.abs(sound).reshape(shape).max(axis=(0, 2))
        windows = weighted.reshape(shape)
        energies = np.einsum("cwn,cwn->w", windows, windows) / self.size
        self._peaks.frombytes(peaks.astype(np.float32).tobytes())
        self._energies.frombytes(energies.astype(np.float32).tobytes())

    @property
    def peaks(self) -> NDArray[np.float32]:
        """The largest sample of each window, 0 to 1 and above."""
        return _copied(self._peaks)

    @property
    def energies(self) -> NDArray[np.float32]:
        """The mean square of each window, weighted, summed over the channels."""
        return _copied(self._energies)

    def waveform(self) -> list[float]:
        """Return the largest sample of each tenth of a second, 0 to 1."""
        import numpy as np

        peaks = self.peaks
        padded = np.pad(peaks, (0, -len(peaks) % _TENTH))
        found: list[float] = padded.reshape(-1, _TENTH).max(axis=1).tolist()
        return found


def _copied(values: array[float]) -> NDArray[np.float32]:
    import numpy as np

    return np.array(values, np.float32)


def loudness(energies: NDArray[np.floating]) -> float:
    """Return LUFS of windows' energies, gated; ``SILENCE`` where nothing is heard.

    Blocks of 400 ms, each 100 ms after the one before (ITU-R BS.1770-4, annex 1).
    """
    import numpy as np

    tenths = len(energies) // _TENTH
    sums = energies[: tenths * _TENTH].reshape(tenths, _TENTH).sum(axis=1)
    summed = np.concatenate(([0.0], np.cumsum(sums, dtype=np.float64)))
    step = _BLOCK // _TENTH
    blocks = (summed[step:] - summed[:-step]) / _BLOCK
    heard = blocks[blocks > 10 ** ((SILENCE - _OFFSET) / 10)]
    if not heard.size:
        return SILENCE
    mean = heard[heard > heard.mean() * _RELATIVE_GATE].mean()
    return float(_OFFSET + 10 * math.log10(mean))


class _Weighting:
    """The K filter of BS.1770, by libav, for any rate.

    Its two stages are given there for 48 kHz; the analogue filters behind them
    (1682 Hz high shelf of +4 dB, 38 Hz high pass) make those of other rates.
    """

    def __init__(self, rate: int, layout: str) -> None:
        import av

        self._rate, self._layout = rate, layout
        self._graph = graph = av.filter.Graph()
        nodes = [
            graph.add_abuffer(sample_rate=rate, format="fltp", layout=layout),
            graph.add("biquad", _named(_shelf(rate))),
            graph.add("biquad", _named(_high_pass(rate))),
            graph.add("abuffersink"),
        ]
        graph.link_nodes(*nodes).configure()

    def of(self, sound: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the next samples, weighted."""
        import av
        import numpy as np

        frame = av.AudioFrame.from_ndarray(sound, "fltp", self._layout)
        frame.sample_rate = self._rate
        self._graph.push(frame)
        weighted = self._graph.pull()
        assert isinstance(weighted, av.AudioFrame)
        return weighted.to_ndarray().astype(np.float32, copy=False)


def _named(coefficients: tuple[float, ...]) -> str:
    names = ("b0", "b1", "b2", "a0", "a1", "a2")
    pairs = zip(names, coefficients, strict=True)
    return ":".join(f"{name}={value:.17g}" for name, value in pairs)


def _shelf(rate: int) -> tuple[float, ...]:
    k = math.tan(math.pi * 1681.974450955533 / rate)
    q = 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    return (
        high + band * k / q + k * k,
        2 * (k * k - high),
        high - band * k / q + k * k,
        1 + k / q + k * k,
        2 * (k * k - 1),
        1 - k / q + k * k,
    )


def _high_pass(rate: int) -> tuple[float, ...]:
    k = math.tan(math.pi * 38.13547087602444 / rate)
    q = 0.5003270373238773
    whole = 1 + k / q + k * k
    return (whole, -2 * whole, whole, whole, 2 * (k * k - 1), 1 - k / q + k * k)
