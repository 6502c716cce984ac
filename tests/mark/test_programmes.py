"""Whole made-up programmes, written by other hands than the rules'."""

from pathlib import Path

import pytest

from bench import programmes
from pullquote.mark.suggest.suggestions import suggest
from pullquote.model.transcript import TimedTurn
from tests.mark.shows import said

FOLDER = Path(__file__).parents[1] / "data" / "programmes"


LEAST_FOUND = {
    "admissions": (14, 0, 0),
    "all-hands": (4, 7, 0),
    "applicants": (12, 3, 2),
    "assembly": (11, 6, 0),
    "author": (11, 2, 1),
    "back-pain": (11, 1, 0),
    "bones": (13, 6, 0),
    "bridge-talk": (6, 2, 0),
    "budget-hearing": (9, 7, 2),
    "cancer-panel": (13, 1, 0),
    "chat-webinar": (10, 6, 3),
    "community-call": (13, 2, 0),
    "conference-talk": (13, 1, 0),
    "curator-talk": (10, 0, 2),
    "garden-callin": (9, 6, 1),
    "garden-letters": (8, 5, 3),
    "hearing": (13, 2, 0),
    "heart-back": (14, 1, 0),
    "heart-rhythm": (11, 2, 2),
    "kneecall": (12, 1, 0),
    "law-phone-in": (7, 2, 1),
    "listeners-bag": (11, 4, 3),
    "mailbag": (12, 2, 4),
    "maternity": (14, 4, 1),
    "members-call": (1, 2, 0),
    "ministry": (13, 1, 0),
    "ministry-town-hall": (11, 7, 1),
    "museum-talk": (8, 5, 1),
    "neck-clinic": (11, 3, 1),
    "one-doctor": (8, 0, 0),
    "open-day": (10, 4, 2),
    "openevening": (15, 0, 2),
    "ortho-live": (13, 8, 2),
    "pain-phone-in": (10, 3, 1),
    "panel": (9, 2, 1),
    "parents": (13, 1, 0),
    "patients-evening": (7, 4, 1),
    "physics-lecture": (14, 2, 0),
    "physio": (12, 1, 0),
    "planning": (11, 5, 2),
    "podcast": (12, 1, 0),
    "project-call": (11, 1, 1),
    "question-box": (13, 7, 2),
    "question-time": (12, 6, 3),
    "radio-callin": (10, 1, 0),
    "room-panel": (10, 2, 1),
    "school-board": (9, 6, 2),
    "software-talk": (10, 2, 1),
    "soil-letters": (11, 5, 1),
    "spine": (14, 1, 0),
    "spine-clinic": (12, 7, 3),
    "spine-webinar": (13, 3, 1),
    "tax-adviser": (12, 3, 1),
    "tenants": (10, 4, 1),
    "townhall": (14, 0, 0),
    "two-doctors": (10, 0, 0),
    "vet-comments": (10, 3, 3),
    "vet-livestream": (13, 2, 2),
}
"""Of other hands' programmes: questions begun at the right sentence, false ones, and
those of which it is told wrongly whether they are answered."""
PROGRAMMES = sorted(p for p in FOLDER.glob("*.txt") if p.stem not in LEAST_FOUND)


@pytest.mark.parametrize("name", LEAST_FOUND)
def test_so_many_questions_are_found_in_shows_of_every_kind(name: str) -> None:
    least, most, wrong = LEAST_FOUND[name]
    counts = programmes.score(programmes.read(FOLDER / f"{name}.txt"))
    assert counts["exact"] >= least
    assert counts["suggested"] - counts["exact"] <= most
    assert counts["near"] - counts["told"] <= wrong
    assert counts["end near"] >= 0.4 * counts["ends"]


@pytest.mark.parametrize("path", PROGRAMMES, ids=lambda path: path.stem)
def test_every_question_of_a_programme_is_found_and_no_other(path: Path) -> None:
    turns, asked, unanswered = read(path)
    found = {s.question.text: s for s in suggest(turns) if s.p_question >= 0.4}
    right = {
        q: begins
        for q in found
        for begins in (*asked, *unanswered)
        if q.startswith(begins)
    }
    assert [q for q in (*asked, *unanswered) if q not in right.values()] == []
    assert [q for q in found if q not in right] == []
    for question, begins in right.items():
        assert (found[question].answer is None) == (begins in unanswered)


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
    assert asked in {s.question.text for s in suggest(timed) if s.p_question >= 0.4}


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
