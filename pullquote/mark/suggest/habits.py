"""What a show's editors made of suggestions before, and what it says of new ones.

Each decision is a row of signs and a verdict. A logistic regression on top of the
shipped chance, held close to it by a normal prior, learns which signs this show's
editors go by: a handful of rows moves little, some dozens what they agree on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pullquote.mark.tagger.weights import chance, log_odds
from pullquote.model.answer import Clip, Suggestion
from pullquote.model.decision import Decision, Verdict, decision_on

_PRIOR = 0.35
"""Variance of what a sign may add to the log-odds, before anything was decided."""
_WORDS_PRIOR = 0.03
"""The same for single words nearby: there are many, and most say nothing."""
_MOST_ROWS = 4000
"""The latest rows; older ones tell of habits that have passed."""
_ROUNDS = 30
_SAME = 2000
"""Milliseconds by which an edge may differ and the cut still counts as accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What was learnt: log-odds that each sign adds on this show."""

    weights: Mapping[str, float] = field(default_factory=dict)
    wanted: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Of suggestions with each sign: how many were taken, how many decided."""

    def added(self, signs: Iterable[str]) -> float:
        """Return what the signs of a suggestion add to its log-odds."""
        return sum(self.weights.get(sign, 0.0) for sign in (_ALWAYS, *signs))


_ALWAYS = "always"


def verdict(suggestion: Suggestion | None, asked: Clip, answered: Clip) -> Verdict:
    """Say what a cut made of a suggestion: took it as it was, moved it, or neither.

    Edges count as kept within two seconds, as the figures for edges do.
    """
    if suggestion is None:
        return "added"
    answer = suggestion.answer
    kept = (
        abs(suggestion.question.start - asked.start) <= _SAME
        and answer is not None
        and abs(answer.end - answered.end) <= _SAME
    )
    return "accepted" if kept else "moved"


def suggestion_of(suggestions: Sequence[Suggestion], asked: Clip) -> Suggestion | None:
    """Return the suggestion whose question shares most time with a cut's, or None."""

    def shared(suggestion: Suggestion) -> int:
        question = suggestion.question
        return min(question.end, asked.end) - max(question.start, asked.start)

    best = max(suggestions, key=shared, default=None)
    return best if best is not None and shared(best) > 0 else None


def decided(decisions: Sequence[Decision], new: Decision) -> tuple[Decision, ...]:
    """Return the rows with a new one, which takes the place of an older one on it.

    The same suggested question, or the same answer, is decided once.
    """

    def same(old: Decision) -> bool:
        if new.answer_id is not None and old.answer_id == new.answer_id:
            return True
        return old is before or (bool(old.question) and old.question == new.question)

    before = decision_on(new.question, decisions) if new.question else None
    kept = tuple(old for old in decisions if not same(old))
    return (*kept, new)


def learn(decisions: Sequence[Decision]) -> Habits:
    """Return what rows of earlier episodes teach; no rows teach nothing.

    Rows without a suggestion tell of no sign and are left out. The same rows in the
    same order give the same weights.
    """
    rows = [d for d in decisions if d.p_question is not None][-_MOST_ROWS:]
    if not rows:
        return Habits()
    taken: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for row in rows:
        seen.update(row.signs)
        if row.taken:
            taken.update(row.signs)
    names = [_ALWAYS, *sorted(seen)]
    weights = _fitted(rows, names)
    return Habits(
        weights={n: w for n, w in zip(names, weights, strict=True) if abs(w) >= 0.005},
        wanted={n: (taken[n], seen[n]) for n in sorted(seen)},
    )


def _fitted(rows: Sequence[Decision], names: Sequence[str]) -> list[float]:
    """Return the weights of the likeliest logistic regression (Newton's method)."""
    import numpy as np

    place = {name: n for n, name in enumerate(names)}
    signs = np.zeros((len(rows), len(names)))
    signs[:, 0] = 1
    for number, row in enumerate(rows):
        for sign in row.signs:
            signs[number, place[sign]] = 1
    base = np.array([log_odds(row.p_question or 0.0) for row in rows])
    taken = np.array([row.taken for row in rows], float)
    known = 1 / np.array([_WORDS_PRIOR if ": " in name else _PRIOR for name in names])
    weights = np.zeros(len(names))
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-(base + signs @ weights)))
        slope = signs.T @ (taken - p) - weights * known
        bend = (signs.T * (p * (1 - p))) @ signs
        bend[np.diag_indices_from(bend)] += known
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return [float(weight) for weight in weights]


def reranked(
    suggestions: Sequence[Suggestion], habits: Habits
) -> tuple[Suggestion, ...]:
    """Return the suggestions with what was learnt in their chance, best first.

    ``p_shipped`` stays what the model that comes with the package says.
    """
    weighed = [_weighed(suggestion, habits) for suggestion in suggestions]
    weighed.sort(key=lambda s: (-worth(s.p_question, s.p_answered), s.question.start))
    return tuple(replace(s, rank=rank) for rank, s in enumerate(weighed, 1))


def _weighed(suggestion: Suggestion, habits: Habits) -> Suggestion:
    shipped = suggestion.p_shipped
    if shipped is None:
        shipped = suggestion.p_question
    added = habits.added(suggestion.signs)
    weighed = chance(log_odds(shipped) + added) if added else shipped
    return replace(suggestion, p_question=round(weighed, 3), p_shipped=shipped)


def worth(p_question: float, p_answered: float) -> float:
    """Return by what suggestions are ranked: a question first, an answered one before."""
    return round(p_question * (0.5 + 0.5 * p_answered), 6)
