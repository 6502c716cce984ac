"""``feeds/addresses.json``: addresses and ids that once were public.

It is committed with the feeds: without it nobody could say that an address was
withdrawn, or to what a renamed one leads.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import reduce
from pathlib import Path
from typing import Any

from pullquote.formats.disk import read_sides
from pullquote.formats.json_file import parse_schema
from pullquote.formats.toml import validate
from pullquote.model.history import History, Known, joined

SCHEMA = "pullquote/addresses-1"

_REMEDY = "restore the file from its history"


def format_addresses(history: History) -> str:
    """Return the file's text, an id a line; equal histories give equal bytes."""
    parts = (
        f' "{name}": {_table(known)}'
        for name, known in (
            ("answers", history.answers),
            ("episodes", history.episodes),
        )
    )
    pages = f' "pages": {json.dumps(list(history.pages))}'
    covers = f' "covers": {json.dumps(list(history.covers))}'
    body = ",\n".join((*parts, pages, *([covers] if history.covers else ())))
    return f'{{\n "schema": "{SCHEMA}",\n{body}\n}}\n'


def _table(known: Mapping[str, Known]) -> str:
    rows = (
        f"  {json.dumps(key, ensure_ascii=False)}: {_row(known[key])}"
        for key in sorted(known)
    )
    return "{" + ",".join(f"\n{row}" for row in rows) + "}"


def _row(known: Known) -> str:
    row: dict[str, Any] = {"slugs": list(known.slugs)}
    if known.covers:
        row["covers"] = list(known.covers)
    if known.withdrawn:
        row["withdrawn"] = True
    return json.dumps(row, ensure_ascii=False)


def parse_addresses(text: str, path: Path) -> History:
    """Return the history. Raises ContentError or FaultsError."""
    data = parse_schema(text, path, SCHEMA, _REMEDY)
    return validate(History, data, text, path)


def load_addresses(path: Path) -> History:
    """Read the file; a show that never published anything has none.

    Where git could not merge it, what either side knows was public. Raises ContentError
    or FaultsError.
    """
    if not os.path.lexists(path):  # a dead link is no show that never was public
        return History()
    known = [parse_addresses(side, path) for side in read_sides(path)]
    return reduce(joined, known)
