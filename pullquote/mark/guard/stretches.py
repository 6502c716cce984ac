"""Where what was said and what is published differ, and what stands around.

``differences`` aligns two runs of words; of what was left out ``set_apart`` says between
which marks it stood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pullquote.mark.guard.marks import Mark, Run
from pullquote.mark.guard.spelling import Token
from pullquote.model.align import blocks

NEAR = 8
"""Words between two that changed places."""
_TURNS = 30
"""Words with which two neighbouring sentences may begin or end alike."""
Span = tuple[int, int]
"""Places ``[first, last)``."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words ``[first, last)`` of a run; none where first is last."""

    run: Run
    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first

    @property
    def places(self) -> range:
        """Places of its words in the run."""
        return range(self.first, self.last)

    @property
    def tokens(self) -> list[Token]:
        """Its words."""
        return self.run[self.first : self.last]

    @property
    def norms(self) -> list[str]:
        """Forms of its words."""
        return self.run.norms[self.first : self.last]

    @property
    def texts(self) -> list[str]:
        """Its words as they stand."""
        return [token.text for token in self.tokens]

    @property
    def marks(self) -> dict[int, Mark]:
        """What its words may change, by their places."""
        return {n: mark for n in self.places if (mark := self.run.mark(n))}

    def before(self, count: int) -> list[str]:
        """Return the forms of so many words before it, or of as many as there are."""
        return self.run.norms[max(0, self.first - count) : self.first]

    def after(self, count: int) -> list[str]:
        """Return the forms of so many words after it, or of as many as there are."""
        return self.run.norms[self.last : self.last + count]

    @property
    def begins(self) -> bool:
        """Whether a sentence begins with it."""
        return self.run.begins(self.first)

    @property
    def ends(self) -> bool:
        """Whether a sentence ends with it."""
        return self.run[self.last - 1].ends

    @property
    def sentence(self) -> Stretch:
        """What it stands in, from the beginning of a sentence to the end of one."""
        return Stretch(self.run, *self.run.sentence(self.first, self.last))

    @property
    def rest(self) -> list[int]:
        """Places of its sentence without its own."""
        whole = self.sentence
        return [*range(whole.first, self.first), *range(self.last, whole.last)]

    def turned(self) -> Iterator[Stretch]:
        """Yield all stretches whose leaving out leaves the same words.

        Of "I rest, I ice" nobody knows whether "I rest," was left out or "rest, I".
        """
        yield self
        run, a, b = self.run, self.first, self.last
        while self.first - a < _TURNS and a and run.norms[a - 1] == run.norms[b - 1]:
            a, b = a - 1, b - 1
            yield Stretch(run, a, b)
        a, b = self.first, self.last
        while a - self.first < _TURNS and b < len(run) and run[a].norm == run[b].norm:
            a, b = a + 1, b + 1
            yield Stretch(run, a, b)


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """Words that were said and what is published for them; one of both may be none."""

    said: Stretch
    published: Stretch
    number: int
    among: Sequence[Difference] = field(repr=False)
    """All differences, in their order."""

    @property
    def beside(self) -> list[Difference]:
        """The two before it, and the two after."""
        first = max(0, self.number - 2)
        near = self.among[first : self.number + 3]
        return [other for other in near if other is not self]

    def others(self, around: int) -> set[int]:
        """Return the places of what was said near it that differ, but for its own."""
        found: set[int] = set()
        for step in (-1, 1):
            at = self.number + step
            while 0 <= at < len(self.among):
                other = self.among[at].said
                apart = max(other.first - self.said.last, self.said.first - other.last)
                if apart > around:
                    break
                found.update(other.places)
                at += step
        return found


def differences(said: Run, published: Run) -> list[Difference]:
    """Return where two runs differ, each difference between two words that are equal."""
    found = blocks(said.norms, published.norms)
    spans = [
        (a, c) for equal, a, c in found if not equal and (a[0] < a[1] or c[0] < c[1])
    ]
    return _among(said, published, spans)


def _among(
    said: Run, published: Run, spans: Iterable[tuple[Span, Span]]
) -> list[Difference]:
    made: list[Difference] = []
    for n, (there, here) in enumerate(spans):
        old, new = Stretch(said, *there), Stretch(published, *here)
        made.append(Difference(old, new, n, made))
    return made


def set_apart(found: Sequence[Difference]) -> list[Difference]:
    """Return the differences, what was left out as it stands between marks.

    Of "I must say, I rest it" is left out "I must say," and not "must say, I".
    """
    spans: list[tuple[Span, Span]] = []
    free = 0
    for n, one in enumerate(found):
        old, new = one.said, one.published
        stop = found[n + 1].said.first if n + 1 < len(found) else len(old.run)
        moved = 0
        for turn in old.turned() if old and not new else ():
            if _is_between_marks(turn) and free <= turn.first and turn.last <= stop:
                moved = turn.first - old.first
                break
        free = old.last + moved
        there = old.first + moved, old.last + moved
        spans.append((there, (new.first + moved, new.last + moved)))
    return _among(found[0].said.run, found[0].published.run, spans) if found else []


def _is_between_marks(left: Stretch) -> bool:
    begins = left.begins or left.run[left.first - 1].pauses
    return begins and (left.ends or left.run[left.last - 1].pauses)
