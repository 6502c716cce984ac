"""From two clips of a transcript to the draft of an answer page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from pullquote.errors import ContentError, UsageError
from pullquote.formats.clock import format_clock
from pullquote.formats.transcript_md import header_line
from pullquote.mark.cut.question import page_question, question_slug
from pullquote.mark.cut.tidy import tidied
from pullquote.model import address
from pullquote.model.answer import Answer, Clip
from pullquote.model.library import Entry
from pullquote.model.show import Person, Show
from pullquote.model.speaking import confirmed_person, is_named
from pullquote.model.transcript import TimedTurn, Word, within

_PAUSE = 1200
"""Milliseconds between two sentences at which a new paragraph starts."""
_INLINE = re.compile(r"([\\`*_\[\]<>&|~])")
_AT_START = re.compile(r"([#+=-]|\d+[.)])(?=\s|$|[-=+#])")


def cut(
    entry: Entry,
    show: Show,
    *,
    asked: Clip,
    answered: Clip,
    id: str,  # noqa: A002, the word of the file's own key
    taken_slugs: Collection[str],
    path: Path,
    slug: str | None = None,
    cut_by: str | None = None,
) -> Answer:
    """Return a draft with the spoken words of the answer as its text.

    Fillers and false starts are taken out of it, where the show's rules say so.
    Both clips are clamped to the edges of words. ``path`` is the transcript's, for
    messages. Raises UsageError where nobody speaks in a clip, ContentError where a
    voice in the answer has no confirmed name.
    """
    if slug and not address.is_slug(slug):
        raise UsageError(slug, "cannot be an address", address.SLUG_REMEDY)
    question_turns = within(entry.turns, asked)
    answer_turns = within(entry.turns, answered)
    for name, clip, turns in (
        ("question", asked, question_turns),
        ("answer", answered, answer_turns),
    ):
        if not turns:
            raise UsageError(
                f"{format_clock(clip.start)} to {format_clock(clip.end)}",
                f"nobody speaks in the {name}'s clip",
                "name the times of the words to be cut",
            )
    people = [_person(turn, show, path) for turn in answer_turns]
    asked_words = " ".join(turn.text for turn in question_turns)
    english = all(turn.english for turn in question_turns)
    question = page_question(asked_words) if english else asked_words
    return Answer(
        slug=slug or question_slug(question, taken_slugs, question_turns[0].language),
        id=id,
        question=question,
        speakers=_speakers(people),
        asked=_edges(question_turns),
        answered=_edges(answer_turns),
        topics=_topics(question, show),
        cut_by=cut_by,
        body=_body([tidied(turn, show.editing) for turn in answer_turns], people),
    )


def spoken_question(answer: Answer, entry: Entry) -> str:
    """Return the question as it was said, to be read beside the page's."""
    return " ".join(turn.text for turn in within(entry.turns, answer.asked))


def _edges(turns: Sequence[TimedTurn]) -> Clip:
    start = turns[0].start
    return Clip(start=start, end=max(turns[-1].end, start + 1))


def _person(turn: TimedTurn, show: Show, path: Path) -> Person:
    """Return who speaks. Raises ContentError unless a person confirmed it."""
    if person := confirmed_person(turn, show):
        return person
    if turn.guessed:
        problem = f"the name {turn.speaker!r} is a guess"
        remedy = "confirm who speaks: take the question mark away"
    elif not is_named(turn):
        problem = f"the voice {turn.speaker!r} has no name"
        remedy = "confirm who speaks: write the name"
    else:
        problem = f"{turn.speaker!r} is nobody in show.toml"
        remedy = "correct the name, or add a [[people]] entry to show.toml"
    line = header_line(path, turn.speaker, turn.start)
    raise ContentError(path, problem, remedy, line=line)


def _speakers(people: Sequence[Person]) -> tuple[str, ...]:
    """Return who answers; a host who hands over does not, unless alone."""
    ids = dict.fromkeys(p.id for p in people if p.role not in ("host", "announcer"))
    return tuple(ids or dict.fromkeys(p.id for p in people))


def _topics(question: str, show: Show) -> tuple[str, ...]:
    """Return the topics of the show that the question names."""
    words = re.findall(r"[\w-]+", question.casefold())
    text = f" {' '.join(words)} "
    return tuple(
        topic.id
        for topic in show.topics
        if any(f" {term.casefold()} " in text for term in (topic.title, *topic.terms))
    )


def _body(turns: Sequence[TimedTurn], people: Sequence[Person]) -> str:
    several = len({person.id for person in people}) > 1
    paragraphs: list[str] = []
    before: str | None = None
    for turn, person in zip(turns, people, strict=True):
        texts = ["\n".join(lines) for lines in _paragraphs(turn)]
        if several and person.id != before:
            texts[0] = f"**{_escape(person.name)}:** {texts[0]}"
        before = person.id
        paragraphs += texts
    return "\n\n".join(paragraphs)


def _paragraphs(turn: TimedTurn) -> Iterator[list[str]]:
    """Yield the sentences of each paragraph; a pause ends one."""
    lines: list[str] = []
    latest = turn.start
    for start, end in pairwise((*turn.sentence_starts, len(turn.words))):
        words = turn.words[start:end]
        if lines and words[0].start - latest >= _PAUSE:
            yield lines
            lines = []
        lines.append(_markdown(words))
        latest = words[-1].end
    yield lines


def _markdown(words: Sequence[Word]) -> str:
    """Return a spoken sentence as Markdown that shows these very characters."""
    text = _escape(" ".join(word.text for word in words))
    if match := _AT_START.match(text):
        mark = match.group(1)
        text = f"{mark[:-1]}\\{mark[-1]}{text[len(mark) :]}"
    return text


def _escape(text: str) -> str:
    return _INLINE.sub(r"\\\1", text)
