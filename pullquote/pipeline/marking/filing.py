"""An answer's file as a file: another address for it, or a draft out of the way."""

from __future__ import annotations

from collections.abc import Callable

from pullquote.errors import GateError, UsageError
from pullquote.formats.answer_md import load_answer
from pullquote.formats.disk import read_text, write_text
from pullquote.formats.folder import EpisodeFolder
from pullquote.model import address


def rename_answer(paths: EpisodeFolder, slug: str, new: str) -> None:
    """Give an answer another address; its id, and with it its history, stays.

    Raises UsageError where the address is none, or another answer has it.
    """
    if not address.is_slug(new):
        raise UsageError(new, "cannot be an address", address.SLUG_REMEDY)
    if new == slug:
        return
    if any(paths.root.glob(f"transcripts/*/answers/{new}.md")):
        raise UsageError(new, "is another answer's address", "choose another")
    paths.answer(slug).rename(paths.answer(new))


def drop_draft(paths: EpisodeFolder, slug: str, keep: Callable[[str], None]) -> None:
    """Delete a draft that nobody ever signed, once ``keep`` has its text.

    What it was cut from waits again. Raises GateError where it was signed: its id may
    be public, and is only spent by a withdrawal.
    """
    path = paths.answer(slug)
    text, answer = read_text(path), load_answer(path)
    signed = answer.review is not None or paths.approved(answer.id).exists()
    if answer.status != "draft" or signed:
        problem = "was signed, so it cannot be thrown away"
        raise GateError(path, problem, "withdraw it, or cut another beside it")
    keep(text)
    path.unlink()
    paths.edits(answer.id).unlink(missing_ok=True)


def bring_draft_back(paths: EpisodeFolder, slug: str, text: str) -> None:
    """Write a draft that was thrown away as it was. Raises UsageError: there is one."""
    path = paths.answer(slug)
    if path.exists():
        problem = "is the address of another answer by now"
        raise UsageError(slug, problem, "change that one's address, then try again")
    write_text(path, text)
