"""Redacted words leave what the desk remembers of an episode, also while it is open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress

from pullquote.desk.room.journal import leave, log_of
from pullquote.desk.room.keeper import Keeper
from pullquote.desk.state.memory import Memory
from pullquote.errors import UsageError
from pullquote.formats.folder import EpisodeFolder, ShowFolder


def forget(
    paths: EpisodeFolder,
    answers: Iterable[str],
    words: re.Pattern[str],
    change: Callable[[str], str],
    change_answer: Callable[[str], str],
) -> None:
    """Take words out of earlier versions, thrown away drafts, review requests, logs.

    ``change`` writes others in their place, ``change_answer`` in an answer's file, in
    which numbers and ids are none of them. A log that a desk holds open, here or in
    another process, is left to it: within a second. Raises PullquoteError.
    """
    state = ShowFolder(paths.root).desk
    memory = Memory(state)
    gone = memory.dropped.rewrite(paths.slug, change_answer)
    for answer_id in (*answers, *gone):
        memory.versions.rewrite(answer_id, change_answer)
        memory.requests.rewrite(answer_id, change)
    memory.log.rewrite(paths.slug, change)
    log = log_of(state, paths.slug)
    if log.exists():
        leave(log, words)
        with suppress(UsageError):  # it is open in a desk
            Keeper(paths, log, lambda *_: None).close()
