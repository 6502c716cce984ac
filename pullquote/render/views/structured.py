"""Structured data (JSON-LD, schema.org) of answer and episode pages.

A page with one answer that readers cannot add to is no QAPage, and FAQPage is gone
(Google's rules, 2026): question and answer are plain vocabulary inside a
MedicalWebPage, or a WebPage where the show is not about medicine. Every text here equals what the page shows.
"""

from __future__ import annotations

from pullquote.formats.clock import iso_duration
from pullquote.model.address import (
    ANSWERS,
    absolute,
    answer_page,
    enclosure_file,
    episode_page,
    person_page,
    photo_file,
    topic_page,
)
from pullquote.model.show import Person, Show
from pullquote.render.views.answer_view import AnswerView
from pullquote.render.views.edition import ShownAnswer
from pullquote.render.views.episode_view import EpisodeView

Data = dict[str, object]


def _present(**values: object) -> Data:
    """Leave out what is absent; ``type_`` and ``id_`` become ``@type`` and ``@id``."""
    names = {"type_": "@type", "id_": "@id"}
    return {names.get(k, k): v for k, v in values.items() if v is not None}


def person_data(show: Show, person: Person) -> Data:
    """Describe a person as their page does.

    What stands after a doctor's name was earned by an examination; elsewhere it is an
    office ("Councillor") or what somebody does.
    """
    photo = photo_file(person)
    earned = person.credentials if show.medical else None
    return _present(
        type_="Person",
        id_=absolute(show, person_page(person.id)),
        name=person.name,
        url=absolute(show, person_page(person.id)),
        hasCredential=_named("EducationalOccupationalCredential", earned),
        jobTitle=None if show.medical else person.credentials,
        affiliation=_named("Organization", person.affiliation),
        image=absolute(show, photo) if photo else None,
        sameAs=person.href,
    )


def _named(type_: str, name: str | None) -> Data | None:
    return {"@type": type_, "name": name} if name else None


def answer_data(show: Show, view: AnswerView) -> Data:
    """Describe an answer page."""
    answer = view.shown.answer
    url = absolute(show, view.path)
    reviewed = answer.review.on.isoformat() if view.reviewer and answer.review else None
    changed = answer.corrected_on.isoformat() if answer.corrected_on else None
    topics = [
        _present(
            type_="MedicalEntity" if show.medical else "Thing",
            name=t.title,
            url=absolute(show, topic_page(t.id)),
        )
        for t in view.shown.topics
    ]
    return _present(
        type_="MedicalWebPage" if show.medical else "WebPage",
        id_=url,
        url=url,
        name=answer.question,
        inLanguage=view.shown.language,
        isPartOf=_present(type_="WebSite", name=show.title, url=absolute(show, "")),
        lastReviewed=reviewed,
        reviewedBy=person_data(show, view.reviewer) if view.reviewer else None,
        dateModified=changed or reviewed,
        about=topics or None,
        breadcrumb=_breadcrumb(show, view),
        mainEntity=_question(show, view),
    ) | {"@context": "https://schema.org"}


def _breadcrumb(show: Show, view: AnswerView) -> Data:
    """Say what the page's first line says: where in the site it stands."""
    steps = [(show.words.gettext("All answers"), ANSWERS)]
    steps += [(t.title, topic_page(t.id)) for t in view.shown.topics[:1]]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": name,
                "item": absolute(show, path),
            }
            for number, (name, path) in enumerate(steps, 1)
        ],
    }


def _question(show: Show, view: AnswerView) -> Data:
    shown = view.shown
    answer = {
        "@type": "Answer",
        "url": absolute(show, view.path),
        "text": view.text,
        "author": [person_data(show, p) for p in shown.speakers],
        "dateCreated": shown.entry.episode.held.isoformat(),
        "isBasedOn": _clip(show, shown),
    }
    return {
        "@type": "Question",
        "name": shown.answer.question,
        "text": shown.answer.question,
        "answerCount": 1,
        # what another one replaces is not what the show holds for right
        "suggestedAnswer" if shown.superseded else "acceptedAnswer": answer,
    }


def _clip(show: Show, shown: ShownAnswer) -> Data:
    entry, clip = shown.entry, shown.answer.answered
    page = absolute(show, episode_page(entry.slug))
    return _present(
        type_="Clip",
        name=shown.answer.question,
        startOffset=clip.start / 1000,
        endOffset=clip.end / 1000,
        # Google: the page that plays the whole, with the second in its query
        url=f"{page}?t={clip.start // 1000}",
        partOfEpisode=_present(
            type_="PodcastEpisode", id_=page, name=entry.episode.title, url=page
        ),
    )


def episode_data(show: Show, view: EpisodeView) -> Data:
    """Describe an episode page, a clip for each answer (unique starts)."""
    entry, episode = view.shown.entry, view.episode
    url = absolute(show, view.path)
    sound = entry.enclosure
    media = sound and _present(
        type_="AudioObject",
        contentUrl=absolute(show, enclosure_file(entry.slug)),
        encodingFormat=sound.type,
        duration=iso_duration(sound.duration),
    )
    first = {a.answer.answered.start: a for a in reversed(view.shown.answers)}
    clips = [
        _clip(show, a) | {"subjectOf": absolute(show, answer_page(a.answer.slug))}
        for _, a in sorted(first.items())
    ]
    return _present(
        type_="PodcastEpisode",
        id_=url,
        url=url,
        name=episode.title,
        description=episode.summary,
        inLanguage=view.language,
        datePublished=episode.published.isoformat() if episode.published else None,
        dateCreated=episode.held.isoformat(),
        episodeNumber=episode.number,
        duration=iso_duration(sound.duration) if sound else None,
        associatedMedia=media,
        actor=[person_data(show, p) for p in view.shown.people] or None,
        partOfSeries=_present(
            type_="PodcastSeries", name=show.title, url=absolute(show, "")
        ),
        hasPart=clips or None,
    ) | {"@context": "https://schema.org"}
