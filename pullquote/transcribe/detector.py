"""How likely somebody speaks, 31 times a second: silero's detector.

Its weights lie in faster-whisper's wheel; nothing is downloaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pullquote.transcribe.runtime import SAMPLE_RATE

if TYPE_CHECKING:
    from pullquote.transcribe.runtime import Sound

_CHUNK = 512
FRAME_MS = _CHUNK * 1000 // SAMPLE_RATE
"""Milliseconds that one probability speaks of."""


def voice_probabilities(sound: Sound) -> list[float]:
    """Return the probability of speech for each 32 ms of ``sound``."""
    import numpy as np
    from faster_whisper.vad import get_vad_model

    if not len(sound):
        return []
    padded = np.pad(sound, (0, -len(sound) % _CHUNK))
    return [float(p) for p in get_vad_model()(padded).reshape(-1)]
