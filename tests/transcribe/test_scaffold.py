from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pullquote.formats.transcript_md import format_transcript, parse_transcript
from pullquote.model.episode import Episode
from pullquote.model.show import Person, Show
from pullquote.model.transcript import Segment, Word
from pullquote.transcribe.names import introduced
from pullquote.transcribe.scaffold import scaffold_transcript
from tests import factory

LIN = Person(id="lin", name="Tiffany Lin", credentials="MD")
HALE = Person(id="hale", name="Samuel Hale", aliases=("Sam Hale",))
FENN = Person(id="fenn", name="Clare Fenn", role="host")
SHOW = Show(
    title="Test",
    description="",
    site="https://show.example/",
    people=(FENN, LIN, HALE),
)
EPISODE = Episode(guid="g", title="Sprains", held=date(2026, 3, 11))


def segment(text: str, speaker: str | None, start: int = 0) -> Segment:
    words = tuple(
        Word(start=start + i * 300, end=start + i * 300 + 250, text=t)
        for i, t in enumerate(text.split())
    )
    return Segment(
        start=words[0].start, end=words[-1].end, words=words, speaker=speaker
    )


def names(*said: tuple[str, str]) -> dict[str, str]:
    return dict(introduced([segment(t, s) for s, t in said], SHOW.people))


def test_turns_follow_the_voices_one_sentence_a_line() -> None:
    found = scaffold_transcript(
        factory.heard(
            segment("Welcome back.", "S1"),
            segment("Does it hurt?", "S1", 2_000),
            segment("Yes. It does.", "S2", 4_000),
        ),
        SHOW,
        EPISODE,
    )
    assert [(t.start, t.speaker, t.guessed, t.sentences) for t in found.turns] == [
        (0, "S1", False, ("Welcome back.", "Does it hurt?")),
        (4_000, "S2", False, ("Yes.", "It does.")),
    ]


def test_a_voice_that_introduces_itself_is_a_guess() -> None:
    found = scaffold_transcript(
        factory.heard(
            segment("Hello, I'm Doctor Tiffany Lin.", "S2"),
            segment("Thank you, Doctor Lin.", "S1", 3_000),
        ),
        SHOW,
        EPISODE,
    )
    assert [(t.speaker, t.guessed) for t in found.turns] == [
        ("Tiffany Lin", True),
        ("S1", False),
    ]


def test_a_name_said_of_somebody_else_names_nobody() -> None:
    assert names(("S1", "Thank you, Doctor Tiffany Lin.")) == {}
    assert names(("S1", "With me is Tiffany Lin, and Samuel Hale.")) == {}
    assert names(("S1", "I am glad that Tiffany Lin is here.")) == {}


def test_names_are_known_as_whisper_hears_them() -> None:
    assert names(("S1", "I'm your host, Claire Fenn.")) == {"S1": "Clare Fenn"}
    assert names(("S1", "My name is Tiffany Linn and")) == {"S1": "Tiffany Lin"}
    assert names(("S1", "I am Dr. Sam Hale.")) == {"S1": "Samuel Hale"}


def test_a_first_name_alone_is_not_enough() -> None:
    assert names(("S1", "Hi, I'm Clare.")) == {}


def test_a_voice_with_two_names_and_a_name_with_two_voices_stay_unnamed() -> None:
    assert names(("S1", "I'm Tiffany Lin."), ("S1", "I'm Samuel Hale.")) == {}
    assert names(("S1", "I'm Tiffany Lin."), ("S2", "I am Tiffany Lin.")) == {}


def test_speech_without_voices_names_nobody() -> None:
    assert introduced([segment("I'm Tiffany Lin.", None)], SHOW.people) == {}


def test_two_people_of_one_name_are_not_told_apart() -> None:
    twins = (LIN, Person(id="lin2", name="Tiffany Lyn"))
    assert introduced([segment("I'm Tiffany Lin.", "S1")], twins) == {}


def test_only_the_episodes_people_are_guessed_where_it_names_some() -> None:
    episode = Episode(guid="g", title="x", held=date(2026, 3, 11), people=("fenn",))
    said = factory.heard(segment("I'm Tiffany Lin.", "S1"))
    assert scaffold_transcript(said, SHOW, episode).turns[0].speaker == "S1"


def test_untold_voices_make_turns_at_pauses() -> None:
    said = factory.heard(
        segment("It hurts.", None),
        segment("A lot.", None, 700),
        segment("Here.", None, 9_000),
    )
    turns = scaffold_transcript(said, SHOW, EPISODE).turns
    assert [(t.speaker, t.text) for t in turns] == [
        ("Speaker", "It hurts. A lot."),
        ("Speaker", "Here."),
    ]


def test_a_known_voice_is_a_guess_too_and_a_contradiction_is_none() -> None:
    said = (
        segment("Hello, I'm Doctor Tiffany Lin.", "S1"),
        segment("And I have no name.", "S2", 4_000),
    )

    def guessed(**guesses: str) -> list[tuple[str, bool]]:
        heard = replace(factory.heard(*said), guesses=guesses)
        turns = scaffold_transcript(heard, SHOW, EPISODE).turns
        return [(t.speaker, t.guessed) for t in turns]

    lin, hale = ("Tiffany Lin", True), ("Samuel Hale", True)
    assert guessed(S1="lin", S2="hale") == [lin, hale]
    assert guessed(S2="gone") == [lin, ("S2", False)]
    assert guessed(S1="hale") == [("S1", False), ("S2", False)]
    assert guessed(S2="lin") == [("S1", False), ("S2", False)]


def test_no_speech_makes_no_turns() -> None:
    assert scaffold_transcript(factory.heard(), SHOW, EPISODE).turns == ()


@given(
    st.lists(
        st.tuples(
            st.lists(
                st.sampled_from(["so", "Dr.", "it", "hurts.", "I'm", "**no**", "Lin?"]),
                min_size=1,
                max_size=6,
            ),
            st.sampled_from(["S1", "S2", None]),
        ),
        max_size=6,
    )
)
def test_the_file_holds_every_word_and_no_name_without_a_question_mark(
    said: list[tuple[list[str], str | None]],
) -> None:
    segments = [
        segment(" ".join(texts), speaker, i * 10_000)
        for i, (texts, speaker) in enumerate(said)
    ]
    found = scaffold_transcript(factory.heard(*segments), SHOW, EPISODE)
    assert " ".join(t.text for t in found.turns).split() == [
        text for texts, _ in said for text in texts
    ]
    assert parse_transcript(format_transcript(found), Path("t.md")) == found
    known = {p.name for p in SHOW.people}
    assert all(t.guessed for t in found.turns if t.speaker in known)
