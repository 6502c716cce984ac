"""A folder that is built beside the one it replaces and then switched in whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pullquote.errors import ContentError, MediaError, PullquoteError, UsageError
from pullquote.formats.disk import BINARY
from pullquote.render.site.spare import (
    keep_spare,
    remove,
    take_spare,
    write_list,
)

MARKER = ".pullquote-site"
"""Lies in every site; a folder without it is never replaced by one."""


@dataclass(slots=True)
class Tree:
    """A new tree under construction; ``old`` is the one it will replace."""

    root: Path
    old: Path
    taken: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    """Site paths of files that the old tree lacks or holds differently."""
    placed: frozenset[str] = frozenset()
    """What lies in the new tree from the start, as in the old one: see ``spare``."""
    first: bool = False
    """There is no old tree."""
    _folders: set[str] = field(default_factory=set)

    def part(self) -> Tree:
        """Return the same tree for a process of its own to write into."""
        return Tree(self.root, self.old, placed=self.placed, first=self.first)

    def outcome(self) -> Tree:
        """Return what ``join`` wants of a part: little enough to be sent."""
        return Tree(self.root, self.old, self.taken, self.changed)

    def join(self, part: Tree) -> None:
        """Take note of what a part of this tree was given.

        Raises ContentError if a path is taken already.
        """
        for path in part.taken.values():
            self._take(path)
        self.changed += part.changed

    def write(self, path: str, data: bytes) -> None:
        """Put a file into the tree; an equal one of the old tree is kept as it is.

        Raises ContentError if ``path`` leads out of the tree or is taken.
        """
        target = self._place(path)
        placed = path in self.placed
        before = target if placed else f"{self.old}/{path}"
        if not self.first and _holds(before, data):
            if not placed:
                _link(before, target)
            return
        # what is placed is a file of the old tree too: it is replaced, not written into
        written = f"{target}.part" if placed else target
        _write(written, data)
        if placed:
            os.replace(written, target)  # noqa: PTH105
        self.changed.append(path)

    def share(self, path: str, source: Path) -> None:
        """Put a large file into the tree without reading it, if the disk allows.

        ``source`` must be one that is replaced and never written into, for both may
        be one file. Raises MediaError if it is missing.
        """
        target = self._place(path)
        if not source.is_file():
            remedy = "pullquote pull makes sound anew; bring anything else back"
            raise MediaError(source, "no such file", remedy)
        before = self.old / path
        same = before.is_file() and _facts(before) == _facts(source)
        if not same:
            self.changed.append(path)
        if path in self.placed:
            if same:
                return
            Path(target).unlink()
        _link(str(source), target)

    def held(self, path: str) -> bool:
        """Say whether the old tree has such a file."""
        return path in self.placed or os.path.isfile(f"{self.old}/{path}")  # noqa: PTH113

    def take_over(self, path: str) -> bool:
        """Put in the old tree's file if it is there: for names that hold a digest."""
        if path in self.placed:
            self._take(path)
            return True
        before = f"{self.old}/{path}"
        if self.first or not os.path.isfile(before):  # noqa: PTH113
            return False
        _link(before, self._place(path))
        return True

    def keep(self, folder: str, made_from: bytes) -> bool:
        """Take a folder over from the old tree if it was made from the same things.

        ``made_from`` is a digest of these; it is written down for the next build. Where
        it was not, a program is to make it of what lies in the tree: all else has to be
        there by then, and what left the site goes, with the words in it.
        """
        note = f".{folder.strip('/')}-made-from"
        before = self.old / note
        same = before.is_file() and before.read_bytes() == made_from
        self.write(note, made_from)
        if not same:
            # these are the old tree's files: nothing is written into them
            shutil.rmtree(self.root / folder, ignore_errors=True)
            self.placed -= {path for path in self.placed if path.startswith(folder)}
            self.clear()
            return False
        if self.placed:
            for path in sorted(p for p in self.placed if p.startswith(folder)):
                self._take(path)
            return True
        for file in sorted((self.old / folder).rglob("*")):
            if file.is_file():
                _link(str(file), self._place(file.relative_to(self.old).as_posix()))
        return True

    def clear(self) -> None:
        """Remove what lies here from the start and was not taken: nothing is to read it."""
        gone = self.placed - frozenset(self.taken.values())
        for path in gone:
            remove(self.root, path)
        self.placed -= gone

    def adopt(self, paths: Iterable[str]) -> None:
        """Take over files that a program wrote into the tree; see ``write``.

        Raises ContentError if one lies at a path that is taken.
        """
        for path in paths:
            made, before = Path(self._place(path)), self.old / path
            same_size = (
                before.is_file() and before.stat().st_size == made.stat().st_size
            )
            if same_size and before.read_bytes() == made.read_bytes():
                made.unlink()
                _link(str(before), str(made))
            else:
                self.changed.append(path)

    def _place(self, path: str) -> str:
        parts = path.split("/")
        remedy = "use letters, digits and hyphens in names and ids"
        if "\x00" in path or any(part in ("", ".", "..") for part in parts):
            raise ContentError(repr(path), "cannot be an address of the site", remedy)
        self._take(path)
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            _make_folder(f"{self.root}/{folder}")
            self._folders.add(folder)
        return f"{self.root}/{path}"

    def _take(self, path: str) -> None:
        key = path.casefold()  # some file systems tell no capitals apart
        if key in self.taken:
            problem = f"stands at the same address as {self.taken[key]}"
            raise ContentError(path, problem, "rename one of them")
        self.taken[key] = path


def _make_folder(path: str) -> None:
    try:
        os.mkdir(path)  # noqa: PTH102  # ten thousand times
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103


def _write(path: str, data: bytes) -> None:
    """Write a file anew, without what Python's files ask the system beside that."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)


def _holds(path: str, data: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(data):  # noqa: PTH116
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read() == data
    except OSError:
        return False


def _facts(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _link(source: str, target: str) -> None:
    """Share the bytes where the file system can, else copy them with their time."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
        with suppress(OSError):  # shares that know no modes either
            shutil.copystat(source, target)


@contextmanager
def new_tree(
    target: Path, spare: Path | None = None, *, marker: str = MARKER
) -> Iterator[Tree]:
    """Yield a tree that takes the place of ``target`` on success.

    On any failure ``target`` stays as it was. ``spare`` is where a second tree may be
    kept, which makes the next one quick; ``marker`` lies in all trees of one kind. Raises
    UsageError if ``target`` holds anything else, PullquoteError where the disk refuses.
    """
    target = Path(os.path.realpath(target))
    new = target.with_name(f".{target.name}.new")
    old = target.with_name(f".{target.name}.old")
    try:
        _recover(target, old)
        _refuse_strangers(target, marker)
        shutil.rmtree(new, ignore_errors=True)
        placed = take_spare(spare, target, new) if spare else frozenset[str]()
        new.mkdir(parents=True, exist_ok=True)
        tree = Tree(new, target, placed=placed, first=not target.exists())
        tree.write(marker, b"Made by Pullquote, which replaces this folder whole.\n")
        yield tree
        tree.clear()
        if spare:
            write_list(new, target, tree.taken.values())
        _switch(target, new, old)
        if spare and old.exists():
            keep_spare(old, target, spare, tree.changed)
    except OSError as error:
        raise PullquoteError(
            error.filename or target,
            f"cannot be written ({error.strerror or error})",
            "free disk space or check the folder's permissions",
        ) from error
    finally:
        for leftover in (new, old) if target.exists() else (new,):
            shutil.rmtree(leftover, ignore_errors=True)


def _recover(target: Path, old: Path) -> None:
    """Finish what a build that was killed between its two renames left."""
    if old.is_dir() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _refuse_strangers(target: Path, marker: str) -> None:
    if not target.exists():
        return
    ours = target.is_dir() and (
        (target / marker).is_file() or not any(target.iterdir())
    )
    if not ours:
        problem = "holds something else"
        raise UsageError(target, problem, "choose a new or an empty folder")


def _switch(target: Path, new: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
