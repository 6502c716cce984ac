"""Where one episode stands, told from its files alone; and its texts, to search in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path
from typing import Literal, TypeVar

from pullquote.errors import PullquoteError, each_fault
from pullquote.formats.answer_md import load_answer
from pullquote.formats.decisions_json import load_decisions
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import EpisodeFolder
from pullquote.formats.redactions_toml import load_redactions
from pullquote.formats.suggestions_json import load_suggestions
from pullquote.formats.transcript_md import load_transcript
from pullquote.formats.words_json import load_words
from pullquote.mark.private.redact import redact
from pullquote.model.align import align
from pullquote.model.answer import Answer, Suggestion
from pullquote.model.decision import Decision, decision_on
from pullquote.model.episode import Episode
from pullquote.model.speaking import is_named
from pullquote.model.transcript import TimedTurn, Transcript, Turn

T = TypeVar("T")
AnswerState = Literal["draft", "changed", "approved", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingAnswer:
    """One answer in short."""

    slug: str
    id: str
    question: str
    state: AnswerState
    """``changed``: approved once, and edited since."""
    reviewed: date | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One episode in short: a row of the shelf."""

    slug: str
    title: str
    held: date | None
    published: bool
    pulled: bool
    duration: int | None
    """Milliseconds."""
    transcribed: bool
    to_name: int | None
    """Voices of which no person has said who it is; None without a transcript."""
    waiting: int | None
    """Suggestions of which nobody made an answer; None before ``suggest``."""
    answers: tuple[StandingAnswer, ...]
    faults: tuple[str, ...]
    public_from: str | None = None
    """ISO 8601 in UTC, the moment at which subscribers get it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text that can be found: a turn, or an answer."""

    kind: Literal["turn", "answer"]
    place: str
    """A turn's start in ms, an answer's slug."""
    who: str
    text: str


def standing(paths: EpisodeFolder) -> tuple[Standing, tuple[Passage, ...]]:
    """Read an episode; what cannot be read is a fault and stops nothing else."""
    faults: list[str] = []
    episode = _read(load_episode, paths.facts, faults)
    transcript = _read(load_transcript, paths.transcript, faults)
    suggestions = _read(load_suggestions, paths.suggestions, faults)
    rows = _read(load_decisions, paths.decisions, faults) or ()
    answers = tuple(read_answers(paths, faults))
    texts = (*_turns(paths, transcript, faults), *_answer_texts(answers))
    found = Standing(
        slug=paths.slug,
        title=episode.title if episode else paths.slug,
        held=episode.held if episode else None,
        published=episode is not None and episode.status == "published",
        public_from=episode.published.astimezone(UTC).isoformat(timespec="seconds")
        if episode and episode.published
        else None,
        pulled=_pulled(episode, paths),
        duration=episode.recording.duration if episode and episode.recording else None,
        transcribed=paths.words.is_file(),
        to_name=None if transcript is None else _to_name(transcript),
        waiting=None
        if suggestions is None
        else len(undecided(suggestions, answers, rows)),
        answers=tuple(map(_short, answers)),
        faults=tuple(faults),
    )
    return found, texts


def _read(load: Callable[[Path], T], path: Path, faults: list[str]) -> T | None:
    if not path.exists():
        return None
    try:
        return load(path)
    except PullquoteError as error:
        faults += map(str, each_fault(error))
    return None


def read_answers(paths: EpisodeFolder, faults: list[str]) -> Iterator[Answer]:
    """Yield the answers that can be read; of the others ``faults`` tells."""
    for path in sorted(paths.answers.glob("[!.]*.md")):
        answer = _read(load_answer, path, faults)
        if answer is not None:
            yield answer


def _pulled(episode: Episode | None, paths: EpisodeFolder) -> bool:
    if episode is None or episode.recording is None:
        return False
    return paths.recording(episode.recording.file).is_file()


def _to_name(transcript: Transcript) -> int:
    return len({turn.speaker for turn in transcript.turns if not is_named(turn)})


def undecided(
    suggestions: Sequence[Suggestion],
    answers: Sequence[Answer],
    decisions: Sequence[Decision],
) -> tuple[Suggestion, ...]:
    """Return the suggestions that were neither cut nor refused.

    One whose draft was deleted waits again.
    """
    there = {answer.id for answer in answers}
    stand = [r for r in decisions if not r.answer_id or r.answer_id in there]
    return tuple(
        s
        for s in suggestions
        if decision_on(s.question.clip, stand) is None
        and not any(a.asked.overlaps(s.question.start, s.question.end) for a in answers)
    )


def _short(answer: Answer) -> StandingAnswer:
    state: AnswerState = "changed" if answer.reopened else answer.status
    return StandingAnswer(
        slug=answer.slug,
        id=answer.id,
        question=answer.question,
        state=state,
        reviewed=answer.review.on if answer.review else None,
        by=answer.review.by if answer.review else None,
    )


def _turns(
    paths: EpisodeFolder, transcript: Transcript | None, faults: list[str]
) -> Iterator[Passage]:
    """Yield the turns' texts without what is redacted."""
    turns: Sequence[Turn | TimedTurn] = transcript.turns if transcript else ()
    if transcript and paths.redactions.exists():
        redactions = _read(load_redactions, paths.redactions, faults)
        machine = _read(load_words, paths.words, faults)
        turns = redact(align(transcript, machine), redactions) if redactions else turns
    for turn in turns:
        place = str(turn.start)
        yield Passage(kind="turn", place=place, who=turn.speaker, text=turn.text)


def _answer_texts(answers: tuple[Answer, ...]) -> Iterator[Passage]:
    for answer in answers:
        text = f"{answer.question}\n{answer.body}"
        who = ", ".join(answer.speakers)
        yield Passage(kind="answer", place=answer.slug, who=who, text=text)
