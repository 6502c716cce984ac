"""Reads built pages back as a browser would, so that tests speak of facts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import lxml.html
from jinja2 import Environment
from lxml.html import HtmlElement

from pullquote.model.library import Library
from pullquote.model.words import Words
from pullquote.render.templating import environment, render_page
from pullquote.render.views.edition import edition
from pullquote.render.views.pages import pages, site_of

BLOCKS = ("p", "li", "div", "br", "h1", "h2", "h3", "dt", "dd", "td", "th")
UNSEEN = ("script", "style", "head")


def rendered(
    library: Library, *, drafts: bool = False, others: Iterable[str] = ()
) -> dict[str, str]:
    """Return every page's HTML by site path, without touching the disk."""
    chosen = edition(library, drafts=drafts)
    site = site_of(chosen, frozenset(others))
    templates = _templates(library.show.words)
    return {p.path: render_page(templates, site, p) for p in pages(chosen, site)}


@cache
def _templates(words: Words) -> Environment:
    return environment(None, words)


def parsed(html: str) -> HtmlElement:
    """Return the page's root element."""
    # `str` with an encoding declaration confuses the parser, bytes do not
    parser = lxml.html.HTMLParser(encoding="utf-8")
    root = lxml.html.document_fromstring(html.encode(), parser=parser)
    assert isinstance(root, HtmlElement)
    return root


def said(element: HtmlElement) -> str:
    """Return what a reader sees of an element, spaces collapsed."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in UNSEEN:
            yield from _texts(child)
            yield " " if child.tag in BLOCKS else ""
        yield child.tail or ""


def heading(root: HtmlElement) -> str:
    """Return the text of the page's one h1."""
    (found,) = root.iter("h1")
    return said(found)


def data_of(root: HtmlElement) -> dict[str, Any]:
    """Return the page's structured data."""
    (found,) = root.xpath("//script[@type='application/ld+json']")
    value = json.loads(found.text_content())
    assert isinstance(value, dict)
    return value


def broken_links(root: Path) -> list[str]:
    """Return every link of a built site that leads nowhere on it."""
    broken = []
    trees = {path: parsed(path.read_text("utf-8")) for path in root.rglob("*.html")}
    ids = {path: set(tree.xpath("//@id")) for path, tree in trees.items()}
    for path, tree in trees.items():
        page = "http://site.test/" + path.relative_to(root).as_posix()
        for link in tree.xpath("//@href | //@src"):
            address, fragment = urldefrag(urljoin(page, link))
            if urlsplit(address).netloc != "site.test":
                continue
            file = root / unquote(urlsplit(address).path).lstrip("/")
            if address.endswith("/"):
                file /= "index.html"
            known = ids.get(file, set())
            if not file.is_file() or (
                fragment and file in trees and fragment not in known
            ):
                broken.append(f"{path.relative_to(root)}: {link}")
    return broken


def requested_hosts(root: Path) -> set[str]:
    """Return other hosts that a browser would ask without a click."""
    hosts = set()
    for path in root.rglob("*.html"):
        tree = parsed(path.read_text("utf-8"))
        asked = tree.xpath(
            "//@src | //@srcset | //@poster | //form/@action | //iframe/@src"
            " | //link[not(@rel='canonical')]/@href"
        )
        hosts |= {urlsplit(link).netloc for link in asked}
    return hosts - {""}
