"""Whisper on PyTorch through openai-whisper: the reference, on a CPU or a GPU."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pullquote.errors import EngineError
from pullquote.transcribe.engine.checkpoint import (
    read_variables,
    whisper_dimensions,
    whisper_state,
)
from pullquote.transcribe.engine.runtime import (
    SEED,
    Decoding,
    Said,
    most_tokens,
    padded,
    versions_of,
)
from pullquote.transcribe.engine.timing import timed_words
from pullquote.transcribe.engine.weights import Weights
from pullquote.transcribe.sound import SAMPLE_RATE

if TYPE_CHECKING:
    from pullquote.model.transcript import Word
    from pullquote.transcribe.sound import Sound

_FULL = 30 * SAMPLE_RATE
_HOP = 160
"""Samples a mel frame; the encoder makes one state of two frames."""


class TorchRuntime:
    """A Whisper model loaded into PyTorch from the same weights as CTranslate2's."""

    name = "torch"
    parallel = 1
    """PyTorch uses the cores itself."""
    together = 8
    steady = False
    """A larger batch is summed up in another order."""

    def __init__(self, weights: Weights, threads: int | None = None) -> None:
        """Load the model. Raises EngineError if the weights do not fit."""
        import torch

        self._threads = threads
        self._keep_to_threads()
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self.model = _load(weights).to(self._device).eval()

    @property
    def languages(self) -> Collection[str]:
        """English alone, or all that Whisper knows."""
        from whisper.tokenizer import LANGUAGES

        return LANGUAGES if self.model.is_multilingual else ("en",)

    @property
    def versions(self) -> Mapping[str, str]:
        """Versions of openai-whisper and torch."""
        return versions_of("torch")

    @property
    def options(self) -> Mapping[str, object]:
        """The precision."""
        return {"compute": "float16" if self._device == "cuda" else "float32"}

    def put_away(self) -> None:
        """Do nothing: PyTorch would read them again for a second."""

    def language(self, sound: Sound) -> tuple[str, float]:
        """Return the likeliest language of up to 30 s, with its probability."""
        if not self.model.is_multilingual:
            return "en", 1.0
        mel = self._mel([sound[:_FULL]], _FULL)
        _, found = self.model.detect_language(mel[0])
        best = max(found, key=found.__getitem__)
        return best, float(found[best])

    def encode(self, sounds: Sequence[Sound], length: int, pad: int | None) -> _Encoded:
        """Return windows encoded together, padded to one length."""
        import torch

        mel = self._mel(sounds, padded(length, pad))
        states = (mel.shape[-1] + 1) // 2
        with torch.inference_mode(), _shortened(self.model, states):
            found = self.model.encoder(mel)
        return _Encoded(states=found, samples=[len(sound) for sound in sounds])

    def decode(
        self,
        encoded: _Encoded,
        rows: Sequence[int],
        decoding: Decoding,
        prompts: Sequence[str],
    ) -> list[Said]:
        """Return what is said in some of the windows."""
        found: dict[int, Said] = {}
        for prompt in sorted(set(prompts)):
            chosen = [n for n, one in enumerate(prompts) if one == prompt]
            longest = max(encoded.samples[rows[n]] for n in chosen)
            limit = most_tokens(longest * 1000 // SAMPLE_RATE)
            batch = encoded.states[[rows[n] for n in chosen]]
            results = self._decode(batch, decoding, prompt, limit)
            for n, result in zip(chosen, results, strict=True):
                found[n] = self._said(result, limit)
        return [found[n] for n in range(len(rows))]

    def _decode(
        self, batch: Any, decoding: Decoding, prompt: str, limit: int
    ) -> list[Any]:
        import torch
        import whisper

        several = decoding.beam if decoding.beam > 1 else None
        options = whisper.DecodingOptions(
            language=decoding.language,
            temperature=decoding.temperature,
            beam_size=None if decoding.temperature else several,
            best_of=several if decoding.temperature else None,
            sample_len=limit,
            prompt=" ".join(prompt.split()) or None,
            without_timestamps=True,
            fp16=self._device == "cuda",
        )
        # Several candidates a window work for one window at a time only: the
        # encoded sound is not repeated for them, and attention refuses that.
        groups = batch.split(1) if several else [batch]
        with _shortened(self.model, batch.shape[1]), torch.random.fork_rng():
            torch.manual_seed(SEED)
            return [
                result
                for group in groups
                for result in whisper.decode(self.model, group, options)
            ]

    def _said(self, result: Any, limit: int) -> Said:
        end = self._tokenizer(result.language).eot
        tokens = [t for t in result.tokens if t < end]
        return Said(
            text=result.text.strip(),
            tokens=len(tokens),
            logprob=float(result.avg_logprob),
            no_speech=float(result.no_speech_prob),
            complete=len(tokens) < limit,
        )

    def align(
        self,
        encoded: _Encoded,
        rows: Sequence[int],
        texts: Sequence[str],
        language: str,
    ) -> list[tuple[Word, ...]]:
        """Return the words of each window's text with times and probabilities."""
        from whisper.timing import find_alignment

        tokenizer = self._tokenizer(language)
        model: Any = _AlreadyEncoded(self.model)
        aligned = (
            find_alignment(
                model,
                tokenizer,
                tokenizer.encode(f" {text}") if text else [],
                encoded.states[row],
                encoded.samples[row] // _HOP,
            )
            for row, text in zip(rows, texts, strict=True)
        )
        found = [
            timed_words(
                ((w.word, w.start, w.end, w.probability) for w in row), language
            )
            for row in aligned
        ]
        # numba, with which whisper aligns, lets OpenMP have all cores again
        self._keep_to_threads()
        return found

    def _keep_to_threads(self) -> None:
        import torch

        if self._threads:
            torch.set_num_threads(self._threads)

    def scores(
        self,
        encoded: _Encoded,
        row: int,
        texts: Sequence[str],
        prompt: str,
        language: str,
    ) -> list[float]:
        """Return the log-probability of each text in one window, after a prompt."""
        import torch

        tokenizer = self._tokenizer(language)
        words = " ".join(prompt.split())
        before = [tokenizer.sot_prev, *tokenizer.encode(f" {words}")] if words else []
        start = [*before, *tokenizer.sot_sequence, tokenizer.no_timestamps]
        found = []
        for text in texts:
            tokens = tokenizer.encode(f" {text}")
            given = torch.tensor([[*start, *tokens]], device=self._device)
            with torch.inference_mode():
                logits = self.model.decoder(given, encoded.states[row : row + 1])[0]
            likely = logits[len(start) - 1 : -1, : tokenizer.eot].log_softmax(dim=-1)
            rows = range(len(tokens))
            found.append(float(likely[rows, tokens].sum()) if tokens else 0.0)
        return found

    def _tokenizer(self, language: str) -> Any:
        from whisper.tokenizer import get_tokenizer

        return get_tokenizer(
            self.model.is_multilingual,
            num_languages=self.model.num_languages,
            language=language,
            task="transcribe",
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


@dataclass(frozen=True, slots=True)
class _Encoded:
    states: Any
    samples: list[int]


class _AlreadyEncoded:
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
    try:
        model = Whisper(ModelDimensions(**whisper_dimensions(variables)))
        state = whisper_state(variables)
        model.load_state_dict({k: torch.from_numpy(v) for k, v in state.items()})
    except (RuntimeError, LookupError, ValueError) as error:
        raise EngineError(
            weights.folder,
            "the weights do not fit openai-whisper's model"
            f" ({str(error).splitlines()[-1].strip()})",
            "use --runtime ctranslate2, or name another model",
        ) from error
    config = weights.folder / "config.json"
    try:
        heads = json.loads(config.read_text("utf-8")).get("alignment_heads")
        mask = torch.zeros(
            model.dims.n_text_layer, model.dims.n_text_head, dtype=torch.bool
        )
        for layer, head in heads or ():
            mask[layer, head] = True
    except (ValueError, TypeError, AttributeError, IndexError) as error:
        problem = f"is damaged ({error})"
        raise EngineError(config, problem, "download the model again") from error
    if heads:
        model.register_buffer("alignment_heads", mask.to_sparse(), persistent=False)
    return model
