"""The sitemap (sitemaps.org 0.9): every page that search engines are to know of.

One file may name 50,000 pages; a larger site has several, and one that names those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from html import escape as escape_html

from pullquote.model import address
from pullquote.render.views.pages import Page, Site

MOST = 50_000
"""Addresses in a file (sitemaps.org, "Using Sitemap index files")."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_escape = partial(escape_html, quote=False)
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(site: Site, listed: Iterable[Page]) -> Iterator[tuple[str, bytes]]:
    """Yield the sitemap's files; the one that ``robots.txt`` names is the last."""
    rows = [_row(site, page) for page in listed if not (page.draft or page.hidden)]
    if len(rows) <= MOST:
        yield address.SITEMAP, _document("urlset", rows)
        return
    names: list[str] = []
    for start in range(0, len(rows), MOST):
        names.append(address.sitemap_part(len(names) + 1))
        yield names[-1], _document("urlset", rows[start : start + MOST])
    places = (_escape(address.absolute(site.show, name)) for name in names)
    parts = [f"<sitemap><loc>{place}</loc></sitemap>\n" for place in places]
    yield address.SITEMAP, _document("sitemapindex", parts)


def _row(site: Site, page: Page) -> str:
    where = _escape(address.absolute(site.show, page.path))
    day = f"<lastmod>{page.changed}</lastmod>" if page.changed else ""
    return f"<url><loc>{where}</loc>{day}</url>\n"


def _document(root: str, rows: Iterable[str]) -> bytes:
    return f'{_HEAD}<{root} xmlns="{_SPACE}">\n{"".join(rows)}</{root}>\n'.encode()


def robots(site: Site) -> bytes:
    """Return ``robots.txt``: everything may be read, nothing of a preview."""
    if site.preview:
        return b"User-agent: *\nDisallow: /\n"
    where = address.absolute(site.show, address.SITEMAP)
    return f"User-agent: *\nAllow: /\n\nSitemap: {where}\n".encode()
