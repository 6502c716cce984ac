"""Who is who in a programme, what viewers ask, and whose words answer."""

from collections.abc import Sequence

from pullquote.mark.suggest import cues, replies, viewers
from pullquote.mark.suggest.reading import Asked
from pullquote.mark.suggest.roles import Talk, find_callers
from pullquote.mark.suggest.units import split
from tests.mark.shows import said

HOST_A, DOCTOR, CALLER = "H", "D", "C"
LONG = (
    "That depends on the nerve and on how long it has hurt you, I would wait and see."
)
LETTER = (
    (HOST_A, "Welcome to the show."),
    (
        HOST_A,
        "The first message is from a viewer in the north.",
        "I fell off a horse in June.",
        "Can I ride again?",
    ),
    (DOCTOR, LONG),
)
SECOND = (
    (HOST_A, "Another viewer writes to us.", "Is swimming good for a disc?"),
    (DOCTOR, LONG),
)
CALL = (
    (HOST_A, "Now we have a caller on the line, go ahead."),
    (CALLER, "Hello, my name is Ann.", "I have a sore knee.", "Should I run?"),
    (DOCTOR, LONG),
)


def test_a_caller_comes_once_and_asks_and_neither_host_nor_expert_is_one() -> None:
    assert find_callers(_talk(*LETTER, *CALL)) == (CALLER,)


def test_a_message_begins_with_its_own_story_after_the_announcement() -> None:
    asked = _asked(*LETTER, *SECOND)
    assert [text for text, _ in asked] == [
        "I fell off a horse in June. Can I ride again?",
        "Is swimming good for a disc?",
    ]


def test_a_caller_begins_after_greeting_and_name() -> None:
    asked = _asked(*LETTER, *CALL)
    assert asked[1] == ("I have a sore knee. Should I run?", "caller")


def test_a_host_asks_on_for_whose_question_was_read_out() -> None:
    more = ((HOST_A, "And what about skiing for her?"), (DOCTOR, LONG))
    assert ("And what about skiing for her?", "own") in _asked(*LETTER, *SECOND, *more)


def test_a_host_beside_a_caller_asks_for_nobody() -> None:
    more = ((HOST_A, "And what about skiing for her?"), (DOCTOR, LONG))
    asked = _asked(*LETTER, *SECOND, *CALL, *more)
    assert [how for _, how in asked] == ["read", "read", "caller"]


def test_what_went_before_is_asked_by_nobody() -> None:
    more = ((HOST_A, "And what did you say to her?"), (DOCTOR, LONG))
    assert len(_asked(*LETTER, *SECOND, *more)) == 2


def test_where_nobody_outside_asks_it_is_no_programme() -> None:
    plain = ((HOST_A, "Why did you become a doctor?"), (DOCTOR, LONG))
    assert _asked(*plain, *plain) == []


def test_an_answer_ends_where_the_next_question_is_announced() -> None:
    talk = _talk(*LETTER, *SECOND)
    callers = find_callers(talk)
    found = replies.answered(talk, callers, viewers.find_asked(talk, callers))
    texts = [
        " ".join(u.text for u in talk.units[f.answer[0] : f.answer[1] + 1])
        for f in found
        if f.answer
    ]
    assert texts == [LONG, LONG]


def test_a_refusal_is_no_answer() -> None:
    refused = (SECOND[0], (DOCTOR, "I can't comment on that, sorry."))
    talk = _talk(*LETTER, *refused)
    callers = find_callers(talk)
    last = replies.answered(talk, callers, viewers.find_asked(talk, callers))[-1]
    assert last.answer is None
    assert last.declined


def test_a_caller_who_says_again_what_was_said_asks_nothing() -> None:
    talk = _talk((DOCTOR, "From five till eight in the morning."), (CALLER, "Five?"))
    assert talk.echoes(len(talk.units) - 1)
    assert not talk.echoes(0)


def _talk(*turns: Sequence[str]) -> Talk:
    clock, timed = 0, []
    for turn in turns:
        timed.append(said(clock, *turn))
        clock = timed[-1].end + 1500
    units = split(timed)
    asking = ["?" in u.text or cues.asks_without_mark(u.text) for u in units]
    return Talk.of(units, asking)


def _asked(*turns: Sequence[str]) -> list[tuple[str, str]]:
    talk = _talk(*turns)

    def text(one: Asked) -> str:
        return " ".join(u.text for u in talk.units[one.first : one.last + 1])

    return [
        (text(one), one.how) for one in viewers.find_asked(talk, find_callers(talk))
    ]
