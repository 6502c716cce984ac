from pathlib import Path

from pullquote.formats.notes_md import format_draft, load_notes, save_draft
from pullquote.formats.words_po import load_words

SAID = "Put together by a machine from what was said; nobody has edited it yet."


def test_a_draft_says_that_a_machine_made_it_until_somebody_edits_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "notes.md"
    assert save_draft(path, "- Heat helps.")
    assert load_notes(path)[0] == f"*{SAID}*\n\n- Heat helps.\n"
    assert save_draft(path, "- Ice helps.")  # still nobody's
    path.write_text(path.read_text().replace("Ice", "Cold"))
    assert load_notes(path)[0] == "- Cold helps.\n"
    assert not save_draft(path, "- Heat helps.")
    assert "Cold" in path.read_text()


def test_what_a_person_writes_above_a_draft_or_for_its_first_line_is_theirs(
    tmp_path: Path,
) -> None:
    """The page showed the comment to readers, or a new draft took the line's place."""
    path = tmp_path / "notes.md"
    assert save_draft(path, "- Heat helps.")
    made = path.read_text()
    mark = made.split("\n")[0]
    for text, read in (
        (f"Thanks to all.\n\n{made}", "Thanks to all.\n\n- Heat helps.\n"),
        (made.replace(SAID, "Thanks to all."), "*Thanks to all.*\n\n- Heat helps.\n"),
        (made.replace(f"*{SAID}*\n\n", ""), "- Heat helps.\n"),
        (f"{mark}\n", ""),
    ):
        path.write_text(text)
        assert load_notes(path) == (read, False)
        assert not save_draft(path, "- Ice helps.")
        assert path.read_text() == text


def test_a_draft_says_so_in_the_shows_language(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    words = load_words(tmp_path, "de")
    assert save_draft(path, "- Wärme hilft.", words)
    assert load_notes(path)[0].startswith("*Von einer Maschine aus dem Gesagten")
    assert save_draft(path, "- Kälte hilft.", words)  # still nobody's


def test_what_people_wrote_is_theirs(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("Mine.\n")
    assert load_notes(path)[0] == "Mine.\n"
    assert not save_draft(path, "- Heat helps.")
    path.write_text("\n")
    assert save_draft(path, "- Heat helps.")
    assert "sha256:" in format_draft("x")
