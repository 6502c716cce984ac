"""What is private in viewers' questions: names, ages, places, dates, numbers.

Searched is what hosts and unknown voices say, and all that lies in a question's clip;
what is found there is searched for in doctors' words too. Doctors and places of the
show are excepted. It errs towards finding: a person
redacts, or says that it may stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pullquote.mark.meanings import is_drug
from pullquote.mark.private_words import BODIES, COMMON, KNOWN, PLACES, TELLS
from pullquote.model.answer import Clip, Redaction
from pullquote.model.show import Show
from pullquote.model.speaking import confirmed_person
from pullquote.model.transcript import TimedTurn, Word

OLDEST = 89
"""Ages above it identify people (45 CFR 164.514(b)(2)(i)(C))."""

_SMALL = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = (
    "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_HUNDRED = rf"(?:a |one )hundred(?: and)?(?: (?:{_SMALL}|{_TEENS}))?"
_NUM = (
    rf"(?:\d{{1,3}}|{_HUNDRED}"
    rf"|(?:{_TENS})(?:[ -](?:{_SMALL}))?|{_TEENS}|{_SMALL})"
)
_ADULT = rf"(?:1[3-9]|[2-9]\d|1[01]\d|(?:{_TENS})(?:[ -](?:{_SMALL}))?|{_TEENS})"
_CLOSED = r"(?=[,.;:?!]|$| and\b| but\b| from\b| in\b| with\b)"
_DECADES = r"(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|\d0s)"
_MONTH = (
    "January|February|April|June|July|August|September|October|November|December"
    r"|March(?= \d| of|,|\.|\?| [a-z]+teenth| twenty| first| second| third)"
    r"|(?<=in )Ma(?:y|rch)|(?<=last )Ma(?:y|rch)|(?<=since )Ma(?:y|rch)"
    r"|(?<=of )Ma(?:y|rch)|(?<=next )Ma(?:y|rch)|May(?= \d)"
)
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?|(?:twenty[ -]|thirty[ -])?(?:first|second|third|fourth"
    r"|fifth|sixth|seventh|eighth|ninth)|[a-z]+teenth|tenth|eleventh|twelfth|twentieth"
    r"|thirtieth)"
)
_DOMAIN = r"(?:com|org|net|edu|gov|uk|de|info|io|us|ca)\b"


class _Rule(NamedTuple):
    kind: str
    pattern: re.Pattern[str]


def _rule(kind: str, pattern: str, *, cased: bool = False) -> _Rule:
    return _Rule(kind, re.compile(pattern, 0 if cased else re.IGNORECASE))


_RULES = (
    # bounded, or a word of half a megabyte takes minutes
    _rule("e-mail", r"\S{1,64}@\S{1,255}\.\w{1,63}"),
    _rule(
        "e-mail",
        rf"\b[\w.]{{1,64}}(?: dot \w{{1,64}})* at [\w-]{{1,64}}(?: [\w-]{{1,64}})?"
        rf"(?: dot \w{{1,64}})* dot {_DOMAIN}",
    ),
    _rule(
        "web address",
        rf"\b(?:www dot )?[\w-]{{1,64}} dot {_DOMAIN}|\b(?:https?:|www\.)\S+",
    ),
    _rule("account", r"(?<!\w)@\w+|\b[a-z]+(?:_\w+)+|\b(?!covid)[a-z]{4,}\d{2,}\b"),
    _rule("number", r"\(?\+?\d(?:[\s().-]{0,2}\d){6,}"),
    _rule("number", rf"\b(?:(?:zero|oh|double|{_SMALL})\b[ ,-]*){{5,}}"),
    _rule(
        "number",
        r"\b(?:numbers?|code|plate|id|account|policy|security|phone)\b[^.?!]{0,24}?"
        r"\b(?:[A-Z]{1,3} )?\d[\d -]*\d\b",
    ),
    _rule(
        "number",
        r"\b(?!(?:19|20)\d\d\b)\d{4,}\b(?! ?(?:mg|milli|people|patients|units|steps|meters))",
    ),
    _rule(
        "address",
        r"\b\d+ (?:[A-Z][\w']+ )+(?:Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Court|Way|Place|Square)\b",
        cased=True,
    ),
    _rule("age", rf"\b{_NUM}[ -]years?[ -](?:old|young|of age)\b"),
    _rule(
        "age",
        rf"\b(?:aged?|age of|turn(?:ed|ing|s)?) {_NUM}\b(?! (?:times|degrees|percent))",
    ),
    _rule(
        "age",
        rf"(?:\b(?:am|is|was|be)|'m|'s) (?:now |almost |nearly |only |just |over )*"
        rf"(?P<it>{_ADULT}(?: years)?){_CLOSED}",
    ),
    _rule("age", rf"(?<=, ){_ADULT}{_CLOSED}"),
    _rule("age", rf"(?:^|(?<=[.?!] ))At (?:{_ADULT}|{_HUNDRED}),"),
    _rule("age", rf"\b(?:my|his|her|their) (?:early |mid |late |mid-)?{_DECADES}\b"),
    _rule("age", rf"\b(?:early|mid|late)[ -]{_DECADES}\b"),
    _rule(
        "date",
        rf"\b(?:(?:the )?{_ORDINAL} of )?(?:{_MONTH})\b(?:,? (?:the )?{_ORDINAL}\b)?(?:,? (?:19|20)\d\d\b)?",
        cased=True,
    ),
    _rule("date", r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"),
    _rule(
        "date",
        r"\b(?:Christmas|Thanksgiving|Easter|New Year'?s(?: Eve| Day)?|Halloween|Hanukkah"
        r"|Labor Day|Memorial Day|Independence Day|Ramadan|Passover|Valentine'?s)\b",
    ),
    _rule("weekday", r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", cased=True),
)
_MEDICAL = re.compile(
    r".{3,}(?:osis|itis|pathy|algia|graphy|gram|esthesia|ectomy|otomy|plasty|scopy)s?"
)
"""Illnesses and procedures, which recognisers like to write with a capital."""
_MILD = frozenset({"age", "weekday"})
_UNCASED = (
    _rule("name", r"\bname(?:'s| is) \w+(?: \w+)?"),
    _rule("name", r"\b(?:named|called) \w+(?: \w+)?"),
    _rule(
        "name",
        r"\b(?:comes|question|message|letter|hear|one|is) from (?!my|the|a|an)\w+(?: \w+)?",
    ),
    _rule("name", r"\b(?:mr|mrs|ms|miss|dr|doctor)\.? \w+"),
    _rule(
        "place",
        r"\b(?:lives?|living|writes?|writing|calling) (?:to us )?(?:in|from|near) (?!the|a|an)\w+(?: \w+)?",
    ),
)
_CAPITAL = re.compile(r"[^\W\d_a-z][\w'.-]*")
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "doctor"))
_JOINING = frozenset(("of", "de", "van", "von", "der", "la", "and", "the"))
_WITHHELD = {"name": "a viewer", "number": "[number withheld]"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """Something private that was said."""

    kind: str
    text: str
    clip: Clip
    grave: bool
    """False for what identifies nobody alone: an age up to 89, a day of the week."""

    def redaction(self) -> Redaction:
        """Return the redaction that takes it out."""
        if self.kind == "place":
            replacement = "[place withheld]"
        else:
            replacement = _WITHHELD.get(self.kind, f"[{self.kind} withheld]")
        return Redaction(
            clip=self.clip, replacement=replacement, reason=f"a viewer's {self.kind}"
        )


def details(
    turns: Sequence[TimedTurn],
    show: Show,
    *,
    asked: Sequence[Clip] = (),
    kept: Sequence[Clip] = (),
) -> tuple[Detail, ...]:
    """Return what is private, by time.

    ``asked`` are clips of questions: there everybody's words count. ``kept`` are
    stretches of which a person said that they may stay.
    """
    known = words_of_show(show)
    found: list[Detail] = []
    rest: list[TimedTurn] = []
    for turn in turns:
        if _is_searched(turn, show, asked):
            found += _in_turn(turn, known)
        else:
            rest.append(turn)
    found += _said_again(found, rest)
    open_ = (
        detail
        for detail in found
        if not any(
            k.start <= detail.clip.start and detail.clip.end <= k.end for k in kept
        )
    )
    return tuple(sorted(open_, key=lambda d: (d.clip.start, d.clip.end)))


def _said_again(
    found: Sequence[Detail], turns: Sequence[TimedTurn]
) -> Iterator[Detail]:
    """Yield names and places of viewers where a doctor says them too."""
    told = {
        bare
        for detail in found
        if detail.kind in ("name", "place", "employer or place")
        for word in detail.text.split()
        if _CAPITAL.match(word) and len(bare := _bare(word)) > 2
        if bare not in COMMON | BODIES | _TITLES
    }
    for turn in turns if told else ():
        for word in turn.words:
            if _CAPITAL.match(word.text) and _bare(word.text) in told:
                end = max(word.end, word.start + 1)
                clip = Clip(start=word.start, end=end)
                yield Detail(kind="name", text=word.text, clip=clip, grave=True)


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
        texts += [person.name, *person.aliases, person.affiliation or ""]
        texts.append(person.credentials or "")
    for topic in show.topics:
        texts += [topic.title, *topic.terms]
    return frozenset(
        _bare(word) for text in texts for word in re.split(r"[\s/-]+", text)
    )


def _bare(word: str) -> str:
    bare = (
        word.replace("\u2019", "'").strip(".,;:?!\"'()[]\u201c\u201d\u2026").casefold()
    )
    return bare.removesuffix("'s") if bare not in COMMON else bare


def _in_turn(turn: TimedTurn, known: frozenset[str]) -> Iterator[Detail]:
    words = turn.words
    starts, text = _joined(words)
    spans: list[tuple[int, int, str]] = []
    uncased = not re.search(r"[A-Z]", text)
    for kind, pattern in (*_RULES, *(_UNCASED if uncased else ())):
        for match in pattern.finditer(text):
            a, b = match.span("it" if "it" in pattern.groupindex else 0)
            if text[a:b].strip():
                first = bisect_right(starts, a) - 1
                spans.append((first, bisect_right(starts, b - 1) - 1, kind))
    spans += _capitals(words, frozenset(turn.sentence_starts), known)
    for first, last, kind in _merged(spans):
        said = " ".join(word.text for word in words[first : last + 1])
        yield Detail(
            kind=kind,
            text=said,
            clip=Clip(
                start=words[first].start,
                end=max(words[last].end, words[first].start + 1),
            ),
            grave=kind not in _MILD or (kind == "age" and _very_old(said)),
        )


def names_in(turn: TimedTurn, known: frozenset[str]) -> frozenset[int]:
    """Return the positions of a turn's words that belong to a name or a place."""
    spans = _capitals(turn.words, frozenset(turn.sentence_starts), known)
    return frozenset(n for first, last, _ in spans for n in range(first, last + 1))


def _joined(words: Sequence[Word]) -> tuple[list[int], str]:
    """Return where each word starts in the joined text, and that text."""
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word.text) + 1
    text = " ".join(word.text for word in words)
    return starts, text.replace("\u2019", "'")


def _very_old(said: str) -> bool:
    text = said.casefold()
    if "hundred" in text or "nineties" in text or "90s" in text or "ninety" in text:
        return True
    return any(int(n) > OLDEST for n in re.findall(r"\d+", text))


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


def _capitals(
    words: Sequence[Word], sentences: frozenset[int], known: frozenset[str]
) -> Iterator[tuple[int, int, str]]:
    """Yield runs of words that are names by their capitals, or known places."""
    at = 0
    while at < len(words):
        if not _is_name(words, at, sentences, known):
            at += 1
            continue
        last = at
        while not _ends(words[last].text):
            following = last + 1
            if following < len(words) and _continues(
                words, following, sentences, known
            ):
                last = following
            elif (
                following + 1 < len(words)
                and words[following].text in _JOINING
                and _continues(words, following + 1, sentences, known)
                and _CAPITAL.match(words[following + 1].text)
            ):
                last = following + 1
            else:
                break
        first = at
        if at > 1 and words[at - 1].text == "of":  # "mayor of", "University of"
            first = at - 2
        elif _goes_before(words, at, sentences):
            first = at - 1
        yield first, last, _kind(words, first, last)
        at = last + 1


def _goes_before(words: Sequence[Word], at: int, sentences: frozenset[int]) -> bool:
    """Say whether a common word before a name is part of it: "Little Rock"."""
    if at == 0 or at - 1 in sentences:
        return False
    text = words[at - 1].text
    return (
        text[0].isupper()
        and text.isalpha()
        and len(text) > 2
        and _bare(text) in COMMON - _TITLES
    )


def _ends(text: str) -> bool:
    if text.rstrip(".") in ("Mr", "Mrs", "Ms", "Dr", "St"):
        return False
    return text[-1] in ".?!;:" and len(text) > 2


def _continues(
    words: Sequence[Word], at: int, sentences: frozenset[int], known: frozenset[str]
) -> bool:
    if words[at - 1].text.endswith(","):  # "Dayton, Ohio" but not "Ann, Bob asks"
        return _bare(words[at].text) in PLACES
    following = _bare(words[at + 1].text) if at + 1 < len(words) else ""
    inside = following in BODIES and words[at].text[0].isupper()  # Spine Institute
    return (
        inside
        or _is_name(words, at, frozenset(), known)
        or _bare(words[at].text) in BODIES
    )


def _is_name(
    words: Sequence[Word], at: int, sentences: frozenset[int], known: frozenset[str]
) -> bool:
    text = words[at].text.replace("\u2019", "'").lstrip("\"'(\u201c[")
    bare = _bare(text)
    if bare in known or bare in KNOWN or text.startswith("["):
        return False
    if bare in PLACES:
        return True
    if is_drug(bare) or _MEDICAL.fullmatch(bare):
        return False
    plain = re.sub(r"[^\w]", "", text)
    if not _CAPITAL.match(text) or bare in COMMON or len(plain) < 2:
        return False
    if plain.isupper() or any(c.isdigit() for c in plain):  # MRI, L4
        return False
    if _RULES[-1].pattern.fullmatch(plain) or re.fullmatch(_MONTHS, plain):
        return False
    if at and _bare(words[at - 1].text) in _TITLES:
        return True
    return at not in sentences or _named_first(words, at, sentences, known)


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def _named_first(
    words: Sequence[Word], at: int, sentences: frozenset[int], known: frozenset[str]
) -> bool:
    """Say whether a sentence's first word is a name, by what follows it."""
    text = words[at].text
    if at + 1 >= len(words) or _ends(text):
        return False
    if text.replace("\u2019", "'").endswith("'s"):
        return True
    following = words[at + 1].text
    bare = _bare(following)
    after = words[at + 2].text if at + 2 < len(words) else ""
    if text.endswith(","):
        return bool(
            bare
            in ("a", "an", "who", "whose", "you", "you're", "the", "from", "of", "your")
            or bare in ("age", "aged")
            or re.fullmatch(_NUM, bare.split("-")[0])
            or _is_name(words, at + 1, frozenset(), known)
        )
    if bare == "and":
        return after in ("his", "her", "their") or bool(after and after[0].isupper())
    if bare in ("in", "is", "has", "near"):
        numbered = re.match(_NUM, after) is not None
        return (
            bool(after and (after[0].isupper() or numbered))
            and _bare(after) not in known
        )
    return bare in TELLS or (
        following[0].isupper() and bare not in COMMON | known | KNOWN
    )


def _kind(words: Sequence[Word], first: int, last: int) -> str:
    inside = {_bare(word.text) for word in words[first : last + 1]}
    if inside & BODIES:
        return "employer or place"
    before = words[first - 1].text.casefold() if first else ""
    earlier = words[first - 2].text.casefold() if first > 1 else ""
    if inside & PLACES or before in ("in", "near", "to"):
        return "place"
    if before == "from" and earlier.startswith(
        ("liv", "writ", "call", "viewer", "town")
    ):
        return "place"
    return "place" if before == "at" else "name"
