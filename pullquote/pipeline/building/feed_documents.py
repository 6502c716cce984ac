"""One document of a feed, made anew or with the items that it had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from contextlib import suppress

from pullquote.model.library import Library
from pullquote.model.show import Show
from pullquote.publish.feeds.answers_channel import (
    Document,
    document_channel,
    same_item,
    with_ending,
)
from pullquote.publish.feeds.feed import write_rss, written_items
from pullquote.publish.feeds.gate import FeedFacts, feed_facts
from pullquote.publish.feeds.json_feed import write_json, written_lines
from pullquote.publish.feeds.podcast_channel import PodcastPage, podcast_channel


class Bodies(dict[str, str]):
    """Each answer's text as HTML by its id, made when it is asked for."""

    def __init__(self, library: Library) -> None:
        self._texts = {a.id: a.body for e in library.published for a in e.approved}

    def __missing__(self, key: str) -> str:
        from pullquote.render.views.prose import to_html

        return to_html(self._texts[key])


Made = tuple[str, FeedFacts, dict[str, bytes]]
"""The path of a document as XML, what the gate sees in it, and each form by its path."""


Items = Mapping[str, tuple[bytes, bytes]]
"""An answer's item as it is written in XML and in JSON, by the answer's id."""


def make_document(
    show: Show, one: Document, bodies: Mapping[str, str], written: Items
) -> Made:
    """Return a document of answers as XML and as JSON."""
    view = document_channel(show, one, bodies, written)
    items = [written.get(answer.id, (None, None)) for *_, answer in one.rows]
    path, xml = one.path("xml"), write_rss(view, [in_xml for in_xml, _ in items])
    in_json = [in_json for _, in_json in items]
    json = write_json(with_ending(show, one, view, "json"), in_json)
    return path, feed_facts(xml, path), {path: xml, one.path("json"): json}


def kept_items(
    show: Show, one: Document, before: Document, made: Mapping[str, bytes]
) -> Items:
    """Return the items of a document before that are right in this one too."""
    rows = {answer.id: (on, entry, answer) for on, entry, answer in one.rows}
    count = len(before.rows)
    with suppress(ValueError):
        in_xml = written_items(made[before.path("xml")], count)
        in_json = written_lines(made[before.path("json")], count)
        items = zip(before.rows, in_xml, in_json, strict=True)
        return {
            row[2].id: (xml, json)
            for row, xml, json in items
            if row[2].id in rows and same_item(show, row, rows[row[2].id])
        }
    return {}


def make_podcast(
    library: Library,
    one: PodcastPage,
    data: bytes,
    slugs: Sequence[str],
    same: Set[str],
) -> Made:
    """Make a document of the podcast; items of the ``same`` episodes are taken over.

    ``data`` is the document before, ``slugs`` are its episodes in order; those of
    ``same`` are among them.
    """
    from pullquote.render.views.prose import to_html

    # of a trailer the channel tells too
    kept = same & {e.slug for e in one.entries if e.episode.kind != "trailer"}
    made = None
    with suppress(ValueError):
        found = dict(zip(slugs, written_items(data, len(slugs)), strict=True))
        written = [found[e.slug] if e.slug in kept else None for e in one.entries]
        notes = {e.slug: to_html(e.notes) for e in one.entries if e.slug not in kept}
        made = write_rss(podcast_channel(library, one, notes, kept), written)
    if made is None:
        notes = {entry.slug: to_html(entry.notes) for entry in one.entries}
        made = write_rss(podcast_channel(library, one, notes))
    return one.path, feed_facts(made, one.path), {one.path: made}
