"""Reading text and writing files so that nothing is ever half-written."""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from glob import escape
from pathlib import Path
from stat import S_IMODE
from unicodedata import normalize

from pullquote.errors import ContentError, PullquoteError

_BLOCK = 1 << 20
BINARY = getattr(os, "O_BINARY", 0)
"""Without it Windows takes a file for text."""
_OURS, _BASE, _BETWEEN, _THEIRS = "<<<<<<< ", "||||||| ", "=======", ">>>>>>> "
"""How lines begin by which git parts what it could not merge."""
_AT_ONCE = 1 << 14
"""Bytes; nearly all files of a show are shorter."""
_WITHOUT_LOCKS = frozenset((errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP))
"""What a disk answers that cannot keep two programs apart."""
_TRIES = 20
"""How often a text is changed again that somebody else writes at this very moment."""


def read_bytes(path: Path | str) -> bytes:
    """Return what a file holds. Raises OSError.

    A build reads tens of thousands: Python's own files ask the system twice as much.
    """
    file = os.open(path, os.O_RDONLY | BINARY)
    try:
        data = os.read(file, _AT_ONCE)
        if len(data) == _AT_ONCE:
            with open(file, "rb", closefd=False) as rest:
                data += rest.read()
        return data
    finally:
        os.close(file)


def file_named(root: Path, path: Path | str) -> Path:
    """Return the file of a folder that a person's file names by ``path``.

    Also where it lies there in Unicode's other form: a Mac's programs may write "ü" as
    two characters, and it looks the same.
    """
    if str(path).isascii():
        return root / path
    found = root
    for part in Path(path).parts:
        forms = (part, normalize("NFC", part), normalize("NFD", part))
        there = (found / form for form in forms if os.path.lexists(found / form))
        found = next(there, found / part)
    return found


def stamp(path: Path) -> tuple[int, int, int] | None:
    """Return what tells whether a file is another than it was, None without one."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def read_text(path: Path) -> str:
    """Return a file's text as ``decode_text`` does. Raises ContentError."""
    try:
        data = read_bytes(path)
    except OSError as error:
        raise unreadable(path, error) from error
    return decode_text(data, path)


def decode_text(data: bytes, path: Path) -> str:
    """Return UTF-8 text with ``\\n`` line ends, a BOM taken off.

    Raises ContentError if it is not UTF-8, and where git left both sides of a merge
    in it: in Markdown they would be taken for what was said.
    """
    text = _decoded(data, path)
    if any(mark in text for mark in (_OURS, _BASE, _THEIRS)):
        for number, one in enumerate(text.split("\n"), 1):
            if one.startswith((_OURS, _BASE, _THEIRS)):
                raise unmerged(path, number)
    return text


def keep_from_git(folder: Path) -> None:
    """Tell git to keep nothing of a folder, whatever the show's own files tell it.

    Raises PullquoteError where it cannot be written.
    """
    if not (told := folder / ".gitignore").exists():
        write_text(told, "*\n")


def unmerged(path: Path, line: int) -> ContentError:
    """Return what to say of a line that git put between two versions of others."""
    problem = "git could not merge this: both versions stand here"
    remedy = "keep what is right and delete the lines <<<<<<<, =======, >>>>>>>"
    return ContentError(path, problem, remedy, line=line)


def read_sides(path: Path) -> tuple[str, ...]:
    """Return a file's text, or both of them where git could not merge two.

    For files of which the lines of both count. Raises ContentError.
    """
    try:
        text = _decoded(read_bytes(path), path)
    except OSError as error:
        raise unreadable(path, error) from error
    sides: dict[str, list[str]] = {_OURS: [], _BASE: [], _BETWEEN: []}
    side = ""
    for line in text.split("\n"):
        mark = next((m for m in (_OURS, _BASE, _THEIRS) if line.startswith(m)), "")
        mark = _BETWEEN if side and line == _BETWEEN else mark
        if mark:
            side = "" if mark == _THEIRS else mark
            continue
        for name, lines in sides.items():
            if side in (name, ""):
                lines.append(line)
    both = "\n".join(sides[_OURS]), "\n".join(sides[_BETWEEN])
    return both[:1] if both[0] == both[1] else both


def _decoded(data: bytes, path: Path) -> str:
    problem, remedy = "is not UTF-8 text", "save it as UTF-8"
    # UTF-16 without its mark: half of it would be read as nothing
    if b"\0" in data[:2]:
        raise ContentError(path, problem, remedy, line=1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ContentError(path, problem, remedy, line=line) from error
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def check_inside(path: Path, root: Path) -> None:
    """Raise ContentError where a link in a file's place leads out of ``root``.

    A show is often someone else's: what is published of it must be its own.
    """
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        problem = "is a link that leads out of the show's folder"
        raise ContentError(path, problem, "put the file itself in its place")


def unreadable(path: Path | str, error: OSError) -> ContentError:
    """Return what to say where the system refuses to read or look at something."""
    reason, remedy = error.strerror or str(error), "check its permissions"
    if isinstance(error, FileNotFoundError):
        if os.path.islink(path):  # noqa: PTH114  # may be a text
            return ContentError(
                path, "no such file where this link leads", "put it back"
            )
        return ContentError(path, "no such file", "check the path, or create it")
    if isinstance(error, IsADirectoryError):
        remedy = "name a file, or put one in the folder's place"
    elif isinstance(error, NotADirectoryError):
        remedy = "take away the file that stands in a folder's place"
    return ContentError(path, f"cannot be read ({reason})", remedy)


def unwritable(path: Path | str, error: OSError) -> PullquoteError:
    """Return what to say where the system refuses to write something."""
    if error.errno in _WITHOUT_LOCKS:
        problem = "lies on a disk or share without locks: two at once would lose work"
        remedy = "keep the show on this machine's own disk; git brings it to others"
        return PullquoteError(path, problem, remedy)
    reason = error.strerror or str(error)
    remedy = "free disk space or check the folder's permissions"
    if isinstance(error, NotADirectoryError | FileExistsError):
        remedy = "take away the file that stands where a folder of its has to be"
    return PullquoteError(path, f"cannot be written ({reason})", remedy)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``path`` that takes its place on success.

    On any failure the old file stays and the temporary one is removed; what a killed
    process left of the same file goes too. Raises PullquoteError where the disk is
    full or the folder cannot be written.
    """
    own = f"{_this_machine()}-{os.getpid()}-{secrets.token_hex(4)}"
    temporary = path.with_name(f".{path.name}.{own}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent, escape(path.name))
        yield temporary
        with temporary.open("rb") as handle:
            os.fsync(handle.fileno())
        temporary.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with suppress(OSError):  # what stopped the writing is told, not this
            temporary.unlink()


@lru_cache(1)
def _this_machine() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def sweep(folder: Path, name: str = "*") -> None:
    """Remove temporary files of what is called so whose process is no more.

    On this machine: of another's nobody knows whether they are written still.
    """
    for left in folder.glob(f".{name}.{_this_machine()}-*.part"):
        process = left.name.removesuffix(".part").split("-")[-2]
        if process.isdigit() and not lives(int(process)):
            left.unlink(missing_ok=True)


def lives(process: int) -> bool:
    """Say whether a process of this machine may still be at work."""
    if sys.platform == "win32":  # there the signal 0 is Ctrl+C
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def write_bytes(path: Path, data: bytes, *, private: bool = False) -> bool:
    """Write ``data`` atomically; return False if the file already held it.

    What is ``private`` nobody else of this machine may read, at no moment. Raises
    PullquoteError where it cannot be written.
    """
    with suppress(OSError):  # a file that cannot be read holds something else
        same_size = path.is_file() and path.stat().st_size == len(data)
        if same_size and path.read_bytes() == data:
            if private:
                path.chmod(0o600)
            return False
    with replacing(path) as temporary:
        if private:
            temporary.touch(0o600)
        else:
            _permit_as(path, temporary)
        temporary.write_bytes(data)
    return True


def _permit_as(path: Path, temporary: Path) -> None:
    """Let the same people read and write a file, still empty, as the one before it.

    As where a folder's group writes it too, or nobody else may read it.
    """
    with suppress(OSError):  # there was none
        mode = S_IMODE(path.stat().st_mode)
        temporary.touch(0o600)
        temporary.chmod(mode)


def write_text(path: Path, text: str, *, private: bool = False) -> bool:
    """Write UTF-8 text as ``write_bytes`` does.

    Half a surrogate pair, which JSON from elsewhere may hold, becomes ``?``.
    """
    return write_bytes(path, text.encode(errors="replace"), private=private)


class _MeanwhileError(Exception):
    """Somebody else wrote the file just now."""


def write_unless(changed: Callable[[], bool], path: Path, text: str) -> bool:
    """Write a text unless the file is ``changed``, asked at the last moment; else False.

    Raises PullquoteError where it cannot be written, or is a link: what a person goes on
    writing where that leads would be read no more, and would keep what was redacted.
    """
    if path.is_symlink():
        problem = "is a link, in whose place a file would come"
        raise PullquoteError(path, problem, "put the file itself there")
    try:
        with replacing(path) as temporary:
            _permit_as(path, temporary)
            with temporary.open("wb") as handle:
                handle.write(text.encode(errors="replace"))
                handle.flush()
                os.fsync(handle.fileno())  # it takes its time: before the look
            if changed():
                raise _MeanwhileError
    except _MeanwhileError:
        return False
    return True


def exchanged(
    path: Path, before: str, text: str, read: Callable[[Path], str] = read_text
) -> bool:
    """Write a text in place of another; False where that is not what is there any more.

    Raises PullquoteError where it cannot be written.
    """
    if text == before:
        return True
    return write_unless(lambda: read(path) != before, path, text)


def change_text(
    path: Path, change: Callable[[str], str], read: Callable[[Path], str] = read_text
) -> tuple[str, str]:
    """Write what ``change`` makes of a file's text; return the text before and after.

    ``read`` returns that text. Where somebody else writes the file at this very moment,
    it is asked again, so that nothing of theirs is lost. Raises ContentError or
    PullquoteError where the file cannot be read or written.
    """
    for _ in range(_TRIES):
        before = read(path)
        text = change(before)
        if exchanged(path, before, text, read):
            return before, text
    problem = "is written by another program again and again"
    raise ContentError(path, problem, "wait until that is done, then try again")


def drop_empty(path: Path) -> None:
    """Delete a file in which nothing is left."""
    if path.is_file() and not path.stat().st_size:
        path.unlink()


def file_sha256(path: Path) -> str:
    """Return the hex SHA-256 of a file of any size.

    Raises ContentError if it is missing or unreadable.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as handle:
            while block := handle.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise unreadable(path, error) from error
    return digest.hexdigest()


def text_digest(*texts: str) -> str:
    """Return ``sha256:…`` of several texts, their borders kept apart."""
    digest = hashlib.sha256()
    for text in texts:
        data = text.encode(errors="replace")
        digest.update(f"{len(data)}:".encode() + data)
    return "sha256:" + digest.hexdigest()
