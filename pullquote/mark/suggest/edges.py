"""Where viewers' questions begin in a programme, and their answers end.

A network weighs many small signs of a sentence and of those around it, for rules that fit
some hands' shows do little for another's. Its weights are made by
``tools/train_programmes.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from pullquote.mark.suggest import cues
from pullquote.mark.suggest.edge_features import places, signs, wording
from pullquote.mark.suggest.frames import rest_of
from pullquote.mark.suggest.network import parse_network
from pullquote.mark.suggest.roles import Talk
from pullquote.mark.tagger.weights import Shipped, chance, log_odds

_RULES_SAY = 28.0
_RULES_GO_ON = -18.0
_AGREEMENT = 7
"""What it adds to the log-odds of a beginning that rules begin a question there, or go
on with one, times how far the network agrees with them in this show to that power:
only where it nearly always does have rules much to say. Chosen on shows that neither
had been learnt from, so that the webinars' questions are all found."""
_LIKELY, _HARDLY = 0.5, 0.1
"""How likely another place in what rules found has to be to the network, and how unlikely
theirs, for the question to begin there."""
_POSSIBLY = 0.02
"""How likely the first of two questions in a row has to be a viewer's: "Can you hear me?"
is less."""
_NEVER = -100.0
_FEW = 8
"""Words that hand the same question to somebody else."""
_TELLING = 8
"""Sentences, from a question's first on, that tell whether it is answered."""
_MOSTLY = 3.0
"""By how much log-odds are too high, for nearly all questions that were learnt from are
answered. Chosen on eight hands' shows by what was learnt from the others': fewest are
told wrongly, of those answered and of those that nobody answers."""
_BEFORE = 3
"""Sentences by which a host comes from "before we start" to their own question."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is told of each unit of a programme."""

    begins: Sequence[float]
    """How likely a viewer's question begins with it."""
    answered: Sequence[float]
    """The log-odds that the question which it asks or follows is answered."""
    ends: Sequence[float]
    """The log-odds that an answer ends with it."""


def look(talk: Talk) -> list[list[str]]:
    """Return what is seen in each unit, and of its place."""
    shown = [signs(unit.text) for unit in talk.units]
    seen = places(talk, shown)
    for at, unit in enumerate(talk.units):
        seen[at] += wording(unit.text)
        seen[at] += [f"shows {name}" for name in shown[at]]
    return seen


def weigh(talk: Talk) -> Weighed:
    """Return what the network tells of each unit."""
    odds = FIGURES.load().odds(look(talk))
    begins, answered, ends = zip(*odds, strict=True)
    return Weighed([*map(chance, begins)], answered, ends)


def with_rules(
    talk: Talk, weighed: Weighed, by_rules: Sequence[tuple[int, int]]
) -> Weighed:
    """Return it with what rules say added: first and last units of their questions."""
    own = [
        max(weighed.begins[max(0, first - 1) : last + 1]) for first, last in by_rules
    ]
    agreed = (sum(own) / max(1, len(own))) ** _AGREEMENT
    said = [0.0] * len(weighed.begins)
    for at in range(len(said)):
        if _is_none(talk, at):
            said[at] = _NEVER
    for first, last in by_rules:
        begun = _beginning(talk, weighed, first, last)
        for at in range(first, last + 1):
            said[at] += (_RULES_SAY if at == begun else _RULES_GO_ON) * agreed
    pairs = zip(weighed.begins, said, strict=True)
    begins = [chance(log_odds(own, 1e-9) + more) for own, more in pairs]
    return replace(weighed, begins=_from_the_first(talk, weighed.begins, begins))


def _from_the_first(
    talk: Talk, seen: Sequence[float], begins: Sequence[float]
) -> list[float]:
    """Return it with what asks twice in a row begun at the first, if that may be one.

    "Why was I sent for a scan? What does it feel like?" ``seen`` is what the network
    tells alone: to rules what goes on with a question begins none.
    """
    moved = [*begins]
    for at in range(len(moved) - 1, 0, -1):
        before = at - 1
        if (
            moved[before] < moved[at]
            and seen[before] > _POSSIBLY
            and talk.asks_by_mark(before)
            and talk.turn(before) is talk.turn(at)
            and not _is_none(talk, before)
        ):
            moved[before], moved[at] = moved[at], moved[before]
    return moved


def _beginning(talk: Talk, weighed: Weighed, first: int, last: int) -> int:
    """Return where a question by rules begins.

    "Here is one from Cobble. Since I have a new pillow my neck is worse" begins at
    "Since" if that is what the network takes for a beginning, and not the one by rules.
    """
    likeliest = max(range(first, last + 1), key=weighed.begins.__getitem__)
    if weighed.begins[likeliest] < _LIKELY:
        return first
    stop = first + 1
    while stop <= last and talk.units[stop - 1].text.endswith(","):
        stop += 1
    text = talk.units[first].text
    own = cues.orders(text) or rest_of(text)
    if likeliest >= stop and (own or weighed.begins[first] > _HARDLY):
        return first
    return likeliest


def _is_none(talk: Talk, at: int) -> bool:
    """Say whether no viewer's question begins with a unit, whatever it looks like."""
    return (
        _starts_programme(talk, at)
        or _passes_on(talk, at)
        or cues.tells_of_asker(talk.units[at].text)
    )


def _starts_programme(talk: Talk, at: int) -> bool:
    """Say whether a host has just told that they ask before any viewer does."""
    first = max(talk.turn(at).start, at - _BEFORE)
    return any(cues.starts_programme(talk.units[n].text) for n in range(first, at + 1))


def _passes_on(talk: Talk, at: int) -> bool:
    """Say whether a few words only ask somebody else too: "And Doctor Hale?"."""
    unit = talk.units[at]
    return unit.length <= _FEW and cues.hands_over(unit.text)


def shared(found: Sequence[float], at: int) -> float:
    """Return how likely a question begins at a unit or beside it.

    Where one is told in several sentences, what speaks for it is shared between two
    that may begin it.
    """
    return min(1.0, sum(found[max(0, at - 1) : at + 2]))


def answered(weighed: Weighed, firsts: Sequence[int]) -> list[float]:
    """Return how likely each question is answered, by the first units of all."""
    stops = [*firsts, len(weighed.answered)][1:]
    parts = [
        weighed.answered[first : min(stop, first + _TELLING)]
        for first, stop in zip(firsts, stops, strict=True)
    ]
    return [chance(fmean(part) - _MOSTLY) for part in parts]


def likeliest(found: Sequence[float], least: float) -> list[int]:
    """Return where questions begin, in order: the likeliest, none beside another."""
    chosen: set[int] = set()
    for at in sorted(range(len(found)), key=lambda at: -found[at]):
        if found[at] < least:
            break
        if not chosen.intersection((at - 1, at + 1)):
            chosen.add(at)
    return sorted(chosen)


FIGURES = Shipped(__package__, "edges.npz", parse_network)
