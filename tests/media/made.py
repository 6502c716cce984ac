"""Small recordings for tests, made with PyAV: no media file is kept in git."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from pullquote.media.loudness import SILENCE, Loudness
from pullquote.media.sound import Sound

RATE = 48000
CODECS = {
    ".mp3": "libmp3lame",
    ".opus": "libopus",
    ".ogg": "libopus",
    ".webm": "libopus",
    ".mkv": "libopus",
    ".mp4": "aac",
    ".m4a": "aac",
    ".ts": "aac",
    ".wav": "pcm_s16le",
    ".flac": "flac",
}


def speechlike(seconds: float, level: float = 0.2) -> NDArray[np.float32]:
    """Return sound with syllables and pauses, the same each time."""
    rng = np.random.default_rng(7)
    time = np.arange(round(seconds * RATE)) / RATE
    voice = sum(np.sin(2 * np.pi * 140 * k * time) / k for k in range(1, 12))
    syllables = np.clip(np.sin(2 * np.pi * 3 * time), 0, 1) ** 2
    noise = rng.normal(0, 0.02, time.size)
    whole: NDArray[np.float32] = (level * (voice * syllables + noise)).astype(
        np.float32
    )
    return whole


def silence(seconds: float) -> NDArray[np.float32]:
    return np.zeros(round(seconds * RATE), np.float32)


def tone(
    hertz: float, level: float, seconds: float = 4, *, rate: int = RATE
) -> NDArray[np.float32]:
    time = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def measure(path: Path, *, rate: int = 44100, layout: str = "mono") -> Loudness:
    """Return how loud a file is and its true peak, as libav's own meter has them."""
    graph = av.filter.Graph()
    graph.link_nodes(
        graph.add_abuffer(sample_rate=rate, format="fltp", layout=layout),
        graph.add("ebur128", "metadata=1:framelog=quiet:peak=true"),
        graph.add("abuffersink"),
    ).configure()
    told: dict[str, str] = {}
    for frame in Sound(path, rate=rate, layout=layout):
        graph.push(frame)
        try:
            while True:
                found = graph.pull()
                assert isinstance(found, av.AudioFrame)
                told = found.metadata or told
        except (av.error.BlockingIOError, av.error.EOFError):
            continue
    peak = float(told.get("lavfi.r128.true_peak", 0))  # linear, not dB
    return Loudness(
        integrated=max(SILENCE, float(told.get("lavfi.r128.I", SILENCE))),
        true_peak=20 * math.log10(peak) if peak > 0 else -math.inf,
    )


def write(
    path: Path,
    sound: NDArray[np.float32],
    *,
    channels: int = 1,
    pictures: bool = False,
    delay: float = 0.0,
    tags: dict[str, str] | None = None,
    options: dict[str, str] | None = None,
    rate: int = RATE,
    codec: str | None = None,
) -> Path:
    """Encode ``sound``; the ending says how. ``delay`` in seconds before it starts."""
    layout = "mono" if channels == 1 else "stereo"
    with av.open(str(path), "w", options=options or {}) as output:
        output.metadata.update(tags or {})
        stream = output.add_stream(
            codec or CODECS[path.suffix], rate=rate, layout=layout
        )
        assert isinstance(stream, av.AudioStream)
        if pictures:
            add_pictures(output, len(sound) / rate + delay)
        block = stream.codec_context.frame_size or 1024
        wanted = stream.codec_context.format.name
        resampler = av.AudioResampler(wanted, layout, rate)
        for start in range(0, len(sound), block):
            part = np.ascontiguousarray(
                np.tile(sound[start : start + block], (channels, 1))
            )
            frame = av.AudioFrame.from_ndarray(part, "fltp", layout)
            frame.sample_rate = rate
            frame.time_base = Fraction(1, rate)
            frame.pts = start + round(delay * rate)
            for even in resampler.resample(frame):
                output.mux(stream.encode(even))
        output.mux(stream.encode(None))
    return path


def add_pictures(output: av.container.OutputContainer, seconds: float) -> None:
    """Put a moving picture of 1 frame a second beside the sound."""
    stream = output.add_stream("mpeg4", rate=1)
    assert isinstance(stream, av.VideoStream)
    stream.width = stream.height = 64
    stream.pix_fmt = "yuv420p"
    for number in range(max(1, round(seconds))):
        image = np.full((64, 64, 3), number % 255, np.uint8)
        frame = av.VideoFrame.from_ndarray(image, "rgb24")
        frame.pts = number
        frame.time_base = Fraction(1)
        output.mux(stream.encode(frame))
    output.mux(stream.encode(None))


def picture(path: Path, width: int, height: int, pixel_format: str = "") -> Path:
    """Write a JPEG or PNG of the given size."""
    codec = "png" if path.suffix.lower() == ".png" else "mjpeg"
    kind = pixel_format or ("rgb24" if codec == "png" else "yuvj420p")
    encoder = av.CodecContext.create(codec, "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = width, height, kind
    encoder.time_base = Fraction(1)
    encoder.options = {"flags": "+bitexact"}  # no comment that names the encoder
    rng = np.random.default_rng(3)
    image = np.kron(
        rng.integers(0, 255, (10, 10, 3), np.uint8),
        np.ones((-(-height // 10), -(-width // 10), 1), np.uint8),
    )[:height, :width]
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), "rgb24")
    frame = frame.reformat(format=kind)
    frame.pts = 0
    packets = [*encoder.encode(frame), *encoder.encode(None)]
    path.write_bytes(b"".join(bytes(packet) for packet in packets))
    return path
