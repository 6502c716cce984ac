"""Whisper on CTranslate2 through faster-whisper: int8 on a CPU, float16 on a GPU."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from pullquote.errors import EngineError
from pullquote.transcribe.runtime import (
    SAMPLE_RATE,
    Decoding,
    Heard,
    most_tokens,
    usable_cores,
)
from pullquote.transcribe.timing import timed_words
from pullquote.transcribe.weights import Weights

if TYPE_CHECKING:
    from pullquote.transcribe.runtime import Sound

_FRAMES_A_SECOND = 100
_FULL = 30 * SAMPLE_RATE


class CTranslate2Runtime:
    """A Whisper model loaded into CTranslate2."""

    name = "ctranslate2"

    def __init__(self, weights: Weights, threads: int | None = None) -> None:
        """Load the model. Raises EngineError if CTranslate2 refuses it."""
        import ctranslate2
        import tokenizers
        from faster_whisper import WhisperModel

        self._on_gpu = ctranslate2.get_cuda_device_count() > 0
        self._compute = "float16" if self._on_gpu else "int8"
        self.parallel = 1 if self._on_gpu else threads or usable_cores()
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
        self._tokens = tokenizers.Tokenizer.from_file(str(weights.tokenizer))
        self._tokenizers: dict[str, Any] = {}

    @property
    def versions(self) -> Mapping[str, str]:
        """Versions of ctranslate2 and faster-whisper."""
        return {p: version(p) for p in ("ctranslate2", "faster-whisper")}

    @property
    def options(self) -> Mapping[str, object]:
        """The precision."""
        return {"compute": self._compute}

    def language(self, sound: Sound) -> tuple[str, float]:
        """Return the likeliest language of up to 30 s, with its probability."""
        if not self._model.model.is_multilingual:
            return "en", 1.0
        # What is there is encoded, not the 30 s that faster-whisper pads it to.
        from ctranslate2 import StorageView

        (encoded,) = self._encode([sound], Decoding(language=""))
        batch = StorageView.from_array(encoded)
        token, probability = self._model.model.detect_language(batch)[0][0]
        return token.strip("<|>"), float(probability)

    def hear(
        self, sounds: Sequence[Sound], decoding: Decoding
    ) -> tuple[tuple[Heard, ...], ...]:
        """Return for each of the windows what may be said in it."""
        encoded = self._encode(sounds, decoding)
        first = self._decode(encoded, sounds, decoding)
        doubted = [
            at
            for at, heard in enumerate(first)
            if decoding.second_beam and heard.logprob < decoding.second_below
        ]
        if not doubted:
            return tuple((heard,) for heard in first)
        again = self._decode(
            [encoded[at] for at in doubted],
            [sounds[at] for at in doubted],
            replace(decoding, beam=decoding.second_beam or 1),
        )
        second = dict(zip(doubted, again, strict=True))
        return tuple(
            (heard, second[at]) if at in second else (heard,)
            for at, heard in enumerate(first)
        )

    def _decode(
        self, encoded: Sequence[Any], sounds: Sequence[Sound], decoding: Decoding
    ) -> list[Heard]:
        """Decode windows that are encoded to one length."""
        import numpy as np
        from ctranslate2 import StorageView

        tokenizer = self._tokenizer(decoding.language)
        batch = StorageView.from_array(np.concatenate(encoded))
        prompt = self._prompt(tokenizer, decoding)
        limit = most_tokens(max(map(len, sounds)) * 1000 // SAMPLE_RATE)
        results = self._model.model.generate(
            batch,
            [prompt] * len(sounds),
            max_length=min(448, len(prompt) + limit),
            suppress_tokens=self._suppressed(tokenizer),
            return_scores=True,
            return_no_speech_prob=True,
            **_search(decoding),
        )
        texts = [
            [t for t in result.sequences_ids[0] if t < tokenizer.eot]
            for result in results
        ]
        frames = [len(sound) * _FRAMES_A_SECOND // SAMPLE_RATE for sound in sounds]
        aligned = self._model.find_alignment(tokenizer, texts, batch, frames)
        return [
            Heard(
                words=timed_words(
                    ((w["word"], w["start"], w["end"], w["probability"]) for w in row),
                    decoding.language,
                ),
                tokens=len(text),
                logprob=result.scores[0] * len(text) / (len(text) + 1),
                no_speech=result.no_speech_prob,
                complete=len(text) < limit,
            )
            for result, text, row in zip(results, texts, aligned, strict=True)
        ]

    def _encode(self, sounds: Sequence[Sound], decoding: Decoding) -> list[Any]:
        """Return each window's encoded sound, all padded to one length.

        One at a time: a batch of windows leaves a core's cache, which costs a
        quarter more for the same sums. Decoding gains from the batch.
        """
        import numpy as np

        size = _FULL
        if decoding.pad is not None:
            longest = max(len(sound) for sound in sounds)
            size = min(_FULL, longest + decoding.pad * SAMPLE_RATE // 1000)
        extract = self._model.feature_extractor
        features = (
            extract(np.pad(sound[:size], (0, max(0, size - len(sound)))))[..., :-1]
            for sound in sounds
        )
        encode = self._model.encode
        return [_on_cpu(encode(rows[np.newaxis])) for rows in features]

    def _prompt(self, tokenizer: Any, decoding: Decoding) -> list[int]:
        previous: list[int] = []
        if decoding.prompt:
            previous = tokenizer.encode(" " + " ".join(decoding.prompt.split()))
        prompt: list[int] = self._model.get_prompt(
            tokenizer, previous, without_timestamps=True
        )
        return prompt

    def _tokenizer(self, language: str) -> Any:
        from faster_whisper.tokenizer import Tokenizer

        if language not in self._tokenizers:
            self._tokenizers[language] = Tokenizer(
                self._tokens,
                self._model.model.is_multilingual,
                task="transcribe",
                language=language,
            )
        return self._tokenizers[language]

    def _suppressed(self, tokenizer: Any) -> list[int]:
        from faster_whisper.transcribe import get_suppressed_tokens

        return list(get_suppressed_tokens(tokenizer, [-1]))


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
