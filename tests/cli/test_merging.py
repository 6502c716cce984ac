"""What git merges of several editors' work, and what it leaves to people."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pullquote.cli import main
from tests.cli.talk import CAPTIONS, CUT, SHOW, SLUG, Refusal, make_show, publish, run

HERE = Path("transcripts", SLUG)
NAME = "Zebulon Quandary"


def git(show: Path, *argv: str, check: bool = True) -> str:
    who = ("-c", "user.name=Editor", "-c", "user.email=editor@back-talk.example")
    done = subprocess.run(
        ["git", *who, *argv], cwd=show, check=check, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A public show in git, whose first question tells who asks."""
    show = tmp_path_factory.mktemp("committed")
    told = CAPTIONS.replace("heat or ice for", f"heat or ice, asks {NAME}, for")
    make_show(show, SHOW, told)
    transcript = show / HERE / "transcript.md"
    transcript.write_text(transcript.read_text().replace("?** [", "** ["))
    publish(show)
    (show / ".gitignore").write_text(".pullquote/\nsite/\nrecording.*\nenclosure.mp3\n")
    git(show, "init", "-q", "-b", "main")
    save(show)
    return show


@pytest.fixture
def pair(committed: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two editors' clones."""
    ann = shutil.copytree(committed, tmp_path / "ann")
    bob = shutil.copytree(committed, tmp_path / "bob")
    git(ann, "remote", "add", "bob", str(bob))
    git(bob, "remote", "add", "ann", str(ann))
    return ann, bob


def heard(show: Path) -> None:
    """Make of what was imported what Whisper heard: each word has a probability."""
    path = show / HERE / "words.json"
    words = json.loads(path.read_text())
    words["engine"]["runtime"] = "ctranslate2"
    for segment in words["segments"]:
        segment["words"] = [[*word[:3], 0.9] for word in segment["words"]]
    head = {key: value for key, value in words.items() if key != "segments"}
    rows = ",\n".join(map(json.dumps, words["segments"]))
    path.write_text(f'{json.dumps(head)[:-1]}, "segments": [\n{rows}\n]}}\n')


def save(show: Path) -> None:
    git(show, "add", "-A")
    git(show, "commit", "-q", "--allow-empty", "-m", "work")


def merge(show: Path, other: Path, *how: str) -> list[str]:
    """Save and merge what the other one saved; return the files in conflict."""
    save(show)
    git(
        show,
        "pull",
        "-q",
        "--no-rebase",
        "--no-edit",
        *how,
        other.name,
        "main",
        check=False,
    )
    return git(show, "diff", "--name-only", "--diff-filter=U").split()


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


def cut_with_the_name(clone: Path) -> None:
    run(clone, "cut", SLUG, *CUT, "--slug", "heat")
    answer = clone / HERE / "answers" / "heat.md"
    asked = answer.read_text().splitlines()[2]
    change(answer, asked, 'question = "Heat or ice, asks Zebulon?"')


def test_an_answer_cut_in_another_clone_does_not_bring_a_redacted_name_back(
    pair: tuple[Path, Path], refusal: Refusal
) -> None:
    ann, bob = pair
    cut_with_the_name(bob)
    save(bob)
    assert run(ann, "private", SLUG, "--redact", "all") == 0
    assert merge(ann, bob) == []
    shutil.rmtree(ann / ".pullquote")  # as in a third clone
    answer = ann / HERE / "answers" / "heat.md"
    assert NAME in answer.read_text(), "its anchor quotes it"
    assert run(ann, "run") == 0  # the sound is without it now
    found = refusal(ann, "check")
    assert "heat.md:3: still quotes words of the redaction at 00:00:0" in found
    assert "write 'a viewer' in their place" in found
    sign = ("approve", SLUG, "heat", "--by", "fernby")
    assert "'question' holds 'zebulon'" in refusal(ann, *sign)
    change(answer, "asks Zebulon?", "asks a viewer?")
    assert run(ann, *sign) == 0
    assert run(ann, "build") == 0
    assert NAME not in answer.read_text()
    assert run(ann, "check") == 0


def test_an_answer_signed_in_another_clone_is_not_published_with_the_name(
    pair: tuple[Path, Path], refusal: Refusal
) -> None:
    ann, bob = pair
    cut_with_the_name(bob)
    assert run(bob, "approve", SLUG, "heat", "--by", "fernby") == 0
    save(bob)
    assert run(ann, "private", SLUG, "--redact", "all") == 0
    assert merge(ann, bob) == []
    shutil.rmtree(ann / ".pullquote")
    assert "'question' holds 'zebulon'" in refusal(ann, "run")
    assert not (ann / "site").exists()


def test_what_stays_as_it_was_signed_in_another_clone_is_searched_too(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The answer was mended as it was told, and its page had the name as before."""
    ann, bob = pair
    run(bob, "cut", SLUG, *CUT, "--slug", "heat")
    assert run(bob, "approve", SLUG, "heat", "--by", "fernby") == 0
    save(bob)
    assert run(ann, "private", SLUG, "--redact", "all") == 0
    assert merge(ann, bob) == []
    shutil.rmtree(ann / ".pullquote")
    facts = ann / "show.toml"
    facts.write_text(facts.read_text() + '[review]\non_change = "keep"\n')
    assert run(ann, "run") == 1
    answer = ann / HERE / "answers" / "heat.md"
    change(answer, NAME, "a viewer")
    capsys.readouterr()
    assert run(ann, "build") == 1
    told = r"approved/\w+\.md: 'question' holds 'zebulon', .*; sign the answer as it"
    assert re.search(told, capsys.readouterr().err)
    assert run(ann, "approve", SLUG, "heat", "--by", "fernby") == 0
    assert run(ann, "build") == 0
    assert "Zebulon" not in (ann / "site/answers/heat/index.html").read_text()


def test_a_redaction_that_a_merge_lost_stops_the_build(
    pair: tuple[Path, Path], refusal: Refusal
) -> None:
    ann, bob = pair
    heard(ann)
    save(ann)
    assert merge(bob, ann) == []
    assert run(ann, "private", SLUG, "--redact", "all") == 0
    save(ann)
    (bob / HERE / "redactions.toml").write_text(
        "[[kept]]\nstart = 00:00:01\nend = 00:00:02\n"
    )
    assert merge(bob, ann) == [str(HERE / "redactions.toml")]
    found = refusal(bob, "check")
    assert "redactions.toml:1: git could not merge this" in found
    assert "--again" not in found, "both versions are there: none is lost"
    git(bob, "checkout", "-q", "--ours", str(HERE / "redactions.toml"))
    for command in ("check", "build"):
        found = refusal(bob, command)
        assert re.search(
            r"redactions.toml: what is said at 00:00:0\d was redacted, and no", found
        )
        assert "take that entry back from git" in found
    assert not (bob / "site").exists()
    git(bob, "checkout", "-q", "--theirs", str(HERE / "redactions.toml"))
    assert run(bob, "pull") == 0  # the sound is made without it
    assert run(bob, "build") == 0
    assert run(bob, "check") == 0


def test_words_that_another_model_heard_are_named_before_they_are_committed(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    ann, bob = pair
    assert run(ann, "private", SLUG, "--redact", "all") == 0
    save(ann)
    words = bob / HERE / "words.json"
    heard(bob)
    assert merge(bob, ann, "-X", "ours") == []
    assert "Quandary" in words.read_text()
    assert run(bob, "pull") == 0
    capsys.readouterr()
    told = "words.json: still has words that a redaction takes out"
    assert told in refusal(bob, "check")
    assert run(bob, "build") == 0
    assert "Quandary" not in words.read_text()
    assert run(bob, "check") == 0


def test_a_clone_that_knows_no_name_has_it_in_no_chapter_either(
    pair: tuple[Path, Path],
) -> None:
    """Its source wrote it there; the clone of who redacted it alone would have said so."""
    ann, bob = pair
    facts = Path("episodes", SLUG, "episode.toml")
    title = 'title = "Heat and Ice"'
    change(ann / facts, title, f'{title}\nsummary = "{NAME} asks." # ours')
    with (ann / facts).open("a") as file:
        file.write(f'\n[[chapters]]\nstart = 00:00:05\ntitle = "{NAME} asks of heat"\n')
    assert run(ann, "private", SLUG, "--redact", "all") == 0
    told = (ann / facts).read_text()
    assert 'summary = "a viewer asks." # ours\n' in told
    assert told.endswith('title = "a viewer asks of heat"\n')
    save(ann)
    shutil.rmtree(bob / ".pullquote")
    assert merge(bob, ann) == []
    assert run(bob, "pull") == 0  # the sound is made without it
    assert run(bob, "build") == 0
    assert "Zebulon" not in (bob / "feeds" / "podcast.xml").read_text()


@pytest.mark.parametrize(
    "kept",
    [
        f"Should I use heat or ice for a sore back, asks {NAME}.",
        f"{NAME} writes.\nHe asks: heat or ice for a sore back?",
        f"{NAME} asks: should I use heat or ice for a sore back?",
        f"A viewer, {NAME}, asks: should I use heat or ice for a sore back?",
    ],
)
def test_a_name_in_a_sentence_that_a_merge_kept_does_not_get_out(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str], kept: str
) -> None:
    """One redacted it while another mended the sentence, and knows no digest of it."""
    ann, bob = pair
    shutil.rmtree(bob / ".pullquote")
    transcript = HERE / "transcript.md"
    asked = f"Should I use heat or ice, asks {NAME}, for a sore back?"
    change(bob / transcript, asked, kept)
    assert run(ann, "private", SLUG, "--redact", "all") == 0
    save(ann)
    assert merge(bob, ann) == [str(transcript)]
    git(bob, "checkout", "-q", "--ours", str(transcript))
    assert run(bob, "pull") == 0  # the sound is made without it
    capsys.readouterr()
    for command in ("check", "build"):
        assert run(bob, command) == 1
        told = r"transcript.md:1\d: may say, here, words of the redaction at 00:00:0"
        assert re.search(told, capsys.readouterr().err)
    assert not (bob / "site").exists()
    assert run(bob, "build", "--hold-back") == 1, "what nobody has seen yet waits"
    error = capsys.readouterr().err
    assert re.search(told, error)
    assert "episode.toml: is held back: nobody has seen it yet" in error
    assert (bob / "site" / "index.html").is_file()
    assert not [*bob.glob("site/episodes/*/index.html")]
    shutil.rmtree(bob / "site")
    git(bob, "checkout", "-q", "--theirs", str(transcript))
    assert run(bob, "build") == 0
    assert run(bob, "check") == 0


def test_a_clone_that_lacks_a_withdrawal_or_a_redaction_deploys_over_neither(
    pair: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a server's nightly build beside an editor's laptop: it was public again."""
    ann, bob = pair
    host = tmp_path / "host"
    run(ann, "cut", SLUG, *CUT, "--slug", "heat")
    assert run(ann, "approve", SLUG, "heat", "--by", "fernby") == 0
    assert run(ann, "build") == 0
    save(ann)
    assert merge(bob, ann) == []
    for show in (ann, bob):
        assert run(show, "pull") == 0
        assert run(show, "build") == 0
        assert run(show, "deploy", str(host)) == 0
    assert run(ann, "withdraw", SLUG, "heat") == 0
    assert run(ann, "build") == 0
    assert run(ann, "deploy", str(host)) == 0
    page = host / "answers/heat/index.html"
    assert "was withdrawn" in page.read_text()
    for command in (("deploy", str(host), "--dry-run"), ("deploy", str(host))):
        capsys.readouterr()
        assert run(bob, *command) == 2
        assert "more was withdrawn or redacted than is known" in capsys.readouterr().err
    assert "was withdrawn" in page.read_text()
    save(ann)
    assert merge(bob, ann) == []
    assert run(bob, "build") == 0
    assert run(bob, "deploy", str(host)) == 0
    assert "was withdrawn" in page.read_text()
    assert run(ann, "private", SLUG, "--redact", "all") == 0
    assert run(ann, "pull") == 0
    assert run(ann, "build") == 0
    assert run(ann, "deploy", str(host)) == 0
    assert run(bob, "deploy", str(host)) == 2
    assert NAME.split()[0] not in (host / "feeds/podcast.xml").read_text()


def test_nothing_is_signed_while_redactions_cannot_be_read(
    pair: tuple[Path, Path], refusal: Refusal
) -> None:
    ann, _ = pair
    run(ann, "cut", SLUG, *CUT, "--slug", "heat")
    redactions = ann / HERE / "redactions.toml"
    redactions.write_text("<<<<<<< HEAD\n=======\n>>>>>>> bob\n")
    assert "redactions.toml:1: git could not merge this" in refusal(
        ann, "approve", SLUG, "heat", "--by", "fernby"
    )
    redactions.unlink()
    assert run(ann, "approve", SLUG, "heat", "--by", "fernby") == 0


def test_a_mark_that_was_overlooked_in_a_transcript_is_named(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """A doctor's sentence stood there in both versions, and a line of signs."""
    ann, bob = pair
    for show, words in ((ann, "Heat loosens"), (bob, "Warmth relaxes")):
        change(show / HERE / "transcript.md", "Heat relaxes", words)
    save(bob)
    transcript = HERE / "transcript.md"
    assert merge(ann, bob) == [str(transcript)]
    lines = (ann / transcript).read_text().splitlines()
    left = [line for line in lines if not line.startswith(("<<<<<<<", ">>>>>>>"))]
    for kept in (lines[1:], left):
        (ann / transcript).write_text("\n".join(kept) + "\n")
        capsys.readouterr()
        assert run(ann, "check") == 1
        assert re.search(
            r"transcript.md:\d+: git could not merge", capsys.readouterr().err
        )


def test_what_both_cut_and_built_is_brought_together_by_the_next_build(
    pair: tuple[Path, Path], refusal: Refusal
) -> None:
    """Both cut in one episode, and build: rows and addresses of both stay."""
    ann, bob = pair
    other = (*CUT[:3], "0:09.5-0:16", *CUT[4:])
    for show, slug, clips in ((ann, "heat", CUT), (bob, "ice", other)):
        run(show, "cut", SLUG, *clips, "--slug", slug)
        assert run(show, "approve", SLUG, slug, "--by", "fernby") == 0
        assert run(show, "build") == 0
    save(bob)
    found = merge(ann, bob)
    assert {
        "feeds/addresses.json",
        "feeds/answers.xml",
        str(HERE / "decisions.json"),
    } <= {*found}
    assert run(ann, "build") == 0
    addresses = json.loads((ann / "feeds" / "addresses.json").read_text())
    slugs = [one["slugs"] for one in addresses["answers"].values()]
    assert sorted(slugs) == [["heat"], ["ice"]]
    assert "<<<" not in (ann / "feeds" / "answers.xml").read_text()
    assert run(ann, "approve", SLUG, "heat", "--by", "fernby") == 0
    rows = json.loads((ann / HERE / "decisions.json").read_text())["decisions"]
    assert len({row["answer_id"] for row in rows}) == len(rows) == 2
    assert "ice.md: is cut from the same words as heat.md" in refusal(ann, "check")
    assert run(ann, "withdraw", SLUG, "ice") == 0
    assert run(ann, "check") == 0


def test_git_is_offered_nothing_private_whatever_a_folder_told_it_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A repository had a .gitignore of its own: accounts and all else were committed."""
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("*.log\n/site/")
    assert main(["init", str(tmp_path)]) == 0
    lines = (tmp_path / ".gitignore").read_text().splitlines()
    assert lines[:3] == ["*.log", "/site/", "/.pullquote/"]
    assert ".*.part" in lines
    (tmp_path / ".gitignore").unlink()
    account = ("user", "add", "ann", "--role", "editor", "--no-password")
    assert run(tmp_path, *account) == run(tmp_path, "build") == 0
    assert (tmp_path / ".pullquote/desk/users.json").is_file()
    git(tmp_path, "add", "-A")
    found = git(tmp_path, "ls-files").splitlines()
    assert "show.toml" in found
    assert not [name for name in found if name.startswith(".pullquote")]
