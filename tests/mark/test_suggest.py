import json
import re
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from pullquote.formats.sentences import sentence_starts
from pullquote.mark.suggest.suggestions import find_cuts, is_punctuated, suggest
from pullquote.mark.suggest.units import split
from pullquote.model.align import spread
from pullquote.model.transcript import TimedTurn
from tests.mark.shows import later, rested, said

SHARED = Path(__file__).parents[3] / "shared"
LONG = "It depends on the cause, and most people get better within a few weeks of rest."
PANEL = (
    said(0, "S1", "A viewer asks about heat.", "Is a warm bath fine for me?"),
    said(5000, "S2", LONG, LONG),
    said(12_000, "S1", "And Doctor Hale?"),
    said(13_000, "S3", LONG),
    said(
        20_000,
        "S1",
        "Somebody wants to know which brand to buy.",
        "We cannot comment on brands.",
    ),
    said(30_000, "S1", "Another viewer writes.", "Should I rest when it hurts?"),
    said(40_000, "S3", LONG),
)


def test_every_question_comes_with_its_answer_and_who_gives_it() -> None:
    found = sorted(suggest(PANEL), key=lambda s: s.question.start)
    # in so short a show the announcement may count as part of it
    asked = (
        "Is a warm bath fine for me?",
        "which brand to buy.",
        "rest when it hurts?",
    )
    assert len(found) == len(asked)
    for suggestion, ends in zip(found, asked, strict=True):
        assert suggestion.question.text.endswith(ends)
    assert [s.speakers for s in found] == [("S2", "S3"), (), ("S3",)]
    first, second, third = found
    assert first.answer is not None
    assert (first.answer.start, first.answer.end) == (5000, PANEL[3].end)
    assert second.answer is None
    assert second.p_answered < 0.5 < third.p_answered
    assert all(s.p_question > 0.5 for s in found)


def test_who_asks_is_no_question_whatever_its_mark() -> None:
    told = said(0, "S1", "She is 71 years old and lives in Dayton?", "Is ice fine too?")
    found = suggest((told, *PANEL[1:]))
    assert found
    assert not any(s.question.text.startswith("She is 71") for s in found)


def test_the_surest_comes_first() -> None:
    found = suggest(PANEL)
    assert [s.rank for s in found] == [1, 2, 3]
    assert found[-1].answer is None


def lecture(*lines: str, voices: int = 1) -> tuple[TimedTurn, ...]:
    return tuple(said(8000 * n, f"S{n % voices}", line) for n, line in enumerate(lines))


def test_a_transcript_without_questions_or_words_gives_none() -> None:
    assert suggest(()) == ()
    assert suggest(lecture(*[LONG] * 30, voices=3)) == ()
    assert len(suggest(lecture(*[LONG] * 30))) <= 1


def test_one_voice_alone_is_read_by_its_words() -> None:
    lines = [LONG] * 5
    for question in (
        "Can you explain what you said about heat?",
        "How do you do that?",
    ):
        lines += [question, "Yeah, so that is a good question.", LONG, LONG]
    found = suggest(lecture(*lines))
    assert len(found) >= 1
    for s in found:
        assert 0 <= s.p_question <= 1
        assert 0 <= s.p_answered <= 1
        assert s.answer is None or s.answer.start >= s.question.end - 1


def test_twenty_voices_and_no_marks_do_no_harm() -> None:
    plain = "what do you think about heat and should i rest when it hurts"
    turns = [
        said(9000 * n, f"S{n % 20}", plain if n % 4 == 0 else LONG.lower().strip("."))
        for n in range(60)
    ]
    units = split(turns)
    assert not is_punctuated(units)
    for cut in find_cuts(units):
        assert cut.question[0] <= cut.question[1]


def test_questions_are_found_where_nobody_hosts() -> None:
    lines = [
        "Is heat fine for me when it hurts?" if n % 9 == 1 else LONG for n in range(90)
    ]
    assert len(suggest(lecture(*lines, voices=4))) == 10


def test_raw_words_of_one_voice_are_read_in_pieces() -> None:
    words = ("so can you tell me how you do that in practice " + LONG.lower()) * 40
    found = suggest((said(0, "S1", words.replace(".", "").replace(",", "")),))
    assert all(0 <= s.p_question <= 1 for s in found)


def test_suggestions_never_overlap() -> None:
    cuts = sorted(suggest(PANEL), key=lambda s: s.question.start)
    for one, other in pairwise(cuts):
        end = one.answer.end if one.answer else one.question.end
        assert end <= other.question.start


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize("voices", [1, 4])
def test_six_times_as_much_is_six_times_the_work(voices: int, marks: bool) -> None:
    def talk(first: int, count: int) -> tuple[TimedTurn, ...]:
        lines = [
            f"A viewer asks, is heat of {n} degrees fine for me when it hurts?"
            if n % 9 == 0
            else f"{LONG[:-1]}, in {n} of my patients."
            for n in range(first, first + count)
        ]
        if not marks:
            lines = [
                line.lower().translate({ord(c): None for c in ",.?"}) for line in lines
            ]
        return lecture(*lines, voices=voices)

    suggest(talk(90_000, 9))  # the model's file is read once
    half_an_hour, three_hours = talk(10_000, 270), talk(20_000, 6 * 270)
    assert sum(len(turn.words) for turn in three_hours) > 27_000
    assert 10_000 < calls(three_hours) < 6.5 * calls(half_an_hour)


def calls(turns: tuple[TimedTurn, ...]) -> int:
    """How many calls suggestions take: as many whatever else the machine does."""
    made = Counter[str]()
    sys.setprofile(lambda frame, event, arg: made.update((event,)))
    try:
        suggest(turns)
    finally:
        sys.setprofile(None)
    return made["call"] + made["c_call"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared")
@pytest.mark.parametrize("name", ["dev1-sciatica", "dev2-stenosis"])
def test_all_questions_of_a_webinar_are_found_where_they_are(name: str) -> None:
    truth = json.loads((SHARED / "audio" / "webinars" / f"{name}.json").read_text())
    turns = []
    for row in truth["utterances"]:
        start, end = round(row["start"] * 1000), round(row["end"] * 1000)
        turns.append(
            TimedTurn(
                start=start,
                end=end,
                speaker=row["speaker"],
                guessed=False,
                words=spread(row["text"], start, end),
                sentence_starts=sentence_starts(row["text"].split()),
            )
        )
    found = suggest(turns)
    assert len(found) <= len(truth["qa"]) + 1
    for gold in truth["qa"]:
        (s,) = (
            s
            for s in found
            if abs(s.question.start / 1000 - gold["question_start"]) < 2
        )
        assert (s.answer is None) == (gold["answer_start"] is None)
        if s.answer is not None:
            assert abs(s.answer.start / 1000 - gold["answer_start"]) < 2
            assert abs(s.answer.end / 1000 - gold["answer_end"]) < 2
            assert set(gold["answered_by"]) == set(s.speakers)


ASKED_IN_A_SENTENCE = (
    "Now a Mister Ormandy from Thistledown has sent his whole history,"
    " he wants to know if he can swim with a brace.",
    "Here is Veritas from Cobble with a long letter,"
    " since I have a new pillow my neck is worse and what should I buy?",
    "The next card says Albin from Tilderton,"
    " I have had tingling in my thumb for a year and is that from the neck?",
)
REPLY = (
    "That is safe for most people. Begin slowly and stop when it hurts,"
    " unless your doctor told you not to."
)


def test_what_is_asked_begins_where_the_reader_rested() -> None:
    """Recognisers join who asks to what is asked by a comma."""
    turns = [said(0, "S1", "Welcome.", "We answer what viewers sent us.")]
    for asked in ASKED_IN_A_SENTENCE:
        for who, text in (("S1", asked), ("S2", REPLY)):
            turns.append(later(rested(text), turns[-1].end + 900, who))
    found = sorted(suggest(turns), key=lambda s: s.question.start)
    texts = [asked.split(", ", 1)[1] for asked in ASKED_IN_A_SENTENCE]
    assert [s.question.text for s in found] == texts
    # no "unless" is cut off
    assert [s.answer and s.answer.end for s in found] == [t.end for t in turns[2::2]]


def test_a_question_at_the_very_end_has_no_answer() -> None:
    last = said(50_000, "S1", "One more viewer writes.", "Can I swim with a brace?")
    found = suggest((*PANEL, last))
    (s,) = (s for s in found if s.question.text == "Can I swim with a brace?")
    assert s.answer is None
    assert s.p_answered < 0.5


PUT_OFF = """
N|Welcome to the Orchard Clinic's evening. This is general information.
M|Good evening. Your letters about the shoulder are on my desk. Doctor Hale is here.
A|Good evening to everybody.
M|The first letter asks this. How long should I rest a sore shoulder?
A|A few days, no longer. Keep it moving gently. Stiffness is worse than the ache.
M|Thank you. The next one is from a painter. Did my surgeon make a mistake last year?
A|I cannot judge another surgeon's work from here. He should ask the surgeon himself.
M|That is fair. Now a letter in blue ink. Is a warm bath safe with a new shoulder?
A|Once the wound is dry and closed it is. Ask your own surgeon about the day.
M|Good to know. Here is one about money. Who pays for my second scan?
M|We cannot settle that here, so please write to our office. Doctor, is it cold there?
A|It is freezing, but I brought a blanket.
M|Then the last letter. Can I sleep on the side that hurts?
A|Yes, if a pillow holds the arm. Most people come back to that side in a month.
"""


def test_what_is_put_off_or_refused_is_not_answered_whoever_speaks_next() -> None:
    turns: list[TimedTurn] = []
    for who, text in (line.split("|") for line in PUT_OFF.split("\n") if line):
        start = turns[-1].end + 900 if turns else 0
        turns.append(said(start, who, *re.split(r"(?<=[.?]) ", text), pause=300))
    found = sorted(suggest(turns), key=lambda s: s.question.start)
    told = [(s.question.text[:7], s.answer is not None) for s in found]
    assert told == [
        ("How lon", True),
        ("Did my ", False),
        ("Is a wa", True),
        ("Who pay", False),
        ("Can I s", True),
    ]


def test_ten_hours_in_two_languages_are_read_through() -> None:
    spanish = (
        "\u00bfEs bueno caminar cuando me duele la espalda?",
        "Depende de la causa, pero casi siempre ayuda moverse un poco cada d\u00eda.",
    )
    turns = []
    for n in range(1600):
        asked, answer = spanish if n % 2 else ("Should I rest when it hurts?", LONG)
        turns.append(said(n * 22_000, "S1", "A viewer asks.", asked))
        turns.append(said(n * 22_000 + 3000, "S2", answer, answer, answer))
    assert turns[-1].end > 35_000_000
    found = suggest(turns)
    asked_in = Counter(s.question.text.removeprefix("A viewer asks. ") for s in found)
    assert set(asked_in) <= {spanish[0], "Should I rest when it hurts?"}
    # the network has not learnt the language of the other half, and is in doubt here
    assert asked_in["Should I rest when it hurts?"] >= 750


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [
        ("ar", "متى يمكنني أن أستحم؟", "هذا يعتمد على السبب ومعظم الناس يتحسنون بعد أسابيع."),
        ("fa", "آیا گرما برای کمر خوب است؟", "این به علت بستگی دارد و بیشتر مردم بهتر می شوند."),
        ("ur", "کیا گرمی کمر کے لیے اچھی ہے؟", "یہ وجہ پر منحصر ہے اور زیادہ تر لوگ بہتر ہوتے ہیں\u06d4"),
        ("zh", "我 什么 时候 可以 洗澡\uff1f", "这 取决于 原因 大多数 人 在 几 周 休息 后 会 好转。"),
        ("el", "Πότε μπορώ να κάνω μπάνιο\u037e", "Εξαρτάται από την αιτία και οι πιο πολλοί καλυτερεύουν."),  # noqa: RUF001
    ],
)  # fmt: skip
def test_question_marks_of_other_scripts_count(
    language: str, question: str, answer: str
) -> None:
    turns = [
        replace(said(10_000 * n, *turn), language=language)
        for n, turn in enumerate([("S1", question), ("S2", answer, answer)] * 3)
    ]
    found = suggest(turns)
    assert [one.question.text for one in found] == [question] * 3
    assert all(one.answer is not None and one.speakers == ("S2",) for one in found)
