"""The webinars from our own transcripts of their sound, from pulling to redacting.

    python bench/webinars.py            # a quarter of an hour

Makes a show of the webinars in ../shared in .pullquote/bench, transcribes them with
Whisper base, and as another machine would: on the other runtime, and through noise
(there are no tiny.en weights without a network); what that one heard is kept. Says how well questions,
answers, anchors and private details do on what was heard, not on the truth's words.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pullquote.cli import main as pullquote
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.show_toml import load_show
from pullquote.formats.transcript_md import load_transcript
from pullquote.formats.words_json import load_words, save_words
from pullquote.mark.cut.anchor import MOVED, find, make_anchor
from pullquote.mark.private.details import details
from pullquote.mark.suggest.suggestions import suggest
from pullquote.model.align import align
from pullquote.model.answer import Clip, Suggestion
from pullquote.model.show import Show, TranscribeSettings
from pullquote.model.transcript import MachineTranscript, TimedTurn, within

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SHOW = ROOT / ".pullquote" / "bench" / "webinars"
NOISE = 10
"""Decibels of speech over noise in the second sound."""
EDGE = 2.0
"""Seconds by which an edge may differ, as issue and scorer have it."""

Truth = dict[str, Any]


def main() -> None:
    """Print every figure."""
    print(json.dumps(measure(SHARED / "audio"), indent=1))


def measure(audio: Path) -> dict[str, Any]:
    """Return the figures of each webinar."""
    truths = [json.loads(p.read_text()) for p in sorted(_keys(audio))]
    _make_show(audio, truths)
    folder = ShowFolder(SHOW)
    found: dict[str, Any] = {}
    for truth in truths:
        paths = _episode(folder, truth)
        machine = load_words(paths.words)
        turns = align(load_transcript(paths.transcript), machine)
        suggestions = suggest(turns)
        found[truth["id"]] = {
            **_score(audio, truth, suggestions),
            **_edges(truth, suggestions),
            **_brier(truth, suggestions),
            "private": _private(folder, truth, turns),
            "anchors": {
                name: _anchors(truth, machine, other)
                for name, other in _others(folder, paths, machine)
            },
        }
    found["leaks after redaction"] = _leaks(truths)
    return found


def _keys(audio: Path) -> Iterator[Path]:
    return (audio / "webinars").glob("*.json")


def _make_show(audio: Path, truths: Sequence[Truth]) -> None:
    """Pull the webinars once, and transcribe them with the code as it is now."""
    SHOW.mkdir(parents=True, exist_ok=True)
    people = {
        person["name"]: person
        for truth in truths
        for person in truth["people"]
        if person["role"] != "announcer"
    }
    rows = [
        f'[[people]]\nid = "p{n}"\nname = "{name}"\n'
        + ('role = "host"\n' if person["role"] == "moderator" else "")
        for n, (name, person) in enumerate(sorted(people.items()))
    ]
    (SHOW / "show.toml").write_text(
        'title = "Spine Time"\ndescription = "Synthetic webinars."\n'
        'site = "https://spine-time.example/"\n' + "\n".join(rows)
    )
    for truth in truths:
        if not _has(truth):
            media = audio / "webinars" / truth["media"][0]
            _run("pull", str(media))
    shutil.rmtree(SHOW / "transcripts", ignore_errors=True)
    _run("transcribe")


def _has(truth: Truth) -> bool:
    try:
        _episode(ShowFolder(SHOW), truth)
    except LookupError:
        return False
    return True


def _run(*arguments: str, show: Path = SHOW) -> None:
    code = pullquote([*arguments, "--show", str(show)])
    if code:
        sys.exit(f"pullquote {' '.join(arguments)} ended with {code}")


def _episode(folder: ShowFolder, truth: Truth) -> EpisodeFolder:
    """Return the episode of the same length."""
    from pullquote.formats.episode_toml import load_episode

    for slug in folder.slugs():
        paths = folder.episode(slug)
        recording = load_episode(paths.facts).recording
        if recording and abs(recording.duration / 1000 - truth["duration"]) < 0.3:
            return paths
    raise LookupError(truth["id"])


def _score(
    audio: Path, truth: Truth, suggestions: Sequence[Suggestion]
) -> dict[str, Any]:
    """Return what the shared scorer says."""
    rows = [
        {
            "question_start": s.question.start / 1000,
            "answer_start": s.answer.start / 1000 if s.answer else None,
            "answer_end": s.answer.end / 1000 if s.answer else None,
            "answered_by": list(s.speakers),
        }
        for s in suggestions
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"qa": rows}, file)
        file.flush()
        key = audio / "webinars" / f"{truth['id']}.json"
        scorer = audio / "score_audio.py"
        command = [sys.executable, str(scorer), "qa", str(key), file.name]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
    scored: dict[str, Any] = json.loads(run.stdout)
    return {
        "questions": scored["gold"],
        "found": round(scored["recall"] * scored["gold"]),
        "false": scored["predicted"] - round(scored["recall"] * scored["gold"]),
        "answered or not told right": scored["answered_or_declined_right"],
        "number of answerers right": scored["right_number_of_answerers"],
        "answer IoU": scored["answer_iou_mean"],
    }


def _matched(gold: Truth, suggestions: Sequence[Suggestion]) -> Suggestion | None:
    start = gold["question_start"]
    near = [s for s in suggestions if abs(s.question.start / 1000 - start) <= EDGE]
    return min(near, key=lambda s: abs(s.question.start / 1000 - start), default=None)


def _edges(truth: Truth, suggestions: Sequence[Suggestion]) -> dict[str, Any]:
    """Return how many cuts have question start and answer end within two seconds."""
    met = 0
    for gold in truth["qa"]:
        found, end = _matched(gold, suggestions), gold["answer_end"]
        if found is None:
            continue
        if end is None:
            met += found.answer is None
        else:
            met += found.answer is not None and (
                abs(found.answer.end / 1000 - end) <= EDGE
            )
    return {"edges within 2 s at both ends": round(met / len(truth["qa"]), 3)}


def _brier(truth: Truth, suggestions: Sequence[Suggestion]) -> dict[str, Any]:
    right = {
        id(found): gold["answer_end"] is not None
        for gold in truth["qa"]
        if (found := _matched(gold, suggestions)) is not None
    }
    asked = [(s.p_question - (id(s) in right)) ** 2 for s in suggestions]
    told = [(s.p_answered - right[id(s)]) ** 2 for s in suggestions if id(s) in right]
    return {
        "Brier question": round(sum(asked) / len(asked), 3),
        "Brier answered": round(sum(told) / len(told), 3),
    }


def _private(
    folder: ShowFolder, truth: Truth, turns: Sequence[TimedTurn]
) -> dict[str, Any]:
    """Return how many of the key's details have a finding where they were said."""
    found = details(turns, load_show(folder.show), title=truth["title"])
    kinds = {"name": ("name",), "age": ("age",), "place": ("place",)}
    hits = 0
    for item in truth["private"]:
        start, end = round(item["start"] * 1000), round(item["end"] * 1000)
        near = [d for d in found if d.clip.overlaps(start, end)]
        hits += any(d.kind in kinds.get(item["kind"], (d.kind,)) for d in near)
    return {"in the key": len(truth["private"]), "found": hits}


def _others(
    folder: ShowFolder, paths: EpisodeFolder, machine: MachineTranscript
) -> Iterator[tuple[str, MachineTranscript]]:
    """Yield the recording as other machines hear it, kept once they did."""
    for name in ("torch", f"noise {NOISE} dB"):
        kept = SHOW / "others" / f"{paths.slug}.{name.split()[0]}.json"
        if not kept.is_file():
            kept.parent.mkdir(exist_ok=True)
            save_words(kept, _heard_by(name, folder, paths, machine))
        yield name, load_words(kept)


def _heard_by(
    name: str, folder: ShowFolder, paths: EpisodeFolder, machine: MachineTranscript
) -> MachineTranscript:
    import numpy as np

    from pullquote.formats.episode_toml import load_episode
    from pullquote.media.sound import decode_mono
    from pullquote.transcribe.engine.weights import find_weights
    from pullquote.transcribe.stage import Asked, load_runtime, transcribe_sound

    recording = load_episode(paths.facts).recording
    assert recording is not None
    sound = decode_mono(paths.recording(recording.file))
    settings = TranscribeSettings(speakers=False)
    if name == "torch":
        settings = replace(settings, runtime="torch")
    else:
        noise = np.random.default_rng(5).normal(size=sound.shape)
        level = np.sqrt(np.mean(sound**2)) * 10 ** (-NOISE / 20)
        sound = (sound + level * noise).astype(sound.dtype)
    weights = find_weights("base")
    asked = Asked(
        episode=machine.episode,
        recording_sha256=machine.recording_sha256,
        settings=settings,
    )
    loaded = load_runtime(settings, weights, 2)
    return transcribe_sound(sound, loaded, weights, asked).machine


def _anchors(
    truth: Truth, first: MachineTranscript, second: MachineTranscript
) -> dict[str, int]:
    """Return how many cuts of the first transcript are found again in the second."""
    before, after = _one_turn(first), _one_turn(second)
    private = [d.clip for d in details(before, load_show(SHOW / "show.toml"))]
    counts = {"cuts": 0, "found within 0.5 s": 0, "listed": 0, "neither": 0}
    for rough in _clips(truth):
        spoken = within(before, rough)
        if not spoken:
            continue
        clip = Clip(start=spoken[0].start, end=spoken[-1].end)
        anchor = make_anchor(before, clip, private)
        assert anchor is not None
        found = find(anchor, clip, after)
        near = (
            found is not None
            and max(abs(found.clip.start - clip.start), abs(found.clip.end - clip.end))
            <= MOVED
        )
        listed = not near or not (found and found.same)
        counts["cuts"] += 1
        counts["found within 0.5 s"] += near
        counts["listed"] += listed
        counts["neither"] += not near and not listed
    return counts


def _clips(truth: Truth) -> Iterator[Clip]:
    for row in truth["qa"]:
        for part in ("question", "answer"):
            if row.get(f"{part}_start") is not None:
                yield Clip(
                    start=round(1000 * row[f"{part}_start"]),
                    end=round(1000 * row[f"{part}_end"]),
                )


def _one_turn(machine: MachineTranscript) -> tuple[TimedTurn, ...]:
    words = machine.words
    return (
        TimedTurn(
            start=words[0].start,
            end=words[-1].end,
            speaker="S1",
            guessed=False,
            words=words,
            sentence_starts=(0,),
        ),
    )


def _leaks(truths: Sequence[Truth]) -> dict[str, Any]:
    """Redact everything that is found, build, and search all outputs for the keys'.

    Searched for are names and places as they were heard where the keys have one.
    """
    import numpy as np

    from pullquote.formats.redactions_toml import load_redactions
    from pullquote.media.sound import decode_mono

    with tempfile.TemporaryDirectory() as place:
        show = Path(place, "show")
        shutil.copytree(SHOW, show, ignore=shutil.ignore_patterns("others", "site"))
        folder = ShowFolder(show)
        names: set[str] = set()
        programme = load_show(folder.show)
        for truth in truths:
            paths = _episode(folder, truth)
            turns = align(load_transcript(paths.transcript), load_words(paths.words))
            names |= _heard_names(truth, turns, programme)
            facts = paths.facts.read_text().replace('"draft"', '"published"')
            paths.facts.write_text(f"published = 2026-03-12T09:00:00Z\n{facts}")
            paths.enclosure.unlink(missing_ok=True)
            for number in reversed(_of_title(truth, turns, programme)):
                _run("private", paths.slug, "--keep", str(number), show=show)
            _run("private", paths.slug, "--redact", "all", show=show)
        _run("run", show=show)
        files = [
            p
            for top in ("site", "feeds", "transcripts", "episodes")
            for p in (show / top).rglob("*")
            if p.is_file()
            and p.suffix in (".html", ".xml", ".json", ".vtt", ".srt", ".toml")
        ]
        leaks = sorted(
            f"{name}: {path.relative_to(show)}"
            for path in files
            for name in names
            if name in path.read_text("utf-8", errors="replace")
        )
        loudest = 0.0
        spans = 0
        for slug in folder.slugs():
            paths = folder.episode(slug)
            sound = decode_mono(paths.enclosure, 16_000)
            for redaction in load_redactions(paths.redactions):
                clip = redaction.clip
                spans += 1
                part = sound[clip.start * 16 : clip.end * 16]
                loudest = max(loudest, float(np.abs(part).max()))
    return {
        "words searched for": len(names),
        "files searched": len(files),
        "leaks": leaks,
        "stretches of sound muted": spans,
        "loudest sample in them": round(loudest, 5),
    }


def _of_title(truth: Truth, turns: Sequence[TimedTurn], show: Show) -> list[int]:
    """Return the numbers of findings that are words of the title: "Herniated Discs"."""
    private = details(turns, show, title=truth["title"])
    found = enumerate(details(turns, show), start=1)
    return [number for number, detail in found if detail not in private]


def _heard_names(truth: Truth, turns: Sequence[TimedTurn], show: Show) -> set[str]:
    spans = [
        Clip(start=round(item["start"] * 1000), end=round(item["end"] * 1000))
        for item in truth["private"]
    ]
    return {
        word.strip(".,;:?!'\u2019")
        for detail in details(turns, show, title=truth["title"])
        if detail.kind in ("name", "place")
        and any(span.overlaps(detail.clip.start, detail.clip.end) for span in spans)
        for word in detail.text.split()
        if word[:1].isupper() and len(word) > 3
    }


if __name__ == "__main__":
    main()
