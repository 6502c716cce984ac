"""``corrections.json`` reads back as it was written; what is unsound is named."""

from pathlib import Path

import pytest

from pullquote.errors import ContentError
from pullquote.formats.corrections_json import (
    format_corrections,
    load_corrections,
    parse_corrections,
    save_corrections,
)
from pullquote.model.transcript import Correction

PATH = Path("corrections.json")
ONE = Correction(start=10, end=90, offered="Quillmont", kind="person", likeness=0.9)
TWO = Correction(start=95, end=99, offered="Zoë", kind="term", likeness=1.0, heard=True)


def test_corrections_read_back(tmp_path: Path) -> None:
    path = tmp_path / "corrections.json"
    assert load_corrections(path) == ()
    save_corrections(path, "e", (ONE, TWO))
    assert load_corrections(path) == (ONE, TWO)
    assert len(path.read_text("utf-8").splitlines()) == 4


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("corrections-1", "corrections-9"),
        ('"person"', '"animal"'),
        ('"start": 10', '"start": "soon"'),
        ('"end": 90, ', ""),
        ('corrections": [', 'other": ['),
        ("{", ""),
    ],
)
def test_what_is_no_such_file_is_named(before: str, after: str) -> None:
    text = format_corrections("e", (ONE,)).replace(before, after, 1)
    with pytest.raises(ContentError, match="transcribe"):
        parse_corrections(text, PATH)
