"""No page and no feed says an English word of its own where the show is not English.

What people of a show wrote is put into Greek letters here, every wording into Cyrillic:
what is left in Latin ones was written into a template or into code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from gettext import NullTranslations
from pathlib import Path
from typing import Any, ClassVar

from lxml import etree, html

from pullquote.formats.words_po import packaged_templates, wordings
from pullquote.model import address
from pullquote.model.answer import Correction
from pullquote.model.library import Library
from pullquote.model.transcript import Word
from pullquote.model.words import ENGLISH, Words
from pullquote.render.templating import environment, render_page
from pullquote.render.views.edition import edition
from pullquote.render.views.pages import former_pages, pages, site_of
from tests import factory
from tests.publish.feeds import answers_feed, answers_json, podcast_feed
from tests.render.reading import data_of, parsed, rendered

WRITTEN = frozenset(
    [
        "title",
        "description",
        "notice",
        "disclaimer",
        "author",
        "name",
        "credentials",
        "affiliation",
        "bio",
        "summary",
        "question",
        "body",
        "text",
        "note",
        "notes",
        "speaker",
        "aliases",
        "sentences",
        "copyright",
    ]
)
ALPHA, A = "\N{GREEK SMALL LETTER ALPHA}", "\N{CYRILLIC SMALL LETTER A}"
KEPT = re.compile(r"https?://[^\s)]+|%\(\w+\)s|\{\w+\}|<[^>]*>|[A-Za-z]")
NAMES_OF_FORMATS = {"WebVTT", "SubRip", "SRT", "JSON", "HTML", "RSS"}
SAID = "//@aria-label | //@alt | //@title | //@placeholder | //@*[starts-with(name(), 'data-') and contains('all none some broken draft', substring(name(), 6))]"
TOLD = "//text()[not(parent::script or parent::style)] | //meta[@name='description']/@content"


def in_letters(first: str, text: str) -> str:
    """Return a text whose Latin letters became others, which start with ``first``."""
    return KEPT.sub(
        lambda m: m[0] if len(m[0]) > 1 else chr(ord(first) + ord(m[0].lower()) % 24),
        text,
    )


def greek(value: Any, name: str = "") -> Any:
    """Return a model in which all that people wrote is in Greek letters."""
    if isinstance(value, str):
        return in_letters(ALPHA, value) if name in WRITTEN and len(value) > 2 else value
    if isinstance(value, Word):
        return value._replace(text=in_letters(ALPHA, value.text))
    if isinstance(value, tuple):
        return tuple(greek(one, name) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    found = {
        f.name: greek(getattr(value, f.name), f.name) for f in fields(value) if f.init
    }
    return replace(value, **found)


class Cyrillic(NullTranslations):
    asked: ClassVar[set[str]] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return in_letters(A, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


def library() -> Library:
    """Return a show with all that pages and feeds can tell of."""
    basics = factory.basics()
    first, second = basics.approved
    again = factory.answer("again", id="c0de", question=second.question)
    noted = replace(first, corrections=(Correction(on=date(2026, 5, 1), note="Oh."),))
    answers = tuple(greek(one) for one in (noted, second, again))
    answers = tuple(factory.approve(one, by="oster") for one in answers)
    whole = replace(greek(basics), answers=answers, approved=answers)
    older = greek(factory.posture())
    shown = tuple(factory.approve(one) for one in older.answers)
    older = replace(older, answers=shown, approved=shown)
    show = factory.show(language="uk", notice=None, sign_up_text=None)
    feed = replace(show.feed, funding="https://backbone.example/give")
    show = replace(greek(replace(show, feed=feed)), words=Words("uk", Cyrillic()))
    entries = (greek(factory.draft()), whole, older)
    return Library(root=Path("nowhere"), show=show, entries=entries)


def latin(text: str) -> list[str]:
    """Return the Latin words of a text but names of formats, and no addresses."""
    words = re.findall(r"[A-Za-z]{2,}", re.sub(r"https?://\S+|\{\w+\}", "", text))
    return [word for word in words if word not in NAMES_OF_FORMATS]


def test_no_page_says_english_of_its_own() -> None:
    shown = library()
    env = environment(None, shown.show.words)
    others = frozenset((address.PODCAST_FEED, address.ANSWERS_FEED))
    others |= {address.transcript_file(factory.BASICS, "vtt")}
    left: dict[str, list[str]] = {}
    for drafts in (False, True):
        chosen = edition(shown, drafts=drafts)
        site = site_of(chosen, others, date(2030, 1, 1))
        former = {"answers/gone/": None, "answers/old/": "answers/bed-rest/"}
        for page in (*pages(chosen, site), *former_pages(chosen, former)):
            # addresses may break after each slash
            root = parsed(render_page(env, site, page).replace("<wbr>", ""))
            found = [w for t in root.xpath(f"{TOLD} | {SAID}") for w in latin(str(t))]
            if root.xpath("//script[@type='application/ld+json']"):
                found += [w for t in told(data_of(root)) for w in latin(t)]
            assert root.get("lang") == "uk"
            left |= {page.path: found} if found else {}
    assert left == {}
    assert_listed()


def test_without_wordings_each_word_of_the_show_has_its_language() -> None:
    shown = library()
    show = replace(shown.show, language="el", words=ENGLISH)
    entries = tuple(
        replace(e, transcript=e.transcript and replace(e.transcript, language="el"))
        for e in shown.entries
    )
    made = rendered(replace(shown, show=show, entries=entries), drafts=True)
    unmarked = []
    for path, page in made.items():
        for text in parsed(page).xpath("//body//text()[not(parent::script)]"):
            inside = text.getparent().getparent() if text.is_tail else text.getparent()
            named = inside.get("class") == "meta level"  # a proper name needs no mark
            found = inside.xpath("ancestor-or-self::*[@lang][1]/@lang")
            if re.search("[α-ω]{2}", text) and found != ["el"] and not named:  # noqa: RUF001
                unmarked.append((path, text.strip()))
    assert unmarked == []


def assert_listed() -> None:
    """Fail where a wording is looked up that no translator is told of."""
    listed = wordings(packaged_templates() / "words" / "words.pot").values()
    known = {
        form for m in listed for form in ([m.id] if isinstance(m.id, str) else m.id)
    }
    assert known >= Cyrillic.asked


def told(data: object) -> Iterator[str]:
    """Yield what structured data tells readers."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in ("name", "text", "description") and isinstance(value, str):
                yield value
            else:
                yield from told(value)
    elif isinstance(data, list):
        for one in data:
            yield from told(one)


def test_no_feed_says_english_of_its_own() -> None:
    shown = library()
    bodies = {a.id: f"<p>{a.body}</p>" for e in shown.published for a in e.approved}
    documents = (answers_feed(shown, bodies), podcast_feed(shown, {}))
    texts = []
    for document in documents:
        for element in etree.fromstring(document).iter():
            name = etree.QName(element).localname
            if name in ("title", "description", "encoded", "contentLink", "funding"):
                texts.append(element.text or "")
    json_feed = json.loads(answers_json(shown, bodies))
    for one in (json_feed, *json_feed["items"]):
        texts += [one.get(k, "") for k in ("title", "description", "content_html")]
    plain = [str(html.fromstring(f"<p>{t}</p>").text_content()) for t in texts]
    assert len(plain) > 20
    assert [word for text in plain for word in latin(text)] == []
    assert_listed()
