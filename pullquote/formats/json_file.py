"""JSON that comes from elsewhere: each fault named, no KeyError in between."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pullquote.errors import ContentError
from pullquote.formats.clock import seconds_to_ms

_LONGEST = 366 * 86_400
"""Seconds; no recording lasts longer."""


def parse_json(text: str, path: Path, remedy: str) -> Any:
    """Return any JSON value. Raises ContentError with the line."""
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise ContentError(
            path, f"is not JSON ({error.msg})", remedy, line=error.lineno
        ) from error
    except RecursionError as error:
        raise ContentError(path, "is nested too deeply", remedy) from error
    except ValueError as error:  # a number of thousands of digits
        raise ContentError(path, f"is not JSON ({error})", remedy) from error


def parse_object(text: str, path: Path, remedy: str) -> dict[str, Any]:
    """Return a JSON object. Raises ContentError."""
    data = parse_json(text, path, remedy)
    if not isinstance(data, dict):
        raise ContentError(path, "is not a JSON object", remedy)
    return data


def rows(
    data: Mapping[str, Any], key: str, path: Path, remedy: str
) -> list[dict[str, Any]]:
    """Return the list of objects under ``key``. Raises ContentError."""
    found = data.get(key)
    if not isinstance(found, list):
        raise ContentError(path, f"has no list of {key!r}", remedy)
    for n, row in enumerate(found, 1):
        if not isinstance(row, dict):
            raise ContentError(path, f"{key} {n} is not an object", remedy)
    return found


def number(row: Mapping[str, Any], key: str, n: int, path: Path) -> int:
    """Return seconds under ``key`` as milliseconds. Raises ContentError."""
    value = row.get(key)
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not 0 <= value <= _LONGEST  # NaN is in no range
    ):
        raise ContentError(
            path,
            f"segment {n}: {key} is {value!r}",
            "write seconds from the start, such as 62.345",
        )
    return seconds_to_ms(value)


def text_or_none(value: object) -> str | None:
    """Return text without outer blanks, None if it is empty or no text."""
    return " ".join(value.split()) or None if isinstance(value, str) else None
