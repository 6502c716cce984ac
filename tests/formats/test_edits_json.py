import json
from pathlib import Path

import pytest

from pullquote.errors import ContentError
from pullquote.formats.edits_json import (
    format_edits,
    load_edits,
    parse_edits,
    save_edits,
)
from pullquote.model.edit import Edit

ANY = Path("edits.json")
MADE = (
    Edit(kind="filler", words=(0, 1), said="Um,", published=""),
    Edit(
        kind="reworded",
        words=(4, 5),
        said="fifteen",
        published="fifty",
        meaning=("number",),
    ),
)


def test_edits_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    assert load_edits(path) == ()
    save_edits(path, "x", MADE)
    assert load_edits(path) == MADE


def test_other_programs_find_the_form_they_know() -> None:
    data = json.loads(format_edits("x", MADE))
    assert data["schema"] == "pullquote/edits-1"
    assert data["answer"] == "x"
    assert data["edits"][1] == {
        "kind": "reworded",
        "words": [4, 5],
        "said": "fifteen",
        "published": "fifty",
        "meaning": ["number"],
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "is not JSON"),
        ("{}", "schema is None"),
        ('{"schema": "pullquote/edits-1"}', "is not complete"),
        ('{"schema": "pullquote/edits-1", "edits": [{"kind": "x"}]}', "kind 'x'"),
        ('{"schema": "pullquote/edits-1", "edits": [1]}', "is not complete"),
    ],
)
def test_a_broken_file_is_one_clear_line(text: str, problem: str) -> None:
    with pytest.raises(ContentError, match=r"^edits\.json") as error:
        parse_edits(text, ANY)
    assert problem in str(error.value)
