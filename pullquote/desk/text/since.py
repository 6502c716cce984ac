"""What changed between two versions of a text, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pullquote.desk.room.difference import pieces

RunKind = Literal["kept", "left out", "put in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words that stand side by side, and what became of them."""

    kind: RunKind
    text: str


_KINDS: Mapping[str, RunKind] = {"same": "kept", "out": "left out", "in": "put in"}


def since(before: str, now: str) -> tuple[Run, ...]:
    """Return the words of both with what became of each; nothing where they are equal.

    >>> [(c.kind, c.text) for c in since("take two now", "take one now")]
    [('kept', 'take'), ('left out', 'two'), ('put in', 'one'), ('kept', 'now')]
    """
    if before.split() == now.split():
        return ()
    return tuple(Run(kind=_KINDS[k], text=text) for k, text in pieces(before, now))


def together(found: Iterable[tuple[RunKind, str]]) -> tuple[Run, ...]:
    """Return changes that stand side by side as one, so that runs read whole."""
    made: list[Run] = []
    waiting: dict[RunKind, list[str]] = {"left out": [], "put in": []}

    def settle() -> None:
        for kind, texts in waiting.items():
            if texts:
                made.append(Run(kind=kind, text=" ".join(texts)))
                texts.clear()

    for kind, text in found:
        if kind != "kept":
            waiting[kind] += [text] if text else []
            continue
        settle()
        if made and made[-1].kind == "kept":
            text = f"{made.pop().text} {text}"
        made.append(Run(kind="kept", text=text))
    settle()
    return tuple(made)
