"""What an episode's pages show of other episodes, told in one digest.

An answer page lists other answers to its question, of its topics and of its people. The
digest holds these lists whole: ten thousand pages need not be looked at one by one to see
that nothing on them changed. Another digest does not say that a page changed, only that
it has to be looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pullquote.model import address
from pullquote.render.views.answer_view import (
    RELATED,
    newer_of,
    older_of,
    same_question,
)
from pullquote.render.views.edition import Edition, ShownAnswer, ShownEpisode
from pullquote.render.views.pages import Site


class Neighbours:
    """The lists of one edition."""

    def __init__(self, edition: Edition, site: Site) -> None:
        self._edition = edition
        self._site = site
        self._topics = self._digests(edition.by_topic)
        self._people = self._digests(edition.by_person)
        self._about = _current(edition.by_topic)
        self._by = _current(edition.by_person)

    def _digests(self, lists: Mapping[str, Sequence[ShownAnswer]]) -> dict[str, str]:
        return {key: _digest(a.listed for a in listed) for key, listed in lists.items()}

    def key(self, shown: ShownEpisode, common: str) -> str | None:
        """Return the digest of all that an episode's pages are made from.

        None if its origin is not known. ``common`` is what every page is made from.
        """
        entry = shown.entry
        if not entry.origin:
            return None
        files = [*address.transcripts_among(self._site.others, entry.slug).values()]
        own = (common, entry.origin, entry.slug, shown.draft, files)
        rows = [row for answer in shown.answers for row in self._answer(answer)]
        topics = {t.id for answer in shown.answers for t in answer.topics}
        people = {p.id for answer in shown.answers for p in answer.speakers}
        rows += [self._topics[topic] for topic in sorted(topics)]
        rows += [self._people[person] for person in sorted(people)]
        return _digest([repr(own), *rows])

    def _answer(self, shown: ShownAnswer) -> Iterator[str]:
        """Yield what no list of a topic or a person tells of an answer's page."""
        edition = self._edition
        days = edition.show.review.due_days
        yield f"{shown.answer.overdue(days, self._site.today)}"
        same = same_question(edition, shown)
        if same:
            newer = newer_of(shown, same)
            yield from (other.listed for other in same)
            yield newer.answer.slug if newer else ""
            yield repr([older.answer.slug for older in older_of(shown, same)])
        counts = [self._about[topic.id] for topic in shown.topics]
        counts += [self._by[person.id] for person in shown.speakers]
        if max(counts, default=0) <= RELATED + len(same):
            # its people and topics may not fill the list of other answers
            first = edition.current[: 2 * RELATED + len(same) + 1]
            yield from (other.listed for other in first)


def _current(lists: Mapping[str, Sequence[ShownAnswer]]) -> dict[str, int]:
    """Return how many answers of each list no other one supersedes."""
    return {
        key: sum(not shown.superseded for shown in listed)
        for key, listed in lists.items()
    }


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
