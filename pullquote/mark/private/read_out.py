"""Whether a doctor's words tell of a viewer: who reads a question out says whose it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pullquote.mark.lexicon.common_words import bare_form
from pullquote.model.transcript import TimedTurn, Word

_AROUND = 8
"""Words before and after a name that are looked at."""
_MESSAGE = (
    r"(?:questions?|letters?|messages?|comments?|(?:post)?cards?|voicemails?|callers?"
    r"|viewers?|listeners?|frage|zuschrift|nachricht|lettre|pregunta|carta)"
)
"""What comes from a viewer."""
_DOES_ASK = (
    r"(?:asks|is asking|wants to (?:know|ask)|would like to (?:know|ask)|wonders"
    r"|is wondering|writes|writes in|wrote in|fragt|möchte wissen|schreibt|demande"
    r"|écrit|pregunta|escribe)"
)
_LEADS = re.compile(
    rf"\b(?:{_MESSAGE}\b[^.?!]{{0,24}}"
    r"|(?:(?:next|first|last|another|this) one|next) ?(?:'?s|is|comes|came|kommt|vient|viene)?"
    r"[^.?!]{0,9}) ?\b(?:from|by|von|de|d')"
    r"(?: (?:an?|our|the|somebody|someone|called|named|viewer|listener|lady|man|woman"
    r"|frau|herrn?|mme|madame))*\s*$",
    re.IGNORECASE,
)
"""What leads to who asks: "the next one comes from"."""
_ASKS = re.compile(
    r"(?:(?:from|in|of|aus|von|de|à) [^.?!]{1,30}?)?(?:who )?(?:also )?"
    rf"{_DOES_ASK}\b",
    re.IGNORECASE,
)
"""What who asks does: "Ann in Toledo wants to know"."""
_CIVIL = re.compile(
    r"(?:mr|mrs|ms|miss|mister|missus|missis|frau|herrn?|mme|madame|monsieur|señora?)\b",
    re.IGNORECASE,
)
"""How people without an office are called: no doctor, no professor."""
_MAY_TELL = re.compile(
    rf"\b(?:{_MESSAGE}|one|next|{_DOES_ASK})\b|\b{_CIVIL.pattern}", re.IGNORECASE
)


def may_tell(turn: TimedTurn) -> bool:
    """Say whether it is worth looking for names that are handed on: most tell none."""
    return _MAY_TELL.search(turn.text) is not None


def is_handed_on(words: Sequence[Word], first: int, last: int) -> bool:
    """Say whether a name is told as that of who asks: "from Ann Bell", "Ann writes"."""
    before = _text(words[max(0, first - _AROUND) : first])
    if _LEADS.search(before):
        return True
    if words[last].text[-1] in ".?!":
        return False
    return _ASKS.match(_text(words[last + 1 : last + 1 + _AROUND])) is not None


def hands_on(turn: TimedTurn, instead: Sequence[str]) -> bool:
    """Say whether who asks is told in a turn, though something is said instead already.

    One name that is taken out hides no other: who reads questions out goes on doing so.
    """
    forms = [bare_form(word.text) for word in turn.words]
    for text in instead:
        said = [bare_form(word) for word in text.split()]
        for at in range(len(forms) - len(said) + 1):
            last = at + len(said) - 1
            if forms[at : last + 1] == said and is_handed_on(turn.words, at, last):
                return True
    return False


def is_civil(text: str) -> bool:
    """Say whether a name has the title of one who is no doctor: "Mrs. Bell"."""
    return _CIVIL.match(text) is not None


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words).replace("\u2019", "'")
