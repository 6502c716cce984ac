"""Foresee what a limiter takes away, so that the sound is encoded once.

A limiter makes speech quieter by as much as its peaks stand out. Peak and energy
of each 10 ms, kept from the pass that measures the loudness anyway, are enough to
tell by how much, for any gain: 100 hours are 36 million pairs, a webinar 360,000.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from av.audio.frame import AudioFrame
    from numpy.typing import NDArray

_WINDOW = 0.01
"""Seconds."""
_TENTH = 10
"""Windows of a tenth of a second."""
_BLOCK = 40
"""Windows of a measuring block: 400 ms (ITU-R BS.1770-4)."""
_CHUNK = 5
"""Seconds that are worked on at once."""
_RELEASE = 4
"""Windows over which the limiter's grip loosens again (release 50 ms)."""
_GATE = 0.1
"""Of the mean energy: blocks below it are not measured (relative gate, -10 LU)."""


class Levels:
    """Collects peak and energy of each window of a sound that passes by."""

    def __init__(self, rate: int) -> None:
        self._size = round(rate * _WINDOW)
        self._held: list[NDArray[np.float32]] = []
        self._count = 0
        self._peaks: list[NDArray[np.float32]] = []
        self._energies: list[NDArray[np.float32]] = []

    def add(self, frame: AudioFrame) -> None:
        """Take one more frame of planar floats."""
        import numpy as np

        self._held.append(frame.to_ndarray().astype(np.float32, copy=False))
        self._count += frame.samples
        if self._count >= 100 * _CHUNK * self._size:
            self._digest()

    def _digest(self) -> None:
        import numpy as np

        sound = np.concatenate(self._held, axis=1)
        whole = sound.shape[1] // self._size * self._size
        windows = sound[:, :whole].reshape(sound.shape[0], -1, self._size)
        self._peaks.append(np.abs(windows).max(axis=(0, 2)))
        self._energies.append(np.einsum("cwn,cwn->w", windows, windows))
        self._held = [sound[:, whole:]]
        self._count = sound.shape[1] - whole

    def waveform(self) -> list[float]:
        """Return the largest sample of each tenth of a second, 0 to 1."""
        import numpy as np

        peaks, _ = self.finished()
        tenths = -(-len(peaks) // _TENTH)
        padded = np.zeros(tenths * _TENTH, np.float32)
        padded[: len(peaks)] = peaks
        found: list[float] = padded.reshape(tenths, _TENTH).max(axis=1).tolist()
        return found

    def finished(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return peaks (linear) and energies of all whole windows."""
        import numpy as np

        if self._count >= self._size:
            self._digest()
        if not self._peaks:
            nothing = np.zeros(0, np.float32)
            return nothing, nothing
        return np.concatenate(self._peaks), np.concatenate(self._energies)


def loss(
    peaks: NDArray[np.float32], energies: NDArray[np.float32], db: float, ceiling: float
) -> float:
    """Return the dB of loudness that limiting to ``ceiling`` dBFS takes after a gain."""
    import numpy as np

    loud = _measured(energies)
    if not loud.any():
        return 0.0
    over = 20 * np.log10(np.maximum(peaks, 1e-9)) + (db - ceiling)
    held = np.maximum(over, 0.0)
    grip = held.copy()
    for step in range(1, _RELEASE + 1):
        grip[step:] = np.maximum(
            grip[step:], held[:-step] * (1 - step / (_RELEASE + 1))
        )
    left = (energies * 10 ** (-grip / 10))[loud].sum()
    return float(-10 * np.log10(left / energies[loud].sum()))


def _measured(energies: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which windows lie in blocks that count for the loudness."""
    import numpy as np

    blocks = -(-len(energies) // _BLOCK)
    padded = np.zeros(blocks * _BLOCK, np.float64)
    padded[: len(energies)] = energies
    each = padded.reshape(blocks, _BLOCK).sum(axis=1)
    heard = each > 1e-7 * _BLOCK
    gate = each[heard].mean() * _GATE if heard.any() else np.inf
    chosen: NDArray[np.bool_] = np.repeat(each >= gate, _BLOCK)[: len(energies)]
    return chosen


def gain_to(
    off: float,
    peaks: NDArray[np.float32],
    energies: NDArray[np.float32],
    ceiling: float,
    most: float,
) -> float:
    """Return the dB of gain after which the limited sound is ``off`` dB louder."""
    low, high = off, most
    if off - loss(peaks, energies, off, ceiling) >= off or high <= low:
        return min(off, most)
    for _ in range(20):
        middle = (low + high) / 2
        if middle - loss(peaks, energies, middle, ceiling) < off:
            low = middle
        else:
            high = middle
    return low
