"""Whisper on PyTorch through openai-whisper: the reference, on a CPU or a GPU."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from pullquote.errors import EngineError
from pullquote.transcribe.checkpoint import (
    read_variables,
    whisper_dimensions,
    whisper_state,
)
from pullquote.transcribe.runtime import SAMPLE_RATE, Decoding, Heard, most_tokens
from pullquote.transcribe.timing import timed_words
from pullquote.transcribe.weights import Weights

if TYPE_CHECKING:
    from pullquote.transcribe.runtime import Sound

_FULL = 30 * SAMPLE_RATE
_HOP = 160
"""Samples a mel frame; the encoder makes one state of two frames."""


class TorchRuntime:
    """A Whisper model loaded into PyTorch from the same weights as CTranslate2's."""

    name = "torch"
    parallel = 1
    """PyTorch uses the cores itself."""

    def __init__(self, weights: Weights, threads: int | None = None) -> None:
        """Load the model. Raises EngineError if the weights do not fit."""
        import torch

        if threads:
            torch.set_num_threads(threads)
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self.model = _load(weights).to(self._device).eval()

    @property
    def versions(self) -> Mapping[str, str]:
        """Versions of openai-whisper and torch."""
        return {p: version(p) for p in ("openai-whisper", "torch")}

    @property
    def options(self) -> Mapping[str, object]:
        """The precision."""
        return {"compute": "float16" if self._device == "cuda" else "float32"}

    def language(self, sound: Sound) -> tuple[str, float]:
        """Return the likeliest language of up to 30 s, with its probability."""
        if not self.model.is_multilingual:
            return "en", 1.0
        mel = self._mel([sound[:_FULL]], _FULL)
        _, found = self.model.detect_language(mel[0])
        best = max(found, key=found.__getitem__)
        return best, float(found[best])

    def hear(
        self, sounds: Sequence[Sound], decoding: Decoding
    ) -> tuple[tuple[Heard, ...], ...]:
        """Return for each of the windows what may be said in it."""
        longest = max(len(sound) for sound in sounds)
        size = _FULL
        if decoding.pad is not None:
            size = min(_FULL, longest + decoding.pad * SAMPLE_RATE // 1000)
        limit = most_tokens(longest * 1000 // SAMPLE_RATE)
        mel = self._mel(sounds, size)
        found: list[tuple[Heard, ...]] = []
        with _shortened(self.model, (mel.shape[-1] + 1) // 2):
            results = self._decode(mel, decoding, limit)
            for result, sound in zip(results, sounds, strict=True):
                candidates = [result]
                doubted = result.avg_logprob < decoding.second_below
                if decoding.second_beam and doubted:
                    second = replace(decoding, beam=decoding.second_beam)
                    features = result.audio_features[None]
                    candidates += self._decode(features, second, limit)
                found.append(
                    tuple(self._heard(c, len(sound), limit) for c in candidates)
                )
        return tuple(found)

    def _decode(self, batch: Any, decoding: Decoding, limit: int) -> list[Any]:
        """Decode spectrograms or what was encoded from them."""
        import whisper

        several = decoding.beam if decoding.beam > 1 else None
        options = whisper.DecodingOptions(
            language=decoding.language,
            temperature=decoding.temperature,
            beam_size=None if decoding.temperature else several,
            best_of=several if decoding.temperature else None,
            sample_len=limit,
            prompt=" ".join((decoding.prompt or "").split()) or None,
            without_timestamps=True,
            fp16=self._device == "cuda",
        )
        # Several candidates a window work for one window at a time only: the
        # encoded sound is not repeated for them, and attention refuses that.
        groups = batch.split(1) if several else [batch]
        return [
            result
            for group in groups
            for result in whisper.decode(self.model, group, options)
        ]

    def _heard(self, result: Any, samples: int, limit: int) -> Heard:
        from whisper.timing import find_alignment
        from whisper.tokenizer import get_tokenizer

        tokenizer = get_tokenizer(
            self.model.is_multilingual,
            num_languages=self.model.num_languages,
            language=result.language,
            task="transcribe",
        )
        text = [t for t in result.tokens if t < tokenizer.eot]
        encoded = _Encoded(self.model)
        found = find_alignment(
            encoded, tokenizer, text, result.audio_features, samples // _HOP
        )
        return Heard(
            words=timed_words(
                ((w.word, w.start, w.end, w.probability) for w in found),
                result.language,
            ),
            tokens=len(text),
            logprob=float(result.avg_logprob),
            no_speech=float(result.no_speech_prob),
            complete=len(text) < limit,
        )

    def _mel(self, sounds: Sequence[Sound], size: int) -> Any:
        import torch
        from whisper.audio import log_mel_spectrogram, pad_or_trim

        rows = [
            log_mel_spectrogram(
                torch.from_numpy(pad_or_trim(sound, size)), self.model.dims.n_mels
            )
            for sound in sounds
        ]
        return torch.stack(rows).to(self._device)


class _Encoded:
    """A model whose input is encoded already.

    ``find_alignment`` encodes the sound once more; given this in the model's place
    it goes on from what decoding had encoded.
    """

    def __init__(self, model: Any) -> None:
        self.dims, self.device = model.dims, model.device
        self.decoder, self.alignment_heads = model.decoder, model.alignment_heads

    def __call__(self, features: Any, tokens: Any) -> Any:
        return self.decoder(tokens, features)


@contextmanager
def _shortened(model: Any, states: int) -> Iterator[None]:
    """Let the encoder take fewer than 30 s of sound.

    The code asks for exactly as many states as there are positions; the weights
    do not, as CTranslate2 shows.
    """
    positions, most = model.encoder.positional_embedding, model.dims.n_audio_ctx
    model.encoder.positional_embedding = positions[:states]
    model.dims.n_audio_ctx = states
    try:
        yield
    finally:
        model.encoder.positional_embedding = positions
        model.dims.n_audio_ctx = most


def _load(weights: Weights) -> Any:
    import torch
    from whisper.model import ModelDimensions, Whisper

    variables = read_variables(weights.folder / "model.bin")
    model = Whisper(ModelDimensions(**whisper_dimensions(variables)))
    state = {k: torch.from_numpy(v) for k, v in whisper_state(variables).items()}
    try:
        model.load_state_dict(state)
    except RuntimeError as error:
        raise EngineError(
            weights.folder,
            "the weights do not fit openai-whisper's model"
            f" ({str(error).splitlines()[-1].strip()})",
            "use --runtime ctranslate2, or name another model",
        ) from error
    config = json.loads((weights.folder / "config.json").read_text("utf-8"))
    if heads := config.get("alignment_heads"):
        mask = torch.zeros(
            model.dims.n_text_layer, model.dims.n_text_head, dtype=torch.bool
        )
        for layer, head in heads:
            mask[layer, head] = True
        model.register_buffer("alignment_heads", mask.to_sparse(), persistent=False)
    return model
