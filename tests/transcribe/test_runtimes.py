"""What both runtimes owe the stage, on real weights and real speech."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from pullquote.errors import EngineError
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.runtime import (
    Decoding,
    Heard,
    Runtime,
    most_tokens,
    usable_cores,
)
from pullquote.transcribe.stage import load_runtime
from pullquote.transcribe.weights import Weights

ENGLISH = Decoding(language="en")
SAID = (
    "And so my fellow Americans, ask not what your country can do for you,"
    " ask what you can do for your country."
)

pytestmark = pytest.mark.model


def letters(said: Heard | str) -> str:
    """Return what was said without case and marks, which precision decides."""
    text = said if isinstance(said, str) else said.text
    return "".join(c for c in text.casefold() if c.isalpha() or c == " ")


def test_a_clip_gives_its_words_in_order_with_times(
    runtime: Runtime, speech: NDArray[np.float32]
) -> None:
    ((heard,),) = runtime.hear([speech], ENGLISH)
    assert letters(heard) == letters(SAID)
    assert heard.logprob > -0.3
    assert heard.no_speech < 0.5
    assert heard.complete
    last = 0
    for word in heard.words:
        assert last <= word.start <= word.end <= 11_000
        assert " " not in word.text
        assert 0 <= (word.probability or 0) <= 1
        last = word.start
    country = heard.words[-1]
    assert 9_500 <= country.start < country.end <= 11_000


def test_windows_in_one_batch_do_not_touch_each_other(
    runtime: Runtime, speech: NDArray[np.float32]
) -> None:
    half = speech[: 16_000 * 3]
    both = [candidates[0] for candidates in runtime.hear([speech, half], ENGLISH)]
    assert letters(both[0]) == letters(SAID)
    assert both[1].text.startswith("And so my fellow Americans")
    assert both[1].words[-1].end <= 3_000


def test_a_beam_over_the_full_window_hears_the_same(
    runtime: Runtime, speech: NDArray[np.float32]
) -> None:
    whole = replace(ENGLISH, beam=2, pad=None)
    ((heard,),) = runtime.hear([speech[: 16_000 * 3]], whole)
    assert letters(heard) == "and so my fellow americans"


def test_a_doubted_window_is_heard_twice(
    runtime: Runtime, speech: NDArray[np.float32]
) -> None:
    clip = speech[: 16_000 * 3]
    doubting = replace(ENGLISH, second_beam=3, second_below=0.0)
    ((first, second),) = runtime.hear([clip], doubting)
    assert letters(first) == letters(second) == "and so my fellow americans"
    assert second.logprob >= first.logprob - 0.1
    believing = replace(doubting, second_below=-9.0)
    assert [len(c) for c in runtime.hear([clip, clip], believing)] == [1, 1]


def test_candidates_can_be_sampled(
    runtime: Runtime, speech: NDArray[np.float32]
) -> None:
    sampled = replace(ENGLISH, beam=2, temperature=0.2)
    ((heard,),) = runtime.hear([speech[: 16_000 * 3]], sampled)
    assert "fellow" in heard.text


def test_a_prompt_changes_what_is_heard(
    runtime: Runtime, speech: NDArray[np.float32]
) -> None:
    prompted = replace(ENGLISH, prompt="AND SO,  ONCE AGAIN,\nMY FELLOW ROMANS,")
    (plain, shouted) = (
        runtime.hear([speech[: 16_000 * 3]], how)[0][0] for how in (ENGLISH, prompted)
    )
    assert plain.text != shouted.text


def test_silence_is_known_as_such(runtime: Runtime) -> None:
    ((heard,),) = runtime.hear([np.zeros(16_000 * 3, np.float32)], ENGLISH)
    assert heard.no_speech > 0.5


def test_the_language_is_found(runtime: Runtime, speech: NDArray[np.float32]) -> None:
    language, probability = runtime.language(speech)
    assert language == "en"
    assert 0.5 < probability <= 1


def test_the_versions_that_matter_are_named(runtime: Runtime) -> None:
    assert len(runtime.versions) == 2
    assert all(v[0].isdigit() for v in runtime.versions.values())
    assert runtime.options["compute"] in ("int8", "float16", "float32")


def test_both_runtimes_hear_the_same_at_the_same_times(
    ctranslate2: Runtime, torch: Runtime, speech: NDArray[np.float32]
) -> None:
    ((one,),) = ctranslate2.hear([speech], ENGLISH)
    ((other,),) = torch.hear([speech], ENGLISH)
    assert letters(one) == letters(other)
    pairs = list(zip(one.words, other.words, strict=True))
    apart = sorted(abs(a.end - b.end) for a, b in pairs)
    assert apart[len(apart) // 2] <= 40
    assert abs(one.logprob - other.logprob) < 0.1


@pytest.mark.parametrize("name", ["ctranslate2", "torch"])
def test_damaged_weights_end_in_one_line(
    name: str, weights: Weights, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    for file in weights.folder.iterdir():
        if file.name != "model.bin":
            (folder / file.name).write_bytes(file.read_bytes())
    whole = (weights.folder / "model.bin").read_bytes()
    (folder / "model.bin").write_bytes(whole[:1_000_000])
    settings = TranscribeSettings(runtime="torch" if name == "torch" else "ctranslate2")
    broken = replace(weights, folder=folder)
    with pytest.raises(EngineError) as caught:
        load_runtime(settings, broken, 1)
    assert "\n" not in str(caught.value)


def test_limits_leave_room_for_fast_speech() -> None:
    assert most_tokens(10_000) > 100
    assert most_tokens(60_000) == 224
    assert usable_cores() >= 1
