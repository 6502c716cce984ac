"""Tests for phrases in a sentence: all of them are looked for in one pass.

RE2 first sees which words of the patterns a sentence has at all, and tries only what
these leave. It has no look-around: such a pattern is tried without, and where it is
found ``re`` tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

_KEPT = 16_384
"""Sentences of which it is remembered what they have: each is looked at many times."""


class Phrases:
    """Whether any of some patterns stands in a text, whatever is written large.

    A transcript may lack apostrophes. No pattern begins within a word.
    """

    def __init__(self, book: Book, patterns: Sequence[str]) -> None:
        self._book = book
        self.patterns = [_loose(one) for one in patterns]

    def __call__(self, text: str) -> bool:
        """Say whether any stands in a text."""
        return self in self._book.found_in(text)

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """All in one, to tell where they stand."""
        return _exact("|".join(self.patterns))


class Book:
    """All phrases that are looked for together."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []
        self.found_in = lru_cache(_KEPT)(self._find)

    def any_of(self, *patterns: str) -> Phrases:
        """Return the test for some more patterns.

        What is known of texts is forgotten: as where notes were drafted before the
        module that has these was needed.
        """
        if "_filter" in vars(self):
            del self._filter
            self.found_in.cache_clear()
        phrases = Phrases(self, patterns)
        for pattern in phrases.patterns:
            self._parts += [_Part(phrases, one) for one in _alternatives(pattern)]
        return phrases

    @cached_property
    def _filter(self) -> Any:
        try:
            import re2
        except ModuleNotFoundError:  # no wheel for this machine: the same, but slower
            return None
        options = re2.Options()
        options.case_sensitive = False
        made = re2.Filter()
        for part in self._parts:
            made.Add(part.plain, options)
        made.Compile()
        return made

    def _find(self, text: str) -> frozenset[Phrases]:
        """Return the phrases that a text has."""
        if self._filter is None:
            of = {part.of for part in self._parts}
            return frozenset(phrases for phrases in of if phrases.whole.search(text))
        found = set[Phrases]()
        for number in self._filter.Match(_for_re2(text)) or ():
            part = self._parts[number]
            if part.of not in found and (part.is_plain or part.exact.search(text)):
                found.add(part.of)
        return frozenset(found)


class _Part:
    """One of the alternatives of a pattern."""

    def __init__(self, of: Phrases, text: str) -> None:
        self.of = of
        self.plain = _without_looks(text)
        """What RE2 looks for: it stands wherever the part does."""
        self.is_plain = self.plain == text and text.startswith(("^", r"\b"))
        self._text = text

    @cached_property
    def exact(self) -> re.Pattern[str]:
        """What tells where RE2 cannot."""
        return _exact(self._text)


_TOKENS = re.compile(r"\(\?<?[=!]|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.")
"""A look-around's beginning, an escape, a set of letters, or one letter of a pattern."""
_FOREIGN_LETTER = re.compile(r"[^\W\x00-\x7f]")


def _for_re2(text: str) -> str:
    """Return a text as RE2 can take it: only ASCII has letters, half a surrogate is "?"."""
    if text.isascii():
        return text
    return _FOREIGN_LETTER.sub("_", text).encode("utf-8", "replace").decode()


def _alternatives(pattern: str) -> list[str]:
    """Split a pattern at each "|" that is in no group or set.

    >>> _alternatives("^(?:so|and)|[(|]x")
    ['^(?:so|and)', '[(|]x']
    """
    found, depth = [""], 0
    for token in _TOKENS.findall(pattern):
        depth += token.startswith("(") - (token == ")")
        if token == "|" and not depth:
            found.append("")
        else:
            found[-1] += token
    return found


def _without_looks(pattern: str) -> str:
    """Return a pattern without its look-arounds.

    >>> _without_looks("(?<!a )so (?!am (?:I|we))[a-z]")
    'so [a-z]'
    """
    kept = ""
    depth = 0  # of groups in a look-around
    for token in _TOKENS.findall(pattern):
        if depth or token in ("(?=", "(?!", "(?<=", "(?<!"):
            depth += token.startswith("(") - (token == ")")
        else:
            kept += token
    return kept


def _loose(pattern: str) -> str:
    return re.sub(r"'(?=(?:s|ve|t|m)\b)", "'?", pattern)


def _exact(pattern: str) -> re.Pattern[str]:
    """Return a pattern that begins within no word."""
    return re.compile(rf"(?:(?<!\w)|(?!\w))(?:{pattern})", re.IGNORECASE)
