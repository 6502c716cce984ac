from dataclasses import replace
from itertools import pairwise

import pytest

from pullquote.mark.notes.chapters import SHORTEST, draft_chapters, plain_title
from pullquote.mark.notes.summary import draft_summary, notes_text
from pullquote.mark.suggest.suggestions import suggest
from pullquote.model.answer import Clip
from pullquote.model.show import Topic
from tests.mark.shows import SHOW, said

LONG = "Most people with a worn joint get better within a few weeks of gentle exercise."
TURNS = (
    said(0, "Clare Fenn", "Welcome to the show.", pause=4000),
    said(
        20_000,
        "Clare Fenn",
        "Our first question is from a viewer.",
        "What are trigger point injections?",
    ),
    said(24_000, "Tiffany Lin", LONG, "It calms a tight muscle.", pause=9000),
    said(
        60_000,
        "Clare Fenn",
        "The next one is from Zebulon Quandary of Dayton.",
        "How long does recovery after surgery take?",
    ),
    said(
        70_000,
        "Sam Hale",
        "A small operation needs about six weeks until the bone has healed.",
        "Zebulon Quandary should walk every single day of those six weeks.",
        pause=9000,
    ),
    said(110_000, "Clare Fenn", "Thank you both, good night.", pause=20_000),
)
DURATION = 131_000


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("What are trigger point injections?", "Trigger point injections"),
        ("How long does recovery after surgery take?", "Recovery after surgery"),
        ("Is heat fine?", "Heat"),
        (
            "How long does a new episode of low back pain usually last?",
            "New episode of low back pain",
        ),
        ("Why?", ""),
    ],
)
def test_titles_are_a_few_plain_words(question: str, title: str) -> None:
    assert plain_title(question, SHOW).startswith(title)
    assert len(plain_title(question, SHOW).split()) <= 6


def test_in_another_language_a_question_of_seven_words_is_whole() -> None:
    """Its last six say "Ich nach der Spritze Auto fahren"."""
    asked = "Darf ich nach der Spritze Auto fahren?"
    turns = [
        said(0, "Clare Fenn", "Guten Abend.", pause=9000),
        said(20_000, "Clare Fenn", asked),
        said(30_000, "Tiffany Lin", "Am selben Tag bitte nicht.", pause=9000),
        said(50_000, "Clare Fenn", "Hilft Wärme?"),
        said(60_000, "Sam Hale", "Ja, den meisten.", pause=9000),
    ]
    german = [replace(turn, language="de") for turn in turns]
    made = draft_chapters(german, suggest(german), SHOW, DURATION)
    assert made[1].title == asked.rstrip("?")


def test_chapters_begin_at_zero_and_follow_the_questions() -> None:
    made = draft_chapters(TURNS, suggest(TURNS), SHOW, DURATION)
    assert [(c.start, c.title) for c in made] == [
        (0, "Welcome"),
        (20_000, "Trigger point injections"),
        (60_000, "Recovery after surgery"),
        (110_000, "Closing words"),
    ]
    starts = [c.start for c in made]
    assert all(b - a >= SHORTEST for a, b in pairwise(starts))


def test_a_talk_without_questions_has_chapters_too() -> None:
    talk = tuple(
        said(n * 60_000, "Tiffany Lin", f"{topic} is what we speak of.", LONG)
        for n, topic in enumerate(("The spinal canal", "Heat", "Ice", "Arthritis"))
    )
    topics = (*SHOW.topics, Topic(id="arthritis", title="Arthritis"))
    made = draft_chapters(talk, (), replace(SHOW, topics=topics), 240_000)
    assert len(made) >= 3
    assert made[0].start == 0
    assert len({c.title for c in made}) == len(made)


def test_what_is_too_short_for_chapters_has_none() -> None:
    assert draft_chapters(TURNS[:2], (), SHOW, 25_000) == ()
    assert draft_chapters((), (), SHOW, 0) == ()


def test_a_title_is_of_what_is_left_where_the_question_names_somebody() -> None:
    asked = "Does Zebulon Quandary need recovery after surgery?"
    turns = (*TURNS[:3], said(60_000, "Clare Fenn", asked), *TURNS[4:])
    made = draft_chapters(turns, suggest(turns), SHOW, DURATION)
    assert [c.title for c in made if c.start == 60_000] == ["Recovery after surgery"]


def test_the_summary_is_the_speakers_own_and_names_nobody_private() -> None:
    quotes = draft_summary(TURNS, suggest(TURNS), SHOW)
    assert [q.text for q in quotes] == [
        LONG,
        "A small operation needs about six weeks until the bone has healed.",
    ]
    assert [q.speaker for q in quotes] == ["Tiffany Lin", "Sam Hale"]
    text = notes_text(quotes)
    assert "\u201d Tiffany Lin (0:24)" in text
    assert "Quandary" not in text
    assert notes_text(()) == ""


@pytest.mark.parametrize(
    "told",
    [
        [
            "A small operation needs about six weeks until it heals.",
            "Unless you smoke.",
        ],
        ["A small operation needs about six weeks until it heals.", "That's a myth."],
        ["Many people think that surgery heals the spine in six weeks."],
        ["We used to think that surgery heals the spine in six weeks."],
    ],
)
def test_what_the_next_sentence_takes_back_is_no_summary(told: list[str]) -> None:
    turns = (said(0, "Tiffany Lin", *told),)
    assert draft_summary(turns, (), SHOW) == ()
    assert draft_summary((said(0, "Tiffany Lin", told[0]),), (), SHOW) or len(told) == 1


def test_what_is_taken_back_in_the_next_turns_is_no_summary() -> None:
    claim = said(0, "Tiffany Lin", "A warm bath eases the back of most people.")
    nods = said(2000, "Clare Fenn", "I see.")
    back = said(3000, "Tiffany Lin", "But not after a fall.")
    assert draft_summary((claim, nods), (), SHOW)
    assert not draft_summary((claim, nods, back), (), SHOW)
    assert not draft_summary((claim, replace(back, speaker="Sam Hale")), (), SHOW)


def test_no_name_stands_under_a_voice_that_nobody_confirmed() -> None:
    guessed = tuple(replace(t, guessed=True) for t in TURNS)
    assert all(q.speaker is None for q in draft_summary(guessed, (), SHOW))


def test_a_doctor_who_reads_a_question_out_names_no_viewer_in_the_draft() -> None:
    asked = said(
        40_000,
        "Tiffany Lin",
        "The next question comes from a viewer named Zebulon Quandary.",
        "Zebulon Quandary had his whole spine fused in March at the clinic in Dayton.",
        "How long does recovery after surgery take for Zebulon Quandary?",
    )
    turns = (*TURNS[:3], asked, *TURNS[4:])
    suggestions = suggest(turns)
    assert any(s.question.clip.overlaps(40_000, asked.end) for s in suggestions)
    chapters = draft_chapters(turns, suggestions, SHOW, DURATION)
    assert "Recovery after surgery" in [c.title for c in chapters]
    assert "Quandary" not in " ".join(c.title for c in chapters)
    assert "Quandary" not in notes_text(draft_summary(turns, suggestions, SHOW))


def test_what_an_editor_kept_may_stand_in_a_chapter() -> None:
    """A street in which a council puts lights, not that of whoever asks."""
    asked = said(20_000, "Clare Fenn", "Can the council light Orchard Close?")
    turns = (TURNS[0], asked, *TURNS[2:])
    street = asked.words[4:6]
    kept = (Clip(start=street[0].start, end=street[-1].end),)
    for may, title in (((), False), (kept, True)):
        made = draft_chapters(turns, suggest(turns), SHOW, DURATION, kept=may)
        assert any("Orchard Close" in chapter.title for chapter in made) == title
