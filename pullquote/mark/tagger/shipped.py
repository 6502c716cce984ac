"""Figures that come with the package, and others in their stead for a while."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from importlib.resources import files
from typing import Any, Generic, TypeVar

from pullquote.formats.disk import text_digest

T = TypeVar("T")


class Shipped(Generic[T]):
    """The figures in a JSON file of a package; read when first asked for."""

    def __init__(
        self, package: str, name: str, parse: Callable[[Mapping[str, Any]], T]
    ) -> None:
        self._file = files(package).joinpath(name)
        self._parse = parse
        self._instead: ContextVar[T | None] = ContextVar(name, default=None)

    @cached_property
    def _text(self) -> str:
        return self._file.read_text("utf-8")

    @cached_property
    def _own(self) -> T:
        return self._parse(json.loads(self._text))

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
        return text_digest(self._text)
