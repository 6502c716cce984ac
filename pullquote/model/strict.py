"""How data that people write is checked: a key nobody knows is a mistake."""

from __future__ import annotations

from typing import Literal, TypedDict


class Strict(TypedDict):
    """The part of pydantic's configuration that the models set."""

    extra: Literal["forbid"]


STRICT: Strict = {"extra": "forbid"}
