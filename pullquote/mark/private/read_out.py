"""Whether a doctor's words tell of a viewer: who reads a question out says whose it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from pullquote.mark.lexicon.common_words import bare_form
from pullquote.model.transcript import TimedTurn, Word

_AROUND = 8
"""Words before and after a name that are looked at."""
MESSAGE = (
    r"(?:questions?|letters?|messages?|comments?|(?:post)?cards?|voicemails?|callers?"
    r"|viewers?|listeners?|frage|zuschrift|nachricht|lettre|pregunta|carta)"
)
"""What comes from a viewer."""
DOES_ASK = (
    r"(?:asks|is asking|wants to (?:know|ask)|would like to (?:know|ask)|wonders"
    r"|is wondering|writes|writes in|wrote in|fragt|möchte wissen|schreibt|demande"
    r"|écrit|pregunta|escribe)"
)
_LEADS = re.compile(
    rf"\b(?:{MESSAGE}\b[^.?!]{{0,24}}"
    r"|(?:(?:next|first|last|another|this) one|next) ?(?:'?s|is|comes|came|kommt|vient|viene)?"
    r"[^.?!]{0,9}) ?\b(?:from|by|von|de|d')"
    r"(?: (?:an?|our|the|somebody|someone|called|named|viewer|listener|lady|man|woman"
    r"|frau|herrn?|mme|madame))*\s*$",
    re.IGNORECASE,
)
"""What leads to who asks: "the next one comes from"."""
_ASKS = re.compile(
    r"(?:(?:from|in|of|aus|von|de|à) [^.?!]{1,30}?)?(?:who )?(?:also )?"
    rf"{DOES_ASK}\b",
    re.IGNORECASE,
)
"""What who asks does: "Ann in Toledo wants to know"."""
_CIVIL = re.compile(
    r"(?:mr|mrs|ms|miss|mister|missus|missis|frau|herrn?|mme|madame|monsieur|señora?)\b",
    re.IGNORECASE,
)
"""How people without an office are called: no doctor, no professor."""
_MAY_TELL = re.compile(
    rf"\b(?:{MESSAGE}|one|next|{DOES_ASK})\b|\b{_CIVIL.pattern}", re.IGNORECASE
)

OFFICERS = frozenset(
    "dr doctor doc prof professor chair chairman chairwoman chairperson president minister"  # noqa: SIM905
    " mayor governor senator officer secretary judge honour honor lord sister father".split()
)
"""Who is called by what they are there, not as viewers are."""
_ADDRESSED = 16
"""Words of a turn in which who answers may speak to who asked."""
_GREETS = re.compile(
    r"(?:(?:well|so|okay|ok|alright|yes|yeah|yep|no|oh|ah|sure|right|hi|hello|hey|dear|sorry"
    r"|thanks|thank you|cheers|welcome|good (?:morning|afternoon|evening|question)"
    r"|great question|hallo|danke|nun|also|bonjour|merci|hola|gracias|bueno)"
    r"(?: (?:so much|very much|again|there|a lot))?[,.!]* )+",
    re.IGNORECASE,
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


def speaks_to(turn: TimedTurn, people: Container[str]) -> bool:
    """Say whether a turn may begin with a name: ``people`` are some, in small letters."""
    words = turn.words
    return any(
        (word.text[:1].isupper() or bare_form(word.text) in people)
        and any(is_spoken_to(words, first, n) for first in {max(n - 1, 0), n})
        for n, word in enumerate(words[:_ADDRESSED])
    )


def is_spoken_to(words: Sequence[Word], first: int, last: int) -> bool:
    """Say whether an answer begins with a name as that of who asked: "Well, Ann, …"."""
    if last >= _ADDRESSED:
        return False
    end = words[last].text[-1]
    if first == 0 or _GREETS.fullmatch(_text(words[:first]) + " "):
        return end == "," or (first > 0 and end in ".!?")
    return words[first - 1].text[-1] == "," and end in ".!"


def is_civil(text: str) -> bool:
    """Say whether a name has the title of one who is no doctor: "Mrs. Bell"."""
    return _CIVIL.match(text) is not None


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words).replace("\u2019", "'")
