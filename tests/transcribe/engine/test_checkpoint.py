from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pullquote.errors import EngineError
from pullquote.transcribe.engine.checkpoint import (
    read_variables,
    whisper_dimensions,
    whisper_state,
)
from pullquote.transcribe.engine.torch_runtime import TorchRuntime
from pullquote.transcribe.engine.weights import Weights

STATE, TEXT, VOCABULARY = 8, 6, 11


def conversion(path: Path, quantization: str | None = None) -> None:
    """Let CTranslate2's own writer make a tiny Whisper model of random numbers."""
    from ctranslate2.specs import whisper_spec

    random = np.random.default_rng(7)
    spec = whisper_spec.WhisperSpec(1, 2, 2, 2)

    def fill(owner: Any, **shapes: tuple[int, ...]) -> None:
        for name, shape in shapes.items():
            setattr(owner, name, random.normal(size=shape).astype(np.float32))

    def norm(owner: Any) -> None:
        fill(owner, gamma=(STATE,), beta=(STATE,))

    def linear(owner: Any, out: int, into: int) -> None:
        fill(owner, weight=(out, into), bias=(out,))

    fill(spec.encoder.conv1, weight=(STATE, 4, 3), bias=(STATE,))
    fill(spec.encoder.conv2, weight=(STATE, STATE, 3), bias=(STATE,))
    fill(spec.encoder.position_encodings, encodings=(5, STATE))
    fill(spec.decoder.position_encodings, encodings=(TEXT, STATE))
    fill(spec.decoder.embeddings, weight=(VOCABULARY, STATE))
    fill(spec.decoder.projection, weight=(VOCABULARY, STATE))
    norm(spec.encoder.layer_norm)
    norm(spec.decoder.layer_norm)
    for layer in (*spec.encoder.layer, *spec.decoder.layer):
        linear(layer.self_attention.linear[0], 3 * STATE, STATE)
        linear(layer.self_attention.linear[1], STATE, STATE)
        linear(layer.ffn.linear_0, 4 * STATE, STATE)
        linear(layer.ffn.linear_1, STATE, 4 * STATE)
        norm(layer.self_attention.layer_norm)
        norm(layer.ffn.layer_norm)
    for layer in spec.decoder.layer:
        linear(layer.attention.linear[0], STATE, STATE)
        linear(layer.attention.linear[1], 2 * STATE, STATE)
        linear(layer.attention.linear[2], STATE, STATE)
        norm(layer.attention.layer_norm)
    spec.register_vocabulary([str(i) for i in range(VOCABULARY)])
    spec.validate()
    spec.optimize(quantization=quantization)
    spec.save(str(path))


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    conversion(tmp_path)
    return tmp_path / "model.bin"


def test_the_state_fits_openai_whispers_model(plain: Path) -> None:
    import torch
    from whisper.model import ModelDimensions, Whisper

    variables = read_variables(plain)
    model = Whisper(ModelDimensions(**whisper_dimensions(variables)))
    state = {k: torch.from_numpy(v.copy()) for k, v in whisper_state(variables).items()}
    assert model.load_state_dict(state)
    assert (model.dims.n_vocab, model.dims.n_text_layer) == (VOCABULARY, 2)


def test_fused_attention_is_split_in_order(plain: Path) -> None:
    variables = read_variables(plain)
    state = whisper_state(variables)
    fused = variables["decoder/layer_1/self_attention/linear_0/weight"]
    names = [f"decoder.blocks.1.attn.{p}.weight" for p in ("query", "key", "value")]
    assert np.array_equal(np.concatenate([state[n] for n in names]), fused)
    crossed = variables["decoder/layer_0/attention/linear_1/bias"]
    assert np.array_equal(
        state["decoder.blocks.0.cross_attn.value.bias"], crossed[STATE:]
    )
    assert "decoder.blocks.0.cross_attn.key.bias" not in state


@pytest.mark.parametrize("form", ["float16", "bfloat16", "int8", "int16"])
def test_other_precisions_come_back_as_nearly_the_same_numbers(
    form: str, tmp_path: Path
) -> None:
    for name, quantization in (("plain", None), ("other", form)):
        (tmp_path / name).mkdir()
        conversion(tmp_path / name, quantization)
    plain = whisper_state(read_variables(tmp_path / "plain" / "model.bin"))
    other = whisper_state(read_variables(tmp_path / "other" / "model.bin"))
    assert plain.keys() == other.keys()
    for name, value in plain.items():
        assert other[name].dtype == np.float32
        assert np.allclose(other[name], value, atol=0.03), name


def test_a_file_cut_short_is_refused(plain: Path) -> None:
    plain.write_bytes(plain.read_bytes()[:-200])
    with pytest.raises(EngineError, match="ends too early"):
        read_variables(plain)


def test_another_kind_of_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    name = b"TransformerSpec\0"
    path.write_bytes(struct.pack("<IH", 6, len(name)) + name)
    with pytest.raises(EngineError, match="is TransformerSpec"):
        read_variables(path)


@pytest.mark.parametrize("config", ["{", "7", '{"alignment_heads": [[99, 1]]}'])
def test_a_damaged_config_is_one_line(plain: Path, config: str) -> None:
    (plain.parent / "config.json").write_text(config)
    weights = Weights(model="x", folder=plain.parent, tokenizer=plain, sha256="")
    with pytest.raises(EngineError, match=r"config\.json: is damaged"):
        TorchRuntime(weights)


def test_a_model_that_lacks_a_part_is_one_line(plain: Path) -> None:
    (plain.parent / "config.json").write_text("{}")
    name = b"decoder/embeddings/weight"
    plain.write_bytes(plain.read_bytes().replace(name, name[:-1] + b"x"))
    weights = Weights(model="x", folder=plain.parent, tokenizer=plain, sha256="")
    with pytest.raises(EngineError, match="do not fit"):
        TorchRuntime(weights)
