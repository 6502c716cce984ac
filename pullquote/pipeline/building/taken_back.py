"""What was public and may not be again: the site that was built may still have it.

A deploy looks here first, at what was withdrawn, hidden or redacted since.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pullquote.errors import PullquoteError
from pullquote.formats.addresses_json import load_addresses
from pullquote.formats.answer_md import load_answer
from pullquote.formats.disk import read_text
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.redactions_toml import load_redactions
from pullquote.model.address import answer_page, episode_page
from pullquote.model.history import Known
from pullquote.pipeline.library.episode_reader import is_to_come
from pullquote.publish.serving.redirects import GONE, REDIRECTS, parse_redirects


def taken_back_since(folder: ShowFolder) -> Path | None:
    """Return an answer that is signed no more, and stands on the site that was built.

    Withdrawn, or its doctor took the signature back; of one whose file is gone, nobody
    knows, and its page is returned. None where there is none.
    """
    stood = load_addresses(folder.addresses).answers
    gone = {id_: known for id_, known in stood.items() if not known.withdrawn}
    unread = False
    for path in sorted(folder.root.glob("transcripts/*/answers/[!.]*.md")):
        try:
            answer = load_answer(path)
        except PullquoteError:
            unread = True  # check and build name it
            continue
        known = gone.pop(answer.id, None)
        signed = answer.status == "approved" and answer.review is not None
        if known and not signed and _stands(folder, known, answer_page):
            return path
    for known in () if unread else gone.values():
        if _stands(folder, known, answer_page):
            return folder.site / answer_page(known.slugs[-1]) / "index.html"
    return None


def hidden_since(folder: ShowFolder) -> Path | None:
    """Return an ``episode.toml`` that says draft, of what is on the site that was built.

    Or that it is to be published later. None where there is none.
    """
    stood = load_addresses(folder.addresses).episodes
    for slug in folder.slugs():
        path = folder.episode(slug).facts
        try:
            episode = load_episode(path)
        except PullquoteError:
            continue  # check and build name it
        known = stood.get(episode.guid)
        hidden = episode.status == "draft" or is_to_come(episode)
        if hidden and known and _stands(folder, known, episode_page):
            return path
    return None


def taken_back(folder: ShowFolder) -> dict[str, int]:
    """Return what may not be public again, by which a clone that lacks it is told.

    The id of each answer that was withdrawn, and how many redactions an episode has, by
    its GUID. Raises ContentError or FaultsError where nobody can say what was public.
    """
    stood = load_addresses(folder.addresses).answers.items()
    found = {id_: 1 for id_, known in stood if known.withdrawn}
    for slug in folder.slugs():
        paths = folder.episode(slug)
        with suppress(PullquoteError):  # a draft's: a build stops at what is public
            if redactions := load_redactions(paths.redactions):
                found[load_episode(paths.facts).guid] = len(redactions)
    return found


def _stands(folder: ShowFolder, known: Known, page: Callable[[str], str]) -> bool:
    """Say whether the site that was built has what was public, at its last address.

    Not where its page says there that it is gone.
    """
    there = [page(slug) for slug in known.slugs[-1:]]
    if not any((folder.site / one / "index.html").is_file() for one in there):
        return False
    with suppress(PullquoteError):
        rules = parse_redirects(read_text(folder.site / REDIRECTS))
        gone = [at for at, to in rules.items() if to.status == GONE]
        return not any(at.endswith(f"/{one}") for at in gone for one in there)
    return True
