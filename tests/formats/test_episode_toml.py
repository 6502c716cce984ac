from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.errors import ContentError
from pullquote.formats.episode_toml import (
    add_chapters,
    format_episode,
    load_episode,
    parse_episode,
    save_episode,
)
from pullquote.model.episode import Chapter, Episode, Recording

PATH = Path("episode.toml")
TITLES = st.text(st.characters(codec="utf-8"), max_size=60)
FULL = Episode(
    guid="5c1d",
    title="Knees & nerves",
    held=date(2026, 3, 11),
    status="published",
    published=datetime(2026, 3, 12, 9, tzinfo=UTC),
    summary="All about knees.",
    people=("lin",),
    watch="https://videos.example/1",
    kind="bonus",
    season=2,
    number=7,
    synthetic=True,
    chapters=(Chapter(start=0, title="Hello"), Chapter(start=61_500, title="Knees")),
    recording=Recording(
        file="recording.opus",
        sha256="ab",
        duration=361_204,
        source="https://videos.example/1",
        source_id="v1",
    ),
)


def test_every_fact_comes_back() -> None:
    assert parse_episode(format_episode(FULL), PATH) == FULL


@given(title=TITLES, summary=st.none() | TITLES, duration=st.integers(0, 10**9))
def test_any_title_and_length_come_back(
    title: str, summary: str | None, duration: int
) -> None:
    episode = Episode(
        guid="g",
        title=title,
        held=date(2026, 1, 1),
        summary=summary,
        recording=Recording(
            file="r", sha256="s", duration=duration, source="u", source_id="i"
        ),
    )
    assert parse_episode(format_episode(episode), PATH) == episode


def test_scaffolding_never_touches_an_existing_file(tmp_path: Path) -> None:
    path = tmp_path / "episode.toml"
    save_episode(path, FULL)
    kept = path.read_text().replace("Knees & nerves", "My own title")
    path.write_text(kept)
    save_episode(path, FULL)
    assert load_episode(path).title == "My own title"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2026-03-12T09:00:00Z", "2026-03-12T09:00:00", "has no timezone"),
        ('status = "published"', 'status = "public"', "'status' is 'public'"),
        ("held = 2026-03-11", 'held = "soon"', "'held' is 'soon'"),
        ("season = 2", "saison = 2", "did you mean 'season'?"),
        ('file = "', 'file = "../../', "is no plain file name"),
        ('file = "', 'file = "C:', "is no plain file name"),
        ("season = ", 'cover = "../x.jpg"\nseason = ', "'cover' is no plain file name"),
        ("season = ", "season = -", "'season' is below 0"),
        ("watch = ", 'watch = "http://[::1" #', "cannot be a link"),
        ("published = ", "published = 9999-12-31T23:00:00-10:00 #", "the year 9999"),
        ("published = ", "published = 0001-01-01T00:00:00+10:00 #", "the year 1;"),
    ],
)
def test_a_mistake_is_named(old: str, new: str, words: str) -> None:
    text = format_episode(FULL)
    assert old in text
    with pytest.raises(ContentError, match=r"^episode.toml:\d+: ") as caught:
        parse_episode(text.replace(old, new), PATH)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('watch = "videos.example/5"', "an address that starts with https://"),
        ('recording = "a.mp3"', "'a.mp3', not a table; write [recording] above its"),
    ],
)
def test_what_a_hand_forgets_is_told(line: str, told: str) -> None:
    text = f'guid="g"\ntitle="t"\nheld=2026-01-01\n{line}\n'
    with pytest.raises(ContentError) as caught:
        parse_episode(text, PATH)
    assert told in str(caught.value)


def test_a_published_episode_needs_its_date() -> None:
    text = 'guid="g"\ntitle="t"\nheld=2026-01-01\nstatus="published"\n'
    with pytest.raises(
        ContentError, match=r"episode\.toml:4: status is 'published' but"
    ):
        parse_episode(text, PATH)


def test_chapters_are_put_where_nobody_wrote_any(tmp_path: Path) -> None:
    path = tmp_path / "episode.toml"
    save_episode(path, replace(FULL, chapters=()))
    before = path.read_text()
    drafted = (
        Chapter(start=0, title="A “word”"),
        Chapter(start=90_000_500, title="After 25 hours"),
    )
    assert add_chapters(path, drafted)
    assert path.read_text().startswith(before)
    assert load_episode(path).chapters == drafted
    assert not add_chapters(path, drafted[:1])
    path.write_text(f"chapters = []  # none\n{before}")
    assert add_chapters(path, drafted)  # two of the name would be no TOML
    assert load_episode(path).chapters == drafted
