"""What is private in viewers' questions: names, ages, places, dates, numbers.

Searched is what hosts and unknown voices say, and all that lies in a question's clip;
what is found there is searched for in doctors' words too. Doctors and places of the
show are excepted. It errs towards finding: a person
redacts, or says that it may stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pullquote.mark.lexicon.common_words import (
    BODIES,
    COMMON,
    REGION_FIRSTS,
    REGIONS,
    REGIONS_TOO,
    bare_form,
)
from pullquote.mark.lexicon.meanings import is_sound
from pullquote.mark.lexicon.names import BY_CHANCE, name_lists
from pullquote.mark.private.capitals import TITLES, has_capital, names_by_capitals
from pullquote.mark.private.codes import codes
from pullquote.mark.private.dates import CALENDAR, DATES, OLD, YOUNG, YOUNGER
from pullquote.mark.private.introduced import UNCASED
from pullquote.mark.private.misheard import misheard
from pullquote.mark.private.rules import NUMBER, RULES
from pullquote.mark.private.rules_abroad import ABROAD
from pullquote.mark.private.uncased import Lowercase
from pullquote.mark.private.unspaced import named
from pullquote.mark.private.word_levels import NAMED, STRANGE, levels, strange_words
from pullquote.model.answer import Clip, Redaction
from pullquote.model.show import Show
from pullquote.model.speaking import confirmed_person
from pullquote.model.transcript import TimedTurn, Word
from pullquote.model.words import ENGLISH, Words

_LONGEST = 1000
"""Letters of a word that are looked at; what is longer is none."""
_CAPITALS = re.compile(r"\b[A-Z][a-z]")
"""A recogniser that writes no capitals may write I and MRI."""
_TOLD = ("name", "place", "employer or place")
REGION = "state or country"
_MILD = frozenset(("product", YOUNG, REGION))
_HOUSE = re.compile(
    rf"(?:(?<!\S)(?!(?:19|20)\d\d\b)\d{{1,4}}[a-z]?,?|\bnumber {NUMBER}"
    r"|\bthe only [\w-]+(?: [\w-]+)? (?:in|on|at|of))$",
    re.IGNORECASE,
)
"""A house's number, and who alone does something in a place."""
_INITIALS = re.compile(r"(?<!\S)(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?(?:[A-Z]\. ?)+$")
_NOUNS_HAVE_CAPITALS = frozenset(("de", "gsw", "lb"))
"""Languages in which a capital tells no name."""
_ADDRESSED = frozenset(
    (
        "frau",
        "herr",
        "herrn",
        "familie",
        "namens",
        "dr",
        "prof",
        "professor",
        "professorin",
    )
)
"""What stands before a name in them."""


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
    known = words_of_show(show) | _bare_words(title)
    found: list[Detail] = []
    for turn in turns:
        if _is_searched(turn, show, asked):
            found += _in_turn(turn, known, show)
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


def _said_again(
    found: Sequence[Detail],
    turns: Sequence[TimedTurn],
    strange: Callable[[Sequence[str]], frozenset[str]],
) -> Iterator[Detail]:
    """Yield names and places of viewers where they are said once more, by whomever.

    Without a capital it takes a ``strange`` word to know one again.
    """
    told: dict[str, str | None] = {}
    small: set[str] = set()
    for detail in found:
        if detail.kind in _TOLD:
            for bare in _telling(detail.text):
                told[bare] = detail.maybe and told.get(bare, detail.maybe)
            if detail.text.islower():
                small |= strange([bare_form(word) for word in detail.text.split()])
    told |= dict.fromkeys(small - told.keys())
    there = sorted((d.clip.start, d.clip.end) for d in found if d.kind in _TOLD)
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
                yield _name(word.text, clip, told[bare])


def _telling(text: str) -> list[str]:
    """Return the words of a name or place that tell it, bare."""
    return [
        bare
        for word in text.split()
        if has_capital(word) and len(bare := bare_form(word)) > 2
        if bare not in COMMON | BODIES | TITLES
    ]


def _name(text: str, clip: Clip, maybe: str | None) -> Detail:
    return Detail(kind="name", text=text, clip=clip, grave=maybe is None, maybe=maybe)


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
    for topic in show.topics:
        texts += [topic.title, *topic.terms]
    return _bare_words(*texts)


def _bare_words(*texts: str) -> frozenset[str]:
    return frozenset(
        bare_form(word) for text in texts for word in re.split(r"[\s/-]+", text)
    )


def _spans(turn: TimedTurn, known: frozenset[str]) -> list[tuple[int, int, str]]:
    """Return first and last word of each stretch that looks private, and its kind."""
    words = turn.words
    starts, text = _joined(words)
    spans: list[tuple[int, int, str]] = []
    small: Lowercase | None = None
    if not _CAPITALS.search(text):
        small = Lowercase(words, known, turn.language)
    lowered = text.casefold()
    for rule in (*RULES, *DATES, *YOUNGER, *(UNCASED if small else ())):
        if rule.needs not in lowered:
            continue
        for match in rule.pattern.finditer(text):
            a, b = match.span("it" if match.groupdict().get("it") else 0)
            if not text[a:b].strip() or rule.counts_not(text, a):
                continue
            first = bisect_right(starts, a) - 1
            last = bisect_right(starts, b - 1) - 1
            if not (rule.telling and small and not small.tells(first, last)):
                spans.append((first, last, rule.kind))
    spans += names_by_capitals(words, frozenset(turn.sentence_starts), known)
    spans += codes(words)
    spans += _alone(turn, known)
    spans += [(a, b, "name") for a, b, _ in named([word.text for word in words])]
    if small:
        spans += small.spans()
    if turn.language.partition("-")[0].casefold() in _NOUNS_HAVE_CAPITALS:
        spans = [s for s in spans if s[2] != "name" or _is_listed(words, *s[:2])]
    spans += _abroad(turn, known, starts, text)
    return [
        (first, last, REGION if _is_region(words, first, last, kind) else kind)
        for first, last, kind in spans
        if not _is_anyones_day(words, first, last, kind)
    ]


def _is_region(words: Sequence[Word], first: int, last: int, kind: str) -> bool:
    """Say whether a place is a state or a country, which alone tells nobody."""
    told = {bare_form(word.text) for word in words[first : last + 1]}
    return (
        kind == "place"
        and REGIONS.union(REGIONS_TOO, REGION_FIRSTS) >= told - {"and", "or"}
        and not told <= REGION_FIRSTS
    )


def _is_anyones_day(words: Sequence[Word], first: int, last: int, kind: str) -> bool:
    """Say whether it is a month or a feast, taken for a name or a place."""
    told = [bare_form(word.text) for word in words[first : last + 1]]
    return (
        kind in ("place", "name")
        and BY_CHANCE.isdisjoint(told)
        and CALENDAR.fullmatch(" ".join(told)) is not None
    )


def _abroad(
    turn: TimedTurn, known: frozenset[str], starts: Sequence[int], text: str
) -> Iterator[tuple[int, int, str]]:
    """Yield what the patterns of a turn's language find, but for the show's own words."""
    for rule in ABROAD.get(turn.language.partition("-")[0].casefold(), ()):
        for match in rule.pattern.finditer(text):
            a, b = match.span("it" if match.groupdict().get("it") else 0)
            first, last = bisect_right(starts, a) - 1, bisect_right(starts, b - 1) - 1
            said = {bare_form(word.text) for word in turn.words[first : last + 1]}
            if not said <= known:
                yield first, last, rule.kind


def _in_turn(turn: TimedTurn, known: frozenset[str], show: Show) -> Iterator[Detail]:
    words = turn.words
    for first, last, kind in _widened(words, _merged(_spans(turn, known))):
        said = " ".join(word.text for word in words[first : last + 1])
        start = words[first].start
        clip = Clip(start=start, end=max(words[last].end, start + 1))
        if kind == "name":
            titled = bare_form(words[first].text) in TITLES
            at = first if titled else first - 1
            before = bare_form(words[at].text) if at >= 0 else ""
            person = misheard(_telling(said), before, show.people)
            yield _name(said, clip, person.name if person else None)
            continue
        grave = kind not in _MILD
        kind = {YOUNG: "age", REGION: "place"}.get(kind, kind)
        yield Detail(kind=kind, text=said, clip=clip, grave=grave)


def _widened(
    words: Sequence[Word], spans: Iterable[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str]]:
    """Yield names and places with a house's number before, a state or an age after."""
    end = -1
    for first, last, kind in spans:
        before = " ".join(word.text for word in words[max(end + 1, first - 5) : first])
        if kind in _TOLD and (house := _HOUSE.search(before)):
            first, kind = first - len(house[0].split()), "address"
        elif kind == "name" and (initials := _INITIALS.search(before)):
            first -= len(initials[0].split())
        elif kind == "number" and re.search(r"(?:^| )[A-Z]{1,4}$", before):
            first -= 1  # "RB 0047183"
        after = " ".join(word.text for word in words[last + 1 : last + 6])
        if kind in _TOLD and (old := OLD.match(after)):
            last += len(old[0].split())
        while last + 1 < len(words) and bare_form(words[last + 1].text) in REGIONS:
            if kind not in _TOLD:
                break
            last += 1
        if first > end:
            yield first, last, kind
        end = max(end, last)


def _is_listed(words: Sequence[Word], first: int, last: int) -> bool:
    """Say whether a list has one of these words as a name, or a title stands before."""
    lists = name_lists()
    around = [bare_form(word.text) for word in words[max(0, first - 2) : last + 1]]
    inside = around[-(last - first + 1) :]
    return not _ADDRESSED.isdisjoint(around) or any(
        word in lists.people or word in lists.towns for word in inside
    )


def _alone(turn: TimedTurn, known: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Yield names that are a sentence of their own, or call somebody: "Anna."."""
    starts = turn.sentence_starts
    for first, end in zip(starts, (*starts[1:], len(turn.words)), strict=True):
        text = turn.words[first].text
        bare = bare_form(text)
        alone = end - first == 1 or text[-1] in ".?!,"
        if not (alone and has_capital(text)) or bare in COMMON:
            continue
        if bare.upper() in text or is_sound(text) or re.fullmatch("[hm-]+", bare):
            continue  # "JSON.", "Mm-hmm."
        least = NAMED if len(turn.words) == 1 else STRANGE
        if any(level >= least for level in levels([bare], known, turn.language)):
            yield first, first, "name"


def names_in(turn: TimedTurn, known: frozenset[str]) -> frozenset[int]:
    """Return the positions of a turn's words that belong to a name or a place."""
    spans = names_by_capitals(turn.words, frozenset(turn.sentence_starts), known)
    return frozenset(n for first, last, _ in spans for n in range(first, last + 1))


def _joined(words: Sequence[Word]) -> tuple[list[int], str]:
    """Return where each word starts in the joined text, and that text."""
    starts, at = [], 0
    texts = [word.text[:_LONGEST] for word in words]
    for text in texts:
        starts.append(at)
        at += len(text) + 1
    return starts, " ".join(texts).replace("\u2019", "'")


def _merged(spans: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield stretches that do not overlap; the longest says what they are."""
    before: tuple[int, int, str] | None = None
    for first, last, kind in sorted(spans, key=lambda s: (s[0], -s[1])):
        if before is None or first > before[1]:
            if before:
                yield before
            before = (first, last, kind)
        else:
            mild = before[2] in _MILD
            before = (before[0], max(last, before[1]), kind if mild else before[2])
    if before:
        yield before
