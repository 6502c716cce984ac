"""Whom an answer was sent to for review, by when, and what came of it.

``.pullquote/desk/requests.json``. The link itself is not kept, only a digest of it: who
reads the file opens nothing. The sign-off is in the answer's own file, as ever.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any, Literal

import msgspec

from pullquote.errors import ContentError, GateError
from pullquote.formats.disk import read_text, stamp, write_text
from pullquote.formats.writing import writing
from pullquote.model.answer import Answer
from pullquote.model.show import Show

LINK_DAYS = 30
"""Days for which a link opens, unless the editor says otherwise."""
_SECRET = re.compile(r"[\w-]{32}", re.ASCII)
Outcome = Literal["waiting", "approved", "change", "withdrawn", "taken back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRequest:
    """One answer sent to one reviewer."""

    id: str
    episode: str
    answer_id: str
    """The permanent id: a renamed file keeps its requests."""
    reviewer: str
    """Person in show.toml."""
    by: str
    """Account that sent it."""
    by_person: str | None
    on: date
    due: date
    expires: datetime
    key: str
    """Digest of the link's secret."""
    note: str = ""
    """What the editor asks to look at."""
    outcome: Outcome = "waiting"
    reply: str = ""
    """What the reviewer wrote."""
    replied: datetime | None = None
    closed: bool = False
    """An editor closed the link, whatever came of it."""
    seen_question: str | None = None
    seen_body: str | None = None
    """Question and text as they were when the reviewer replied."""
    unsigned: bool = False
    """By asking for a change the reviewer took their signature back."""

    def opens(self, now: datetime) -> bool:
        """Say whether its link still opens the answer."""
        return not self.closed and now < self.expires

    def overdue(self, today: date) -> bool:
        """Say whether the reviewer should have replied by now."""
        return self.outcome == "waiting" and self.due < today

    def to_leave(self, built: datetime | None) -> bool:
        """Say whether by it an answer left that the site, ``built`` then, may still have."""
        left = self.outcome == "withdrawn" or self.unsigned
        return left and (built is None or self.replied is None or self.replied > built)


def last_words(requests: Sequence[ReviewRequest]) -> dict[str, ReviewRequest]:
    """Return, by an answer's id, the request by which it stands where it stands.

    Of each reviewer's newest the one that was replied to last, else the newest.
    ``requests`` are the newest first.
    """
    newest = {(one.answer_id, one.reviewer): one for one in reversed(requests)}
    rows = [one for one in reversed(requests) if one in newest.values()]
    rows.sort(key=lambda one: one.replied or datetime.min.replace(tzinfo=UTC))
    return {one.answer_id: one for one in rows}


def objecting(
    requests: Sequence[ReviewRequest], answer: Answer, but: str
) -> str | None:
    """Return who else speaks in an answer and asked for a change of this very text.

    ``but`` is who signs. What counts is what each replied last: a link that an editor sent
    since, or took back, is no reply. Whose signature it has was given since: asking for a
    change had taken it back.
    """
    own = [one for one in requests if one.answer_id == answer.id and one.replied]
    own.sort(key=lambda one: one.replied or datetime.min.replace(tzinfo=UTC))
    last = {one.reviewer: one for one in own}
    signed = answer.review.by if answer.review and answer.approved else None
    others = [s for s in answer.speakers if s in last and s not in (but, signed)]
    text = answer.question, answer.body
    for said in (last[speaker] for speaker in others):
        if said.outcome == "change" and (said.seen_question, said.seen_body) == text:
            return said.reviewer
    return None


class Requests:
    """All requests of one desk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[object, tuple[ReviewRequest, ...]] = (None, ())

    def all(self) -> tuple[ReviewRequest, ...]:
        """Return every request, the newest first.

        Raises ContentError where the file is damaged.
        """
        facts = stamp(self.path)
        if facts is None and not self.path.exists():  # an OSError where nobody can tell
            self._read = (None, ())
        elif self._read[0] != facts:
            self._read = (facts, _parse(self.path))
        return self._read[1]

    def of(self, episode: str, answer_id: str) -> tuple[ReviewRequest, ...]:
        """Return an answer's requests, the newest first."""
        return tuple(
            one
            for one in self.all()
            if (one.episode, one.answer_id) == (episode, answer_id)
        )

    def send_round(
        self,
        answers: Sequence[tuple[str, str]],
        *,
        reviewer: str,
        by: str,
        by_person: str | None,
        due: date,
        days: int = LINK_DAYS,
        note: str = "",
        secret: str = "",
    ) -> tuple[tuple[ReviewRequest, ...], str]:
        """Keep a request for each answer, an episode and an id, all opened by one link.

        Returns them and the link's secret, told this once. What was sent to the same
        reviewer before is taken back. ``secret`` is one that ``new_secret`` gave to the
        form: the same form sent twice is one round.
        """
        if not _SECRET.fullmatch(secret):
            secret = new_secret()
        on = today()
        made = tuple(
            ReviewRequest(
                id=secrets.token_hex(8),
                episode=episode,
                answer_id=answer_id,
                reviewer=reviewer,
                by=by,
                by_person=by_person,
                on=on,
                due=due,
                expires=_end_of(on + timedelta(days=days)),
                key=_digest(secret),
                note=note,
            )
            for episode, answer_id in answers
        )
        with writing(self.path.parent):
            same = self.of_link(secret)
            if same and len(same) == len(made):
                pairs = zip(same, made, strict=True)
                if all(replace(s, id=m.id) == m for s, m in pairs):
                    return same, secret
            if same:  # the form was changed, and sent once more
                secret = new_secret()
                made = tuple(replace(one, key=_digest(secret)) for one in made)
            kept = [
                _closed(one)
                if one.outcome == "waiting"
                and (one.episode, one.answer_id) in answers
                and one.reviewer == reviewer
                else one
                for one in self.all()
            ]
            self._save([*made, *kept])
        return made, secret

    def of_link(self, secret: str) -> tuple[ReviewRequest, ...]:
        """Return what a link was made for, though it open nothing any more."""
        key = _digest(secret)
        return tuple(one for one in self.all() if one.key == key)

    def refuse_objected(self, answer: Answer, by: str, show: Show) -> None:
        """Raise GateError where somebody else who speaks in it would have it changed.

        As long as it is the very text that they read: whoever signs, ``by``, knows
        nothing of it. Raises ContentError where the requests cannot be read.
        """
        if (speaker := objecting(self.all(), answer, by)) is not None:
            person = show.person(speaker)
            raise GateError(
                answer.slug,
                f"not signed: {person.name if person else speaker}, who speaks in it,"
                " asked for a change",
                "the editor has that note; you are asked again then",
            )

    def change(self, request_id: str, **changes: Any) -> None:
        """Keep what came of a request."""
        self._put(request_id, lambda one: replace(one, **changes))

    def close(self, request_id: str) -> None:
        """Let a link open nothing more; where no reply came, the request is taken back."""
        self._put(request_id, _closed)

    def _put(
        self, request_id: str, change: Callable[[ReviewRequest], ReviewRequest]
    ) -> None:
        with writing(self.path.parent):
            rows = [change(one) if one.id == request_id else one for one in self.all()]
            self._save(rows)

    def move(self, episodes: Mapping[str, str]) -> None:
        """Note in which episode each of these answers lies now, by its permanent id."""
        with writing(self.path.parent):
            self._save(
                [
                    replace(one, episode=episodes.get(one.answer_id, one.episode))
                    for one in self.all()
                ]
            )

    def rewrite(self, answer_id: str, change: Callable[[str], str]) -> None:
        """Change every text that is kept of an answer: what is redacted is in none."""
        texts = ("note", "reply", "seen_question", "seen_body")
        with writing(self.path.parent):
            for one in self.all():
                if one.answer_id == answer_id:
                    said = {key: getattr(one, key) for key in texts}
                    made = {key: change(text) for key, text in said.items() if text}
                    if any(said[key] != made[key] for key in made):
                        self.change(one.id, **made)

    def _save(self, requests: list[ReviewRequest]) -> None:
        rows = [asdict(one) for one in requests]
        text = json.dumps({"requests": rows}, default=str, indent=1)
        write_text(self.path, text, private=True)


def _closed(one: ReviewRequest) -> ReviewRequest:
    outcome: Outcome = "taken back" if one.outcome == "waiting" else one.outcome
    return replace(one, closed=True, outcome=outcome)


def new_secret() -> str:
    """Return what nobody guesses: the end of a link."""
    return secrets.token_urlsafe(24)


def today(zone: tzinfo | None = None) -> date:
    """Return the day where the show is, or where the desk stands."""
    return datetime.now(UTC).astimezone(zone).date()


def _end_of(day: date) -> datetime:
    """Return the last moment of a day where the desk stands: "until" means all of it."""
    return datetime.combine(day, time.max).astimezone(UTC)


def _digest(secret: str) -> str:
    return hashlib.sha256(b"link:" + secret.encode(errors="replace")).hexdigest()


def _parse(path: Path) -> tuple[ReviewRequest, ...]:
    rows = dict[str, tuple[ReviewRequest, ...]]
    try:
        return msgspec.json.decode(read_text(path), type=rows)["requests"]
    except (ValueError, KeyError) as error:
        raise ContentError(
            path,
            "is no list of review requests",
            "put a copy back, or delete it and send the answers anew",
        ) from error
