"""A small network over the sentences of a programme, worked out in plain numpy.

What is seen in a sentence is a set of names; each adds its row of a table. Layers then
look at the sentences before and after, each twice as far as the one before. Several
networks that began from other random numbers are averaged.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Array = Any
"""A numpy array: numpy is loaded where it is needed."""
HEADS = ("begins", "answered", "ends")
"""What is told of a sentence, in the order of the columns."""
_AT_ONCE = 64
"""Sentences that are multiplied at once: for more, BLAS starts threads, and these take
longer to wait for each other than one to work."""


@dataclass(frozen=True, slots=True)
class Network:
    """Weights of ``n`` networks of width ``w``."""

    place: Mapping[str, int]
    """The row of each name; 0 is for all that is not known."""
    table: Array
    """(names + 1, n * w)"""
    bias: Array
    """(n, 1, w)"""
    near: Array
    """(layers, 3, n, w, w): of the sentence before, the same, the one after."""
    near_bias: Array
    """(layers, n, 1, w)"""
    out: Array
    """(n, 2 * w, heads)"""
    out_bias: Array
    """(n, 1, heads)"""

    def odds(self, seen: Sequence[Sequence[str]]) -> list[list[float]]:
        """Return the log-odds of ``HEADS`` for each sentence, by the names seen in it."""
        import numpy as np

        count, _, width = self.bias.shape
        first = self._sums(seen).reshape(len(seen), count, width).swapaxes(0, 1)
        first = np.maximum(first + self.bias, 0)
        last = first
        for layer, (before, same, after) in enumerate(self.near):
            step = 2**layer
            told = _times(last, same) + self.near_bias[layer]
            told[:, step:] += _times(last, before)[:, :-step]
            told[:, :-step] += _times(last, after)[:, step:]
            last = last + np.maximum(told, 0)
        both = np.concatenate([first, last], axis=2)
        heads = _times(both, self.out) + self.out_bias
        found: list[list[float]] = heads.mean(axis=0).tolist()
        return found

    def _sums(self, seen: Sequence[Sequence[str]]) -> Array:
        """Return the sum of the table's rows for each sentence: (sentences, n * w).

        Sentences of which as much is known are added up together: one by one takes
        twice as long, ``np.add.reduceat`` ten times.
        """
        import numpy as np

        rows = [[0, *filter(None, map(self.place.get, names))] for names in seen]
        alike = defaultdict[int, list[int]](list)
        for at, row in enumerate(rows):
            alike[len(row)].append(at)
        sums = np.empty((len(seen), self.table.shape[1]), self.table.dtype)
        for places in alike.values():
            sums[places] = self.table[[rows[at] for at in places]].sum(axis=1)
        return sums


def _times(sentences: Array, weights: Array) -> Array:
    """Return the product (n, sentences, …) of each network's matrices."""
    import numpy as np

    parts = range(0, sentences.shape[1], _AT_ONCE)
    return np.concatenate(
        [sentences[:, at : at + _AT_ONCE] @ weights for at in parts], axis=1
    )


def parse_network(data: bytes) -> Network:
    """Return the content of an ``.npz`` file as a network."""
    import numpy as np

    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        arrays = {name: held[name] for name in held.files}
    names = arrays.pop("names").tobytes().decode().split("\n")
    weights = {name: array.astype(np.float32) for name, array in arrays.items()}
    return Network(place={name: n for n, name in enumerate(names, 1)}, **weights)


def format_network(names: Sequence[str], weights: Mapping[str, Array]) -> bytes:
    """Return names and weights (``Network``'s fields) as an ``.npz`` file.

    Same weights, same bytes; numbers are kept with half precision.
    """
    import numpy as np

    held: dict[str, Any] = {
        name: np.asarray(array, np.float16) for name, array in weights.items()
    }
    text = np.frombuffer("\n".join(names).encode(), np.uint8)
    file = io.BytesIO()
    np.savez_compressed(file, names=text, **held)
    return file.getvalue()
