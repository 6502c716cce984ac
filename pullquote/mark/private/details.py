"""What is private in viewers' questions: names, ages, places, dates, numbers.

Searched is what hosts and unknown voices say, all that lies in a question's clip, and
what a doctor says who reads questions out; of other doctors' words "Mrs. Bell" counts, by
what name an answer speaks to who asked ("Well, Ann, …"), and what is found elsewhere.
Doctors and places of the show are excepted. It errs towards finding: a person redacts,
or says that it may stay.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from operator import itemgetter

from pullquote.mark.lexicon.common_words import bare_form
from pullquote.mark.lexicon.names import name_lists
from pullquote.mark.private.capitals import TITLES
from pullquote.mark.private.evidence import is_doubtful
from pullquote.mark.private.read_out import (
    OFFICERS,
    hands_on,
    is_civil,
    is_handed_on,
    is_spoken_to,
    may_tell,
    speaks_to,
)
from pullquote.mark.private.rules import YOUNG
from pullquote.mark.private.said_again import (
    misheard,
    named_in,
    said_once_more,
    telling,
)
from pullquote.mark.private.spans import MILD, REGION, TOLD, spans_of
from pullquote.mark.private.word_levels import strange_words
from pullquote.model.answer import Clip, Redaction
from pullquote.model.show import Show
from pullquote.model.speaking import confirmed_person
from pullquote.model.transcript import TimedTurn
from pullquote.model.words import ENGLISH, Words


def _(wording: str) -> str:
    """Mark a wording that is looked up where the show is known."""
    return wording


_SEVERAL = 2
"""Questions that one of the show asks who reads them out; one may be the doctor's own."""
_INSTEAD = {
    "name": _("a viewer"),
    "place": _("[place withheld]"),
    "employer or place": _("[employer or place withheld]"),
    "address": _("[address withheld]"),
    "web address": _("[web address withheld]"),
    "e-mail": _("[e-mail withheld]"),
    "account": _("[account withheld]"),
    "number": _("[number withheld]"),
    "date": _("[date withheld]"),
    "age": _("[age withheld]"),
    "product": _("[product withheld]"),
}
"""What is said in place of each kind of detail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """Something private that was said."""

    kind: str
    text: str
    clip: Clip
    grave: bool
    """False for what may be a product's name, or one of the show's misheard, for an age
    up to 89 and a state or country: beside other words they may tell, alone nobody."""
    maybe: str | None = None
    """Who of the show may be meant by a name that was heard wrongly; then not grave."""
    words: Words = ENGLISH
    """In whose language something else is said instead."""

    @property
    def label(self) -> str:
        """What it is, for people to read."""
        if self.maybe is not None:
            return f"maybe {self.maybe}"
        return self.kind if self.grave else f"{self.kind}, mild"

    def redaction(self) -> Redaction:
        """Return the redaction that takes it out."""
        replacement = self.words.gettext(_INSTEAD[self.kind])
        return Redaction(
            clip=self.clip, replacement=replacement, reason=f"a viewer's {self.kind}"
        )


def said_again(text: str, found: Sequence[Detail]) -> tuple[Detail, ...]:
    """Return the details that say nothing but words of ``text``: they go with it.

    What made them private may go with it too: that "Ann" is a viewer's name in "Either
    helps, Ann", nobody knows any more where "Ann Bell asks" is gone.
    """
    return each_said_again((text,), found)[text]


def each_said_again(
    texts: Collection[str], found: Sequence[Detail]
) -> dict[str, tuple[Detail, ...]]:
    """Return what ``said_again`` does of each of many texts."""
    known = named_in(texts, {detail.text for detail in found})
    places: dict[str, list[tuple[int, Detail]]] = {}
    for row in enumerate(found):
        if row[1].maybe is None:
            places.setdefault(row[1].text, []).append(row)
    return {
        text: tuple(
            detail
            for _, detail in sorted(
                (row for one in again for row in places.get(one, ())), key=itemgetter(0)
            )
        )
        for text, again in known.items()
    }


def details(
    turns: Sequence[TimedTurn],
    show: Show,
    *,
    asked: Sequence[Clip] = (),
    kept: Sequence[Clip] = (),
    title: str = "",
) -> tuple[Detail, ...]:
    """Return what is private, by time.

    ``asked`` are clips of questions: there everybody's words count. ``kept`` are
    stretches of which a person said that they may stay, as they are said now. ``title``: words
    that count as the show's own, for drafts; a title itself may name a viewer.
    """
    found = _all(tuple(turns), show, tuple(asked), title)
    return tuple(
        detail
        for detail in found
        if not any(
            k.start <= detail.clip.start and detail.clip.end <= k.end for k in kept
        )
    )


@lru_cache(maxsize=2)  # a build asks for each answer of an episode
def _all(
    turns: tuple[TimedTurn, ...], show: Show, asked: tuple[Clip, ...], title: str
) -> tuple[Detail, ...]:
    """Return what is private, by time, whatever may stay."""
    instead = [*map(show.words.gettext, _INSTEAD.values())]  # "[Ort ausgelassen]"
    known = words_of_show(show) | _bare_words(title, *instead)
    others = [turn for turn in turns if not _is_searched(turn, show, asked)]
    told = [(turn, [*_names(turn, known, show)]) for turn in others if may_tell(turn)]
    readers = {turn.speaker for turn, names in told if any(h for _, h in names)}
    readers |= {turn.speaker for turn, _ in told if hands_on(turn, instead)}
    readers |= _who_ask(turns, show, asked)
    found: list[Detail] = []
    for turn in turns:
        if turn.speaker in readers or _is_searched(turn, show, asked):
            found += _in_turn(turn, known, show)
    for turn in others:
        if turn.speaker not in readers:
            found += _spoken_to(turn, known, show)
    for turn, names in told:
        if turn.speaker not in readers:
            found += [detail for detail, _ in names if is_civil(detail.text)]
    found = _surely(found)
    strange = partial(strange_words, known=known, language=show.language)
    again = [*said_once_more(found, turns, known, strange)]
    found = [d for d in found if not any(d.clip == one.clip for one in again)] + again
    found = [replace(detail, words=show.words) for detail in found]
    return tuple(sorted(found, key=lambda d: (d.clip.start, d.clip.end)))


def _surely(found: Sequence[Detail]) -> list[Detail]:
    """Return details, a doubtful name being grave where another place is sure of it."""
    sure = {w for d in found if d.grave and d.kind == "name" for w in telling(d.text)}
    return [
        replace(d, grave=True)
        if d.kind == "name" and d.maybe is None and not sure.isdisjoint(telling(d.text))
        else d
        for d in found
    ]


def _is_searched(turn: TimedTurn, show: Show, asked: Sequence[Clip]) -> bool:
    person = confirmed_person(turn, show)
    return (
        person is None
        or person.role in ("host", "announcer")
        or any(clip.overlaps(turn.start, turn.end) for clip in asked)
    )


def _names(
    turn: TimedTurn, known: frozenset[str], show: Show
) -> Iterator[tuple[Detail, bool]]:
    """Yield the grave names of a turn, and whether each is told as that of who asks."""
    starts = [word.start for word in turn.words]
    for detail in _in_turn(turn, known, show):
        if detail.grave and detail.kind == "name":
            first = bisect_left(starts, detail.clip.start)
            last = bisect_left(starts, detail.clip.end) - 1
            yield detail, is_handed_on(turn.words, first, max(first, last))


def _spoken_to(turn: TimedTurn, known: frozenset[str], show: Show) -> Iterator[Detail]:
    """Yield by which name an answer speaks to who asked: no office's, no doctor's.

    "Mrs. Bell" is found wherever she is.
    """
    people = name_lists().people
    if not speaks_to(turn, people):
        return
    starts = [word.start for word in turn.words]
    for detail in _in_turn(turn, known, show):
        said = [bare_form(word) for word in detail.text.split()]
        other = is_civil(detail.text) or OFFICERS & {said[0], said[-1]}
        if detail.kind != "name" or detail.maybe or other:
            continue
        first = bisect_left(starts, detail.clip.start)
        last = max(first, bisect_left(starts, detail.clip.end) - 1)
        if not is_spoken_to(turn.words, first, last):
            continue
        listed = not people.isdisjoint(said)
        strange = bool(strange_words(said, known, show.language))
        if listed or detail.grave + (first > 0) + strange > 1:
            yield replace(detail, grave=True)


def _who_ask(
    turns: Sequence[TimedTurn], show: Show, asked: Sequence[Clip]
) -> frozenset[str]:
    """Return who of the show asks several of the questions: they read them out."""
    middles = [(clip.start + clip.end) // 2 for clip in asked]
    times = Counter(
        turn.speaker
        for turn in turns
        if confirmed_person(turn, show) is not None
        for middle in middles
        if turn.start <= middle < turn.end
    )
    return frozenset(who for who, count in times.items() if count >= _SEVERAL)


def words_of_show(show: Show) -> frozenset[str]:
    """Return the words that the show itself publishes: its people, places, terms."""
    heard = "".join(show.title.split())  # as one word: "BackTalk"
    texts = [show.title, heard, show.author or "", *show.terms]
    for person in show.people:
        texts += [*person.names, person.affiliation or ""]
        texts.append(person.credentials or "")
        for then in person.before:
            texts += [then.credentials or "", then.affiliation or ""]
    for topic in show.topics:
        texts += [topic.title, *topic.terms]
    return _bare_words(*texts)


def _bare_words(*texts: str) -> frozenset[str]:
    return frozenset(
        bare_form(word) for text in texts for word in re.split(r"[\s/-]+", text)
    )


def _in_turn(turn: TimedTurn, known: frozenset[str], show: Show) -> Iterator[Detail]:
    words, after_grave = turn.words, -1
    for first, last, kind in spans_of(turn, known):
        said = " ".join(word.text for word in words[first : last + 1])
        start = words[first].start
        clip = Clip(start=start, end=max(words[last].end, words[last].start + 1))
        maybe = None
        if kind == "name":
            maybe = _of_the_show(turn, first, telling(said), show)
        surely = (
            kind not in TOLD
            or after_grave == first  # "Anna Lind, Brackholm"
            or not is_doubtful(words, first, last, kind, turn.language)
        )
        grave = surely and kind not in MILD and maybe is None
        kind = {YOUNG: "age", REGION: "place"}.get(kind, kind)
        yield Detail(kind=kind, text=said, clip=clip, grave=grave, maybe=maybe)
        after_grave = last + 1 if grave and said[-1] == "," else -1


def _of_the_show(
    turn: TimedTurn, first: int, telling: Sequence[str], show: Show
) -> str | None:
    """Return who of the show may be meant by a name that was heard wrongly."""
    titled = bare_form(turn.words[first].text) in TITLES
    at = first if titled else first - 1
    before = bare_form(turn.words[at].text) if at >= 0 else ""
    person = misheard(telling, before, show.people)
    return person.name if person else None
