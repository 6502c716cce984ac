"""Put recordings into another container; not a sample of them is changed.

For this yt-dlp and most tools call the ffmpeg program, which a user's machine need not
have. Equal input gives equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from heapq import merge
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pullquote.errors import MediaError
from pullquote.media.container import open_media, packets
from pullquote.media.probe import is_cover

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

_SOUND = {"aac": "m4a", "alac": "m4a", "mp3": "mp3", "flac": "flac"}
_SOUND |= {"opus": "webm", "vorbis": "webm"}
"""By codec: the container that players and browsers know it in."""
_MUXERS = {"m4a": "ipod", "mp4": "mp4", "mka": "matroska", "mkv": "matroska"}
_JUMP = 0.5
"""Seconds back from which a stream counts as begun anew."""
_MP4_PICTURE = frozenset({"h264", "hevc", "av1", "mpeg4"})
_MP4_SOUND = frozenset({"aac", "mp3", "alac", "ac3", "eac3"})
_WEBM_PICTURE = frozenset({"vp8", "vp9", "av1"})
_WEBM_SOUND = frozenset({"opus", "vorbis"})


def without_picture(path: Path) -> Path:
    """Return a file beside ``path`` that holds its sound alone. Raises MediaError."""
    return _remuxed([path], path, picture=False)


def rewrapped(path: Path) -> Path:
    """Return a file beside ``path`` with the same streams in a container of today.

    MPEG-TS, which HLS comes in, plays in no browser. Raises MediaError.
    """
    return _remuxed([path], path, picture=True)


def joined(picture: Path, sound: Path) -> Path:
    """Return a file beside ``picture`` with the streams of both. Raises MediaError."""
    return _remuxed([picture, sound], picture, picture=True)


def _remuxed(paths: Sequence[Path], beside: Path, *, picture: bool) -> Path:
    import av

    with ExitStack() as stack:
        inputs = [stack.enter_context(open_media(path)) for path in paths]
        chosen = _chosen(inputs, picture=picture)
        kinds = {s.type: s.codec.canonical_name for rows in chosen for s in rows}
        if "audio" not in kinds:
            raise MediaError(beside, "has no sound track", "use one with sound")
        ending = _ending(kinds["audio"], kinds.get("video"))
        target = beside.with_name(f"whole.{ending}")
        try:
            _write(target, ending, inputs, chosen)
        except (av.error.FFmpegError, ValueError) as error:
            target.unlink(missing_ok=True)
            raise MediaError(
                beside, f"cannot be rewritten ({error})", "free disk space"
            ) from error
    return target


def _chosen(
    inputs: Sequence[InputContainer], *, picture: bool
) -> list[list[AudioStream | VideoStream]]:
    """Return what is taken of each file: a moving picture, if wanted, and a sound.

    Where two files have sound, that of the last is taken.
    """
    moving: list[AudioStream | VideoStream] = []
    sounds: list[AudioStream | VideoStream] = []
    for container in inputs if picture else ():
        moving += [s for s in container.streams.video if not is_cover(s)]
    for container in inputs:
        best = container.streams.best("audio")
        sounds += [s for s in container.streams.audio if s is best]
    taken = [*moving[:1], *sounds[-1:]]
    return [[s for s in taken if s.container is container] for container in inputs]


def _ending(sound: str, picture: str | None) -> str:
    if picture is None:
        return _SOUND.get(sound, "mka")
    if picture in _MP4_PICTURE and sound in _MP4_SOUND:
        return "mp4"
    if picture in _WEBM_PICTURE and sound in _WEBM_SOUND:
        return "webm"
    return "mkv"


def _write(
    target: Path,
    ending: str,
    inputs: Sequence[InputContainer],
    chosen: Sequence[list[AudioStream | VideoStream]],
) -> None:
    import av

    muxer = _MUXERS.get(ending, ending)
    options = {"fflags": "+bitexact"}
    if ending in {"mp4", "m4a"}:
        options["movflags"] = "+faststart"
    with av.open(str(target), "w", format=muxer, options=options) as output:
        added = {
            id(stream): output.add_stream_from_template(stream, opaque=True)
            for streams in chosen
            for stream in streams
        }
        rows = [
            _packets(container, streams)
            for container, streams in zip(inputs, chosen, strict=True)
            if streams
        ]
        for _, packet in merge(*rows, key=lambda row: row[0]):
            packet.stream = added[id(packet.stream)]
            output.mux_one(packet)


def _packets(
    container: InputContainer, streams: Sequence[AudioStream | VideoStream]
) -> Iterator[tuple[float, Packet[Any]]]:
    """Yield packets with their times, which go on where a stream begins anew."""
    ended: dict[int, float] = {}
    shift = 0.0
    for packet in packets(container, *streams):
        if packet.dts is None or packet.pts is None or packet.time_base is None:
            continue
        time = float(packet.dts * packet.time_base) + shift
        late = ended.get(packet.stream_index, time) - time
        if late > _JUMP:  # HLS with advertisements in it, a recorder that was stopped
            shift, time = shift + late, time + late
        if shift:
            ticks = round(shift / packet.time_base)
            packet.dts, packet.pts = packet.dts + ticks, packet.pts + ticks
        length = float((packet.duration or 0) * packet.time_base)
        ended[packet.stream_index] = time + length
        yield time, packet
