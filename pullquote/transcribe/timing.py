"""Aligned pieces of text into words with times. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pullquote.formats.clock import seconds_to_ms
from pullquote.model.transcript import Word

# Unicode's general categories: opening brackets and quotes; all punctuation. An
# upright quote or a dash after a space belongs to the word that follows.
_MARKS = ("P",)
_OPENING = ("Ps", "Pi", "Pd", "Po")


def timed_words(pieces: Iterable[tuple[str, float, float, float]]) -> tuple[Word, ...]:
    """Return words from ``(text, start, end, probability)`` with times in seconds.

    A piece that is only marks joins the word it belongs to and lends it no time:
    Whisper aligns marks to the silence around them.
    """
    words: list[Word] = []
    opening = ""
    for text, start, end, probability in pieces:
        bare = text.strip()
        if not bare:
            continue
        if text[:1].isspace() and _only(bare, _OPENING):
            opening += bare
        elif words and not opening and _only(bare, _MARKS):
            words[-1] = _with_text(words[-1], words[-1].text + bare)
        else:
            words.append(
                Word(
                    start=seconds_to_ms(start),
                    end=seconds_to_ms(max(start, end)),
                    text=opening + bare,
                    probability=round(float(probability), 3),
                )
            )
            opening = ""
    if opening and words:
        words[-1] = _with_text(words[-1], words[-1].text + opening)
    return tuple(words)


def _only(text: str, categories: tuple[str, ...]) -> bool:
    return all(unicodedata.category(c).startswith(categories) for c in text)


def _with_text(word: Word, text: str) -> Word:
    return Word(start=word.start, end=word.end, text=text, probability=word.probability)
