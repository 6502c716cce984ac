"""Words as the guard compares them: one form a meaning, and what each may change.

"Don't" is "do not", "six" is "6", "L4-5" is two levels; a word whose change may
change what a doctor said has a kind and, within it, a class.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pullquote.formats.sentences import sentence_starts
from pullquote.mark.guard.forms import is_past
from pullquote.mark.guard.numbers import in_digits
from pullquote.mark.guard.spelling import Token, parts
from pullquote.mark.lexicon.meanings import DATES, DOSES, LEVEL, UNITS, is_sound
from pullquote.mark.lexicon.spoken import (
    ANY,
    BECAUSE,
    BOTH_SEXES,
    CLOSING,
    HELD,
    PAIRS,
    PER,
    SCALES,
)
from pullquote.model.align import exact_form

_BETWEEN = 6
"""Words between "neither" and its "nor"."""


def tokens(words: Iterable[tuple[str, int, bool]]) -> list[Token]:
    """Return ``(word, line, ours)`` rows as what is compared."""
    heard = [row for row in words if not is_sound(row[0])]
    starts = {*sentence_starts([text for text, _, _ in heard]), len(heard)}
    said = [t for n, row in enumerate(heard, 1) for t in _split(*row, ends=n in starts)]
    return _levels(_phrases(_said_once(in_digits([*_had(said)]))))


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
    if made[-1].text.lstrip("(\"'")[:1] in ("\u00a3", "\u20ac", "$"):
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
