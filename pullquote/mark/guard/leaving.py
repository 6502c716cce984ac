"""What may be left out unseen: a whole sentence's rest, an aside, what leads to the matter."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.mark.guard.forms import is_small
from pullquote.mark.guard.marks import Run
from pullquote.mark.guard.stretches import Stretch
from pullquote.mark.lexicon.asides import ASIDES, LEADING, QUESTION_PARTS, SAYING
from pullquote.mark.lexicon.grammar import ASKED, ASKING

ANEW = 10
"""Words of a beginning, said again or of no weight; a longer one says something."""
_LONGEST_ASIDE = 9


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
            if closed and (" ".join(_bare(norms)) in ASIDES or _is_tag(norms)):
                found.update(range(first, last + 1))
    return found


def _bare(norms: Sequence[str]) -> Sequence[str]:
    """Return words without the "and" or "but" at their beginning."""
    return norms[1:] if norms[0] in ("and", "but", "so", "well", "oh") else norms


def _is_tag(norms: Sequence[str]) -> bool:
    """Say whether words but ask for a nod: "isn't it", "do they"."""
    verb, *deny, who = norms if len(norms) > 1 else ("", "")
    return verb in ASKING and who in ASKED and deny in ([], ["not"])


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
    told = not SAYING.isdisjoint(norms)
    comma = said[places[-1]].text.endswith(",")
    if told and comma and norms[0] in ("as", "like") and _is_somebody(said, places):
        return True  # "as I said in the first show,", "like Sandra said,"
    if comma and norms[:2] == ["as", "for"]:
        return all(is_small(norm) or norm in QUESTION_PARTS for norm in norms)
    if not norms or not all(is_small(n) or n in LEADING for n in norms):
        return False
    return (told and not {"i", "we", "you"}.isdisjoint(norms)) or (
        norms[0] in ("what", "how") and norms[-1] == "is"
    )
