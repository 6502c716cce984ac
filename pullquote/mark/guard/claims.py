"""What changes a claim though no word of a list came or went.

"A cause" is not "the cause", "will file" and "would have filed" not "filed"; what was not
done because of a scan may yet be done; two sentences joined by "or" share one "not".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from pullquote.mark.guard.tokens import Token
from pullquote.mark.guard.wording import PAST, Stretch, alike
from pullquote.mark.lexicon.meanings import NEGATIONS, WHO, words

_SOLE = words(
    """
    answer cause choice cure exception explanation option problem proof reason remedy risk
    rule sign solution source symptom test treatment way
    """
)
"""Of which "the" says that there is no other."""
_BEING = words("is are was were be been remain remains")
_OWNED = words("the my our your his her their its these those")
_COMING = words("will would to")
"""What tells, before a verb, that it has not happened."""
_WISHED = words("could might must should would")
_ARTICLES = (["a"], ["an"], ["the"])
_GROUNDS = words("because although though unless until while")
"""What a clause begins with on which the rest depends."""
_SUBJECTS = frozenset(WHO) | words("a an it that the there these this those")
_CLAUSE = 3
"""Words of a clause that says something: "because of that"."""
_SENTENCES = 15
"""Words to both sides in which a "not" of a joined sentence stands."""


def is_claimed_otherwise(
    said: Sequence[Token], published: Sequence[Token], stretch: Stretch
) -> bool:
    """Say whether a stretch that differs changes what is claimed."""
    there, here = stretch
    old = [token.norm for token in said[slice(*there)]]
    new = [token.norm for token in published[slice(*here)]]
    return (
        _is_sole(said, there, old, new)
        or _is_other_time(said, there, old, new)
        or _is_taken_back(said, there, new)
        or _is_past_wish(said, there, new)
        or _is_without_grounds(said, there, old, new)
        or _is_joined(said, published, stretch)
    )


def _is_sole(
    said: Sequence[Token],
    there: tuple[int, int],
    old: Sequence[str],
    new: Sequence[str],
) -> bool:
    """Say whether one of several became the only one: "a cause", "one of the causes"."""
    first, last = there
    after = [token.norm for token in said[last : last + 3]]
    if old == ["1", "of"]:
        return not new and not _OWNED.isdisjoint(after[:1])
    opens = not first or said[first - 1].ends
    if not old:  # "they are causes"
        after = [norm.removesuffix("s") for norm in after[:1] if norm.endswith("s")]
    return (
        (old in _ARTICLES or old in ([], ["1"]))
        and new in _ARTICLES
        and "the" in (*old, *new)
        and (opens or said[first - 1].norm in _BEING)
        and not _SOLE.isdisjoint(after[:1] if opens else after)
    )


def _is_other_time(
    said: Sequence[Token],
    there: tuple[int, int],
    old: Sequence[str],
    new: Sequence[str],
) -> bool:
    """Say whether what will, would or is to be was: "will file" and "filed"."""
    follows = [token.norm for token in said[there[1] : there[1] + 1]]
    if "would" in old and "would" not in new and "have" in (*old, *follows):
        return True  # "I would have operated"
    for coming, gone in ((old, new), (new, old)):
        if "used" in coming or _COMING.intersection(coming) <= {*gone}:
            continue
        if any(
            (then in PAST or then.endswith("ed")) and then != now and alike(now, then)
            for now, then in product(coming, gone)
        ):
            return True
    return False


def _is_taken_back(
    said: Sequence[Token], there: tuple[int, int], new: Sequence[str]
) -> bool:
    """Say whether a "not" stays that was taken back: "you can't, you can do that"."""
    first, last = there
    denied = first - 1
    before = said[max(0, denied - last + first) : max(0, denied)]
    return (
        not new
        and bool(before)
        and said[denied].norm in NEGATIONS
        and [t.norm for t in before] == [t.norm for t in said[first:last]]
    )


def _is_past_wish(
    said: Sequence[Token], there: tuple[int, int], new: Sequence[str]
) -> bool:
    """Say whether what should have been is what should be."""
    first = there[0]
    before = [token.norm for token in said[max(0, first - 2) : first + 1]]
    perfect = before[-2:] if before[-1:] == ["have"] else before
    return (
        perfect[:1] != perfect[-1:]
        and perfect[0] in _WISHED
        and perfect[1:] in (["have"], ["have", "had"])
        and perfect[-1] not in new
    )


def _is_without_grounds(
    said: Sequence[Token],
    there: tuple[int, int],
    old: Sequence[str],
    new: Sequence[str],
) -> bool:
    """Say whether a clause was left out on which the rest depends."""
    first, last = there
    begun = first == 0 or said[first - 1].ends
    whole = begun and first < last and said[last - 1].ends
    near = [
        t.norm for t in (*said[max(0, first - 12) : first], *said[last : last + 12])
    ]
    return (
        not new
        and not whole
        and any(
            norm in _GROUNDS and norm not in near and len(old) - n >= _CLAUSE
            for n, norm in enumerate(old)
        )
    )


def _is_joined(
    said: Sequence[Token], published: Sequence[Token], stretch: Stretch
) -> bool:
    """Say whether an "or" between two sentences of one "not" made it that of both.

    So does an "and" before what has no subject of its own: "don't bend and lift".
    """
    (a, b), (c, d) = stretch
    new = {token.norm for token in published[c:d]} & {"and", "nor", "or"}
    if not new or not new.isdisjoint(token.norm for token in said[a:b]):
        return False
    if new == {"and"} and _SUBJECTS.intersection(t.norm for t in published[c : d + 1]):
        return False
    before = said[max(0, a - _SENTENCES) : b]
    return sum(map(_ends, said[max(0, a - 1) : b])) > sum(
        map(_ends, published[max(0, c - 1) : d])
    ) and any(token.norm in NEGATIONS for token in before)


def _ends(token: Token) -> bool:
    return token.ends or token.text.endswith((".", "?", "!"))
