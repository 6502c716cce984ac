from __future__ import annotations

import tracemalloc
from pathlib import Path

import av
import numpy as np
import pytest

from pullquote.errors import MediaError
from pullquote.media.decoded import Decoded
from pullquote.media.probe import probe
from pullquote.media.sound import Sound, decode_mono, stream_mono, waveform
from tests.media.made import RATE, silence, speechlike, write


def test_a_decoded_second_is_as_many_samples_as_its_rate(tmp_path: Path) -> None:
    path = write(tmp_path / "a.flac", speechlike(3), channels=2)
    sound = decode_mono(path)
    assert sound.dtype == np.float32
    assert abs(len(sound) - 48000) <= 2
    assert decode_mono(path, rate=8000).size == 24000


def test_a_stream_gives_the_same_samples_in_parts(tmp_path: Path) -> None:
    path = write(tmp_path / "a.opus", speechlike(65))
    parts = list(stream_mono(path, 8000))
    assert len(parts) == 3
    assert max(part.size for part in parts) < 31 * 8000
    assert np.array_equal(np.concatenate(parts), decode_mono(path, 8000))


def test_the_samples_never_lie_in_memory_twice(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", silence(300))
    tracemalloc.start()
    sound = decode_mono(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1.5 * sound.nbytes


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    path = write(tmp_path / "a.flac", speechlike(12))
    seen: list[tuple[float, float | None]] = []
    decode_mono(path, progress=lambda done, total, note="": seen.append((done, total)))
    assert len(seen) >= 3
    assert seen[-1] == pytest.approx((12.0, 12.0))
    assert seen == sorted(seen)


def test_sound_that_starts_late_keeps_its_times(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mkv", speechlike(2), delay=1.5, pictures=True)
    sound = decode_mono(path)
    assert abs(sound.size - 16000 * 3.5) < 16000 * 0.05
    assert np.abs(sound[: int(16000 * 1.4)]).max() == 0
    assert np.abs(sound[16000 * 2 :]).max() > 0.05


def test_a_gap_in_the_middle_becomes_silence(tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.mkv", speechlike(4))
    path = tmp_path / "gap.mkv"
    with av.open(str(whole)) as source, av.open(str(path), "w") as target:
        stream = target.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(audio=0):
            if packet.pts is None or 1 <= float(packet.pts * packet.time_base) < 2:
                continue
            packet.stream = stream
            target.mux(packet)
    sound = decode_mono(path)
    assert abs(sound.size - 64000) < 1600
    assert np.abs(sound[17000:31000]).max() == 0
    assert np.abs(sound[40000:]).max() > 0.05


def test_time_stamps_gone_wild_are_not_filled(tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.mkv", speechlike(2))
    path = tmp_path / "wild.mkv"
    with av.open(str(whole)) as source, av.open(str(path), "w") as target:
        stream = target.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(audio=0):
            if packet.pts is None or packet.dts is None:
                continue
            if float(packet.pts * packet.time_base) >= 1:
                packet.pts += 3_600_000
                packet.dts += 3_600_000
            packet.stream = stream
            target.mux(packet)
    assert abs(decode_mono(path).size - 32000) < 800


def test_a_recording_that_changes_its_rate_goes_on(tmp_path: Path) -> None:
    sound = speechlike(2)
    first = write(tmp_path / "a.mp3", sound).read_bytes()
    path = tmp_path / "both.mp3"
    path.write_bytes(first + write(tmp_path / "b.mp3", sound, channels=2).read_bytes())
    assert decode_mono(path).size > 16000 * 3.5


def test_broken_packets_are_counted_and_time_goes_on(tmp_path: Path) -> None:
    data = bytearray(write(tmp_path / "a.flac", speechlike(6)).read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = bytes(3000)
    path = tmp_path / "broken.flac"
    path.write_bytes(data)
    sound = Sound(path, rate=16000)
    samples = sum(frame.samples for frame in sound)
    assert abs(samples - 96000) < 9600
    assert sound.decoded > sound.broken


def test_a_recording_most_of_which_is_broken_is_refused(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.flac", speechlike(4))
    path = tmp_path / "hopeless.mkv"
    with av.open(str(whole)) as source, av.open(str(path), "w") as target:
        stream = target.add_stream_from_template(source.streams.audio[0])
        packets = [packet for packet in source.demux(audio=0) if packet.pts is not None]
        for number, packet in enumerate(packets):
            if number > 10:
                broken = av.Packet(b"\x01\x02\x03\x04\x05" * 20)
                broken.pts, broken.dts = packet.pts, packet.dts
                broken.time_base = packet.time_base
                broken.stream = stream
                target.mux(broken)
            else:
                packet.stream = stream
                target.mux(packet)
    with pytest.raises(MediaError, match=r"\d+ of \d+ parts cannot be decoded"):
        decode_mono(path)


def test_a_file_with_no_sound_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", silence(0.5))
    path.write_bytes(path.read_bytes()[:44])
    with pytest.raises(MediaError):
        decode_mono(path)


def test_stereo_stays_stereo_and_gaps_too(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.mkv", speechlike(1), channels=2, delay=0.5, pictures=True
    )
    frames = list(Sound(path, rate=RATE, layout="stereo"))
    assert {frame.layout.name for frame in frames} == {"stereo"}
    assert {frame.sample_rate for frame in frames} == {RATE}


@pytest.mark.parametrize("ending", ["wav", "webm"])
def test_a_channel_that_is_turned_over_silences_nobody(
    ending: str, tmp_path: Path
) -> None:
    """As where one microphone of two has its poles swapped: as one they are nothing."""
    sound = speechlike(6)
    right = sound.copy()
    right[2 * RATE : 4 * RATE] *= -1
    path = tmp_path / f"a.{ending}"
    with av.open(str(path), "w") as output:
        codec = {"wav": "pcm_s16le", "webm": "libopus"}[ending]
        stream = output.add_stream(codec, rate=RATE, layout="stereo")
        assert isinstance(stream, av.AudioStream)
        block = stream.codec_context.frame_size or 960
        for at in range(0, len(sound) - block + 1, block):
            both = np.stack([one[at : at + block] for one in (sound, right)])
            frame = av.AudioFrame.from_ndarray(both, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = RATE, at
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    seconds = np.split(decode_mono(path)[: 5 * 16_000], 5)
    powers = [float((second**2).mean()) for second in seconds]
    assert min(powers) > max(powers) / 4


@pytest.mark.parametrize("wrong", [np.nan, np.inf, 5e4])
def test_what_is_no_sound_is_silence(wrong: float, tmp_path: Path) -> None:
    """Nobody hears a word for the next minutes after a number that is none."""
    sound = speechlike(3)
    sound[RATE] = wrong
    path = write(tmp_path / "a.wav", sound, codec="pcm_f32le")
    heard = decode_mono(path)
    assert len(heard) == 48_000
    assert np.abs(heard).max() < 100  # what is left is what the resampler spreads
    assert max(waveform(path)) < 100
    with Decoded(path, tmp_path) as decoded:
        assert decoded.levels.peaks.max() < 100


def test_a_frame_that_cannot_be_resampled_is_broken(tmp_path: Path) -> None:
    """Damaged M4A files say that they have channels nobody knows."""
    sound = Sound(tmp_path / "a.m4a", rate=16_000)
    frame = av.AudioFrame.from_ndarray(np.zeros((1, 99), np.float32), "fltp", "mono")
    frame.sample_rate = 2**31 - 1
    assert sound._resampled(frame) == []
    assert sound.broken == 1


def test_a_stream_that_begins_on_the_way_does_no_harm(tmp_path: Path) -> None:
    """PyAV then looks for the end of one that it does not know, often but not always."""
    path = write(tmp_path / "a.flv", speechlike(20), codec="libmp3lame", rate=44_100)
    whole, length = path.read_bytes(), 20_000 * RATE // 44_100
    picture = bytes((0x22, 0, 0, 0))
    tag = b"\x09" + len(picture).to_bytes(3, "big") + b"\0\x4e\x20" + bytes(4)
    path.write_bytes(whole + tag + picture + (11 + len(picture)).to_bytes(4, "big"))
    for _ in range(20):
        assert abs(len(decode_mono(path)) - length * 16) < 2_000
    assert abs(probe(path).duration - length) < 100
