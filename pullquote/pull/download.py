"""The one module that knows yt-dlp: list what an address holds, fetch one of it.

There is no ffmpeg on a user's machine: only formats that come as one file are
asked for, and no post-processor and no fix-up runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pullquote.errors import SourceError
from pullquote.model.progress import Progress, silent
from pullquote.pull.info import Info, address_stem, item_from_info
from pullquote.pull.messages import explain
from pullquote.pull.plan import Item

_LISTS = ("tab", "playlist", "channel")
"""Ends of the names of extractors whose entries are lists again."""

_OPTIONS: Mapping[str, Any] = {
    "quiet": True,
    "no_warnings": True,
    "noprogress": True,
    "format": "bestaudio/best",
    "fixup": "never",
    "postprocessors": [],
    "extract_flat": "in_playlist",
    "noplaylist": True,
    "cachedir": False,
    "updatetime": False,
    "continuedl": True,
    "retries": 3,
    "fragment_retries": 5,
    "file_access_retries": 2,
    "extractor_retries": 2,
    "socket_timeout": 20,
    "external_downloader": {"default": "native"},
    "hls_prefer_native": True,
    "color": "no_color",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A downloaded file and what its source told about it."""

    path: Path
    item: Item


class _Silent:
    """Takes yt-dlp's talk; what matters comes as an exception."""

    def debug(self, message: str) -> None:
        """Ignore."""

    info = warning = error = debug


def list_address(address: str, *, local: bool = False) -> tuple[Item, ...]:
    """Return what an address holds: one item, or one for each entry of a list.

    ``local`` allows a ``file:`` address, which only the producer may give.
    Raises SourceError.
    """
    check_scheme(address, local=local)
    with _yt_dlp(address, {"enable_file_urls": local}) as ydl:
        info = ydl.extract_info(address, download=False)
        return tuple(item_from_info(entry) for entry in _entries(ydl, info))


def fetch(
    address: str, folder: Path, *, local: bool = False, progress: Progress = silent
) -> Fetched:
    """Download one recording into ``folder``, going on with what lies there.

    Raises SourceError.
    """
    check_scheme(address, local=local)

    def report(state: dict[str, Any]) -> None:
        total = state.get("total_bytes") or state.get("total_bytes_estimate")
        progress(state.get("downloaded_bytes") or 0, total, "download")

    options = {
        "enable_file_urls": local,
        "paths": {"home": str(folder)},
        "outtmpl": {"default": "recording.%(ext)s"},
        "progress_hooks": [report],
        "match_filter": _refuse_live,
    }
    with _yt_dlp(address, options) as ydl:
        info = ydl.extract_info(address, download=True)
        done = (info or {}).get("requested_downloads") or []
        if not done:
            raise SourceError(
                address,
                "is a list or a page with several recordings, not one",
                "give the address of one of them",
            )
        return Fetched(path=Path(done[0]["filepath"]), item=item_from_info(info))


def check_scheme(address: str, *, local: bool) -> None:
    """Refuse what is not http(s), and ``file:`` unless the producer named it.

    Raises SourceError.
    """
    scheme = urlsplit(address).scheme.lower()
    if scheme in {"http", "https"} or (scheme == "file" and local):
        return
    if scheme == "file":
        problem, remedy = explain('unsupported url scheme: "file"')
    else:
        problem, remedy = explain("unsupported url scheme")
    raise SourceError(address, problem, remedy)


def _refuse_live(info: Info, *, incomplete: bool = False) -> str | None:
    """Stop at what has no end yet (yt-dlp's ``match_filter``)."""
    from yt_dlp.utils import DownloadError

    status = info.get("live_status")
    if info.get("is_live") or status in {"is_live", "is_upcoming"}:
        raise DownloadError(status or "is_live")
    return None


def _entries(ydl: Any, info: Info | None) -> Iterator[Info]:
    if info is None:
        return
    if info.get("_type") != "playlist":
        yield _plain(info)
        return
    for entry in info.get("entries") or ():
        if entry is None:
            continue
        key = str(entry.get("ie_key") or "").lower()
        if entry.get("_type") == "url" and key.endswith(_LISTS):
            entry = ydl.extract_info(entry["url"], download=False)
        yield from _entries(ydl, entry)


def _plain(info: Info) -> Info:
    """Return an entry with its address as the source wrote it.

    yt-dlp hides a feed's own id (the guid) in the address.
    """
    from yt_dlp.utils import unsmuggle_url

    plain = dict(info)
    for key in ("url", "webpage_url", "original_url"):
        if isinstance(address := plain.get(key), str):
            plain[key], hidden = unsmuggle_url(address, {})
            if hidden.get("force_videoid"):
                plain["guid"] = hidden["force_videoid"]
    return plain


@contextmanager
def _yt_dlp(address: str, options: Mapping[str, Any]) -> Iterator[Any]:
    from yt_dlp import YoutubeDL
    from yt_dlp.utils import YoutubeDLError

    opened: list[Any] = []

    class Tidy(YoutubeDL):  # type: ignore[misc]  # it has no types
        """yt-dlp leaves answers open whose first bytes were enough for it."""

        def urlopen(self, req: Any) -> Any:
            response = super().urlopen(req)
            opened[:] = [one for one in opened if not one.closed]
            opened.append(response)
            return response

    try:
        with Tidy({**_OPTIONS, **options, "logger": _Silent()}) as ydl:
            yield ydl
    except (YoutubeDLError, OSError) as error:
        raise _explained(address, error) from error
    finally:
        for response in opened:
            response.close()


def _explained(address: str, error: BaseException) -> SourceError:
    from yt_dlp.networking.exceptions import HTTPError

    chain = _causes(error)
    status = next((e.status for e in chain if isinstance(e, HTTPError)), None)
    text = " | ".join(str(e) for e in chain)
    # "[generic] Our live stream: …" names the file; it says nothing of a stream
    text = text.replace(address, "").replace(f"] {address_stem(address)}: ", "] ")
    problem, remedy = explain(text, status)
    return SourceError(address, problem, remedy)


def _causes(error: BaseException) -> list[BaseException]:
    """Return an error with all that led to it; yt-dlp keeps causes in three places."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop(0)
        if not isinstance(one, BaseException) or one in found:
            continue
        found.append(one)
        inner = getattr(one, "exc_info", None)
        waiting += [inner[1] if inner else None, getattr(one, "cause", None)]
        waiting += [one.__cause__, one.__context__]
    return found
