"""The log and the file: nothing is lost, and what changed on disk is merged."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pullquote.desk.room.journal import leave
from pullquote.desk.room.keeper import Changed, Keeper, News, Retimed, Saved
from pullquote.desk.room.operations import Edit, Join, Name, Restore, Split
from pullquote.desk.room.room import Asked
from pullquote.errors import ContentError, PullquoteError, UsageError
from pullquote.formats.disk import text_digest
from pullquote.formats.folder import EpisodeFolder
from pullquote.formats.transcript_md import load_transcript, save_transcript
from pullquote.formats.words_json import load_words, save_words
from tests.desk.disk import no_space
from tests.desk.room import rooms


@pytest.fixture
def paths(tmp_path: Path) -> EpisodeFolder:
    found = EpisodeFolder(tmp_path, "x")
    save_transcript(found.transcript, rooms.transcript())
    save_words(found.words, rooms.heard(rooms.transcript()))
    return found


@contextmanager
def opened(paths: EpisodeFolder, news: list[News] | None = None) -> Iterator[Keeper]:
    heard: list[News] = [] if news is None else news
    keeper = Keeper(paths, log(paths), lambda _, told: heard.append(told))
    try:
        yield keeper
    finally:
        keeper.close()


def log(paths: EpisodeFolder) -> Path:
    return paths.root / ".pullquote/desk/transcripts/x.jsonl"


def edit(keeper: Keeper, turn: str, old: str, new: str, by: str = "ann") -> None:
    text = keeper.room.document[turn].text
    operation = Edit(turn=turn, at=text.index(old), deleted=old, inserted=new)
    keeper.submit(operation, Asked(by=by, revision=keeper.room.revision))


def change_file(paths: EpisodeFolder, old: str, new: str) -> None:
    text = paths.transcript.read_text()
    assert old in text
    paths.transcript.write_text(text.replace(old, new))


def look(keeper: Keeper) -> None:
    """Look twice: the first time a file may still be in the writing."""
    keeper.tick()
    keeper.tick()


def test_a_change_is_in_the_file_when_it_is_asked_for(paths: EpisodeFolder) -> None:
    news: list[News] = []
    with opened(paths, news) as keeper:
        edit(keeper, "t1", "show", "programme")
        keeper.flush()
        assert "Welcome to the programme.\n" in paths.transcript.read_text()
    assert [type(n) for n in news] == [Changed, Saved]


def test_nothing_is_written_where_nothing_was_changed(paths: EpisodeFolder) -> None:
    paths.transcript.write_text(paths.transcript.read_text() + "\n\n")
    before = paths.transcript.read_bytes()
    with opened(paths) as keeper:
        look(keeper)
    assert paths.transcript.read_bytes() == before


def test_undo_and_versions_survive_the_end_of_the_desk(paths: EpisodeFolder) -> None:
    first = paths.transcript.read_bytes()
    with opened(paths) as keeper:
        edit(keeper, "t1", "show", "programme")
        keeper.submit(Split(turn="t1", at=25), Asked(by="ann", revision=1))
    with opened(paths) as keeper:
        assert keeper.room.revision == 2
        keeper.undo("ann", "undo")
        keeper.undo("ann", "undo")
    assert paths.transcript.read_bytes() == first
    with opened(paths) as keeper:
        keeper.undo("ann", "redo")
    assert "programme" in paths.transcript.read_text()


def while_the_disk_works(
    monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]
) -> None:
    """Do something once, after the next file that is to replace another is flushed."""
    flush, waiting = os.fsync, [act]

    def slow(handle: int) -> None:
        flush(handle)
        if waiting and Path(f"/proc/self/fd/{handle}").readlink().suffix == ".part":
            waiting.pop()()

    monkeypatch.setattr(os, "fsync", slow)


def test_what_another_program_writes_while_the_disk_works_is_merged(
    paths: EpisodeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(paths) as keeper:
        edit(keeper, "t1", "show", "programme")
        while_the_disk_works(
            monkeypatch, lambda: change_file(paths, "Keep moving.", "Keep walking.")
        )
        keeper.flush()
        text = paths.transcript.read_text()
    assert "Keep walking." in text
    assert "programme" in text


def test_an_undo_and_a_choice_sent_twice_are_done_once(paths: EpisodeFolder) -> None:
    with opened(paths) as keeper:
        edit(keeper, "t1", "show", "programme")
        edit(keeper, "t1", "programme", "film")
        first = keeper.undo("ann", "undo", "tab 1")
        again = keeper.undo("ann", "undo", "tab 1")
        assert "programme" in keeper.room.document["t1"].text
        assert (again.changes, again.touched) == (first.changes, ("t1",))
        keeper.undo("ann", "undo", "tab 2")
        assert "show" in keeper.room.document["t1"].text
        edit(keeper, "t2", "moving", "dancing")
        change_file(paths, "Keep moving.", "Keep walking.")
        keeper.flush()
        (clash,) = keeper.room.history.clashes
        asked = Asked(by="ann", revision=keeper.room.revision, key="tab 3")
        chosen = keeper.choose(clash, theirs=True, asked=asked)
    with opened(paths) as keeper:  # the desk was ended before it could answer
        told = keeper.choose(clash, theirs=True, asked=asked)
        assert [c.number for c in told.changes] == [c.number for c in chosen.changes]


def test_what_another_program_changes_comes_into_the_room(paths: EpisodeFolder) -> None:
    news: list[News] = []
    with opened(paths, news) as keeper:
        change_file(paths, "Keep moving.", "Keep walking.")
        look(keeper)
        assert "walking" in keeper.room.document["t2"].text
        (changed,) = news
        assert isinstance(changed, Changed)
        assert changed.changes[0].by == "disk"
        assert (changed.touched, changed.reordered) == (("t2",), False)


def test_changes_here_and_on_disk_are_merged_in_both(paths: EpisodeFolder) -> None:
    with opened(paths) as keeper:
        change_file(paths, "Keep moving.", "Keep walking.")
        edit(keeper, "t2", "is not", "never is")
        edit(keeper, "t4", "Two", "Three")
        keeper.flush()
        text = paths.transcript.read_text()
    assert "Keep walking.\n" in text
    assert "a week never is." in text
    assert "Three weeks" in text


def test_the_same_words_changed_here_and_on_disk_are_both_kept(
    paths: EpisodeFolder,
) -> None:
    with opened(paths) as keeper:
        edit(keeper, "t2", "moving", "dancing")
        change_file(paths, "Keep moving.", "Keep walking.")
        keeper.flush()
        assert "Keep dancing." in paths.transcript.read_text()
    with opened(paths) as keeper:
        (clash,) = keeper.room.history.clashes.values()
        assert (clash.by, clash.turn) == ("disk", "t2")
        assert clash.text.startswith("Keep walking.")
        asked = Asked(by="ann", revision=keeper.room.revision)
        keeper.choose(clash.id, theirs=True, asked=asked)
    assert "Keep walking." in paths.transcript.read_text()


def test_turns_added_taken_out_and_renamed_on_disk_keep_their_identity(
    paths: EpisodeFolder,
) -> None:
    with opened(paths) as keeper:
        text = paths.transcript.read_text()
        head, rest = text.split("**S1** [00:00:08]")
        paths.transcript.write_text(
            head.replace("**S1**", "**Simon Larkfield**")
            + "**S9** [00:00:08]\nMay I add something?\n\n**S1** [00:00:08]"
            + rest.replace("Some need six.", "")
        )
        look(keeper)
        shown = [(t.id, t.speaker) for t in keeper.room.document.turns]
    assert shown == [
        ("t1", "Simon Larkfield"),
        ("t2", "Irene Copperfold"),
        ("t5", "S9"),
        ("t3", "S1"),
        ("t4", "S3"),
    ]


def test_a_file_changed_while_the_desk_was_closed_is_merged(
    paths: EpisodeFolder,
) -> None:
    with opened(paths) as keeper:
        edit(keeper, "t4", "Two", "Three")
    change_file(paths, "Keep moving.", "Keep walking.")
    with opened(paths) as keeper:
        assert keeper.room.history.changes[-1].by == "disk"
        keeper.undo("ann", "undo")
        keeper.flush()
    text = paths.transcript.read_text()
    assert "Keep walking." in text
    assert "Two weeks" in text


def test_a_file_changed_again_after_the_desk_was_closed_is_no_clash(
    paths: EpisodeFolder,
) -> None:
    """Its second change was taken for one beside the first, which came back."""
    with opened(paths):
        pass
    for old, new in (("moving", "walking"), ("walking", "sitting"), ("sitting", "up")):
        change_file(paths, f"Keep {old}.", f"Keep {new}.")
        with opened(paths) as keeper:
            look(keeper)
            assert f"Keep {new}." in keeper.room.document["t2"].text
            assert not keeper.room.history.clashes
        assert f"Keep {new}." in paths.transcript.read_text()


def test_an_old_file_put_back_while_closed_is_a_change(paths: EpisodeFolder) -> None:
    first = paths.transcript.read_bytes()
    with opened(paths) as keeper:
        for old, new in (("Two", "Three"), ("Three", "Four"), ("Four", "Five")):
            edit(keeper, "t4", old, new)
            keeper.flush()
    paths.transcript.write_bytes(first)
    with opened(paths) as keeper:
        assert keeper.room.document["t4"].text.startswith("Two")
    assert paths.transcript.read_bytes() == first


def test_a_log_that_is_ahead_of_the_file_is_written(paths: EpisodeFolder) -> None:
    first = paths.transcript.read_bytes()
    with opened(paths) as keeper:
        edit(keeper, "t4", "Two", "Three")
        keeper.flush()
        edit(keeper, "t4", "six", "eight")
    paths.transcript.write_bytes(first.replace(b"Two", b"Three"))  # as after kill -9
    with opened(paths) as keeper:
        look(keeper)
    assert "Some need eight." in paths.transcript.read_text()


def test_a_file_that_cannot_be_read_is_not_written_over(paths: EpisodeFolder) -> None:
    news: list[News] = []
    with opened(paths, news) as keeper:
        good = paths.transcript.read_text()
        bad = good.replace("**S3** [00:00:10]", "**S3** [at ten]")
        assert bad != good
        paths.transcript.write_text(bad)
        edit(keeper, "t1", "show", "programme")
        look(keeper)
        assert isinstance(news[-1], Saved)
        assert "'at ten' is not a time" in str(news[-1].problem)
        with pytest.raises(ContentError, match="'at ten' is not a time"):
            keeper.flush()
        assert paths.transcript.read_text() == bad
        paths.transcript.write_text(good.replace("Keep moving", "Keep walking"))
        keeper.fault = None
        keeper.flush()
    text = paths.transcript.read_text()
    assert "Keep walking" in text
    assert "programme" in text


def test_a_file_that_is_gone_comes_back_with_the_next_change(
    paths: EpisodeFolder,
) -> None:
    with opened(paths) as keeper:
        paths.transcript.unlink()
        look(keeper)
        assert not paths.transcript.exists()
        edit(keeper, "t1", "show", "programme")
        keeper.flush()
    assert len(load_transcript(paths.transcript).turns) == 4
    paths.transcript.unlink()
    save_words(paths.words, replace(load_words(paths.words), language="de"))
    with opened(paths) as keeper:
        look(keeper)
    assert "programme" in paths.transcript.read_text()
    back = load_transcript(paths.transcript)
    assert back.language == "de"  # by English rules it would be marked wrongly
    assert back.words_digest == text_digest(paths.words.read_text())


def test_a_share_that_is_away_for_a_moment_costs_no_word(paths: EpisodeFolder) -> None:
    """A file in its empty place would pass for saved, and the share's for a change."""
    away = paths.root.with_name("away")
    with opened(paths) as keeper:
        paths.root.rename(away)
        edit(keeper, "t1", "show", "programme")
        with pytest.raises(PullquoteError, match=f"{paths.slug}: is not there; look"):
            keeper.flush()
        told = keeper.problem
        assert told
        assert not paths.root.exists()
        away.rename(paths.root)
        look(keeper)
        keeper.flush()
        assert keeper.problem is None
    assert "programme" in paths.transcript.read_text()


def test_an_episode_without_a_transcript_says_what_to_do(tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match="transcribe it first"),
        opened(EpisodeFolder(tmp_path, "x")),
    ):
        pass


def test_two_desks_do_not_write_one_log(paths: EpisodeFolder) -> None:
    with (
        opened(paths),
        pytest.raises(UsageError, match="open in another desk"),
        opened(paths),
    ):
        pass


def test_a_transcript_closed_in_another_thread_can_be_opened_again(
    paths: EpisodeFolder,
) -> None:
    keeper = Keeper(paths, log(paths), lambda *_: None)
    closing = threading.Thread(target=keeper.close)
    closing.start()
    closing.join()
    with opened(paths) as again:
        assert again.room.revision == 0


def test_an_operation_sent_twice_is_done_once(paths: EpisodeFolder) -> None:
    with opened(paths) as keeper:
        asked = Asked(by="ann", revision=0, key="tab1-7")
        operation = Edit(turn="t1", at=0, deleted="", inserted="Hello. ")
        first = keeper.submit(operation, asked)
        assert keeper.submit(operation, asked).changes == first.changes
        assert keeper.room.revision == 1
    with opened(paths) as keeper:
        again = keeper.submit(operation, asked)
        assert again.touched == ("t1",)
        assert again.changes[0].number == keeper.room.revision == 1


def test_an_operation_that_changes_nothing_is_no_revision(paths: EpisodeFolder) -> None:
    with opened(paths) as keeper:
        edit(keeper, "t1", "show", "show")
        assert keeper.room.revision == 0


@pytest.mark.parametrize("cut", [1, 7, 40])
def test_a_line_cut_off_by_a_crash_is_dropped(paths: EpisodeFolder, cut: int) -> None:
    with opened(paths) as keeper:
        edit(keeper, "t1", "show", "programme")
        keeper.flush()
        edit(keeper, "t4", "Two", "Three")
    lines = log(paths).read_bytes().splitlines(keepends=True)
    torn = next(n for n, line in enumerate(lines) if b'"n":2' in line)
    log(paths).write_bytes(b"".join(lines[:torn]) + lines[torn][:-cut])
    change_file(paths, "Three", "Two")
    with opened(paths) as keeper:
        assert keeper.room.revision == 1
        edit(keeper, "t4", "Two", "Four")
    with opened(paths) as keeper:
        assert keeper.room.revision == 2


def test_what_cannot_be_read_is_said_and_stops_no_other_transcript(
    paths: EpisodeFolder,
) -> None:
    with opened(paths) as keeper:
        edit(keeper, "t1", "show", "programme")
        asked = log(paths).with_suffix(".0.leaving")
        asked.mkdir()  # a thread looks after all open transcripts: it goes on
        keeper.tick()
        assert "0.leaving: cannot be read" in str(keeper.problem)
        asked.rmdir()
        keeper.flush()
        assert keeper.problem is None
    assert "programme" in paths.transcript.read_text()


def test_a_damaged_log_is_not_cut_off_before_its_copy_is_safe(
    paths: EpisodeFolder,
) -> None:
    with opened(paths) as keeper:
        edit(keeper, "t1", "show", "programme")
        edit(keeper, "t4", "Two", "Three")
    whole = log(paths).read_bytes().replace(b'"kind":"edit"', b'"kind":', 1)
    log(paths).write_bytes(whole)
    with no_space(), pytest.raises(PullquoteError, match="cannot be written"):
        Keeper(paths, log(paths), lambda *_: None)
    assert log(paths).read_bytes() == whole
    assert not [*log(paths).parent.glob("*.damaged")]


def test_a_log_damaged_in_its_middle_is_kept_aside(paths: EpisodeFolder) -> None:
    with opened(paths) as keeper:
        edit(keeper, "t1", "show", "programme")
        edit(keeper, "t4", "Two", "Three")
    data = log(paths).read_bytes()
    log(paths).write_bytes(data.replace(b'"n":1', b'"n":"\0'))
    with opened(paths) as keeper:
        assert "could not be read to its end" in str(keeper.log_problem)
        # the file is the truth: it has both
        assert keeper.room.document["t4"].text.startswith("Three")
    (aside,) = log(paths).parent.glob("*.damaged")
    assert b'"n":2' in aside.read_bytes()
    log(paths).write_bytes(b"nonsense\n")
    with opened(paths) as keeper:
        assert keeper.room.revision == 0
        assert "programme" in keeper.room.document["t1"].text


def test_a_clock_that_is_set_back_does_no_harm(paths: EpisodeFolder) -> None:
    with opened(paths) as keeper:
        edit(keeper, "t1", "show", "programme")
        edit(keeper, "t4", "Two", "Three")
    lines = log(paths).read_text().splitlines()
    for n, line in enumerate(lines):
        row = json.loads(line)
        if "n" in row:
            row["at"] = f"20{30 - n}-01-01T00:00:00+00:00"
            lines[n] = json.dumps(row)
    log(paths).write_text("\n".join(lines) + "\n")
    with opened(paths) as keeper:
        assert keeper.room.revision == 2
        edit(keeper, "t4", "Three", "Four")
    assert "Four weeks" in paths.transcript.read_text()


def test_words_of_another_schema_leave_guessed_times(paths: EpisodeFolder) -> None:
    news: list[News] = []
    with opened(paths, news) as keeper:
        before = keeper.room.times.of_turns["t1"]
        text = paths.words.read_text()
        paths.words.write_text(text.replace("words-1", "words-0"))
        keeper.tick()
        assert isinstance(news[-1], Retimed)
        assert len(keeper.room.times.of_turns["t1"]) == len(before)
        assert "words-0" in str(keeper.words_problem)
        paths.words.write_text(text)
        keeper.tick()
        assert keeper.room.times.of_turns["t1"] == before
        paths.words.unlink()
        keeper.tick()
        assert keeper.room.times.duration is None
        assert "no words.json" in str(keeper.words_problem)


FULL_DISK = """
    import resource, signal, sys
    from pathlib import Path
    from pullquote.errors import PullquoteError
    from pullquote.formats.folder import EpisodeFolder
    from tests.desk.room.test_keeper import edit, log, opened
    paths = EpisodeFolder(Path(sys.argv[1]), "x")
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with opened(paths) as keeper:
        edit(keeper, "t1", "show", "programme")
        keeper.flush()
        size = log(paths).stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40, resource.RLIM_INFINITY))
        for _ in range(2):
            try:
                edit(keeper, "t4", "Two", "Three")
            except PullquoteError as error:
                print(error)
        assert log(paths).stat().st_size == size
        assert keeper.room.document["t4"].text.startswith("Two")
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 400, resource.RLIM_INFINITY))
        edit(keeper, "t4", "Two", "Three" * 40)
        try:
            keeper.flush()
        except PullquoteError as error:
            print(error)
        free = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.setrlimit(resource.RLIMIT_FSIZE, free)
        keeper.fault = None
        keeper.flush()
"""


def test_a_full_disk_refuses_the_change_and_keeps_what_is_there(
    paths: EpisodeFolder,
) -> None:
    run = [sys.executable, "-c", textwrap.dedent(FULL_DISK), str(paths.root)]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first, second, third = done.stdout.splitlines()
    assert first == second
    assert "x.jsonl: cannot be written (File too large); free disk space" in first
    assert "cannot be written" in third
    assert "Three" * 40 in paths.transcript.read_text()


TYPIST = """
    import sys, threading, time
    from pathlib import Path
    from pullquote.formats.folder import EpisodeFolder
    from tests.desk.room.test_keeper import edit, log, opened
    paths = EpisodeFolder(Path(sys.argv[1]), "x")
    with opened(paths) as keeper:
        def ticking():
            while True:
                keeper.tick()
                time.sleep(0.002)
        threading.Thread(target=ticking, daemon=True).start()
        number = keeper.room.revision
        while True:
            number += 1
            edit(keeper, "t4", "Two", f"w{number} Two")
            print(number, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 30, 77])
def test_a_killed_desk_loses_nothing_that_was_acknowledged(
    paths: EpisodeFolder, lines: int
) -> None:
    run = [sys.executable, "-c", textwrap.dedent(TYPIST), str(paths.root)]
    with subprocess.Popen(run, stdout=subprocess.PIPE, text=True) as typist:
        assert typist.stdout is not None
        told = [int(typist.stdout.readline()) for _ in range(lines)]
        os.kill(typist.pid, signal.SIGKILL)
        told += [int(line) for line in typist.stdout if line.endswith("\n")]
    load_transcript(paths.transcript)
    with opened(paths) as keeper:
        keeper.flush()
        words = keeper.room.document["t4"].text.split()
    assert [f"w{n}" for n in told] == words[: len(told)]
    assert " ".join(words[:3]) in paths.transcript.read_text()


def test_naming_a_voice_is_in_the_file(paths: EpisodeFolder) -> None:
    with opened(paths) as keeper:
        operation = Name(turn="t1", speaker="Simon Larkfield")
        keeper.submit(operation, Asked(by="ann", revision=0))
    assert paths.transcript.read_text().count("**Simon Larkfield** [") == 2


def test_a_full_disk_at_the_end_holds_no_log_for_ever(paths: EpisodeFolder) -> None:
    keeper = Keeper(paths, log(paths), lambda _, told: None)
    edit(keeper, "t1", "show", "programme")
    change_file(paths, "Welcome", "A welcome")
    keeper.tick()
    with no_space():
        keeper.close()
    with opened(paths) as keeper:
        look(keeper)
        assert keeper.room.document["t1"].text.startswith("A welcome to the programme")


def test_redacted_words_leave_the_log_and_edits_can_still_be_undone(
    paths: EpisodeFolder,
) -> None:
    with opened(paths) as keeper:
        edit(keeper, "t1", "show", "show of Ann Lee")
        edit(keeper, "t1", "Welcome", "Good day")
        keeper.flush()
        change_file(paths, "Ann Lee", "a viewer")
        leave(log(paths), re.compile("Ann Lee", re.I))
        hidden = keeper.forget()
        assert "Ann Lee" not in log(paths).read_text()
        assert log(paths).stat().st_mode & 0o777 == 0o600
        said = keeper.room.document["t1"].text.split("\n")[0]
        assert said == "Good day to the show of a viewer."
        keeper.undo("ann", "undo")
        keeper.flush()
        assert "Welcome to the show of a viewer." in paths.transcript.read_text()
    with opened(paths) as keeper:  # what was written since is there too
        said = keeper.room.document["t1"].text.split("\n")[0]
        assert said == "Welcome to the show of a viewer."
        assert keeper.log_problem is None
        keeper.remember(hidden)
        assert "Ann Lee" in log(paths).read_text()
        leave(log(paths), re.compile("Ann Lee", re.I))
        keeper.tick()
        assert "Ann Lee" not in log(paths).read_text()
        keeper.undo("ann", "undo")  # where another wrote it stays as that wrote it
        assert "Ann" not in keeper.room.document["t1"].text
        assert "\N{FULL BLOCK}" not in keeper.room.document["t1"].text


@pytest.mark.parametrize("instead", ["a person", ""])
def test_words_that_were_rewritten_before_a_redaction_do_not_come_back_as_blocks(
    paths: EpisodeFolder, instead: str
) -> None:
    change_file(paths, "the show.", "the show of Ann Lee.")
    with opened(paths) as keeper:
        edit(keeper, "t1", "Ann Lee", instead)
        edit(keeper, "t1", "Welcome", "Good day")
        keeper.flush()
        said = keeper.room.document["t1"].text
        leave(log(paths), re.compile("Ann Lee", re.I))
        keeper.forget()
        assert "\N{FULL BLOCK}" in log(paths).read_text()
        keeper.undo("ann", "undo")
        undone = said.replace("Good day", "Welcome")
        assert keeper.room.document["t1"].text == undone
        assert keeper.undo("ann", "undo").changes[-1].steps == ()
        assert keeper.room.document["t1"].text == undone


def test_a_clash_is_chosen_without_the_words_that_were_redacted(
    paths: EpisodeFolder,
) -> None:
    with opened(paths) as keeper:
        at = keeper.room.revision
        edit(keeper, "t1", "show", "hour")
        text = keeper.room.history.document_at(at)["t1"].text
        place = text.index("show")
        late = Edit(turn="t1", at=place, deleted="show", inserted="show of Ann Lee")
        clash = keeper.submit(late, Asked(by="bob", revision=at)).changes[0].clashes[0]
        leave(log(paths), re.compile("Ann Lee", re.I))
        keeper.forget()
        keeper.choose(clash.id, theirs=True, asked=rooms.asked(keeper.room, "bob"))
        assert "\N{FULL BLOCK}" not in keeper.room.document["t1"].text


def test_a_version_brought_back_has_no_blocks_in_a_turn_that_was_joined_since(
    paths: EpisodeFolder,
) -> None:
    change_file(paths, "Keep moving.", "Keep moving, Ann Lee.")
    with opened(paths) as keeper:
        keeper.submit(Join(turn="t2"), rooms.asked(keeper.room, "ann"))
        keeper.flush()
        change_file(paths, "Ann Lee", "a viewer")
        leave(log(paths), re.compile("Ann Lee", re.I))
        keeper.forget()
        keeper.submit(Restore(revision=0), rooms.asked(keeper.room, "ann"))
        assert keeper.room.document["t2"].text.startswith("Keep moving, ….")
