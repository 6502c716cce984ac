"""Golden pairs: what stands in a file of each format, and what is read from it.

``NAME.vtt`` with ``NAME.read``: a line a segment, as start, end, speaker, text.
"""

import json
from pathlib import Path

import pytest

from pullquote.errors import ContentError
from pullquote.formats.disk import read_text
from pullquote.formats.imported import load_segments, parse_segments, told_language
from pullquote.formats.podcast_json import parse_podcast_json
from pullquote.formats.srt import parse_srt
from pullquote.formats.webvtt import parse_webvtt
from pullquote.formats.whisper_json import parse_whisper_json
from pullquote.model.transcript import Segment

DATA = Path(__file__).parent.parent / "data"
FORMATS = {
    "webvtt": parse_webvtt,
    "srt": parse_srt,
    "podcast_json": parse_podcast_json,
    "whisper_json": parse_whisper_json,
}
GOLDEN = sorted(p for f in FORMATS for p in (DATA / f).glob("*.read"))
ANY = Path("in.txt")


def source(golden: Path) -> Path:
    (found,) = set(golden.parent.glob(f"{golden.stem}.*")) - {golden}
    return found


def shown(segments: tuple[Segment, ...]) -> str:
    return "".join(
        f"{s.start} {s.end} {s.speaker or '-'} | {s.text}\n" for s in segments
    )


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_file_is_read_as_its_golden_twin_says(golden: Path) -> None:
    path = source(golden)
    text = path.read_bytes().decode()
    assert shown(FORMATS[golden.parent.name](text, path)) == golden.read_text("utf-8")
    assert parse_segments(text, path) == FORMATS[golden.parent.name](text, path)


def test_words_lie_inside_their_segment_and_never_overlap() -> None:
    for golden in GOLDEN:
        for segment in parse_segments(read_text(source(golden)), ANY):
            edges = [e for w in segment.words for e in (w.start, w.end)]
            assert edges == sorted(edges)
            assert (segment.start, segment.end) == (edges[0], edges[-1])


def test_inline_times_become_times_of_words() -> None:
    path = DATA / "webvtt" / "youtube_rolling.vtt"
    words = [w for s in load_segments(path) for w in s.words]
    assert [(w.start, w.text) for w in words[:5]] == [
        (160, "hello"),
        (480, "and"),
        (640, "welcome"),
        (2399, "to"),
        (2560, "the"),
    ]


def test_whispers_probabilities_are_kept_and_split_words_joined() -> None:
    words = load_segments(DATA / "whisper_json" / "openai.transcript")[0].words
    assert [(w.text, w.start, w.end) for w in words] == [
        ("About", 0, 400),
        ("25%", 400, 1200),
        ("x-ray", 1200, 1600),
        ("pain.", 1700, 2000),
    ]
    assert words[0].probability == 0.91


@pytest.mark.parametrize("told", ["NaN", "1e999", "-3", "true", "1" + "0" * 400, '"x"'])
def test_what_is_no_probability_is_none(told: str) -> None:
    """It would make words.json a file that no other program reads."""
    word = f'{{"word": " Hi", "start": 0, "end": 1, "probability": {told}}}'
    text = f'{{"segments": [{{"start": 0, "end": 1, "words": [{word}]}}]}}'
    assert parse_segments(text, Path("x.json"))[0].words[0].probability is None


BAD = [
    ("WEBVTT\n\n00:00:01.000 -> 2\n00:x --> 00:00:02.000\nHi", 4, "not a pair"),
    ("WEBVTT\n\n00:02.000 --> 00:01.000\nHi", 3, "ends before it starts"),
    ("1\n00:00:02,000 --> 00:00:01,000\nHi", 2, "ends before it starts"),
    ("1\n00:00:02,000 --> later\nHi", 2, "not a pair of times"),
    ("Just a letter.", None, "not a transcript"),
    ("", None, "not a transcript"),
    ('{"segments": [', 1, "not JSON"),
    ("[" * 200_000, None, "nested too deeply"),
    ('{"startTime": 3}', None, "no list of 'segments'"),
    ('[{"startTime": 3}]', None, "not a JSON object"),
    ('{"segments": [3]}', None, "segments 1 is not an object"),
    ('{"segments": [{"startTime": 1}]}', None, "segment 1 has no body"),
    ('{"segments": [{"startTime": "a", "body": ""}]}', None, "startTime is 'a'"),
    ('{"segments": [{"startTime": NaN, "body": ""}]}', None, "startTime is nan"),
    ('{"segments": [{"startTime": true, "body": ""}]}', None, "startTime is True"),
    ('{"segments": [{"startTime": -1, "body": ""}]}', None, "startTime is -1"),
    (
        '{"segments": [{"startTime": 2, "endTime": 1, "body": ""}]}',
        None,
        "segment 1 ends before",
    ),
    ('{"segments": [{"start": 1, "end": null}]}', None, "end is None"),
    ('{"segments": [{"start": 1, "end": 2}]}', None, "segment 1 has no text"),
]


@pytest.mark.parametrize(("text", "line", "problem"), BAD)
def test_a_file_that_cannot_be_read_is_named(
    text: str, line: int | None, problem: str
) -> None:
    with pytest.raises(ContentError) as caught:
        parse_segments(text, ANY)
    assert problem in caught.value.problem
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("kind", "text"),
    [("webvtt", "1\n00:01.000 --> 00:02.000"), ("srt", "x"), ("whisper_json", "3")],
)
def test_a_file_of_another_kind_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ContentError):
        FORMATS[kind](text, ANY)


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("a.vtt", "WEBVTT\r\nKind: captions\r\nLanguage: EN-gb\r\n\r\n", "en"),
        ("a.vtt", "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nLanguage: French.", None),
        ("captions.pt-BR.vtt", "WEBVTT\n\n", "pt"),
        ("captions.de.vtt", "WEBVTT\nLanguage: fr\n\n", "fr"),
        ("2026.my.talk.dr.lin.vtt", "WEBVTT\n\n", None),
        ("talk.final.srt", "1\n00:00:01,000 --> 00:00:02,000\nHi", None),
        ("a.json", '{"text": "Hi", "language": "es"}', "es"),
        ("a.json", '{"text": "Hi", "language": "spanish"}', None),
    ],
)
def test_a_file_tells_its_language(
    tmp_path: Path, name: str, text: str, language: str | None
) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    assert told_language(path) == language


@pytest.mark.parametrize(
    ("start", "end", "text", "more"),
    [
        ("startTime", "endTime", "body", {"version": "1.0.0"}),
        ("start", "end", "text", {}),
    ],
)
def test_what_two_say_at_once_is_not_told_word_by_word(
    start: str, end: str, text: str, more: dict[str, str]
) -> None:
    """ "You should never" and "stop taking it." were two turns, with "Why" between."""
    said = [("A", 0, 10, "You should never stop taking it."), ("B", 4, 8, "Why is it?")]
    rows = [{"speaker": a, start: b, end: c, text: d} for a, b, c, d in said]
    found = parse_segments(json.dumps({**more, "segments": rows}), ANY)
    assert [(s.speaker, s.text) for s in found] == [(a, d) for a, _, _, d in said]


def test_a_file_without_words_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.vtt"
    path.write_text("WEBVTT\n")
    with pytest.raises(ContentError, match="holds no words"):
        load_segments(path)


def test_an_empty_srt_holds_nothing() -> None:
    assert parse_srt("", ANY) == ()
