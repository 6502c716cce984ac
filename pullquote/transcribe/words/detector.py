"""How likely somebody speaks, 31 times a second: silero's detector.

Its weights lie in faster-whisper's wheel; nothing is downloaded.

A long recording is listened to in parts, so that cores and machines share the work.
The detector remembers what it heard, so each part begins a little before its start;
the parts are the same wherever they are done, and so is what is heard.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from pullquote.model.progress import Progress, silent
from pullquote.transcribe.engine.runtime import usable_cores
from pullquote.transcribe.sound import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pullquote.transcribe.sound import Sound

    Frames = NDArray[np.float32]
    """A frame of samples a row."""

_CHUNK = 512
FRAME_MS = _CHUNK * 1000 // SAMPLE_RATE
"""Milliseconds that one probability speaks of."""
PART_MS = 600_000
"""Of a part: a whole number of frames. The last one is shorter."""
_BEFORE = 30_720
"""Milliseconds that a part begins before its start, for the detector forgets slowly."""

_CONTEXT = 64
"""Samples before a frame that the detector hears again."""
_AT_ONCE = 1_000
"""Frames in a call: more take memory and no less time."""

Probabilities = Sequence[float]


def voice_probabilities(
    sound: Sound,
    known: Mapping[int, Probabilities] | None = None,
    threads: int | None = None,
    progress: Progress = silent,
) -> list[float]:
    """Return the probability of speech for each 32 ms of ``sound``.

    ``known`` parts are not listened to again.
    """
    duration = len(sound) * 1000 // SAMPLE_RATE
    parts = range(parts_of(duration))
    found = dict(known or {})
    missing = [part for part in parts if part not in found]
    with ThreadPoolExecutor(threads or usable_cores()) as pool:
        heard = pool.map(lambda part: voice_of_part(sound, part), missing)
        for part, one in zip(missing, heard, strict=True):
            found[part] = one
            end = min((part + 1) * PART_MS, duration)
            progress(end / 1000, duration / 1000, "look for speech")
    return [p for part in parts for p in found[part]]


def parts_of(duration: int) -> int:
    """Return in how many parts a recording of so many milliseconds is listened to."""
    return -(-duration // PART_MS)


def voice_of_part(sound: Sound, part: int) -> list[float]:
    """Return the probabilities of one part; none where the sound has ended before."""
    import numpy as np

    size = PART_MS * SAMPLE_RATE // 1000
    before = min(part * size, _BEFORE * SAMPLE_RATE // 1000)
    heard = sound[part * size - before : (part + 1) * size]
    if len(heard) <= before:
        return []
    padded = np.pad(heard, (0, -len(heard) % _CHUNK)).reshape(-1, _CHUNK)
    padded[-1, -_CONTEXT:] = 0  # as faster-whisper does
    return _listened(padded)[before // _CHUNK :]


def _listened(frames: Frames) -> list[float]:
    """Return the probability of each frame, as faster-whisper's detector does.

    Its own call takes six times the memory.
    """
    import numpy as np
    from faster_whisper.vad import get_vad_model

    session = get_vad_model().session
    context = np.zeros(_CONTEXT, np.float32)
    h = c = np.zeros((1, 1, 128), np.float32)
    found: list[float] = []
    for at in range(0, len(frames), _AT_ONCE):
        part = frames[at : at + _AT_ONCE]
        ends = np.vstack([context, part[:-1, -_CONTEXT:]])
        context = part[-1, -_CONTEXT:]
        asked = {"input": np.hstack([ends, part]), "h": h, "c": c}
        rows, h, c = session.run(None, asked)
        found += map(float, rows.reshape(-1))
    return found
