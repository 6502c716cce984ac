"""By what a suggestion was told, as names that can be kept, learnt from and read out.

Signs are a closed set: whether a viewer was spoken of, how it ends, who answers; of
the words themselves only such as name nobody (``common_words.COMMON``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pullquote.formats.clock import format_short_clock
from pullquote.formats.sentences import has_question_mark
from pullquote.mark.lexicon.common_words import COMMON
from pullquote.mark.suggest import cues
from pullquote.mark.suggest.habits import Habits
from pullquote.mark.suggest.units import Unit
from pullquote.model.answer import Suggestion

_BEFORE = 3
"""Sentences before a question in which it may be announced."""
_SHORT = 8
_LONG = 40
_SHORT_ANSWER = 24
_LONG_ANSWER = 150
_NEAR_WORDS = 12
_YOU = re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE)
_PRAISED = re.compile(
    r"\b(?:good|great|excellent|interesting|important|common) question\b", re.IGNORECASE
)
_WORD = re.compile(r"[a-z']+")

SAID = {
    "mark": "it ends in a question mark",
    "asks": "its words ask, by their order or by a word such as how or what",
    "announced": "a viewer, a message or a question is spoken of just before",
    "presented": "what comes next is announced just before",
    "story": "somebody tells of themselves in it, as viewers do",
    "you": "it speaks to somebody: you, your",
    "short": "it is short",
    "long": "it is long",
    "opens": "the host opens the programme with it",
    "declined": "what follows refuses to answer, or goes on to something else",
    "unanswered": "nobody seems to answer it",
    "answer short": "the answer is short",
    "answer long": "the answer is long",
    "another voice": "another voice answers",
    "several voices": "several voices answer",
    "one voice": "the same voice goes on, or voices are not told apart",
    "praised": "the answer begins by praising the question",
}
"""Each sign in words, for people."""


def signs(
    units: Sequence[Unit], question: tuple[int, int], answer: tuple[int, int] | None
) -> tuple[str, ...]:
    """Return the signs of a question and its answer, unit positions, ends included."""
    first, last = question
    asked = units[first : last + 1]
    before = units[max(0, first - _BEFORE) : first]
    text = " ".join(unit.text for unit in asked)
    led = [unit.text for unit in (*before, *asked)]
    words = sum(unit.length for unit in asked)
    found = {
        "mark": has_question_mark(text),
        "asks": any(cues.asks_without_mark(unit.text) for unit in asked),
        "announced": any(map(cues.of_viewers, led)),
        "presented": any(cues.presents(unit.text) for unit in before),
        "story": cues.own_story(text),
        "you": bool(_YOU.search(text)),
        "short": words < _SHORT,
        "long": words > _LONG,
        "opens": any(map(cues.starts_programme, led)),
        "declined": any(cues.declines(u.text) for u in units[last + 1 : last + 3]),
        "unanswered": answer is None,
        **_answer_signs(units, asked, answer),
    }
    return (
        *(name for name in SAID if found.get(name)),
        *_words_near(before[-1].text if before else "", text),
    )


def _answer_signs(
    units: Sequence[Unit], asked: Sequence[Unit], answer: tuple[int, int] | None
) -> dict[str, bool]:
    if answer is None:
        return {}
    spoken = units[answer[0] : answer[1] + 1]
    words = sum(unit.length for unit in spoken)
    askers = {unit.speaker for unit in asked}
    voices = {unit.speaker for unit in spoken} - askers
    return {
        "answer short": words < _SHORT_ANSWER,
        "answer long": words > _LONG_ANSWER,
        "another voice": len(voices) == 1,
        "several voices": len(voices) > 1,
        "one voice": not voices,
        "praised": bool(_PRAISED.search(spoken[0].text)),
    }


def _words_near(before: str, text: str) -> list[str]:
    """Return common words just before a question and its first two, if they are such."""
    lead = [w for w in _WORD.findall(before.casefold()) if w in COMMON]
    begins = _WORD.findall(text.casefold())[:2]
    found = [f"before: {word}" for word in sorted(set(lead[-_NEAR_WORDS:]))]
    if len(begins) == 2 and all(word in COMMON for word in begins):
        found.append(f"begins: {' '.join(begins)}")
    return found


def explain(suggestion: Suggestion, habits: Habits) -> tuple[str, ...]:
    """Say in words, a sentence each, why a suggestion was made and where it ranks."""
    told = [SAID[sign] for sign in suggestion.signs if sign in SAID]
    lines = [_sentence("Found because", told)] if told else []
    answer = suggestion.answer
    if answer is not None:
        length = format_short_clock(answer.end - answer.start)
        voices = ", ".join(suggestion.speakers) or "a voice"
        lines.append(
            f"The answer is by {voices}, {length} long; it ends where thanks, a"
            " hand-over or the next question begins, or the recording ends."
        )
    shipped = suggestion.p_shipped
    if shipped is None:
        shipped = suggestion.p_question
    lines.append(
        f"By itself that makes a viewer's question with {shipped:.0%}, an answered one"
        f" with {suggestion.p_answered:.0%}."
    )
    return (*lines, *_learnt(suggestion, habits))


def _sentence(start: str, parts: Sequence[str]) -> str:
    *most, last = parts
    return f"{start} {'; '.join(most)}{'; and ' if most else ''}{last}."


def _learnt(suggestion: Suggestion, habits: Habits) -> list[str]:
    """Return what earlier decisions say of such suggestions, the weightiest first."""
    moved = sorted(
        (sign for sign in suggestion.signs if abs(habits.weights.get(sign, 0)) >= 0.1),
        key=lambda sign: -abs(habits.weights[sign]),
    )[:3]
    lines = []
    for sign in moved:
        taken, seen = habits.wanted[sign]
        way = "raises" if habits.weights[sign] > 0 else "lowers"
        lines.append(
            f"This {way} it here: {_in_words(sign)}; editors of this show took"
            f" {taken} of {seen} such."
        )
    if habits.weights:
        lines.append(
            f"With what this show's editors decided before: {suggestion.p_question:.0%}."
        )
    return lines


def _in_words(sign: str) -> str:
    if sign in SAID:
        return SAID[sign]
    kind, _, word = sign.partition(": ")
    if kind == "before":
        return f"\u201c{word}\u201d is said just before"
    return f"it begins with \u201c{word}\u201d"
