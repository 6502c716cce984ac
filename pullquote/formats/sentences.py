"""Where a spoken sentence ends, so that an editor's file has one a line."""

from __future__ import annotations

import re
from itertools import pairwise

_CLOSERS = "\"'\u201d\u2019)\\]"
_OPENERS = "\"'\u201c\u2018([¿¡"
_ASK = "?\u061f\uff1f\u037e"
"""Question marks: Latin, Arabic, of full width, and Greek (its own, not the semicolon)."""
_EXCLAIM = "!\uff01"
ENDS = f".\u3002\uff0e\u0964\u06d4{_EXCLAIM}{_ASK}"
"""What ends a sentence; full stops also of Chinese and Japanese, Hindi, Urdu."""
_LAST = frozenset(ENDS + "…" + _CLOSERS)
_END = re.compile(rf"[{ENDS}…]+[{_CLOSERS}]*$")
_MARK = re.compile(f"[{_ASK}]")
_FINAL = re.compile(f"[{_EXCLAIM}{_ASK}]")
_TITLES = frozenset("dr mr mrs ms prof st vs e.g i.e eg ie approx rev hon".split())  # noqa: SIM905
_BEFORE_NUMBERS = frozenset(
    "no vol fig jan feb mar apr jun jul aug sep sept oct nov dec".split()  # noqa: SIM905
)

_BEFORE_ORDINALS = frozenset("der dem den des im vom zum zur beim".split())  # noqa: SIM905
_MONTHS = frozenset(
    "januar jänner februar märz april mai juni juli august september oktober november dezember".split()  # noqa: SIM905
)


def sentences(text: str) -> tuple[str, ...]:
    """Split spoken text at the ends of its sentences; no word is lost.

    Not after "Dr.", "e.g.", an initial in a name, nor inside a number.

    >>> sentences("Dr. Lin took 3.5 mg. It helped at L4. Did it?")
    ('Dr. Lin took 3.5 mg.', 'It helped at L4.', 'Did it?')
    """
    words = text.split()
    starts = sentence_starts(words)
    edges = (*starts, len(words))
    return tuple(" ".join(words[a:b]) for a, b in pairwise(edges) if a < b)


def has_question_mark(text: str) -> bool:
    """Say whether a question mark of any script stands in a text.

    >>> [has_question_mark(text) for text in ("Why?", "لماذا؟", "Because.")]
    [True, True, False]
    """
    return _MARK.search(text) is not None


def ends_in_question_mark(text: str) -> bool:
    """Say whether the last that stands in a text is a question mark of any script."""
    return text.rstrip()[-1:] in tuple(_ASK)


def sentence_starts(words: list[str] | tuple[str, ...]) -> tuple[int, ...]:
    """Return the positions at which a sentence starts; empty for no words."""
    if not words:
        return ()
    following = range(1, len(words))
    at = (i for i in following if words[i - 1][-1:] in _LAST)
    return (0, *(i for i in at if _ends_before(words, i)))


def _ends_before(words: list[str] | tuple[str, ...], position: int) -> bool:
    """Say whether a sentence ends between two neighbouring words."""
    last, following = words[position - 1], words[position].lstrip(_OPENERS)
    end = _END.search(last)
    if end is None:
        return False
    if _FINAL.search(end.group()):
        return True
    if following[:1].islower():
        return False
    stem = last[: end.start()].lstrip(_OPENERS)
    if stem.casefold() in _TITLES:
        return False
    if stem.casefold() in _BEFORE_NUMBERS and following[:1].isdigit():
        return False
    if stem.isdigit() and len(stem) < 3 and position >= 2:  # German: "vom 3. März"
        ordinal = words[position - 2].casefold() in _BEFORE_ORDINALS
        if ordinal or following.strip(".,;:?!").casefold() in _MONTHS:
            return False
    initial = len(stem) == 1 and stem.isalpha() and stem.isupper() and stem != "I"
    if initial:  # "Robert J. Smith" goes on, "vitamin D. It" does not
        return position >= 2 and not words[position - 2][:1].isupper()
    return True
