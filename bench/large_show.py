"""Make a show of any size from a fixed seed, and the same Markdown for Pelican.

Twenty answers an episode; nothing in it is anybody's words. `bench/build.py` builds it,
`bench/build_edits.py` and `tests/pipeline/random_edits.py` edit small ones.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pullquote.formats.answer_md import format_answer, load_answer
from pullquote.formats.disk import write_text
from pullquote.formats.enclosure_json import format_enclosure
from pullquote.formats.episode_toml import format_episode
from pullquote.formats.transcript_md import format_transcript
from pullquote.formats.words_json import format_words
from pullquote.model.answer import Answer, Clip, Review
from pullquote.model.episode import Chapter, Enclosure, Episode, Recording
from pullquote.model.transcript import (
    Segment,
    Transcript,
    Turn,
    Word,
)
from tests.factory import heard

ROOT = Path(__file__).parents[1]
AN_EPISODE = 20
PEOPLE, TOPICS = 30, 60
WORD_MS = 350
# invented syllables: nothing here is anybody's advice
SYLLABLES = [
    "ba",
    "ro",
    "mi",
    "ten",
    "sul",
    "ka",
    "vor",
    "pel",
    "dan",
    "tri",
    "zo",
    "lu",
    "mer",
    "fin",
    "gas",
    "hul",
]


class Texts:
    """Invented words, sentences and paragraphs from one seed."""

    def __init__(self, seed: int) -> None:
        # one language for all episodes: 8,000 words, the first ones most often
        made = random.Random(0)
        self.words = [
            "".join(made.choices(SYLLABLES, k=made.randint(1, 4))) for _ in range(8000)
        ]
        self.weights = [1 / (n + 3) for n in range(8000)]
        self.random = random.Random(seed)

    def sentence(self, length: int) -> str:
        """Return a sentence of this many words."""
        return (
            " ".join(
                self.random.choices(self.words, self.weights, k=length)
            ).capitalize()
            + "."
        )

    def paragraph(self, sentences: int) -> tuple[str, ...]:
        """Return sentences of eight to sixteen words."""
        return tuple(
            self.sentence(self.random.randint(8, 16)) for _ in range(sentences)
        )


def show_toml(*, whole: bool) -> str:
    """Return the show's facts."""
    people = "\n".join(
        f'[[people]]\nid = "p{n}"\nname = "Person Number{n}"\n'
        f'credentials = "MD, invented doctor"\naffiliation = "Example Clinic"'
        for n in range(PEOPLE)
    )
    topics = "\n".join(
        f'[[topics]]\nid = "t{n}"\ntitle = "Topic {n}"\n'
        f'href = "https://bench.example/treatments/t{n}"\nsummary = "About topic {n}."'
        for n in range(TOPICS)
    )
    return (
        'title = "Bench Hour"\ndescription = "Made to be measured."\n'
        'site = "https://bench.example/"\nauthor = "Bench"\n'
        f"share_pictures = {str(whole).lower()}\nsearch = {str(whole).lower()}\n"
        f'feed.owner_email = "bench@bench.example"\n{people}\n{topics}\n'
    )


@dataclass(frozen=True, slots=True)
class Told:
    """One question and its answer, before it becomes a file."""

    question: str
    paragraphs: tuple[tuple[str, ...], ...]
    person: int
    topic: int

    @property
    def body(self) -> str:
        """The answer as Markdown."""
        return "\n\n".join("\n".join(lines) for lines in self.paragraphs)


def make_show(root: Path, answers: int, each: int = AN_EPISODE) -> None:
    """Write a show with this many answers, and the same as Pelican's content.

    An episode has ``each`` of them.
    """
    (root / "show").mkdir(parents=True)
    (root / "show/show.toml").write_text(show_toml(whole=False))
    shutil.copytree(ROOT / "bench/pelican", root / "pelican")
    shutil.copytree(ROOT / "templates/static", root / "pelican/theme/static")
    (root / "pelican/show.json").write_text(json.dumps(_pelican_show()))
    sound = root / "sound.mp3"
    sound.write_bytes(b"ID3\x03\x00" + bytes(5000))
    for number in range(answers // each):
        _make_episode(root, number, sound, each)


def _make_episode(root: Path, number: int, sound: Path, each: int) -> None:
    texts = Texts(number)
    held = date(2000, 1, 1) + timedelta(days=number * 3)
    slug = f"{held}-episode-{number}"
    told = [
        Told(
            question=texts.sentence(12).rstrip(".") + "?",
            paragraphs=tuple(texts.paragraph(3) for _ in range(3)),
            person=texts.random.randrange(1, PEOPLE),
            topic=texts.random.randrange(TOPICS),
        )
        for _ in range(each)
    ]
    spoken = _spoken(told)
    _write_episode(root / "show", slug, held, number, told, spoken.end, sound)
    folder = root / "show/transcripts" / slug
    (folder / "answers").mkdir(parents=True)
    _write_words(folder, slug, spoken)
    for at, (one, (asked, answered)) in enumerate(zip(told, spoken.clips, strict=True)):
        answer = Answer(
            slug=f"e{number}-q{at}",
            id=f"{number:016x}{at:016x}",
            question=one.question,
            speakers=(f"p{one.person}",),
            asked=asked,
            answered=answered,
            topics=(f"t{one.topic}",),
            cut_by="p0",
            body=one.body,
        )
        save_signed(folder / "answers" / f"{answer.slug}.md", answer, held)
    _write_pelican(root / "pelican/content", slug, held, number, told, spoken)


@dataclass(slots=True)
class Spoken:
    """What is said in an episode and heard of it; the clips of its answers."""

    turns: list[Turn] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    clips: list[tuple[Clip, Clip]] = field(default_factory=list)
    end: int = 1000

    def say(self, speaker: int, sentences: tuple[str, ...]) -> Clip:
        """Let a person say sentences, each word as long as any other."""
        # a turn's time in transcript.md has whole seconds
        now = start = -(-self.end // 1000) * 1000
        name = f"Person Number{speaker}"
        self.turns.append(Turn(start=start, speaker=name, sentences=sentences))
        words = []
        for text in " ".join(sentences).split():
            words.append(Word(start=now, end=now + WORD_MS, text=text, probability=0.9))
            now += WORD_MS
        self.segments.append(
            Segment(start=start, end=now, words=tuple(words), speaker="S1")
        )
        self.end = now
        return Clip(start=start, end=now)


def _spoken(told: Sequence[Told]) -> Spoken:
    spoken = Spoken()
    for one in told:
        asked = spoken.say(0, (one.question,))
        said = tuple(s for lines in one.paragraphs for s in lines)
        spoken.clips.append((asked, spoken.say(one.person, said)))
    return spoken


def _write_words(folder: Path, slug: str, spoken: Spoken) -> None:
    transcript = Transcript(episode=slug, language="en", turns=tuple(spoken.turns))
    (folder / "transcript.md").write_text(format_transcript(transcript))
    machine = heard(*spoken.segments, episode=slug, duration=spoken.end)
    (folder / "words.json").write_text(format_words(machine))


def signed(answer: Answer, on: date) -> Answer:
    """Return the answer as its doctor approved it."""
    review = Review(by=answer.speakers[0], on=on, digest=answer.digest())
    return replace(answer, status="approved", review=review)


def _write_episode(
    show: Path,
    slug: str,
    held: date,
    number: int,
    told: Sequence[Told],
    duration: int,
    sound: Path,
) -> None:
    folder = show / "episodes" / slug
    folder.mkdir(parents=True)
    episode = Episode(
        guid=f"00000000-0000-4000-8000-{number:012d}",
        title=f"Episode {number}",
        held=held,
        status="published",
        published=datetime(held.year, held.month, held.day, 9, tzinfo=UTC),
        summary=f"What was asked in episode {number}.",
        people=("p0", *sorted({f"p{one.person}" for one in told})),
        chapters=(Chapter(start=0, title="Welcome"),),
        recording=Recording(
            file="recording.opus",
            sha256="0" * 64,
            duration=duration,
            source="bench",
            source_id=slug,
        ),
    )
    (folder / "episode.toml").write_text(format_episode(episode))
    (folder / "notes.md").write_text(_notes(number))
    os.link(sound, folder / "enclosure.mp3")
    (folder / "enclosure.json").write_text(
        format_enclosure(
            Enclosure(
                file="enclosure.mp3",
                length=sound.stat().st_size,
                type="audio/mpeg",
                duration=duration,
                sha256="0" * 64,
                loudness=-16.0,
                made_from="sha256:" + "0" * 64,
            )
        )
    )
    shutil.copystat(sound, folder / "enclosure.json")  # as pull leaves both


def _notes(number: int) -> str:
    return f"In this episode we speak of *things* of number {number}.\n\n- one\n- two\n"


def _pelican_show() -> dict[str, object]:
    """Return what Pelican's templates must know of people and topics."""
    return {
        "people": {
            f"Person Number{n}": {
                "credentials": "MD, invented doctor",
                "affiliation": "Example Clinic",
            }
            for n in range(PEOPLE)
        },
        "topics": {
            f"Topic {n}": {
                "href": f"https://bench.example/treatments/t{n}",
                "summary": f"About topic {n}.",
            }
            for n in range(TOPICS)
        },
    }


def _write_pelican(
    content: Path,
    slug: str,
    held: date,
    number: int,
    told: Sequence[Told],
    spoken: Spoken,
) -> None:
    content.mkdir(parents=True, exist_ok=True)
    for at, (one, (_, answered)) in enumerate(zip(told, spoken.clips, strict=True)):
        seconds = (answered.end - answered.start) // 1000
        (content / f"e{number}-q{at}.md").write_text(
            f"Title: {one.question}\nDate: {held}\nSlug: e{number}-q{at}\n"
            f"Category: answers\nTags: Topic {one.topic}\n"
            f"Authors: Person Number{one.person}\nEpisode: {slug}\n"
            f"EpisodeTitle: Episode {number}\nReviewed: {held}\n"
            f"Due: {held + timedelta(days=730)}\nLength: {seconds} sec\n"
            f"Clip: {answered.start / 1000:g},{answered.end / 1000:g}\n"
            f"Turn: t{answered.start}\n\n{one.body}\n"
        )
    said = "\n\n".join(
        f"**{t.speaker}** [{t.start // 60000}:{t.start // 1000 % 60:02}]"
        f"(https://bench.example/media/{slug}.mp3#t={t.start // 1000})\n\n"
        + "\n".join(t.sentences)
        for t in spoken.turns
    )
    people = sorted({0, *(one.person for one in told)})
    (content / f"{slug}.md").write_text(
        f"Title: Episode {number}\nDate: {held}\nSlug: {slug}\nCategory: episodes\n"
        f"Template: episode\nAbout: What was asked in episode {number}.\n"
        f"Duration: {spoken.turns[-1].start // 60000} min\n"
        f"Authors: {'; '.join(f'Person Number{n}' for n in people)}\n\n"
        f"{_notes(number)}\n## Transcript\n\n{said}\n"
    )


def change_one(show: Path) -> None:
    """Correct one answer in the middle of the show and let it be signed again."""
    paths = sorted(show.glob("transcripts/*/answers/*.md"))
    path = paths[len(paths) // 2]
    answer = load_answer(path)
    assert answer.review is not None
    changed = replace(answer, body=answer.body + "\n\nAnd one thing more.")
    save_signed(path, changed, answer.review.on)


def save_signed(path: Path, answer: Answer, on: date) -> None:
    """Write an answer as its doctor would sign it, with the copy that is kept then."""
    text = format_answer(signed(answer, on))
    for place in (path, path.parents[1] / "approved" / f"{answer.id}.md"):
        write_text(place, text)
