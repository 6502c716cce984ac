"""Times for edited words: the text people corrected against what the machine heard.

A word that was kept keeps its time, a corrected one takes that of the word it
stands for, an inserted one goes between its neighbours (the procedure of
sttalign: difference, transfer, interpolation; Levenshtein instead of difflib
because that is six times as fast on long transcripts).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from operator import itemgetter

from rapidfuzz.distance import Levenshtein

from pullquote.model.answer import Clip
from pullquote.model.transcript import (
    MachineTranscript,
    TimedTurn,
    Transcript,
    Turn,
    Word,
    text_of,
)

POWER = re.compile("(?<=\\d)(?=[\u00b2\u00b3\u00b9\u2070\u2074-\u2079])")
"""Before a small digit above a line: ten to the sixth is no 106."""
_NOT_LETTERS = re.compile(r"[^\w]+|_")
_MS_A_WORD = 375
"""Length of a spoken word where nothing better is known: 160 words a minute."""
_SLOWEST_WORD = 1000
"""Nobody speaks slower; what a turn has more is a pause after it."""


@dataclass(slots=True)
class _Slot:
    """An edited word on its way to a time."""

    text: str
    start: int | None = None
    end: int | None = None
    probability: float | None = None


@lru_cache(maxsize=1 << 16)  # people say the same few thousand words again and again
def normal_form(word: str) -> str:
    """Return what makes two spellings the same word: letters and digits, no case.

    >>> normal_form("“Sciatica,")
    'sciatica'
    """
    folded = unicodedata.normalize("NFKC", word).casefold()
    return _NOT_LETTERS.sub("", folded) or folded


@lru_cache(maxsize=1 << 16)
def exact_form(word: str) -> str:
    """Return a word without capitals and the punctuation around it.

    What makes it another word or number stays: "we're" is not "were", nor 1.5 15.
    A mark that stands alone is no word: "".

    >>> exact_form("(1,5;"), exact_form("\u2014We\u2019re,"), exact_form("\u2014")
    ('1,5', "we're", '')
    >>> exact_form("10\u2076"), exact_form("5\u2030")
    ('10^6', '5\u2030')
    """
    word = word if word.isascii() else POWER.sub("^", word)
    plain = unicodedata.normalize("NFKC", word).casefold().replace("\u2019", "'")
    counts = any(map(str.isdigit, plain))  # then -5 is not 5, nor .5
    first, end = 0, len(plain)
    while end and _is_punctuation(plain[end - 1]):
        end -= 1
    while first < end and _is_punctuation(plain[first], opening=counts):
        first += 1
    return plain[first:end]


def _is_punctuation(mark: str, *, opening: bool = False) -> bool:
    kind = unicodedata.category(mark)
    if opening:
        return kind in ("Ps", "Pi") or mark in "\"'"
    return kind[0] == "P" and mark not in "%&#@\u2030"


def align(
    transcript: Transcript, machine: MachineTranscript | None
) -> tuple[TimedTurn, ...]:
    """Return the edited turns with a time for every word, in ms, never falling.

    Without a machine transcript (an imported one has none) the words of a turn are
    spread evenly up to the next turn. A turn without text is left out.
    """
    texts = [turn.text.split() for turn in transcript.turns]
    spoken = [t for t, words in zip(transcript.turns, texts, strict=True) if words]
    texts = [words for words in texts if words]
    heard = machine.words if machine else ()
    if not spoken:
        return ()
    if _as_heard(texts, heard):
        return tuple(_unedited(spoken, texts, heard, transcript.language))
    slots = [[_Slot(text) for text in words] for words in texts]
    flat = [slot for turn in slots for slot in turn]
    if heard:
        _transfer(flat, heard)
    end = machine.duration if machine else None
    _place_unheard(spoken, slots, end)
    _interpolate(flat, end)
    _make_monotone(flat)
    return tuple(
        _timed(turn, tuple(map(_placed, row)), transcript.language)
        for turn, row in zip(spoken, slots, strict=True)
    )


def _as_heard(texts: Sequence[Sequence[str]], heard: Sequence[Word]) -> bool:
    """Say whether nobody changed a word and the machine's times need no mending."""
    if [*chain.from_iterable(texts)] != [*map(text_of, heard)]:
        return False
    times = [*chain.from_iterable(map(itemgetter(0, 1), heard))]
    return times[0] >= 0 and times == sorted(times)


def _unedited(
    turns: Sequence[Turn],
    texts: Sequence[Sequence[str]],
    heard: Sequence[Word],
    language: str,
) -> Iterator[TimedTurn]:
    """Yield turns that share the machine's words: most of a show is never touched."""
    at = 0
    for turn, words in zip(turns, texts, strict=True):
        yield _timed(turn, tuple(heard[at : at + len(words)]), language)
        at += len(words)


def spread(text: str, start: int, end: int) -> tuple[Word, ...]:
    """Return the words of ``text`` spread over ``[start, end)`` by their length.

    For captions that have a time a line and none a word.
    """
    texts = text.split()
    edges = _edges([len(t) + 1 for t in texts], start, max(start, end))
    return tuple(
        Word(start=a, end=b, text=t)
        for t, (a, b) in zip(texts, pairwise(edges), strict=True)
    )


def spread_around(words: Sequence[Word], clip: Clip) -> Clip:
    """Return the stretch over which the words of a clip were spread; at least the clip.

    Any of its words may have been said anywhere in it. Words that were spread share a
    rate: each lasts as long as its letters ask for, and begins where the last one ends.
    """
    inside = [n for n, w in enumerate(words) if clip.overlaps(w.start, w.end)]
    if not inside:
        return clip
    first, last = inside[0], inside[-1]
    while first and _are_spread(words[first - 1], words[first]):
        first -= 1
    while last + 1 < len(words) and _are_spread(words[last], words[last + 1]):
        last += 1
    start, end = words[first].start, words[last].end
    return Clip(start=min(start, clip.start), end=max(end, clip.end))


def _are_spread(one: Word, following: Word) -> bool:
    if one.end != following.start:
        return False
    a, b = len(one.text) + 1, len(following.text) + 1
    # a border is a whole millisecond: either may be one longer or shorter
    lasts, goes_on = one.end - one.start, following.end - following.start
    return abs(lasts * b - goes_on * a) <= a + b


def _edges(weights: Sequence[int], start: int, end: int) -> list[int]:
    """Return the borders of stretches that share ``[start, end]`` by weight."""
    total, passed = sum(weights), 0
    edges = [start]
    for weight in weights:
        passed += weight
        edges.append(start + (end - start) * passed // total)
    return edges


def _transfer(slots: list[_Slot], heard: Sequence[Word]) -> None:
    """Give every edited word that stands for heard ones their times."""
    ours = [normal_form(slot.text) for slot in slots]
    theirs = [normal_form(word.text) for word in heard]
    for equal, (a, b), (c, d) in blocks(theirs, ours):
        words, targets = heard[a:b], slots[c:d]
        if not words or not targets:
            continue
        if len(words) == len(targets):
            for slot, word in zip(targets, words, strict=True):
                slot.start, slot.end = word.start, word.end
                slot.probability = word.probability if equal else None
        else:
            _spread_over(targets, words[0].start, words[-1].end)


def blocks(
    theirs: Sequence[Hashable], ours: Sequence[Hashable]
) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """Yield stretches that are equal or not, everything between two equal ones in one.

    ``(equal, [a, b) of theirs, [c, d) of ours)``; a stretch may be empty.

    Levenshtein writes "sigh attica" for "sciatica" as a replaced and a deleted word;
    their times belong together.
    """
    src = dest = 0
    for op in Levenshtein.opcodes(theirs, ours):
        if op.tag == "equal":
            yield False, (src, op.src_start), (dest, op.dest_start)
            yield True, (op.src_start, op.src_end), (op.dest_start, op.dest_end)
            src, dest = op.src_end, op.dest_end
    yield False, (src, len(theirs)), (dest, len(ours))


def _spread_over(slots: Sequence[_Slot], start: int, end: int) -> None:
    edges = _edges([len(slot.text) + 1 for slot in slots], start, max(start, end))
    for slot, (a, b) in zip(slots, pairwise(edges), strict=True):
        slot.start, slot.end = a, b


def _place_unheard(
    turns: Sequence[Turn], slots: Sequence[list[_Slot]], end: int | None
) -> None:
    """Spread turns of which no word was heard between their headers' times.

    They stay between what was heard before and after them, so that a slip in a
    header moves no other word.
    """
    headers = [*(turn.start for turn in turns[1:]), end]
    latest: list[int | None] = [None] * len(turns)
    following = end
    for index in range(len(turns) - 1, -1, -1):
        latest[index] = following
        following = next(
            (s.start for s in slots[index] if s.start is not None), following
        )
    earliest = 0
    for turn, words, header, limit in zip(turns, slots, headers, latest, strict=True):
        if all(word.start is None for word in words):
            slowest = _SLOWEST_WORD * len(words)
            start = max(turn.start, earliest)
            start = start if limit is None else min(start, max(limit, earliest))
            stop = start + _MS_A_WORD * len(words) if header is None else header
            stop = stop if limit is None else min(stop, limit)
            _spread_over(words, start, max(start, min(stop, start + slowest)))
        earliest = next(s.end or 0 for s in reversed(words) if s.end is not None)


def _interpolate(slots: list[_Slot], end: int | None) -> None:
    """Put words without a time between their neighbours."""
    for first, last in _gaps(slots):
        before = slots[first - 1].end if first else None
        after = slots[last].start if last < len(slots) else end
        wanted = _MS_A_WORD * (last - first)
        if before is None:  # the transcript's first words
            after = wanted if after is None else after
            before = max(0, after - wanted)
        start, stop = before, before + wanted if after is None else after
        if last == len(slots):
            stop = min(stop, start + wanted)
        _spread_over(slots[first:last], start, max(start, stop))


def _gaps(slots: list[_Slot]) -> Iterator[tuple[int, int]]:
    """Yield ``[first, last)`` of every run of words without a time."""
    first: int | None = None
    for position, slot in enumerate(slots):
        if slot.start is None and first is None:
            first = position
        elif slot.start is not None and first is not None:
            yield first, position
            first = None
    if first is not None:
        yield first, len(slots)


def _make_monotone(slots: list[_Slot]) -> None:
    """Let no word start before the one ahead of it, nor end before it starts.

    A word may share no time with the next: players show one at a time.
    """
    latest = 0
    for slot in slots:
        slot.start = latest = max(slot.start or 0, latest)
        slot.end = max(slot.end or 0, slot.start)
    for slot, following in pairwise(slots):
        slot.end = min(slot.end or 0, following.start or 0)


def _placed(slot: _Slot) -> Word:
    return Word(
        start=slot.start or 0,
        end=slot.end or 0,
        text=slot.text,
        probability=slot.probability,
    )


def _timed(turn: Turn, words: tuple[Word, ...], language: str) -> TimedTurn:
    starts, position = [], 0
    for sentence in turn.sentences:
        count = len(sentence.split())
        if count:
            starts.append(position)
        position += count
    return TimedTurn(
        start=words[0].start,
        end=words[-1].end,
        speaker=turn.speaker,
        guessed=turn.guessed,
        words=words,
        sentence_starts=tuple(starts),
        language=language,
    )
