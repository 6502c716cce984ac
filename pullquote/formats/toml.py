"""TOML that people write: each fault with its line, in plain English."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import tomli

from pullquote.errors import ContentError, FaultsError, PullquoteError
from pullquote.formats.clock import format_clock, time_to_ms

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

T = TypeVar("T")
Location = tuple[str | int, ...]

_adapters: dict[type[object], Any] = {}
"""pydantic's compiled checks; building them costs more than using them."""

_LONGEST = 2_000_000
"""Characters of TOML; a show of ten thousand topics has half of it."""
_MOST_TABLES = 20_000
_DEEPEST = 500
"""Dots before a line's first ``=``."""
_MOST_FAULTS = 100
"""More are no help to whoever has to mend them."""

_SEE = "see docs/file-formats.md"
_WRITE = {
    "int": "write a whole number, or a time as 00:12:31.200; neither stands in quotes",
    "float": "write a number, without quotes",
    "bool": "write true or false, without quotes",
    "string": "put it in quotes",
    "literal": "write one of these, in quotes",
}
"""What to do about a value of another kind, by how pydantic calls that."""

_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)")
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_.-]+|\"[^\"]*\")\s*=")


def parse_toml(text: str, path: Path, *, first_line: int = 1) -> dict[str, Any]:
    """Return TOML as a dict with local times turned into milliseconds.

    ``first_line`` is the line of the file at which ``text`` starts. Raises
    ContentError with the line where the text is not TOML.
    """
    if problem := _unreasonable(text):
        raise ContentError(path, problem, "take out what nobody wrote", line=first_line)
    try:
        result = _times_to_ms(tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        match = _AT_LINE.search(str(error))
        at = match.group(1) if match else None
        line = int(at) if at else text.count("\n") + 1
        problem = _AT_LINE.sub("", str(error))
        raise ContentError(
            path,
            f"is not valid TOML ({problem})",
            _remedy([*text.split("\n"), ""][line - 1]),
            line=line + first_line - 1,
        ) from error
    except RecursionError as error:
        raise ContentError(
            path, "is nested too deeply", "take out what nobody wrote", line=first_line
        ) from error
    except ValueError as error:  # a number of thousands of digits, a day that is none
        raise ContentError(
            path, f"is not valid TOML ({error})", "mend it", line=first_line
        ) from error
    assert isinstance(result, dict)
    return result


def _remedy(line: str) -> str:
    """Return what to do about a line that is no TOML; some signs look like others."""
    if any(sign in line for sign in "“”„«»‘’‚"):  # noqa: RUF001
        return 'write straight quotes ("), not the curly ones of a word processor'
    if "\xa0" in line:
        return "write plain spaces; a word processor put in others, which look alike"
    return (
        "mend that line; days are 2026-03-12, times 00:12:31 (hours first), yes is true,"
        " text stands in quotes"
    )


def _unreasonable(text: str) -> str | None:
    """Return what would cost minutes or gigabytes to read, None where nothing would."""
    if len(text) > _LONGEST:
        return f"is longer than {_LONGEST:,} characters"
    if (tables := text.count("\n[")) > _MOST_TABLES:
        return f"holds {tables:,} tables"
    if text.count(".") > _DEEPEST:
        keys = (line.partition("=")[0] for line in text.split("\n"))
        if any(key.count(".") > _DEEPEST for key in keys):
            return "has a key of hundreds of parts"
    return None


def _times_to_ms(value: object) -> object:
    if isinstance(value, dict):
        return {
            key: _times_to_ms(item) if type(item) in _NOT_PLAIN else item
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_times_to_ms(item) for item in value]
    if type(value) is int and value.bit_length() >= _BITS:
        raise ValueError(f"a whole number has less than {_BITS} bits")
    return time_to_ms(value) if isinstance(value, time) else value


_NOT_PLAIN = frozenset((dict, list, time, int))
_BITS = 64
"""TOML 1.0; what has thousands cannot even be shown."""
_DAY = 86_400_000


def with_tables(text: str, key: str, rows: str) -> str:
    """Return a TOML text with ``rows``, ``[[key]]`` tables, at its end.

    All else stays letter for letter but ``key = []``, for which they stand.
    """
    import tomlkit

    before = tomlkit.parse(text)
    if key in before and not before[key]:
        del before[key]
        text = tomlkit.dumps(before)
    return text.rstrip("\n") + "\n" + rows


def format_time(ms: int) -> str:
    """Return a TOML local time, or bare milliseconds from 24 hours on.

    >>> format_time(767_900), format_time(90_000_000)
    ('00:12:47.900', '90000000')
    """
    return format_clock(ms, decimals=3) if ms < _DAY else str(ms)


def validate(
    kind: type[T], data: object, text: str, path: Path, *, first_line: int = 1
) -> T:
    """Return ``data`` as a ``kind``, a frozen model class.

    Raises ContentError for one fault and FaultsError for several, each with the
    line of ``text`` it stands on.
    """
    from pydantic import ValidationError

    try:
        result: T = _adapter(kind).validate_python(data)
        return result
    except ValidationError as error:
        lines = key_lines(text)
        faults = sorted(
            (
                _fault(detail, kind, path, lines, first_line)
                for detail in error.errors(include_url=False)[:_MOST_FAULTS]
            ),
            key=lambda fault: fault.line or 0,
        )
        raise one_or_many(path, faults) from None


def refuse(
    faults: Iterable[tuple[Location, str, str]],
    text: str,
    path: Path,
    *,
    first_line: int = 1,
) -> None:
    """Raise faults, each of a key with problem and remedy, with the lines of ``text``.

    Raises ContentError for one and FaultsError for several; nothing for none.
    """
    if rows := [*faults]:
        lines = key_lines(text)
        found = [
            ContentError(path, *told, line=line_of(lines, where) + first_line - 1)
            for where, *told in rows
        ]
        raise one_or_many(path, found)


def one_or_many(path: Path, faults: Sequence[PullquoteError]) -> PullquoteError:
    """Return the only fault, or all of them as one error."""
    return faults[0] if len(faults) == 1 else FaultsError(path, tuple(faults))


def _adapter(kind: type[T]) -> TypeAdapter[T]:
    from pydantic import TypeAdapter

    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    adapter: TypeAdapter[T] = _adapters[kind]
    return adapter


def json_schema(kind: type[object]) -> dict[str, Any]:
    """Return the JSON Schema by which editors complete and check a file."""
    schema: dict[str, Any] = _adapter(kind).json_schema()
    return schema


def _fault(
    detail: ErrorDetails,
    kind: type[object],
    path: Path,
    lines: dict[Location, int],
    first_line: int,
) -> ContentError:
    where: Location = detail["loc"]
    name = ".".join(str(part + 1 if isinstance(part, int) else part) for part in where)
    line = line_of(lines, where) + first_line - 1
    match detail["type"]:
        case "unexpected_keyword_argument" | "extra_forbidden":
            problem = f"unknown key {name!r}"
            remedy = _nearest(str(where[-1]), kind)
        case "missing" | "missing_keyword_only_argument" | "missing_argument":
            problem, remedy = f"{name!r} is missing", "add it"
        case "tuple_type" | "list_type" if isinstance(detail["input"], dict):
            table = ".".join(part for part in where if isinstance(part, str))
            problem = f"[{table}] is one table, where there may be several"
            remedy = f"write [[{table}]], with two brackets, above each"
        case "dataclass_type":
            problem = f"{name!r} is {detail['input']!r:.60}, not a table"
            remedy = f"write [{name}] above its keys"
        case "tuple_type" | "list_type":
            problem = f"{name!r} is {detail['input']!r:.60}, not a list"
            remedy = f'write {name.rpartition(".")[2]} = ["…"]'
        case kind_of_fault if kind_of_fault.startswith(("date_", "datetime_")):
            problem = f"{name!r} is {detail['input']!r:.60}, not a day or a moment"
            remedy = "write 2026-03-12, or 2026-03-12T09:00:00Z, without quotes"
        case _:
            reason = detail["msg"].removeprefix("Value error, ")
            reason = reason[0].lower() + reason[1:]
            problem = f"{name!r} is {detail['input']!r:.60}: {reason}"
            remedy = _WRITE.get(detail["type"].partition("_")[0], _SEE)
    return ContentError(path, problem, remedy, line=line)


def _nearest(key: str, kind: type[object]) -> str:
    found = re.findall(r'"(\w+)": \{', str(json_schema(kind)).replace("'", '"'))
    others = sorted({*found} - {key})  # it may be a key of another table
    close = difflib.get_close_matches(key, others, n=1)
    return f"did you mean {close[0]!r}?" if close else _SEE


def key_lines(text: str) -> dict[Location, int]:
    """Return the line (from 1) of every table header and key.

    tomli knows no positions, so this reads the layout that people write:
    one key a line, headers on lines of their own.
    """
    lines: dict[Location, int] = {}
    arrays: dict[str, int] = {}
    table: Location = ()
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        starts_inside = inside
        if (line.count('"""') + line.count("'''")) % 2:
            inside = not inside
        if starts_inside:
            continue
        if header := _HEADER.match(line):
            table = _table(header.group(2), header.group(1) == "[[", arrays)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            parts = key.group(1).strip('"').split(".")
            lines.setdefault((*table, *parts), number)
    return lines


def _table(name: str, is_array: bool, arrays: dict[str, int]) -> Location:
    parts = [part.strip().strip('"') for part in name.split(".")]
    if is_array:
        dotted = ".".join(parts)
        arrays[dotted] = arrays.get(dotted, -1) + 1
    table: list[str | int] = []
    for depth, part in enumerate(parts, 1):
        table.append(part)
        dotted = ".".join(parts[:depth])
        if dotted in arrays:
            table.append(arrays[dotted])
    return tuple(table)


def line_of(lines: dict[Location, int], where: Location) -> int:
    """Return the line of a key, or of the nearest thing around it."""
    for length in range(len(where), 0, -1):
        if (line := lines.get(where[:length])) is not None:
            return line
    return 1
