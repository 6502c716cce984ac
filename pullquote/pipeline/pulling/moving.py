"""Bring a whole show over from the feed it is published in now."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pullquote.errors import ContentError, UsageError
from pullquote.formats.chapters_json import parse_chapters
from pullquote.formats.disk import decode_text, unwritable, write_text
from pullquote.formats.episode_toml import save_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.imported import parse_segments, spoken_code
from pullquote.formats.show_toml import is_address, is_language
from pullquote.media.artwork import put_cover
from pullquote.model.episode import Episode
from pullquote.model.progress import Progress, silent
from pullquote.model.show import Person
from pullquote.pipeline.lock import only_one
from pullquote.pipeline.pulling.importing import write_imported
from pullquote.pipeline.pulling.starting import (
    EXAMPLE_SITE,
    REQUIRE_PRIVATE,
    REVIEW,
    SOMEBODY,
    refuse_show,
    write_ignored,
)
from pullquote.pull.old_feed import episode_files, read_old_show
from pullquote.pull.old_show import OldShow

_SHOW = """\
# Everything about the show. What each key means: docs/file-formats.md
title = {title}
description = {description}
site = {site}   # where site/ will stand on the web; ends in /
language = {language}
{author}{cover}
# The recordings are still at the old host, and subscribers load them there. To bring
# them here, for transcripts and answers, take away the three # and run pullquote pull.
# [[sources]]
# url = {url}
# title = "The old feed"

# Everybody who speaks. Only people named here can stand under an answer.
{people}
{review}{private}
[feed]
guid = {guid}   # podcast:guid: never change it
category = {category}
explicit = {explicit}
{feed}"""

_PUBLIC_BEFORE = """\
# require_private = true         # nothing is built while names and the like stand open
"""
"""Where most episodes came with a transcript: what is said in them is public at the old host."""

_FOLDERS = ("episodes", "transcripts")
_MADE = (*_FOLDERS, "cover.jpg", "cover.png")
"""What is written before ``show.toml``."""


def init_from_feed(
    folder: ShowFolder, url: str, progress: Progress = silent
) -> tuple[list[Path], OldShow]:
    """Make a show of a feed; return what was written and what the feed held.

    Every GUID, date and enclosure stays what it is, so that subscribers who are
    led to the new feed see nothing new. ``show.toml`` is written last: without it
    nothing counts, and what a killed process left is done anew. Raises UsageError
    where a show, episodes or a cover are there already, SourceError for a feed that
    cannot be read and PullquoteError where the folder cannot be written.
    """
    _refuse(folder)
    old = read_old_show(url, Path.cwd())
    with only_one(folder, new=True):
        _refuse(folder)  # somebody may have been faster
        try:
            made, lost = _bring_over(folder, old, url, progress)
            return made, replace(old, notes=(*old.notes, *lost))
        except BaseException as error:
            if not folder.show.exists():
                _unmake(folder)
            if isinstance(error, OSError):
                raise unwritable(folder.root, error) from error
            raise
        finally:
            shutil.rmtree(_stage(folder), ignore_errors=True)


def _stage(folder: ShowFolder) -> Path:
    return folder.state / "moving"


def _refuse(folder: ShowFolder) -> None:
    refuse_show(folder)
    there = [path for name in _MADE if (path := folder.root / name).exists()]
    if there and not _stage(folder).exists():
        raise UsageError(there[0], "is there already", "name a new DIR")


def _bring_over(
    folder: ShowFolder, old: OldShow, url: str, progress: Progress
) -> tuple[list[Path], tuple[str, ...]]:
    """Write everything, ``show.toml`` last; return what was written and what was lost."""
    _unmake(folder)
    shutil.rmtree(_stage(folder), ignore_errors=True)
    staged = ShowFolder(_stage(folder))
    episodes = {one.slug: one.episode for one in old.episodes}
    lost = _load_files(staged, old, url, episodes, progress)
    for one in old.episodes:
        paths = staged.episode(one.slug)
        save_episode(paths.facts, episodes[one.slug])
        write_text(paths.notes, one.notes)
    cover = put_cover(folder.root, old.picture) if old.picture else None
    made = [folder.root / name for name in _FOLDERS if (staged.root / name).exists()]
    for path in made:
        (staged.root / path.name).replace(path)
    ignored = write_ignored(folder)
    write_text(folder.show, show_text(old, url, cover))
    covers = [folder.root / cover] if cover else []
    return [folder.show, *made, *covers, *ignored], lost


def _load_files(
    staged: ShowFolder,
    old: OldShow,
    url: str,
    episodes: dict[str, Episode],
    progress: Progress,
) -> tuple[str, ...]:
    """Put what each episode has beside its sound into place, or into ``episodes``.

    Returns a line for each file that is lost.
    """
    language = spoken_code(_language(old))
    lost = []
    for slug, kind, address, data in episode_files(old, url, progress):
        paths, episode = staged.episode(slug), episodes[slug]
        path = Path(address)  # for messages, of which the problem alone is told
        try:
            if data is None:
                raise ContentError(path, "cannot be loaded", "load it by hand")
            if kind == "picture":
                cover = put_cover(paths.facts.parent, data)
                episodes[slug] = replace(episode, cover=cover)
            elif kind == "chapters":
                chapters = parse_chapters(decode_text(data, path), path)
                episodes[slug] = replace(episode, chapters=chapters)
            elif segments := parse_segments(decode_text(data, path), path):
                sha256 = hashlib.sha256(data).hexdigest()
                write_imported(paths, episode, language, segments, address, sha256)
        except ContentError as error:
            lost.append(f"without its {kind}, which {error.problem}: {slug}, {address}")
    return tuple(lost)


def _unmake(folder: ShowFolder) -> None:
    for path in (folder.root / name for name in _MADE):
        with suppress(OSError):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def show_text(old: OldShow, url: str, cover: str | None) -> str:
    """Return ``show.toml`` for a show that was published elsewhere."""
    from pullquote.publish.feeds.podcast_channel import podcast_guid

    transcripts = sum("transcript" in one.files for one in old.episodes)
    link, tags = old.link or "", old.tags
    plain = is_address(link) and not {"?", "#"} & set(link)
    site = link if plain else EXAMPLE_SITE
    feed = {
        "serial": old.serial,
        "owner_name": old.owner_name,
        "owner_email": old.owner_email,
        "copyright": old.copyright,
        "license": tags.license,
        "license_href": tags.license_href,
        "funding": tags.funding,
        "funding_text": tags.funding_text if tags.funding else None,
    }
    return _SHOW.format(
        title=_quoted(old.title),
        description=_quoted(old.description),
        site=_quoted(site if site.endswith("/") else f"{site}/"),
        language=_quoted(_language(old)),
        author=f"author = {_quoted(tags.author)}\n" if tags.author else "",
        cover=f'cover = "{cover}"\n' if cover else "",
        url=_quoted(url),
        people="\n".join(map(_person, old.people)) or SOMEBODY,
        guid=_quoted(old.guid or podcast_guid(url)),
        explicit="true" if tags.explicit else "false",
        category=_quoted(list(tags.category)),
        review=REVIEW,
        private=_PUBLIC_BEFORE
        if 2 * transcripts > len(old.episodes)
        else REQUIRE_PRIVATE,
        feed=_rows(feed),
    )


def _language(old: OldShow) -> str:
    """Return the feed's language, English where it tells none by a code."""
    code = (old.language or "").strip().replace("_", "-")
    return code if is_language(code) else "en"


def _person(person: Person) -> str:
    keys = {key: getattr(person, key) for key in ("id", "name", "role", "href")}
    return f"[[people]]\n{_rows(keys)}"


def _rows(keys: Mapping[str, object]) -> str:
    """Return the lines of a TOML table, without what nobody told."""
    return "".join(f"{k} = {_quoted(v)}\n" for k, v in keys.items() if v)


def _quoted(value: object) -> str:
    import tomlkit

    return str(tomlkit.item(value).as_string())
