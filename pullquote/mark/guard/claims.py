"""What changes a claim though no word of a list came or went.

"A cause" is not "the cause", "will file" and "would have filed" not "filed"; what was not
done because of a scan may yet be done; two sentences joined by "or" share one "not".
"""

from __future__ import annotations

import re
from itertools import product

from pullquote.formats.sentences import ENDS
from pullquote.mark.guard.forms import PAST, alike
from pullquote.mark.guard.stretches import NEAR, Difference, Stretch
from pullquote.mark.lexicon import grammar
from pullquote.mark.lexicon.meanings import NEGATIONS, SOLE

_CLAUSE = 3
"""Words of a clause that says something: "because of that"."""
_CHOSEN = frozenset(("drug or procedure", "dose"))
"""Kinds of what is taken, one or the other."""
_SHARE = re.compile(r"(?<![\w/])\d+/\d+(?![\w/])")
"""Two numbers and a stroke: "2/3"; not "L4/5", nor a day."""
_SENTENCES = 15
"""Words before a joint between sentences in which a "not" stands."""


def is_claimed_otherwise(one: Difference) -> bool:
    """Say whether a difference changes what is claimed."""
    return (
        _is_sole(one)
        or _is_other_time(one)
        or _is_taken_back(one)
        or _is_past_wish(one)
        or _is_without_grounds(one)
        or _is_joined(one)
        or _is_not_all(one)
        or _is_no_choice(one)
        or _is_share(one)
    )


def _is_sole(one: Difference) -> bool:
    """Say whether one of several became the only one.

    "It is a cause" and "the cause", "one of the causes" and "the causes"; not "a disc"
    and "the disc", for there are no two meanings.
    """
    old, new = one.said.norms, one.published.norms
    after = one.said.after(3)
    if old[:1] == ["1"] and not {"a", "an", "1"} & {*new}:  # "one study", "studies"
        was, now = [*old[1:], *after][:1], [*new, *one.published.after(1)][:1]
        if was and now and now[0] in (f"{was[0]}s", f"{was[0].removesuffix('y')}ies"):
            return True
    if old == ["1", "of"]:
        return not new and not grammar.OWNED.isdisjoint(after[:1])
    opens = one.said.begins
    if not old:  # "they are causes"
        after = [norm.removesuffix("s") for norm in after[:1] if norm.endswith("s")]
    return (
        len(new) == 1
        and grammar.ARTICLES.issuperset(new)
        and (old in ([], ["1"]) or (len(old) == 1 and grammar.ARTICLES.issuperset(old)))
        and "the" in (*old, *new)
        and (opens or not grammar.STAYING.isdisjoint(one.said.before(1)))
        and not SOLE.isdisjoint(after[:1] if opens else after)
    )


def _is_other_time(one: Difference) -> bool:
    """Say whether what will, would or is to be was, or the other way round.

    "I will file" and "I filed", "I would have operated" and "I have operated", "it will
    hurt" and "it hurt"; not "it goes" and "it went", nor "used to go" and "went".
    """
    old, new = one.said.norms, one.published.norms
    if "would" in old and "would" not in new and "have" in (*old, *one.said.after(1)):
        return True
    left, put = (one.said, one.published) if old else (one.published, one.said)
    if not put and left.norms in (["will"], ["would"]):
        who, verb = left.before(1), left.after(1)
        return grammar.SINGULAR.issuperset(who) and grammar.SAME_PAST.issuperset(verb)
    for coming, gone in ((old, new), (new, old)):
        if "used" in coming or grammar.COMING.intersection(coming) <= {*gone}:
            continue
        if any(
            then != now and alike(now, then) and _is_past_of(then, now)
            for now, then in product(coming, gone)
        ):
            return True
    return False


def _is_past_of(then: str, now: str) -> bool:
    """Say whether a form of a verb is of the past: "went", and "lay" of "lie"."""
    return then in PAST or then.endswith("ed") or (then, now) == ("lay", "lie")


def _is_taken_back(one: Difference) -> bool:
    """Say whether a "not" stays that was taken back: "you can't, you can do that"."""
    left = one.said
    denied = Stretch(left.run, max(0, left.first - 1), left.first)
    before = denied.before(len(left))
    return (
        not one.published
        and bool(before)
        and denied.norms[0] in NEGATIONS
        and before == left.norms
    )


def _is_past_wish(one: Difference) -> bool:
    """Say whether what should have been is what should be, or had been.

    "You should have rested" and "should rest", "should have had it" and "should have it".
    """
    run, at = one.said.run, one.said.first
    before, have, lost = (run.norm(n) for n in range(at - 2, at + 1))
    return lost not in one.published.norms and (
        (lost == "have" and have in grammar.WISHED)
        or (lost == "had" and have == "have" and before in grammar.WISHED)
    )


def _is_without_grounds(one: Difference) -> bool:
    """Say whether a clause was left out on which the rest depends.

    "I don't operate because of a scan" and "I don't operate"; not a whole sentence
    "Because it hurts.", nor "because he" of "because he, because he fell".
    """
    left = one.said
    if one.published or not left:
        return False
    if left.begins and left.ends:
        return _is_tail(left)
    near = [*left.before(12), *left.after(12)]
    return any(
        norm in grammar.GROUNDS and norm not in near and len(left) - n >= _CLAUSE
        for n, norm in enumerate(left.norms)
    )


def _is_tail(left: Stretch) -> bool:
    """Say whether a sentence is but what the one before it holds by: "Until it heals."."""
    whole = not any(token.pauses or token.ends for token in left.tokens[:-1])
    return (
        whole
        and 0 < len(left) <= NEAR
        and left.norms[0] in grammar.TAILS
        and left.first > 0
    )


def _is_joined(one: Difference) -> bool:
    """Say whether an "or" between two sentences of one "not" made it that of both.

    "Don't bend. Lift it." and "Don't bend or lift it"; so does an "and" before what has
    no subject of its own: "don't bend and lift", not "don't bend, and you lift".
    """
    old, new = one.said, one.published
    joint = {"and", "nor", "or"}.intersection(new.norms)
    if not joint or not joint.isdisjoint(old.norms):
        return False
    if joint == {"and"} and grammar.SUBJECTS.intersection([*new.norms, *new.after(1)]):
        return False
    return _stops(old) > _stops(new) and not NEGATIONS.keys().isdisjoint(
        [*old.before(_SENTENCES), *old.norms]
    )


def _is_not_all(one: Difference) -> bool:
    """Say whether a "not" became a "not just", or the other way round.

    "It didn't cause it, it just hurt" and "it didn't just cause it, it hurt".
    """
    parts = (one.said, one.published)
    return any(map(_denies_all, parts)) and not all(
        _denies_all(Stretch(part.run, max(0, part.first - NEAR), part.last + NEAR))
        for part in parts
    )


def _is_no_choice(one: Difference) -> bool:
    """Say whether two drugs or doses, of which one was to be chosen, stand side by side.

    "Take ibuprofen or naproxen" and "take ibuprofen, naproxen"; not where neither is to be
    taken, nor "acetaminophen (Tylenol)".
    """
    left, run = one.said, one.said.run
    if left.norms != ["or"] or one.published:
        return False
    after = next(
        (n for n in range(left.last, len(run)) if run[n].norm not in grammar.ARTICLES),
        0,
    )
    marks = run.mark(left.first - 1) if left.first else None, run.mark(after)
    printed = one.published.run[one.published.first :][:1]
    return (
        all(mark and mark.kind in _CHOSEN for mark in marks)
        and not any(token.text.startswith("(") for token in printed)
        and NEGATIONS.keys().isdisjoint(left.sentence.norms)
    )


def _is_share(one: Difference) -> bool:
    """Say whether two numbers became a part of one: "two to three" and "2/3"."""
    run, at = one.published.run, one.published.first
    return (
        one.said.norms in (["to"], ["or"])
        and not one.published
        and at > 0
        and _SHARE.search(run[at - 1].text) is not None
    )


def _denies_all(part: Stretch) -> bool:
    return any(
        norm in grammar.ONLY and part.run.norm(n - 1) == "not"
        for n, norm in enumerate(part.norms, part.first)
    )


def _stops(part: Stretch) -> int:
    """Return how many sentences end within a stretch or right before it."""
    return sum(
        token.ends or token.text.endswith(tuple(ENDS))
        for token in part.run[max(0, part.first - 1) : part.last]
    )
