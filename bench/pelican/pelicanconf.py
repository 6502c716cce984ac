"""The site that bench/build.py measures against: what a careful person would set."""

import json
from pathlib import Path

SHOW = json.loads((Path(__file__).parent / "show.json").read_text())
PEOPLE, TOPICS = SHOW["people"], SHOW["topics"]

SITENAME = "Bench Hour"
SITEURL = "https://bench.example"
SITESUBTITLE = "Made to be measured."
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
THEME_STATIC_DIR = "static"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
DEFAULT_DATE_FORMAT = "%B %-d, %Y"
DEFAULT_PAGINATION = False
SLUGIFY_SOURCE = "basename"
MARKDOWN = {
    "extension_configs": {"markdown.extensions.tables": {}},
    "output_format": "html5",
}
ARTICLE_URL = "{category}/{slug}/"
ARTICLE_SAVE_AS = "{category}/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "people/{slug}/", "people/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "topics/{slug}/", "topics/{slug}/index.html"
CATEGORY_SAVE_AS = ""
DIRECT_TEMPLATES = [
    "index",
    "answers",
    "episodes",
    "topics",
    "people",
    "search",
    "404",
    "sitemap",
    "robots",
]
ANSWERS_SAVE_AS = "answers/index.html"
EPISODES_SAVE_AS = "episodes/index.html"
TOPICS_SAVE_AS = "topics/index.html"
PEOPLE_SAVE_AS = "people/index.html"
SEARCH_SAVE_AS = "search/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
ROBOTS_SAVE_AS = "robots.txt"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = FEED_ALL_RSS = None
CATEGORY_FEED_RSS = "feeds/{slug}.xml"
RSS_FEED_SUMMARY_ONLY = False
FEED_MAX_ITEMS = None

_by_tag, _by_slug = {}, {}


def related(article, tags):
    """Return up to eight other answers of the same topic, and its neighbours."""
    if not _by_tag:
        _by_tag.update((tag.name, listed) for tag, listed in tags)
    listed = _by_tag[article.tags[0].name]
    at = listed.index(article)
    others = [other for other in listed[:9] if other is not article][:8]
    before = listed[at - 1] if at else None
    return before, listed[at + 1] if at + 1 < len(listed) else None, others


def split(articles):
    """Return answers and episodes, newest first."""
    if not _by_slug:
        for category in ("answers", "episodes"):
            _by_slug[category] = [a for a in articles if a.category == category]
        _by_slug["of"] = {}
        for answer in _by_slug["answers"]:
            _by_slug["of"].setdefault(answer.episode, []).append(answer)
    return _by_slug


JINJA_GLOBALS = {"related": related, "split": split, "people": PEOPLE, "topics": TOPICS}
