from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pullquote.errors import ContentError, SourceError, UsageError
from pullquote.formats.enclosure_json import load_enclosure
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.redactions_toml import add_redactions
from pullquote.model.answer import Clip, Redaction
from pullquote.model.episode import Chapter, Episode
from pullquote.model.progress import Progress, silent
from pullquote.model.show import Show, Source
from pullquote.pipeline.outcome import Quiet
from pullquote.pipeline.pulling.sources import make_enclosures
from pullquote.pull.enclosure import episode_tags, make_episode_enclosure
from pullquote.pull.item import pull_item
from pullquote.pull.listing import list_items
from tests.media.made import picture


@pytest.fixture
def pulled(show: Show, folder: ShowFolder, opus: Path) -> tuple[str, Episode]:
    (folder.root / "a.opus").write_bytes(opus.read_bytes())
    (item,) = list_items(Source(url="a.opus", people=("quill",)), folder.root)
    slug = pull_item(show, folder, item)
    return slug, load_episode(folder.episode(slug).facts)


def test_an_enclosure_is_made_once(
    show: Show, folder: ShowFolder, pulled: tuple[str, Episode]
) -> None:
    slug, episode = pulled
    paths = folder.episode(slug)
    made = make_episode_enclosure(folder, slug, show, episode)
    assert load_enclosure(paths.enclosure_facts) == made
    waveform = json.loads(paths.peaks.read_text())
    assert waveform["length"] == 30
    assert len(waveform["data"]) == 60
    assert 1 < max(waveform["data"]) <= 127
    quieter = replace(show, feed=replace(show.feed, loudness_mono=-19.0))
    assert make_episode_enclosure(
        folder, slug, quieter, episode
    ).loudness == pytest.approx(-19, abs=0.5)
    made = make_episode_enclosure(folder, slug, show, episode)
    assert made.length == paths.enclosure.stat().st_size
    assert episode.recording is not None
    paths.recording(episode.recording.file).unlink()
    (folder.root / "a.opus").unlink()
    assert make_episode_enclosure(folder, slug, show, episode) == made


@pytest.fixture
def many(show: Show, folder: ShowFolder, opus: Path) -> list[str]:
    """Four recordings, of which one is damaged and comes from nowhere again."""
    for name in "abcd":
        (folder.root / f"{name}.opus").write_bytes(opus.read_bytes() + name.encode())
        (item,) = list_items(Source(url=f"{name}.opus"), folder.root)
        slug = pull_item(show, folder, item)
        (folder.root / f"{name}.opus").unlink()
    paths = folder.episode(slug)
    (recording,) = paths.facts.parent.glob("recording.*")
    recording.write_bytes(b"noise")
    return list(folder.slugs())


def test_many_enclosures_made_side_by_side_are_the_same(
    show: Show, folder: ShowFolder, many: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for count in (1, 2):
        monkeypatch.setattr(
            "pullquote.render.site.workers.processors", lambda n=count: n
        )
        outcomes = make_enclosures(folder, show, many, Quiet())
        assert [one.subject for one in outcomes] == many
        assert [one.state for one in outcomes] == ["failed", *["done"] * 3]
        files = [folder.episode(slug).enclosure for slug in many[1:]]
        found.append([str(outcomes[0].error), *(path.read_bytes() for path in files)])
        for path in files:
            path.unlink()
    assert found[0] == found[1]


def test_sound_that_is_an_old_hosts_is_none_to_be_made(
    show: Show, folder: ShowFolder, many: list[str]
) -> None:
    titles: list[str] = []

    class Told(Quiet):
        @contextmanager
        def task(self, title: str) -> Iterator[Progress]:
            titles.append(title)
            yield silent

    for slug in many[2:]:
        facts = folder.episode(slug).facts
        facts.write_text(facts.read_text().partition("[recording]")[0])
    make_enclosures(folder, show, many, Told())
    assert titles == [f"Making the enclosure of {slug}" for slug in many[:2]]


def test_an_m4a_is_made_once_where_the_show_asks_for_it(
    show: Show, folder: ShowFolder, pulled: tuple[str, Episode]
) -> None:
    slug, episode = pulled
    paths = folder.episode(slug)
    make_episode_enclosure(folder, slug, show, episode)
    assert not paths.m4a.exists()
    both = replace(show, feed=replace(show.feed, m4a=True))
    make_episode_enclosure(folder, slug, both, episode)
    made = load_enclosure(paths.m4a_facts)
    assert made.length == paths.m4a.stat().st_size
    before = paths.m4a.stat().st_mtime_ns
    make_episode_enclosure(folder, slug, both, episode)
    assert paths.m4a.stat().st_mtime_ns == before


def test_it_is_made_again_when_facts_change_or_it_is_damaged(
    show: Show, folder: ShowFolder, pulled: tuple[str, Episode]
) -> None:
    slug, episode = pulled
    paths = folder.episode(slug)
    made = make_episode_enclosure(folder, slug, show, episode)
    renamed = make_episode_enclosure(folder, slug, show, replace(episode, title="New"))
    assert renamed.made_from != made.made_from
    paths.enclosure.write_bytes(b"half")
    assert make_episode_enclosure(folder, slug, show, episode) == made
    paths.enclosure_facts.write_text("{}")
    assert make_episode_enclosure(folder, slug, show, episode) == made
    paths.enclosure.unlink()
    assert make_episode_enclosure(folder, slug, show, episode) == made


def test_facts_that_git_brings_are_not_taken_for_those_of_the_sound_here(
    show: Show, folder: ShowFolder, pulled: tuple[str, Episode]
) -> None:
    """A name was redacted in another clone: the sound here would have it for good."""
    slug, episode = pulled
    paths = folder.episode(slug)
    make_episode_enclosure(folder, slug, show, episode)
    before = paths.enclosure.read_bytes()
    clip = Clip(start=1000, end=2000)
    add_redactions(paths.redactions, [Redaction(clip=clip, replacement="a viewer")])
    theirs = make_episode_enclosure(folder, slug, show, episode)
    facts = paths.enclosure_facts.read_bytes()
    assert theirs.length == len(before), "its length does not tell"
    paths.enclosure.write_bytes(before)
    paths.enclosure_facts.write_bytes(facts)  # as git does: it is newer than the sound
    assert make_episode_enclosure(folder, slug, show, episode) == theirs
    assert paths.enclosure.read_bytes() != before


def test_other_facts_are_written_into_the_same_sound(
    show: Show, folder: ShowFolder, pulled: tuple[str, Episode]
) -> None:
    """Ninety minutes take minutes to encode, and notes with chapters change its tags."""
    slug, episode = pulled
    paths = folder.episode(slug)
    changed = replace(
        episode,
        title="A much longer title " * 20,
        chapters=(Chapter(start=0, title="One"), Chapter(start=500, title="Two")),
        cover=picture(paths.facts.parent / "cover.jpg", 1400, 1400).name,
    )
    show = replace(show, feed=replace(show.feed, m4a=True))
    both = paths.enclosure, paths.m4a
    made = make_episode_enclosure(folder, slug, show, changed)
    anew = [path.read_bytes() for path in both]
    for path in both:
        path.unlink()
    make_episode_enclosure(folder, slug, show, episode)
    plain = [path.read_bytes() for path in both]
    assert episode.recording is not None
    paths.recording(episode.recording.file).unlink()
    (folder.root / "a.opus").unlink()
    assert make_episode_enclosure(folder, slug, show, changed) == made
    assert [path.read_bytes() for path in both] == anew
    make_episode_enclosure(folder, slug, show, episode)
    assert [path.read_bytes() for path in both] == plain
    paths.enclosure.write_bytes(plain[0][:-1] + b"!")  # noise is not given new tags
    with pytest.raises(SourceError):
        make_episode_enclosure(folder, slug, show, changed)


def test_noise_in_an_enclosure_or_its_waveform_is_not_kept(
    show: Show, folder: ShowFolder, pulled: tuple[str, Episode]
) -> None:
    slug, episode = pulled
    paths = folder.episode(slug)
    made = make_episode_enclosure(folder, slug, show, episode)
    sound, peaks = paths.enclosure.read_bytes(), paths.peaks.read_bytes()
    later = paths.enclosure_facts.stat().st_mtime_ns + 10**9
    for noise in (bytes(len(sound)), sound):  # a copy of the same is only read once
        paths.enclosure.write_bytes(noise)
        os.utime(paths.enclosure, ns=(later, later))
        assert make_episode_enclosure(folder, slug, show, episode) == made
        assert paths.enclosure.read_bytes() == sound
    for whole, broken in ((b",", b"\xff"), (b'"version"', b"version"), (b"]", b"")):
        paths.peaks.write_bytes(peaks.replace(whole, broken))
        make_episode_enclosure(folder, slug, show, episode)
        assert paths.peaks.read_bytes() == peaks


def test_a_clone_without_media_makes_the_same_enclosure(
    show: Show, folder: ShowFolder, pulled: tuple[str, Episode]
) -> None:
    slug, episode = pulled
    made = make_episode_enclosure(folder, slug, show, episode)
    paths = folder.episode(slug)
    assert episode.recording is not None
    paths.recording(episode.recording.file).unlink()
    paths.enclosure.unlink()
    assert make_episode_enclosure(folder, slug, show, episode) == made


def test_tags_name_show_speakers_and_what_is_made_up(
    show: Show, folder: ShowFolder
) -> None:
    episode = Episode(
        guid="g",
        title="T",
        held=date(2021, 6, 16),
        people=("quill", "nobody"),
        synthetic=True,
        watch="https://watch.example/1",
    )
    marked = replace(show, notice="Synthetic.", cover="cover.jpg")
    tags = episode_tags(folder, "x", marked, episode)
    assert (tags.artist, tags.show, tags.link) == (
        "Ada Quill",
        "Backbone Hour",
        "https://watch.example/1",
    )
    assert tags.comment == "Synthetic. Viewers ask."
    assert tags.cover == folder.root / "cover.jpg"
    plain = episode_tags(
        folder, "x", show, replace(episode, people=(), synthetic=False)
    )
    assert (plain.artist, plain.comment) == ("Backbone Hour", "Viewers ask.")


def test_a_cover_goes_in_and_a_missing_one_is_said(
    show: Show, folder: ShowFolder, pulled: tuple[str, Episode]
) -> None:
    slug, episode = pulled
    covered = replace(show, cover="cover.jpg")
    with pytest.raises(ContentError, match="no such file, though 'cover' names it"):
        make_episode_enclosure(folder, slug, covered, episode)
    picture(folder.root / "cover.jpg", 50, 50)
    make_episode_enclosure(folder, slug, covered, episode)
    data = folder.episode(slug).enclosure.read_bytes()
    assert (folder.root / "cover.jpg").read_bytes() in data


def test_an_episode_without_a_recording_is_said(show: Show, folder: ShowFolder) -> None:
    episode = Episode(guid="g", title="T", held=date(2021, 6, 16))
    with pytest.raises(UsageError, match="has no recording"):
        make_episode_enclosure(folder, "x", show, episode)
