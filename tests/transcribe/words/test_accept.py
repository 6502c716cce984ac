from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pullquote.model.transcript import Word
from pullquote.transcribe.engine.runtime import Heard, Said
from pullquote.transcribe.sound import Span
from pullquote.transcribe.words.accept import (
    ACCEPT,
    cleaned,
    compression,
    faults,
    longest_unheard,
    repeats,
    severity,
    unheard_from,
)
from pullquote.transcribe.words.windows import Window

SAID = [
    "the",
    "disc",
    "between",
    "the",
    "bones",
    "presses",
    "on",
    "a",
    "nerve",
    "and",
    "the",
    "leg",
    "hurts",
]


def window(*speech: tuple[int, int], start: int = 0, end: int = 10_000) -> Window:
    spans = speech or ((start, end),)
    return Window(
        index=0,
        start=start,
        end=end,
        speech=tuple(Span(start=a, end=b) for a, b in spans),
    )


def words(texts: list[str], every: int = 700, first: int = 0) -> tuple[Word, ...]:
    return tuple(
        Word(start=first + i * every, end=first + (i + 1) * every - 50, text=t)
        for i, t in enumerate(texts)
    )


def heard(
    found: tuple[Word, ...],
    *,
    logprob: float = -0.2,
    no_speech: float = 0.01,
    complete: bool = True,
) -> Heard:
    said = Said(
        text=" ".join(word.text for word in found),
        tokens=len(found),
        logprob=logprob,
        no_speech=no_speech,
        complete=complete,
    )
    return Heard(said=said, words=found)


def test_plain_speech_is_believed() -> None:
    assert faults(heard(words(SAID)), window()) == ()


def test_a_looping_text_is_found_by_its_phrase_and_by_its_compression() -> None:
    loop = ["thank", "you", "for", "watching"] * 4
    assert "repeats" in faults(heard(words(loop)), window())
    assert repeats(loop)
    assert compression(" ".join(loop * 5)) > ACCEPT.most_compression
    assert compression("") == 0.0


def test_people_repeat_themselves_a_little() -> None:
    assert not repeats(["no", "no", "no", "it", "is", "very", "very", "common"])
    assert not repeats(["one", "two", "three", "four", "one", "two", "three", "four"])


def test_an_unsure_window_is_found() -> None:
    assert faults(heard(words(SAID), logprob=-1.2), window()) == ("unsure",)


def test_speech_in_which_no_word_starts_is_found() -> None:
    late = words(SAID[:4], first=6_000)
    assert "unheard" in faults(heard(late), window())
    early = words(SAID[:4])
    assert "unheard" in faults(heard(early), window())
    assert "unheard" in faults(heard(()), window())


def test_it_is_told_from_when_on_no_word_starts() -> None:
    late = heard(words(SAID[:4], first=6_000))
    assert unheard_from(late, window()) == (window().start,)
    last = words(SAID[:4])[-1].start
    assert unheard_from(heard(words(SAID[:4])), window()) == (window().start + last,)
    assert unheard_from(heard(words(SAID)), window()) == ()


def test_a_pause_is_not_speech_left_out() -> None:
    found = (*words(SAID[:4]), *words(SAID[4:8], first=7_000))
    paused = window((0, 3_000), (6_900, 10_000))
    assert faults(heard(found), paused) == ()


def test_words_where_nobody_speaks_are_found_and_dropped() -> None:
    found = words(SAID)
    half = window((0, 5_000))
    assert "invented" in faults(heard(found), half)
    kept = cleaned(heard(found), half).words
    assert kept == found[: len(kept)]
    assert all(w.start < 5_000 + ACCEPT.reach for w in kept)


def test_times_of_a_window_count_from_its_start() -> None:
    found = words(SAID[:4])
    late = window((60_000, 63_000), start=60_000, end=63_000)
    assert faults(heard(found), late) == ()


def test_text_that_was_cut_off_is_found() -> None:
    assert "cut off" in faults(heard(words(SAID), complete=False), window())


def test_what_the_model_takes_for_silence_has_no_words() -> None:
    unsure = heard(words(["Thank", "you."]), logprob=-0.9, no_speech=0.8)
    assert cleaned(unsure, window()).words == ()


def test_a_sure_text_is_kept_although_the_model_expected_silence() -> None:
    sure = heard(words(SAID), logprob=-0.1, no_speech=0.8)
    assert cleaned(sure, window()).words == sure.words


def test_a_loop_that_no_repair_mended_is_said_once() -> None:
    loop = ["and", *["it", "goes", "on"] * 6, "forever"]
    kept = cleaned(heard(words(loop, every=300)), window()).words
    assert [w.text for w in kept] == ["and", "it", "goes", "on", "forever"]


def test_the_attempt_with_fewer_and_lighter_faults_is_better() -> None:
    good = severity(heard(words(SAID)), window())
    unsure = severity(heard(words(SAID), logprob=-1.2), window())
    missing = severity(heard(words(SAID[:3])), window())
    looping = severity(heard(words(["so"] * 14)), window())
    assert good < unsure < missing < looping


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=40))
def test_cleaning_leaves_no_loop_and_invents_nothing(texts: list[str]) -> None:
    before = words(texts, every=200)
    after = cleaned(heard(before), window()).words
    assert not repeats([w.text for w in after])
    rest = iter(before)
    assert all(word in rest for word in after)


@given(st.lists(st.integers(0, 10_000), max_size=20))
def test_unheard_speech_is_never_more_than_there_is(starts: list[int]) -> None:
    found = tuple(Word(start=s, end=s + 1, text="x") for s in sorted(starts))
    spoken = window((1_000, 4_000), (5_000, 9_000))
    assert 0 <= longest_unheard(found, spoken) <= spoken.spoken
