"""Take fillers and false starts out of spoken words, by rules that a show can switch off.

Only sounds and words that were said again at once go. What hedges ("sort of", "I
think"), counts or denies stays, whatever it sounds like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pullquote.formats.sentences import ENDS
from pullquote.mark.lexicon.grammar import ASKED, ASKING
from pullquote.mark.lexicon.meanings import is_sound, words
from pullquote.mark.lexicon.spoken import ONES, POWERS, TENS
from pullquote.model.align import normal_form
from pullquote.model.show import EditingRules
from pullquote.model.transcript import TimedTurn, Word

_PHRASES = (("you", "know"), ("i", "mean"), ("like",))
"""Fillers only where commas set them apart, or the sentence begins with them."""
_SAID_TWICE = words(
    """
    again away bye far had long many more much never no not really so that too very
    yes yeah step bit side
    """
)
"""Words that people say twice and mean it: "very, very", "step by step"."""
_NUMBERS = {*ONES, *TENS, *POWERS} | words(
    "oh point half first second once twice thrice third thirds quarter quarters double triple"
)
_UNDENIED = _NUMBERS | words("no not never non can may must")
"""What, broken off, is a word that counts or denies: "six- sixteen", "can- can't"."""
_GOING_ON = words("and because but no or so well yeah yes")
"""What stands before an "I mean" that puts nothing right."""
_LONGEST_START = 5
"""Words of a beginning that is said again at once."""
_CUT_OFF = re.compile(r"[-\u2013\u2014]$")
_CLOSING = re.compile(rf"[{ENDS}\u2026]+[\"'\u201d\u2019)]*$")


def tidied(turn: TimedTurn, rules: EditingRules) -> TimedTurn:
    """Return a turn without what the rules take out; its last word never goes.

    Sentences keep their capital and their full stop. What is not said in English
    stays as it was said: the rules know no other language.
    """
    gone = removed(turn.words, rules) if turn.english else ()
    if not gone or len(gone) == len(turn.words):
        return turn
    kept: list[Word] = []
    starts: list[int] = []
    fresh = False
    for place, word in enumerate(turn.words):
        if place in turn.sentence_starts:
            starts.append(len(kept))
            fresh = False
        if place in gone:
            closing = _CLOSING.search(word.text)
            if closing and kept and starts[-1] < len(kept):
                kept[-1] = _closed(kept[-1], closing.group())
            fresh = fresh or starts[-1] == len(kept)
            continue
        kept.append(_capital(word) if fresh and starts[-1] == len(kept) else word)
        fresh = False
    starts = [start for start in dict.fromkeys(starts) if start < len(kept)]
    return replace(turn, words=tuple(kept), sentence_starts=tuple(starts))


def removed(spoken: Sequence[Word], rules: EditingRules) -> frozenset[int]:
    """Return the positions of the words that the rules take out."""
    gone: set[int] = set()
    if rules.fillers:
        gone |= _fillers(spoken)
    if rules.false_starts:
        while again := _false_starts(spoken, gone):  # "We inj- we inject"
            gone |= again
    return frozenset(gone)


def is_filler(texts: Sequence[str]) -> bool:
    """Say whether words are nothing but fillers."""
    left = tuple(normal_form(text) for text in texts if not is_sound(text))
    return bool(texts) and (not left or left in _PHRASES)


def _fillers(spoken: Sequence[Word]) -> set[int]:
    gone = {place for place, word in enumerate(spoken) if is_sound(word.text)}
    for place in range(len(spoken)):
        for phrase in _PHRASES:
            run = range(place, place + len(phrase))
            if run.stop < len(spoken) and _set_apart(spoken, run, phrase):
                gone |= set(run)
    return gone


def _set_apart(spoken: Sequence[Word], run: range, phrase: Sequence[str]) -> bool:
    if [normal_form(spoken[n].text) for n in run] != list(phrase):
        return False
    before = spoken[run.start - 1].text if run.start else "."
    goes_on = before[-1] not in ",;:" or normal_form(before) in _GOING_ON
    if phrase[-1] == "mean" and not goes_on:
        return False  # "five, I mean, six tablets" puts right what was said
    return before[-1] in ",.?!;:" and spoken[run.stop - 1].text.endswith(",")


def _false_starts(spoken: Sequence[Word], gone: set[int]) -> set[int]:
    """Return words that are said again at once: "I would, I would", "th- the"."""
    left = [n for n in range(len(spoken)) if n not in gone]
    forms = [normal_form(spoken[n].text) for n in left]
    found: set[int] = set()
    at = 0
    while at < len(left):
        length = _said_again(spoken, left, forms, at)
        found |= {left[n] for n in range(at, at + length)}
        at += length or 1
    return found


def _said_again(
    spoken: Sequence[Word], left: Sequence[int], forms: Sequence[str], at: int
) -> int:
    """Return how many words from ``at`` on are a false start; 0 for none."""
    text = spoken[left[at]].text
    if _CUT_OFF.search(text) and at + 1 < len(left):
        begun = forms[at].rstrip("-\u2013\u2014")
        if (
            begun
            and begun not in _UNDENIED
            and any(f.startswith(begun) for f in forms[at + 1 : at + 4])
        ):
            return 1
    for length in range(min(_LONGEST_START, (len(left) - at) // 2), 0, -1):
        first = forms[at : at + length]
        again = forms[at + length : at + 2 * length]
        if first != again or _meant(first, length):
            continue
        if length == 1 and _is_a_turn_of_phrase(spoken, left, forms, at):
            continue
        inner = [spoken[n].text for n in left[at : at + length]]
        if not any(_CLOSING.search(word) for word in inner):
            return length
    return 0


def _is_a_turn_of_phrase(
    spoken: Sequence[Word], left: Sequence[int], forms: Sequence[str], at: int
) -> bool:
    """Say whether a word belongs there twice.

    "It is, is it not?", "what it is is a joint", "B B gun".
    """
    text = spoken[left[at]].text
    if len(text) == 1 and text.isupper() and text not in "AI":
        return True
    if forms[at] not in ASKING:
        return False
    asked = text.endswith(",") and forms[at + 2 : at + 3] and forms[at + 2] in ASKED
    return bool(asked) or (
        forms[at] in ("is", "was") and "what" in forms[max(0, at - 6) : at]
    )


def _meant(forms: Sequence[str], length: int) -> bool:
    if any(form in _NUMBERS or any(c.isdigit() for c in form) for form in forms):
        return True
    return length == 1 and (forms[0] in _SAID_TWICE or not forms[0])


def _closed(word: Word, mark: str) -> Word:
    return word._replace(text=word.text.rstrip(",;:") + mark)


def _capital(word: Word) -> Word:
    return word._replace(text=word.text[:1].upper() + word.text[1:])
