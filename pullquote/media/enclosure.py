"""Make what the feed points at: an MP3, levelled, tagged, the same every time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import MediaError
from pullquote.formats.disk import file_sha256, replacing, text_digest
from pullquote.media.ahead import ahead
from pullquote.media.loudness import Gain, Leveller, Loudness, measure
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
_NEAR = 0.5
"""LU off the target that the finished file may be."""
_ROUGH = 1.0
"""LU; a first guess that was further off is measured once more."""
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


_MONO = _Form("mono", 64_000)
_STEREO = _Form("stereo", 128_000)


def made_from(recording_sha256: str, tags: Tags, muted: Sequence[Clip] = ()) -> str:
    """Return the digest by which an enclosure is known to be up to date.

    Raises ContentError where the cover is missing.
    """
    spans = " ".join(f"{clip.start}-{clip.end}" for clip in muted)
    return text_digest(_RECIPE, recording_sha256, tags.digest(), spans)


def make_enclosure(
    recording: Path,
    target: Path,
    tags: Tags,
    progress: Progress = silent,
    *,
    muted: Sequence[Clip] = (),
) -> Enclosure:
    """Write ``target`` and return its facts; on any failure it stays as it was.

    MP3 at a constant bit rate (64 kbit/s mono, 128 kbit/s stereo, as the
    recording), -16 LUFS, true peaks at or under -1 dBTP, both measured on the
    finished file. Nothing is heard in ``muted``. Same input: same bytes. Raises
    MediaError for a recording that cannot be used and ContentError for a cover.
    """
    found = probe(recording)
    digest = made_from(file_sha256(recording), tags, muted)
    form = _MONO if found.channels == 1 else _STEREO
    with replacing(target) as part:
        start = Gain(muted=tuple(muted))
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


def _encode_to_target(
    recording: Path, part: Path, form: _Form, start: Gain, progress: Progress
) -> Loudness:
    """Encode, measure, and encode again where coding pushed it off the target."""
    gain = _find_gain(recording, form, start, progress)
    result = _encode(recording, part, form, gain, progress)
    for _ in range(_ATTEMPTS):
        better = next_gain(gain, result)
        if better is None:
            break
        gain = better
        result = _encode(recording, part, form, gain, progress)
    return result


def _find_gain(recording: Path, form: _Form, start: Gain, progress: Progress) -> Gain:
    """Find the gain by measuring alone; encoding takes far longer."""
    raw = measure(
        recording, rate=RATE, layout=form.layout, gain=start, progress=progress
    )
    gain = replace(first_gain(raw), muted=start.muted)
    if gain.ceiling is None:
        return gain
    for _ in range(_ATTEMPTS):
        levelled = measure(
            recording, rate=RATE, layout=form.layout, gain=gain, peaks=False
        )
        off = TARGET + _CODER_LOSS - levelled.integrated
        gain = replace(gain, db=min(gain.db + off, _LARGEST_GAIN))
        if levelled.silent or abs(off) <= _ROUGH:
            break
    return gain


def first_gain(raw: Loudness) -> Gain:
    """Return the gain that would do if limiting took no loudness away.

    Silence stays as it is. The limiter is left out where no peak needs it.
    """
    if raw.silent:
        return Gain()
    db = min(TARGET + _CODER_LOSS - raw.integrated, _LARGEST_GAIN)
    return Gain(db=db, ceiling=_CEILING if raw.true_peak + db > _CEILING else None)


def next_gain(gain: Gain, result: Loudness) -> Gain | None:
    """Return a better gain for the next attempt, None where ``result`` will do.

    Peaks go before loudness: a peak over the limit is heard as a crackle.
    """
    if result.silent:
        return None
    ceiling = _CEILING if gain.ceiling is None else gain.ceiling
    over = result.true_peak - PEAK
    if over > 0:
        return replace(gain, ceiling=ceiling - over - 0.1)
    off = TARGET - result.integrated
    if abs(off) <= _NEAR or gain.db + off > _LARGEST_GAIN:
        return None
    return replace(gain, db=gain.db + off, ceiling=ceiling)


def _encode(
    recording: Path, part: Path, form: _Form, gain: Gain, progress: Progress
) -> Loudness:
    """Encode once; return how loud the finished MP3 is."""
    sound = Sound(
        recording, rate=RATE, layout=form.layout, progress=progress, note="encode"
    )
    leveller = Leveller(rate=RATE, layout=form.layout, gain=gain, meter=False)
    write_mp3(part, ahead(leveller.frames(sound)), form.layout, form.bit_rate)
    return measure(part, rate=RATE, layout=form.layout)


def write_mp3(
    path: Path, frames: Iterable[AudioFrame], layout: str, bit_rate: int
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
            for frame in frames:
                frame.pts = None
                output.mux(stream.encode(frame))
            output.mux(stream.encode(None))
    except av.error.FFmpegError as error:
        raise MediaError(
            path,
            f"cannot be encoded ({error.strerror})",
            "free disk space and try again",
        ) from error
