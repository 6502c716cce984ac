"""Whether an MP3 file stops in the middle of a frame (ISO 11172-3, 2.4.1).

An MP3 without a Xing, Info or VBRI header states no length. A download or a
recorder that was cut off shows in one place only: the last frame.
"""

from __future__ import annotations

from pathlib import Path

_TAIL = 1 << 16
"""Bytes looked at; many times the largest frame (1441) and tag at the end."""
_CHAIN = 4
"""Frames in a row that are no accident."""
_TAGS = (b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"3DI", b"ID3")

# fmt: off
_KBITS = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
# fmt: on
"""Kilobits a second by MPEG version and the header's index (2.4.2.3), layer III."""
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
"""Samples a second by version bits: MPEG 1, 2 and 2.5."""


def ends_inside_frame(path: Path) -> bool:
    """Say whether the last frame of an MP3 file lacks its end.

    Tags behind the sound are passed over. What follows the last frame and is no
    frame is left alone: players do so too.
    """
    size = path.stat().st_size
    with path.open("rb") as handle:
        handle.seek(max(0, size - _TAIL))
        tail = handle.read()
    at = _first_chain(tail)
    while at is not None:
        length = frame_length(tail[at : at + 4])
        if length is None:
            return False
        if at + length > len(tail):
            return not tail.startswith(_TAGS, at)
        at += length
    return False


def frame_length(header: bytes) -> int | None:
    """Return the bytes of a layer III frame, header included; None if it is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return None
    version = header[1] >> 3 & 3
    index, rate = header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or index in (0, 15) or rate == 3:
        return None
    kbits = _KBITS[1 if version == 3 else 2][index]
    samples = 144 if version == 3 else 72
    return samples * kbits * 1000 // _RATES[version][rate] + (header[2] >> 1 & 1)


def _first_chain(tail: bytes) -> int | None:
    """Return where the first frame starts that others follow, None without one."""
    at = tail.find(b"\xff")
    while at >= 0:
        place = at
        for _ in range(_CHAIN):
            length = frame_length(tail[place : place + 4])
            if length is None:
                break
            place += length
        else:
            return at
        at = tail.find(b"\xff", at + 1)
    return None
