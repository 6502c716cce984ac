import re
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.mark.private.redact import (
    Covered,
    mask,
    redact,
    without_private,
    wording,
)
from pullquote.model.answer import Clip, Redaction
from pullquote.model.transcript import (
    Correction,
    MachineTranscript,
    Segment,
    TimedTurn,
    Word,
)
from tests import factory


def words(text: str, start: int = 0) -> tuple[Word, ...]:
    """Return words of 100 ms each, one right after the other."""
    return tuple(
        Word(start=start + 100 * n, end=start + 100 * (n + 1), text=t, probability=0.9)
        for n, t in enumerate(text.split())
    )


def turn(text: str, start: int = 0, starts: tuple[int, ...] = (0,)) -> TimedTurn:
    spoken = words(text, start)
    return TimedTurn(
        start=start,
        end=spoken[-1].end,
        speaker="S1",
        guessed=False,
        words=spoken,
        sentence_starts=starts,
    )


def cover(start: int, end: int, text: str = "a viewer") -> Redaction:
    return Redaction(clip=Clip(start=start, end=end), replacement=text)


FROM = turn("This is from Margaret Plimsworth, of Dayton. She asks.", 0, (0, 7))


def test_private_words_are_replaced_once_and_the_sentence_goes_on() -> None:
    (found,) = redact((FROM,), (cover(300, 500),))
    assert found.text == "This is from a viewer, of Dayton. She asks."
    assert found.sentence_starts == (0, 7)
    assert [w.start for w in found.words][3:5] == [300, 340]


def test_sentences_are_found_again_when_words_go() -> None:
    (found,) = redact((FROM,), (cover(100, 600, ""),))
    assert found.text == "This Dayton. She asks."
    assert found.sentence_starts == (0, 2)


def test_a_redaction_over_a_sentences_edge_joins_both() -> None:
    (found,) = redact((FROM,), (cover(600, 800, "somewhere"),))
    assert found.text == "This is from Margaret Plimsworth, of somewhere asks."
    assert found.sentence_starts == (0, 7)


def test_a_replacement_that_begins_a_sentence_gets_a_capital() -> None:
    (found,) = redact((FROM,), (cover(700, 800),))
    assert found.text.endswith("Dayton. A viewer asks.")
    assert found.sentence_starts == (0, 7)


def test_a_redaction_in_the_middle_of_a_word_takes_the_whole_word() -> None:
    (found,) = redact((FROM,), (cover(350, 360), cover(470, 471, "")))
    assert found.text == "This is from a viewer of Dayton. She asks."


def test_a_replacement_after_one_without_words_has_no_capital() -> None:
    (found,) = redact((FROM,), (cover(300, 400, ""), cover(400, 500, "somebody")))
    assert found.text == "This is from somebody, of Dayton. She asks."


def test_a_redaction_over_two_turns_is_said_once() -> None:
    found = redact((turn("I am Ann"), turn("Bell from Ohio", 300)), (cover(200, 400),))
    assert [t.text for t in found] == ["I am a viewer", "from Ohio"]
    assert found[1].start == 400


def test_a_turn_of_which_nothing_stays_is_left_out() -> None:
    found = redact((turn("I am"), turn("Ann Bell", 200)), (cover(0, 400, "Somebody"),))
    assert [t.text for t in found] == ["Somebody"]


def test_redactions_that_overlap_are_each_said() -> None:
    (found,) = redact((turn("a b c d"),), (cover(200, 400, "y"), cover(100, 300, "x")))
    assert found.text == "a x y"


@pytest.mark.parametrize(
    ("covers", "made"),
    [
        ([cover(700, 800, ""), cover(800, 900, "somebody asks")], "Somebody asks."),
        ([cover(700, 800, "somebody"), cover(800, 900, "does")], "Somebody does."),
        ([cover(600, 700, "a town!"), cover(800, 900, " ")], "a town! She"),
    ],
)
def test_capitals_and_marks_stand_where_a_sentence_has_them(
    covers: list[Redaction], made: str
) -> None:
    (found,) = redact((FROM,), covers)
    assert found.text.endswith(made)


def test_a_sentence_that_is_gone_starts_nowhere_and_the_turn_ends_earlier() -> None:
    (found,) = redact((turn("a b. c d. e f.", 0, (0, 2, 4)),), (cover(200, 400, ""),))
    assert (found.text, found.sentence_starts) == ("a b. e f.", (0, 2))
    (found,) = redact((turn("a b. c d. e f.", 0, (0, 2, 4)),), (cover(400, 600, ""),))
    assert (found.start, found.end, found.sentence_starts) == (0, 400, (0, 2))


def test_without_redactions_nothing_changes() -> None:
    assert redact((FROM,), ()) == (FROM,)
    assert redact((FROM,), (cover(9000, 9100),)) == (FROM,)


def machine(*texts: str) -> MachineTranscript:
    segments, start = [], 0
    for text in texts:
        spoken = words(text, start)
        end = start + 100 * len(spoken)
        segments.append(Segment(start=start, end=end, words=spoken, speaker="S1"))
        start = end
    return factory.heard(*segments, duration=start)


def test_what_the_machine_heard_is_masked_too() -> None:
    heard = machine("I am Ann", "Bell", "", "from Ohio")
    begins = mask(heard, (cover(0, 100, "it was"),)).segments[0]
    assert [word.text for word in begins.words] == ["It", "was", "am", "Ann"]
    found = mask(heard, (cover(200, 400),))
    assert [s.text for s in found.segments] == ["I am a viewer", "", "from Ohio"]
    assert found.segments[0].words[2].probability is None
    assert found.segments[2] == heard.segments[3]
    assert found.duration == heard.duration


_text = st.lists(st.sampled_from(["w1", "w2,", "w3."]), min_size=1, max_size=8).map(
    " ".join
)
_redaction = st.builds(
    lambda start, length, text: cover(start, start + length, text),
    st.integers(0, 1200),
    st.integers(1, 500),
    st.sampled_from(["", "a viewer", "one", "x y z."]),
)


@given(st.lists(_text, min_size=1, max_size=3), st.lists(_redaction, max_size=3))
def test_no_covered_word_stays_and_a_second_pass_changes_nothing(
    texts: list[str], redactions: list[Redaction]
) -> None:
    turns, start = [], 0
    for text in texts:
        turns.append(turn(text, start))
        start = turns[-1].end
    once = redact(turns, redactions)
    for word in (w for t in once for w in t.words if w.text.startswith("w")):
        assert not any(r.clip.takes(word.start, word.end) for r in redactions)
    assert all(t.sentence_starts[0] == 0 for t in once)
    assert redact(turns, redactions[::-1]) == once or len(
        {(r.clip.start, r.clip.end) for r in redactions}
    ) < len(redactions)
    clips = [r.clip for r in redactions]
    if not any(a.overlaps(b.start, b.end) for a, b in combinations(clips, 2)):
        assert redact(once, redactions) == once
        masked = mask(machine(*texts), redactions)
        assert mask(masked, redactions) == masked


@pytest.mark.parametrize(
    ("written", "text", "made"),
    [
        ("Maria Lopez asks.", "Maria Lopez,", "a viewer asks."),
        ("MARIA\nLOPEZ's back", "Maria Lopez's", "a viewer's back"),
        ("From **Maria** *Lopez*", "Maria Lopez", "From **a viewer*"),
        ("From _Maria Lopez_", "Maria Lopez", "From _a viewer_"),
        ("Jean Luc, Jean\u2011Luc", "Jean-Luc", "a viewer, a viewer"),
        ("O\u2019Brien asks", "O'Brien", "a viewer asks"),
        ("Zoe\u0308, Zo\u00eb", "Zo\u00eb", "a viewer, a viewer"),
        ("Zoe\u0308, Zo\u00eb", "Zoe\u0308", "a viewer, a viewer"),
        ("Zoe\u0308 and Zo\u00eb", "Zoe", "Zoe\u0308 and Zo\u00eb"),
        ("call 555 867.5309", "555-867-5309", "call a viewer"),
        ("May, MAY may help", "May,", "a viewer, a viewer may help"),
        ("Will Mark, will it?", "Will Mark", "a viewer, will it?"),
        ("Mark, mark it", "Mark", "a viewer, mark it"),
        ("English, english", "English", "a viewer, english"),
        ("We hope, Hope asks", "hope", "We a viewer, a viewer asks"),
        ("Anna's Brown asks", "Anna's Brown", "a viewer asks"),
        ("Zoe\u0308\u00eb asks", "Zoe\u0308\u00eb", "a viewer asks"),
        ("Mariana is another", "Maria", "Mariana is another"),
        ("I am 68 and", "68", "I am a viewer and"),
        ("At 1:02:68 and 3.68, 68.", "68", "At 1:02:68 and 3.68, a viewer."),
        ("a \\1 b", "b", "a \\1 a viewer"),
    ],
)
def test_words_are_found_however_they_are_written(
    written: str, text: str, made: str
) -> None:
    words = wording(text)
    assert words is not None
    assert words.sub("a viewer", written) == made
    asked = re.compile(words.pattern, re.I)  # as a log that is open is asked
    assert asked.sub("a viewer", written) == made
    assert wording("...") is None


_stretch = st.tuples(st.integers(0, 900), st.integers(0, 300))
_loose = st.lists(_stretch, min_size=1, max_size=9).map(
    lambda rows: tuple(
        Word(start=a, end=a + n, text=f"w{at}.") for at, (a, n) in enumerate(rows)
    )
)


def test_a_word_beside_one_that_takes_no_time_stays() -> None:
    """What the machine did not hear and somebody put in lies between two words."""
    spoken = [("And", 0, 300), ("Walter,", 300, 300), ("numbness", 300, 700)]
    words = tuple(Word(start=a, end=b, text=text) for text, a, b in spoken)
    said = replace(FROM, start=0, end=700, words=words, sentence_starts=(0,))
    (left,) = redact((said,), (cover(300, 301),))
    assert left.text == "And a viewer, numbness"
    (left,) = redact((said,), (cover(0, 301),))
    assert left.text == "A viewer, numbness"
    many = (cover(0, 300), cover(300, 301))
    assert [Covered(many).has(word) for word in words] == [True, True, False]
    one = Segment(start=0, end=700, words=words[::2], speaker=None)
    heard = replace(machine(), segments=(one,))
    assert mask(heard, (cover(300, 301),)) == heard


@given(_loose, st.lists(_redaction, min_size=1, max_size=3), st.integers(1, 9))
def test_words_of_any_times_go_whole_and_no_other_word_does(
    spoken: tuple[Word, ...], redactions: list[Redaction], cut: int
) -> None:
    """Words of no length, that overlap, or stand in disorder; over two turns' edge."""
    turns = [
        TimedTurn(
            start=part[0].start,
            end=part[-1].end,
            speaker="S1",
            guessed=False,
            words=part,
            sentence_starts=tuple(range(len(part))),
        )
        for part in (spoken[:cut], spoken[cut:])
        if part
    ]
    heard = replace(
        machine(),
        segments=tuple(
            Segment(start=t.start, end=t.end, words=t.words, speaker=None)
            for t in turns
        ),
    )
    stays = [
        word
        for word in spoken
        if not any(r.clip.takes(word.start, word.end) for r in redactions)
    ]
    for left in (redact(turns, redactions), mask(heard, redactions).segments):
        found = [w for one in left for w in one.words if w.text.startswith("w")]
        assert found == stays


@given(st.integers(0, 900), st.integers(1, 300), st.lists(_redaction, max_size=3))
def test_an_offer_in_place_of_a_redacted_word_goes_with_it(
    start: int, length: int, redactions: list[Redaction]
) -> None:
    offer = Correction(
        start=start,
        end=start + length,
        offered="Kowalczyk",
        kind="person",
        likeness=0.9,
        heard=False,
    )
    private = any(
        start < r.clip.end and start + length > r.clip.start for r in redactions
    )
    assert without_private((offer,), redactions) == (() if private else (offer,))
    assert without_private((), redactions) == ()


@given(st.text(max_size=12), st.sampled_from(["", ",", "'s", "\u2019s?", "..."]))
def test_whatever_was_said_is_found_as_it_was_said(text: str, mark: str) -> None:
    words = wording(text + mark)
    if words is not None:
        assert words.search(f"({text})")
