"""Captions without what is redacted: nothing private stays, whatever they look like."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.formats.captions import text_of, without
from pullquote.formats.clock import format_clock
from pullquote.model.answer import Clip

HERE = Path("captions.en.vtt")
NAME = "Quandary"
HIDDEN = Clip(start=60_000, end=61_000)


def cue(start: int, end: int, text: str, number: str = "") -> str:
    head = f"{number}\n" if number else ""
    times = f"{format_clock(start, decimals=3)} --> {format_clock(end, decimals=3)}"
    return f"{head}{times} align:start\n{text}\n\n"


FAR = cue(1000, 2000, "that stays", "1")


@pytest.mark.parametrize(
    "private",
    [
        cue(60_000, 61_000, NAME),
        cue(60_500, 60_500, NAME),
        cue(0, 999_000, f"all of it\n<00:01:00.100><c> {NAME}</c>"),
        cue(62_000, 64_000, f"{NAME}\nrolls up"),
        cue(57_000, 58_000, f"was early: {NAME}"),
        cue(60_000, 61_000, f"\n{NAME} after a blank line\n\n{NAME}"),
        cue(60_000, 61_000, f"from\n\nNOTE {NAME} has a low voice"),
        cue(60_000, 61_000, f"from\n\n{NAME} (7)"),
        cue(61_000, 60_000, f"{NAME} ends before it starts"),
        f"0:61,000 -> --> 1:02\n{NAME} has no time\n\n",
        f"{NAME} --> says\nthat arrow\n\n",
    ],
)
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_no_caption_near_a_redaction_says_a_word(private: str, line: str) -> None:
    text = f"WEBVTT\n\n{FAR}{private}{cue(90_000, 91_000, 'so does this', '3')}"
    text = text.replace("\n", line)
    found = without(text, [HIDDEN], HERE)
    assert NAME not in found
    assert "[redacted]" in found
    assert "that stays" in found
    assert "so does this" in found
    assert without(found, [HIDDEN], HERE) == found


def test_what_is_no_caption_stays_as_it_is() -> None:
    for text in ("", "WEBVTT\n", "no captions at all\r\n", f"WEBVTT\n\n{FAR}"):
        assert without(text, [HIDDEN], HERE) == text


_times = st.tuples(st.integers(0, 40_000), st.integers(0, 9000))


@given(
    st.lists(_times, max_size=8),
    st.lists(_times, min_size=1, max_size=3),
    st.booleans(),
)
def test_whatever_overlaps_a_redaction_goes_and_what_is_far_stays(
    cues: list[tuple[int, int]], hidden: list[tuple[int, int]], numbered: bool
) -> None:
    clips = [Clip(start=a, end=a + n + 1) for a, n in hidden]
    text = "WEBVTT\n\n" + "".join(
        cue(a, a + n, f"word{at}x", str(at + 1) if numbered else "")
        for at, (a, n) in enumerate(cues)
    )
    found = without(text, clips, HERE)
    for at, (a, n) in enumerate(cues):
        if any(a < c.end + 5000 and a + n > c.start - 5000 for c in clips):
            assert f"word{at}x" not in found
        if all(a > c.end + 5000 or a + n < c.start - 5000 for c in clips):
            assert f"word{at}x" in found
    assert found.count("-->") == len(cues)
    assert without(found, clips, HERE) == found


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp1252", b""),
    ],
)
def test_captions_are_read_in_whatever_way_they_were_saved(
    tmp_path: Path, encoding: str, mark: bytes
) -> None:
    path = tmp_path / "captions.de.vtt"
    text = "WEBVTT\r\n\r\n" + cue(60_000, 61_000, "Zo\u00eb \u2013 M\u00fcller")
    path.write_bytes(mark + text.encode(encoding))
    assert text_of(path) == text.replace("\r\n", "\n")
    path.write_bytes(b"WEBVTT \x81\x8d\xff")  # of no encoding that is guessed
    assert text_of(path).encode("latin-1") == b"WEBVTT \x81\x8d\xff"
