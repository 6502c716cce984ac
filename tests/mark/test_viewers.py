"""Who is who in a programme, what viewers ask, and whose words answer."""

from collections.abc import Sequence

from pullquote.mark.suggest import cues, replies, viewers
from pullquote.mark.suggest.reading import Asked, read_out
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


def test_what_a_caller_asks_is_not_read_out() -> None:
    assert [how for _, how in _asked(*LETTER, *CALL)] == ["read"]


def test_a_question_goes_on_until_nothing_asks() -> None:
    talk = _talk(*LETTER, *CALL)
    callers = find_callers(talk)
    first = next(n for n, u in enumerate(talk.units) if "sore knee" in u.text)
    (asked,) = viewers.begun_at(talk, callers, [first], ())
    assert (asked.how, talk.units[asked.last].text) == ("caller", "Should I run?")


def test_where_viewers_are_told_of_or_call_it_is_a_programme() -> None:
    assert _is_programme(*LETTER, *SECOND)
    assert _is_programme(*LETTER, *CALL)


def test_where_nobody_outside_asks_it_is_no_programme() -> None:
    plain = ((HOST_A, "Why did you become a doctor?"), (DOCTOR, LONG))
    assert not _is_programme(*plain, *plain, *plain)


def test_an_answer_ends_where_the_next_question_is_announced() -> None:
    assert _answers(1.0, *LETTER, *SECOND) == [LONG, LONG]


def test_what_is_likely_refused_has_no_answer() -> None:
    assert _answers(0.4, *LETTER, *SECOND) == [None, None]


def test_questions_read_together_share_an_answer_unless_one_is_put_off() -> None:
    ridden = "A viewer writes to us.", "Can I ride again?"
    swum = "Another viewer writes to us.", "Is swimming good for a disc?"
    refused = "I'm sorry, we cannot answer that."
    assert _answers(1.0, (HOST_A, *ridden, *swum), (DOCTOR, LONG)) == [LONG, LONG]
    put_off = (HOST_A, *ridden, refused, *swum), (DOCTOR, LONG)
    assert _answers(1.0, *put_off) == [None, LONG]


def test_an_answer_ends_where_it_most_likely_does() -> None:
    reply = (DOCTOR, "Wait a month.", "Then ride.", "Shall we go on?")
    answers = _answers(1.0, *LETTER[:2], reply, likely="Then ride.")
    assert answers == ["Wait a month. Then ride."]


def _talk(*turns: Sequence[str]) -> Talk:
    clock, timed = 0, []
    for turn in turns:
        timed.append(said(clock, *turn))
        clock = timed[-1].end + 1500
    units = split(timed)
    asking = ["?" in u.text or cues.asks_without_mark(u.text) for u in units]
    return Talk.of(units, asking)


def _is_programme(*turns: Sequence[str]) -> bool:
    talk = _talk(*turns)
    callers = find_callers(talk)
    begins = [n for n, asks in enumerate(talk.asking) if asks]
    asked = viewers.begun_at(talk, callers, begins, ())
    return viewers.is_programme(talk, callers, asked)


def _answers(
    answered: float, *turns: Sequence[str], likely: str = LONG
) -> list[str | None]:
    talk = _talk(*turns)
    callers = find_callers(talk)
    ends = [float(unit.text == likely) for unit in talk.units]
    asked = [one for turn in talk.turns for one in read_out(talk, turn)]
    found = replies.answers(talk, callers, asked, [answered] * len(asked), ends)
    return [a and " ".join(u.text for u in talk.units[a[0] : a[1] + 1]) for a in found]


def _asked(*turns: Sequence[str]) -> list[tuple[str, str]]:
    talk = _talk(*turns)

    def text(one: Asked) -> str:
        return " ".join(u.text for u in talk.units[one.first : one.last + 1])

    return [
        (text(one), one.how) for one in viewers.find_asked(talk, find_callers(talk))
    ]
