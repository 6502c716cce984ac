"""What all share at an event, its rooms, tracks and committees: nobody's own. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pullquote.mark.lexicon.common_words import bare_form
from pullquote.mark.lexicon.names import name_lists
from pullquote.mark.private.word_levels import ORDINARY_WORD

_ROOMS = frozenset(
    "auditorium booth building car episode floor foyer gallery gate group hall lecture lobby"  # noqa: SIM905
    " main module panel park platform poster room semester seminar session slot stage stand"
    " studio table theater theatre track workshop zone".split()
)
"""Where, or when, all are at an event that it has several of."""
_KINDS_OF_ROOM = {"car", "lecture", "main", "poster", "seminar", "workshop"}
"""Not "Park Hall", where somebody lives."""
_NUMBERED = re.compile(r"(?:[A-H]|\d{1,3})[,.;:?!]*")
_PUBLIC = frozenset(
    "campus committee conduct department faculty keynote party track".split()  # noqa: SIM905
)
"""Of what many are, where no town's or house's name says which."""


def is_everybodys(
    said: Sequence[str], level: Sequence[int], before: str, following: Sequence[str]
) -> bool:
    """Say whether it is where all are, "Room A", "Lecture Hall", or "the Audit Committee".

    ``level``: how ordinary each word is (``word_levels``); ``before``: what stands before
    it, in small letters; ``following``: the next word, or none.
    """
    named = [word for word in said if not word[0].islower()]
    bare = [bare_form(word) for word in named if not _NUMBERED.fullmatch(word)]
    if not bare:
        return False
    if not _ROOMS.issuperset(bare):
        body = bare[0] in _PUBLIC or bare[-1] in _PUBLIC
        return body and len(bare) > 1 and max(level) <= ORDINARY_WORD
    ends = said[-1][-1] in ",.;:?!"
    after = "" if ends else " ".join(following)
    numbered = len(bare) < len(named) or _NUMBERED.fullmatch(after) is not None
    led = re.search(r"\b(?:at|in|into|near|to) $", before) is not None
    if len(bare) > 1 and bare[0] in _KINDS_OF_ROOM:
        return True
    return numbered and (led or bare[0] not in name_lists().people)
