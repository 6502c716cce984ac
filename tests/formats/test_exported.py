"""What players and other programs get: WebVTT, SRT, JSON, HTML, chapters."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.formats.chapters_json import format_chapters
from pullquote.formats.clock import parse_clock
from pullquote.formats.podcast_json import format_podcast_json, parse_podcast_json
from pullquote.formats.srt import format_srt, parse_srt
from pullquote.formats.transcript_html import format_transcript_html
from pullquote.formats.webvtt import format_webvtt, parse_webvtt
from pullquote.model.align import align
from pullquote.model.episode import Chapter
from pullquote.model.transcript import TimedTurn, Transcript, Turn
from tests.formats.transcript_rules import faults

ANY = Path("x")
LONG = (
    "Heat relaxes the muscle & eases the spasm, so a warm bath for 15 to 20 minutes "
    "is fine.",
    "At 8:30, or <later>, stop.",
)


def timed(*rows: tuple[int, str, tuple[str, ...]]) -> tuple[TimedTurn, ...]:
    turns = tuple(
        Turn(start=start, speaker=name, sentences=sentences)
        for start, name, sentences in rows
    )
    return align(Transcript(episode="x", language="en", turns=turns), None)


TURNS = timed(
    (0, "S1", ("Is heat fine?",)),
    (2000, "Tiffany Lin", LONG),
    (14_000, "Tiffany Lin", ("Ask first.",)),
)
NAMES = ("Speaker 1", "Tiffany Lin", "Tiffany Lin")


def test_webvtt_names_the_voice_of_every_cue() -> None:
    assert format_webvtt(TURNS, NAMES) == (
        "WEBVTT\n\n"
        "00:00:00.000 --> 00:00:02.000\n<v Speaker 1>Is heat fine?\n\n"
        "00:00:02.000 --> 00:00:08.782\n"
        "<v Tiffany Lin>Heat relaxes the muscle &amp; eases the spasm,"
        " so a warm bath for 15\n\n"
        "00:00:08.782 --> 00:00:14.000\n"
        "<v Tiffany Lin>to 20 minutes is fine. At 8:30, or &lt;later&gt;, stop.\n\n"
        "00:00:14.000 --> 00:00:14.750\n<v Tiffany Lin>Ask first.\n"
    )


def test_srt_says_the_name_where_the_speaker_changes_and_keeps_colons_safe() -> None:
    text = format_srt(TURNS, NAMES)
    assert text.startswith(
        "1\n00:00:00,000 --> 00:00:02,000\nSpeaker 1: Is heat fine?\n\n2\n"
    )
    assert text.count("Tiffany Lin:") == 1
    assert "8\u223630" in text
    assert "\u2039later\u203a" in text
    for card in text.split("\n\n"):
        assert card.count(":") - card.count(": ") == 4  # those of the two clocks
        assert len([c for c in re.findall(": ", card) if c]) <= 1


def test_a_long_name_is_cut_so_that_its_card_holds() -> None:
    name = "Professor Maximilian Featherstone-Hale"
    turns = timed((0, name, ("Yes, it is.",)))
    text = format_srt(turns, (name,))
    assert text.endswith("Professor Maximilian Featherst\u2026:\nYes, it is.\n")
    assert all(len(line) <= 32 for line in text.splitlines())


def test_json_has_a_segment_a_sentence() -> None:
    data = json.loads(format_podcast_json(TURNS, NAMES))
    assert data["version"] == "1.0.0"
    assert data["segments"][0] == {
        "speaker": "Speaker 1",
        "startTime": 0.0,
        "endTime": 2.0,
        "body": "Is heat fine?",
    }
    assert [s["body"] for s in data["segments"][1:]] == [*LONG, "Ask first."]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_holds_cite_time_and_p_alone() -> None:
    turns = timed((0, "S1", ("Straße <b>& mehr</b>.",)))
    text = format_transcript_html(turns, ("Größe",))
    parser = _Tags()
    parser.feed(text)
    assert parser.tags == ["cite", "time", "p"]
    assert parser.text == "Größe:\n0:00\nStraße <b>& mehr</b>.\n"
    assert text.isascii()


def test_chapters_start_on_whole_seconds_and_open_their_page() -> None:
    chapters = (
        Chapter(start=61_900, title="Heat"),
        Chapter(start=0, title="Welcome"),
        Chapter(start=61_990, title="Ice"),
    )
    text = format_chapters(
        chapters, {chapters[0]: "https://show.example/answers/heat/"}
    )
    assert json.loads(text) == {
        "version": "1.2.0",
        "chapters": [
            {"startTime": 0, "title": "Welcome"},
            {
                "startTime": 61,
                "title": "Heat",
                "url": "https://show.example/answers/heat/",
            },
            {"startTime": 62, "title": "Ice"},
        ],
    }


def test_an_episode_without_words_gives_empty_files() -> None:
    assert format_webvtt((), ()) == "WEBVTT\n"
    assert format_srt((), ()) == ""
    assert json.loads(format_podcast_json((), ())) == {
        "version": "1.0.0",
        "segments": [],
    }
    assert format_transcript_html((), ()) == ""
    assert json.loads(format_chapters(())) == {"version": "1.2.0", "chapters": []}


_letters = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="\u2236"),
    min_size=1,
    max_size=12,
).filter(lambda word: not word.isspace() and len(word.split()) == 1)
_words = st.lists(
    _letters | st.sampled_from(["-->", "<v", "&amp;", "8:30", "a:"]),
    min_size=1,
    max_size=40,
)
_rows = st.lists(
    st.tuples(
        st.integers(0, 3000), st.sampled_from(["Ann Lee", "Bo Ray", "S1"]), _words
    ),
    max_size=4,
)


def _turns(rows: list[tuple[int, str, list[str]]]) -> tuple[TimedTurn, ...]:
    clock, made = 0, []
    for gap, name, words in rows:
        clock += gap
        made.append((clock, name, (" ".join(words),)))
    return timed(*made)


@given(_rows)
def test_webvtt_loses_no_word_overlaps_nowhere_and_comes_back(
    rows: list[tuple[int, str, list[str]]],
) -> None:
    turns = _turns(rows)
    text = format_webvtt(turns, [t.speaker for t in turns])
    cues = text.split("\n\n")[1:]
    times = [re.findall(r"[\d:.]+(?= -->|\n)", cue)[:2] for cue in cues]
    edges = [parse_clock(t) for pair in times for t in pair]
    assert edges == sorted(edges)
    assert all(a < b for a, b in zip(edges[::2], edges[1::2], strict=True))
    back = parse_webvtt(text, ANY)
    said = [w.text for t in turns for w in t.words]
    assert [w.text for s in back for w in s.words] == said
    bodies = [w for s in back for w in s.words]
    assert all(a.start <= b.start for a, b in pairwise(bodies))


@given(_rows)
def test_srt_loses_no_word_and_keeps_to_two_short_lines(
    rows: list[tuple[int, str, list[str]]],
) -> None:
    turns = _turns(rows)
    text = format_srt(turns, [t.speaker for t in turns])
    for card in text.split("\n\n"):
        lines = card.strip("\n").split("\n")[2:]
        assert len(lines) <= 2
        assert all(len(line) <= 32 for line in lines)
        assert not any(c in "".join(lines) for c in "<>")
    times = re.findall(r"^(\S+) --> (\S+)$", text, re.MULTILINE)
    edges = [parse_clock(t) for pair in times for t in pair]
    assert edges == sorted(edges)
    spoken = " ".join(w.text for t in turns for w in t.words)
    cards = re.sub(r"^\d+\n\S+ --> \S+$", "", text, flags=re.MULTILINE)
    kept = re.sub(r"(Ann Lee|Bo Ray|S1): ?\n?", "", cards).split()
    safe = spoken.replace(":", "\u2236").replace("<", "\u2039").replace(">", "\u203a")
    assert kept == safe.split()


@pytest.mark.parametrize("parse", [parse_webvtt, parse_srt, parse_podcast_json])
def test_what_we_write_we_read_back_with_its_speakers(parse: object) -> None:
    turns = (*TURNS[1:2],)
    names = ("Tiffany Lin",)
    if parse is parse_webvtt:
        back = parse_webvtt(format_webvtt(turns, names), ANY)
    elif parse is parse_srt:
        back = parse_srt(format_srt(turns, names).replace("\u2039", "<"), ANY)
    else:
        back = parse_podcast_json(format_podcast_json(turns, names), ANY)
    said = " ".join(s.text for s in back).replace("\u203a", ">")
    assert said == turns[0].text
    assert {s.speaker for s in back} == {"Tiffany Lin"}


@given(_rows)
def test_all_four_files_keep_to_the_rules(
    rows: list[tuple[int, str, list[str]]],
) -> None:
    turns = _turns(rows)
    assert faults(turns, [t.speaker for t in turns]) == []
