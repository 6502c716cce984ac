"""Capitals and sentence marks of a window that was heard without any. Pure.

Now and then Whisper falls into writing small and without marks. Told what was said
beside it, it writes the same words as before, and as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from pullquote.formats.sentences import ENDS
from pullquote.transcribe.words.accept import bare

_I = re.compile(r"I\b")
_FEWEST = 8
"""Words from which on a text without any mark is one that lacks them."""
_FEWEST_BEGUN = 12
"""The same where only the first word has a capital: it may be one sentence's beginning."""
_AROUND = re.compile(r"""^["'(\[\u201c\u2018]+|[.,;:?!\u2026"')\]\u201d\u2019]+$""")
_SAME = 0.8
"""Share of words that both attempts must have: else they heard different things."""


def unmarked(text: str) -> bool:
    """Say whether a text in letters of two cases has neither capital nor full stop.

    One may stand on its first word, on "I", and on all letters of "MRI".
    """
    words = text.split()
    rest = [word for word in words[1:] if not _I.match(word)]
    small = text != text.upper() and all(w in (w.lower(), w.upper()) for w in rest)
    begun = words[:1] != [word.lower() for word in words[:1]]
    fewest = _FEWEST_BEGUN if begun else _FEWEST
    return small and len(words) >= fewest and not {*ENDS} & {*text}


def marked_as(texts: Sequence[str], other: Sequence[str]) -> tuple[str, ...] | None:
    """Return words as another attempt writes them; None if it heard other words.

    No word is put in or taken out: one that only one of them has stays as it is.

    >>> marked_as(["how", "are", "you"], ["How", "are", "you?"])
    ('How', 'are', 'you?')
    """
    ours, theirs = [[*map(_compared, words)] for words in (texts, other)]
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    if sum(block.size for block in blocks) < _SAME * len(texts):
        return None
    found = [*texts]
    for block in blocks:
        found[block.a : block.a + block.size] = other[block.b : block.b + block.size]
    return tuple(found)


def _compared(word: str) -> str:
    """Return a word without case and marks; 1.5 is not 15, nor -5 what 5 is."""
    if any(letter.isdigit() for letter in word):
        return _AROUND.sub("", word).casefold()
    return bare(word)
