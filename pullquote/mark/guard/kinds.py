"""Which kinds of change a difference holds: negation, dose, side and so on.

The marks of the words that went are set against those of the words that came. What a
false start took with it, what is said again and what was but moved is no change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set

from pullquote.mark.guard.again import Meaning, is_begun_anew
from pullquote.mark.guard.leaving import asides, is_lead, torn
from pullquote.mark.guard.marks import Mark
from pullquote.mark.guard.stretches import Difference, Stretch
from pullquote.mark.lexicon.contraries import bases, contraries
from pullquote.mark.lexicon.grammar import CONNECTING, CORRECTING, GRAMMAR
from pullquote.mark.lexicon.meanings import DOSES

_SHORT = 3
"""Words of a whole sentence that answers, "No, never.", and is not left out unseen."""
_GRAVE = frozenset({"negation", "number", "dose", "level", "side", "warning"})
"""What a sentence may not hold if it is to be left out without a word."""


def kinds_of(one: Difference, stays: Set[Meaning], came: Set[Meaning]) -> list[str]:
    """Return the kinds of change in one difference.

    "Take 5 mg" and "take 50 mg": a dose; "it does not" and "it does": a negation; "a week"
    and "one week": none. ``stays`` are kinds and senses of it that stand elsewhere, too;
    ``came`` those of the printed words that were moved there.
    """
    said, published = one.said, one.published
    there = [m for n, m in said.marks.items() if published or said.run[n].ours]
    here = [*published.marks.values()]
    lost = _only(there, here, stays, published)
    new = _only(here, there, came, said)
    if not published:
        return _left_out(said, lost)
    kinds = {m.kind for m in lost | new if not m.weak}
    kinds |= {m.kind for m in lost} & {m.kind for m in new}
    kinds.discard("warning")
    if _is_contrary(one):
        kinds.add("opposite")
    return _named(kinds, said)


def _only(
    marks: Iterable[Mark], others: Iterable[Mark], spared: Set[Meaning], other: Stretch
) -> set[Mark]:
    """Return the marks that the other side has not; there "a week" is "one week"."""
    ours, theirs = Counter(m[:2] for m in marks), Counter(m[:2] for m in others)
    if not {"a", "an"}.isdisjoint(other.norms):
        spared = {*spared, ("number", "1")}
    return {m for m in marks if ours[m[:2]] > theirs[m[:2]] and m[:2] not in spared}


def _named(kinds: Set[str], said: Stretch) -> list[str]:
    """Return kinds in their order; a number of a dose is a dose."""
    if "number" in kinds and ("dose" in kinds or not DOSES.isdisjoint(said.after(1))):
        kinds = kinds - {"number"} | {"dose"}
    return sorted(kinds)


def _is_contrary(one: Difference) -> bool:
    """Say whether a word became its contrary: "safe" and "unsafe", "rise" and "fall"."""
    new = {base for norm in one.published.norms for base in bases(norm)}
    return any(not contraries(norm).isdisjoint(new) for norm in one.said.norms)


def tells(published: Stretch) -> bool:
    """Say whether printed words say something by themselves: "safe", "but", not "the"."""
    return bool(published.marks) or any(
        norm not in GRAMMAR or norm in CONNECTING for norm in published.norms
    )


def _left_out(left: Stretch, lost: Set[Mark]) -> list[str]:
    """Return the kinds of change where words were taken out and none put in.

    The "not" of "it is not safe", a whole sentence with a dose; not the "not" of "isn't
    it?", nor "I would have to say", "take it, take it".
    """
    said, places = left.run, torn(left)
    if not places and len(left) > _SHORT:
        grave = any(
            m.kind in _GRAVE and (m.kind == "warning" or not m.weak) for m in lost
        )
        return ["left out"] if grave else []
    places = places or [*left.places]
    idle = asides(said, places)
    places = [n for n in places if n not in idle]
    corrects = not CORRECTING.isdisjoint(left.norms)
    strong = {
        m
        for m in {said.mark(n) for n in places} & lost
        if m and (not m.weak or (corrects and m.kind == "number"))
    }
    if is_lead(said, places):  # "I would have to say"
        strong = {m for m in strong if m.kind != "may or must"}
    counts = corrects and any(m.kind == "number" for m in strong)
    if not counts and is_begun_anew(left, strong):
        return []
    return _named({m.kind for m in strong}, left)
