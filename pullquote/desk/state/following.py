"""Requests for review follow their answers where an episode's folder was renamed."""

from __future__ import annotations

from collections import defaultdict

from pullquote.desk.state.requests import Requests
from pullquote.desk.state.standing import read_answers
from pullquote.formats.disk import stamp
from pullquote.formats.folder import ShowFolder


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
