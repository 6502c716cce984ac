"""The answers feed's view of a library: an item an approved answer. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from itertools import groupby

from pullquote.model import address
from pullquote.model.answer import Answer
from pullquote.model.library import Entry, Library
from pullquote.model.show import Person, Show, Topic
from pullquote.model.words import Words
from pullquote.publish.feeds import feed_parts as parts
from pullquote.publish.feeds.feed_html import absolute_html, link, paragraph, plain
from pullquote.publish.feeds.feed_text import clean_line
from pullquote.publish.feeds.feed_view import Channel, FeedItem, noon

Row = tuple[date, Entry, Answer]
"""The day of an answer's review, its episode and the answer."""


def _rows(library: Library) -> list[Row]:
    dated = [
        (parts.signed(entry, answer).on, entry, answer)
        for entry in library.published
        for answer in entry.approved
    ]
    dated.sort(
        key=lambda row: (
            -row[0].toordinal(),
            -row[1].episode.held.toordinal(),
            row[1].slug,
            row[2].answered.start,
            row[2].id,
        )
    )
    return dated


NEWEST = 100
"""Answers that the feed's first document has at least, if there are so many."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the answers feed: which answers it has and where it stands."""

    month: str | None
    """None for the first, which has the newest."""
    rows: tuple[Row, ...]
    neighbours: tuple[tuple[str, str | None], ...]
    """Relation (RFC 5005, 3) and month of the others; none where it is the only one."""
    synthetic: bool
    """Every answer of the whole feed is."""
    newer: Mapping[str, tuple[str, date]]
    """Which public answer an editor put in the place of one of these, by that one's
    id: its slug, and when its episode was held."""

    def path(self, ending: str) -> str:
        """Return its site path."""
        return _path(self.month, ending)


def _path(month: str | None, ending: str) -> str:
    return address.answers_of(month, ending) if month else f"feeds/answers.{ending}"


def documents(library: Library) -> tuple[Document, ...]:
    """Return the feed's documents: the newest answers, then months.

    A feed of thousands is read whole by few clients and again and again by all, so
    older months have documents of their own (RFC 5005, 3: paged feeds). A month is
    never cut in two, so that a new answer changes no document but its month's.

    Raises GateError for an answer that lacks its review.
    """
    every = _rows(library)
    months = [(m, tuple(g)) for m, g in groupby(every, lambda row: f"{row[0]:%Y-%m}")]
    count = _first_months(months)
    newest_rows = tuple(row for _, rows in months[:count] for row in rows)
    found: list[tuple[str | None, tuple[Row, ...]]] = [(None, newest_rows)]
    found += months[count:]
    names = [name for name, _ in found]
    synthetic = bool(every) and all(e.episode.synthetic for _, e, _ in every)
    newer = _newer(every)
    return tuple(
        Document(
            name,
            rows,
            parts.neighbours(names, number),
            synthetic,
            {a.id: newer[a.id] for *_, a in rows if a.id in newer},
        )
        for number, (name, rows) in enumerate(found)
    )


def _newer(rows: Sequence[Row]) -> dict[str, tuple[str, date]]:
    public = {a.id: (a.slug, entry.episode.held) for _, entry, a in rows}
    named = ((a.id, public.get(a.superseded_by or "")) for *_, a in rows)
    return {answer: newer for answer, newer in named if newer}


def documents_after(
    before: Sequence[Document], library: Library, entries: Mapping[str, Entry]
) -> tuple[Document, ...]:
    """Return ``documents`` of a library in which a few episodes were read anew.

    ``before`` is what it returned; ``entries`` are the episodes by slug, with the
    answers that they had. A document that has none of them is the very same one.
    """
    new = {(slug, a.id): (e, a) for slug, e in entries.items() for a in e.approved}
    found = []
    for one in before:
        rows = tuple(
            (on, *new[entry.slug, answer.id]) if entry.slug in entries else row
            for row in one.rows
            for on, entry, answer in [row]
        )
        if any(parts.signed(entry, answer).on != on for on, entry, answer in rows):
            return documents(library)  # one takes another place
        same = all(now is then for now, then in zip(rows, one.rows, strict=True))
        found.append(one if same else replace(one, rows=rows))
    return tuple(found)


def same_item(show: Show, old: Row, new: Row) -> bool:
    """Say whether the feed tells the same of an answer that was read anew."""
    (_, entry, answer), (_, now_in, now) = old, new
    if answer is now and entry is now_in:
        return True
    same_text = answer.body == now.body
    return same_text and _item(show, entry, answer, "") == _item(show, now_in, now, "")


def document_channel(
    show: Show,
    one: Document,
    bodies: Mapping[str, str],
    written: Collection[str] = (),
) -> Channel:
    """Return one document of the feed, as XML names it and the others.

    ``bodies`` maps an answer's id to its text as HTML; its links may be relative to
    the answer's page. An item's GUID is the answer's id, its date the day of its
    review at noon UTC. No item has an enclosure: all answers of an episode would
    share one address, and clients drop such items as duplicates. The items of
    ``written`` answers, by id, are left out: whoever asks has them.

    Raises GateError for an answer that lacks its doctor.
    """
    changes = [on for on, _, _ in one.rows]
    changes += [answer.corrected_on for *_, answer in one.rows if answer.corrected_on]
    view = Channel(
        title=clean_line(show.words.gettext("%(title)s: answers", title=show.title)),
        link=address.absolute(show, address.ANSWERS),
        address=address.absolute(show, address.ANSWERS_FEED),
        description=parts.description(
            show.words.gettext(
                "Every answered question of %(title)s, with the name of who answered it.",
                title=show.title,
            ),
            parts.notice(show, synthetic=one.synthetic),
            show.disclaimer,
        ),
        language=clean_line(show.language),
        copyright=show.feed.copyright and clean_line(show.feed.copyright),
        image=parts.cover(show),
        hub=show.feed.hub,
        updated=max(map(noon, changes), default=None),
        items=tuple(
            _item(show, entry, answer, bodies[answer.id], one.newer.get(answer.id))
            for _, entry, answer in one.rows
            if answer.id not in written
        ),
    )
    return with_ending(show, one, view, "xml")


def with_ending(show: Show, one: Document, view: Channel, ending: str) -> Channel:
    """Return a document as it names itself and the others in another format."""
    return replace(
        view,
        address=address.absolute(show, one.path(ending)),
        complete=not one.neighbours,
        pages=tuple(
            (relation, address.absolute(show, _path(month, ending)))
            for relation, month in one.neighbours
        ),
    )


def _first_months(months: Sequence[tuple[str, tuple[Row, ...]]]) -> int:
    counted = 0
    for number, (_, rows) in enumerate(months, 1):
        counted += len(rows)
        if counted >= NEWEST:
            return number
    return len(months)


def _item(
    show: Show,
    entry: Entry,
    answer: Answer,
    body: str,
    newer: tuple[str, date] | None = None,
) -> FeedItem:
    page = address.absolute(show, address.answer_page(answer.slug))
    notice = parts.notice(show, synthetic=entry.episode.synthetic)
    attribution = parts.attribution(show, entry, answer)
    reviewed = parts.signed(entry, answer).on
    reviewer = parts.reviewer(show, entry, answer)
    topics = [t for t in map(show.topic, answer.topics) if t is not None]
    leads = show.words.gettext("Read and hear this answer")
    replaced = _replaced(show.words) if answer.superseded_by else ""
    spoken = show.spoken_in(entry.transcript.language if entry.transcript else None)
    return FeedItem(
        guid=clean_line(answer.id),
        title=clean_line(answer.question) or answer.slug,
        link=page,
        description=parts.description(f"{replaced} {attribution}", notice),
        content="\n".join(
            [
                *_leads_on(show, answer, newer),
                *(_notice(topic, topic.notice) for topic in topics if topic.notice),
                _said(absolute_html(body, page), spoken, show),
                paragraph(attribution),
                *_dates(show, answer, reviewed, reviewer),
                f"<p>{link(page, leads)}</p>",
                *(paragraph(text) for text in (notice, show.disclaimer) if text),
            ]
        ),
        published=noon(reviewed),
        corrected=noon(answer.corrected_on) if answer.corrected_on else None,
        authors=tuple(clean_line(p.name) for p in parts.answerers(show, entry, answer)),
        categories=tuple(clean_line(topic.title) for topic in topics),
        language=spoken if spoken != show.language else None,
    )


def _said(html: str, spoken: str, show: Show) -> str:
    """Return an answer's HTML, in another language than the show's marked as such."""
    if spoken == show.language:
        return html
    return f'<div lang="{escape(spoken)}">{html}</div>'


def _notice(topic: Topic, says: str) -> str:
    """Return as HTML what the page says above an answer about this topic."""
    return f"<p><strong>{plain(topic.title)}:</strong> {plain(says)}</p>"


def _leads_on(
    show: Show, answer: Answer, newer: tuple[str, date] | None
) -> Iterator[str]:
    """Yield as HTML what the page says first, too: this one holds no more."""
    if answer.superseded_by is None:
        return
    words = show.words
    says = _replaced(words)
    if newer is None:  # it waits for its signature, or was withdrawn
        yield f"<p><strong>{says}</strong></p>"
        return
    slug, held = newer
    page = address.absolute(show, address.answer_page(slug))
    where = words.gettext(
        'The same question was <a href="%(href)s">answered again on %(held)s</a>.',
        href=escape(page),
        held=words.day(held),
    )
    yield f"<p><strong>{says}</strong> {where}</p>"


def _replaced(words: Words) -> str:
    """Return what descriptions say too: some apps show nothing else."""
    return words.gettext("A newer answer takes the place of this one.")


def _dates(show: Show, answer: Answer, reviewed: date, by: Person) -> list[str]:
    words = show.words
    lines = [
        words.gettext(
            "Reviewed by %(who)s on %(day)s.",
            who=clean_line(by.signature),
            day=words.day(reviewed),
        )
    ]
    if due := answer.due(show.review.due_days):  # whoever copies the text sees it pass
        lines.append(words.gettext("Next review due on %(day)s.", day=words.day(due)))
    if answer.corrected_on:
        corrected = words.day(answer.corrected_on)
        lines.append(words.gettext("Corrected on %(day)s.", day=corrected))
    lines += [f"{words.day(one.on)}: {one.note}" for one in answer.corrections]
    return [*map(paragraph, lines)]
