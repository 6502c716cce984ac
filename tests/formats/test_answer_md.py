from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.errors import ContentError, PullquoteError
from pullquote.formats.answer_md import (
    format_answer,
    load_answer,
    parse_answer,
    save_answer,
    save_review,
    save_superseded,
)
from pullquote.model.answer import Answer, Clip, Correction, Review

PATH = Path("answers/heat.md")
ANSWER = Answer(
    slug="heat",
    id="0123456789abcdef" * 2,
    question='Does "heat" help?',
    speakers=("lin", "oster"),
    asked=Clip(start=751_200, end=760_900),
    answered=Clip(start=761_300, end=842_900),
    topics=("heat-and-ice",),
    cut_by="moss",
    corrected=date(2026, 4, 1),
    corrections=(Correction(on=date(2026, 5, 2), note='Said "hours", meant days.'),),
    body="It often does.\n\nTry it for ten minutes.",
)
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80)


def test_every_fact_comes_back() -> None:
    assert parse_answer(format_answer(ANSWER), PATH) == ANSWER


@given(question=TEXT, body=TEXT, start=st.integers(0, 200_000_000))
def test_any_question_and_text_come_back(question: str, body: str, start: int) -> None:
    clip = Clip(start=start, end=start + 1)
    answer = replace(ANSWER, question=question, body=body.strip(), asked=clip)
    assert parse_answer(format_answer(answer), PATH) == answer


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("+++\nid", "id", "heat.md:1: does not start with +++"),
        (" ]\n+++\nIt", " ]\nIt", ""),
        ("00:12:40.900", "00:12:30.000", "heat.md:5: 'asked' ends (00:12:30.000)"),
        ("00:14:02.900", "14:02", "heat.md:6: is not valid TOML"),
        ("0123", "XYZ3", "heat.md:2: id"),
        ("question", "qestion", "did you mean 'question'?"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, said: str) -> None:
    text = format_answer(ANSWER)
    if not said:
        text, said = text.replace("+++\nIt", "It"), "the +++ of line 1 is never closed"
    with pytest.raises(PullquoteError) as caught:
        parse_answer(text.replace(old, new, 1), PATH)
    faults = getattr(caught.value, "faults", (caught.value,))
    assert any(said in str(fault) for fault in faults)


def test_a_new_answer_never_replaces_another(tmp_path: Path) -> None:
    path = tmp_path / "heat.md"
    save_answer(path, ANSWER)
    with pytest.raises(ContentError, match="is there already"):
        save_answer(path, ANSWER)


def test_a_review_changes_nothing_but_status_and_review(tmp_path: Path) -> None:
    path = tmp_path / "heat.md"
    text = format_answer(ANSWER).replace("topics =", "# which treatment\ntopics =")
    path.write_text(text)
    review = Review(by="lin", on=date(2026, 3, 20), digest=ANSWER.digest())
    signed = replace(ANSWER, status="approved", review=review)
    save_review(path, signed)
    assert load_answer(path) == signed
    assert "# which treatment\n" in path.read_text()
    assert "00:12:31.200" in path.read_text()
    save_review(path, replace(ANSWER, status="draft", review=None))
    assert path.read_text() == text


def test_facts_on_several_lines_stay_as_they_are(tmp_path: Path) -> None:
    question = '"""\nIs it:\n[heat]\nsuperseded_by = "ice"?"""'
    text = format_answer(ANSWER)
    line = next(row for row in text.split("\n") if row.startswith("question"))
    path = tmp_path / "heat.md"
    path.write_text(text.replace(line, f"question = {question}"))
    before = load_answer(path)
    save_superseded(path, "f" * 32)
    assert load_answer(path) == replace(before, superseded_by="f" * 32)
    save_superseded(path, None)
    assert load_answer(path) == before
    save_review(path, replace(before, status="withdrawn"))
    assert load_answer(path) == replace(before, status="withdrawn")


def test_any_change_of_what_was_signed_reopens_it() -> None:
    review = Review(by="lin", on=date(2026, 3, 20), digest=ANSWER.digest())
    signed = replace(ANSWER, status="approved", review=review)
    assert signed.approved
    assert replace(signed, slug="warmth", topics=()).approved
    for change in (
        {"question": "Does ice help?"},
        {"body": "It never does."},
        {"speakers": ("lin",)},
        {"asked": Clip(start=0, end=1)},
        {"answered": Clip(start=0, end=1)},
        {"status": "withdrawn"},
    ):
        assert not replace(signed, **change).approved
