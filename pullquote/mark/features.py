"""What the suggester's small model looks at in each unit of text.

Features are strings; the model is a table from them to weights. Times are left out
on purpose: those of the training texts are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

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
_FAR = 2
_MOST_WORDS = 60


def words_of(text: str) -> list[str]:
    """Return a text's words in lower case, without punctuation."""
    return _WORD.findall(text.lower().replace("\u2019", "'"))


def sequence_features(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield what each unit and its neighbours look like, for the sequence model."""
    words = [words_of(text) for text in texts]
    marks = [_marks(text, own) for text, own in zip(texts, words, strict=True)]
    asked = ["?" in mark for mark in marks]
    for i, own in enumerate(words):
        short = own[:_MOST_WORDS]
        found = ["bias", *marks[i]]
        found += [f"w:{word}" for word in set(short)]
        found += [f"b:{a} {b}" for a, b in set(pairwise(short))]
        for step in (-_FAR, -1, 1, _FAR):
            found += _neighbour(step, i + step, words, marks)
        found.append(f"pq{min(3, sum(asked[max(0, i - 5) : i]))}")
        found.append(f"nq{min(3, sum(asked[i + 1 : i + 4]))}")
        yield found


def _marks(text: str, words: Sequence[str]) -> list[str]:
    """Return the short description of a unit that its neighbours see too."""
    length = len(words)
    marks = [f"n{min(9, length // 3 if length < 12 else 3 + length // 8)}"]
    if text.rstrip().endswith("?"):
        marks.append("?")
    elif "?" in text:
        marks.append("?in")
    plain = " ".join(words)
    marks += [f"r:{name}" for name, rule in _RULES.items() if rule.search(plain)]
    marks += [f"f{k}:{' '.join(words[:k])}" for k in (1, 2, 3) if length >= k]
    marks += [f"l{k}:{' '.join(words[-k:])}" for k in (1, 2) if length >= k]
    return marks


def _neighbour(
    step: int, position: int, words: Sequence[list[str]], marks: Sequence[list[str]]
) -> list[str]:
    if not 0 <= position < len(marks):
        return [f"{step:+d}#"]
    near = marks[position]
    if abs(step) == _FAR:
        near = [m for m in near if m[0] not in "fl" or m.startswith("f1")]
        return [f"{step:+d}{mark}" for mark in near]
    around = set(words[position][:40])
    return [
        *(f"{step:+d}{mark}" for mark in near),
        *(f"{step:+d}w:{word}" for word in around),
    ]


def asking_features(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield what shows that a unit asks although no mark says so."""
    words = [words_of(text) for text in texts]
    for i, own in enumerate(words):
        before = words[i - 1] if i else []
        after = words[i + 1] if i + 1 < len(words) else []
        threes = zip(own, own[1:], own[2:], strict=False)
        plain = " ".join(own)
        yield [
            "bias",
            *(f"w:{word}" for word in set(own)),
            *(f"b:{a} {b}" for a, b in set(pairwise(own))),
            *(f"t:{a} {b} {c}" for a, b, c in set(threes)),
            *(f"f:{' '.join(own[:k])}" for k in (1, 2, 3)),
            *(f"l:{' '.join(own[-k:])}" for k in (1, 2)),
            *(f"n:{' '.join(after[:k])}" for k in (1, 2, 3)),
            *(f"nw:{word}" for word in set(after)),
            *(f"pl:{' '.join(before[-k:])}" for k in (1, 2)),
            *(f"pw:{word}" for word in set(before)),
            *(f"r:{name}" for name, rule in _RULES.items() if rule.search(plain)),
        ]
