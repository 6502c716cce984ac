"""What share of the private details in viewers' questions is found; `python bench/privacy.py`.

The questions of the files in tests/data; bench/webinars.py has the webinars' keys. A detail counts as found when every word of it that
begins with a capital or holds a digit, or else every word, lies in a finding.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from pullquote.mark.private.details import details
from pullquote.model.show import Person, Show
from pullquote.model.transcript import TimedTurn, Word

DATA = Path(__file__).parents[1] / "tests" / "data"
SETS = (
    "private_questions",
    "private_questions_second",
    "private_questions_third",
    "private_questions_fourth",
    "private_questions_fifth",
    "private_questions_sixth",
    "private_questions_seventh",
    "private_questions_eighth",
    "private_questions_ninth",
    "private_questions_tenth",
    "private_questions_eleventh",
    "private_questions_twelfth",
    "private_questions_thirteenth",
    "private_questions_fourteenth",
    "private_questions_fifteenth",
    "private_questions_sixteenth",
    "private_questions_seventeenth",
    "private_questions_eighteenth",
    "private_questions_nineteenth",
)
"""The first was written beside the rules, the others by other hands after them. As they were found the first time:

=========== ======  ======  =====================
set         recall  grave   in clean questions of
=========== ======  ======  =====================
first       .938
second      .871
third       .902
fourth      .669
fifth       .827
sixth       .931
seventh     .783
eighth      .899    12      25
ninth       .877    14      25
tenth       .900    3       25
eleventh    .870    4       25
thirteenth  .748    5       35
fourteenth  .869    3       35
fifteenth   .914    10      35
sixteenth   .922    14      35
seventeenth .972    5       35
eighteenth  .947    7       35
nineteenth  .935    3       18
=========== ======  ======  =====================

What was missed mended rules, not cases; that of the seventeenth and the eighteenth none yet. Since the sixth a third or more has no capitals. Clean questions are full of
traps: "Braxton Hicks", "as Abraham Lincoln said". The first three sets count months, weekdays and feasts alone, which
are no findings since the thirteenth; an age up to 89, a state and a country are mild ones.
"""
SHOW = Show(
    title="Spine Time",
    description="",
    site="https://show.example/",
    people=(
        Person(id="alvarez", name="Dr. Alvarez"),
        Person(id="chen", name="Dr. Chen"),
    ),
)
"""Whom the later sets write to."""


def turn(text: str, start: int = 0) -> TimedTurn:
    """Return a text as one unknown voice says it, 100 ms a word."""
    words = tuple(
        Word(start=start + 100 * n, end=start + 100 * n + 100, text=word)
        for n, word in enumerate(text.split())
    )
    starts = [0, *(n + 1 for n, w in enumerate(words[:-1]) if w.text[-1] in ".?!")]
    return TimedTurn(
        start=start,
        end=words[-1].end,
        speaker="S1",
        guessed=False,
        words=words,
        sentence_starts=tuple(
            n for n in starts if n == 0 or words[n].text[0].isupper()
        ),
    )


def missed(
    text: str, private: list[str], show: Show = SHOW, *, grave: bool = False
) -> list[str]:
    """Return the private details of a text that are not found, or not as ``grave``."""
    said = details([turn(text)], show)
    found = " | ".join(d.text for d in said if d.grave or not grave)
    return [item for item in private if not _covers(found, item)]


def _covers(found: str, item: str) -> bool:
    telling = [w for w in item.split() if w[0].isupper() or any(c.isdigit() for c in w)]
    return all(word.strip(".,;:?!") in found for word in telling or item.split())


def measure(*, show: bool = True) -> dict[str, Any]:
    """Return recall over each set, and how many clean questions have a finding.

    What is found as mild alone hinders no signature, so a second recall leaves it out.
    """
    return {name: _measure(DATA / f"{name}.toml", show) for name in SETS}


def _measure(path: Path, show: bool) -> dict[str, Any]:
    rows = tomllib.loads(path.read_text())["questions"]
    total = sum(len(private) for _, private in rows)
    lost = [(text, gone) for text, private in rows if (gone := missed(text, private))]
    mild = sum(len(missed(text, private, grave=True)) for text, private in rows)
    clean = [text for text, private in rows if not private]
    wrong = [(t, [d.text for d in f]) for t in clean if (f := details([turn(t)], SHOW))]
    if show:
        for text, gone in lost:
            print(f"  missed {gone}: {text}")
        for text, found in wrong:
            print(f"  wrongly {found}: {text}")
    return {
        "questions": len(rows),
        "details": total,
        "recall": round(1 - sum(len(gone) for _, gone in lost) / total, 4),
        "recall of grave ones": round(1 - mild / total, 4),
        "clean questions": len(clean),
        "of them with a finding": len(wrong),
        "of them with a grave one": sum(
            any(d.grave for d in details([turn(text)], SHOW)) for text, _ in wrong
        ),
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
