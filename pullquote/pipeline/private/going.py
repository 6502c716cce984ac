"""Which words a redaction takes out of what quotes an episode, and out of a text. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pullquote.formats.begun_json import Going
from pullquote.mark.private.details import words_of_show
from pullquote.mark.private.forms import spellings
from pullquote.mark.private.leaks import telling
from pullquote.mark.private.redact import Covered, wording
from pullquote.mark.private.word_levels import strange_words
from pullquote.model.align import normal_form
from pullquote.model.answer import Clip, Redaction
from pullquote.model.show import Show
from pullquote.model.transcript import TimedTurn, Word, within


def going(
    redactions: Sequence[Redaction],
    turns: Sequence[TimedTurn],
    heard: Sequence[Word],
    show: Show,
) -> tuple[Going, ...]:
    """Return the words of redactions in each wording, and each name that tells alone.

    ``turns`` are what was said before, ``heard`` what a machine heard. What is said in
    several places stands there once; the longest wordings come first, for "Ann" would
    leave half of "Ann Bell". What a machine heard for a name and others say too, "and"
    for "Ann", tells nothing.
    """
    alone = _telling_alone(turns, redactions, show)
    gone = Covered(redactions)
    told = [word for turn in turns for word in turn.words if gone.has(word)]
    heard = [word for word in heard if gone.has(word)]
    others = " ".join(w.text for turn in turns for w in turn.words if not gone.has(w))
    found: dict[tuple[str, str], list[Clip]] = {}
    for one in redactions:
        as_heard = _text(heard, one.clip)
        tells = () if _is_said(as_heard, others) else (as_heard,)
        whole = _text(told, one.clip), *tells
        names = {name for text in whole for name in _names(text) if name in alone}
        for text in dict.fromkeys((*whole, *sorted(names))):
            if text:
                found.setdefault((text, one.replacement), []).append(one.clip)
    made = (
        Going(text=text, clips=tuple(clips), replacement=replacement)
        for (text, replacement), clips in found.items()
    )
    return tuple(sorted(made, key=lambda one: -len(one.text.split())))


def _telling_alone(
    turns: Sequence[TimedTurn], redactions: Sequence[Redaction], show: Show
) -> frozenset[str]:
    """Return the redacted words that are names wherever they stand, in small letters.

    None that is said elsewhere, or is an ordinary word too: whether "Baker" in an
    answer is the viewer only a person can tell.
    """
    known = words_of_show(show)
    rows = telling(turns, redactions, known, show.language)
    words = sorted(row[0] for row in rows if len(row) == 1)
    return strange_words(words, known, show.language)


def _names(text: str) -> list[str]:
    """Return each word of a name in the ways in which it may be written."""
    words = {normal_form(word) for word in re.split(r"[\W_]+", text)} - {""}
    words |= {word[:-1] for word in words if word.endswith("s")}  # "Heikes"
    return sorted({form for word in words for form in spellings(word)})


def _is_said(text: str, others: str) -> bool:
    """Say whether ``others`` have these very words; a figure tells wherever it is said."""
    found = None if any(map(str.isdecimal, text)) else wording(text)
    return found is not None and found.search(others) is not None


def _text(words: Iterable[Word], clip: Clip) -> str:
    return " ".join(w.text for w in words if clip.takes(w.start, w.end))


@dataclass(frozen=True, slots=True)
class _One:
    """One of the words that go, and what finds it however it is written."""

    going: Going
    words: re.Pattern[str]
    own: Sequence[re.Pattern[str]]
    """What finds the show's own names, of which they may be a part."""


class Gone:
    """Takes words out of texts."""

    def __init__(
        self, going: Iterable[Going], turns: Sequence[TimedTurn], show: Show
    ) -> None:
        """``turns`` are what is said all the same."""
        found = ((one, wording(one.text)) for one in going)
        own = [*filter(None, map(wording, _of_show(show)))]
        self._all = [_One(one, words, own) for one, words in found if words is not None]
        self._turns = turns

    @property
    def words(self) -> re.Pattern[str] | None:
        """What finds any of them, None where there is none."""
        each = [f"(?:{one.words.pattern})" for one in self._all]
        return re.compile("|".join(each), re.IGNORECASE) if each else None

    def out_of(self, text: str) -> str:
        """Return a text without them."""
        for one in self._all:
            text = _out_of(text, one, ())
        return text

    def out_of_quote(self, text: str, quoted: Clip) -> str:
        """Return what quotes a stretch without them, unless they are but said there too.

        A viewer is 62; that 62 percent get better a doctor says somewhere else.
        """
        turns: Sequence[TimedTurn] | None = None
        for one in self._all:
            if not one.words.search(text):
                continue
            clips = one.going.clips
            here = any(clip.overlaps(quoted.start, quoted.end) for clip in clips)
            turns = within(self._turns, quoted) if turns is None else turns
            text = _out_of(text, one, () if here else _said(turns, one))
        return text

    def out_of_notes(self, text: str) -> str:
        """Return show notes without them, unless they are figures and said elsewhere."""
        for one in self._all:
            figures = not any(map(str.isalpha, one.going.text))
            text = _out_of(text, one, _said(self._turns, one) if figures else ())
        return text


def _of_show(show: Show) -> Iterator[str]:
    """Yield what a show calls its people, and where they work, topics and itself."""
    yield show.title
    yield from (topic.title for topic in show.topics)
    for person in show.people:
        yield from person.names
        words = person.name.split()
        yield from (f"{title} {word}" for title in ("Dr", "Doctor") for word in words)
        yield person.affiliation or ""


def _out_of(text: str, one: _One, but: Collection[str]) -> str:
    """Return a text without some words, ``but`` where they are written so.

    A part of a name of the show's own stays: of "Ada" no "a viewer Fernby" is made.
    """
    if not one.words.search(text):
        return text
    own = [match.span() for names in one.own for match in names.finditer(text)]

    def instead(match: re.Match[str]) -> str:
        start, end = match.span()
        within = any(a <= start and end <= b and (a, b) != (start, end) for a, b in own)
        return match[0] if within or match[0] in but else one.going.replacement

    return one.words.sub(instead, text)


def _said(turns: Iterable[TimedTurn], one: _One) -> frozenset[str]:
    return frozenset(_matches(one, " ".join(turn.text for turn in turns)))


def _matches(one: _One, text: str) -> Iterator[str]:
    return (match[0] for match in one.words.finditer(text))
