"""``pullquote withdraw``: an answer, or all answers of a person, taken back for good."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pullquote.cli.terminal import Terminal
from pullquote.errors import UsageError, number_of

if TYPE_CHECKING:
    from pullquote.pipeline.marking.withdrawing import Sought, Theirs


def command(
    terminal: Terminal,
    episode: Annotated[
        str | None,
        typer.Argument(metavar="EPISODE", help="An episode's slug or its beginning."),
    ] = None,
    answer: Annotated[
        str | None, typer.Argument(metavar="ANSWER", help="The answer's slug.")
    ] = None,
    person: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Take back all answers of this person."),
    ] = None,
    reason: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help="Why: kept in the answer's file, shown on no page."
        ),
    ] = "",
    shared: Annotated[
        bool,
        typer.Option("--shared", help="Also answers that others give with the person."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask whether it is meant.")
    ] = False,
) -> None:
    """Take an answer, or all of one person, back for good.

    It leaves site and feeds with the next build, and its address says so.
    """
    if person is not None:
        if episode or answer:
            remedy = "name either one answer, or a person"
            raise UsageError("--person", "is for all answers of somebody", remedy)
        _all_of(terminal, person, reason, shared=shared, dry_run=dry_run, yes=yes)
        return
    if episode is None or answer is None:
        remedy = "name an episode and an answer, or --person ID for all of somebody's"
        raise UsageError("withdraw", "does not say which answer", remedy)
    if shared or dry_run or yes:
        option = "--shared" if shared else "--dry-run" if dry_run else "--yes"
        raise UsageError(option, "is for all answers of somebody", "add --person ID")
    _one(terminal, episode, answer, reason)


def _one(terminal: Terminal, episode: str, answer: str, reason: str) -> None:
    from pullquote.pipeline.library.load import load_library
    from pullquote.pipeline.marking.answers import entry_of, write_withdrawal

    with terminal.alone(wait=10):
        entry = entry_of(load_library(terminal.folder).library, episode)
        withdrawn = write_withdrawal(
            terminal.folder, entry.slug, answer, _today(), reason
        )
    terminal.line(
        f"{withdrawn.slug}: withdrawn. Publish that: {terminal.typed('build')},"
        " then deploy. What was said stays in the episode's transcript and sound"
    )
    terminal.result({"slug": withdrawn.slug, "id": withdrawn.id})


def _all_of(
    terminal: Terminal,
    person: str,
    reason: str,
    *,
    shared: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Show what would be withdrawn, ask, and do it."""
    from pullquote.formats.show_toml import load_show, require_show
    from pullquote.pipeline.marking.withdrawing import answers_of, withdraw_each

    if not (reason or dry_run):
        remedy = "add --reason TEXT, or see what it would do: --dry-run"
        raise UsageError("withdraw", "does not say why", remedy)
    require_show(terminal.folder.show)
    programme = load_show(terminal.folder.show)
    sought = answers_of(terminal.folder, programme, person)
    known = programme.person(person)
    if known is None and not sought.theirs:
        ids = ", ".join(p.id for p in programme.people) or "nobody yet"
        raise UsageError(
            person,
            "is nobody in show.toml, and no answer is theirs",
            f"it knows: {ids}",
        )
    name = known.name if known else person
    left = [one for one in sought.theirs if one.answer.status != "withdrawn"]
    chosen = [one for one in left if shared or not one.others]
    _list(terminal, name, left, shared=shared)
    done: Sequence[Theirs] = ()
    faults = [*sought.unread]
    if chosen and not dry_run:
        _ask(
            terminal,
            f"Withdraw {number_of(len(chosen), 'answer')} of {name} for good?",
            yes=yes,
        )
        with terminal.alone(wait=10), terminal.task("Withdrawing") as told:
            done, failed = withdraw_each(
                terminal.folder, chosen, _today(), reason, told
            )
        faults += failed
    for fault in faults:
        terminal.note(str(fault))
    _tell(terminal, sought, chosen, done, dry_run=dry_run)
    terminal.result(
        {
            "person": person,
            "dry_run": dry_run,
            "withdrawn": _rows(chosen if dry_run else done),
            "left": _rows([one for one in left if one not in chosen]),
            "before": _rows([one for one in sought.theirs if one not in left]),
            "faults": [str(fault) for fault in faults],
        }
    )
    raise typer.Exit(1 if faults else 0)


def _list(
    terminal: Terminal, name: str, left: Sequence[Theirs], *, shared: bool
) -> None:
    """Print what is found: what the person says alone, and what with others."""
    alone = [one for one in left if not one.others]
    together = [one for one in left if one.others]
    columns = ("episode", "answer", "state")
    if alone:
        terminal.line(f"{name} answers alone:")
        rows = [(one.episode, one.answer.slug, one.state) for one in alone]
        terminal.table(columns, rows)
    if together:
        stay = "" if shared else ", so these stay without --shared"
        terminal.line(f"Others answer too{stay}:")
        terminal.table(
            (*columns, "with"),
            [
                (one.episode, one.answer.slug, one.state, ", ".join(one.others))
                for one in together
            ],
        )


def _ask(terminal: Terminal, question: str, *, yes: bool) -> None:
    """Go on where it is meant. Raises UsageError where there is nobody to ask."""
    if yes:
        return
    if terminal.as_json or not sys.stdin.isatty():
        remedy = "add --yes, or see what it would do: --dry-run"
        raise UsageError(
            "withdraw", "is for good, and nobody can be asked here", remedy
        )
    if not typer.confirm(question):
        terminal.line("Nothing was withdrawn.")
        raise typer.Exit(1)


def _tell(
    terminal: Terminal,
    sought: Sought,
    chosen: Sequence[Theirs],
    done: Sequence[Theirs],
    *,
    dry_run: bool,
) -> None:
    """Say what was withdrawn, what was not, and what to do next."""
    before = sum(one.answer.status == "withdrawn" for one in sought.theirs)
    stay = len(sought.theirs) - before - len(chosen)
    would = "would be withdrawn" if dry_run else "withdrawn"
    facts = [f"{number_of(len(chosen if dry_run else done), 'answer')} {would}"]
    if missed := 0 if dry_run else len(chosen) - len(done):
        facts.append(f"{missed} not: mend what is named, then the same command again")
    facts += [f"{before} were before"] if before else []
    facts += [f"{stay} left, in which others answer too"] if stay else []
    terminal.line("; ".join(facts))
    if sought.signed:
        terminal.line(f"Answers of others that they signed stay: {sought.signed}")
    if done:
        terminal.line(
            f"Publish that: {terminal.typed('build')}, then deploy. What they said stays"
            " in transcripts and sound"
        )


def _rows(answers: Sequence[Theirs]) -> list[dict[str, Any]]:
    return [
        {
            "episode": one.episode,
            "slug": one.answer.slug,
            "id": one.answer.id,
            "state": one.state,
            "with": list(one.others),
        }
        for one in answers
    ]


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
