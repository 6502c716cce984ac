"""The words that a show is likely to say and a machine likely to miss. Pure.

People, topics and terms of ``show.toml``, and what is unusual in an episode's own
title and description.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from pullquote.model.episode import Episode
from pullquote.model.show import Person, Show
from pullquote.model.sounding import Sounding, sounding
from pullquote.model.transcript import GlossaryKind

_TITLES = re.compile(r"\b(?:dr|doctor|prof|professor|mr|mrs|ms|miss)\b\.?\s*", re.I)
_WORD = re.compile(r"[^\W_]+(?:[-'\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)*")
_SHORTEST_RARE = 5
"""Letters; shorter words of a title are the language's own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One way in which something of the glossary may be said."""

    text: str
    """As it is written where it is said: ``Quillmont``."""
    kind: GlossaryKind
    whole: str
    """What the model is told to expect: ``Nora Quillmont``."""
    sounding: Sounding
    titled: bool = False
    """Its capital is a title's: a term of the show is the same word without one."""


Glossary = tuple[Entry, ...]


def show_texts(show: Show) -> tuple[str, ...]:
    """Return what ``show.toml`` says that may be said, as it is written there."""
    people = (text for p in show.people for text in p.names)
    topics = (text for t in show.topics for text in (t.title, *t.terms))
    return tuple(dict.fromkeys((*people, *topics, *show.terms)))


def glossary_of(
    show: Show,
    episode: Episode | None = None,
    pieces: Callable[[str], int] = lambda _: 1,
) -> Glossary:
    """Return everything that may be said, each text once.

    ``pieces`` counts the tokens that a model splits a word into: one for a word
    that it knows well. Of a title only words of two or more are of use.
    """
    found: dict[str, Entry] = {}
    texts = [*_texts(show, episode)]
    if episode is not None:
        chapters = (chapter.title for chapter in episode.chapters)
        for text in (episode.title, episode.summary or "", *chapters):
            texts += [(rare, "episode", rare) for rare in _rare(text, pieces)]
    for text, kind, whole in texts:
        said = sounding(text)
        if said.fine:
            one = found.setdefault(text.casefold(), Entry(text, kind, whole, said))
            if one.kind == "topic" and one.text[:1].isupper() and text[:1].islower():
                found[text.casefold()] = replace(one, titled=True)
    return tuple(found.values())


def _texts(
    show: Show, episode: Episode | None
) -> Iterator[tuple[str, GlossaryKind, str]]:
    for person in _expected(show, episode):
        yield from ((text, "person", whole) for text, whole in _names(person))
    for topic in show.topics:
        yield topic.title, "topic", topic.title
        yield from ((term, "topic", term) for term in topic.terms)
    yield from ((term, "term", term) for term in show.terms)


def _expected(show: Show, episode: Episode | None) -> Iterator[Person]:
    """Yield the show's people, those of the episode first."""
    here = episode.people if episode else ()
    yield from (p for p in show.people if p.id in here)
    yield from (p for p in show.people if p.id not in here)


def _names(person: Person) -> Iterator[tuple[str, str]]:
    """Yield the names that a person is called by, and the name they belong to."""
    for name in person.names:
        bare = " ".join(_TITLES.sub("", name).split())
        parts = bare.split()
        yield bare, bare
        if len(parts) > 1:
            yield parts[-1], bare
            yield parts[0], bare


def _rare(text: str, pieces: Callable[[str], int]) -> Iterator[str]:
    """Yield the unusual words of a title, neighbours with capitals as one name."""
    words = _WORD.findall(text)
    rare = [_is_rare(word, pieces) for word in words]
    named = [word[:1].isupper() for word in words]
    at = 0
    for is_rare, group in groupby(rare):
        size = len(list(group))
        if is_rare and all(named[at : at + size]):
            yield " ".join(words[at : at + size])
        elif is_rare:
            yield from words[at : at + size]
        at += size


def _is_rare(word: str, pieces: Callable[[str], int]) -> bool:
    return len(word) >= _SHORTEST_RARE and pieces(word) > 1
