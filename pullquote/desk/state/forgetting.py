"""Redacted words leave what the desk remembers of an episode, also while it is open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from pullquote.desk.room.journal import leave
from pullquote.desk.room.keeper import Keeper
from pullquote.desk.state.answer_versions import Versions
from pullquote.desk.state.dropped import Dropped
from pullquote.desk.state.log import Log
from pullquote.desk.state.requests import Requests
from pullquote.errors import UsageError
from pullquote.formats.folder import EpisodeFolder


def forget(
    state: Path,
    paths: EpisodeFolder,
    answers: Iterable[str],
    words: re.Pattern[str],
    change: Callable[[str], str],
) -> None:
    """Take words out of earlier versions, thrown away drafts, review requests, logs.

    ``change`` writes others in their place. A log that a desk holds open, here or in
    another process, is left to it: within a second. Raises PullquoteError.
    """
    versions, requests = Versions(state / "answers"), Requests(state / "requests.json")
    gone = Dropped(state / "dropped").rewrite(paths.slug, change)
    for answer_id in (*answers, *gone):
        versions.rewrite(answer_id, change)
        requests.rewrite(answer_id, change)
    Log(state / "log.jsonl").rewrite(paths.slug, change)
    log = state / "transcripts" / f"{paths.slug}.jsonl"
    if log.exists():
        leave(log, words)
        with suppress(UsageError):  # it is open in a desk
            Keeper(paths, log, lambda *_: None).close()
