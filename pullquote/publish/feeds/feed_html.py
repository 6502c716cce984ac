"""HTML as feeds may carry it: no link or picture that needs a page around it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from pullquote.publish.feeds.feed_text import clean_text


def absolute_html(html: str, base: str) -> str:
    """Return the fragment with every link resolved against ``base``.

    A reader shows the item far from its page, where ``../knee/`` leads nowhere
    (W3C feed validator: ContainsRelRef).
    """
    text = clean_text(html)
    if not text.strip():
        return ""
    if "href=" not in text and "src=" not in text:
        return text.strip()
    from lxml import etree
    from lxml import html as lxml_html

    root = lxml_html.fragment_fromstring(text, create_parent="div")
    root.make_links_absolute(base, handle_failures="ignore")
    start = escape(root.text or "", quote=False)
    parts = (etree.tostring(node, method="html", encoding="unicode") for node in root)
    return (start + "".join(parts)).strip()


def plain(text: str) -> str:
    """Return plain text as HTML that shows it letter for letter."""
    return escape(clean_text(text))


def paragraph(text: str) -> str:
    """Return plain text as one paragraph."""
    return f"<p>{plain(text)}</p>"


def link(href: str, text: str) -> str:
    """Return a link with plain text in it."""
    return f'<a href="{plain(href)}">{plain(text)}</a>'


def bullets(items: Iterable[str]) -> str:
    """Return a list whose items are HTML already."""
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
