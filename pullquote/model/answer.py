"""Suggestions, answers, their review and what must not be published."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from json import JSONEncoder
from typing import Literal

from pullquote.model.strict import Strict

AnswerStatus = Literal["draft", "approved", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip(Strict):
    """Half-open stretch ``[start, end)`` of one recording, in milliseconds."""

    start: int
    end: int

    def overlaps(self, start: int, end: int) -> bool:
        """Say whether ``[start, end)`` shares any time with this clip.

        What takes no time, as a word may, counts as one millisecond.

        >>> Clip(start=5, end=9).overlaps(5, 5), Clip(start=5, end=9).overlaps(9, 9)
        (True, False)
        """
        return self.start < max(end, start + 1) and start < self.end

    def takes(self, start: int, end: int) -> bool:
        """Say whether a word goes with this stretch: one that overlaps it.

        A word that somebody put in may take no time. Then the millisecond for which it
        counts is the first of the next word too, and that stays.

        >>> Clip(start=5, end=6).takes(5, 5), Clip(start=5, end=6).takes(5, 300)
        (True, False)
        """
        only_first = self.end == start + 1 and end > start + 1
        return self.overlaps(start, end) and not only_first

    def mostly(self, other: Clip) -> bool:
        """Say whether more than half of either clip is the other's too.

        >>> Clip(start=0, end=9).mostly(Clip(start=4, end=9))
        True
        >>> Clip(start=0, end=9).mostly(Clip(start=0, end=3))
        False
        """
        both = min(self.end, other.end) - max(self.start, other.start)
        return 2 * both > max(self.end - self.start, other.end - other.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Clip):
    """Something private that was found, and may stay, as a person says who saw it."""

    words: str | None = None
    """Digest of what is said there; None where the times were written by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedQuestion:
    """The stretch in which the machine believes a question is asked."""

    start: int
    end: int
    text: str

    @property
    def clip(self) -> Clip:
        """Where it is asked."""
        return Clip(start=self.start, end=self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A machine's candidate for an answer page. Never published."""

    rank: int
    question: SuggestedQuestion
    answer: Clip | None
    """None where nobody answered."""
    speakers: tuple[str, ...]
    """Labels or names of the voices that answer, in order."""
    p_question: float
    p_answered: float
    p_shipped: float | None = None
    """``p_question`` before what this show's editors decided earlier; None: the same."""
    signs: tuple[str, ...] = ()
    """By what it was told, as ``mark.suggest.signs`` names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Strict):
    """A clinician's sign-off, bound to what was approved by its digest."""

    by: str
    on: date
    digest: str
    signed_as: str | None = None
    """The reviewer's ``Person.card`` of that day; None in reviews of old."""
    answered_by: tuple[str, ...] = ()
    """The speakers' cards of the day held, in their order, as the signer saw them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal(Strict):
    """When an answer was taken back, and why: for the people of the show alone."""

    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Strict):
    """What was put right on a page that readers had seen."""

    on: date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor(Strict):
    """Which words a clip holds, so that it is found again in another transcript."""

    words: tuple[int, int]
    """Half-open numbers of its words, counted from 0 over the whole transcript."""
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors(Strict):
    """The anchors of an answer's two clips; the clips are their times."""

    asked: Anchor | None = None
    answered: Anchor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Strict):
    """An editor's answer page: the content of ``answers/<slug>.md``."""

    slug: str
    """File name without ending; the last part of the page's address."""
    id: str
    """Permanent; the GUID in feeds. Never used again."""
    question: str
    speakers: tuple[str, ...]
    """Ids of people in show.toml."""
    asked: Clip
    answered: Clip
    topics: tuple[str, ...] = ()
    status: AnswerStatus = "draft"
    cut_by: str | None = None
    """Who made the cut; may not approve where the show asks for two people."""
    corrected: date | None = None
    """Day of the last correction, where ``corrections`` does not say more."""
    corrections: tuple[Correction, ...] = ()
    """History that the page shows."""
    accepted: tuple[str, ...] = ()
    """Changes of meaning that a person has seen and ticked, as the guard words them;
    not signed, for they are about the signed text and follow from it."""
    superseded_by: str | None = None
    """Id of a newer answer to the same question; not signed: it is about this one."""
    anchor: Anchors | None = None
    """Not signed: it tells where the clips lie, not what they are."""
    review: Review | None = None
    withdrawal: Withdrawal | None = None
    """None also where it was withdrawn before Pullquote kept it."""
    body: str = ""
    """The answer in Markdown."""

    def digest(self) -> str:
        """Digest of what a reviewer signs: question, text, speakers and clips."""
        return _digest(
            self.question, self.body, self.speakers, self.asked, self.answered
        )

    @property
    def approved(self) -> bool:
        """Approved, and nothing that was signed has changed since."""
        return (
            self.status == "approved"
            and self.review is not None
            and self.review.digest == self.digest()
        )

    @property
    def reopened(self) -> bool:
        """Approved, and to be signed again: what was signed has changed since."""
        return self.status == "approved" and not self.approved

    @property
    def corrected_on(self) -> date | None:
        """The day of the last correction, None if there was none."""
        days = (self.corrected, *(correction.on for correction in self.corrections))
        return max(filter(None, days), default=None)

    def due(self, days: int) -> date | None:
        """Return the day of the next review, None before the first one."""
        if self.review is None:
            return None
        left = (date.max - self.review.on).days
        return self.review.on + timedelta(days=min(days, left))

    def overdue(self, days: int, today: date | None) -> bool:
        """Say whether the day of the next review has passed; on no day it has."""
        due = self.due(days)
        return due is not None and today is not None and due < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction(Strict):
    """A stretch whose words and sound must not be published."""

    clip: Clip
    replacement: str
    reason: str | None = None
    silence: Clip | None = None
    """What is silent in the sound where that is more: where the words are only guessed."""

    @property
    def silenced(self) -> Clip:
        """What is not heard."""
        return self.silence or self.clip


@lru_cache(maxsize=1 << 14)  # a build asks many times whether an answer is approved
def _digest(
    question: str, body: str, speakers: tuple[str, ...], asked: Clip, answered: Clip
) -> str:
    signed = {
        "question": question,
        "body": body.strip(),
        "speakers": list(speakers),
        "asked": [asked.start, asked.end],
        "answered": [answered.start, answered.end],
    }
    text = _ENCODER.encode(signed)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


_ENCODER = JSONEncoder(sort_keys=True, ensure_ascii=False)
