from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pullquote.errors import ContentError, PullquoteError
from pullquote.formats.redactions_toml import (
    add_redactions,
    drop_kept,
    format_redaction,
    load_kept,
    load_redactions,
    parse_redactions,
)
from pullquote.model.answer import Clip, Kept, Redaction

ANY = Path("redactions.toml")
TEXT = """\
# what viewers told about themselves
[[redaction]]
start = 00:12:31.200
end = 00:12:33
replacement = "a viewer"
reason = "a viewer's name"
"""
NAME = Redaction(
    clip=Clip(start=751_200, end=753_000),
    replacement="a viewer",
    reason="a viewer's name",
)
TOWN = Redaction(clip=Clip(start=1000, end=2000), replacement='"there"')
STAYS = Kept(start=1000, end=2000)


def test_times_and_words_to_say_instead_are_read() -> None:
    assert parse_redactions(TEXT, ANY) == (NAME,)


def test_what_is_silent_beyond_the_words_is_kept() -> None:
    silence = Clip(start=750_000, end=754_000)
    wider = replace(NAME, silence=silence)
    text = format_redaction(wider)
    assert "silent_from = 00:12:30.000\nsilent_to = 00:12:34.000\n" in text
    (read,) = parse_redactions(text, ANY)
    assert read == wider
    assert read.silenced == silence
    assert NAME.silenced == NAME.clip
    # the words themselves are never heard
    narrow = f"{TEXT}silent_from = 00:12:32\nsilent_to = 00:12:34\n"
    (one,) = parse_redactions(narrow, ANY)
    assert one.silenced == Clip(start=751_200, end=754_000)


def test_silence_may_begin_with_the_recording() -> None:
    # 00:00:00 passed for "not told": a name in the first caption stayed in the sound
    first = replace(TOWN, silence=Clip(start=0, end=5000))
    assert parse_redactions(format_redaction(first), ANY) == (first,)


def test_a_missing_file_holds_none(tmp_path: Path) -> None:
    assert load_redactions(tmp_path / "redactions.toml") == ()
    assert parse_redactions("# none yet\n", ANY) == ()


def test_an_empty_file_is_one_that_lost_what_it_said(tmp_path: Path) -> None:
    """A power cut leaves it; a name would be heard and read again."""
    path = tmp_path / "redactions.toml"
    path.write_text("\n")
    for does in (
        lambda: load_redactions(path),
        lambda: load_kept(path),
        lambda: add_redactions(path, [NAME]),
    ):
        with pytest.raises(ContentError, match="is empty, as after a power cut"):
            does()
    assert path.read_text() == "\n"


def test_one_more_leaves_what_people_wrote(tmp_path: Path) -> None:
    path = tmp_path / "redactions.toml"
    path.write_text(TEXT)
    add_redactions(path, [TOWN])
    assert path.read_text().startswith(TEXT)
    assert load_redactions(path) == (TOWN, NAME)
    late = replace(TOWN, clip=Clip(start=90_000_000, end=90_001_000))
    add_redactions(path, [late])  # 25 hours: TOML's times end at 24
    assert load_redactions(path) == (TOWN, NAME, late)


def test_the_first_one_makes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x" / "redactions.toml"
    add_redactions(path, [NAME])
    assert load_redactions(path) == (NAME,)
    assert path.read_text() == format_redaction(NAME)


def test_what_may_stay_is_kept_beside_what_may_not(tmp_path: Path) -> None:
    path = tmp_path / "redactions.toml"
    assert load_kept(path) == ()
    add_redactions(path, (), [STAYS])
    assert path.read_text() == "[[kept]]\nstart = 00:00:01.000\nend = 00:00:02.000\n"
    add_redactions(path, [NAME])
    assert load_kept(path) == (STAYS,)
    assert load_redactions(path) == (NAME,)


def test_what_may_stay_no_more_leaves_all_else_as_it_is_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "redactions.toml"
    other = Kept(start=5000, end=6000, words="sha256:ab")
    add_redactions(path, (), [STAYS])
    path.write_text(f"# ours\n{path.read_text()}# the name\n{format_redaction(NAME)}")
    before = path.read_text()
    add_redactions(path, (), [other])
    drop_kept(path, other)
    assert path.read_text() == before
    drop_kept(path, Clip(start=1, end=2))  # nobody kept that
    assert path.read_text() == before
    drop_kept(path, TOWN.clip)
    assert path.read_text() == f"# ours\n# the name\n{format_redaction(NAME)}"
    drop_kept(tmp_path / "none.toml", other)
    assert not (tmp_path / "none.toml").exists()


def test_what_is_redacted_may_stay_no_more(tmp_path: Path) -> None:
    """A digest of a name tells it to whoever tries a list of names."""
    path, seen = tmp_path / "redactions.toml", replace(STAYS, words="sha256:ab")
    add_redactions(path, (), [STAYS])
    add_redactions(path, (), [seen])
    assert load_kept(path) == (seen,)
    other = replace(seen, words="sha256:cd")
    add_redactions(path, [NAME], [other])
    assert load_kept(path) == (other,)
    assert path.read_text().count("[[kept]]") == 1
    add_redactions(path, [replace(TOWN, clip=Clip(start=1500, end=1600))])
    assert "kept" not in path.read_text()


def test_the_last_that_may_stay_takes_its_file_along(tmp_path: Path) -> None:
    path = tmp_path / "redactions.toml"
    add_redactions(path, (), [STAYS])
    drop_kept(path, TOWN.clip)
    assert not path.exists()


def test_what_a_person_wrote_otherwise_is_left_to_them(tmp_path: Path) -> None:
    path = tmp_path / "redactions.toml"
    path.write_text("kept = [{start = 00:00:01, end = 00:00:02}]\n")
    with pytest.raises(ContentError, match="cannot be changed by a machine"):
        drop_kept(path, TOWN.clip)
    assert load_kept(path) == (STAYS,)


@pytest.mark.parametrize("before", ["[[redaction]]\n", "kept = []\n"])
def test_nothing_is_added_to_what_could_not_be_read_then(
    tmp_path: Path, before: str
) -> None:
    path = tmp_path / "redactions.toml"
    path.write_text(before)
    with pytest.raises(PullquoteError):
        add_redactions(path, (), [STAYS])
    assert path.read_text() == before


@pytest.mark.parametrize("load", [load_redactions, load_kept])
def test_a_link_that_leads_nowhere_is_no_file_without_private_things(
    tmp_path: Path, load: Callable[[Path], object]
) -> None:
    path = tmp_path / "redactions.toml"
    path.symlink_to(tmp_path / "gone.toml")
    with pytest.raises(ContentError, match="no such file"):
        load(path)


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("00:12:33", "00:12:31.200", 4, "redaction 1 ends before it starts"),
        ("end = 00:12:33\n", "", 2, "'redaction.1.end' is missing"),
        ("reason", "raeson", 6, "unknown key"),
        ("00:12:33", "12:33", 4, "not valid TOML"),
        (TEXT, "[[kept]]\nstart = 00:02:00\nend = 00:01:00", 3, "kept 1 ends before"),
    ],
)
def test_a_slip_is_named_with_its_line(
    old: str, new: str, line: int, problem: str
) -> None:
    with pytest.raises(ContentError) as caught:
        parse_redactions(TEXT.replace(old, new), ANY)
    assert problem in caught.value.problem
    assert caught.value.line == line
