"""Whisper on CTranslate2 through faster-whisper: int8 on a CPU, float16 on a GPU."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pullquote.errors import EngineError
from pullquote.transcribe.engine.memory import give_back, share_heap
from pullquote.transcribe.engine.runtime import (
    SEED,
    Decoding,
    Said,
    most_tokens,
    padded,
    usable_cores,
    versions_of,
)
from pullquote.transcribe.engine.timing import timed_words
from pullquote.transcribe.engine.weights import Weights
from pullquote.transcribe.sound import SAMPLE_RATE

if TYPE_CHECKING:
    from pullquote.model.transcript import Word
    from pullquote.transcribe.sound import Sound

_FRAMES_A_SECOND = 100
_LEAST = 1e-9
"""A probability that is 0 in half precision has no logarithm."""


class CTranslate2Runtime:
    """A Whisper model loaded into CTranslate2."""

    name = "ctranslate2"

    def __init__(self, weights: Weights, threads: int | None = None) -> None:
        """Load the model for a number of threads, each of which has a core.

        Two cores at one window take longer than one: they wait for each other.
        Raises EngineError if CTranslate2 refuses it.
        """
        import ctranslate2
        import tokenizers
        from faster_whisper import WhisperModel

        share_heap()
        self._on_gpu = ctranslate2.get_cuda_device_count() > 0
        self._compute = "float16" if self._on_gpu else "int8"
        self.parallel = 1 if self._on_gpu else threads or usable_cores()
        # A core gains nothing from more than two, and a kill costs those it is at.
        self.together = 16 if self._on_gpu else 2
        try:
            self._model = WhisperModel(
                str(weights.folder),
                device="cuda" if self._on_gpu else "cpu",
                compute_type=self._compute,
                cpu_threads=1,
                num_workers=self.parallel,
                local_files_only=True,
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(
                weights.folder,
                f"CTranslate2 cannot load the model ({error})",
                "delete the folder so that it is made anew, or use --runtime torch",
            ) from error
        self._weights = weights
        # asked for now: a model that was put away does not answer
        self._multilingual = bool(self._model.model.is_multilingual)
        self._languages: list[str] = self._model.supported_languages
        self._tokens = tokenizers.Tokenizer.from_file(str(weights.tokenizer))
        self._model.hf_tokenizer = self._tokens  # not two of them
        self._tokenizers: dict[str, Any] = {}
        give_back()

    @property
    def steady(self) -> bool:
        """On a CPU, where sums of integers have no order."""
        return not self._on_gpu

    @property
    def languages(self) -> Collection[str]:
        """English alone, or all that Whisper knows."""
        return self._languages

    @property
    def versions(self) -> Mapping[str, str]:
        """Versions of ctranslate2 and faster-whisper."""
        return versions_of("ctranslate2")

    @property
    def options(self) -> Mapping[str, object]:
        """The precision."""
        return {"compute": self._compute}

    def put_away(self) -> None:
        """Free the weights until a window is encoded: 80 MB for 0.4 s (base)."""
        self._model.model.unload_model()

    def language(self, sound: Sound) -> tuple[str, float]:
        """Return the likeliest language of up to 30 s, with its probability."""
        if not self._multilingual:
            return "en", 1.0
        # What is there is encoded, not the 30 s that faster-whisper pads it to.
        encoded = self.encode([sound], len(sound) * 1000 // SAMPLE_RATE, 3_000)
        batch = _batch(encoded, [0])
        token, probability = self._model.model.detect_language(batch)[0][0]
        return token.strip("<|>"), float(probability)

    def encode(self, sounds: Sequence[Sound], length: int, pad: int | None) -> _Encoded:
        """Return windows encoded one at a time, padded to one length.

        A batch of windows leaves a core's cache, which costs a quarter more for the
        same sums; decoding gains from a batch.
        """
        import numpy as np

        size = padded(length, pad)
        extract = self._model.feature_extractor
        features = (
            extract(np.pad(sound[:size], (0, max(0, size - len(sound)))))[..., :-1]
            for sound in sounds
        )
        self._model.model.load_model()  # unless it is
        encode = self._model.encode
        return _Encoded(
            states=[_on_cpu(encode(rows[np.newaxis])) for rows in features],
            samples=[len(sound) for sound in sounds],
            length=length,
        )

    def decode(
        self,
        encoded: _Encoded,
        rows: Sequence[int],
        decoding: Decoding,
        prompts: Sequence[str],
    ) -> list[Said]:
        """Return what is said in some of the windows."""
        from faster_whisper.transcribe import get_suppressed_tokens

        tokenizer = self._tokenizer(decoding.language)
        tokens = [self._prompt(tokenizer, prompt) for prompt in prompts]
        found: dict[int, Said] = {}
        # CTranslate2 takes a batch only if its prompts are equally long.
        for length in sorted({len(prompt) for prompt in tokens}):
            chosen = [n for n, prompt in enumerate(tokens) if len(prompt) == length]
            batch = _batch(encoded, [rows[n] for n in chosen])
            limit = most_tokens(encoded.length)
            results = self._generator(decoding).generate(
                batch,
                [tokens[n] for n in chosen],
                max_length=min(448, length + limit),
                suppress_tokens=list(get_suppressed_tokens(tokenizer, [-1])),
                return_scores=True,
                return_no_speech_prob=True,
                **_search(decoding),
            )
            for n, result in zip(chosen, results, strict=True):
                found[n] = _said(result, tokenizer, limit)
        return [found[n] for n in range(len(rows))]

    def _generator(self, decoding: Decoding) -> Any:
        """Return the model, or one of its own where words are drawn by chance.

        CTranslate2 seeds a thread once for good: the threads of a new model alone
        draw the same each time, and each machine must hear the same.
        """
        import ctranslate2

        if decoding.temperature == 0:
            return self._model.model
        give_back()  # loading takes four times as much as having loaded
        ctranslate2.set_random_seed(SEED)
        return ctranslate2.models.Whisper(
            str(self._weights.folder),
            device="cuda" if self._on_gpu else "cpu",
            compute_type=self._compute,
            intra_threads=1,
        )

    def align(
        self,
        encoded: _Encoded,
        rows: Sequence[int],
        texts: Sequence[str],
        language: str,
    ) -> list[tuple[Word, ...]]:
        """Return the words of each window's text with times and probabilities."""
        tokenizer = self._tokenizer(language)
        # One at a time: texts that are padded to one length come out otherwise.
        aligned = [
            self._model.find_alignment(
                tokenizer,
                [tokenizer.encode(f" {text}") if text else []],
                _batch(encoded, [row]),
                [encoded.samples[row] * _FRAMES_A_SECOND // SAMPLE_RATE],
            )[0]
            for row, text in zip(rows, texts, strict=True)
        ]
        return [
            timed_words(
                ((w["word"], w["start"], w["end"], w["probability"]) for w in words),
                language,
            )
            for words in aligned
        ]

    def scores(
        self,
        encoded: _Encoded,
        row: int,
        texts: Sequence[str],
        prompt: str,
        language: str,
    ) -> list[float]:
        """Return the log-probability of each text in one window, after a prompt."""
        tokenizer = self._tokenizer(language)
        results = self._model.model.align(
            _batch(encoded, [row] * len(texts)),
            self._prompt(tokenizer, prompt)[:-1],  # it adds <|notimestamps|> itself
            [tokenizer.encode(f" {text}") for text in texts],
            encoded.samples[row] * _FRAMES_A_SECOND // SAMPLE_RATE,
        )
        return [
            sum(math.log(max(p, _LEAST)) for p in result.text_token_probs)
            for result in results
        ]

    def _prompt(self, tokenizer: Any, text: str) -> list[int]:
        words = " ".join(text.split())
        previous = tokenizer.encode(f" {words}") if words else []
        prompt: list[int] = self._model.get_prompt(
            tokenizer, previous, without_timestamps=True
        )
        return prompt

    def _tokenizer(self, language: str) -> Any:
        from faster_whisper.tokenizer import Tokenizer

        if language not in self._tokenizers:
            self._tokenizers[language] = Tokenizer(
                self._tokens,
                self._multilingual,
                task="transcribe",
                language=language,
            )
        return self._tokenizers[language]


def piece_counter(weights: Weights) -> Callable[[str], int]:
    """Return what counts the tokens of a word; a word that a model knows is one."""
    import tokenizers

    tokens = tokenizers.Tokenizer.from_file(str(weights.tokenizer))
    return lambda word: len(tokens.encode(f" {word}", add_special_tokens=False).ids)


@dataclass(frozen=True, slots=True)
class _Encoded:
    states: list[Any]
    samples: list[int]
    length: int
    """Milliseconds that each window was given, without the padding."""


def _batch(encoded: _Encoded, rows: Sequence[int]) -> Any:
    import numpy as np
    from ctranslate2 import StorageView

    return StorageView.from_array(np.concatenate([encoded.states[n] for n in rows]))


def _said(result: Any, tokenizer: Any, limit: int) -> Said:
    tokens = [t for t in result.sequences_ids[0] if t < tokenizer.eot]
    return Said(
        text=tokenizer.decode(tokens).strip(),
        tokens=len(tokens),
        logprob=result.scores[0] * len(tokens) / (len(tokens) + 1),
        no_speech=result.no_speech_prob,
        complete=len(tokens) < limit,
    )


def _search(decoding: Decoding) -> dict[str, object]:
    if decoding.temperature == 0:
        return {"beam_size": decoding.beam, "patience": 1}
    return {
        "beam_size": 1,
        "num_hypotheses": decoding.beam,
        "sampling_topk": 0,
        "sampling_temperature": decoding.temperature,
    }


def _on_cpu(encoded: Any) -> Any:
    import numpy as np
    from ctranslate2 import Device

    if encoded.device != "cpu":
        encoded = encoded.to_device(Device.cpu)
    return np.asarray(encoded)
