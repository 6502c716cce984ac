"""Where in a turn something private may stand: runs of its words, and of what kind.

By every way of finding there is; ``details`` weighs what they find.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pullquote.mark.lexicon.common_words import (
    COMMON,
    REGION_FIRSTS,
    REGIONS,
    REGIONS_TOO,
    bare_form,
)
from pullquote.mark.lexicon.meanings import is_sound
from pullquote.mark.lexicon.names import BY_CHANCE, name_lists
from pullquote.mark.lexicon.things import DOES_OF_PEOPLE
from pullquote.mark.private.abroad import (
    ABROAD,
    NOUNS_HAVE_CAPITALS,
    is_beginning,
    names_among_nouns,
)
from pullquote.mark.private.capitals import (
    TITLES,
    has_capital,
    is_introduced,
    names_by_capitals,
)
from pullquote.mark.private.codes import codes
from pullquote.mark.private.heard import SmallNames, begins, rest_of_name
from pullquote.mark.private.rules import (
    CALENDAR,
    DATES,
    KIN,
    NUMBER,
    OLD,
    RULES,
    YOUNG,
    YOUNGER,
    Rule,
)
from pullquote.mark.private.signed import signatures
from pullquote.mark.private.uncased import UNCASED, Lowercase
from pullquote.mark.private.unspaced import named
from pullquote.mark.private.word_levels import NAMED, SELDOM, STRANGE, levels
from pullquote.model.transcript import TimedTurn, Word

_SHORTEST = 6
"""Letters of a word in capitals that may be a name, and is no abbreviation."""
_LONGEST = 1000
"""Letters of a word that are looked at; what is longer is none."""
_CAPITALS = re.compile(r"\b[A-Z][a-z]")
"""A recogniser that writes no capitals may write I and MRI."""
TOLD = ("name", "place", "employer or place")
"""Kinds that words tell, not forms."""
REGION = "state or country"
MILD = frozenset(("product", YOUNG, REGION))
_HOUSE = re.compile(
    rf"(?:(?<!\S)(?!(?:19|20)\d\d\b)\d{{1,4}}[a-z]?,?|\bnumber {NUMBER}"
    r"|\bthe only [\w-]+(?: [\w-]+)? (?:in|on|at|of))$",
    re.IGNORECASE,
)
"""A house's number, and who alone does something in a place."""
_INITIALS = re.compile(r"(?<!\S)(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?(?:[A-Z]\. ?)+$")


@lru_cache(maxsize=1 << 11)  # a build looks at an episode's turns for each answer
def spans_of(
    turn: TimedTurn, known: frozenset[str]
) -> tuple[tuple[int, int, str], ...]:
    """Return first and last word of each stretch that looks private, and its kind.

    ``known`` are the show's own words. No two stretches overlap.
    """
    spans = _merged(_found(turn, known))
    return tuple(_widened(turn.words, spans, turn.language))


def _found(turn: TimedTurn, known: frozenset[str]) -> list[tuple[int, int, str]]:
    """Return every stretch that one of the ways finds."""
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
        for first, last in _matches(rule, starts, text):
            if not (rule.telling and small and not small.tells(first, last)):
                spans.append((first, last, rule.kind))
    spans += names_by_capitals(words, frozenset(turn.sentence_starts), known)
    spans += codes(words)
    spans += _alone(turn, known)
    spans += _shouted(turn, known)
    spans += [(a, b, "name") for a, b, _ in named([word.text for word in words])]
    if small:
        spans += small.spans()
    else:
        spans += SmallNames(words, starts, text, known, turn.language).spans()
    language = turn.language.partition("-")[0].casefold()
    if language in NOUNS_HAVE_CAPITALS:
        spans = [s for s in spans if s[2] not in TOLD]
        spans += names_among_nouns(words, known)
    else:
        begins = turn.sentence_starts
        spans = [s for s in spans if not is_beginning(words, s, begins, language)]
    spans += _abroad(turn, known, starts, text)
    found = [
        (first, last, REGION if _is_region(words, first, last, kind) else kind)
        for first, last, kind in spans
        if not _is_anyones_day(words, first, last, kind)
        and not _is_of_the_show(words, first, last, kind, known)
    ]
    return [*found, *signatures(turn, known)]


def _matches(rule: Rule, starts: Sequence[int], text: str) -> Iterator[tuple[int, int]]:
    """Yield first and last word of each place in which a pattern is found."""
    for a, b in rule.places(text):
        yield bisect_right(starts, a) - 1, bisect_right(starts, b - 1) - 1


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
        and not (first and KIN.fullmatch(bare_form(words[first - 1].text)))
        and not (words[first].text[0].isupper() and is_introduced(words, first))
        and BY_CHANCE.isdisjoint(told)
        and CALENDAR.fullmatch(" ".join(told)) is not None
    )


def _is_of_the_show(
    words: Sequence[Word], first: int, last: int, kind: str, known: frozenset[str]
) -> bool:
    """Say whether a pattern found nothing but the show's own: "doctor chen"."""
    told = {bare_form(word.text) for word in words[first : last + 1]} - TITLES
    return kind in TOLD and bool(told) and told <= known


def _abroad(
    turn: TimedTurn, known: frozenset[str], starts: Sequence[int], text: str
) -> Iterator[tuple[int, int, str]]:
    """Yield what the patterns of a turn's language find, but for the show's own words."""
    for rule in ABROAD.get(turn.language.partition("-")[0].casefold(), ()):
        for first, last in _matches(rule, starts, text):
            said = {bare_form(word.text) for word in turn.words[first : last + 1]}
            if not said <= known:
                yield first, last, rule.kind


def _widened(
    words: Sequence[Word], spans: Iterable[tuple[int, int, str]], language: str
) -> Iterator[tuple[int, int, str]]:
    """Yield names and places with a house's number before, a state or an age after."""
    end, found = -1, [*spans]
    firsts = [*(first for first, _, _ in found[1:]), len(words)]
    for (first, last, kind), until in zip(found, firsts, strict=False):
        before = " ".join(word.text for word in words[max(end + 1, first - 5) : first])
        if kind in TOLD and (house := _HOUSE.search(before)):
            first, kind = first - len(house[0].split()), "address"
        elif kind == "name" and (initials := _INITIALS.search(before)):
            first -= len(initials[0].split())
        elif kind == "number" and re.search(r"(?:^| )[A-Z]{1,4}$", before):
            first -= 1  # "RB 0047183"
        if kind in TOLD:
            last = rest_of_name(words, first, last, kind, until, language)
        after = " ".join(word.text for word in words[last + 1 : last + 6])
        if kind in TOLD and (old := OLD.match(after)):
            last += len(old[0].split())
        while last + 1 < len(words) and bare_form(words[last + 1].text) in REGIONS:
            if kind not in TOLD:
                break
            last += 1
        if first > end:
            yield first, last, kind
        end = max(end, last)


def _alone(turn: TimedTurn, known: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Yield names that are a sentence of their own, call somebody, or begin one."""
    starts = turn.sentence_starts
    for first, end in zip(starts, (*starts[1:], len(turn.words)), strict=True):
        text = turn.words[first].text
        bare = bare_form(text)
        if not has_capital(text) or bare in COMMON:
            continue
        alone = end - first == 1 or text[-1] in ".?!," or _acts(turn, first + 1)
        if not alone:
            if size := begins(turn.words, first, known, turn.language):
                yield first, first + size - 1, "name"
            continue
        if bare.upper() in text or is_sound(text) or re.fullmatch("[hm-]+", bare):
            continue  # "JSON.", "Mm-hmm."
        least = NAMED if len(turn.words) == 1 else STRANGE
        if any(level >= least for level in levels([bare], known, turn.language)):
            yield first, first, "name"


def _acts(turn: TimedTurn, at: int) -> bool:
    """Say whether somebody was spoken of just before: "Efua drove me"."""
    if at + 1 >= len(turn.words):
        return False
    verb, following = (bare_form(w.text) for w in turn.words[at : at + 2])
    stems = {verb, verb.removesuffix("s"), verb.removesuffix("ed")}
    whose = verb in ("is", "was", "has", "had") or verb.endswith("ed")
    return not DOES_OF_PEOPLE.isdisjoint(stems) or (
        whose and following in ("me", "us", "my", "our", "only", "still", "now")
    )


def _shouted(turn: TimedTurn, known: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Yield names in capitals throughout: "the GP in HOLMESTRAND", "my son TOBIAS"."""
    if turn.text.isupper():
        return
    for at, word in enumerate(turn.words):
        bare = bare_form(word.text)
        if not (word.text.isupper() and bare.isalpha() and _may_be(bare)):
            continue
        before = bare_form(turn.words[at - 1].text) if at else ""
        place = before in ("in", "from", "near", "at")
        due = place or KIN.fullmatch(before) is not None or before in TITLES
        told = levels([bare], known, turn.language)
        if due and any(level >= NAMED for level in told):
            yield at, at, "place" if place else "name"


def _may_be(bare: str) -> bool:
    lists = name_lists()
    return len(bare) >= _SHORTEST or bare in lists.people or bare in lists.towns


def names_in(turn: TimedTurn, known: frozenset[str]) -> frozenset[int]:
    """Return the positions of a turn's words that belong to a name or a place.

    Those that capitals tell; of what else looks private ("name is mark hill") the
    words that are seldom anything but names, and the surname after one.
    """
    spans = names_by_capitals(turn.words, frozenset(turn.sentence_starts), known)
    found = {n for first, last, _ in spans for n in range(first, last + 1)}
    lists = name_lists()
    for first, last, kind in spans_of(turn, known):
        if kind not in TOLD:
            continue
        bare = [bare_form(word.text) for word in turn.words[first : last + 1]]
        told = levels(bare, known, turn.language)
        for n, (word, level) in enumerate(zip(bare, told, strict=False), first):
            if level >= SELDOM or (n - 1 in found and word in lists.people - COMMON):
                found.add(n)
    return frozenset(found)


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
            mild = before[2] in MILD
            before = (before[0], max(last, before[1]), kind if mild else before[2])
    if before:
        yield before
