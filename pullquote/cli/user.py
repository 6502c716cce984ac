"""``pullquote user``: who may come to the desk from another machine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pullquote.cli.options import in_show
from pullquote.cli.terminal import Terminal

if TYPE_CHECKING:
    from pullquote.desk.state.users import Users

app = typer.Typer(
    help="Give accounts for the desk to people elsewhere.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(name="add")
@in_show
def add(
    terminal: Terminal,
    name: Annotated[str, typer.Argument(metavar="NAME", help="To sign in with.")],
    role: Annotated[
        Literal["producer", "editor", "reviewer"],
        typer.Option(help="A producer may do all, a reviewer answers what is sent."),
    ],
    called: Annotated[
        str | None, typer.Option(metavar="TEXT", help="As the others see it.")
    ] = None,
    person: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Who it is in show.toml, to cut and sign."),
    ] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from stdin.")
    ] = False,
    no_password: Annotated[
        bool,
        typer.Option(
            "--no-password", help="They come in by your single sign-on alone."
        ),
    ] = False,
) -> None:
    """Add an account, or give an existing one a new role and password."""
    from pullquote.desk.state.users import User
    from pullquote.errors import UsageError
    from pullquote.formats.show_toml import load_show, person_remedy

    known = load_show(terminal.folder.show)
    if person is not None and known.person(person) is None:
        remedy = person_remedy(person, known)
        raise UsageError(person, "is nobody in show.toml", remedy)
    user = User(
        id=name.casefold(),
        name=called or name,
        role=role,
        person=person,
    )
    password = None
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif not no_password and not sys.stdin.isatty():
        remedy = "pipe it in with --password-stdin, or give --no-password"
        raise UsageError("the password", "is asked for at a terminal alone", remedy)
    elif not no_password:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    _users(terminal).add(user, password)
    terminal.line(f"{user.id} may come in as {role}.")
    terminal.result({"id": user.id, "role": role, "person": person})


@app.command(name="list")
@in_show
def list_(terminal: Terminal) -> None:
    """List the accounts."""
    users = _users(terminal).all()
    rows = [
        (u.id, u.name, u.role, u.person or "", "yes" if u.hash else "no") for u in users
    ]
    terminal.table(("account", "name", "role", "in show.toml", "password"), rows)
    if not users:
        command = terminal.typed("user add NAME --role editor")
        terminal.line(f"No accounts yet. Add one: {command}")
    keys = ("id", "name", "role", "person")
    terminal.result({"users": [{k: getattr(u, k) for k in keys} for u in users]})


@app.command(name="remove")
@in_show
def remove(
    terminal: Terminal,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The account.")],
) -> None:
    """Take an account away; whoever is signed in with it is out at once."""
    _users(terminal).remove(name.casefold())
    terminal.line(f"{name.casefold()} may no longer come in.")
    terminal.result({"removed": name.casefold()})


def _users(terminal: Terminal) -> Users:
    from pullquote.desk.state.users import Users
    from pullquote.formats.show_toml import require_show

    require_show(terminal.folder.show)
    return Users(terminal.folder.desk / "users.json")
