"""What was done to the spoken words: each edit of an answer as a typed difference.

The spoken words stay as they are; an edit says which of them it replaces, by what,
and of which kind it is. Spoken words and edits together give the published words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.mark.cut.published import published_words
from pullquote.mark.cut.tidy import is_filler
from pullquote.mark.guard.compare import UNKNOWN, compare, differing, terms_of
from pullquote.mark.guard.tokens import tokens
from pullquote.mark.guard.wording import GRAMMAR, alike
from pullquote.model.align import exact_form
from pullquote.model.answer import Answer
from pullquote.model.edit import Edit, EditKind
from pullquote.model.show import Show
from pullquote.model.transcript import TimedTurn, within

_AROUND = 12
"""Words on each side that tell what an edit changes."""


@dataclass(frozen=True, slots=True)
class _Said:
    """Words in their order, each with its exact form."""

    texts: tuple[str, ...]
    forms: tuple[str, ...]
    places: tuple[int, ...]
    """Their numbers among all, lone dashes too, and the number of all."""

    @staticmethod
    def of(heard: Sequence[str]) -> _Said:
        rows = [(t, f, n) for n, t in enumerate(heard) if (f := exact_form(t))]
        return _Said(
            texts=tuple(text for text, _, _ in rows),
            forms=tuple(form for _, form, _ in rows),
            places=(*(place for _, _, place in rows), len(heard)),
        )

    def numbers(self, first: int, end: int) -> tuple[int, int]:
        """Return where a stretch of these words lies among all."""
        start = self.places[first]
        return start, self.places[end - 1] + 1 if first < end else start


def edits(answer: Answer, turns: Sequence[TimedTurn], show: Show) -> tuple[Edit, ...]:
    """Return each edit of an answer's text, in the order of the spoken words.

    ``turns`` are the episode's, redacted. Capitals and punctuation are no edit.
    Word numbers count the words of the answered clip from 0. Nothing where nobody is
    heard.
    """
    heard = within(turns, answer.answered)
    if not heard:
        return ()
    said = _Said.of([word.text for turn in heard for word in turn.words])
    shown = _Said.of([word for word, _, _ in published_words(answer.body, show)])
    terms = terms_of(show)
    known = all(turn.english for turn in heard)
    found = []
    for (a, b), (c, d) in differing(said.forms, shown.forms):
        meaning: tuple[str, ...] = (UNKNOWN,)
        if known:
            meaning = _meaning(said.texts, (a, b), shown.texts[c:d], terms)
        found.append(
            Edit(
                kind="filler"
                if known and c == d and is_filler(said.texts[a:b])
                else _kind(said, (a, b), shown.forms[c:d], bool(meaning)),
                words=said.numbers(a, b),
                said=" ".join(said.texts[a:b]),
                published=" ".join(shown.texts[c:d]),
                meaning=meaning,
            )
        )
    return tuple(found)


def apply(said: Sequence[str], made: Sequence[Edit]) -> list[str]:
    """Return the published words from the spoken ones: the way back of ``edits``."""
    text: list[str] = []
    at = 0
    for edit in made:
        first, last = edit.words
        text += [*said[at:first], *edit.published.split()]
        at = last
    return [*text, *said[at:]]


def counted(made: Sequence[Edit]) -> Counter[EditKind]:
    """Return how many edits there are of each kind."""
    return Counter(edit.kind for edit in made)


def _kind(
    said: _Said, there: tuple[int, int], new: Sequence[str], meaning: bool
) -> EditKind:
    first, last = there
    old = said.forms[first:last]
    if not new:
        return "false start" if _said_again(said, first, last) else "left out"
    if not old:
        return "grammar" if not meaning and GRAMMAR.issuperset(new) else "put in"
    if not meaning and (
        GRAMMAR.issuperset((*old, *new))
        or (len(old) == len(new) == 1 and alike(old[0], new[0]))
    ):
        return "grammar"
    return "reworded"


def _said_again(said: _Said, first: int, last: int) -> bool:
    """Say whether words that were left out stand again right before or after."""
    old, size = said.forms[first:last], last - first
    after = said.forms[last : last + max(size, 3)]
    if size == 1 and said.texts[first].endswith(("-", "\u2013", "\u2014")):
        return any(form.startswith(old[0]) for form in after)  # "inj- we inject"
    return old in (after[:size], said.forms[max(0, first - size) : first])


def _meaning(
    said: Sequence[str],
    there: tuple[int, int],
    new: Sequence[str],
    terms: frozenset[str],
) -> tuple[str, ...]:
    """Return the kinds of meaning that this edit alone changes, as the guard names them."""
    first, last = there
    before = said[max(0, first - _AROUND) : first]
    after = said[last : last + _AROUND]
    was = tokens((w, 0, True) for w in (*before, *said[first:last], *after))
    now = tokens((w, 1, True) for w in (*before, *new, *after))
    kinds = {finding.kind for finding in compare(was, now, terms)}
    return tuple(sorted(kinds))
