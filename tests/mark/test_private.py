from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.mark.private.redact import redact
from pullquote.mark.private.unresolved import is_stranger
from pullquote.mark.private.written import leaks, private_words
from pullquote.model.answer import Clip, Correction, Redaction
from pullquote.model.library import Entry
from pullquote.model.transcript import Turn
from tests import factory
from tests.mark.shows import SHOW


def spoken(*sentences: str, taken: Clip, replacement: str = "a viewer") -> Entry:
    """Return an episode in which this is said, 300 ms a word, and a stretch redacted."""
    turns = (factory.timed(0, "Maren Tolliver", *sentences),)
    entry = replace(
        factory.basics(),
        transcript=factory.transcript(factory.BASICS, turns),
        machine=factory.machine(factory.BASICS, turns, 600_000),
        redactions=(Redaction(clip=taken, replacement=replacement),),
    )
    return replace(entry, turns=redact(turns, entry.redactions))


ASKED = "A letter from Zebulon Quandary of Ohio, aged 91, came from far."
NAME = Clip(start=900, end=2700)


def found(entry: Entry, *allow: str) -> list[str]:
    library = factory.library(Path("show"), entry)
    return [str(fault) for fault in leaks(library, allow=allow)]


def test_words_under_a_redaction_that_stand_nowhere_else_are_private() -> None:
    entry = spoken(ASKED, taken=NAME)
    assert private_words(entry) == {"zebulon", "quandary", "ohio", "aged", "91"}
    assert private_words(replace(entry, redactions=())) == frozenset()
    assert private_words(replace(entry, transcript=None)) == frozenset()


def test_every_place_that_people_write_is_looked_at() -> None:
    entry = spoken(ASKED, taken=NAME)
    answer = replace(
        entry.approved[0],
        slug="zebulons-letter",
        question="Is Quandary's back sore?",
        body="At 91 one rests.",
        corrections=(Correction(on=entry.episode.held, note="Ohio was wrong."),),
    )
    episode = replace(
        entry.episode,
        title="ZEBULON",
        summary="Of Ohio.",
        chapters=(replace(entry.episode.chapters[0], title="Quandary"),),
    )
    told = replace(
        entry, approved=(answer,), episode=episode, notes="A 91 year old", slug="x-ohio"
    )
    said = "\n".join(found(told))
    for key in (
        *("'title'", "'summary'", "a chapter's title", "the folder's name"),
        *("the file's name", "'question'", "the text", "a correction"),
    ):
        assert key in said
    assert len(found(told)) == 9
    assert len(found(told, "91", "ohio", "zebulon", "quandary")) == 0
    draft = replace(told, episode=replace(episode, status="draft"))
    assert found(draft) == []


def test_a_common_word_gives_nobody_away() -> None:
    entry = spoken(ASKED, taken=NAME, replacement="an aged viewer")
    assert not {"from", "of", "aged", "viewer"} & private_words(entry)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["ab", "Zebulon", "7", "of", "from", "Ohio"]), min_size=1)
)
def test_no_private_word_is_left_in_what_is_published(words: list[str]) -> None:
    entry = spoken(" ".join(words), taken=Clip(start=0, end=900))
    left = {w.casefold() for turn in entry.turns for w in turn.text.split()}
    assert not private_words(entry) & left


@pytest.mark.parametrize(
    "label",
    [
        *(
            "floor",
            "The floor",
            "Member of the public",
            "Citizen 4",
            "Audience member B",
        ),
        *(
            "Zuschauerin",
            "Hörerin 2",
            "Bürger",
            "Bürgerin 3",
            "Publikum",
            "Teilnehmer:in",
        ),
        *("Auditrice", "Spectateur 2", "Habitante", "Membre du public", "Animatrice"),
        *("Vecina", "Espectadora 2", "Oyente", "Moderador", "Público"),
    ],
)
def test_what_somebody_does_there_is_nobodys_name(label: str) -> None:
    assert not is_stranger(Turn(speaker=label, start=0), SHOW)


@pytest.mark.parametrize("name", ["Bürger M", "Nora Floor", "Ida Vecina", "Salles"])
def test_a_name_that_is_such_a_word_too_is_a_name(name: str) -> None:
    assert is_stranger(Turn(speaker=name, start=0), SHOW)
