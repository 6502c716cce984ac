"""Whether cuts are found again in a second transcript of the same recording.

`python bench/anchors.py KEY FIRST SECOND`: the questions and answers of a webinar's
key (../shared/audio/webinars) are cut from the first transcript and looked for in the
second, made by another model or with other options; each is a `words.json`, or
`{"words": [{"start", "end", "text"}]}` in seconds as the scorers there read it. A cut
must be found within 0.5 s at both edges of where the first transcript has it, or be
listed for the editor.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from pullquote.mark.anchor import MOVED, find, make_anchor
from pullquote.mark.cut import within
from pullquote.model.answer import Clip
from pullquote.model.show import Show
from pullquote.model.transcript import TimedTurn, Word

SHOW = Show(title="", description="", site="https://show.example/")


def main(key: Path, first: Path, second: Path) -> None:
    """Print how many cuts were found, how many are listed, and each that moved."""
    before, after = turns_of(first), turns_of(second)
    cuts = near = changed = listed = neither = 0
    for rough in _clips(json.loads(key.read_text())):
        spoken = within(before, rough)
        if not spoken:
            continue
        clip = Clip(start=spoken[0].start, end=spoken[-1].end)
        anchor = make_anchor(before, clip, SHOW)
        assert anchor is not None
        found = find(anchor, clip, after)
        there = found.clip if found.how != "times" else None
        off = _off(clip, there) if there else None
        told = off is None or off > MOVED or not found.same
        cuts += 1
        near += off is not None and off <= MOVED
        changed += there is not None and not found.same
        listed += told
        neither += not told and (off is None or off > MOVED)
        if off is None or off > MOVED:
            print(f"  {clip} -> {found}")
    print(
        f"{key.stem}: {near} of {cuts} cuts found within 0.5 s; {listed} listed, of them"
        f" {changed} for changed words; {neither} neither"
    )


def _off(one: Clip, other: Clip) -> int:
    return max(abs(one.start - other.start), abs(one.end - other.end))


def _clips(key: dict[str, list[dict[str, float]]]) -> list[Clip]:
    return [
        Clip(start=round(1000 * q[f"{part}_start"]), end=round(1000 * q[f"{part}_end"]))
        for q in key["qa"]
        for part in ("question", "answer")
        if q.get(f"{part}_start") is not None
    ]


def turns_of(path: Path) -> tuple[TimedTurn, ...]:
    """Return a transcript's words as one turn."""
    data = json.loads(path.read_text())
    if "segments" in data:
        rows = [(a, b, text) for s in data["segments"] for a, b, text, _ in s["words"]]
    else:
        rows = [
            (round(1000 * w["start"]), round(1000 * w["end"]), w["text"])
            for w in data["words"]
        ]
    words = tuple(Word(start=a, end=b, text=text) for a, b, text in rows)
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


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("usage: python bench/anchors.py KEY FIRST SECOND")
    main(*(Path(argument) for argument in sys.argv[1:]))
