"""Every change of meaning between two runs of words: what was said, what is published.

Where they differ, what the words may change is compared: first by kinds, then word for
word. Fillers, punctuation, capitals, articles, grammar and false starts are no change.
It errs towards naming: a person ticks what is right.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from pullquote.mark.guard.again import is_said_again, said_again
from pullquote.mark.guard.binding import bound_otherwise
from pullquote.mark.guard.claims import is_claimed_otherwise
from pullquote.mark.guard.hearing import as_printed, is_denied_joined
from pullquote.mark.guard.kinds import kinds_of, tells
from pullquote.mark.guard.marks import Run
from pullquote.mark.guard.moves import moved, moved_passage, swapped
from pullquote.mark.guard.spelling import Token
from pullquote.mark.guard.stretches import Difference, Stretch, differences, set_apart
from pullquote.mark.guard.wording import is_reworded

_NOTHING = "(nothing)"
UNKNOWN = "wording"
"""The kind of what changed and is of no other, and of all that is not in English."""
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
    return text or _NOTHING


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
    again = not tells(published) and is_said_again(one)
    if again or _is_same(said.norms, published.norms):
        return []
    gone, came = moved(one)
    if kinds := kinds_of(one, gone | said_again(one), came):
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
