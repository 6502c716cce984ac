"""What an answer's text says otherwise than its speakers said, and what nobody ticked yet.

Also words under another name than who said them; and where no English was spoken each
difference, for what it means only who knows the language can tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from pullquote.mark.cut.published import names_of_lines, published_words
from pullquote.mark.guard.compare import UNKNOWN, Finding, compare, shown
from pullquote.mark.guard.marks import Run
from pullquote.mark.guard.stretches import Stretch, differences
from pullquote.mark.guard.tokens import plain_tokens, tokens
from pullquote.model.align import blocks
from pullquote.model.answer import Answer
from pullquote.model.show import Person, Show
from pullquote.model.speaking import confirmed_person
from pullquote.model.transcript import TimedTurn, within

_LENT = 3
"""Words in a row that are somebody's own: "and it is" anybody says."""


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
    english = all(turn.english for turn, _ in heard)
    form = tokens if english else plain_tokens
    said, published = Run(form(spoken)), Run(form(published_words(answer.body, show)))
    if english:
        meant = compare(said, published, terms_of(show))
    else:
        meant = tuple(_unknown(said, published))
    voices = [confirmed_person(turn, show) for turn, _ in heard]
    lent = _lent(said, published, voices, names_of_lines(answer, show))
    return (*meant, *lent)


def _unknown(said: Run, published: Run) -> Iterator[Finding]:
    """Yield each difference but of what a host said in between."""
    for one in differences(said, published):
        if one.published or any(token.ours for token in one.said.tokens):
            yield Finding.of(UNKNOWN, one.said, one.published)


def _lent(
    said: Run,
    published: Run,
    voices: Sequence[Person | None],
    names: Sequence[Person | None],
) -> Iterator[Finding]:
    """Yield each run of words that stands under another name than who said them."""
    for equal, (a, b), (c, d) in blocks(said.norms, published.norms):
        pairs = zip(range(a, b), range(c, d), strict=True) if equal else ()
        for (turn, line), run in groupby(
            pairs, lambda p: (said[p[0]].line, published[p[1]].line)
        ):
            speaker, name = voices[turn], names[line]
            rows = [*run]
            if name is None or speaker in (name, None) or len(rows) < _LENT:
                continue
            (first, there), (last, here) = rows[0], rows[-1]
            spoken = shown(Stretch(said, first, last + 1), 0)
            printed = shown(Stretch(published, there, here + 1), 0)
            yield Finding(
                kind="speaker",
                said=f"{speaker.name}: {spoken}",
                published=f"{name.name}: {printed}",
                line=line,
            )


def unticked(
    answer: Answer, turns: Sequence[TimedTurn], show: Show
) -> tuple[Finding, ...]:
    """Return the changes that nobody accepted."""
    found = changes(answer, turns, show)
    there = ticked(found, answer.accepted)
    return tuple(one for n, one in enumerate(found, 1) if n not in there)


def ticked(found: Sequence[Finding], accepted: Sequence[str]) -> frozenset[int]:
    """Return the numbers, from 1, of what was accepted; one tick is good for one change.

    Once each kind of a change had a tick of its own: these are good for it together.
    """
    ticks = Counter(" ".join(tick.split()) for tick in accepted)
    there = set()
    for number, finding in enumerate(found, 1):
        for needed in ([finding.tick], finding.ticks_apart):
            if all(ticks[tick] for tick in needed):
                ticks.subtract(needed)
                there.add(number)
                break
    return frozenset(there)


def terms_of(show: Show) -> frozenset[str]:
    """Return the show's own words of medicine, in small letters."""
    phrases = (*show.terms, *(w for t in show.topics for w in (t.title, *t.terms)))
    return frozenset(
        phrase.casefold() for phrase in phrases if " " not in phrase.strip()
    )
