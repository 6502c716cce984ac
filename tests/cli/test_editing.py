"""What an editor does on the command line, from captions to a published answer."""

import json
import re
import shutil
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from pullquote.desk.state.standing import undecided
from pullquote.formats.answer_md import load_answer
from pullquote.formats.decisions_json import load_decisions
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.suggestions_json import load_suggestions
from pullquote.mark.suggest.habits import Habits
from pullquote.pipeline.marking.answers import write_taking_back
from pullquote.pipeline.marking.deciding import decided_so_far
from tests.cli.talk import (
    CUT,
    SLUG,
    Refusal,
    answer_file,
    cut,
    publish,
    refused,
    run,
    sign,
    to_tick,
)
from tests.media_files import write_tone
from tests.publish.hosting import hosted


def test_imported_names_are_guesses_until_a_person_confirms_them(show: Path) -> None:
    text = (show / "transcripts" / SLUG / "transcript.md").read_text()
    assert "**Ada Fernby?** [00:00:09]" in text
    words = json.loads((show / "transcripts" / SLUG / "words.json").read_text())
    assert words["engine"]["runtime"] == "import"


def test_who_says_what_of_a_question_of_several_is_told_by_a_cut(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Times that are typed may take along how the one before ends."""
    times = ("--question", "0:05.5-0:11.5", "--answer", "0:11.5-0:22")
    assert run(named, "cut", SLUG, *times, "--by", "moss") == 0
    told = capsys.readouterr().out
    assert "Spoken by Hanna Mossgrove: Should I use heat or ice" in told
    assert "Spoken by Ada Fernby: Either can" in told
    assert "Is not all of it the question: delete that file, and cut it anew." in told


def test_a_guessed_voice_cannot_become_an_answer(show: Path, refusal: Refusal) -> None:
    error = refusal(show, "cut", SLUG, *CUT)
    assert re.search(r"transcript\.md:\d+: .*; ", error)
    assert not list(show.glob("transcripts/*/answers/*"))


def test_an_import_never_replaces_corrections(named: Path, refusal: Refusal) -> None:
    assert "may hold your corrections; move it away" in refusal(
        named, "import-transcript", SLUG, str(named / "captions.vtt")
    )


def test_a_captioners_file_keeps_its_language_and_its_speakers(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name in capitals is the show's person; after a bare ">>" nobody's."""
    captions = show / "room-b.srt"
    captions.write_text(
        "1\n00:00:01,000 --> 00:00:04,000\n>> ADA FERNBY: Guten Abend.\n\n"
        "2\n00:00:05,000 --> 00:00:08,000\n>> Wann beginnt die Kur?\n"
    )
    new = "2026-09-10-room-b"
    assert run(show, "import-transcript", new, str(captions), "--language", "D") == 2
    assert "'D' is no language; write en, de" in capsys.readouterr().err
    assert run(show, "import-transcript", new, str(captions), "--language", "de") == 0
    assert "(language: de)" in capsys.readouterr().out
    text = (show / "transcripts" / new / "transcript.md").read_text()
    assert 'language = "de"' in text
    assert "**Ada Fernby?** [00:00:01]\nGuten Abend." in text
    assert "**S1** [00:00:05]\nWann beginnt die Kur?" in text


def test_words_of_nobody_are_no_voice_of_the_file(show: Path) -> None:
    """Whoever then names S1 would put them into that person's mouth."""
    said = [("S1", "Heat helps."), (None, "It never does."), ("?", "Who knows?")]
    rows = [
        {"start": at, "end": at + 1, "text": text} | ({"speaker": by} if by else {})
        for at, (by, text) in enumerate(said)
    ]
    (show / "heard.json").write_text(json.dumps({"segments": rows}))
    new = "2026-09-10-room-b"
    assert run(show, "import-transcript", new, str(show / "heard.json")) == 0
    text = (show / "transcripts" / new / "transcript.md").read_text()
    assert "**S1** [00:00:00]\nHeat helps." in text
    assert "**S2** [00:00:01]\nIt never does." in text
    assert "**S2** [00:00:02]\nWho knows?" in text


@pytest.mark.parametrize(
    "shown",
    ["Prof. Dr. med. Ada Fernby", "Frau Ada Fernby", "Ada Fernby (she/her)"],
)
def test_a_name_of_a_meeting_is_the_shows_person_without_titles(
    show: Path, shown: str
) -> None:
    captions = show / "meeting.vtt"
    captions.write_text(
        f"WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\n{shown}: Good evening.\n\n"
        "2\n00:00:05.000 --> 00:00:08.000\nDr. Quentin Aldermoor: Good evening.\n"
    )
    new = "2026-09-10-room-b"
    assert run(show, "import-transcript", new, str(captions)) == 0
    text = (show / "transcripts" / new / "transcript.md").read_text()
    assert "**Ada Fernby?** [00:00:01]" in text
    assert "**Dr. Quentin Aldermoor?** [00:00:05]" in text


def test_a_recording_joins_the_transcript_that_was_there_before_it(show: Path) -> None:
    """A conference has its captions first and the recording weeks later."""
    new = "2026-09-10-room-b"
    assert run(show, "import-transcript", new, str(show / "captions.vtt")) == 0
    written = (show / "transcripts" / new / "transcript.md").read_bytes()
    guid = load_episode(show / "episodes" / new / "episode.toml").guid
    later = show / "recordings" / "2026-09-10 Room B.wav"
    write_tone(later, seconds=27)
    assert run(show, "pull", str(later)) == 0
    assert {path.name for path in (show / "episodes").iterdir()} == {SLUG, new}
    episode = load_episode(show / "episodes" / new / "episode.toml")
    assert (episode.guid, episode.recording and episode.recording.duration) == (
        guid,
        27_000,
    )
    assert (show / "transcripts" / new / "transcript.md").read_bytes() == written
    assert (show / "episodes" / new / "enclosure.mp3").is_file()
    assert run(show, "transcribe") == 0
    another = show / "recordings" / "other" / later.name
    another.parent.mkdir()
    write_tone(another, seconds=28)
    assert run(show, "pull", str(another)) == 0
    assert (show / "episodes" / f"{new}-2").is_dir()


def test_a_cut_becomes_a_page_only_with_its_doctors_word(named: Path) -> None:
    publish(named)
    path = cut(named)
    page = named / "site" / "answers" / path.stem / "index.html"
    assert run(named, "build") == 0
    assert not page.exists()
    assert sign(named, path) == 0
    assert run(named, "build") == 0
    assert "Ada Fernby, MD, made-up doctor" in page.read_text()
    assert path.stem in (named / "feeds" / "answers.xml").read_text()


def test_a_change_of_meaning_needs_a_tick_before_it_is_signed(
    named: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    path = cut(named)
    path.write_text(path.read_text().replace("fifteen", "fifty"))
    approve = ("approve", SLUG, path.stem, "--by", "fernby")
    assert run(named, *approve) == 1
    shown = capsys.readouterr()
    (code,) = to_tick(shown.out)
    assert "to tick: number: it for fifteen minutes at -> it for fifty" in shown.out
    assert re.search(r"\.md:\d+: changes the meaning \(number: ", shown.err)
    assert 'status = "draft"' in path.read_text()
    assert run(named, *approve, "--accept", "1") == 2
    assert run(named, *approve, "--accept", code.upper()) == 0
    assert "accepted = [" in path.read_text()
    assert run(named, "check") == 0
    assert run(named, *approve) == 0
    transcript = named / "transcripts" / SLUG / "transcript.md"
    transcript.write_text(transcript.read_text().replace("protect", "do not protect"))
    assert "changes the meaning (negation: " in refusal(named, "check")
    assert run(named, "build") == 0


def test_a_cut_is_found_again_or_listed_when_the_transcript_changes(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = cut(named)
    assert "[anchor.answered]\nwords = [" in path.read_text()
    approve = ("approve", SLUG, path.stem, "--by", "fernby")
    assert run(named, *approve) == 0
    transcript = named / "transcripts" / SLUG / "transcript.md"
    text = transcript.read_text()
    transcript.write_text(text.replace("Welcome to", "A warm welcome to all of you to"))
    assert run(named, "check") == 0
    transcript.write_text(text.replace("tight muscles", "stiff muscles"))
    capsys.readouterr()
    for command, code in (("check", 1), ("status", 0), ("build", 0)):
        assert run(named, command) == code
        error = capsys.readouterr().err
        assert "the words of 'answered' were changed in the transcript" in error
    assert run(named, *approve) == 1
    (tick,) = to_tick(capsys.readouterr().out)
    assert run(named, *approve, "--accept", tick) == 0
    assert run(named, "check") == 0


def test_after_a_longer_cut_no_page_plays_other_words_and_cuts_follow_theirs(
    signed: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    path = answer_file(signed)
    page = signed / "site" / "answers" / path.stem / "index.html"
    words = signed / "transcripts" / SLUG / "words.json"
    feed = signed / "feeds" / "podcast.xml"
    assert run(signed, "notes", SLUG, "--write") == 0
    was = load_answer(path)
    longer = re.sub(
        r"\[(\d+), (\d+),",
        lambda word: f"[{int(word[1]) + 3000}, {int(word[2]) + 3000},",
        words.read_text(),
    )
    longer = re.sub(
        r'"(start|end|duration)": (\d+)',
        lambda time: f'"{time[1]}": {int(time[2]) + 3000}',
        longer,
    )
    words.write_text(longer)
    stopped = refusal(signed, "build")
    assert "plays what is said 3.0 s from its own words" in stopped
    assert run(signed, "cut", SLUG, "--moved") == 0
    assert "the times of chapters, and those in notes.md" in capsys.readouterr().out
    now = load_answer(path)
    assert now.answered.start - was.answered.start == 3_000
    assert now.reopened
    assert run(signed, "build") == 0
    assert not page.exists()
    assert sign(signed, path) == 0
    assert run(signed, "check") == 0
    assert run(signed, "build") == 0
    assert page.exists()
    quote = "Heat relaxes tight muscles"
    assert quote in feed.read_text()
    assert run(signed, "withdraw", SLUG, path.stem) == 0
    assert run(signed, "build") == 0
    assert quote not in feed.read_text(), "its second in the notes is another's"


def test_credentials_that_changed_under_a_signed_page_are_told_until_explained(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once what stood under a signature was rewritten, and nobody was told."""
    review = load_answer(answer_file(signed)).review
    assert review is not None
    assert review.signed_as == "Ada Fernby, MD, made-up doctor"
    show = signed / "show.toml"
    text = show.read_text()
    now = 'credentials = "MD, PhD, made-up doctor"'
    show.write_text(text.replace('credentials = "MD, made-up doctor"', now))
    capsys.readouterr()
    assert run(signed, "build") == 0  # it stops none: what is so now may be shown
    told = capsys.readouterr().err
    assert f"{show}:11: " in told
    assert "was signed; was it so then: [[people.before]]" in told
    assert run(signed, "check") == 1
    assert capsys.readouterr().err.count("was signed") == 1
    then = f"""{now}
[[people.before]]
until = {review.on}
credentials = "MD, made-up doctor"
"""
    show.write_text(show.read_text().replace(now, then))
    assert run(signed, "build") == 0
    assert "was signed" not in capsys.readouterr().err
    page = signed / "site/answers" / answer_file(signed).stem / "index.html"
    assert "MD, made-up doctor" in page.read_text()
    assert "PhD" not in page.read_text()
    show.write_text(show.read_text().replace("until =", "shown = false\nuntil ="))
    assert run(signed, "build") == 0
    assert "was signed" not in capsys.readouterr().err
    assert "PhD" in page.read_text()


def test_nobody_becomes_the_reviewer_of_what_another_signed(
    named: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    """Two entries of show.toml were mixed up when git's conflict was solved."""
    show = named / "show.toml"
    other = '[[people]]\nid = "quarrow"\nname = "Ida Quarrow"\ncredentials = "MD"\n'
    show.write_text(show.read_text() + other)
    publish(named)
    path = cut(named)
    assert run(named, "approve", SLUG, path.stem, "--by", "quarrow") == 0
    assert run(named, "build") == 0
    page = named / "site" / "answers" / path.stem / "index.html"
    signed_page = page.read_text()
    assert "Ida Quarrow" in signed_page
    show.write_text(show.read_text().replace("Ida Quarrow", "Bertrand Oxlip"))
    capsys.readouterr()
    told = "was signed as 'Ida Quarrow, MD'; 'quarrow' is 'Bertrand Oxlip' now"
    assert told in refusal(named, "build")
    assert page.read_text() == signed_page
    alias = '"Bertrand Oxlip"\naliases = ["Ida Quarrow"]'  # who only changed the name
    show.write_text(show.read_text().replace('"Bertrand Oxlip"', alias))
    assert run(named, "build") == 0
    assert "Bertrand Oxlip" in page.read_text()


def test_an_id_that_was_renamed_is_named_with_its_line_and_the_new_one(
    signed: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    """The feeds, which are made first, told neither."""
    show = signed / "show.toml"
    text = show.read_text()
    show.write_text(text.replace('id = "fernby"', 'id = "ada"\nformerly = ["fernby"]'))
    facts = signed / "episodes" / SLUG / "episode.toml"
    facts.write_text(facts.read_text().replace('"fernby"', '"ada"'))
    path = answer_file(signed)
    told = f"{path}:4: unknown person 'fernby'; write 'ada', as it is called now"
    assert told in refused(signed, capsys)
    assert told in refusal(signed, "build")


def test_nobodys_words_come_under_who_got_their_id(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """She left, and another Dr. Fernby came, by whose alias the transcript calls her."""
    transcript = named / "transcripts" / SLUG / "transcript.md"
    called = transcript.read_text().replace("**Ada Fernby**", "**Dr. Fernby**")
    transcript.write_text(called)
    show = named / "show.toml"
    other = '[[people]]\nid = "quarrow"\nname = "Ida Quarrow"\ncredentials = "MD"\n'
    alias = 'name = "Ada Fernby"\naliases = ["Dr. Fernby"]'
    first = show.read_text().replace('name = "Ada Fernby"', alias) + other
    show.write_text(first)
    publish(named)
    path = cut(named)
    assert run(named, "approve", SLUG, path.stem, "--by", "quarrow") == 0
    assert run(named, "build") == 0
    page = named / "site" / "answers" / path.stem / "index.html"
    signed_page = page.read_text()
    show.write_text(first.replace('"Ada Fernby"', '"Bertrand Fernby"'))
    capsys.readouterr()
    assert run(named, "build") == 1
    told = (
        f"{path.name}:4: was signed with 'Ada Fernby, MD, made-up doctor' as who answers;"
        " 'fernby' is 'Bertrand Fernby' now; "
    )
    assert told in capsys.readouterr().err
    assert page.read_text() == signed_page
    married = first.replace('name = "Ada Fernby"', 'name = "Ada Marlow"')
    show.write_text(married.replace('["Dr. Fernby"]', '["Dr. Fernby", "Ada Fernby"]'))
    assert run(named, "build") == 0
    assert "Ada Marlow" in page.read_text()


def test_words_that_are_anothers_by_now_go_out_under_no_doctors_name(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After the signature an editor heard that the host said a sentence of it."""
    transcript = signed / "transcripts" / SLUG / "transcript.md"
    said = transcript.read_text()
    sentence = "Use it for fifteen minutes"
    host = said.replace(sentence, f"\n**Hanna Mossgrove** [00:00:16]\n{sentence}")
    transcript.write_text(host)
    path = answer_file(signed)
    line = next(
        n
        for n, row in enumerate(path.read_text().split("\n"), 1)
        if sentence in row and "exact" not in row
    )
    told = f"{path.name}:{line}: has words under another name (Hanna Mossgrove: Use it"
    error = refused(signed, capsys)
    assert told in error
    assert error.count("Hanna Mossgrove: Use it") == 1
    assert run(signed, "build", "--hold-back") == 1  # the page goes until it is mended
    assert not (signed / "site" / "answers" / path.stem / "index.html").is_file()
    capsys.readouterr()
    assert sign(signed, path) == 1
    (code,) = to_tick(capsys.readouterr().out)
    approve = ("approve", SLUG, path.stem, "--by", "fernby", "--accept", code)
    assert run(signed, *approve) == 0  # whoever signs has it before them
    assert run(signed, "build") == 0
    transcript.write_text(said)
    assert run(signed, "build") == 0


def test_a_signed_answer_is_under_no_other_recordings_words(
    signed: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    """Another recording's transcript took the place of its own."""
    page = signed / "site" / "answers" / answer_file(signed).stem / "index.html"
    transcript = signed / "transcripts" / SLUG / "transcript.md"
    text = transcript.read_text()
    head, said, rest = re.split(r"(?s)(Either can help.*?your skin\.\n)", text)
    corrected = said.replace("Heat relaxes tight muscles", "Heat slackens stiff ones")
    transcript.write_text(f"{head}{corrected}{rest}")
    assert run(signed, "build") == 0  # a doctor signed the text as it is
    before = page.read_text()
    other = (
        "Do not run for a month.\nWalk on flat ground, then we look at the stairs.\n"
    )
    transcript.write_text(f"{head}{other}{rest}")
    capsys.readouterr()
    told = "its words are not said at 00:00:09, nor elsewhere in the episode; bring"
    assert told in refusal(signed, "build")
    assert page.read_text() == before


def test_any_edit_after_approval_takes_the_page_away(named: Path) -> None:
    publish(named)
    path = cut(named)
    sign(named, path)
    path.write_text(path.read_text().replace("fifteen", "fifty"))
    assert run(named, "build") == 0
    assert not (named / "site" / "answers" / path.stem).exists()
    assert "fifty" not in (named / "feeds" / "answers.xml").read_text()


def test_a_show_may_keep_the_page_as_it_was_signed(named: Path) -> None:
    with (named / "show.toml").open("a") as file:
        file.write('[review]\non_change = "keep"\n')
    publish(named)
    path = cut(named)
    sign(named, path)
    path.write_text(path.read_text().replace("fifteen", "fifty"))
    assert run(named, "build") == 0
    text = (named / "site" / "answers" / path.stem / "index.html").read_text()
    assert "fifteen" in text
    assert "fifty" not in text
    # a newer one takes its place meanwhile
    assert run(named, "cut", SLUG, *CUT, "--slug", "newer") == 0
    assert sign(named, path.with_name("newer.md")) == 0
    link = ("compare", SLUG, path.stem, "--superseded-by", "newer")
    assert run(named, *link) == 0
    assert run(named, "build") == 0
    text = (named / "site" / "answers" / path.stem / "index.html").read_text()
    assert "A newer answer takes the place of this one." in text
    assert '"acceptedAnswer"' not in text


def test_what_is_kept_is_what_the_files_own_review_signed(named: Path) -> None:
    """Its doctor took the signature back, and somebody wrote the status anew."""
    with (named / "show.toml").open("a") as file:
        file.write('[review]\non_change = "keep"\n')
    publish(named)
    path = cut(named)
    sign(named, path)
    assert run(named, "build") == 0
    page = named / "site" / "answers" / path.stem
    assert page.exists()
    write_taking_back(ShowFolder(named), SLUG, path.stem)
    path.write_text(path.read_text().replace('"draft"', '"approved"', 1))
    assert run(named, "deploy", str(named / "host")) == 1
    assert run(named, "build") == 0
    assert not page.exists()


def test_answers_to_one_question_are_laid_side_by_side(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = cut(named)
    assert run(named, "compare", SLUG, first.stem) == 0
    assert "No other answer to this question" in capsys.readouterr().out
    run(named, "cut", SLUG, *CUT, "--slug", "newer")
    assert "answers the same too: pullquote compare" in capsys.readouterr().out
    newer = first.with_name("newer.md")
    link = ("compare", SLUG, first.stem, "--superseded-by")
    assert run(named, *link, "newer") == 2
    assert "newer: has no signature yet: nobody can read" in capsys.readouterr().err
    sign(named, newer)
    newer.write_text(newer.read_text().replace("fifteen", "thirty"))
    assert run(named, *link, "newer") == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "the same question" in shown
    assert "Use it for thirty minutes at a time" in shown
    assert "superseded_by = " in first.read_text()
    assert run(named, *link, first.stem) == 2
    assert run(named, *link, "nothing") == 2
    assert run(named, "compare", SLUG, "nothing") == 2
    assert run(named, *link, "") == 0
    assert "superseded_by" not in first.read_text()


def test_what_was_given_before_takes_no_newer_answers_place(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The two were exchanged: a page said "answered again" and named an earlier day."""
    first = cut(named)
    assert sign(named, first) == 0
    new = "2026-09-10-room-b"
    assert run(named, "import-transcript", new, str(named / "captions.vtt")) == 0
    transcript = named / "transcripts" / new / "transcript.md"
    transcript.write_text(transcript.read_text().replace("?** [", "** ["))
    assert run(named, "cut", new, *CUT, "--slug", "newer") == 0
    capsys.readouterr()
    assert run(named, "compare", new, "newer", "--superseded-by", first.stem) == 2
    told = f"{first.stem}: was given before, on 2026-03-11: it is the older one"
    assert told in capsys.readouterr().err
    newer = transcript.parent / "answers" / "newer.md"
    assert "superseded_by" not in newer.read_text()
    assert run(named, "approve", new, "newer", "--by", "fernby") == 0
    assert run(named, "compare", SLUG, first.stem, "--superseded-by", "newer") == 0


def test_several_older_answers_are_superseded_at_once(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = cut(named)
    for slug in ("second", "newer"):
        run(named, "cut", SLUG, *CUT, "--slug", slug)
    sign(named, first.with_name("newer.md"))
    older = [first, first.with_name("second.md")]
    names = (first.stem, f"{SLUG}/second")
    capsys.readouterr()
    assert run(named, "compare", SLUG, *names, "--superseded-by", "second") == 2
    assert (
        run(named, "compare", SLUG, first.stem, "no", "--superseded-by", "newer") == 2
    )
    assert not any("superseded_by" in path.read_text() for path in older)
    capsys.readouterr()
    assert run(named, "compare", SLUG, *names, "--superseded-by", "newer") == 0
    assert all("superseded_by" in path.read_text() for path in older)
    assert "second: superseded by newer" in capsys.readouterr().out
    assert run(named, "--json", "compare", SLUG, *names) == 0
    rows = json.loads(capsys.readouterr().out)["answers"]
    assert [row["answer"] for row in rows] == [first.stem, "second"]


def test_decisions_that_cannot_be_read_stop_no_other_episodes_suggestions(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = named / "episodes" / "2026-01-01-another"
    shutil.copytree(named / "episodes" / SLUG, other, ignore=lambda *_: ["recording"])
    damaged = named / "transcripts" / other.name / "decisions.json"
    damaged.parent.mkdir(parents=True)
    damaged.write_text("{")
    suggestions = ShowFolder(named).episode(SLUG).suggestions
    capsys.readouterr()
    assert run(named, "suggest", SLUG) == 1
    told = capsys.readouterr()
    assert f"suggest {other.name}: " in told.err
    assert "decisions.json" in told.err
    assert suggestions.is_file()
    assert "heat or ice" in told.out
    assert run(named, "suggest", SLUG, "--explain", "1") == 1
    assert "heat or ice" in capsys.readouterr().out


def test_who_cut_may_not_approve(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(named, "cut", SLUG, *CUT[:-1], "fernby")
    path = answer_file(named)
    assert sign(named, path) == 1
    assert ": " in capsys.readouterr().err
    assert 'status = "draft"' in path.read_text()


def test_a_withdrawn_answer_is_gone_everywhere(named: Path) -> None:
    publish(named)
    path = cut(named)
    sign(named, path)
    assert run(named, "build") == 0
    assert run(named, "withdraw", SLUG, path.stem) == 0
    assert run(named, "build") == 0
    # the page that says so is a file of the site, and is listed among them
    told = ("site/_redirects", "site/.pullquote-tree", "feeds/addresses.json")
    telling = {named / path for path in told}
    for file in [*named.glob("site/**/*"), *named.glob("feeds/*")]:
        if file.is_file() and file not in telling:
            assert path.stem not in file.read_text(errors="replace"), file
    assert f"/answers/{path.stem}/ /answers/{path.stem}/ 410" in (
        (named / "site/_redirects").read_text()
    )
    page = (named / "site/answers" / path.stem / "index.html").read_text()
    assert "This answer was withdrawn" in page
    assert 'name="robots" content="noindex"' in page
    with hosted(named / "site") as where, pytest.raises(HTTPError) as refused:
        urlopen(f"{where}answers/{path.stem}/")
    with refused.value as reply:
        assert reply.code == 410
        assert b"This answer was withdrawn" in reply.read()


def test_a_newer_answer_that_is_withdrawn_goes_though_an_older_names_it(
    named: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    publish(named)
    older = cut(named)
    sign(named, older)
    run(named, "cut", SLUG, *CUT, "--slug", "newer")
    run(named, "approve", SLUG, "newer", "--by", "fernby")
    run(named, "compare", SLUG, older.stem, "--superseded-by", "newer")
    assert run(named, "build") == 0
    pages = named / "site" / "answers"
    banner = "A newer answer takes the place of this one"
    assert banner in (pages / older.stem / "index.html").read_text()
    capsys.readouterr()
    run(named, "withdraw", SLUG, "newer")
    assert run(named, "build") == 1  # told of; built all the same
    assert "leads to 'newer', which was withdrawn" in capsys.readouterr().err
    gone = (pages / "newer" / "index.html").read_text()
    assert "This answer was withdrawn" in gone
    # the older one, which an editor took for outdated, does not come back as good
    assert banner in (pages / older.stem / "index.html").read_text()
    newer = older.with_name("newer.md")
    newer.write_text(newer.read_text().replace('"withdrawn"', '"draft"'))
    told = refusal(named, "check")
    assert "leads to 'newer', which nobody signed; let it be signed, or take" in told
    newer.unlink()
    assert "which is no answer" in refusal(named, "build")
    assert run(named, "check") == 1


def test_a_withdrawal_goes_out_though_another_answer_is_unsound(
    named: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    publish(named)
    for slug in ("mended-later", "taken-back"):
        run(named, "cut", SLUG, *CUT, "--slug", slug)
        run(named, "approve", SLUG, slug, "--by", "fernby")
    assert run(named, "build") == 0
    run(named, "withdraw", SLUG, "taken-back")
    other = named / "transcripts" / SLUG / "answers" / "mended-later.md"
    sound = other.read_text()
    other.write_text(sound.replace("+++\n", "+++\nno TOML\n", 1))
    capsys.readouterr()
    assert run(named, "build", "--hold-back") == 1  # nobody knows what that is
    assert "mend the rest first" in capsys.readouterr().err
    other.write_text(re.sub("topics = .*", 'topics = ["unheard-of"]', sound))
    assert "hold it back: pullquote build --hold-back" in refusal(named, "build")
    pages = named / "site" / "answers"
    withdrawn = "This answer was withdrawn"
    assert withdrawn not in (pages / "taken-back/index.html").read_text()
    assert run(named, "build", "--watch", "--hold-back") == 2
    told = refusal(named, "build", "--hold-back")
    assert "mended-later.md: is held back from site and feeds" in told
    assert "unknown topic 'unheard-of'" in told
    assert withdrawn in (pages / "taken-back/index.html").read_text()
    assert not (pages / "mended-later").exists()
    other.write_text(sound)
    assert run(named, "build") == 0
    assert (pages / "mended-later/index.html").is_file()


def test_a_withdrawn_id_is_never_used_again(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(named)
    path = cut(named)
    sign(named, path)
    assert run(named, "build") == 0
    signed = path.read_text()
    run(named, "withdraw", SLUG, path.stem)
    assert run(named, "build") == 0
    path.unlink()
    path.with_name("again.md").write_text(signed)
    for command in ("build", "check"):
        assert run(named, command) == 1
        assert (
            "of an answer that was withdrawn; cut it again" in capsys.readouterr().err
        )


def test_an_answer_taken_back_before_anybody_saw_it_leaves_no_trace(
    named: Path,
) -> None:
    publish(named)
    path = cut(named)
    run(named, "withdraw", SLUG, path.stem)
    assert run(named, "build") == 0
    assert path.stem not in (named / "site/_redirects").read_text()
    assert path.stem not in (named / "feeds/addresses.json").read_text()


def test_a_question_that_nobody_answered_needs_the_answers_times(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {
        "rank": 1,
        "question": {"start": 5500, "end": 9000, "text": "Heat or ice?"},
        "answer": None,
        "speakers": [],
        "p_question": 0.9,
        "p_answered": 0.1,
    }
    file = {"schema": "pullquote/suggestions-1", "episode": SLUG, "suggestions": [row]}
    folder = named / "transcripts" / SLUG
    (folder / "suggestions.json").write_text(json.dumps(file))
    assert run(named, "cut", SLUG, "1") == 2
    assert "nobody seems to answer" in capsys.readouterr().err
    assert run(named, "cut", SLUG, "1", "--answer", "0:09.5-0:16") == 0
    text = answer_file(named).read_text()
    assert "asked = { start = 00:00:05.5" in text
    assert "many people like it better." in text


def test_of_an_episode_that_nobody_heard_suggest_says_so(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(named / "transcripts" / SLUG)
    assert run(named, "suggest") == 0
    told = capsys.readouterr().out
    assert "no transcript yet: pullquote transcribe" in told
    assert "no questions found" not in told


def test_a_cut_from_a_suggestion_writes_what_was_said(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(named, "suggest") == 0
    found = json.loads((named / "transcripts" / SLUG / "suggestions.json").read_text())
    assert "heat or ice" in found["suggestions"][0]["question"]["text"]
    assert run(named, "cut", SLUG, "1") == 0
    text = answer_file(named).read_text()
    assert run(named, "cut", SLUG, "1") == 0  # once more is the same draft
    assert answer_file(named).read_text() == text
    assert 'speakers = ["fernby"]' in text
    assert "Either can help." in text
    capsys.readouterr()
    for there in (True, False):
        assert run(named, "suggest", SLUG) == 0
        assert ("accepted" in capsys.readouterr().out) is there
        for path in (named / "transcripts" / SLUG / "answers").glob("*.md"):
            path.unlink()


def test_what_was_refused_stays_so_when_its_edge_is_corrected_or_heard_anew(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = ShowFolder(named).episode(SLUG)

    def waiting() -> int:
        assert run(named, "suggest", SLUG) == 0
        found = load_suggestions(paths.suggestions)
        return len(undecided(found, (), load_decisions(paths.decisions)))

    assert waiting() == 1
    assert run(named, "suggest", SLUG, "--reject", "1") == 0
    (before,) = load_decisions(paths.decisions)
    text = paths.transcript.read_text()
    paths.transcript.write_text(text.replace("Should I use", "So now should I use"))
    heard = re.sub(
        r"\[(\d+), (\d+), ",
        lambda m: f"[{int(m[1]) + 200}, {int(m[2]) + 200}, ",
        paths.words.read_text(),
    )
    paths.words.write_text(heard)
    capsys.readouterr()
    assert waiting() == 0
    assert "rejected" in capsys.readouterr().out
    (found,) = load_suggestions(paths.suggestions)
    assert found.question.clip != before.question
    assert run(named, "cut", SLUG, "1") == 0
    (row,) = load_decisions(paths.decisions)  # decided once, whatever its edges are now
    assert row.verdict == "accepted"


def test_what_an_editor_decides_is_kept_and_why_is_said(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = named / "transcripts" / SLUG / "decisions.json"
    assert run(named, "suggest", SLUG, "--explain", "1") == 0
    assert "it ends in a question mark" in capsys.readouterr().out
    assert run(named, "suggest", SLUG, "--reject", "1", "--by", "moss") == 0
    assert "rejected" in capsys.readouterr().out
    assert '"verdict": "rejected"' in kept.read_text()
    assert run(named, "suggest", SLUG, "--reject", "9") == 2
    assert run(named, "suggest", SLUG, "--reject", "1", "--by", "nobody") == 1
    assert run(named, "suggest", "--show", str(named)) == 0
    assert run(named, "cut", SLUG, "1", "--by", "moss") == 0
    (row,) = load_decisions(kept)
    assert (row.verdict, row.by) == ("accepted", "moss")
    assert run(named, "suggest", SLUG, "--reject", "1") == 2  # it was cut
    path = answer_file(named)
    text = path.read_text()
    path.write_text(re.sub(r"(answered = .*end = )[0-9:.]+", r"\g<1>00:00:16", text))
    approve = ("approve", SLUG, path.stem, "--by", "fernby")
    capsys.readouterr()
    assert run(named, *approve) == 1
    (code,) = to_tick(capsys.readouterr().out)
    assert run(named, *approve, "--accept", code) == 0
    (row,) = load_decisions(kept)
    assert (row.verdict, row.answer_id) == ("moved", row.answer_id)
    (named / "transcripts" / SLUG / "suggestions.json").unlink()
    assert run(named, *approve) == 0
    assert load_decisions(kept) == (row,)  # its signs stay
    folder = ShowFolder(named)
    decided = decided_so_far(folder)
    assert decided.habits(SLUG) == Habits()  # its own numbers stay
    assert decided.habits("another").wanted["mark"] == (1, 1)


def test_chapters_and_notes_are_drafted_where_nobody_wrote_any(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = ShowFolder(named).episode(SLUG)
    before = paths.facts.read_text()
    speaking = load_episode(paths.facts).people
    assert speaking  # as its source told
    before = re.sub(r"(?m)^people = .*$", "people = []  # who takes part", before)
    paths.facts.write_text(before)
    assert run(named, "notes", SLUG) == 0
    assert "“Heat relaxes" in capsys.readouterr().out
    assert paths.facts.read_text() == before
    paths.notes.write_text("")
    assert run(named, "notes", SLUG, "--write") == 0
    said = capsys.readouterr().out
    assert f"wrote {paths.facts}" in said  # too short for chapters: who takes part
    assert f"wrote {paths.notes}" in said
    assert "Put together by a machine" in paths.notes.read_text()
    assert load_episode(paths.facts).people == speaking
    assert re.sub("people = .*]", "people = []", paths.facts.read_text()) == before
    assert run(named, "check") == 0
    paths.notes.write_text("My notes.\n")
    assert run(named, "notes", SLUG, "--write") == 0
    assert "is yours" in capsys.readouterr().out
    assert paths.notes.read_text() == "My notes.\n"


def test_drafted_notes_quote_nobody_with_what_the_transcript_has_no_more(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of what was misheard; a sign, a capital and a filler are no other words."""
    paths = ShowFolder(named).episode(SLUG)
    publish(named)
    assert run(named, "notes", SLUG, "--write") == 0
    drafted, spoken = paths.notes.read_text(), paths.transcript.read_text()
    assert (
        "“Heat relaxes tight muscles, and many people like it better.” Ada" in drafted
    )
    same = spoken.replace(
        "Heat relaxes tight muscles, and", "Um, heat relaxes tight muscles and"
    )
    paths.transcript.write_text(same)
    assert run(named, "build") == 0
    hosts = spoken.replace("**Ada Fernby**", "**Hanna Mossgrove**")
    for other in (spoken.replace("Heat relaxes", "Heat never relaxes"), hosts):
        assert other != spoken
        paths.transcript.write_text(other)
        error = refused(named, capsys)
        assert "notes.md:4: quotes what transcript.md has no more, or as" in error
    facts = (named / "show.toml").read_text()
    (named / "show.toml").write_text(f'language = "de"\n{facts}')  # other marks
    assert "notes.md:4: quotes what" in refused(named, capsys)
    (named / "show.toml").write_text(facts)
    paths.transcript.write_text(spoken.replace("Heat relaxes", "Heat never relaxes"))
    assert run(named, "notes", SLUG, "--write") == 0
    assert "“Heat never relaxes" in paths.notes.read_text()
    assert run(named, "build") == 0
    paths.notes.write_text(drafted)
    capsys.readouterr()
    assert run(named, "build", "--hold-back") == 1, "the rest goes out"
    assert "notes.md: is held back from site and feeds" in capsys.readouterr().err
    (page,) = named.glob("site/episodes/*/index.html")
    for public in (page, named / "feeds" / "podcast.xml"):
        assert "“Heat " not in public.read_text()
    assert "Heat never relaxes" in page.read_text(), "its transcript"
    paths.notes.write_text(drafted.replace("“Heat relaxes", "“Warmth relaxes"))
    assert run(named, "build") == 0, "a person's own notes"


def test_what_stands_for_a_name_in_the_genitive_is_no_private_word(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once nobody could sign the question of "a viewer's mother"."""
    transcript = named / "transcripts" / SLUG / "transcript.md"
    asked = "Should I use heat or ice for a sore back?"
    text = transcript.read_text()
    assert asked in text
    new = "Should Torvin Plesk's mother use heat or ice?"
    transcript.write_text(text.replace(asked, new))
    path = cut(named)
    assert run(named, "private", SLUG, "--redact", "all") == 0
    assert "Should a viewer's mother use heat or ice?" in path.read_text()
    capsys.readouterr()
    assert sign(named, path) == 0, capsys.readouterr().err
    run(named, "check")
    assert "quotes words of the redaction" not in capsys.readouterr().err
