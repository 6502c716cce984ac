"""How well are questions and answers suggested? Prints the scorers' own tables.

    python bench/suggest.py                  # the model as shipped, about 15 s
    python bench/suggest.py --folds 3        # talks too, trained on the others: 10 min

Interviews were never trained on. Talks were, so they are only scored by
cross-validation over documents; of the consultations' raw form the model knows which
words ask, so read that row with care. The scorers in the shared folder are run as
they are. Webinars: from the truth's words and turns, or from a show's transcripts
(--show DIR) of the same recordings.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pullquote.formats.folder import ShowFolder
from pullquote.formats.sentences import sentence_starts
from pullquote.mark import sequence
from pullquote.mark.suggest import find_cuts, suggest
from pullquote.mark.units import Unit
from pullquote.model.align import spread
from pullquote.model.answer import Suggestion
from pullquote.model.transcript import TimedTurn

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
VARIANTS = ("punctuated", "raw")


def main() -> None:
    """Parse the options and print every table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--folds", type=int, default=0, help="also score talks")
    parser.add_argument("--show", type=Path, help="a show that holds the webinars")
    options = parser.parse_args()
    score_webinars(options.shared / "audio", options.show)
    with tempfile.TemporaryDirectory() as folder:
        predictions, gold = Path(folder, "predictions"), Path(folder, "gold")
        predictions.mkdir()
        gold.mkdir()
        for name in documents(options.shared / "qa", ("interviews", "consultations")):
            predict(options.shared / "qa", name, predictions, gold)
        if options.folds:
            cross_validate(options.shared / "qa", options.folds, predictions, gold)
        scorer = options.shared / "qa" / "score_qa.py"
        subprocess.run([sys.executable, scorer, predictions, gold], check=True)
        print_calibration(predictions, gold)


def documents(qa: Path, sources: Sequence[str]) -> list[str]:
    """Return the names of the documents of these sources."""
    found = []
    for path in sorted((qa / "gold").glob("*.json")):
        if json.loads(path.read_text("utf-8"))["source"] in sources:
            found.append(path.stem)
    return found


def predict(qa: Path, name: str, predictions: Path, gold: Path) -> None:
    """Write the cuts of one document, and put its gold beside."""
    data = json.loads((qa / "input" / f"{name}.json").read_text("utf-8"))
    rows = [
        {
            "question": cut.question,
            "answer": cut.answer,
            "score": cut.p_question,
            "p_answered": cut.p_answered,
        }
        for cut in find_cuts(units(data["units"]))
    ]
    (predictions / f"{name}.json").write_text(json.dumps(rows), "utf-8")
    (gold / f"{name}.json").write_bytes((qa / "gold" / f"{name}.json").read_bytes())


def print_calibration(predictions: Path, gold: Path) -> None:
    """Print Brier scores: of p_question over all cuts, of p_answered over right ones."""
    asked: dict[str, list[float]] = {}
    answered: dict[str, list[float]] = {}
    for path in sorted(gold.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        kind = f"{data['source']} {data['variant']}"
        for cut in json.loads((predictions / path.name).read_text("utf-8")):
            start = cut["question"][0]
            near = [p for p in data["pairs"] if _starts_near(p, start)]
            if any("difficult" in pair for pair in near):
                continue
            asked.setdefault(kind, []).append((cut["score"] - bool(near)) ** 2)
            if near:
                told = cut["p_answered"] - (near[0]["answer"] is not None)
                answered.setdefault(kind, []).append(told**2)
    for kind, errors in asked.items():
        right = answered.get(kind, [0.0])
        print(
            f"Brier {kind}: question {sum(errors) / len(errors):.3f},"
            f" answered {sum(right) / len(right):.3f}"
        )


def _starts_near(pair: dict[str, Any], start: int) -> bool:
    first = pair["question"][0]
    return bool(first - 1 <= start <= pair.get("start_hi", first) + 1)


def units(rows: Iterable[Sequence[Any]]) -> tuple[Unit, ...]:
    """Return a document's units; neighbours of one speaker share a turn."""
    found: list[Unit] = []
    turn = 0
    for start, end, text, *rest in rows:
        speaker = rest[0] if rest else None
        if found and found[-1].speaker != speaker:
            turn += 1
        found.append(
            Unit(
                start=round(start * 1000),
                end=round(end * 1000),
                text=text,
                speaker=speaker,
                turn=turn,
            )
        )
    return tuple(found)


def cross_validate(qa: Path, folds: int, predictions: Path, gold: Path) -> None:
    """Score each talk with figures trained on the others."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
    from train_suggest import (  # type: ignore[import-not-found, unused-ignore]
        CONSULTATIONS,
        TALKS,
        figures,
        read_pairs,
    )

    talks, consultations = read_pairs(qa, TALKS), read_pairs(qa, CONSULTATIONS)
    for fold in range(folds):
        others = [pair for n, pair in enumerate(talks) if n % folds != fold]
        model = sequence.parse_model(figures(others, consultations))
        for document, _ in talks[fold::folds]:
            for variant in VARIANTS:
                with sequence.using(model):
                    predict(qa, f"{document.name}.{variant}", predictions, gold)
        print(f"fold {fold + 1} of {folds} done", file=sys.stderr)


def score_webinars(audio: Path, show: Path | None) -> None:
    """Print the audio scorer's table of both webinars."""
    for path in sorted((audio / "webinars").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        turns = shown_turns(show, truth) if show else truth_turns(truth)
        if turns is None:
            continue
        found = suggest(turns)
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({"qa": [scored(s) for s in found]}, file)
            file.flush()
            scorer = str(audio / "score_audio.py")
            command = [sys.executable, scorer, "qa", str(path), file.name]
            result = subprocess.run(command, check=True, capture_output=True, text=True)
        print(path.stem, " ".join(result.stdout.split()))
        print("  edges within 2 s at both ends:", edges(truth, found))


def scored(suggestion: Suggestion) -> dict[str, object]:
    """Return a suggestion as the audio scorer reads it."""
    answer = suggestion.answer
    return {
        "question_start": suggestion.question.start / 1000,
        "answer_start": answer.start / 1000 if answer else None,
        "answer_end": answer.end / 1000 if answer else None,
        "answered_by": list(suggestion.speakers),
    }


def edges(truth: dict[str, Any], found: Sequence[Suggestion]) -> str:
    """Return how many gold cuts were met within 2 s at question start and answer end."""
    met = 0
    for gold in truth["qa"]:
        end = gold["answer_end"]
        met += any(
            abs(s.question.start / 1000 - gold["question_start"]) <= 2
            and (
                s.answer is None
                if end is None
                else s.answer is not None and abs(s.answer.end / 1000 - end) <= 2
            )
            for s in found
        )
    return f"{met} of {len(truth['qa'])}"


def truth_turns(truth: dict[str, Any]) -> tuple[TimedTurn, ...]:
    """Return the truth's utterances as turns, words spread over each."""
    turns = []
    for row in truth["utterances"]:
        start, end = round(row["start"] * 1000), round(row["end"] * 1000)
        turns.append(
            TimedTurn(
                start=start,
                end=end,
                speaker=row["speaker"],
                guessed=False,
                words=spread(row["text"], start, end),
                sentence_starts=sentence_starts(row["text"].split()),
            )
        )
    return tuple(turns)


def shown_turns(show: Path, truth: dict[str, Any]) -> tuple[TimedTurn, ...] | None:
    """Return a show's own transcript of the webinar: the one of the same length."""
    from pullquote.formats.transcript_md import load_transcript
    from pullquote.formats.words_json import load_words
    from pullquote.model.align import align

    folder = ShowFolder(show)
    for slug in folder.slugs():
        paths = folder.episode(slug)
        if not paths.words.exists():
            continue
        machine = load_words(paths.words)
        if abs(machine.duration / 1000 - truth["duration"]) < 0.3:
            return align(load_transcript(paths.transcript), machine)
    return None


if __name__ == "__main__":
    main()
