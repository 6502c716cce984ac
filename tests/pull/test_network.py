from __future__ import annotations

import gzip
import resource
import socket
from collections.abc import Iterator

import pytest

from pullquote.errors import SourceError
from pullquote.formats.folder import ShowFolder
from pullquote.model.show import Show, Source
from pullquote.pull import download, network
from pullquote.pull.download import Asked, fetch
from pullquote.pull.item import pull_item
from pullquote.pull.listing import list_items
from pullquote.pull.network import check_host, is_private, outside_only
from pullquote.pull.plan import Access, Item
from pullquote.pull.session import session
from tests.pull.server import Page, Site, entry, feed, serving

INSIDE = "leads into this machine's own or private network"


@pytest.fixture
def inside() -> Iterator[Site]:
    """Another server on this machine, which nobody named."""
    with serving() as running:
        yield running


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_private_addresses_are_known(host: str) -> None:
    assert is_private(host)


@pytest.mark.parametrize("host", ["9.9.9.9", "2606:4700::1111", "::ffff:9.9.9.9"])
def test_public_addresses_are_known(host: str) -> None:
    assert not is_private(host)


def test_what_a_feed_names_inside_the_network_is_refused(
    show: Show, folder: ShowFolder, site: Site, inside: Site, opus: object
) -> None:
    port = inside.address.rpartition(":")[2]
    bodies = [inside.address, f"http://localhost:{port}", f"http://[::1]:{port}"]
    rows = [entry(f"E{n}", f"{a}/x.mp3", str(n)) for n, a in enumerate(bodies)]
    url = site.put("/feed.xml", Page(type="text/xml", body=feed(*rows)))
    items = list_items(Source(url=url), folder.root)
    assert len(items) == 3
    for item in items:
        with pytest.raises(SourceError, match=INSIDE):
            pull_item(show, folder, item)
    assert inside.asked == []


def test_a_redirect_into_the_network_is_refused(
    show: Show, folder: ShowFolder, site: Site, inside: Site
) -> None:
    there = {"Location": f"{inside.address}/secret.mp3"}
    inside.media("/secret.mp3", b"secret")
    url = site.put("/a.mp3", Page(status=302, headers=there))
    with pytest.raises(SourceError, match=INSIDE) as caught:
        list_items(Source(url=url), folder.root)
    assert "private_network = true" in str(caught.value)
    item = Item(source_id="1", source=url, access=_access(url))
    with pytest.raises(SourceError, match=INSIDE):
        pull_item(show, folder, item)
    assert inside.asked == []


def _access(named: str) -> Access:
    return Access(named=named)


def test_the_producer_may_allow_it(
    folder: ShowFolder, site: Site, inside: Site
) -> None:
    there = {"Location": inside.media("/talk.mp3", b"ID3")}
    url = site.put("/a.mp3", Page(status=302, headers=there))
    source = Source(url=url, private_network=True)
    assert [item.source for item in list_items(source, folder.root)]
    assert inside.asked


def test_a_name_that_leads_inside_is_refused_before_a_proxy_is_asked() -> None:
    with outside_only(()), pytest.raises(OSError, match=INSIDE):
        check_host("http://localhost:1/")
    with outside_only(()):
        check_host("http://no-such-host.invalid/")
        check_host("not an address")
    check_host("http://9.9.9.9/")


def test_a_name_that_leads_elsewhere_the_second_time_is_refused(
    folder: ShowFolder, inside: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: it is looked up for the check, then once more to connect."""
    port = int(inside.address.rpartition(":")[2])
    asked = []

    def resolve(host: str, *more: object, **named: object) -> list[object]:
        asked.append(host)
        told = "9.9.9.9" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (told, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    inside.media("/a.mp3", b"secret")
    item = Item(source_id="1", source=f"http://rebound.example:{port}/a.mp3")
    with pytest.raises(SourceError, match=INSIDE):
        fetch(item, folder.root, Asked())
    assert len(asked) >= 2
    assert inside.asked == []


def test_libcurl_which_goes_past_the_guard_is_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from yt_dlp.networking import common as networking
    from yt_dlp.networking._urllib import UrllibRH

    class CurlCFFIRH(UrllibRH):  # type: ignore[misc]  # it has no types
        """Stands for the one that comes with curl_cffi."""

    monkeypatch.setitem(networking._REQUEST_HANDLERS, "CurlCFFI", CurlCFFIRH)
    for allowed in (False, True):
        with session("x", Access(private_network=allowed)) as ydl:
            assert ("CurlCFFI" in ydl._request_director.handlers) is allowed


def test_the_guard_ends_with_its_block(site: Site) -> None:
    host, port = site.address.removeprefix("http://").split(":")
    with (
        outside_only((site.address,)),
        socket.create_connection((host, int(port))) as open_,
    ):
        assert open_
    with outside_only(()), pytest.raises(network.PrivateNetworkError):
        socket.create_connection((host, int(port)))
    with socket.create_connection((host, int(port))) as open_:
        assert open_


def test_a_radio_station_is_live(
    show: Show, folder: ShowFolder, site: Site, opus: object
) -> None:
    station = {"icy-name": "Backbone FM"}
    page = Page(body=b"\xff\xfb" * 500, type="audio/mpeg", headers=station)
    page.endless = True
    url = site.put("/radio.mp3", page)
    with pytest.raises(SourceError, match="is live at this moment"):
        list_items(Source(url=url), folder.root)


def test_a_stream_that_never_ends_is_left(
    show: Show, folder: ShowFolder, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "_ENDLESS_BYTES", 20_000)
    page = Page(body=b"\xff\xfb\x90\x00" * 500, type="audio/mpeg", endless=True)
    url = site.put("/radio.mp3", page)
    item = Item(source_id="1", source=url, access=_access(url))
    with pytest.raises(SourceError, match="is live at this moment"):
        pull_item(show, folder, item)
    assert not list((folder.root).glob("episodes/*"))


def test_what_does_not_fit_on_the_disk_is_not_begun(
    show: Show, folder: ShowFolder, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "_SPARE_BYTES", 1 << 62)
    url = site.media("/a.mp3", b"\xff\xfb" * 5000)
    item = Item(source_id="1", source=url, access=_access(url))
    with pytest.raises(SourceError, match="the disk is full"):
        pull_item(show, folder, item)


def test_protection_against_copying_is_said(
    folder: ShowFolder, show: Show, site: Site
) -> None:
    key = '#EXT-X-KEY:METHOD=SAMPLE-AES,KEYFORMAT="com.apple.streamingkeydelivery",URI="skd://1"'
    lines = ["#EXTM3U", "#EXT-X-TARGETDURATION:2", key, "#EXTINF:2.0,", "0.ts"]
    body = "\n".join([*lines, "#EXT-X-ENDLIST"]).encode()
    url = site.put("/t.m3u8", Page(type="application/vnd.apple.mpegurl", body=body))
    with pytest.raises(SourceError, match="protected against copying"):
        list_items(Source(url=url), folder.root)


def test_an_empty_answer_is_said(show: Show, folder: ShowFolder, site: Site) -> None:
    url = site.put("/a.mp3", Page(type="audio/mpeg"))
    item = Item(source_id="1", source=url, access=_access(url))
    with pytest.raises(SourceError, match="is empty"):
        pull_item(show, folder, item)


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_to_wait_is_waited_for(
    show: Show, folder: ShowFolder, site: Site, opus: object, status: int
) -> None:
    page = Page(body=b"\xff\xfb" * 50, type="audio/mpeg", refusals=2, refusal=status)
    page.refusal_headers = {"Retry-After": "0"}
    url = site.put("/a.mp3", page)
    assert list_items(Source(url=url), folder.root)
    assert len(site.asked) == 3
    page.refusals, page.refusal_headers = 2, {"Retry-After": "7200"}
    with pytest.raises(SourceError):
        list_items(Source(url=url), folder.root)
    page.refusals = 2
    page.refusal_headers = {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}
    assert list_items(Source(url=url), folder.root)
    page.refusals, page.refusal_headers = 1, {"Retry-After": "soon"}
    with pytest.raises(SourceError):
        list_items(Source(url=url), folder.root)


def test_a_page_that_unpacks_to_gigabytes_is_left(
    show: Show, folder: ShowFolder, site: Site
) -> None:
    bomb = gzip.compress(b"<rss>" + bytes(150_000_000), 1)
    page = Page(body=bomb, type="text/xml", headers={"Content-Encoding": "gzip"})
    address = site.put("/feed.xml", page)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SourceError, match="is a page of more than 12 MB"):
        list_items(Source(url=address), folder.root)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 120_000  # kilobytes
