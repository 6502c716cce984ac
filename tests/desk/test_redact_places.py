"""A name that is said many times is redacted in one act, each place seen before."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from pullquote.cli import main
from pullquote.desk.state.memory import forget
from pullquote.formats.clock import format_clock
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.redactions_toml import load_kept, load_redactions
from pullquote.formats.words_json import load_words
from pullquote.pipeline.private.redacting import finish_redactions
from tests.desk.looking import NARROW_AND_WIDE, check_look, come_in, visiting
from tests.desk.running import OTHER, Answered, Client, Running, running
from tests.desk.test_redactions import HERE, NAME, first, held, texts_of, undone


def say_again(paths: EpisodeFolder, *sentences: str) -> None:
    """Have a doctor say more in the transcript, after "Not always."."""
    said = paths.transcript.read_text()
    again = said.replace("\nNot always.", "\nNot always.\n" + "\n".join(sentences))
    assert again != said
    paths.transcript.write_text(again)


AGAIN = f"So, Walter {NAME}, wait.", f"And you, Walter {NAME}, rest.", f"Dear {NAME}."
"""Said by a doctor, after a viewer was named."""


def asked_everywhere(client: Client) -> dict[str, str]:
    """What the page says of all places of the first detail."""
    made = client.post(HERE, {"do": "redact", **first(client)})
    where = made.headers["location"]
    assert where.startswith(f"{HERE}/places?do=redact&start=")
    (seen,) = re.findall(r'name="seen" value="([^"]*)"', client.get(where).text)
    return {"do": "redact", **first(client), "seen": seen}


def redact_everywhere(
    client: Client, *unticked: int, choice: str = "redact"
) -> Answered:
    """Redact all places of the first detail but those of these numbers, by time."""
    fields = asked_everywhere(client)
    places = [p for n, p in enumerate(fields["seen"].split()) if n not in unticked]
    ticked = [("place", place) for place in places]
    return client.post(HERE, [*fields.items(), ("choice", choice), *ticked])


def test_where_a_name_is_said_again_all_places_are_shown_and_go_in_one_act(
    desk: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    say_again(paths, *AGAIN)
    before = held(desk.folder)
    text = client.get(HERE).text
    assert "Redact it everywhere it is said (4 places)" in text
    assert text.count("and 3 more places") == 1
    where = client.post(HERE, {"do": "redact", **first(client)}).headers["location"]
    shown = client.get(where).text
    assert shown.count('name="place"') == 4
    assert f"<mark>Walter {NAME},</mark> rest.</label>" in shown
    assert held(desk.folder) == before, "nothing is done before it is confirmed"
    written: list[str] = []
    replaces = os.replace

    def noted(source: str | Path, target: str | Path) -> None:
        written.append(Path(target).name)
        replaces(source, target)

    monkeypatch.setattr(os, "replace", noted)
    made = redact_everywhere(client)
    once = ("redactions.toml", "transcript.md", "words.json")
    assert [written.count(name) for name in once] == [1, 1, 1]
    assert len(load_redactions(paths.redactions)) == 4
    assert NAME not in texts_of(desk)
    told = client.get(made.headers["location"]).text
    assert "Redacted in 4 places" in told
    assert "Undo all 4" in told
    assert client.get("/log").text.count(", 4 places") == 1
    undone(client, made)
    after = held(desk.folder)
    assert {n for n in before if after[n] != before[n]} == set()
    assert load_redactions(paths.redactions) == ()


def test_a_place_may_stay_and_another_comes_back_alone(
    desk: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    say_again(paths, *AGAIN)
    spoken = paths.transcript.read_text()
    made = redact_everywhere(client, 3)
    assert f"Dear {NAME}." in paths.transcript.read_text()
    assert paths.transcript.read_text().count(NAME) == 1
    assert len(load_redactions(paths.redactions)) == 3
    assert len(load_kept(paths.redactions)) == 1
    told = client.get(made.headers["location"]).text
    assert "Redacted in 3 places" in told
    assert "1 may stay" in told
    main(["check", "--show", str(desk.folder.root)])
    assert NAME not in capsys.readouterr().err
    (undo,) = parse_qs(urlsplit(made.headers["location"]).query)["undo"]
    places = re.findall(r'name="place" value="([^"]*)"', client.get(HERE).text)
    assert len(places) == 3
    bad = client.post(HERE, {"do": "undo", "undo": undo, "place": "1-2"})
    assert bad.status == 400
    done = client.post(HERE, {"do": "undo", "undo": undo, "place": places[1]})
    assert f"So, Walter {NAME}, wait." in paths.transcript.read_text()
    assert paths.transcript.read_text().count(NAME) == 2
    assert len(load_redactions(paths.redactions)) == 2
    assert len(load_kept(paths.redactions)) == 2
    assert "2 places stay redacted" in client.get(done.headers["location"]).text
    assert client.post(HERE, {"do": "undo", "undo": undo}).status == 404
    undone(client, done)
    assert paths.transcript.read_text() == spoken
    assert not paths.redactions.exists()


def test_an_act_is_taken_back_whole_though_another_came_after_it(
    desk: Running,
) -> None:
    """The first one's entry stayed where the second had changed the file."""
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    say_again(paths, *AGAIN)
    made = redact_everywhere(client, 1, 2, 3)
    (one, *_), (stays, *_) = (
        load_redactions(paths.redactions),
        load_kept(paths.redactions),
    )
    clip = {"start": str(stays.start), "end": str(stays.end)}
    assert client.post(HERE, {"do": "unkeep", **clip}).status == 303
    assert client.post(HERE, {"do": "redact", **clip}).status == 303
    assert one.clip in load_words(paths.words).masked
    undone(client, made)
    (left,) = load_redactions(paths.redactions)
    assert left.clip != one.clip
    assert (left.clip.start, left.clip.end) == (stays.start, stays.end)
    assert load_kept(paths.redactions) == ()
    assert one.clip not in load_words(paths.words).masked
    assert (
        f"So, a viewer, wait.\nAnd you, Walter {NAME}" in paths.transcript.read_text()
    )
    assert paths.redacted.is_file(), "what the second took out is searched for"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_acts_on_one_name_leave_nothing_behind_in_whatever_order_they_go(
    desk: Running, order: tuple[int, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """The last one's entries once came back with a replacement in what may stay."""
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    say_again(paths, *AGAIN)
    before = held(desk.folder)
    made = [redact_everywhere(client, 0)]
    (stays,) = load_kept(paths.redactions)
    clip = {"start": str(stays.start), "end": str(stays.end)}
    assert client.post(HERE, {"do": "unkeep", **clip}).status == 303
    made.append(client.post(HERE, {"do": "redact", **clip}))
    made.append(client.post(HERE, {"do": "redact", **first(client)}))
    for number in order:
        assert undone(client, made[number]).headers["location"].endswith("said=undone")
    assert {n: t for n, t in held(desk.folder).items() if n in before} == before
    assert not paths.redactions.exists()
    assert not paths.redacted.exists(), "nothing is searched for"
    assert main(["check", "--show", str(desk.folder.root)]) == 0, capsys.readouterr()


def test_a_stretch_in_which_no_machine_heard_anything_is_taken_back_whole(
    desk: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another act had noted its place in words.json: check said that it was lost."""
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    silent = {"start": "4:15.450", "end": "4:15.730", "replacement": "something"}
    made = client.post(HERE, {"do": "add", **silent})
    client.post(HERE, {"do": "redact", **first(client)})
    assert len(load_words(paths.words).masked) == 2
    undone(client, made)
    assert len(load_words(paths.words).masked) == 1
    assert main(["check", "--show", str(desk.folder.root)]) == 0, capsys.readouterr()


def test_of_an_act_that_is_taken_back_nothing_is_searched_for(
    desk: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    """The words of another one, made after it, are; both stand in one file."""
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    made = client.post(HERE, {"do": "redact", **first(client)})
    place = client.get(HERE).text.split('name="start" value="')[2].split('"')[0]
    (town,) = (w for w in load_words(paths.words).words if w.start == int(place))
    end = client.get(HERE).text.split('name="end" value="')[2].split('"')[0]
    fields = {"do": "redact", "start": place, "end": end}
    assert client.post(HERE, fields).status == 303
    undone(client, made)
    assert NAME in paths.transcript.read_text()
    assert town.text not in paths.transcript.read_text()
    check = ["check", "--show", str(desk.folder.root)]
    main(check)
    assert "holds a private word" not in capsys.readouterr().err
    paths.notes.write_text(f"From {town.text} Junction.\n")
    main(check)
    assert "notes.md:1: holds a private word" in capsys.readouterr().err


def test_a_name_of_two_words_is_one_place(desk: Running) -> None:
    """A doctor's words are searched for each of them alone."""
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    text = paths.transcript.read_text()
    named = text.replace("**S3**", "**Marcus Brambleworth**").replace("?** [", "** [")
    paths.transcript.write_text(named)
    say_again(paths, f"Wait, Walter {NAME}.", f"{NAME} it is.")
    assert "everywhere it is said (3 places)" in client.get(HERE).text
    redact_everywhere(client)
    assert "Wait, a viewer.\nA viewer it is." in paths.transcript.read_text()


def test_all_places_may_stay_and_are_listed_again(desk: Running) -> None:
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    say_again(paths, *AGAIN)
    made = redact_everywhere(client, choice="stay")
    assert len(load_kept(paths.redactions)) == 4
    assert "It may stay in all 4 places" in client.get(made.headers["location"]).text
    undone(client, made)
    assert not paths.redactions.exists()


def test_what_was_not_shown_is_not_redacted(desk: Running) -> None:
    """Somebody says the name once more, or takes it out, while one looks."""
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    say_again(paths, *AGAIN)
    fields = asked_everywhere(client)
    with paths.transcript.open("a") as file:
        file.write(f"I said, Walter {NAME}.\n")
    places = fields["seen"].split()
    ticked = [("place", place) for place in places[:2]]
    again = client.post(HERE, [*fields.items(), ("choice", "redact"), *ticked])
    assert not paths.redactions.exists()
    text = client.get(again.headers["location"]).text
    assert "meanwhile somebody changed where it is said" in text
    assert text.count('name="place"') == 5
    assert text.count(" checked>") == 3, "what was unticked stays unticked"
    fields = asked_everywhere(client)
    none = client.post(HERE, [*fields.items(), ("choice", "redact")])
    assert "no place was ticked" in client.get(none.headers["location"]).text
    entered = client.post(HERE, [*fields.items(), *ticked])  # Enter, without a script
    assert entered.headers["location"].startswith(f"{HERE}/places?")
    assert not paths.redactions.exists()
    assert client.get(f"{HERE}/places?start=1&end=2").status == 404
    led = client.get(f"{HERE}/places?{urlencode({**fields, 'next': 'javascript:x'})}")
    assert "javascript:" not in led.text
    assert (
        client.get(f"{HERE}/places?{urlencode({**fields, 'off': 'x'})}").status == 400
    )


def test_a_stretch_by_hand_shows_where_its_name_is_said_too(desk: Running) -> None:
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    say_again(paths, *AGAIN)
    start = int(first(client)["start"])
    times = {"start": format_clock(start - 5000), "end": format_clock(start + 3000)}
    given = {"do": "add", **times, "replacement": "someone", "reason": "all of it"}
    where = client.post(HERE, given).headers["location"]
    (seen,) = re.findall(r'name="seen" value="([^"]*)"', client.get(where).text)
    ticked = [("place", place) for place in seen.split()]
    client.post(HERE, [*given.items(), ("seen", seen), ("choice", "redact"), *ticked])
    assert NAME not in texts_of(desk)
    redactions = load_redactions(paths.redactions)
    assert {(one.replacement, one.reason) for one in redactions} == {
        ("someone", "all of it")
    }


_KILLED = """
import os, sys
from pathlib import Path
from pullquote.desk.state.memory import forget
from pullquote.formats.folder import ShowFolder
from pullquote.model.answer import Clip, Redaction
from pullquote.pipeline.private.redacting import redact_episode
left, replaces = [int(sys.argv[2])], os.replace
def killed(source, target):
    left[0] -= 1
    if left[0] < 0:
        os._exit(9)
    replaces(source, target)
os.replace = killed
folder = ShowFolder(Path(sys.argv[1]))
clips = [[*map(int, one.split("-"))] for one in sys.argv[5:]]
redact_episode(
    folder,
    folder.episode(sys.argv[4]),
    [Redaction(clip=Clip(start=a, end=b), replacement=sys.argv[3]) for a, b in clips],
    forget,
)
"""


@pytest.mark.parametrize("instead", ["a viewer", ""])
def test_a_killed_redaction_is_finished_wherever_it_was_killed(
    show: ShowFolder, tmp_path: Path, instead: str
) -> None:
    paths = show.episode(OTHER)
    say_again(paths, *AGAIN)
    paths.notes.write_text(f"Tonight Walter {NAME}.\n")
    with running(show) as desk:
        client = desk.at_the_machine()
        client.get(f"/episodes/{OTHER}/state")
        clips = asked_everywhere(client)["seen"].split()
    whole: dict[str, bytes] = {}
    for kill in (1000, *range(7)):
        copy = ShowFolder(tmp_path / f"killed-{kill}")
        shutil.copytree(show.root, copy.root)
        argv = [
            sys.executable,
            "-c",
            _KILLED,
            str(copy.root),
            str(kill),
            instead,
            OTHER,
        ]
        ended = subprocess.run([*argv, *clips], check=False).returncode
        assert ended == (0 if kill == 1000 else 9), "there is less to do"
        if kill == 0:  # not even noted
            assert NAME in copy.episode(OTHER).transcript.read_text()
            continue
        with running(copy):
            found = {n: b for n, b in held(copy).items() if "redacted/" not in n}
        assert not copy.episode(OTHER).begun.exists()
        assert [n for n, data in found.items() if NAME.encode() in data] == []
        whole = whole or found
        made = {n for n in whole if found[n] != whole[n] and ".jsonl" not in n}
        assert made == set(), "but for the log's own times"
        assert load_redactions(copy.episode(OTHER).redactions)


def test_taking_one_place_back_that_is_killed_leaves_the_act_whole(
    desk: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    say_again(paths, *AGAIN)
    made = redact_everywhere(client)
    redacted = texts_of(desk)
    (undo,) = parse_qs(urlsplit(made.headers["location"]).query)["undo"]
    place = re.findall(r'name="place" value="([^"]*)"', client.get(HERE).text)[1]
    replaces = os.replace

    def refused(source: str | Path, target: str | Path) -> None:
        if Path(target).name == "redactions.toml":
            raise OSError(28, "No space left on device")
        replaces(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refused)
        fields = {"do": "undo", "undo": undo, "place": place}
        assert client.post(HERE, fields).status >= 400
    assert NAME in paths.transcript.read_text()
    assert len(load_redactions(paths.redactions)) == 4, "no output has a name"
    finish_redactions(desk.folder, forget)
    assert texts_of(desk) == redacted


def test_a_name_is_redacted_everywhere_from_the_keyboard(
    browser: Browser, desk: Running
) -> None:
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    say_again(paths, *AGAIN)
    with visiting(browser, viewport={"width": 320, "height": 700}) as context:
        come_in(context, desk, client)
        page = context.new_page()
        page.goto(desk.address + HERE)
        check_look(page, "a name said four times", NARROW_AND_WIDE)
        page.keyboard.press("r")
        page.wait_for_url("**/places?*")
        expect(page.get_by_role("button", name="Redact 4 places")).to_be_visible()
        check_look(page, "all places of a name", NARROW_AND_WIDE)
        page.set_viewport_size({"width": 320, "height": 700})
        box = page.get_by_role("checkbox").last
        box.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Space")
        expect(page.get_by_role("button", name="Redact 3 places")).to_be_visible()
        assert not paths.redactions.exists(), "Enter at a tick redacts nothing"
        page.keyboard.press("r")
        page.wait_for_url("**said=redacted*")
        expect(page.locator("[data-told]")).to_be_focused()
        check_look(page, "a name redacted everywhere", NARROW_AND_WIDE)
        assert paths.transcript.read_text().count(NAME) == 1
        page.get_by_role("button", name="This one may stay").nth(1).press("Enter")
        page.wait_for_url("**said=stands*")
        assert paths.transcript.read_text().count(NAME) == 2
        page.keyboard.press("u")
        page.wait_for_url("**said=undone*")
    assert paths.transcript.read_text().count(NAME) == 4
