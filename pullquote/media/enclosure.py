"""Make what the feed points at: an MP3, levelled, tagged, the same every time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import MediaError
from pullquote.formats.disk import file_sha256, replacing, text_digest, write_text
from pullquote.formats.peaks_json import format_peaks
from pullquote.media.ahead import ahead
from pullquote.media.levels import Levels, gain_to
from pullquote.media.listener import Listener
from pullquote.media.loudness import Gain, Leveller, Loudness
from pullquote.media.probe import probe
from pullquote.media.sound import Sound
from pullquote.media.tags import Tags, write_tags
from pullquote.model.answer import Clip
from pullquote.model.episode import Enclosure
from pullquote.model.progress import Progress, silent

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

RATE = 44100
TARGET = -16.0
"""LUFS, the loudness podcasts are published at."""
PEAK = -1.0
"""dBTP that no enclosure passes."""

_CODER_LOSS = 0.44
"""dB that libmp3lame takes away: it scales what it is given by 0.95."""
_CEILING = -3.0
"""dBTP of the limiter. Coding at 64 kbit/s adds up to 2.4 dB to speech's peaks
(bench/enclosure.py), and the limiter itself a little where it samples down."""
_NEAR = 0.4
"""LU off the target that the finished file may be: 0.5 is asked for, and players
that leave out the coder's lead-in measure up to 0.1 otherwise."""
_BETWEEN = 1.0
"""dB by which a peak between two samples may pass them."""
_LARGEST_GAIN = 40.0
"""dB; what is quieter than this makes up for is hiss, not speech."""
_ATTEMPTS = 4
_RECIPE = "mp3-cbr-2"
"""Change it, and every enclosure is made again."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How the MP3 is coded."""

    layout: str
    bit_rate: int
    target: float = TARGET
    """LUFS."""


_MONO = _Form("mono", 64_000)
_STEREO = _Form("stereo", 128_000)


def made_from(
    recording_sha256: str,
    tags: Tags,
    muted: Sequence[Clip] = (),
    loudness_mono: float = TARGET,
    bleep: bool = False,
) -> str:
    """Return the digest by which an enclosure is known to be up to date.

    Raises ContentError where the cover is missing.
    """
    spans = " ".join(f"{clip.start}-{clip.end}" for clip in muted)
    asked = [] if loudness_mono == TARGET else [f"{loudness_mono:.1f} LUFS"]
    if bleep and muted:
        asked.append("bleep")
    return text_digest(_RECIPE, recording_sha256, tags.digest(), spans, *asked)


def make_enclosure(
    recording: Path,
    target: Path,
    tags: Tags,
    progress: Progress = silent,
    *,
    muted: Sequence[Clip] = (),
    loudness_mono: float = TARGET,
    bleep: bool = False,
    peaks: Path | None = None,
) -> Enclosure:
    """Write ``target`` and return its facts; on any failure it stays as it was.

    MP3 at a constant bit rate (64 kbit/s mono, 128 kbit/s stereo, as the
    recording), -16 LUFS, true peaks at or under -1 dBTP, both measured on what was
    encoded. Nothing is heard in ``muted``, or with ``bleep`` a tone. Same input: same bytes. Raises
    MediaError for a recording that cannot be used and ContentError for a cover.

    ``loudness_mono`` is the LUFS of a recording with one channel. The waveform goes
    to ``peaks``, as a by-product.
    """
    found = probe(recording)
    digest = made_from(file_sha256(recording), tags, muted, loudness_mono, bleep)
    form = replace(_MONO, target=loudness_mono) if found.channels == 1 else _STEREO
    with replacing(target) as part:
        raw, levels = listen(recording, form.layout, tuple(muted), progress)
        if peaks is not None:
            write_text(peaks, format_peaks(levels.waveform()))
        start = replace(
            first_gain(raw, levels, form.target), muted=tuple(muted), bleep=bleep
        )
        loudness = _encode_to_target(recording, part, form, start, progress)
        write_tags(part, tags, found.duration)
        return Enclosure(
            file=target.name,
            length=part.stat().st_size,
            type="audio/mpeg",
            duration=found.duration,
            sha256=file_sha256(part),
            loudness=round(loudness.integrated, 1),
            made_from=digest,
        )


def listen(
    recording: Path, layout: str, muted: tuple[Clip, ...], progress: Progress = silent
) -> tuple[Loudness, Levels]:
    """Return what one pass over the sound tells, decoded in a second thread.

    Its true peak is not measured. Raises MediaError.
    """
    sound = Sound(
        recording, rate=RATE, layout=layout, progress=progress, note="measure"
    )
    gain = Gain(muted=muted) if muted else None
    leveller = Leveller(rate=RATE, layout=layout, gain=gain, peaks=False)
    levels = Levels(RATE)
    for frame in leveller.frames(ahead(sound)):
        levels.add(frame)
    return leveller.loudness, levels


def _encode_to_target(
    recording: Path, part: Path, form: _Form, gain: Gain, progress: Progress
) -> Loudness:
    """Encode, and encode again where coding pushed it off the target."""
    result = _encode(recording, part, form, gain, progress)
    for _ in range(_ATTEMPTS):
        better = next_gain(gain, result, form.target)
        if better is None:
            break
        gain = better
        result = _encode(recording, part, form, gain, progress)
    return result


def first_gain(raw: Loudness, levels: Levels, target: float = TARGET) -> Gain:
    """Return the gain that hits the target, with what limiting takes away made up.

    Silence stays as it is. The limiter is left out where no peak needs it.
    """
    if raw.silent:
        return Gain()
    peaks, energies = levels.finished()
    off = target + _CODER_LOSS - raw.integrated
    db = gain_to(off, peaks, energies, _CEILING, _LARGEST_GAIN)
    highest = 20 * math.log10(max(float(peaks.max(initial=0)), 1e-9)) + db
    return Gain(db=db, ceiling=_CEILING if highest > _CEILING - _BETWEEN else None)


def next_gain(gain: Gain, result: Loudness, target: float = TARGET) -> Gain | None:
    """Return a better gain for the next attempt, None where ``result`` will do.

    Peaks go before loudness: a peak over the limit is heard as a crackle.
    """
    if result.silent:
        return None
    ceiling = _CEILING if gain.ceiling is None else gain.ceiling
    over = result.true_peak - PEAK
    if over > 0:
        return replace(gain, ceiling=ceiling - over - 0.1)
    off = target - result.integrated
    if abs(off) <= _NEAR or gain.db + off > _LARGEST_GAIN:
        return None
    return replace(gain, db=gain.db + off, ceiling=ceiling)


def _encode(
    recording: Path, part: Path, form: _Form, gain: Gain, progress: Progress
) -> Loudness:
    """Encode once; return how loud the MP3 is, decoded again as it is made."""
    sound = Sound(
        recording, rate=RATE, layout=form.layout, progress=progress, note="encode"
    )
    leveller = Leveller(rate=RATE, layout=form.layout, gain=gain, meter=False)
    with Listener(RATE, form.layout) as listener:
        frames = ahead(leveller.frames(sound))
        write_mp3(part, frames, form.layout, form.bit_rate, listener.hear)
    return listener.loudness


def write_mp3(
    path: Path,
    frames: Iterable[AudioFrame],
    layout: str,
    bit_rate: int,
    hear: Callable[[bytes], None] | None = None,
) -> None:
    """Encode frames of 44.1 kHz into an MP3 without tags. Raises MediaError.

    ``hear`` is given each packet of MP3 frames as it is made.
    """
    import av

    options = {"id3v2_version": "0", "write_xing": "1"}
    try:
        with av.open(str(path), "w", format="mp3", options=options) as output:
            stream = output.add_stream(
                "libmp3lame", rate=RATE, layout=layout, format="fltp"
            )
            assert isinstance(stream, av.AudioStream)
            stream.bit_rate = bit_rate
            for frame in _and_none(frames):
                packets = stream.encode(frame)
                if hear is not None:
                    for packet in packets:
                        hear(bytes(packet))
                output.mux(packets)
    except av.error.FFmpegError as error:
        raise MediaError(
            path,
            f"cannot be encoded ({error.strerror})",
            "free disk space and try again",
        ) from error


def _and_none(frames: Iterable[AudioFrame]) -> Iterator[AudioFrame | None]:
    """Yield the frames without time stamps, then None: the encoder's end."""
    for frame in frames:
        frame.pts = None
        yield frame
    yield None
