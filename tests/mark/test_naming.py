"""Voices are named and corrections offered; people's own words stay."""

from dataclasses import replace

from pullquote.mark.naming import name_voice, standing_offers
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


def test_an_offer_names_the_words_it_stands_for() -> None:
    turns = [
        timed((0, 900, "Thanks.")),
        timed((900, 1100, "Dr."), (1100, 1500, "kool"), (1500, 1900, "mond.")),
    ]
    (offer,) = standing_offers([QUILLMONT], turns)
    assert (offer.turn, offer.first, offer.last) == (1, 0, 3)
    assert offer.heard == "Dr. kool mond."
    exact = replace(QUILLMONT, start=1100)
    assert standing_offers([exact], turns)[0].heard == "kool mond."


def test_nothing_is_offered_where_it_stands_already_or_nothing_does() -> None:
    assert standing_offers([QUILLMONT], [timed((1100, 1900, "Quillmont,"))]) == ()
    assert (
        standing_offers([QUILLMONT], [timed((0, 900, "no"), (2100, 2200, "so"))]) == ()
    )
    assert standing_offers([QUILLMONT], []) == ()
