"""The trainer, on a handful of made-up talks: does it learn what is there to learn?"""

import json
import random
from pathlib import Path
from typing import Any

from pullquote.mark.tagger.sequence import parse_model, spans
from tools.train_suggest import figures, format_figures
from tools.training.documents import read_twins


def talk(seed: int) -> tuple[list[str], list[dict[str, Any]]]:
    """Return a talk's units and its questions: every one begins with "can you"."""
    chance = random.Random(seed)
    units, pairs = ["Welcome to the talk."] * 2, []
    for _ in range(6):
        first = len(units)
        units.append(f"Can you explain part {chance.randint(1, 9)}?")
        units += ["Well, it goes like this."] + ["It does so here."] * chance.randint(
            1, 3
        )
        pairs.append(
            {"question": [first, first], "answer": [first + 1, len(units) - 1]}
        )
        units += ["Now to the next slide."] * chance.randint(0, 2)
    return units, pairs


def write(folder: Path, source: str, count: int) -> None:
    for part in ("input", "gold"):
        (folder / part).mkdir(exist_ok=True)
    for number in range(count):
        units, pairs = talk(number)
        if number == 0:
            pairs[0] |= {"start_hi": pairs[0]["question"][0]}
            pairs[0] |= {"end_hi": pairs[0]["answer"][1]}
            pairs[1] |= {"difficult": "comment"}
        for variant in ("punctuated", "raw"):
            texts = [u.lower().strip(".?") if variant == "raw" else u for u in units]
            name = f"{source}{number}.{variant}.json"
            rows = [[n, n + 1, text] for n, text in enumerate(texts)]
            (folder / "input" / name).write_text(json.dumps({"units": rows}))
            gold = {"source": source, "pairs": pairs}
            (folder / "gold" / name).write_text(json.dumps(gold))


def test_it_learns_where_questions_and_answers_lie(tmp_path: Path) -> None:
    write(tmp_path, "talks", 6)
    write(tmp_path, "consultations", 2)
    talks = read_twins(tmp_path, "talks")
    made = figures(talks, read_twins(tmp_path, "consultations"))
    model = parse_model(json.loads(format_figures(made)))
    units, pairs = talk(99)
    wanted = [(tuple(p["question"]), tuple(p["answer"])) for p in pairs]
    path, chances = model.follow(units, punctuated=True)
    assert spans(path) == wanted
    assert min(chances[question[0]] for question, _ in wanted) > 0.5
    plain = [unit.lower().strip(".?") for unit in units]
    path, _ = model.follow(plain, punctuated=False)
    for (question, _), (truth, _) in zip(spans(path), wanted, strict=True):
        assert abs(question[0] - truth[0]) <= 1
    asked, told = model.p_asking(["can you explain part 3", "it does so here"])
    assert asked > 0.5 > told


def test_the_same_texts_give_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path, "talks", 3)
    talks = read_twins(tmp_path, "talks")
    first = format_figures(figures(talks, []))
    assert first == format_figures(figures(talks, []))
    assert '"?": [' in first
