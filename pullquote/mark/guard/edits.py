"""What was done to the spoken words: each edit of an answer as a typed difference.

The spoken words stay as they are; an edit says which of them it replaces, by what,
and of which kind it is. Spoken words and edits together give the published words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pullquote.mark.cut.published import published_words
from pullquote.mark.cut.tidy import is_filler
from pullquote.mark.guard.answers import terms_of
from pullquote.mark.guard.compare import UNKNOWN, compare
from pullquote.mark.guard.forms import alike
from pullquote.mark.guard.marks import Run
from pullquote.mark.guard.spelling import Token
from pullquote.mark.guard.stretches import Difference, Stretch, differences
from pullquote.mark.guard.tokens import tokens
from pullquote.mark.lexicon.grammar import GRAMMAR
from pullquote.model.align import exact_form
from pullquote.model.answer import Answer
from pullquote.model.edit import Edit, EditKind
from pullquote.model.show import Show
from pullquote.model.transcript import TimedTurn, within

_AROUND = 12
"""Words on each side that tell what an edit changes."""


def edits(answer: Answer, turns: Sequence[TimedTurn], show: Show) -> tuple[Edit, ...]:
    """Return each edit of an answer's text, in the order of the spoken words.

    ``turns`` are the episode's, redacted. Capitals and punctuation are no edit.
    Word numbers count the words of the answered clip from 0. Nothing where nobody is
    heard.
    """
    heard = within(turns, answer.answered)
    if not heard:
        return ()
    spoken = [word.text for turn in heard for word in turn.words]
    written = published_words(answer.body, show, answer.speakers)
    printed = [word for word, _, _ in written]
    terms = terms_of(show)
    known = all(turn.english for turn in heard)
    found = []
    for one in differences(_as_written(spoken), _as_written(printed)):
        old, new = one.said.texts, one.published.texts
        meaning = _meaning(one, terms) if known else (UNKNOWN,)
        filler = known and not new and is_filler(old)
        found.append(
            Edit(
                kind="filler" if filler else _kind(one, meaning=bool(meaning)),
                words=_numbers(one.said, len(spoken)),
                said=" ".join(old),
                published=" ".join(new),
                meaning=meaning,
            )
        )
    return tuple(found)


def _as_written(texts: Sequence[str]) -> Run:
    """Return words in their exact forms, their numbers as lines; a lone dash is none."""
    return Run(
        [
            Token(norm=form, text=text, line=number)
            for number, text in enumerate(texts)
            if (form := exact_form(text))
        ]
    )


def _numbers(part: Stretch, count: int) -> tuple[int, int]:
    """Return where a stretch lies among all words, lone dashes too."""
    first = part.run[part.first].line if part.first < len(part.run) else count
    return first, part.tokens[-1].line + 1 if part else first


def counted(made: Sequence[Edit]) -> Counter[EditKind]:
    """Return how many edits there are of each kind."""
    return Counter(edit.kind for edit in made)


def _kind(one: Difference, *, meaning: bool) -> EditKind:
    old, new = one.said.norms, one.published.norms
    if not new:
        return "false start" if _is_said_at_once(one.said) else "left out"
    if not old:
        return "grammar" if not meaning and GRAMMAR.issuperset(new) else "put in"
    if not meaning and (
        GRAMMAR.issuperset((*old, *new))
        or (len(old) == len(new) == 1 and alike(old[0], new[0]))
    ):
        return "grammar"
    return "reworded"


def _is_said_at_once(left: Stretch) -> bool:
    """Say whether words that were left out stand again right before or after."""
    old, size = left.norms, len(left)
    if size == 1 and left.texts[0].endswith(("-", "\u2013", "\u2014")):
        return any(norm.startswith(old[0]) for norm in left.after(3))  # "inj- inject"
    return old in (left.after(size), left.before(size))


def _meaning(one: Difference, terms: frozenset[str]) -> tuple[str, ...]:
    """Return the kinds of meaning that this edit alone changes, as the guard names them."""
    run, first, last = one.said.run, one.said.first, one.said.last
    before = [token.text for token in run[max(0, first - _AROUND) : first]]
    after = [token.text for token in run[last : last + _AROUND]]
    was = tokens((w, 0, True) for w in (*before, *one.said.texts, *after))
    now = tokens((w, 1, True) for w in (*before, *one.published.texts, *after))
    found = compare(was, now, terms)
    kinds = {kind for finding in found for kind in finding.kinds}
    return tuple(sorted(kinds))
