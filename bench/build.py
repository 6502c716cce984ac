"""Measure `build`: against Pelican, after one change, and how it grows.

    python bench/build.py [--answers 10000] [--grow 1000 3000 10000 30000] [--pelican]
    python bench/build.py --prove 200 --answers 0

Makes a show of 20 answers an episode from a fixed seed and the same Markdown for Pelican
(its own virtual environment), whose theme in bench/pelican has as many templates as ours
and makes the same pages. Both are built as a person would, each in a process of its own.

What is compared: "pages" is a show without search index and link pictures, for Pelican
makes neither; it still has what Pelican's site lacks (transcripts in four formats with
times from 1.2 million words, a podcast feed, the gate). "whole" is a show with its
defaults: pages, search index and a link picture an answer.
Prints a table, writes bench/results/build.json and bench/results/build.svg.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pullquote.formats.answer_md import format_answer, load_answer
from pullquote.formats.enclosure_json import format_enclosure
from pullquote.formats.episode_toml import format_episode
from pullquote.formats.transcript_md import format_transcript
from pullquote.formats.words_json import format_words
from pullquote.model.answer import Answer, Clip, Review
from pullquote.model.episode import Chapter, Enclosure, Episode, Recording
from pullquote.model.transcript import (
    Engine,
    MachineTranscript,
    Segment,
    Transcript,
    Turn,
    Word,
)

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench/results/build.json"
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
    turns: list[Turn] = []
    segments: list[Segment] = []
    clips: list[tuple[Clip, Clip]] = []
    now = 1000
    for one in told:
        spans = []
        said = tuple(s for lines in one.paragraphs for s in lines)
        for speaker, sentences in ((0, (one.question,)), (one.person, said)):
            name = f"Person Number{speaker}"
            # a turn's time in transcript.md has whole seconds
            now = -(-now // 1000) * 1000
            turns.append(Turn(start=now, speaker=name, sentences=sentences))
            words = []
            for text in " ".join(sentences).split():
                words.append(
                    Word(start=now, end=now + WORD_MS, text=text, probability=0.9)
                )
                now += WORD_MS
            segments.append(
                Segment(start=words[0].start, end=now, words=tuple(words), speaker="S1")
            )
            spans.append(Clip(start=words[0].start, end=now))
        clips.append((spans[0], spans[1]))
    _write_episode(root / "show", slug, held, number, told, now, sound)
    folder = root / "show/transcripts" / slug
    (folder / "answers").mkdir(parents=True)
    transcript = Transcript(episode=slug, language="en", turns=tuple(turns))
    (folder / "transcript.md").write_text(format_transcript(transcript))
    machine = MachineTranscript(
        episode=slug,
        language="en",
        duration=now,
        recording_sha256="0" * 64,
        engine=Engine(runtime="ctranslate2", model="base", weights_sha256="0" * 64),
        segments=tuple(segments),
    )
    (folder / "words.json").write_text(format_words(machine))
    for at, (one, (asked, answered)) in enumerate(zip(told, clips, strict=True)):
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
        (folder / "answers" / f"{answer.slug}.md").write_text(
            format_answer(signed(answer, held))
        )
    _write_pelican(root / "pelican/content", slug, held, number, told, turns, clips)


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
    turns: Sequence[Turn],
    clips: Sequence[tuple[Clip, Clip]],
) -> None:
    content.mkdir(parents=True, exist_ok=True)
    for at, (one, (_, answered)) in enumerate(zip(told, clips, strict=True)):
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
        for t in turns
    )
    people = sorted({0, *(one.person for one in told)})
    (content / f"{slug}.md").write_text(
        f"Title: Episode {number}\nDate: {held}\nSlug: {slug}\nCategory: episodes\n"
        f"Template: episode\nAbout: What was asked in episode {number}.\n"
        f"Duration: {turns[-1].start // 60000} min\n"
        f"Authors: {'; '.join(f'Person Number{n}' for n in people)}\n\n"
        f"{_notes(number)}\n## Transcript\n\n{said}\n"
    )


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took."""

    seconds: float
    cpu: float
    """Seconds of processor time: what a busy machine does not change much."""
    megabytes: float
    """Of the largest process, the search indexer among them."""


def measure(command: Sequence[str], folder: Path) -> Run:
    """Run a command and return its time and the most memory it held."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    cpu = round(used.ru_utime + used.ru_stime, 2)
    return Run(
        seconds=round(seconds, 2), cpu=cpu, megabytes=round(used.ru_maxrss / 1024)
    )


def build(show: Path) -> Run:
    """Build the show as a person would."""
    command = [sys.executable, str(ROOT / "publish.py"), "build", "--show", str(show)]
    return measure(command, ROOT)


def change_one(show: Path) -> None:
    """Correct one answer in the middle of the show and let it be signed again."""
    paths = sorted(show.glob("transcripts/*/answers/*.md"))
    path = paths[len(paths) // 2]
    answer = load_answer(path)
    assert answer.review is not None
    changed = replace(answer, body=answer.body + "\n\nAnd one thing more.")
    path.write_text(format_answer(signed(changed, answer.review.on)))


def pelican(root: Path) -> Run:
    """Build the same Markdown with Pelican in an environment of its own."""
    home = Path(tempfile.gettempdir()) / "pullquote-bench-pelican"
    if not (home / "bin/pelican").is_file():
        venv.create(home, with_pip=True)
        pip = [str(home / "bin/python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "pelican[markdown]==4.12.0"], check=True)
    site = root / "pelican"
    shutil.rmtree(site / "output", ignore_errors=True)
    run = measure([str(home / "bin/pelican"), "-s", "pelicanconf.py", "-q"], site)
    made = sum(1 for _ in (site / "output").rglob("index.html"))
    print(f"  Pelican made {made} pages", flush=True)
    return run


def one_size(answers: int, *, whole: bool, against: bool = False) -> dict[str, object]:
    """Measure one size of show: full, nothing changed, one answer changed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make_show(root, answers)
        show = root / "show"
        (show / "show.toml").write_text(show_toml(whole=whole))
        full = build(show)
        same = build(show)
        change_one(show)
        changed = build(show)
        row: dict[str, object] = {
            "what": "whole" if whole else "pages",
            "answers": answers,
            "episodes": answers // AN_EPISODE,
            "full_s": full.seconds,
            "full_cpu_s": full.cpu,
            "full_mb": full.megabytes,
            "unchanged_s": same.seconds,
            "one_changed_s": changed.seconds,
            "one_changed_cpu_s": changed.cpu,
            "one_changed_share": round(changed.seconds / full.seconds, 4),
            "one_changed_cpu_share": round(changed.cpu / full.cpu, 4),
        }
        if against:
            other = pelican(root)
            row |= {
                "pelican_s": other.seconds,
                "pelican_cpu_s": other.cpu,
                "pelican_mb": other.megabytes,
                "times_faster": round(other.seconds / full.seconds, 2),
                "times_faster_cpu": round(other.cpu / full.cpu, 2),
            }
        return row


def prove(edits: int) -> dict[str, object]:
    """Edit small shows at random; compare each build with one from nothing."""
    sys.path.insert(0, str(ROOT))
    from tests.pipeline.random_edits import Editing

    differ: list[str] = []
    stopped = 0
    for seed in range(-(-edits // 25)):
        with tempfile.TemporaryDirectory() as folder:
            show = Editing(Path(folder), seed)
            for _ in range(25):
                if (name := show.step()) is not None:
                    differ.append(f"seed {seed}, edit {len(show.done)}: {name}")
                    break
            stopped += len(show.stopped)
        print(f"seed {seed}: {len(show.done)} edits, {len(differ)} differ", flush=True)
    count = 25 * (seed + 1)
    return {"what": "edits", "edits": count, "stopped": stopped, "differ": differ}


def plot(rows: Sequence[dict[str, object]]) -> str:
    """Return how time and memory grow with the show, as SVG."""
    grown = sorted(
        (float(str(r["answers"])), float(str(r["full_s"])), float(str(r["full_mb"])))
        for r in rows
        if r["what"] == "pages"
    )
    most = max(n for n, *_ in grown)
    parts = []
    for column, (name, unit, at) in enumerate((("time", "s", 1), ("memory", "MB", 2))):
        left, top = 70 + column * 380, max(row[at] for row in grown)
        points = [
            (left + row[0] / most * 260, 250 - row[at] / top * 200) for row in grown
        ]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(
            f'<text x="{left}" y="30">{name} of a full build, pages alone ({unit})</text>'
            f'<path d="M{left} 50V250H{left + 270}" fill="none" stroke="#4a5c65"/>'
            f'<polyline points="{line}" fill="none" stroke="#0b5a77" stroke-width="2"/>'
        )
        for (x, y), row in zip(points, grown, strict=True):
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#0b5a77"/>'
                f'<text x="{x:.1f}" y="{y - 10:.1f}" text-anchor="middle">{row[at]:g}</text>'
                f'<text x="{x:.1f}" y="270" text-anchor="middle">{row[0] / 1000:g}k</text>'
            )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 290" '
        'font-family="sans-serif" font-size="12">'
        f'<rect width="760" height="290" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def main() -> int:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--grow", type=int, nargs="*", default=[])
    parser.add_argument("--pelican", action="store_true")
    parser.add_argument("--prove", type=int, default=0, metavar="EDITS")
    parser.add_argument("--whole", action="store_true", help="with index and pictures")
    wanted = parser.parse_args()
    rows: list[dict[str, object]] = []
    if wanted.prove:
        rows.append(prove(wanted.prove))
        _write(rows)
    for answers in sorted({*wanted.grow, wanted.answers} - {0}):
        main_one = answers == wanted.answers
        for whole in (False, True) if main_one and wanted.whole else (False,):
            against = wanted.pelican and main_one and not whole
            row = one_size(answers, whole=whole, against=against)
            print("  ".join(f"{key} {value}" for key, value in row.items()), flush=True)
            rows.append(row)
            _write(rows)
    return 0


def _write(rows: Sequence[dict[str, object]]) -> None:
    """Write what was measured so far, and how busy the machine was beside it.

    What an earlier run measured of other sizes stays.
    """
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    earlier = json.loads(RESULTS.read_text())["rows"] if RESULTS.is_file() else []
    every = {(r["what"], r.get("answers")): r for r in (*earlier, *rows)}
    found = {
        "cpus": os.cpu_count(),
        "load_15_min": round(os.getloadavg()[2], 1),
        "rows": [*every.values()],
    }
    RESULTS.write_text(json.dumps(found, indent=1) + "\n")
    RESULTS.with_suffix(".svg").write_text(plot(found["rows"]))


if __name__ == "__main__":
    raise SystemExit(main())
