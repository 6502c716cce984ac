"""Edits of a show, drawn by a seed, each followed by two builds that must be equal.

One build goes over what the builds before left, the other starts from nothing.
`bench/build_edits.py` does the same for longer.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bench.large_show import make_show, save_signed
from pullquote.errors import PullquoteError
from pullquote.formats.answer_md import format_answer, load_answer
from pullquote.formats.folder import ShowFolder
from pullquote.model.answer import Answer, Correction
from pullquote.pipeline.building.build import build_public
from pullquote.pipeline.building.rebuild import Builder
from tests.media.made import picture
from tests.pipeline.test_breaches import Quiet

Edit = Callable[["Editing"], object]
Outcome = tuple[str | None, dict[str, bytes]]
"""What a build says that stops, and what it leaves."""


class Editing:
    """A show that is edited and built again and again."""

    def __init__(self, home: Path, seed: int, *, watched: bool = False) -> None:
        make_show(home, answers=16, each=4)
        self.root = home / "show"
        self.anew = home / "anew"
        self.random = random.Random(seed)
        self.today = date(2026, 6, 1)
        self.builder = Builder(ShowFolder(self.root), Quiet()) if watched else None
        """Builds as `build --watch` does: told which files were saved."""
        self.gone_on: list[str] = []
        """The edits after which it went on from the last build."""
        self.known: dict[str, tuple[int, int]] = {}
        self.done: list[str] = []
        self.stopped: list[str] = []

    def any_answer(self) -> tuple[Path, Answer]:
        """Return one of the answers with its file."""
        path = self.random.choice(sorted(self.root.glob("transcripts/*/answers/*.md")))
        return path, load_answer(path)

    def any_file(self, name: str) -> Path:
        """Return one of the episodes' files of a name."""
        return self.random.choice(sorted(self.root.glob(f"*/*/{name}")))

    def sign(self, path: Path, answer: Answer) -> None:
        """Write an answer as its doctor would sign it."""
        save_signed(path, answer, self.today)

    def swap(self, path: Path, old: str, new: str) -> None:
        """Put other words into a file."""
        path.write_text(path.read_text().replace(old, new, 1))

    def step(self) -> str | None:
        """Edit, build both ways, compare; return which edit made them differ.

        An edit that stops both builds with the same words is taken back.
        """
        name = self.random.choice(sorted(EDITS))
        self.done.append(name)
        kept = self.root.with_name("kept")
        shutil.rmtree(kept, ignore_errors=True)
        _copy(self.root, kept)
        EDITS[name](self)
        shutil.rmtree(self.anew, ignore_errors=True)
        _copy(self.root, self.anew)
        over = self._built(self.root, self.builder)
        anew = self._built(self.anew)
        if over[0] != anew[0] or (over[0] is None and over[1] != anew[1]):
            return name
        if over[0] is not None:
            self.stopped.append(f"{name}: {over[0]}")
            for part in ("episodes", "transcripts", "templates", "show.toml"):
                _replace(kept / part, self.root / part)
        return None

    def saved(self) -> list[str]:
        """Return the files that were saved since this was asked before."""
        files = [p for top in TOPS for p in self.root.glob(top) if p.is_file()]
        now = {
            path.relative_to(self.root).as_posix(): (
                path.stat().st_mtime_ns,
                path.stat().st_ino,
            )
            for path in files
        }
        before, self.known = self.known, now
        return sorted(p for p, _ in before.items() ^ now.items())

    def _built(self, root: Path, builder: Builder | None = None) -> Outcome:
        try:
            if builder is None:
                built = build_public(ShowFolder(root), Quiet(), today=self.today)
            else:
                built = builder.build(self.saved(), today=self.today)
                if not builder.settled:
                    self.gone_on.append(self.done[-1])
                    assert self.random.random() < 0.5 or builder.settle()
            told = sorted(map(str, built.faults))
        except PullquoteError as error:
            return str(error).replace(str(root), ""), content(root)
        warned = "\n".join(told).replace(str(root), "").encode()
        return None, content(root) | {"what it warns of": warned}


TOPS = "episodes/**/*", "transcripts/**/*", "templates/*", "show.toml"


def content(root: Path) -> dict[str, bytes]:
    """Return what a build leaves: every file of site and feeds by its path."""
    files = (*root.glob("site/**/*"), *root.glob("feeds/*"))
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in files
        if path.is_file()
    }


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(".pullquote", "site"))


def _replace(source: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.exists():
        shutil.copy(source, target)


def _text(show: Editing) -> None:
    path, answer = show.any_answer()
    word = show.random.choice(answer.body.split())
    show.sign(path, replace(answer, body=answer.body.replace(word, "*rosul*", 1)))


def _question(show: Editing) -> None:
    path, answer = show.any_answer()
    _, other = show.any_answer()
    asked = show.random.choice([other.question, f"{answer.question[:-1]} rosul?"])
    show.sign(path, replace(answer, question=asked))


def _link(show: Editing) -> None:
    path, answer = show.any_answer()
    other, _ = show.any_answer()
    link = f" [More](../{other.stem}/), [less](../rosul)."
    show.sign(path, replace(answer, body=answer.body + link))


def _unsigned(show: Editing) -> None:
    path, answer = show.any_answer()
    path.write_text(format_answer(replace(answer, body=answer.body + " Rosul.")))


def _corrected(show: Editing) -> None:
    path, answer = show.any_answer()
    note = Correction(on=show.today, note="A slip.")
    show.sign(path, replace(answer, corrections=(*answer.corrections, note)))


def _added(show: Editing) -> None:
    path, answer = show.any_answer()
    number = show.random.getrandbits(128)
    made = replace(answer, id=f"{number:032x}", slug=f"new-{number % 10**6}")
    show.sign(path.with_name(f"{made.slug}.md"), made)


def _withdrawn(show: Editing) -> None:
    path, answer = show.any_answer()
    path.write_text(format_answer(replace(answer, status="withdrawn", review=None)))


def _moved(show: Editing) -> None:
    path, answer = show.any_answer()
    number = show.random.randrange(10**6)
    path.rename(path.with_name(f"{answer.slug}-{number}.md"))


def _topic(show: Editing) -> None:
    path, answer = show.any_answer()
    topics = show.random.sample(range(60), show.random.randrange(3))
    show.sign(path, replace(answer, topics=tuple(f"t{n}" for n in topics)))


def _superseded(show: Editing) -> None:
    path, answer = show.any_answer()
    _, other = show.any_answer()
    show.sign(path, replace(answer, superseded_by=other.id))


def _spoken(show: Editing) -> None:
    path = show.any_file("transcript.md")
    lines = path.read_text().split("\n")
    at = show.random.choice([n for n, s in enumerate(lines) if s.endswith(".")])
    lines[at] = "Rosul " + lines[at]
    path.write_text("\n".join(lines))


def _episode_renamed(show: Editing) -> None:
    folder = show.any_file("episode.toml").parent
    name = f"{folder.name}-{show.random.randrange(1000)}"
    told = show.root / "transcripts" / folder.name
    show.swap(told / "transcript.md", folder.name, name)
    told.rename(told.with_name(name))
    folder.rename(folder.with_name(name))


def _cover(show: Editing) -> None:
    facts = show.any_file("episode.toml")
    side = show.random.choice([20, 24, 28])
    picture(facts.with_name("own.png"), side, side)
    if "cover =" not in facts.read_text():
        facts.write_text(f'cover = "own.png"\n{facts.read_text()}')


def _template(show: Editing) -> None:
    path = show.root / "templates" / show.random.choice(["answer", "topic", "episode"])
    path = path.with_name(f"{path.name}.html.j2")
    path.parent.mkdir(exist_ok=True)
    if path.exists():
        path.unlink()
        return
    words = show.random.randrange(1000)
    path.write_text(f'{{% extends "pullquote/{path.name}" %}}{{# {words} #}}')


def _policy(show: Editing) -> None:
    path = show.root / "show.toml"
    lines = [x for x in path.read_text().split("\n") if not x.startswith("review.")]
    due = f"review.due_days = {show.random.randrange(1, 999)}"
    path.write_text("\n".join([due, *lines]))


def _day(show: Editing) -> None:
    show.today += timedelta(days=show.random.choice([1, 400]))


EDITS: dict[str, Edit] = {
    "nothing": lambda show: None,
    "a file touched": lambda show: show.any_answer()[0].touch(),
    "a file removed": lambda show: show.any_answer()[0].unlink(),
    "text": _text,
    "question": _question,
    "a link": _link,
    "an edit that waits for its doctor": _unsigned,
    "correction": _corrected,
    "answer added": _added,
    "answer withdrawn": _withdrawn,
    "answer renamed": _moved,
    "topics": _topic,
    "superseded": _superseded,
    "spoken words": _spoken,
    "notes": lambda show: show.any_file("notes.md").write_text("*Rosul.*"),
    "summary": lambda show: show.swap(show.any_file("episode.toml"), "What", "Rosul"),
    "day held": lambda show: show.swap(
        show.any_file("episode.toml"), "held = 2000-01-0", "held = 2001-01-0"
    ),
    "draft": lambda show: show.swap(
        show.any_file("episode.toml"), '"published"', '"draft"'
    ),
    "episode renamed": _episode_renamed,
    "an episode's cover": _cover,
    "person": lambda show: show.swap(
        show.root / "show.toml", "MD, invented", f"DO {show.random.random()}, invented"
    ),
    "topic's title": lambda show: show.swap(
        show.root / "show.toml", 'title = "Topic 1', 'title = "Rosul 1'
    ),
    "review policy": _policy,
    "template": _template,
    "day": _day,
}
