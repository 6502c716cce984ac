"""Repairs and journal, with a runtime that says what it is told to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pullquote.errors import PullquoteError
from pullquote.model.transcript import Word
from pullquote.transcribe.journal import Journal, journal_path
from pullquote.transcribe.listen import listen, repairs
from pullquote.transcribe.plan import Span, Window
from pullquote.transcribe.runtime import Decoding, Heard

FIRST = Decoding(language="en")
SOUND = np.zeros(16_000 * 60, np.float32)


@dataclass
class ScriptedRuntime:
    """Stands for a speech engine: its answers by beam, its questions kept."""

    answers: Mapping[int, Heard]
    asked: list[tuple[int, int | None, float, int]] = field(default_factory=list)
    dies_after: int = 1_000
    name: str = "scripted"
    parallel: int = 1
    versions: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, object] = field(default_factory=dict)

    def language(self, sound: NDArray[np.float32]) -> tuple[str, float]:
        return "en", 1.0

    def hear(
        self, sounds: Sequence[NDArray[np.float32]], decoding: Decoding
    ) -> tuple[tuple[Heard, ...], ...]:
        if len(self.asked) >= self.dies_after:
            raise KeyboardInterrupt
        how = (decoding.beam, decoding.pad, decoding.temperature, len(sounds))
        self.asked.append(how)
        answer = self.answers.get(decoding.beam, self.answers[1])
        second = self.answers.get(decoding.second_beam or 0)
        candidates = (answer, second) if second else (answer,)
        return tuple(candidates for _ in sounds)


def said(text: str, logprob: float = -0.2, every: int = 500) -> Heard:
    texts = text.split()
    return Heard(
        words=tuple(
            Word(start=i * every, end=(i + 1) * every, text=t, probability=0.5)
            for i, t in enumerate(texts)
        ),
        tokens=len(texts),
        logprob=logprob,
        no_speech=0.01,
    )


GOOD = said("the disc between the bones presses on nerves")
LOOP = said("no no no no no no no no")


def windows(count: int, length: int = 4_000) -> list[Window]:
    return [
        Window(
            index=i,
            start=i * length,
            end=(i + 1) * length,
            speech=(Span(start=i * length, end=(i + 1) * length),),
        )
        for i in range(count)
    ]


def test_good_windows_are_decoded_once_and_come_in_order() -> None:
    runtime = ScriptedRuntime({1: GOOD})
    found = listen(SOUND, windows(10), runtime, FIRST)
    assert [a.window.index for a in found] == list(range(10))
    assert [a.heard for a in found] == [GOOD] * 10
    assert {how[:3] for how in runtime.asked} == {(1, FIRST.pad, 0.0)}


def test_a_failed_window_is_decoded_again_with_more_effort() -> None:
    runtime = ScriptedRuntime({1: LOOP, 5: GOOD})
    (found,) = listen(SOUND, windows(1), runtime, FIRST)
    assert found.heard == GOOD
    assert found.faults == ()
    assert [how[:3] for how in runtime.asked] == [(1, 3_000, 0.0), (5, None, 0.0)]


def test_of_two_candidates_the_better_one_stays() -> None:
    text = "the disc between the bones presses on nerves"
    unsure, surer = said(text, logprob=-0.3), said(text.upper(), logprob=-0.25)
    twice = replace(FIRST, second_beam=5)
    (found,) = listen(SOUND, windows(1), ScriptedRuntime({1: unsure, 5: surer}), twice)
    assert found.heard == surer
    lost = said("the disc", logprob=-0.1)
    (found,) = listen(SOUND, windows(1), ScriptedRuntime({1: unsure, 5: lost}), twice)
    assert found.heard == unsure


def test_an_unsure_sound_too_short_for_a_word_is_noise() -> None:
    noise = said("you", logprob=-1.1)
    runtime = ScriptedRuntime({1: noise})
    (found,) = listen(SOUND, windows(1, 600), runtime, FIRST)
    assert found.heard.words == ()
    assert len(runtime.asked) == 1


def test_what_no_repair_mends_is_kept_and_flagged() -> None:
    unsure = said("the disc between the bones presses on nerves", logprob=-1.5)
    runtime = ScriptedRuntime({1: unsure})
    (found,) = listen(SOUND, windows(1), runtime, FIRST)
    assert len(runtime.asked) == 1 + len(repairs(FIRST))
    assert found.heard.words == unsure.words
    assert found.faults == ("unsure",)


def test_a_repair_that_makes_it_worse_is_not_taken() -> None:
    unsure = said("the disc between the bones presses on nerves", logprob=-1.5)
    (found,) = listen(SOUND, windows(1), ScriptedRuntime({1: unsure, 5: LOOP}), FIRST)
    assert found.heard == unsure


def test_progress_counts_the_recordings_seconds_up_to_the_end() -> None:
    steps: list[tuple[float, float | None]] = []
    listen(
        SOUND,
        windows(10),
        ScriptedRuntime({1: GOOD}),
        FIRST,
        lambda done, total, note="": steps.append((done, total)),
    )
    assert steps[-1] == (40.0, 40.0)
    assert steps == sorted(steps)


def test_no_windows_are_no_work() -> None:
    assert listen(SOUND, [], ScriptedRuntime({}), FIRST) == ()


@pytest.mark.parametrize("dies_after", [0, 1, 2, 3])
def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path, dies_after: int) -> None:
    whole = ScriptedRuntime({1: LOOP, 5: GOOD})
    expected = listen(SOUND, windows(12), whole, FIRST)
    path = tmp_path / "work" / "journal.jsonl"
    killed = ScriptedRuntime({1: LOOP, 5: GOOD}, dies_after=dies_after)
    with pytest.raises(KeyboardInterrupt):
        listen(SOUND, windows(12), killed, FIRST, journal=Journal(path))
    resumed = ScriptedRuntime({1: LOOP, 5: GOOD})
    found = listen(SOUND, windows(12), resumed, FIRST, journal=Journal(path))
    assert found == expected
    assert len(killed.asked) + len(resumed.asked) == len(whole.asked)


def test_a_line_that_was_cut_off_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    first, second = windows(2)
    Journal(path).add(FIRST, [(first, GOOD)])
    path.write_bytes(path.read_bytes()[:-9])
    assert Journal(path).get(first, FIRST) is None
    Journal(path).add(FIRST, [(second, GOOD)])
    journal = Journal(path)
    assert journal.get(first, FIRST) is None
    assert journal.get(second, FIRST) == GOOD
    assert journal.get(second, repairs(FIRST)[0]) is None


def test_a_journal_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "work").write_text("a file, not a folder")
    journal = Journal(tmp_path / "work" / "journal.jsonl")
    with pytest.raises(PullquoteError, match="cannot be written"):
        journal.add(FIRST, [(windows(1)[0], GOOD)])


def test_a_journal_belongs_to_its_recording_and_options(tmp_path: Path) -> None:
    one = journal_path(tmp_path, "recording", {"beam": 1})
    assert one == journal_path(tmp_path, "recording", {"beam": 1})
    assert one != journal_path(tmp_path, "recording", {"beam": 2})
    assert one != journal_path(tmp_path, "other", {"beam": 1})


def test_old_journals_go(tmp_path: Path) -> None:
    for i in range(40):
        path = journal_path(tmp_path, i)
        path.write_text("")
    assert len(list(tmp_path.glob("*.jsonl"))) == 20
    assert path.exists()


@given(
    st.builds(
        Heard,
        words=st.lists(
            st.builds(
                Word,
                start=st.integers(0),
                end=st.integers(0),
                text=st.text(min_size=1),
                probability=st.none() | st.floats(0, 1),
            )
        ).map(tuple),
        tokens=st.integers(0, 300),
        logprob=st.floats(-9, 0),
        no_speech=st.floats(0, 1),
        complete=st.booleans(),
    )
)
def test_what_was_heard_comes_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, heard: Heard
) -> None:
    path = tmp_path_factory.mktemp("journal") / "journal.jsonl"
    (window,) = windows(1)
    Journal(path).add(FIRST, [(window, heard)])
    assert Journal(path).get(window, FIRST) == heard
