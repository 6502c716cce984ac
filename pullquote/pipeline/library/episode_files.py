"""The files of an episode beside its pages: transcripts in four forms, and chapters."""

from __future__ import annotations

from collections.abc import Iterator

from pullquote.formats.chapters_json import format_chapters
from pullquote.formats.podcast_json import format_podcast_json
from pullquote.formats.srt import format_srt
from pullquote.formats.transcript_html import format_transcript_html
from pullquote.formats.webvtt import format_webvtt
from pullquote.model import address
from pullquote.model.episode import Chapter
from pullquote.model.library import Entry
from pullquote.model.show import Show
from pullquote.model.speaking import display_names

_EARLY = 2_000
"""Milliseconds by which a chapter may start after the question it is about."""


def file_names(entry: Entry) -> Iterator[str]:
    """Yield the site paths of what ``episode_files`` makes."""
    if entry.spoken:
        for ending in address.TRANSCRIPT_FORMATS:
            yield address.transcript_file(entry.slug, ending)
    if entry.episode.chapters:
        yield address.chapters_file(entry.slug)


def episode_files(show: Show, entry: Entry) -> Iterator[tuple[str, bytes]]:
    """Yield an episode's transcripts and chapters by site path."""
    if entry.turns:
        names = display_names(entry.turns, show)
        for ending, text in (
            ("vtt", format_webvtt(entry.turns, names)),
            ("srt", format_srt(entry.turns, names)),
            ("json", format_podcast_json(entry.turns, names)),
            ("html", format_transcript_html(entry.turns, names)),
        ):
            yield address.transcript_file(entry.slug, ending), text.encode()
    if entry.episode.chapters:
        chapters = format_chapters(entry.episode.chapters, _pages(show, entry))
        yield address.chapters_file(entry.slug), chapters.encode()


def _pages(show: Show, entry: Entry) -> dict[Chapter, str]:
    """Return the answer page that each chapter opens: its first answer's."""
    chapters = sorted(entry.episode.chapters, key=lambda c: c.start)
    found: dict[Chapter, str] = {}
    for answer in entry.approved:
        before = [c for c in chapters if c.start <= answer.asked.start + _EARLY]
        if before:
            page = address.answer_page(answer.slug)
            found.setdefault(before[-1], address.absolute(show, page))
    return found
