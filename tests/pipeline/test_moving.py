"""A show moves to Pullquote, and subscribers do not notice."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

import feedparser
import pytest
from typer.testing import CliRunner

from pullquote.cli.app import app
from pullquote.errors import ContentError, PullquoteError, SourceError, UsageError
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.redactions_toml import add_redactions
from pullquote.formats.show_toml import load_show
from pullquote.media.cover import check_cover
from pullquote.media.tags import Tags, write_tags
from pullquote.model.answer import Clip, Redaction
from pullquote.model.episode import Chapter
from pullquote.model.show import Source
from pullquote.pipeline.building.build import build_public
from pullquote.pipeline.checking import check_show
from pullquote.pipeline.library.load import load_library
from pullquote.pipeline.lock import only_one
from pullquote.pipeline.outcome import Quiet
from pullquote.pipeline.pulling.moving import init_from_feed
from pullquote.pipeline.pulling.sources import make_enclosures, pull_sources
from pullquote.publish.feeds.podcast_channel import podcast_guid
from pullquote.publish.feeds.requirements import feed_faults
from pullquote.pull.old_show import parse_old_show
from tests.media.made import picture, speechlike, write
from tests.publish.feeds import podcast_feed
from tests.pull.server import Page, Site, serving

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>
<title>Backbone &amp; Co</title><link>https://old.example/show</link>
<description>Viewers ask.</description><language>en-US</language>
<itunes:author>Backbone House</itunes:author><copyright>2021 BH</copyright>
<itunes:owner><itunes:name>Mona</itunes:name><itunes:email>m@old.example</itunes:email></itunes:owner>
<itunes:category text="Health &amp; Fitness"><itunes:category text="Medicine"/></itunes:category>
<itunes:explicit>false</itunes:explicit>
"""
FIRST = datetime(2015, 1, 7, 19, 30, 5, tzinfo=UTC)


def item(number: int, address: str = "https://old.example/media") -> str:
    """Return an item as real hosts write them: no two are alike."""
    when = FIRST + timedelta(days=7 * number, seconds=number)
    guids = (
        f"https://old.example/?p={number}",
        f"tag:old.example,2015:{number}",
        f"3f6c0000-0000-4000-8000-{number:012}",
        f"  buzz-{number}  ",
    )
    kinds = (("mp3", "audio/mpeg"), ("m4a", "audio/x-m4a"), ("mp4", "video/mp4"))
    ending, kind = kinds[number % 3]
    permanent = ' isPermaLink="false"' if number % 2 else ""
    length = 10_000_000 + 7919 * number
    durations = (f"{1800 + number}", f"{number % 60:02}:07", f"1:{number % 60:02}:09")
    return f"""<item><title>Talk {number} &amp; more</title>
<guid{permanent}>{guids[number % 4]}</guid><pubDate>{format_datetime(when)}</pubDate>
<description>About <b>backs</b>, part {number}.</description>
<content:encoded><![CDATA[<p>Part {number}</p><p>0:00 Hello<br>1:00 More<br>2:00 End</p>]]></content:encoded>
<enclosure url="{address}/{number}.{ending}?x=1&amp;y=2" length="{length}" type="{kind}"/>
<itunes:duration>{durations[number % 3]}</itunes:duration>
<itunes:episode>{number + 1}</itunes:episode><itunes:season>2</itunes:season></item>"""


def old_feed(*items: str, head: str = "") -> bytes:
    return f"{HEAD}{head}{''.join(items)}</channel></rss>".encode()


def rss_of(folder: ShowFolder) -> bytes:
    library = load_library(folder).library
    return podcast_feed(library, {})


def as_clients_see(data: bytes) -> dict[str, tuple[Any, ...]]:
    found = {}
    for entry in feedparser.parse(data).entries:
        (sound,) = entry.enclosures
        found[entry.id] = (
            tuple(entry.published_parsed),
            sound.href,
            sound.length,
            sound.type,
        )
    return found


@pytest.fixture
def folder(tmp_path: Path) -> ShowFolder:
    return ShowFolder(tmp_path / "moved")


def test_a_show_is_published_again_and_no_client_sees_a_new_episode(
    folder: ShowFolder, site: Site
) -> None:
    """A few here; `bench/pull_move.py` has 300."""
    before = old_feed(*(item(n) for n in reversed(range(40))))
    url = site.put("/feed.xml", Page(type="application/rss+xml", body=before))
    result = CliRunner().invoke(app, ["init", str(folder.root), "--from-feed", url])
    assert result.exit_code == 0, result.output
    assert "brought over 40 episodes of Backbone & Co" in result.output
    after = rss_of(folder)
    seen = as_clients_see(before)
    assert len(seen) == 40
    assert as_clients_see(after) == seen
    assert feedparser.parse(after).feed.podcast_guid == podcast_guid(url)
    assert load_library(folder).faults == ()
    (fault,) = feed_faults(load_library(folder).library)
    assert "has no cover" in fault.problem


def test_the_shows_facts_and_cover_come_along(
    folder: ShowFolder, site: Site, tmp_path: Path
) -> None:
    art = picture(tmp_path / "art.png", 1500, 1500)
    address = site.put("/art.png", Page(body=art.read_bytes(), type="image/png"))
    head = f'<itunes:image href="{address}"/><podcast:guid>abc-1</podcast:guid>'
    head += "<itunes:type>serial</itunes:type>"
    head += '<podcast:funding url="https://old.example/give">Give &amp; help</podcast:funding>'
    head += (
        '<podcast:license url="https://old.example/terms">Our terms</podcast:license>'
    )
    url = site.put(
        "/feed.xml", Page(type="text/xml", body=old_feed(item(0), head=head))
    )
    made, old = init_from_feed(folder, url)
    assert old.notes == ()
    assert folder.root / "cover.png" in made
    assert check_cover(folder.root / "cover.png").width == 1500
    show = load_show(folder.show)
    assert (show.title, show.site) == ("Backbone & Co", "https://old.example/show/")
    assert (show.language, show.author) == ("en-US", "Backbone House")
    assert show.feed.guid == "abc-1"
    assert show.feed.category == ("Health & Fitness", "Medicine")
    assert show.feed.serial
    assert b"<itunes:type>serial</itunes:type>" in rss_of(folder)
    assert (show.feed.license, show.feed.license_href) == (
        "Our terms",
        "https://old.example/terms",
    )
    assert (show.feed.funding, show.feed.funding_text) == (
        "https://old.example/give",
        "Give & help",
    )
    assert (show.feed.owner_name, show.feed.owner_email) == ("Mona", "m@old.example")
    assert show.feed.copyright == "2021 BH"
    (slug,) = folder.slugs()
    episode = load_episode(folder.episode(slug).facts)
    assert (episode.title, episode.season, episode.number) == ("Talk 0 & more", 2, 1)
    assert len(episode.chapters) == 3
    assert folder.episode(slug).notes.read_text().startswith("Part 0")


def test_a_cover_that_directories_refuse_is_made_square(
    folder: ShowFolder, site: Site, tmp_path: Path
) -> None:
    art = picture(tmp_path / "art.jpg", 640, 360)
    address = site.put("/art.jpg", Page(body=art.read_bytes()))
    bad = site.put("/bad.jpg", Page(body=b"<html>"))
    for number, image in enumerate((address, bad)):
        head = f'<itunes:image href="{image}"/>'
        page = Page(type="text/xml", body=old_feed(item(0), head=head))
        place = ShowFolder(folder.root / str(number))
        init_from_feed(place, site.put("/feed.xml", page))
        cover = load_show(place.show).cover
        assert cover == ("cover.jpg" if image == address else None)
    assert check_cover(folder.root / "0" / "cover.jpg").width == 3000


def test_a_day_is_the_publishers_and_a_sound_what_can_be_heard() -> None:
    row = """<item><title>Late</title><guid>1</guid>
<pubDate>Wed, 16 Jun 2021 20:00:00 -0600</pubDate>
<enclosure url="https://old.example/1.jpg" type="image/jpeg" length="1"/>
<enclosure url="https://old.example/1.m4a?x" length="2"/></item>"""
    (one,) = parse_old_show([old_feed(row)], "x").episodes
    assert one.slug == "2021-06-16-late"
    assert one.episode.published == datetime(2021, 6, 17, 2, tzinfo=UTC)
    assert one.episode.enclosure is not None
    assert one.episode.enclosure.url == "https://old.example/1.m4a?x"
    assert one.episode.enclosure.type.startswith("audio/")


def test_episodes_own_pictures_come_along_and_stand_in_the_feed(
    folder: ShowFolder, site: Site, tmp_path: Path
) -> None:
    art = picture(tmp_path / "art.jpg", 1500, 1500).read_bytes()
    shows, own = (site.put(f"/{n}.jpg", Page(body=art)) for n in ("show", "own"))
    bad = site.put("/bad.jpg", Page(body=b"<html>"))
    images = (own, own, bad, shows, None)
    rows = [
        item(n).replace(
            "</item>", f'<itunes:image href="{image}"/></item>' * bool(image)
        )
        for n, image in enumerate(images)
    ]
    head = f'<itunes:image href="{shows}"/>'
    page = Page(type="text/xml", body=old_feed(*rows, head=head))
    init_from_feed(folder, site.put("/feed.xml", page))
    slugs = sorted(folder.slugs())
    covers = [load_episode(folder.episode(slug).facts).cover for slug in slugs]
    assert covers == ["cover.jpg", "cover.jpg", None, None, None]
    assert [path for path, _ in site.asked].count("/own.jpg") == 1
    build_public(folder, Quiet())
    seen = feedparser.parse((folder.feeds / "podcast.xml").read_bytes()).entries
    address = f"https://old.example/show/media/{slugs[0]}.jpg"
    assert [e.image.href for e in seen if "image" in e][-1] == address
    assert (folder.site / "media" / f"{slugs[0]}.jpg").read_bytes() == art
    assert check_show(folder) == ()
    folder.episode(slugs[0]).recording("cover.jpg").unlink()
    (fault,) = check_show(folder)
    assert "cover.jpg: no such file" in str(fault)
    with pytest.raises(ContentError, match="there is no picture"):
        build_public(folder, Quiet())


def test_transcripts_chapters_and_what_is_explicit_come_along(
    folder: ShowFolder, site: Site
) -> None:
    vtt = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Mona>Does it heal? It does.\n"
    chapters = """{"version": "1.2.0", "chapters": [{"startTime": 61.5, "title": "More"},
 {"startTime": 0, "title": "Hello"}, {"startTime": 9, "title": "Hidden", "toc": false}]}"""
    told = site.put("/1.vtt", Page(body=vtt.encode()))
    page = site.put("/1.html", Page(body=b"<p>no"))
    listed = site.put("/1.json", Page(body=chapters.encode()))
    broken = site.put("/2.json", Page(body=b"[]"))

    def more(number: int, explicit: str, *tags: str) -> str:
        row = "".join(f"<podcast:{tag}/>" for tag in tags)
        row += f"<itunes:explicit>{explicit}</itunes:explicit></item>"
        return item(number).replace("</item>", row)

    rows = (
        more(
            0,
            "true",
            f'chapters url="{listed}"',
            f'transcript type="text/html" url="{page}"',
            f'transcript type="text/vtt" url="{told}"',
        ),
        more(1, "clean", f'chapters url="{broken}"'),
        more(2, "?", f'transcript type="text/vtt" url="{site.address}/gone"'),
    )
    body = old_feed(*rows).replace(
        b">false</itunes:explicit>", b"> True </itunes:explicit>", 1
    )
    _, old = init_from_feed(folder, site.put("/feed.xml", Page(body=body)))
    assert [note.partition(":")[0] for note in old.notes] == [
        "without its chapters, which is not a JSON object",
        "without its transcript, which cannot be loaded",
    ]
    assert load_show(folder.show).feed.explicit
    third, second, first = (folder.episode(slug) for slug in folder.slugs())
    facts = [load_episode(paths.facts) for paths in (first, second, third)]
    assert [episode.explicit for episode in facts] == [True, False, None]
    assert [(c.start, c.title) for c in facts[0].chapters] == [
        (0, "Hello"),
        (61500, "More"),
    ]
    assert "Does it heal?\nIt does." in first.transcript.read_text()
    assert "Mona?" in first.transcript.read_text()
    assert len(facts[1].chapters) == 3, "as the show notes tell them"
    assert not second.transcript.exists()
    build_public(folder, Quiet())
    seen = feedparser.parse((folder.feeds / "podcast.xml").read_bytes()).entries
    (one,) = (entry for entry in seen if "podcast_transcript" in entry)
    assert one.title == "Talk 0 & more"
    written = (folder.feeds / "podcast.xml").read_text().split("<item>")[1:]
    assert [("explicit>true<" in row) for row in written] == [True, False, True]


def test_podlove_chapters_and_named_people_come_along(
    folder: ShowFolder, site: Site
) -> None:
    chapters = """<psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters">
<psc:chapter start="18.5" title="Slugs &amp; co"/><psc:chapter start="0" title="Hello"/>
<psc:chapter start="01:02:03.004" title="End"/><psc:chapter start="soon" title="?"/>
</psc:chapters>"""
    guest = """<podcast:person role="Guest" href="https://old.example/ada">Ada Kell</podcast:person>
<podcast:person>Mona Kell</podcast:person><podcast:person role="Editor">Ed</podcast:person>"""
    head = "<podcast:person>Mona Kell</podcast:person>"
    rows = (item(0).replace("</item>", f"{chapters}{guest}</item>"), item(1))
    body = old_feed(*rows, head=head)
    init_from_feed(folder, site.put("/feed.xml", Page(body=body)))
    people = load_show(folder.show).people
    assert [(one.id, one.name, one.role, one.href) for one in people] == [
        ("kell", "Mona Kell", "host", None),
        ("ada-kell", "Ada Kell", "guest", "https://old.example/ada"),
    ]
    second, first = (load_episode(folder.episode(s).facts) for s in folder.slugs())
    assert [(c.start, c.title) for c in first.chapters] == [
        (0, "Hello"),
        (18_500, "Slugs & co"),
        (3_723_004, "End"),
    ]
    assert first.people == ("ada-kell", "kell")
    assert second.people == ("kell",), "the show's, where the item names nobody"


def test_addresses_are_taken_as_the_feed_means_them() -> None:
    def row(n: int, address: str) -> str:
        return f"<item><title>{n}</title><enclosure url='{address}'/></item>"

    told = ["/a.mp3", "b.mp3", "HTTPS://o.example/c.mp3?", "http://[::1", "file:///d"]
    rows = [row(n, address) for n, address in enumerate((*told, "javascript:1"))]
    found = parse_old_show([old_feed(*rows)], "https://o.example/show/feed.xml")
    sounds = [one.episode.enclosure for one in found.episodes]
    assert [sound and sound.url for sound in sounds] == [
        "https://o.example/a.mp3",
        "https://o.example/show/b.mp3",
        "HTTPS://o.example/c.mp3?",
    ]
    assert found.notes[-3:] == tuple(f"left out, it has no sound: {n}" for n in "345")


def test_an_address_in_another_one_makes_that_no_whole_one() -> None:
    row = (
        "<item><title>One</title><enclosure length='9' type='audio/mpeg'"
        " url='/go/https://cdn.example/1.mp3'/></item>"
    )
    (one,) = parse_old_show([old_feed(row)], "https://o.example/show/feed").episodes
    assert one.episode.enclosure is not None
    assert one.episode.enclosure.url == "https://o.example/go/https://cdn.example/1.mp3"


@pytest.mark.parametrize(
    "when",
    [
        "Wed, 16 Jun 2021 10:00:00 +99999999999999999999",
        "Wed, 16 Jun 99999999999999999999 10:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "0001-01-01T00:00:00Z",
    ],
)
def test_an_item_of_no_day_is_a_draft_and_the_others_come_along(when: str) -> None:
    row = (
        "<item><title>Odd</title><enclosure length='9' type='audio/mpeg'"
        f" url='https://o.example/9.mp3'/><pubDate>{when}</pubDate></item>"
    )
    odd, whole = parse_old_show([old_feed(row, item(0))], "x").episodes
    assert odd.episode.status == "draft"
    assert odd.episode.published is None
    assert whole.episode.status == "published"


def test_dirt_is_told_and_titles_are_text() -> None:
    def row(guid: str, title: str, more: str = "") -> str:
        at = f"<guid>{guid}</guid><enclosure url='https://o.example/{title[-1]}.mp3'/>"
        return f"<item><title>{title}</title>{at}{more}</item>"

    day = "<pubDate>Mon, 07 Jan 2019 06:00:00 GMT</pubDate>"
    rows = (
        row("a", "&lt;b&gt;Bold&lt;/b&gt; &amp;amp; R&amp;uuml;ckgrat 1", day),
        row("b", "AT&amp;T &lt; us 2", f"{day}<itunes:block>Yes</itunes:block>"),
        row("c", "Talk 3", "<pubDate>25 februar 2019 kl. 6</pubDate>"),
        row("a", "Talk 4", day),
        row("d", "Talk 5", day),
    )
    found = parse_old_show([old_feed(*rows, rows[1])], "https://o.example/feed")
    told = [(e.episode.title, e.episode.status) for e in found.episodes]
    assert told == [
        ("Bold & Rückgrat 1", "published"),
        ("AT&T < us 2", "draft"),
        ("Talk 3", "draft"),
        ("Talk 5", "published"),
    ]
    assert found.episodes[2].episode.held == date(2019, 2, 25)
    hidden, undated, twice = found.notes
    assert "itunes:block" in hidden
    assert "date '25 februar 2019 kl. 6' that can be read" in undated
    assert "GUID of 'Bold & Rückgrat 1'" in twice
    assert "Talk 4 (https://o.example/4.mp3)" in twice


def test_a_show_that_stays_at_its_address_keeps_its_sound_beside_the_new_site(
    folder: ShowFolder, site: Site
) -> None:
    """As WordPress does it; its feed was moved before, and its cover is gone."""
    head = '<itunes:image href="/gone.jpg"/>'
    body = old_feed(item(0, "media"), head=head).replace(
        b"https://old.example/show", f"{site.address}/".encode()
    )
    site.put("/now/feed.xml", Page(type="text/xml", body=body))
    moved = Page(status=301, headers={"Location": "/now/feed.xml"})
    again = item(0, "media").replace("?p=0", "?again").replace("Talk 0", "Again")
    body = body.replace(b"</channel>", f"{again}</channel>".encode())
    site.pages["/now/feed.xml"].body = body
    _, old = init_from_feed(folder, site.put("/feed", moved))
    kept, repeated = old.episodes
    assert kept.episode.enclosure == repeated.episode.enclosure
    assert kept.episode.enclosure is not None
    assert kept.episode.enclosure.url.startswith(f"{site.address}/now/media/0.")
    assert [note.partition(",")[0] for note in old.notes] == ["without a cover"]
    build_public(folder, Quiet())
    facts = folder.episode(kept.slug).facts
    facts.write_text(facts.read_text().replace("Talk 0", "Talk Zero"))
    build_public(folder, Quiet())
    seen = as_clients_see((folder.feeds / "podcast.xml").read_bytes())
    assert [row[1] for row in seen.values()] == [kept.episode.enclosure.url] * 2


def test_a_feed_in_pages_is_read_to_its_end(folder: ShowFolder, site: Site) -> None:
    following = '<atom:link rel="next" href="2.xml"/>'
    body = old_feed(item(2), item(1), head=following)
    url = site.put("/feed.xml", Page(type="text/xml", body=body))
    site.put(
        "/2.xml", Page(type="text/xml", body=old_feed(item(1), item(0), head=following))
    )
    _, old = init_from_feed(folder, url)
    assert [one.episode.number for one in old.episodes] == [3, 2, 1]


def test_items_without_sound_are_named_and_without_a_date_stay_drafts(
    folder: ShowFolder, tmp_path: Path
) -> None:
    bare = '<item><title>X</title><enclosure url="https://o.example/x.mp3"/></item>'
    (tmp_path / "old.xml").write_bytes(
        old_feed("<item><title>News</title></item>", bare)
    )
    _, old = init_from_feed(folder, str(tmp_path / "old.xml"))
    assert old.notes[0] == "left out, it has no sound: News"
    assert "it has no date that can be read" in old.notes[1]
    (episode,) = (one.episode for one in old.episodes)
    assert (episode.guid, episode.status) == ("https://o.example/x.mp3", "draft")
    assert episode.enclosure is not None
    assert (episode.enclosure.length, episode.enclosure.duration) == (0, 0)


def test_what_a_show_has_no_place_for_is_named() -> None:
    bite = '<podcast:soundbite startTime="1" duration="9"/><podcast:season>1</podcast:season>'
    rows = [item(n).replace("</item>", f"{bite}</item>") for n in range(2)]
    rows[1] = rows[1].replace("</guid>", "\n  </guid>")
    assert rows[1].count("\n  </guid>") == 1
    head = "<podcast:value/><podcast:locked>yes</podcast:locked>"
    found = parse_old_show([old_feed(*rows, head=head)], "https://o.example/feed.xml")
    padded, lost = found.notes
    assert padded.startswith("blanks around its GUID are gone")
    assert padded.endswith(found.episodes[1].episode.title)
    assert lost == (
        "not brought over, and in how many places it stood:"
        " podcast:soundbite (2), podcast:value (1)"
    )


@pytest.mark.parametrize("body", [b"", b"<html>no</html>", old_feed()])
def test_what_is_no_podcast_leaves_nothing(
    folder: ShowFolder, site: Site, body: bytes
) -> None:
    url = site.put("/feed.xml", Page(type="text/xml", body=body))
    with pytest.raises(SourceError, match="feed"):
        init_from_feed(folder, url)
    with pytest.raises(SourceError, match="no such file"):
        init_from_feed(folder, "none.xml")
    assert not folder.show.exists()


def test_a_show_or_what_is_one_s_own_is_left_alone(folder: ShowFolder) -> None:
    folder.root.mkdir(parents=True, exist_ok=True)
    for name in ("cover.jpg", "episodes"):
        own = folder.root / name
        own.mkdir() if name == "episodes" else own.write_bytes(b"mine")
        with pytest.raises(UsageError, match=f"{name}: is there already"):
            init_from_feed(folder, "https://x.example/")
        own.rmdir() if own.is_dir() else own.unlink()
    folder.show.write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        init_from_feed(folder, "https://x.example/")


def test_two_at_once_cannot_harm_each_other(folder: ShowFolder, site: Site) -> None:
    url = site.put("/feed.xml", Page(type="text/xml", body=old_feed(item(0), item(1))))
    with (
        only_one(folder, new=True),
        pytest.raises(UsageError, match="another Pullquote is at work"),
    ):
        init_from_feed(folder, url)
    assert not folder.show.exists()
    init_from_feed(folder, url)
    assert len(folder.slugs()) == 2


def test_text_from_outside_stays_text_in_show_toml() -> None:
    evil = HEAD.replace("Viewers ask.", 'a"\nx = 1\n"""\\')
    body = f"{evil}{item(0)}</channel></rss>".encode()
    from pullquote.pipeline.pulling.moving import show_text

    told = tomllib.loads(show_text(parse_old_show([body], "u"), 'u"\n[x]', None))
    assert set(told) == {
        "title",
        "description",
        "site",
        "language",
        "author",
        "review",
        "feed",
    }


@pytest.mark.parametrize(
    ("told", "language"), [("en_US", "en-US"), ("English", "en"), ("de", "de")]
)
def test_a_language_that_is_no_code_leaves_a_show_that_can_be_read(
    tmp_path: Path, told: str, language: str
) -> None:
    from pullquote.pipeline.pulling.moving import show_text

    twice = "".join(
        f"<podcast:person>{name}</podcast:person>"
        for name in ("Ada Fernby", "ADA FERNBY")
    )
    body = old_feed(item(0), head=twice).replace(b">en-US<", f">{told}<".encode())
    path = tmp_path / "show.toml"
    path.write_text(show_text(parse_old_show([body], "u"), "u", None))
    show = load_show(path)
    assert (show.language, len(show.people)) == (language, 1)


def test_what_was_never_public_is_guarded_and_no_category_is_made_up() -> None:
    from pullquote.pipeline.pulling.moving import show_text

    def told(row: str, head: str = HEAD) -> dict[str, Any]:
        body = f"{head}{row}</channel></rss>".encode()
        return tomllib.loads(show_text(parse_old_show([body], "u"), "u", None))

    transcript = '<podcast:transcript url="https://old.example/1.vtt" type="text/vtt"/>'
    assert told(item(0))["review"]["require_private"] is True
    public = told(item(0).replace("</item>", f"{transcript}</item>"))
    assert "require_private" not in public["review"]
    assert told(item(0))["feed"]["category"] == ["Health & Fitness", "Medicine"]
    bare = told(item(0), re.sub(r"<itunes:category.*\n", "", HEAD))
    assert bare["feed"]["category"] == [], "check asks for one"


def test_its_recordings_can_be_brought_here_afterwards(
    folder: ShowFolder, site: Site, opus: Path
) -> None:
    address = site.media("/0.opus", opus.read_bytes())
    row = item(0).replace("https://old.example/media/0.mp3?x=1&amp;y=2", address)
    row = row.replace("https://old.example/?p=0", "  p-0\n")  # short, and untidy
    url = site.put("/feed.xml", Page(type="text/xml", body=old_feed(row)))
    init_from_feed(folder, url)
    before = rss_of(folder)
    folder.show.write_text(
        folder.show.read_text()
        .replace("# [[sources]]", "[[sources]]")
        .replace("# url", "url")
        .replace("# title", "title")
    )
    show = load_show(folder.show)
    facts = folder.episode(folder.slugs()[0]).facts
    facts.write_text(facts.read_text() + "# mine\n")
    (outcome,) = pull_sources(folder, show, (), Quiet())
    assert outcome.state == "done"
    episode = load_episode(facts)
    assert episode.recording is not None
    assert "# mine" in facts.read_text()
    make_enclosures(folder, show, folder.slugs(), Quiet())
    assert rss_of(folder) == before
    (again,) = pull_sources(folder, show, (), Quiet())
    assert again.state == "unchanged"
    assert len(folder.slugs()) == 1
    text = folder.show.read_text().replace("[feed]", "[feed]\nown_sound = true")
    folder.show.write_text(text)
    mine, theirs = as_clients_see(rss_of(folder)), as_clients_see(before)
    assert mine["p-0"][0] == theirs["p-0"][0], "the same item, of the same day"
    own = f"https://old.example/show/media/{folder.slugs()[0]}.mp3"
    assert (theirs["p-0"][1], mine["p-0"][1]) == (address, own)
    assert not any("guid" in str(fault) for fault in check_show(folder))


def test_chapters_that_the_old_sound_alone_has_come_with_it(
    folder: ShowFolder, site: Site, tmp_path: Path
) -> None:
    chapters = (Chapter(start=0, title="Hello"), Chapter(start=1000, title="Slugs"))
    sound = write(tmp_path / "0.mp3", speechlike(3))
    day = date(2015, 1, 7)
    write_tags(sound, Tags(title="x", show="y", held=day, chapters=chapters), 3000)
    address = site.media("/0.mp3", sound.read_bytes())
    row = re.sub(r"<content.*?</content:encoded>", "", item(0)).replace(
        "https://old.example/media/0.mp3?x=1&amp;y=2", address
    )
    url = site.put("/feed.xml", Page(type="text/xml", body=old_feed(row)))
    init_from_feed(folder, url)
    show = replace(load_show(folder.show), sources=(Source(url=url),))
    facts = folder.episode(folder.slugs()[0]).facts
    assert load_episode(facts).chapters == ()
    pull_sources(folder, show, (), Quiet())
    assert load_episode(facts).chapters == chapters


def test_what_is_redacted_is_not_heard_at_the_old_host_unsaid(
    folder: ShowFolder, site: Site, opus: Path
) -> None:
    url = site.put("/feed.xml", Page(type="text/xml", body=old_feed(item(0))))
    init_from_feed(folder, url)
    build_public(folder, Quiet())
    clip = Clip(start=10_000, end=11_000)
    paths = folder.episode(folder.slugs()[0])
    add_redactions(paths.redactions, [Redaction(clip=clip, replacement="a viewer")])
    with pytest.raises(PullquoteError, match="at another host, with what is redacted"):
        build_public(folder, Quiet())
    assert any("at another host" in str(fault) for fault in check_show(folder))


def test_notes_that_are_the_summary_too_are_told_once_and_keep_their_links() -> None:
    html = '<p>Of <a href="https://soil.example/a">soil</a>.</p><p>And</p><ul><li>more</ul>'
    same = item(0).replace("About <b>backs</b>, part 0.", escape(html))
    data = old_feed(re.sub(r"CDATA\[.*\]\]", f"CDATA[{html}]]", same), item(1))
    told, other = parse_old_show([data], "https://old.example/feed.xml").episodes
    assert told.episode.summary == "Of soil."
    assert told.notes == "Of [soil](<https://soil.example/a>).\n\nAnd\n\n- more\n"
    assert other.episode.summary == "About backs, part 1."


@pytest.fixture
def site() -> Any:
    with serving() as running:
        yield running


@pytest.fixture
def opus(tmp_path: Path) -> Path:
    from tests.media.made import speechlike, write

    return write(tmp_path / "talk.opus", speechlike(2))
