from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.errors import ContentError
from pullquote.formats.transcript_md import (
    format_transcript,
    header_line,
    load_transcript,
    parse_transcript,
    save_transcript,
)
from pullquote.model.transcript import Transcript, Turn

PATH = Path("transcripts/x/transcript.md")
TEXT = """\
+++
episode = "2021-06-16-sprains"
language = "en"
words = "sha256:abc"
+++

**Tiffany Lin** [00:12:47]
Heat can help.
It rarely *harms*, [they] say # so.

**Sam Hale?** [00:13:02.345]
Thank you.

**S2** [00:13:02.345]
"""
TRANSCRIPT = Transcript(
    episode="2021-06-16-sprains",
    language="en",
    words_digest="sha256:abc",
    turns=(
        Turn(
            start=767_000,
            speaker="Tiffany Lin",
            sentences=("Heat can help.", "It rarely *harms*, [they] say # so."),
        ),
        Turn(
            start=782_345, speaker="Sam Hale", guessed=True, sentences=("Thank you.",)
        ),
        Turn(start=782_345, speaker="S2"),
    ),
)


def test_a_transcript_is_read_as_people_write_it() -> None:
    assert parse_transcript(TEXT, PATH) == TRANSCRIPT


def test_a_transcript_is_written_as_people_read_it() -> None:
    assert format_transcript(TRANSCRIPT) == TEXT


def test_what_a_person_noted_among_the_facts_stays_when_the_words_change() -> None:
    noted = TEXT.replace('"en"\n', '"en"  # spoken\n# heard up to 0:13, Ann\n')
    read = parse_transcript(noted, PATH)
    assert read == TRANSCRIPT
    assert (
        format_transcript(replace(read, turns=read.turns[:1]))
        == noted.partition("\n\n**Sam")[0] + "\n"
    )


def test_text_may_look_like_markdown_or_like_a_speakers_line() -> None:
    lines = ("**S1** [00:00:01]", "\\**bold** it", "# no heading", "+++", "\\n", "* a")
    turn = Turn(start=0, speaker="A", sentences=lines)
    transcript = Transcript(episode="x", language="en", turns=(turn,))
    assert parse_transcript(format_transcript(transcript), PATH) == transcript


@pytest.mark.parametrize("line", ["=======", "<<<<<<< a", "||||||| b", ">>>>>>> c"])
def test_text_like_gits_marks_of_a_merge_locks_nobody_out(
    tmp_path: Path, line: str
) -> None:
    turn = Turn(start=0, speaker="A", sentences=(line, f"\\{line}"))
    transcript = Transcript(episode="x", language="en", turns=(turn,))
    save_transcript(tmp_path / "t.md", transcript)
    assert load_transcript(tmp_path / "t.md") == transcript


def test_loose_blanks_and_blank_lines_do_no_harm() -> None:
    text = TEXT.replace("Heat can help.", "  Heat  can help. \n\n").replace(
        "] say", "]\tsay"
    )
    assert parse_transcript(text.rstrip(), PATH) == TRANSCRIPT


def test_a_transcript_without_turns_is_one() -> None:
    empty = Transcript(episode="x", language="de", turns=())
    assert parse_transcript(format_transcript(empty), PATH) == empty


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("00:12:47", "00:12:4x", 7, "'00:12:4x' is not a time"),
        ("[00:12:47]", "", 7, "has no time"),
        ("**Tiffany Lin** [00:12:47]", "Tiffany Lin", 7, "before the first speaker's"),
        ("00:13:02.345]\nThank", "00:10:00]\nThank", 11, "before the turn above"),
        ("**S2**", "**?**", 14, "no name"),
        ('words = "', 'wrods = "', 4, "unknown key 'wrods'"),
        ('language = "en"', "language = 3", 3, "'language' is 3"),
        ('language = "en"\n', "", 2, "'language' is missing"),
        ('language = "en"', "language = en", 3, "not valid TOML"),
        ('words = "sha256:abc"\n+++', "", 1, "never closed"),
        ("+++\nepisode", "episode", 1, "does not start with +++"),
    ],
)
def test_a_slip_is_named_with_its_line(
    old: str, new: str, line: int, problem: str
) -> None:
    assert old in TEXT
    with pytest.raises(ContentError) as caught:
        parse_transcript(TEXT.replace(old, new, 1), PATH)
    assert caught.value.line == line
    assert problem in caught.value.problem
    assert str(caught.value).startswith(f"{PATH}:{line}: ")


def test_a_saved_transcript_is_loaded_again(tmp_path: Path) -> None:
    path = tmp_path / "x" / "transcript.md"
    save_transcript(path, TRANSCRIPT)
    assert load_transcript(path) == TRANSCRIPT


def test_a_turn_is_found_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "transcript.md"
    path.write_text(TEXT + "\n**Tiffany Lin** [00:20:00]\n")
    assert header_line(path, "Sam Hale", 790_000) == 11
    assert header_line(path, "Tiffany Lin", 768_200) == 7
    assert header_line(path, "Tiffany Lin", 1_000_000) == 16
    assert header_line(path, "Nobody", 0) is None
    assert header_line(tmp_path / "gone.md", "Sam Hale", 0) is None


def _tidy(text: str) -> str:
    return " ".join(text.split())


_text = st.text(
    alphabet=st.characters(exclude_categories=["Cs"])
    | st.sampled_from("*\\[]?#+:0123456789 "),
    min_size=1,
).map(_tidy)
_name = _text.map(lambda name: name.rstrip("? ")).filter(bool)
_turn = st.tuples(_name, st.booleans(), st.lists(_text.filter(bool), max_size=4))


@given(
    st.lists(_turn, max_size=5),
    st.lists(st.integers(0, 400_000_000), min_size=5, max_size=5),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.none() | st.just("sha256:0"),
)
def test_any_transcript_comes_back_as_it_was(
    turns: list[tuple[str, bool, list[str]]],
    starts: list[int],
    episode: str,
    digest: str | None,
) -> None:
    transcript = Transcript(
        episode=episode,
        language="en",
        words_digest=digest,
        turns=tuple(
            Turn(start=start, speaker=name, guessed=guessed, sentences=tuple(lines))
            for start, (name, guessed, lines) in zip(
                sorted(starts), turns, strict=False
            )
        ),
    )
    assert parse_transcript(format_transcript(transcript), PATH) == transcript
