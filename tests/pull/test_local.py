from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest

from pullquote.errors import ContentError, PullquoteError, SourceError
from pullquote.formats.sidecar_toml import Sidecar, load_sidecar
from pullquote.media.probe import probe
from pullquote.model.episode import Chapter
from pullquote.model.show import Source
from pullquote.pull.folder_files import Offered
from pullquote.pull.listing import list_items
from pullquote.pull.local import local_facts, local_item, local_path
from tests.media.made import speechlike, write

SIDECAR = """\
title = "Sprains & spasms"
held = 2021-06-16
summary = "What to do."
description = "More about it."
people = ["quill"]
watch = "https://watch.example/1"
season = 1
number = 2
synthetic = true
[[chapters]]
start = 00:00:01.500
title = "Hello"
"""


def test_a_folder_gives_its_recordings_in_order_and_nothing_else(
    tmp_path: Path,
) -> None:
    for name in ("b.opus", "a.MP4", ".hidden.mp3", "notes.txt", "a.toml", "c.part"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "deep.mp3").mkdir()
    items = list_items(Source(url=".", people=("quill",)), tmp_path)
    assert [i.source for i in items] == ["a.MP4", "b.opus"]
    assert [i.source_id for i in items] == ["file:a.MP4", "file:b.opus"]
    assert items[0].people == ("quill",)


@pytest.mark.parametrize("form", ["{path}", "file://{path}", "file://localhost{path}"])
def test_a_file_is_named_by_path_or_address(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a b.mp3"
    path.write_bytes(b"x")
    url = form.format(path=path).replace(" ", " " if form == "{path}" else "%20")
    (item,) = list_items(Source(url=url), tmp_path / "elsewhere")
    assert item.local == path
    assert item.source == str(path)


def test_a_path_in_show_toml_begins_at_the_show(tmp_path: Path) -> None:
    for url in ("takes", "file:takes"):
        assert local_path(url, tmp_path) == tmp_path / "takes"


def test_a_path_that_leads_nowhere_is_said(tmp_path: Path) -> None:
    for url in ("none.mp3", "www.youtube.com/watch", "file:///none/at/all.mp3"):
        with pytest.raises(SourceError, match="no such file or folder"):
            list_items(Source(url=url), tmp_path)
    with pytest.raises(SourceError, match="another machine"):
        local_path("file://server/share/a.mp3", tmp_path)


@pytest.mark.parametrize(("there", "told"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_name_in_the_other_form_of_unicode_is_the_same_name(
    tmp_path: Path, there: Literal["NFC", "NFD"], told: Literal["NFC", "NFD"]
) -> None:
    """As where a folder was packed on a Mac: "ü" is two characters there."""
    folder = tmp_path / normalize(there, "Aufnahmen für Köln")
    folder.mkdir()
    write(folder / normalize(there, "Müller.wav"), speechlike(1))
    beside = folder / normalize(told, "Müller.toml")
    beside.write_text('title = "Feet"\nheld = 2021-06-16\n')
    source = Source(url=normalize(told, "Aufnahmen für Köln/Müller.wav"))
    (item,) = list_items(source, tmp_path)
    assert item.local is not None
    assert local_facts(item, item.local, probe(item.local)).title == "Feet"


def test_what_a_maker_wrote_beside_the_recording_goes_first(
    tmp_path: Path, opus: Path
) -> None:
    path = tmp_path / "2020-01-01-other.opus"
    path.write_bytes(opus.read_bytes())
    (tmp_path / "2020-01-01-other.toml").write_text(SIDECAR)
    item = local_facts(local_item(Offered(path), tmp_path), path, probe(path))
    assert (item.title, item.held) == ("Sprains & spasms", date(2021, 6, 16))
    assert (item.season, item.number, item.synthetic) == (1, 2, True)
    assert item.chapters == (Chapter(start=1500, title="Hello"),)
    assert (item.people, item.watch) == (("quill",), "https://watch.example/1")
    assert item.description == "More about it."


def test_without_it_tags_name_and_date_of_the_file_tell(tmp_path: Path) -> None:
    tagged = write(
        tmp_path / "zoom_0.m4a",
        speechlike(1),
        tags={"title": "Back pain", "date": "2020-05-04"},
    )
    item = local_facts(local_item(Offered(tagged), tmp_path), tagged, probe(tagged))
    assert (item.title, item.held) == ("Back pain", date(2020, 5, 4))
    named = write(tmp_path / "2021-06-16 sprains.flac", speechlike(1))
    item = local_facts(local_item(Offered(named), tmp_path), named, probe(named))
    assert (item.title, item.held) == ("Sprains", date(2021, 6, 16))
    bare = write(tmp_path / "talk.flac", speechlike(1))
    os.utime(bare, (1_600_000_000, 1_600_000_000))
    item = local_facts(local_item(Offered(bare), tmp_path), bare, probe(bare))
    assert item.title == "Talk"
    assert item.held in {date(2020, 9, 13), date(2020, 9, 14)}


def test_a_mistake_in_it_is_said_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('title = "x"\nheldd = 2021-06-16\n')
    with pytest.raises(ContentError) as caught:
        load_sidecar(path)
    assert str(caught.value).startswith(f"{path}:2: unknown key 'heldd'; did you mean")
    path.write_text('title = "x"\nnumber = "two"\n')
    with pytest.raises(PullquoteError, match=":2:"):
        load_sidecar(path)
    path.write_text("")
    assert load_sidecar(path) == Sidecar()
