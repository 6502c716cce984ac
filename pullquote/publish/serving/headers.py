"""What a host says about each file: its type, who may read it, what a page may do. Pure.

``serve`` says it; ``_headers`` tells the same to static hosts that read such a file
(Netlify's and Cloudflare Pages' form).
"""

from __future__ import annotations

from mimetypes import guess_type
from pathlib import PurePosixPath

from pullquote.model import address
from pullquote.model.show import Show

HEADERS = "_headers"
"""Site path of the file."""

_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".m4a": "audio/x-m4a",
    ".mjs": "text/javascript",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".opus": "audio/ogg",
    ".png": "image/png",
    ".srt": "application/x-subrip",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""First of all, so that a type does not depend on the machine's own table."""

SECURITY = {
    # wasm-unsafe-eval: the search index is read by WebAssembly
    "content-security-policy": "default-src 'self'; img-src 'self' data:; "
    "script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    # a browser asks again each time and gets 304: nobody reads a stale answer
    "cache-control": "no-cache",
}


def media_type(path: str) -> str:
    """Return the Content-Type of a site path's file, charset included.

    >>> media_type("feeds/podcast.xml"), media_type("media/a.mp3")
    ('application/rss+xml; charset=utf-8', 'audio/mpeg')
    """
    name = PurePosixPath(path)
    if name.suffix == ".xml" and "feeds" in name.parts:
        kind = "application/rss+xml"
    elif name.parent.name == "feeds" and name.suffix == ".json":
        kind = "application/feed+json"
    elif name.name == "chapters.json":
        kind = "application/json+chapters"
    else:
        guessed = guess_type(name.name)[0] or "application/octet-stream"
        kind = _TYPES.get(name.suffix.lower(), guessed)
    textual = kind.startswith("text/") or kind.endswith(("xml", "subrip"))
    return f"{kind}; charset=utf-8" if textual else kind


def is_shared(path: str) -> bool:
    """Say whether players and readers on other sites fetch this file by script.

    Transcripts need it (podcast-namespace, transcripts.md), chapters and feeds too.
    """
    name = PurePosixPath(path)
    return (
        name.parent.name == "feeds"
        or name.name == "chapters.json"
        or name.stem == "transcript"
    )


_SHARED = (
    "feeds/*",
    f"{address.EPISODES}*/chapters.json",
    *(address.transcript_file("*", ending) for ending in address.TRANSCRIPT_FORMATS),
)
_TOLD_TYPES = (
    address.PODCAST_FEED,
    address.older_podcast("*"),
    address.ANSWERS_FEED,
    address.ANSWERS_JSON,
    address.answers_of("*"),
    address.answers_of("*", "json"),
    address.chapters_file("*"),
    address.transcript_file("*", "srt"),
    address.transcript_file("*", "vtt"),
)
"""Those that hosts guess wrongly."""


def format_headers(show: Show) -> str:
    """Return the text of ``_headers``, with WebSub's links (W3C WebSub, 4)."""
    rules: list[tuple[str, dict[str, str]]] = [("*", SECURITY)]
    rules += [(path, {"access-control-allow-origin": "*"}) for path in _SHARED]
    rules += [(path, {"content-type": media_type(path)}) for path in _TOLD_TYPES]
    if show.feed.hub:
        for path in (address.PODCAST_FEED, address.ANSWERS_FEED, address.ANSWERS_JSON):
            feed = address.absolute(show, path)
            links = f'<{show.feed.hub}>; rel="hub", <{feed}>; rel="self"'
            rules.append((path, {"link": links}))
    root = address.root(show)
    return "".join(
        f"{root}{path}\n"
        + "".join(f"  {name}: {value}\n" for name, value in said.items())
        for path, said in rules
    )
