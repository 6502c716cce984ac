"""How the words of a unit hang together with those around it.

An answer takes up the words of its question, and a question new ones: lexical cohesion
(Morris and Hirst 1991, Hearst 1997), measured on rare words of the talk itself.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from pullquote.mark.lexicon.meanings import words

_COMMON = words(
    """
    a an the and or but so if then that this these those it its it's i i'm i've you
    your you're we we're our us he she they them their is are was were be been being am
    do does did done has have had can could would should will may might must not no n't
    don't doesn't didn't isn't aren't of to in on at for with from by as about into than
    there here what which who how why when where just like really very also well yeah
    yes okay ok right know think mean get got go going one two some any all more most
    other thing things kind lot way something because actually basically want need say
    said see make let's let now even still much many such only um uh
    """
)
_ENDINGS = ("ing", "ies", "ed", "es", "s")
_AFTER, _BEFORE, _BLOCK = 5, 6, 8
_LONG_AGO = 30
_SHARES = (0, 0.15, 0.3, 0.5, 0.75)
_DIFFERENCES = (-0.4, -0.15, -0.01, 0.01, 0.15, 0.4)
_BLOCK_SHARES = (0.1, 0.18, 0.25, 0.33, 0.42, 0.55)
_NEW = (0.01, 0.25, 0.5, 0.75)


def cohesion_features(units: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return each unit's bonds, from the words of all units in small letters."""
    stems = {w: _stem(w) for w in set[str]().union(*units) if _tells(w)}
    said = [{stems[word] for word in unit if word in stems} for unit in units]
    known = Counter(word for unit in said for word in unit)
    # in the order of the alphabet, so that sums are the same each time
    number = {word: n for n, word in enumerate(sorted(known))}
    weight = [math.log(1 + len(units) / known[word]) for word in number]
    telling = [{number[word] for word in unit} for unit in said]

    def share(some: set[int], others: set[int]) -> float:
        ordered = sorted(some)
        whole = sum([weight[word] for word in ordered])
        if not whole:
            return 0.0
        return sum([weight[word] for word in ordered if word in others]) / whole

    last: dict[int, int] = {}
    found = []
    for at, own in enumerate(telling):
        before = _union(telling, at - _BEFORE, at)
        after = _union(telling, at + 1, at + 1 + _AFTER)
        onward, back = share(own, after), share(own, before)
        turn = share(_union(telling, at, at + _BLOCK), _union(telling, at - _BLOCK, at))
        new = sum(at - last.get(word, -99) > _LONG_AGO for word in own)
        found.append(
            [
                f"cn{bisect_left(_SHARES, onward)}",
                f"cp{bisect_left(_SHARES, back)}",
                f"cd{bisect_left(_DIFFERENCES, onward - back)}",
                f"ct{bisect_left(_BLOCK_SHARES, turn)}",
                f"nov{min(4, new)}",
                f"novr{bisect_left(_NEW, new / len(own) if own else 0)}",
            ]
        )
        last.update(dict.fromkeys(own, at))
    return found


def telling_words(text: str) -> list[str]:
    """Return the words of a text that say something, without their endings."""
    words = re.findall(r"[a-z0-9']+", text.casefold().replace("\u2019", "'"))
    return [_stem(word) for word in words if _tells(word)]


def _tells(word: str) -> bool:
    return len(word) > 2 and word not in _COMMON


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _union(sets: Sequence[set[int]], first: int, last: int) -> set[int]:
    return set[int]().union(*sets[max(0, first) : max(0, last)])
