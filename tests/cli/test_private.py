"""From a private detail in a question to outputs that are without it."""

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest

from pullquote.cli import main
from pullquote.desk.context import Who
from pullquote.desk.state.memory import Memory, forget
from pullquote.formats.answer_md import load_answer, parse_answer
from pullquote.formats.disk import _this_machine
from pullquote.formats.folder import ShowFolder
from pullquote.formats.notes_md import format_draft
from pullquote.formats.redactions_toml import add_redactions, load_redactions
from pullquote.formats.shown_json import load_shown, save_shown
from pullquote.formats.words_json import load_words
from pullquote.media.loudness import loudest
from pullquote.model.answer import Clip, Redaction
from pullquote.pipeline.building.preview import build_preview
from pullquote.pipeline.library.load import load_library
from pullquote.pipeline.marking.answers import write_edits
from pullquote.pipeline.private.privacy import private_details
from pullquote.pipeline.private.redacting import finish_redactions, redact_episode
from tests.cli.talk import (
    CAPTIONS,
    CUT,
    SHOW,
    SLUG,
    Refusal,
    answer_file,
    cut,
    make_show,
    publish,
    run,
    sign,
)
from tests.command import started
from tests.desk.running import OTHER, running, sample_show
from tests.pipeline.test_breaches import Quiet


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show whose first question tells who asks."""
    folder = tmp_path_factory.mktemp("told")
    asked = CAPTIONS.replace(
        "heat or ice for", "heat or ice, asks Zebulon Quandary, for"
    )
    make_show(folder, SHOW + "[review]\nrequire_private = true\n", asked)
    transcript = folder / "transcripts" / SLUG / "transcript.md"
    transcript.write_text(transcript.read_text().replace("?** [", "** ["))
    publish(folder)
    return folder


@pytest.fixture
def show(told: Path, tmp_path: Path) -> Path:
    return shutil.copytree(told, tmp_path / "show")


def test_what_a_mac_leaves_on_a_share_is_no_file_of_the_show(
    show: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With something redacted all is searched, and ``check`` stopped at these."""
    assert run(show, "private", SLUG, "--redact", "all") == 0
    run(show, "pull")
    sign(show, cut(show))
    assert run(show, "build") == 0
    for file in [*show.glob("transcripts/*/*/*.md"), *show.glob("feeds/*")]:
        junk = b"\0\5\x16\7\0\2\0\0Mac OS X\xff\xfe"
        file.with_name(f"._{file.name}").write_bytes(junk)
    capsys.readouterr()
    assert run(show, "check") == 0, capsys.readouterr().err
    assert run(show, "export", str(tmp_path / "out")) == 0
    assert not [*(tmp_path / "out").rglob("._*")]
    assert run(show, "withdraw", SLUG, "none") == 2
    assert "._" not in capsys.readouterr().err


def test_what_is_private_is_listed_redacted_and_found_wherever_it_is_left(
    show: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    folder = show / "transcripts" / SLUG
    run(show, "cut", SLUG, *CUT, "--slug", "heat")
    assert run(show, "suggest", SLUG) == 0
    assert "Quandary" in (folder / "suggestions.json").read_text()
    approve = ("approve", SLUG, "heat", "--by", "fernby")
    error = refusal(show, *approve)
    assert "something private (name) is said at 00:00:0" in error
    assert "Quandary" not in error
    assert run(show, "private", SLUG, "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)["details"]
    assert (row["text"], row["state"]) == ("Zebulon Quandary,", "open")
    assert run(show, "private", SLUG, "--redact", "all") == 0
    assert "redacted" in capsys.readouterr().out
    for made in ("words.json", "suggestions.json", "transcript.md"):
        assert "Quandary" not in (folder / made).read_text()
    assert "Quandary" not in answer_file(show).read_text()
    memory = show / ".pullquote" / "redacted" / f"{SLUG}.json"
    assert "uandary" not in memory.read_text()
    assert run(show, *approve) == 0
    capsys.readouterr()
    for command in ("check", "build"):  # the sound is as it was
        assert "something private can be heard at 00:00:0" in refusal(show, command)
    assert run(show, "run") == 0
    assert run(show, "check") == 0
    assert run(show, "private", SLUG) == 0
    assert "Nothing private is open" in capsys.readouterr().out


def test_a_confirmed_name_that_nobody_of_the_show_has_stops_the_build(
    show: Path, refusal: Refusal
) -> None:
    assert run(show, "private", SLUG, "--redact", "all") == 0
    assert run(show, "run") == 0
    file = show / "transcripts" / SLUG / "transcript.md"
    text = file.read_text()
    last = text.rindex("**Hanna Mossgrove**")
    asked = text[:last] + text[last:].replace("Hanna Mossgrove", "Quentin Aldermoor")
    file.write_text(asked)
    line = asked[:last].count("\n") + 1
    for command in ("check", "build"):
        error = refusal(show, command)
        assert f"transcript.md:{line}: a voice has a confirmed name" in error
        assert "Quentin" not in error
    words = show / "templates" / "words" / "en.po"
    words.parent.mkdir(parents=True)
    words.write_text('msgid "Viewer"\nmsgstr "Parishioner"\n')
    for nobody in ("S9", "Audience member 2", "Moderator", "Parishioner 3"):
        file.write_text(asked.replace("Quentin Aldermoor", nobody))
        assert run(show, "build") == 0


def test_who_asks_is_named_by_no_title_that_a_source_gave(
    show: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    assert run(show, "private", SLUG, "--redact", "all") == 0
    assert run(show, "run") == 0
    facts = show / "episodes" / SLUG / "episode.toml"
    sound = facts.read_text()
    told = sound.replace('title = "Heat', 'title = "Zebulan Vethwart: Heat', 1)
    chapter = '\n[[chapters]]\nstart = 00:00:05\ntitle = "{}"\n'
    facts.write_text(told + chapter.format("Zebulan (Tucson): Heat or Ice"))
    notes = facts.parent / "notes.md"
    notes.write_text(
        "Dora is who cut this.\n\n0:05 Zebulan Vethwart: heat\\\n0:20 Scans\n\n"
        "Read Back Matters by Stuart Vethwart. Dr. Ada Fernby asks whether ice helps.\n"
        "This month Zebulan Vethwart from Kettlewick asks about ice.\n"
    )
    first, last = (
        facts.read_text().split("\n").index(x) + 1
        for x in (
            'title = "Zebulan Vethwart: Heat and Ice"',
            'title = "Zebulan (Tucson): Heat or Ice"',
        )
    )
    for command in ("check", "build"):
        error = refusal(show, command)
        facts_named = (f"episode.toml:{first}", f"episode.toml:{last}")
        for place in (*facts_named, "notes.md:3", "notes.md:7"):
            assert f"{place}: names somebody who is nobody of the show" in error
        assert "Zebulan" not in error
        assert error.count("names somebody") == 4
    assert run(show, "private", SLUG) == 0
    out = capsys.readouterr().out
    assert f"episode.toml:{first}: names 'Zebulan Vethwart'; take it out there." in out
    capitals = ("Trigger Point Injections", "Dr. Quillon on Spinal Stenosis", "Q&A")
    facts.write_text(sound + "".join(map(chapter.format, capitals)))
    notes.write_text("0:05 Heat or ice\n")
    assert run(show, "check") == 0


@pytest.mark.parametrize(
    ("note", "named"),
    [
        ("Dora Vethwart from Kettlewick pointed out that it is days.", True),
        ("Thanks to a viewer, Maria Lopez of Akron.", True),
        ("Corrected a dose, thanks to Maria Lopez.", True),
        ("The first version said hours; it is days.", False),
        ("Dr. Weinstein was cited wrongly, L4 was printed L5.", False),
    ],
)
def test_a_note_on_a_correction_names_no_viewer(
    show: Path, refusal: Refusal, note: str, named: bool
) -> None:
    """Readers see it, and no doctor signs it."""
    assert run(show, "private", SLUG, "--redact", "all") == 0
    assert run(show, "run") == 0
    assert run(show, "cut", SLUG, *CUT, "--slug", "heat") == 0
    path = answer_file(show)
    told = f'[[corrections]]\non = 2026-04-02\nnote = "{note}"\n\n[anchor.asked]'
    path.write_text(path.read_text().replace("[anchor.asked]", told))
    line = path.read_text().split("\n").index(f'note = "{note}"') + 1
    if named:
        problem = f"heat.md:{line}: names somebody who is nobody of the show"
        assert problem in refusal(show, "check")
    else:
        assert run(show, "check") == 0


def test_a_folder_tells_a_name_that_was_heard_otherwise(
    show: Path, refusal: Refusal
) -> None:
    assert run(show, "private", SLUG, "--redact", "all") == 0
    assert run(show, "run") == 0
    for folder in ("episodes", "transcripts"):
        (show / folder / SLUG).rename(
            show / folder / "2026-03-11-zebulan-vethwart-asks"
        )
    error = refusal(show, "build")
    assert "vethwart-asks: names somebody who is nobody of the show; rename it" in error
    terms = show / "show.toml"
    terms.write_text('terms = ["Zebulan Vethwart"]\n' + terms.read_text())
    assert run(show, "build") == 0


def test_what_git_would_keep_besides_is_told(
    show: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    (show / ".git").mkdir()
    transcript = show / "transcripts" / SLUG / "transcript.md"
    before = transcript.read_text()
    assert run(show, "private", SLUG, "--redact", "all") == 0
    assert "recordings/talk.wav says it as it came" in capsys.readouterr().out
    assert run(show, "run") == 0
    left = [f"{transcript}{end}" for end in (".orig", "~", ".txt")]
    for path in map(Path, left):
        path.write_text(before)
    error = refusal(show, "check")
    assert {line.partition(":")[0] for line in error.splitlines()} == {*left}
    assert error.count("delete it: nothing reads it, and git may keep it") == 2
    for path in map(Path, left):
        path.unlink()
    assert run(show, "check") == 0
    (show / ".gitignore").write_text("/recordings/\n")
    assert not ShowFolder(show).would_commit("recordings/talk.wav")


def test_a_recordings_name_is_not_told_to_be_a_redactions_words(
    show: Path, refusal: Refusal
) -> None:
    assert run(show, "private", SLUG, "--redact", "all") == 0
    facts = show / "episodes" / SLUG / "episode.toml"
    facts.write_text(facts.read_text().replace("/talk.wav", "/Zebulon Quandary.wav"))
    error = refusal(show, "check")
    assert error.count("what it names is renamed, and written here") == 2


def test_a_name_that_nobody_says_is_not_signed_in_a_question(
    show: Path, refusal: Refusal
) -> None:
    """Who cut it knew the viewer, or corrected a name there that was heard wrongly."""
    assert run(show, "private", SLUG, "--redact", "1") == 0
    run(show, "cut", SLUG, *CUT, "--slug", "heat")
    answer = answer_file(show)
    text = answer.read_text()
    asked = load_answer(answer).question
    answer.write_text(text.replace(asked, "Amabel Wexcombe asks: heat or ice?"))
    error = refusal(show, "approve", SLUG, "heat", "--by", "fernby")
    assert "heat.md:3: its question tells something private (name) that nobody" in error
    assert "Wexcombe" not in error
    answer.write_text(text.replace(asked, "Is heat or ice better?"))
    assert run(show, "approve", SLUG, "heat", "--by", "fernby") == 0


def test_a_redacted_name_that_comes_back_into_an_answer_is_not_signed(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A server builds it that knows no name: it printed what the doctor had signed."""
    path = cut(show)
    assert run(show, "private", SLUG, "--redact", "all") == 0
    sound = path.read_text()
    path.write_text(sound.rstrip() + "\n\nThank you, Quandary.\n")
    capsys.readouterr()
    assert sign(show, path) == 1
    line = len(path.read_text().splitlines())
    assert f"{path}:{line}: holds a private word" in capsys.readouterr().err
    assert load_answer(path).review is None
    path.write_text(sound)
    assert sign(show, path) == 0


def test_where_captions_tell_no_words_time_the_whole_caption_is_silent(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """People pause within a caption: the name is elsewhere than its letters say."""
    facts = show / "episodes" / SLUG / "episode.toml"
    facts.write_text(f'watch = "https://video.example/1"\n{facts.read_text()}')
    assert run(show, "private", SLUG, "--redact", "1") == 0
    told = capsys.readouterr().out
    assert "the sound is silent all around" in told
    assert "https://video.example/1 still says it, and pages lead there" in told
    text = (show / "transcripts" / SLUG / "redactions.toml").read_text()
    assert "silent_from = 00:00:05.500\nsilent_to = 00:00:09.000\n" in text
    assert run(show, "run") == 0
    sound = show / "episodes" / SLUG / "enclosure.mp3"
    assert loudest(sound, Clip(start=5600, end=8900)) < 0.01
    assert loudest(sound, Clip(start=9100, end=9900)) > 0.05


def test_other_captions_do_not_come_under_redactions(
    show: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    """A page said "You a viewer never put heat" for a doctor's "You should never"."""
    assert run(show, "private", SLUG, "--redact", "all") == 0
    paths = ShowFolder(show).episode(SLUG)
    paths.transcript.rename(show / "before.md")
    heard, other = paths.words.read_text(), show / "other.vtt"
    other.write_text(CAPTIONS.replace("00:00:05.000", "00:00:05.200"))
    capsys.readouterr()
    told = "redactions.toml: has its times from other words than those of this file"
    assert told in refusal(show, "import-transcript", SLUG, str(other))
    assert paths.words.read_text() == heard
    assert not paths.transcript.exists()
    again = ("import-transcript", SLUG, str(show / "captions.vtt"))
    assert run(show, *again) == 0, "the very file that they were found in"
    paths.transcript.unlink()
    paths.redactions.rename(show / "before.toml")
    assert run(show, "import-transcript", SLUG, str(other)) == 0


def test_git_keeps_no_names_of_whoever_spoke_in_a_meeting(tmp_path: Path) -> None:
    """Guesses stand in ``transcript.md``, until a person looked."""
    hosts = "<v Hanna Mossgrove>Should I use heat"
    asked = CAPTIONS.replace("comes from a viewer", "comes from Zebulon Quandary")
    assert hosts in asked
    make_show(
        tmp_path, captions=asked.replace(hosts, "<v Quandary, Z.>Should I use heat")
    )
    words = tmp_path / "transcripts" / SLUG / "words.json"
    transcript = words.with_name("transcript.md")
    assert "**Quandary, Z.?**" in transcript.read_text()
    assert '"speaker": "S2"' in words.read_text()
    assert "captions.vtt" not in words.read_text()
    for name in ("Mossgrove", "Quandary, Z"):
        assert name not in words.read_text()


def test_a_word_of_a_redaction_stops_the_build_and_fails_the_check(
    show: Path, refusal: Refusal
) -> None:
    folder = show / "transcripts" / SLUG
    assert run(show, "private", SLUG, "--redact", "1") == 0
    transcript = folder / "transcript.md"
    transcript.write_text(
        transcript.read_text().replace("Zebulon Quandary", "a viewer")
    )
    assert run(show, "run") == 0
    notes = show / "episodes" / SLUG / "notes.md"
    notes.write_text("Tonight:\n\nheat, ice and Zebulon.\n")
    for command in ("build", "check"):
        assert "notes.md:3: holds a private word" in refusal(show, command)
    notes.write_text("Tonight: heat.\n")
    assert run(show, "check") == 0
    stray = show / "site" / "quandary.txt"
    stray.write_text("")
    assert "its name holds a private word" in refusal(show, "check")
    stray.unlink()
    (fragment, *_) = sorted((show / "site" / "pagefind" / "fragment").iterdir())
    for path, data, where in (
        (fragment, gzip.compress(b'x{"content":"So Quandary asks"}'), ":"),
        (show / "site" / "_redirects", b"\n/answers/quandary-asks/ / 301\n", ":2:"),
    ):
        before = path.read_bytes()
        path.write_bytes(data)
        assert f"{path.name}{where} holds a private word" in refusal(show, "check")
        path.write_bytes(before)
    (show / ".pullquote" / "redacted" / f"{SLUG}.json").write_text("{}")
    assert "schema is None" in refusal(show, "check")


def test_a_name_stays_private_when_its_episode_is_renamed(
    show: Path, refusal: Refusal
) -> None:
    assert run(show, "private", SLUG, "--redact", "1") == 0
    assert run(show, "run") == 0
    for where in ("episodes", "transcripts"):
        (show / where / SLUG).rename(show / where / "2026-05-01-renamed")
    words = show / "transcripts" / "2026-05-01-renamed" / "words.json"
    assert SLUG in words.read_text()
    notes = show / "episodes" / "2026-05-01-renamed" / "notes.md"
    notes.write_text("Tonight Zebulon.\n")
    for command in ("build", "check"):
        assert "notes.md:1: holds a private word" in refusal(show, command)
    assert SLUG not in words.read_text()  # the old name may have told one


def test_what_a_killed_process_left_of_any_file_goes_with_the_name(
    tmp_path: Path,
) -> None:
    folder = sample_show(tmp_path / "show")
    paths = folder.episode(OTHER)
    paths.answers.mkdir(exist_ok=True)
    left = paths.answers / f".numb.md.{_this_machine()}-{2**22 + 1}-00.part"
    left.write_text("Walter Pinchbrook asks")
    assert run(folder.root, "private", OTHER, "--redact", "1") == 0
    assert not left.exists()


def test_a_name_goes_that_was_said_in_the_genitive_alone(tmp_path: Path) -> None:
    said = CAPTIONS.replace(
        "Should I use heat or ice", "Hilft Heikes Knie Wärme oder Eis"
    )
    make_show(tmp_path, 'language = "de"\n' + SHOW, said)
    transcript = tmp_path / "transcripts" / SLUG / "transcript.md"
    transcript.write_text(transcript.read_text().replace("?** [", "** ["))
    run(tmp_path, "cut", SLUG, *CUT, "--slug", "heat")
    answer = answer_file(tmp_path)
    answer.write_text(answer.read_text().replace('"Hilft', '"Heike fragt: Hilft'))
    assert run(tmp_path, "private", SLUG, "--redact", "1") == 0
    assert load_answer(answer).question.startswith("jemand fragt: Hilft jemand Knie")
    (tmp_path / "episodes" / SLUG / "notes.md").write_text("Danke, Heike!\n")
    assert run(tmp_path, "check") == 1


def test_what_a_machine_made_of_the_name_goes_with_it(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The preview, the desk's index and clips: no other run would rid them of it."""
    folder = ShowFolder(show)

    def held() -> set[str]:
        made = (path for path in folder.state.rglob("*") if path.is_file())
        found = (path for path in made if b"uandary" in path.read_bytes())
        return {path.relative_to(folder.state).parts[-2] for path in found}

    build_preview(folder, Quiet())
    with running(folder) as desk:
        desk.at_the_machine().get("/")
    clip = folder.desk / "clips" / "1f.mp3"
    clip.parent.mkdir()
    clip.write_bytes(b"as it was said")
    assert held() >= {"desk", SLUG}
    by_hand = shutil.copytree(show, show.with_name("by hand"))
    renamed = shutil.copytree(show, show.with_name("renamed"))
    capsys.readouterr()
    assert run(show, "private", SLUG, "--json") == 0
    (listed,) = json.loads(capsys.readouterr().out)["details"]
    assert run(show, "private", SLUG, "--redact", "1") == 0
    assert held() == set()
    assert not clip.exists()
    build_preview(folder, Quiet())
    assert held() == set()
    assert (folder.preview / "index.html").is_file()

    gone = Redaction(
        clip=Clip(start=listed["start"], end=listed["end"]), replacement="a viewer"
    )
    add_redactions(ShowFolder(by_hand).episode(SLUG).redactions, [gone])
    run(by_hand, "run")
    assert not ShowFolder(by_hand).preview.exists()

    for part in ("episodes", "transcripts"):
        (renamed / part / SLUG).rename(renamed / part / "2026-03-11-heat")
    run(renamed, "run")
    assert run(renamed, "private", "2026-03-11-heat", "--redact", "all") == 0
    index = ShowFolder(renamed).desk / "index.db"
    assert b"uandary" not in index.read_bytes()


def test_a_number_means_what_it_meant_in_a_list_of_which_only_the_head_was_read(
    tmp_path: Path,
) -> None:
    """It meant what it had meant in the list before: another name was kept."""
    folder = sample_show(tmp_path / "show")
    shown = folder.episode(OTHER).shown
    save_shown(shown, [(1, 2)])
    with started("private", OTHER, "--show", str(folder.root)) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        _, error = process.communicate(timeout=60)
    assert error == ""
    assert len(load_shown(shown)) == 3


def test_a_name_that_is_said_again_goes_with_it(
    show: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    """Nobody would know it for one once the question is without it."""
    transcript = show / "transcripts" / SLUG / "transcript.md"
    typed = transcript.read_text().replace("can help.", "can help, Zebulon.")
    transcript.write_text(typed)
    heard = (words := transcript.with_name("words.json")).read_text()
    run(show, "cut", SLUG, *CUT, "--slug", "heat")
    assert run(show, "private", SLUG, "--redact", "1", "--keep", "2") == 0
    assert "can help, Zebulon." in transcript.read_text()
    (show / "transcripts" / SLUG / "redactions.toml").unlink()
    transcript.write_text(typed)
    words.write_text(heard)
    capsys.readouterr()
    assert run(show, "private", SLUG, "--redact", "1") == 0
    assert "2  0:10  name  Zebulon.           redacted" in capsys.readouterr().out
    for path in (show / "transcripts").rglob("*.*"):
        assert "ebulon" not in path.read_text()
    notes = show / "episodes" / SLUG / "notes.md"
    notes.write_text("Tonight Zebulon.\n")
    assert "notes.md:1: holds a private word" in refusal(show, "check")


def test_a_name_goes_where_a_person_typed_a_part_of_it(
    show: Path, refusal: Refusal
) -> None:
    """What is nobody's name but a viewer's; what is a word too a person looks at."""
    run(show, "cut", SLUG, *CUT, "--slug", "heat")
    answer, notes = answer_file(show), show / "episodes" / SLUG / "notes.md"
    broken = answer.with_name("broken.md")
    broken.write_text("+++\nno answer")
    text = answer.read_text()
    answer.write_text(text.replace("Either", "Zebulon\u2019s: ZEBULON, either"))
    ours = show / "templates" / "words" / "en.po"
    ours.parent.mkdir(parents=True)
    said = "Put together by a machine from what was said; nobody has edited it yet."
    ours.write_text(f'msgid "{said}"\nmsgstr "By a machine."\n')
    words = load_library(ShowFolder(show)).library.show.words
    notes.write_text(format_draft("Zebulon Quandary asks of heat.", words))
    assert run(show, "private", SLUG, "--redact", "1") == 0
    assert "a viewer\u2019s: a viewer, either" in answer.read_text()
    assert "uandary" not in answer.read_text()
    anchor = load_answer(answer).anchor
    assert anchor is not None
    assert anchor.asked is not None
    assert anchor.asked.exact.endswith("ice, asks a viewer, for a sore back?")
    assert anchor.answered is not None
    assert anchor.answered.exact.startswith("a viewer\u2019s: a viewer")
    assert notes.read_text() == format_draft("a viewer asks of heat.", words)
    assert "*By a machine.*" in notes.read_text()
    notes.write_text("By Zebulon.\n\nMr. Quandary's heat.\n")
    broken.unlink()
    told = refusal(show, "check")
    assert "notes.md:1: holds a private word" in told
    assert "notes.md:3: holds a private word" in told


def test_what_was_edited_is_told_anew_before_an_act_is_at_its_end(
    show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the rest, the edits in git went on telling the name."""
    run(show, "cut", SLUG, *CUT, "--slug", "heat")
    answer, folder = answer_file(show), ShowFolder(show)
    answer.write_text(answer.read_text().replace("Either can", "Either, Zebulon, can"))
    library = load_library(folder).library
    (entry,), paths = library.entries, folder.episode(SLUG)
    write_edits(folder, library.show, entry, entry.answers[0])
    (edited,) = paths.all_edits
    assert "Zebulon" in edited.read_text()
    (detail,) = private_details(entry, library.show)
    unlinks = Path.unlink

    def killed(path: Path, missing_ok: bool = False) -> None:
        if path == paths.begun:
            raise KeyboardInterrupt
        unlinks(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            redact_episode(folder, paths, [detail.redaction()], forget)
    assert "Zebulon" not in edited.read_text()
    assert "a viewer" in edited.read_text()
    finish_redactions(folder, forget)
    assert not paths.begun.exists()


def test_a_name_that_is_part_of_a_doctors_leaves_the_doctors(tmp_path: Path) -> None:
    """Notes that nobody signs said "a viewer Fernby explains"."""
    asked = CAPTIONS.replace("Should I use heat", "I am Ada. Should I use heat")
    make_show(tmp_path, SHOW, asked)
    folder = ShowFolder(tmp_path)
    paths = folder.episode(SLUG)
    paths.transcript.write_text(paths.transcript.read_text().replace("?** [", "** ["))
    run(tmp_path, "cut", SLUG, *CUT, "--slug", "heat")
    answer = answer_file(tmp_path)
    answer.write_text(answer.read_text() + "\nDr. Ada Fernby says so, Ada.\n")
    paths.notes.write_text("**Ada Fernby** and Dr. Ada; DR. ADA FERNBY, and Ada.\n")
    (word,) = (w for w in load_words(paths.words).words if w.text == "Ada.")
    clip = Clip(start=word.start, end=word.end)
    gone = [Redaction(clip=clip, replacement="a viewer")]
    redact_episode(folder, paths, gone, forget)
    assert "I am a viewer.\n" in paths.transcript.read_text()
    assert answer.read_text().endswith("\nDr. Ada Fernby says so, a viewer.\n")
    kept = "**Ada Fernby** and Dr. Ada; DR. ADA FERNBY, and a viewer.\n"
    assert paths.notes.read_text() == kept


def test_what_a_doctor_says_too_stays_in_the_answer(tmp_path: Path) -> None:
    """A viewer is 62 and of Bath; 62 percent like a warm bath."""
    asked = CAPTIONS.replace("a sore back", "my back, I am 62 and live in Bath")
    asked = asked.replace("can help.", "can help: 62 percent like a warm bath.")
    make_show(tmp_path, SHOW, asked)
    transcript = tmp_path / "transcripts" / SLUG / "transcript.md"
    transcript.write_text(transcript.read_text().replace("?** [", "** ["))
    run(tmp_path, "cut", SLUG, *CUT, "--slug", "heat")
    before = load_answer(answer_file(tmp_path))
    path = answer_file(tmp_path)
    path.write_text(f"{path.read_text()}\nIn Bath.\n")
    notes = tmp_path / "episodes" / SLUG / "notes.md"
    notes.write_text("A bath at (1:02:62): 62 percent.\n")
    assert run(tmp_path, "private", SLUG, "--redact", "1-2") == 0
    answer = load_answer(answer_file(tmp_path))
    assert answer.question.endswith("I am [age withheld] and live in [place withheld]?")
    assert answer.body == before.body + "\n\nIn [place withheld]."
    assert answer.anchor is not None
    assert before.anchor is not None
    assert answer.anchor.answered == before.anchor.answered
    assert "62 percent like a warm bath" in transcript.read_text()
    assert notes.read_text() == "A [place withheld] at (1:02:62): 62 percent.\n"


def test_earlier_texts_of_an_answer_stay_answers(tmp_path: Path) -> None:
    """A viewer is 62, and so is a word's number: a draft could not be brought back."""
    make_show(tmp_path, SHOW, CAPTIONS.replace("a sore back", "my back, I am 62"))
    transcript = tmp_path / "transcripts" / SLUG / "transcript.md"
    transcript.write_text(transcript.read_text().replace("?** [", "** ["))
    run(tmp_path, "cut", SLUG, *CUT, "--slug", "heat")
    path = answer_file(tmp_path)
    text = path.read_text().replace("words = [11,", "words = [62,")
    assert "words = [62," in text
    memory = Memory(tmp_path / ".pullquote" / "desk")
    memory.dropped.keep(SLUG, "heat", text)
    memory.dropped.keep(SLUG, "broken", "I am 62")
    answer = load_answer(path)
    moss = Who(id="moss", name="Moss", role="editor")
    memory.versions.keep(answer.id, text, path.read_text(), moss)
    assert run(tmp_path, "private", SLUG, "--redact", "1") == 0
    (version,) = memory.versions.all(answer.id)
    for kept in (memory.dropped.text(SLUG, "heat"), version.text):
        made = parse_answer(kept, path)
        assert made.question.endswith("I am [age withheld]?")
        assert made.anchor is not None
        assert made.anchor.asked is not None
        assert made.anchor.asked.words[0] == 62
    assert memory.dropped.text(SLUG, "broken") == "I am [age withheld]"


def test_a_tick_and_why_an_answer_was_withdrawn_lose_the_name_too(show: Path) -> None:
    run(show, "cut", SLUG, *CUT, "--slug", "heat")
    path = answer_file(show)
    tick = '"left out: Zebulon Quandary asks -> (nothing)"'
    text = path.read_text().replace(
        "[anchor.asked]", f"accepted = [{tick}]\n[anchor.asked]"
    )
    path.write_text(text)
    assert run(show, "withdraw", SLUG, "heat", "--reason", "Zebulon asked for it") == 0
    assert run(show, "private", SLUG, "--redact", "1") == 0
    assert "ebulon" not in path.read_text()
    answer = load_answer(path)
    assert answer.accepted == ("left out: a viewer asks -> (nothing)",)
    assert answer.withdrawal is not None
    assert answer.withdrawal.reason == "a viewer asked for it"


def test_nothing_is_redacted_while_nobody_knows_when_it_is_said(
    show: Path, refusal: Refusal
) -> None:
    """Silence at a guessed time would leave the name in the sound, and nobody remembers it."""
    folder = show / "transcripts" / SLUG
    (folder / "words.json").unlink()
    told = refusal(show, "private", SLUG, "--redact", "1")
    assert "words.json: is not there, and transcript.md was made from it" in told
    text = (folder / "transcript.md").read_text()
    (folder / "transcript.md").write_text(re.sub("\nwords = .*", "", text))
    told = refusal(show, "private", SLUG, "--redact", "1")  # somebody wrote it by hand
    assert "words.json: is not there: nobody knows when" in told
    assert f"pullquote transcribe {SLUG}, then redact them" in told
    assert "Quandary" in (folder / "transcript.md").read_text()
    assert not (folder / "redactions.toml").exists()


@pytest.mark.parametrize("name", ["suggestions.json", "corrections.json", "notes.md"])
def test_what_cannot_be_read_stops_a_redaction_before_anything_is_done(
    show: Path, name: str
) -> None:
    """Later, nothing would find the name any more, and it would stay in the answers."""
    folder = show / ("episodes" if name == "notes.md" else "transcripts") / SLUG
    (folder / name).write_bytes(b"<<<<<<< HEAD \xff")
    transcript = show / "transcripts" / SLUG / "transcript.md"
    before = transcript.read_text()
    assert run(show, "private", SLUG, "--redact", "1") == 1
    assert transcript.read_text() == before
    assert not transcript.with_name("redactions.toml").exists()


def test_a_name_is_remembered_as_it_was_heard_and_as_it_was_corrected(
    show: Path, refusal: Refusal
) -> None:
    folder = show / "transcripts" / SLUG
    transcript = folder / "transcript.md"
    text = transcript.read_text()
    run(show, "cut", SLUG, *CUT, "--slug", "heat")
    assert "Quandary" in answer_file(show).read_text()
    transcript.write_text(text.replace("Quandary", "Kowalczyk"))
    words = folder / "words.json"
    heard = words.read_text() if words.exists() else ""
    assert run(show, "private", SLUG, "--redact", "1") == 0
    assert "Quandary" not in answer_file(show).read_text()
    notes = show / "episodes" / SLUG / "notes.md"
    for name in ("Kowalczyk", *(["Quandary"] if "Quandary" in heard else [])):
        notes.write_text(f"Tonight {name}.\n")
        assert "notes.md:1: holds a private word" in refusal(show, "check")


def test_what_the_source_and_editors_wrote_of_an_episode_is_searched_too(
    show: Path, refusal: Refusal
) -> None:
    folder = show / "transcripts" / SLUG
    run(show, "cut", SLUG, *CUT, "--slug", "heat")
    answer = answer_file(show)
    head, closing, body = answer.read_text().rpartition("+++")
    note = 'on = 2026-03-13\nnote = "It said that ZEBULON_QUANDARY_ asked."\n'
    answer.write_text(f"{head}[[corrections]]\n{note}{closing}{body}")
    assert run(show, "private", SLUG, "--redact", "1") == 0
    assert "It said that a viewer_ asked." in answer.read_text()
    assert run(show, "run") == 0
    assert run(show, "check") == 0
    told = show / "episodes" / SLUG / "source.json"
    text = '{"title": "Heat", "summary": "Mr. Quandary asks."}'
    for path, remedy in (
        (told, "take it out at the source, or delete this file"),
        (folder / "decisions.json", "take it out there too"),
        (folder / "corrections.json", "take it out there too"),
    ):
        before = path.read_text() if path.exists() else None
        path.write_text(text)
        told_of = refusal(show, "check")
        assert f"{path.name}:1: holds a private word; {remedy}" in told_of
        path.unlink() if before is None else path.write_text(before)


def test_a_file_that_cannot_be_read_hides_no_word_in_another(
    show: Path, refusal: Refusal
) -> None:
    assert run(show, "private", SLUG, "--redact", "1") == 0
    assert run(show, "run") == 0
    folder = show / "episodes" / SLUG
    (folder / "captions.de.vtt").write_text("WEBVTT\n\nFr\u00fch Quandary\n", "cp1252")
    (folder / "captions.en.vtt").write_text("WEBVTT\n\nso Quandary\n", "utf-16")
    (folder / "source.json").write_bytes(b'{"title": "\xff"}')
    (fragment, *_) = sorted((show / "site" / "pagefind" / "fragment").iterdir())
    fragment.write_bytes(b"cut off")
    (show / "site" / "z.txt").write_text("Quandary\n")
    found = refusal(show, "check")
    for told in (
        "captions.de.vtt:3: holds a private word",
        "captions.en.vtt:3: holds a private word",
        "source.json:1: is not UTF-8",
        f"{fragment.name}: cannot be unpacked",
        "z.txt:1: holds a private word",
    ):
        assert told in found


def test_a_word_in_the_sounds_tags_is_found(
    show: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    facts = show / "episodes" / SLUG / "episode.toml"
    facts.write_text(facts.read_text().replace("Heat and Ice", "Heat and Quandary"))
    assert run(show, "run") == 1  # the sound is made, but nothing is built
    told = capsys.readouterr().err
    assert "something private (name)" in told
    (line,) = (one for one in told.splitlines() if one.startswith("build"))
    assert line.count(str(show)) == 1, "which file it is about is said once"
    assert run(show, "private", SLUG, "--redact", "1") == 0
    facts.write_text(facts.read_text().replace("Heat and Quandary", "Heat and Ice"))
    assert "enclosure.mp3: holds a private word" in refusal(show, "check")


@pytest.mark.parametrize("given", ["x", "1-", "3-1", "1;2", "-1", "all,1"])
@pytest.mark.parametrize("option", ["--redact", "--keep"])
def test_what_is_no_number_takes_nothing_out(
    show: Path, option: str, given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(show, "private", SLUG, f"{option}={given}") == 2
    assert "such as 1,4,7-9" in capsys.readouterr().err
    assert not (show / "transcripts" / SLUG / "redactions.toml").exists()


def test_a_detail_may_stay_and_numbers_must_be_there(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(show, "private", SLUG, "--redact", "9") == 2
    assert run(show, "private", SLUG, "--redact", "x") == 2
    assert run(show, "private", SLUG, "--redact", "1", "--keep", "1") == 2
    assert run(show, "private", SLUG, "--keep", "1") == 0
    assert "[[kept]]" in (show / "transcripts" / SLUG / "redactions.toml").read_text()
    run(show, "cut", SLUG, *CUT, "--slug", "heat")
    assert run(show, "approve", SLUG, "heat", "--by", "fernby") == 0
    assert main(["private", SLUG, "--show", str(show)]) == 0
    assert "Nothing private is open" in capsys.readouterr().out


def test_what_may_stay_are_the_words_that_were_looked_at(
    show: Path, refusal: Refusal
) -> None:
    """An editor let a misheard one stay; put right, it is another's name."""
    transcript = show / "transcripts" / SLUG / "transcript.md"
    heard = transcript.read_text()
    assert run(show, "private", SLUG, "--keep", "1") == 0
    redactions = transcript.with_name("redactions.toml")
    kept = redactions.read_text()
    assert "Quandary" not in kept
    transcript.write_text(heard.replace("Quandary,", "Quandary"))  # no other word
    assert run(show, "check") == 0
    transcript.write_text(heard.replace("Quandary", "Tomlin"))
    for command in ("check", "build"):
        assert "something private (name)" in refusal(show, command)
    for line in kept.splitlines(keepends=True):
        if line.startswith("words"):  # as older versions wrote it
            redactions.write_text(kept.replace(line, ""))
    assert run(show, "check") == 0
    paths = ShowFolder(show).episode(SLUG)
    facts = paths.facts.read_text()
    (digest,) = re.findall(r'^sha256 = "(.*)"', facts, re.M)
    paths.facts.write_text(facts.replace(digest, "0" * 64))  # another cut
    for command in ("check", "build"):
        told = "redactions.toml: its times were found in another recording"
        assert told in refusal(show, command)
    paths.transcript.rename(show / "before.md")
    (show / "captions.vtt").write_text(CAPTIONS)
    assert "its times from other words" in refusal(
        show, "import-transcript", SLUG, str(show / "captions.vtt")
    )


def test_many_details_are_one_line_and_v_names_each(
    show: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    transcript = show / "transcripts" / SLUG / "transcript.md"
    text = transcript.read_text()
    assert "from a viewer." in text
    typed = text.replace("from a viewer.", "from Dayton, Ohio.")
    transcript.write_text(typed.replace("That is all", "Call 555-0123. That is all"))
    assert run(show, "check") == 1
    (line,) = capsys.readouterr().err.splitlines()
    first = 1 + next(n for n, at in enumerate(typed.split("\n")) if "Dayton" in at)
    assert f"transcript.md:{first}: 3 private details (place, name, number)" in line
    assert "the first at 00:00:0" in line
    assert f"pullquote private {SLUG}" in line
    each = refusal(show, "check", "-v")
    assert each.count("something private (") == 3
    for told in ("Quandary", "Dayton", "555-0123"):
        assert told not in each


def test_a_doctor_heard_wrongly_is_said_and_stops_nothing(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    transcript = show / "transcripts" / SLUG / "transcript.md"
    text = transcript.read_text()
    transcript.write_text(text.replace("Zebulon Quandary", "Dr. Fernbee"))
    run(show, "cut", SLUG, *CUT, "--slug", "heat")
    assert run(show, "approve", SLUG, "heat", "--by", "fernby") == 0
    capsys.readouterr()
    assert run(show, "private", SLUG, "--redact", "all") == 0
    listed = capsys.readouterr().out
    assert "maybe Ada Fernby" in listed
    assert "transcript.md" in listed
    for command, code in (("build", 0), ("check", 1)):
        assert run(show, command) == code
        line = capsys.readouterr().err
        assert "a name may be Ada Fernby, heard wrongly; the first is at" in line
    assert run(show, "private", SLUG, "--keep", "1") == 0
    assert run(show, "check") == 0


def test_what_is_suggested_as_a_question_is_searched_whoever_reads_it(
    show: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    facts = show / "show.toml"
    facts.write_text(facts.read_text().replace('role = "host"', 'role = "guest"'))
    transcript = show / "transcripts" / SLUG / "transcript.md"
    text = transcript.read_text()
    text = text.replace("asks Zebulon", "asked Zebulon")
    transcript.write_text(text.replace("comes from a viewer", "is about pain"))
    assert run(show, "private", SLUG) == 0
    assert "Nothing private is open" in capsys.readouterr().out
    assert run(show, "suggest", SLUG) == 0
    capsys.readouterr()
    assert run(show, "private", SLUG, "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)["details"]
    assert row["text"] == "Zebulon Quandary,"
    assert "something private (name) is said at" in refusal(show, "build")


def test_a_number_means_what_it_meant_in_the_list_that_was_shown(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is taken out, or a voice that is named, shifts all that follow."""
    words = show / "transcripts" / SLUG / "transcript.md"
    words.write_text(words.read_text().replace("a viewer.", "a viewer in Trenton."))

    def listed() -> list[str]:
        capsys.readouterr()
        assert run(show, "private", SLUG, "--json") == 0
        rows = json.loads(capsys.readouterr().out)["details"]
        return [row["text"] for row in rows]

    assert listed() == ["Trenton.", "Zebulon Quandary,"]
    (show / ".pullquote" / "shown" / f"{SLUG}.json").write_text("{")
    assert run(show, "private", SLUG, "--keep", "2") == 1
    assert listed() == ["Trenton.", "Zebulon Quandary,"]  # which makes it anew
    text = words.read_text()
    words.write_text(text.replace("asks Zebulon Quandary, ", ""))
    assert run(show, "private", SLUG, "--keep", "2") == 2
    assert "is not there any more as it was listed" in capsys.readouterr().err
    words.write_text(text)
    assert run(show, "private", SLUG, "--redact", "1") == 0
    assert run(show, "private", SLUG, "--keep", "2") == 0
    assert listed() == []


def test_a_name_that_goes_with_a_whole_question_does_not_stay_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    """Nobody of the audience agreed to be heard: the stretch is written by hand."""
    asked = CAPTIONS.replace(
        "Should I use heat", "I am Zebulon Quandary. Should I use heat"
    ).replace("Either can help.", "Either can help, Zebulon.")
    make_show(tmp_path, captions=asked)
    file = tmp_path / "transcripts" / SLUG / "redactions.toml"
    row = '[[redaction]]\nstart = 00:00:{}\nend = 00:00:{}\nreplacement = "A viewer asks."\n'
    file.write_text(row.format("05.000", "09.200"))
    words = file.with_name("words.json")
    heard = words.read_text()
    for command in ("run", "build"):
        error = refusal(tmp_path, command)
        assert (
            "redactions.toml: a name that it takes out is said again at 00:00:" in error
        )
        assert "add a [[redaction]] there, or a [[kept]]" in error
        assert "Zebulon" not in error
    assert (tmp_path / "site" / "index.html").is_file()  # a draft stops no other
    shutil.rmtree(tmp_path / "site")
    publish(tmp_path)
    assert run(tmp_path, "build") == 1
    assert not (tmp_path / "site").exists()
    assert words.read_text() == heard
    for rest in (
        row.format("09.500", "11.500"),
        "[[kept]]\nstart = 00:00:09.5\nend = 00:00:11.5\n",
    ):
        capsys.readouterr()
        words.write_text(heard)
        file.write_text(row.format("05.000", "09.200") + rest)
        run(tmp_path, "run")
        assert "said again" not in capsys.readouterr().err
        assert "Quandary" not in words.read_text()


def test_a_private_word_in_a_transcript_is_named_with_its_line(
    show: Path, refusal: Refusal
) -> None:
    assert run(show, "private", SLUG, "--redact", "all") == 0
    assert run(show, "run") == 0
    facts = show / "show.toml"
    facts.write_text(facts.read_text().replace("require_private = true", ""))
    file = show / "transcripts" / SLUG / "transcript.md"
    file.write_text(file.read_text().replace("Thank you.", "Thank you, Quandary."))
    (line,) = (
        n for n, row in enumerate(file.read_text().split("\n"), 1) if "Qua" in row
    )
    assert f"transcript.md:{line}: holds a private word" in refusal(show, "build")


def test_a_name_that_no_machine_heard_takes_no_word_beside_it(tmp_path: Path) -> None:
    """An editor puts it in: it has no time, and its millisecond is the next word's too."""
    folder = sample_show(tmp_path / "show")
    paths = folder.episode(OTHER)
    text = paths.transcript.read_text()
    text = text.replace("And numbness between", "And Walter, numbness between")
    paths.transcript.write_text(text)
    assert run(folder.root, "private", OTHER, "--redact", "1") == 0
    made = paths.transcript.read_text()
    assert "And a viewer, numbness between the legs" in made
    assert "Mild numbness often comes" in made
    assert "Walter" not in made
    assert "numbness" in paths.words.read_text()
    silent = [r for r in load_redactions(paths.redactions) if r.silence is not None]
    (hidden,) = (r for r in silent if r.clip.end - r.clip.start == 1)
    assert hidden.silence is not None
    assert hidden.silence.start < hidden.clip.start - 50
    assert hidden.silence.end > hidden.clip.end + 50


def test_of_a_street_the_show_may_speak_in_public_of_a_house_and_a_name_never(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    """A council decides on it in May, and who lives there asks in June."""
    show = tmp_path / "show"
    show.mkdir()
    asked = "heat or ice, asks Zebulon Quandary of 12 Langthorne Road, for"
    captions = CAPTIONS.replace("heat or ice for", asked)
    make_show(show, SHOW + "[review]\nrequire_private = true\n", captions)
    transcript = show / "transcripts" / SLUG / "transcript.md"
    transcript.write_text(transcript.read_text().replace("?** [", "** ["))
    publish(show)
    assert run(show, "private", SLUG, "--redact", "all") == 0
    assert "Langthorne" not in transcript.read_text()
    assert run(show, "run") == 0
    notes = show / "episodes" / SLUG / "notes.md"
    spoken = "The council mends Langthorne Road.\n\n"
    notes.write_text(spoken * 6)
    capsys.readouterr()
    for command in ("check", "build"):
        assert run(show, command) == 1
        told = capsys.readouterr().err.strip().splitlines()
        (line,) = [one for one in told if "notes.md" in one]
        assert "notes.md:1: holds private words in 6 lines" in line
        assert line.endswith("public_places under [review] in show.toml")
    toml = show / "show.toml"
    before = toml.read_text()
    toml.write_text(before + 'public_places = ["Langthorne Road"]\n')
    assert run(show, "check") == run(show, "build") == 0
    for private in (
        "We went to 12 Langthorne Road.",
        "We went to number twelve, Langthorne Road.",
        "We met Langthorne.",
        "We met Zebulon on Langthorne Road.",
    ):
        notes.write_text(f"{spoken}{private}\n")
        assert "notes.md:3: holds a private word" in refusal(show, "build")
    toml.write_text(before + 'public_places = ["Zebulon Quandary"]\n')
    notes.write_text("Zebulon Quandary asked.\n")
    told_of = refusal(show, "check")
    line_of_it = toml.read_text().count("\n")
    assert f"show.toml:{line_of_it}: 'Zebulon Quandary' is called as no str" in told_of
    assert "notes.md:1: holds a private word" in told_of


def test_what_a_machine_heard_for_a_name_and_others_say_too_stays(
    tmp_path: Path,
) -> None:
    """Of "Nerve Pain and Numbness" came "Nerve Pain a viewer Numbness"."""
    folder = sample_show(tmp_path / "show")
    paths = folder.episode(OTHER)
    heard, said = paths.words.read_text(), paths.transcript.read_text()
    heard = heard.replace('"Walter"', '"our"').replace('"Pinchbrook,"', '"and,"')
    paths.words.write_text(heard)
    paths.transcript.write_text(said.replace("Walter Pinchbrook,", "our Ann,"))
    paths.notes.write_text("Ann asks, and two doctors answer.\n")
    before = paths.facts.read_text()
    assert " and Numbness" in before
    assert run(folder.root, "private", OTHER, "--redact", "1") == 0
    assert "from our a viewer, who is 68" in paths.transcript.read_text()
    assert paths.facts.read_text() == before
    assert paths.notes.read_text() == "a viewer asks, and two doctors answer.\n"
    assert '"and,"' not in paths.words.read_text()
