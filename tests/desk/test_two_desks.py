"""Two desks on one show, or a desk beside a command: nobody's line is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pullquote.desk.state.memory import Memory
from pullquote.desk.state.requests import Requests
from pullquote.desk.state.sessions import Sessions
from pullquote.desk.state.users import Users
from pullquote.formats.decisions_json import load_decisions
from pullquote.formats.folder import ShowFolder

_EACH = 15
_DESK = """
import sys
from datetime import date
from pathlib import Path
from pullquote.desk.context import Who
from pullquote.desk.state.memory import Memory
memory, own = Memory(Path(sys.argv[1])), sys.argv[2]
ann = Who(id=own, name=own, role="editor")
input()
for n in range(int(sys.argv[3])):
    memory.requests.send_round(
 [("e", f"{own} {n}")], reviewer="hill", by=own, by_person=None,
        due=date(2030, 1, 1),
    )
    memory.log.write(ann, f"sent {n}", episode="e", answer=f"{own}-{n}")
    memory.log.rename("e", f"{own}-{n}", f"{own}-{n}-new")
    memory.versions.keep("a" * 32, f"{own} {n}", "after", ann, always=True)
    memory.versions.rewrite("a" * 32, lambda text: text)
"""
_DOOR = """
import sys
from pathlib import Path
from pullquote.desk.state.sessions import Sessions
sessions = Sessions(Path(sys.argv[1]) / "sessions.json")
input()
for n in range(int(sys.argv[3])):
    token = sessions.begin(f"{sys.argv[2]} {n}")
    sessions.choose(token, "hill", sys.argv[2])
    sessions.end(sessions.begin("in and out"))
"""
_EDITOR = """
import sys
from datetime import date
from pathlib import Path
from pullquote.formats.folder import EpisodeFolder
from pullquote.model.answer import Answer, Clip
from pullquote.model.library import Entry
from pullquote.model.episode import Episode
from pullquote.pipeline.marking.deciding import keep_cut
day, own = date(2030, 1, 1), int(sys.argv[2])
paths = EpisodeFolder(Path(sys.argv[1]), "e")
entry = Entry(slug="e", episode=Episode(guid="g", title="t", held=day), notes="")
input()
for n in range(int(sys.argv[3])):
    clip = Clip(start=1000 * n, end=1000 * n + own)
    answer = Answer(
        id=f"{own:016}{n:016}", slug="a", question="?", speakers=("hill",),
        asked=clip, answered=clip, topics=(), status="draft", body="",
    )
    keep_cut(paths, entry, answer, day)
"""


def _both(code: str, folder: Path, names: tuple[str, str]) -> None:
    """Run a program twice at once, each under a name of its own."""
    given = [sys.executable, "-c", code, str(folder)]
    started = [
        subprocess.Popen([*given, name, str(_EACH)], stdin=subprocess.PIPE, text=True)
        for name in names
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.close()
    assert [process.wait(120) for process in started] == [0, 0]


def test_what_two_desks_remember_is_all_there(tmp_path: Path) -> None:
    _both(_DESK, tmp_path, ("ann", "bob"))
    memory = Memory(tmp_path)
    named = {f"{own} {n}" for own in ("ann", "bob") for n in range(_EACH)}
    assert {one.answer_id for one in memory.requests.all()} == named
    slugs = {f"{name.replace(' ', '-')}-new" for name in named}
    assert {deed.answer for deed in memory.log.newest()} == slugs
    assert {version.text for version in memory.versions.all("a" * 32)} == named


def test_who_comes_in_at_one_desk_stays_in_at_the_other(tmp_path: Path) -> None:
    sessions = Sessions(tmp_path / "sessions.json")
    mine = sessions.begin("me")
    _both(_DOOR, tmp_path, ("ann", "bob"))
    assert sessions.find(mine) is not None
    rows = json.loads(sessions.path.read_text()).values()
    named = {f"{own} {n}" for own in ("ann", "bob") for n in range(_EACH)}
    assert {row["user"] for row in rows} == {"me"} | named
    assert {row["name"] for row in rows} == {None, "ann", "bob"}
    away = sessions.path.rename(tmp_path / "away.json")
    assert sessions.find(mine) is not None, "while the disk is away nobody is sent out"
    away.rename(sessions.path)
    Sessions(sessions.path).end(mine)  # signed out at the other desk
    assert sessions.find(mine) is None


def test_what_two_editors_decide_is_all_kept(tmp_path: Path) -> None:
    folder = ShowFolder(tmp_path)
    folder.episode("e").decisions.parent.mkdir(parents=True)
    _both(_EDITOR, tmp_path, ("1", "2"))
    assert len(load_decisions(folder.episode("e").decisions)) == 2 * _EACH


@pytest.mark.parametrize("kept", [Requests, Users])
def test_a_file_that_cannot_be_looked_at_is_not_taken_for_empty(
    tmp_path: Path, kept: type[Requests] | type[Users]
) -> None:
    with pytest.raises(OSError, match="too long"):  # as a share that fails
        kept(tmp_path / ("n" * 300)).all()
