from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pullquote.model.transcript import Word
from pullquote.transcribe.words.segments import (
    SpokenWord,
    in_order,
    segments_of,
    with_doubts,
)

WORDS = st.lists(
    st.builds(
        Word,
        start=st.integers(-500, 30_000),
        end=st.integers(-500, 30_000),
        text=st.sampled_from(["so", "it", "hurts.", "Why?", "Dr.", "well,"]),
    ),
    max_size=12,
)


def spoken(text: str, speaker: str | None = "S1", every: int = 300) -> list[SpokenWord]:
    return [
        SpokenWord(
            word=Word(start=i * every, end=i * every + 250, text=t), speaker=speaker
        )
        for i, t in enumerate(text.split())
    ]


def test_segments_end_where_sentences_do() -> None:
    found = segments_of(spoken("Dr. Lin is here. Does it hurt? Yes."))
    assert [s.text for s in found] == ["Dr. Lin is here.", "Does it hurt?", "Yes."]
    assert (found[0].start, found[0].end) == (0, 1150)


def test_a_change_of_voice_ends_a_segment() -> None:
    words = spoken("so tell us well")
    words = [*words[:3], SpokenWord(word=words[3].word, speaker="S2")]
    assert [(s.speaker, s.text) for s in segments_of(words)] == [
        ("S1", "so tell us"),
        ("S2", "well"),
    ]


def test_a_long_pause_ends_a_segment() -> None:
    early = SpokenWord(word=Word(start=0, end=300, text="and"))
    late = SpokenWord(word=Word(start=5_000, end=5_300, text="then"))
    assert len(segments_of([early, late])) == 2


def test_a_sentence_that_never_ends_is_cut_at_commas() -> None:
    text = " ".join(["it"] * 30 + ["hurts,"] + ["it"] * 30)
    first, second = segments_of(spoken(text))
    assert first.text.endswith("hurts,")
    assert len(second.words) == 30


def test_a_sentence_without_commas_is_cut_where_somebody_took_breath() -> None:
    words = spoken(" ".join(["it"] * 60))
    for at, one in enumerate(words[35:], 35):
        later = one.word._replace(start=one.word.start + 800, end=one.word.end + 800)
        words[at] = SpokenWord(word=later, speaker=one.speaker)
    first, second = segments_of(words)
    assert (len(first.words), len(second.words)) == (35, 25)


def test_no_words_make_no_segments() -> None:
    assert segments_of([]) == ()
    assert in_order([], 1_000) == ()


def test_windows_are_put_in_the_recordings_order() -> None:
    one = [Word(start=100, end=400, text="second")]
    other = [Word(start=0, end=300, text="first")]
    found = in_order([(5_000, one), (1_000, other)], 10_000)
    assert [(w.start, w.end, w.text) for w in found] == [
        (1_000, 1_300, "first"),
        (5_100, 5_400, "second"),
    ]


def test_doubts_are_noted_where_they_lie() -> None:
    found = segments_of(spoken("It hurts. Where? Here."))
    noted = with_doubts(found, [(650, 800, "unsure"), (0, 900, "repeats")])
    assert [s.doubts for s in noted] == [("repeats",), ("repeats", "unsure"), ()]
    assert noted[2] == found[2]


def test_speech_without_words_is_noted_on_what_was_said_before_it() -> None:
    found = segments_of(spoken("It hurts. Where? Here."))
    last = found[1].words[-1]
    noted = with_doubts(found, [], [last.start - 300])
    assert [s.doubts for s in noted] == [(), ("unheard",), ()]
    after = with_doubts(found, [], [found[-1].end + 60_000])
    assert [s.doubts for s in after] == [(), (), ("unheard",)]
    assert with_doubts(found, [], [0])[0].doubts == ("unheard",)
    assert with_doubts((), [], [0]) == ()


@given(st.lists(st.tuples(st.integers(0, 25_000), WORDS), max_size=4))
def test_times_come_out_in_order_and_inside_and_no_word_is_lost(
    windows: list[tuple[int, list[Word]]],
) -> None:
    found = in_order(windows, 30_000)
    assert len(found) == sum(len(words) for _, words in windows)
    last = 0
    for word in found:
        assert last <= word.start <= word.end <= 30_000
        last = word.end


@given(WORDS, st.lists(st.sampled_from(["S1", "S2"]), min_size=12, max_size=12))
def test_segments_keep_every_word_once_and_one_voice_each(
    words: list[Word], speakers: list[str]
) -> None:
    ordered = in_order([(0, words)], 30_000)
    given_words = [
        SpokenWord(word=w, speaker=s) for w, s in zip(ordered, speakers, strict=False)
    ]
    found = segments_of(given_words)
    assert [w for s in found for w in s.words] == list(ordered)
    assert [s.speaker for s in found for _ in s.words] == speakers[: len(ordered)]
    assert all(s.start == s.words[0].start for s in found)
    assert all(s.end == s.words[-1].end for s in found)
    assert all(len(s.words) <= 45 for s in found)
