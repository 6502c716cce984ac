from pullquote.mark.suggest import cues
from pullquote.mark.suggest.moderated import Found, find, tells_voices_apart
from pullquote.mark.suggest.roles import Talk
from pullquote.mark.suggest.units import Unit, split
from tests.mark.shows import said

LONG = "It depends on the cause, and most people get better within a few weeks of rest."


def talk(*rows: tuple[str, str]) -> tuple[Unit, ...]:
    """Return the units of turns, each given as speaker and sentences with |."""
    turns = [
        said(10_000 * n, who, *text.split("|")) for n, (who, text) in enumerate(rows)
    ]
    return split(turns)


def cut(*rows: tuple[str, str]) -> list[tuple[str, str | None]]:
    units = talk(*rows)
    return [
        (shown(units, f.question), shown(units, f.answer))
        for f in found(units)
        if f.question
    ]


def found(units: tuple[Unit, ...]) -> tuple[Found, ...]:
    return find(Talk.of(units, [cues.asks(u.text) for u in units]))


def shown(units: tuple[Unit, ...], span: tuple[int, int] | None) -> str:
    return (
        "-" if span is None else " ".join(u.text for u in units[span[0] : span[1] + 1])
    )


Q1 = ("M", "The next question is from Ohio.|Should I rest or move?")
A1 = ("A", f"Keep moving.|{LONG}")


def test_a_question_read_out_ends_where_somebody_else_answers() -> None:
    assert cut(Q1, A1) == [("Should I rest or move?", f"Keep moving. {LONG}")]


def test_a_viewers_story_belongs_to_the_question_and_the_announcement_not() -> None:
    assert cut(
        Q1,
        A1,
        (
            "M",
            "Thank you.|A viewer writes in.|My doctor gave me pills.|I would like to know how long they are safe.",
        ),
        ("B", LONG),
    )[1] == (
        "My doctor gave me pills. I would like to know how long they are safe.",
        LONG,
    )


def test_a_subject_named_before_the_question_is_left_out() -> None:
    assert cut(
        ("M", "Somebody wants to know about nerves.|Why was I sent for a test?"),
        ("A", LONG),
    ) == [("Why was I sent for a test?", LONG)]


def test_a_question_with_a_remark_between_its_parts_is_one() -> None:
    assert (
        cut(("M", "Is ice fine for it?|I use it daily.|Or is heat better?"), A1)[0][0]
        == "Is ice fine for it? I use it daily. Or is heat better?"
    )


def test_a_second_doctor_is_asked_the_same_and_both_answer() -> None:
    assert cut(Q1, A1, ("M", "And Doctor Bell, how do you see it?"), ("B", LONG)) == [
        (
            "Should I rest or move?",
            f"Keep moving. {LONG} And Doctor Bell, how do you see it? {LONG}",
        )
    ]


def test_a_question_that_is_refused_has_no_answer() -> None:
    assert cut(
        Q1,
        A1,
        (
            "M",
            "Somebody wants to know whether to buy it.|We are not able to comment on"
            " products.|Finally, which stretch is best?",
        ),
        ("B", LONG),
    )[1:] == [
        ("Somebody wants to know whether to buy it.", "-"),
        ("Finally, which stretch is best?", LONG),
    ]


def test_a_question_put_off_in_the_same_breath_has_no_answer() -> None:
    put_off = "Someone would like to hear about fusion, which will have to wait."
    assert cut(Q1, A1, ("M", f"{put_off}|Thank you both."), ("A", "Good night."))[
        1:
    ] == [(put_off, "-")]


def test_a_doctor_who_will_not_answer_gives_none() -> None:
    no = "I cannot answer that one from here.|Please call your own doctor today."
    assert cut(Q1, ("A", no)) == [("Should I rest or move?", "-")]
    yes = f"I cannot speak to your case.|{LONG}|{LONG}|{LONG}"
    assert cut(Q1, ("A", yes))[0][1] != "-"


def test_to_whom_a_question_goes_is_no_part_of_it() -> None:
    assert cut(
        ("M", "I would like to hear from both of you on this one.|Do I need a scan?"),
        ("A", LONG),
    ) == [("Do I need a scan?", LONG)]


def test_thanks_and_farewells_are_no_answer() -> None:
    assert cut(
        Q1,
        A1,
        ("M", "What a helpful hour.|Thank you, Doctor Bell."),
        ("A", "My pleasure.|Good night."),
    ) == [("Should I rest or move?", f"Keep moving. {LONG}")]
    assert cut(Q1, ("A", f"{LONG}|Thank you."))[0][1] == LONG


def test_a_short_remark_of_the_host_does_not_end_the_answer() -> None:
    answer = cut(Q1, A1, ("M", "Right, I see."), ("A", LONG))[0][1]
    assert answer == f"Keep moving. {LONG} Right, I see. {LONG}"


def test_a_host_who_talks_at_length_ends_the_answer() -> None:
    news = " ".join(["word"] * 30) + "."
    assert cut(Q1, A1, ("M", news), ("A", LONG))[0][1] == f"Keep moving. {LONG}"


def test_a_question_at_the_very_end_has_no_answer() -> None:
    assert cut(Q1, A1, ("M", "Is it time to go home?"))[-1] == (
        "Is it time to go home?",
        "-",
    )


def test_a_question_that_the_speaker_answers_alone_is_none() -> None:
    lecture = "Why is that so?|" + "|".join([LONG] * 3)
    assert cut(Q1, A1, ("M", lecture), ("A", "Hm."))[1:] == []


def test_what_a_host_asks_another_host_is_no_viewers_question() -> None:
    talk_of_three = [Q1, A1] * 3 + [("N", "And what can it cost?"), ("A", LONG)] * 3
    among = [("M", "Do you remember last month?"), ("N", "I do.")]
    asked = [question for question, _ in cut(*talk_of_three, *among, Q1, A1)]
    assert "And what can it cost?" in asked
    assert "Do you remember last month?" not in asked


def test_where_everybody_asks_and_answers_nothing_is_dropped() -> None:
    talk_of_two = [
        turn
        for n in range(4)
        for turn in (("M", f"What is thing {n}?"), ("N", "It is this. And yours?"))
    ]
    assert len(cut(*talk_of_two)) >= 4


def test_who_never_asks_is_no_host() -> None:
    units = talk(("A", LONG), ("B", LONG))
    assert found(units) == ()


def test_facts_for_the_score_are_kept() -> None:
    (one,) = found(talk(Q1, A1))
    assert (one.announced, one.marked, one.declined) == (True, True, False)


def test_voices_are_of_use_only_where_two_have_a_part() -> None:
    assert tells_voices_apart(talk(Q1, A1))
    assert not tells_voices_apart(talk(("M", LONG)))
    assert not tells_voices_apart(())
    assert not tells_voices_apart(talk(("M", "|".join([LONG] * 40)), ("A", "Yes.")))
