"""Open media files; what libav says becomes one line a producer understands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pullquote.errors import MediaError

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream

S = TypeVar("S", bound="Stream")

_HEAD = 2048
_FORMATS = (
    "aac,ac3,aiff,amr,amrnb,amrwb,asf,au,avi,caf,dts,eac3,flac,flv,matroska,mov,mp3,"
    "mpeg,mpegts,ogg,rm,w64,wav,wv"
)
"""Recordings in one file: no playlist, list of files or manifest, which name others."""
_SLOWEST = 4_000
"""Samples a second; fewer are no sound, but a way to make little into very much."""
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b")


@contextmanager
def open_media(path: Path) -> Iterator[InputContainer]:
    """Yield a file opened for demuxing.

    Text is refused before libav sees it: it would read a playlist and follow the
    addresses in it. Raises MediaError for a missing, empty or unreadable file and
    for anything that is no recording.
    """
    import av

    head = _read_head(path)
    try:
        container = av.open(
            str(path),
            "r",
            options={"protocol_whitelist": "file", "format_whitelist": _FORMATS},
            metadata_errors="replace",
        )
    except av.error.FFmpegError as error:
        raise _unreadable(path, head) from error
    with container:
        yield container


def audio_stream(container: InputContainer, path: Path) -> AudioStream:
    """Return the sound track a player would choose. Raises MediaError without one."""
    stream = container.streams.best("audio")
    if stream is None or stream.codec_context is None:
        raise MediaError(path, "has no sound track", "use a recording with sound")
    return stream  # type: ignore[return-value]  # best("audio") is an AudioStream


def sound_tracks(path: Path) -> tuple[int, int]:
    """Return which sound track of a file is heard, from 1, and how many it has.

    Raises MediaError.
    """
    with open_media(path) as container:
        heard, all_of_it = audio_stream(container, path), container.streams.audio
        return all_of_it.index(heard) + 1, len(all_of_it)


def packets(container: InputContainer, *streams: S) -> Iterator[Packet[S]]:
    """Yield the packets of some streams, or of all, in the order of the file.

    Raises av.error.FFmpegError.
    """
    try:
        yield from container.demux(*streams)  # type: ignore[misc]  # those asked for
    except IndexError:
        return  # PyAV looks for the end of a stream that began on the way


def check_rate(rate: int, path: Path) -> None:
    """Raise MediaError where sound has too few samples a second to be any."""
    if rate < _SLOWEST:
        raise MediaError(
            path,
            f"says that it has {rate} samples a second",
            "use a recording of 8,000 or more",
        )


def _read_head(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            head = handle.read(_HEAD)
    except FileNotFoundError as error:
        raise MediaError(path, "no such file", "check the path") from error
    except OSError as error:
        raise MediaError(
            path,
            f"cannot be read ({error.strerror})",
            "check that it is a file you may read",
        ) from error
    if not head:
        raise MediaError(path, "is empty (0 bytes)", "fetch the recording again")
    kind = _text_kind(head)
    if kind is not None:
        raise MediaError(
            path,
            f"is {kind}, not a recording",
            "bring a transcript in by pullquote import-transcript"
            if b"-->" in head
            else "put the recording itself in its place",
        )
    return head


def _text_kind(head: bytes) -> str | None:
    if any(byte < 32 and byte not in _TEXT_CONTROLS for byte in head):
        return None
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:  # else a character cut by our own reading
            return None
        text = head[: error.start].decode("utf-8-sig")
    start = text.lstrip().lower()
    if start.startswith(("<!doctype html", "<html")):
        return "a web page"
    return "a playlist" if start.startswith("#extm3u") else "a text file"


def _unreadable(path: Path, head: bytes) -> MediaError:
    if head[4:8] == b"ftyp":
        return MediaError(
            path,
            "is an MP4 file without its index (the download or the recorder was cut off)",
            "fetch the recording again",
        )
    return MediaError(
        path,
        "is damaged or not a recording",
        "fetch it again, or convert it to MP3 or MP4",
    )
