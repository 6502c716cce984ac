import json
from datetime import date
from pathlib import Path

import pytest

from pullquote.errors import ContentError
from pullquote.formats.decisions_json import (
    format_decisions,
    load_decisions,
    parse_decisions,
    save_decisions,
)
from pullquote.model.answer import Clip
from pullquote.model.decision import Decision

ANY = Path("decisions.json")
ROWS = (
    Decision(
        verdict="moved",
        on=date(2026, 3, 12),
        by="lin",
        question=Clip(start=1000, end=2000),
        answer=Clip(start=2000, end=9000),
        asked=Clip(start=0, end=2000),
        answered=Clip(start=2000, end=8000),
        signs=("mark", "before: question"),
        p_question=0.8,
        answer_id="ab" * 16,
    ),
    Decision(
        verdict="rejected",
        on=date(2026, 3, 12),
        question=Clip(start=11_000, end=12_000),
        p_question=0.4,
    ),
    Decision(
        verdict="added",
        on=date(2026, 3, 13),
        asked=Clip(start=20_000, end=21_000),
        answered=Clip(start=21_000, end=22_000),
    ),
)


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"
    assert load_decisions(path) == ()
    save_decisions(path, "x", ROWS)
    assert load_decisions(path) == ROWS
    assert len(path.read_text().splitlines()) == len(ROWS) + 2


def test_other_programs_find_the_form_they_know() -> None:
    data = json.loads(format_decisions("x", ROWS))
    assert data["schema"] == "pullquote/decisions-1"
    assert data["decisions"][0] == {
        "verdict": "moved",
        "on": "2026-03-12",
        "by": "lin",
        "question": [1000, 2000],
        "answer": [2000, 9000],
        "asked": [0, 2000],
        "answered": [2000, 8000],
        "p_question": 0.8,
        "signs": ["mark", "before: question"],
        "answer_id": "ab" * 16,
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[", "is not JSON"),
        ('{"schema": "other"}', "schema is 'other'"),
        ('{"schema": "pullquote/decisions-1"}', "is not complete"),
        (
            '{"schema": "pullquote/decisions-1", "decisions": [{"verdict": "liked"}]}',
            "'liked'",
        ),
        (
            '{"schema": "pullquote/decisions-1", "decisions":'
            ' [{"verdict": "added", "on": "2026-01-01", "asked": [1]}]}',
            "is not complete",
        ),
    ],
)
def test_a_broken_file_is_one_clear_line(text: str, problem: str) -> None:
    with pytest.raises(ContentError, match=r"^decisions\.json") as error:
        parse_decisions(text, ANY)
    assert problem in str(error.value)
