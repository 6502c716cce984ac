"""Words that a redaction takes out must not come back in what people write.

Pages, feeds and transcript files are made from redacted turns. A name can still slip
into a question, a slug, show notes or a chapter's title: this looks for it there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from pullquote.errors import GateError
from pullquote.formats.folder import ShowFolder
from pullquote.mark.private.covered import Covered
from pullquote.mark.private.quoted import quoted
from pullquote.mark.private.spellings import spellings
from pullquote.model.align import align, normal_form
from pullquote.model.answer import Answer
from pullquote.model.library import Entry, Library

_SHORTEST = 3
"""Letters; shorter words say nothing unless they hold a digit."""
_WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)?")


def private_words(entry: Entry) -> frozenset[str]:
    """Return the words that stand under a redaction and nowhere else in the episode.

    Also those that an answer quotes from before it was redacted. A word that is spoken
    elsewhere too, such as "from", gives nobody away.
    """
    if not entry.redactions or entry.transcript is None:
        return frozenset()
    gone = Covered(entry.redactions)
    taken = {
        word
        for turn in align(entry.transcript, entry.machine)
        for one in turn.words
        if gone.has(one)
        for word in _words(one.text)
    }
    for answer in entry.answers:
        taken.update(w for one in quoted(answer, entry) for w in _words(one.text))
    left = {word for turn in entry.turns for word in _words(turn.text)}
    replaced = {w for r in entry.redactions for w in _words(r.replacement)}
    return frozenset(word for word in taken - left - replaced if _telling(word))


def leaks(library: Library, *, allow: Collection[str] = ()) -> tuple[GateError, ...]:
    """Return every private word in what people wrote about a public episode.

    ``allow`` names words that may stand there. The message names file and key, and
    the word, for only the producer reads it.
    """
    return tuple(
        GateError(
            where,
            f"{key} holds {word!r}, which a redaction of {entry.slug} takes out",
            f"write something else, or if it is harmless: --allow {word}",
        )
        for entry in library.published
        if (private := private_words(entry))
        for where, key, text in _written(library, entry)
        for word in sorted(private & set(_words(text)))
        if word not in allow
    )


def answer_leaks(answer: Answer, entry: Entry, path: Path) -> tuple[GateError, ...]:
    """Return every private word in an answer that is to be signed; ``path`` is its file."""
    private = private_words(entry)
    return tuple(
        GateError(
            path,
            f"{key} holds {word!r}, which a redaction takes out",
            "write something else",
        )
        for key, text in _texts(answer)
        for word in sorted(private & set(_words(text)))
    )


def telling_names(library: Library) -> Callable[[str], bool]:
    """Return what says whether a slug holds a private word of a public episode."""

    @cache
    def private() -> frozenset[str]:
        return frozenset().union(*map(private_words, library.published))

    return lambda slug: not private().isdisjoint(_words(slug))


def _written(library: Library, entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Yield file, key and text of everything that people wrote and readers see."""
    paths = ShowFolder(library.root).episode(entry.slug)
    episode, facts = entry.episode, str(paths.facts)
    yield facts, "the folder's name", entry.slug
    yield facts, "'title'", episode.title
    yield facts, "'summary'", episode.summary or ""
    for chapter in episode.chapters:
        yield facts, "a chapter's title", chapter.title
    yield str(paths.notes), "the text", entry.notes
    for answer in entry.approved:
        where = str(paths.answer(answer.slug))
        for key, text in _texts(answer):
            yield where, key, text


def _texts(answer: Answer) -> Iterator[tuple[str, str]]:
    yield "the file's name", answer.slug
    yield "'question'", answer.question
    yield "the text", answer.body
    for correction in answer.corrections:
        yield "a correction", correction.note


def _words(text: str) -> Iterable[str]:
    """Yield a text's words as they compare; a slug's words stand between hyphens."""
    for found in _WORD.findall(text):
        bare = normal_form(found)
        yield from spellings(bare)
        if bare.endswith("s"):
            yield bare[:-1]  # Quandary's


def _telling(word: str) -> bool:
    return len(word) >= _SHORTEST or any(c.isdigit() for c in word)
