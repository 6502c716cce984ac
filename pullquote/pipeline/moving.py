"""Bring a whole show over from the feed it is published in now."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pullquote.errors import UsageError
from pullquote.formats.disk import unwritable, write_text
from pullquote.formats.episode_toml import save_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import is_address
from pullquote.media.artwork import put_cover
from pullquote.model.progress import Progress, silent
from pullquote.pipeline.lock import only_one
from pullquote.pipeline.starting import EXAMPLE_SITE, refuse_show, write_ignored
from pullquote.pull.old_feed import OldShow, episode_pictures, read_old_show

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
# [[people]]
# id = "lin"
# name = "Tiffany Lin"
# role = "guest"                 # host, guest, announcer or reviewer
# credentials = "MD, orthopedic surgeon"

[review]
two_people = true                # whoever cut an answer may not approve it

[feed]
guid = {guid}   # podcast:guid: never change it
explicit = {explicit}
{feed}"""

_MADE = ("episodes", "cover.jpg", "cover.png")
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
            return _bring_over(folder, old, url, progress), old
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
) -> list[Path]:
    """Write everything, ``show.toml`` last; return what was written."""
    stage = _stage(folder)
    _unmake(folder)
    shutil.rmtree(stage, ignore_errors=True)
    (stage / "episodes").mkdir(parents=True)
    pictures = episode_pictures(old, url, progress)
    covers = {
        slug: put_cover(stage / "episodes" / slug, data) for slug, data in pictures
    }
    for one in old.episodes:
        place = stage / "episodes" / one.slug
        episode = replace(one.episode, cover=covers.get(one.slug))
        save_episode(place / "episode.toml", episode)
        write_text(place / "notes.md", one.notes)
    cover = put_cover(folder.root, old.picture) if old.picture else None
    episodes = folder.root / "episodes"
    (stage / "episodes").replace(episodes)
    ignored = write_ignored(folder)
    write_text(folder.show, show_text(old, url, cover))
    made = [folder.show, episodes, *([folder.root / cover] if cover else [])]
    return [*made, *ignored]


def _unmake(folder: ShowFolder) -> None:
    for path in (folder.root / name for name in _MADE):
        with suppress(OSError):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def show_text(old: OldShow, url: str, cover: str | None) -> str:
    """Return ``show.toml`` for a show that was published elsewhere."""
    from pullquote.publish.podcast_channel import podcast_guid

    link = old.link or ""
    plain = is_address(link) and not {"?", "#"} & set(link)
    site = link if plain else EXAMPLE_SITE
    feed = {
        "category": list(old.category),
        "serial": old.serial,
        "owner_name": old.owner_name,
        "owner_email": old.owner_email,
        "copyright": old.copyright,
    }
    return _SHOW.format(
        title=_quoted(old.title),
        description=_quoted(old.description),
        site=_quoted(site if site.endswith("/") else f"{site}/"),
        language=_quoted(old.language or "en"),
        author=f"author = {_quoted(old.author)}\n" if old.author else "",
        cover=f'cover = "{cover}"\n' if cover else "",
        url=_quoted(url),
        guid=_quoted(old.guid or podcast_guid(url)),
        explicit="true" if old.explicit else "false",
        feed="".join(f"{k} = {_quoted(v)}\n" for k, v in feed.items() if v),
    )


def _quoted(value: object) -> str:
    import tomlkit

    return str(tomlkit.item(value).as_string())
