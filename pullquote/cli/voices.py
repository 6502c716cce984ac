"""``pullquote voices``: whose voice is known, naming a voice, forgetting one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from textwrap import shorten
from typing import Annotated

import typer

from pullquote.cli.terminal import Terminal
from pullquote.model.show import Show


def command(
    terminal: Terminal,
    episode: Annotated[
        str | None,
        typer.Argument(
            help="List this episode's voices, by slug or its beginning.",
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        tuple[str, str, str] | None,
        typer.Option(
            metavar="EPISODE VOICE PERSON",
            help="Say whose a voice is: all its turns get that name, confirmed.",
            show_default=False,
        ),
    ] = None,
    forget: Annotated[
        str | None,
        typer.Option(
            metavar="PERSON", help="Delete this person's prints.", show_default=False
        ),
    ] = None,
) -> None:
    """Name voices; list or delete the prints of people.

    Only people who agreed have one (``voice_consent`` in show.toml).
    """
    from pullquote.formats.folder import chosen_slug
    from pullquote.formats.show_toml import load_show
    from pullquote.formats.voice_json import load_voice
    from pullquote.pipeline.lock import only_one
    from pullquote.pipeline.transcribing.voices import confirm_voice
    from pullquote.pipeline.transcribing.voices import forget as forget_person

    folder = terminal.folder
    programme = load_show(folder.show)
    done: dict[str, object] = {}
    if name is not None:
        where, voice, person = name
        with only_one(folder, wait=10):
            slug = chosen_slug(where, folder.slugs())
            turns = confirm_voice(folder, programme, slug, voice, person)
        whose = programme.person(person)
        named = whose.name if whose else person
        terminal.line(f"{slug}: {turns} turns are said by {named} now.")
        done["turns"] = turns
    if forget is not None:
        with only_one(folder, wait=10):
            was_known = forget_person(folder, programme, forget)
        terminal.line(
            f"The prints of {forget} are deleted."
            if was_known
            else f"There is no print of {forget}."
        )
        found = programme.person(forget)
        if found and found.voice_consent:
            terminal.note(
                f"{folder.show}: {forget} still agrees to a print; take out"
                " 'voice_consent', or the next transcription learns it again"
            )
        done["forgotten"] = was_known
    known = {
        person.id: [one.episode for one in load_voice(folder.voice(person.id))]
        for person in programme.people
    }
    if episode is not None:
        slug = chosen_slug(episode, folder.slugs())
        done["voices"] = _voices(terminal, folder.episode(slug).transcript)
    if not done:
        _table(terminal, programme, known)
    terminal.result({**done, "people": _people(programme, known)})


def _voices(terminal: Terminal, path: Path) -> list[dict[str, object]]:
    """Print the voices of a transcript, where each is best heard and what it says."""
    from pullquote.formats.clock import format_short_clock
    from pullquote.formats.transcript_md import load_transcript
    from pullquote.model.speaking import voices

    found = voices(load_transcript(path))
    terminal.table(
        ("voice", "turns", "words", "hear it at", "says there"),
        [
            [
                voice.name,
                str(voice.turns),
                str(voice.words),
                format_short_clock(voice.start),
                shorten(voice.text, 60, placeholder=" …"),
            ]
            for voice in found
        ],
    )
    return [asdict(voice) for voice in found]


def _table(
    terminal: Terminal, programme: Show, known: Mapping[str, Sequence[str]]
) -> None:
    terminal.table(
        ("person", "name", "agreed on", "known from"),
        [
            [
                person.id,
                person.name,
                str(person.voice_consent or "no"),
                ", ".join(known[person.id]) or "-",
            ]
            for person in programme.people
        ],
    )


def _people(
    programme: Show, known: Mapping[str, Sequence[str]]
) -> list[dict[str, object]]:
    return [
        {
            "person": person.id,
            "name": person.name,
            "agreed_on": person.voice_consent,
            "episodes": known[person.id],
        }
        for person in programme.people
    ]
