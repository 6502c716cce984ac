"""A second tree of the same files, from which the next one is made in no time.

A site of ten thousand pages is twenty thousand files in ten thousand folders: linking
them all into a new tree, and deleting the old one, takes longer than making the few pages
that changed. So the tree that was replaced is brought up to date and kept: it holds the
same files (hard links: no page lies on the disk twice), and the next build changes in it
what it must and switches it in. The first build of a site replaces none: the second one
makes the spare that it starts from, or a process that waits for changes as soon as it can.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from pullquote.model import address
from pullquote.render.site.workers import each

FILES = ".pullquote-tree"
"""Lies in a tree and lists its files. The spare has the very same file, as a link: one
that is not up to date has none."""

_AT_ONCE = 100
"""Files linked in one piece of work."""


def listed(tree: Path) -> frozenset[str]:
    """Return the paths of a tree's files; empty where it has no list."""
    try:
        lines = (tree / FILES).read_text("utf-8", "surrogateescape").split("\n")
    except OSError:
        return frozenset()
    found = {line for line in lines if not line.endswith("/")}
    for folder in (line for line in lines if line.endswith("/")):
        for top, _, names in os.walk(tree / folder):
            inside = Path(top).relative_to(tree).as_posix()
            found |= {f"{inside}/{name}" for name in names}
    return frozenset(found)


def take_spare(spare: Path, target: Path, new: Path) -> frozenset[str]:
    """Make ``new`` of the spare of ``target``; return the files that are in it.

    Empty, and nothing was made, where there is no spare or it is of another tree.
    """
    try:
        if not (spare / FILES).samefile(target / FILES):
            return frozenset()
        files = listed(spare)
        (spare / FILES).unlink()
        spare.rename(new)
    except OSError:
        return frozenset()
    return files


def write_list(tree: Path, old: Path, paths: Collection[str]) -> None:
    """Write down which files a finished tree has; an equal list of ``old`` is kept.

    Those of the search index are named by their folder: Pagefind gives them other names
    on another machine, and the list is the same on all.
    """
    index = address.SEARCH_INDEX
    inside = {path for path in paths if path.startswith(index)}
    rows = sorted(
        (*(path for path in paths if path not in inside), *[index][: len(inside)])
    )
    data = "\n".join(rows).encode("utf-8", "surrogateescape")
    with suppress(OSError):
        if (old / FILES).read_bytes() == data:
            os.link(old / FILES, tree / FILES)
            return
    (tree / FILES).write_bytes(data)


def keep_spare(old: Path, target: Path, spare: Path, changed: Collection[str]) -> None:
    """Bring the tree that was replaced up to date and keep it as the spare.

    ``changed`` are the files in which ``target`` differs from it. Where that cannot be
    done there is no spare: that costs only time.
    """
    before, now = listed(old), listed(target)
    shutil.rmtree(spare, ignore_errors=True)
    if not before or not now:
        shutil.rmtree(old, ignore_errors=True)
        return
    with suppress(OSError):
        (old / FILES).unlink()
        for path in before - now:
            remove(old, path)
        for path in (now - before) | (now & frozenset(changed)):
            put_link(target, old, path)
        put_link(target, old, FILES)
        spare.parent.mkdir(parents=True, exist_ok=True)
        old.rename(spare)
    shutil.rmtree(old, ignore_errors=True)


def ready_spare(target: Path, spare: Path) -> None:
    """Make the spare of a tree, unless there is one or no tree."""
    target = Path(os.path.realpath(target))
    with suppress(OSError):
        if (spare / FILES).samefile(target / FILES):
            return
    shutil.rmtree(spare, ignore_errors=True)
    paths = sorted(listed(target))

    def link(number: int) -> None:
        folder = None
        for path in paths[number * _AT_ONCE : (number + 1) * _AT_ONCE]:
            there = f"{spare}/{path}"
            if folder != (folder := there.rpartition("/")[0]):
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            os.link(f"{target}/{path}", there)

    with suppress(OSError):
        for _ in each(link, -(-len(paths) // _AT_ONCE)):
            pass
        if paths:
            put_link(target, spare, FILES)


def put_link(source: Path, target: Path, path: str) -> None:
    """Let ``target`` have the very file of ``source``."""
    there = f"{target}/{path}"
    with suppress(FileNotFoundError):
        os.unlink(there)  # noqa: PTH108  # thousands
    try:
        os.link(f"{source}/{path}", there)
    except FileNotFoundError:
        os.makedirs(there.rpartition("/")[0], exist_ok=True)  # noqa: PTH103
        os.link(f"{source}/{path}", there)


def remove(tree: Path, path: str) -> None:
    """Take a file away, and the folders that are empty without it."""
    with suppress(FileNotFoundError):
        (tree / path).unlink()
    folder = (tree / path).parent
    with suppress(OSError):  # not empty
        while folder != tree:
            folder.rmdir()
            folder = folder.parent
