"""A YouTube of the tests' own, so that yt-dlp's real extractors run from end to end.

yt-dlp believes that it speaks with www.youtube.com: one request handler leads all of
it to a server on this machine, where a channel, its tabs, its pages of thirty and each
video's player answer as the site does (as far as the extractors look). The media are
on that server too. Videos are made up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.pull.server import Page, Site

HOSTS = (".youtube.com", ".ytimg.com", ".googlevideo.com")
CHANNEL = "UCbackbone0000000000000w"
PAGE = 30
"""Entries that a tab shows at once."""


@dataclass
class Video:
    """What YouTube knows of one video."""

    id: str
    title: str
    tab: str = "videos"
    sound: str | None = None
    """Address of the sound alone."""
    whole: str | None = None
    """Address of picture and sound in one file."""
    status: Mapping[str, Any] = field(default_factory=lambda: {"status": "OK"})
    badge: str = "50:00"
    """What the list shows on the picture: the length, LIVE, UPCOMING, MEMBERS."""
    ago: str = "2 years ago"
    details: Mapping[str, Any] = field(default_factory=dict)
    broadcast: Mapping[str, Any] | None = None
    uploaded: str = "2021-06-17T03:00:00-00:00"
    description: str = "Viewers ask."
    captions: str | None = None


class YouTube:
    """Answers as www.youtube.com does; ``asked`` holds what of it was wanted."""

    def __init__(self, site: Site, videos: Sequence[Video]) -> None:
        self.videos = list(videos)
        self.asked: list[str] = []
        site.answer = self._answer

    def _answer(self, path: str, posted: bytes) -> Page | None:
        parts = urlsplit(path)
        if not parts.path.startswith("/yt/"):
            return None
        place = parts.path.removeprefix("/yt")
        query = {k: v[0] for k, v in parse_qs(parts.query).items()}
        told = json.loads(posted) if posted else {}
        self.asked.append(place)
        if place == "/youtubei/v1/player":
            return _json(self._player(told["videoId"]))
        if place == "/youtubei/v1/browse":
            return _json(self._more(told))
        if place == "/youtubei/v1/search":
            return _json(_found(self.videos))
        if place == "/watch":
            return _html(_WATCH, self._player(query["v"]))
        if place == "/playlist":
            return _html(self._list(self.videos))
        if place == _SCRIPT:
            return Page(type="text/javascript", body=_PUZZLE.encode())
        if place.startswith("/embed/"):
            return _html(_WATCH)
        if place.startswith("/@backbone"):
            tab = place.rpartition("/")[2]
            return _html(self._channel(tab))
        return Page(status=404, body=b"")

    def _channel(self, tab: str) -> dict[str, Any]:
        names = {"featured": "Home", "videos": "Videos"}
        names |= {"streams": "Live", "shorts": "Shorts"}
        held = {"featured", *(video.tab for video in self.videos)}
        tab = tab if tab in held else "featured"  # as YouTube leads on to
        tabs = [
            {
                "tabRenderer": {
                    "title": title,
                    "selected": name == tab,
                    "endpoint": _endpoint(f"/@backbone/{name}"),
                    "content": {"richGridRenderer": {"contents": self._page(name, 0)}},
                }
            }
            for name, title in names.items()
            if name in held
        ]
        return {
            "contents": {"twoColumnBrowseResultsRenderer": {"tabs": tabs}},
            "metadata": {
                "channelMetadataRenderer": {
                    "title": "Backbone Hour",
                    "externalId": CHANNEL,
                }
            },
        }

    def _page(self, tab: str, start: int) -> list[dict[str, Any]]:
        videos = [video for video in self.videos if video.tab == tab]
        rows = [
            {"richItemRenderer": {"content": {"lockupViewModel": _lockup(video)}}}
            for video in videos[start : start + PAGE]
        ]
        if len(videos) > start + PAGE:
            rows.append(_continuation(f"{tab} {start + PAGE}"))
        return rows

    def _more(self, told: Mapping[str, Any]) -> dict[str, Any]:
        if "continuation" not in told:  # a list with its unavailable videos
            return self._list(self.videos)
        tab, start = told["continuation"].split()
        items = self._page(tab, int(start))
        action = {"appendContinuationItemsAction": {"continuationItems": items}}
        return {"onResponseReceivedActions": [action]}

    def _list(self, videos: Sequence[Video]) -> dict[str, Any]:
        rows = [
            {
                "playlistVideoRenderer": {
                    "videoId": video.id,
                    "title": {"simpleText": video.title},
                    "lengthSeconds": "3000",
                }
            }
            for video in videos
        ]
        shown = {"playlistVideoListRenderer": {"contents": rows}}
        section = {"itemSectionRenderer": {"contents": [shown]}}
        content = {"sectionListRenderer": {"contents": [section]}}
        tab = {"tabRenderer": {"selected": True, "content": content}}
        return {
            "contents": {"twoColumnBrowseResultsRenderer": {"tabs": [tab]}},
            "metadata": {"playlistMetadataRenderer": {"title": "All talks"}},
        }

    def _player(self, video_id: str) -> dict[str, Any]:
        (video,) = (one for one in self.videos if one.id == video_id)
        renderer: dict[str, Any] = {"uploadDate": video.uploaded}
        if video.broadcast is not None:
            renderer["liveBroadcastDetails"] = video.broadcast
        told: dict[str, Any] = {
            "playabilityStatus": video.status,
            "videoDetails": {
                "videoId": video.id,
                "title": video.title,
                "shortDescription": video.description,
                "lengthSeconds": "3",
                "isLiveContent": False,
                "channelId": CHANNEL,
                **video.details,
            },
            "microformat": {"playerMicroformatRenderer": renderer},
            "streamingData": {"adaptiveFormats": [], "formats": []},
        }
        if video.sound is not None:
            told["streamingData"]["adaptiveFormats"] = [_sound(video.sound)]
        if video.whole is not None:
            told["streamingData"]["formats"] = [_whole(video.whole)]
        if video.captions is not None:
            track = {"baseUrl": video.captions, "languageCode": "en", "vssId": ".en"}
            shown = {"playerCaptionsTracklistRenderer": {"captionTracks": [track]}}
            told["captions"] = shown
        return told


@contextmanager
def leading_to(site: Site) -> Iterator[None]:
    """Have yt-dlp reach YouTube's hosts at ``site`` for a while."""
    from yt_dlp.networking import _urllib
    from yt_dlp.networking import common as networking

    class YouTubeRH(_urllib.UrllibRH):  # type: ignore[misc]  # it has no types
        RH_NAME = "youtube-of-the-tests"

        def _send(self, request: Any) -> Any:
            parts = urlsplit(request.url)
            if f".{parts.hostname}".endswith(HOSTS):
                request = request.copy()
                tail = f"?{parts.query}" if parts.query else ""
                request.url = f"{site.address}/yt{parts.path}{tail}"
            return super()._send(request)

    def prefer(handler: object, request: object) -> int:
        return 1000 if isinstance(handler, YouTubeRH) else 0

    networking.register_rh(YouTubeRH)
    networking.register_preference(YouTubeRH)(prefer)
    try:
        yield
    finally:
        del networking._REQUEST_HANDLERS[YouTubeRH.RH_KEY]
        networking._RH_PREFERENCES.discard(prefer)


_SCRIPT = "/s/player/00000000/player_ias.vflset/en_US/base.js"
_PUZZLE = """\
(function(g) {
  var Address = function(url) { this.url = url; this.told = {}; };
  Address.prototype.set = function(key, value) { this.told[key] = value; };
  Address.prototype.get = function(key) { return this.told[key]; };
  Address.prototype.turn = function() {
    this.told.n = this.told.n.split("").reverse().join("");
  };
  var made = function(url, key, value) {
    url = new Address(url);
    url.set("alr", "yes");
    if (value) { url.set(key, value); }
    return url;
  };
}).call(this, {});
"""
"""A player whose puzzle is to turn n round: in the form that the real ones have."""
_CONFIG = {
    "PLAYER_JS_URL": _SCRIPT,
    "INNERTUBE_CONTEXT": {
        "client": {"clientName": "WEB", "clientVersion": "2.20260101.00.00", "hl": "en"}
    },
}
_WATCH: dict[str, Any] = {"contents": {"twoColumnWatchNextResults": {}}}


def _json(told: object) -> Page:
    return Page(type="application/json", body=json.dumps(told).encode())


def _html(initial: object, player: object = None) -> Page:
    lines = ["<!doctype html><html><head><title>x</title></head><body>"]
    lines.append(f"<script>var ytInitialData = {json.dumps(initial)};</script>")
    lines.append(f"<script>ytcfg.set({json.dumps(_CONFIG)});</script>")
    if player is not None:
        told = json.dumps(player)
        lines.append(f"<script>var ytInitialPlayerResponse = {told};</script>")
    return Page(body="\n".join([*lines, "</body></html>"]).encode())


def _endpoint(url: str) -> dict[str, Any]:
    return {"commandMetadata": {"webCommandMetadata": {"url": url}}}


def _continuation(token: str) -> dict[str, Any]:
    endpoint = {"continuationCommand": {"token": token}}
    return {"continuationItemRenderer": {"continuationEndpoint": endpoint}}


def _lockup(video: Video) -> dict[str, Any]:
    """Return a video as the tabs of a channel show it since 2025."""
    badge: dict[str, Any] = {"text": video.badge}
    if video.badge == "LIVE":
        badge["badgeStyle"] = "THUMBNAIL_OVERLAY_BADGE_STYLE_LIVE"
    row: dict[str, Any] = {
        "metadataParts": [
            {"text": {"content": "1,234 views"}},
            {"text": {"content": video.ago}, "accessibilityLabel": video.ago},
        ]
    }
    rows = [row]
    if video.badge == "MEMBERS":
        badge["text"] = "50:00"
        rows.append({"badges": [{"badgeViewModel": {"badgeStyle": _MEMBERS}}]})
    overlay = {"badges": [{"thumbnailBadgeViewModel": badge}]}
    small = {"url": f"https://i.ytimg.com/vi/{video.id}/small.jpg", "width": 168}
    return {
        "contentId": video.id,
        "contentType": "LOCKUP_CONTENT_TYPE_VIDEO",
        "contentImage": {
            "thumbnailViewModel": {
                "image": {"sources": [{**small, "height": 94}]},
                "overlays": [{"thumbnailBottomOverlayViewModel": overlay}],
            }
        },
        "metadata": {
            "lockupMetadataViewModel": {
                "title": {"content": video.title},
                "metadata": {"contentMetadataViewModel": {"metadataRows": rows}},
            }
        },
    }


def _found(videos: Sequence[Video]) -> dict[str, Any]:
    rows = [
        {"videoRenderer": {"videoId": v.id, "title": {"simpleText": v.title}}}
        for v in videos
    ]
    section = {"itemSectionRenderer": {"contents": rows}}
    primary = {"sectionListRenderer": {"contents": [section]}}
    shown = {"primaryContents": primary}
    return {"contents": {"twoColumnSearchResultsRenderer": shown}}


_MEMBERS = "BADGE_MEMBERS_ONLY"


def _sound(address: str) -> dict[str, Any]:
    return {
        "itag": 251,
        "url": address,
        "mimeType": 'audio/webm; codecs="opus"',
        "bitrate": 64_000,
        "audioQuality": "AUDIO_QUALITY_MEDIUM",
        "audioSampleRate": "48000",
        "audioChannels": 1,
        "approxDurationMs": "3000",
    }


def _whole(address: str) -> dict[str, Any]:
    return {
        "itag": 18,
        "url": address,
        "mimeType": 'video/mp4; codecs="avc1.42001E, mp4a.40.2"',
        "bitrate": 300_000,
        "width": 640,
        "height": 360,
        "quality": "medium",
        "audioQuality": "AUDIO_QUALITY_LOW",
        "approxDurationMs": "3000",
    }
