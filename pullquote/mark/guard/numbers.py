"""Numbers that are words, as digits: "two hundred and fifty" is 250, "half an hour" 30 minutes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pullquote.mark.guard.spelling import Token
from pullquote.mark.lexicon.meanings import UNITS
from pullquote.mark.lexicon.spoken import ONES, PARTS_OF_HOUR, POWERS, TENS


def in_digits(found: Sequence[Token]) -> list[Token]:
    """Return the tokens with numbers that are words, one or more, as digits."""
    made: list[Token] = []
    at = 0
    while at < len(found):
        if minutes := _part_of_hour(found, at):
            made += minutes[0]
            at = minutes[1]
            continue
        if half := _and_a_half(made, found, at):
            made[-1:] = half
            at += 4
            continue
        value, after = _one_by_one(found, at)
        if value is None:
            value, after = _number(found, at)
        if value is None:
            made.append(found[at])
            at += 1
        else:
            text = " ".join(t.text for t in found[at:after] if t.text)
            made.append(replace(found[at], norm=value, text=text))
            at = after
    return made


def _part_of_hour(found: Sequence[Token], at: int) -> tuple[list[Token], int] | None:
    """Return "half an hour" and "a quarter of an hour" as minutes, and where it ends."""
    for words, minutes in PARTS_OF_HOUR.items():
        run = found[at : at + len(words)]
        if tuple(token.norm for token in run) == words:
            text = " ".join(token.text for token in run if token.text)
            first = replace(run[0], norm=minutes, text=text)
            return [first, replace(run[-1], norm="minute", text="")], at + len(words)
    return None


def _and_a_half(
    made: Sequence[Token], found: Sequence[Token], at: int
) -> tuple[Token, Token] | None:
    """Return "an hour and a half" as "1.5 hour"."""
    unit, *half = [token.norm for token in found[at : at + 4]]
    count = made[-1].norm if made else ""
    count = "1" if count in ("a", "an") else count
    if half != ["and", "a", "half"] or unit not in UNITS or not count.isdecimal():
        return None
    text = " ".join(token.text for token in found[at : at + 4])
    return replace(made[-1], norm=f"{count}.5"), replace(found[at], text=text)


def _one_by_one(found: Sequence[Token], at: int) -> tuple[str | None, int]:
    """Return three digits or more that are said one by one as one: "nine one one"."""
    digits = ""
    after = at
    while after < len(found):
        digit = str(ONES.get(found[after].norm, found[after].norm))
        if not (len(digit) == 1 and digit.isdecimal()):
            break
        digits, after = digits + digit, after + 1
        if found[after - 1].text.endswith(","):  # "one, two, three"
            break
    unit = after < len(found) and found[after].norm in {*UNITS, *POWERS, "point"}
    return (digits, after) if len(digits) > 2 and not unit else (None, at)


def _number(found: Sequence[Token], at: int) -> tuple[str | None, int]:
    """Return the number that starts at a token and where it ends."""
    norms = [token.norm for token in found[at : at + 12]]
    total = current = taken = 0
    room = 1000  # what may still be added: after a ten only ones
    if norms[0] == "point" and norms[1:2]:
        return _pointed(found, "0", at) if norms[1] in ONES else (None, at)
    if norms[0] in ("a", "an") and norms[1:2] and norms[1] in POWERS:
        current = taken = 1
    elif norms[0].isdecimal() and norms[1:2] and norms[1] in POWERS:
        current, taken = int(norms[0]), 1
    while taken < len(norms):
        word, follows = norms[taken], norms[taken + 1 : taken + 2]
        value = ONES.get(word) or TENS.get(word) or (0 if word == "zero" else None)
        if value is not None and (value < 10 < room or (value < 100 <= room)):
            current, room = current + value, 20 if word in TENS else 10
        elif word in POWERS and (current or not taken):
            current, room = (current or 1) * POWERS[word], 100
            if word != "hundred":
                total, current = total + current, 0
        elif not (
            word == "and" and room == 100 and not {*follows}.isdisjoint(ONES | TENS)
        ):
            break
        taken += 1
    if not taken:
        return None, at
    return _pointed(found, *_year(str(total + current), found, at + taken))


def _pointed(found: Sequence[Token], value: str, at: int) -> tuple[str, int]:
    """Return "two point five", "two and a half" and "twenty first" as one."""
    norms = [token.norm for token in found[at : at + 3]]
    part = {"half": 0.5, "quarter": 0.25}.get(norms[-1] if norms else "")
    if norms[:2] == ["and", "a"] and part and found[at - 1].norm[:3] != "nth":
        return f"{float(value) + part:.15g}", at + 3
    if at + 1 < len(found) and found[at].norm == "point":
        digit = found[at + 1].norm
        digit = str(ONES.get(digit, digit))
        if digit.isdecimal():
            return f"{float(f'{value}.{digit}'):.15g}", at + 2
    ten = value in map(str, TENS.values()) and bool(norms)
    if ten and re.fullmatch("nth[13-9]", norms[0]):
        return f"nth{int(value) + int(norms[0][3:])}", at + 1
    if ten and norms[:2] == ["nth2", "of"]:  # "a twenty second hold" is none
        return f"nth{int(value) + 2}", at + 1
    return value, at


def _year(value: str, found: Sequence[Token], at: int) -> tuple[str, int]:
    """Return "twenty twenty six" as one number."""
    known = value in ("17", "18", "19", "20") and not found[at - 1].text.endswith(",")
    if known and at < len(found) and found[at].norm in TENS:
        rest, after = _number(found, at)
        return value + (rest or ""), after
    return value, at
