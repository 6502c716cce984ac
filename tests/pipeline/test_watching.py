from __future__ import annotations

import json
import re
import shutil
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

import pytest

from bench.large_show import change_one, make_show
from pullquote.errors import PullquoteError
from pullquote.formats.disk import write_text
from pullquote.formats.folder import ShowFolder
from pullquote.pipeline.building.build import Built, build_public
from pullquote.pipeline.building.preview import build_preview
from pullquote.pipeline.building.watching import watch_show
from pullquote.pipeline.outcome import Quiet, Reporter
from tests.command import started
from tests.pipeline.random_edits import content


def test_what_is_saved_is_built_again_and_a_slip_ends_nothing(tmp_path: Path) -> None:
    make_show(tmp_path, 8, each=4)
    folder = ShowFolder(tmp_path / "show")
    late, *_, facts = sorted(folder.root.glob("episodes/*/episode.toml"))
    write_text(late, _published(late, datetime(2999, 1, 1, tzinfo=UTC)))
    told: Queue[Built | PullquoteError] = Queue()
    stop = Event()
    given = folder, Quiet(), build_public, told.put, stop
    watching = Thread(target=watch_show, args=given)
    watching.start()
    try:
        first = told.get(timeout=60)
        assert isinstance(first, Built)
        assert len(first.changed_feeds) >= 3
        sound = facts.read_text()
        write_text(facts, "title = ")
        assert isinstance(told.get(timeout=60), PullquoteError)
        write_text(facts, sound)
        mended = told.get(timeout=60)
        assert isinstance(mended, Built)
        assert not mended.changed_feeds
        change_one(folder.root)
        again = told.get(timeout=60)
        assert isinstance(again, Built)
        assert again.changed_feeds
        moment = datetime.now(UTC) + timedelta(seconds=2)
        write_text(late, _published(late, moment))
        waits, there = told.get(timeout=60), told.get(timeout=60)
        assert datetime.now(UTC) >= moment
        assert isinstance(waits, Built)
        assert isinstance(there, Built)
        assert any("waits until" in str(fault) for fault in waits.faults)
        assert not any("waits until" in str(fault) for fault in there.faults)
        assert there.pages > waits.pages
    finally:
        stop.set()
        watching.join()
    assert told.empty()  # what it wrote itself was no change
    anew = ShowFolder(tmp_path / "anew")
    shutil.copytree(folder.root, anew.root)
    for left in (anew.site, anew.state):
        shutil.rmtree(left)
    build_public(anew, Quiet())
    assert content(folder.root) == content(anew.root)


def _published(facts: Path, moment: datetime) -> str:
    """An episode's facts, public from a moment on."""
    return re.sub(r"(?m)^published = .*$", f"published = {moment}", facts.read_text())


def test_a_preview_is_not_made_again_where_nothing_changed(tmp_path: Path) -> None:
    make_show(tmp_path, 2, each=2)
    folder = ShowFolder(tmp_path / "show")
    made: Queue[str] = Queue()
    told: Queue[Built | PullquoteError] = Queue()
    stop = Event()

    def build(folder: ShowFolder, reporter: Reporter) -> Built:
        made.put("begun")
        return build_preview(folder, reporter)

    given = folder, Quiet(), build, told.put, stop
    watching = Thread(target=watch_show, args=given)
    watching.start()
    try:
        assert isinstance(told.get(timeout=60), Built)
        facts = next(folder.root.glob("episodes/*/episode.toml"))
        own = facts.with_name("4913")  # as vim tries whether it may write
        own.write_text("")
        own.unlink()
        with pytest.raises(Empty):
            told.get(timeout=1)
        write_text(facts, facts.read_text() + "\n")
        assert isinstance(told.get(timeout=60), Built)
    finally:
        stop.set()
        watching.join()
    assert made.qsize() == 2


def test_a_folder_that_cannot_be_read_ends_no_watching(tmp_path: Path) -> None:
    make_show(tmp_path, 1, each=1)

    def build(folder: ShowFolder, reporter: Reporter) -> Built:
        raise PermissionError(13, "Permission denied", str(folder.root))

    told: Queue[Built | PullquoteError] = Queue()
    stop = Event()
    given = ShowFolder(tmp_path / "show"), Quiet(), build, told.put, stop
    watching = Thread(target=watch_show, args=given)
    watching.start()
    try:
        assert "cannot be read (Permission denied)" in str(told.get(timeout=60))
        assert watching.is_alive()
    finally:
        stop.set()
        watching.join()


def test_as_json_each_build_is_a_document_a_line(tmp_path: Path) -> None:
    make_show(tmp_path, 4, each=4)
    root = tmp_path / "show"
    with started("build", "--watch", "--json", "--show", str(root)) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["pages"] > 4
        change_one(root)
        changed = json.loads(process.stdout.readline())["changed_feeds"]
        assert str(root / "feeds/answers.xml") in changed
        write_text(root / "show.toml", "title =")
        error = json.loads(process.stdout.readline())["error"]
        assert error.startswith(str(root / "show.toml"))
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
