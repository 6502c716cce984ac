"""Take private words out of everything that is to be published.

A word goes if any part of it falls into a redaction: better one word too many
than half a name.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pullquote.formats.disk import text_digest
from pullquote.mark.lexicon.common_words import COMMON, KNOWN, NAMES_TOO
from pullquote.model.align import spread
from pullquote.model.answer import Clip, Kept, Redaction
from pullquote.model.transcript import Correction, MachineTranscript, TimedTurn, Word

_CLOSING = re.compile(r"[.,;:?!\u2026]+$")
_APART_BEFORE, _APART = r"(?<![^\W_])", r"(?![^\W_]|[\u0300-\u036f])"
"""Where a word begins, and where it ends with its accents."""
_ORDINARY = COMMON | KNOWN | NAMES_TOO


class Covered:
    """The time that redactions cover, as stretches that share none.

    A recording has tens of thousands of words and, some, dozens of redactions: one look
    tells which words lie in one, not a look at each of them.
    """

    def __init__(self, redactions: Iterable[Redaction]) -> None:
        """Join the redactions that overlap."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted((r.clip.start, r.clip.end) for r in redactions):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def has(self, word: Word) -> bool:
        """Say whether a word goes with a redaction, as in ``Clip.takes``."""
        at, end = bisect_right(self._ends, word.start), max(word.end, word.start + 1)
        while at < len(self._starts) and self._starts[at] < end:
            clip = Clip(start=self._starts[at], end=self._ends[at])
            if clip.takes(word.start, word.end):
                return True
            at += 1
        return False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word that stays, or one put in the place of words from position ``at``."""

    word: Word
    at: int


def redact(
    turns: Sequence[TimedTurn], redactions: Sequence[Redaction]
) -> tuple[TimedTurn, ...]:
    """Return the turns with each redaction's words replaced, once for all of them.

    A turn of which nothing stays is left out. Done twice, it changes nothing more.
    """
    if not redactions:
        return tuple(turns)
    ordered = _ordered(redactions)
    used: set[int] = set()
    kept = (_redact_turn(turn, ordered, used) for turn in turns)
    return tuple(turn for turn in kept if turn is not None)


def as_said(clip: Clip, turns: Sequence[TimedTurn]) -> Kept:
    """Return that a stretch may stay, as long as it says what it says now."""
    near = (turn for turn in turns if clip.overlaps(turn.start, turn.end))
    words = (word for turn in near for word in turn.words)
    said = (word.text for word in words if clip.takes(word.start, word.end))
    # a comma more is no other word; a capital may make a name of one
    digest = text_digest(*re.findall(r"\w+", " ".join(said)))
    return Kept(start=clip.start, end=clip.end, words=digest)


def holding(kept: Sequence[Kept], turns: Sequence[TimedTurn]) -> tuple[Kept, ...]:
    """Return what may still stay: the words that a person saw, and no others there.

    Times that a person wrote, without words, hold whatever is said.
    """
    return tuple(one for one in kept if one.words is None or one == as_said(one, turns))


def mask(
    machine: MachineTranscript, redactions: Sequence[Redaction]
) -> MachineTranscript:
    """Return the machine's transcript without the private words, times kept.

    It notes where they were: of words put in others may take the place.
    """
    ordered = _ordered(redactions)
    used: set[int] = set()
    segments = []
    for segment in machine.segments:
        if not _near(segment.words, ordered):
            segments.append(segment)
            continue
        pieces = _pieces(segment.words, frozenset((0,)), ordered, used)
        if pieces:
            words = tuple(piece.word for piece in pieces)
            segments.append(replace(segment, words=words))
    if tuple(segments) == machine.segments:
        return machine
    masked = {(one.start, one.end): one for one in machine.masked}
    masked |= {(r.clip.start, r.clip.end): r.clip for r in redactions}
    stretches = tuple(masked[times] for times in sorted(masked))
    return replace(machine, segments=tuple(segments), masked=stretches)


def without_private(
    corrections: Sequence[Correction], redactions: Sequence[Redaction]
) -> tuple[Correction, ...]:
    """Return the corrections without those that a redaction covers.

    What sounds like a private name gives it away.
    """
    return tuple(
        one
        for one in corrections
        if not any(r.clip.overlaps(one.start, one.end) for r in redactions)
    )


def _ordered(redactions: Sequence[Redaction]) -> tuple[Redaction, ...]:
    return tuple(sorted(redactions, key=lambda r: (r.clip.start, r.clip.end)))


def _redact_turn(
    turn: TimedTurn, redactions: Sequence[Redaction], used: set[int]
) -> TimedTurn | None:
    if turn.words and not _near(turn.words, redactions):
        return turn
    starts = frozenset(turn.sentence_starts)
    pieces = _pieces(turn.words, starts, redactions, used)
    if not pieces:
        return None
    words = tuple(piece.word for piece in pieces)
    if words == turn.words:
        return turn
    return replace(
        turn,
        words=words,
        sentence_starts=_moved_starts(turn.sentence_starts, pieces),
        start=words[0].start,
        end=words[-1].end,
    )


def _pieces(
    words: Sequence[Word],
    starts: frozenset[int],
    redactions: Sequence[Redaction],
    used: set[int],
) -> list[_Piece]:
    """Return the words, those of each redaction replaced where it is first met."""
    pieces: list[_Piece] = []
    covered = _covering(words, redactions)
    fresh = True  # nothing of the sentence has been said yet
    for position, (word, number) in enumerate(zip(words, covered, strict=True)):
        fresh = fresh or position in starts
        if number is None:
            fresh = False
            pieces.append(_Piece(word, position))
        elif number not in used:
            used.add(number)
            last = position
            while last + 1 < len(words) and covered[last + 1] == number:
                last += 1
            new = _replacement(
                redactions[number], words[position : last + 1], capital=fresh
            )
            fresh = fresh and not new
            pieces += [_Piece(w, position) for w in new]
    return pieces


def _covering(
    words: Sequence[Word], redactions: Sequence[Redaction]
) -> list[int | None]:
    """Return which redaction each word falls into, the earliest of several."""
    near = _near(words, redactions)
    return [
        next((number for number, clip in near if clip.takes(w.start, w.end)), None)
        for w in words
    ]


def _near(
    words: Sequence[Word], redactions: Sequence[Redaction]
) -> list[tuple[int, Clip]]:
    """Return the redactions, by number, that any of the words may fall into."""
    if not words:
        return []
    start = min(word.start for word in words)
    end = max(max(word.start + 1, word.end) for word in words)
    clips = enumerate(redaction.clip for redaction in redactions)
    return [(number, clip) for number, clip in clips if clip.overlaps(start, end)]


def _replacement(
    redaction: Redaction, words: Sequence[Word], *, capital: bool
) -> tuple[Word, ...]:
    """Return the words to say instead, with the sentence's capital and full stop."""
    text = redaction.replacement
    if not text.strip():
        return ()
    if _is_put_in(words, text):
        return tuple(words)  # their times tell what is silent, if it is narrowed since
    closing = _CLOSING.search(words[-1].text)
    if closing and not _CLOSING.search(text):
        text += closing.group()
    if capital:
        text = text[0].upper() + text[1:]
    start = max(words[0].start, redaction.clip.start)
    end = min(words[-1].end, redaction.clip.end)
    return spread(text, start, end)


def _is_put_in(words: Sequence[Word], text: str) -> bool:
    """Say whether words were put in before, and by that redaction."""
    said = " ".join(word.text for word in words)
    before = _CLOSING.sub("", said).casefold() == _CLOSING.sub("", text).casefold()
    return before and all(word.probability is None for word in words)


def _moved_starts(starts: Sequence[int], pieces: Sequence[_Piece]) -> tuple[int, ...]:
    """Return where sentences start now; one that is gone starts nowhere."""
    places = [piece.at for piece in pieces]
    firsts = (bisect_left(places, start) for start in starts)
    return tuple(dict.fromkeys((0, *(n for n in firsts if n < len(places)))))


def wording(text: str) -> re.Pattern[str] | None:
    """Return what finds words however they are written; None for no words.

    In capitals, over lines, with other hyphens and apostrophes, in Markdown's marks,
    in composed letters or not. A name that is an ordinary word too, May, is found
    with its capital alone.

    >>> wording("Maria Lopez's").sub("a viewer", "MARIA\\n_Lopez_'s back hurts")
    "a viewer_'s back hurts"
    """
    own = re.sub("['\u2019]s(?=[\\W_]*$)", "", text)
    lone = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in own)
    pattern = r"[\W_]+".join(map(_either, words := lone.split()))
    if len(words) == 1 and words[0].istitle() and words[0].casefold() in _ORDINARY:
        pattern = f"(?-i:{words[0]}|{words[0].upper()})"
    elif len(words) == 1 and words[0].isdecimal():
        pattern = rf"(?<!\d[.:]){pattern}(?![.:]\d)"  # no part of 1:02:47
    return re.compile(rf"{_APART_BEFORE}{pattern}{_APART}", re.I) if pattern else None


def _either(word: str) -> str:
    """Return a pattern of a word in composed letters and in others."""
    forms = {word, *(unicodedata.normalize(form, word) for form in ("NFC", "NFD"))}
    return f"(?:{'|'.join(map(re.escape, sorted(forms)))})"
