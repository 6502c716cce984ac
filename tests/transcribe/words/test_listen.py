"""Repairs and journal, with a runtime that says what it is told to say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pullquote.errors import PullquoteError
from pullquote.model.show import Person, Show
from pullquote.model.transcript import Word
from pullquote.transcribe.engine.runtime import Decoding, Said
from pullquote.transcribe.sound import Span
from pullquote.transcribe.words.glossary import glossary_of
from pullquote.transcribe.words.journal import _KEPT, Journal, journal_path
from pullquote.transcribe.words.listen import listen, repairs
from pullquote.transcribe.words.windows import Window

FIRST = Decoding(language="en", beam=1)
SOUND = np.zeros(16_000 * 60, np.float32)


@dataclass
class ScriptedRuntime:
    """Stands for a speech engine: its answers by padding, its questions kept.

    Told to expect something it answers ``told``.
    """

    answers: Mapping[int | None, Said]
    told: Said | None = None
    likelier: float = 0.0
    """By how much the second of two texts is likelier."""
    asked: list[tuple[int | None, float, str, int]] = field(default_factory=list)
    encoded: int = 0
    dies_after: int = 1_000
    name: str = "scripted"
    parallel: int = 1
    together: int = 8
    steady: bool = True
    languages: Sequence[str] = ("en",)
    versions: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, object] = field(default_factory=dict)

    def put_away(self) -> None:
        pass

    def language(self, sound: NDArray[np.float32]) -> tuple[str, float]:
        return "en", 1.0

    def encode(
        self, sounds: Sequence[NDArray[np.float32]], length: int, pad: int | None
    ) -> int:
        assert all(len(sound) <= length * 16 for sound in sounds)
        self.encoded += 1
        return len(sounds)

    def decode(
        self,
        encoded: int,
        rows: Sequence[int],
        decoding: Decoding,
        prompts: Sequence[str],
    ) -> list[Said]:
        if len(self.asked) >= self.dies_after:
            raise KeyboardInterrupt
        assert max(rows) < encoded
        how = (decoding.pad, decoding.temperature, prompts[0], len(rows))
        self.asked.append(how)
        answer = self.answers.get(decoding.pad, self.answers[FIRST.pad])
        return [self.told if prompt and self.told else answer for prompt in prompts]

    def align(
        self, encoded: int, rows: Sequence[int], texts: Sequence[str], language: str
    ) -> list[tuple[Word, ...]]:
        return [spoken(text) for text in texts]

    def scores(
        self, encoded: int, row: int, texts: Sequence[str], prompt: str, language: str
    ) -> list[float]:
        return [self.likelier * at for at in range(len(texts))]


def spoken(text: str, every: int = 500) -> tuple[Word, ...]:
    return tuple(
        Word(start=i * every, end=(i + 1) * every, text=t, probability=0.5)
        for i, t in enumerate(text.split())
    )


def said(text: str, logprob: float = -0.2) -> Said:
    return Said(text=text, tokens=len(text.split()), logprob=logprob, no_speech=0.01)


GOOD = said("the disc between the bones presses on nerves")
GLOSSARY = glossary_of(
    Show(
        title="",
        description="",
        site="https://show.example/",
        people=(Person(id="q", name="Nora Quillmont"), Person(id="i", name="Ian Lee")),
        terms=("multifidus", "discography"),
    )
)
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
    runtime = ScriptedRuntime({FIRST.pad: GOOD})
    found = listen(SOUND, windows(10), runtime, FIRST)
    assert [a.window.index for a in found] == list(range(10))
    assert [a.heard.text for a in found] == [GOOD.text] * 10
    assert {how[:3] for how in runtime.asked} == {(FIRST.pad, 0.0, "")}
    assert runtime.encoded == len(runtime.asked)


def test_a_failed_window_is_decoded_again_with_more_effort() -> None:
    runtime = ScriptedRuntime({FIRST.pad: LOOP, None: GOOD})
    (found,) = listen(SOUND, windows(1), runtime, FIRST)
    assert found.heard.said == GOOD
    assert found.faults == ()
    asked = [how[:2] for how in runtime.asked]
    assert asked == [(FIRST.pad, 0.0), (None, 0.0)]


def test_an_unsure_sound_too_short_for_a_word_is_noise() -> None:
    noise = said("you", logprob=-1.1)
    runtime = ScriptedRuntime({FIRST.pad: noise})
    (found,) = listen(SOUND, windows(1, 600), runtime, FIRST)
    assert found.heard.words == ()
    assert len(runtime.asked) == 1


def test_what_no_repair_mends_is_kept_and_flagged() -> None:
    unsure = said("the disc between the bones presses on nerves", logprob=-1.5)
    runtime = ScriptedRuntime({FIRST.pad: unsure})
    (found,) = listen(SOUND, windows(1), runtime, FIRST)
    assert len(runtime.asked) == 1 + len(repairs(FIRST))
    assert found.heard.text == unsure.text
    assert found.faults == ("unsure",)


def test_a_repair_that_makes_it_worse_is_not_taken() -> None:
    unsure = said("the disc between the bones presses on nerves", logprob=-1.5)
    runtime = ScriptedRuntime({FIRST.pad: unsure, None: LOOP})
    (found,) = listen(SOUND, windows(1), runtime, FIRST)
    assert found.heard.text == unsure.text


def test_progress_counts_the_recordings_seconds_up_to_the_end() -> None:
    steps: list[tuple[float, float | None]] = []
    listen(
        SOUND,
        windows(10),
        ScriptedRuntime({FIRST.pad: GOOD}),
        FIRST,
        lambda done, total, note="": steps.append((done, total)),
    )
    assert steps[-1] == (40.0, 40.0)
    assert steps == sorted(steps)


def test_no_windows_are_no_work() -> None:
    assert listen(SOUND, [], ScriptedRuntime({}), FIRST) == ()


@pytest.mark.parametrize("dies_after", [0, 1, 2, 3])
def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path, dies_after: int) -> None:
    def fresh(dies: int = 1_000) -> ScriptedRuntime:
        return ScriptedRuntime({FIRST.pad: LOOP, None: GOOD}, dies_after=dies)

    whole, killed, resumed = fresh(), fresh(dies_after), fresh()
    expected = listen(SOUND, windows(12), whole, FIRST)
    path = tmp_path / "work" / "journal.jsonl"
    with pytest.raises(KeyboardInterrupt):
        listen(SOUND, windows(12), killed, FIRST, journal=Journal(path))
    found = listen(SOUND, windows(12), resumed, FIRST, journal=Journal(path))
    assert found == expected
    assert len(killed.asked) + len(resumed.asked) == len(whole.asked)
    again = fresh()
    assert listen(SOUND, windows(12), again, FIRST, journal=Journal(path)) == expected
    assert (again.asked, again.encoded) == ([], 0)


MISHEARD = said("thank you doctor kool mond for the answer")


def test_what_sounds_like_the_glossary_is_heard_again_and_taken() -> None:
    told = said("thank you doctor Quillmont for an answer")
    runtime = ScriptedRuntime({FIRST.pad: MISHEARD}, told=told)
    (found,) = listen(SOUND, windows(1), runtime, FIRST, glossary=GLOSSARY)
    assert found.heard.text == "thank you doctor Quillmont for the answer"
    assert [how[2] for how in runtime.asked] == ["", "Nora Quillmont."]
    assert runtime.encoded == 1
    (change,) = found.replaced
    assert change.entry.text == "Quillmont"


def test_a_glossary_loses_nothing_that_was_heard_without_it() -> None:
    told = said("Quillmont")
    runtime = ScriptedRuntime({FIRST.pad: MISHEARD}, told=told)
    (found,) = listen(SOUND, windows(1), runtime, FIRST, glossary=GLOSSARY)
    assert found.heard.text == "thank you doctor Quillmont for the answer"


@pytest.mark.parametrize(("likelier", "wins"), [(-3.0, True), (-9.0, False)])
def test_what_sounds_the_same_is_weighed_where_it_was_not_heard_again(
    likelier: float, wins: bool
) -> None:
    heard = said("the muscles are myeltyphitis, and more")
    runtime = ScriptedRuntime({FIRST.pad: heard}, told=heard, likelier=likelier)
    (found,) = listen(SOUND, windows(1), runtime, FIRST, glossary=GLOSSARY)
    assert ("multifidus," in found.heard.text.split()) is wins


def test_a_glossary_that_nothing_sounds_like_costs_nothing() -> None:
    runtime = ScriptedRuntime({FIRST.pad: said("we will see you next week then")})
    listen(SOUND, windows(3), runtime, FIRST, glossary=GLOSSARY)
    assert {how[2] for how in runtime.asked} == {""}
    assert sum(how[3] for how in runtime.asked) == 3


def test_a_changed_glossary_redoes_only_what_it_can_change(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    told = said("thank you doctor Quillmont for an answer")
    first = ScriptedRuntime({FIRST.pad: MISHEARD}, told=told)
    listen(SOUND, windows(3), first, FIRST, journal=Journal(path))
    second = ScriptedRuntime({FIRST.pad: MISHEARD}, told=told)
    for _ in range(2):
        listen(
            SOUND, windows(3), second, FIRST, journal=Journal(path), glossary=GLOSSARY
        )
    assert {how[2] for how in second.asked} == {"Nora Quillmont."}
    assert sum(how[3] for how in second.asked) == 3


def test_a_line_that_was_cut_off_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    first, second = windows(2)
    Journal(path).add_said(FIRST, [(first, "", GOOD)])
    path.write_bytes(path.read_bytes()[:-9])
    assert Journal(path).said(first, FIRST, "") is None
    Journal(path).add_said(FIRST, [(second, "", GOOD)])
    journal = Journal(path)
    assert journal.said(first, FIRST, "") is None
    assert journal.said(second, FIRST, "") == GOOD
    assert journal.said(second, FIRST, "Quillmont.") is None
    assert journal.said(second, repairs(FIRST)[0], "") is None


def test_a_journal_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "work").write_text("a file, not a folder")
    journal = Journal(tmp_path / "work" / "journal.jsonl")
    with pytest.raises(PullquoteError, match="cannot be written"):
        journal.add_said(FIRST, [(windows(1)[0], "", GOOD)])


def test_a_journal_belongs_to_its_recording_and_options(tmp_path: Path) -> None:
    one = journal_path(tmp_path, "recording", {"beam": 1})
    assert one == journal_path(tmp_path, "recording", {"beam": 1})
    assert one != journal_path(tmp_path, "recording", {"beam": 2})
    assert one != journal_path(tmp_path, "other", {"beam": 1})


def test_old_journals_go(tmp_path: Path) -> None:
    for i in range(_KEPT + 20):
        path = journal_path(tmp_path, i)
        path.write_text("")
    assert len(list(tmp_path.glob("*.jsonl"))) == _KEPT
    assert path.exists()


@given(
    st.builds(
        Said,
        text=st.text(),
        tokens=st.integers(0, 300),
        logprob=st.floats(-9, 0),
        no_speech=st.floats(0, 1),
        complete=st.booleans(),
    ),
    st.lists(
        st.builds(
            Word,
            start=st.integers(0),
            end=st.integers(0),
            text=st.text(min_size=1),
            probability=st.none() | st.floats(0, 1),
        )
    ).map(tuple),
    st.floats(-99, 0),
    st.text(),
)
def test_what_was_heard_comes_back_exactly(
    tmp_path_factory: pytest.TempPathFactory,
    said: Said,
    words: tuple[Word, ...],
    score: float,
    prompt: str,
) -> None:
    path = tmp_path_factory.mktemp("journal") / "journal.jsonl"
    (window,) = windows(1)
    Journal(path).add_said(FIRST, [(window, prompt, said)])
    Journal(path).add_words(None, [(window, said.text, words)])
    Journal(path).add_scores(window, None, prompt, [(said.text, score)])
    journal = Journal(path)
    assert journal.said(window, FIRST, prompt) == said
    assert journal.words(window, None, said.text) == words
    assert journal.score(window, None, said.text, prompt) == score


@pytest.mark.parametrize("row", ["[1]", '{"text": 1, "no": 2}', "7", "null", "[[1]]"])
def test_a_journal_of_other_things_is_no_journal(tmp_path: Path, row: str) -> None:
    path = tmp_path / "journal.jsonl"
    (window,) = windows(1)
    Journal(path).add_said(FIRST, [(window, "", GOOD)])
    Journal(path).add_words(None, [(window, "x", spoken("x"))])
    lines = [json.loads(line)[0] for line in path.read_text().splitlines() if line]
    path.write_text("\n".join(f'["{key}", {row}]' for key in lines))
    assert Journal(path).said(window, FIRST, "") is None
    assert Journal(path).words(window, None, "x") is None
