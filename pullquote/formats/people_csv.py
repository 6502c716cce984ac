"""A speakers' list as conferences keep it, a table with a person in each row, as people.

What spreadsheets save is read: commas, semicolons or tabs between the columns; UTF-8,
UTF-16 or Windows-1252; headers in English, German or French. What would lose a letter of
a name is refused.
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
from pullquote.formats.captions import decoded, text_of
from pullquote.formats.disk import read_bytes
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
_BOOKS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How a spreadsheet's own file begins: .xlsx, .ods and .numbers, then .xls."""
_SEPARATOR = re.compile(r'\A"?sep=(.)"?(?=\n)')
"""What Excel takes from a first line, and other programs write there for it."""
_LOST = re.compile(
    rb"[a-zA-Z\xe0-\xff][\x80-\x84\x86-\x89\x8b\x8d\x8f\x90\x93-\x95\x98\x99\x9b\x9d\xa1-\xa9"
    rb"\xab\xac\xaf-\xb3\xb6\xb9\xbb-\xbf][a-zA-Z\xe0-\xff]"
    rb"|[a-zA-Z][\x8a\x8c\x8e\x9f\xd5][a-z]|[\x81\x83\x8d\x8f\x90\x9d]"
)
"""What is in no word of Windows-1252, but a letter of a Mac, or of DOS."""
_EITHER, _SURE = (
    re.compile(rb"[a-z][\x9a\x9c\x9e][a-z]"),
    re.compile(rb"[a-z][\xe0-\xff]"),
)
"""š, œ and ž, or a Mac's ö, ú and û: that other small letters are there tells which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What a table says of who speaks."""

    people: tuple[Person, ...]
    refused: int
    """Rows whose person did not agree to be published: no part of ``people``."""


def load_people(path: Path) -> People:
    """Read a table of people. Raises ContentError, with the line, where it is none."""
    text, data = text_of(path), read_bytes(path)
    remedy = "save it as CSV, in Excel as 'CSV UTF-8'"
    if data.startswith(_BOOKS):
        raise ContentError(path, "is a spreadsheet's own file", remedy)
    one_byte_each = len(decoded(data)) == len(data)
    unsure = one_byte_each and not _SURE.search(data)
    for number, line in enumerate(data.splitlines() if one_byte_each else (), 1):
        if _LOST.search(line) or (unsure and _EITHER.search(line)):
            problem = "has letters of a Mac or of DOS, which would be others here"
            raise ContentError(path, problem, remedy, line=number)
    return parse_people(text, path)


def parse_people(text: str, path: Path) -> People:
    """Return the people of a table, in its order; ``path`` is for messages alone.

    Where it has columns of consent, only who said yes in each. Ids come with
    ``new_people``, which knows those of the show.
    """
    told = _rows(text, path)
    line, row = told.pop(0) if told else (1, [])
    header = _header(row, path, line)
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


def _header(cells: Sequence[str], path: Path, line: int) -> list[str]:
    """Return what each column holds, empty where it is nothing that a show takes."""
    known = [cell.strip().casefold() for cell in cells]
    if refusal := next(filter(_REFUSAL.search, known), None):
        problem = f"column {refusal!r} says who did not agree"
        raise ContentError(path, problem, "let it say who did, with yes", line=line)
    header = ["consent" if _CONSENT.search(h) else _KNOWN.get(h, "") for h in known]
    if "first" in header and "last" not in header:  # "Name" is the surname there
        header = ["last" if key == "name" else key for key in header]
    if "name" not in header and not {"first", "last"} <= {*header}:
        remedy = "head a column 'Name', or two 'First name' and 'Last name'"
        raise ContentError(path, "has no column of names", remedy, line=line)
    return header


def _rows(text: str, path: Path) -> list[tuple[int, list[str]]]:
    """Return the rows that are not empty, each with its line."""
    told = _SEPARATOR.match(text)
    first = text.lstrip("\n").partition("\n")[0]
    between = told[1] if told else max(",;\t", key=first.count)
    lines = io.StringIO(_SEPARATOR.sub("", text))
    # without strict a mark that is never closed takes all rows below it into one cell
    rows = csv.reader(lines, delimiter=between, strict=True)
    found: list[tuple[int, list[str]]] = []
    read = 0
    try:
        for row in rows:
            read = rows.line_num
            if any(map(str.strip, row)):
                found.append((read, row))
    except csv.Error as error:
        remedy = "look at its quotation marks, or save it as CSV"
        problem = f"is no table ({error})"
        raise ContentError(path, problem, remedy, line=read + 1) from error
    return found


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
