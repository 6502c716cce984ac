"""The trainer, on a handful of made-up talks: does it learn what is there to learn?"""

import importlib.util
import json
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pullquote.mark.sequence import parse_model, spans

pytest.importorskip("scipy")
PATH = Path(__file__).parents[2] / "tools" / "train_suggest.py"


@pytest.fixture(scope="module")
def train() -> ModuleType:
    spec = importlib.util.spec_from_file_location("train_suggest", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["train_suggest"] = module
    spec.loader.exec_module(module)
    return module


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


def test_it_learns_where_questions_and_answers_lie(
    train: ModuleType, tmp_path: Path
) -> None:
    write(tmp_path, "talks", 6)
    write(tmp_path, "consultations", 2)
    talks = train.read_pairs(tmp_path, "talks")
    figures = train.figures(talks, train.read_pairs(tmp_path, "consultations"))
    model = parse_model(json.loads(train.format_figures(figures)))
    units, pairs = talk(99)
    found = spans(model.punctuated.best(model.punctuated.scores(units)))
    wanted = [(tuple(p["question"]), tuple(p["answer"])) for p in pairs]
    assert found == wanted
    asked, told = model.p_asking(["can you explain part 3", "it does so here"])
    assert asked > 0.5 > told


def test_the_same_texts_give_the_same_bytes(train: ModuleType, tmp_path: Path) -> None:
    write(tmp_path, "talks", 3)
    pairs = train.read_pairs(tmp_path, "talks")
    first = train.format_figures(train.figures(pairs, []))
    assert first == train.format_figures(train.figures(pairs, []))
    assert '"?": [' in first
