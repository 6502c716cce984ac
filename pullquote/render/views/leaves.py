"""A long list of answers as pages of 200, counted from the oldest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pullquote.model.address import LISTED, older_pages
from pullquote.render.views.edition import ShownAnswer


@dataclass(frozen=True, slots=True)
class Leaf:
    """One of the pages over which a list of answers is spread."""

    path: str
    answers: Sequence[ShownAnswer]
    newer: str | None
    older: str | None

    @property
    def view(self) -> Mapping[str, object]:
        """What templates are given."""
        return {"answers": self.answers, "newer": self.newer, "older": self.older}


def leaves(
    answers: Sequence[ShownAnswer],
    newest: str,
    older: Callable[[int], str],
) -> Iterator[Leaf]:
    """Yield the pages of a list, newest answers first, what is superseded at the end.

    Older ones are counted from the oldest, so that a new answer changes no page but the
    first.
    """
    full = older_pages(len(answers))
    paths = [*map(older, range(1, full + 1)), newest]
    stop = len(answers) - full * LISTED
    start = 0
    for number in range(full, -1, -1):
        yield Leaf(
            path=paths[number],
            answers=sorted(answers[start:stop], key=lambda shown: shown.superseded),
            newer=paths[number + 1] if number < full else None,
            older=paths[number - 1] if number else None,
        )
        start, stop = stop, stop + LISTED
