"""JSON, our own and from elsewhere: each fault named, no KeyError in between."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pullquote.errors import ContentError
from pullquote.formats.clock import seconds_to_ms

T = TypeVar("T")

_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""Half of a character, as JSON may write one of those beyond U+FFFF."""

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


def parse_schema(text: str, path: Path, schema: str, remedy: str) -> dict[str, Any]:
    """Return what a file of ours holds beside its schema. Raises ContentError."""
    data = parse_object(text, path, remedy)
    found = data.pop("schema", None)
    if found != schema:
        raise ContentError(path, f"schema is {found!r}, not {schema!r}", remedy)
    if _HALF.search(text):
        try:
            json.dumps(data, ensure_ascii=False).encode()
        except UnicodeEncodeError:  # it could be read, and never written again
            raise ContentError(
                path, "is not complete (half a character)", remedy
            ) from None
    return data


def parse_rows(
    data: Mapping[str, Any], key: str, kind: type[T], path: Path, remedy: str
) -> tuple[T, ...]:
    """Return the rows of a file of ours. Raises ContentError where one is damaged."""
    return convert(data.get(key), tuple[kind, ...], path, remedy)  # type: ignore[valid-type]


def convert(value: object, kind: type[T], path: Path, remedy: str) -> T:
    """Return JSON of ours as a ``kind``. Raises ContentError where it does not fit."""
    import msgspec

    try:
        return msgspec.convert(value, kind, strict=False)
    except (msgspec.ValidationError, UnicodeError) as error:  # or half a character
        raise ContentError(path, f"is not complete ({error})", remedy) from error


def format_rows(head: Mapping[str, object], key: str, rows: Iterable[object]) -> str:
    """Return a file of ours: its ``head``, then a row a line under ``key``.

    Equal rows give equal bytes.
    """
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{opening}, "{key}": [\n{lines}\n]}}\n'


def segments_of(
    data: Mapping[str, Any], path: Path, remedy: str
) -> list[dict[str, Any]]:
    """Return the segments of a transcript from elsewhere. Raises ContentError."""
    found = data.get("segments")
    if not isinstance(found, list):
        raise ContentError(path, "has no list of 'segments'", remedy)
    for n, row in enumerate(found, 1):
        if not isinstance(row, dict):
            raise ContentError(path, f"segments {n} is not an object", remedy)
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
