"""What is in no list of kinds: a word that says something stays as it was said.

What is put in has to be among the words it replaces, in some form; what is left out
has to be small talk, an aside, what leads to the matter, or said again close by. Words of
grammar come and go, but one that links may not turn into another. All else is named,
and a person looks at it.
"""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.mark.guard.forms import is_small, missing, says
from pullquote.mark.guard.marks import Run
from pullquote.mark.guard.stretches import NEAR, Difference, Stretch
from pullquote.mark.lexicon import grammar

ANEW = 10
"""Words of a beginning, said again or of no weight; a longer one says something."""
_LONGEST_ASIDE = 9
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
    was = [norm for norm in old if norm in grammar.LINKING and norm not in new]
    now = [norm for norm in new if norm in grammar.LINKING and norm not in old]
    if len(was) != len(now):  # "because he's, he's" and "though he's"
        was = [norm for norm in was if norm not in grammar.BEING]
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
    thanks = len(norms) <= ANEW and not grammar.COURTESY.isdisjoint(norms)
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


def torn(left: Stretch) -> list[int]:
    """Return the places of what was left out of sentences of which something stays.

    Of "it helps. I rest it. Then" none where "I rest it." went, all where "rest it" did.
    """
    first, last = left.first, left.last
    ends = [at for at in left.places if left.run[at].ends]
    start = first if left.begins else (ends[0] + 1 if ends else last)
    stop = max(start, ends[-1] + 1) if ends else start
    return [*range(first, start), *range(stop, last)]


def asides(said: Run, places: Sequence[int]) -> set[int]:
    """Return the places of phrases that say nothing, and of "isn't it?".

    Between marks alone: of "it is, you know, safe" the "you know", of "you know it is"
    none.
    """
    found: set[int] = set()
    for first in places:
        if not (said.begins(first) or said[first - 1].pauses):
            continue
        for last in range(first, min(first + _LONGEST_ASIDE, places[-1] + 1)):
            norms = said.norms[first : last + 1]
            closed = said[last].ends or said[last].pauses
            if closed and (" ".join(_bare(norms)) in grammar.ASIDES or _is_tag(norms)):
                found.update(range(first, last + 1))
    return found


def _bare(norms: Sequence[str]) -> Sequence[str]:
    """Return words without the "and" or "but" at their beginning."""
    return norms[1:] if norms[0] in ("and", "but", "so", "well", "oh") else norms


def _is_tag(norms: Sequence[str]) -> bool:
    """Say whether words but ask for a nod: "isn't it", "do they"."""
    verb, *deny, who = norms if len(norms) > 1 else ("", "")
    return verb in grammar.ASKING and who in grammar.ASKED and deny in ([], ["not"])


def _is_somebody(said: Run, places: Sequence[int]) -> bool:
    """Say whether the second word tells who speaks here, not what "the label says"."""
    second = [at for at in places if said.norms[at] not in ("so", "and", "well")][1:2]
    return any(
        said.norms[at] in ("i", "we", "he", "she", "doctor")
        or getattr(said.mark(at), "kind", "") == "name"
        for at in second
    )


def is_lead(said: Run, places: Sequence[int]) -> bool:
    """Say whether words but lead to what is said, at the beginning of a sentence.

    "As I said before,", "what we do is", "as for the second part,"; not "as for the
    left hip,", nor "what works,".
    """
    if not 0 < len(places) <= ANEW or not said.begins(places[0]):
        return False
    norms = [n for at in places if (n := said.norms[at]) not in ("so", "and", "well")]
    told = not grammar.SAYING.isdisjoint(norms)
    comma = said[places[-1]].text.endswith(",")
    if told and comma and norms[0] in ("as", "like") and _is_somebody(said, places):
        return True  # "as I said in the first show,", "like Sandra said,"
    if comma and norms[:2] == ["as", "for"]:
        return all(is_small(norm) or norm in grammar.QUESTION_PARTS for norm in norms)
    if not norms or not all(is_small(n) or n in grammar.LEADING for n in norms):
        return False
    return (told and not {"i", "we", "you"}.isdisjoint(norms)) or (
        norms[0] in ("what", "how") and norms[-1] == "is"
    )
