"""What once was public: addresses and ids outlive the files that made them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pullquote.model.strict import Strict


@dataclass(frozen=True, slots=True, kw_only=True)
class Known(Strict):
    """Where one answer or episode has stood."""

    slugs: tuple[str, ...] = ()
    """Oldest first; the last is where it stood when it last was public."""
    covers: tuple[str, ...] = ()
    """Names of an episode's own covers, oldest first: see ``serving/covers``."""
    withdrawn: bool = False
    """Taken back for good: the id is spent, whatever a file says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything that subscribers and readers may hold a link to."""

    answers: Mapping[str, Known] = field(default_factory=dict)
    """By the answer's id."""
    episodes: Mapping[str, Known] = field(default_factory=dict)
    """By the episode's GUID."""
    pages: tuple[str, ...] = ()
    """Site paths of people and topics that had a page, sorted, as long as show.toml has
    them."""
    covers: tuple[str, ...] = ()
    """Names of the show's covers, oldest first."""


def joined(one: History, other: History) -> History:
    """Return what two know together, as where two people built in clones of their own.

    Where both know an address, it stood last where ``other`` says.

    >>> joined(
    ...     History(answers={"3f": Known(slugs=("heat", "ice"))}),
    ...     History(answers={"3f": Known(slugs=("heat",), withdrawn=True)}),
    ... ).answers["3f"]
    Known(slugs=('ice', 'heat'), covers=(), withdrawn=True)
    """
    return History(
        answers=_joined(one.answers, other.answers),
        episodes=_joined(one.episodes, other.episodes),
        pages=tuple(sorted({*one.pages, *other.pages})),
        covers=_first_first(one.covers, other.covers),
    )


def _joined(one: Mapping[str, Known], other: Mapping[str, Known]) -> dict[str, Known]:
    found = {**one, **other}
    for key in one.keys() & other.keys():
        a, b = one[key], other[key]
        found[key] = Known(
            slugs=(*(slug for slug in a.slugs if slug not in b.slugs), *b.slugs),
            covers=_first_first(a.covers, b.covers),
            withdrawn=a.withdrawn or b.withdrawn,
        )
    return found


def _first_first(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Return the covers of both; the first ever is the one with the plain address.

    >>> _first_first(("a.jpg", "b.jpg"), ("a.jpg", "c.jpg"))
    ('a.jpg', 'b.jpg', 'c.jpg')
    """
    return (*one, *(name for name in other if name not in one))
