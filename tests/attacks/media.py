"""Attacks on pictures, recordings and weights: files that lie about what they hold."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from pullquote.errors import ContentError
from pullquote.media.artwork import square_cover
from pullquote.media.cover import check_cover, opened
from pullquote.media.mp3_frames import ends_inside_frame
from pullquote.media.picture import cover_picture, published_picture
from pullquote.media.probe import probe
from pullquote.media.sound import stream_mono
from pullquote.media.tags import tag_texts
from pullquote.transcribe.engine.checkpoint import read_variables, whisper_state
from tests.attacks.attack import Attack
from tests.attacks.hostile import damaged, tokens
from tests.attacks.written import from_file
from tests.media import made

Corpus = Mapping[str, Callable[[], bytes]]


def media(scratch: Path) -> list[Attack]:
    """Return attacks on everything that libav, mutagen or numpy reads."""
    scratch.mkdir(parents=True, exist_ok=True)
    return [*_pictures(scratch), *_recordings(scratch), _weights(scratch)]


def _pictures(scratch: Path) -> list[Attack]:
    seeds = [
        made.picture(scratch / f"seed{ending}", side, side).read_bytes()
        for ending, side in ((".jpg", 400), (".png", 330))
    ]

    def load(path: Path) -> None:
        for read in (check_cover, opened, cover_picture, published_picture):
            try:
                read(path)
            except ContentError:
                continue
        square_cover(path, scratch / "square.jpg", 300)

    cases = st.one_of(damaged(seeds, 2), st.binary(max_size=300))
    return [
        Attack(
            name="pictures",
            cases=cases,
            check=from_file(scratch, "picture.jpg", load),
            corpus=_lying_pictures(scratch, seeds[0]),
            bulk=_large_pictures(seeds[1]),
            weight=0.15,
        )
    ]


def png(width: int, height: int, rows: bytes, *more: tuple[bytes, bytes]) -> bytes:
    """Return a PNG that says it is so large, whatever its rows hold."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data))
            + kind
            + data
            + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), *more, (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in chunks)


def _commented(kind: bytes, size: int) -> bytes:
    """Return a PNG whose comment or colour profile unpacks to ``size`` bytes."""
    packed = (kind, b"a\0\0" + zlib.compress(bytes(size), 6))
    return png(400, 400, bytes(400 * 1_201), packed)


def _sized(jpeg: bytes, width: int, height: int) -> bytes:
    """Return the JPEG with another size in its frame header (SOF0)."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


def _lying_pictures(scratch: Path, jpeg: bytes) -> Corpus:
    secret = made.picture(scratch / "secret.png", 400, 400)
    # a playlist that names a picture of this machine
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret.as_uri()}\n#EXT-X-ENDLIST\n"
    concat = f"ffconcat version 1.0\nfile {secret.name}\n"
    webp = (
        b"RIFF\x20\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00"
        + b"\xff\xff\xff" * 2
    )
    return {
        "50,000 x 50,000, no rows": lambda: png(50_000, 50_000, b""),
        "2 thousand million wide": lambda: png(2**31 - 1, 1, b""),
        "0 x 0": lambda: png(0, 0, b""),
        "just below the limit, no rows": lambda: png(7_700, 7_700, b""),
        "a compressed comment of 20 MB": lambda: _commented(b"zTXt", 20_000_000),
        "one pixel high": lambda: png(60_000, 1, bytes(180_001)),
        "a JPEG that says 65,000 x 65,000": lambda: _sized(jpeg, 65_000, 65_000),
        "a JPEG that says 7,700 x 7,700": lambda: _sized(jpeg, 7_700, 7_700),
        "a WebP of 16 million a side": lambda: webp,
        "a playlist": playlist.encode,
        "a playlist with a control character": lambda: playlist.replace(
            "\n", "\n#\x01\n", 1
        ).encode(),
        "a list of files": concat.encode,
        "an SVG that reads a file": lambda: (
            b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
        ),
        "a film": lambda: made.write(
            scratch / "film.mp4", made.speechlike(1), pictures=True
        ).read_bytes(),
    }


def _large_pictures(real: bytes) -> Corpus:
    return {
        "1 GB of one colour in 1 MB": lambda: png(
            20_000, 20_000, bytes(1_000_000_000 // 5)
        ),
        "just below the limit, whole": lambda: png(7_700, 7_700, bytes(7_700 * 23_101)),
        "a compressed comment of 500 MB": lambda: _commented(b"zTXt", 500_000_000),
        "a colour profile of 500 MB": lambda: _commented(b"iCCP", 500_000_000),
        "10,000 pictures in one": lambda: real * 10_000,
    }


def _recordings(scratch: Path) -> list[Attack]:
    sound = made.speechlike(1.0)
    seeds = {
        ending: made.write(
            scratch / f"seed{ending}", sound, tags={"title": "T"}
        ).read_bytes()
        for ending in (".mp3", ".opus", ".wav", ".flac", ".m4a", ".webm", ".ts")
    }

    def load(path: Path) -> None:
        found = probe(path)
        assert found.duration >= 0
        seconds = sum(len(part) for part in stream_mono(path)) / 16_000
        assert seconds <= found.duration / 1000 + 700, "more sound than was said"

    def mp3(path: Path) -> None:
        ends_inside_frame(path)
        tag_texts(path)

    cases = st.one_of(damaged(list(seeds.values()), 3), st.binary(max_size=300))
    return [
        Attack(
            name="recordings",
            cases=cases,
            check=from_file(scratch, "recording.bin", load),
            corpus=_lying_recordings(scratch, seeds),
            bulk=_large_recordings(scratch, seeds),
            weight=0.1,
        ),
        Attack(
            name="MP3 frames and tags",
            cases=st.one_of(
                damaged([seeds[".mp3"]]),
                st.tuples(st.binary(max_size=60), tokens).map(
                    lambda t: b"ID3\x03\x00\x00" + t[0] + t[1].encode(errors="replace")
                ),
            ),
            check=from_file(scratch, "x.mp3", mp3),
            bulk={
                "a tag of 256 MB": lambda: (
                    b"ID3\x03\x00\x00\x7f\x7f\x7f\x7f" + bytes(100)
                ),
                "1 MB of 0xff": lambda: b"\xff" * 1_000_000,
                "a compressed frame of 200 MB": lambda: _compressed_frame(200_000_000),
                "20,000 chapters": lambda: _tag(
                    _frame(b"CHAP", b"a\0" + bytes(16)) * 20_000
                ),
            },
            weight=0.5,
        ),
    ]


def _frame(name: bytes, data: bytes, flags: bytes = b"\0\0") -> bytes:
    return name + struct.pack(">I", len(data)) + flags + data


def _tag(frames: bytes) -> bytes:
    size = bytes(len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + frames


def _compressed_frame(size: int) -> bytes:
    packed = struct.pack(">I", size) + zlib.compress(b"\0" * size, 9)
    return _tag(_frame(b"TIT2", packed, b"\0\x80"))


def wav(rate: int, channels: int, data: bytes, *, size: int | None = None) -> bytes:
    """Return a WAV of 8 bits whose header says what it likes."""
    form = struct.pack(
        "<HHIIHH", 1, channels, rate, rate * channels & 0xFFFFFFFF, channels & 0xFFFF, 8
    )
    said = len(data) if size is None else size
    return (
        b"RIFF"
        + struct.pack("<I", min(36 + said, 0xFFFFFFFF))
        + b"WAVEfmt \x10\0\0\0"
        + form
        + b"data"
        + struct.pack("<I", said)
        + data
    )


def _lying_recordings(scratch: Path, seeds: Mapping[str, bytes]) -> Corpus:
    secret = made.write(scratch / "secret.wav", made.speechlike(1))
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret.as_uri()}\n#EXT-X-ENDLIST\n"
    return {
        "one sample a second, for 11 days": lambda: wav(1, 1, bytes(1_000_000)),
        "no samples a second": lambda: wav(0, 1, bytes(1_000)),
        "4,000 million samples a second": lambda: wav(2**32 - 1, 1, bytes(1_000)),
        "65,535 channels": lambda: wav(16_000, 65_535, bytes(200_000)),
        "no channels": lambda: wav(16_000, 0, bytes(1_000)),
        "4 GB that are not there": lambda: wav(16_000, 1, bytes(1_000), size=2**32 - 1),
        "a playlist": playlist.encode,
        "a playlist with a control character": lambda: playlist.replace(
            "\n", "\n#\x01\n", 1
        ).encode(),
        "a list of files": lambda: (
            f"ffconcat version 1.0\n#\x01\nfile {secret.name}\n".encode()
        ),
        "a manifest": lambda: (
            b'\x01<?xml version="1.0"?><MPD><BaseURL>file:///etc/passwd</BaseURL></MPD>'
        ),
        **{
            f"{ending} with its lengths blown up": lambda data=data: _blown_up(data)  # type: ignore[misc]
            for ending, data in seeds.items()
        },
    }


def _large_recordings(scratch: Path, seeds: Mapping[str, bytes]) -> Corpus:
    return {
        "jumps of ten minutes": lambda: _with_jumps(scratch, 400),
        "an hour of nothing in little": lambda: _long_silence(scratch),
        "a compressed tag of 500 MB": lambda: (
            _compressed_frame(500_000_000) + seeds[".mp3"]
        ),
    }


def _blown_up(data: bytes) -> bytes:
    """Return the file with all bits set in the numbers of its first kilobyte."""
    changed = bytearray(data)
    for at in range(40, min(1_000, len(data) - 8), 97):
        changed[at : at + 4] = b"\x7f\xff\xff\xff"
    return bytes(changed)


def _with_jumps(scratch: Path, count: int) -> bytes:
    """Return Matroska in which each packet comes ten minutes after the last."""
    from fractions import Fraction

    import av

    path = scratch / "jumps.mkv"
    with av.open(str(path), "w") as output:
        stream = output.add_stream("libopus", rate=48_000, layout="mono")
        assert isinstance(stream, av.AudioStream)
        for number in range(count):
            frame = av.AudioFrame.from_ndarray(
                np.zeros((1, 960), np.float32), "fltp", "mono"
            )
            frame.sample_rate, frame.time_base = 48_000, Fraction(1, 48_000)
            frame.pts = number * 960
            for packet in stream.encode(frame):
                if packet.pts is not None:
                    packet.pts = packet.dts = packet.pts * 590 * 50
                output.mux(packet)
    return path.read_bytes()


def _long_silence(scratch: Path) -> bytes:
    """Return an hour of digital silence, which FLAC packs into some kilobytes."""
    return made.write(scratch / "long.flac", made.silence(3_600)).read_bytes()


def _weights(scratch: Path) -> Attack:
    def variable(name: bytes, shape: tuple[int, ...], kind: int, data: bytes) -> bytes:
        dims = b"".join(struct.pack("<I", n) for n in shape)
        return (
            struct.pack("<H", len(name) + 1)
            + name
            + b"\0"
            + bytes([len(shape)])
            + dims
            + bytes([kind])
            + struct.pack("<I", len(data))
            + data
        )

    head = struct.pack("<IH", 6, 12) + b"WhisperSpec\0" + struct.pack("<II", 3, 1)
    sound = head + variable(b"encoder/conv1/weight", (2, 2), 0, bytes(16))

    def load(path: Path) -> None:
        whisper_state(read_variables(path))

    return Attack(
        name="weights",
        cases=st.one_of(damaged([sound]), st.binary(max_size=60)),
        check=from_file(scratch, "model.bin", load),
        corpus={
            "nothing": lambda: b"",
            "4,000 million variables": lambda: (
                head[:-4] + b"\xff" * 4 + variable(b"a", (1,), 1, b"\0")
            ),
            "a shape that does not fit": lambda: (
                head + variable(b"a", (2**31, 2**31), 0, bytes(16))
            ),
        },
        weight=0.5,
    )
