"""Voices are named and corrections offered; people's own words stay."""

from pullquote.mark.naming import name_voice
from pullquote.model.transcript import Correction, TimedTurn, Transcript, Turn, Word

QUILLMONT = Correction(
    start=1000, end=2000, offered="Quillmont", kind="person", likeness=0.9
)


def transcript(*turns: Turn) -> Transcript:
    return Transcript(episode="e", language="en", turns=turns)


def turn(speaker: str, *, guessed: bool = False) -> Turn:
    return Turn(start=0, speaker=speaker, guessed=guessed, sentences=("Yes.",))


def timed(*words: tuple[int, int, str]) -> TimedTurn:
    spoken = tuple(Word(start=a, end=b, text=text) for a, b, text in words)
    return TimedTurn(
        start=spoken[0].start,
        end=spoken[-1].end,
        speaker="S1",
        guessed=False,
        words=spoken,
        sentence_starts=(0,),
    )


def test_every_turn_of_a_voice_is_named_and_confirmed() -> None:
    before = transcript(turn("S1"), turn("S2"), turn("S1"))
    after = name_voice(before, "S1", "Nora Quillmont")
    assert [(t.speaker, t.guessed) for t in after.turns] == [
        ("Nora Quillmont", False),
        ("S2", False),
        ("Nora Quillmont", False),
    ]


def test_a_guess_is_confirmed_or_put_right() -> None:
    guess = transcript(turn("Ann Lee", guessed=True), turn("Ann Lee"))
    assert not name_voice(guess, "Ann Lee", "Ann Lee").turns[0].guessed
    put_right = name_voice(guess, "Ann Lee", "Bo Roe")
    assert [t.speaker for t in put_right.turns] == ["Bo Roe", "Ann Lee"]
