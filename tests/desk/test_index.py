"""The index follows the files, whoever writes them."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from pullquote.desk.state.index import Index
from pullquote.formats.folder import ShowFolder
from pullquote.formats.redactions_toml import add_redactions
from pullquote.model.answer import Clip, Redaction
from tests.desk.running import OTHER, SLUG


@pytest.fixture
def index(show: ShowFolder) -> Index:
    return Index(show, show.state / "desk" / "index.db")


def filled(index: Index) -> Index:
    assert index.refresh(60).complete
    return index


def test_episodes_stand_where_their_files_say(index: Index) -> None:
    newest, oldest = filled(index).standings()
    assert (newest.slug, oldest.slug) == (OTHER, SLUG)
    assert (oldest.published, oldest.pulled, oldest.transcribed) == (True, True, True)
    assert not newest.pulled  # its recording is not in the repository
    assert (newest.to_name, oldest.to_name) == (3, 0)
    assert [a.state for a in oldest.answers] == ["approved"] * 6
    assert oldest.waiting == 2
    assert oldest.faults == ()


def test_a_small_show_is_never_shown_in_part(index: Index) -> None:
    assert index.refresh(0).complete
    assert len(index.standings()) == 2


def test_words_are_found_in_answers_and_transcripts(index: Index) -> None:
    found = filled(index).search("BED res", 10)
    assert [one.kind for one in found] == ["answer", "turn"]
    assert ("rest", True) in found[0].pieces
    assert index.count("bed res") == 2
    assert index.search("nobody says this", 10) == ()
    assert index.search("  ", 10) == ()


@pytest.mark.parametrize("words", ['"', "a OR", "NEAR(", "*", "-x", "text:x", "'", "%"])
def test_what_people_type_is_never_a_query_language(index: Index, words: str) -> None:
    filled(index).search(words, 10)
    assert index.count(words) >= 0


def test_a_changed_file_is_read_again(index: Index, show: ShowFolder) -> None:
    path = show.episode(SLUG).answer("heat-or-ice")
    filled(index)
    path.write_text(path.read_text().replace("Ice may be", "Zucchini may be"))
    assert [a.state for a in filled(index).standings()[1].answers].count("changed") == 1
    assert index.count("zucchini") == 1
    path.unlink()
    assert len(filled(index).standings()[1].answers) == 5
    assert index.count("zucchini") == 0


def test_an_episode_that_went_is_gone(index: Index, show: ShowFolder) -> None:
    filled(index)
    shutil.rmtree(show.episode(SLUG).facts.parent)
    assert [one.slug for one in filled(index).standings()] == [OTHER]
    assert index.count("bed rest") == 0


def test_a_fault_is_a_fact_of_the_episode(index: Index, show: ShowFolder) -> None:
    show.episode(SLUG).transcript.write_bytes(b"\xff\xfe")
    show.episode(OTHER).facts.write_text("title = \n")
    newest, oldest = sorted(filled(index).standings(), key=lambda s: s.slug)[::-1]
    assert "transcript.md" in oldest.faults[0]
    assert newest.title == OTHER
    assert "episode.toml" in newest.faults[0]


@pytest.mark.parametrize("junk", [b"", b"no database" * 100, b"SQLite format 3\x00xx"])
def test_a_broken_index_is_made_anew(show: ShowFolder, junk: bytes) -> None:
    path = show.state / "desk" / "index.db"
    path.parent.mkdir(parents=True)
    path.write_bytes(junk)
    assert len(filled(Index(show, path)).standings()) == 2


def test_an_index_of_another_version_is_made_anew(show: ShowFolder) -> None:
    path = show.state / "desk" / "index.db"
    filled(Index(show, path))
    with sqlite3.connect(path) as db:
        db.execute("UPDATE about SET schema = 'x'")
    db.close()
    assert len(filled(Index(show, path)).standings()) == 2


def test_private_words_do_not_stay_in_the_index(show: ShowFolder) -> None:
    path = show.state / "desk" / "index.db"
    transcript = show.episode(SLUG).transcript
    text = transcript.read_text()
    transcript.write_text(text.replace(" bed,", " Quandaryville,", 1))
    index = filled(Index(show, path))
    assert index.count("Quandaryville") == 1
    clip = Clip(start=0, end=100_000)
    redaction = Redaction(clip=clip, replacement="xylophonist")
    add_redactions(show.episode(SLUG).redactions, [redaction])
    filled(index)  # though transcript.md still has it
    assert index.count("Quandaryville") == 0
    assert index.count("xylophonist") == 1
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    assert b"uandaryville" not in path.read_bytes()


def test_a_show_that_nobody_has_looked_at_is_not_complete(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as slow:
        slow.setattr(Index, "_read_changed", lambda self, db: None)
        first = index.refresh(60)
    assert (first.done, first.total, first.complete) == (0, 2, False)
    assert filled(index).refresh(60).total == 2


def test_a_text_editors_dead_link_hides_no_change(show: ShowFolder) -> None:
    index = filled(Index(show, show.state / "desk" / "index.db"))
    answers = show.episode(SLUG).answers
    (answers / ".#heat-or-ice.md").symlink_to("ann@desk.4711")  # as Emacs does
    filled(index)
    path = answers / "heat-or-ice.md"
    path.write_text(path.read_text().replace("Honestly", "Quandarily"))
    assert filled(index).count("Quandarily") == 1
