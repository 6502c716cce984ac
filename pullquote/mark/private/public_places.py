"""Places of which anybody may speak, though a viewer's redaction has them too. Pure.

A council decides on Mill Lane in public, and who lives at number twelve is redacted: the
street by its name alone may stand, the house and every name of a person may not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pullquote.mark.lexicon.common_words import BODIES
from pullquote.mark.lexicon.names import FIRST_NAMES, given_beside_german, name_lists
from pullquote.mark.lexicon.places import BODY_HEADS, LAST_ONLY, PLACE_TAILS
from pullquote.mark.private.forms import decoded
from pullquote.mark.private.rules import NUMBER, STREET

_LASTS = BODIES | BODY_HEADS | LAST_ONLY | PLACE_TAILS | {*STREET.casefold().split("|")}
_ABROAD = re.compile(
    r"\w{2,}(?:straße|strasse|gasse|weg|platz|allee|damm|ufer)"
    r"|(?:rue|avenue|boulevard|place|chemin|allée|calle|plaza|avenida|paseo) .+"
)
_NUMBERED = re.compile(
    rf"\b(?:\d{{1,4}} ?[a-z]?|{NUMBER}(?: [a-z])?)[\W_]{{1,3}}$",
    re.IGNORECASE,
)
"""What makes of a street somebody's house."""
_NUMBER_AFTER = re.compile(r"[ ,_-]{1,2}\d")
"""The same where it follows: "Mühlstraße 12"."""


def is_place(name: str) -> bool:
    """Say whether words are called as streets and buildings are, and as no person is.

    >>> [is_place(one) for one in ("Mill Lane", "Peter Lane", "Langdale", "Mühlweg")]
    [True, False, False, True]
    """
    said = decoded(name).casefold().split()
    if _ABROAD.fullmatch(" ".join(said)):
        return True
    if len(said) < 2 or said[-1] not in _LASTS:
        return False
    given = said[0] in FIRST_NAMES or said[0] in given_beside_german()
    return not (given and said[-1] in name_lists().people)


def without_places(line: str, places: tuple[str, ...]) -> str:
    """Return a line without such places, but for those with a house's number."""
    pattern = _pattern(places)
    return line if pattern is None else pattern.sub(_left, line)


def _left(match: re.Match[str]) -> str:
    """Return what stays of a place in the search: all of it where it is a house."""
    text = match.string
    before = text[max(0, match.start() - 40) : match.start()]
    house = _NUMBERED.search(before) or _NUMBER_AFTER.match(text, match.end())
    return match.group() if house else " . "


@lru_cache(maxsize=8)
def _pattern(places: tuple[str, ...]) -> re.Pattern[str] | None:
    rows = [
        r"[\W_]+".join(map(re.escape, decoded(place).split()))
        for place in places
        if is_place(place)
    ]
    if not rows:
        return None
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(rows)})(?![^\W_])", re.IGNORECASE)
