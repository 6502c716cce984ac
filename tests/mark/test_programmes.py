"""Whole made-up programmes, written by other hands than the rules'."""

from pathlib import Path

import pytest

from bench import programmes
from pullquote.mark.suggest.suggestions import suggest
from pullquote.model.transcript import TimedTurn
from tests.mark.shows import said

FOLDER = Path(__file__).parents[1] / "data" / "programmes"


LEAST_FOUND = {
    "a-spare-kidney": (8, 0, 0),
    "admissions": (14, 0, 0),
    "after-treatment": (11, 0, 0),
    "aid-night": (18, 2, 1),
    "all-hands-brindle": (16, 0, 0),
    "all-hands": (11, 0, 0),
    "ankle-hour": (14, 0, 2),
    "applicants": (15, 0, 0),
    "assembly": (13, 0, 0),
    "author": (12, 0, 0),
    "awake-at-four": (9, 0, 0),
    "baby-talk": (14, 0, 0),
    "back-pain": (11, 0, 0),
    "ballot-line": (16, 0, 0),
    "bean-row": (15, 0, 0),
    "bee-tin": (18, 0, 0),
    "belly-talk": (16, 1, 0),
    "below-the-belt": (11, 0, 0),
    "bench-stream": (12, 0, 0),
    "bent-reed": (14, 0, 0),
    "biscuit-tin": (8, 0, 0),
    "board-meeting": (13, 1, 0),
    "bones": (13, 0, 0),
    "branch-line": (17, 0, 0),
    "bridge-talk": (8, 0, 0),
    "brindle-and-crumb": (13, 1, 0),
    "budget-evening": (11, 0, 0),
    "budget-hearing": (14, 0, 0),
    "bump-chat": (14, 0, 0),
    "bump-evening": (20, 0, 0),
    "bump-talk": (10, 1, 0),
    "campus-day": (16, 0, 0),
    "cancer-panel": (13, 0, 0),
    "chat-webinar": (12, 0, 0),
    "church-hall": (15, 0, 0),
    "clear-sight": (9, 0, 0),
    "community-call": (13, 1, 0),
    "conference-talk": (14, 0, 0),
    "crooked-fence": (9, 0, 0),
    "crooked-line": (8, 0, 0),
    "crown-corner": (14, 0, 0),
    "crumb-and-quarter": (14, 0, 0),
    "curator-talk": (10, 0, 0),
    "curve-and-brace": (10, 0, 0),
    "curved-spine": (10, 0, 0),
    "damp-hour": (18, 0, 0),
    "dark-skies": (11, 1, 0),
    "dark-sky-night": (13, 0, 0),
    "disc-evening": (13, 0, 1),
    "disc-hour": (9, 0, 1),
    "disc-surgery": (11, 0, 0),
    "dog-hour": (12, 0, 0),
    "drawer-nineteen": (14, 1, 0),
    "due-date-circle": (15, 2, 0),
    "elbow-club": (12, 0, 0),
    "farm-calls": (13, 0, 0),
    "fast-pulse": (12, 0, 1),
    "feet-first": (8, 0, 0),
    "filter-paper": (9, 0, 0),
    "floor-talk": (9, 0, 0),
    "flutter-wednesday": (10, 0, 0),
    "fluttering-heart": (11, 0, 0),
    "four-a-m": (10, 0, 0),
    "four-oclock": (8, 0, 0),
    "fourth-chamber": (14, 0, 0),
    "friday-letters": (16, 0, 0),
    "garden-callin": (11, 0, 0),
    "garden-letters": (9, 0, 0),
    "gravel-porch": (10, 0, 0),
    "green-ink": (8, 0, 0),
    "grey-spot": (10, 0, 0),
    "growing-backs": (8, 0, 0),
    "gut-monday": (12, 0, 1),
    "halfpenny-vestry": (12, 0, 0),
    "hand-surgeons": (12, 0, 1),
    "headache-hour": (11, 0, 0),
    "hearing": (13, 1, 0),
    "heart-back": (14, 0, 0),
    "heart-drift": (14, 1, 0),
    "heart-evening": (13, 0, 0),
    "heart-hour": (17, 0, 0),
    "heart-live": (15, 0, 0),
    "heart-rhythm": (14, 1, 0),
    "hip-evening": (16, 0, 0),
    "hip-letters": (7, 2, 1),
    "hip-replacement": (11, 1, 0),
    "hip-talk": (11, 0, 0),
    "hot-stove": (17, 0, 1),
    "invoice-hour": (16, 0, 1),
    "june-hive": (13, 0, 0),
    "keys-in-fridge": (8, 0, 0),
    "kidney-lunch": (9, 0, 0),
    "knee-club": (12, 0, 0),
    "knee-evening": (17, 1, 0),
    "knee-mornings": (15, 1, 0),
    "knee-open-evening": (14, 0, 0),
    "kneecall": (12, 0, 0),
    "knees-and-hips": (14, 0, 0),
    "kyrie-corner": (8, 5, 1),
    "lantern-call": (15, 0, 0),
    "law-phone-in": (9, 0, 0),
    "lawyer-letters": (10, 1, 0),
    "layers-and-broilers": (15, 0, 0),
    "leaky-faucet": (10, 2, 0),
    "letters-to-counsel": (15, 1, 0),
    "lint-hours": (15, 0, 0),
    "listeners-bag": (12, 0, 0),
    "little-lungs": (12, 0, 0),
    "lohnwerk-webinar": (16, 1, 0),
    "long-haul": (19, 0, 0),
    "loomkit-call": (15, 0, 1),
    "loose-hips-thursday": (14, 0, 0),
    "lumbar-postbag": (15, 0, 2),
    "lungs-live": (12, 1, 0),
    "macula-tea": (9, 0, 0),
    "mailbag": (12, 0, 0),
    "maternity": (16, 0, 0),
    "mayor-minutes": (15, 0, 2),
    "members-call": (9, 0, 0),
    "milk-and-nuts": (10, 0, 0),
    "mill-ward": (13, 0, 0),
    "ministry-town-hall": (12, 0, 0),
    "ministry": (14, 0, 0),
    "moth-lantern": (13, 1, 0),
    "museum-talk": (10, 0, 0),
    "my-own-back": (14, 1, 0),
    "narrow-canal": (7, 0, 0),
    "narrow-spine": (8, 0, 0),
    "neck-and-arm": (8, 0, 0),
    "neck-and-arms": (10, 0, 0),
    "neck-clinic": (12, 0, 0),
    "neck-hour": (9, 2, 0),
    "night-owls": (10, 0, 0),
    "nine-months": (16, 0, 0),
    "no-marks": (4, 1, 0),
    "nobody-sleeps-here": (15, 0, 0),
    "noun-trouble": (14, 1, 2),
    "odometer-confessional": (12, 0, 0),
    "onion-parliament": (15, 0, 0),
    "open-day": (13, 0, 0),
    "open-door": (13, 1, 0),
    "open-wide": (10, 0, 0),
    "openevening": (15, 0, 0),
    "ortho-live": (15, 0, 1),
    "out-of-puff": (10, 0, 0),
    "overdue-pension": (15, 1, 1),
    "pain-phone-in": (11, 0, 0),
    "panel": (11, 0, 0),
    "pardon": (10, 0, 0),
    "parents": (14, 0, 0),
    "parish-assembly": (17, 2, 0),
    "patients-evening": (11, 0, 0),
    "pelt-night": (14, 0, 0),
    "pension-members": (18, 2, 0),
    "physics-lecture": (16, 0, 0),
    "physio": (13, 0, 0),
    "plan-desk": (14, 0, 0),
    "planning": (13, 0, 0),
    "plodders-only": (17, 0, 1),
    "podcast": (12, 1, 0),
    "pool-question-time": (15, 0, 0),
    "porch-birds": (10, 0, 0),
    "pressure-line": (13, 1, 0),
    "project-call": (11, 0, 0),
    "quarrel-hedge": (11, 2, 0),
    "question-box": (13, 0, 0),
    "question-time": (13, 0, 0),
    "quiet-hours": (12, 0, 0),
    "radio-callin": (10, 0, 0),
    "rhythm-evening": (16, 0, 0),
    "ringing-ears": (10, 0, 0),
    "ringing-in-ears": (11, 0, 0),
    "room-panel": (11, 1, 0),
    "rusty-bolts": (16, 0, 0),
    "school-board": (11, 0, 0),
    "school-gate": (20, 0, 0),
    "second-key": (12, 0, 0),
    "shorter-than-i-was": (10, 0, 0),
    "small-archives": (11, 0, 0),
    "small-hours": (9, 0, 0),
    "small-itch": (11, 0, 0),
    "smoker-and-veil": (14, 0, 0),
    "smudged-windshield": (11, 0, 0),
    "software-talk": (11, 1, 0),
    "soil-letters": (11, 0, 0),
    "sore-backs": (11, 1, 0),
    "sore-feet": (8, 0, 0),
    "spade-and-kettle": (13, 0, 0),
    "spinal-stenosis": (10, 0, 0),
    "spine-after-supper": (16, 0, 3),
    "spine-clinic": (14, 1, 0),
    "spine-evening": (13, 2, 0),
    "spine-webinar": (12, 0, 0),
    "spine": (14, 0, 0),
    "spinning-room": (10, 0, 0),
    "spokes-and-spite": (12, 0, 0),
    "stairwell-c": (15, 0, 0),
    "steady-hands": (10, 0, 0),
    "steady-now": (8, 0, 0),
    "stenosis-evening": (9, 1, 0),
    "stiff-back": (13, 0, 2),
    "stiff-neck": (10, 0, 0),
    "stone-season": (9, 0, 0),
    "stones-open-day": (18, 0, 0),
    "streaming-noses": (8, 0, 0),
    "tails-up": (16, 0, 0),
    "tax-adviser": (15, 1, 0),
    "tenants": (12, 1, 0),
    "tent-of-whys": (19, 1, 0),
    "the-fourth-stair": (13, 0, 0),
    "thumb-jar": (11, 0, 0),
    "ticker-line": (14, 0, 0),
    "ticking-over": (12, 0, 0),
    "tin-collar": (10, 0, 0),
    "tower-ama": (14, 1, 0),
    "tower-meeting": (14, 0, 0),
    "townhall": (14, 0, 0),
    "turnip-stream": (17, 0, 0),
    "two-doctors": (11, 0, 0),
    "two-spines": (18, 0, 0),
    "type-two": (10, 0, 0),
    "uphill-heart": (12, 0, 1),
    "valve-and-kettle": (10, 1, 0),
    "velvet-ear": (14, 0, 1),
    "vet-comments": (12, 2, 1),
    "vet-livestream": (14, 1, 0),
    "waiting-room": (12, 0, 0),
    "warm-pipes": (13, 0, 0),
    "water-rates": (14, 0, 0),
    "waterworks": (10, 1, 0),
    "wednesday-lectern": (15, 1, 0),
    "wills-morning": (12, 0, 0),
    "wreck-cloth": (13, 3, 1),
    "yard-vet": (12, 0, 2),
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
