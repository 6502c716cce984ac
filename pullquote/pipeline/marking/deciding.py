"""What editors make of suggestions, kept as rows, and what the show learns from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pullquote.errors import PullquoteError, UsageError, number_of
from pullquote.formats.decisions_json import load_decisions, save_decisions
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.writing import writing
from pullquote.mark.suggest.habits import Habits, decided, learn, suggestion_of, verdict
from pullquote.model.answer import Answer, Suggestion
from pullquote.model.decision import Decision, Reason, Verdict, decision_on
from pullquote.model.library import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided in a show's episodes, as far as it can be read."""

    rows: Mapping[str, tuple[Decision, ...]]
    """By the episode's slug, the newest first."""
    unread: Mapping[str, PullquoteError]
    """Why those of an episode cannot be read, by its slug."""

    def habits(self, episode: str) -> Habits:
        """Return what was decided in the show's other episodes.

        Not in this one: its suggestions keep their numbers while somebody works on them.
        """
        rows = [row for slug in self.rows if slug != episode for row in self.rows[slug]]
        return learn(sorted(rows, key=lambda row: row.on))


def decided_so_far(folder: ShowFolder) -> Decided:
    """Read the decisions of all episodes; one that cannot be read stops no other."""
    rows: dict[str, tuple[Decision, ...]] = {}
    unread: dict[str, PullquoteError] = {}
    for slug in reversed(folder.slugs()):
        try:
            rows[slug] = load_decisions(folder.episode(slug).decisions)
        except PullquoteError as error:
            unread[slug] = error
    return Decided(rows=rows, unread=unread)


def keep_cut(paths: EpisodeFolder, entry: Entry, answer: Answer, on: date) -> None:
    """Keep what a cut, or a later change of its edges, made of a suggestion.

    Of one that is suggested no more what was decided on it stays.
    """
    rows = load_decisions(paths.decisions)
    before = next((r for r in rows if r.answer_id == answer.id and r.question), None)
    asked = (before and before.question) or answer.asked
    found = suggestion_of(entry.suggestions or (), asked)
    if before is not None and found is None:
        asked, answered = answer.asked, answer.answered
        _keep(paths, replace(before, on=on, asked=asked, answered=answered))
        return
    what = verdict(found, answer.asked, answer.answered)
    _keep(paths, _row(what, on, answer.cut_by, found, answer))


def reject(
    paths: EpisodeFolder,
    entry: Entry,
    numbers: Collection[int],
    *,
    by: str | None,
    on: date,
    reason: Reason | None = None,
) -> tuple[Suggestion, ...]:
    """Keep that these suggestions are not wanted; a later cut takes it back.

    Raises UsageError where there is none of a number, or it was cut already.
    """
    by_rank = {s.rank: s for s in entry.suggestions or ()}
    there = {answer.id for answer in entry.answers}
    rows = [r for r in load_decisions(paths.decisions) if r.answer_id in there]
    cut = [row for row in rows if row.verdict != "rejected"]
    found = []
    for number in sorted(set(numbers)):
        suggestion = by_rank.get(number)
        if suggestion is None:
            raise UsageError(
                f"suggestion {number}",
                f"{entry.slug} has {number_of(len(by_rank), 'suggestion')}",
                "see them with `pullquote suggest`",
            )
        if decision_on(suggestion.question.clip, cut):
            raise UsageError(
                f"suggestion {number}",
                "an answer was cut from it",
                "delete the draft or withdraw the answer instead",
            )
        found.append(suggestion)
    for suggestion in found:
        row = _row("rejected", on, by, suggestion)
        _keep(paths, replace(row, reason=reason))
    return tuple(found)


def states(entry: Entry, rows: Sequence[Decision]) -> dict[int, Verdict]:
    """Return what was decided on each suggestion, by its number.

    One whose draft was deleted waits again.
    """
    there = {None, *(answer.id for answer in entry.answers)}
    stand = [row for row in rows if row.answer_id in there]
    return {
        suggestion.rank: row.verdict
        for suggestion in entry.suggestions or ()
        if (row := decision_on(suggestion.question.clip, stand))
    }


def _keep(paths: EpisodeFolder, row: Decision) -> None:
    with writing(ShowFolder(paths.root).desk):
        rows = decided(load_decisions(paths.decisions), row)
        save_decisions(paths.decisions, paths.slug, rows)


def _row(
    what: Verdict,
    on: date,
    by: str | None,
    suggestion: Suggestion | None,
    answer: Answer | None = None,
) -> Decision:
    row = Decision(
        verdict=what,
        on=on,
        by=by,
        asked=answer.asked if answer else None,
        answered=answer.answered if answer else None,
        answer_id=answer.id if answer else None,
    )
    if suggestion is None:
        return row
    shipped = suggestion.p_shipped
    return replace(
        row,
        question=suggestion.question.clip,
        answer=suggestion.answer,
        signs=suggestion.signs,
        p_question=suggestion.p_question if shipped is None else shipped,
    )
