"""The rule checker itself: each rule, broken once in a clean feed, is reported."""

from __future__ import annotations

import pytest

from tests.publish.feeds import podcast_feed
from tests.publish.rules import date_fault, faults
from tests.publish.shows import notes, rich_library

_EXPLICIT = "<itunes:explicit>false"
_GUID = '<guid isPermaLink="false">5a3c9a52-9a52-4f61-8f0e-9b0a7f7d0001'

BREACHES = [
    ('<?xml version="1.0"', "<?xml version='1.0'", "XML declaration"),
    ("<generator>", '<atom:link rel="self" href="x"/><generator>', "atom self link"),
    ("<language>en<", "<language>English<", "ISO 639"),
    ("<itunes:type>episodic", "<itunes:type>weekly", "itunes:type"),
    (_EXPLICIT, "<itunes:explicit>no", "itunes:explicit is 'no'"),
    ('href="https://backbone.example/hour/cover.jpeg', 'href="c.webp', "neither JPEG nor PNG"),
    ("Thu, 02 Apr 2026", "Fri, 02 Apr 2026", "wrong weekday"),
    ("Sat, 21 Mar 2026 09:00:00 GMT", "2026-03-21T09:00:00Z", "is not RFC 822"),
    (_GUID, '<guid isPermaLink="false">1', "not sufficiently unique"),
    (_GUID, _GUID[:-1] + "2", "guid used twice"),
    (_GUID, _GUID.replace("false", "true"), "have to be an address"),
    ("<pubDate>", "<author>Dr. Lin</author><pubDate>", "without an e-mail"),
    ("<em>rest</em>", "<script>1</script>", "a script"),
    ('href="https://backbone.example/hour/answers/"', 'href="../"', "relative link"),
    ('basics.mp3" length="1285"', 'basics.mp3" length="0"', "enclosure length '0'"),
    ('basics.mp3" length="1285"', 'basics.opus" length="1285"', "do not fit"),
    ("<itunes:season>1", "<itunes:season>0", "itunes:season '0'"),
    ("<itunes:episodeType>full", "<itunes:episodeType>Full", "episodeType"),
    ("<itunes:duration>", "<itunes:order>1</itunes:order><itunes:duration>", "order"),
    ("<podcast:medium>podcast</podcast:medium>", "", "podcast:medium"),
    ("0f7a2c1e-5d0b-5c3e", "0f7a2c1e-5d0b-4c3e", "no UUIDv5"),
    ("0f7a2c1e-5d0b-5c3e-9a55-6f2b9d0a1c11", "y0ur-gu1d", "no UUID"),
    (">yes</podcast:locked>", ">maybe</podcast:locked>", "podcast:locked"),
    ("purpose=\"ai-content\">true", "purpose=\"ai-content\">yes", "ai-content"),
    ('role="host"', 'role="boss"', "role 'boss'"),
    ("https://clinic.example/quillmark", "http://clinic.example", "not https"),
    ("application/x-subrip", "application/srt", "podcast:transcript"),
    ("application/json+chapters", "application/json", "podcast:chapters"),
    ('duration="60.5"', 'duration="14.9"', "soundbite of 14.9 s"),
    ('startTime="210.0"', 'startTime="590.0"', "outside the episode"),
    ('pubdate="Mon, 01', 'pubdate="Tue, 01', "podcast:trailer"),
]  # fmt: skip


@pytest.mark.parametrize(("clean", "broken", "report"), BREACHES)
def test_a_broken_rule_is_reported(clean: str, broken: str, report: str) -> None:
    library = rich_library()
    text = podcast_feed(library, notes(library)).decode()
    assert clean in text
    found = faults(text.replace(clean, broken, 1).encode(), podcast=True)
    assert [fault for fault in found if report in fault]


@pytest.mark.parametrize(
    ("date", "fault"),
    [
        ("Wed, 16 Jun 2021 09:00:00 +0200", None),
        ("Mi, 16 Jun 2021 09:00:00 +0200", "is not RFC 822"),
        ("Wed, 16 Jun 2021 25:00:00 GMT", "is no date"),
        ("Tue, 16 Jun 2021 09:00:00 GMT", "has the wrong weekday"),
    ],
)
def test_dates_need_english_names_and_the_right_weekday(
    date: str, fault: str | None
) -> None:
    assert date_fault(date) == fault
