"""What changed between two versions of a text, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pullquote.desk.context import Change, ChangeKind
from pullquote.desk.room.difference import pieces

_KINDS: Mapping[str, ChangeKind] = {"same": "kept", "out": "left out", "in": "put in"}


def since(before: str, now: str) -> tuple[Change, ...]:
    """Return the words of both with what became of each; nothing where they are equal.

    >>> [(c.kind, c.text) for c in since("take two now", "take one now")]
    [('kept', 'take'), ('left out', 'two'), ('put in', 'one'), ('kept', 'now')]
    """
    if before.split() == now.split():
        return ()
    return tuple(Change(kind=_KINDS[k], text=text) for k, text in pieces(before, now))


def together(found: Iterable[tuple[str, str]]) -> tuple[Change, ...]:
    """Return changes that stand side by side as one, so that runs read whole."""
    made: list[Change] = []
    waiting: dict[str, list[str]] = {"left out": [], "put in": []}

    def settle() -> None:
        for kind, texts in waiting.items():
            if texts:
                made.append(Change(kind=kind, text=" ".join(texts)))  # type: ignore[arg-type]
                texts.clear()

    for kind, text in found:
        if kind != "kept":
            waiting[kind] += [text] if text else []
            continue
        settle()
        if made and made[-1].kind == "kept":
            text = f"{made.pop().text} {text}"
        made.append(Change(kind="kept", text=text))
    settle()
    return tuple(made)
