"""What is private in viewers' questions: names, ages, places, dates, numbers.

Searched is what hosts and unknown voices say, and all that lies in a question's clip;
what is found there is searched for in doctors' words too. Doctors and places of the
show are excepted. It errs towards finding: a person
redacts, or says that it may stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pullquote.mark.lexicon.common_words import BODIES, COMMON, bare_form
from pullquote.mark.private.capitals import TITLES, has_capital
from pullquote.mark.private.dates import YOUNG
from pullquote.mark.private.evidence import is_doubtful
from pullquote.mark.private.misheard import misheard
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
    names = _names_of(text)
    return tuple(
        detail
        for detail in found
        if detail.maybe is None and (again := _names_of(detail.text)) and again <= names
    )


def _names_of(text: str) -> frozenset[str]:
    own = re.sub(r"['\u2019]s\b", "", text)
    return frozenset(filter(None, map(bare_form, own.split())))


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
    stretches of which a person said that they may stay. ``title``: words
    that count as the show's own, for drafts; a title itself may name a viewer.
    """
    instead = map(show.words.gettext, _INSTEAD.values())  # "[Ort ausgelassen]"
    known = words_of_show(show) | _bare_words(title, *instead)
    found: list[Detail] = []
    for turn in turns:
        if _is_searched(turn, show, asked):
            found += _in_turn(turn, known, show)
    found = _surely(found)
    strange = partial(strange_words, known=known, language=show.language)
    again = [*_said_again(found, turns, strange)]
    found = [d for d in found if not any(d.clip == one.clip for one in again)] + again
    open_ = (
        replace(detail, words=show.words)
        for detail in found
        if not any(
            k.start <= detail.clip.start and detail.clip.end <= k.end for k in kept
        )
    )
    return tuple(sorted(open_, key=lambda d: (d.clip.start, d.clip.end)))


def _surely(found: Sequence[Detail]) -> list[Detail]:
    """Return details, a doubtful name being grave where another place is sure of it."""
    sure = {w for d in found if d.grave and d.kind == "name" for w in _telling(d.text)}
    return [
        replace(d, grave=True)
        if d.kind == "name"
        and d.maybe is None
        and not sure.isdisjoint(_telling(d.text))
        else d
        for d in found
    ]


def _said_again(
    found: Sequence[Detail],
    turns: Sequence[TimedTurn],
    strange: Callable[[Sequence[str]], frozenset[str]],
) -> Iterator[Detail]:
    """Yield names and places of viewers where they are said once more, by whomever.

    Without a capital it takes a ``strange`` word to know one again.
    """
    told, small = _told(found, strange)
    there = sorted((d.clip.start, d.clip.end) for d in found if d.kind in TOLD)
    for turn in turns if told else ():
        for word in turn.words:
            bare = bare_form(word.text)
            if bare in small or (bare in told and has_capital(word.text)):
                end = max(word.end, word.start + 1)
                at = bisect_right(there, (word.start, end))
                if any(
                    a < end and word.start < b
                    for a, b in there[max(0, at - 1) : at + 1]
                ):
                    continue
                clip = Clip(start=word.start, end=end)
                yield replace(told[bare], kind="name", text=word.text, clip=clip)


def _told(
    found: Sequence[Detail], strange: Callable[[Sequence[str]], frozenset[str]]
) -> tuple[dict[str, Detail], set[str]]:
    """Return the words that tell names and places, each with the gravest that has it.

    Second: those of them that are known again without a capital.
    """
    told: dict[str, Detail] = {}
    small: set[str] = set()
    for detail in found:
        if detail.kind not in TOLD:
            continue
        tells = {*_telling(detail.text)}
        if detail.text.islower():
            again = strange([bare_form(word) for word in detail.text.split()])
            small |= again
            tells |= again
        for bare in tells:
            if bare not in told or _weight(told[bare]) < _weight(detail):
                told[bare] = detail
    return told, small


def _weight(detail: Detail) -> int:
    """Return how much a name weighs: one who is surely not of the show most."""
    return 2 * (detail.maybe is None) + detail.grave


def _telling(text: str) -> list[str]:
    """Return the words of a name or place that tell it, bare."""
    return [
        bare
        for word in text.split()
        if has_capital(word) and len(bare := bare_form(word)) > 2
        if bare not in COMMON | BODIES | TITLES
    ]


def _is_searched(turn: TimedTurn, show: Show, asked: Sequence[Clip]) -> bool:
    person = confirmed_person(turn, show)
    return (
        person is None
        or person.role in ("host", "announcer")
        or any(clip.overlaps(turn.start, turn.end) for clip in asked)
    )


def words_of_show(show: Show) -> frozenset[str]:
    """Return the words that the show itself publishes: its people, places, terms."""
    texts = [show.title, show.author or "", *show.terms]
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
        clip = Clip(start=start, end=max(words[last].end, start + 1))
        maybe = None
        if kind == "name":
            maybe = _of_the_show(turn, first, _telling(said), show)
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
