"""Words that a redaction takes out must not come back in what people write.

Pages, feeds and transcript files are made from redacted turns. A name can still slip
into a question, a slug, show notes or a chapter's title: this looks for it there. Who
redacts takes the words out of the answers that are there. One that somebody else cut
in another clone meanwhile comes later: its anchor quotes what was said, and tells here,
where nobody ever saw the words, what the redaction hides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pullquote.errors import GateError
from pullquote.formats.folder import ShowFolder
from pullquote.mark.private.forms import form_of, spellings, words_in
from pullquote.mark.private.redact import Covered
from pullquote.model.align import align, exact_form, normal_form
from pullquote.model.answer import Anchor, Answer, Clip, Redaction
from pullquote.model.library import Entry, Library
from pullquote.model.transcript import Word

_SHORTEST = 3
"""Letters; shorter words say nothing unless they hold a digit."""
_WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)?")
_AROUND = 10
"""Words before and after a clip that its anchor quotes too."""
Quoted = tuple[str, Redaction]
"""One word, and what hides it."""


def private_words(entry: Entry) -> frozenset[str]:
    """Return the words that stand under a redaction and nowhere else in the episode.

    Also those that an answer, or one as it was signed, quotes from before it was redacted.
    A word that is spoken
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
    for answer in {*entry.answers, *entry.approved}:
        taken.update(w for text, _ in quoted(answer, entry) for w in _words(text))
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
            f"{_remedy(where)}, or if it is harmless: --allow {word}",
        )
        for entry in library.published
        if not entry.guessed and (private := private_words(entry))
        for where, key, text in _written(library, entry)
        for word in sorted(private & set(_words(text)))
        if word not in allow
    )


def _remedy(where: str) -> str:
    as_signed = Path(where).parent.name == "approved"  # nobody changes that
    return "sign the answer as it is now" if as_signed else "write something else"


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
        signed = answer not in entry.answers  # it stays so while an edit waits
        where = paths.approved(answer.id) if signed else paths.answer(answer.slug)
        for key, text in _texts(answer):
            yield str(where), key, text


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


def quoted(answer: Answer, entry: Entry) -> tuple[Quoted, ...]:
    """Return what an answer's anchors quote where a redaction says something else now."""
    if answer.anchor is None or not entry.redactions or not entry.turns:
        return ()
    words = [word for turn in entry.turns for word in turn.words]
    pairs = (
        (answer.anchor.asked, answer.asked),
        (answer.anchor.answered, answer.answered),
    )
    return tuple(
        one
        for anchor, clip in pairs
        if anchor is not None
        for one in _quoted(anchor, clip, words, entry.redactions)
    )


def _quoted(
    anchor: Anchor,
    clip: Clip,
    words: Sequence[Word],
    redactions: Sequence[Redaction],
) -> Iterator[Quoted]:
    inside = [n for n, w in enumerate(words) if clip.overlaps(w.start, w.end)]
    if not inside:
        return
    first, last = max(0, inside[0] - _AROUND), inside[-1] + 1 + _AROUND
    said = words[first:last]
    before = f"{anchor.prefix} {anchor.exact} {anchor.suffix}".split()
    steps = Levenshtein.opcodes(
        [exact_form(text) for text in before], [exact_form(w.text) for w in said]
    )
    for step in steps:
        if step.tag == "equal" or step.src_start == step.src_end:
            continue
        hides = _hiding(said, step.dest_start, step.dest_end, redactions)
        if hides is not None:
            put_in = words_in(hides.replacement)  # "a viewer's" for "Ann's" is no quote
            quotes = before[step.src_start : step.src_end]
            yield from ((t, hides) for t in quotes if form_of(t) not in put_in)


def _hiding(
    said: Sequence[Word], first: int, last: int, redactions: Sequence[Redaction]
) -> Redaction | None:
    """Return the redaction in which some words lie or, of none, the gap at ``first``."""
    if first < last:
        start, end = said[first].start, said[last - 1].end
        return next((r for r in redactions if r.clip.takes(start, end)), None)
    start = said[first - 1].end if first else 0
    end = said[first].start if first < len(said) else start + 1
    return next((r for r in redactions if r.clip.overlaps(start, end)), None)
