"""Which kinds of change a stretch that differs holds: negation, dose, side and so on.

The marks of the words that went are set against those of the words that came. What a
false start took with it, what is said again and what was but moved is no change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set

from pullquote.mark.guard.changing import Mark, Run
from pullquote.mark.guard.wording import ANEW, GRAMMAR, asides, is_lead, torn
from pullquote.mark.lexicon.meanings import DOSES, bases, contraries, words

_SHORT = 3
"""Words of a whole sentence that answers, "No, never.", and is not left out unseen."""
_GRAVE = frozenset({"negation", "number", "dose", "level", "side", "warning"})
"""What a sentence may not hold if it is to be left out without a word."""
_LINKING = words(
    """
    although and as because before after but if nor or since so than though unless until
    when where whereas while
    """
)
_CORRECTING = words("mean plus rather sorry then")
"""What makes of a "one" a number: "take two, sorry, one"."""
_LISTING = frozenset(("and", "but", "nor", "or"))
_FILLERS = words("um uh er erm ah hmm so well like you know mean and")


def kinds_of(
    said: Run,
    there: tuple[int, int],
    published: Run,
    here: tuple[int, int],
    stays: Set[tuple[str, str]],
    came: Set[tuple[str, str]],
) -> list[str]:
    """Return the kinds of change in one stretch that differs.

    ``stays`` are kinds and senses of it that stand elsewhere, too; ``came`` those of the
    printed words that were moved there.
    """
    old = [n for n in range(*there) if said[n].ours or here[0] != here[1]]
    lost = Counter(m for n in old if (m := said.mark(n)))
    new = Counter(m for n in range(*here) if (m := published.mark(n)))
    lost, new = _without_equal(lost, new)
    lost = Counter({m: n for m, n in lost.items() if m[:2] not in stays})
    new = Counter({m: n for m, n in new.items() if m[:2] not in came})
    _forgive_article(said, there, lost, published, here, new)
    if here[0] == here[1]:
        return _left_out(said, there, lost)
    kinds = {m.kind for m in (*lost, *new) if not m.weak}
    kinds |= {
        one.kind
        for one in lost
        for other in new
        if one.kind == other.kind and one.sense != other.sense
    }
    kinds.discard("warning")
    if _contrary(said, there, published, here):
        kinds.add("opposite")
    if {"number", "dose"} <= kinds or ("number" in kinds and _dosed(said, there[1])):
        kinds = kinds - {"number"} | {"dose"}
    return sorted(kinds)


def tells(published: Run, here: tuple[int, int]) -> bool:
    """Say whether printed words say something by themselves."""
    return any(
        published[n].norm not in GRAMMAR
        or published[n].norm in _LINKING
        or published.mark(n)
        for n in range(*here)
    )


def _without_equal(
    lost: Counter[Mark], new: Counter[Mark]
) -> tuple[Counter[Mark], Counter[Mark]]:
    """Return the marks that the other side has not, whichever way they are said."""

    def senses(marks: Counter[Mark]) -> Counter[tuple[str, str]]:
        counted: Counter[tuple[str, str]] = Counter()
        for mark, count in marks.items():
            counted[mark.kind, mark.sense] += count
        return counted

    before, after = senses(lost), senses(new)
    return (
        Counter(m for m in lost if before[m.kind, m.sense] > after[m.kind, m.sense]),
        Counter(m for m in new if after[m.kind, m.sense] > before[m.kind, m.sense]),
    )


def _forgive_article(
    said: Run,
    there: tuple[int, int],
    lost: Counter[Mark],
    published: Run,
    here: tuple[int, int],
    new: Counter[Mark],
) -> None:
    """Let "a week" be "one week"."""
    for marks, other in ((lost, published[slice(*here)]), (new, said[slice(*there)])):
        if any(t.norm in ("a", "an") for t in other):
            for weak in (False, True):
                marks.pop(Mark("number", "1", weak), None)


def _left_out(
    said: Run,
    there: tuple[int, int],
    lost: Counter[Mark],
) -> list[str]:
    """Return the kinds of change where words were taken out and none put in."""
    places = torn(said, there, turned=True)
    if not places and there[1] - there[0] > _SHORT:
        grave = any(m.kind in _GRAVE and _weighs(m) for m in lost)
        return ["left out"] if grave else []
    places = places or [*range(*there)]
    idle = asides(said, places)
    places = [n for n in places if n not in idle]
    marks = {m for n in places if (m := said.mark(n))}
    corrects = any(said[n].norm in _CORRECTING for n in range(*there))
    strong = {
        m
        for m in marks.intersection(lost)
        if not m.weak or (corrects and m.kind == "number")
    }
    if is_lead(said, places):  # "I would have to say"
        strong = {m for m in strong if m.kind != "may or must"}
    counts = corrects and any(m.kind == "number" for m in strong)
    if not strong or (not counts and _begun_anew(said, there, strong)):
        return []
    kinds = {m.kind for m in strong}
    if "number" in kinds and _dosed(said, there[1]):
        kinds = kinds - {"number"} | {"dose"}
    return sorted(kinds)


def _weighs(mark: Mark) -> bool:
    """Say whether a left-out sentence may not hold this: all but "first", "one"."""
    return mark.kind == "warning" or not mark.weak


def _begun_anew(
    said: Run,
    there: tuple[int, int],
    strong: set[Mark],
) -> bool:
    """Say whether what was left out was said again at once: "it's not, it is not"."""
    first, last = there
    if any(token.ends for token in said[first:last]):
        return False
    words = [t.norm for t in said[first:last] if t.norm not in _FILLERS]
    if len(words) > ANEW or all(word[:1].isdigit() for word in words):
        return False  # "two two milligram tablets" is no false start
    near = _after(said, last, len(words) + 3)
    if not (first and said[first - 1].norm in _LISTING):  # "don't drive and don't lift"
        near += _before(said, first, len(words) + 2)
    again = {said[n].norm for n in near}
    once = [n for n in range(first, last) if said[n].norm in again]
    marks = {m[:2] for n in (*near, *once) if (m := said.mark(n))}
    shared = sum(word in again for word in words)
    return all(m[:2] in marks for m in strong) and shared * 5 >= len(words) * 3


def _before(said: Run, at: int, count: int) -> list[int]:
    places: list[int] = []
    while at > 0 and len(places) < count and not said[at - 1].ends:
        at -= 1
        places.append(at)
    return places


def _after(said: Run, at: int, count: int) -> list[int]:
    places: list[int] = []
    while at < len(said) and len(places) < count:
        places.append(at)
        if said[at].ends:
            break
        at += 1
    return places


def _dosed(found: Run, at: int) -> bool:
    """Say whether a dose's unit follows."""
    return any(t.norm in DOSES for t in found[at : at + 1])


def _contrary(
    said: Run,
    there: tuple[int, int],
    published: Run,
    here: tuple[int, int],
) -> bool:
    new = {base for token in published[slice(*here)] for base in bases(token.norm)}
    return any(
        not contraries(token.norm).isdisjoint(new) for token in said[slice(*there)]
    )
