"""What the desk remembers follows an episode whose folder was renamed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress

from pullquote.desk.room.journal import rename_log
from pullquote.desk.state.dropped import Dropped
from pullquote.desk.state.requests import Requests
from pullquote.desk.state.standing import read_answers
from pullquote.errors import PullquoteError
from pullquote.formats.disk import stamp
from pullquote.formats.folder import EpisodeFolder, ShowFolder, log_of
from pullquote.formats.transcript_md import load_transcript
from pullquote.formats.words_json import load_words


def follow(
    folder: ShowFolder, slug: str, let_go: Callable[[str], None] = lambda _: None
) -> None:
    """Have an episode keep its transcript's log, and the drafts that were thrown away.

    ``let_go`` closes a log of the former name. One that somebody else holds stays.
    """
    lost = {path.stem for path in log_of(folder.desk, "x").parent.glob("*.jsonl")}
    dropped = Dropped(folder.desk / "dropped")
    lost |= dropped.episodes()
    lost = {one for one in lost if not folder.episode(one).facts.is_file()}
    if not lost or not folder.episode(slug).facts.is_file():
        return
    for former in lost.intersection(_former_names(folder.episode(slug))):
        dropped.move(former, slug)
        log, new = log_of(folder.desk, former), log_of(folder.desk, slug)
        if log.exists() and not new.exists():
            let_go(former)
            with suppress(PullquoteError):
                rename_log(log, new)


def _former_names(paths: EpisodeFolder) -> Iterator[str]:
    """Yield what transcript and words call their episode: an older name, it may be."""
    with suppress(PullquoteError):
        yield load_transcript(paths.transcript).episode
    with suppress(PullquoteError):
        yield load_words(paths.words).episode


class Following:
    """Looks once after each renaming: an archive has thousands of episodes."""

    def __init__(self, folder: ShowFolder, requests: Requests) -> None:
        self._folder = folder
        self._requests = requests
        self._looked: object = None

    def look(self) -> None:
        """Have requests name the episode in which their answer lies now, by its id.

        So a link in somebody's mail goes on opening it. Raises PullquoteError where the
        requests cannot be read or written.
        """
        lost = {
            one.answer_id
            for one in self._requests.all()
            if not self._folder.episode(one.episode).facts.is_file()
        }
        root = self._folder.root
        now = lost, stamp(root / "episodes"), stamp(root / "transcripts")
        if not lost or now == self._looked or not self._folder.show.is_file():
            return
        found = defaultdict(list)
        for slug in self._folder.slugs():
            for answer in read_answers(self._folder.episode(slug), []):
                if answer.id in lost:
                    found[answer.id].append(slug)
        moved = {one: slugs[0] for one, slugs in found.items() if len(slugs) == 1}
        if moved:
            self._requests.move(moved)
        self._looked = now
