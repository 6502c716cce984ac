"""What share of the private details in viewers' questions is found; `python bench/privacy.py`.

The questions of tests/data/private_questions.toml, and the keys of the webinars in
../shared where they are there. A detail counts as found when every word of it that
begins with a capital or holds a digit, or else every word, lies in a finding.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from pullquote.mark.privacy import details
from pullquote.model.show import Person, Show
from pullquote.model.transcript import TimedTurn, Word

ROOT = Path(__file__).parents[1]
SHOW = Show(title="", description="", site="https://show.example/")


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


def missed(text: str, private: list[str], show: Show = SHOW) -> list[str]:
    """Return the private details of a text that are not found."""
    found = " | ".join(d.text for d in details([turn(text)], show))
    return [item for item in private if not _covers(found, item)]


def _covers(found: str, item: str) -> bool:
    telling = [w for w in item.split() if w[0].isupper() or any(c.isdigit() for c in w)]
    return all(word.strip(".,;:?!") in found for word in telling or item.split())


def _webinars() -> None:
    folder = ROOT.parent / "shared" / "audio" / "webinars"
    for path in sorted(folder.glob("*.json")):
        key = json.loads(path.read_text())
        show = Show(
            title="",
            description="",
            site=SHOW.site,
            people=tuple(Person(id=p["id"], name=p["name"]) for p in key["people"]),
            terms=tuple(
                t if isinstance(t, str) else t["term"] for t in key["glossary"]
            ),
        )
        said = {u["id"]: u for u in key["utterances"]}
        private = key["private"]
        lost = [
            item["text"]
            for item in private
            if missed(said[item["utterance"]]["text"], [item["text"]], show)
        ]
        others = [
            d.text
            for u in key["utterances"]
            if u["speaker"] == "M" and u["kind"] != "question_intro_private"
            for d in details([turn(u["text"])], show)
        ]
        count = len(private)
        print(
            f"{path.stem}: {count - len(lost)} of {count} found {lost or ''}; beside them {others}"
        )


def main() -> None:
    """Print recall, the share of clean questions with a finding, and each error."""
    path = ROOT / "tests" / "data" / "private_questions.toml"
    rows = tomllib.loads(path.read_text())["questions"]
    total = sum(len(private) for _, private in rows)
    lost = 0
    for text, private in rows:
        if gone := missed(text, private):
            lost += len(gone)
            print(f"  missed {gone}: {text}")
    clean = [text for text, private in rows if not private]
    wrong = [(t, [d.text for d in f]) for t in clean if (f := details([turn(t)], SHOW))]
    for text, found in wrong:
        print(f"  wrongly {found}: {text}")
    print(
        f"{len(rows)} questions: {total - lost} of {total} details found ({1 - lost / total:.1%})"
    )
    print(f"{len(wrong)} of {len(clean)} questions without any have a finding")
    _webinars()


if __name__ == "__main__":
    main()
