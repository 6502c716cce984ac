from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from pullquote.errors import ContentError, MediaError, PullquoteError, SourceError
from pullquote.formats.disk import file_sha256
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.media.picture import without_metadata
from pullquote.media.sound import decode_mono
from pullquote.media.tags import Tags, write_tags
from pullquote.model.episode import Chapter
from pullquote.model.show import Show, Source
from pullquote.pipeline.outcome import Quiet
from pullquote.pipeline.pulling.sources import pull_sources
from pullquote.pull.item import pull_item, restore_recording
from pullquote.pull.known import known, sweep
from pullquote.pull.listing import list_items
from pullquote.pull.plan import Access, Item, to_pull
from tests.media.made import picture, silence, speechlike, write
from tests.pull.server import Page, Site, entry, feed


def pull(show: Show, folder: ShowFolder, url: str, **source: object) -> list[str]:
    """List a source and pull all that is new, as the pipeline does."""
    given = Source(url=url, **source)  # type: ignore[arg-type]
    before = known(folder).ids
    items = list_items(given, folder.root, before.__contains__, zone=show.zone)
    return [pull_item(show, folder, i) for i in to_pull(items, before)]


def left(folder: ShowFolder) -> list[str]:
    """Return everything in the show's folder but locks."""
    return sorted(
        str(path.relative_to(folder.root))
        for path in folder.root.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    )


def test_a_local_file_becomes_an_episode(
    show: Show, folder: ShowFolder, opus: Path
) -> None:
    source = folder.root / "in" / "2021-06-16 sprains 100% #1.opus"
    source.parent.mkdir()
    source.write_bytes(opus.read_bytes())
    source.with_suffix(".toml").write_text('description = "See *this*."\n')
    (slug,) = pull(show, folder, "in", people=("quill",))
    assert slug == "2021-06-16-sprains-100-1"
    paths = folder.episode(slug)
    episode = load_episode(paths.facts)
    assert (episode.title, episode.held) == ("Sprains 100% #1", date(2021, 6, 16))
    assert (episode.status, episode.people) == ("draft", ("quill",))
    assert episode.recording is not None
    assert episode.recording.source == "in/2021-06-16 sprains 100% #1.opus"
    assert episode.recording.duration == 3000
    recording = paths.recording(episode.recording.file)
    assert recording.read_bytes() == opus.read_bytes()
    assert episode.recording.sha256 == file_sha256(recording)
    assert recording.stat().st_ino != source.stat().st_ino
    assert paths.notes.read_text() == "See \\*this\\*.\n"
    assert not list((folder.state / "pull").glob("*/*"))


def podcast_file(path: Path, cover: Path, *titles: str) -> Path:
    """Write an MP3 with a cover and chapters of a second each, as editors export it."""
    made = write(path, speechlike(3))
    chapters = (Chapter(start=1000 * n, title=t) for n, t in enumerate(titles))
    tags = Tags(
        title="Roses & thorns",
        show="x",
        held=date(2025, 11, 6),
        chapters=tuple(chapters),
        cover=cover,
    )
    write_tags(made, tags, 3000)
    return made


def test_chapters_and_cover_in_a_file_s_own_tags_are_taken(
    show: Show, folder: ShowFolder, tmp_path: Path
) -> None:
    art = picture(tmp_path / "art.jpg", 1400, 1400)
    podcast_file(folder.root / "a b.mp3", art, "Hello", "Black\nspot")
    (slug,) = pull(show, folder, "a b.mp3")
    assert slug == "2025-11-06-roses-thorns"
    episode = load_episode(folder.episode(slug).facts)
    assert [(c.start, c.title) for c in episode.chapters] == [
        (0, "Hello"),
        (1000, "Black spot"),
    ]
    assert episode.cover == "cover.jpg"
    cover = folder.episode(slug).recording("cover.jpg")
    assert cover.read_bytes() == without_metadata(art.read_bytes())
    (folder.root / "cover.jpg").write_bytes(cover.read_bytes())
    shows = replace(show, cover="cover.jpg")
    small = picture(tmp_path / "small.jpg", 600, 600)
    for name, one in (("same", art), ("small", small)):
        podcast_file(folder.root / f"{name}.mp3", one, name)
        (slug,) = pull(shows, folder, f"{name}.mp3")
        episode = load_episode(folder.episode(slug).facts)
        assert (episode.cover, episode.chapters) == (None, ())
        assert not [*folder.episode(slug).facts.parent.glob("cover*")]


def test_nothing_is_pulled_twice(show: Show, folder: ShowFolder, opus: Path) -> None:
    (folder.root / "a.opus").write_bytes(opus.read_bytes())
    (item,) = list_items(Source(url="a.opus"), folder.root)
    slug = pull_item(show, folder, item)
    facts = folder.episode(slug).facts
    facts.write_text(facts.read_text() + "# mine\n")
    assert pull(show, folder, "a.opus") == []
    assert pull_item(show, folder, item) == slug
    assert facts.read_text().endswith("# mine\n")
    assert len(folder.slugs()) == 1


def test_the_same_recording_from_elsewhere_makes_no_second_episode(
    show: Show, folder: ShowFolder, site: Site, opus: Path
) -> None:
    (folder.root / "a.opus").write_bytes(opus.read_bytes())
    (slug,) = pull(show, folder, "a.opus")
    url = site.media("/same.opus", opus.read_bytes())
    assert pull(show, folder, url) == [slug]
    assert folder.slugs() == [slug]
    site.asked.clear()
    (item,) = list_items(Source(url=url), folder.root)
    assert to_pull([item], known(folder).ids) == ()
    (folder.state / "same-recordings.json").write_text("broken")
    assert pull(show, folder, url) == [slug]


def test_the_show_s_own_feed_is_no_source_of_new_episodes(
    show: Show, folder: ShowFolder, site: Site, opus: Path
) -> None:
    (folder.root / "talk.opus").write_bytes(opus.read_bytes())
    (slug,) = pull(show, folder, "talk.opus")
    guid = load_episode(folder.episode(slug).facts).guid
    louder = write(folder.root / "enclosure.opus", speechlike(3, level=0.4))
    body = feed(entry("Talk", site.media("/1.opus", louder.read_bytes()), guid))
    site.put("/old-feed-redirected.xml", Page(type="text/xml", body=body))
    assert pull(show, folder, site.address + "/old-feed-redirected.xml") == []


def test_what_killed_processes_left_is_swept(
    show: Show, folder: ShowFolder, opus: Path
) -> None:
    (folder.root / "a.opus").write_bytes(opus.read_bytes())
    (slug,) = pull(show, folder, "a.opus")
    stages = folder.state / "pull"
    for name, age in (("old", 40), ("new", 1)):
        (stages / name).mkdir()
        (stages / f"{name}.lock").touch()
        part = stages / name / "recording.opus.part"
        part.write_bytes(b"half")
        moment = time.time() - age * 86400
        os.utime(part, (moment, moment))
    (folder.root / "episodes" / slug / ".enclosure.mp3.12ab.part").touch()
    mine = folder.root / "episodes" / slug / ".notes.md.12ab.part"
    mine.touch()
    with FileLock(stages / "held.lock"):
        sweep(folder)
        assert (stages / "held.lock").exists()
    assert sorted(p.name for p in stages.iterdir()) == ["held.lock", "new", "new.lock"]
    assert mine.exists()
    assert not list(folder.root.glob("episodes/*/.enclosure*"))


def test_a_slip_in_episode_toml_does_not_pull_it_again(
    show: Show, folder: ShowFolder, opus: Path
) -> None:
    (folder.root / "a.opus").write_bytes(opus.read_bytes())
    (slug,) = pull(show, folder, "a.opus")
    facts = folder.episode(slug).facts
    facts.write_text(facts.read_text().replace("title", "titel"))
    assert known(folder).ids["file:a.opus"] == slug
    facts.write_bytes(b"\xff\x00" + facts.read_bytes().replace(b"\n", b"\r\n"))
    assert known(folder).ids["file:a.opus"] == slug
    facts.write_text("nothing of use")
    assert known(folder).ids == {}
    with pytest.raises(
        ContentError, match=r"episode\.toml: does not say any more what"
    ):
        pull(show, folder, "a.opus")
    assert folder.slugs() == [slug]
    facts.write_text("source_id = broken")
    assert known(folder).ids == {}
    facts.write_bytes(b"\xff")
    assert known(folder).ids == {}


def test_the_guid_is_the_same_in_every_clone(
    show: Show, tmp_path: Path, opus: Path
) -> None:
    guids = set()
    for name in ("one", "two"):
        folder = ShowFolder(tmp_path / name)
        folder.root.mkdir()
        (folder.root / "a.opus").write_bytes(opus.read_bytes())
        (slug,) = pull(show, folder, "a.opus")
        guids.add(load_episode(folder.episode(slug).facts).guid)
    assert len(guids) == 1


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("<script>alert(1)</script>", "2021-06-16-script-alert-1-script"),
        ("../../../etc/passwd", "2021-06-16-etc-passwd"),
        ("\U0001f9b4" * 3, "2021-06-16-episode"),
        ("\u05db\u05d0\u05d1 \u05d2\u05d1", "2021-06-16-kb-gb"),
        ("long word " * 50, "2021-06-16-" + "long-word-" * 6),
    ],
)
def test_hard_titles_stay_text_and_never_leave_the_folder(
    show: Show, folder: ShowFolder, opus: Path, title: str, slug: str
) -> None:
    (folder.root / "a.opus").write_bytes(opus.read_bytes())
    toml = f"title = '{title}'\nheld = 2021-06-16\n"
    (folder.root / "a.toml").write_text(toml, encoding="utf-8")
    assert pull(show, folder, "a.opus") == [slug.rstrip("-")]
    assert load_episode(folder.episode(folder.slugs()[0]).facts).title == title.strip()


def test_two_recordings_called_as_the_show_have_titles_of_their_own(
    show: Show, folder: ShowFolder
) -> None:
    for seconds, day in enumerate(("2026-03-11", "2026-04-08"), 2):
        path = folder.root / f"{day} {show.title.upper()}.wav"
        write(path, speechlike(seconds))
    episodes = [load_episode(folder.episode(s).facts) for s in pull(show, folder, ".")]
    days = [episode.held.isoformat() for episode in episodes]
    assert [e.title for e in episodes] == [f"{show.title}, {day}" for day in days]
    assert len(set(days)) == 2


@pytest.mark.parametrize("channels", [1, 2])
def test_short_and_silent_recordings_are_pulled(
    show: Show, folder: ShowFolder, channels: int
) -> None:
    write(folder.root / "two.wav", speechlike(2), channels=channels)
    write(folder.root / "silent.mp3", silence(2), channels=channels)
    assert len(pull(show, folder, ".")) == 2


def test_ten_hours_are_a_recording_and_more_than_a_day_is_one_line(
    show: Show, folder: ShowFolder
) -> None:
    """bench/pull_long.py makes the enclosure too, and watches the memory."""
    path, options = folder.root / "long.mp3", {"write_xing": "0", "id3v2_version": "0"}
    write(path, silence(6), rate=8000, options=options)  # 36 s of these samples
    some = path.read_bytes()
    path.write_bytes(some * 1000)
    (slug,) = pull(show, folder, "long.mp3")
    recording = load_episode(folder.episode(slug).facts).recording
    assert recording is not None
    assert abs(recording.duration - 36_000_000) < 360_000
    (folder.root / "day.mp3").write_bytes(some * 2600)
    (item,) = list_items(Source(url="day.mp3"), folder.root)
    with pytest.raises(MediaError, match="cut it into recordings of at most a day"):
        pull_item(show, folder, item)
    assert list(folder.slugs()) == [slug]


BAD = {
    "missing": (None, "no such file"),
    "empty": (b"", "is empty (0 bytes)"),
    "text": (b"This is text, called a recording.\n" * 99, "is a text file"),
    "page": (b"<!DOCTYPE html><html><title>Sign in</title>", "is a web page"),
    "noise": (bytes(range(1, 256)) * 40, "is damaged or not a recording"),
}


@pytest.mark.parametrize("kind", sorted(BAD))
def test_a_bad_file_is_one_line_and_leaves_nothing(
    show: Show, folder: ShowFolder, kind: str
) -> None:
    content, problem = BAD[kind]
    path = folder.root / "talk.mp3"
    path.write_bytes(content or b"")
    (item,) = list_items(Source(url="talk.mp3"), folder.root)
    if content is None:
        path.unlink()
    with pytest.raises((MediaError, SourceError)) as caught:
        pull_item(show, folder, item)
    assert str(caught.value).startswith("talk.mp3: ")
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)
    assert [name for name in left(folder) if name != "talk.mp3"] == []


def test_a_truncated_file_is_one_line_and_the_others_go_on(
    show: Show, folder: ShowFolder, opus: Path
) -> None:
    data = opus.read_bytes()
    (folder.root / "a.opus").write_bytes(data[: len(data) // 2])
    (folder.root / "b.opus").write_bytes(data)
    first, second = list_items(Source(url="."), folder.root)
    with pytest.raises(MediaError, match=r"a\.opus: is cut off"):
        pull_item(show, folder, first)
    assert pull_item(show, folder, second) in folder.slugs()
    assert len(folder.slugs()) == 1


def test_a_mistake_beside_a_recording_leaves_nothing(
    show: Show, folder: ShowFolder, opus: Path
) -> None:
    (folder.root / "a.opus").write_bytes(opus.read_bytes())
    (folder.root / "a.toml").write_text("titel = 'x'\n")
    with pytest.raises(ContentError, match=r"a\.toml:1: unknown key"):
        pull(show, folder, "a.opus")
    assert left(folder) == ["a.opus", "a.toml"]


def test_an_address_becomes_an_episode(
    show: Show, folder: ShowFolder, site: Site, opus: Path
) -> None:
    modified = {"Last-Modified": "Wed, 16 Jun 2021 20:00:00 GMT"}
    url = site.media("/media/back-pain.opus", opus.read_bytes(), headers=modified)
    (slug,) = pull(show, folder, url)
    assert slug == "2021-06-16-back-pain"
    episode = load_episode(folder.episode(slug).facts)
    assert episode.recording is not None
    assert episode.recording.source == episode.recording.source_id == url
    assert episode.recording.sha256 == file_sha256(opus)
    assert episode.watch is None
    assert pull(show, folder, url) == []


def test_a_podcast_feed_gives_its_episodes_with_their_facts(
    show: Show, folder: ShowFolder, site: Site, opus: Path, tmp_path: Path
) -> None:
    one = site.media("/1.opus", opus.read_bytes())
    other = write(tmp_path / "2.opus", speechlike(2))
    two = site.media("/2.opus", other.read_bytes())
    site.put(
        "/feed.xml",
        Page(
            type="application/rss+xml",
            body=feed(
                entry(
                    "Sprains &amp; spasms",
                    one,
                    "tag:old.example,1",
                    pubDate="Wed, 16 Jun 2021 19:00:00 GMT",
                    description="&lt;p&gt;With &lt;b&gt;Dr. Quill&lt;/b&gt;&lt;/p&gt;",
                    itunes_episode="7",
                    itunes_season="2",
                ),
                entry("Second", two, pubDate="Thu, 17 Jun 2021 19:00:00 GMT"),
            ),
        ),
    )
    slugs = pull(show, folder, site.address + "/feed.xml", people=("quill",))
    assert slugs == ["2021-06-16-sprains-spasms", "2021-06-17-second"]
    episode = load_episode(folder.episode(slugs[0]).facts)
    assert episode.title == "Sprains & spasms"
    assert (episode.number, episode.season, episode.people) == (7, 2, ("quill",))
    assert episode.recording is not None
    assert episode.recording.source_id == "tag:old.example,1"
    assert episode.recording.source == one
    assert folder.episode(slugs[0]).notes.read_text() == "With Dr. Quill\n"
    second = load_episode(folder.episode(slugs[1]).facts).recording
    assert second is not None
    assert second.source_id == two
    site.asked.clear()
    assert pull(show, folder, site.address + "/feed.xml") == []
    assert [path for path, _ in site.asked] == ["/feed.xml"]


def test_a_feed_may_not_name_files_of_this_machine(
    show: Show, folder: ShowFolder, site: Site, opus: Path
) -> None:
    good = site.media("/1.opus", opus.read_bytes())
    body = feed(entry("Evil", opus.as_uri(), "1"), entry("Good", good, "2"))
    (folder.root / "old.xml").write_bytes(body)
    site.put("/feed.xml", Page(type="text/xml", body=body))
    for url in ("old.xml", site.address + "/feed.xml"):
        source = Source(url=url, private_network=True)
        evil, fine = list_items(source, folder.root)
        with pytest.raises(SourceError, match="leads to a file on this machine"):
            pull_item(show, folder, evil)
        assert pull_item(show, folder, fine) in folder.slugs()
    assert len(folder.slugs()) == 1


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (403, "is refused by its server (HTTP 403)"),
        (404, "is not there (HTTP 404)"),
        (410, "is gone for good (HTTP 410)"),
        (429, "too many requests (HTTP 429)"),
    ],
)
def test_a_refusal_is_one_line_with_the_original_behind_it(
    show: Show, folder: ShowFolder, site: Site, status: int, problem: str
) -> None:
    url = site.put("/a.mp3", Page(status=status, body=b"no"))
    with pytest.raises(SourceError) as caught:
        pull(show, folder, url)
    assert str(caught.value).startswith(f"{url}: ")
    assert problem in str(caught.value)
    assert caught.value.__cause__ is not None
    assert left(folder) == []


def test_a_refusal_at_the_download_names_the_item(
    show: Show, folder: ShowFolder, site: Site
) -> None:
    url = site.put("/a.mp3", Page(status=404))
    with pytest.raises(SourceError, match=r"a\.mp3: is not there") as caught:
        pull_item(
            show, folder, Item(source_id="1", source=url, access=Access(named=url))
        )
    assert caught.value.__cause__ is not None


def test_a_server_at_fault_is_said(show: Show, folder: ShowFolder, site: Site) -> None:
    url = site.put("/a.mp3", Page(status=500))
    with pytest.raises(SourceError, match=r"its server is at fault \(HTTP 500\)"):
        pull(show, folder, url)


def test_a_web_page_is_said(show: Show, folder: ShowFolder, site: Site) -> None:
    page = b"<!doctype html><html><title>Talk</title><p>Please sign in.</html>"
    url = site.put("/talk", Page(body=page))
    with pytest.raises(SourceError, match="web page on which no recording was found"):
        pull(show, folder, url)
    url = site.media("/talk.mp3", page)
    with pytest.raises(MediaError, match=r"talk\.mp3: is a web page, not a recording"):
        pull(show, folder, url)
    assert left(folder) == []


def test_no_network_and_wrong_addresses_are_said(
    show: Show, folder: ShowFolder
) -> None:
    for url, problem in (
        ("http://127.0.0.1:9/a.mp3", "cannot be reached"),
        ("http://no-such-host.invalid/a.mp3", "name is not known"),
        ("ftp://x.example/a.mp3", "is not an address that can be pulled"),
        ("javascript://alert(1)", "is not an address that can be pulled"),
    ):
        with pytest.raises(SourceError, match=problem):
            pull(show, folder, url)
    assert left(folder) == []


def test_a_download_that_breaks_goes_on_the_next_time(
    show: Show, folder: ShowFolder, site: Site, opus: Path
) -> None:
    data = opus.read_bytes()
    url = site.media("/a.opus", data, break_after=6000)
    item = Item(
        source_id="1",
        source=url,
        access=Access(named=url),
        title="A",
        held=date(2021, 6, 16),
    )
    site.pages["/a.opus"].break_after = 3000
    with pytest.raises(SourceError, match="broke off before its end"):
        pull_item(show, folder, item)
    assert not (folder.root / "episodes").exists()
    site.pages["/a.opus"].break_after = None
    site.asked.clear()
    slug = pull_item(show, folder, item)
    assert any(range_ not in {None, "bytes=0-"} for _, range_ in site.asked)
    recording = load_episode(folder.episode(slug).facts).recording
    assert recording is not None
    assert recording.sha256 == file_sha256(opus)
    assert not list((folder.state / "pull").glob("*/*"))


def test_a_server_that_sends_half_a_file_as_if_whole_is_found_out(
    show: Show, folder: ShowFolder, site: Site, opus: Path
) -> None:
    data = opus.read_bytes()
    url = site.media("/a.opus", data[: len(data) // 2])
    with pytest.raises(MediaError, match="is cut off"):
        pull(show, folder, url)
    assert left(folder) == []


def test_an_ending_that_says_nothing_is_found_from_the_content(
    show: Show, folder: ShowFolder, site: Site, tmp_path: Path
) -> None:
    for kind, ending in ((".mp4", ".m4a"), (".webm", ".mka"), (".flac", ".flac")):
        body = write(tmp_path / f"x{kind}", speechlike(1)).read_bytes()
        url = site.put(f"/download{kind[1:]}", Page(type="x/y", body=body))
        (slug,) = pull(show, folder, url)
        recording = load_episode(folder.episode(slug).facts).recording
        assert recording is not None
        assert recording.file == f"recording{ending}"


def test_progress_tells_bytes(
    show: Show, folder: ShowFolder, site: Site, opus: Path
) -> None:
    url = site.media("/a.opus", opus.read_bytes())
    seen: list[tuple[float, float | None, str]] = []
    item = Item(source_id="1", source=url, access=Access(named=url))
    pull_item(show, folder, item, lambda d, t, n="": seen.append((d, t, n)))
    assert seen[-1] == (opus.stat().st_size, opus.stat().st_size, "download")


def test_a_page_with_several_recordings_is_no_single_one(
    show: Show, folder: ShowFolder, site: Site, opus: Path
) -> None:
    one = site.media("/1.opus", opus.read_bytes())
    url = site.put("/f.xml", Page(type="text/xml", body=feed(entry("A", one, "1"))))
    with pytest.raises(SourceError, match="is a list or a page with several"):
        pull_item(
            show, folder, Item(source_id="x", source=url, access=Access(named=url))
        )


def hls(*segments: str, ended: bool = True) -> Page:
    lines = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-TARGETDURATION:2"]
    for address in segments:
        lines += ["#EXTINF:2.0,", address]
    lines += ["#EXT-X-ENDLIST"] if ended else []
    return Page(type="application/vnd.apple.mpegurl", body="\n".join(lines).encode())


def test_a_stream_in_parts_is_put_together_without_ffmpeg(
    show: Show, folder: ShowFolder, site: Site, tmp_path: Path
) -> None:
    parts = []
    for number in range(2):
        body = write(tmp_path / f"{number}.ts", speechlike(2)).read_bytes()
        parts.append(site.media(f"/{number}.ts", body))
    url = site.put("/talk.m3u8", hls(*parts))
    (slug,) = pull(show, folder, url)
    recording = load_episode(folder.episode(slug).facts).recording
    assert recording is not None
    assert (
        abs(decode_mono(folder.episode(slug).recording(recording.file)).size - 64000)
        < 5000
    )


def test_a_broadcast_that_has_not_ended_is_said(
    show: Show, folder: ShowFolder, site: Site, tmp_path: Path
) -> None:
    body = write(tmp_path / "0.ts", speechlike(2)).read_bytes()
    url = site.put("/live.m3u8", hls(site.media("/0.ts", body), ended=False))
    with pytest.raises(SourceError, match="is live at this moment"):
        pull(show, folder, url)
    assert left(folder) == []


def test_a_name_does_not_pass_for_a_message(
    show: Show, folder: ShowFolder, site: Site
) -> None:
    for name in ("Our%20live%20stream.mp4", "private%20video.mp3", "captcha.mp3"):
        with pytest.raises(SourceError, match=r"is not there \(HTTP 404\)"):
            pull(show, folder, f"{site.address}/{name}")


def test_another_process_at_the_same_item_is_said(
    show: Show, folder: ShowFolder, opus: Path
) -> None:
    (folder.root / "a.opus").write_bytes(opus.read_bytes())
    (item,) = list_items(Source(url="a.opus"), folder.root)
    pull_item(show, folder, item)
    (lock,) = (folder.state / "pull").glob("*.lock")
    code = (
        "import sys; from filelock import FileLock\n"
        f"with FileLock({str(lock)!r}):\n    print('held', flush=True); input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(SourceError, match="is being pulled by another process"):
            pull_item(show, folder, item)
        other.stdin.write(b"\n")
        other.stdin.close()
    assert pull_item(show, folder, item) == folder.slugs()[0]


def test_a_folder_that_cannot_be_written_is_said(
    show: Show, folder: ShowFolder, opus: Path
) -> None:
    (folder.root / "a.opus").write_bytes(opus.read_bytes())
    (folder.root / "episodes").write_text("a file where a folder should be")
    with pytest.raises(PullquoteError, match=r"a\.opus: cannot be stored"):
        pull(show, folder, "a.opus")


def test_a_fresh_clone_pulls_its_recordings_again(
    show: Show, folder: ShowFolder, site: Site, opus: Path
) -> None:
    (folder.root / "a.opus").write_bytes(opus.read_bytes())
    url = site.media("/b.opus", opus.read_bytes())
    for source in ("a.opus", url):
        (slug,) = pull(show, folder, source)
        recording = load_episode(folder.episode(slug).facts).recording
        assert recording is not None
        path = folder.episode(slug).recording(recording.file)
        assert restore_recording(folder, slug, recording) == path
        path.write_bytes(b"something else")
        with pytest.raises(MediaError, match="is not the recording that was pulled"):
            restore_recording(folder, slug, recording)
        path.unlink()
        assert restore_recording(folder, slug, recording) == path
        assert path.read_bytes() == opus.read_bytes()
        path.unlink()
        other = replace(recording, sha256="0" * 64)
        with pytest.raises(SourceError, match="is not the recording any more"):
            restore_recording(folder, slug, other)
        assert not path.exists()
    assert recording is not None
    gone = replace(recording, source="elsewhere.opus")
    with pytest.raises(
        SourceError, match=r"elsewhere\.opus: no such file on this mach"
    ):
        restore_recording(folder, slug, gone)


def test_what_leads_nowhere_is_one_line_and_the_others_go_on(
    show: Show, folder: ShowFolder, site: Site, opus: Path
) -> None:
    around = {"Location": "/around"}
    video = b'<html><title>x</title><video src="http://[x"></video></html>'
    wrong = {
        "http://[::1": "is no address and no path",
        "~nobody-here/a.mp3": "is no address and no path",
        "a" * 300: "File name too long",
        site.put("/video", Page(body=video)): "leads to an address that is none",
        site.put("/around", Page(status=302, headers=around)): "in a circle",
    }
    site.media("/talk.opus", opus.read_bytes())
    rows = [entry("Bad", "http://[x", "1"), entry("Here", "/talk.opus", "2")]
    listed = site.put("/feed.xml", Page(type="text/xml", body=feed(*rows)))
    outcomes = pull_sources(folder, show, [*wrong, listed], Quiet())
    assert [o.state for o in outcomes] == ["failed"] * 6 + ["done"]
    for outcome, words in zip(outcomes, wrong.values(), strict=False):
        assert words in str(outcome.error)
        assert "\n" not in str(outcome.error)


def test_a_picture_whose_address_is_none_costs_nothing(
    show: Show, folder: ShowFolder, site: Site, opus: Path
) -> None:
    url = site.media("/talk.opus", opus.read_bytes())
    item = Item(source_id="1", source=url, thumbnail="http://[::1", enclosed=True)
    slug = pull_item(show, folder, replace(item, access=Access(named=url)))
    assert load_episode(folder.episode(slug).facts).cover is None
