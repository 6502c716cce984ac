from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pullquote.errors import ContentError, PullquoteError, UsageError
from pullquote.render.site.spare import ready_spare
from pullquote.render.site.tree import MARKER, new_tree


def make(target: Path, **files: str) -> list[str]:
    with new_tree(target) as tree:
        for name, text in files.items():
            tree.write(name, text.encode())
    return tree.changed


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_new_tree_takes_the_old_ones_place(tmp_path: Path) -> None:
    site = tmp_path / "site"
    make(site, a="1", b="2")
    assert make(site, a="1", b="3", c="4") == ["b", "c"]
    assert names(site) == [MARKER, "a", "b", "c"]
    make(site, a="1")
    assert names(site) == [MARKER, "a"]
    assert names(tmp_path) == ["site"]


def test_a_failure_leaves_the_old_tree_and_nothing_else(tmp_path: Path) -> None:
    site = tmp_path / "site"
    make(site, a="1")

    def fail() -> None:
        with new_tree(site) as tree:
            tree.write("b", b"2")
            raise PullquoteError("x", "is wrong", "mend it")

    with pytest.raises(PullquoteError, match="is wrong"):
        fail()
    assert names(site) == [MARKER, "a"]
    assert names(tmp_path) == ["site"]


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_pullquote_did_not_make_is_never_replaced(
    tmp_path: Path, kind: str
) -> None:
    target = tmp_path / "home"
    if kind == "folder":
        target.mkdir()
        (target / "thesis.txt").write_text("years")
    else:
        target.write_text("years")
    with pytest.raises(UsageError, match="something else"):
        make(target, a="1")
    assert (target / "thesis.txt").exists() or target.read_text() == "years"
    assert names(tmp_path) == ["home"]


def test_an_empty_folder_may_be_taken(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    make(tmp_path / "site", a="1")
    assert names(tmp_path / "site") == [MARKER, "a"]


def test_a_build_killed_between_two_renames_loses_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    make(site, a="1")
    site.rename(tmp_path / ".site.old")
    (tmp_path / ".site.new").mkdir()
    (tmp_path / ".site.new" / "half").write_text("x")
    assert make(site, a="1", b="2") == ["b"]
    assert names(site) == [MARKER, "a", "b"]
    assert names(tmp_path) == ["site"]


def test_a_link_to_the_site_stays_a_link(tmp_path: Path) -> None:
    make(tmp_path / "real", a="1")
    (tmp_path / "site").symlink_to(tmp_path / "real")
    make(tmp_path / "site", a="2")
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "real" / "a").read_text() == "2"


def test_a_refused_switch_puts_the_old_tree_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    make(site, a="1")
    real = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name == ".site.new":
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PullquoteError, match="Permission denied"):
        make(site, a="2")
    assert (site / "a").read_text() == "1"
    with pytest.raises(PullquoteError, match="Permission denied"):
        make(tmp_path / "other" / ".." / "site", a="2")
    shutil.rmtree(site)
    with pytest.raises(PullquoteError, match="Permission denied"):
        make(site, a="2")
    assert names(tmp_path) == []


def test_large_files_are_shared_where_the_disk_can_and_copied_where_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, source = tmp_path / "site", tmp_path / "sound.mp3"
    source.write_bytes(b"sound")

    def share() -> list[str]:
        with new_tree(site) as tree:
            tree.share("media/x.mp3", source)
        return tree.changed

    assert share() == [MARKER, "media/x.mp3"]
    assert (site / "media/x.mp3").samefile(source)
    assert share() == []

    def refuse(*_: object, **__: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(os, "chmod", refuse)  # nor has such a share modes
    assert share() == []
    assert not (site / "media/x.mp3").samefile(source)
    assert (site / "media/x.mp3").stat().st_mtime_ns == source.stat().st_mtime_ns
    source.write_bytes(b"other sound")
    assert share() == ["media/x.mp3"]


# A spare tree


def made(target: Path, files: dict[str, bytes]) -> list[str]:
    """Build a tree of these files with a spare, return what changed."""
    spare = target.parent / "state/spare"
    with new_tree(target, spare) as tree:
        for path, data in files.items():
            tree.write(path, data)
    ready_spare(target, spare)
    return tree.changed


def held(root: Path) -> dict[str, bytes]:
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and not p.name.startswith(".pullquote")
    }


def test_a_spare_follows_its_tree_through_every_change(tmp_path: Path) -> None:
    target, spare = tmp_path / "site", tmp_path / "state/spare"
    steps: list[dict[str, bytes]] = [
        {"a/index.html": b"a", "b/index.html": b"b"},
        {"a/index.html": b"a2", "b/index.html": b"b"},
        {"a/index.html": b"a2", "c/d/index.html": b"c"},
        {"e.txt": b"e", "c/d/index.html": b"c2"},
        {"e.txt": b"e", "c/d/index.html": b"c2"},
    ]
    for files in steps:
        made(target, files)
        assert held(target) == held(spare) == files
        for path in files:
            assert (target / path).samefile(spare / path)
    assert made(target, steps[-1]) == []
    assert {p.name for p in tmp_path.iterdir()} == {"site", "state"}


def test_a_spare_that_is_not_the_trees_is_never_used(tmp_path: Path) -> None:
    target, spare = tmp_path / "site", tmp_path / "state/spare"
    made(target, {"a.html": b"a"})
    (spare / ".pullquote-tree").unlink()
    (spare / "evil.html").write_bytes(b"x")
    made(target, {"a.html": b"b"})
    assert held(target) == held(spare) == {"a.html": b"b"}


def test_a_failed_build_with_a_spare_leaves_the_old_tree(tmp_path: Path) -> None:
    target, spare = tmp_path / "site", tmp_path / "state/spare"
    made(target, {"a.html": b"a", "b.html": b"b"})
    with pytest.raises(ContentError):
        made(target, {"a.html": b"changed", "../b.html": b"outside"})
    assert held(target) == {"a.html": b"a", "b.html": b"b"}
    made(target, {"a.html": b"c"})
    assert held(target) == held(spare) == {"a.html": b"c"}


def test_an_index_is_never_written_into_the_old_trees_files(tmp_path: Path) -> None:
    target, spare = tmp_path / "site", tmp_path / "state/spare"
    for digest in (b"1", b"2", b"2"):
        with new_tree(target, spare) as tree:
            if not tree.keep("pagefind/", digest):
                (tree.root / "pagefind").mkdir(exist_ok=True)
                (tree.root / "pagefind/entry.json").write_bytes(digest)
                before = target / "pagefind/entry.json"
                assert not before.exists() or before.read_bytes() == b"1"
                tree.adopt(["pagefind/entry.json"])
        ready_spare(target, spare)
        found = {"pagefind/entry.json": digest, ".pagefind-made-from": digest}
        assert held(target) == held(spare) == found
