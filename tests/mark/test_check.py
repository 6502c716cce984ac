from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pullquote.formats.answer_md import save_answer
from pullquote.formats.folder import ShowFolder
from pullquote.formats.front_matter import key_line
from pullquote.formats.words_json import format_words, parse_words
from pullquote.mark.cut.anchor import anchors
from pullquote.mark.private.redact import mask
from pullquote.mark.private.spans import spans_of
from pullquote.mark.review.check import (
    check_across,
    check_entry,
    check_signed,
    meaning_faults,
)
from pullquote.mark.review.sign_off import approve, withdraw
from pullquote.model.answer import Answer, Clip, Redaction, Review
from pullquote.model.episode import Chapter, Episode, Recording
from pullquote.model.library import Entry
from pullquote.model.show import ReviewPolicy, Show
from pullquote.model.transcript import (
    IMPORTED,
    MachineTranscript,
    Segment,
    TimedTurn,
    Word,
)
from tests import factory
from tests.factory import machine
from tests.mark.shows import SHOW, TURNS, drafted, entry, library, said

DAY = date(2026, 3, 12)
GOOD = drafted(Clip(start=600, end=1100), Clip(start=2000, end=11_000))
SIGNED = approve(GOOD, by="lin", on=DAY, show=SHOW, path=Path("x"))
RECORDING = Recording(
    file="recording.opus", sha256="0", duration=15_000, source="x", source_id="x"
)
FACTS = Episode(guid="g", title="T", held=DAY, recording=RECORDING)


def faults(*entries: Entry, show: Show = SHOW, root: Path = Path("show")) -> list[str]:
    folder = ShowFolder(root)
    found = [*check_across(library(*entries, show=show), folder)]
    for one in entries:
        found += check_entry(one, show, folder.episode(one.slug))
    return [str(fault) for fault in found]


def test_a_sound_show_has_no_faults() -> None:
    published = replace(
        FACTS, status="published", published=datetime(2026, 3, 12, tzinfo=UTC)
    )
    assert faults(entry(GOOD)) == []
    assert faults(entry(SIGNED, episode=published)) == []
    assert faults(entry(withdraw(SIGNED))) == []
    gone = replace(withdraw(SIGNED), body="Other.", speakers=("lin",))
    assert faults(entry(gone)) == []  # what nobody reads any more harms nobody
    assert faults(entry(replace(GOOD, cut_by=None))) == []
    assert faults(entry(replace(GOOD, asked=GOOD.answered))) == []
    assert faults(entry(replace(SIGNED, status="draft", body="Other."))) == []
    assert faults() == []


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (replace(GOOD, speakers=()), "names no speaker"),
        (replace(GOOD, speakers=("bob",)), "unknown person 'bob'"),
        (replace(GOOD, topics=("cold",)), "unknown topic 'cold'"),
        (
            replace(GOOD, asked=Clip(start=10_000, end=10_100), answered=GOOD.asked),
            "answer starts before its question",
        ),
        (
            replace(GOOD, answered=Clip(start=2000, end=16_001)),
            "after the recording's end (00:00:15); correct the clip",
        ),
        (
            replace(GOOD, asked=Clip(start=1200, end=1900)),
            "nobody speaks in 'asked' (00:00:01 to 00:00:01)",
        ),
        (
            replace(GOOD, answered=Clip(start=5000, end=6000)),
            "nobody speaks in 'answered'",
        ),
        (
            replace(GOOD, speakers=("hale",), answered=Clip(start=2000, end=2200)),
            "is confirmed as Sam Hale",
        ),
        (
            replace(GOOD, speakers=("lin",), answered=Clip(start=13_000, end=13_100)),
            "is confirmed as Tiffany Lin",
        ),
        (
            replace(GOOD, answered=Clip(start=2000, end=13_100)),
            "nobody confirmed who speaks in its clip at 00:00:12 ('S4')",
        ),
        (
            replace(GOOD, speakers=("lin",)),
            "Sam Hale speaks in its clip at 00:00:10 and is not among speakers",
        ),
        (replace(GOOD, cut_by="bob"), "unknown person 'bob'"),
        (replace(GOOD, status="approved"), "approved by nobody"),
        (replace(SIGNED, body="Other."), "was changed since lin approved it"),
        (
            replace(SIGNED, cut_by="lin"),
            "Tiffany Lin cut this answer and may not approve it too",
        ),
        (
            replace(SIGNED, review=Review(by="bob", on=DAY, digest=GOOD.digest())),
            "was signed by 'bob', who is not in show.toml",
        ),
    ],
)
def test_a_fault_in_an_answer_is_named(answer: Answer, problem: str) -> None:
    found = [f for f in faults(entry(answer, episode=FACTS)) if problem in f]
    assert len(found) == 1
    assert found[0].startswith("show/transcripts/e/answers/heat-fine.md: ")


def test_what_was_signed_stands_though_the_signer_reviews_no_more(
    tmp_path: Path,
) -> None:
    show = replace(SHOW, review=ReviewPolicy(reviewers=("hale",)))
    paths = ShowFolder(tmp_path).episode("e")
    (fault,) = faults(entry(SIGNED), show=show, root=tmp_path)
    assert "'lin' may not review" in fault  # nothing says that they ever might
    save_answer(paths.approved(SIGNED.id), SIGNED)
    assert faults(entry(SIGNED), show=show, root=tmp_path) == []
    review = Review(by="lin", on=DAY, digest=replace(GOOD, body="Other.").digest())
    changed = replace(SIGNED, body="Other.", review=review)
    (fault,) = faults(entry(changed), show=show, root=tmp_path)
    assert "'lin' may not review" in fault


def test_one_slip_is_one_line() -> None:
    assert len(faults(entry(replace(GOOD, speakers=("bob",))))) == 1
    assert len(faults(entry(replace(GOOD, speakers=())))) == 1
    early = replace(GOOD, speakers=("hale",), answered=Clip(start=2000, end=2200))
    assert len(faults(entry(early))) == 1
    turns = (*TURNS[:4], said(11_000, "S4", "Yes."), TURNS[4])
    long = replace(GOOD, answered=Clip(start=2000, end=12_900))
    assert len(faults(entry(long, turns=turns))) == 1  # S4 speaks two times in it
    late = replace(GOOD, asked=Clip(start=20_000, end=20_100))
    assert len(faults(entry(late, episode=FACTS))) == 2  # and it stands the wrong way


def test_an_episode_without_transcript_is_not_blamed_for_its_clips() -> None:
    assert faults(entry(GOOD, turns=())) == []


def test_two_answers_with_one_id_or_one_name_are_named() -> None:
    twin = replace(GOOD, slug="other")
    same = replace(GOOD, id="b" * 32)
    found = faults(entry(GOOD, twin), entry(same, slug="f"))
    assert found == [
        "show/transcripts/e/answers/other.md: has the id of e/heat-fine.md;"
        " keep one of the two files, with what the other alone has; another answer is cut"
        " again and gets an id of its own",
        "show/transcripts/f/answers/heat-fine.md: has the name of an answer in e;"
        " rename the newer of the two: addresses are unique",
    ]


def test_faults_of_an_episode_are_named() -> None:
    facts = replace(FACTS, chapters=(Chapter(start=15_001, title="Late"),))
    late = Redaction(clip=Clip(start=16_000, end=17_000), replacement="")
    found = faults(entry(episode=facts, redactions=(late,)))
    assert [f.split(": ")[1].split(";")[0] for f in found] == [
        "chapter 'Late' starts at 00:00:15, after the recording's end (00:00:15)",
        "a redaction ends at 00:00:17, after the recording's end (00:00:15)",
    ]
    at_the_end = replace(FACTS, chapters=(Chapter(start=15_000, title="End"),))
    just = replace(late, clip=Clip(start=15_000, end=16_000))
    assert faults(entry(episode=at_the_end, redactions=(just,))) == []
    unknown = replace(facts, recording=None)
    assert faults(entry(episode=unknown, redactions=(late,))) == []


def test_of_two_redactions_side_by_side_none_is_lost_unseen() -> None:
    """ "Ann Bell, Kempton": the sound would say the town."""
    turn = said(0, "S1", "Ann Bell, Kempton asks.")
    words = tuple(word._replace(probability=0.9) for word in turn.words)
    heard = machine("e", [replace(turn, words=words)], 15_000)
    heard = replace(heard, recording_sha256="0")
    name = Redaction(clip=Clip(start=0, end=200), replacement="a viewer")
    town = Redaction(clip=Clip(start=200, end=300), replacement="[place withheld]")
    masked = mask(heard, (name, town))
    narrowed = replace(name, clip=Clip(start=120, end=180))

    def told(*left: Redaction) -> list[str]:
        one = entry(episode=FACTS, redactions=left)
        return [f for f in faults(replace(one, machine=masked)) if "was redacted" in f]

    assert told(name, town) == told(narrowed, town) == []
    for left in ((name,), (town,)):
        assert len(told(*left)) == 1
    assert len(told()) == 2


@pytest.mark.parametrize(("start", "end"), [(0, 1000), (900, 2000), (500, 1500)])
def test_half_a_name_that_a_narrower_redaction_lets_be_heard_is_named(
    start: int, end: int
) -> None:
    spoken = said(0, "S1", "Welcome, Ann Bell of Kempton asks.")
    words = tuple(
        word._replace(start=n * 1000, end=n * 1000 + 1000, probability=0.9)
        for n, word in enumerate(spoken.words, -1)
    )
    heard = machine("e", [replace(spoken, words=words)], 15_000)
    heard = replace(heard, recording_sha256="0")
    name = Redaction(clip=Clip(start=0, end=2000), replacement="a viewer")

    def told(machine: MachineTranscript, clip: Clip) -> list[str]:
        one = entry(episode=FACTS, redactions=(replace(name, clip=clip),))
        return [f for f in faults(replace(one, machine=machine)) if "was redacted" in f]

    masked = mask(heard, (name,))
    narrow = Clip(start=start, end=end)
    trimmed = Clip(start=100, end=1950)
    for clip in (narrow, trimmed):  # whoever masks it anew, as `run` does
        again = mask(masked, (replace(name, clip=clip),))
        assert len(told(again, clip)) == len(told(masked, clip)) == (clip == narrow)
    anew = mask(heard, (replace(name, clip=narrow),))
    assert not told(anew, narrow), "heard again, the other half is there to be found"


@pytest.mark.parametrize("replacement", ["somebody", ""])
@pytest.mark.parametrize("runtime", ["ctranslate2", IMPORTED])
def test_a_redaction_with_other_times_and_other_words_leaves_its_stretch_open(
    replacement: str, runtime: str
) -> None:
    spoken = said(0, "S1", "Welcome, Ann Bell of Kempton asks.")
    words = tuple(
        word._replace(start=n * 1000, end=n * 1000 + 1000, probability=0.9)
        for n, word in enumerate(spoken.words)
    )
    heard = machine("e", [replace(spoken, words=words)], 15_000)
    engine = replace(heard.engine, runtime=runtime)
    heard = replace(heard, engine=engine, recording_sha256="0")
    name = Clip(start=1000, end=3000)
    before = Redaction(clip=name, replacement=replacement)
    masked = parse_words(format_words(mask(heard, (before,))), Path("words.json"))
    assert masked.masked == (name,)

    def told(*redactions: Redaction) -> list[str]:
        again = mask(masked, redactions)  # as `run` does
        one = entry(episode=FACTS, redactions=redactions)
        return [f for f in faults(replace(one, machine=again)) if "was redacted" in f]

    end = Clip(start=2500, end=3000)
    there = replace(before, clip=end, replacement="a person there")
    assert len(told(there)) == len(told()) == 1
    assert not told(before)
    wider = Clip(start=900, end=3900)
    assert not told(replace(before, clip=wider, replacement="a person there"))


def test_a_topic_that_was_merged_is_named_with_what_to_write() -> None:
    first, *others = SHOW.topics
    merged = replace(SHOW, topics=(replace(first, formerly=("cold",)), *others))
    (found,) = faults(entry(replace(GOOD, topics=("cold",))), show=merged)
    assert found.endswith(f"write {first.id!r}, as it is called now")


def test_the_line_is_named_where_the_file_is_there(tmp_path: Path) -> None:
    folder = ShowFolder(tmp_path)
    path = folder.episode("e").answer("heat-fine")
    save_answer(path, replace(GOOD, topics=("cold",)))
    (found,) = faults(entry(replace(GOOD, topics=("cold",))), root=tmp_path)
    line = path.read_text().split("\n").index('topics = ["cold"]') + 1
    assert found.startswith(f"{path}:{line}: unknown topic")
    assert key_line(path, "nothing") is None
    assert key_line(tmp_path / "gone.toml", "x") is None
    facts = tmp_path / "episode.toml"
    facts.write_text('title = "x"\nstatus = "draft"\n')
    assert key_line(facts, "status") == 2


def test_a_neighbour_s_first_word_in_a_clip_is_no_fault() -> None:
    assert faults(entry(replace(GOOD, answered=Clip(start=2000, end=12_100)))) == []


def test_what_is_shown_as_it_was_signed_is_looked_at_too() -> None:
    signed = replace(SIGNED, speakers=("lin",))
    edited = replace(SIGNED, body="Other.")
    found = faults(replace(entry(edited), approved=(signed,)))
    assert any(f"approved/{SIGNED.id}.md: Sam Hale speaks" in fault for fault in found)
    once = replace(entry(signed), approved=(signed,))
    assert sum("Sam Hale speaks" in fault for fault in faults(once)) == 1


def test_a_name_that_cannot_be_an_address_is_named() -> None:
    found = faults(entry(replace(GOOD, slug="Heat or Ice"), slug="my talk"))
    assert [fault.partition(": ")[2][:30] for fault in found] == [
        "its folder's name cannot be an",
        "its name cannot be an address;",
    ]


def test_a_draft_in_which_nobody_speaks_is_named() -> None:
    silent = replace(factory.heard(duration=9), recording_sha256="")
    found = faults(replace(entry(turns=()), machine=silent))
    assert len(found) == 1
    assert "nobody speaks in its recording" in found[0]
    out = replace(
        FACTS, status="published", published=datetime(2026, 3, 12, tzinfo=UTC)
    )
    assert faults(replace(entry(turns=(), episode=out), machine=silent)) == []
    words = (Word(start=0, end=9, text="Yes."),)
    heard = replace(silent, segments=(Segment(start=0, end=9, words=words),))
    assert faults(replace(entry(turns=()), machine=heard)) == []


def test_a_change_of_meaning_after_the_signature_is_named_with_its_line(
    tmp_path: Path,
) -> None:
    paths = ShowFolder(tmp_path).episode("e")
    path = paths.answer(GOOD.slug)
    draft = replace(GOOD, body=GOOD.body.replace("a warm bath", "no warm bath"))
    other = approve(draft, by="lin", on=DAY, show=SHOW, path=path)
    assert check_signed(entry(draft), SHOW, paths) == ()
    save_answer(path, other)
    path.write_text(path.read_text().replace("\n+++\n", "\n+++\n\n\n"))
    found = check_signed(entry(other), SHOW, paths)
    assert found
    lines = path.read_text().split("\n")
    assert {lines[fault.line - 1] for fault in found if fault.line} == {
        "Try no warm bath."
    }


def test_many_changes_of_meaning_are_one_line_an_answer(tmp_path: Path) -> None:
    paths = ShowFolder(tmp_path).episode("e")
    save_answer(paths.answer(GOOD.slug), SIGNED)
    turns = tuple(
        said(t.start, t.speaker, t.text.replace("It is.", "It is not in 3 days."))
        if "It is." in t.text
        else said(t.start, t.speaker, t.text.replace("agree", "never agreed"))
        for t in TURNS
    )
    each = meaning_faults(SIGNED, entry(turns=turns), SHOW, paths.answer(GOOD.slug))
    assert len(each) > 1
    (line,) = check_signed(
        entry(replace(SIGNED, anchor=None), turns=turns), SHOW, paths
    )
    assert (
        line.problem == f"{len(each)} changes of meaning, the first {each[0].problem}"
    )
    assert line.line == each[0].line
    assert f"pullquote approve e {GOOD.slug} --by ID" in line.remedy


def test_after_a_longer_cut_an_answer_is_compared_with_its_own_words(
    tmp_path: Path,
) -> None:
    """Once each answer had a line a change between it and what is said there now."""
    paths = ShowFolder(tmp_path).episode("e")
    held = replace(SIGNED, anchor=anchors(SIGNED, TURNS, SHOW))
    save_answer(paths.answer(GOOD.slug), held)
    early = said(0, "Clare Fenn", "Good evening.")
    talk = " ".join(["No, not two of the left ones."] * 20)
    later = (
        early,
        said(1000, "Doctor Lin", talk),
        *(moved(turn, 20_000) for turn in TURNS),
    )
    assert check_signed(entry(held, turns=later), SHOW, paths) == ()
    text = factory.transcript("e", later)
    public = replace(entry(held, turns=later), approved=(held,), transcript=text)
    *_, stops = check_entry(public, SHOW, paths)
    assert stops.where == str(paths.answer(GOOD.slug))
    assert stops.problem == "plays what is said 20.0 s from its own words"
    soon = (early, *(moved(turn, 1_500) for turn in TURNS))
    public = replace(public, turns=soon)
    assert [
        f.problem for f in check_entry(public, SHOW, paths) if "plays" in f.problem
    ] == []
    found = check_signed(entry(held, turns=soon), SHOW, paths)
    assert [f.problem.partition(" s ")[0] for f in found] == [
        "the words of 'asked' lie 1.5",
        "the words of 'answered' lie 1.5",
    ]
    gone = check_signed(entry(held, turns=later[:2]), SHOW, paths)
    assert [f.problem.rpartition("' ")[2] for f in gone] == [
        "are in the transcript no more"
    ] * 2


def moved(turn: TimedTurn, by: int) -> TimedTurn:
    """Return a turn that is said later."""
    words = tuple(
        word._replace(start=word.start + by, end=word.end + by) for word in turn.words
    )
    return replace(turn, start=turn.start + by, end=turn.end + by, words=words)


def test_a_turn_is_searched_for_private_things_once_for_all_answers() -> None:
    def calls(*answers: Answer) -> int:
        spans_of.cache_clear()
        check_signed(entry(*answers), strict, ShowFolder(Path("show")).episode("x"))
        return spans_of.cache_info().misses

    strict = replace(SHOW, review=ReviewPolicy(require_private=True))
    many = [replace(SIGNED, id=f"{n:032}", slug=f"answer-{n}") for n in range(9)]
    signed = [approve(one, by="lin", on=DAY, show=SHOW, path=Path("x")) for one in many]
    calls(*signed[:2])  # the show's own words are looked at once in a process
    assert 0 < calls(signed[0]) == calls(*signed)
