from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.errors import ContentError, GateError, PullquoteError
from pullquote.formats.answer_md import (
    format_answer,
    format_changes,
    load_answer,
    parse_answer,
    save_answer,
    save_review,
    save_superseded,
)
from pullquote.model.answer import (
    Anchor,
    Anchors,
    Answer,
    Clip,
    Correction,
    Review,
    Withdrawal,
)

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
ANCHOR = Anchors(
    asked=Anchor(words=(3, 9), exact='does "heat"', prefix="so", suffix="it often"),
    answered=Anchor(words=(10, 19), exact="it often does"),
)
SIGNED = replace(
    ANSWER,
    status="approved",
    accepted=("negation: \u201cnot\u201d left out", "number: ten"),
    superseded_by="f" * 32,
    anchor=ANCHOR,
    review=Review(by="lin", on=date(2026, 3, 20), digest=ANSWER.digest()),
)
SHOWN = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\u202d\u202e\ufffe\uffff"
)
TEXT = st.text(SHOWN, min_size=1, max_size=80)


NAMED = Review(
    by="lin",
    on=date(2026, 3, 20),
    digest=ANSWER.digest(),
    signed_as='Tiffany "Tiff" Lin, MD (Northgate)',
    answered_by=("Tiffany Lin, MD", "Ole Oster\\"),
)


def test_a_question_is_read_as_pages_show_it() -> None:
    """A page printed "51" where a browser had shown its signer "15"."""
    turned = replace(ANSWER, question="Is \u202e51\u202c mg safe?\x1b[2K")
    read = parse_answer(format_answer(turned), PATH)
    assert read.question == "Is 51\u202c mg safe?[2K"


def test_a_text_is_read_as_it_is_signed() -> None:
    """Blanks before it had the page show "**never**" with its signs, as code."""
    text = format_answer(replace(ANSWER, body="**Never**.\n\nOr not."))
    later = text.replace("**Never", " \n    **Never")
    one, other = (parse_answer(each, PATH) for each in (text, later))
    assert (one.body, one.digest()) == (other.body, other.digest())


@pytest.mark.parametrize(
    "answer",
    [
        ANSWER,
        SIGNED,
        replace(SIGNED, anchor=Anchors(answered=ANCHOR.answered)),
        replace(SIGNED, review=NAMED),
    ],
)
def test_every_fact_comes_back(answer: Answer) -> None:
    assert parse_answer(format_answer(answer), PATH) == answer


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
        ("00:12:40.900", "00:12:31.200", "heat.md:5: 'asked' ends (00:12:31.200)"),
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
    signed = replace(SIGNED, superseded_by=None, review=NAMED)
    save_review(path, signed)
    assert load_answer(path) == signed
    assert "# which treatment\n" in path.read_text()
    assert "00:12:31.200" in path.read_text()
    path.write_text(text)
    signed = replace(ANSWER, status="approved", review=review)
    save_review(path, signed)
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
    told = Withdrawal(on=date(2026, 5, 3), reason='Left, "for good".')
    gone = replace(before, status="withdrawn", withdrawal=told)
    save_review(path, gone)
    assert load_answer(path) == gone
    with pytest.raises(GateError, match="withdrawn for good meanwhile"):
        save_review(path, replace(before, status="approved"))
    assert load_answer(path) == gone
    save_review(path, before)
    assert load_answer(path) == before


def test_a_persons_comments_outlive_every_signature(tmp_path: Path) -> None:
    """What stands below a table's head is that table's, which a machine writes anew."""
    path = tmp_path / "heat.md"
    text = format_answer(replace(SIGNED, anchor=ANCHOR))
    text = text.replace("\n[anchor", "\n# before the words\n[anchor", 1)
    path.write_text(text.replace("\n+++\n", "\n# ask about the dose\n+++\n"))
    told = Withdrawal(on=date(2026, 5, 3))
    again = replace(SIGNED, anchor=ANCHOR, review=replace(NAMED, on=date(2026, 5, 1)))
    gone = replace(again, status="withdrawn", withdrawal=told)
    for now in (again, gone, replace(again, status="draft", review=None)):
        save_review(path, now)
        assert load_answer(path) == now
        for said in ("# before the words\n", "# ask about the dose\n"):
            assert path.read_text().count(said) == 1


def test_what_is_signed_twice_stays_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "heat.md"
    save_answer(path, SIGNED)
    text = path.read_text().replace("[review]\n", "\n[review]  # at last\n")
    path.write_text(text)
    save_review(path, SIGNED)
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({}, 0),
        ({"question": "Does ice help?"}, 1),
        ({"speakers": ("lin",)}, 1),
        ({"topics": ()}, 1),
        ({"cut_by": "hale"}, 1),
        ({"asked": Clip(start=0, end=90_000_000)}, 1),
        ({"answered": Clip(start=761_300, end=761_301)}, 1),
        ({"anchor": ANCHOR}, 0),
        ({"corrections": ()}, 3),
        ({"corrections": (*ANSWER.corrections, *ANSWER.corrections)}, 1),
        ({"body": "It never does.\n\nTry it for ten minutes."}, 1),
    ],
)
def test_what_an_editor_changes_changes_no_other_line(
    change: dict[str, Any], lines: int
) -> None:
    text = format_answer(ANSWER).replace('"\n', '"  # as somebody wrote it\n')
    answer = replace(ANSWER, **change)
    changed = format_changes(text, PATH, answer)
    assert parse_answer(changed, PATH) == answer
    kept = changed.split("\n")
    assert len([line for line in text.split("\n") if line not in kept]) == lines
    assert changed == text if not change else changed != text
