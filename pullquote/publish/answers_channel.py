"""The answers feed's view of a library: an item an approved answer. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from pullquote.model import address
from pullquote.model.answer import Answer
from pullquote.model.library import Entry, Library
from pullquote.model.show import Show
from pullquote.publish import feed_parts as parts
from pullquote.publish.feed_html import absolute_html, link, paragraph
from pullquote.publish.feed_text import clean_line
from pullquote.publish.feed_view import Channel, FeedItem, newest, noon


def answers_channel(library: Library, bodies: Mapping[str, str]) -> Channel:
    """Return the feed of approved answers of published episodes, newest first.

    ``bodies`` maps an answer's id to its text as HTML; its links may be relative to
    the answer's page. An item's GUID is the answer's id, its date the day of its
    review at noon UTC. No item has an enclosure: all answers of an episode would
    share one address, and clients drop such items as duplicates.

    Raises GateError for an answer that lacks its doctor or its review.
    """
    show = library.show
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
    synthetic = [entry.episode.synthetic for _, entry, _ in dated]
    changes = [on for on, _, _ in dated]
    changes += [answer.corrected_on for _, _, answer in dated if answer.corrected_on]
    return Channel(
        title=clean_line(f"{show.title}: answers"),
        link=address.absolute(show, address.ANSWERS),
        address=address.absolute(show, address.ANSWERS_FEED),
        description=parts.description(
            f"Every answered question of {show.title}, signed by who answered it.",
            parts.notice(show, synthetic=bool(synthetic) and all(synthetic)),
            show.disclaimer,
        ),
        language=clean_line(show.language),
        copyright=show.feed.copyright and clean_line(show.feed.copyright),
        image=parts.cover(show),
        hub=show.feed.hub,
        updated=newest(map(noon, changes)),
        items=tuple(_item(show, e, a, bodies[a.id]) for _, e, a in dated),
    )


NEWEST = 100
"""Answers that the feed's first document has at least, if there are so many."""


def answer_pages(whole: Channel, show: Show, ending: str) -> dict[str, Channel]:
    """Return the feed's documents by site path: the newest answers, then months.

    A feed of thousands is read whole by few clients and again and again by all, so
    older months have documents of their own (RFC 5005, 3: paged feeds). A month is
    never cut in two, so that a new answer changes no document but its month's.
    """
    first = f"feeds/answers.{ending}"
    months = [(m, list(g)) for m, g in groupby(whole.items, _month)]
    count = _first_months(months)
    newest = [item for _, items in months[:count] for item in items]
    found = {first: newest}
    found |= {address.answers_of(m, ending): items for m, items in months[count:]}
    addresses = [address.absolute(show, path) for path in found]
    return {
        path: replace(
            whole,
            address=at,
            items=tuple(items),
            updated=newest_of(items) if items else whole.updated,
            complete=len(found) == 1,
            pages=_neighbours(addresses, number),
        )
        for number, (at, (path, items)) in enumerate(
            zip(addresses, found.items(), strict=True)
        )
    }


def newest_of(items: Iterable[FeedItem]) -> datetime | None:
    """Return when one of these items last changed."""
    return newest(
        moment for i in items for moment in (i.published, i.corrected) if moment
    )


def _month(item: FeedItem) -> str:
    return f"{item.published:%Y-%m}"


def _first_months(months: Sequence[tuple[str, list[FeedItem]]]) -> int:
    counted = 0
    for number, (_, items) in enumerate(months, 1):
        counted += len(items)
        if counted >= NEWEST:
            return number
    return len(months)


def _neighbours(addresses: Sequence[str], number: int) -> tuple[tuple[str, str], ...]:
    if len(addresses) == 1:
        return ()
    rows = [("first", addresses[0]), ("last", addresses[-1])]
    if number:
        rows.append(("previous", addresses[number - 1]))
    if number + 1 < len(addresses):
        rows.append(("next", addresses[number + 1]))
    return tuple(rows)


def _item(show: Show, entry: Entry, answer: Answer, body: str) -> FeedItem:
    page = address.absolute(show, address.answer_page(answer.slug))
    notice = parts.notice(show, synthetic=entry.episode.synthetic)
    attribution = parts.attribution(show, entry, answer)
    reviewed = parts.signed(entry, answer).on
    topics = (show.topic(topic) for topic in answer.topics)
    return FeedItem(
        guid=clean_line(answer.id),
        title=clean_line(answer.question) or answer.slug,
        link=page,
        description=parts.description(attribution, notice),
        content="\n".join(
            [
                absolute_html(body, page),
                paragraph(attribution),
                *_dates(answer, parts.day(reviewed)),
                f"<p>{link(page, 'Read and hear this answer')}</p>",
                *(paragraph(text) for text in (notice, show.disclaimer) if text),
            ]
        ),
        published=noon(reviewed),
        corrected=noon(answer.corrected_on) if answer.corrected_on else None,
        authors=tuple(clean_line(p.name) for p in parts.answerers(show, entry, answer)),
        categories=tuple(clean_line(topic.title) for topic in topics if topic),
    )


def _dates(answer: Answer, reviewed: str) -> list[str]:
    lines = [paragraph(f"Reviewed {reviewed}.")]
    if answer.corrected_on:
        lines.append(paragraph(f"Corrected {parts.day(answer.corrected_on)}."))
    lines += [
        paragraph(f"{parts.day(correction.on)}: {correction.note}")
        for correction in answer.corrections
    ]
    return lines
