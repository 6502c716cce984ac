"""Makes the folder of a new show."""

from __future__ import annotations

from pathlib import Path

from pullquote.errors import UsageError
from pullquote.formats.disk import write_bytes, write_text
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import parse_show

EXAMPLE_SITE = "https://show.example/"
"""Stands in a new show.toml until somebody writes where the site will be."""
SOMEBODY = """\
# [[people]]
# id = "copperfold"
# name = "Irene Copperfold"
# role = "guest"                 # host: who reads questions out; announcer; reviewer: who only cuts or signs
# credentials = "MD, spine physician"   # or an office: "Councillor"
# affiliation = "Example Spine Center"
# photo = "people/copperfold.jpg"
"""
"""Stands in a new show.toml where nobody is known yet."""
REVIEW = """\
[review]
two_people = true                # whoever cut an answer may not approve it; false where you are alone
# reviewers = ["copperfold"]     # who may approve; without it, people with credentials
"""
REQUIRE_PRIVATE = """\
require_private = true           # names and the like: redact or keep each before it is public
"""
_SHOW = """\
# Everything about the show. Every key: docs/file-formats.md in Pullquote's folder.
title = {title}
description = "What the show is about, in a sentence or two."
site = "{site}"   # where site/ will stand on the web; ends in /
language = "en"                  # pages and feeds speak it: de, fr, es; others take a file
# cover = "cover.jpg"            # square JPEG or PNG, 1400 to 3000 pixels
# sign_up = "https://show.example/sign-up"
# disclaimer = "General education; it cannot replace your own doctor."

# Where recordings come from: a channel, playlist, feed, page, folder or file.
# [[sources]]
# url = "https://videos.example/our-channel"

# Everybody who speaks. Only people named here can stand under an answer.
{somebody}
# What answers speak of, each with the page where readers go on, such as a treatment's.
# [[topics]]
# id = "physical-therapy"
# title = "Physical therapy"
# href = "https://show.example/treatments/physical-therapy"

{review}{private}
[feed]
category = ["Health & Fitness", "Medicine"]   # Apple's, in English; pages of others speak of topics, not treatments
# owner_email = "us@show.example"             # directories write there to whoever says the show is theirs
"""

_IGNORE = """\
/site/
/.pullquote/
/episodes/*/recording.*
/episodes/*/enclosure.mp3
/episodes/*/enclosure.m4a
/episodes/*/peaks.json
/recordings/
.*.part
*~
*.orig
.*.sw?
"""
_ATTRIBUTES = """\
# the same line ends on every machine
* text=auto eol=lf
# a machine makes these: where two made them, git keeps one whole and asks
/feeds/*.xml -merge
/feeds/answers*.json -merge
/episodes/*/enclosure*.json -merge
/transcripts/*/suggestions.json -merge
/transcripts/*/corrections.json -merge
/transcripts/*/edits/*.json -merge
"""


def init_show(folder: ShowFolder, title: str) -> list[Path]:
    """Write ``show.toml`` and what git is to know; return what was written.

    Raises UsageError where a show is there already, ContentError for no title.
    """
    import tomlkit

    refuse_show(folder)
    text = _SHOW.format(
        title=tomlkit.item(title).as_string(),
        site=EXAMPLE_SITE,
        somebody=SOMEBODY,
        review=REVIEW,
        private=REQUIRE_PRIVATE,
    )
    parse_show(text, folder.show)  # nothing is written that could not be read again
    write_text(folder.show, text)
    return [folder.show, *write_ignored(folder)]


def refuse_show(folder: ShowFolder) -> None:
    """Raise UsageError where a show is there already."""
    if folder.show.exists():
        raise UsageError(folder.show, "is there already", "edit it, or name a new DIR")


def write_ignored(folder: ShowFolder) -> list[Path]:
    """Tell git what not to keep, and what not to merge; return what was written.

    A ``.gitignore`` that is there gets the lines that it lacks.
    """
    ignored, merged = folder.root / ".gitignore", folder.root / ".gitattributes"
    there = ignored.read_bytes() if ignored.exists() else b""
    lines = {line.strip() for line in there.splitlines()}
    due = [line for line in _IGNORE.encode().splitlines() if line not in lines]
    written = []
    if due:
        before = [there.removesuffix(b"\n")] if there else []
        write_bytes(ignored, b"\n".join([*before, *due, b""]))
        written.append(ignored)
    if not merged.exists():
        write_text(merged, _ATTRIBUTES)
        written.append(merged)
    return written
