"""Apps load a picture once for each address: another one has another."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from pullquote.formats.folder import ShowFolder
from pullquote.pipeline.building.build import build_public
from pullquote.publish.serving.redirects import parse_redirects
from tests.media.made import picture
from tests.pipeline.test_breaches import SLUG, TODAY, Quiet, _copy, edit, public
from tests.publish.rules import ITUNES

__all__ = ["public"]

SITE = "https://spine-time.example/"


def built(root: Path) -> tuple[str, str, list[bytes]]:
    """Return where show and episode have their covers, and the items without them."""
    build_public(ShowFolder(root), Quiet(), today=TODAY)
    channel = etree.fromstring((root / "site/feeds/podcast.xml").read_bytes())[0]
    found: list[str] = []
    for image in channel.findall(f".//{ITUNES}image"):
        found.append(image.get("href", ""))
        parent = image.getparent()
        assert parent is not None
        parent.remove(image)
    show, episode = found
    assert channel.findtext("image/url") == show
    return show, episode, [*map(etree.tostring, channel.findall("item"))]


def shown(root: Path, url: str) -> bytes:
    """Return what the site has at an address of its own."""
    assert url.startswith(SITE)
    return (root / "site" / url.removeprefix(SITE)).read_bytes()


def test_feed_and_pages_show_a_new_cover_at_a_new_address(
    public: Path, tmp_path: Path
) -> None:
    root = tmp_path / "show"
    _copy(public, root)
    art, own = root / "sample/cover.jpg", root / f"episodes/{SLUG}/own.jpg"
    picture(own, 1400, 1400)
    edit(root, f"episodes/{SLUG}/episode.toml", "title =", 'cover = "own.jpg"\ntitle =')
    show, episode, items = built(root)
    assert show.endswith("/cover.jpg")
    assert episode.endswith(f"/media/{SLUG}.jpg")
    first = art.read_bytes(), own.read_bytes()

    picture(art, 1500, 1500)
    picture(own, 1600, 1600)
    second = art.read_bytes(), own.read_bytes()
    show2, episode2, after = built(root)
    assert after == items  # no app sees a new episode
    assert len({show, show2, episode, episode2}) == 4
    # who has the old address alone is shown the new picture
    assert shown(root, show) == shown(root, show2)
    assert shown(root, episode) == shown(root, episode2)
    told = [*(root / "site").rglob("*.html"), *(root / "site/feeds").iterdir()]
    assert not [p for p in told if "/cover.jpg" in p.read_text("utf-8")]
    assert show2 in (root / "site/index.html").read_text("utf-8")

    art.write_bytes(first[0])
    own.write_bytes(first[1])
    assert built(root)[:2] == (show, episode)
    rules = parse_redirects((root / "site/_redirects").read_text())
    lead = {path: rule.target for path, rule in rules.items()}
    assert lead[f"/{show2.removeprefix(SITE)}"] == "/cover.jpg"
    assert lead[f"/{episode2.removeprefix(SITE)}"] == f"/media/{SLUG}.jpg"
    art.write_bytes(second[0])
    own.write_bytes(second[1])
    assert built(root)[:2] == (show2, episode2)
