"""The answers feed's view of a library: an item an approved answer. Pure."""

from __future__ import annotations

from collections.abc import Mapping

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
