from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

import av
import mutagen.id3
import numpy as np
import pytest

from pullquote.errors import ContentError, MediaError, PullquoteError
from pullquote.formats.enclosure_json import load_enclosure, save_enclosure
from pullquote.media import decoded
from pullquote.media import enclosure as making
from pullquote.media.decoded import RATE, Decoded
from pullquote.media.enclosure import Form, made_from, write_mp3
from pullquote.media.limiter import Gain
from pullquote.media.listener import Listener
from pullquote.media.sound import Sound
from pullquote.media.tags import Tags, alpha3
from pullquote.model.answer import Clip
from pullquote.model.episode import Chapter, Enclosure
from tests.media.made import measure, picture, silence, speechlike, write

SHARED = Path(__file__).parents[3] / "shared" / "audio"

TAGS = Tags(
    title="Sprains & <spasms> \u2013 \u05d2\u05d1 \U0001f9b4",
    show="Backbone Hour",
    held=date(2021, 6, 16),
    artist="Mona Vale, Ada Quill",
    season=2,
    number=14,
    comment="Viewers ask, doctors answer.",
    link="https://backbone.example/e/1",
    language="en-US",
    copyright="2021 Backbone Hour",
    chapters=(Chapter(start=0, title="Hello"), Chapter(start=1500, title="Sprains")),
)


def make_enclosure(
    recording: Path,
    target: Path,
    tags: Tags,
    form: Form = making.ANY,
    muted: tuple[Clip, ...] = (),
) -> Enclosure:
    """Make an enclosure of a file, as a pull does."""
    with Decoded(recording, target.parent, muted=muted) as sound:
        return making.make_enclosure(sound, target, tags, "sha256:0", form)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recording")
    return write(folder / "a.flac", speechlike(5, level=0.03))


@pytest.mark.parametrize(("channels", "rate"), [(1, 64_000), (2, 128_000)])
def test_an_enclosure_is_mp3_of_constant_rate_at_podcast_loudness(
    tmp_path: Path, channels: int, rate: int
) -> None:
    source = write(tmp_path / "a.wav", speechlike(6, level=0.02), channels=channels)
    target = tmp_path / "enclosure.mp3"
    made = make_enclosure(source, target, TAGS)
    layout = "mono" if channels == 1 else "stereo"
    found = measure(target, layout=layout)
    assert found.integrated == pytest.approx(-16, abs=0.5)
    assert found.true_peak <= -1
    with av.open(str(target)) as container:
        stream = container.streams.audio[0]
        assert stream.codec_context.bit_rate == rate
        assert stream.codec_context.sample_rate == 44100
        assert stream.codec_context.channels == channels
        assert container.duration is not None
        assert container.duration / 1e6 == pytest.approx(6, abs=0.06)
    assert made.length == target.stat().st_size
    assert made.type == "audio/mpeg"
    assert made.duration == 6000
    assert made.loudness == pytest.approx(found.integrated, abs=0.05)


def test_loud_recordings_are_made_quieter_without_a_limiter(tmp_path: Path) -> None:
    source = write(tmp_path / "a.wav", speechlike(5, level=0.45))
    make_enclosure(source, tmp_path / "e.mp3", TAGS)
    assert measure(tmp_path / "e.mp3").integrated == pytest.approx(-16, abs=0.5)


def test_mutagen_reads_back_every_tag(recording: Path, tmp_path: Path) -> None:
    target = tmp_path / "e.mp3"
    cover = picture(tmp_path / "cover.jpg", 200, 200)
    make_enclosure(recording, target, replace(TAGS, cover=cover))
    tags = mutagen.id3.ID3(str(target))
    assert tags.version == (2, 3, 0)
    texts = {key: str(tags[key]) for key in ("TIT2", "TALB", "TPE1", "TDRC", "TLAN")}
    assert texts == {
        "TIT2": TAGS.title,
        "TALB": "Backbone Hour",
        "TPE1": "Mona Vale, Ada Quill",
        "TDRC": "2021-06-16",
        "TLAN": "eng",
    }
    assert (str(tags["TRCK"]), str(tags["TPOS"])) == ("14", "2")
    assert str(tags.getall("COMM")[0]) == "Viewers ask, doctors answer."
    assert tags["WOAF"].url == "https://backbone.example/e/1"
    assert str(tags["TCOP"]) == "2021 Backbone Hour"
    assert tags.getall("APIC")[0].data == cover.read_bytes()
    toc = tags["CTOC:toc"]
    chapters = [tags[f"CHAP:{name}"] for name in toc.child_element_ids]
    assert [(c.start_time, c.end_time) for c in chapters] == [(0, 1500), (1500, 5000)]
    assert [str(c.sub_frames["TIT2"]) for c in chapters] == ["Hello", "Sprains"]


def test_another_reader_reads_back_the_same(recording: Path, tmp_path: Path) -> None:
    target = tmp_path / "e.mp3"
    make_enclosure(recording, target, TAGS)
    with av.open(str(target)) as container:
        told = container.metadata
        assert told["title"] == TAGS.title
        assert told["album"] == TAGS.show
        assert told["artist"] == TAGS.artist
        assert told["date"] == "2021-06-16"
        assert (told["track"], told["disc"]) == ("14", "2")
        assert told["comment"] == TAGS.comment
        assert told["language"] == "eng"
        chapters = container.chapters()
    found = [(c["start"], c["end"], c["metadata"]["title"]) for c in chapters]
    assert found == [(0, 1500, "Hello"), (1500, 5000, "Sprains")]


def test_chapters_lie_in_the_file_in_the_order_of_their_times(
    recording: Path, tmp_path: Path
) -> None:
    """There are players that go by it; mutagen alone would put short titles first."""
    titles = ("A long title", "Short", "\U0001f9b4", "Of middling", "x" * 300, "End")
    chapters = tuple(
        Chapter(start=700 * n, title=title) for n, title in enumerate(titles)
    )
    target = tmp_path / "e.mp3"
    made = make_enclosure(recording, target, replace(TAGS, chapters=chapters))
    found = mutagen.id3.ID3(str(target)).getall("CHAP")
    assert [str(c.sub_frames["TIT2"]) for c in found] == list(titles)
    assert [c.start_time for c in found] == [700 * n for n in range(len(titles))]
    assert made.length == target.stat().st_size


def test_the_same_input_gives_the_same_bytes(recording: Path, tmp_path: Path) -> None:
    first = make_enclosure(recording, tmp_path / "e.mp3", TAGS)
    data = (tmp_path / "e.mp3").read_bytes()
    again = make_enclosure(recording, tmp_path / "e.mp3", TAGS)
    assert (tmp_path / "e.mp3").read_bytes() == data
    assert first == again


def test_few_facts_and_no_chapters_are_enough(recording: Path, tmp_path: Path) -> None:
    bare = Tags(title="T", show="S", held=date(2021, 1, 1))
    make_enclosure(recording, tmp_path / "e.mp3", bare)
    tags = mutagen.id3.ID3(str(tmp_path / "e.mp3"))
    assert not tags.getall("CHAP")
    assert not tags.getall("CTOC")
    assert str(tags["TPE1"]) == "S"


def test_a_silent_recording_stays_silent(tmp_path: Path) -> None:
    source = write(tmp_path / "a.wav", silence(2))
    made = make_enclosure(source, tmp_path / "e.mp3", TAGS)
    assert made.loudness == -70
    assert measure(tmp_path / "e.mp3").silent


def test_hiss_is_not_blown_up_to_full_loudness(tmp_path: Path) -> None:
    source = write(tmp_path / "a.flac", speechlike(3, level=0.0015))
    made = make_enclosure(source, tmp_path / "e.mp3", TAGS)
    assert -40 < made.loudness < -18


def test_a_silent_beginning_does_not_make_speech_too_loud(tmp_path: Path) -> None:
    sound = np.concatenate([silence(20), speechlike(5, level=0.05)])
    source = write(tmp_path / "a.flac", sound)
    make_enclosure(source, tmp_path / "e.mp3", TAGS)
    assert measure(tmp_path / "e.mp3").integrated == pytest.approx(-16, abs=0.5)


def test_a_failure_leaves_the_old_enclosure(recording: Path, tmp_path: Path) -> None:
    target = tmp_path / "e.mp3"
    target.write_bytes(b"the old one")
    bad = picture(tmp_path / "cover.jpg", 20, 20)
    bad.write_bytes(b"no picture")
    with pytest.raises(ContentError):
        make_enclosure(recording, target, replace(TAGS, cover=bad))
    (tmp_path / "text.mp3").write_text("hello")
    with pytest.raises(MediaError):
        make_enclosure(tmp_path / "text.mp3", target, TAGS)
    assert target.read_bytes() == b"the old one"
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "cover.jpg",
        "e.mp3",
        "text.mp3",
    ]


def test_a_folder_that_cannot_be_written_is_said(
    recording: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises((PullquoteError, OSError)):
        make_enclosure(recording, tmp_path / "file" / "e.mp3", TAGS)


def test_the_digest_follows_recording_tags_chapters_and_cover(tmp_path: Path) -> None:
    cover = picture(tmp_path / "cover.jpg", 20, 20)
    tags = replace(TAGS, cover=cover)
    found = {
        made_from("aa", tags),
        made_from("aa", tags, form=Form(loudness_mono=-19)),
        made_from("aa", tags, form=Form(bit_rate=96)),
        made_from("aa", tags, (Clip(start=0, end=1),)),
        made_from("bb", tags),
        made_from("aa", replace(tags, title="Other")),
        made_from("aa", replace(tags, chapters=())),
        made_from("aa", TAGS),
    }
    before = made_from("aa", tags)
    picture(cover, 22, 22)
    assert len(found | {made_from("aa", tags)}) == 9
    assert before in found
    with pytest.raises(ContentError, match="no such file"):
        made_from("aa", replace(tags, cover=tmp_path / "none.jpg"))


def test_a_listener_hears_what_a_reader_of_the_file_hears(
    recording: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.mp3"
    with Listener("mp3float", RATE, "mono") as listener:
        write_mp3(path, Sound(recording, rate=RATE), "mono", 64_000, listener)
    found = measure(path)
    assert listener.loudness.integrated == pytest.approx(found.integrated, abs=0.05)
    assert listener.loudness.true_peak == pytest.approx(found.true_peak, abs=0.1)


def test_what_is_no_mp3_fails_where_it_is_waited_for() -> None:
    def hear_noise() -> None:
        with Listener("mp3float", RATE, "mono") as listener:
            for _ in range(50):
                noise = b"\xff\xfb\x90\x64" + b"no frame at all" * 40
                listener.hear([av.Packet(noise), av.Packet(b"")])

    with pytest.raises(av.error.FFmpegError):
        hear_noise()


def test_what_fails_at_the_very_end_fails_too(recording: Path, tmp_path: Path) -> None:
    """Its measuring is wrong only once all is heard; whoever waits must not for ever."""

    def hear_one_channel_as_two() -> None:
        with Listener("mp3float", RATE, "stereo") as listener:
            sound = islice(Sound(recording, rate=RATE), 10)
            write_mp3(tmp_path / "a.mp3", sound, "mono", 64_000, listener)

    with pytest.raises(ValueError, match="array"):
        hear_one_channel_as_two()


def test_peaks_that_coding_adds_are_taken_back(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_CEILING", 0.0)
    make_enclosure(recording, tmp_path / "e.mp3", TAGS)
    found = measure(tmp_path / "e.mp3")
    assert found.true_peak <= -1
    assert found.integrated == pytest.approx(-16, abs=0.5)


def test_loudness_that_coding_takes_away_is_given_back(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_CODER_LOSS", -2.0)
    made = make_enclosure(recording, tmp_path / "e.mp3", TAGS)
    assert made.loudness == pytest.approx(-16, abs=0.5)


@pytest.mark.parametrize(
    ("language", "code"),
    [("en", "eng"), ("en-US", "eng"), ("fr_FR", "fra"), ("gsw", "gsw"), ("xx", "und")],
)
def test_languages_are_named_as_id3_asks(language: str, code: str) -> None:
    assert alpha3(language) == code


def test_the_facts_of_an_enclosure_survive_the_disk(
    recording: Path, tmp_path: Path
) -> None:
    made = make_enclosure(recording, tmp_path / "e.mp3", TAGS)
    save_enclosure(tmp_path / "enclosure.json", made)
    assert load_enclosure(tmp_path / "enclosure.json") == made


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema": "pullquote/enclosure-1"}']
)
def test_a_file_of_facts_that_is_none_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "enclosure.json"
    path.write_text(text)
    with pytest.raises(PullquoteError):
        load_enclosure(path)


def test_the_show_says_bit_rate_and_loudness_of_mono(
    recording: Path, tmp_path: Path
) -> None:
    form = Form(loudness_mono=-19, bit_rate=96)
    made = make_enclosure(recording, tmp_path / "e.mp3", TAGS, form)
    assert made.loudness == pytest.approx(-19, abs=0.5)
    with av.open(str(tmp_path / "e.mp3")) as container:
        assert container.streams.audio[0].codec_context.bit_rate == 96_000


def test_a_full_disk_costs_a_second_decoding_or_one_line(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_enclosure(recording, tmp_path / "a.mp3", TAGS)
    monkeypatch.setattr(decoded, "_SPARE", 1 << 60)
    make_enclosure(recording, tmp_path / "b.mp3", TAGS)
    found = [measure(tmp_path / name).integrated for name in ("a.mp3", "b.mp3")]
    assert found[0] == pytest.approx(found[1], abs=0.02)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.mp3", "b.mp3"]


def test_a_disk_that_is_full_in_the_last_piece_is_said(tmp_path: Path) -> None:
    """The system then writes a part of it, and says nothing but how much."""
    resource = pytest.importorskip("resource", reason="Windows")
    path = write(tmp_path / "a.wav", speechlike(12))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, before[1]))
    try:
        with pytest.raises(PullquoteError, match="cannot be written"):
            Decoded(path, tmp_path).__enter__()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("start", [1000, 1037, 1111, 1480])
@pytest.mark.parametrize("ending", [".wav", ".flac", ".opus"])
def test_nothing_of_a_muted_clip_is_heard_and_all_around_it_is(
    tmp_path: Path, ending: str, start: int
) -> None:
    time = np.arange(4 * 48_000) / 48_000
    tone = (0.3 * np.sin(2 * np.pi * 440 * time)).astype(np.float32)
    path = write(tmp_path / f"a{ending}", tone)
    muted = (Clip(start=start, end=start + 900), Clip(start=3900, end=9000))
    with Decoded(path, tmp_path, muted=muted) as held:
        frames = [f.to_ndarray()[0] for f in held.frames(Gain(db=6, ceiling=-3), "x")]
    sound = np.abs(np.concatenate(frames))
    first, last = (round(ms * 44.1) for ms in (start, start + 900))
    assert sound[first:last].max() == 0
    assert sound[first - 5000 : first - 3300].max() > 0.1
    assert sound[last + 3300 : last + 5000].max() > 0.1
    assert sound[round(3900 * 44.1) :].max() == 0


def test_a_bleep_stands_where_something_was_muted_and_nowhere_else(
    tmp_path: Path,
) -> None:
    time = np.arange(12 * 48_000) / 48_000
    tone = (0.3 * np.sin(2 * np.pi * 440 * time)).astype(np.float32)
    path = write(tmp_path / "a.wav", tone, channels=2)
    muted = (Clip(start=4500, end=5900), Clip(start=0, end=10))
    with Decoded(path, tmp_path, muted=muted, bleep=True) as held:
        frames = [f.to_ndarray() for f in held.frames(Gain(db=6, ceiling=-3), "x")]
    heard = np.concatenate(frames, axis=1)
    inside = heard[:, round(4500 * 44.1) : round(5900 * 44.1)]
    assert np.abs(inside).max() == pytest.approx(0.06, abs=0.005)
    pitch = np.abs(np.fft.rfft(inside[0])).argmax() / (inside.shape[1] / 44_100)
    assert pitch == pytest.approx(1000, abs=2)
    assert np.abs(heard[:, 44_100:190_000]).max() > 0.3
    assert made_from("a", TAGS, muted) != made_from("a", TAGS, muted, Form(bleep=True))
    assert made_from("a", TAGS) == made_from("a", TAGS, form=Form(bleep=True))


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/audio")
@pytest.mark.parametrize("name", ["jfk.flac", "austen_0880.wav", "lj_10.flac"])
def test_real_speech_lands_on_the_target(tmp_path: Path, name: str) -> None:
    target = tmp_path / "e.mp3"
    make_enclosure(SHARED / "text" / name, target, TAGS)
    layout = "stereo" if name == "jfk.flac" else "mono"
    found = measure(target, layout=layout)
    assert found.integrated == pytest.approx(-16, abs=0.5)
    assert found.true_peak <= -1
