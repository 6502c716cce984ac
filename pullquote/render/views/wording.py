"""How far an answer's text is from what was said: a page never claims more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Literal

from pullquote.model.align import exact_form
from pullquote.model.answer import Clip
from pullquote.model.show import Person
from pullquote.model.transcript import TimedTurn, text_of, within
from pullquote.model.words import Words

EditLevel = Literal["verbatim", "light", "edited"]

_LIGHT = 0.75
"""Share of words kept, in order, from which an edit counts as light."""


def edit_level(text: str, said: Sequence[str]) -> EditLevel:
    """Compare an answer's plain text with the ``spoken_words`` of its clip.

    ``verbatim`` only where every spoken word stands in the text in its order and no
    other does; capitals and punctuation aside. Without a transcript: ``edited``.
    """
    from rapidfuzz.distance import Levenshtein

    printed = text.split()
    if said == printed and any(map(exact_form, said)):
        return "verbatim"  # to the letter, as most answers of a large show are
    spoken, written = _words(said), _words(printed)
    if not spoken or not written:
        return "edited"
    if spoken == written:
        return "verbatim"
    kept = Levenshtein.normalized_similarity(spoken, written)
    return "light" if kept >= _LIGHT else "edited"


def spoken_words(answered: Clip, turns: Sequence[TimedTurn]) -> list[str]:
    """Return the words that fall into a clip, as the transcript has them."""
    spoken = (turn.words for turn in within(turns, answered))
    return [*map(text_of, chain.from_iterable(spoken))]


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts if (word := exact_form(text))]


def without_names(text: str, speakers: Sequence[Person]) -> str:
    """Take out the ``Name:`` that an editor puts before each doctor's words."""
    if ":" not in text:
        return text
    names = {name for p in speakers for name in p.names}
    names |= {f"Dr. {p.name.split()[-1]}" for p in speakers if p.name.strip()}
    longest_first = sorted(names, key=len, reverse=True)
    pattern = "|".join(re.escape(name) for name in longest_first)
    return re.sub(rf"(?:^|(?<=\s))(?:{pattern}):(?=\s|$)", "", text) if names else text


def level_text(level: EditLevel, words: Words, approved_by: str | None = None) -> str:
    """Return the sentence that tells readers what was done to the words."""
    say = words.gettext
    if level == "verbatim":
        return say("Verbatim: these are the words as they were spoken.")
    if level == "light":
        return say("Lightly edited for readability; the recording holds every word.")
    if not approved_by:
        return say("Edited; the recording holds what was said.")
    return say(
        "Edited and approved by %(name)s; the recording holds what was said.",
        name=approved_by,
    )


def private_text(words: Words) -> str:
    """Return what readers are told beside it where not all that was said is public."""
    return words.gettext("Private details were taken out of text and sound.")
