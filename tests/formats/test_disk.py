import errno
import hashlib
import os
from pathlib import Path

import pytest

from pullquote.errors import ContentError, PullquoteError
from pullquote.formats.disk import (
    _this_machine,
    change_text,
    exchanged,
    file_sha256,
    lives,
    read_bytes,
    read_sides,
    read_text,
    replacing,
    text_digest,
    write_text,
)


def test_text_comes_without_bom_and_with_plain_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert read_text(path) == "a\nb\nc\n"


def test_text_in_another_encoding_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"one\ntwo\ncaf\xe9\n")
    with pytest.raises(ContentError, match=r"a\.md:3: is not UTF-8 text; save it"):
        read_text(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_told_with_and_without_its_mark(
    tmp_path: Path, encoding: str
) -> None:
    """Without it these are characters of UTF-8, every other one a zero."""
    path = tmp_path / "notes.md"
    path.write_text("Two doctors answer.\n", encoding)
    with pytest.raises(ContentError, match=r"notes\.md:1: is not UTF-8 text; save it"):
        read_text(path)


@pytest.mark.parametrize("size", [0, 1, 16_383, 16_384, 16_385, 40_000])
def test_a_file_is_read_whole_however_long_it_is(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.json"
    data = (bytes(range(256)) * 160)[:size]
    path.write_bytes(data)
    assert read_bytes(path) == data
    assert file_sha256(path) == hashlib.sha256(data).hexdigest()


def test_a_merge_that_git_left_is_named_and_its_mark_in_a_sentence_is_not(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.md"
    path.write_text("He wrote <<<<<<< HEAD\n")
    assert read_text(path) == "He wrote <<<<<<< HEAD\n"
    path.write_text("a\n<<<<<<< HEAD\nb\n")
    with pytest.raises(ContentError, match=r"a\.md:2: git could not merge this"):
        read_text(path)
    path.write_text("a\nb\n=======\nc\n>>>>>>> ann\n")  # the first mark taken away
    with pytest.raises(ContentError, match=r"a\.md:5: git could not merge this"):
        read_text(path)


@pytest.mark.parametrize("base", ["", "||||||| 3f6c\nwas\n"])
def test_both_sides_of_a_merge_are_read_where_the_lines_of_both_count(
    tmp_path: Path, base: str
) -> None:
    path = tmp_path / "a.json"
    path.write_text(f"[\n<<<<<<< HEAD\n1\n{base}=======\n2\n>>>>>>> ann\n]\n")
    assert read_sides(path) == ("[\n1\n]\n", "[\n2\n]\n")
    path.write_bytes(b"[\r\n1]\n=======\n")
    assert read_sides(path) == ("[\n1]\n=======\n",)
    with pytest.raises(ContentError, match="cannot be read"):
        read_sides(tmp_path)


def test_a_missing_file_and_a_folder_are_each_one_line(tmp_path: Path) -> None:
    with pytest.raises(
        ContentError, match="no such file; check the path, or create it"
    ):
        read_text(tmp_path / "a.md")
    with pytest.raises(ContentError, match="cannot be read"):
        read_text(tmp_path)


def test_writing_the_same_again_leaves_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.md"
    assert write_text(path, "a")
    before = path.stat().st_mtime_ns
    assert not write_text(path, "a")
    assert path.stat().st_mtime_ns == before
    assert write_text(path, "b")
    assert [p.name for p in path.parent.iterdir()] == ["a.md"]


def write_half(path: Path, error: BaseException) -> None:
    with replacing(path) as temporary:
        temporary.write_text("half")
        raise error


def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.md"
    write_text(path, "old")
    with pytest.raises(KeyboardInterrupt):
        write_half(path, KeyboardInterrupt())
    with pytest.raises(PullquoteError, match=r"a\.md: cannot be written .*; free disk"):
        write_half(path, OSError(errno.ENOSPC, "No space left on device"))
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_digests_tell_where_one_text_ends_and_the_next_begins(tmp_path: Path) -> None:
    assert text_digest("ab", "c") != text_digest("a", "bc")
    path = tmp_path / "a"
    path.write_bytes(b"")
    assert file_sha256(path).startswith("e3b0c442")


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    write_text(file, "x")
    with pytest.raises(PullquoteError, match=r"b\.md: cannot be written .*; take away"):
        write_text(file / "a" / "b.md", "x")
    with pytest.raises(ContentError, match="cannot be read"):
        file_sha256(tmp_path)


def test_half_a_surrogate_pair_stops_no_writing(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    write_text(path, "a\ud83db")
    assert path.read_text() == "a?b"
    assert text_digest("a\ud83d").startswith("sha256:")


def test_what_a_dead_process_left_goes_and_a_living_one_s_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    machine = _this_machine()
    dead, living, odd = (
        tmp_path / f".a.md.{machine}-{process}-00.part"
        for process in (2**22 + 1, os.getpid(), 10**30)
    )
    for left in (dead, living, odd):
        left.write_text("half")
    write_text(path, "whole")
    assert {p.name for p in tmp_path.iterdir()} == {path.name, living.name}


def test_on_windows_no_process_is_asked_whether_it_lives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """There the signal 0 is Ctrl+C."""
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("os.kill", lambda *_: pytest.fail("a signal was sent"))
    assert lives(1)


def test_a_text_takes_the_place_of_the_one_it_was_made_from(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    assert exchanged(path, "old", "new")
    assert not exchanged(path, "old", "newer")  # somebody was faster
    assert path.read_text() == "new"
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]


def test_what_another_program_writes_while_the_disk_takes_its_time_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_text("one two")
    flush = os.fsync

    def slow(handle: int) -> None:
        flush(handle)
        if path.read_text() == "one two":
            path.write_text("one two three")

    monkeypatch.setattr(os, "fsync", slow)
    found = change_text(path, lambda text: text.replace("one", "1"))
    assert found == ("one two three", "1 two three")
    assert path.read_text() == "1 two three"


def test_a_file_that_is_written_again_and_again_is_left_to_who_writes_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.md"
    path.write_text("0")

    def change(text: str) -> str:
        path.write_text(str(int(text) + 1))
        return "mine"

    with pytest.raises(ContentError, match="written by another program"):
        change_text(path, change)
    assert path.read_text() != "mine"


def test_what_is_private_is_so_before_a_word_of_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []
    write = Path.write_bytes

    def looked(path: Path, data: bytes) -> int:
        modes.append(path.stat().st_mode & 0o777)
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", looked)
    write_text(tmp_path / "a.json", "secret", private=True)
    assert modes == [0o600]
    assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o600


def test_what_is_private_becomes_so_where_the_file_says_the_same(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.json"
    path.write_text("secret")
    path.chmod(0o644)
    assert not write_text(path, "secret", private=True)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o600, 0o660])
def test_whoever_might_read_and_write_a_file_may_still(
    tmp_path: Path, mode: int
) -> None:
    """Once a file that nobody else might read was everybody's after a change."""
    path = tmp_path / "transcript.md"
    path.write_text("one")
    path.chmod(mode)
    write_text(path, "two")
    assert path.stat().st_mode & 0o777 == mode
    change_text(path, lambda text: f"{text}, three")
    assert path.stat().st_mode & 0o777 == mode
    assert path.read_text() == "two, three"


def test_a_link_is_not_replaced_by_what_it_led_to(tmp_path: Path) -> None:
    """Its writer would go on writing what nobody reads, with what was redacted."""
    real, link = tmp_path / "real.md", tmp_path / "transcript.md"
    real.write_text("one")
    link.symlink_to(real.name)
    with pytest.raises(PullquoteError, match=r"is a link, .*; put the file itself"):
        change_text(link, lambda text: text.replace("one", "two"))
    assert link.is_symlink()
    assert real.read_text() == "one"
