"""What an answer's text says otherwise than its speakers said, and what nobody ticked yet.

Also words under another name than who said them; and where no English was spoken each
difference, for what it means only who knows the language can tell.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, groupby

from pullquote.formats.markdown import lists
from pullquote.formats.sentences import ENDS
from pullquote.mark.cut.published import names_of_lines, published_words
from pullquote.mark.cut.torn import is_heard, torn_off
from pullquote.mark.guard.compare import NOTHING, UNKNOWN, Finding, compare, shown
from pullquote.mark.guard.forms import is_small
from pullquote.mark.guard.marks import Run
from pullquote.mark.guard.stretches import Span, Stretch, differences
from pullquote.mark.guard.tokens import plain_tokens, tokens
from pullquote.model.align import blocks
from pullquote.model.answer import Answer, Clip
from pullquote.model.show import Person, Show
from pullquote.model.speaking import confirmed_person
from pullquote.model.transcript import TimedTurn, Word, within

LENT = "speaker"
"""The kind of words under another name than who said them."""
_OVER = frozenset(("negation", "condition"))
"""Kinds of words that hold for all of a list which they lead to."""
_OUTSIDE = (-1, -2)
"""The turns of words before and after the clip that are of its outermost sentences."""
_HALF = -3
"""That of words of which the clip has less than half."""
_LENT = 3
"""Words in a row that are somebody's own: "and it is" anybody says."""


def changes(
    answer: Answer, turns: Sequence[TimedTurn], show: Show
) -> tuple[Finding, ...]:
    """Return what the published text changes; nothing where nobody is heard.

    ``turns`` are the episode's, redacted. Those in the answered clip count, and what its
    edges tear off a sentence.
    """
    if (laid := _laid(answer, turns, show)) is None:
        return ()
    heard, said, published = laid
    if all(turn.english for turn, _ in heard):
        meant = compare(said, published, terms_of(show))
        meant = (*meant, *_listed(said, published, answer.body))
    else:
        meant = tuple(_unknown(said, published))
    speaks = _wordless(laid, answer, show)
    return (*meant, *_lent(laid, answer, show), *speaks, *_unheard(said, published))


def lent(answer: Answer, turns: Sequence[TimedTurn], show: Show) -> tuple[Finding, ...]:
    """Return the words under another name than who said them, but for those ticked.

    Of ``changes`` the gravest and the quickest: where one voice speaks there are none.
    """
    voices = {turn.speaker for turn in within(turns, answer.answered)}
    laid = _laid(answer, turns, show) if len(voices) > 1 else None
    return _without_ticked([*_lent(laid, answer, show)], answer) if laid else ()


Laid = tuple[list[tuple[TimedTurn, bool]], Run, Run]
"""The turns of a clip, and whether each is a speaker's; what is said, what is published."""


def _laid(answer: Answer, turns: Sequence[TimedTurn], show: Show) -> Laid | None:
    """Lay what is said beside what is published; None where they are word for word."""
    speakers = [show.person(person) for person in answer.speakers]
    heard = [
        (turn, confirmed_person(turn, show) in speakers)
        for turn in within(turns, answer.answered)
    ]
    torn = torn_off(turns, answer.answered)
    if not heard or (
        all(ours and _is_whole(turn, answer.answered) for turn, ours in heard)
        and " ".join([turn.text for turn, _ in heard]) == " ".join(answer.body.split())
        and not any(torn)
    ):
        return None  # as most answers of a large show are
    spoken = _spoken(heard, torn, answer.answered)
    form = tokens if all(turn.english for turn, _ in heard) else plain_tokens
    printed = published_words(answer.body, show, answer.speakers)
    said, published = Run(form(spoken)), Run(form(printed))
    return heard, said, published


def _is_whole(turn: TimedTurn, clip: Clip) -> bool:
    """Say whether a clip has the whole of what is heard of a turn in it."""
    return clip.start <= turn.words[0].start and turn.words[-1].end <= clip.end


def _spoken(
    heard: Sequence[tuple[TimedTurn, bool]],
    torn: tuple[Sequence[Word], Sequence[Word]],
    clip: Clip,
) -> list[tuple[str, int, bool]]:
    """Return the words of turns, each with that one's number, and what was torn off."""
    before, after = (
        [(word.text, where, True) for word in words]
        for words, where in zip(torn, _OUTSIDE, strict=True)
    )
    inside = (
        (word.text, number if is_heard(word, clip) else _HALF, ours)
        for number, (turn, ours) in enumerate(heard)
        for word in turn.words
    )
    return [*(before * heard[0][1]), *inside, *(after * heard[-1][1])]


def _unknown(said: Run, published: Run) -> Iterator[Finding]:
    """Yield each difference but of what a host said in between."""
    for one in differences(said, published):
        if one.published or any(token.ours for token in one.said.tokens):
            yield Finding.of(UNKNOWN, one.said, one.published)


def _lent(laid: Laid, answer: Answer, show: Show) -> Iterator[Finding]:
    """Yield each run of words that stands under another name than who said them."""
    heard, said, published = laid
    voices = [confirmed_person(turn, show) for turn, _ in heard]
    names = names_of_lines(answer, show)
    for (turn, line), places in _runs(
        said, published, lambda at, now: (said[at].line, published[now].line)
    ):
        if turn < 0:
            continue
        speaker, name = voices[turn], names[line]
        (first, there), (last, here) = places[0], places[-1]
        spoken = Stretch(said, first, last + 1)
        printed = Stretch(published, there, here + 1)
        if name is None or speaker in (name, None):
            continue
        if len(places) < _LENT and not _is_reply(spoken, printed, name, voices):
            continue
        yield Finding(
            kind=LENT,
            said=f"{speaker.name}: {shown(spoken, 0)}",
            published=f"{name.name}: {shown(printed, 0)}",
            line=line,
        )


def _wordless(laid: Laid, answer: Answer, show: Show) -> Iterator[Finding]:
    """Yield each of several speakers of whom the page has no words: it says they answer."""
    heard, said, published = laid
    voices = [confirmed_person(turn, show) for turn, _ in heard]
    printed = set()
    for (turn,), places in _runs(said, published, lambda at, _: (said[at].line,)):
        run = Stretch(said, places[0][0], places[-1][0] + 1)
        if turn >= 0 and (len(places) >= _LENT or (run.begins and run.ends)):
            printed.add(voices[turn])
    for person in map(show.person, answer.speakers if answer.speakers[1:] else ()):
        theirs = [
            n for n, t in enumerate(said) if t.line >= 0 and voices[t.line] == person
        ]
        if person and theirs and person not in printed:
            words = shown(Stretch(said, theirs[0], theirs[-1] + 1), 0)
            yield Finding(
                kind="who answers",
                said=f"{person.name}: {words}",
                published=f"{person.name}: {NOTHING}",
                line=1,
            )


def _is_reply(
    spoken: Stretch, printed: Stretch, name: Person, voices: Sequence[Person | None]
) -> bool:
    """Say whether a word or two are a whole sentence, there and here: "Never."

    Not where whoever it stands under says the same.
    """
    run, size = spoken.run, len(spoken)
    theirs = (
        at
        for at in range(len(run) - size + 1)
        if run[at].line >= 0 and voices[run[at].line] == name
    )
    return (
        all(part.begins and part.ends for part in (spoken, printed))
        and any(_tells(run, at) for at in spoken.places)
        and all(run.norms[at : at + size] != spoken.norms for at in theirs)
    )


def _tells(run: Run, at: int) -> bool:
    mark = run.mark(at)
    told = bool(mark and not mark.weak) or run.norms[at] == "yes"
    return told or not is_small(run.norms[at])


def _listed(said: Run, published: Run, body: str) -> Iterator[Finding]:
    """Yield each item of a list under a "not" or an "if" that was said after a full stop.

    "Never take both. Walk." and "Never:", under which one item is "walk".
    """
    places = {
        now: at
        for equal, (a, b), (c, _) in blocks(said.norms, published.norms)
        for now, at in enumerate(range(a, b) if equal else (), c)
    }
    for lead, *items in lists(body):
        first, last = _leading(published, lead)
        marks = (published.mark(n) for n in range(first, last))
        over = [mark.kind for mark in marks if mark and mark.kind in _OVER]
        if over and said[places.get(last - 1, 0)].ends:
            continue  # it led to them when it was said, too
        for line in items[1:] if over else ():
            now = next((n for n in sorted(places) if published[n].line >= line), None)
            if now is None or not _is_begun(said, places, now):
                continue
            led = shown(Stretch(published, first, last), 0)
            yield Finding(
                kind=over[-1],
                said=shown(Stretch(said, places[now], places[now] + 1)),
                published=f"{led} … {shown(Stretch(published, now, now + 1))}",
                line=line,
            )


def _leading(published: Run, line: int) -> Span:
    """Return the words of a sentence that goes on in the list below its line."""
    last = sum(token.line <= line for token in published)
    if not last or published[last - 1].text.endswith(tuple(ENDS)):
        return last, last
    return published.sentence(last - 1, last)[0], last


def _is_begun(said: Run, places: Mapping[int, int], now: int) -> bool:
    """Say whether a sentence ended between a printed word and the one before it."""
    at = places[now]
    before = max((places[n] for n in places if n < now), default=at)
    return before < said.sentence(at, at + 1)[0]


def _unheard(said: Run, published: Run) -> Iterator[Finding]:
    """Yield words that the page prints and the clip, as it is played, does not have.

    A word of which a part is played is named where it turns the meaning: "not".
    """
    for (turn,), places in _runs(said, published, lambda at, _: (said[at].line,)):
        first, there = places[0]
        last, here = places[-1]
        spoken = Stretch(said, first, last + 1)
        half = turn == _HALF and any(not m.weak for m in spoken.marks.values())
        if half or (turn in _OUTSIDE and any(_tells(said, n) for n in spoken.places)):
            printed = Stretch(published, there, here + 1)
            yield Finding.of("outside the clip", spoken, printed)


def _runs(
    said: Run, published: Run, of: Callable[[int, int], tuple[int, ...]]
) -> Iterator[tuple[tuple[int, ...], list[Span]]]:
    """Yield runs of words that are printed as they were said, each with its places."""
    for equal, (a, b), (c, d) in blocks(said.norms, published.norms):
        pairs = zip(range(a, b), range(c, d), strict=True) if equal else ()
        for key, run in groupby(pairs, lambda pair: of(*pair)):
            yield key, [*run]


def unticked(
    answer: Answer, turns: Sequence[TimedTurn], show: Show
) -> tuple[Finding, ...]:
    """Return the changes that nobody accepted."""
    return _without_ticked(changes(answer, turns, show), answer)


def _without_ticked(found: Sequence[Finding], answer: Answer) -> tuple[Finding, ...]:
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


def codes(found: Sequence[Finding], answer: Answer) -> tuple[str, ...]:
    """Return a code for each change, in their order: hex digits, four if they differ.

    Of a text that is another by one letter every code is another: who types one has
    read what it stands for.
    """
    digests = [
        hashlib.sha256(f"{answer.digest()} {n} {one.tick}".encode()).hexdigest()
        for n, one in enumerate(found)
    ]
    for size in count(4):
        made = tuple(digest[:size] for digest in digests)
        if len({*made}) == len(made):
            break
    return made


def terms_of(show: Show) -> frozenset[str]:
    """Return the show's own words of medicine, in small letters."""
    phrases = (*show.terms, *(w for t in show.topics for w in (t.title, *t.terms)))
    return frozenset(
        phrase.casefold() for phrase in phrases if " " not in phrase.strip()
    )
