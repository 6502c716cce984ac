"""What the desk remembers of people's work, in one folder beside the show's files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from pullquote.desk.room.journal import leave
from pullquote.desk.room.keeper import Keeper
from pullquote.desk.state.answer_versions import Versions
from pullquote.desk.state.dropped import Dropped
from pullquote.desk.state.following import Following, follow
from pullquote.desk.state.index import Index
from pullquote.desk.state.log import Log
from pullquote.desk.state.requests import Requests
from pullquote.desk.state.undoing import Undos
from pullquote.errors import UsageError
from pullquote.formats.folder import EpisodeFolder, ShowFolder, log_of


class Memory:
    """The log, requests for review, earlier versions, drafts thrown away, redactions."""

    def __init__(self, folder: Path) -> None:
        self.log = Log(folder / "log.jsonl")
        self.requests = Requests(folder / "requests.json")
        self.versions = Versions(folder / "answers")
        self.dropped = Dropped(folder / "dropped")
        self.undos = Undos(folder / "redacted")
        self.following = Following(ShowFolder(folder.parent.parent), self.requests)

    def texts(self, episode: str) -> Iterator[Path]:
        """Yield the files that may hold what was said in an episode."""
        yield from self.versions.files()
        yield from self.dropped.files(episode)
        yield from (self.requests.path, self.log.path)


def forget(
    paths: EpisodeFolder,
    answers: Iterable[str],
    words: re.Pattern[str],
    change: Callable[[str], str],
    change_answer: Callable[[str], str],
) -> None:
    """Take words out of earlier versions, thrown away drafts, review requests, logs.

    The episode leaves the index, and all clips go: they are made anew when asked for.

    ``change`` writes others in their place, ``change_answer`` in an answer's file, in
    which numbers and ids are none of them. A log that a desk holds open, here or in
    another process, is left to it: within a second. Raises PullquoteError.
    """
    folder = ShowFolder(paths.root)
    follow(folder, paths.slug)
    state = folder.desk
    memory = Memory(state)
    gone = memory.dropped.rewrite(paths.slug, change_answer)
    for answer_id in (*answers, *gone):
        memory.versions.rewrite(answer_id, change_answer)
        memory.requests.rewrite(answer_id, change)
    memory.log.rewrite(paths.slug, change)
    Index(folder, state / "index.db").forget(paths.slug)
    for clip in (state / "clips").glob("*.mp3"):  # their names tell no episode
        with suppress(OSError):
            clip.unlink()
    log = log_of(state, paths.slug)
    if log.exists():
        leave(log, words)
        with suppress(UsageError):  # it is open in a desk
            Keeper(paths, log, lambda *_: None).close()
