"""Whisper weights out of a CTranslate2 ``model.bin``, named as PyTorch names them.

The binary form is that of ``ModelSpec._serialize`` in
``ctranslate2/specs/model_spec.py``, version 6; all numbers are little-endian.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import EngineError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Variables = Mapping[str, NDArray[np.generic]]
    State = dict[str, NDArray[np.float32]]

_VERSION = 6
# The order of CTranslate2's DataType; bfloat16 is read as its 16 bits.
_DTYPES = ("<f4", "<i1", "<i2", "<i4", "<f2", "<u2")
_BFLOAT16 = 5

# Attention's linear layers, by CTranslate2's numbers: several are fused into one.
_SELF = {"linear_0": ("query", "key", "value"), "linear_1": ("out",)}
_CROSS = {"linear_0": ("query",), "linear_1": ("key", "value"), "linear_2": ("out",)}
_PLAIN = {
    "ffn/layer_norm": "mlp_ln",
    "ffn/linear_0": "mlp.0",
    "ffn/linear_1": "mlp.2",
    "self_attention/layer_norm": "attn_ln",
    "attention/layer_norm": "cross_attn_ln",
}
_TOP = {
    "encoder/conv1/weight": "encoder.conv1.weight",
    "encoder/conv1/bias": "encoder.conv1.bias",
    "encoder/conv2/weight": "encoder.conv2.weight",
    "encoder/conv2/bias": "encoder.conv2.bias",
    "encoder/position_encodings/encodings": "encoder.positional_embedding",
    "encoder/layer_norm/gamma": "encoder.ln_post.weight",
    "encoder/layer_norm/beta": "encoder.ln_post.bias",
    "decoder/embeddings/weight": "decoder.token_embedding.weight",
    "decoder/position_encodings/encodings": "decoder.positional_embedding",
    "decoder/layer_norm/gamma": "decoder.ln.weight",
    "decoder/layer_norm/beta": "decoder.ln.bias",
}
_LEAF = {"gamma": "weight", "beta": "bias", "weight": "weight", "bias": "bias"}
_LAYER = re.compile(r"(encoder|decoder)/layer_(\d+)/(.+)/(gamma|beta|weight|bias)")


def read_variables(path: Path) -> Variables:
    """Return every variable of a ``model.bin`` by its CTranslate2 name.

    bfloat16 becomes float32; all else keeps its type. Raises EngineError if the
    file is not such a model or is cut short.
    """
    import numpy as np

    if not path.stat().st_size:
        raise EngineError(path, "is empty", "download it again")
    data = np.memmap(path, dtype=np.uint8, mode="r")
    reader = _Reader(data.data, path)
    version = reader.number("I")
    kind = reader.name()
    if version != _VERSION or kind != "WhisperSpec":
        raise EngineError(
            path,
            f"is {kind or 'nothing'} in binary version {version}, not a Whisper model"
            f" in version {_VERSION}",
            "convert the weights anew with this ctranslate2",
        )
    reader.number("I")
    found = {}
    for _ in range(reader.number("I")):
        name = reader.name()
        shape = [reader.number("I") for _ in range(reader.number("B"))]
        kind_id = reader.number("B")
        raw = reader.take(reader.number("I"))
        try:
            array = np.frombuffer(raw, dtype=_DTYPES[kind_id]).reshape(shape)
        except (ValueError, IndexError) as error:
            raise EngineError(
                path, f"holds a damaged {name[:80]}", "download it again"
            ) from error
        if kind_id == _BFLOAT16:
            array = (array.astype(np.uint32) << 16).view(np.float32)
        found[name] = array
    return found


class _Reader:
    def __init__(self, data: memoryview, path: Path) -> None:
        self._data, self._path, self._at = data, path, 0

    def take(self, size: int) -> memoryview:
        start, self._at = self._at, self._at + size
        if self._at > len(self._data):
            raise EngineError(self._path, "ends too early", "download it again")
        return self._data[start : self._at]

    def number(self, form: str) -> int:
        form = "<" + form
        value: int = struct.unpack(form, self.take(struct.calcsize(form)))[0]
        return value

    def name(self) -> str:
        return bytes(self.take(self.number("H"))[:-1]).decode("utf-8", "replace")


def whisper_state(variables: Variables) -> State:
    """Return the ``state_dict`` of ``whisper.model.Whisper``, all float32.

    Fused attention layers are split and quantized weights multiplied out.
    """
    import numpy as np

    state: State = {}
    for name, array in variables.items():
        if name.endswith("_scale") or array.ndim == 0:
            continue
        value = _unquantized(array, variables.get(f"{name}_scale"))
        targets = _targets(name)
        parts = np.split(value, len(targets)) if targets else []
        for target, part in zip(targets, parts, strict=True):
            # OpenAI's key projection has no bias; the conversion filled in zeros.
            if not target.endswith(".key.bias"):
                state[target] = np.ascontiguousarray(part)
    return state


def _unquantized(
    array: NDArray[np.generic], scale: NDArray[np.generic] | None
) -> NDArray[np.float32]:
    import numpy as np

    value = array.astype(np.float32)
    if scale is None:
        return value
    rows = scale.astype(np.float32).reshape(-1, *[1] * (value.ndim - 1))
    return (value / rows).astype(np.float32)


def _targets(name: str) -> tuple[str, ...]:
    if name in _TOP:
        return (_TOP[name],)
    match = _LAYER.fullmatch(name)
    if match is None:
        return ()
    side, layer, part, leaf = match.groups()
    block, ending = f"{side}.blocks.{layer}.", "." + _LEAF[leaf]
    if part in _PLAIN:
        return (block + _PLAIN[part] + ending,)
    attention, linear = part.split("/")
    fused, module = (
        (_SELF, "attn") if attention == "self_attention" else (_CROSS, "cross_attn")
    )
    return tuple(f"{block}{module}.{p}{ending}" for p in fused[linear])


def whisper_dimensions(variables: Variables) -> dict[str, int]:
    """Return the fields of ``whisper.model.ModelDimensions``, read off the shapes."""
    vocabulary, text_state = variables["decoder/embeddings/weight"].shape
    audio_state, mels, _ = variables["encoder/conv1/weight"].shape

    def layers(side: str) -> int:
        found = (_LAYER.fullmatch(name) for name in variables)
        return 1 + max(int(m[2]) for m in found if m and m[1] == side)

    return {
        "n_mels": mels,
        "n_audio_ctx": variables["encoder/position_encodings/encodings"].shape[0],
        "n_audio_state": audio_state,
        "n_audio_head": int(variables["encoder/num_heads"]),
        "n_audio_layer": layers("encoder"),
        "n_vocab": vocabulary,
        "n_text_ctx": variables["decoder/position_encodings/encodings"].shape[0],
        "n_text_state": text_state,
        "n_text_head": int(variables["decoder/num_heads"]),
        "n_text_layer": layers("decoder"),
    }
