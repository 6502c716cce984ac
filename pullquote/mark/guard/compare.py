"""Every change of meaning between two runs of words: what was said, what is published.

Where they differ, what the words may change is compared: first by kinds, where the marks
of the words that went are set against those of the words that came, then word for
word. Fillers, punctuation, capitals, articles, grammar, false starts, what is said again
and what was but moved are no change.
It errs towards naming: a person ticks what is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from pullquote.mark.guard.again import Meaning, is_begun_anew, is_said_again, said_again
from pullquote.mark.guard.claims import is_claimed_otherwise
from pullquote.mark.guard.hearing import as_printed, is_denied_joined
from pullquote.mark.guard.marks import Mark, Run
from pullquote.mark.guard.moves import bound_otherwise, moved, moved_passage, swapped
from pullquote.mark.guard.spelling import Token
from pullquote.mark.guard.stretches import Difference, Stretch, differences, set_apart
from pullquote.mark.guard.wording import asides, is_lead, is_reworded, torn
from pullquote.mark.lexicon.contraries import bases, contraries
from pullquote.mark.lexicon.grammar import CONNECTING, CORRECTING, GRAMMAR
from pullquote.mark.lexicon.meanings import DOSES

_SHORT = 3
"""Words of a whole sentence that answers, "No, never.", and is not left out unseen."""
_GRAVE = frozenset({"negation", "number", "dose", "level", "side", "warning"})
"""What a sentence may not hold if it is to be left out without a word."""
NOTHING = "(nothing)"
UNKNOWN = "wording"
"""The kind of what changed and is of no other, and of all that is not in English."""
_PARTING = frozenset(("and", "or", "to"))
_PASSAGES = 5
"""Moved passages that are named by themselves."""
_LONG = 14
"""Words of a difference that are shown; the middle of a longer one is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One change of meaning, as it is shown and ticked."""

    kind: str
    """What is changed, with commas where several are: "dose, negation"."""
    said: str
    published: str
    line: int
    """Line of the published text, from 1."""

    @property
    def tick(self) -> str:
        """What a person writes into ``accepted``: it names this change alone."""
        return f"{self.kind}: {self.said} -> {self.published}"

    @property
    def kinds(self) -> tuple[str, ...]:
        """What is changed, each by itself."""
        return tuple(self.kind.split(", "))

    @property
    def ticks_apart(self) -> list[str]:
        """Ticks for each kind by itself."""
        return [replace(self, kind=kind).tick for kind in self.kinds]

    @staticmethod
    def of(kind: str, said: Stretch, published: Stretch) -> Finding:
        """Return the finding of what was said and is published."""
        run, first = published.run, published.first
        near = run[first : published.last + 1] or run[first - 1 : first]
        return Finding(
            kind=kind,
            said=shown(said),
            published=shown(published),
            line=near[0].line if near else 1,
        )


def shown(part: Stretch, around: int = 2) -> str:
    """Return the words of a stretch with two on each side, so that it can be found."""
    run = part.run
    before = [t.text for t in run[max(0, part.first - around) : part.first]]
    words = [text for text in part.texts if text]
    if len(words) > _LONG:
        words = [*words[: _LONG // 2], "…", *words[-_LONG // 2 :]]
    after = [t.text for t in run[part.last : part.last + around]]
    text = " ".join(" ".join((*before, *words, *after)).split())
    return text or NOTHING


def compare(
    spoken: Sequence[Token], printed: Sequence[Token], terms: frozenset[str]
) -> tuple[Finding, ...]:
    """Return the changes of meaning between two runs of words."""
    published = Run(printed, terms)
    said = as_printed(Run(spoken, terms), published)
    found = [
        Finding.of("order", Stretch(said, *there), Stretch(published, *here))
        for there, here in bound_otherwise(said, published)
    ]
    for _ in range(_PASSAGES):
        passage = moved_passage(differences(said, published))
        if passage is None:
            break
        if not passage.harmless:
            found.append(Finding.of("order", passage.said, passage.published))
        said, published = _without(passage.said), _without(passage.published)
    differ = set_apart(differences(said, published))
    order = swapped(differ)
    for one in differ:
        if kinds := _kinds(one, order):
            found.append(Finding.of(", ".join(kinds), one.said, one.published))
    return tuple(sorted(found, key=lambda finding: finding.line))


def _without(part: Stretch) -> Run:
    """Return a run without one stretch of it."""
    return Run([*part.run[: part.first], *part.run[part.last :]], part.run.terms)


def _kinds(one: Difference, order: Set[int]) -> list[str]:
    """Return the kinds of change that a difference is.

    ``order`` are the numbers of those after which words changed places.
    """
    said, published = one.said, one.published
    again = not _tells(published) and is_said_again(one)
    same = _is_same(said.norms, published.norms) and _denials(said) == _denials(
        published
    )
    if again or same:
        return []
    gone, came = moved(one)
    if kinds := _kinds_of(one, gone | said_again(one), came):
        return kinds
    if one.number in order:
        return ["order"]
    if is_reworded(one) or is_claimed_otherwise(one):
        return ["added" if not said else UNKNOWN if published else "left out"]
    return []


def _is_same(old: Sequence[str], new: Sequence[str]) -> bool:
    """Say whether words are but written otherwise: "health care", "healthcare"."""
    one = "".join(old)
    return (
        one == "".join(new)
        and not one.isdigit()
        and not is_denied_joined(new if len(old) == 1 else old)
    )


def _denials(part: Stretch) -> int:
    """Return how often words deny: "not able" does, and "notable" does not."""
    return sum(m.kind == "negation" and not m.weak for m in part.marks.values())


def _kinds_of(one: Difference, stays: Set[Meaning], came: Set[Meaning]) -> list[str]:
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
        parted = _parts_numbers(said, published)
        return ["number"] if parted else _left_out(said, lost)
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


def _tells(published: Stretch) -> bool:
    """Say whether printed words say something by themselves: "safe", "but", not "the"."""
    return bool(published.marks) or any(
        norm not in GRAMMAR or norm in CONNECTING for norm in published.norms
    )


def _parts_numbers(left: Stretch, here: Stretch) -> bool:
    """Say whether numbers stand side by side without it: "15 or 20" printed "15 20"."""
    beside = here.run[max(0, here.first - 1) : here.first + 1]
    # of one word, "2/3", the first token alone has the text
    numbers = [token for token in beside if token.norm[:1].isdigit() and token.text]
    apart = any(token.pauses or token.ends for token in beside[:1])
    return len(numbers) == 2 and not apart and _PARTING.issuperset(left.norms)


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
