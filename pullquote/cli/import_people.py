"""``pullquote import-people``: a speakers' list as people of the show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pullquote.cli.terminal import Terminal
from pullquote.errors import number_of


def command(
    terminal: Terminal,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A table, saved as CSV.")
    ],
) -> None:
    """Take the people of a speakers' list.

    It is a table saved as CSV; they are written into show.toml, each once. Its columns
    are Name (or First name and Last name), Academic title, Credentials, Affiliation,
    Role, Bio and Website. Where it has a column of consent, only those who said yes there.
    """
    from pullquote.formats.people_csv import load_people, told_otherwise
    from pullquote.formats.show_toml import add_people, load_show

    found = load_people(file)
    with terminal.alone(wait=10):
        added = add_people(terminal.folder.show, found.people)
    for person in added:
        terminal.line(f"added {person.id}: {person.signature}")
    for one, same in told_otherwise(
        found.people, load_show(terminal.folder.show).people
    ):
        terminal.note(
            f"{one.card} is in the list; {same.id} is there as {same.card}: if these are"
            " two, give each a name of their own, such as with a middle initial"
        )
    known = len(found.people) - len(added)
    terminal.line(
        f"{number_of(len(added), 'person')} added, {known} there already,"
        f" {found.refused} left out without consent"
    )
    terminal.result(
        {
            "added": [person.id for person in added],
            "known": known,
            "refused": found.refused,
        }
    )
