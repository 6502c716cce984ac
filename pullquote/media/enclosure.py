"""Make what the feed points at: levelled, tagged, the same every time.

The recording is decoded once. What is measured on that pass foresees what limiting
and coding take away, so that the MP3 and the M4A are each encoded once; they are
decoded again as they are made, and only where one misses its loudness or its peak is
it encoded another time.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import MediaError
from pullquote.formats.disk import file_sha256, replacing, text_digest, unwritable
from pullquote.media.decoded import RATE, Decoded
from pullquote.media.limiter import gain_to
from pullquote.media.listener import Listener
from pullquote.media.loudness import Loudness
from pullquote.media.tags import Tags, write_tags
from pullquote.model.answer import Clip
from pullquote.model.episode import Enclosure

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.error import FFmpegError
    from av.packet import Packet

TARGET = -16.0
"""LUFS, the loudness podcasts are published at."""
PEAK = -1.0
"""dBTP that no enclosure passes."""

_CODER_LOSS = 0.44
"""dB that libmp3lame takes away: it scales what it is given by 0.95."""
_CEILING = -3.4
"""dBFS of the limiter. Coding at 64 kbit/s adds up to 2 dB to speech's peaks, and a
peak between two samples passes them by up to a dB (bench/enclosure.py)."""
_NEAR = 0.4
"""LU off the target that the finished file may be: 0.5 is asked for, and players
that leave out the coder's lead-in measure up to 0.1 otherwise."""
_LARGEST_GAIN = 40.0
"""dB; what is quieter than this makes up for is hiss, not speech."""
_ATTEMPTS = 4
_RECIPE = "mp3-cbr-3"
"""Change it, and every enclosure is made again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What the show wants of its enclosures."""

    loudness_mono: float = TARGET
    """LUFS of one channel; two have -16."""
    bit_rate: int | None = None
    """Kilobits a second; None: 64 for one channel, 128 for two."""
    bleep: bool = False
    """A quiet tone says where something was muted."""

    def target(self, channels: int) -> float:
        """Return the LUFS that are aimed at."""
        return self.loudness_mono if channels == 1 else TARGET


ANY = Form()
"""As most podcasts are."""


def made_from(
    recording_sha256: str, tags: Tags, muted: Sequence[Clip] = (), form: Form = ANY
) -> str:
    """Return the digest by which an enclosure is known to be up to date.

    Raises ContentError where the cover is missing.
    """
    asked = _asked(muted, form)
    return text_digest(_RECIPE, recording_sha256, tags.digest(), *asked)


def sound_from(
    recording_sha256: str, muted: Sequence[Clip] = (), form: Form = ANY
) -> str:
    """Return the digest by which what is heard is known to be up to date."""
    return text_digest(_RECIPE, recording_sha256, *_asked(muted, form))


def _asked(muted: Sequence[Clip], form: Form) -> tuple[str, ...]:
    spans = " ".join(f"{clip.start}-{clip.end}" for clip in muted)
    form = form if muted else replace(form, bleep=False)
    return (spans,) if form == ANY else (spans, repr(form))


def make_enclosure(
    sound: Decoded, target: Path, tags: Tags, digest: str, form: Form = ANY
) -> Enclosure:
    """Write ``target``, an MP3, and return its facts; on failure it stays as it was.

    A constant bit rate, one channel or two as the recording has; the show's loudness
    and true peaks at or under -1 dBTP, both measured on what was encoded. Same input:
    same bytes. ``digest`` is that of ``made_from``. Raises MediaError and, for a
    cover, ContentError.
    """
    bit_rate = 1000 * (form.bit_rate or 64 * sound.channels)
    aim = form.target(sound.channels)
    with replacing(target) as part:

        def encode(frames: Iterable[AudioFrame], listener: Listener) -> None:
            write_mp3(part, frames, sound.layout, bit_rate, listener)

        loudness = encode_to(aim, sound, "mp3float", encode, loss=_CODER_LOSS)
        write_tags(part, tags, sound.duration)
        return Enclosure(
            file=target.name,
            length=part.stat().st_size,
            type="audio/mpeg",
            duration=sound.duration,
            sha256=file_sha256(part),
            loudness=round(loudness.integrated, 1),
            made_from=digest,
        )


def tag_again(made: Enclosure, target: Path, tags: Tags, digest: str) -> Enclosure:
    """Give ``target`` other tags and return its facts; on failure it stays as it was.

    The bytes are those of an enclosure that is made anew. Raises MediaError and, for
    a cover, ContentError.
    """
    with replacing(target) as part:
        try:
            shutil.copyfile(target, part)
        except OSError as error:
            raise unwritable(part, error) from error
        write_tags(part, tags, made.duration)
        return replace(
            made,
            length=part.stat().st_size,
            sha256=file_sha256(part),
            made_from=digest,
        )


Encode = Callable[["Iterable[AudioFrame]", Listener], None]


def encode_to(
    target: float, sound: Decoded, codec: str, encode: Encode, *, loss: float = 0.0
) -> Loudness:
    """Encode a sound so that it has ``target`` LUFS; return what it came to.

    ``codec`` decodes what ``encode`` makes, ``loss`` is what coding takes away in dB.
    It is encoded again only where coding pushed it off the target.
    """
    aim, ceiling = target + loss, _CEILING
    for _ in range(_ATTEMPTS):
        gain = gain_to(sound.levels, aim, ceiling, _LARGEST_GAIN)
        with Listener(codec, RATE, sound.layout) as listener:
            encode(sound.frames(gain, "encode"), listener)
        found = listener.loudness
        off, over = target - found.integrated, found.true_peak - PEAK
        if over > 0:  # it would be heard as a crackle
            ceiling -= over + 0.1
        elif abs(off) > _NEAR and not found.silent and gain.db < _LARGEST_GAIN:
            aim += off
        else:
            break
    return found


def write_mp3(
    path: Path,
    frames: Iterable[AudioFrame],
    layout: str,
    bit_rate: int,
    listener: Listener | None = None,
) -> None:
    """Encode frames of 44.1 kHz into an MP3 without tags. Raises MediaError."""
    import av

    options = {"id3v2_version": "0", "write_xing": "1"}
    try:
        with av.open(str(path), "w", format="mp3", options=options) as output:
            stream = output.add_stream(
                "libmp3lame", rate=RATE, layout=layout, format="fltp"
            )
            assert isinstance(stream, av.AudioStream)
            stream.bit_rate = bit_rate
            encode_all(output, stream, frames, listener)
    except av.error.FFmpegError as error:
        raise cannot_encode(path, error) from error


def encode_all(
    output: OutputContainer,
    stream: AudioStream,
    frames: Iterable[AudioFrame],
    listener: Listener | None,
) -> None:
    """Encode all frames into a stream; ``listener`` hears what comes out."""
    for frame in frames:
        frame.pts = None
        _mux(output, stream, stream.encode(frame), listener)
    _mux(output, stream, stream.encode(None), listener)


def _mux(
    output: OutputContainer,
    stream: AudioStream,
    packets: list[Packet[AudioStream]],
    listener: Listener | None,
) -> None:
    if listener is not None:
        listener.hear(packets, stream.codec_context.extradata)
    output.mux(packets)


def cannot_encode(path: Path, error: FFmpegError) -> MediaError:
    """Return what to say where libav gave up."""
    problem = f"cannot be encoded ({error.strerror})"
    return MediaError(path, problem, "free disk space and try again")
