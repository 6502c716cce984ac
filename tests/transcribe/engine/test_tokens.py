from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.transcribe.engine.tokens import tokenizer_json
from pullquote.transcribe.engine.weights import Weights

TEXTS = (
    " And so, my fellow Americans, ask not what your country can do for you.",
    " Epidural steroid injections at L4-L5, 25 mg, cost $1,200? They're there.",
    "I'm sure they've said \"no\"...  \\n\\t twice",
    "Größe, señor, Здравствуйте, 你好世界, こんにちは, 🙂👍🏽",
    "".join(map(chr, range(32, 1_000))),
    "",
)


@pytest.mark.model
def test_the_tokenizer_is_whispers_own(
    weights: Weights, whisper_tokenizer: Any
) -> None:
    from tokenizers import Tokenizer

    whisper = whisper_tokenizer
    ours = Tokenizer.from_file(str(weights.tokenizer))
    for text in TEXTS:
        assert ours.encode(text).ids == whisper.encode(text)
    # encode() looks for special tokens first, a tenth of a millisecond each time
    plain = whisper.encoding.encode_ordinary
    for number in range(whisper.eot):
        text = whisper.decode([number])
        if "\ufffd" not in text:
            assert ours.encode(text).ids == plain(text), text
    special = {**whisper.special_tokens}
    special["<|nocaptions|>"] = special.pop("<|nospeech|>")
    assert {token: ours.token_to_id(token) for token in special} == special


@pytest.mark.model
def test_any_text_comes_back(weights: Weights) -> None:
    from tokenizers import Tokenizer

    ours = Tokenizer.from_file(str(weights.tokenizer))

    @settings(deadline=None)
    @given(st.text(alphabet=" 'abtehsvr.,?\n\t1é你🙂", max_size=40))
    def comes_back(text: str) -> None:
        assert ours.decode(ours.encode(text).ids) == text

    comes_back()


def test_what_is_no_vocabulary_is_refused() -> None:
    with pytest.raises(ValueError, match=r"not in list|is not made of two"):
        tokenizer_json(["a", "b"])
    with pytest.raises(ValueError, match="is not made of two"):
        tokenizer_json(["a", "b", "abc", "<|endoftext|>"])
