"""What an answer page says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from operator import attrgetter

from pullquote.model.address import (
    answer_page,
    clip_fragment,
    enclosure_file,
    episode_page,
    turn_anchor,
    watch_at,
)
from pullquote.model.answer import Clip
from pullquote.model.episode import Episode
from pullquote.model.library import Entry
from pullquote.model.same_question import question_key
from pullquote.model.show import Person
from pullquote.render.views.difference import Difference, difference
from pullquote.render.views.edition import Edition, ShownAnswer
from pullquote.render.views.prose import text_of, to_html
from pullquote.render.views.wording import (
    edit_level,
    level_text,
    private_text,
    spoken_words,
    without_names,
)

RELATED = 8
"""Other answers listed on a page; the list of all is one link away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """The facts of one answer page; paths are site paths."""

    shown: ShownAnswer
    path: str
    html: str
    """The answer as safe HTML."""
    text: str
    """The same as plain text."""
    level: str
    """How far the text is from what was said, as a sentence."""
    difference: Difference | None
    """What was left out of what was said, and put in; None where nothing was."""
    sound: str | None
    """The episode's enclosure; None where there is none."""
    fragment: str
    """Media fragment of the clip."""
    duration: int
    """Length of the clip in milliseconds."""
    watch: str | None
    """The public video at the second the answer starts."""
    heard_in: str
    """The episode's page."""
    anchor: str
    """Id of the turn in which the answer starts; empty without a transcript."""
    same: tuple[ShownAnswer, ...]
    """Other answers to the same question, newest first."""
    newer: ShownAnswer | None
    """The newest of them, if it was given after this one."""
    older: tuple[ShownAnswer, ...]
    """Those of whose place an editor said that this one takes it, newest first."""
    related: tuple[ShownAnswer, ...]
    before: ShownAnswer | None
    after: ShownAnswer | None
    """Its neighbours in the list of its first topic."""
    reviewer: Person | None
    """As they were on the day of the review."""
    due: date | None
    """When the next review is due; None without a valid one."""
    overdue: bool

    @property
    def episode(self) -> Episode:
        """The episode's facts."""
        return self.shown.entry.episode


def answer_view(
    edition: Edition, shown: ShownAnswer, today: date | None = None
) -> AnswerView:
    """Gather what the page of one answer says on the day ``today``."""
    answer, entry = shown.answer, shown.entry
    show = edition.show
    html = to_html(answer.body)
    text = text_of(answer.body, html)
    clip = answer.answered
    watch = entry.episode.watch
    review = answer.review
    # a review that the answer has outgrown is not shown: see Answer.approved
    holds = answer.approved
    reviewer = show.person(review.by) if review and holds else None
    same = same_question(edition, shown)
    neighbours = _neighbours(edition, shown)
    days = show.review.due_days
    spoken_text = without_names(text, shown.speakers)
    said = spoken_words(clip, entry.turns)
    level = edit_level(spoken_text, said)
    told = level_text(level, show.words, reviewer.name if reviewer else None)
    return AnswerView(
        shown=shown,
        path=answer_page(answer.slug),
        html=html,
        text=text,
        level=f"{told} {private_text(show.words)}" if redacted(entry, clip) else told,
        difference=difference(spoken_text, said),
        sound=enclosure_file(entry.slug) if entry.enclosure else None,
        fragment=clip_fragment(clip),
        duration=clip.end - clip.start,
        watch=watch_at(watch, clip.start) if watch else None,
        heard_in=episode_page(entry.slug),
        anchor=anchor_at(entry, clip),
        same=same,
        newer=newer_of(shown, same),
        older=older_of(shown, same),
        related=tuple(islice(_others(edition, shown, (*same, *neighbours)), RELATED)),
        before=neighbours[0],
        after=neighbours[1],
        reviewer=reviewer.on(review.on) if reviewer and review else None,
        due=answer.due(days) if holds else None,
        overdue=holds and answer.overdue(days, today),
    )


def answer_facts(
    edition: Edition, shown: ShownAnswer, today: date | None
) -> tuple[object, ...]:
    """Return everything that ``answer_view`` looks at, at a small part of its cost."""
    answer, entry = shown.answer, shown.entry
    days = edition.show.review.due_days
    same = same_question(edition, shown)
    neighbours = _neighbours(edition, shown)
    related = islice(_others(edition, shown, (*same, *neighbours)), RELATED)
    newer = newer_of(shown, same)
    beside = (
        newer and newer.answer.slug,
        [older.answer.slug for older in older_of(shown, same)],
        (answer.due(days), answer.overdue(days, today)),
        [other.listed for other in same],
        [other.listed for other in related],
        [n and n.listed for n in neighbours],
    )
    if entry.ground:
        return answer, shown.draft, entry.slug, entry.ground, *beside
    return (
        (answer, shown.draft, entry.slug, entry.episode, entry.enclosure),
        *beside,
        spoken_words(answer.answered, entry.turns),
        redacted(entry, answer.answered),
        anchor_at(entry, answer.answered),
    )


def redacted(entry: Entry, clip: Clip) -> bool:
    """Say whether something private was taken out of what is said in a clip."""
    return any(clip.overlaps(r.clip.start, r.clip.end) for r in entry.redactions)


def anchor_at(entry: Entry, clip: Clip) -> str:
    """Return the id of the last turn that starts at or before the clip's start."""
    if not entry.turns:
        return ""
    after = bisect_right(entry.turns, clip.start, key=attrgetter("start"))
    return turn_anchor(entry.turns[max(after - 1, 0)].start)


def _held(shown: ShownAnswer) -> date:
    return shown.entry.episode.held


def same_question(edition: Edition, shown: ShownAnswer) -> tuple[ShownAnswer, ...]:
    """Return other answers to an answer's question, newest first."""
    asked = edition.by_question[question_key(shown.answer.question)]
    linked = edition.linked.get(shown.answer.id, ())
    if len(asked) < 2 and not linked:
        return ()
    others = {
        other.answer.id: other
        for other in (*asked, *linked)
        if other.answer.slug != shown.answer.slug
    }
    return tuple(sorted(others.values(), key=_held, reverse=True))


def newer_of(shown: ShownAnswer, same: tuple[ShownAnswer, ...]) -> ShownAnswer | None:
    """Return what an editor put in its place, else the newest if it came later."""
    named = shown.answer.superseded_by
    for other in same:
        if other.answer.id == named:
            return other
    if same and _held(same[0]) > _held(shown):
        superseded = same[0].answer.superseded_by == shown.answer.id
        return None if superseded else same[0]
    return None


def older_of(
    shown: ShownAnswer, same: tuple[ShownAnswer, ...]
) -> tuple[ShownAnswer, ...]:
    """Return those of whose place an editor said that this answer takes it."""
    return tuple(o for o in same if o.answer.superseded_by == shown.answer.id)


def _neighbours(
    edition: Edition, shown: ShownAnswer
) -> tuple[ShownAnswer | None, ShownAnswer | None]:
    """Return what stands before and after an answer in its first topic."""
    if not shown.topics:
        return None, None
    topic = shown.topics[0].id
    listed, at = edition.by_topic[topic], edition.places[topic, shown.answer.slug]
    after = listed[at + 1] if at + 1 < len(listed) else None
    return (listed[at - 1] if at else None), after


def _others(
    edition: Edition, shown: ShownAnswer, above: Iterable[ShownAnswer | None]
) -> Iterator[ShownAnswer]:
    """Other answers: of the same topics, then of the same people, then the rest.

    Not those that stand ``above`` on its page. Whose place another one takes is not
    offered: that one may be.
    """
    same_topic = (edition.by_topic[t.id] for t in shown.topics)
    same_person = (edition.by_person[p.id] for p in shown.speakers)
    seen = {shown.answer.slug, *(other.answer.slug for other in above if other)}
    for other in chain(*same_topic, *same_person, edition.current):
        if other.answer.slug not in seen and not other.superseded:
            seen.add(other.answer.slug)
            yield other
