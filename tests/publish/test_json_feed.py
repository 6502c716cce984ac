from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime

from lxml import etree

from tests.publish.feeds import answers_feed, answers_json
from tests.publish.rules import ATOM, CONTENT
from tests.publish.shows import bodies, rich_library


def test_the_json_feed_holds_what_the_rss_feed_holds() -> None:
    library = rich_library()
    made = json.loads(answers_json(library, bodies(library)))
    items = etree.fromstring(answers_feed(library, bodies(library))).iter("item")
    for read, node in zip(made["items"], items, strict=True):
        assert read["id"] == node.findtext("guid")
        assert read["url"] == node.findtext("link")
        assert read["title"] == node.findtext("title")
        assert read["summary"] == node.findtext("description")
        assert read["content_html"] == node.findtext(f"{CONTENT}encoded")
        assert read.get("date_modified") == node.findtext(f"{ATOM}updated")
        published = parsedate_to_datetime(node.findtext("pubDate", ""))
        assert datetime.fromisoformat(read["date_published"]) == published
        categories = [c.text for c in node.findall("category")]
        assert read.get("tags", []) == categories


def test_the_json_feed_says_what_version_1_1_asks_for() -> None:
    library = rich_library()
    made = json.loads(answers_json(library, bodies(library)))
    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert made["title"] == "Backbone Hour: answers"
    assert made["feed_url"] == "https://backbone.example/hour/feeds/answers.json"
    assert made["home_page_url"] == "https://backbone.example/hour/answers/"
    assert made["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    corrected = [i["id"] for i in made["items"] if "date_modified" in i]
    assert len(corrected) == 1
    assert all(item["authors"] for item in made["items"])


def test_what_is_not_known_is_left_out() -> None:
    library = rich_library(feed=replace(rich_library().show.feed, hub=None), cover=None)
    made = json.loads(answers_json(library, bodies(library)))
    assert "hubs" not in made
    assert "icon" not in made
    assert "null" not in answers_json(library, bodies(library)).decode()
