"""Voice prints read back as they were written; what is unsound is named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.errors import ContentError, PullquoteError
from pullquote.formats.voice_json import (
    LearnedVoice,
    forget_voice,
    format_voice,
    load_voice,
    parse_voice,
    save_voice,
)

ONE = LearnedVoice(episode="e", made_from="sha256:0", print=(0.6, -0.8))
NONE = LearnedVoice(episode="f", made_from="sha256:1", print=())
PATH = Path("lin.json")


def test_prints_read_back_and_go(tmp_path: Path) -> None:
    path = tmp_path / "voices" / "lin.json"
    assert load_voice(path) == ()
    save_voice(path, "lin", (ONE, NONE))
    assert load_voice(path) == (ONE, NONE)
    assert forget_voice(path)
    assert not forget_voice(path)


def test_what_cannot_be_deleted_says_so(tmp_path: Path) -> None:
    with pytest.raises(PullquoteError, match="delete it yourself"):
        forget_voice(tmp_path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("voice-1", "voice-9"),
        ("0.6", '"loud"'),
        ("0.6", "NaN"),
        ('"print": [', '"sprint": ['),
        ('"prints": [', '"other": ['),
        ("{", ""),
    ],
)
def test_what_is_no_such_file_is_named(before: str, after: str) -> None:
    text = format_voice("lin", (ONE,)).replace(before, after, 1)
    with pytest.raises(ContentError, match="made anew"):
        parse_voice(text, PATH)


@given(st.text(), st.lists(st.floats(-1, 1), max_size=4))
def test_any_print_reads_back_nearly(slug: str, numbers: list[float]) -> None:
    one = LearnedVoice(episode=slug, made_from="", print=tuple(numbers))
    (back,) = parse_voice(format_voice("lin", [one]), PATH)
    assert back.print == pytest.approx(one.print, abs=1e-5)
    assert back.episode == slug
