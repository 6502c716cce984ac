"""Chapters drafted from what is asked: where each begins, a few plain words as title.

A draft for an editor: first at 0:00, at least three where the talk is long enough
for them, none shorter than ten seconds (players show no others).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pullquote.mark.cut.question import page_question
from pullquote.mark.lexicon.common_words import COMMON
from pullquote.mark.lexicon.meanings import words
from pullquote.mark.private.details import details
from pullquote.mark.suggest.cues import closes
from pullquote.mark.suggest.units import Unit, split
from pullquote.mark.tagger.cohesion import telling_words
from pullquote.model.answer import Clip, SuggestedQuestion, Suggestion
from pullquote.model.episode import Chapter
from pullquote.model.show import Show
from pullquote.model.transcript import TimedTurn

SHORTEST = 10_000
"""Milliseconds of a chapter; YouTube's own rule, and three of them at least."""
LEAST = 3
_SURE = 0.5
_LEAD = 15_000
"""Milliseconds before a question in which the chapter may already begin."""
_LONGEST_TITLE = 6
_LONGEST_QUESTION = 12
"""Words of a title in a language of which it is not known which words say nothing."""
_WORD = re.compile(r"[^\W_]+(?:[-'\u2019/][^\W_]+)*")
_JOINING = words("a after an and before for from in of on or the to with without your")
_ADDING = words("after before for from in on or to with without")
_TELLING = words("back left right new low first second follow")
"""Common words that belong to what is spoken of: low back pain, left leg."""
_EMPTY = (COMMON - _TELLING) | words(
    """
    able become becomes cause causes change come comes does doing feel find give goes
    going happen happens help helps it's kind like long look lot make makes mean means
    much need needs often really start take takes thing things think tell try two
    want way work works would year years
    """
)


def draft_chapters(
    turns: Sequence[TimedTurn],
    suggestions: Sequence[Suggestion],
    show: Show,
    duration: int,
    *,
    title: str = "",
    kept: Sequence[Clip] = (),
) -> tuple[Chapter, ...]:
    """Return chapters by their start, ms; none of them names anything private.

    ``turns`` are redacted, ``duration`` is the recording's, ``title`` the episode's:
    what that says is public, and what is ``kept`` may stay. Fewer than three chapters
    that are long enough are none.
    """
    clips = [s.question.clip for s in suggestions]
    found = details(turns, show, asked=clips, title=title, kept=kept)
    private = [detail.clip for detail in found]
    spoken = _open(turns, private)
    asked = sorted(
        (s for s in suggestions if s.p_question >= _SURE),
        key=lambda s: s.question.start,
    )
    say = show.words.gettext
    english = all(turn.english for turn in turns)
    longest = _LONGEST_TITLE if english else _LONGEST_QUESTION
    made = [Chapter(start=0, title=say("Welcome"))]
    for suggestion in asked:
        question = _open_question(suggestion.question, turns, private)
        asks = plain_title(question, show, longest)
        start = _start(suggestion, turns)
        made.append(Chapter(start=start, title=asks or say("A viewer's question")))
    made = _spaced(made, duration)
    if len(made) < LEAST:
        made = _spaced([*made, *_by_topic(spoken, show, made, duration)], duration)
    last = asked[-1] if asked else None
    if last is not None and last.answer is not None:
        made += _closing(turns, last.answer.end, duration, say("Closing words"))
    made = _spaced(made, duration)
    return tuple(_told_apart(made)) if len(made) >= LEAST else ()


def _open(turns: Sequence[TimedTurn], private: Sequence[Clip]) -> tuple[Unit, ...]:
    """Return the units without anything private in them."""
    return tuple(
        unit
        for unit in split(turns)
        if not any(clip.overlaps(unit.start, unit.end) for clip in private)
    )


def _start(suggestion: Suggestion, turns: Sequence[TimedTurn]) -> int:
    """Return where the turn with the question begins, if that is near."""
    asked = suggestion.question.start
    before = [t.start for t in turns if asked - _LEAD <= t.start <= asked]
    return before[-1] if before else asked


def _open_question(
    question: SuggestedQuestion, turns: Sequence[TimedTurn], private: Sequence[Clip]
) -> str:
    """Return the question in plain words, with a comma where it is private."""
    said = [
        ","
        if any(clip.overlaps(word.start, word.end) for clip in private)
        else word.text
        for turn in turns
        for word in turn.words
        if question.start <= word.start < question.end
    ]
    text = " ".join(said)
    return page_question(text) if all(turn.english for turn in turns) else text


def plain_title(text: str, show: Show, longest: int = _LONGEST_TITLE) -> str:
    """Return a few plain words that say what a question or a stretch is about.

    Topics and terms of the show that it names, else its longest run of words that
    say something; empty where there is none.
    """
    named = _named(text, show)
    runs = sorted(
        _runs(text, longest), key=lambda run: -sum(w not in _JOINING for w in run)
    )
    best = " ".join(runs[0]) if runs else ""
    if named and len(best.split()) < 2:
        best = " and ".join(named[:2])
    return best[:1].upper() + best[1:]


def _named(text: str, show: Show) -> list[str]:
    """Return the show's topics and terms in the order in which a text names them."""
    plain = f" {' '.join(_WORD.findall(text.casefold()))} "
    phrases = [*show.terms]
    for topic in show.topics:
        phrases += [topic.title, *topic.terms]
    found = {p.casefold(): plain.find(f" {p.casefold()} ") for p in phrases}
    return sorted((p for p, at in found.items() if at >= 0), key=lambda p: found[p])


def _runs(text: str, longest: int) -> Iterator[list[str]]:
    """Yield runs of words that say something, joined by small words inside."""
    for clause in re.split(r"[.,;:?!]", text):
        run: list[str] = []
        for word in _WORD.findall(clause):
            small = word.casefold()
            if small in _EMPTY and small not in _JOINING:
                if run:
                    yield _trimmed(run, longest)
                run = []
            elif run or small not in _JOINING:
                run.append(word)
        if run:
            yield _trimmed(run, longest)


def _trimmed(run: list[str], longest: int) -> list[str]:
    """Return a run short enough for a title: up to where something is added to it."""
    if len(run) > longest:
        added = [
            n for n, word in enumerate(run) if word.casefold() in _ADDING and n > 1
        ]
        run = run[: added[0]] if added else run[-longest:]
    while run and run[-1].casefold() in _JOINING:
        run = run[:-1]
    while run and run[0].casefold() in _JOINING:
        run = run[1:]
    return run[-longest:]


def _by_topic(
    spoken: Sequence[Unit], show: Show, taken: Sequence[Chapter], duration: int
) -> Iterator[Chapter]:
    """Yield chapters where a talk without questions is cut into even parts."""
    parts = max(LEAST, min(8, duration // 300_000))
    for part in range(1, parts):
        at = duration * part // parts
        begins = [u for u in spoken if u.start >= at]
        if not begins:
            return
        start = begins[0]
        until = start.start + duration // parts
        near = [u.text for u in begins if u.start < until]
        title = _most_said(near, show)
        if title and all(abs(c.start - start.start) >= SHORTEST for c in taken):
            yield Chapter(start=start.start, title=title)


def _most_said(texts: Sequence[str], show: Show) -> str:
    """Return what a stretch speaks of most, as it says it first."""
    named = Counter(name for text in texts for name in _named(text, show))
    if named:
        best = " and ".join(name for name, _ in named.most_common(2))
        return best[:1].upper() + best[1:]
    counts = Counter(stem for text in texts for stem in telling_words(text))
    words = [word for text in texts for word in _WORD.findall(text)]
    first = {stem: w for w in reversed(words) for stem in telling_words(w)}
    best = " and ".join(first[stem].casefold() for stem, _ in counts.most_common(2))
    return best[:1].upper() + best[1:]


def _closing(
    turns: Sequence[TimedTurn], answered: int, duration: int, title: str
) -> Iterator[Chapter]:
    """Yield the chapter in which the programme takes leave."""
    for turn in turns:
        if turn.start >= answered and closes(turn.text):
            if duration - turn.start >= SHORTEST:
                yield Chapter(start=turn.start, title=title)
            return


def _spaced(chapters: Sequence[Chapter], duration: int) -> list[Chapter]:
    """Return chapters in order, each ten seconds long at least."""
    found: list[Chapter] = []
    for chapter in sorted(chapters, key=lambda c: c.start):
        if chapter.start and duration - chapter.start < SHORTEST:
            continue
        if not found or chapter.start - found[-1].start >= SHORTEST:
            found.append(chapter)
    return found


def _told_apart(chapters: Sequence[Chapter]) -> Iterator[Chapter]:
    """Yield chapters none of which has another's title."""
    seen: Counter[str] = Counter()
    for chapter in chapters:
        seen[chapter.title] += 1
        count = seen[chapter.title]
        title = chapter.title if count == 1 else f"{chapter.title} ({count})"
        yield Chapter(start=chapter.start, title=title)
