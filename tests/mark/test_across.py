from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pullquote.formats.answer_md import load_answer, save_answer, save_superseded
from pullquote.formats.folder import ShowFolder
from pullquote.mark.review.across import again, differences, supersession_faults
from pullquote.model.answer import Answer
from pullquote.model.episode import Episode
from pullquote.model.library import Library
from pullquote.model.same_question import alike, question_key
from tests.mark.shows import HEAT, SHOW, entry, library


def answer(number: int, question: str, body: str = "It can help.") -> Answer:
    return replace(
        HEAT, slug=f"a{number}", id=f"{number:032x}", question=question, body=body
    )


OLD = answer(
    1, "Can gabapentin help with sciatica?", "Take 300 milligrams, never more."
)
NEW = answer(2, "Does gabapentin help sciatica?", "Take 600 mg in the evening.")
LIKE = answer(3, "Would gabapentin help my back pain or sciatica?")
OTHER = answer(4, "When is surgery needed?")


def show_of(*answers: Answer) -> Library:
    return library(
        *(
            entry(
                one,
                slug=f"2026-0{n}-01-e",
                episode=Episode(guid=f"g{n}", title="T", held=date(2026, n, 1)),
            )
            for n, one in enumerate(answers, 1)
        )
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "What are trigger point injections?",
            "What is a trigger point injection?",
            True,
        ),
        ("Is it safe to fly?", "Is flying safe?", False),
        ("Is heat safe?", "Is heat not safe?", False),
        ("When is surgery needed?", "Why is surgery needed?", False),
        ("Can I take 300 mg?", "Can I take 600 mg?", False),
        ("Pain in my left leg?", "Pain in my right leg?", False),
        ("What is it?", "What is that?", False),
        ("Is heat better than ice?", "Is ice better than heat?", False),
        ("Is heat better than ice?", "Would heat be better than ice?", True),
        ("Does stress cause pain?", "Can pain cause stress?", False),
        ("Is rest or ice good?", "Is ice or rest good?", True),
    ],
)
def test_questions_are_the_same_by_the_words_that_carry_them(
    one: str, other: str, same: bool
) -> None:
    assert (question_key(one) == question_key(other)) is same


def test_other_answers_are_found_newest_first() -> None:
    shown = show_of(OLD, NEW, LIKE, OTHER)
    found = again(shown, shown.entries[0], OLD)
    assert [(a.answer.slug, a.same) for a in found] == [("a3", False), ("a2", True)]
    assert alike(OLD.question, LIKE.question)
    gone = show_of(OLD, replace(NEW, status="withdrawn"))
    assert again(gone, gone.entries[0], OLD) == ()


def test_what_two_answers_say_differently_is_named() -> None:
    found = differences(OLD, NEW, SHOW)
    assert any(line.startswith("only here, number: Take 300") for line in found)
    assert any(line.startswith("only there, number: Take 600") for line in found)
    assert differences(OLD, OLD, SHOW) == ()
    worse = answer(5, "?", "Heat makes it worse.")
    better = answer(6, "?", "Heat makes it better.")
    assert differences(worse, better, SHOW) == ("contrary: worse / better",)


def test_a_superseded_answer_says_by_which(tmp_path: Path) -> None:
    path = tmp_path / "a1.md"
    save_answer(path, replace(OLD, cut_by="clare"))
    before = path.read_text()
    save_superseded(path, NEW.id)
    assert load_answer(path).superseded_by == NEW.id
    assert load_answer(path).digest() == OLD.digest()
    save_superseded(path, None)
    assert path.read_text() == before
    save_answer(tmp_path / "a9.md", replace(OLD, superseded_by=NEW.id))
    assert load_answer(tmp_path / "a9.md").superseded_by == NEW.id


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ((replace(OLD, superseded_by="f" * 32),), "which is no answer"),
        ((replace(OLD, superseded_by=OLD.id),), "leads in a circle"),
        (
            (replace(OLD, superseded_by=NEW.id), replace(NEW, superseded_by=OLD.id)),
            "leads in a circle",
        ),
        (
            (replace(OLD, superseded_by=NEW.id), replace(NEW, status="withdrawn")),
            "was withdrawn",
        ),
        ((OLD, replace(NEW, superseded_by=OLD.id)), "which was given before"),
    ],
)
def test_a_wrong_way_is_a_fault(answers: tuple[Answer, ...], problem: str) -> None:
    shown = show_of(*answers)
    faults = [*supersession_faults(shown, ShowFolder(Path()))]
    assert faults
    assert problem in str(faults[0])
    sound = show_of(replace(OLD, superseded_by=NEW.id), NEW)
    assert not [*supersession_faults(sound, ShowFolder(Path()))]
