"""Capitals and sentence marks of a window that was heard without any. Pure.

Now and then Whisper falls into writing small and without marks. Told what was said
beside it, it writes the same words as before, and as they are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from pullquote.transcribe.words.accept import bare

_FEWEST = 8
"""Words from which on a text without any mark is one that lacks them."""
_SAME = 0.8
"""Share of words that both attempts must have: else they heard different things."""


def unmarked(text: str) -> bool:
    """Say whether a text in letters of two cases has neither capital nor full stop."""
    small = text == text.lower() != text.upper()
    return small and len(text.split()) >= _FEWEST and not {*".?!"} & {*text}


def marked_as(texts: Sequence[str], other: Sequence[str]) -> tuple[str, ...] | None:
    """Return words as another attempt writes them; None if it heard other words.

    No word is put in or taken out: one that only one of them has stays as it is.

    >>> marked_as(["how", "are", "you"], ["How", "are", "you?"])
    ('How', 'are', 'you?')
    """
    ours, theirs = [[*map(bare, words)] for words in (texts, other)]
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    if sum(block.size for block in blocks) < _SAME * len(texts):
        return None
    found = [*texts]
    for block in blocks:
        found[block.a : block.a + block.size] = other[block.b : block.b + block.size]
    return tuple(found)
