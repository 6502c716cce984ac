"""A speakers' list as conferences keep it, a table with a person in each row, as people.

What spreadsheets save is read: commas, semicolons or tabs between the columns; UTF-8 or
Windows-1252; headers in English, German or French.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import get_args

from pullquote.errors import ContentError
from pullquote.formats.captions import text_of
from pullquote.model.show import Person, Role, untitled

_COLUMNS = {
    "name": "name|full name|speaker|speaker name|vollständiger name|referent|nom complet",
    "first": "first name|given name|firstname|vorname|prénom",
    "last": "last name|surname|family name|lastname|nachname|familienname|nom|nom de famille",
    "credentials": "credentials|degree|degrees|qualification|qualifications",
    "title": "academic title|akademischer titel|titre universitaire",
    "affiliation": "affiliation|institution|organisation|organization|company|university|einrichtung|établissement",
    "role": "role|rolle|rôle",
    "bio": "bio|biography|kurzbiografie|biographie",
    "href": "href|website|web|url|homepage",
}
"""The headers under which a column is known, in small letters.

"Title" alone is none: in half of such lists it is that of the talk.
"""
_KNOWN = {
    header: key for key, headers in _COLUMNS.items() for header in headers.split("|")
}
_CONSENTS = "consent|agree|permission|release|einwillig|zustimm|autoris"
_CONSENT = re.compile(_CONSENTS)
"""What the header of a column holds that says who may be published."""
_REFUSAL = re.compile(
    rf"(?<!/)\b(?:no|non|not|keine?|nicht|sans|refuse[sd]?|decline[sd]?)\W+(?:to )?(?:{_CONSENTS})"
    rf"|(?:{_CONSENTS})\w*\W+(?:refused|declined|withdrawn|verweigert|widerrufen)\b"
)
"""The same of one in which a yes says who may not."""
_YES = frozenset(("yes", "y", "true", "1", "x", "ja", "j", "oui", "sí", "si"))
_ROLES: dict[str, Role] = {role: role for role in get_args(Role)}
"""What a role may be called; whoever has another is a guest."""
_SHORT = 80
"""Characters of a name; what is longer is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What a table says of who speaks."""

    people: tuple[Person, ...]
    refused: int
    """Rows whose person did not agree to be published: no part of ``people``."""


def load_people(path: Path) -> People:
    """Read a table of people. Raises ContentError, with the line, where it is none."""
    return parse_people(text_of(path), path)


def parse_people(text: str, path: Path) -> People:
    """Return the people of a table, in its order; ``path`` is for messages alone.

    Where it has columns of consent, only who said yes in each. Ids come with
    ``new_people``, which knows those of the show.
    """
    rows = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    try:
        header = _header(next(rows, []), path)
        told = [(rows.line_num, row) for row in rows]
    except csv.Error as error:
        raise ContentError(path, f"is no table ({error})", "save it as CSV") from error
    people: list[Person] = []
    refused = 0
    for line, row in told:
        pairs = [*zip_longest(header, (" ".join(cell.split()) for cell in row))]
        cells = {key: cell for key, cell in pairs if key and cell}
        if not cells:
            continue
        # a row that ends before the column has not said yes
        if any((c or "").casefold() not in _YES for k, c in pairs if k == "consent"):
            refused += 1
            continue
        people.append(_person(cells, path, line))
    return People(people=tuple(people), refused=refused)


def _header(cells: Sequence[str], path: Path) -> list[str]:
    """Return what each column holds, empty where it is nothing that a show takes."""
    known = [cell.strip().casefold() for cell in cells]
    if refusal := next(filter(_REFUSAL.search, known), None):
        problem = f"column {refusal!r} says who did not agree"
        raise ContentError(path, problem, "let it say who did, with yes", line=1)
    header = ["consent" if _CONSENT.search(h) else _KNOWN.get(h, "") for h in known]
    if "first" in header and "last" not in header:  # "Name" is the surname there
        header = ["last" if key == "name" else key for key in header]
    if "name" not in header and not {"first", "last"} <= {*header}:
        remedy = "head a column 'Name', or two 'First name' and 'Last name'"
        raise ContentError(path, "has no column of names", remedy, line=1)
    return header


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _person(cells: Mapping[str, str], path: Path, line: int) -> Person:
    last = cells.get("last", "")
    name = cells.get("name") or f"{cells.get('first', '')} {last}".strip()
    if not name or len(name) > _SHORT:
        problem = "has no name" if not name else "has a name that is too long"
        raise ContentError(path, problem, "mend that row", line=line)
    given = [cells.get(key, "") for key in ("title", "credentials")]
    return Person(
        id="",
        name=name,
        role=_ROLES.get(cells.get("role", "").casefold(), "guest"),
        credentials=", ".join(filter(None, given)) or None,
        affiliation=cells.get("affiliation") or None,
        bio=cells.get("bio") or None,
        href=cells.get("href") or None,
    )


def person_id(name: str, taken: Collection[str]) -> str:
    """Return the last name in ASCII; the whole name, and a number, where it is taken.

    What stands behind a comma is no name: "Ada Fernby, MD".
    """
    from slugify import slugify

    name = name.partition(",")[0].strip() or name
    whole = slugify(name) or "person"
    candidates = [slugify(name.split()[-1]) or whole, whole]
    number = 2
    while candidates[0] in taken:
        candidates = candidates[1:] or [f"{whole}-{number}"]
        number += 1
    return candidates[0]


def new_people(found: Sequence[Person], known: Sequence[Person]) -> list[Person]:
    """Return those that ``known`` does not have by any of its names, ids of their own.

    With titles or without: "Dr. Ada Fernby" is "Ada Fernby".
    """
    names = {_compared(name) for one in known for name in one.names}
    taken = {i for one in known for i in (one.id, *one.formerly)}
    new: list[Person] = []
    for one in found:
        if (name := _compared(one.name)) in names:
            continue
        names.add(name)
        taken.add(made := person_id(one.name, taken))
        new.append(replace(one, id=made))
    return new


def told_otherwise(
    found: Sequence[Person], known: Sequence[Person]
) -> list[tuple[Person, Person]]:
    """Return those whom ``known`` has, each with whom it has, where these may be two.

    Two of one name have other credentials or work elsewhere: what the second one says
    would stand under the first one's.
    """
    by_name = {_compared(name): one for one in known for name in one.names}
    pairs = [(one, by_name.get(_compared(one.name))) for one in found]
    return [(one, same) for one, same in pairs if same and _differ(one, same)]


def _differ(one: Person, other: Person) -> bool:
    facts = ("credentials", "affiliation")
    told = [(getattr(one, fact) or "", getattr(other, fact) or "") for fact in facts]
    return any(a not in b and b not in a for a, b in told)


def _compared(name: str) -> str:
    """Return a name as it is compared; of "Phil Baker" no title is taken off."""
    bare = untitled(name)
    return " ".join((bare if " " in bare else name).split()).casefold()
