"""What the last pull learnt of each source, for `status` and for the next pull."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from pullquote.formats.disk import text_digest, write_text
from pullquote.formats.folder import ShowFolder
from pullquote.model.show import Source, SourceDefaults

if TYPE_CHECKING:
    from pullquote.pull.plan import Item

_FILE = "sources.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """An item that could not be pulled; without an id it is the source itself."""

    line: str
    source_id: str | None = None
    source: str | None = None
    title: str | None = None

    def item(self) -> Item | None:
        """Return what to try again; None for the source itself, and for a file.

        Files that are still there are listed each time.
        """
        from pullquote.pull.plan import Item

        if self.source_id is None or self.source is None:
            return None
        if self.source_id.startswith("file:"):
            return None
        return Item(source_id=self.source_id, source=self.source, title=self.title)


@dataclass(slots=True, kw_only=True)
class Visit:
    """What came of one source at the last pull, or has come of it so far."""

    complete: bool = False
    """Everything it listed was pulled or is in ``missed``."""
    missed: list[Missed] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    """A line for each item that is not to be had yet, or not by anybody."""
    left_out: list[str] = field(default_factory=list)
    """Ids that the filters left out only when more was known."""
    offered: dict[str, str] = field(default_factory=dict)
    """By slug: what the source says otherwise now than when it was pulled."""


def visit_key(source: Source) -> str:
    """Return by what a source is remembered: its address and what it lets pass.

    Two may have one address, and other filters let pass what was left out.
    """
    filters = replace(source, defaults=SourceDefaults(), title=None, people=())
    return f"{source.url} {text_digest(repr(filters))}"


def remember_visits(folder: ShowFolder, visits: Mapping[str, Visit]) -> None:
    """Keep what a pull of all sources learnt, by ``visit_key``."""
    data = {key: asdict(visit) for key, visit in visits.items()}
    text = json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True)
    write_text(folder.state / _FILE, text + "\n")


def remembered_visits(folder: ShowFolder) -> dict[str, Visit]:
    """Return what the last pull learnt; nothing where that is lost or unreadable.

    Losing it costs some requests: the next pull reads every list to its end.
    """
    try:
        data = (folder.state / _FILE).read_bytes()
        return msgspec.json.decode(data, type=dict[str, Visit])
    except (OSError, ValueError, RecursionError):
        return {}


def failed_pulls(folder: ShowFolder) -> list[str]:
    """Return one line for each thing that the last pull could not bring in."""
    visits = remembered_visits(folder).values()
    missed = [one.line for visit in visits for one in visit.missed]
    return missed + waiting_pulls(folder)


def waiting_pulls(folder: ShowFolder) -> list[str]:
    """Return one line for each thing that a source offers and that is not to be had yet."""
    visits = remembered_visits(folder).values()
    return [line for visit in visits for line in visit.waiting]


def offered_changes(folder: ShowFolder) -> dict[str, str]:
    """Return, by episode, what its source says otherwise now than when pulled."""
    offered: dict[str, str] = {}
    for visit in remembered_visits(folder).values():
        offered.update(visit.offered)
    return offered
