"""Words as the guard compares them: one form a meaning, and what each may change.

"Don't" is "do not", "six" is "6", "L4-5" is two levels; a word whose change may
change what a doctor said has a kind and, within it, a class.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from pullquote.mark.meanings import (
    AMOUNTS,
    DOSES,
    FREQUENCIES,
    LEFT_IN_SPEECH,
    LEVEL,
    MODALS,
    NEGATIONS,
    NOT_BEFORE_RIGHT,
    NOT_RIGHT_SIDE,
    PARTS,
    REGIONS,
    UNITS,
    WARNINGS,
    is_drug,
    is_sound,
    unit_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One compared word."""

    norm: str
    text: str
    """As it stands; a word that became several tokens has it on the first."""
    line: int = 0
    """Line of the published text, from 1; 0 for a spoken word."""
    ends: bool = False
    """The sentence ends here."""
    ours: bool = True
    """Spoken by somebody whose answer it is, not by a host in between."""


class Mark(NamedTuple):
    """What a word may change."""

    kind: str
    sense: str
    weak: bool
    """Alone it is no change; replaced by another of its kind it is."""


_CONTRACTED = {
    "can't": "can not",
    "cannot": "can not",
    "won't": "will not",
    "shan't": "shall not",
    "ain't": "is not",
    "let's": "let us",
    "gonna": "going to",
    "gotta": "got to",
    "wanna": "want to",
    "dont": "do not",
    "doesnt": "does not",
    "twice": "two times",
    "thrice": "three times",
    "nobody": "no one",
    "noone": "no one",
    "till": "until",
    "thru": "through",
}
_ENDINGS = {"'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_IS = frozenset(("it", "that", "there", "here", "what", "who", "how", "he", "she"))
_SMALL = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen
"""
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_RANKS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_ONES = {word: number for number, word in enumerate(_SMALL.split())}
_TENS = {word: 10 * number for number, word in enumerate(_ROUND.split(), 2)}
_POWERS = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_ORDINALS = {word: f"nth{number}" for number, word in enumerate(_RANKS.split(), 1)}
_PER = {"day": "daily", "hour": "hourly", "week": "weekly", "month": "monthly"} | {
    "year": "yearly",
    "night": "nightly",
}
_OBLIGED = frozenset(("have", "has", "had", "need", "needs", "got"))
_PIECE = re.compile(
    r"\d+(?:st|nd|rd|th)\b|(?<![a-z])[a-z]\d+|\d+(?:\.\d+)?|[^\W\d_]+(?:'[^\W\d_]+)?"
)
_STOP = re.compile(r"[.?!\u2026][\"'\u201d\u2019)\]*_]*$")
_EDGES = ".,;:?!\"'()[]\u201c\u201d*_\u2026-\u2013\u2014"


def tokens(words: Iterable[tuple[str, int, bool]]) -> list[Token]:
    """Return ``(word, line, ours)`` rows as what is compared."""
    heard = (row for row in words if not is_sound(row[0]))
    said = _numbers([t for row in heard for t in _split(*row)])
    return _levels(_phrases(_said_once(said)))


def _said_once(found: Sequence[Token]) -> list[Token]:
    """Return the tokens without words said again at once: "a a day"; numbers stay."""
    return [
        token
        for before, token in zip((None, *found), found, strict=False)
        if before is None or token.norm != before.norm or token.norm[:1].isdigit()
    ]


def _split(text: str, line: int, ours: bool) -> Iterator[Token]:
    ends = bool(_STOP.search(text))
    shown = text
    for part in _parts(text):
        yield Token(norm=part, text=shown, line=line, ends=False, ours=ours)
        shown = ""
    if ends:  # an empty mark would be lost, so the sentence's end is a token's
        yield Token(norm=".", text="" if shown != text else text, line=line, ours=ours)


@lru_cache(maxsize=1 << 15)  # a show says the same few thousand words again and again
def _parts(text: str) -> tuple[str, ...]:
    return tuple(_taken_apart(text))


def _taken_apart(text: str) -> Iterator[str]:
    word = text.replace("½", " half ").replace("¼", " quarter ")
    word = unicodedata.normalize("NFKC", word).casefold()
    word = word.replace("\u2019", "'").replace("\u2018", "'").replace("%", " percent ")
    bare = word.strip(_EDGES)
    if bare in ("x-ray", "x-rays"):
        yield "xray"
        return
    if level := LEVEL.fullmatch(bare):
        yield level[1] + level[2]
        if level[4]:
            yield (level[3] or level[1]) + level[4]
        return
    word = re.sub(r"(?<=\d),(?=\d{3})", "", word)
    word = re.sub(r"(?<=\d)\s*[-\u2013\u2014]\s*(?=\d)", " to ", word)
    for piece in _PIECE.findall(word):
        yield from _expanded(piece)


def _plain_number(piece: str) -> str:
    if len(piece) > 100:  # nobody says such a number, and Python refuses to read it
        return piece
    return f"{float(piece):g}" if "." in piece else str(int(piece))


def _expanded(piece: str) -> Iterator[str]:
    if piece[0].isdigit():
        if piece[-1].isalpha():
            yield "nth" + piece[:-2]
        else:
            yield _plain_number(piece)
        return
    if piece in _CONTRACTED:
        yield from _CONTRACTED[piece].split()
    elif piece.endswith("n't"):
        yield piece[:-3]
        yield "not"
    elif "'" in piece:
        base, ending = piece[: piece.index("'")], piece[piece.index("'") :]
        yield base
        if ending == "'s" and base in _IS:
            yield "is"
        elif ending in _ENDINGS:
            yield _ENDINGS[ending]
    else:
        yield _ORDINALS.get(piece) or unit_of(piece) or piece


def _numbers(found: Sequence[Token]) -> list[Token]:
    """Return the tokens with numbers that are words, one or more, as digits."""
    made: list[Token] = []
    at = 0
    while at < len(found):
        value, after = _number(found, at)
        if value is None:
            made.append(found[at])
            at += 1
        else:
            text = " ".join(t.text for t in found[at:after] if t.text)
            made.append(replace(found[at], norm=value, text=text))
            at = after
    return made


def _number(found: Sequence[Token], at: int) -> tuple[str | None, int]:
    """Return the number that starts at a token and where it ends."""
    norms = [token.norm for token in found[at : at + 12]]
    total = current = taken = 0
    room = 1000  # what may still be added: after a ten only ones
    if norms[0] in ("a", "an") and norms[1:2] and norms[1] in _POWERS:
        current = taken = 1
    elif norms[0].isdecimal() and norms[1:2] and norms[1] in _POWERS:
        current, taken = int(norms[0]), 1
    while taken < len(norms):
        word, follows = norms[taken], norms[taken + 1 : taken + 2]
        value = _ONES.get(word) or _TENS.get(word) or (0 if word == "zero" else None)
        if value is not None and (value < 10 < room or (value < 100 <= room)):
            current, room = current + value, 20 if word in _TENS else 10
        elif word in _POWERS and (current or not taken):
            current, room = (current or 1) * _POWERS[word], 100
            if word != "hundred":
                total, current = total + current, 0
        elif not (word == "and" and room == 100 and _counts(follows)):
            break
        taken += 1
    if not taken:
        return None, at
    return _pointed(found, *_year(str(total + current), found, at + taken))


def _counts(norms: Sequence[str]) -> bool:
    return any(word in _ONES or word in _TENS for word in norms)


def _pointed(found: Sequence[Token], value: str, at: int) -> tuple[str, int]:
    """Return "two point five" as one number."""
    if at + 1 < len(found) and found[at].norm == "point":
        digit = found[at + 1].norm
        digit = str(_ONES.get(digit, digit))
        if digit.isdecimal():
            return f"{float(f'{value}.{digit}'):g}", at + 2
    return value, at


def _year(value: str, found: Sequence[Token], at: int) -> tuple[str, int]:
    """Return "twenty twenty six" as one number."""
    if value in ("19", "20") and at < len(found) and found[at].norm in _TENS:
        rest, after = _number(found, at)
        return value + (rest or ""), after
    return value, at


def _phrases(found: Sequence[Token]) -> list[Token]:
    """Return the tokens with "have to", "every day", "x ray" as one each."""
    made: list[Token] = []
    for token in found:
        before = made[-1] if made else None
        if before is not None and not before.ends:
            norm = _joined(before, token, made)
            if norm:
                text = f"{before.text} {token.text}".strip()
                made[-1] = replace(before, norm=norm, text=text)
                continue
        if token.norm == ".":  # the end of a sentence
            if made:
                made[-1] = replace(made[-1], ends=True)
            continue
        made.append(token)
    return made


def _joined(before: Token, token: Token, made: Sequence[Token]) -> str | None:
    if token.norm == "to" and before.norm in _OBLIGED:
        return "must"
    if token.norm == "to" and before.norm == "going":
        return "will"
    if token.norm == "ray" and before.norm == "x":
        return "xray"
    if token.norm in _PER:
        if before.norm in ("every", "each", "per"):
            return _PER[token.norm]
        earlier = made[-2].norm if len(made) > 1 else ""
        if before.norm in ("a", "an") and earlier in ("time", "times", "once"):
            return _PER[token.norm]
    return None


def _levels(found: Sequence[Token]) -> list[Token]:
    """Return the tokens with "L four" and the five of "L4 and 5" as levels."""
    made: list[Token] = []
    for at, token in enumerate(found):
        number = re.fullmatch(r"\d{1,2}", token.norm) and int(token.norm) <= 12
        before = made[-1] if made else None
        if number and before is not None:
            follows = found[at + 1].norm if at + 1 < len(found) else ""
            if before.norm in ("l", "c", "t", "s"):
                text = f"{before.text} {token.text}".strip()
                made[-1] = replace(
                    before, norm=before.norm + token.norm, text=text, ends=token.ends
                )
                continue
            linked = before.norm in ("and", "to", "or") and len(made) > 1
            level = made[-2].norm if linked else before.norm
            if LEVEL.fullmatch(level) and follows not in UNITS:
                token = replace(token, norm=level[0] + token.norm)
        made.append(token)
    return made


def mark_of(found: Sequence[Token], at: int, terms: frozenset[str]) -> Mark | None:
    """Return what the word at a place may change, None for most words."""
    norm = found[at].norm
    before = found[at - 1].norm if at else ""
    after = found[at + 1].norm if at + 1 < len(found) else ""
    if norm in ("left", "right"):
        return Mark("side", norm, not _is_side(norm, before, after))
    return (
        _listed(norm)
        or _counted(found[at], before, after)
        or _named(norm, norm.removesuffix("s"), terms)
    )


def _listed(norm: str) -> Mark | None:
    if norm in NEGATIONS:
        return Mark("negation", NEGATIONS[norm], False)
    if norm in FREQUENCIES:
        return Mark("frequency", FREQUENCIES[norm], norm == "every")
    if norm in MODALS:
        return Mark("may or must", MODALS[norm], MODALS[norm] == "will")
    if norm.startswith("bilateral"):
        return Mark("side", "both", False)
    return Mark("frequency", norm, True) if norm == "once" else None


def _counted(token: Token, before: str, after: str) -> Mark | None:
    norm = token.norm
    if norm.replace(".", "").isdigit():
        word = token.text.casefold().strip(".,;:?!") == "one"
        sure = after in UNITS or after in ("to", "or") or after.isdigit()
        return Mark("number", norm, word and not sure)
    if re.fullmatch(r"nth\d+", norm):
        return Mark("number", norm, True)
    if unit := unit_of(norm) or (norm if norm in UNITS else None):
        sure = before.replace(".", "").isdigit() or before in ("few", "several")
        return Mark("dose" if unit in DOSES else "unit", unit, not sure)
    return None


def _named(norm: str, single: str, terms: frozenset[str]) -> Mark | None:
    if LEVEL.fullmatch(norm):
        return Mark("level", norm, False)
    if is_drug(norm):
        return Mark("drug or procedure", single, False)
    for kind, known in (
        ("level", REGIONS),
        ("amount", AMOUNTS),
        ("part of the body", PARTS),
        ("drug or procedure", terms),
        ("warning", WARNINGS),
    ):
        if norm in known or single in known:
            return Mark(kind, single if single in known else norm, True)
    return None


def _is_side(norm: str, before: str, after: str) -> bool:
    if norm == "left":
        return before not in LEFT_IN_SPEECH
    return before not in NOT_BEFORE_RIGHT and after not in NOT_RIGHT_SIDE
