"""What the desk remembers of people's work, in one folder beside the show's files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pullquote.desk.state.answer_versions import Versions
from pullquote.desk.state.dropped import Dropped
from pullquote.desk.state.log import Log
from pullquote.desk.state.requests import Requests
from pullquote.desk.state.undoing import Undos


class Memory:
    """The log, requests for review, earlier versions, drafts thrown away, redactions."""

    def __init__(self, folder: Path) -> None:
        self.log = Log(folder / "log.jsonl")
        self.requests = Requests(folder / "requests.json")
        self.versions = Versions(folder / "answers")
        self.dropped = Dropped(folder / "dropped")
        self.undos = Undos(folder / "redacted")

    def texts(self, episode: str) -> Iterator[Path]:
        """Yield the files that may hold what was said in an episode."""
        yield from self.versions.files()
        yield from self.dropped.files(episode)
        yield from (self.requests.path, self.log.path)
