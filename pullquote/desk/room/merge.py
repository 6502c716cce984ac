"""Two changes of one document brought together, word by word.

The third document, on which both were made, tells who changed what (diff3: Khanna,
Kunal, Pierce, "A formal investigation of diff3", 2007). Words and the borders of
turns are one sequence, so that a turn may be split here while its words are corrected
there. Where both changed the same words, those that are there stay and the other ones
are handed back as a clash: nothing is lost and nothing is overwritten unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from pullquote.desk.room.change import Facts
from pullquote.desk.room.document import DeskTurn, Document

_TOKEN = re.compile(r"\s+|\S+")
_BORDER = "\0"
"""Begins the token of a turn's border; no text has it."""


@dataclass(frozen=True, slots=True)
class Clash:
    """What could not be brought in because somebody else changed the same."""

    turn: str
    text: str
    """The turn's text as the other person would have it."""
    label: tuple[str, bool] | None = None
    """Speaker and guess as the other person would have them, where those clash."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A document that holds both changes, and what it does not hold."""

    document: Document
    clashes: tuple[Clash, ...] = ()


_MINE, _THEIRS = 0, 1
_Place = tuple[int, int, int]
"""A position in base, mine and theirs."""
_Chunk = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]
"""Half-open stretches of base, mine and theirs."""


@dataclass(frozen=True, slots=True)
class _Hunk:
    """``base[start:end]`` was replaced by something ``growth`` longer."""

    start: int
    end: int
    growth: int
    side: int


def merge(base: Document, mine: Document, theirs: Document) -> Merged:
    """Return ``theirs`` with what ``mine`` changed since ``base``."""
    if mine is base or theirs == mine:
        return Merged(theirs)
    if theirs is base:
        return Merged(mine)
    anchors = _anchors(base, mine, theirs)
    clashes: list[Clash] = []
    turns: list[DeskTurn] = []
    sides = (_stretches(document, anchors) for document in (base, mine, theirs))
    for before, ours, others in zip(*sides, strict=True):
        turns += _stretch(before, ours, others, clashes)
    return Merged(Document(tuple(turns)), tuple(clashes))


def _anchors(*documents: Document) -> list[str]:
    """Return the turns that all documents have, in one order."""
    base, *others = documents
    found = [i for i in base.places if all(i in other for other in others)]
    for other in others:
        order = [other.places[i] for i in found]
        if order != sorted(order):
            found = _rising(found, order)
    return found


def _rising(ids: list[str], order: list[int]) -> list[str]:
    kept: list[str] = []
    latest = -1
    for id_, place in zip(ids, order, strict=True):
        if place > latest:
            kept.append(id_)
            latest = place
    return kept


def _stretches(
    document: Document, anchors: Sequence[str]
) -> list[tuple[DeskTurn, ...]]:
    """Return the turns before the first anchor, then each anchor with what follows."""
    edges = [0, *(document.places[i] for i in anchors), len(document.turns)]
    return [document.turns[a:b] for a, b in pairwise(edges)]


def _stretch(
    base: tuple[DeskTurn, ...],
    mine: tuple[DeskTurn, ...],
    theirs: tuple[DeskTurn, ...],
    clashes: list[Clash],
) -> Sequence[DeskTurn]:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    labels, refused = _labels(base, mine, theirs)
    apart = _apart(base, mine, theirs, labels)
    sides = [_tokens(base), _tokens(mine, apart), _tokens(theirs, apart)]
    merged: list[str] = []
    other: list[str] = []
    for chunk in _chunks(*sides):
        a, m, t = (
            side[slice(*where)] for side, where in zip(sides, chunk, strict=True)
        )
        both = a not in (m, t)
        if both and not _borders((*a, *m, *t)):  # a page shows line ends as spaces
            m, t = (a if _words(side) == _words(a) else side for side in (m, t))
            both = a not in (m, t)
        kept = m if t == a or (both and _only_more_borders(m, t)) else t
        clash = both and _words(m) != _words(t)
        merged += kept
        other += _alternative(m, t) if clash else kept
    turns = _turns(merged, labels)
    for turn, otherwise in zip(turns, _turns(other, labels), strict=True):
        label = refused.get(turn.id)
        if label or turn.text != otherwise.text:
            clashes.append(Clash(turn.id, otherwise.text, label))
    return turns


def _apart(
    base: tuple[DeskTurn, ...],
    mine: tuple[DeskTurn, ...],
    theirs: tuple[DeskTurn, ...],
    labels: Mapping[str, Facts],
) -> frozenset[str]:
    """Return the turns that one side joined to another, and that are another's now.

    The other side said meanwhile who speaks in one of the two: joined, a doctor's words
    would stand under another's name.
    """
    found = set()
    for joined, other in ((mine, theirs), (theirs, mine)):
        left, named = ({turn.id: turn for turn in side} for side in (joined, other))
        before: DeskTurn | None = None
        for turn in base:
            if turn.id in left:
                before = turn
            elif before and turn.id in named:
                pair = before, turn
                said = any(named.get(one.id, one).voice != one.voice for one in pair)
                if said and labels[before.id][1:] != labels[turn.id][1:]:
                    found.add(turn.id)
    return frozenset(found)


def _tokens(
    turns: Sequence[DeskTurn], apart: frozenset[str] = frozenset()
) -> list[str]:
    """Return words and borders; those of ``apart`` count as changed, and so stay."""
    return [
        token
        for turn in turns
        for token in (
            _BORDER + turn.id + _BORDER * (turn.id in apart),
            *_TOKEN.findall(turn.text),
        )
    ]


def _words(tokens: Sequence[str]) -> list[str]:
    return [t for t in tokens if not t.isspace() and not t.startswith(_BORDER)]


def _borders(tokens: Sequence[str]) -> list[str]:
    return [t for t in tokens if t.startswith(_BORDER)]


def _only_more_borders(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Say whether I split where the others changed no more than a space."""
    more = bool(_borders(mine)) and not _borders(theirs)
    return more and _words(mine) == _words(theirs)


def _alternative(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return my words with their borders: whose words stay is the question alone."""
    words = [" " if t.startswith(_BORDER) else t for t in mine]
    return (
        [*_borders(theirs), *words] if _starts(theirs) else [*words, *_borders(theirs)]
    )


def _starts(tokens: Sequence[str]) -> bool:
    return bool(tokens) and tokens[0].startswith(_BORDER)


def _chunks(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[_Chunk]:
    """Yield stretches of the three sequences, cut where both leave the base alone.

    Changes that share a token are one stretch; those that only touch are two.
    """
    hunks = sorted(
        (*_hunks(base, mine, _MINE), *_hunks(base, theirs, _THEIRS)),
        key=lambda hunk: (hunk.start, hunk.end),
    )
    at = (0, 0, 0)
    while hunks:
        group = [hunks.pop(0)]
        start, end = group[0].start, group[0].end
        while hunks and (
            hunks[0].start < end or hunks[0].start == start == hunks[0].end
        ):
            group.append(hunks.pop(0))
            end = max(end, group[-1].end)
        same = start - at[0]
        before = (start, at[1] + same, at[2] + same)
        yield _between(at, before)
        grown = [
            end - start + sum(h.growth for h in group if h.side == side)
            for side in (_MINE, _THEIRS)
        ]
        at = (end, before[1] + grown[0], before[2] + grown[1])
        yield _between(before, at)
    yield _between(at, (len(base), len(mine), len(theirs)))


def _between(start: _Place, end: _Place) -> _Chunk:
    a, b, c = zip(start, end, strict=True)
    return a, b, c


def _hunks(base: Sequence[str], changed: Sequence[str], side: int) -> list[_Hunk]:
    """Return what a side replaced; with no word left between, it is one change."""
    found: list[_Hunk] = []
    for op in Levenshtein.opcodes(base, changed):
        if op.tag == "equal":
            continue
        growth = (op.dest_end - op.dest_start) - (op.src_end - op.src_start)
        start = op.src_start
        if found and all(t.isspace() for t in base[found[-1].end : start]):
            last = found.pop()
            start, growth = last.start, growth + last.growth
        found.append(_Hunk(start, op.src_end, growth, side))
    return found


def _labels(
    *sides: tuple[DeskTurn, ...],
) -> tuple[dict[str, Facts], dict[str, tuple[str, bool]]]:
    """Return each turn's facts, and the names that clash with them."""
    base, mine, theirs = ({turn.id: turn for turn in side} for side in sides)
    found: dict[str, Facts] = {}
    refused: dict[str, tuple[str, bool]] = {}
    for id_ in {**mine, **theirs, **base}:
        first = base.get(id_) or mine.get(id_) or theirs[id_]
        m, t = mine.get(id_, first), theirs.get(id_, first)
        voice = t.voice if m.voice == first.voice else m.voice
        if t.voice not in (first.voice, voice):
            refused[id_] = m.voice
            voice = t.voice
        found[id_] = (t.start if m.start == first.start else m.start, *voice)
    return found, refused


def _turns(tokens: Sequence[str], labels: Mapping[str, Facts]) -> list[DeskTurn]:
    """Return the turns that a sequence of words and borders makes."""
    turns: list[DeskTurn] = []
    texts: list[list[str]] = []
    for token in tokens:
        if token.startswith(_BORDER):
            id_ = token.strip(_BORDER)
            start, speaker, guessed = labels[id_]
            turns.append(
                DeskTurn(id=id_, start=start, speaker=speaker, guessed=guessed)
            )
            texts.append([])
        else:
            texts[-1].append(token)
    return [replace(t, text="".join(x)) for t, x in zip(turns, texts, strict=True)]
