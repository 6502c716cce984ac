import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.errors import ContentError
from pullquote.formats.words_json import (
    format_words,
    load_words,
    parse_words,
    save_words,
)
from pullquote.model.transcript import (
    Engine,
    MachineTranscript,
    Segment,
    VoiceTurn,
    Word,
)

PATH = Path("words.json")
TIMES = st.integers(0, 36_000_000)
WORDS = st.builds(
    Word,
    start=TIMES,
    end=TIMES,
    text=st.text(st.characters(codec="utf-8"), max_size=12),
    probability=st.none() | st.sampled_from((0.0, 0.125, 0.98, 1.0)),
)
SEGMENTS = st.builds(
    Segment,
    start=TIMES,
    end=TIMES,
    words=st.lists(WORDS, max_size=4).map(tuple),
    speaker=st.none() | st.just("S1"),
)


def transcript(segments: tuple[Segment, ...]) -> MachineTranscript:
    engine = Engine(
        runtime="ctranslate2",
        model="base",
        weights_sha256="d0",
        options={"beam": 1},
        versions={"x": "1"},
    )
    return MachineTranscript(
        episode="e",
        language="en",
        duration=9,
        recording_sha256="ab",
        engine=engine,
        segments=segments,
    )


@given(st.lists(SEGMENTS, max_size=3).map(tuple))
def test_any_transcript_comes_back(segments: tuple[Segment, ...]) -> None:
    assert parse_words(format_words(transcript(segments)), PATH) == transcript(segments)


@given(
    st.lists(
        st.builds(VoiceTurn, start=TIMES, end=TIMES, speaker=st.text("S12")), max_size=3
    ).map(tuple),
    st.dictionaries(st.text("S12"), st.text("abc"), max_size=2),
)
def test_who_speaks_comes_back(
    turns: tuple[VoiceTurn, ...], guesses: dict[str, str]
) -> None:
    one = replace(transcript(()), turns=turns, guesses=guesses)
    assert parse_words(format_words(one), PATH) == one
    if turns:
        assert format_words(one).splitlines()[3].startswith(f"[{turns[0].start}, ")


def test_a_segment_is_one_line(tmp_path: Path) -> None:
    word = Word(start=0, end=280, text="Hi", probability=0.98765)
    segment = Segment(start=0, end=280, words=(word,), speaker="S1")
    path = tmp_path / "words.json"
    save_words(path, transcript((segment, segment)))
    lines = path.read_text().splitlines()
    assert json.loads(lines[1].rstrip(",")) == {
        "start": 0,
        "end": 280,
        "speaker": "S1",
        "words": [[0, 280, "Hi", 0.988]],
    }
    assert len(lines) == 4
    assert load_words(path).words[1].text == "Hi"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "words.json:1: is not JSON"),
        ('{"schema": "pullquote/words-9"}', "schema is 'pullquote/words-9'"),
        ("[]", "is not a JSON object"),
        ("[" * 200_000, "is nested too deeply"),
        (
            '{"schema": "pullquote/words-1", "episode": "e", "language": "en", '
            '"duration": Infinity, "recording": {"sha256": ""}, "engine": '
            '{"runtime": "r", "model": "m", "weights_sha256": ""}, "segments": []}',
            "is not complete",
        ),
        ('{"schema": "pullquote/words-1"}', "is not complete"),
        (
            '{"schema": "pullquote/words-1", "engine": {"options": {"\\ud83d": 1}}}',
            "is not complete (half a character)",
        ),
    ],
)
def test_what_is_no_words_json_says_so(text: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_words(text, PATH)
    assert said in str(caught.value)
    assert str(caught.value).endswith("run `pullquote transcribe` again")
