"""``pullquote withdraw``: an answer taken back for good."""

from __future__ import annotations

from pullquote.cli.options import AnswerArgument, EpisodeArgument
from pullquote.cli.terminal import Terminal


def command(
    terminal: Terminal,
    episode: EpisodeArgument,
    answer: AnswerArgument,
) -> None:
    """Take an answer back, for good.

    It leaves site and feeds with the next build, and its address says so.
    """
    from pullquote.pipeline.library.load import load_library
    from pullquote.pipeline.lock import only_one
    from pullquote.pipeline.marking.answers import entry_of, write_withdrawal

    with only_one(terminal.folder, wait=10):
        entry = entry_of(load_library(terminal.folder).library, episode)
        withdrawn = write_withdrawal(terminal.folder, entry.slug, answer)
    terminal.line(
        f"{withdrawn.slug}: withdrawn. Publish that: {terminal.typed('build')},"
        " then deploy. What was said stays in the episode's transcript and sound"
    )
    terminal.result({"slug": withdrawn.slug, "id": withdrawn.id})
