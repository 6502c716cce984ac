"""Whether private words stand where they may not: searched for by their digests.

A redaction tells when something was said, not what. So that outputs can be searched
for it once it is gone, the telling words (names, places, long numbers) are kept as
salted digests, alone and in pairs.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pullquote.mark.privacy import names_in
from pullquote.mark.private_words import COMMON, KNOWN, PLACES
from pullquote.model.align import normal_form
from pullquote.model.answer import Redaction
from pullquote.model.transcript import TimedTurn, Word

_TOKEN = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_LONG_NUMBER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """What a machine remembers of private words."""

    salt: str
    digests: frozenset[str]


def digest(salt: str, *words: str) -> str:
    """Return the digest of one word, or of two that follow each other."""
    return hashlib.sha256(" ".join((salt, *words)).encode()).hexdigest()[:24]


def telling(
    turns: Sequence[TimedTurn], redactions: Sequence[Redaction], known: frozenset[str]
) -> frozenset[tuple[str, ...]]:
    """Return the words, and pairs of words, that tell what a redaction hides.

    ``turns`` are not redacted; ``known`` are words that the show itself publishes.
    What is also said outside every redaction tells nothing alone.
    """
    covered: list[list[str]] = []
    public: set[str] = set()
    for turn in turns:
        names = names_in(turn, known)
        run: list[str] = []
        for place, word in enumerate(turn.words):
            form = _form(word.text)
            if not hidden(word, redactions):
                public.add(form)
                run = []
            elif _tells(form, place in names, known):
                if not run:
                    covered.append(run)
                run.append(form)
            else:
                run = []
    single = {(w,) for r in covered for w in r if w not in public and w not in PLACES}
    pairs = {(a, b) for r in covered for a, b in pairwise(r)}
    return frozenset(single | pairs)


def hidden(word: Word, redactions: Sequence[Redaction]) -> bool:
    """Say whether a word's middle lies in a redaction."""
    middle = (word.start + word.end) // 2
    return any(r.clip.start <= middle < r.clip.end for r in redactions)


def _form(text: str) -> str:
    return normal_form(re.sub(r"['\u2019]s\b", "", text))


def _tells(form: str, named: bool, known: frozenset[str]) -> bool:
    if form in known or form in COMMON or form in KNOWN:
        return False
    if form.isdigit():
        return len(form) >= _LONG_NUMBER
    return named and len(form) > 2


def leaks(text: str, redacted: Redacted, *, name: bool = False) -> Iterator[int]:
    """Yield the lines, from 1, on which a private word stands.

    ``name`` says that the text is a file's name or a slug, where capitals are lost;
    elsewhere a private word has one, or is a number.
    """
    for number, line in enumerate(html.unescape(text).split("\n"), 1):
        if _leaks_in(line, redacted, name):
            yield number


def _leaks_in(line: str, redacted: Redacted, name: bool) -> bool:
    before = ""
    for match in _TOKEN.finditer(line):
        word = match.group()
        form = _form(word)
        if name or not word[0].islower():
            if digest(redacted.salt, form) in redacted.digests:
                return True
            if before and digest(redacted.salt, before, form) in redacted.digests:
                return True
        before = form
    return False


def remembered(
    salt: str, words: Iterable[tuple[str, ...]], before: Redacted | None
) -> Redacted:
    """Return what to remember: these words, and what was remembered before."""
    old = before.digests if before and before.salt == salt else frozenset()
    return Redacted(salt=salt, digests=old | {digest(salt, *w) for w in words})
