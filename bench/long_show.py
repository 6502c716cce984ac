"""Make a show with one long episode to measure the desk on: invented words, a hum.

    python bench/long_show.py FOLDER [--words 40000] [--sound]

The transcript was corrected here and there, so that edited and heard words differ as
they do in life. The sound is a minute of a quiet tone, repeated: 4.5 hours, 64 MB.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pullquote.formats.disk import file_sha256, text_digest
from pullquote.formats.episode_toml import format_episode
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.peaks_json import format_peaks
from pullquote.formats.suggestions_json import save_suggestions
from pullquote.formats.transcript_md import save_transcript
from pullquote.formats.words_json import format_words
from pullquote.model.answer import Clip, SuggestedQuestion, Suggestion
from pullquote.model.episode import Episode, Recording
from pullquote.model.transcript import (
    Segment,
    Transcript,
    Turn,
    Word,
)
from tests.factory import heard

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

SLUG = "2026-05-20-a-very-long-evening"
WORD_MS = 405
"""40,000 words are 4.5 hours."""
A_TURN = 60
RATE = 24_000
_SYLLABLES = "ba ro mi ten sul ka vor pel dan tri zo lu mer fin gas hul".split()  # noqa: SIM905
_TYPES = 4000


@dataclass(slots=True)
class _Made:
    """Turns as people left them and as the machine heard them."""

    turns: list[Turn] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    end: int = 0


def make_show(root: Path, words: int = 40_000, *, sound: bool = False) -> ShowFolder:
    """Write the show below ``root``, with its recording where ``sound`` is asked for."""
    folder = ShowFolder(root)
    root.mkdir(parents=True, exist_ok=True)
    folder.show.write_text(
        'title = "A long hour"\ndescription = "Made to be measured."\n'
        'site = "https://long.example/"\nterms = ["vorpeldan"]\n'
        '[[people]]\nid = "host"\nname = "Hanna Vorlu"\nrole = "host"\n'
        '[[people]]\nid = "doc"\nname = "Doran Peltri"\ncredentials = "MD"\n'
        '[[people]]\nid = "two"\nname = "Mila Sulten"\ncredentials = "MD"\n'
    )
    paths = folder.episode(SLUG)
    made = _make(words)
    machine = heard(*made.segments, episode=SLUG, duration=made.end + 1000)
    text = format_words(machine)
    paths.words.parent.mkdir(parents=True, exist_ok=True)
    paths.words.write_text(text)
    transcript = Transcript(
        episode=SLUG,
        language="en",
        turns=tuple(made.turns),
        words_digest=text_digest(text),
    )
    save_transcript(paths.transcript, transcript)
    save_suggestions(paths.suggestions, SLUG, made.suggestions)
    _facts(paths, machine.duration, sound)
    return folder


def _make(count: int) -> _Made:
    rng = random.Random(6)
    types = [
        "".join(rng.choices(_SYLLABLES, k=rng.randint(1, 3))) for _ in range(_TYPES)
    ]
    weights = [1 / (n + 3) for n in range(_TYPES)]
    voices = ("S1", "S2", "S1", "S3")
    made = _Made()
    for number in range(count // A_TURN):
        texts = rng.choices(types, weights, k=A_TURN)
        lines = [
            " ".join(texts[n : n + 12]).capitalize() + "." for n in range(0, A_TURN, 12)
        ]
        if number % 4 == 0:
            lines[-1] = lines[-1].replace(".", "?")
        voice = voices[number % 4]
        start = made.end
        made.segments += _heard(rng, " ".join(lines).split(), start, voice)
        made.end = start + A_TURN * WORD_MS
        if number % 3 == 0:  # somebody corrected a word
            lines[1] = lines[1].replace(" ", " vorpeldan ", 1)
        made.turns.append(
            Turn(start=start // 1000 * 1000, speaker=voice, sentences=tuple(lines))
        )
        if number % 4 == 0:
            made.suggestions.append(
                _suggestion(len(made.suggestions) + 1, lines[-1], start)
            )
    return made


def _heard(
    rng: random.Random, texts: list[str], start: int, voice: str
) -> Iterator[Segment]:
    for n in range(0, len(texts), 12):
        words = tuple(
            Word(
                start=start + (n + k) * WORD_MS,
                end=start + (n + k) * WORD_MS + 330,
                text=text,
                probability=round(rng.uniform(0.2, 1), 3),
            )
            for k, text in enumerate(texts[n : n + 12])
        )
        yield Segment(
            start=words[0].start, end=words[-1].end, words=words, speaker=voice
        )


def _suggestion(rank: int, text: str, start: int) -> Suggestion:
    turn = A_TURN * WORD_MS
    return Suggestion(
        rank=rank,
        question=SuggestedQuestion(
            start=start + 48 * WORD_MS, end=start + turn - 75, text=text
        ),
        answer=Clip(start=start + turn, end=start + 2 * turn - 75),
        speakers=("S2",),
        p_question=0.9,
        p_answered=0.8,
    )


def _facts(paths: EpisodeFolder, duration: int, sound: bool) -> None:
    recording = None
    if sound:
        file = paths.recording("recording.mp3")
        file.parent.mkdir(parents=True, exist_ok=True)
        make_sound(file, duration)
        recording = Recording(
            file=file.name,
            sha256=file_sha256(file),
            duration=duration,
            source="bench",
            source_id=SLUG,
        )
    episode = Episode(
        guid="0f7a2c1e-0000-4000-8000-000000000001",
        title="A very long evening",
        held=date(2026, 5, 20),
        people=("host", "doc", "two"),
        recording=recording,
        synthetic=True,
    )
    paths.facts.parent.mkdir(parents=True, exist_ok=True)
    paths.facts.write_text(format_episode(episode))
    rng = random.Random(1)
    peaks = [rng.uniform(0.05, 0.9) for _ in range(duration // 100)]
    paths.peaks.write_text(format_peaks(peaks))


def make_sound(path: Path, duration: int) -> None:
    """Write an MP3 of a quiet tone, ``duration`` ms long: one minute, repeated."""
    import av

    with av.open(str(path), "w") as container:
        stream = container.add_stream("libmp3lame", rate=RATE, layout="mono")
        stream.bit_rate = 32_000
        packets = [p for frame in (*_tone(60), None) for p in stream.encode(frame)]
        offset, minute = 0, 60 * RATE
        while offset * 1000 < duration * RATE:
            for packet in packets:
                copy = av.Packet(bytes(packet))
                copy.stream, copy.time_base = stream, Fraction(1, RATE)
                copy.pts = copy.dts = offset + int(packet.pts or 0)
                container.mux(copy)
            offset += minute


def _tone(seconds: int) -> Iterator[AudioFrame]:
    import av

    for n in range(seconds):
        at = np.arange(n * RATE, (n + 1) * RATE) / RATE
        samples = (1500 * np.sin(2 * np.pi * (180 + 40 * (n % 7)) * at)).astype(
            np.int16
        )
        frame = av.AudioFrame.from_ndarray(samples[None], format="s16p", layout="mono")
        frame.sample_rate, frame.pts = RATE, n * RATE
        frame.time_base = Fraction(1, RATE)
        yield frame


def main() -> None:
    """Make the show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=int, default=40_000)
    parser.add_argument("--sound", action="store_true")
    given = parser.parse_args()
    make_show(given.folder, given.words, sound=given.sound)
    print(f"{given.folder}: {SLUG}")


if __name__ == "__main__":
    main()
