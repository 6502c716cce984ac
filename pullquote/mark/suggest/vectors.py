"""What the words of a sentence are about, as numbers: GloVe's vectors of English words.

``vectors.npz`` holds those of the most frequent words, a byte a number
(``tools/make_vectors.py``). Pennington, Socher and Manning, 2014; public domain.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pullquote.mark.tagger.shipped import Shipped

_WORD = re.compile(r"[\w'\u2019-]+|\?")
_ENDS = 3
"""Words at a sentence's beginning and end that are looked at by themselves."""
_MOST = 0.3
"""How the greatest number of all words is weighed against their mean."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """Words, and the numbers of each; row 0 is for all that is not known."""

    place: Mapping[str, int]
    table: Any

    def of(self, texts: Sequence[str]) -> Any:
        """Return (sentences, 4 * numbers): the mean of all words, of the first, of the
        last, and the greatest of each number."""
        import numpy as np

        held = [self.table[[*self._places(text)] or [0]] for text in texts]
        return np.array(
            [
                np.concatenate(
                    [
                        words.mean(axis=0),
                        words[:_ENDS].mean(axis=0),
                        words[-_ENDS:].mean(axis=0),
                        _MOST * words.max(axis=0),
                    ]
                )
                for words in held
            ]
        )

    def _places(self, text: str) -> Iterator[int]:
        for word in _WORD.findall(text.lower().replace("\u2019", "'")):
            for known in (word, word.split("'")[0], word.split("-")[-1]):
                if known in self.place:
                    yield self.place[known]
                    break


def parse_vectors(data: bytes) -> Vectors:
    """Return the content of ``vectors.npz``."""
    import numpy as np

    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        words = held["words"].tobytes().decode().split("\n")
        table = held["table"].astype(np.float32) * held["scale"]
    unknown = np.zeros((1, table.shape[1]), np.float32)
    return Vectors(
        {word: n for n, word in enumerate(words, 1)}, np.concatenate([unknown, table])
    )


def format_vectors(words: Sequence[str], table: Any) -> bytes:
    """Return words and their numbers as ``vectors.npz`` holds them: a byte a number."""
    import numpy as np

    scale = np.float32(np.abs(table).max() / 127)
    file = io.BytesIO()
    np.savez_compressed(
        file,
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        table=np.rint(table / scale).astype(np.int8),
        scale=scale,
    )
    return file.getvalue()


VECTORS = Shipped(__package__, "vectors.npz", parse_vectors)
