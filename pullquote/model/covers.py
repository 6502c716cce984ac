"""Where covers stand that are others than those first published."""

from __future__ import annotations

from collections.abc import Mapping

from pullquote.model.strict import Unwritten


class Covers(Unwritten):
    """The site paths of changed covers, by the path that each had at first."""

    def __init__(self, moved: Mapping[str, str] | None = None) -> None:
        self._moved = dict(moved or {})

    def of(self, path: str) -> str:
        """Return where a cover stands now that has this path at first.

        >>> Covers({"cover.jpg": "cover.1a2b3c4d.jpg"}).of("cover.jpg")
        'cover.1a2b3c4d.jpg'
        """
        return self._moved.get(path, path)

    def __repr__(self) -> str:
        """Tell covers apart: pages that show others are made again."""
        return f"Covers({self._moved!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Covers) and self._moved == other._moved

    def __hash__(self) -> int:
        return hash(frozenset(self._moved.items()))


UNCHANGED = Covers()
