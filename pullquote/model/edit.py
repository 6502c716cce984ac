"""One typed difference between what was said and what is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EditKind = Literal["filler", "false start", "left out", "put in", "grammar", "reworded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What stands in the place of some spoken words."""

    kind: EditKind
    words: tuple[int, int]
    """Half-open numbers of the spoken words, counted from 0 over the answered clip;
    first and last are equal where words were only put in."""
    said: str
    published: str
    meaning: tuple[str, ...] = ()
    """Kinds of meaning that it changes, as the guard names them: ``negation``, …"""
