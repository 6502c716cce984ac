"""What the suggester's small model looks at in each unit of text.

Features are strings; the model is a table from them to weights. Times are left out
on purpose: those of the training texts are made up.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, combinations, pairwise

from pullquote.formats.sentences import ends_in_question_mark, has_question_mark
from pullquote.mark.tagger.cohesion import cohesion_features

_WORD = re.compile(r"[a-z0-9']+")
_WH = r"(?:what|how|why|when|where|which|who)"
_RULES = {
    "ask": re.compile(
        r"\b(?:my question|question is|(?:a|another) question|wonder(?:ing)?|curious"
        r"|(?:going|wanted|want) to ask|to ask)\b"
    ),
    "you": re.compile(
        r"\b(?:(?:can|could|would|do|did|have|are) you|you (?:said|mentioned|talked"
        r"|showed|were saying)|your)\b"
    ),
    "wh": re.compile(rf"(?:^|\b(?:so|and|but|or|then) ){_WH}\b"),
    "aux": re.compile(
        r"(?:^|\b(?:so|and|but|or|then) )(?:is|are|was|were|do|does|did|can|could|should"
        r"|would|will|have|has) (?:you|it|they|we|there|that|this|i|he|she|the|a|your"
        r"|any|these|those)\b"
    ),
    "reply": re.compile(
        r"^(?:yeah|yes|yep|no|nope|right|sure|okay|ok|exactly|correct|absolutely|well"
        r"|(?:good|great) question|that's a|it depends|i think|i don't)\b"
    ),
    "thank": re.compile(
        r"\b(?:thanks|thank you|great talk|(?:next|any|more) questions?)\b"
    ),
    "good": re.compile(r"\b(?:good|great|excellent|interesting) (?:question|point)\b"),
    "if": re.compile(
        r"\b(?:whether|what if|(?:how|what) about|(?:is|are) there|(?:does|is) that"
        r"|(?:is|would|could|can) it)\b"
    ),
}
_ASKING = frozenset(("you", "ask", "wh", "aux", "if"))
_FAR = 2
_FARTHER = (-4, -3, 3, 4)
_MOST_WORDS = 60
_AROUND = 25
"""Units before and after in which questions are counted: is it their time?"""
_COUNTS = (3, 6, 10, 15, 20, 28)
_PLACES = (10, 40, 80, 120, 160)


def words_of(text: str) -> list[str]:
    """Return a text's words in lower case, without punctuation."""
    return _WORD.findall(text.lower().replace("\u2019", "'"))


class _Look:
    """What is known of all units before each is looked at."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.words = [words_of(text) for text in texts]
        plain = [" ".join(words) for words in self.words]
        self.hits = [
            [name for name, rule in _RULES.items() if rule.search(text)]
            for text in plain
        ]
        self.asked = [ends_in_question_mark(text) for text in texts]
        self.marks = [
            _marks(text, words, hits)
            for text, words, hits in zip(texts, self.words, self.hits, strict=True)
        ]


def punctuated_features(texts: Sequence[str]) -> list[list[str]]:
    """Return what each unit and its neighbours look like, "?" and all."""
    look = _Look(texts)
    found = list(_own(look))
    for at, near in enumerate(_bonds(look)):
        found[at] += near
        found[at] += _pairs(look, at)
        found[at] += _farther(look, at)
    return _with_phase(look, found)


def raw_features(texts: Sequence[str]) -> list[list[str]]:
    """Return what units look like in text without punctuation."""
    look = _Look(texts)
    found = list(_own(look))
    for at, near in enumerate(_bonds(look)):
        found[at] += near
    return _with_phase(look, found)


def _own(look: _Look) -> Iterator[list[str]]:
    asked = [any(mark[0] == "?" for mark in marks) for marks in look.marks]
    for at, words in enumerate(look.words):
        short = words[:_MOST_WORDS]
        found = ["bias", *look.marks[at]]
        found += [f"w:{word}" for word in dict.fromkeys(short)]
        found += [f"b:{a} {b}" for a, b in dict.fromkeys(pairwise(short))]
        for step in (-_FAR, -1, 1, _FAR):
            found += _neighbour(step, at + step, look)
        found.append(f"pq{min(3, sum(asked[max(0, at - 5) : at]))}")
        found.append(f"nq{min(3, sum(asked[at + 1 : at + 4]))}")
        yield found


def _marks(text: str, words: Sequence[str], hits: Sequence[str]) -> list[str]:
    """Return the short description of a unit that its neighbours see too."""
    length = len(words)
    marks = [f"n{min(9, length // 3 if length < 12 else 3 + length // 8)}"]
    if ends_in_question_mark(text):
        marks.append("?")
    elif has_question_mark(text):
        marks.append("?in")
    marks += [f"r:{name}" for name in hits]
    marks += [f"f{k}:{' '.join(words[:k])}" for k in (1, 2, 3) if length >= k]
    marks += [f"l{k}:{' '.join(words[-k:])}" for k in (1, 2) if length >= k]
    return marks


def _neighbour(step: int, position: int, look: _Look) -> list[str]:
    where = f"{step:+d}"
    if not 0 <= position < len(look.marks):
        return [f"{where}#"]
    near = look.marks[position]
    if abs(step) == _FAR:
        near = [m for m in near if m[0] not in "fl" or m.startswith("f1")]
        return [where + mark for mark in near]
    around = dict.fromkeys(look.words[position][:40])
    return [
        *[where + mark for mark in near],
        *[f"{where}w:{word}" for word in around],
    ]


def _bonds(look: _Look) -> Iterator[list[str]]:
    """Yield each unit's bonds, and its neighbours'."""
    bonds = cohesion_features(look.words)
    for at, own in enumerate(bonds):
        found = [*own]
        if at:
            found += [f"-1{bond}" for bond in bonds[at - 1][:3]]
        if at + 1 < len(bonds):
            found += [f"+1{bond}" for bond in bonds[at + 1]]
        yield found


def _pairs(look: _Look, at: int) -> list[str]:
    """Return what a unit and its neighbours show together."""
    count = len(look.words)
    mark = _letter(look, at)
    own, after = look.words[at], look.words[at + 1] if at + 1 < count else []
    first = own[0] if own else ""
    hits = look.hits[at]
    next_hits = look.hits[at + 1] if at + 1 < count else []
    found = [
        f"x1{_letter(look, at - 1)}{mark}{_letter(look, at + 1)}",
        f"x2{mark}{after[0] if after else ''}",
        f"x3{mark}{' '.join(after[:2])}",
        f"x4{mark}{first}",
        f"x5{mark}{first}|{after[0] if after else ''}",
        f"x6{mark}{min(5, len(own) // 5)}",
        *(f"x7{mark}{hit}" for hit in hits),
        *(f"x8{mark}{hit}" for hit in next_hits),
        *(f"xb{mark}{a}{b}" for a, b in combinations(sorted(hits), 2)),
        *(f"xc{mark}{a}{b}" for a in hits for b in next_hits),
    ]
    if at:
        before = look.words[at - 1]
        found += [f"x9{mark}{hit}" for hit in look.hits[at - 1]]
        found.append(f"xa{mark}{before[0] if before else ''}")
    if at + 1 < count:
        found.append(f"xd{mark}n{min(6, len(after) // 4)}")
    return found


def _letter(look: _Look, at: int) -> str:
    if not 0 <= at < len(look.asked):
        return "#"
    return "Q" if look.asked[at] else "N"


def _farther(look: _Look, at: int) -> list[str]:
    found = []
    for step in _FARTHER:
        place = at + step
        if 0 <= place < len(look.words) and look.words[place]:
            found.append(f"{step:+d}f1:{look.words[place][0]}")
            found += [f"{step:+d}r:{hit}" for hit in look.hits[place]]
            if look.asked[place]:
                found.append(f"{step:+d}?")
    return found


def _with_phase(look: _Look, found: list[list[str]]) -> list[list[str]]:
    """Add how much is asked in the stretch around, and how late in the talk it is."""
    strong = [
        len(_ASKING.intersection(hits)) + 2 * asked
        for hits, asked in zip(look.hits, look.asked, strict=True)
    ]
    total = [0, *accumulate(strong)]
    for at, features in enumerate(found):
        before = total[at] - total[max(0, at - _AROUND)]
        after = total[min(len(strong), at + 1 + _AROUND)] - total[at + 1]
        features += [
            f"ph{bisect_left(_COUNTS, before)}",
            f"pn{bisect_left(_COUNTS, after)}",
            f"pos{bisect_left(_PLACES, at)}",
        ]
    return found
