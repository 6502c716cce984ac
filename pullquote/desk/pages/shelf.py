"""The shelf: every episode and where it stands, search, and the stages' buttons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Route

from pullquote.desk.context import Desk, page, require
from pullquote.desk.jobs import Jobs
from pullquote.desk.state.index import Index
from pullquote.desk.state.looking import Looking
from pullquote.desk.state.memory import Memory
from pullquote.desk.state.requests import ReviewRequest, last_words, today
from pullquote.desk.state.standing import Standing, StandingAnswer
from pullquote.formats.show_toml import load_show
from pullquote.model.show import Show
from pullquote.pipeline.building.unchanged import built_at, deployed_at

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

PAGE = 50
"""Episodes, or places found, on one page."""
PATIENCE = 0.3
"""Seconds that a page waits for the index; it shows what is in it then."""
FILTERS = (
    ("", "All"),
    ("pull", "To transcribe"),
    ("name", "Names to confirm"),
    ("suggested", "Suggestions waiting"),
    ("draft", "Drafts"),
    ("review", "Waiting for review"),
    ("late", "Review overdue"),
    ("wanted", "Change asked for"),
    ("gone", "To leave the site"),
    ("changed", "Changed since signed"),
    ("approved", "Approved"),
    ("fault", "Faults"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One episode as the shelf shows it."""

    standing: Standing
    counts: Mapping[str, int]
    """How many there are of each of FILTERS."""

    @property
    def publicity(self) -> str:
        """Whether readers have it, in a word: what is to come is a draft until then."""
        one = self.standing
        now = datetime.now(UTC).isoformat(timespec="seconds")
        if not one.published:
            return "draft"
        return "scheduled" if one.public_from and one.public_from > now else "published"

    @property
    def states(self) -> frozenset[str]:
        """Which of FILTERS the row belongs to."""
        return frozenset(("", *(state for state, n in self.counts.items() if n)))


def row_of(
    one: Standing,
    requests: Sequence[ReviewRequest],
    show: Show,
    day: date,
    built: datetime | None = None,
) -> Row:
    """Count an episode's answers by where they stand; ``requests`` are its own.

    ``built`` is when the site was.
    """
    asked = {r.answer_id: r for r in reversed(requests) if r.outcome == "waiting"}
    late = {r.answer_id for r in requests if r.overdue(day)}
    states = [_state(answer, asked) for answer in one.answers]
    again = {a.id for a in due_again(one, show, day)}
    newest = last_words(requests)
    there = {a.id for a in one.answers if a.state in ("draft", "changed")}
    counts = {
        "pull": int(one.pulled and not one.transcribed),
        "name": one.to_name or 0,
        "suggested": one.waiting or 0,
        "draft": states.count("draft"),  # that nobody was asked to review
        "review": states.count("waiting"),
        "late": len(again | (late & there)),  # a reply, or the next review
        "wanted": sum(_wants_change(answer, newest) for answer in one.answers),
        "gone": sum(_is_to_leave(answer, newest, built) for answer in one.answers),
        "changed": sum(a.state == "changed" for a in one.answers),
        "approved": states.count("approved"),
        "fault": len(one.faults),
    }
    return Row(standing=one, counts=counts)


def due_again(one: Standing, show: Show, day: date) -> tuple[StandingAnswer, ...]:
    """Return the approved answers whose next review was due before a day."""
    due = timedelta(days=show.review.due_days)
    return tuple(
        a
        for a in one.answers
        if a.state == "approved" and a.reviewed and a.reviewed + due < day
    )


def _wants_change(answer: StandingAnswer, newest: Mapping[str, ReviewRequest]) -> bool:
    """Say whether the reviewer asked for a change, be it after having signed."""
    asked = newest.get(answer.id)
    if asked is None or asked.outcome != "change" or answer.state == "withdrawn":
        return False
    signed = answer.reviewed if answer.state == "approved" else None
    replied = asked.replied
    return signed is None or replied is None or replied.astimezone().date() >= signed


def _is_to_leave(
    answer: StandingAnswer,
    newest: Mapping[str, ReviewRequest],
    built: datetime | None,
) -> bool:
    """Say whether the site may have what its reviewer took back: it was signed once."""
    asked = newest.get(answer.id)
    signed = answer.reviewed is not None or (asked is not None and asked.unsigned)
    gone = answer.state != "approved" and asked is not None and asked.to_leave(built)
    return signed and gone


def _state(answer: StandingAnswer, asked: dict[str, ReviewRequest]) -> str:
    open_ = answer.state in ("draft", "changed")
    return "waiting" if open_ and answer.id in asked else answer.state


def routes(desk: Desk, index: Index, memory: Memory, jobs: Jobs) -> Sequence[BaseRoute]:
    """Return the shelf's routes."""
    shelf = _Shelf(desk, index, memory, jobs)
    return (Route("/", shelf.show, methods=["GET"]),)


class _Shelf:
    def __init__(self, desk: Desk, index: Index, memory: Memory, jobs: Jobs) -> None:
        self._desk = desk
        self._index = index
        self._requests, self._following = memory.requests, memory.following
        self._jobs = jobs
        self._looking = Looking(desk.house.state, desk.house.looked)

    def show(self, request: Request) -> Response:
        """Show the episodes, or what was found."""
        if require(request).role == "reviewer":
            return RedirectResponse("/reviews", 303)
        progress = self._index.refresh(PATIENCE)
        words = request.query_params.get("q", "").strip()
        number = _number(request.query_params.get("page"))
        show = load_show(self._desk.folder.show)
        facts: dict[str, Any] = {
            "show": show,
            "progress": progress,
            "words": words,
            "number": number,
            "filters": FILTERS,
            "jobs": self._jobs.all(),
            "built": built_at(self._desk.folder),
            "deployed": deployed_at(self._desk.folder),
        }
        state = request.query_params.get("show", "")
        more = self._found(words, number) if words else self._rows(show, state, number)
        return page(request, "shelf.html.j2", **facts, **more)

    def _found(self, words: str, number: int) -> dict[str, Any]:
        count = self._index.count(words)
        standings = self._index.standings()
        titles = {one.slug: one.title for one in standings}
        questions = {(s.slug, a.slug): a.question for s in standings for a in s.answers}
        return {
            "found": self._index.search(words, PAGE, (number - 1) * PAGE),
            "count": count,
            "titles": titles,
            "questions": questions,
            "rows": (),
            "state": "",
            "pages": -(-count // PAGE),
            "link": lambda n: "/?" + urlencode({"q": words, "page": n}),
        }

    def _rows(self, show: Show, state: str, number: int) -> dict[str, Any]:
        now = today()
        asked: dict[str, list[ReviewRequest]] = {}
        self._following.look()
        for one in self._requests.all():
            asked.setdefault(one.episode, []).append(one)
        built = built_at(self._desk.folder)
        all_rows = [
            row_of(s, asked.get(s.slug, ()), show, now, built)
            for s in self._index.standings()
        ]
        states = [(row, row.states) for row in all_rows]
        counts = Counter(state for _, found in states for state in found)
        rows = [row for row, found in states if state in found]
        shown = rows[(number - 1) * PAGE : number * PAGE]
        slugs = [row.standing.slug for row in shown]
        return {
            "rows": shown,
            "looked": self._looking.of(slugs, PATIENCE),
            "counts": counts,
            "count": len(rows),
            "state": state,
            "found": (),
            "pages": -(-len(rows) // PAGE),
            "link": lambda n: "/?" + urlencode({"show": state, "page": n}),
        }


def _number(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 7 else 1
