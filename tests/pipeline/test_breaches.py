"""Forty ways to break a promise to readers; not one gets out.

Each starts from the sample show, built and public, and breaks one thing in its files
as a person or a program might. Then either the build stops and site and feeds stay
as they were, or what was broken is not in what was built.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pullquote.errors import PullquoteError, each_fault
from pullquote.formats.answer_md import format_answer, load_answer
from pullquote.formats.folder import ShowFolder
from pullquote.mark.review.sign_off import withdraw
from pullquote.model.answer import Clip, Review
from pullquote.model.progress import Progress, silent
from pullquote.pipeline.building.build import build_public, judged_by
from pullquote.pipeline.building.preview import build_preview
from pullquote.pipeline.library import origins
from pullquote.pipeline.private.privacy import memory

ROOT = Path(__file__).parents[2]
SLUG = "2026-03-11-back-pain-basics"
TWIN = "2026-05-20-a-second-evening"
HEAT, MRI = "heat-or-ice", "when-does-back-pain-need-an-mri"
TODAY = date(2026, 6, 1)

Breach = Callable[[Path], object]


class Quiet:
    """A reporter that shows nothing."""

    @contextmanager
    def task(self, title: str) -> Iterator[Progress]:
        yield silent


def build(root: Path, hold_back: bool = False) -> None:
    build_public(ShowFolder(root), Quiet(), today=TODAY, hold_back=hold_back)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample show as subscribers know it."""
    root = tmp_path_factory.mktemp("breaches") / "show"
    for part in (f"episodes/{SLUG}", f"transcripts/{SLUG}", "feeds"):
        _copy(ROOT / part, root / part)
    (root / "sample").mkdir()
    shutil.copy2(ROOT / "sample/cover.jpg", root / "sample")
    shutil.copy2(ROOT / "show.toml", root)
    edit(root, "show.toml", "[review]", "[review]\ndue_days = 3000", 0)
    build(root)
    return root


def _copy(source: Path, target: Path) -> None:
    """Copy a tree; sound is shared, for no breach writes into it."""

    def one(here: str, there: str) -> str:
        if here.endswith((".mp3", ".opus")):
            os.link(here, there) if _one_disk(here, there) else shutil.copy2(
                here, there
            )
        else:
            shutil.copy2(here, there)
        return there

    shutil.copytree(source, target, copy_function=one)


def _one_disk(here: str, there: str) -> bool:
    return Path(here).stat().st_dev == Path(there).parent.stat().st_dev


def over(public: Path, root: Path) -> None:
    """Copy a show that is built over what was built: its memory goes with it.

    A copy's files have other inodes, so what is remembered of them is put right.
    """
    _copy(public, root)
    memory = root / ".pullquote/origins.jsonl"
    head, line = memory.read_bytes().split(b"\n")
    slug, _, *rest = line.split(b"\t", 3)
    look = origins._look(ShowFolder(root).episode(SLUG))
    memory.write_bytes(head + b"\n" + b"\t".join((slug, look, *rest)))


def edit(root: Path, path: str, old: str, new: str, count: int = 1) -> None:
    file = root / path
    text = file.read_text()
    assert re.search(old, text) or not count, f"{path} has no {old}"
    if count:
        file.write_text(re.sub(old, new, text, count=count))


def answer(root: Path, slug: str) -> Path:
    return root / "transcripts" / SLUG / "answers" / f"{slug}.md"


def edited(old: str, new: str, slug: str = HEAT) -> Breach:
    """An answer's file is changed by hand, its signature left as it was."""
    return lambda root: edit(root, f"transcripts/{SLUG}/answers/{slug}.md", old, new)


def signed(slug: str = HEAT, by: str = "copperfold", **changes: Any) -> Breach:
    """An answer is changed and its digest made to fit."""

    def breach(root: Path) -> None:
        path = answer(root, slug)
        made = replace(load_answer(path), **changes)
        review = Review(by=by, on=date(2026, 5, 1), digest=made.digest())
        path.write_text(format_answer(replace(made, review=review)))

    return breach


def signed_without_copies(root: Path) -> None:
    signed(by="brambleworth", body="Use what feels good.")(root)
    shutil.rmtree(root / "transcripts" / SLUG / "approved")


def facts(old: str, new: str) -> Breach:
    return lambda root: edit(root, f"episodes/{SLUG}/episode.toml", old, new)


def show(old: str, new: str) -> Breach:
    return lambda root: edit(root, "show.toml", old, new)


def linked(path: str, *more: Breach) -> Breach:
    """A link to another file of this machine lies where a file of the show should."""

    def breach(root: Path) -> None:
        secret = root.parent / "secret"
        secret.write_bytes(b"a key of somebody's")
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).unlink(missing_ok=True)
        (root / path).symlink_to(secret)
        for one in more:
            one(root)

    return breach


def twin(root: Path) -> None:
    """A second episode with everything of the first."""
    for part in ("episodes", "transcripts"):
        _copy(root / part / SLUG, root / part / TWIN)


def twin_with(old: str, new: str) -> Breach:
    def breach(root: Path) -> None:
        twin(root)
        edit(root, f"episodes/{TWIN}/episode.toml", old, new)

    return breach


def withdrawn_then(change: Callable[[Path, str], object]) -> Breach:
    """An answer is withdrawn and built so; then somebody brings it back."""

    def breach(root: Path) -> None:
        path = answer(root, HEAT)
        before = path.read_text()
        path.write_text(format_answer(withdraw(load_answer(path))))
        build(root)
        change(path, before)

    return breach


def renamed_then_taken_over(root: Path) -> None:
    answer(root, HEAT).rename(answer(root, "warm-or-cold"))
    build(root)
    answer(root, MRI).rename(answer(root, HEAT))


def strayed(root: Path) -> None:
    """An answer that was signed in one episode turns up in another."""
    twin(root)
    guid = 'guid = "9d0c1c52-6d0f-4a5f-8f0e-1b0f6b9a2c11"'
    edit(root, f"episodes/{TWIN}/episode.toml", guid, 'guid = "another-guid-1234"')
    shutil.rmtree(root / "transcripts" / TWIN / "approved")
    for path in (root / "transcripts" / TWIN / "answers").iterdir():
        path.rename(path.with_name(f"again-{path.name}"))
    for path in answer(root, HEAT).parent.iterdir():
        path.unlink()


def private(root: Path) -> None:
    """The transcript holds a name, and the redaction over it."""
    path = root / "transcripts" / SLUG / "transcript.md"
    path.write_text(path.read_text().replace(VIEWER, PRIVATE, 1))


VIEWER = "The next question comes from a viewer."
PRIVATE = "The next question comes from Zebulon Quandary."


def private_in(breach: Breach) -> Breach:
    def both(root: Path) -> None:
        private(root)
        breach(root)

    return both


def write(path: str, text: str) -> Breach:
    return lambda root: (root / path).write_text(text)


def remove(path: str) -> Breach:
    def breach(root: Path) -> None:
        found = root / path
        shutil.rmtree(found) if found.is_dir() else found.unlink()

    return breach


def another_sound(root: Path) -> None:
    sound = root / f"episodes/{SLUG}/enclosure.mp3"
    half = sound.read_bytes()[: sound.stat().st_size // 2]
    sound.unlink()  # the file itself is other shows' too
    sound.write_bytes(half)


ANSWER = f"transcripts/{SLUG}/answers/{HEAT}.md"
BREACHES: dict[str, Breach] = {
    # an answer without its doctor
    "text edited after approval": edited("\nHeat has", "\nZebulon heat has"),
    "question edited after approval": edited("heat better", "Zebulon heat better"),
    "speakers changed after approval": edited('"brambleworth"', '"copperfold"'),
    "question's clip moved": edited(r"00:04:3\d", "00:04:30"),
    "answer's clip moved": edited(r"00:04:5\d", "00:04:49"),
    "digest forged": edited(r"sha256:\w{8}", "sha256:00000000"),
    "signature taken out": edited(r"\[review\][\s\S]*?\+\+\+", "+++"),
    "signed by a stranger": signed(by="nobody"),
    "signed by who may not review": signed(by="larkfield"),
    "signed by who cut it": signed(cut_by="copperfold"),
    "signed by hand, and no copy of what was signed": signed_without_copies,
    "status misspelt": edited('"approved"', '"aproved"'),
    "a voice that nobody confirmed": lambda root: edit(
        root,
        f"transcripts/{SLUG}/transcript.md",
        r"\*\*Marcus Brambleworth\*\*",
        "**Marcus Brambleworth?**",
        99,
    ),
    "a doctor who does not speak there": signed(speakers=("copperfold",)),
    "an unknown doctor": signed(speakers=("ghost",)),
    "no doctor": signed(speakers=()),
    "a clip past the end": signed(answered=Clip(start=400_000, end=900_000)),
    "an answer before its question": signed(
        asked=Clip(start=298_000, end=299_000),
        answered=Clip(start=278_000, end=297_000),
    ),
    # an id or an address that changes its meaning
    "id changed": edited('id = "....', 'id = "0000'),
    "id taken out": edited("id = ", "# id = "),
    "id of another answer": lambda root: signed(id=load_answer(answer(root, MRI)).id)(
        root
    ),
    "answer's file deleted": remove(ANSWER),
    "withdrawn and approved again by hand": withdrawn_then(
        lambda path, before: path.write_text(before)
    ),
    "withdrawn id in another file": withdrawn_then(
        lambda path, before: path.rename(path.with_name("x.md")).write_text(before)
    ),
    "withdrawn id as a draft": withdrawn_then(
        lambda path, before: path.write_text(before.replace('"approved"', '"draft"'))
    ),
    "old address taken over": renamed_then_taken_over,
    "signed id in another episode": strayed,
    "episode's GUID changed": facts("9d0c1c52", "00000000"),
    "episode's GUID taken out": facts("guid = ", "# guid = "),
    "two episodes with one GUID": twin_with("Back Pain", "Other Pain"),
    "two answers at one address": twin_with("9d0c1c52", "11111111"),
    "episode set back to draft": facts('status = "published"', 'status = "draft"'),
    "episode deleted": remove(f"episodes/{SLUG}"),
    "publication date moved": facts("2026-03-12T09", "2026-03-12T10"),
    "publication date taken out": facts("published = 2026", "# published = 2026"),
    "the show's GUID changed": show(r"\[feed\]", '[feed]\nguid = "other"'),
    "review dated back": edited(r"on = \d{4}-\d\d-\d\d", "on = 2025-03-20"),
    "history damaged": write("feeds/addresses.json", "{"),
    "sound missing": remove(f"episodes/{SLUG}/enclosure.mp3"),
    "sound of another cut": another_sound,
    "facts of the sound missing": remove(f"episodes/{SLUG}/enclosure.json"),
    # something private, or something that runs
    "private name in a question": private_in(signed(question="Zebulon asks: heat?")),
    "private name in the text": private_in(signed(body="Quandary should use heat.")),
    "private name in an answer's address": private_in(
        lambda root: answer(root, HEAT).rename(answer(root, "zebulon-asks"))
    ),
    "a viewer's name in what was corrected": edited(
        r"\n\[anchor.asked",
        "\n[[corrections]]\non = 2026-11-25\n"
        'note = "Zebulon Vethwart from Kettlewick pointed it out."\n\n[anchor.asked',
    ),
    "private name in the show notes": private_in(
        write(f"episodes/{SLUG}/notes.md", "Thanks to Zebulon's family.")
    ),
    "private name in the summary": private_in(facts("Two doctors", "Zebulon asks who")),
    "private name in a chapter": private_in(facts('"Heat or ice"', '"Quandary"')),
    "a link that runs a script": show("sign_up = .*", 'sign_up = "javascript:x()"'),
    "a cover from outside": show("sample/cover.jpg", "../../secret.jpg"),
    "an episode's cover from outside": linked(
        f"episodes/{SLUG}/own.jpg", facts("title = ", 'cover = "own.jpg"\ntitle = ')
    ),
    "notes from outside": linked(f"episodes/{SLUG}/notes.md"),
    "a stylesheet from outside": linked("templates/static/own.css"),
    "a template from outside": linked("templates/footer.html.j2"),
    "a sound from outside": linked(f"episodes/{SLUG}/enclosure.mp3"),
}


def seen(root: Path) -> dict[str, bytes]:
    """Return everything that readers and subscribers get, but the sound."""
    files = [*root.glob("site/**/*"), *root.glob("feeds/*")]
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in files
        if path.is_file() and path.suffix != ".mp3"
    }


def stopped(root: Path, hold_back: bool = False) -> PullquoteError | None:
    """Build and return what stopped it, None if nothing did."""
    try:
        build(root, hold_back)
    except PullquoteError as error:
        return error
    return None


def test_there_are_forty_or_more() -> None:
    assert len(BREACHES) >= 40


def test_the_show_itself_is_sound_and_its_private_name_stays_private(
    public: Path, tmp_path: Path
) -> None:
    root = tmp_path / "show"
    _copy(public, root)
    before = seen(root)
    private(root)
    build(root)
    assert not [p for p, data in seen(root).items() if b"Quandary" in data]
    assert {p for p in before if p.endswith(".html")} <= set(seen(root))


def test_an_address_that_tells_a_name_is_forgotten_with_it(
    public: Path, tmp_path: Path
) -> None:
    """It was public; then the viewer asked to be left out, and the answer was renamed."""
    root = tmp_path / "show"
    _copy(public, root)
    answer(root, HEAT).rename(answer(root, "zebulon-asks"))
    build(root)
    assert "site/answers/zebulon-asks/index.html" in seen(root)
    private(root)
    answer(root, "zebulon-asks").rename(answer(root, HEAT))
    build(root)
    left = {f"{path}\n".encode() + data for path, data in seen(root).items()}
    assert not [one for one in left if b"zebulon" in one.lower()]


def test_a_fault_of_the_redactions_is_told_once(public: Path, tmp_path: Path) -> None:
    root = tmp_path / "show"
    over(public, root)
    write(f"transcripts/{SLUG}/redactions.toml", "[[redaction]\n")(root)
    error = stopped(root)
    assert error is not None
    assert len(each_fault(error)) == 1


def test_a_damaged_feed_is_made_anew_and_still_guarded(
    public: Path, tmp_path: Path
) -> None:
    """What subscribers have is then read from the site that was built with it."""
    root = tmp_path / "show"
    _copy(public, root)
    write("feeds/answers.xml", "<rss>")(root)
    whole = (root / "site/feeds/answers.xml").read_bytes()
    answer(root, HEAT).unlink()
    assert stopped(root) is not None
    _copy(public, root / "again")
    write("feeds/answers.xml", "<rss>")(root / "again")
    assert stopped(root / "again") is None
    assert (root / "again/feeds/answers.xml").read_bytes() == whole


def test_a_copy_is_known_as_its_original_is(public: Path, tmp_path: Path) -> None:
    """Each breach below is met by a build that goes over the last one."""
    root = tmp_path / "show"
    over(public, root)
    folder = ShowFolder(root)
    known = origins.Origins(folder, judged_by(folder, memory(folder)))
    assert known.known(folder.episode(SLUG)) is not None


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_does_not_get_out(public: Path, tmp_path: Path, name: str) -> None:
    root = tmp_path / "show"
    over(public, root)
    BREACHES[name](root)
    before = seen(root)
    if (error := stopped(root)) is not None:
        assert "\n" not in str(error)
        assert seen(root) == before
    else:
        # an edit that waits for its doctor: the page is gone until then
        text = {path: data.lower() for path, data in seen(root).items()}
        assert f"site/answers/{HEAT}/index.html" not in text
        assert (
            load_answer(answer(root, HEAT)).id.encode() not in text["feeds/answers.xml"]
        )
        assert not [p for p, data in text.items() if b"zebulon" in data]


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_does_not_get_out_where_the_unsound_is_held_back(
    public: Path, tmp_path: Path, name: str
) -> None:
    root = tmp_path / "show"
    over(public, root)
    BREACHES[name](root)
    before = seen(root)
    if stopped(root, hold_back=True) is not None:
        assert seen(root) == before
        return
    text = {path: data.lower() for path, data in seen(root).items()}
    assert not [p for p, data in text.items() if b"zebulon" in data]
    if f"site/answers/{HEAT}/index.html" in text:  # what broke was never seen
        assert seen(root) == before or name == "notes from outside"
    else:
        assert (
            load_answer(answer(root, HEAT)).id.encode() not in text["feeds/answers.xml"]
        )


def test_a_withdrawal_goes_out_past_an_unsound_answer(
    public: Path, tmp_path: Path
) -> None:
    root = tmp_path / "show"
    over(public, root)
    taken_back = load_answer(answer(root, MRI))
    answer(root, MRI).write_text(format_answer(withdraw(taken_back)))
    edited("topics = .*", 'topics = ["nothing-of-the-show"]')(root)
    twin_with("9d0c1c52", "11111111")(root)  # and in an episode that is new
    shutil.rmtree(root / "transcripts" / TWIN)
    edit(root, f"episodes/{TWIN}/episode.toml", "people = .*", 'people = ["nobody"]')
    before = seen(root)
    error = stopped(root)
    assert error is not None
    assert seen(root) == before
    (hint,) = (f for f in each_fault(error) if "was withdrawn" in str(f))
    assert hint.where.endswith(f"{MRI}.md")
    assert "pullquote build --hold-back" in str(hint)

    folder = ShowFolder(root)
    built = build_public(folder, Quiet(), today=TODAY, hold_back=True)
    told = [str(fault) for fault in built.faults if "is held back" in str(fault)]
    assert [HEAT in one for one in told] == [False, True]
    now = seen(root)
    assert b"This answer was withdrawn" in now[f"site/answers/{MRI}/index.html"]
    assert f"site/answers/{HEAT}/index.html" not in now
    assert f"/answers/{MRI}/ ".encode() in now["site/_redirects"]
    assert HEAT.encode() not in now["site/_redirects"]  # it is not gone: it waits
    assert b"/topics/mri/ /topics/ 302\n" in now["site/_redirects"]
    assert not [path for path in now if TWIN in path]
    for gone in (HEAT, MRI):
        guid = load_answer(answer(root, gone)).id.encode()
        assert guid not in now["feeds/answers.xml"]

    # a build as ever still stops, and once all is mended says what one from nothing says
    assert stopped(root) is not None
    assert seen(root) == now
    shutil.rmtree(root / "episodes" / TWIN)
    shutil.copy2(answer(public, HEAT), answer(root, HEAT))
    build(root)
    mended = seen(root)
    assert f"site/answers/{HEAT}/index.html" in mended
    build_preview(folder, Quiet(), today=TODAY)  # a draft may be about it
    assert b"302" not in (folder.preview / "_redirects").read_bytes()
    shutil.rmtree(root / ".pullquote")
    shutil.rmtree(root / "site")
    build(root)
    anew = seen(root)
    index = "site/pagefind/"  # which differs from one run to the next
    assert {p: d for p, d in mended.items() if not p.startswith(index)} == {
        p: d for p, d in anew.items() if not p.startswith(index)
    }
