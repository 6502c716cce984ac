"""Sentences and addresses that both feeds use. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import TypeVar

from pullquote.errors import GateError
from pullquote.model import address
from pullquote.model.answer import Answer, Review
from pullquote.model.library import Entry
from pullquote.model.show import Person, Show
from pullquote.publish.feeds.feed_text import clean_line, clean_text, shorten_bytes

DESCRIPTION_BYTES = 4000
"""Apple's limit for descriptions (podcasters.apple.com/support/823)."""

Name = TypeVar("Name")

_MARKUP = re.compile(r"</?[A-Za-z!]|&(?:#\d+|#x[0-9A-Fa-f]+|\w+);")


def notice(show: Show, *, synthetic: bool) -> str | None:
    """Return the sentence that must stand with everything the show publishes."""
    if show.notice or not synthetic:
        return show.notice
    return show.words.gettext("Synthetic recording: its voices and people are made up.")


def description(main: str, *after: str | None) -> str:
    """Return a plain description within Apple's limit.

    What stands ``after`` (a notice, a disclaimer) is never cut off, ``main`` is.
    """
    tail = "\n\n".join(clean_text(text).strip() for text in after if text)
    tail = shorten_bytes(tail, DESCRIPTION_BYTES // 2)
    room = DESCRIPTION_BYTES - len(tail.encode()) - 2 if tail else DESCRIPTION_BYTES
    head = shorten_bytes(clean_text(main).strip(), room)
    whole = f"{head}\n\n{tail}".strip()
    while (
        len(head) > 1 and (over := len(as_html(whole).encode()) - DESCRIPTION_BYTES) > 0
    ):
        # a letter becomes five at the most
        head = shorten_bytes(head, max(3, len(head.encode()) - over // 5 - 1))
        whole = f"{head}\n\n{tail}".strip()
    return whole


def as_html(text: str) -> str:
    """Return a description so that clients, which read HTML, show ``a < b`` whole."""
    return escape(text, quote=False) if looks_like_markup(text) else text


def looks_like_markup(text: str) -> bool:
    """Say whether clients may take plain text for HTML and swallow part of it."""
    return _MARKUP.search(text) is not None


def answerers(show: Show, entry: Entry, answer: Answer) -> tuple[Person, ...]:
    """Return who answers, as on the day held, in the order of the answer's file.

    Raises GateError if nobody does or a name is unknown: no answer goes out
    without its doctor.
    """
    people = tuple(show.person(speaker) for speaker in answer.speakers)
    known = tuple(person for person in people if person is not None)
    if len(known) != len(people) or not known:
        raise GateError(
            f"{entry.slug}/{answer.slug}",
            "its speaker is not among the people of show.toml",
            "name a known person in 'speakers'",
        )
    return tuple(person.on(entry.episode.held) for person in known)


def undated(entry: Entry) -> GateError:
    """Return what to say of an episode of which nobody says when it comes out."""
    return GateError(
        entry.slug,
        "is published but has no 'published' time",
        "write the time at which subscribers get it into episode.toml",
    )


def soundless(entry: Entry) -> GateError:
    """Return what to say of an episode without an enclosure."""
    return GateError(
        entry.slug,
        "is published but has no enclosure",
        "make it from the recording with pull, or set status back to draft",
    )


def signed(entry: Entry, answer: Answer) -> Review:
    """Return the sign-off of an answer. Raises GateError if there is none."""
    if answer.review is None:
        raise GateError(
            f"{entry.slug}/{answer.slug}",
            "nobody has reviewed this answer",
            "approve it, or leave it out",
        )
    return answer.review


def reviewer(show: Show, entry: Entry, answer: Answer) -> Person:
    """Return who signed an answer, as on that day. Raises GateError if nobody known."""
    review = signed(entry, answer)
    if (person := show.person(review.by)) is None:
        raise GateError(
            f"{entry.slug}/{answer.slug}",
            "its reviewer is not among the people of show.toml",
            "name a known person in 'by'",
        )
    return person.on(review.on)


def attribution(show: Show, entry: Entry, answer: Answer) -> str:
    """Return who answered, in which episode, and when it was held."""
    names = "; ".join(p.signature for p in answerers(show, entry, answer))
    held = show.words.day(entry.episode.held)
    if entry.episode.title == show.title:  # as where the file is called like the show
        said = show.words.gettext(
            "Answered by %(who)s in “%(title)s”, held on %(held)s.",
            who=names,
            title=show.title,
            held=held,
        )
    else:
        said = show.words.gettext(
            "Answered by %(who)s in “%(episode)s” (%(title)s), held on %(held)s.",
            who=names,
            episode=entry.episode.title,
            title=show.title,
            held=held,
        )
    return clean_line(said)


def feed_category(category: tuple[str, ...]) -> tuple[str, ...]:
    """Return Apple's category and, where given, its one subcategory."""
    return tuple(clean_line(name) for name in category[:2])


def secure(href: str | None) -> str | None:
    """Return an https address, None for any other.

    Every address in a podcast: tag must be https (podcast-namespace, 1.0).
    """
    return href if href and href.casefold().startswith("https://") else None


def cover(show: Show) -> str | None:
    """Return the public address of the show's cover."""
    path = address.cover_file(show)
    return address.absolute(show, path) if path else None


def neighbours(names: Sequence[Name], number: int) -> tuple[tuple[str, Name], ...]:
    """Return relation (RFC 5005, 3) and name of a feed's other documents.

    None where the document is the only one.

    >>> neighbours(["newest", "older", "oldest"], 0)
    (('first', 'newest'), ('last', 'oldest'), ('next', 'older'))
    """
    if len(names) == 1:
        return ()
    rows = [("first", names[0]), ("last", names[-1])]
    if number:
        rows.append(("previous", names[number - 1]))
    if number + 1 < len(names):
        rows.append(("next", names[number + 1]))
    return tuple(rows)
