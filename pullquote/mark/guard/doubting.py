"""What makes a statement less sure, or says of how many it is true.

The lists are written down from how people hedge in speech. They need not be whole: any
other word is missed too where it is left out (``wording``), if not by this name.
"""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.mark.guard.tokens import Token
from pullquote.mark.lexicon.meanings import senses, unit_of, words

_DOUBTS = words(
    """
    allegedly almost apparently appear appeared appears arguably conceivably fairly
    hopefully ideally largely likely loosely mainly moderately mostly nearly opinion
    partially partly potentially practically presumably primarily probably reasonably
    relatively reportedly seem seemed seemingly seems slightly somewhat supposedly tend
    tended tends theoretically virtually
    """
)
_THOUGHTS = words(
    """
    assume assumed believe believed expect expected figure gather guess hope imagine
    presume recall reckon suppose suspect think thought understand
    """
)
"""What is a doubt where the speaker says it of themselves: "I think"."""
_ROUGHLY = words("about around some")
"""What is a doubt before a number."""
_TOLD = words("say says said tell tells told")
_OTHERS = words("am are be been he is people she somebody someone they was were you")
"""What others say, or what somebody "was told", is not what the speaker says."""
_PHRASES = """
as far as i know, as far as we know, as far as i can tell, as far as we can tell, my
understanding, our understanding, pretty much, or so, some cases, what i have heard, what
i have seen, what i can tell, what i understand, what we know, so to speak, as it were
"""
"""What is a doubt though all its words are small talk: "in my hands" is missed anyhow."""
_HEDGES: dict[str, list[tuple[str, ...]]] = {}
"""What is a doubt as a phrase: what stands before its last word, by that word."""
for _phrase in _PHRASES.split(","):
    *_before, _last = _phrase.split()
    _HEDGES.setdefault(_last, []).append(tuple(_before))
_QUALIFIED = words("absolutely exactly quite really totally")
"""Small talk that makes a "not" a weaker one: "not really safe"."""
_SOFTENED = words(
    """
    am are be been can could did do does has have he i is it may might she should
    they was we were which who will would you
    """
)
"""What stands before a "sort of" that softens a statement; elsewhere it is a filler."""
_NOT_SOFTENED = words(
    """
    a an and as at because but for from he i if in is it like my of on or she so that the
    there these they this to we what when where which who with you your
    """
)
"""What follows a "sort of" that is a filler: "it is sort of the disc"."""
_QUANTIFIERS = senses(
    {
        "some": "some certain",
        "many": "many lot lots plenty bunch ton tons",
        "most": "most majority",
        "few": "few handful",
        "both": "both",
        "several": "several",
        "all": "all",
    }
)
"""What says of how many people something is true."""
_PEOPLE = words(
    """
    adult applicant case child children client doctor family folk kid man member men
    neighbor one owner parent patient people person physician resident surgeon tenant
    voter woman women worker
    """
)
SPANS = frozenset(("hour", "day", "night", "week", "month", "year"))
_SHARES = {"half", "quarter", *(f"nth{number}" for number in range(3, 11))}
_COUNTED = SPANS | _SHARES | {"minute", "dozen", "couple", "few"}


def is_doubt(found: Sequence[Token], at: int, before: str, after: str) -> bool:
    """Say whether a word, or a phrase that ends with it, makes a statement less sure.

    ``before`` and ``after`` are the forms of its neighbours, "" at an edge.
    """
    norm = found[at].norm
    return (
        norm in _DOUBTS
        or (norm in _THOUGHTS and before in ("i", "we", "would"))
        or (norm in _ROUGHLY and _is_count(found, at + 1))
        or (norm in _QUALIFIED and before == "not")
        or (norm == "say" and before == "would" and _counts_soon(found, at))
        or (norm == "pretty" and after not in ("", "much") and not found[at].ends)
        or any(_follows(found, at, phrase) for phrase in _HEDGES.get(norm, ()))
        or _softens(found, at)
        or (norm in _TOLD and (before in _OTHERS or _is_person(before)))
    )


def _is_count(found: Sequence[Token], at: int) -> bool:
    """Say whether a number, a share or "a week" starts here."""
    norms = [token.norm for token in found[at : at + 2]]
    if norms[:1] in (["a"], ["an"]):
        norms = norms[1:]
        return bool(norms) and (unit_of(norms[0]) or norms[0]) in _COUNTED
    return bool(norms) and (
        norms[0].replace(".", "").isdigit() or norms[0] in ("half", "quarter")
    )


def _counts_soon(found: Sequence[Token], at: int) -> bool:
    return any(_is_count(found, n) for n in range(at + 1, at + 4))


def _follows(found: Sequence[Token], at: int, phrase: tuple[str, ...]) -> bool:
    """Say whether the words of a phrase stand before a place."""
    first = max(0, at - len(phrase))
    return tuple(token.norm for token in found[first:at]) == phrase


def _softens(found: Sequence[Token], at: int) -> bool:
    """Say whether this is the "of" of a "sort of" that hedges: "it sort of works"."""
    if found[at].norm != "of" or at < 2 or at + 1 == len(found):
        return False
    before, kind = found[at - 2].norm, found[at - 1].norm
    return (
        kind in ("sort", "kind")
        and before in _SOFTENED
        and found[at + 1].norm not in _NOT_SOFTENED
        and not found[at].text.endswith(",")
    )


def limit_of(found: Sequence[Token], at: int, before: str, after: str) -> str:
    """Return of how many something is said, "" of most words."""
    norm = found[at].norm
    if norm in _QUANTIFIERS and (
        _is_person(after)
        or (norm != "all" and after == "of")
        or (norm not in ("all", "some", "certain") and _is_plural(after))
    ):
        return _QUANTIFIERS[norm]
    if norm == "all" and [t.norm for t in found[at + 1 : at + 3]] == ["the", "time"]:
        return norm
    if norm == "a" and after == "few":
        return "a few"  # "few" are hardly any
    if (norm == "up" and after == "to" and _is_count(found, at + 2)) or (
        norm in ("least", "most") and before == "at"
    ):
        return norm
    return ""


def _is_person(norm: str) -> bool:
    return norm in _PEOPLE or norm.removesuffix("s") in _PEOPLE


def _is_plural(norm: str) -> bool:
    return len(norm) > 3 and norm.endswith("s") and norm[-2] not in "sui"
