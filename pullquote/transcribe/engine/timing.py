"""Aligned pieces of text into words with times. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pullquote.formats.clock import seconds_to_ms
from pullquote.model.transcript import Word

# Languages that Whisper splits at characters, since they put no space between words.
_UNSPACED = frozenset(("zh", "ja", "th", "lo", "my", "yue"))


def timed_words(
    pieces: Iterable[tuple[str, float, float, float]], language: str
) -> tuple[Word, ...]:
    """Return words from ``(text, start, end, probability)`` with times in seconds.

    Whisper's pieces are smaller than words: "twenty", "-five". What no space
    precedes joins the word before it; marks lend it no time, since they are
    aligned to the silence that follows.
    """
    words: list[Word] = []
    opening = ""
    for text, start, end, probability in pieces:
        bare = text.strip()
        if not bare:
            continue
        spaced = text[:1].isspace() or language in _UNSPACED
        if _is_marks(bare):
            if words and not (text[:1].isspace() and _may_open(bare)):
                words[-1] = words[-1]._replace(text=words[-1].text + opening + bare)
                opening = ""
            else:
                opening += bare
            continue
        word = Word(
            start=seconds_to_ms(start),
            end=seconds_to_ms(max(start, end)),
            text=opening + bare,
            probability=round(float(probability), 3),
        )
        opening = ""
        if spaced or not words:
            words.append(word)
        else:
            words[-1] = _joined(words[-1], word)
    if opening and words:
        words[-1] = words[-1]._replace(text=words[-1].text + opening)
    return tuple(words)


def _joined(first: Word, second: Word) -> Word:
    likely = (first.probability or 0.0, second.probability or 0.0)
    return first._replace(
        text=first.text + second.text,
        end=max(first.end, second.end),
        probability=min(likely),
    )


def _is_marks(text: str) -> bool:
    return all(unicodedata.category(c).startswith("P") for c in text)


def _may_open(text: str) -> bool:
    """Say whether marks after a space belong to what follows: brackets, quotes."""
    return text[0] in "\"'" or unicodedata.category(text[0]) in ("Ps", "Pi", "Pd")
