"""Pull one recording: download, verify, and make an episode of it at one stroke."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from uuid import NAMESPACE_URL, uuid5

from pullquote.errors import (
    ContentError,
    FaultsError,
    MediaError,
    NotWantedError,
    NotYetError,
    SourceError,
)
from pullquote.formats.disk import file_named, file_sha256, write_text
from pullquote.formats.episode_toml import add_chapters, add_recording, save_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.source_json import save_told
from pullquote.media.artwork import put_cover
from pullquote.media.probe import Probe, embedded_picture, probe
from pullquote.media.recording import whole_recording
from pullquote.media.remux import joined, rewrapped, without_picture
from pullquote.model.episode import Chapter, Episode, Recording
from pullquote.model.progress import Progress, silent
from pullquote.model.show import Show
from pullquote.pull.download import Asked, Fetched, fetch
from pullquote.pull.folder_files import MEDIA, Offered
from pullquote.pull.known import (
    is_nameless,
    known,
    only_transcribed,
    remember_same,
    waiting,
)
from pullquote.pull.local import is_fresh, local_facts, local_item, local_path
from pullquote.pull.plan import Access, Item, slug_for, wanted, with_defaults
from pullquote.pull.told import told_of
from pullquote.pull.wording import clean_title, notes_markdown, people_in

_LOST = 200
"""Milliseconds by which the same sound in another container may differ."""
_ENDINGS = {
    "mp3": [".mp3"],
    "flac": [".flac"],
    "wav": [".wav"],
    "aac": [".aac"],
    "ogg": [".ogg", ".oga", ".opus", ".ogv"],
    "mov,mp4,m4a,3gp,3g2,mj2": [".mp4", ".m4a", ".m4b", ".m4v", ".mov"],
    "matroska,webm": [".webm", ".mkv", ".mka"],
    "mpegts": [".ts"],
}
"""By libav's name of a container: how its files' names end."""


def pull_item(
    show: Show, folder: ShowFolder, item: Item, progress: Progress = silent
) -> str:
    """Make an episode of ``item`` and return its slug.

    The episode's folder appears whole or not at all. What was pulled before is
    left as it is, and so is an episode that has the very same recording, from
    wherever that came. Raises SourceError, MediaError for a recording that cannot
    be used, and ContentError for a mistake in the file of facts beside it.
    """
    with _staging(folder, item) as stage:
        before = known(folder)
        if slugs := [before.ids[one] for one in item.ids if one in before.ids]:
            return slugs[0]
        asked = Asked(language=show.language, zone=show.zone, video=show.video)
        fetched, path, found = _fetch_whole(item, stage, asked, progress)
        recording = _recording(path, item, found)
        if (slug := before.awaited.get(item.source_id)) is not None:
            return _attach(folder, slug, path, recording, found)
        if (slug := before.contents.get(recording.sha256)) is not None:
            remember_same(folder, item.source_id, slug)
            return slug
        facts = _with_facts(show, item, fetched, found)
        episode = _episode(show, facts, recording)
        slug = slug_for(episode.held, episode.title, (), show.language)
        if only_transcribed(folder, slug):
            return _attach(folder, slug, path, recording, found)
        made = stage / "episode"
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        _flush(path)
        path.replace(made / recording.file)
        cover = _put_cover(fetched.picture, made / recording.file, show, folder)
        episode = replace(episode, cover=cover)
        _put_texts(made, item, facts, fetched)
        save_episode(made / "episode.toml", episode)
        return _into_place(folder, made, episode, show.language)


def _put_texts(made: Path, item: Item, facts: Item, fetched: Fetched) -> None:
    """Write show notes, captions and what the source told; ``item`` is as listed."""
    from slugify import slugify

    write_text(made / "notes.md", notes_markdown(facts.description or ""))
    if fetched.captions is not None:
        code, captions = fetched.captions
        write_text(made / f"captions.{slugify(code)}.vtt", captions)
    if item.local is None:
        listed_title = item.title if item.listed else None
        save_told(made / "source.json", told_of(facts, listed_title))


def restore_recording(
    folder: ShowFolder,
    slug: str,
    recording: Recording,
    progress: Progress = silent,
    video: Literal["keep", "drop"] | None = None,
) -> Path:
    """Return the path of a recording whose bytes are what was pulled.

    Media are not kept in git: a fresh clone pulls them again from where they
    came. Raises SourceError where that is gone, or holds something else now, and
    MediaError where the file here is not what was pulled.
    """
    target = folder.episode(slug).recording(recording.file)
    if target.is_file():
        return whole_recording(folder.episode(slug), recording)
    item = _as_item(folder, slug, recording)
    with _staging(folder, item) as stage:
        _, path, found = _fetch_whole(item, stage, Asked(video=video), progress)
        if file_sha256(path) != recording.sha256 and found.has_video:
            path = without_picture(path)  # the show dropped it, then
        if file_sha256(path) != recording.sha256:
            raise SourceError(
                recording.source,
                f"is not the recording any more that {slug} was made from",
                f"put the old one at {target}, or delete the episode and pull anew",
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        _flush(path)
        path.replace(target)
    return target


def _as_item(folder: ShowFolder, slug: str, recording: Recording) -> Item:
    """Return what to fetch to have an episode's recording again. Raises SourceError."""
    source = recording.source
    item = Item(
        source_id=recording.source_id, source=source, access=Access(named=source)
    )
    path = local_path(source, folder.root)
    if path is None:
        return item
    if not path.is_file():
        target = folder.episode(slug).recording(recording.file)
        raise SourceError(
            source,
            f"no such file on this machine; {slug} was made from it",
            f"put it there, or copy the recording to {target}",
        )
    return replace(item, local=local_item(Offered(path), folder.root).local)


@contextmanager
def _staging(folder: ShowFolder, item: Item) -> Iterator[Path]:
    """Yield the item's own folder, held against every other process.

    A download that broke off stays there, so that the next pull goes on with
    it; after anything else the folder is removed.
    """
    from filelock import FileLock, Timeout

    stage = folder.arriving(item.source_id)
    lock = FileLock(stage.with_suffix(".lock"))
    try:
        stage.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
        if item.local is not None:  # a copy cannot be gone on with: the file may differ
            shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(exist_ok=True)
        yield stage
        shutil.rmtree(stage)
    except Timeout:
        raise SourceError(
            item.source,
            "is being pulled by another process",
            "wait until that has ended",
        ) from None
    except (MediaError, ContentError, FaultsError, NotWantedError, NotYetError):
        shutil.rmtree(stage, ignore_errors=True)
        raise
    except OSError as error:
        if item.local is not None:
            shutil.rmtree(stage, ignore_errors=True)
        raise SourceError(
            item.source,
            f"cannot be stored ({error.strerror or error})",
            "free disk space or check the folder's permissions",
        ) from error
    finally:
        lock.release()


def _flush(path: Path) -> None:
    """Have the bytes on the disk before a rename says that they are there."""
    with path.open("rb") as handle:
        os.fsync(handle.fileno())


def _with_facts(show: Show, item: Item, fetched: Fetched, found: Probe) -> Item:
    """Return the item with all that is known of it now.

    Raises NotWantedError where its source's filters do not let that pass.
    """
    if item.local is not None:
        item = local_facts(item, item.local, found, show.zone)
    item = item.fetched(fetched.item)
    if item.filters and not wanted(
        replace(item, duration=found.duration), item.filters
    ):
        raise NotWantedError(item.source, "is left out", "change the filters")
    chapters = item.chapters or _own_chapters(found)
    return with_defaults(replace(item, people=_people(show, item), chapters=chapters))


def _own_chapters(found: Probe) -> tuple[Chapter, ...]:
    """Return the chapters in a file's tags; a single one is no list of any."""
    cleaned = (replace(c, title=clean_title(c.title)) for c in found.chapters)
    named = tuple(chapter for chapter in cleaned if chapter.title)
    return named if len(named) > 1 else ()


def _people(show: Show, item: Item) -> tuple[str, ...]:
    """Return whom to expect: as the producer said, and who is named outside."""
    if item.people and item.local is not None:
        return item.people
    named = people_in(f"{item.title or ''}\n{item.description or ''}", show.people)
    return tuple(dict.fromkeys((*item.people, *named)))


def _put_cover(
    picture: bytes | None, recording: Path, show: Show, folder: ShowFolder
) -> str | None:
    """Write a cover beside the recording; a picture that is none costs the episode nothing.

    Without one from the source it is the file's own, as podcasts have it: where
    directories would take that as it is, and where it is not the show's.
    """
    made = recording.parent
    if picture:
        return put_cover(made, picture)
    own = embedded_picture(recording)
    shows = file_named(folder.root, show.cover) if show.cover else None
    if not own or (shows and shows.is_file() and shows.read_bytes() == own):
        return None
    # often small, as many programs put the show's into each file
    return put_cover(made, own, only_as_it_is=True)


def _fetch_whole(
    item: Item, stage: Path, asked: Asked, progress: Progress
) -> tuple[Fetched, Path, Probe]:
    """Download, check that all of it is there, and make one file of it."""
    try:
        fetched = fetch(item, stage, asked, progress)
        return fetched, *_as_asked(fetched.files, asked)
    except MediaError as error:
        remedy = error.remedy
        if item.local is not None and is_fresh(item.local):
            remedy = f"wait until it is written to its end, or {remedy}"
        raise MediaError(item.source, error.problem, remedy) from error
    except NotWantedError:
        raise
    except SourceError as error:
        kind = type(error)
        raise kind(item.source, error.problem, error.remedy) from error.__cause__


def _as_asked(files: Sequence[Path], asked: Asked) -> tuple[Path, Probe]:
    """Return the recording as the show wants it, and what it holds."""
    found = probe(files[-1])
    try:
        path = _put_together(files, found, asked)
        whole = probe(path) if path != files[-1] else found
        if whole.duration < found.duration - _LOST:
            raise MediaError(path, "lost sound on the way", "report it to Pullquote")
    except MediaError:
        if len(files) > 1:
            raise
        return files[0], found  # as it came: better than not at all
    for file in files:
        if file != path:
            file.unlink()
    return path, replace(
        whole, title=found.title, date=found.date, chapters=found.chapters
    )


def _put_together(files: Sequence[Path], found: Probe, asked: Asked) -> Path:
    if len(files) > 1:
        return joined(*files)
    if found.has_video and asked.video == "drop":
        return without_picture(files[0])
    return rewrapped(files[0]) if "mpegts" in found.container else files[0]


def _ending(path: Path, found: Probe) -> str:
    """Return the file's ending, or one that fits what is really in it."""
    suffix, name = path.suffix.lower(), found.container
    if suffix in _ENDINGS.get(name, MEDIA):
        return suffix
    if "mp4" in name:
        return ".mp4" if found.has_video else ".m4a"
    if "matroska" in name:
        return ".mkv" if found.has_video else ".mka"
    if name == "ogg" and found.codec == "opus":
        return ".opus"
    return next(iter(_ENDINGS.get(name, [".media"])))


def _recording(path: Path, item: Item, found: Probe) -> Recording:
    return Recording(
        file=f"recording{_ending(path, found)}",
        sha256=file_sha256(path),
        duration=found.duration,
        source=item.source,
        source_id=item.source_id,
    )


def _attach(
    folder: ShowFolder, slug: str, path: Path, recording: Recording, found: Probe
) -> str:
    """Give an episode its recording, which a feed or a transcript brought before."""
    paths = folder.episode(slug)
    _flush(path)
    path.replace(paths.recording(recording.file))
    add_recording(paths.facts, recording)
    add_chapters(paths.facts, _own_chapters(found))
    return slug


def _episode(show: Show, item: Item, recording: Recording) -> Episode:
    """Return the facts to begin with; the GUID is the same in every clone."""
    held = item.held or datetime.now(show.zone).date()
    return Episode(
        guid=str(uuid5(uuid5(NAMESPACE_URL, show.site), item.source_id)),
        title=_title(item, show, held),
        held=held,
        summary=item.summary,
        people=item.people,
        watch=item.watch,
        kind=item.kind or "full",
        season=item.season,
        number=item.number,
        synthetic=item.synthetic,
        chapters=item.chapters,
        recording=recording,
    )


def _title(item: Item, show: Show, held: date) -> str:
    """Return what an episode is called; not as the show, as each of a series may be."""
    title = clean_title(item.title or "")
    if title.casefold() in ("", show.title.casefold()):
        return f"{show.title}, {held.isoformat()}"
    return title


def _into_place(folder: ShowFolder, made: Path, episode: Episode, language: str) -> str:
    """Give the finished folder its slug; renaming is what makes it an episode.

    Raises ContentError where another of this day and title has lost its facts.
    """
    episodes = folder.root / "episodes"
    episodes.mkdir(parents=True, exist_ok=True)
    taken = {path.name for path in episodes.iterdir()} | waiting(folder, episode)
    slug = slug_for(episode.held, episode.title, taken, language)
    first = slug_for(episode.held, episode.title, (), language)
    if slug != first and is_nameless(folder, first):
        problem = "does not say any more what it was made from"
        facts = folder.episode(first).facts
        raise ContentError(facts, problem, "bring its old text back, then pull again")
    made.rename(episodes / slug)
    return slug
