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
            metavar="EPISODE",
            help="List this episode's voices, by slug or its beginning.",
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        tuple[str, str, str] | None,
        typer.Option(
            metavar="EPISODE VOICE PERSON",
            help="Say that a voice, such as S2, is a person's, by the id in show.toml: "
            "all its turns get that name, confirmed.",
            show_default=False,
        ),
    ] = None,
    forget: Annotated[
        str | None,
        typer.Option(
            metavar="PERSON",
            help="Delete the prints of a person's voice.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """List voices, name them, or delete the prints of people.

    A print is what a voice is known by in other episodes; without an episode it lists
    who has one. Only people who agreed do (`voice_consent` in show.toml).
    """
    from pullquote.formats.folder import chosen_slug
    from pullquote.formats.show_toml import load_show
    from pullquote.formats.voice_json import load_voice

    folder = terminal.folder
    programme = load_show(folder.show)
    done: dict[str, object] = {}
    if name is not None:
        done["turns"] = _name(terminal, programme, *name)
    if forget is not None:
        done["forgotten"] = _forget(terminal, programme, forget)
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


def _name(
    terminal: Terminal, programme: Show, episode: str, voice: str, person: str
) -> int:
    """Give a voice's turns a person's name; return how many they are."""
    from pullquote.formats.folder import chosen_slug
    from pullquote.pipeline.transcribing.voices import confirm_voice

    folder = terminal.folder
    with terminal.alone(wait=10):
        slug = chosen_slug(episode, folder.slugs())
        turns = confirm_voice(folder, programme, slug, voice, person)
    whose = programme.person(person)
    named = whose.name if whose else person
    told = "1 turn is" if turns == 1 else f"{turns} turns are"
    terminal.line(f"{slug}: {told} said by {named} now.")
    return turns


def _forget(terminal: Terminal, programme: Show, person: str) -> bool:
    """Delete a person's prints; say whether there were any."""
    from pullquote.pipeline.transcribing.voices import forget

    folder = terminal.folder
    with terminal.alone(wait=10):
        was_known = forget(folder, programme, person)
    terminal.line(
        f"The prints of {person} are deleted."
        if was_known
        else f"There is no print of {person}."
    )
    found = programme.person(person)
    if found and found.voice_consent:
        terminal.note(
            f"{folder.show}: {person} still agrees to a print; take out"
            " 'voice_consent', or the next transcription learns it again"
        )
    return was_known


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
