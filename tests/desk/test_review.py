"""Review by link and by account: one answer, signed as it was seen, or nothing."""

from __future__ import annotations

import html
import json
import re
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from pullquote.cli import main
from pullquote.desk.state.requests import Requests, today
from pullquote.desk.state.users import User
from pullquote.errors import ContentError
from pullquote.formats.answer_md import load_answer
from pullquote.formats.folder import ShowFolder
from pullquote.formats.suggestions_json import load_suggestions
from pullquote.model.words import format_day
from tests.desk.disk import no_space
from tests.desk.running import OTHER, SLUG, Answered, Client, Running, running

HEAT = "heat-or-ice"
HERE = f"/episodes/{SLUG}/answers/{HEAT}"
PASSWORD = "correct horse battery"


def path_of(desk: Running) -> Path:
    return desk.folder.episode(SLUG).answer(HEAT)


def reopen(desk: Running, old: str = "Honestly, use", new: str = "Use") -> None:
    path = path_of(desk)
    path.write_text(path.read_text().replace(old, new))


def sent(desk: Running, client: Client, *, where: str = HERE, **fields: str) -> str:
    """Send the answer and return the link's path."""
    given = {"reviewer": "brambleworth", "note": "Please look."} | fields
    text = client.post(f"{where}/send", given).text
    found = re.search(r'value="http[^"]*(/r/[\w-]+)"', text)
    assert found, text
    return found.group(1)


def test_a_link_goes_on_opening_an_answer_whose_episode_was_renamed(
    desk: Running,
) -> None:
    client, root = desk.at_the_machine(), desk.folder.root
    link = sent(desk, client)
    before = desk.browser().get(link)
    assert before.status == 200
    new = "2026-03-11-backs"
    for part in ("episodes", "transcripts"):
        (root / part / SLUG).rename(root / part / new)
    transcript = desk.folder.episode(new).transcript
    transcript.write_text(transcript.read_text().replace(SLUG, new))
    opened = desk.browser().get(link)
    assert opened.status == 200
    assert "What the page will say" in opened.text
    (asked,) = Requests(desk.folder.desk / "requests.json").all()
    assert asked.episode == new
    assert "waiting" in client.get(f"/episodes/{new}/answers").text
    assert client.get("/reviews").text.count(f"/episodes/{new}/answers/") == 1
    shutil.copytree(root / "transcripts" / new, root / "transcripts" / "2026-03-12-x")
    shutil.copytree(root / "episodes" / new, root / "episodes" / "2026-03-12-x")
    for part in ("episodes", "transcripts"):
        (root / part / new).rename(root / part / SLUG)
    assert desk.browser().get(link).status == 404, "nobody can tell which of the two"


def page_of(text: str) -> dict[str, str]:
    """What a page's form says of what it shows."""
    names = ("digest", "replied")
    return {n: text.split(f'name="{n}" value="')[1].split('"')[0] for n in names}


def decided(link: str, visitor: Client, do: str, **fields: str) -> Answered:
    text = visitor.get(link).text
    given = {"do": do, **page_of(text), **fields}
    return visitor.post(link, given, csrf="")


def test_a_link_opens_one_answer_and_nothing_else(desk: Running) -> None:
    reopen(desk)
    link = sent(desk, desk.at_the_machine())
    visitor = desk.browser()
    shown = visitor.get(link)
    assert "Is heat better than ice" in shown.text
    assert "Please look." in shown.text
    signs = 'You sign as <strong dir="auto">Marcus Brambleworth, MD, orthopedic'
    assert signs in shown.text
    assert "Rest or keep moving" not in shown.text
    for elsewhere in ("/", HERE, "/log", "/reviews", f"/episodes/{SLUG}", "/jobs"):
        assert visitor.get(elsewhere).status in (303, 404)
    assert not visitor.cookies
    page = visitor.get(f"{link}/answers/another/")
    assert "Is heat better" in page.text  # whatever its name, it is this one
    assert visitor.get(f"{link}/sound/other.mp3").status == 404
    assert visitor.get(f"{link}/static/style.css").status == 200
    assert visitor.get(f"{link}/static/..%2f..%2fshow.toml").status == 404


def test_a_reviewer_reads_the_question_in_the_order_of_the_page(desk: Running) -> None:
    reopen(desk, 'question = "Is heat', 'question = "Is \\u202eheat\\u202c')
    link = sent(desk, desk.at_the_machine())
    visitor = desk.browser()
    for shown in (link, f"{link}/answers/{HEAT}/"):
        assert "\u202e" not in visitor.get(shown).text


def test_a_reviewer_reads_what_was_asked(desk: Running) -> None:
    asked = "Is heat better than ice for low back pain?"
    reopen(desk)
    link = sent(desk, desk.at_the_machine())
    visitor = desk.browser()
    assert "As it was asked" not in visitor.get(link).text  # word for word
    reopen(desk, f'question = "{asked}"', 'question = "Is heat worse than ice?"')
    shown = re.sub("<[^>]+>", "", visitor.get(link).text)
    assert f"As it was asked: {asked}" in shown


def test_the_whole_page_has_no_player(desk: Running) -> None:
    """A reviewer hears the clips alone, beside the form."""
    link, path = sent(desk, desk.at_the_machine()), "answers/heat-or-ice/"
    assert "<audio" not in desk.browser().get(f"{link}/{path}").text


def test_it_is_heard_from_the_right_second_and_no_longer(desk: Running) -> None:
    reopen(desk)
    link = sent(desk, desk.at_the_machine())
    visitor = desk.browser()
    for which, seconds in (("asked", 2.82), ("answered", 20.33)):
        sound = visitor.get(f"{link}/sound/{which}.mp3")
        assert sound.headers["content-type"] == "audio/mpeg"
        assert abs(len(sound.body) * 8 / 64_000 - seconds) < 0.5
    part = visitor.get(f"{link}/sound/asked.mp3", range="bytes=0-9")
    assert (part.status, len(part.body)) == (206, 10)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# When", "<<<<<<< HEAD\n# When"),  # as git leaves it
        ("[[redaction]]\nstart", "[[redaction]]\nbegin"),
        ("[[redaction]]", "[[kept]]"),  # as a merge that lost one
    ],
)
def test_no_sound_is_played_while_nobody_can_tell_what_is_to_be_silent_in_it(
    desk: Running, old: str, new: str
) -> None:
    reopen(desk)
    editor = desk.at_the_machine()
    link = sent(desk, editor)
    visitor = desk.browser()
    sounds = [(visitor, f"{link}/sound/{one}.mp3") for one in ("asked", "answered")]
    sounds.append((editor, f"/preview/{SLUG}/media/{SLUG}.mp3"))
    assert [at.get(path).status for at, path in sounds] == [200, 200, 200]
    file = desk.folder.episode(SLUG).redactions
    text = file.read_text()
    broken = text.replace(old, new, 1)
    if new == "[[kept]]":
        broken = re.sub("(?m)^(replacement|reason).*$", "", broken)
    assert broken != text
    file.write_text(broken)
    assert [at.get(path).status for at, path in sounds] == [409, 409, 422]
    shown = visitor.get(link).text
    assert "The sound cannot be played now" in shown
    assert "<audio" not in shown
    assert "redactions.toml" not in shown
    mine = editor.get(f"{HERE}?edit").text
    assert "Mend this first: " in mine
    assert "redactions.toml:" in mine
    assert 'data-sound=""' in mine
    assert "play-answered" not in mine
    for page in (f"/preview/{SLUG}/answers/{HEAT}/", f"{link}/answers/{HEAT}/"):
        assert "<audio" not in (editor if page[1] == "p" else visitor).get(page).text
    refused = decided(link, visitor, "approve")
    assert refused.status == 422
    assert not load_answer(path_of(desk)).approved
    file.write_text(text)
    assert [at.get(path).status for at, path in sounds] == [200, 200, 200]
    assert "<audio" in visitor.get(link).text


def test_a_signature_is_bound_to_what_was_seen(desk: Running) -> None:
    reopen(desk)
    link = sent(desk, desk.at_the_machine())
    visitor = desk.browser()
    assert "What changed since it was last signed" in visitor.get(link).text
    done = decided(link, visitor, "approve")
    assert (done.status, done.headers["location"]) == (303, link)
    answer = load_answer(path_of(desk))
    assert answer.approved
    assert answer.review is not None
    assert (answer.review.by, answer.review.on) == ("brambleworth", today())
    assert "<strong>Signed.</strong>" in visitor.get(link).text
    log = desk.at_the_machine().get("/log").text
    assert "Marcus Brambleworth (brambleworth) approved" in re.sub("<[^>]+>", "", log)
    reopen(desk, "Ice may be", "Ice is")
    assert not load_answer(path_of(desk)).approved
    again = visitor.get(link).text
    assert "What changed since your reply" in again
    assert "<del>may be</del>" in again


def test_what_changed_shows_no_marks_of_bold_words_that_stayed(desk: Running) -> None:
    reopen(desk, "Honestly, use", "**Marcus Brambleworth:** Use")
    link = sent(desk, desk.at_the_machine())
    visitor = desk.browser()
    decided(link, visitor, "change", note="Shorter, please.")
    reopen(desk, "Ice may be", "**Ice** is")
    page = visitor.get(link).text
    changed = page[page.index("What changed since your reply") :].split("</section>")[0]
    assert "Marcus Brambleworth: Use" in changed
    assert "<ins>**Ice** is</ins>" in changed


def test_what_changed_while_it_was_read_is_not_signed(desk: Running) -> None:
    reopen(desk)
    link = sent(desk, desk.at_the_machine())
    visitor = desk.browser()
    visitor.get(link)
    stale = load_answer(path_of(desk)).digest()
    reopen(desk, "Ice may be", "Ice is")
    done = visitor.post(link, {"do": "approve", "digest": stale}, csrf="")
    assert done.status == 422
    assert "was changed while you read it" in done.text
    assert not load_answer(path_of(desk)).approved


def test_nobody_signs_under_other_credentials_than_the_page_showed(
    desk: Running,
) -> None:
    reopen(desk)
    link = sent(desk, desk.at_the_machine())
    visitor = desk.browser()
    shown = page_of(visitor.get(link).text)
    facts = desk.folder.show
    facts.write_text(facts.read_text().replace('"MD, orthopedic', '"DO, orthopedic'))
    done = visitor.post(link, {"do": "approve", **shown}, csrf="")
    assert done.status == 422
    assert "a name in it, was changed while you read it" in done.text
    assert not load_answer(path_of(desk)).approved
    assert decided(link, visitor, "approve").status == 303


def test_two_changes_that_read_alike_need_two_ticks(desk: Running) -> None:
    said = "Ice may be comforting in the first day or two after a strain."
    twice = "Rest it for 5 days now. Rest it for 5 days now."
    transcript = desk.folder.episode(SLUG).transcript
    transcript.write_text(transcript.read_text().replace(said, twice))
    reopen(desk, said, twice.replace("5", "6"))
    link = sent(desk, desk.at_the_machine())
    visitor = desk.browser()
    ticks = re.findall(r'name="tick"[^>]*value="([^"]*)"', visitor.get(link).text)
    assert len(ticks) == 2
    tick = html.unescape(ticks[0])
    refused = decided(link, visitor, "approve", tick=tick)
    assert "1 change of meaning without a tick" in refused.text
    assert len(re.findall(r'name="tick"[^>]* checked', refused.text)) == 1
    assert not load_answer(path_of(desk)).approved


def test_each_change_of_meaning_needs_a_tick(desk: Running) -> None:
    reopen(desk, "15 or 20 minutes", "50 minutes")
    link = sent(desk, desk.at_the_machine())
    visitor = desk.browser()
    refused = decided(link, visitor, "approve")
    assert "1 change of meaning without a tick" in refused.text
    assert str(desk.folder.root) not in refused.text
    tick = refused.text.split('name="tick"')[1].split('value="')[1].split('"')[0]
    wrong = decided(link, visitor, "approve", tick="something else")
    assert wrong.status == 422
    done = decided(link, visitor, "approve", tick=tick.replace("&gt;", ">"))
    assert done.status == 303
    assert load_answer(path_of(desk)).accepted == (tick.replace("&gt;", ">"),)


def test_a_change_is_asked_for_with_a_note(desk: Running) -> None:
    reopen(desk)
    editor = desk.at_the_machine()
    link = sent(desk, editor)
    visitor = desk.browser()
    assert (
        "your note is empty" in decided(link, visitor, "change", note=" ").text.lower()
    )
    note = "Say <b>hours</b>, not minutes."
    assert decided(link, visitor, "change", note=note).status == 303
    escaped = "Say &lt;b&gt;hours&lt;/b&gt;, not minutes."
    assert escaped in visitor.get(link).text
    assert escaped in editor.get(f"{HERE}?edit").text
    assert escaped in editor.get("/reviews").text
    assert not load_answer(path_of(desk)).approved
    reopen(desk, "minutes", "hours")
    assert "<ins>hours.</ins>" in visitor.get(link).text  # what changed since the note


def test_what_cannot_be_signed_is_not_sent(desk: Running) -> None:
    show = desk.folder.show
    text = show.read_text()
    assert "require_private = true" in text
    suggestions = desk.folder.episode(OTHER).suggestions
    (found,) = [s for s in load_suggestions(suggestions) if "toes" in s.question.text]
    names = desk.folder.episode(OTHER).transcript
    named = re.sub(r"\*\*S2\*\*", "**Irene Copperfold**", names.read_text())
    named = re.sub(r"\*\*S3\*\*", "**Marcus Brambleworth**", named)
    names.write_text(named.replace("Larkfield?", "Larkfield"))
    editor = desk.at_the_machine()
    assert found.answer
    cut = {
        "asked": [found.question.start - 12_000, found.question.end],  # who wrote it
        "answered": [found.answer.start, found.answer.end],
    }
    headers = {"origin": desk.address, "x-csrf-token": editor.csrf()}
    made = editor.send(
        "POST", f"/episodes/{OTHER}/cut", json.dumps(cut).encode(), headers
    )
    where = json.loads(made.body)["href"].partition("?")[0]
    told = editor.post(
        f"{where}/send", {"reviewer": "brambleworth", "cut_by": "larkfield"}
    )
    assert told.status == 422
    assert "open in its clips" in told.text
    assert "redact it, or say that it may stay" in told.text


def test_with_a_redacted_name_in_it_nothing_is_sent(desk: Running) -> None:
    """The link was made, and the doctor was told what only an editor can mend."""
    editor, private = desk.at_the_machine(), f"/episodes/{OTHER}/redactions"
    listed = editor.get(private).text
    place = {
        key: listed.split(f'name="{key}" value="')[1].split('"')[0]
        for key in ("start", "end")
    }
    assert editor.post(private, {"do": "redact", **place}).status == 303
    reopen(desk, new="Pinchbrook, use")
    told = editor.post(f"{HERE}/send", {"reviewer": "brambleworth"})
    assert told.status == 422
    assert f"{HEAT}.md:" in told.text
    assert "holds a private word" in told.text


def test_a_full_disk_signs_nothing_and_says_so_to_a_doctor(desk: Running) -> None:
    reopen(desk)
    link = sent(desk, desk.at_the_machine())
    visitor = desk.browser()
    given = page_of(visitor.get(link).text)
    for do, note in (("approve", ""), ("change", "Say how long.")):
        with no_space():
            told = visitor.post(link, {"do": do, "note": note, **given}, csrf="")
        assert told.status == 422
        assert "cannot write just now, and nothing was signed or sent" in told.text
        assert f"{note}</textarea>" in told.text
    (asked,) = Requests(desk.folder.state / "desk/requests.json").all()
    assert asked.outcome == "waiting"
    assert not load_answer(path_of(desk)).approved
    assert decided(link, visitor, "approve").status == 303


def test_a_signature_that_cannot_be_written_leaves_the_one_before_as_it_is(
    desk: Running,
) -> None:
    """A page is made from its copy where the show has on_change = "keep": it went."""
    reopen(desk)
    link, path = sent(desk, desk.at_the_machine()), path_of(desk)
    copy = desk.folder.episode(SLUG).approved(load_answer(path).id)
    before = copy.read_bytes()
    path.rename(there := path.with_name(".there"))
    path.symlink_to(there)  # is read, and never written over
    told = decided(link, desk.browser(), "approve")
    assert "nothing was signed" in told.text
    assert copy.read_bytes() == before
    path.unlink()
    there.rename(path)
    assert decided(link, desk.browser(), "approve").status == 303
    assert load_answer(copy).review == load_answer(path).review
    assert [p.name for p in copy.parent.iterdir() if p.name.startswith(".")] == []


def test_what_was_signed_before_the_disk_was_full_is_not_denied(
    desk: Running,
) -> None:
    reopen(desk)
    link = sent(desk, desk.at_the_machine())
    requests = Requests(desk.folder.state / "desk/requests.json")
    for number in range(40):  # so that this file alone is too large
        requests.send_round(
            [(SLUG, f"{number:032x}")],
            reviewer="brambleworth",
            by="ann",
            by_person=None,
            due=today(),
            note="x" * 5000,
        )
    visitor = desk.browser()
    given = {"do": "approve", **page_of(visitor.get(link).text)}
    with no_space(150_000):
        told = visitor.post(link, given, csrf="")
    assert told.status == 422
    assert "what stands here is done" in told.text
    assert "nothing was signed" not in told.text
    assert load_answer(path_of(desk)).approved
    assert visitor.post(link, given, csrf="").status == 303
    assert "<strong>Signed.</strong>" in visitor.get(link).text


def test_nothing_is_signed_over_a_note(desk: Running) -> None:
    reopen(desk)
    link = sent(desk, desk.at_the_machine())
    visitor = desk.browser()
    refused = decided(link, visitor, "approve", note="15, not 50 minutes.")
    assert refused.status == 422
    assert "there is a note, and a signature sends none" in refused.text
    assert "15, not 50 minutes.</textarea>" in refused.text
    assert not load_answer(path_of(desk)).approved
    assert decided(link, visitor, "approve", note=" ").status == 303


def test_a_link_that_is_open_twice_decides_once(desk: Running) -> None:
    reopen(desk)
    link = sent(desk, desk.at_the_machine())
    visitor = desk.browser()
    early = page_of(visitor.get(link).text)
    change = {"do": "change", "note": "Say how long.", **early}
    assert visitor.post(link, change, csrf="").status == 303
    other = visitor.post(link, {"do": "approve", **early}, csrf="")
    assert other.status == 422
    assert "replied in another window since, and nothing more was done" in other.text
    assert "Say how long." in other.text
    assert not load_answer(path_of(desk)).approved
    again = visitor.post(link, {**change, "note": "Another note."}, csrf="")
    assert "Another note.</textarea>" in again.text
    (asked,) = Requests(desk.folder.state / "desk/requests.json").all()
    assert (asked.outcome, asked.reply) == ("change", "Say how long.")
    log = desk.folder.state / "desk/log.jsonl"
    before = log.read_bytes()
    assert visitor.post(link, change, csrf="").status == 303  # pressed twice
    assert log.read_bytes() == before
    assert decided(link, visitor, "approve").status == 303
    assert load_answer(path_of(desk)).approved


def test_a_signature_is_taken_back_by_whoever_gave_it(desk: Running) -> None:
    reopen(desk)
    editor = desk.at_the_machine()
    link, other = sent(desk, editor), sent(desk, editor, reviewer="copperfold")
    visitor = desk.browser()
    decided(link, visitor, "approve")
    decided(other, visitor, "change", note="Not as I would say it.")
    assert load_answer(path_of(desk)).approved  # it is not hers to take back
    assert "Take my signature back" in visitor.get(link).text
    for _ in range(2):  # a double click
        decided(link, visitor, "change", note="I was wrong.")
    answer = load_answer(path_of(desk))
    assert (answer.status, answer.review, answer.accepted) == ("draft", None, ())
    assert "You took the signature back" in visitor.get(link).text
    assert "took the signature back and asked for a change" in editor.get("/log").text
    assert "took the signature back" in editor.get(HERE).text
    decided(link, visitor, "approve")
    assert load_answer(path_of(desk)).approved


def test_of_two_doctors_who_speak_in_it_either_keeps_it_from_the_site(
    desk: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other one had signed, or signs next, here or by command, and knows nothing of it."""
    path = path_of(desk).with_name("when-does-back-pain-need-an-mri.md")
    here = f"/episodes/{SLUG}/answers/{path.stem}"
    assert load_answer(path).speakers == ("brambleworth", "copperfold")
    signer = load_answer(path).review
    assert signer is not None
    other = next(one for one in load_answer(path).speakers if one != signer.by)
    editor, visitor = desk.at_the_machine(), desk.browser()

    def link(reviewer: str) -> str:
        return sent(desk, editor, where=here, reviewer=reviewer)

    theirs, mine = link(other), link(signer.by)
    decided(theirs, visitor, "change", note="I never said that of children.")
    assert load_answer(path).status == "draft", "her words stand in it"
    assert "took the signature back: it leaves the site" in editor.get(here).text
    assert "to leave the site: build and deploy" in editor.get("/").text
    refused = decided(mine, visitor, "approve")
    assert refused.status == 422
    name = "Irene Copperfold" if other == "copperfold" else "Marcus Brambleworth"
    told = f"{name}, who speaks in it, asked for a change"
    assert told in refused.text
    signs = ["approve", SLUG, path.stem, "--show", str(desk.folder.root), "--by"]
    assert main([*signs, signer.by]) == 1
    assert f"not signed: {told}; the editor has that note" in capsys.readouterr().err
    assert load_answer(path).status == "draft"
    assert main([*signs, other]) == 0, "she thinks better of it, by command"
    assert decided(mine, visitor, "approve").status == 303
    decided(theirs, visitor, "change", note="After all, I never said that.")
    assert decided(mine, visitor, "approve").status == 422
    link(other)  # the editor asks again, and she has not read it yet
    assert decided(mine, visitor, "approve").status == 422
    decided(theirs, visitor, "approve")
    assert decided(mine, visitor, "approve").status == 303
    assert load_answer(path).approved


def at_once(*posts: Callable[[], Answered]) -> list[int]:
    """Send forms in the same moment; return their answers' statuses in order."""
    start = threading.Barrier(len(posts))

    def post(one: Callable[[], Answered]) -> int:
        start.wait()
        return one().status

    with ThreadPoolExecutor(len(posts)) as pool:
        return [*pool.map(post, posts)]


@pytest.mark.parametrize("same", [False, True])
def test_of_two_replies_in_one_moment_the_second_knows_the_first(
    desk: Running, same: bool
) -> None:
    """Two doctors, or one in two windows: it was signed, and a change was asked for."""
    path = path_of(desk).with_name("when-does-back-pain-need-an-mri.md")
    signer, objector = "brambleworth", "brambleworth" if same else "copperfold"
    editor = desk.at_the_machine()
    here = f"/episodes/{SLUG}/answers/{path.stem}"
    for number in range(8):
        other_text = re.sub(
            r'\??"\nspeakers', f'{number}?"\nspeakers', path.read_text()
        )
        path.write_text(other_text)
        link = sent(desk, editor, where=here, reviewer=signer)
        other = link if same else sent(desk, editor, where=here, reviewer=objector)
        signs, objects = desk.browser(), desk.browser()
        sign = {"do": "approve", **page_of(signs.get(link).text)}
        change = {"do": "change", "note": "No.", **page_of(objects.get(other).text)}
        signed, objected = at_once(
            partial(signs.post, link, sign, csrf=""),
            partial(objects.post, other, change, csrf=""),
        )
        assert (objected == 303) is not load_answer(path).approved
        assert 303 in (signed, objected)


def test_a_doctor_may_withdraw(desk: Running) -> None:
    reopen(desk)
    link = sent(desk, desk.at_the_machine())
    visitor = desk.browser()
    assert "tick that you mean it" in decided(link, visitor, "withdraw").text
    done = decided(link, visitor, "withdraw", meant="yes", note="A study was wrong.")
    assert done.status == 303
    assert "A study was wrong." in desk.at_the_machine().get(HERE).text
    assert load_answer(path_of(desk)).status == "withdrawn"
    assert "<strong>Withdrawn.</strong>" in visitor.get(link).text
    for where in ("/", "/reviews"):  # it was signed once: the site may have it
        shown = desk.at_the_machine().get(where).text
        assert "to leave the site: build and deploy" in shown


def test_who_cut_may_not_sign(desk: Running) -> None:
    reopen(desk, 'cut_by = "larkfield"', 'cut_by = "brambleworth"')
    reopen(desk)
    editor = desk.at_the_machine()
    assert '<option value="brambleworth">' not in editor.get(f"{HERE}?edit").text
    refused = editor.post(f"{HERE}/send", {"reviewer": "brambleworth"})
    assert refused.status == 422
    assert "cannot be reviewed by that person" in refused.text
    # cut_by changed after the link was made: the signature itself is refused
    link = sent(desk, editor, reviewer="copperfold")
    reopen(desk, 'cut_by = "brambleworth"', 'cut_by = "copperfold"')
    done = decided(link, desk.browser(), "approve")
    assert done.status == 422
    assert "cut this answer and may not approve it too" in done.text


def test_who_cut_is_said_before_it_is_sent(desk: Running) -> None:
    reopen(desk, 'cut_by = "larkfield"\n', "")
    reopen(desk)
    editor = desk.at_the_machine()
    shown = editor.get(f"{HERE}?edit").text
    field = shown.split('name="cut_by" required')[1].split("</select>")[0]
    assert "selected" not in field  # nobody is named by whoever chooses nothing
    refused = editor.post(f"{HERE}/send", {"reviewer": "brambleworth", "cut_by": ""})
    assert "say who cut it" in refused.text
    sent(desk, editor, cut_by="larkfield")
    assert load_answer(path_of(desk)).cut_by == "larkfield"


@pytest.mark.parametrize("reviewer", ["", "larkfield", "nobody"])
def test_only_reviewers_are_sent_anything(desk: Running, reviewer: str) -> None:
    reopen(desk)
    refused = desk.at_the_machine().post(f"{HERE}/send", {"reviewer": reviewer})
    assert refused.status == 422


def test_a_link_expires_and_can_be_taken_back(desk: Running) -> None:
    reopen(desk)
    editor = desk.at_the_machine()
    link = sent(desk, editor)
    requests = Requests(desk.folder.state / "desk" / "requests.json")
    (asked,) = requests.all()
    visitor = desk.browser()
    assert visitor.get(link).status == 200
    past = datetime.now(UTC) - timedelta(seconds=1)
    requests.change(asked.id, expires=past)
    gone = visitor.get(link)
    assert gone.status == 404
    assert (
        f"This link ended on {format_day(past.astimezone().date(), 'en-US')}."
        in gone.text
    )
    requests.change(asked.id, expires=past + timedelta(days=1))
    assert visitor.get(link).status == 200
    editor.post(f"{HERE}/take-back", {"request": asked.id})
    assert "This link was closed" in visitor.get(link).text
    assert visitor.get(f"{link}/sound/asked.mp3").status == 404
    assert visitor.post(link, {"do": "approve"}, csrf="").status == 404
    assert "took the link back" in editor.get("/log").text


def test_closing_a_link_keeps_the_reply(desk: Running) -> None:
    reopen(desk)
    editor = desk.at_the_machine()
    link = sent(desk, editor)
    decided(link, desk.browser(), "change", note="Shorter, please.")
    (asked,) = Requests(desk.folder.state / "desk/requests.json").all()
    editor.post(f"{HERE}/take-back", {"request": asked.id})
    assert desk.browser().get(link).status == 404
    shown = editor.get(f"{HERE}?edit").text
    assert "Shorter, please." in shown
    assert "asked for a change" in shown
    assert f"Close {asked.reviewer}" not in shown


def test_a_new_link_closes_the_old_one(desk: Running) -> None:
    reopen(desk)
    editor = desk.at_the_machine()
    old, new = sent(desk, editor), sent(desk, editor)
    assert desk.browser().get(old).status == 404
    assert desk.browser().get(new).status == 200


def test_a_form_sent_twice_is_one_link(desk: Running) -> None:
    reopen(desk)
    editor = desk.at_the_machine()
    form = editor.get(f"{HERE}?edit").text
    secret = form.split('name="secret" value="')[1].split('"')[0]
    first = sent(desk, editor, secret=secret)
    assert first == f"/r/{secret}"
    assert sent(desk, editor, secret=secret) == first  # the page was loaded again
    other = sent(desk, editor, secret=secret, reviewer="copperfold")
    assert secret not in other
    assert "Marcus" in desk.browser().get(first).text
    assert "Irene" in desk.browser().get(other).text
    assert sent(desk, editor, secret="guess") != "/r/guess"


def test_the_link_is_kept_nowhere(desk: Running) -> None:
    reopen(desk)
    secret = sent(desk, desk.at_the_machine()).rpartition("/")[2]
    for path in desk.folder.root.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("secret", ["x", "%00", "..%2F..%2Fetc", "é", "a" * 4000])
def test_a_guessed_link_opens_nothing(calm: Running, secret: str) -> None:
    from urllib.parse import quote

    path = quote(f"/r/{secret}", safe="/%")
    assert calm.browser().get(path).status == 404


def test_another_sites_form_signs_nothing(desk: Running) -> None:
    reopen(desk)
    link = sent(desk, desk.at_the_machine())
    digest = load_answer(path_of(desk)).digest()
    fields = {"do": "approve", "digest": digest}
    visitor = desk.browser()
    for headers in (
        {"origin": "https://evil.example"},
        {"sec_fetch_site": "cross-site"},
    ):
        assert visitor.post(link, fields, csrf="", **headers).status == 403
    assert not load_answer(path_of(desk)).approved


def signed_in(desk: Running, name: str) -> Client:
    client = desk.browser()
    fields = {"name": name, "password": PASSWORD}
    assert client.post("/login", fields, csrf="").status == 303
    return client


def test_a_reviewer_with_an_account_signs_in(show: ShowFolder) -> None:
    with running(show, local=False) as desk:
        for name, role, person in (
            ("ann", "editor", "larkfield"),
            ("marcus", "reviewer", "brambleworth"),
            ("irene", "reviewer", "copperfold"),
        ):
            user = User(id=name, name=name, role=role, person=person)  # type: ignore[arg-type]
            desk.doors.users.add(user, PASSWORD)
        reopen(desk)
        ann, marcus, irene = (signed_in(desk, n) for n in ("ann", "marcus", "irene"))
        link = sent(desk, ann)
        assert (
            desk.browser().get(link).headers["location"].startswith("/login?next=/r/")
        )
        assert ann.get(link).status == 403  # who sent it does not sign it on the way
        assert irene.get(link).status == 403
        assert marcus.get(link).status == 200
        listed = marcus.get("/reviews").text
        own = re.search(r'href="(/reviews/\w+)"', listed)
        assert own
        assert "/reviews/" not in irene.get("/reviews").text.split("<main")[1]
        assert irene.get(own.group(1)).status == 404
        assert ann.get(own.group(1)).status == 404
        shown = page_of(marcus.get(own.group(1)).text)
        done = marcus.post(own.group(1), {"do": "approve", **shown})
        assert done.status == 303
        assert load_answer(path_of(desk)).approved
        for path in (HERE, "/log", f"/episodes/{SLUG}/redactions"):
            assert marcus.get(path).status == 403
        path_of(desk).unlink()
        listed = marcus.get("/reviews").text
        assert "the answer is gone" in listed
        assert "/reviews/" not in listed.split("<main")[1]


def test_a_link_without_an_account_works_elsewhere(show: ShowFolder) -> None:
    with running(show, local=False) as desk:
        user = User(id="ann", name="Ann", role="editor", person="larkfield")
        desk.doors.users.add(user, PASSWORD)
        reopen(desk)
        ann = signed_in(desk, "ann")
        link = sent(desk, ann)
        assert ann.get(link).status == 403
        assert desk.browser().get(link).status == 200
        assert ann.post(f"{HERE}/withdraw", {"meant": "yes"}).status == 403


def test_what_is_overdue_is_listed_first(desk: Running) -> None:
    reopen(desk)
    editor = desk.at_the_machine()
    sent(desk, editor, due="nonsense", days="0")
    requests = Requests(desk.folder.state / "desk" / "requests.json")
    (asked,) = requests.all()
    assert asked.due == today() + timedelta(days=14)
    # "until" a day means all of it, where the desk stands
    last = asked.expires.astimezone()
    assert (last.date(), last.hour) == (today() + timedelta(days=1), 23)
    assert "Overdue" not in editor.get("/reviews").text
    requests.change(asked.id, due=today() - timedelta(days=1))
    assert "Overdue" in editor.get("/reviews").text
    assert "1 overdue" in editor.get("/").text
    assert "1 waiting for review" in editor.get("/").text


def test_what_is_due_again_is_listed_and_signed_again(desk: Running) -> None:
    path = path_of(desk)
    text = path.read_text()
    path.write_text(re.sub(r"on = \d{4}-\d\d-\d\d", "on = 2020-01-02", text))
    signed = desk.folder.episode(SLUG).approved(load_answer(path).id)
    signed.write_text(path.read_text())
    editor = desk.at_the_machine()
    listed = editor.get("/reviews").text
    assert "To be reviewed again" in listed
    assert "due January 1, 2022" in listed
    assert "1 overdue" in editor.get("/").text
    link = sent(desk, editor)
    assert decided(link, desk.browser(), "approve").status == 303
    review = load_answer(path).review
    assert review is not None
    assert review.on == today()
    assert "To be reviewed again" not in editor.get("/reviews").text


def test_a_change_that_was_asked_for_is_on_the_shelf(desk: Running) -> None:
    reopen(desk)
    editor = desk.at_the_machine()
    decided(sent(desk, editor), desk.browser(), "change", note="Shorter.")
    shelf = editor.get("/?show=wanted").text
    assert "1 change asked for" in shelf
    assert "waiting for review" not in shelf.split("<main")[1].split('id="rows"')[1]


def test_a_renamed_answer_keeps_its_link(desk: Running) -> None:
    reopen(desk)
    link = sent(desk, desk.at_the_machine())
    path = path_of(desk)
    path.rename(path.with_name("heat-and-ice.md"))
    assert desk.browser().get(link).status == 200
    path.with_name("heat-and-ice.md").unlink()
    assert desk.browser().get(link).status == 404


def test_a_damaged_list_of_requests_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "requests.json"
    for text in ("", "[]", '{"requests": [{}]}', '{"requests": [1]}'):
        path.write_text(text)
        with pytest.raises(ContentError, match="send the answers anew"):
            Requests(path).all()


def test_a_request_that_is_changed_keeps_the_rest(tmp_path: Path) -> None:
    requests = Requests(tmp_path / "requests.json")
    (asked,), _ = requests.send_round(
        [(OTHER, "x")],
        reviewer="r",
        by="b",
        by_person=None,
        due=today(),
        note="ü\n",
    )
    requests.change(asked.id, reply="no")
    assert Requests(requests.path).all() == (replace(asked, reply="no"),)


def test_what_was_withdrawn_is_not_reviewed_any_more(desk: Running) -> None:
    reopen(desk)
    client = desk.at_the_machine()
    link = sent(desk, client)
    visitor = desk.browser()
    digest = visitor.get(link).text.split('name="digest" value="')[1].split('"')[0]
    given = {"digest": digest, "meant": "yes", "note": "Say how long."}
    assert visitor.post(link, given | {"do": "withdraw"}, csrf="").status == 303
    for do in ("change", "approve", "withdraw"):  # another window of theirs
        answered = visitor.post(link, given | {"do": do}, csrf="")
        assert (answered.status, "Was withdrawn" in answered.text) == (422, True)
    (asked,) = Requests(desk.folder.state / "desk/requests.json").all()
    assert asked.outcome == "withdrawn"
    assert client.post(f"{HERE}/send", {"reviewer": "brambleworth"}).status == 422


def test_nobody_waits_for_a_reply_about_a_file_that_was_deleted(desk: Running) -> None:
    """It was listed as waiting for ever; one that cannot be read may be mended."""
    reopen(desk)
    client, path = desk.at_the_machine(), path_of(desk)
    sent(desk, client)
    text = path.read_text()

    def listed() -> bool:
        return "Waiting" in client.get("/reviews").text.split("<main")[1]

    assert listed()
    path.unlink()
    assert not listed()
    path.write_text("<<<<<<< HEAD\n")
    assert listed()
    assert "its file cannot be read" in client.get("/reviews").text
    path.write_text(text)
    assert listed()


def test_a_change_asked_for_after_signing_is_seen(desk: Running) -> None:
    reopen(desk)
    client, visitor = desk.at_the_machine(), desk.browser()
    link = sent(desk, client)
    assert decided(link, visitor, "approve").status == 303
    assert decided(link, visitor, "change", note="The dose is wrong.").status == 303
    assert "1 change asked for" in client.get("/").text
    assert "The dose is wrong." in client.get(HERE).text
    text = path_of(desk).read_text()
    path_of(desk).write_text(text.replace("Use heat", "Take heat"))
    assert "1 change asked for" in client.get("/").text
    assert decided(sent(desk, client), visitor, "approve").status == 303
    assert "1 change asked for" not in client.get("/").text
