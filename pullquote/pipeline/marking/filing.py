"""An answer's file as a file: another address for it, or a draft out of the way."""

from __future__ import annotations

import re
from collections.abc import Callable

from pullquote.errors import GateError, UsageError
from pullquote.formats.addresses_json import load_addresses
from pullquote.formats.answer_md import load_answer, parse_answer, save_review
from pullquote.formats.disk import read_text, write_text
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.mark.cut.question import question_slug
from pullquote.mark.review.sign_off import take_back
from pullquote.model import address
from pullquote.model.answer import Answer
from pullquote.model.library import Entry


def rename_answer(
    folder: ShowFolder, paths: EpisodeFolder, slug: str, new: str
) -> None:
    """Give an answer another address; its id, and with it its history, stays.

    Raises UsageError where the address is none, or another answer has it or had it once.
    """
    if not address.is_slug(new):
        raise UsageError(new, "cannot be an address", address.SLUG_REMEDY)
    if new == slug:
        return
    mine = load_answer(paths.answer(slug)).id
    refuse_taken(folder, new, mine)
    paths.answer(slug).rename(paths.answer(new))


def slugs_now(folder: ShowFolder) -> frozenset[str]:
    """Return the addresses that answers of the show have."""
    found = folder.root.glob("transcripts/*/answers/*.md")
    return frozenset(path.stem for path in found)


def slugs_once(folder: ShowFolder, mine: str | None = None) -> frozenset[str]:
    """Return those that any but ``mine``, an answer's id, ever had on the site."""
    stood = load_addresses(folder.addresses).answers.items()
    return frozenset(s for key, known in stood if key != mine for s in known.slugs)


def refuse_taken(folder: ShowFolder, slug: str, mine: str | None = None) -> None:
    """Raise UsageError for another answer's address, or one that it had once.

    A saved link must not show a different answer.
    """
    if slug in slugs_now(folder):
        raise UsageError(slug, "is another answer's address", "choose another")
    if slug in slugs_once(folder, mine):
        raise UsageError(slug, "was another answer's address once", "choose another")


def slug_by_question(answer: Answer, entry: Entry) -> str:
    """Return what a draft's address would be by its question, empty where it is that.

    It was made of the first cut's; nobody has a link to it yet.
    """
    if answer.status != "draft" or answer.review is not None:
        return ""
    language = entry.transcript.language if entry.transcript else "en"
    made = question_slug(answer.question, (), language)
    return "" if re.sub(r"-\d+$", "", answer.slug) == made else made


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
    """Write a draft that was thrown away as it was, once.

    Raises UsageError where another answer of the show has its address by now.
    """
    path = paths.answer(slug)
    if path.is_file() and load_answer(path).id == parse_answer(text, path).id:
        return  # it is there already: a full disk stopped what follows
    if slug in slugs_now(ShowFolder(paths.root)):
        problem = "is the address of another answer by now"
        raise UsageError(slug, problem, "change that one's address, then try again")
    write_text(path, text)


def is_spent(folder: ShowFolder, answer_id: str) -> bool:
    """Say whether a site was built since an answer was withdrawn."""
    known = load_addresses(folder.addresses).answers.get(answer_id)
    return known is not None and known.withdrawn


def draft_again(folder: ShowFolder, paths: EpisodeFolder, slug: str) -> None:
    """Take a withdrawal back before any site said so: a draft without a signature.

    Raises UsageError where it was not withdrawn, GateError where it is too late.
    """
    path = paths.answer(slug)
    answer = load_answer(path)
    if answer.status != "withdrawn":
        raise UsageError(slug, "was not withdrawn", "change it as it is")
    if is_spent(folder, answer.id):
        problem = "was withdrawn, and the site was built since: its id is spent"
        raise GateError(path, problem, "cut it again to get an id of its own")
    save_review(path, take_back(answer))
