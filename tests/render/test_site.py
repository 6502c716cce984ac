from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pullquote.errors import ContentError, MediaError, PullquoteError
from pullquote.model.library import Library
from pullquote.render.site import workers
from pullquote.render.site.build import Brought, SiteReport, build_site
from tests import factory
from tests.media.made import picture
from tests.render.reading import broken_links, requested_hosts

AT_ROOT = "https://backbone.example/"
CODE = (".css", ".js")


def laid(root: Path, **changes: object) -> Library:
    library = factory.library(root / "show", **changes)
    factory.lay_media(library)
    return library


def others(library: Library) -> dict[str, bytes]:
    """Return files as other stages make them, for every episode, drafts too."""
    made = {"feeds/podcast.xml": b"<rss/>", "feeds/answers.xml": b"<rss/>"}
    for entry in library.entries:
        words = (entry.episode.title + " ".join(t.text for t in entry.turns)).encode()
        for ending in ("vtt", "srt", "json", "html"):
            made[f"episodes/{entry.slug}/transcript.{ending}"] = words
        made[f"media/{entry.slug}/soundbite.mp3"] = words
    return made


def build(library: Library, target: Path, *, drafts: bool = False) -> SiteReport:
    return build_site(library, target, Brought(files=others(library)), drafts=drafts)


def content(root: Path) -> dict[str, str]:
    """Return the digest of every file by its path."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_several_processes_make_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = laid(tmp_path)
    for name, least in (("one", 100), ("two", 2)):
        monkeypatch.setattr(workers, "WORTH_IT", least)
        monkeypatch.setattr(workers, "processors", lambda: 2)
        build_site(library, tmp_path / name, Brought(files=others(library)))
    one, two = (
        {p: d for p, d in content(tmp_path / name).items() if "pagefind" not in p}
        for name in ("one", "two")
    )
    assert one == two


@pytest.mark.parametrize("drafts", [False, True])
def test_every_link_and_anchor_leads_somewhere(tmp_path: Path, drafts: bool) -> None:
    site = tmp_path / "site"
    # the page not found alone has to know its place on the host
    library = laid(tmp_path, site=AT_ROOT)
    build(library, site, drafts=drafts)
    assert broken_links(site) == []
    assert requested_hosts(site) == set()


def test_nothing_of_a_draft_is_in_any_public_file(tmp_path: Path) -> None:
    library = laid(tmp_path)
    build(library, tmp_path / "site")
    build(library, tmp_path / "preview", drafts=True)
    public = _everything(tmp_path / "site")
    preview = _everything(tmp_path / "preview")
    hidden = [*factory.DRAFT_WORDS, factory.DRAFT, "draft", "noindex", "suggest"]
    found = [word for word in hidden if word in public]
    assert found == ["noindex"], "the page not found alone is not indexed"
    assert all(word in preview for word in hidden)


def test_a_draft_that_is_called_as_a_feed_is_takes_none_away(tmp_path: Path) -> None:
    library = laid(tmp_path)
    entries = [
        replace(e, slug="podcast") if e.slug == factory.DRAFT else e
        for e in library.entries
    ]
    library = replace(library, entries=tuple(entries))
    build(library, tmp_path / "site")
    assert (tmp_path / "site/feeds/podcast.xml").is_file()
    assert not (tmp_path / "site/episodes/podcast").exists()


def _everything(root: Path) -> str:
    """Return all names and all text of a site but its code, in lower case."""
    kept = [p for p in root.rglob("*") if p.is_file() and p.suffix not in CODE]
    text = [f"{p.relative_to(root)}\n{p.read_bytes()!r}" for p in kept]
    return "\n".join(text).lower()


def test_a_second_build_touches_nothing_that_did_not_change(tmp_path: Path) -> None:
    library = laid(tmp_path)
    site = tmp_path / "site"
    first = build(library, site)
    before = {p: p.stat().st_mtime_ns for p in site.rglob("*") if p.is_file()}
    assert len(first.changed) == first.files == len(before)
    second = build(library, site)
    assert second.changed == ()
    assert second.pages == first.pages == len(list(site.rglob("*.html"))) - 2
    assert before == {p: p.stat().st_mtime_ns for p in site.rglob("*") if p.is_file()}


def test_a_changed_answer_changes_its_pages_and_a_vanished_one_is_gone(
    tmp_path: Path,
) -> None:
    site = tmp_path / "site"
    library = laid(tmp_path)
    build(library, site)
    draft, entry, last = library.entries
    edited = factory.approve(replace(entry.approved[0], body="New."))
    newer = replace(entry, approved=(edited,))
    report = build(replace(library, entries=(draft, newer, last)), site)
    assert "answers/trigger-point-injections/index.html" in report.changed
    assert "static/style.css" not in report.changed
    assert not (site / "answers/bed-rest").exists()


def test_an_answer_page_weighs_60_kb_or_less(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(laid(tmp_path), site)
    styles = sum(p.stat().st_size for p in (site / "static").iterdir())
    for page in (site / "answers").glob("*/index.html"):
        assert page.stat().st_size + styles < 60_000


def test_a_missing_enclosure_leaves_the_old_site_whole(tmp_path: Path) -> None:
    library = laid(tmp_path)
    site = tmp_path / "site"
    build(library, site)
    before = content(site)
    sound = tmp_path / "show/episodes" / factory.BASICS / "enclosure.mp3"
    sound.unlink()
    with pytest.raises(MediaError, match=r"enclosure\.mp3: no such file"):
        build(library, site)
    assert content(site) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["show", "site"]


def test_pictures_are_published_without_what_a_camera_noted(tmp_path: Path) -> None:
    people = tuple(
        replace(p, photo=f"pictures/{p.id}.PNG") for p in factory.show().people
    )
    library = laid(tmp_path, people=people, cover="pictures/cover.jpg", site=AT_ROOT)
    pictures = library.root / "pictures"
    pictures.mkdir()
    for name in ("mod.PNG", "quill.PNG", "oster.PNG", "cover.jpg"):
        picture(pictures / name, 16, 16)
    plain = (pictures / "cover.jpg").read_bytes()
    noted = plain[:2] + b"\xff\xe1\0\x0aExif\0\0GP" + plain[2:]
    (pictures / "cover.jpg").write_bytes(noted)
    own = tmp_path / "templates/static"
    own.mkdir(parents=True)
    (own / "team.jpg").write_bytes(noted)
    site = tmp_path / "site"
    for _ in range(2):  # the second takes them over
        build_site(library, site, templates=tmp_path / "templates")
        photo = (site / "people/quill/photo.png").read_bytes()
        assert photo == (pictures / "quill.PNG").read_bytes()
        assert (site / "cover.jpg").read_bytes() == plain
        assert (site / "static/team.jpg").read_bytes() == plain
    picture(pictures / "cover.jpg", 20, 20)
    assert "cover.jpg" in build(library, site).changed
    assert "og:image" in (site / "index.html").read_text()
    assert 'alt="Portrait of Dana Quillmark"' in (
        site / "people/quill/index.html"
    ).read_text("utf-8")
    assert broken_links(site) == []


@pytest.mark.parametrize(
    ("cover", "problem"),
    [
        ("../secret.jpg", "lies outside the show's folder"),
        ("/etc/hostname", "lies outside the show's folder"),
        ("none.jpg", "there is no picture"),
    ],
)
def test_a_picture_must_lie_in_the_show(
    tmp_path: Path, cover: str, problem: str
) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"x")
    library = laid(tmp_path, cover=cover)
    with pytest.raises(ContentError, match=problem):
        build(library, tmp_path / "site")


@pytest.mark.parametrize("path", ["../out.html", "/etc/x", "a/../../x", "", "a\x00b"])
def test_no_file_leads_out_of_the_site(tmp_path: Path, path: str) -> None:
    with pytest.raises(ContentError, match="cannot be an address"):
        build_site(laid(tmp_path), tmp_path / "site", Brought(files={path: b"x"}))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["show"]


def test_an_id_that_leads_out_of_the_site_stops_the_build(tmp_path: Path) -> None:
    library = laid(tmp_path)
    wrong = factory.approve(factory.answer("../../../escape"))
    entry = replace(library.entries[1], approved=(wrong,))
    with pytest.raises(ContentError, match="use letters, digits and hyphens"):
        build(replace(library, entries=(entry,)), tmp_path / "site")


def test_two_files_at_one_address_are_refused(tmp_path: Path) -> None:
    files = {"Index.html": b"x"}
    with pytest.raises(ContentError, match="stands at the same address"):
        build_site(laid(tmp_path), tmp_path / "site", Brought(files=files))


def test_a_name_that_the_disk_refuses_is_one_line(tmp_path: Path) -> None:
    long = "x" * 300
    with pytest.raises(PullquoteError, match="cannot be written") as caught:
        build_site(laid(tmp_path), tmp_path / "site", Brought(files={long: b"x"}))
    assert "\n" not in str(caught.value)


def test_progress_counts_pages(tmp_path: Path) -> None:
    seen: list[tuple[float, float | None]] = []
    report = build_site(
        laid(tmp_path),
        tmp_path / "site",
        progress=lambda done, total, note="": seen.append((done, total)),
    )
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == ((0, report.pages), (report.pages, report.pages))


def test_the_shows_own_templates_and_styles_go_first(tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "static").mkdir(parents=True)
    (own / "static/tokens.css").write_text(":root { --accent: red }")
    (own / "static/logo.svg").write_text("<svg/>")
    (own / "404.html.j2").write_text(
        '{% extends "pullquote/404.html.j2" %}{% block head %}<!-- ours -->{% endblock %}'
    )
    site = tmp_path / "site"
    build_site(laid(tmp_path), site, templates=own)
    assert "red" in (site / "static/tokens.css").read_text()
    assert (site / "static/style.css").is_file()
    assert (site / "static/logo.svg").is_file()
    assert "<!-- ours -->" in (site / "404.html").read_text()
    assert "Page not found" in (site / "404.html").read_text()


@pytest.mark.parametrize(
    ("template", "line", "problem"),
    [
        ("one\n{% if %}", 2, "Expected an expression"),
        ("one\ntwo\n{{ nothing }}", 3, "'nothing' is undefined"),
        ("{{ view.shown.nope }}", 1, "nope"),
        ("a\n{{ 1 / 0 }}", 2, "division by zero"),
        ("{{ clock('x') }}", 1, "unsupported operand"),
        ('{% include "gone.html.j2" %}', 1, "there is no template gone.html.j2"),
        ('{% extends "answer.html.j2" %}', 1, "extends 'pullquote/answer.html.j2'"),
    ],
)
def test_a_template_error_names_its_line_and_the_page(
    tmp_path: Path, template: str, line: int, problem: str
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "answer.html.j2").write_text(template)
    with pytest.raises(ContentError) as caught:
        build_site(laid(tmp_path), tmp_path / "site", templates=own)
    error = caught.value
    assert Path(error.where) == own / "answer.html.j2"
    assert error.line == line
    assert problem in error.problem
    assert "answers/trigger-point-injections/index.html" in error.problem
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("name", ["answer.html.j2", "static/style.css"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "latin-1"])
def test_a_template_or_style_sheet_that_is_no_text_is_named(
    tmp_path: Path, name: str, encoding: str
) -> None:
    """A browser passes over such a style sheet, and pages stand there without it."""
    own = tmp_path / "own"
    (own / "static").mkdir(parents=True)
    (own / "static/.style.css.swp").write_text("an editor's own")
    (own / ".#answer.html.j2").symlink_to("an editor's lock")
    build_site(laid(tmp_path), tmp_path / "site", templates=own)
    assert not [*(tmp_path / "site/static").glob(".*")]
    (own / name).write_text("/* {{ view.html }} Größe */", encoding)
    told = rf"{re.escape(str(own / name))}:1: is not UTF-8 text; save it as UTF-8"
    with pytest.raises(ContentError, match=told):
        build_site(laid(tmp_path), tmp_path / "site", templates=own)


def test_a_mark_of_byte_order_in_a_template_is_on_no_page(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "404.html.j2").write_text("<p>Größe</p>", "utf-8-sig")
    build_site(laid(tmp_path), tmp_path / "site", templates=own)
    assert (tmp_path / "site/404.html").read_text() == "<p>Größe</p>"


def test_a_wrong_base_template_is_named_too(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "index.html.j2").write_text('{% extends "no.html.j2" %}')
    with pytest.raises(ContentError, match=r"no\.html\.j2"):
        build_site(laid(tmp_path), tmp_path / "site", templates=own)
