"""Whether a recorder has closed a file, or may go on writing to it.

OBS and its kin write files that can be read while they grow. Only when the recording
ends do they put in its length (Matroska: RFC 9559, section 4.5; MP4: ISO 14496-12, 8.8;
RIFF), and some forms state none at all.
"""

from __future__ import annotations

from io import SEEK_END
from pathlib import Path
from typing import BinaryIO

_HEAD = 1 << 16
_SEGMENT = b"\x18\x53\x80\x67"
"""Identifies a Matroska segment; its size follows."""
_UNKNOWN_SIZE = b"\x01" + b"\xff" * 7
_ENDLESS = frozenset({".ts", ".flv", ".aac", ".mts", ".m2ts"})
"""Endings of forms that never tell."""


def is_closed(path: Path) -> bool:
    """Say whether a file states its own end, as recorders write at last.

    True for forms that are written at one stroke. Raises OSError.
    """
    if path.suffix.lower() in _ENDLESS:
        return False
    with path.open("rb") as handle:
        head = handle.read(_HEAD)
        if head.startswith(b"\x1aE\xdf\xa3"):
            at = head.find(_SEGMENT)
            return at < 0 or not head.startswith(_UNKNOWN_SIZE, at + len(_SEGMENT))
        if head[4:8] == b"ftyp":
            return not _in_fragments(handle)
    if head.startswith(b"RIFF"):
        return head[4:8] not in (bytes(4), b"\xff" * 4)
    return True


def _in_fragments(handle: BinaryIO) -> bool:
    """Say whether an MP4 file's index announces fragments (box ``mvex``)."""
    at, end = 0, handle.seek(0, SEEK_END)
    while at < end:
        handle.seek(at)
        header = handle.read(16)
        size, kind = int.from_bytes(header[:4], "big"), header[4:8]
        if size == 1:
            size = int.from_bytes(header[8:16], "big")
        if kind == b"moov":
            handle.seek(at)
            return b"mvex" in handle.read(min(size, end - at))
        if size < 8:
            return False
        at += size
    return False
