"""What both runtimes owe the stage, on real weights and real speech."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from pullquote.errors import EngineError
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.engine.ctranslate2_runtime import piece_counter
from pullquote.transcribe.engine.runtime import (
    Decoding,
    Heard,
    Runtime,
    Said,
    most_tokens,
    usable_cores,
)
from pullquote.transcribe.engine.weights import Weights
from pullquote.transcribe.stage import load_runtime

ENGLISH = Decoding(language="en")
GREEDY = replace(ENGLISH, beam=1)
"""Where a beam is not what is looked at: PyTorch needs five times as long for five."""
SAID = (
    "And so my fellow Americans, ask not what your country can do for you,"
    " ask what you can do for your country."
)

pytestmark = pytest.mark.model


def hear(
    runtime: Runtime, sounds: Sequence[NDArray[np.float32]], how: Decoding = ENGLISH
) -> list[Heard]:
    """Return what is heard in windows that are decoded together."""
    rows = range(len(sounds))
    longest = max(len(sound) for sound in sounds) // 16
    encoded = runtime.encode(sounds, longest, how.pad)
    said = runtime.decode(encoded, rows, how, [""] * len(sounds))
    words = runtime.align(encoded, rows, [one.text for one in said], how.language)
    return [Heard(said=a, words=b) for a, b in zip(said, words, strict=True)]


@pytest.fixture(scope="module")
def whole(speech: NDArray[np.float32]) -> Callable[[Runtime], Heard]:
    """Hears all of the speech once a runtime: PyTorch needs seconds for its beam."""

    found: dict[type, Heard] = {}

    def heard(runtime: Runtime) -> Heard:
        if type(runtime) not in found:
            (found[type(runtime)],) = hear(runtime, [speech])
        return found[type(runtime)]

    return heard


def letters(said: Heard | Said | str) -> str:
    """Return what was said without case and marks, which precision decides."""
    text = said if isinstance(said, str) else said.text
    return "".join(c for c in text.casefold() if c.isalpha() or c == " ")


def test_a_clip_gives_its_words_in_order_with_times(
    runtime: Runtime, whole: Callable[[Runtime], Heard]
) -> None:
    heard = whole(runtime)
    assert letters(heard) == letters(SAID)
    assert heard.said.logprob > -0.3
    assert heard.said.no_speech < 0.5
    assert heard.said.complete
    last = 0
    for word in heard.words:
        assert last <= word.start <= word.end <= 11_000
        assert " " not in word.text
        assert 0 <= (word.probability or 0) <= 1
        last = word.start
    country = heard.words[-1]
    assert 9_500 <= country.start < country.end <= 11_000


def test_pytorch_keeps_to_its_cores_after_words_were_aligned(
    torch: Runtime, whole: Callable[[Runtime], Heard]
) -> None:
    from torch import get_num_threads

    assert whole(torch).words
    assert get_num_threads() == 1, "as the fixture asks"


def test_a_runtime_that_was_put_away_hears_as_before(
    runtime: Runtime, speech: NDArray[np.float32]
) -> None:
    clip = speech[: 16_000 * 3]
    (before,) = hear(runtime, [clip], GREEDY)
    runtime.put_away()
    assert "en" in runtime.languages, "the next recording's is looked up first"
    assert runtime.language(clip)[0] == "en"
    runtime.put_away()
    (after,) = hear(runtime, [clip], GREEDY)
    assert (after.text, after.words) == (before.text, before.words)
    # what a process decodes first differs in PyTorch's last digits
    assert after.said.logprob == pytest.approx(before.said.logprob, abs=1e-5)


def test_windows_in_one_batch_do_not_touch_each_other(
    runtime: Runtime, speech: NDArray[np.float32]
) -> None:
    long, short = hear(runtime, [speech[: 16_000 * 5], speech[: 16_000 * 3]], GREEDY)
    assert letters(long).startswith("and so my fellow americans ask")
    assert 3_000 < long.words[-1].end <= 5_000
    assert letters(short) == "and so my fellow americans"
    assert short.words[-1].end <= 3_000


def test_a_part_of_a_batch_can_be_heard_again(
    runtime: Runtime, speech: NDArray[np.float32]
) -> None:
    clips = [speech[: 16_000 * 5], speech[: 16_000 * 3]]
    encoded = runtime.encode(clips, 5_000, ENGLISH.pad)
    (again,) = runtime.decode(encoded, [1], GREEDY, [""])
    assert letters(again) == "and so my fellow americans"
    (words,) = runtime.align(encoded, [1], ["And so my fellow Romans"], "en")
    assert [word.text for word in words] == ["And", "so", "my", "fellow", "Romans"]
    assert (words[-1].probability or 0) < (words[-2].probability or 0)
    assert words[-1].end <= 3_000
    assert runtime.align(encoded, [0], [""], "en") == [()]


def test_what_a_window_is_decoded_beside_changes_nothing(
    ctranslate2: Runtime, speech: NDArray[np.float32]
) -> None:
    clips = [speech[: 16_000 * n] for n in (5, 4, 3, 2)]
    encoded = ctranslate2.encode(clips, 5_000, ENGLISH.pad)
    together = ctranslate2.decode(encoded, range(4), ENGLISH, [""] * 4)
    texts = [said.text for said in together]
    words = ctranslate2.align(encoded, range(4), texts, "en")
    for row in range(4):
        alone = ctranslate2.encode([clips[row]], 5_000, ENGLISH.pad)
        assert ctranslate2.decode(alone, [0], ENGLISH, [""]) == [together[row]]
        assert ctranslate2.align(alone, [0], [texts[row]], "en") == [words[row]]


def test_greedy_over_the_full_window_hears_the_same(
    runtime: Runtime, speech: NDArray[np.float32]
) -> None:
    whole = replace(GREEDY, pad=None)
    (heard,) = hear(runtime, [speech[: 16_000 * 3]], whole)
    assert letters(heard) == "and so my fellow americans"


def test_candidates_can_be_sampled(
    runtime: Runtime, speech: NDArray[np.float32]
) -> None:
    sampled = replace(ENGLISH, beam=2, temperature=0.2)
    (heard,) = hear(runtime, [speech[: 16_000 * 3]], sampled)
    assert "fellow" in heard.text


def test_what_is_drawn_by_chance_is_drawn_alike(
    runtime: Runtime, speech: NDArray[np.float32]
) -> None:
    drawn = replace(GREEDY, temperature=1.0)
    clip = [speech[: 16_000 * 4]]
    (one,), (other,) = hear(runtime, clip, drawn), hear(runtime, clip, drawn)
    assert one.text == other.text


def test_each_window_has_its_own_prompt(
    runtime: Runtime, speech: NDArray[np.float32]
) -> None:
    clip = speech[: 16_000 * 3]
    encoded = runtime.encode([clip] * 3, 3_000, ENGLISH.pad)
    shouted = "AND SO,  ONCE AGAIN,\nMY FELLOW ROMANS,"
    plain, loud, same = runtime.decode(encoded, range(3), GREEDY, ["", shouted, ""])
    assert plain.text == same.text != loud.text


def test_what_was_said_is_likelier_than_what_was_not(
    runtime: Runtime, speech: NDArray[np.float32]
) -> None:
    clip = speech[: 16_000 * 3]
    encoded = runtime.encode([clip], 3_000, ENGLISH.pad)
    texts = ["And so my fellow Americans", "And so my fellow Romans", ""]
    right, wrong, nothing = runtime.scores(encoded, 0, texts, "", "en")
    assert right > wrong + 5
    assert right > nothing + 5
    told = runtime.scores(encoded, 0, texts, "Romans.", "en")[1]
    assert told > wrong


def test_a_word_that_a_model_knows_is_one_piece(weights: Weights) -> None:
    pieces = piece_counter(weights)
    assert pieces("back") == 1
    assert pieces("spondylolisthesis") > 2


def test_silence_is_known_as_such(runtime: Runtime) -> None:
    (heard,) = hear(runtime, [np.zeros(16_000 * 3, np.float32)], GREEDY)
    assert heard.said.no_speech > 0.5


def test_the_language_is_found(runtime: Runtime, speech: NDArray[np.float32]) -> None:
    language, probability = runtime.language(speech)
    assert language == "en"
    assert 0.5 < probability < 1  # heard, not taken for granted


def test_the_versions_that_matter_are_named(runtime: Runtime) -> None:
    assert len(runtime.versions) == 2
    assert all(v[0].isdigit() for v in runtime.versions.values())
    assert runtime.options["compute"] in ("int8", "float16", "float32")


def test_both_runtimes_hear_the_same_at_the_same_times(
    ctranslate2: Runtime, torch: Runtime, whole: Callable[[Runtime], Heard]
) -> None:
    one, other = whole(ctranslate2), whole(torch)
    assert letters(one) == letters(other)
    pairs = list(zip(one.words, other.words, strict=True))
    apart = sorted(abs(a.end - b.end) for a, b in pairs)
    assert apart[len(apart) // 2] <= 40
    assert abs(one.said.logprob - other.said.logprob) < 0.1


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
