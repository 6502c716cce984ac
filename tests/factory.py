"""A small hand-made show for tests: two public episodes, one draft.

Everything is invented. ``library(root)`` is the whole of it; the other functions
make single parts with sensible defaults, any of which a test may override.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pullquote.formats.folder import ShowFolder
from pullquote.model.answer import (
    Answer,
    Clip,
    Review,
    SuggestedQuestion,
    Suggestion,
)
from pullquote.model.episode import Chapter, Enclosure, Episode, Recording
from pullquote.model.library import Entry, Library
from pullquote.model.show import FeedSettings, Person, Show, Topic
from pullquote.model.transcript import (
    Engine,
    MachineTranscript,
    Segment,
    TimedTurn,
    Transcript,
    Turn,
    Word,
)

BASICS = "2026-03-11-back-pain-basics"
POSTURE = "2026-01-14-posture-at-a-desk"
DRAFT = "2026-04-15-nerve-pain"

DRAFT_WORDS = (
    "tungsten",
    "marzipan",
    "xylophone",
    "quagmire",
    "zeppelin",
    "obsidian",
    "wolframite",
    "trampoline",
    "ukulele",
)
"""Words that occur in drafts alone: a public file must hold none of them."""


def show(**changes: Any) -> Show:
    """Return the show: a host, two doctors, one person of the draft, topics."""
    values: dict[str, Any] = {
        "title": "Backbone Hour",
        "description": "Viewers ask, doctors of the back answer.",
        "site": "https://backbone.example/hour/",
        "author": "Backbone Hour",
        "notice": "Synthetic sample: invented people, no medical advice.",
        "disclaimer": "General information, not advice for your own case.",
        "sign_up": "https://backbone.example/sign-up",
        "feed": FeedSettings(
            owner_name="Backbone Hour",
            owner_email="hello@backbone.example",
            guid="0f7a2c1e-5d0b-5c3e-9a55-6f2b9d0a1c11",
        ),
        "people": (
            Person(id="mod", name="Maren Tolliver", role="host"),
            Person(
                id="quill",
                name="Dana Quillmark",
                credentials="MD, orthopedic spine surgeon",
                affiliation="Backbone Clinic",
                bio="Operates seldom and explains often.",
                href="https://clinic.example/quillmark",
                aliases=("Dr. Quillmark",),
            ),
            Person(
                id="oster",
                name="Benedek Osterfeld",
                credentials="MD, interventional pain physician",
            ),
            Person(id="xylo", name="Iris Xylophone", credentials="DO, tungsten lab"),
        ),
        "topics": (
            Topic(
                id="trigger-point-injections",
                title="Trigger point injections",
                href="https://clinic.example/trigger-points",
                summary="Small injections into a tight muscle.",
                terms=("trigger point",),
            ),
            Topic(id="posture", title="Posture & desk work"),
            Topic(id="stimulators", title="Obsidian stimulators"),
        ),
    }
    return Show(**(values | changes))


def timed(
    start: int,
    speaker: str,
    *sentences: str,
    guessed: bool = False,
    every: int = 300,
    pause: int = 0,
    probability: float | None = 0.9,
) -> TimedTurn:
    """Return a turn, ``every`` ms a word, with a ``pause`` after each sentence."""
    words: list[Word] = []
    starts: list[int] = []
    at = start
    for sentence in sentences:
        starts.append(len(words))
        for text in sentence.split():
            words.append(
                Word(start=at, end=at + every, text=text, probability=probability)
            )
            at += every
        at += pause
    return TimedTurn(
        start=start,
        end=words[-1].end,
        speaker=speaker,
        guessed=guessed,
        words=tuple(words),
        sentence_starts=tuple(starts),
    )


def transcript(slug: str, turns: Iterable[TimedTurn]) -> Transcript:
    """Return the edited transcript that the timed turns come from."""
    plain = []
    for turn in turns:
        ends = (*turn.sentence_starts[1:], len(turn.words))
        sentences = tuple(
            " ".join(w.text for w in turn.words[a:b])
            for a, b in zip(turn.sentence_starts, ends, strict=True)
        )
        plain.append(
            Turn(
                start=turn.start,
                speaker=turn.speaker,
                guessed=turn.guessed,
                sentences=sentences,
            )
        )
    return Transcript(episode=slug, language="en", turns=tuple(plain))


def heard(
    *segments: Segment, episode: str = "x", duration: int = 600_000
) -> MachineTranscript:
    """Return what a machine heard."""
    return MachineTranscript(
        episode=episode,
        language="en",
        duration=duration,
        recording_sha256="0" * 64,
        engine=Engine(runtime="ctranslate2", model="base", weights_sha256="0" * 64),
        segments=segments,
    )


def machine(slug: str, turns: Iterable[TimedTurn], duration: int) -> MachineTranscript:
    """Return what a machine would have heard: a segment a turn."""
    segments = (
        Segment(start=t.start, end=t.end, words=t.words, speaker=f"S{i % 3 + 1}")
        for i, t in enumerate(turns)
    )
    made = heard(*segments, episode=slug, duration=duration)
    sha256 = hashlib.sha256(slug.encode()).hexdigest()
    return replace(made, recording_sha256=sha256)


def answer(slug: str, **changes: Any) -> Answer:
    """Return a draft answer by Dr. Quillmark, cut by the host."""
    values: dict[str, Any] = {
        "slug": slug,
        "id": hashlib.sha256(slug.encode()).hexdigest()[:32],
        "question": f"What about {slug}?",
        "speakers": ("quill",),
        "asked": Clip(start=10_000, end=14_000),
        "answered": Clip(start=15_000, end=40_000),
        "cut_by": "mod",
        "body": "It depends.",
    }
    return Answer(**(values | changes))


def approve(draft: Answer, by: str = "oster", on: date = date(2026, 3, 20)) -> Answer:
    """Return the answer approved as it stands."""
    review = Review(by=by, on=on, digest=draft.digest())
    return replace(draft, status="approved", review=review)


def entry(slug: str, episode: Episode, **changes: Any) -> Entry:
    """Return an episode of ten minutes with an enclosure and what ``changes`` add.

    ``turns`` bring the edited and the machine's transcript with them, ``answers``
    those that may be public.
    """
    turns: tuple[TimedTurn, ...] = changes.get("turns", ())
    answers: tuple[Answer, ...] = changes.get("answers", ())
    duration = 600_000
    sound = enclosure_bytes(slug)
    values: dict[str, Any] = {
        "notes": "",
        "enclosure": Enclosure(
            file="enclosure.mp3",
            length=len(sound),
            type="audio/mpeg",
            duration=duration,
            sha256=hashlib.sha256(sound).hexdigest(),
            loudness=-16.0,
            made_from="sha256:" + "0" * 64,
        ),
        "machine": machine(slug, turns, duration) if turns else None,
        "transcript": transcript(slug, turns) if turns else None,
        "approved": tuple(a for a in answers if a.approved),
    }
    recording = Recording(
        file="recording.opus",
        sha256=hashlib.sha256(slug.encode()).hexdigest(),
        duration=duration,
        source="file:recordings",
        source_id=slug,
    )
    whole = replace(episode, recording=recording)
    return Entry(slug=slug, episode=whole, **(values | changes))


def enclosure_bytes(slug: str) -> bytes:
    """Return bytes that stand for an episode's MP3."""
    return b"ID3\x03\x00" + hashlib.sha256(slug.encode()).digest() * 40


def basics() -> Entry:
    """Return the newest public episode: video, chapters, three answers, a draft."""
    spoken = (
        timed(1_200, "Maren Tolliver", "Welcome to Backbone Hour."),
        timed(61_200, "Maren Tolliver", "What are trigger point injections?"),
        timed(
            71_000,
            "Dr. Quillmark",
            "They are small injections into a tight muscle.",
            "Most people feel better within 3 days.",
        ),
        timed(130_000, "A viewer", "Is bed rest good for a sore back?"),
        timed(140_000, "Dana Quillmark", "No, please keep moving."),
        timed(150_000, "Benedek Osterfeld", "I agree, a walk helps more."),
        timed(200_000, "Maren Tolliver", "How long does a flare last?"),
        timed(210_000, "Benedek Osterfeld", "It often lasts two weeks."),
    )
    answers = (
        approve(
            answer(
                "trigger-point-injections",
                question="What are trigger point injections?",
                asked=Clip(start=61_200, end=66_000),
                answered=Clip(start=71_000, end=76_000),
                topics=("trigger-point-injections",),
                body="They are small injections into a tight muscle.\n\n"
                "Most people feel better within 3 days.",
            )
        ),
        approve(
            answer(
                "bed-rest",
                question="Is bed rest good for a sore back?",
                speakers=("quill", "oster"),
                asked=Clip(start=130_000, end=133_000),
                answered=Clip(start=140_000, end=152_000),
                topics=("posture", "trigger-point-injections"),
                corrected=date(2026, 4, 2),
                body="**Dr. Quillmark:** No, please keep moving.\n\n"
                "**Dr. Osterfeld:** I agree, a *walk* helps more. See the "
                "[leaflet](https://clinic.example/walk).",
            ),
            by="quill",
        ),
        answer(
            "marzipan-diet",
            question="Does marzipan heal?",
            asked=Clip(start=200_000, end=203_000),
            answered=Clip(start=210_000, end=213_000),
            topics=("stimulators",),
            body="The trampoline says no.",
        ),
    )
    episode = Episode(
        guid="5a3c9a52-9a52-4f61-8f0e-9b0a7f7d0001",
        title="Back pain basics",
        held=date(2026, 3, 11),
        status="published",
        published=datetime(2026, 3, 21, 9, 0, tzinfo=UTC),
        summary="What helps a sore back, and what does not.",
        people=("mod", "quill", "oster"),
        watch="https://www.youtube.com/watch?v=backbone001",
        number=2,
        chapters=(
            Chapter(start=0, title="Welcome"),
            Chapter(start=61_200, title="Trigger points"),
            Chapter(start=130_000, title="Bed rest"),
        ),
    )
    return entry(
        BASICS,
        episode,
        notes="# In this episode\n\nWe speak of *rest*.\n\n- walking\n- sitting",
        turns=spoken,
        answers=answers,
    )


def posture() -> Entry:
    """Return the older public episode: synthetic, no video, unconfirmed voices."""
    spoken = (
        timed(0, "S1", "Good evening and welcome."),
        timed(20_000, "Dana Quillmark", "How do you sit?", guessed=True),
        timed(30_000, "S2", "Is a standing desk better?"),
        timed(40_000, "Benedek Osterfeld", "Change between both every half hour."),
    )
    answers = (
        approve(
            answer(
                "standing-desk",
                question="Is a standing desk better?",
                speakers=("oster",),
                asked=Clip(start=30_000, end=32_000),
                answered=Clip(start=40_000, end=43_000),
                topics=("posture",),
                body="Change position often: sit, stand and walk in turns all day.",
            ),
            by="quill",
            on=date(2026, 1, 30),
        ),
    )
    episode = Episode(
        guid="5a3c9a52-9a52-4f61-8f0e-9b0a7f7d0002",
        title="Posture at a desk",
        held=date(2026, 1, 14),
        status="published",
        published=datetime(2026, 2, 1, 9, 0, tzinfo=UTC),
        people=("mod", "oster"),
        synthetic=True,
        number=1,
    )
    return entry(POSTURE, episode, turns=spoken, answers=answers)


def draft() -> Entry:
    """Return the draft episode: suggestions, an approved answer, no summary."""
    spoken = (
        timed(0, "S1", "Welcome, quagmire people."),
        timed(61_200, "S2", "Does a zeppelin help nerve pain?"),
        timed(71_000, "Iris Xylophone", "Hardly, says the ukulele.", guessed=True),
    )
    answers = (
        approve(
            answer(
                "zeppelin-rides",
                question="Does a zeppelin help nerve pain?",
                speakers=("xylo",),
                asked=Clip(start=61_200, end=63_000),
                answered=Clip(start=71_000, end=73_000),
                topics=("stimulators",),
                body="Hardly, says the ukulele.",
            )
        ),
    )
    suggestions = (
        Suggestion(
            rank=1,
            question=SuggestedQuestion(
                start=61_200, end=63_000, text="Does a zeppelin help nerve pain?"
            ),
            answer=Clip(start=71_000, end=73_000),
            speakers=("S3",),
            p_question=0.97,
            p_answered=0.93,
        ),
        Suggestion(
            rank=2,
            question=SuggestedQuestion(
                start=80_000, end=82_000, text="What about <b>obsidian</b>?"
            ),
            answer=None,
            speakers=(),
            p_question=0.61,
            p_answered=0.1,
        ),
    )
    episode = Episode(
        guid="5a3c9a52-9a52-4f61-8f0e-9b0a7f7d0003",
        title="Wolframite and nerve pain",
        held=date(2026, 4, 15),
        people=("mod", "xylo"),
        chapters=(Chapter(start=0, title="Marzipan welcome"),),
    )
    return entry(
        DRAFT,
        episode,
        notes="Notes on the trampoline.",
        turns=spoken,
        answers=answers,
        suggestions=suggestions,
    )


def library(root: Path, *entries: Entry, **changes: Any) -> Library:
    """Return the show under ``root`` with all episodes, or only these.

    ``changes`` are the show's. Nothing is written: see ``lay_media``.
    """
    chosen = entries or (draft(), basics(), posture())
    return Library(root=root, show=show(**changes), entries=chosen)


def lay_media(shown: Library) -> None:
    """Write the enclosure of each episode where the pull stage would leave it."""
    for made in shown.entries:
        path = ShowFolder(shown.root).episode(made.slug).enclosure
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(enclosure_bytes(made.slug))
