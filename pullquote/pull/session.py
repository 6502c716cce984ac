"""The one module that imports yt-dlp: a session with our options, limits and errors.

There is no ffmpeg on a user's machine: only formats that come as one file are
asked for, and no post-processor and no fix-up runs.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from email.utils import parsedate_to_datetime
from functools import partial
from optparse import OptParseError
from typing import Any

from pullquote.errors import NotYetError, SourceError
from pullquote.pull.info import Info, address_stem
from pullquote.pull.messages import LARGE_PAGE, NOT_YET, explain
from pullquote.pull.network import check_host, outside_only
from pullquote.pull.plan import Access

_LONGEST_WAIT = 60.0
"""Seconds that a server's Retry-After is waited for; a longer one fails."""
_WAITS = 2
_PAGE_BYTES = 12_000_000
"""Of a page, a feed or an answer of JSON, unpacked; recordings are read in pieces."""

_LIBCURL = "CurlCFFI"
"""yt-dlp's name of the handler for --impersonate, where curl_cffi is installed."""
_STATUS = re.compile(r"HTTP Error (\d{3})")
_STUMBLES = (
    OSError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
"""What the code of one site raises where its pages are others than it expects."""

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


class _Silent:
    """Takes yt-dlp's talk; what matters comes as an exception."""

    def debug(self, message: str) -> None:
        """Ignore."""

    info = warning = error = debug


@contextmanager
def session(
    address: str, access: Access, options: Mapping[str, Any] | None = None
) -> Iterator[Any]:
    """Yield a YoutubeDL; what it raises becomes a SourceError about ``address``.

    Nothing that ``address`` leads to may lie in the private network, except where
    ``access`` says so.
    """
    from yt_dlp.utils import YoutubeDLError

    trusted = (access.named,) if access.named else ()
    guard = nullcontext() if access.private_network else outside_only(trusted)
    opened: list[Any] = []
    try:
        with guard, _make(access, opened, options or {}) as ydl:
            yield ydl
    except (YoutubeDLError, *_STUMBLES) as error:
        raise _explained(address, error) from error
    finally:
        for response in opened:
            response.close()


def is_known(address: str) -> bool:
    """Say whether yt-dlp has a site for an address without http(s): ``ytsearch5:…``.

    It takes a second: all of its sites are loaded.
    """
    from yt_dlp.extractor import gen_extractor_classes

    sites = (site for site in gen_extractor_classes() if site.ie_key() != "Generic")
    return any(site.suitable(address) for site in sites)


def _make(access: Access, opened: list[Any], options: Mapping[str, Any]) -> Any:
    backing_off = dict.fromkeys(("http", "fragment", "extractor"), _back_off)
    return _tidy(access, opened)(
        {
            **_OPTIONS,
            **_own(access.options),
            "retry_sleep_functions": backing_off,
            **options,
            "logger": _Silent(),
        }
    )


def _tidy(access: Access, opened: list[Any]) -> type[Any]:
    from yt_dlp import YoutubeDL
    from yt_dlp.networking.exceptions import HTTPError

    class Tidy(YoutubeDL):  # type: ignore[misc]  # it has no types
        """Waits where it is asked to, knows endless streams, leaves nothing open."""

        def add_default_info_extractors(self) -> None:
            if "allowed_extractors" in self.params:
                super().add_default_info_extractors()
            else:
                _add_sites(self)

        def build_request_director(
            self, handlers: Collection[Any], preferences: Any = None
        ) -> Any:
            # libcurl follows redirects by itself, past the guard
            left_out = () if access.private_network else (_LIBCURL,)
            kept = [one for one in handlers if one.RH_KEY not in left_out]
            return super().build_request_director(kept, preferences)

        def urlopen(self, req: Any) -> Any:
            if not access.private_network and access.named != _url(req):
                check_host(_url(req))
            response = self._waited_for(req)
            opened[:] = [one for one in opened if not one.closed]
            opened.append(response)
            _refuse_radio(response.headers)
            response.read = partial(_read, response.read)
            return response

        def _waited_for(self, req: Any) -> Any:
            for _ in range(_WAITS):
                try:
                    return super().urlopen(req)
                except HTTPError as error:
                    seconds = _asked_to_wait(error.status, error.response.headers)
                    if seconds is None:
                        raise
                    error.response.close()
                    time.sleep(seconds)
            return super().urlopen(req)

    return Tidy


def _add_sites(ydl: Any) -> None:
    """Do what yt-dlp would, without comparing each of 1,800 names with all others."""
    from yt_dlp.extractor import gen_extractor_classes

    sites = {site.IE_NAME.lower(): site for site in gen_extractor_classes()}
    for site in sites.values():
        if site._ENABLED:
            ydl.add_info_extractor(site)


def _own(arguments: Sequence[str]) -> dict[str, Any]:
    """Return what a show sets of yt-dlp's options, by the names they have inside.

    Raises SourceError where yt-dlp does not take them.
    """
    from yt_dlp import parse_options

    if not arguments:
        return {}
    try:
        usual = parse_options(["--ignore-config"]).ydl_opts
        asked = parse_options(["--ignore-config", *arguments]).ydl_opts
    except OptParseError as error:
        problem = str(error).strip().rpartition("error: ")[2]
        raise SourceError(
            "yt_dlp",
            f"yt-dlp does not take these options ({problem})",
            "mend show.toml",
        ) from error
    same = _OPTIONS.keys() - {"retries", "fragment_retries", "socket_timeout"}
    changed = {k: v for k, v in asked.items() if k not in usual or usual[k] != v}
    return {key: value for key, value in changed.items() if key not in same}


def _url(request: Any) -> str:
    return request if isinstance(request, str) else str(request.url)


def _back_off(n: int) -> float:
    """Return the seconds before try ``n`` (from 0), each twice the one before."""
    return min(0.25 * 2.0**n, 30.0)


def _asked_to_wait(status: int, headers: Mapping[str, str]) -> float | None:
    """Return the seconds to wait (RFC 9110, 10.2.3), None to give up."""
    told = headers.get("Retry-After")
    if status not in {429, 503} or told is None:
        return None
    try:
        seconds = float(told)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(told).timestamp() - time.time()
        except (ValueError, OverflowError):
            return None
    return max(0.0, seconds) if seconds <= _LONGEST_WAIT else None


def _read(read: Callable[[int], bytes], most: int | None = None) -> bytes:
    """Read at most ``most`` bytes, else all; a few kilobytes may unpack to gigabytes."""
    if most is not None:
        return read(most)
    data = read(_PAGE_BYTES + 1)
    if len(data) > _PAGE_BYTES:
        refuse(LARGE_PAGE)
    return data


def _refuse_radio(headers: Mapping[str, str]) -> None:
    """Stop at a radio station: Icecast names itself and gives no length."""
    radio = any(name.lower().startswith("icy-") for name in headers)
    if radio and headers.get("Content-Length") is None:
        refuse("is_live")


def read_small(ydl: Any, address: str, most: int) -> bytes | None:
    """Return what stands at an address, None where that fails or is too much.

    For what an episode can do without: a picture, captions.
    """
    from yt_dlp.utils import YoutubeDLError

    if not address.startswith(("http://", "https://")):
        return None
    try:
        data: bytes = ydl.urlopen(address).read(most + 1)
    except (YoutubeDLError, *_STUMBLES):
        return None
    return data if len(data) <= most else None


def refuse(reason: str) -> None:
    """Stop yt-dlp's work from inside one of its hooks."""
    from yt_dlp.utils import DownloadError

    raise DownloadError(reason)


def plain_entry(info: Info) -> Info:
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


def _explained(address: str, error: BaseException) -> SourceError:
    from yt_dlp.networking.exceptions import HTTPError

    chain = _causes(error)
    refusals = [e for e in chain if isinstance(e, HTTPError)]
    for refusal in refusals:
        refusal.response.close()
    status = refusals[0].status if refusals else None
    text = " | ".join(str(e) for e in chain)
    if status is None and (told := _STATUS.search(text)):
        status = int(told[1])
    # "[generic] Our live stream: …" names the file; it says nothing of a stream
    text = text.replace(address, "").replace(f"] {address_stem(address)}: ", "] ")
    problem, remedy = explain(text, status)
    kind = NotYetError if problem in NOT_YET else SourceError
    return kind(address, problem, remedy)


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
