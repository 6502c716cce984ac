from __future__ import annotations

from math import cos, radians, sin

from pullquote.model.transcript import VoiceTurn
from pullquote.transcribe.voices.prints import Prints, guess_people, spans_of


def at(degrees: float) -> tuple[float, float]:
    return cos(radians(degrees)), sin(radians(degrees))


def turn(start: int, end: int, speaker: str = "a") -> VoiceTurn:
    return VoiceTurn(start=start, end=end, speaker=speaker)


def test_a_voice_much_like_one_person_is_that_person() -> None:
    people = {"lin": [at(0), at(8)], "hale": [at(80)]}
    assert guess_people({"S1": at(10), "S2": at(75)}, people) == {
        "S1": "lin",
        "S2": "hale",
    }


def test_a_stranger_stays_unknown() -> None:
    assert guess_people({"S1": at(45)}, {"lin": [at(0)]}) == {}
    assert guess_people({"S1": at(0)}, {"lin": []}) == {}
    assert guess_people({}, {"lin": [at(0)]}) == {}


def test_a_voice_between_two_people_stays_unknown() -> None:
    assert guess_people({"S1": at(10)}, {"lin": [at(0)], "hale": [at(22)]}) == {}


def test_of_two_voices_like_one_person_neither_is_guessed() -> None:
    assert guess_people({"S1": at(5), "S2": at(-6)}, {"lin": [at(0)]}) == {}


def test_one_person_is_guessed_once_if_the_other_voice_is_clearly_less_alike() -> None:
    voices = {"S1": at(2), "S2": at(33)}
    assert guess_people(voices, {"lin": [at(0)]}) == {"S1": "lin"}


def test_little_speech_teaches_nothing() -> None:
    assert spans_of([turn(0, 4_000)], "a", 1_500) == ()
    assert spans_of([], "a", 1_500) == ()


def test_speech_under_another_voice_is_not_learned() -> None:
    turns = [turn(0, 20_000), turn(5_000, 9_000, "b")]
    found = spans_of(turns, "a", 1_500)
    assert found
    assert all(s.end <= 5_000 or s.start >= 9_000 for s in found)


def test_much_speech_is_sampled_over_all_of_it() -> None:
    found = spans_of([turn(0, 600_000)], "a", 1_500)
    assert len(found) * 1_500 <= 36_000
    assert found[0].start < 60_000
    assert found[-1].start > 500_000


def test_a_print_that_lost_numbers_says_nothing_and_stops_nothing() -> None:
    people: Prints = {"lin": [at(0)[:1], at(8)], "hale": [(1.0,)]}
    assert guess_people({"S1": at(10)}, people) == {"S1": "lin"}
