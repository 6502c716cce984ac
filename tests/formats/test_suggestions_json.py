import json
from pathlib import Path

import pytest

from pullquote.errors import ContentError
from pullquote.formats.suggestions_json import (
    format_suggestions,
    load_digest,
    load_suggestions,
    parse_suggestions,
    save_suggestions,
)
from pullquote.model.answer import Clip, SuggestedQuestion, Suggestion

ANY = Path("suggestions.json")
FOUND = (
    Suggestion(
        rank=1,
        question=SuggestedQuestion(start=61_200, end=70_110, text="Is “heat” fine?"),
        answer=Clip(start=71_000, end=121_900),
        speakers=("S2",),
        p_question=0.97,
        p_answered=0.93,
        signs=("mark", "begins: is this"),
        p_shipped=0.9,
    ),
    Suggestion(
        rank=2,
        question=SuggestedQuestion(start=1, end=2, text="And ice?"),
        answer=None,
        speakers=(),
        p_question=0.5,
        p_answered=0.1,
    ),
)


def test_other_programs_find_the_form_they_know() -> None:
    data = json.loads(format_suggestions("x", FOUND, "sha256:1"))
    assert data["schema"] == "pullquote/suggestions-1"
    assert data["suggestions"][0] == {
        "rank": 1,
        "question": {"start": 61200, "end": 70110, "text": "Is “heat” fine?"},
        "answer": {"start": 71000, "end": 121900},
        "speakers": ["S2"],
        "p_question": 0.97,
        "p_answered": 0.93,
        "p_shipped": 0.9,
        "signs": ["mark", "begins: is this"],
    }
    assert data["suggestions"][1]["answer"] is None


def test_suggestions_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "suggestions.json"
    save_suggestions(path, "x", FOUND, "sha256:1")
    assert load_suggestions(path) == FOUND
    assert load_digest(path) == "sha256:1"
    assert parse_suggestions(format_suggestions("x", ()), ANY) == ()


def test_a_file_without_a_digest_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "suggestions.json"
    assert load_digest(path) is None
    save_suggestions(path, "x", ())
    assert load_digest(path) is None
    path.write_text("{")
    assert load_digest(path) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"schema": "other"}', "schema is 'other'"),
        ('{"schema": "pullquote/suggestions-1"}', "not complete"),
        (
            format_suggestions("x", FOUND, "sha256:1").replace("61200", '"a"'),
            "not complete",
        ),
        ("[]", "not a JSON object"),
        ("{", "not JSON"),
        (
            '{"schema": "pullquote/suggestions-1", "suggestions": "\\ud800"}',
            "is not complete",
        ),
    ],
)
def test_another_file_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ContentError, match=problem):
        parse_suggestions(text, ANY)
