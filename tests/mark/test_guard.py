from dataclasses import replace

import pytest

from pullquote.formats.sentences import sentences
from pullquote.mark.guard.answers import changes, unticked
from pullquote.mark.guard.compare import Finding, compare
from pullquote.mark.guard.spelling import Token
from pullquote.mark.guard.tokens import tokens
from pullquote.mark.lexicon.contraries import contraries
from pullquote.model.answer import Clip
from tests.mark.rewording import changed, harmless
from tests.mark.rewording_by_hand import CHANGED, HARMLESS, rows
from tests.mark.shows import HEAT, SHOW, said


def words(text: str) -> list[Token]:
    return tokens((word, 1, True) for word in text.split())


def compared(spoken: str, published: str) -> tuple[Finding, ...]:
    return compare(words(spoken), words(published), frozenset({"sciatica"}))


@pytest.mark.parametrize(
    ("spoken", "published", "kind"),
    [
        ("It does not repair the disc.", "It does repair the disc.", "negation"),
        ("That is safe for you.", "That is unsafe for you.", "opposite"),
        ("It is never safe.", "It is safe.", "negation"),
        ("After six weeks it heals.", "After sixteen weeks it heals.", "number"),
        ("Take 500 mg at night.", "Take 50 mg at night.", "dose"),
        ("Take 5 milligrams.", "Take 5 grams.", "dose"),
        ("Take 5 mg of it.", "Take it.", "dose"),
        ("Rest for two days.", "Rest for two weeks.", "unit"),
        ("Take it daily.", "Take it weekly.", "frequency"),
        ("It often helps.", "It rarely helps.", "frequency"),
        ("My left leg hurts.", "My right leg hurts.", "side"),
        ("The left foot is weak.", "The foot is weak.", "side"),
        ("It sits at L4-L5.", "It sits at L5-S1.", "level"),
        ("In the lumbar part.", "In the cervical part.", "level"),
        ("Take ibuprofen now.", "Take tramadol now.", "drug or procedure"),
        ("A laminectomy helps.", "A fusion helps.", "drug or procedure"),
        ("It is sciatica, yes.", "It is ibuprofen, yes.", "drug or procedure"),
        ("You may go home.", "You must go home.", "may or must"),
        ("It might help you.", "It helps you.", "may or must"),
        ("Your knee hurts.", "Your hip hurts.", "part of the body"),
        ("Most people heal.", "All people heal.", "amount"),
        ("It will get better.", "It will get worse.", "opposite"),
        ("It helps. You should not drive. Rest.", "It helps. Rest.", "left out"),
        ("It helps. Call if it is an emergency. Rest.", "It helps. Rest.", "left out"),
        ("It runs through March.", "It runs until March.", "wording"),
        ("It holds in this county.", "It holds in this country.", "wording"),
        ("It affects the risk.", "It increases the risk.", "wording"),
        ("He had probable cause.", "He had cause.", "left out"),
        ("It works best early on.", "It works early on.", "left out"),
        ("Ice and heat help.", "Ice or heat help.", "wording"),
        ("He fell and it broke.", "He fell, so it broke.", "wording"),
        ("Take 5 on the ICU.", "Take 5 on the unit.", "wording"),
        ("Ice helps knees. Heat helps backs.", "Ice helps backs.", "left out"),
        ("No, never. It helps.", "It helps.", "negation"),
        (
            "What we found in older men who had the shot was that pain fell.",
            "Pain fell.",
            "left out",
        ),
        ("", "It helps.", "added"),
        ("It was safe.", "It is safe.", "wording"),
        ("the one that hurts", "the spot that hurts", "wording"),
        ("Rest first. It was the joint.", "It was the whole joint.", "added"),
        ("It helps.", "It helps, as all our happy patients say.", "doubt"),
        ("Take 5 mg of it.", "Take >5 mg of it.", "added"),
        ("Take 5 mg of it.", "Take < 5 mg of it.", "added"),
        ("Take 5 mg of it.", "Take 5+ mg of it.", "added"),
        ("Take 5 mg every day.", "Take 5 mg/h every day.", "frequency"),
        ("It is not safe.", "It is ~~not~~ safe.", "added"),
        ("So it is safe to drive.", "It is safe to drive?", "order"),
        ("Take 5 mg of it.", "Take ~5 mg of it.", "doubt"),
        ("Take 5 mg of it.", "Take \u22655 mg of it.", "amount"),
        ("This is that.", "This \u2260 that.", "negation"),
        ("It helps.", "It helps. \U0001f44e", "added"),
        ("It is not safe.", "It is n\u0336o\u0336t\u0336 safe.", "added"),
        ("It is safe.", "It is safe\u20e0.", "added"),
        ("It costs 5.", "It costs \u00a55.", "added"),
        ("Take 15 or 20 mg.", "Take 15 20 mg.", "number"),
        ("Take 15 or 20 mg.", "Take 15\u00b720 mg.", "unit"),
        ("He is not able.", "He is notable.", "negation"),
        ("Take 15 or 20 mg.", "Take \u206715 or 20\u2069 mg.", "added"),
        ("Take 106 of them.", "Take 10\u2076 of them.", "number"),
        ("Use ice or heat.", "Use ice & heat.", "wording"),
        ("Use ice or heat.", "Use ice/heat.", "wording"),
        ("Use ice and heat.", "Use ice/heat.", "wording"),
        ("Take ice/heat.", "Take ice and heat.", "wording"),
        ("It costs five euros.", "It costs $5.", "wording"),
        ("It costs 5.", "It costs $5.", "added"),
        ("It costs $5.", "It costs $50.", "number"),
        ("It harms one in a thousand.", "It harms a thousand.", "number"),
        ("One out of ten people has it.", "Ten people have it.", "number"),
        ("Three to six hundred milligrams.", "3 to 600 mg.", "number"),
        ("More than two days.", "Two or more days.", "amount"),
        ("Take two to three tablets.", "Take 2/3 tablets.", "left out"),
        ("Take ibuprofen or naproxen.", "Take ibuprofen, naproxen.", "left out"),
    ],
)
def test_a_change_of_meaning_is_named(spoken: str, published: str, kind: str) -> None:
    found = compared(spoken, published)
    assert kind in [kind for finding in found for kind in finding.kinds]


@pytest.mark.parametrize(
    ("spoken", "published"),
    [
        ("Six to eight weeks.", "6-8 weeks."),
        ("I don't know, it can't hurt.", "I do not know, it cannot hurt."),
        ("one hundred and fifty milligrams", "150mg"),
        ("a hundred and one", "101"),
        ("two thousand five hundred", "2,500"),
        ("in twenty twenty six", "in 2026"),
        ("two point five", "2.5"),
        ("Twice a day.", "Two times daily."),
        ("at L four L five", "at L4/L5"),
        ("ice and or heat", "ice and/or heat"),
        ("It costs five to ten dollars a day.", "It costs $5-10 a day."),
        ("two million dollars", "$2 million"),
        ("L4 and five", "L4 and L5"),
        ("for a week", "for one week"),
        ("You have to rest.", "You must rest."),
        ("You're going to feel it.", "You will feel it."),
        ("an X ray and an x-ray", "an X-ray and an X-ray"),
        (
            "Right away, um, you know, it is left untreated.",
            "Right away, it is left untreated.",
        ),
        ("It is not it does not help.", "It does not help."),
        ("No, no, that is fine.", "No, that is fine."),
        ("50% of them, half.", "Fifty percent of them, ½."),
        ("Let me take the first part first. It helps.", "It helps."),
        ("We don't have no records.", "We don't have any records."),
        ("An hour and a half drive.", "A 1.5-hour drive."),
        ("Two and a quarter inches.", "2.25 inches."),
        ("Two million pounds on the ICU.", "£2 million on the intensive care unit."),
        ("It was a hundred and ten over seventy.", "It was 110/70."),
        ("The anaesthetic, right, and the tumour.", "The anesthetic and the tumor."),
        ("A dozen of them on the third of May.", "12 of them on May 3."),
        ("An M R I of the C spine.", "An MRI of the C-spine."),
        (
            "He don't never rest, you shoulda went.",
            "He never rests, you should have gone.",
        ),
        ("I would have to say the cost is high.", "The cost is high."),
        ("As I said in the first show, it heals.", "It heals."),
        ("What we do is numb it.", "We numb it."),
        ("The colour of it, it varies.", "The color of it varies."),
        ("A bulging disk is common.", "A bulging disc is common."),
        ("He seen the centre.", "He saw the center."),
        ("The form, you file it online.", "You file the form online."),
        (
            "The health care act, the inj- the injection.",
            "The healthcare act, the injection.",
        ),
        ("on the first day", "on the 1st day"),
        ("It helps. It eases the back. It lasts.", "It helps. It lasts."),
        ("It eases the back. It lasts. It eases knees.", "It eases knees."),
        ("I guess so. Anyway, rest.", "Rest."),
        ("Ice and heat, less than five milligrams.", "Ice & heat, <5 mg."),
        ("About five, or five plus, equals ten.", "~5, or 5+, = 10."),
        ("Five milligrams per day, per kilo.", "5 mg/day, per kilo."),
        ("Is it safe. It is safe, right. Ice.", "Is it safe? It is safe, right? Ice?"),
        ("Three to six hundred milligrams.", "300 to 600 mg."),
        ("Do not take ibuprofen or naproxen.", "Do not take ibuprofen, naproxen."),
        ("Seven out of ten, at L four or five.", "7/10, at L4/5."),
        ("Take acetaminophen or Tylenol.", "Take acetaminophen (Tylenol)."),
        (">> It helps \u266a the knee\u00ae.", "It helps the knee."),
        ("Ask Dr. Lin, I move on, Mr. Chair.", "Ask Dr. Lin."),
        ("", ""),
    ],
)
def test_a_harmless_edit_is_none(spoken: str, published: str) -> None:
    assert compared(spoken, published) == ()


def test_the_figures_of_the_generator_hold() -> None:
    missed = [row for row in changed(300) if not compared(*row[1:])]
    flagged = [row for row in harmless(300) if compared(*row[1:])]
    assert len(missed) <= 3, missed
    assert len(flagged) <= 15, flagged


def test_edits_written_by_hand_are_told_apart() -> None:
    missed = [row for row in rows(CHANGED) if not compared(*row)]
    flagged = [row for row in rows(HARMLESS) if compared(*row)]
    assert (missed, flagged) == ([], [])


def test_a_dose_left_out_is_one_finding() -> None:
    (finding,) = compared("Take 5 mg now.", "Take now.")
    assert finding.kind == "dose"


def test_a_long_passage_left_out_is_no_false_start() -> None:
    once = "you should not lift it when you are in pain and you should not drive and"
    kept = once.replace("drive", "swim")
    found = compared(f"{once} {kept} so on", f"{kept} so on")
    assert "negation" in [finding.kind for finding in found]


def test_words_that_changed_places_are_named() -> None:
    (finding,) = compared("Pain causes depression.", "Depression causes pain.")
    assert finding.kind == "order"


@pytest.mark.parametrize(
    ("spoken", "published"),
    [
        (
            "Because the pills make you drowsy. That's why you shouldn't drive on them.",
            "You shouldn't drive on them, because the pills make you drowsy.",
        ),
        (
            "You should not lift a thing. Rest it for a week on a pillow. We call.",
            "Rest it for a week on a pillow. You should not lift a thing. We call.",
        ),
    ],
)
def test_a_moved_passage_is_one_finding(spoken: str, published: str) -> None:
    assert [finding.kind for finding in compared(spoken, published)] == ["order"]


def test_a_word_of_the_shows_own_is_put_right_by_its_sound() -> None:
    said, published = words("The cairo rub helps."), words("The chirorub helps.")
    assert compare(said, published, frozenset({"chirorub"})) == ()
    (finding,) = compare(said, words("The ultrarub helps."), frozenset({"ultrarub"}))
    assert finding.kind == "wording"


def test_a_long_difference_is_not_compared_each_word_with_each() -> None:
    long = words("word") * 3000
    other = [token for n in range(300) for token in words(f"other{n}")]
    before = contraries.cache_info()
    compare(long, other, frozenset())
    after = contraries.cache_info()
    asked = after.hits + after.misses - before.hits - before.misses
    assert asked <= len(long)


TURNS = (
    said(0, "Doctor Lin", "It does not help.", "You may take two."),
    said(2000, "Clare Fenn", "And you never do?"),
    said(3000, "Sam Hale", "I agree."),
)
ANSWER = replace(
    HEAT,
    speakers=("lin", "hale"),
    answered=Clip(start=0, end=4000),
    body="**Doctor Lin:** It *does* [help](https://x.example/not).\n\n"
    "- You may take 2\\.\n\n**Sam Hale:** I agree.",
)


def test_it_reads_markdown_as_a_reader_does_and_lets_the_host_go() -> None:
    (finding,) = changes(ANSWER, TURNS, SHOW)
    assert (finding.kind, finding.line) == ("negation", 1)
    assert finding.tick == "negation: It does not help. You -> It does help. You"


@pytest.mark.parametrize(
    "body",
    [
        "It does <never> help.\n\nYou may take two.",
        "It does <!-- never --> help.\n\nYou may take two.",
        "**Never:** It does not help. You may take two.",
        "It does help. You may take two.\n\n[not]: https://x.example",
    ],
)
def test_what_a_reader_sees_is_compared_and_nothing_else(body: str) -> None:
    answer = replace(ANSWER, speakers=("lin",), body=body)
    kinds = {finding.kind for finding in changes(answer, TURNS[:1], SHOW)}
    assert "negation" in kinds


@pytest.mark.parametrize(
    ("spoken", "body", "published"),
    [
        (
            "Never take both. Walk every day.",
            "Never:\n\n- take both\n- walk every day",
            [
                "negation: take both. Walk every day. -> Never: … take both walk every day"
            ],
        ),
        (
            "Call if you feel numb. You may be tired.",
            "Call if\n1. you feel numb.\n2. You may be tired.",
            ["condition: feel numb. You may be -> Call if … feel numb. You may be"],
        ),
        (
            "Call if you feel numb, or you feel hot.",
            "Call if\n- you feel numb, or\n- you feel hot",
            [],
        ),
        (
            "There are things not to do. Bend. Lift.",
            "There are things not to do:\n- Bend\n- Lift",
            [],
        ),
        ("I do not rest. Walk. Lift.", "I do not rest.\n\n- Walk\n- Lift", []),
        ("Walk. Lift, and never rest.", "- Walk\n- Lift, and never rest", []),
    ],
)
def test_what_a_list_puts_under_a_not_or_an_if_is_named(
    spoken: str, body: str, published: list[str]
) -> None:
    answer = replace(ANSWER, speakers=("lin",), body=body)
    found = changes(answer, [said(0, "Doctor Lin", *sentences(spoken))], SHOW)
    assert [finding.tick for finding in found] == published


def test_words_under_another_speakers_name_are_named() -> None:
    lent = (
        "**Tiffany Lin:** It does not help. I agree.\n\n**Sam Hale:** You may take two."
    )
    answer = replace(ANSWER, body=lent)
    found = [f for f in changes(answer, TURNS, SHOW) if f.kind == "speaker"]
    assert [f.said for f in found] == ["Tiffany Lin: You may take two."]
    assert [f.line for f in found] == [3]
    alone = replace(
        ANSWER, speakers=("lin",), body="It does not help. And you never do?"
    )
    (host,) = [f for f in changes(alone, TURNS, SHOW) if f.kind == "speaker"]
    assert host.said.startswith("Clare Fenn: ")
    assert host.published.startswith("Tiffany Lin: ")


def test_a_name_that_an_answer_does_not_have_is_named_above_no_words_at_all() -> None:
    """Above a word or two nobody's words were lent, and the page had her name."""
    for name, named in (("Sam Hale", True), ("Clare Fenn", False)):
        body = f"**{name}:**\n\n**Tiffany Lin:** It does not help. You may take two."
        alone = replace(ANSWER, speakers=("lin",), body=body)
        told = [finding.published for finding in changes(alone, TURNS, SHOW)]
        assert any(name in words for words in told) is named


def test_a_speaker_of_whom_nothing_is_printed_is_named() -> None:
    """The page, the feed and "how to cite" would say that he answered, too."""
    told = "who answers: Sam Hale: I agree. -> Sam Hale: (nothing)"
    for body in ("**Doctor Lin:** You may take two.", "You may take two. I do agree."):
        alone = replace(ANSWER, body=f"It does not help. {body}")
        assert told in [finding.tick for finding in changes(alone, TURNS, SHOW)]
        one = replace(alone, speakers=("lin",))
        assert told not in [finding.tick for finding in changes(one, TURNS, SHOW)]
    for body in ("**Sam Hale:** I agree.", "I agree."):
        both = replace(ANSWER, body=f"It does not help. You may take two.\n\n{body}")
        assert changes(both, TURNS, SHOW) == ()


def test_one_tick_is_good_for_one_change() -> None:
    (finding,) = changes(ANSWER, TURNS, SHOW)
    assert unticked(ANSWER, TURNS, SHOW) == (finding,)
    assert unticked(replace(ANSWER, accepted=(finding.tick,)), TURNS, SHOW) == ()
    assert unticked(replace(ANSWER, accepted=("negation",)), TURNS, SHOW) == (finding,)


def test_several_kinds_of_one_change_are_one_tick() -> None:
    turns = (said(0, "Doctor Lin", "It is not 5 mg."),)
    answer = replace(ANSWER, speakers=("lin",), body="It is 50 mg.")
    (finding,) = unticked(answer, turns, SHOW)
    assert finding.kinds == ("dose", "negation")
    assert unticked(replace(answer, accepted=(finding.tick,)), turns, SHOW) == ()
    apart = tuple(finding.ticks_apart)  # as they were asked for before
    assert unticked(replace(answer, accepted=apart), turns, SHOW) == ()
    assert unticked(replace(answer, accepted=apart[:1]), turns, SHOW) == (finding,)


def test_what_is_too_long_for_a_word_is_compared_as_it_is() -> None:
    said = "It is " + "1" * 300_000
    assert compared(said, said + ".") == ()
    assert [f.kind for f in compared(said, said + "2")] == ["number"]


def test_where_nobody_is_heard_there_is_nothing_to_compare() -> None:
    assert changes(ANSWER, (), SHOW) == ()


def test_a_long_difference_is_shown_by_its_ends() -> None:
    (finding,) = compared("Go. Do " + "not wait " * 9 + "now. Yes.", "Go. Yes.")
    assert "…" in finding.said
    assert finding.kind == "left out"


def test_an_answer_of_nothing_says_so() -> None:
    found = compared("You must not.", "")
    assert {finding.published for finding in found} == {"(nothing)"}
