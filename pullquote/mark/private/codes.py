"""Numbers of somebody's own as they are spoken: digit by digit, with letters between.

"oh one six three", "c b seven seven oh two", "lima yankee one nine bravo": a run of
words each of which is a digit or a letter. How many there are tells whether it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pullquote.mark.lexicon.common_words import bare_form
from pullquote.mark.lexicon.meanings import words
from pullquote.mark.private.rules import SMALL, TEENS, TENS
from pullquote.model.transcript import Word

_SPOKEN = {
    **dict.fromkeys(("zero", "oh", "o", "nought"), "0"),
    **{word: str(n) for n, word in enumerate(SMALL.split("|"), 1)},
    **{word: str(n) for n, word in enumerate(TEENS.split("|"), 10)},
    "hundred": "00",
}
"""The digits of a word that stands for one or two."""
_ROUND = {word: str(n) for n, word in enumerate(TENS.split("|"), 2)}
_TIMES = {"double": 2, "triple": 3}
_NATO = words(
    """
    alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo
    lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey
    whisky xray x-ray yankee zulu
    """
)
"""The alphabet of the ITU, Radio Regulations, appendix 14."""
_JOINS = words("dash hyphen slash stroke plus ray")
"""What stands between them; "ray" is of "x ray"."""
_LEADS = re.compile(
    r"(?:numbers?|code|plate|registration|id|pin|account|policy|reference|ref|serial"
    r"|member|post ?code|zip|case|claim|chart|record|badge|file|licen[cs]e|passport|permit|booking"
    r"|order|invoice|ticket|extension|ending|ends)"
)
"""What a number is said to be, up to three words before it."""
_CONSONANTS = re.compile(
    r"(?!mr|dr|st|tv|ct|gp|m[glm]|kg|[ckp]m|ft|lbs?|hrs?|pt|nhs|mph|bpm|[nr]d|th|bmw)"
    r"[b-df-hj-np-tv-xz]{2,3}"
)
"""Letters that are no word, written as one: "hx seven four bd"."""
_BEFORE_LETTERS = words("vitamin vitamins type hepatitis group grade stage factor")
_LETTERS = re.compile("[b-df-hj-np-tv-z]{1,3}")
_LEVEL = re.compile(r"(?:[clst] (?:to )?\w{1,6}(?: \w{3,5})?(?: |$))+")
"""Vertebrae: "l four l five s one"."""

RUN = re.compile(
    rf"\b(?:(?:zero|oh|o|nought|double|triple|hundred|{SMALL}|{TEENS}|{TENS})\b[ ,-]{{0,2}}){{5,30}}",
    re.IGNORECASE,
)
"""A number as it is spoken, in any text."""


def in_digits(said: Sequence[str]) -> str:
    """Return the digits of words: "oh seven double one twenty three" is "071123"."""
    digits, times, tens = "", 1, ""
    for bare in said:
        one = _SPOKEN.get(bare, "")
        if tens:
            digits += tens if len(one) == 1 and one != "0" else f"{tens}0"
        tens = _ROUND.get(bare, "")
        digits += one * times or "".join(c for c in bare if c.isdecimal())
        times = _TIMES.get(bare, 1)
    return f"{digits}{tens}0" if tens else digits


_LETTER_BY_LETTER = re.compile(
    r"(?<![^\W_])[^\W\d_](?:(?:[-\u2010\u2011]|[.,] ?| )[^\W\d_](?![^\W_])){2,30}\.?"
)
"""A name as it is spelled: "Z-E-D", "z e d", "Z. E. D."."""


def spelled(text: str) -> list[str]:
    """Return the names that are spelled letter by letter in a text, in small letters."""
    runs = _LETTER_BY_LETTER.findall(text)
    return ["".join(c for c in run if c.isalpha()).casefold() for run in runs]


@dataclass(slots=True)
class _Run:
    letters: int = 0
    joined: int = 0
    """Letters that stand in one, which count where digits are spoken: no "100 gb"."""
    digits: int = 0
    told: int = 0
    """Words that are digits."""
    nato: int = 0
    rounds: int = 0
    """Of the digits those that are an O, which is a letter where no other digit is."""

    def add(self, bare: str, text: str) -> bool:
        """Count a word, as it stands ``text``; False where it is no letter nor digit."""
        self.rounds += bare == "o"
        if re.fullmatch(r"[a-z](?:-[a-z])+|[a-z]{1,3}(?:-[a-z]){3,}", bare):
            self.letters += sum(c.isalpha() for c in bare)
        elif bare in _SPOKEN:
            self.digits += len(_SPOKEN[bare])
        elif bare in _ROUND or bare in _TIMES:
            self.digits += 1
        elif re.fullmatch(r"\d[\d/-]{0,20}", bare):
            self.digits += sum(c.isdecimal() for c in bare)
        elif bare in _NATO:
            self.letters += 1
            self.nato += 1
        elif _CONSONANTS.fullmatch(bare):
            self.joined += len(bare)
        elif re.fullmatch(r"[a-z]", bare):
            self.letters += bare not in "ai" or text[-1] in ",."
        elif bare not in _JOINS:
            return False
        self.told += bare in _SPOKEN or bare in _ROUND or bare in _TIMES
        return True


def codes(said: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
    """Yield first and last word and kind of each number, or name, spelled out."""
    bare = [bare_form(word.text) for word in said]
    at = 0
    while at < len(bare):
        first, run = at, _Run()
        while at < len(bare) and run.add(bare[at], said[at].text):
            told_again = _explained(bare, at)
            at += 1 + told_again
            ends = ".?!;:," if bare[at - 1].isdecimal() else ".?!;:"
            over = said[at - 1].text[-1] in ends and len(bare[at - 1]) > 1
            if over and not told_again:
                break
        last = at - 1
        while first < last and said[first].text.casefold() in ("a", "i"):
            first += 1
        while first < last and said[last].text.casefold() in _JOINS | {"a", "i"}:
            last -= 1
        if kind := _kind(run, bare, first, last):
            yield first, last, kind
        at = max(at, first + 1)


def _explained(bare: Sequence[str], at: int) -> int:
    """Return how many words tell a letter again: "h for hotel", "h as in hotel"."""
    letter, *told = bare[at : at + 4]
    size = 3 if told[:2] == ["as", "in"] else 2
    if not (len(letter) == 1 and letter.isalpha() and len(told) >= size):
        return 0
    led = told[0] in ("for", "as", "like")
    return size if led and told[size - 1].startswith(letter) else 0


def _kind(run: _Run, bare: Sequence[str], first: int, last: int) -> str | None:
    """Return what a run is, None where it is nothing."""
    before = bare[max(0, first - 3) : first]
    letters, digits = run.letters + (run.joined if run.told else 0), run.digits
    if digits == run.rounds:
        letters, digits = run.letters + digits, 0
    if letters and (
        (before and before[-1] in _BEFORE_LETTERS)
        or _LEVEL.fullmatch(" ".join(bare[first : last + 1]))
    ):
        return None
    if not digits:
        spelled = letters > 3 and len(set("".join(bare[first : last + 1]))) > 2
        return "name" if spelled or run.nato > 2 else None
    least = 3 if any(_LEADS.fullmatch(word) for word in before) else 5
    many = run.told >= least or digits >= 7 or (letters and letters + digits >= least)
    around = all(_LETTERS.fullmatch(bare[at]) for at in (first, last))
    enough = digits >= 2 and (digits >= letters or run.nato or around)
    return "number" if many and enough else None
