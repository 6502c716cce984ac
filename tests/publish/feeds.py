"""Feeds of a library whose notes and bodies are HTML already.

The product's own steps, put together as ``pipeline/building/feeds.py`` does it with a show's folder.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pullquote.errors import GateError
from pullquote.model import address
from pullquote.model.library import Library
from pullquote.publish.feeds.answers_channel import (
    document_channel,
    documents,
    with_ending,
)
from pullquote.publish.feeds.feed import write_rss
from pullquote.publish.feeds.feed_view import Channel
from pullquote.publish.feeds.gate import compare_facts, feed_facts
from pullquote.publish.feeds.json_feed import write_json
from pullquote.publish.feeds.podcast_channel import podcast_channel, podcast_pages


def podcast_feed(library: Library, notes: Mapping[str, str]) -> bytes:
    """Return the podcast feed; ``notes`` by slug."""
    return write_rss(podcast_channel(library, podcast_pages(library)[0], notes))


def answers_feed(library: Library, bodies: Mapping[str, str]) -> bytes:
    """Return the first document of the answers feed; ``bodies`` by id."""
    return write_rss(answer_pages(library, bodies, "xml")[address.ANSWERS_FEED])


def answers_json(library: Library, bodies: Mapping[str, str]) -> bytes:
    """Return the same as JSON Feed."""
    return write_json(answer_pages(library, bodies, "json")[address.ANSWERS_JSON])


def answer_pages(
    library: Library, bodies: Mapping[str, str], ending: str
) -> dict[str, Channel]:
    """Return every document of the answers feed by site path."""
    show = library.show
    return {
        one.path(ending): with_ending(
            show, one, document_channel(show, one, bodies), ending
        )
        for one in documents(library)
    }


def compare_feeds(
    old: bytes | None,
    new: bytes,
    *,
    name: str,
    allow: Collection[str] = (),
    dates_may_advance: bool = False,
) -> tuple[GateError, ...]:
    """Return what the gate finds where one document replaces another, or none."""
    return compare_facts(
        [feed_facts(old, name)] if old is not None else [],
        [feed_facts(new, name)],
        name=name,
        allow=allow,
        dates_may_advance=dates_may_advance,
    )
