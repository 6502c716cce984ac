"""What is in no list of kinds: a word that says something stays as it was said.

What is put in has to be among the words it replaces, in some form; what is left out
has to be small talk, or said again close by. Words of grammar come and go, but one
that links may not turn into another. All else is named, and a person looks at it.
"""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.mark.guard.forms import is_small, missing, says
from pullquote.mark.guard.leaving import ANEW, asides, is_lead, torn
from pullquote.mark.guard.stretches import NEAR, Difference, Stretch
from pullquote.mark.lexicon.asides import COURTESY
from pullquote.mark.lexicon.grammar import BEING, LINKING

_AGAIN = 6
"""Words around what is left out in which it may be said again."""


def is_reworded(one: Difference) -> bool:
    """Say whether a difference says something else than was said.

    "Runs through March" printed "until March", "the best treatment" without its "best";
    not "the pain, it eases" printed "it eases, the pain", for words change places, nor
    "it helps with most of the pain, actually" printed "actually, it helps …".
    """
    there, old, new = one.said, one.said.norms, one.published.norms
    lost, put = [*old], [*new]
    begins = one.published.begins
    for other in one.beside:
        apart = max(other.said.first - there.last, there.first - other.said.last)
        if apart <= NEAR:
            lost += other.said.norms
            put += other.published.norms
        elif begins and other.said.sentence.first == there.sentence.first:
            lost += filter(is_small, other.said.norms)
    return (
        bool(missing(filter(says, new), lost))
        or _is_relinked(old, new)
        or _is_missed(there, put)
    )


def _is_relinked(old: Sequence[str], new: Sequence[str]) -> bool:
    """Say whether one word that links became another: "and" an "or", not "but" an "and"."""
    for one, other in (("and", "or"), ("or", "and")):  # "or with milk" and "and milk"
        if one in old and other in new and not {one} & {*new} and not {other} & {*old}:
            return True
    if any(map(says, (*old, *new))):
        return False
    was = [norm for norm in old if norm in LINKING and norm not in new]
    now = [norm for norm in new if norm in LINKING and norm not in old]
    if len(was) != len(now):  # "because he's, he's" and "though he's"
        was = [norm for norm in was if norm not in BEING]
    return len(was) == len(now) == 1 and bool(missing(now, was))


def _is_missed(left: Stretch, put: Sequence[str]) -> bool:
    """Say whether what was left out said something that is not said close by.

    The "best" of "the best treatment"; not "thanks for that", "it eases" of "it eases,
    it eases at night", nor "inj-" before "injection".
    """
    said, places = left.run, torn(left)
    idle = asides(said, places)
    gone = [said[n] for n in places if said[n].ours and n not in idle]
    norms = [token.norm for token in gone]
    thanks = len(norms) <= ANEW and not COURTESY.isdisjoint(norms)
    if thanks or is_lead(said, places):
        return False
    near = _AGAIN + min(len(gone), ANEW)
    again = [*left.before(near), *left.after(near)]
    begun = [t.norm for t in gone if t.text.endswith(("-", "\u2013", "\u2014"))]
    told = (norm for norm in norms if not is_small(norm))
    return any(
        not (norm in begun and any(a.startswith(norm) for a in again))
        for norm in missing(told, [*put, *again])
    )
