import json
from pathlib import Path

from pullquote.formats.edits_json import save_edits
from pullquote.model.edit import Edit

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


def test_other_programs_find_the_form_they_know(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    save_edits(path, "x", MADE)
    data = json.loads(path.read_text())
    assert data["schema"] == "pullquote/edits-1"
    assert data["answer"] == "x"
    assert len(data["edits"]) == 2
    assert data["edits"][1] == {
        "kind": "reworded",
        "words": [4, 5],
        "said": "fifteen",
        "published": "fifty",
        "meaning": ["number"],
    }
