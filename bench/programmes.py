"""How well are questions found in whole made-up programmes? Prints a row for each.

    python bench/programmes.py             # those in tests/data/programmes
    python bench/programmes.py FOLDER …    # others in the same format
    python bench/programmes.py --left-out  # each hand's, by weights from the others' alone:
                                           # a minute a hand; name some for these only
    python bench/programmes.py --seconds   # that three hours of them take, from a cold start

In a line, "who|sentence|sentence", `*` begins what a viewer asks, `-` what nobody
answers and `^` the last sentence of an answer. A question counts as found from
p >= 0.4 where it begins in the right sentence (exact) or one beside it (near).
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pullquote.mark.suggest.suggestions import suggest
from pullquote.model.transcript import TimedTurn, Word

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "data" / "programmes"
LEAST = 0.4
WORD, PAUSE = 100, 1500
"""Milliseconds of a word, and between two turns."""
_MARKS = re.compile(r"[^\w' -]")


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme with what is asked in it, each by its sentence's number."""

    turns: Sequence[TimedTurn]
    starts: Sequence[int]
    """When each sentence begins, in ms."""
    asked: dict[int, bool]
    """Which sentences begin a question, and whether it is answered."""
    ends: frozenset[int]
    """Which sentences end an answer; empty where the file marks none."""


def main() -> None:
    """Print a row for each programme, and one for each folder, or each hand."""
    if sys.argv[1:2] == ["--left-out"]:
        left_out(sys.argv[2:])
        return
    if sys.argv[1:] == ["--seconds"]:
        print(seconds())
        return
    folders = [Path(name) for name in sys.argv[1:]] or [FOLDER]
    for folder in folders:
        print(json.dumps(measure(folder, show=True), indent=1))


def measure(folder: Path = FOLDER, *, show: bool = False) -> dict[str, Any]:
    """Return the figures of all programmes in a folder, print each one's row."""
    total = Counter[str]()
    for path in sorted(folder.glob("*.txt")):
        counts = score(read(path))
        total += counts
        if show:
            print(f"{path.stem:24} {json.dumps(figures(counts))}")
    return figures(total)


def seconds(words: int = 27_000) -> float:
    """Return the processor seconds that so many words of programmes take, joined.

    In a process that has looked at none before, the model's loading is counted too.
    """
    lines = ["joined"]
    for path in sorted(FOLDER.glob("*.txt")):
        lines += path.read_text("utf-8").splitlines()[1:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "joined.txt")
        while sum(line.count(" ") + 1 for line in lines) < words:
            lines += lines[1:]
        path.write_text("\n".join(lines), "utf-8")
        turns, taken = [], 0
        for turn in read(path).turns:
            if taken < words:
                turns.append(turn)
                taken += len(turn.words)
    begun = time.process_time()
    suggest(turns)
    return round(time.process_time() - begun, 2)


def left_out(hands: Sequence[str]) -> None:
    """Print a row for each hand, found by weights learnt from other hands' shows.

    What rules there are had been learnt from the first hands', up to f.
    """
    from pullquote.mark.suggest.edges import FIGURES
    from pullquote.mark.suggest.network import parse_network
    from tools.train_programmes import HANDS, read_hand, train

    shows = {hand: read_hand(hand) for hand in HANDS}
    for hand in hands or HANDS:
        others = [show for other in HANDS if other != hand for show in shows[other]]
        with FIGURES.using(parse_network(train(others))):
            total = sum((score(show) for show in shows[hand]), Counter[str]())
        print(f"{hand:24} {json.dumps(figures(total))}", flush=True)


def read(path: Path) -> Programme:
    """Return a programme's turns as a recogniser would time them, and its marks."""
    turns: list[TimedTurn] = []
    starts: list[int] = []
    asked: dict[int, bool] = {}
    ends = set()
    clock = 0
    for line in path.read_text("utf-8").splitlines()[1:]:
        who, *sentences = line.split("|")
        words: list[Word] = []
        firsts = []
        begun = clock
        for sentence in sentences:
            marks = sentence[: len(sentence) - len(sentence.lstrip("*-^"))]
            if "*" in marks or "-" in marks:
                asked[len(starts)] = "*" in marks
            if "^" in marks:
                ends.add(len(starts))
            starts.append(clock)
            firsts.append(len(words))
            for text in sentence.lstrip("*-^").split():
                words.append(Word(start=clock, end=clock + WORD, text=text))
                clock += WORD
        turns.append(
            TimedTurn(
                start=begun,
                end=clock,
                speaker=who,
                guessed=False,
                words=tuple(words),
                sentence_starts=tuple(firsts),
            )
        )
        clock += PAUSE
    return Programme(tuple(turns), starts, asked, frozenset(ends))


def without_marks(programme: Programme) -> Programme:
    """Return a programme as a recogniser writes it that knows no marks or capitals."""
    return replace(
        programme,
        turns=[
            replace(turn, words=tuple(map(_without_marks, turn.words)))
            for turn in programme.turns
        ],
    )


def by_one_voice(programme: Programme) -> Programme:
    """Return a programme as it is written where voices are not told apart."""
    return replace(
        programme, turns=[replace(turn, speaker="S1") for turn in programme.turns]
    )


def _without_marks(word: Word) -> Word:
    text = _MARKS.sub("", word.text).lower()
    return Word(start=word.start, end=word.end, text=text or word.text)


def score(programme: Programme) -> Counter[str]:
    """Return counts: asked, found, exact, near, answered or not told right, ends.

    The squared errors of both probabilities are summed up too, in millionths.
    """
    counts = Counter[str](asked=len(programme.asked))
    left = set(programme.asked)
    suggestions = suggest(programme.turns)
    for suggestion in sorted(suggestions, key=lambda s: s.question.start):
        begins = bisect_right(programme.starts, suggestion.question.start) - 1
        near = [n for n in (begins, begins - 1, begins + 1) if n in left]
        counts["scored"] += 1
        counts["error"] += _squared(suggestion.p_question - bool(near))
        if suggestion.p_question < LEAST:
            continue
        counts["suggested"] += 1
        counts["exact"] += begins in left
        if not near:
            continue
        left.remove(near[0])
        counts["near"] += 1
        answered = programme.asked[near[0]]
        counts["told"] += (suggestion.answer is not None) == answered
        counts["error answered"] += _squared(suggestion.p_answered - answered)
        if suggestion.answer is not None and answered and programme.ends:
            last = bisect_right(programme.starts, suggestion.answer.end - 1) - 1
            end = min((n for n in programme.ends if n > near[0]), default=-9)
            counts["ends"] += 1
            counts["end exact"] += last == end
            counts["end near"] += abs(last - end) <= 2
    return counts


def _squared(error: float) -> int:
    """Return the square of an error, in millionths."""
    return round(1e6 * error**2)


def figures(counts: Counter[str]) -> dict[str, Any]:
    """Return precision, recall and F1 of starts, and shares of the rest."""
    found: dict[str, Any] = {"asked": counts["asked"], "suggested": counts["suggested"]}
    for name in ("exact", "near"):
        right = counts[name]
        precision = right / max(1, counts["suggested"])
        recall = right / max(1, counts["asked"])
        f1 = 2 * right / max(1, counts["suggested"] + counts["asked"])
        found[f"start {name}"] = {
            "P": round(precision, 3),
            "R": round(recall, 3),
            "F1": round(f1, 3),
        }
    found["answered or not told right"] = round(
        counts["told"] / max(1, counts["near"]), 3
    )
    found["Brier question"] = round(counts["error"] / 1e6 / max(1, counts["scored"]), 3)
    found["Brier answered"] = round(
        counts["error answered"] / 1e6 / max(1, counts["near"]), 3
    )
    if counts["ends"]:
        found["answer end exact"] = round(counts["end exact"] / counts["ends"], 3)
        found["answer end within 2"] = round(counts["end near"] / counts["ends"], 3)
    return found


if __name__ == "__main__":
    main()
