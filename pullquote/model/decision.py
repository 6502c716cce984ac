"""What an editor made of a suggestion: the rows that the next ranking learns from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pullquote.model.answer import Clip

Verdict = Literal["accepted", "moved", "rejected", "added"]
"""Taken as it was, taken with other edges, not wanted, cut where none was suggested."""
Reason = Literal[
    "not-a-question", "unanswered", "asked-before", "private", "off-topic", "joined"
]
"""Why a suggestion was not wanted. ``joined``: its answer went on from the one before,
and both became one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One row: what was suggested, what was cut, and by which signs it was told.

    It holds times and signs, never words of a viewer.
    """

    verdict: Verdict
    on: date
    by: str | None = None
    """Id of the person who decided."""
    question: Clip | None = None
    """The suggested question; None for a cut that nobody suggested."""
    answer: Clip | None = None
    """The suggested answer."""
    asked: Clip | None = None
    """The question as cut; None for a rejected suggestion."""
    answered: Clip | None = None
    p_question: float | None = None
    signs: tuple[str, ...] = ()
    """What the suggestion showed, as ``mark.suggest.signs`` names it."""
    answer_id: str | None = None
    """Id of the answer that was cut."""
    reason: Reason | None = None
    """Why it was rejected, as far as that was said."""

    @property
    def taken(self) -> bool:
        """Whether the suggestion was right: some page holds its question."""
        return self.verdict != "rejected" or self.reason == "joined"


def decision_on(question: Clip, rows: Iterable[Decision]) -> Decision | None:
    """Return what was decided on a suggested question, the last of several, or None.

    Its edges are others once its first or last word was corrected, or all was heard
    anew: what stands mostly at its time is the same question.
    """
    found = [row for row in rows if row.question and row.question.mostly(question)]
    same = [row for row in found if row.question == question]
    return next(reversed(same or found), None)
