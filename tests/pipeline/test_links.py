"""Links between answers and show notes after a slip, a rename, a withdrawal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bench.large_show import make_show, save_signed
from pullquote.errors import PullquoteError
from pullquote.formats.answer_md import format_answer, load_answer
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import load_show
from pullquote.pipeline.building.build import build_public
from pullquote.pipeline.building.rebuild import Builder
from pullquote.pipeline.checking import check_show
from pullquote.pipeline.outcome import Quiet

DAY = date(2026, 6, 1)

LEADS = """
../{other}/
../{other}
../{other}/index.html#hear
{site}/answers/{other}/
../../answers/
../../episodes/{episode}/#t0
../../episodes/{episode}/transcript.vtt
../../people/
../../people/{person}/
#hear
mailto:a@b.example
https://elsewhere.example/answers/none/
../../treatments/of-the-house/
"""
"""Links of an answer that lead somewhere, or that are not the show's to judge."""

DEAD = {
    "{other}": "leads to no page; perhaps ../{other}/ is meant",
    "{other}.md": "leads to no page; perhaps ../{other}/ is meant",
    "../{other}x/": "leads to no page; perhaps ../{other}/ is meant",
    "www.example.org": "leads to no page; correct it, or take it out",
    "{site}/answers/quite/": "leads to no page; correct it, or take it out",
    "../../topics/none/": "leads to no page; correct it, or take it out",
    "../../people/nobody/": "leads to no page; correct it, or take it out",
    "../../episodes/{episode}/a.doc": "leads to no page; correct it, or take it out",
}


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """Two episodes with two answers each."""
    make_show(tmp_path, 4, each=2)
    return tmp_path / "show"


def build(root: Path) -> list[str]:
    return told(root, build_public(ShowFolder(root), Quiet(), today=DAY).faults)


def check(root: Path) -> list[str]:
    return told(root, check_show(ShowFolder(root)))


def told(root: Path, faults: tuple[PullquoteError, ...]) -> list[str]:
    """Return what is said of links."""
    found = [str(fault).replace(f"{root}/", "") for fault in faults]
    return [fault for fault in found if ": the link " in fault]


def answers(root: Path) -> list[Path]:
    return sorted(root.glob("transcripts/*/answers/*.md"))


def say(path: Path, body: str, *, sign: bool = True) -> None:
    answer = replace(load_answer(path), body=body)
    if sign:
        save_signed(path, answer, DAY)
    else:
        path.write_text(format_answer(answer))


def test_pages_of_the_house_below_the_shows_address_stop_no_feed(show: Path) -> None:
    facts = show / "show.toml"
    site = load_show(facts).site
    text = facts.read_text().replace(
        'name = "Person Number', f'href = "{site}team/doctor"\nname = "Person Number'
    )
    facts.write_text(f'feed.funding = "{site}give"\n{text}')
    for episode in show.glob("episodes/*/episode.toml"):
        told = episode.read_text()
        episode.write_text(f'watch = "{site}videos/1"\n{told}')
    build(show)
    feed = (show / "feeds/podcast.xml").read_text()
    for path in ("team/doctor", "give", "videos/1"):
        assert f'"{site}{path}"' in feed


@pytest.mark.parametrize("watch", ["/videos/1", "videos/1?from=x#t"])
def test_a_watch_that_is_a_path_of_the_site_stops_no_feed(
    show: Path, watch: str
) -> None:
    for episode in show.glob("episodes/*/episode.toml"):
        episode.write_text(f'watch = "{watch}"\n{episode.read_text()}')
    build(show)
    there = load_show(show / "show.toml").site + watch.lstrip("/")
    assert f'"{there}"' in (show / "feeds/podcast.xml").read_text()


def test_a_link_to_no_page_is_named_with_its_line(show: Path) -> None:
    mine, other, *_ = answers(show)
    names = {
        "other": other.stem,
        "episode": other.parent.parent.name,
        "person": load_answer(other).speakers[0],
        "site": load_show(show / "show.toml").site.rstrip("/"),
    }
    links = [link.format(**names) for link in (*LEADS.split(), *DEAD)]
    say(mine, "\n\n".join(f"See [this]({link})." for link in links))
    lines = mine.read_text().split("\n")
    expected = []
    for link, said in DEAD.items():
        href = link.format(**names)
        place = f"{mine.relative_to(show)}:{lines.index(f'See [this]({href}).') + 1}"
        expected.append(f"{place}: the link {href!r} {said.format(**names)}")
    assert build(show) == expected
    assert check(show) == expected


def test_what_moved_was_withdrawn_or_waits_is_told_apart(show: Path) -> None:
    mine, moved, gone, waits = answers(show)
    others = moved, gone, waits
    body = " ".join(f"[{path.stem}](../{path.stem}/)" for path in others)
    say(mine, body)
    notes = show / f"episodes/{mine.parent.parent.name}/notes.md"
    links = (f"[{path.stem}](../../answers/{path.stem}/)" for path in others)
    notes.write_text("Notes.\n\n" + "\n".join(links))
    builder = Builder(ShowFolder(show), Quiet())
    assert told(show, builder.build(today=DAY).faults) == []
    moved.rename(moved.with_name("elsewhere.md"))
    withdrawn = replace(load_answer(gone), status="withdrawn", review=None)
    gone.write_text(format_answer(withdrawn))
    say(waits, "Another text.", sign=False)
    in_notes, in_answer = notes.relative_to(show), mine.relative_to(show)
    redirect = (
        f"{in_notes}:3: the link '../../answers/{moved.stem}/' leads to a page that "
        "has moved; write ../../answers/elsewhere/"
    )
    faults = [
        f"{file}:{line}: the link '{up}{path.stem}/' leads to {why}"
        for file, up, at in ((in_notes, "../../answers/", 4), (in_answer, "../", None))
        for path, line, why in (
            (gone, at, "what was withdrawn; take the link out"),
            (
                waits,
                at and 5,
                "what is not public; publish that too, or take the link out",
            ),
        )
    ]
    line = mine.read_text().split("\n").index(body) + 1
    expected = [redirect, *(fault.replace(":None:", f":{line}:") for fault in faults)]
    assert sorted(told(show, builder.build(today=DAY).faults)) == sorted(expected)
    assert sorted(build(show)) == sorted(expected)
    assert sorted(check(show)) == sorted(expected)
    # the readers' page stays as it was signed, and its old link leads on
    page = show / f"site/answers/{moved.stem}/index.html"
    assert "answers/elsewhere/" in page.read_text()


def test_a_draft_may_link_to_a_draft(show: Path) -> None:
    mine, other, *_ = answers(show)
    say(other, "Not signed.", sign=False)
    say(mine, f"[More](../{other.stem}/), [none](../none/)", sign=False)
    (fault,) = check(show)
    assert "the link '../none/' leads to no page" in fault
    assert build(show) == []


def test_a_process_that_goes_on_tells_the_same(show: Path) -> None:
    mine, *_ = answers(show)
    builder = Builder(ShowFolder(show), Quiet())
    builder.build(today=DAY)
    say(mine, "[None](../none/)")
    built = builder.build([str(mine.relative_to(show))], today=DAY)
    assert not builder.settled  # it went on
    assert told(show, built.faults) == build(show) != []
