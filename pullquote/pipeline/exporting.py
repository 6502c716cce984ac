"""Take everything out as open files: nobody has to stay for the sake of the data."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pullquote.errors import UsageError
from pullquote.formats.clock import format_clock
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.opml import Subscription, format_opml
from pullquote.formats.toml import one_or_many
from pullquote.model import address
from pullquote.model.answer import Answer
from pullquote.model.library import Entry
from pullquote.model.show import Show
from pullquote.pipeline.library.episode_files import episode_files
from pullquote.pipeline.library.load import Loaded, load_library
from pullquote.pipeline.outcome import Reporter
from pullquote.pipeline.private.audible import audible
from pullquote.pipeline.private.masking import mask_episodes
from pullquote.pipeline.private.searching import output_leaks, source_leaks

_ANSWERS = (
    "id", "question", "answered_by", "episode", "held", "starts", "ends", "topics",
    "status", "reviewed_by", "signed_as", "reviewed_on", "corrected_on",
    "superseded_by", "address", "text",
)  # fmt: skip
_EPISODES = (
    "guid", "slug", "title", "held", "published", "status", "people", "summary",
    "sound", "watch", "address",
)  # fmt: skip
_UNWRITTEN = {"covers", "words"}
"""Of a show what does not stand in its ``show.toml``."""
_README = """\
{title}: everything that Pullquote held of this show, as open files.

show.json            the show, its people and topics
episodes.csv         an episode a line; episodes/<slug>/ has its files:
                     notes.md, transcript.txt/.vtt/.srt/.json/.html, chapters.json,
                     the sound, and original/, the files as people and machine wrote them
answers.csv          an answer a line, drafts too: see the column "status"
answers.json         the same for programs
answers/<slug>.md    an answer a file, Markdown
feeds/               the feeds as they are published
subscriptions.opml   the feeds' addresses, for feed readers and podcast apps

Times are hours:minutes:seconds of the sound. CSV is UTF-8 (RFC 4180).
What was redacted is in none of these files.
"""


def export_show(folder: ShowFolder, target: Path, reporter: Reporter) -> Loaded:
    """Write the whole show to ``target``, which is replaced at once or not at all.

    Sound is shared with the show's folder where the disk can. Raises UsageError if
    ``target`` holds something else, or another show's, PullquoteError where it cannot be
    written, GateError or FaultsError where a file, a feed or a sound still holds redacted
    words.
    """
    from pullquote.render.site.tree import new_tree

    loaded = load_library(folder)
    library = loaded.library
    _refuse_another_show(library.show, target)
    for outcome in mask_episodes(folder, library.show, folder.slugs()):
        if outcome.error is not None:
            raise outcome.error
    left = [*source_leaks(folder, library), *output_leaks(folder, site=False)]
    for entry in library.entries:
        left += audible(folder.episode(entry.slug), entry, library.show)
    if left:
        raise one_or_many(folder.root, left)
    with (
        reporter.task("Exporting the show") as progress,
        # never in a site's place: that goes out, and here are drafts too
        new_tree(target, marker=".pullquote-export") as tree,
    ):
        for path, text in _lists(loaded, folder):
            tree.write(path, text.encode())
        for number, entry in enumerate(library.entries):
            progress(number, len(library.entries), entry.slug)
            paths = folder.episode(entry.slug)
            for path, data in _episode(library.show, entry, paths):
                tree.write(path, data)
            for sound in filter(Path.is_file, (paths.enclosure, paths.m4a)):
                tree.share(f"episodes/{entry.slug}/{sound.name}", sound)
        for source in sorted(filter(Path.is_file, folder.feeds.glob("[!.]*"))):
            tree.share(f"feeds/{source.name}", source)
    return loaded


def _refuse_another_show(show: Show, target: Path) -> None:
    """Raise UsageError where another show was exported: it may be all that is left of it.

    A show may have another title since, or another site, hardly both.
    """
    try:
        there = json.loads((target / "show.json").read_text(encoding="utf-8"))
        title, site = str(there["title"]), str(there["site"])
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return
    if title != show.title and site != show.site:
        problem = f"holds what was exported of another show, {title}"
        raise UsageError(target, problem, "choose a new or an empty folder")


def _lists(loaded: Loaded, folder: ShowFolder) -> Iterator[tuple[str, str]]:
    library, show = loaded.library, loaded.library.show
    unsound = {fault.where for fault in loaded.public_faults}
    slugs = {a.id: a.slug for entry in library.entries for a in entry.answers}
    answers = [
        (
            answer,
            _answer_row(
                show,
                entry,
                answer,
                slugs,
                sound=str(folder.episode(entry.slug).answer(answer.slug))
                not in unsound,
            ),
        )
        for entry in library.entries
        for answer in entry.answers
    ]
    rows = [row for _, row in answers]
    yield "README.txt", _README.format(title=show.title)
    facts = asdict(show).items()
    yield "show.json", _json({k: v for k, v in facts if k not in _UNWRITTEN})
    yield (
        "episodes.csv",
        _csv(_EPISODES, [_episode_row(show, e) for e in library.entries]),
    )
    yield "answers.csv", _csv(_ANSWERS, rows)
    yield "answers.json", _json(rows)
    yield "subscriptions.opml", format_opml(show.title, _feeds(show))
    for answer, row in answers:
        yield f"answers/{answer.slug}.md", _answer_text(answer, row)


def _feeds(show: Show) -> list[Subscription]:
    home = address.absolute(show, address.HOME)
    return [
        Subscription(title=title, url=address.absolute(show, path), page=home)
        for title, path in (
            (show.title, address.PODCAST_FEED),
            (f"{show.title}: answers", address.ANSWERS_FEED),
        )
    ]


def _episode(
    show: Show, entry: Entry, paths: EpisodeFolder
) -> Iterator[tuple[str, bytes]]:
    """Yield what is made of an episode, and what people and machine wrote of it.

    That is copied, for editors' programs write into a file, and an export that shares
    it would follow. The recording is large and stays.
    """
    here = f"episodes/{entry.slug}"
    yield f"{here}/notes.md", entry.notes.encode()
    yield from episode_files(show, entry)
    if entry.turns:
        from pullquote.model.speaking import display_names

        names = display_names(entry.turns, show)
        text = "\n\n".join(
            f"{name} [{format_clock(turn.start)}]\n{turn.text}"
            for turn, name in zip(entry.turns, names, strict=True)
        )
        yield f"{here}/transcript.txt", f"{text}\n".encode()
    originals = [paths.facts, paths.transcript, paths.words, paths.suggestions]
    originals += sorted(paths.answers.glob("[!.]*.md"))
    for source in filter(Path.is_file, originals):
        inner = "answers/" if source.parent == paths.answers else ""
        yield f"{here}/original/{inner}{source.name}", source.read_bytes()


def _episode_row(show: Show, entry: Entry) -> dict[str, Any]:
    episode = entry.episode
    people = (show.person(person) for person in episode.people)
    return {
        "guid": episode.guid,
        "slug": entry.slug,
        "title": episode.title,
        "held": episode.held,
        "published": episode.published,
        "status": episode.status,
        "people": "; ".join(p.name for p in people if p),
        "summary": episode.summary,
        "sound": f"episodes/{entry.slug}/enclosure.mp3" if entry.enclosure else None,
        "watch": episode.watch,
        "address": address.absolute(show, address.episode_page(entry.slug)),
    }


def _answer_row(
    show: Show,
    entry: Entry,
    answer: Answer,
    slugs: Mapping[str, str],
    *,
    sound: bool,
) -> dict[str, Any]:
    """Return the facts of an answer; ``slugs`` are all answers', by their ids.

    A review is named where it is of this very text, and holds: a build stops at what is
    signed and not ``sound``.
    """
    speakers = (show.person(person) for person in answer.speakers)
    topics = (show.topic(topic) for topic in answer.topics)
    review = answer.review if answer.approved and sound else None
    status: str = answer.status
    if answer.reopened:
        status = "changed since signed"
    if answer.approved and not sound:
        status = "signed, and a build stops at it"
    reviewer = show.person(review.by) if review else None
    newer = answer.superseded_by
    held = entry.episode.held
    return {
        "id": answer.id,
        "question": answer.question,
        "answered_by": "; ".join(p.on(held).signature for p in speakers if p),
        "episode": entry.slug,
        "held": held,
        "starts": format_clock(answer.answered.start, decimals=3),
        "ends": format_clock(answer.answered.end, decimals=3),
        "topics": "; ".join(t.title for t in topics if t),
        "status": status,
        "reviewed_by": reviewer.name if reviewer else None,
        "signed_as": review.signed_as if review else None,
        "reviewed_on": review.on if review else None,
        "corrected_on": answer.corrected_on,
        "superseded_by": newer and slugs.get(newer, newer),
        "address": address.absolute(show, address.answer_page(answer.slug)),
        "text": answer.body.strip(),
    }


def _answer_text(answer: Answer, row: dict[str, Any]) -> str:
    signed = (
        f"{row['answered_by']}, {row['held']}" if row["answered_by"] else row["held"]
    )
    marks = [f"Status: {row['status']}."]
    if row["superseded_by"]:
        marks.append(f"A newer answer takes its place: {row['superseded_by']}.")
    if row["reviewed_by"]:
        marks.append(f"Reviewed by {row['reviewed_by']} on {row['reviewed_on']}.")
    marks += [f"Corrected {c.on}: {c.note}" for c in answer.corrections]
    return (
        f"# {answer.question}\n\n{answer.body.strip()}\n\n{signed}\n\n"
        + "\n".join(marks)
        + "\n"
    )


def _csv(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows({k: _cell(v) for k, v in row.items()} for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    """Return a cell's text; what a spreadsheet would take for a formula is quoted."""
    text = "" if value is None else _plain(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain) + "\n"
