"""What a recording is, and whether all of it is there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import MediaError
from pullquote.formats.clock import format_clock, seconds_to_ms
from pullquote.media.container import audio_stream, check_rate, open_media, packets
from pullquote.media.mp3_frames import ends_inside_frame
from pullquote.model.episode import Chapter

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

_SLACK = (500, 1500)
"""Milliseconds, least and most, by which a whole file may miss its declared end."""
_TRIAL_PACKETS = 50
_LONGEST = 24 * 3_600_000
"""Milliseconds; transcribing takes 230 MB of memory for each hour."""
_GUESSED_LENGTHS = frozenset({"aac", "ac3", "eac3", "amr", "mpegts", "mpeg", "dts"})
"""Formats that declare no length: libav's is guessed from the bit rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What a media file holds."""

    duration: int
    """Milliseconds of sound, from the start of the file's time line."""
    channels: int
    sample_rate: int
    codec: str
    container: str
    """libav's name of the format, ``mov,mp4,m4a,3gp,3g2,mj2``."""
    has_video: bool
    """Moving pictures; a cover does not count."""
    title: str | None = None
    """As the file's own tags say."""
    date: str | None = None
    chapters: tuple[Chapter, ...] = ()
    """In order, as the file's own tags have them; titles may hold anything."""


def probe(path: Path) -> Probe:
    """Return what ``path`` holds, having read all of it but decoded only its start.

    Raises MediaError, one line, for: missing, empty, text or a web page under a
    media name, no sound track, nothing that decodes, and a file cut off before
    its declared end (where the format declares one), one longer than a day.
    """
    with open_media(path) as container:
        stream = audio_stream(container, path)
        check_rate(stream.codec_context.sample_rate, path)
        _try_decoding(container, stream, path)
    with open_media(path) as container:
        stream = audio_stream(container, path)
        sound_end, file_end = _walk(container, stream)
        declared = _declared(container, path)
        _check_whole(container, path, file_end, declared)
        if sound_end > _LONGEST:
            raise MediaError(
                path,
                f"lasts {format_clock(sound_end)}",
                "cut it into recordings of at most a day",
            )
        tags = {key.lower(): value for key, value in container.metadata.items()}
        tags = {**{k.lower(): v for k, v in stream.metadata.items()}, **tags}
        return Probe(
            duration=sound_end if declared is None else min(sound_end, declared),
            channels=stream.codec_context.channels,
            sample_rate=stream.codec_context.sample_rate,
            codec=stream.codec_context.name,
            container=container.format.name,
            has_video=any(not is_cover(s) for s in container.streams.video),
            title=tags.get("title") or None,
            date=tags.get("date") or tags.get("creation_time") or None,
            chapters=_chapters(container, sound_end),
        )


def _check_whole(
    container: InputContainer, path: Path, end: int, declared: int | None
) -> None:
    """Raise MediaError where a file ends before it says, or in the middle of something."""
    import av

    # Matroska counts from 0 even where its first packet comes later.
    late = max(0, container.start_time or 0) * 1000 // av.time_base
    if declared is not None and declared - end - late > _slack(declared):
        raise _cut_off(path, end, declared)
    if _misses_bytes(container.format.name, path):
        raise _cut_off(path, end, None)


def _chapters(container: InputContainer, sound_end: int) -> tuple[Chapter, ...]:
    """Return chapters that have a title and begin within the sound, one at a time."""
    titles = {
        seconds_to_ms(float(one["start"] * one["time_base"])): title
        for one in container.chapters()
        if one["time_base"] and (title := one["metadata"].get("title"))
    }
    kept = sorted(start for start in titles if 0 <= start < sound_end)
    return tuple(Chapter(start=start, title=titles[start]) for start in kept)


def embedded_picture(path: Path) -> bytes | None:
    """Return the picture that a file's tags hold, such as a podcast's cover.

    Raises MediaError where the file cannot be opened.
    """
    import av

    with open_media(path) as container:
        for stream in filter(is_cover, container.streams.video):
            try:
                return bytes(next(packets(container, stream)))
            except (av.error.FFmpegError, StopIteration):
                return None
    return None


def is_cover(stream: object) -> bool:
    """Say whether a stream of pictures is the one picture that stands for the sound."""
    from av.stream import Disposition

    return bool(getattr(stream, "disposition", 0) & Disposition.attached_pic)


def _try_decoding(container: InputContainer, stream: AudioStream, path: Path) -> None:
    import av

    tried = 0
    try:
        for packet in packets(container, stream):
            tried += 1
            try:
                if any(frame.samples for frame in packet.decode()):
                    return
            except av.error.FFmpegError:
                if tried >= _TRIAL_PACKETS:
                    break
    except av.error.FFmpegError:
        pass  # the demuxer gave up: nothing decoded either way
    raise MediaError(
        path,
        "holds no sound that can be decoded",
        "fetch it again, or convert it to MP3",
    )


def _walk(container: InputContainer, stream: AudioStream) -> tuple[int, int]:
    """Return where the sound ends and where the last of all streams ends, in ms."""
    import av

    ends: dict[int, int] = {}  # in each stream's own unit: there may be millions
    try:
        for packet in packets(container, *container.streams):
            if packet.pts is not None:
                end = packet.pts + (packet.duration or 0)
                if end > ends.get(packet.stream_index, end - 1):
                    ends[packet.stream_index] = end
    except av.error.FFmpegError:
        pass  # a broken end is what the caller compares with the declared one
    origin = (container.start_time or 0) / av.time_base
    seconds = {
        number: max(0.0, float(end * base) - origin)
        for number, end in ends.items()
        if (base := container.streams[number].time_base) is not None
    }
    last = max(seconds.values(), default=0.0)
    return seconds_to_ms(seconds.get(stream.index, 0.0)), seconds_to_ms(last)


def _declared(container: InputContainer, path: Path) -> int | None:
    """Return the length the file itself declares, None where libav guessed it."""
    import av

    name = container.format.name
    if container.duration is None or _GUESSED_LENGTHS & set(name.split(",")):
        return None
    if name == "mp3" and not _has_mp3_header(path):
        return None
    return seconds_to_ms(container.duration / av.time_base)


def _has_mp3_header(path: Path) -> bool:
    """Say whether an MP3 file states its number of frames (Xing, Info or VBRI)."""
    from mutagen import MutagenError
    from mutagen.mp3 import BitrateMode, MPEGInfo

    try:
        with path.open("rb") as handle:  # its tags are not read: they may be a bomb
            mode = MPEGInfo(handle).bitrate_mode
    except (MutagenError, OSError):
        return False
    return bool(mode != BitrateMode.UNKNOWN)


def _slack(declared: int) -> int:
    least, most = _SLACK
    return min(max(declared // 500, least), most)


def _misses_bytes(name: str, path: Path) -> bool:
    """Say whether the file is shorter than its own structure asks for.

    For formats of which libav reports the length found, not the one declared.
    """
    if "ogg" in name:
        return _ends_inside_page(path)
    if name == "mp3":
        return ends_inside_frame(path)
    return name == "wav" and _ends_inside_riff(path)


def _ends_inside_riff(path: Path) -> bool:
    """Say whether a WAV file is shorter than its RIFF header says.

    0 and 0xFFFFFFFF are what recorders write that do not know the length yet.
    """
    with path.open("rb") as handle:
        size = int.from_bytes(handle.read(8)[4:8], "little")
    return size not in (0, 0xFFFFFFFF) and path.stat().st_size < size + 8


def _ends_inside_page(path: Path) -> bool:
    """Say whether an Ogg file stops before its last page does (RFC 3533, section 6).

    Ogg declares no length, so this is the one sign of a download cut off.
    """
    size = path.stat().st_size
    with path.open("rb") as handle:
        start = max(0, size - 0x20000)  # two of the largest possible pages
        handle.seek(start)
        tail = handle.read()
    at = tail.rfind(b"OggS\x00")
    if at < 0 or len(tail) < at + 27:
        return True
    segments = tail[at + 26]
    table = tail[at + 27 : at + 27 + segments]
    return len(table) < segments or len(tail) < at + 27 + segments + sum(table)


def _cut_off(path: Path, end: int, declared: int | None) -> MediaError:
    says = (
        "" if declared is None else f" though it should last {format_clock(declared)}"
    )
    return MediaError(
        path,
        f"is cut off: it ends at {format_clock(end)}{says}",
        "fetch the recording again",
    )
