"""The search as readers use it: Pagefind's index in a real browser, no other host."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from pullquote.errors import PullquoteError
from pullquote.model.library import Entry
from pullquote.render.site.build import build_site
from tests import factory
from tests.publish.hosting import hosted
from tests.render.test_look import browser  # noqa: F401  # the shared fixture
from tests.render.test_site import laid


@pytest.fixture(scope="module", params=[5_000, 2], ids=["one index", "in parts"])
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    root = tmp_path_factory.mktemp("search")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pullquote.render.site.search._MOST", request.param)
        build_site(laid(root), root / "site")
    entry = json.loads((root / "site/pagefind/pagefind-entry.json").read_text())
    assert (entry.get("parts", 1) > 1) == (request.param == 2)
    return root / "site"


@pytest.fixture
def page(browser: Browser, built: Path) -> Iterator[Page]:  # noqa: F811
    context = browser.new_context()
    with hosted(built) as where:
        page = context.new_page()
        page.goto(f"{where}search/")
        yield page
    context.close()


def test_a_program_in_the_folder_where_one_builds_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pagefind.py").write_text('open("run", "w").close()')
    monkeypatch.chdir(tmp_path)
    build_site(laid(tmp_path), tmp_path / "site")
    assert (tmp_path / "site/pagefind/pagefind.js").is_file()
    assert not (tmp_path / "run").exists()


def found(page: Page, kind: str) -> list[str]:
    return page.locator(f"[data-kind={kind}] .card-title a").all_inner_texts()


@pytest.mark.browser
def test_answers_come_before_transcripts_and_filters_narrow_both(page: Page) -> None:
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.get_by_label("Question, treatment").fill("rest")
    page.get_by_role("button", name="Search").click()
    status = page.locator("[data-status]")
    expect(status).to_have_text("Results: 2")
    assert found(page, "answer") == ["Is bed rest good for a sore back?"]
    assert found(page, "transcript") == ["Back pain basics"]
    kinds = page.locator("section[data-kind]")
    assert kinds.first.get_attribute("data-kind") == "answer"
    href = page.locator("[data-kind=transcript] a").get_attribute("href") or ""
    assert href.endswith(f"/episodes/{factory.BASICS}/#t130000")
    assert page.locator("[data-kind=answer] mark").first.inner_text() == "rest"
    people = page.get_by_label("Answered by").locator("option").all_inner_texts()
    assert people == ["All", "Benedek Osterfeld", "Dana Quillmark", "Maren Tolliver"]
    page.get_by_label("Topic").select_option("Trigger point injections")
    expect(page.locator("[data-kind=transcript]")).to_be_hidden()
    assert found(page, "answer") == ["Is bed rest good for a sore back?"]
    assert page.url.endswith("?q=rest&topic=Trigger+point+injections")
    page.get_by_label("Question, treatment").fill("quagmire")
    page.get_by_role("button", name="Search").click()
    expect(status).to_have_text("Nothing found. Try fewer or other words.")
    host = page.url.partition("/search/")[0]
    assert all(url.startswith((f"{host}/", "blob:")) for url in asked)
    assert faults == []


@pytest.mark.browser
def test_on_a_slow_line_the_search_says_that_it_works(page: Page) -> None:
    held: list[Route] = []
    page.route("**/pagefind.js", lambda route: held.append(route))
    page.goto(f"{page.url}?q=rest")
    status = page.locator("[data-status]")
    expect(status).to_have_text("Searching …")
    held[0].continue_()
    expect(status).to_have_text("Results: 2")


@pytest.mark.browser
def test_a_superseded_answer_is_found_last_and_says_so(
    browser: Browser,  # noqa: F811
    tmp_path: Path,
) -> None:
    show = laid(tmp_path)
    answers = [a for e in show.published for a in e.approved]
    old, new = answers[0], answers[-1]
    text = "Sauntering soothes."

    def said(entry: Entry) -> Entry:
        now = (
            factory.approve(replace(old, body=text, superseded_by=new.id)),
            factory.approve(replace(new, body=f"{text} So we think to this day.")),
        )
        kept = {a.id: a for a in now}
        changed = tuple(kept.get(a.id, a) for a in entry.approved)
        return replace(entry, approved=changed)

    build_site(replace(show, entries=tuple(map(said, show.entries))), tmp_path / "site")
    with hosted(tmp_path / "site") as where:
        page = browser.new_page()
        page.goto(f"{where}search/?q=sauntering+soothes")
        expect(page.locator("[data-kind=answer] .card")).to_have_count(2)
        assert found(page, "answer") == [new.question, old.question]
        notes = page.locator("[data-kind=answer] .meta").all_inner_texts()
        label = "Replaced by a newer answer\n"
        assert [note.startswith(label) for note in notes] == [False, True]
        page.close()


@pytest.mark.browser
def test_an_excerpt_begins_and_ends_with_a_sentence(
    browser: Browser,  # noqa: F811
    tmp_path: Path,
) -> None:
    show = laid(tmp_path)
    (first, *_), *_ = (e.approved for e in show.published if e.approved)
    filler = (
        "in the first weeks after such an operation and also in those that follow it"
    )
    text = (
        f"It heals slowly. You should never, {filler}, and whoever says otherwise errs,"
        f" {filler}, go sauntering. Ask Dr. Quillmark about it. {filler}."
        + " Rest."
        * 30
    )

    def said(entry: Entry) -> Entry:
        kept = (
            replace(a, body=text) if a.id == first.id else a for a in entry.approved
        )
        return replace(entry, approved=tuple(map(factory.approve, kept)))

    build_site(replace(show, entries=tuple(map(said, show.entries))), tmp_path / "site")
    with hosted(tmp_path / "site") as where:
        page = browser.new_page()
        page.goto(f"{where}search/?q=sauntering")
        shown = page.locator("[data-kind=answer] .card p").first.inner_text()
        assert shown.startswith("… You should never, in the first weeks")
        assert shown.endswith("go sauntering. …")
        assert page.locator("[data-kind=answer] mark").all_inner_texts() == [
            "sauntering."
        ]
        page.close()


@pytest.mark.browser
def test_a_browser_that_keeps_nothing_searches_and_plays(page: Page) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(
        """const refuse = { get() { throw new DOMException("no", "SecurityError"); } };
        for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
          Object.defineProperty(window, name, refuse);"""
    )
    page.goto(f"{page.url}?q=rest")
    expect(page.locator("[data-status]")).to_have_text("Results: 2")
    page.locator("[data-kind=transcript] a").click()
    page.get_by_label("Find in the transcript").fill("rest")
    expect(page.locator("[data-count]")).not_to_be_empty()
    assert faults == []


@pytest.mark.browser
def test_the_first_page_leads_into_the_search(page: Page) -> None:
    page.goto(page.url.replace("search/", ""))
    page.get_by_label("Search all answers and transcripts").fill("trigger")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-kind=answer] .card")
    assert found(page, "answer")[0] == "What are trigger point injections?"


def test_the_index_holds_nothing_that_is_not_public(built: Path) -> None:
    held = b""
    for path in (built / "pagefind").rglob("*.pf_*"):
        held += gzip.decompress(path.read_bytes())
    text = held.decode(errors="replace").lower()
    assert "keep moving" in text
    assert "osterfeld" in text
    assert not [word for word in factory.DRAFT_WORDS if word in text]


def test_the_whole_search_weighs_little(built: Path) -> None:
    files = [*(built / "pagefind").rglob("*.*")]
    assert sum(path.stat().st_size for path in files) < 260_000
    names = [path.name for path in files]
    assert not [name for name in names if "ui" in name or "highlight" in name]
    assert names.count("pagefind.js") == 1
    assert not [*built.glob(".searched-*")]


def test_an_index_of_unchanged_pages_is_kept_and_of_changed_ones_made(
    tmp_path: Path,
) -> None:
    library = laid(tmp_path)
    build_site(library, tmp_path / "site")
    changed = replace(library, show=replace(library.show, sign_up_text="Join us"))
    report = build_site(changed, tmp_path / "site")
    assert "answers/bed-rest/index.html" in report.changed
    entry = library.entries[2]
    edited = factory.approve(replace(entry.approved[0], body="Walk a marathon."))
    entry = replace(entry, approved=(edited,))
    report = build_site(replace(library, entries=(entry,)), tmp_path / "site")
    assert any("pagefind/fragment/" in path for path in report.changed)


def test_a_show_with_nothing_to_search_has_no_search(tmp_path: Path) -> None:
    library = replace(laid(tmp_path), entries=())
    build_site(library, tmp_path / "site")
    assert not (tmp_path / "site/pagefind").exists()
    assert not (tmp_path / "site/search").exists()
    assert "search" not in (tmp_path / "site/index.html").read_text()


def test_an_indexer_that_fails_is_one_line_and_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = laid(tmp_path)
    failed = subprocess.CompletedProcess(
        [], 1, stdout="", stderr="no memory\nnote: more\n"
    )
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(PullquoteError, match=r"search index: cannot be made \(no mem"):
        build_site(library, tmp_path / "site")
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("", "its program is missing"),
        (None, "its program is missing"),
        ("/nowhere/pagefind", "[Errno 2] No such file or directory"),
    ],
)
def test_without_the_indexers_program_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None, why: str
) -> None:
    if program == "":  # as where a virus scanner took it away
        monkeypatch.setattr("pagefind_bin.this_dir", tmp_path)
    elif program is None:  # as where pip could not install the package with it
        monkeypatch.setitem(sys.modules, "pagefind_bin", None)
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        monkeypatch.setenv("PAGEFIND_BINARY_PATH", program)
    with pytest.raises(PullquoteError) as told:
        build_site(laid(tmp_path), tmp_path / "site")
    line = str(told.value)
    assert line.startswith(f"search index: cannot be made ({why}")
    assert line.endswith("; install Pagefind again: pip install 'pagefind[bin]'")


def test_a_show_may_do_without_search(tmp_path: Path) -> None:
    library = laid(tmp_path, search=False)
    build_site(library, tmp_path / "site")
    assert not (tmp_path / "site/pagefind").exists()
    assert not (tmp_path / "site/search").exists()
    assert "search/" not in (tmp_path / "site/index.html").read_text()


def test_the_index_holds_no_word_that_no_page_shows(built: Path) -> None:
    """Its words are cut to their stems: whole names are looked for in the fragments."""
    shown = " ".join(
        gzip.decompress(path.read_bytes()).decode()
        for path in built.rglob("*.pf_fragment")
    )
    spoken = re.findall(r"\w+", shown.casefold().replace("'", "").replace("\u2019", ""))
    starts = {word[:n] for word in spoken for n in range(1, len(word) + 1)}
    words = {
        word
        for path in built.rglob("*.pf_index")
        for word in _texts(gzip.decompress(path.read_bytes()))
    }
    assert len(words) > 50
    # a stem may end otherwise than the word begins: "easi" of "easy", "move" of "moving"
    assert [word for word in words if starts.isdisjoint((word, word[:-1]))] == []


def _texts(data: bytes) -> Iterator[str]:
    """Yield every text in Pagefind's CBOR (RFC 8949), which has but these kinds."""
    at = len("pagefind_dcd")
    assert data[:at] == b"pagefind_dcd"
    while at < len(data):
        kind, short = data[at] >> 5, data[at] & 31
        wide = 0 if short < 24 else 1 << (short - 24)
        count = int.from_bytes(data[at + 1 : at + 1 + wide], "big") if wide else short
        at += 1 + wide
        assert kind in (0, 1, 3, 4)  # numbers, a text, a list
        if kind == 3:
            yield data[at : at + count].decode()
            at += count
