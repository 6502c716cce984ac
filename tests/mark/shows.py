"""A small show for the tests of this stage."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from pullquote.mark.cut.draft import cut
from pullquote.model.answer import Answer, Clip, Redaction
from pullquote.model.episode import Episode
from pullquote.model.library import Entry, Library
from pullquote.model.show import Person, ReviewPolicy, Show, Topic
from pullquote.model.transcript import TimedTurn
from tests import factory

HOST = Person(id="clare", name="Clare Fenn", role="host")
LIN = Person(id="lin", name="Tiffany Lin", credentials="MD", aliases=("Doctor Lin",))
HALE = Person(id="hale", name="Sam Hale", credentials="DO")
SHOW = Show(
    title="Test",
    description="",
    site="https://show.example/",
    people=(HOST, LIN, HALE),
    topics=(
        Topic(id="heat", title="Heat", terms=("warm bath", "heat")),
        Topic(id="ice", title="Ice"),
    ),
    review=ReviewPolicy(two_people=True),
)
TRANSCRIPT = Path("transcripts/e/transcript.md")
FOLDER = Path("transcripts/e/answers")
HEAT = Answer(
    slug="heat",
    id="a" * 32,
    question="Is heat fine?",
    speakers=("lin",),
    asked=Clip(start=0, end=1),
    answered=Clip(start=1, end=2),
    body="It is.",
)
"""A draft that nobody cut from any words."""


said = partial(factory.timed, every=100, probability=None)
"""Returns a turn of 100 ms a word."""


def rested(text: str, ms: int = 250) -> TimedTurn:
    """Return a turn whose voice rests after each comma."""
    sentences = re.split(r"(?<=[.?!]) ", text)
    turn, late, words = said(0, "S1", *sentences), 0, []
    for word in turn.words:
        words.append(word._replace(start=word.start + late, end=word.end + late))
        late += ms * word.text.endswith(",")
    return replace(turn, end=words[-1].end, words=tuple(words))


def later(turn: TimedTurn, start: int, speaker: str) -> TimedTurn:
    """Return a turn that somebody begins at another time."""
    by = start - turn.start
    words = (w._replace(start=w.start + by, end=w.end + by) for w in turn.words)
    return replace(
        turn, start=start, end=turn.end + by, speaker=speaker, words=tuple(words)
    )


TURNS = (
    said(0, "Clare Fenn", "The next one is from Ann.", "She asks, is heat fine?"),
    said(2000, "Doctor Lin", "It is.", "Try a warm bath.", pause=1500),
    said(9000, "Clare Fenn", "And Doctor Hale?"),
    said(10_000, "Sam Hale", "I agree * fully."),
    said(12_000, "S4", "Me too."),
    said(13_000, "Tiffany Lin", "Perhaps.", guessed=True),
    said(14_000, "Bob Ray", "No."),
)


def entry(
    *answers: Answer,
    turns: Sequence[TimedTurn] = TURNS,
    slug: str = "e",
    episode: Episode | None = None,
    redactions: tuple[Redaction, ...] = (),
) -> Entry:
    """Return an episode with these answers."""
    facts = episode or Episode(guid="g", title="T", held=date(2026, 3, 11))
    return Entry(
        slug=slug,
        episode=facts,
        notes="",
        turns=tuple(turns),
        answers=answers,
        redactions=redactions,
    )


def drafted(
    asked: Clip,
    answered: Clip,
    path: Path = TRANSCRIPT,
    slug: str | None = None,
    *,
    turns: Sequence[TimedTurn] = TURNS,
    show: Show = SHOW,
) -> Answer:
    """Return an answer as it is cut."""
    return cut(
        entry(turns=turns),
        show,
        asked=asked,
        answered=answered,
        id="a" * 32,
        taken_slugs={"ice"},
        path=path,
        slug=slug,
        cut_by="clare",
    )


def library(*entries: Entry, show: Show = SHOW, root: Path = Path()) -> Library:
    """Return a show with these episodes."""
    return Library(root=root, show=show, entries=entries)
