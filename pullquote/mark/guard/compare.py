"""The guard: every change of meaning between what was said and what is published.

Both are brought to one form (``tokens``) and aligned; where they differ, what the words
may change is compared: first by kinds, then word for word. Fillers, punctuation,
capitals, articles, grammar and false starts are no change. It errs towards naming: a
person ticks what is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pullquote.mark.cut.published import names_of_lines, published_words
from pullquote.mark.guard.changing import Mark, mark_of
from pullquote.mark.guard.tokens import Token, plain_tokens, tokens
from pullquote.mark.guard.wording import ANEW, NEAR, Stretch, is_lead, is_reworded, torn
from pullquote.mark.lexicon.meanings import DOSES, bases, contraries, words
from pullquote.model.align import blocks
from pullquote.model.answer import Answer
from pullquote.model.show import Person, Show
from pullquote.model.speaking import confirmed_person
from pullquote.model.transcript import TimedTurn, within

NOTHING = "(nothing)"
UNKNOWN = "wording"
"""The kind of every change of what is not said in English."""
_SHORT = 3
"""Words of a whole sentence that answers, "No, never.", and is not left out unseen."""
_LENT = 3
"""Words in a row that are somebody's own: "and it is" anybody says."""
_LONG = 14
"""Words of a difference that are shown; the middle of a longer one is left out."""
_GRAVE = frozenset({"negation", "number", "dose", "level", "warning"})
"""What a sentence may not hold if it is to be left out without a word."""
_FILLERS = words("um uh er erm ah hmm so well like you know mean and")


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
    found: list[Finding] = []
    line = 1
    differences = differing(*_norms(said, published))
    swapped = _swapped(said, published, differences)
    for number, ((a, b), (c, d)) in enumerate(differences):
        if _is_same(*_norms(said[a:b], published[c:d])):
            continue
        line = next(
            (t.line for t in published[c : d + 1] or published[c - 1 : c]), line
        )
        kinds = _kinds(said, (a, b), published, (c, d), terms)
        if not kinds and number in swapped:
            kinds = ["order"]
        elif not kinds and is_reworded(said, published, differences, number):
            kinds = ["added" if a == b else "left out" if c == d else UNKNOWN]
        for kind in kinds:
            found.append(
                Finding(
                    kind=kind,
                    said=_shown(said, a, b),
                    published=_shown(published, c, d),
                    line=line,
                )
            )
    return tuple(found)


def _is_same(old: Sequence[str], new: Sequence[str]) -> bool:
    """Say whether words are but written otherwise: "health care", "MRI" in full."""
    ways = ["".join(old), "".join(new)]
    if ways[0] == ways[1]:
        return not ways[0].isdigit()
    short, full = (old, new) if len(old) == 1 else (new, old)
    return len(short) == 1 and "".join(norm[0] for norm in full) == short[0]


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


def _kinds(
    said: Sequence[Token],
    there: tuple[int, int],
    published: Sequence[Token],
    here: tuple[int, int],
    terms: frozenset[str],
) -> list[str]:
    """Return the kinds of change in one stretch that differs."""
    old = [n for n in range(*there) if said[n].ours or here[0] != here[1]]
    lost = Counter(m for n in old if (m := mark_of(said, n, terms)))
    new = Counter(m for n in range(*here) if (m := mark_of(published, n, terms)))
    lost, new = _without_equal(lost, new)
    _forgive_article(said, there, lost, published, here, new)
    if here[0] == here[1]:
        return _left_out(said, there, lost, terms)
    kinds = {m.kind for m in (*lost, *new) if not m.weak}
    kinds |= {
        one.kind
        for one in lost
        for other in new
        if one.kind == other.kind and one.sense != other.sense
    }
    kinds.discard("warning")
    if _contrary(said, there, published, here):
        kinds.add("opposite")
    if {"number", "dose"} <= kinds or ("number" in kinds and _dosed(said, there[1])):
        kinds = kinds - {"number"} | {"dose"}
    return sorted(kinds)


def _without_equal(
    lost: Counter[Mark], new: Counter[Mark]
) -> tuple[Counter[Mark], Counter[Mark]]:
    """Return the marks that the other side has not, whichever way they are said."""

    def senses(marks: Counter[Mark]) -> Counter[tuple[str, str]]:
        counted: Counter[tuple[str, str]] = Counter()
        for mark, count in marks.items():
            counted[mark.kind, mark.sense] += count
        return counted

    before, after = senses(lost), senses(new)
    return (
        Counter(m for m in lost if before[m.kind, m.sense] > after[m.kind, m.sense]),
        Counter(m for m in new if after[m.kind, m.sense] > before[m.kind, m.sense]),
    )


def _forgive_article(
    said: Sequence[Token],
    there: tuple[int, int],
    lost: Counter[Mark],
    published: Sequence[Token],
    here: tuple[int, int],
    new: Counter[Mark],
) -> None:
    """Let "a week" be "one week"."""
    for marks, other in ((lost, published[slice(*here)]), (new, said[slice(*there)])):
        if any(t.norm in ("a", "an") for t in other):
            for weak in (False, True):
                marks.pop(Mark("number", "1", weak), None)


def _left_out(
    said: Sequence[Token],
    there: tuple[int, int],
    lost: Counter[Mark],
    terms: frozenset[str],
) -> list[str]:
    """Return the kinds of change where words were taken out and none put in."""
    places = torn(said, there, turned=True)
    if not places and there[1] - there[0] > _SHORT:
        grave = any(m.kind in _GRAVE and _weighs(m) for m in lost)
        return ["left out"] if grave else []
    places = places or [*range(*there)]
    marks = {m for n in places if (m := mark_of(said, n, terms))}
    strong = {m for m in marks.intersection(lost) if not m.weak}
    if is_lead(said, places):  # "I would have to say"
        strong = {m for m in strong if m.kind != "may or must"}
    if not strong or _begun_anew(said, there, strong, terms):
        return []
    kinds = {m.kind for m in strong}
    if "number" in kinds and _dosed(said, there[1]):
        kinds = kinds - {"number"} | {"dose"}
    return sorted(kinds)


def _weighs(mark: Mark) -> bool:
    """Say whether a left-out sentence may not hold this: all but "first", "one"."""
    return mark.kind == "warning" or not mark.weak


def _begun_anew(
    said: Sequence[Token],
    there: tuple[int, int],
    strong: set[Mark],
    terms: frozenset[str],
) -> bool:
    """Say whether what was left out was said again at once: "it's not, it is not"."""
    first, last = there
    if any(token.ends for token in said[first:last]):
        return False
    words = [t.norm for t in said[first:last] if t.norm not in _FILLERS]
    if len(words) > ANEW or all(word[:1].isdigit() for word in words):
        return False  # "two two milligram tablets" is no false start
    near = [*_before(said, first, len(words) + 2), *_after(said, last, len(words) + 3)]
    again = {said[n].norm for n in near}
    once = [n for n in range(first, last) if said[n].norm in again]
    marks = {m[:2] for n in (*near, *once) if (m := mark_of(said, n, terms))}
    shared = sum(word in again for word in words)
    return all(m[:2] in marks for m in strong) and shared * 5 >= len(words) * 3


def _before(said: Sequence[Token], at: int, count: int) -> list[int]:
    places: list[int] = []
    while at > 0 and len(places) < count and not said[at - 1].ends:
        at -= 1
        places.append(at)
    return places


def _after(said: Sequence[Token], at: int, count: int) -> list[int]:
    places: list[int] = []
    while at < len(said) and len(places) < count:
        places.append(at)
        if said[at].ends:
            break
        at += 1
    return places


def _dosed(found: Sequence[Token], at: int) -> bool:
    """Say whether a dose's unit follows."""
    return any(t.norm in DOSES for t in found[at : at + 1])


def _contrary(
    said: Sequence[Token],
    there: tuple[int, int],
    published: Sequence[Token],
    here: tuple[int, int],
) -> bool:
    new = {base for token in published[slice(*here)] for base in bases(token.norm)}
    return any(
        not contraries(token.norm).isdisjoint(new) for token in said[slice(*there)]
    )


def _shown(found: Sequence[Token], first: int, last: int, around: int = 2) -> str:
    """Return the words of a stretch with two on each side, so that it can be found."""
    before = [t.text for t in found[max(0, first - around) : first]]
    words = [t.text for t in found[first:last] if t.text]
    if len(words) > _LONG:
        words = [*words[: _LONG // 2], "…", *words[-_LONG // 2 :]]
    after = [t.text for t in found[last : last + around]]
    text = " ".join(" ".join((*before, *words, *after)).split())
    return text or NOTHING
