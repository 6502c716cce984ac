"""What a clinician ticks at the command line is what they read, and nothing else."""

import re
import shlex
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pullquote.cli import main
from pullquote.formats.answer_md import load_answer
from tests.cli.talk import (
    CUT,
    SLUG,
    Refusal,
    answer_file,
    cut,
    make_show,
    publish,
    run,
    sign,
    to_tick,
)
from tests.desk.running import sample_show

CLINICIAN = Path(__file__).parents[2] / "docs" / "clinician.md"


def test_a_code_ticks_the_change_that_was_read_and_no_later_one(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = cut(named)
    said = path.read_text()
    approve = ("approve", SLUG, path.stem, "--by", "fernby")
    path.write_text(said.replace("fifteen", "ten"))
    assert run(named, *approve) == 1
    (read,) = to_tick(capsys.readouterr().out)
    # while the doctor types, an editor takes that back and changes something else
    later = said.replace("protect", "do not protect")
    path.write_text(later)
    assert run(named, *approve, "--accept", read) == 2
    shown = capsys.readouterr()
    assert "in this answer as it is now" in shown.err
    assert "negation" in shown.out
    (code,) = to_tick(shown.out)
    assert code != read
    assert path.read_text() == later
    # the very change that was read is another's too, where other words changed
    path.write_text(said.replace("fifteen", "ten").replace("like it", "love it"))
    assert run(named, *approve, "--accept", read) == 2
    path.write_text(said.replace("fifteen", "ten"))
    assert run(named, *approve, "--accept", read) == 0
    assert load_answer(path).accepted[0].startswith("number: ")


def test_nothing_that_was_imported_hides_a_line_from_who_signs(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Captions had a terminal erase the line that said what was to be ticked."""
    path = cut(named)
    path.write_text(path.read_text().replace("fifteen", "ten"))
    transcript = named / "transcripts" / SLUG / "transcript.md"
    said = transcript.read_text()
    transcript.write_text(said.replace("fifteen", "\x1b[2K\x1b[1Gfifteen\x9b2K"))
    assert run(named, "approve", SLUG, path.stem, "--by", "fernby") == 1
    shown = capsys.readouterr().out
    assert "fifteen" in shown
    assert all(c.isprintable() or c == "\n" for c in shown)


def test_each_change_takes_its_own_code(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = cut(named)
    text = path.read_text()
    path.write_text(text.replace("fifteen", "ten").replace("can help", "cannot help"))
    approve = ("approve", SLUG, path.stem, "--by", "fernby")
    assert run(named, *approve) == 1
    one, other = to_tick(capsys.readouterr().out)
    assert run(named, *approve, "--accept", one, "--accept", one) == 1
    assert run(named, *approve, "--accept", one, "--accept", other) == 0


def test_what_the_clinicians_page_says_is_what_happens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = CLINICIAN.read_text()
    listed = re.findall(r"^[0-9a-f]{4} to tick: .*$", page, re.MULTILINE)
    plain, ticking = re.findall(r"^pullquote (approve .*)$", page, re.MULTILINE)
    episode, slug = plain.split()[1:3]
    path = sample_show(tmp_path).episode(episode).answer(slug)
    text = path.read_text()
    path.write_text(text.replace("about six weeks, and", "about eight weeks, and"))
    assert main([*shlex.split(plain), "--show", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if " to tick: " in line] == listed
    assert main([*shlex.split(ticking), "--show", str(tmp_path)]) == 0
    assert load_answer(path).approved


def test_a_signature_of_a_day_still_to_come_is_named_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The clock of the machine where it was signed was a year ahead, or is back here."""
    make_show(tmp_path)
    file = tmp_path / "transcripts" / SLUG / "transcript.md"
    file.write_text(file.read_text().replace("?** [", "** ["))
    publish(tmp_path)
    assert run(tmp_path, "cut", SLUG, *CUT[:4]) == 0
    assert "Write cut_by into it" in capsys.readouterr().out
    (answer,) = file.parent.glob("answers/*.md")
    answer.unlink()
    answer = cut(tmp_path)
    assert sign(tmp_path, answer) == 0
    for path in (answer, *file.parent.glob("approved/*.md")):
        path.write_text(re.sub(r"(?m)^on = .*", "on = 2999-01-01", path.read_text()))
    line = answer.read_text().split("\n").index("[review]") + 1
    told = f"{answer.name}:{line}: was signed on 2999-01-01, which is still to come"
    capsys.readouterr()
    for command in ("check", "build"):
        run(tmp_path, command)
        assert told in capsys.readouterr().err
    assert (tmp_path / "site" / "answers" / answer.stem / "index.html").is_file()


def test_a_correction_of_a_day_still_to_come_is_named_and_stops_nothing(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Page and feed tell readers that day."""
    answer = answer_file(signed)
    added = '[[corrections]]\non = 2999-01-01\nnote = "Made up."\n+++\n'
    head, _, body = answer.read_text().rpartition("+++\n")
    answer.write_text(head + added + body)
    line = answer.read_text().split("\n").index("on = 2999-01-01") + 1
    told = (
        f"{answer.name}:{line}: has a correction of 2999-01-01, which is still to come"
    )
    capsys.readouterr()
    for command in ("check", "build"):
        run(signed, command)
        assert told in capsys.readouterr().err
    page = signed / "site" / "answers" / answer.stem / "index.html"
    assert "Made up." in page.read_text()


def test_days_before_it_was_answered_are_named_and_stop_nothing(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A year was mistyped: of the day held, after the signature, or of a correction."""
    answer = answer_file(signed)
    added = '[[corrections]]\non = 2025-04-02\nnote = "Made up."\n+++\n'
    head, _, body = answer.read_text().rpartition("+++\n")
    answer.write_text(head + added + body)
    line = answer.read_text().split("\n").index("on = 2025-04-02") + 1
    early = (
        f"{answer.name}:{line}: has a correction of 2025-04-02, before it was answered"
    )
    capsys.readouterr()
    assert run(signed, "build") == 0
    assert early in capsys.readouterr().err
    facts = signed / "episodes" / SLUG / "episode.toml"
    facts.write_text(facts.read_text().replace("held = 2026", "held = 2999"))
    line = facts.read_text().split("\n").index("held = 2999-03-11") + 1
    late = (
        f"episode.toml:{line}: 'held' is 2999-03-11, after the signature of 1 answer ("
    )
    assert run(signed, "build") == 0
    assert late in capsys.readouterr().err
    facts.write_text(facts.read_text().replace("held = 2999-03", "held = 2026-05"))
    out = (
        f"episode.toml:{line}: 'held' is 2026-05-11, after it was published (2026-03-12"
    )
    assert run(signed, "build") == 0
    assert out in capsys.readouterr().err
    facts.write_text(facts.read_text().replace("held = 2026-05", "held = 2016-03"))
    named = "'held' is 2016-03-11, and its folder's name says 2026-03-11; correct it,"
    assert run(signed, "build") == 0
    assert named in capsys.readouterr().err


def test_an_episode_that_was_heard_and_is_held_on_a_day_to_come_is_named(
    show: Path, refusal: Refusal
) -> None:
    """A draft of next year's: nothing else tells that the year is wrong."""
    facts = show / "episodes" / SLUG / "episode.toml"
    facts.write_text(facts.read_text().replace("held = 2026", "held = 2999"))
    told = "'held' is 2999-03-11, which is still to come; write the day on which it was"
    assert told in refusal(show, "check")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_a_signature_has_the_day_of_the_show(named: Path, zone: str) -> None:
    """In these two it is never the same day: one is not that of this machine."""
    show = named / "show.toml"
    show.write_text(f'timezone = "{zone}"\n{show.read_text()}')
    answer = cut(named)
    before = datetime.now(ZoneInfo(zone)).date()
    assert sign(named, answer) == 0
    review = load_answer(answer).review
    assert review is not None
    assert before <= review.on <= datetime.now(ZoneInfo(zone)).date()
