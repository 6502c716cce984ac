"""``feeds/addresses.json``: addresses and ids that once were public.

It is committed with the feeds: without it nobody could say that an address was
withdrawn, or to what a renamed one leads.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from functools import reduce
from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats.disk import read_sides
from pullquote.formats.json_file import parse_schema
from pullquote.formats.toml import validate
from pullquote.model.address import PODCAST_FEED
from pullquote.model.history import History, Known, joined

SCHEMA = "pullquote/addresses-1"

_REMEDY = "restore the file from its history"
_WRITTEN_AFTER = Path(PODCAST_FEED).name
_BUILT = Path(".pullquote") / "feeds.json"
"""What a machine remembers of feeds that it made, after this file; see ``Feeds``."""


def format_addresses(history: History) -> str:
    """Return the file's text, an id a line; equal histories give equal bytes."""
    parts = [
        f' "answers": {_table(history.answers)}',
        f' "episodes": {_table(history.episodes)}',
        f' "pages": {json.dumps(history.pages)}',
    ]
    if history.covers:
        parts.append(f' "covers": {json.dumps(history.covers)}')
    body = ",\n".join(parts)
    return f'{{\n "schema": "{SCHEMA}",\n{body}\n}}\n'


def _table(known: Mapping[str, Known]) -> str:
    rows = (
        f"  {json.dumps(key, ensure_ascii=False)}: {_row(known[key])}"
        for key in sorted(known)
    )
    return "{" + ",".join(f"\n{row}" for row in rows) + "}"


def _row(known: Known) -> str:
    row = {k: v for k, v in asdict(known).items() if v or k == "slugs"}
    return json.dumps(row, ensure_ascii=False)


def parse_addresses(text: str, path: Path) -> History:
    """Return the history. Raises ContentError or FaultsError."""
    data = parse_schema(text, path, SCHEMA, _REMEDY)
    return validate(History, data, text, path)


def load_addresses(path: Path) -> History:
    """Read the file; a show that never published anything has none.

    Where git could not merge it, what either side knows was public. Raises ContentError
    or FaultsError, also where it is gone and the feeds beside it are not, or this machine
    built them: of nothing else the show knows what was withdrawn, and where old
    addresses lead.
    """
    if not os.path.lexists(path):  # a dead link is no show that never was public
        beside, built = path.with_name(_WRITTEN_AFTER), path.parents[1] / _BUILT
        left = "the feeds beside it and " * beside.exists() + _BUILT.as_posix()
        if beside.exists() or built.exists():
            problem = "is gone: withdrawn and renamed pages would be forgotten"
            remedy = f"{_REMEDY}; if nothing was ever public, delete {left} too"
            raise ContentError(path, problem, remedy)
        return History()
    known = [parse_addresses(side, path) for side in read_sides(path)]
    return reduce(joined, known)
