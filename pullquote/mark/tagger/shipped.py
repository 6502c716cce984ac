"""Figures that come with the package, and others in their stead for a while."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from importlib.resources import files
from typing import Generic, TypeVar

T = TypeVar("T")


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
