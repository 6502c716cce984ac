"""The guard: every change of meaning between what was said and what is published.

Both are brought to one form (``tokens``) and aligned; where they differ, what the words
may change is compared: first by kinds, then word for word. Fillers, punctuation,
capitals, articles, grammar and false starts are no change. It errs towards naming: a
person ticks what is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby, pairwise

from pullquote.mark.cut.published import names_of_lines, published_words
from pullquote.mark.guard.binding import bound_otherwise
from pullquote.mark.guard.changing import Run
from pullquote.mark.guard.claims import is_claimed_otherwise
from pullquote.mark.guard.elsewhere import is_said_again, moved, said_again
from pullquote.mark.guard.kinds import kinds_of, tells
from pullquote.mark.guard.moves import moved_passage
from pullquote.mark.guard.standing import as_printed, is_denied_joined
from pullquote.mark.guard.tokens import Token, plain_tokens, tokens
from pullquote.mark.guard.wording import NEAR, Stretch, is_reworded, set_apart
from pullquote.model.align import blocks
from pullquote.model.answer import Answer
from pullquote.model.show import Person, Show
from pullquote.model.speaking import confirmed_person
from pullquote.model.transcript import TimedTurn, within

NOTHING = "(nothing)"
UNKNOWN = "wording"
"""The kind of every change of what is not said in English."""
_PASSAGES = 5
"""Moved passages that are named by themselves."""
_LENT = 3
"""Words in a row that are somebody's own: "and it is" anybody says."""
_LONG = 14
"""Words of a difference that are shown; the middle of a longer one is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One change of meaning, as it is shown and ticked."""

    kind: str
    said: str
    published: str
    line: int
    """Line of the published text, from 1."""

    @property
    def tick(self) -> str:
        """What a person writes into ``accepted``: it names this change alone."""
        return f"{self.kind}: {self.said} -> {self.published}"


def changes(
    answer: Answer, turns: Sequence[TimedTurn], show: Show
) -> tuple[Finding, ...]:
    """Return what the published text changes; nothing where nobody is heard.

    ``turns`` are the episode's, redacted; only those in the answered clip count.
    """
    speakers = [show.person(person) for person in answer.speakers]
    heard = [
        (turn, confirmed_person(turn, show) in speakers)
        for turn in within(turns, answer.answered)
    ]
    if all(ours for _, ours in heard) and (
        " ".join([turn.text for turn, _ in heard]) == " ".join(answer.body.split())
    ):
        return ()  # word for word, as most answers of a large show are
    spoken = [
        (word.text, number, ours)
        for number, (turn, ours) in enumerate(heard)
        for word in turn.words
    ]
    if not spoken:
        return ()
    shown = published_words(answer.body, show)
    if all(turn.english for turn, _ in heard):
        said, published = tokens(spoken), tokens(shown)
        meant = compare(said, published, terms_of(show))
    else:
        said, published = plain_tokens(spoken), plain_tokens(shown)
        meant = tuple(_unknown(said, published))
    voices = [confirmed_person(turn, show) for turn, _ in heard]
    lent = _lent(said, published, voices, names_of_lines(answer, show))
    return (*meant, *lent)


def _unknown(said: Sequence[Token], published: Sequence[Token]) -> Iterator[Finding]:
    """Yield each difference: what it means, only who knows the language can tell."""
    line = 1
    for (a, b), (c, d) in differing(*_norms(said, published)):
        if c == d and not any(token.ours for token in said[a:b]):
            continue  # what a host said in between
        line = next((t.line for t in published[c : d + 1]), line)
        yield Finding(
            kind=UNKNOWN,
            said=_shown(said, a, b),
            published=_shown(published, c, d),
            line=line,
        )


def _lent(
    said: Sequence[Token],
    published: Sequence[Token],
    voices: Sequence[Person | None],
    names: Sequence[Person | None],
) -> Iterator[Finding]:
    """Yield each run of words that stands under another name than who said them."""
    for equal, (a, b), (c, d) in blocks(*_norms(said, published)):
        pairs = zip(range(a, b), range(c, d), strict=True) if equal else ()
        for (turn, line), run in groupby(
            pairs, lambda p: (said[p[0]].line, published[p[1]].line)
        ):
            speaker, name = voices[turn], names[line]
            rows = [*run]
            if name is None or speaker in (name, None) or len(rows) < _LENT:
                continue
            (first, there), (last, here) = rows[0], rows[-1]
            yield Finding(
                kind="speaker",
                said=f"{speaker.name}: {_shown(said, first, last + 1, 0)}",
                published=f"{name.name}: {_shown(published, there, here + 1, 0)}",
                line=line,
            )


def unticked(
    answer: Answer, turns: Sequence[TimedTurn], show: Show
) -> tuple[Finding, ...]:
    """Return the changes that nobody accepted; one tick is good for one change."""
    ticks = Counter(" ".join(tick.split()) for tick in answer.accepted)
    left = []
    for finding in changes(answer, turns, show):
        if ticks[finding.tick]:
            ticks[finding.tick] -= 1
        else:
            left.append(finding)
    return tuple(left)


def terms_of(show: Show) -> frozenset[str]:
    """Return the show's own words of medicine, in small letters."""
    phrases = (*show.terms, *(w for t in show.topics for w in (t.title, *t.terms)))
    return frozenset(
        phrase.casefold() for phrase in phrases if " " not in phrase.strip()
    )


def compare(
    said: Sequence[Token], published: Sequence[Token], terms: frozenset[str]
) -> tuple[Finding, ...]:
    """Return the changes of meaning between two runs of words."""
    differences = differing(*_norms(said, published))
    said = as_printed(said, published, differences, terms)
    found = [
        _finding("order", said, there, published, here)
        for there, here in bound_otherwise(said, published)
    ]
    for _ in range(_PASSAGES):
        differences = differing(*_norms(said, published))
        passage = moved_passage(said, published, differences)
        if passage is None:
            break
        (a, b), (c, d) = passage.said, passage.published
        if not passage.harmless:
            found.append(_finding("order", said, (a, b), published, (c, d)))
        said = [*said[:a], *said[b:]]
        published = [*published[:c], *published[d:]]
    differences = [*set_apart(said, differing(*_norms(said, published)))]
    was, now = Run(said, terms), Run(published, terms)
    swapped = _swapped(said, published, differences)
    changed = {place for (a, b), _ in differences for place in range(a, b)}
    for number, (there, here) in enumerate(differences):
        for kind in _kinds(was, now, differences, number, swapped, changed):
            found.append(_finding(kind, said, there, published, here))
    return tuple(sorted(found, key=lambda finding: finding.line))


def _finding(
    kind: str,
    said: Sequence[Token],
    there: tuple[int, int],
    published: Sequence[Token],
    here: tuple[int, int],
) -> Finding:
    c, d = here
    lines = [t.line for t in published[c : d + 1] or published[c - 1 : c]]
    return Finding(
        kind=kind,
        said=_shown(said, *there),
        published=_shown(published, c, d),
        line=lines[0] if lines else 1,
    )


def _kinds(
    said: Run,
    published: Run,
    differences: Sequence[Stretch],
    number: int,
    swapped: Set[int],
    changed: Set[int],
) -> list[str]:
    """Return the kinds of change that one difference is.

    ``swapped`` are the numbers of those after which words changed places, ``changed``
    all places of what was said that differ.
    """
    (a, b), (c, d) = there, here = differences[number]
    again = not tells(published, here)
    again = again and is_said_again(said, there, changed)
    if again or _is_same(*_norms(said[a:b], published[c:d])):
        return []
    gone, came = moved(said, published, differences, number)
    stays = gone | said_again(said, there, changed)
    if kinds := kinds_of(said, there, published, here, stays, came):
        return kinds
    if number in swapped:
        return ["order"]
    if is_reworded(said, published, differences, number) or is_claimed_otherwise(
        said, published, differences[number]
    ):
        return ["added" if a == b else "left out" if c == d else UNKNOWN]
    return []


def _is_same(old: Sequence[str], new: Sequence[str]) -> bool:
    """Say whether words are but written otherwise: "health care", "healthcare"."""
    one = "".join(old)
    return (
        one == "".join(new)
        and not one.isdigit()
        and not is_denied_joined(new if len(old) == 1 else old)
    )


def differing(said: Sequence[str], published: Sequence[str]) -> list[Stretch]:
    """Return where the two differ, each stretch between two words that are equal."""
    found = blocks(said, published)
    return [
        (a, c) for equal, a, c in found if not equal and (a[0] < a[1] or c[0] < c[1])
    ]


def _norms(
    said: Sequence[Token], published: Sequence[Token]
) -> tuple[list[str], list[str]]:
    return [t.norm for t in said], [t.norm for t in published]


def _swapped(
    said: Sequence[Token], published: Sequence[Token], differences: Sequence[Stretch]
) -> set[int]:
    """Return the differences after which two words have changed places."""
    found = set()
    for number, ((here, there), (old, new)) in enumerate(pairwise(differences), 1):
        if old[0] - here[1] > NEAR:
            continue
        lost, lost_then = _telling(said, here), _telling(said, old)
        put, put_then = _telling(published, there), _telling(published, new)
        if lost & put_then and lost_then & put:
            found.add(number)
    return found


def _telling(found: Sequence[Token], stretch: tuple[int, int]) -> set[str]:
    return {token.norm for token in found[slice(*stretch)] if len(token.norm) > 3}


def _shown(found: Sequence[Token], first: int, last: int, around: int = 2) -> str:
    """Return the words of a stretch with two on each side, so that it can be found."""
    before = [t.text for t in found[max(0, first - around) : first]]
    words = [t.text for t in found[first:last] if t.text]
    if len(words) > _LONG:
        words = [*words[: _LONG // 2], "…", *words[-_LONG // 2 :]]
    after = [t.text for t in found[last : last + around]]
    text = " ".join(" ".join((*before, *words, *after)).split())
    return text or NOTHING
