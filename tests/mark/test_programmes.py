"""Whole made-up programmes, written by other hands than the rules'."""

from pathlib import Path

import pytest

from bench import programmes
from pullquote.mark.suggest.suggestions import suggest
from pullquote.model.transcript import TimedTurn
from tests.mark.shows import said

FOLDER = Path(__file__).parents[1] / "data" / "programmes"


WHOLLY = ("caller", "council", "one-doctor", "two-hosts")
"""Our own, in which nothing is missed."""
PROGRAMMES = sorted(p for p in FOLDER.glob("*.txt") if p.stem not in WHOLLY)


@pytest.mark.parametrize("path", PROGRAMMES, ids=lambda path: path.stem)
def test_most_questions_are_found_in_shows_of_every_kind(path: Path) -> None:
    counts = programmes.score(programmes.read(path))
    assert counts["exact"] >= 0.7 * counts["asked"]
    assert counts["suggested"] - counts["exact"] <= 0.2 * counts["suggested"]
    assert counts["near"] - counts["told"] <= 0.3 * counts["near"]
    assert counts["end near"] >= 0.4 * counts["ends"]


@pytest.mark.parametrize("name", WHOLLY)
def test_every_question_of_a_programme_is_found_and_no_other(name: str) -> None:
    turns, asked, unanswered = read(FOLDER / f"{name}.txt")
    found = {s.question.text: s for s in suggest(turns) if s.p_question >= 0.4}
    right = {
        q: begins
        for q in found
        for begins in (*asked, *unanswered)
        if q.startswith(begins)
    }
    assert [q for q in (*asked, *unanswered) if q not in right.values()] == []
    assert [q for q in found if q not in right] == []
    told = {q: found[q].answer is None for q in right}
    wrong = [q for q, begins in right.items() if told[q] != (begins in unanswered)]
    # a short answer right before a question that is refused may pass for none
    assert len(wrong) <= 1


@pytest.mark.parametrize("name", ["heart-hour", "lumbar-postbag", "no-marks"])
@pytest.mark.parametrize("marked", [True, False])
def test_questions_are_found_where_voices_are_not_told_apart(
    name: str, marked: bool
) -> None:
    show = programmes.by_one_voice(programmes.read(FOLDER / f"{name}.txt"))
    counts = programmes.score(show if marked else programmes.without_marks(show))
    assert counts["exact"] >= 0.6 * counts["asked"]
    assert counts["suggested"] - counts["near"] <= 0.2 * counts["suggested"]


def test_an_hour_without_a_single_mark_or_line_is_looked_at() -> None:
    """As one unit: longer than the stretch that tells whether it is a programme."""
    assert suggest([said(0, "A", " ".join(["word"] * 5_000))]) == ()


def test_a_hosts_question_counts_where_a_recogniser_left_its_mark_off() -> None:
    """As in a webinar's own transcript: "Let us talk about treatment now, which …."."""
    path = FOLDER / "heart-back.txt"
    lines = path.read_text().splitlines()[1:]
    host = next(n for n, line in enumerate(lines) if "*" in line) + 2
    asked = "Which exercises are best for spinal stenosis."
    reply = "Those that bend the spine a little forward, for they open up the canal."
    turns = [
        (who, *(sentence.lstrip("*-") for sentence in sentences))
        for who, *sentences in (line.split("|") for line in lines)
    ]
    turns[host:host] = [("M", "Let us talk about treatment now.", asked), ("A", reply)]
    clock, timed = 0, []
    for turn in turns:
        timed.append(said(clock, *turn))
        clock = timed[-1].end + 1500
    assert asked in {s.question.text for s in suggest(timed)}


def read(path: Path) -> tuple[list[TimedTurn], list[str], list[str]]:
    """Return the turns, and how each answered and unanswered question begins."""
    turns: list[TimedTurn] = []
    asked: list[str] = []
    unanswered: list[str] = []
    clock = 0
    for line in path.read_text().splitlines()[1:]:
        who, *sentences = line.split("|")
        for sentence in sentences:
            if sentence[0] in "*-":
                (asked if sentence[0] == "*" else unanswered).append(sentence[1:])
        spoken = [sentence.lstrip("*-^") for sentence in sentences]
        turns.append(said(clock, who, *spoken))
        clock = turns[-1].end + 1500
    return turns, asked, unanswered
