"""Words as the guard compares them: one form a meaning, and what each may change.

"Don't" is "do not", "six" is "6", "two hundred and fifty" 250, "half an hour" 30 minutes,
"L4-5" is two levels; a word whose change may change what a doctor said has a kind and,
within it, a class.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pullquote.formats.sentences import sentence_starts
from pullquote.mark.guard.forms import is_past
from pullquote.mark.guard.spelling import Token, parts
from pullquote.mark.lexicon.meanings import DATES, DOSES, LEVEL, UNITS, is_sound
from pullquote.mark.lexicon.spoken import (
    ANY,
    BECAUSE,
    BOTH_SEXES,
    CLOSING,
    HELD,
    ONES,
    PAIRS,
    PARTS_OF_HOUR,
    PER,
    POWERS,
    SCALES,
    TENS,
)
from pullquote.model.align import exact_form

_BETWEEN = 6
"""Words between "neither" and its "nor"."""


def tokens(words: Iterable[tuple[str, int, bool]]) -> list[Token]:
    """Return ``(word, line, ours)`` rows as what is compared."""
    heard = [row for row in words if not is_sound(row[0])]
    starts = {*sentence_starts([text for text, _, _ in heard]), len(heard)}
    said = [t for n, row in enumerate(heard, 1) for t in _split(*row, ends=n in starts)]
    return _levels(_phrases(_said_once(_in_digits([*_had(said)]))))


def plain_tokens(words: Iterable[tuple[str, int, bool]]) -> list[Token]:
    """Return ``(word, line, ours)`` rows of any language: only case and marks go.

    A sign stays, "<" too.
    """
    return [
        Token(norm=norm, text=text, line=line, ours=ours)
        for text, line, ours in words
        if (norm := exact_form(text))
    ]


def _had(found: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens, the "'d" of "she'd fallen" as "had"; "she'd fall" is "would"."""
    for n, token in enumerate(found):
        short = token.norm == "would" and not token.text  # that is the word's before it
        had = short and any(is_past(after.norm) for after in found[n + 1 : n + 2])
        yield replace(token, norm="had") if had else token


def _said_once(found: Sequence[Token]) -> list[Token]:
    """Return the tokens without words said again at once: "a a day"; numbers stay."""
    return [
        token
        for before, token in zip((None, *found), found, strict=False)
        if before is None or token.norm != before.norm or token.norm[:1].isdigit()
    ]


def _split(text: str, line: int, ours: bool, *, ends: bool) -> Iterator[Token]:
    shown = text
    for part in parts(text):
        yield Token(norm=part, text=shown, line=line, ends=False, ours=ours)
        shown = ""
    if ends:  # an empty mark would be lost, so the sentence's end is a token's
        yield Token(norm=".", text="" if shown != text else text, line=line, ours=ours)


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
                _close(made)
                made[-1] = replace(made[-1], ends=True)
            continue
        if token.norm in SCALES and made and made[-1].norm == "degree":
            token = replace(token, norm=SCALES[token.norm])  # 38 °C
        token = _in_a_month(made, token)
        if made and token.norm[:1].isdigit():
            token = _after_a_sign(made, token)
        if token.norm in ANY and _is_denied(made):
            token = replace(token, norm=ANY[token.norm])
        made.append(_following(made, token))
        if token.text.endswith(","):
            _close(made)
    return made


def _is_short_because(made: Sequence[Token]) -> bool:
    """Say whether the last word is a "cause" that begins a clause: "cause it hurts"."""
    if not made or made[-1].norm != "cause":
        return False
    return len(made) == 1 or made[-2].ends or made[-2].pauses


def _following(made: list[Token], token: Token) -> Token:
    """Return a word as it is after these: "he or she" is "they", "neither, or" "nor"."""
    if token.norm in CLOSING and made:
        _close(made)
    if token.norm in BECAUSE and _is_short_because(made):
        made[-1] = replace(made[-1], norm="because")
    if token.norm == "or" and _is_in_sentence(made[-_BETWEEN:], "neither"):
        return replace(token, norm="nor")
    if token.norm in BOTH_SEXES and len(made) > 1 and made[-1].norm == "or":
        he = made[-2]
        if they := BOTH_SEXES[token.norm].get(he.norm):
            del made[-2:]
            return replace(he, norm=they)
    return token


def _close(made: list[Token]) -> None:
    """Give the last words of a clause their form.

    Its "too" is "also", and after a "not" its "neither" is "either", its "no more" "any
    more". "Too much" and "neither of them" are no such.
    """
    last = made[-1]
    if last.norm == "too":
        made[-1] = replace(last, norm="also")
    elif last.norm == "neither" and _is_in_sentence(made[:-1], "not"):
        made[-1] = replace(last, norm="either")
    elif [t.norm for t in made[-2:]] == ["no", "more"] and _is_in_sentence(made, "not"):
        made[-2] = replace(made[-2], norm="any")


def _is_in_sentence(made: Sequence[Token], norm: str) -> bool:
    """Say whether a word was said in the sentence that these end in the midst of."""
    for token in reversed(made):
        if token.ends:
            return False
        if token.norm == norm:
            return True
    return False


def _after_a_sign(made: list[Token], token: Token) -> Token:
    """Return "£5" as "5 pound", and "110 over 70" as 110/70."""
    if made[-1].text.lstrip("(\"'")[:1] in ("\u00a3", "\u20ac", "\u00a5", "$"):
        made[-1], token = replace(token, text=made[-1].text), replace(made[-1], text="")
    elif made[-1].norm == "over" and made[-2:][0].norm.isdecimal():
        made.pop()
    return token


def _in_a_month(made: list[Token], token: Token) -> Token:
    """Return the day of "the third of May" and "May third" as a number after it."""
    if [t.norm[:3] for t in made[-2:]] == ["nth", "of"] and _is_date(token):
        made[-2:], token = [token], made[-2]
    if token.norm.startswith("nth") and any(map(_is_date, made[-2:])):
        return replace(token, norm=token.norm[3:])
    return token


def _is_date(token: Token) -> bool:
    known = token.norm in DATES or token.norm in ("may", "march")
    return known and token.text[:1].isupper() and not token.ends


def _is_denied(made: Sequence[Token]) -> bool:
    """Say whether "no" follows that only says "not" again: "don't have no"."""
    norms = [token.norm for token in made[-2:]]
    return norms[:1] == ["not"] and norms[-1] in HELD


def _joined(before: Token, token: Token, made: Sequence[Token]) -> str | None:
    if joined := PAIRS.get((before.norm, token.norm)):
        return joined
    if before.norm in ("non", "anti", "un") and len(token.norm) > 3:
        return before.norm + token.norm
    if token.norm in PER:
        if before.norm in ("every", "each", "per"):
            return PER[token.norm]
        earlier = [t.norm for t in made[-3:-1]]
        if before.norm in ("a", "an") and (
            earlier[-1:] in (["time"], ["times"], ["once"])
            or any(norm in DOSES or norm.isdecimal() for norm in earlier)
        ):
            return PER[token.norm]  # "three injections a year"
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


def _in_digits(found: Sequence[Token]) -> list[Token]:
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
            value, after = _first_of_range(found, at)
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


def _first_of_range(found: Sequence[Token], at: int) -> tuple[str | None, int]:
    """Return the 300 of "three to six hundred": in figures "3 to 600" is another thing."""
    first, to, last, power = ([t.norm for t in found[at : at + 4]] + [""] * 4)[:4]
    if (
        to in ("to", "or")
        and power in POWERS
        and ONES.get(first, 0) < ONES.get(last, 0)
    ):
        return (
            (str(ONES[first] * POWERS[power]), at + 1) if first in ONES else (None, at)
        )
    return None, at


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
