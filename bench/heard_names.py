"""How much of a viewer's name is found in what Whisper heard of it?

    apt-get install flite
    python bench/heard_names.py FILE.json …   # [{"text": …, "private": [{"kind", "text"}]}]

A text is what a host says of who asks: `private` are its words that tell who. Where only
the first name is found, a redaction leaves the surname in transcript and sound; so words
are counted here, not details: those heard in the place of a name, a town, an employer.
What was heard is kept in .pullquote/bench/spoken.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.programmes import Programme
from bench.spoken import heard
from pullquote.mark.private.details import details
from pullquote.model.align import normal_form
from pullquote.model.show import Show
from pullquote.model.transcript import Word

TOLD = ("name", "place", "employer")
VOICES = "MB"
SHOW = Show(title="Spoken", description="", site="https://spoken.example/")


def main() -> None:
    """Print a row for each file."""
    for path in map(Path, sys.argv[1:]):
        rows = json.loads(path.read_text())
        print(path.stem, json.dumps(covered(rows, _hear(path.stem, rows))))


def _hear(name: str, rows: Sequence[dict[str, Any]]) -> Programme:
    """Return what was heard; each text counts as one sentence."""
    lines = [
        f"{VOICES[n % len(VOICES)]}|{row['text'].replace('|', ' ')}"
        for n, row in enumerate(rows)
    ]
    with tempfile.TemporaryDirectory(prefix="introductions-") as folder:
        script = Path(folder, "introductions", f"{name}.txt")
        script.parent.mkdir()
        script.write_text("\n".join(["# made up", *lines]) + "\n")
        return heard(script)


def covered(rows: Sequence[dict[str, Any]], programme: Programme) -> dict[str, int]:
    """Return how many words were heard where something private is said, and found."""
    found = [detail.clip for detail in details(programme.turns, SHOW)]
    words = [word for turn in programme.turns for word in turn.words]
    edges = [*programme.starts, words[-1].end + 1]
    private = [
        word
        for row, (start, end) in zip(rows, pairwise(edges), strict=True)
        for word in _of_private(row, [w for w in words if start <= w.start < end])
    ]
    hidden = sum(any(clip.takes(w.start, w.end) for clip in found) for w in private)
    return {"words heard": len(private), "of them in a finding": hidden}


def _of_private(row: dict[str, Any], said: Sequence[Word]) -> Iterator[Word]:
    """Yield the words that were heard in the place of a text's private ones."""
    written = [normal_form(word) for word in row["text"].split()]
    matcher = SequenceMatcher(
        None, written, [normal_form(w.text) for w in said], autojunk=False
    )
    wanted = {
        n
        for one in row["private"]
        if one["kind"] in TOLD
        for match in re.finditer(re.escape(one["text"]), row["text"])
        for n in _numbers(row["text"], *match.span())
    }
    places = {
        place
        for _, a, b, first, last in matcher.get_opcodes()
        for n in wanted.intersection(range(a, b))
        for place in _share(n - a, b - a, first, last)
    }
    yield from (said[place] for place in sorted(places))


def _numbers(text: str, start: int, end: int) -> range:
    """Return which words of a text stand between two places in it."""
    first = len(text[:start].split())
    return range(first, first + len(text[start:end].split()))


def _share(at: int, count: int, first: int, last: int) -> range:
    """Return which of the heard words are one word's of ``count``."""
    size = last - first
    return range(first + at * size // count, first - (-(at + 1) * size // count))


if __name__ == "__main__":
    main()
