"""The trainer of turns' ends: what it reads as a turn, and that it learns to tell."""

from pathlib import Path
from statistics import median

from bench.programmes import FOLDER, read
from pullquote.mark.tagger.turn_ends import TurnEnds
from tests.tools.test_train_suggest import write
from tools.train_suggest import TALKS, format_figures
from tools.train_turn_ends import (
    INTERVIEWS,
    examples,
    figures,
    of_programme,
    of_twin,
    turns_of,
)
from tools.training.documents import read_twins


def test_sentences_of_one_voice_are_a_turn_and_its_mark_is_looked_at() -> None:
    turns = turns_of(
        [
            ("A", "So."),
            ("A", "Is it \u201cfine?\u201d"),
            ("B", "\u2026"),
            ("B", "It is."),
        ]
    )
    assert turns == [
        [(["so"], False), (["is", "it", "fine"], True)],
        [(["it", "is"], False)],
    ]


def test_each_longer_sentence_is_an_example_and_what_follows_is_of_turns_alone() -> (
    None
):
    turns = turns_of(
        [("A", "Is it fine?"), ("A", "Well."), ("A", "Then go."), ("B", "I go now.")]
    )
    whole, inside, last = examples(turns)
    assert (whole[1], inside[1], last[1]) == (False, True, False)
    assert "n2:i go" in whole[0]
    assert "e3:is it fine" in inside[0]
    assert not any(name.startswith("n") for name in inside[0])


def test_questions_and_answers_are_turns_where_no_voices_are_told(
    tmp_path: Path,
) -> None:
    write(tmp_path, "talks", 3)
    first = of_twin(read_twins(tmp_path, TALKS)[0])
    assert len(first) > 6
    assert all(turn[-1][1] == (turn[0][0][0] == "can") for turn in first)


def test_hosts_of_the_made_up_interviews_ask_and_remark() -> None:
    paths = sorted(INTERVIEWS.glob("*.txt"))
    assert len(paths) == 30
    for path in paths:
        ends = [turn[-1][1] for turn in of_programme(read(path))]
        assert len(ends) >= 90, path.stem
        assert 0.1 < sum(ends) / len(ends) < 0.6, path.stem


def test_what_some_shows_teach_holds_in_others_and_is_the_same_each_time() -> None:
    shows = [of_programme(read(path)) for path in sorted(FOLDER.glob("*.txt"))[:16]]
    made = figures(shows[:12])
    model = TurnEnds(made["weights"], made["bias"])
    asking: list[float] = []
    telling: list[float] = []
    for turns in shows[12:]:
        texts = [" ".join(w for words, _ in turn for w in words) for turn in turns]
        told = model.chances(texts, [None] * len(texts))
        for turn, text, chance in zip(turns, texts, told, strict=True):
            if len(text.split()) >= 4:
                (asking if turn[-1][1] else telling).append(chance)
    assert len(asking) > 30
    assert median(asking) > 3 * median(telling)
    assert format_figures(made) == format_figures(figures(shows[:12]))
