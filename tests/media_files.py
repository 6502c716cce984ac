"""Small media files that tests make for themselves."""

from pathlib import Path

import numpy as np


def write_tone(path: Path, *, seconds: float, rate: int = 16_000) -> None:
    """Write a mono WAV of a tone that swells, so that it has a loudness."""
    import wave

    at = np.arange(int(seconds * rate)) / rate
    sound = 0.3 * np.sin(2 * np.pi * 330 * at) * (0.6 + 0.4 * np.sin(at))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((sound * 32_767).astype("<i2").tobytes())


def write_cover(path: Path, size: int = 1400) -> None:
    """Write a square picture of one colour as JPEG."""
    import av

    frame = av.VideoFrame.from_ndarray(
        np.full((size, size, 3), 120, np.uint8), format="rgb24"
    )
    with av.open(str(path), "w", format="image2") as output:
        stream = output.add_stream("mjpeg", rate=1)
        stream.width = stream.height = size
        stream.pix_fmt = "yuvj444p"
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
