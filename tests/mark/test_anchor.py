from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.mark.cut.anchor import Found, anchor_faults, anchors, find, make_anchor
from pullquote.model.answer import Anchor, Answer, Clip
from tests.mark.shows import HEAT, SHOW, entry, said

HOST = said(0, "Clare Fenn", "This is from Zebulon Quandary.", "Is heat fine for me?")
LIN = said(
    3000, "Doctor Lin", "It is fine.", "Try a warm bath at night.", "It is fine."
)
TURNS = (HOST, LIN)
ASKED = Clip(start=500, end=1000)
ANSWERED = Clip(start=3300, end=3900)
ANSWER = replace(HEAT, asked=ASKED, answered=ANSWERED, body="Try a warm bath at night.")


def anchor(clip: Clip) -> Anchor:
    cut = replace(ANSWER, asked=clip, answered=clip)
    made = anchors(cut, TURNS, SHOW).answered
    assert made is not None
    return made


def problems(answer: Answer, *turns: object) -> list[str]:
    found = anchor_faults(answer, entry(turns=turns), Path("a.md"))  # type: ignore[arg-type]
    return [str(fault) for fault in found]


def test_a_cut_is_held_by_numbers_and_text_and_nothing_private() -> None:
    assert anchor(ASKED) == Anchor(
        words=(5, 10),
        exact="Is heat fine for me?",
        prefix="",
        suffix="It is fine. Try a warm bath at night. It",
    )
    assert anchor(ANSWERED).prefix == "Is heat fine for me? It is fine."
    assert make_anchor(TURNS, Clip(start=90_000, end=91_000)) is None


def test_a_name_that_a_doctor_reads_out_with_a_question_is_not_held() -> None:
    read = said(
        0, "Doctor Lin", "This is from Zebulon Quandary.", "Is heat fine for me?"
    )
    held = anchors(ANSWER, (read, LIN), SHOW)
    assert held.asked is not None
    assert held.asked.prefix == ""


def test_the_same_transcript_gives_the_same_clip() -> None:
    for clip in (ASKED, ANSWERED):
        assert find(anchor(clip), clip, TURNS) == Found(clip=clip, same=True)


def test_words_that_come_before_shift_the_numbers_and_the_text_finds_it() -> None:
    later = (said(0, "S9", "Ah yes well."), *TURNS)
    found = find(anchor(ANSWERED), ANSWERED, later)
    assert found == Found(clip=ANSWERED, same=True)


def test_what_stands_beside_it_tells_which_of_two_it_is() -> None:
    last = Clip(start=3900, end=4200)
    later = (said(0, "S9", "Ah yes."), *TURNS)
    assert find(anchor(last), last, later) == Found(clip=last, same=True)
    first = Clip(start=3000, end=3300)
    assert find(anchor(first), first, later) == Found(clip=first, same=True)


def test_misheard_words_keep_their_place_and_are_listed() -> None:
    heard = said(3000, "S2", "It is fine.", "Dry a worm bath at night.", "It is fine.")
    found = find(anchor(ANSWERED), ANSWERED, (HOST, heard))
    assert found == Found(clip=ANSWERED, same=False)
    lost = said(3000, "S2", "It is fine.", "Try warm bath at nine.", "It is fine.")
    found = find(anchor(ANSWERED), ANSWERED, (HOST, lost))
    assert found == Found(clip=Clip(start=3300, end=3800), same=False)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Use warm bath at night.", (0, 5)),  # "Try a" gave way to one word
        ("Try a warm bath tonight.", (0, 5)),
        ("Try a warm bath in the night.", (0, 7)),
        ("Try a warm bath at the nights.", (0, 7)),
        ("A bath at night.", (0, 4)),
    ],
)
def test_changed_edges_reach_to_what_stands_beside_the_cut(
    line: str, words: tuple[int, int]
) -> None:
    heard = said(3000, "S2", "It is fine.", line, "It is fine.")
    clip = Clip(start=3300 + 100 * words[0], end=3300 + 100 * words[1])
    found = find(anchor(ANSWERED), ANSWERED, (HOST, heard))
    assert found == Found(clip=clip, same=False)


def test_what_is_gone_is_found_nowhere() -> None:
    other = said(3000, "S2", "Quite another thing was heard here by all of them.")
    assert find(anchor(ANSWERED), ANSWERED, (HOST, other)) is None
    assert find(anchor(ANSWERED), ANSWERED, (HOST,)) is None
    far = (said(900_000, "S2", "Nothing."),)
    assert find(anchor(ANSWERED), ANSWERED, far) is None


def test_a_person_is_told_what_moved_changed_or_went() -> None:
    held = replace(ANSWER, anchor=anchors(ANSWER, TURNS, SHOW))
    assert problems(ANSWER, *TURNS) == []
    assert problems(held, *TURNS) == []
    moved = said(9000, "Doctor Lin", "It is fine.", "Try a warm bath at night.")
    (told,) = problems(held, HOST, moved)
    assert (
        "'answered' lie 6.0 s from its clip; write answered = { start = 00:00:09.300"
        in told
    )
    changed = said(
        3000, "Doctor Lin", "It is fine.", "Try a hot bath at night.", "It is fine."
    )
    (told,) = problems(held, HOST, changed)
    assert "'answered' were changed in the transcript" in told
    (told,) = problems(held, HOST, said(3000, "Doctor Lin", "No."))
    assert "'answered' are in the transcript no more; listen at 00:00:03" in told
    assert problems(replace(held, status="withdrawn"), HOST) == []


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=30), st.data()
)
def test_any_stretch_is_found_again_in_its_own_transcript(
    texts: list[str], data: st.DataObject
) -> None:
    turns = (said(0, "S1", " ".join(texts)),)
    first = data.draw(st.integers(0, len(texts) - 1))
    last = data.draw(st.integers(first + 1, len(texts)))
    clip = Clip(start=100 * first, end=100 * last)
    made = make_anchor(turns, clip)
    assert made is not None
    assert find(made, clip, turns) == Found(clip=clip, same=True)


TWICE = (
    said(0, "Clare Fenn", "Is heat fine?"),
    said(1000, "Doctor Lin", "Yes it is fine."),
    said(60_000, "Clare Fenn", "Is heat fine?"),
    said(61_000, "Doctor Lin", "Yes it is fine."),
)
SECOND = Clip(start=61_000, end=61_400)


def test_the_same_words_at_its_numbers_elsewhere_are_not_the_cut() -> None:
    held = make_anchor(TWICE, SECOND)
    assert held is not None
    more = said(0, "Clare Fenn", "Is heat fine? a b c d e f g")
    found = find(held, SECOND, (more, *TWICE[1:]))
    assert found == Found(clip=SECOND, same=True)


def test_changed_words_are_not_sought_where_they_were_said_before() -> None:
    held = make_anchor(TWICE, SECOND)
    assert held is not None
    other = said(61_000, "Doctor Lin", "No it is fine.")
    found = find(held, SECOND, (*TWICE[:3], other))
    assert found == Found(clip=SECOND, same=False)


def test_an_anchor_without_words_of_its_own_is_found_nowhere() -> None:
    for numbers in ((0, 0), (-5, 3), (5, 2), (10**9, 10**9 + 3)):
        for exact in ("", "a b c"):
            held = Anchor(words=numbers, exact=exact, prefix="", suffix="")
            assert find(held, SECOND, TWICE) is None
