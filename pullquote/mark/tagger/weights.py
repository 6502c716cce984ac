"""Figures that come with the package: tables of weights, a row a feature, in hundredths.

They are added up row by row: a sum of weights is the log-odds of what they speak for.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from importlib.resources import files
from typing import Any, Generic, TypeVar

T = TypeVar("T")
SCALE = 100
"""Weights are written as whole hundredths."""


class Shipped(Generic[T]):
    """The figures in a file of a package; read when first asked for."""

    def __init__(self, package: str, name: str, parse: Callable[[bytes], T]) -> None:
        self._file = files(package).joinpath(name)
        self._parse = parse
        self._instead: ContextVar[T | None] = ContextVar(name, default=None)

    @cached_property
    def _data(self) -> bytes:
        return self._file.read_bytes()

    @cached_property
    def _own(self) -> T:
        return self._parse(self._data)

    def load(self) -> T:
        """Return the figures in use: those of the package, unless others are."""
        return self._instead.get() or self._own

    @contextmanager
    def using(self, figures: T) -> Iterator[None]:
        """Use other figures for a while, as cross-validation does."""
        token = self._instead.set(figures)
        try:
            yield
        finally:
            self._instead.reset(token)

    def digest(self) -> str:
        """Return the digest of the figures that come with the package."""
        return "sha256:" + hashlib.sha256(self._data).hexdigest()


def chance(odds: float) -> float:
    """Return the probability from its log-odds, never 0 or 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def log_odds(chance: float, least: float = 0.005) -> float:
    """Return a probability's log-odds; it counts as ``least`` to 1 - ``least``."""
    kept = min(1 - least, max(least, chance))
    return math.log(kept / (1 - kept))


class Weights:
    """What each feature speaks for, a column a kind."""

    def __init__(self, rows: Mapping[str, Sequence[int]], kinds: int) -> None:
        import numpy as np

        self.place = {name: n for n, name in enumerate(rows, 1)}
        table = np.zeros((len(rows) + 1, kinds), np.int64)  # row 0: nothing known
        if rows:
            table[1:] = list(rows.values())
        self.table: Any = table
        """(features + 1, kinds): ``place`` says where each is, 0 is for all others."""

    def scores(self, features: Iterable[Iterable[str]]) -> list[list[float]]:
        """Return the sum of weights of each kind, for each set of features."""
        import numpy as np

        place = self.place.get
        known: list[int] = []
        starts: list[int] = []
        for names in features:
            starts.append(len(known))
            known.append(0)
            known += filter(None, map(place, names))
        if not starts:
            return []
        sums = np.add.reduceat(self.table.take(known, axis=0), starts, axis=0)
        found: list[list[float]] = (sums / SCALE).tolist()
        return found
