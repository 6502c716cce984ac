"""Private details go from everything with one press, and the log does not tell them."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from pullquote.cli import main
from pullquote.desk.context import Who
from pullquote.desk.state.answer_versions import Versions
from pullquote.desk.state.log import Log
from pullquote.desk.state.requests import Requests, today
from pullquote.desk.state.users import User
from pullquote.formats.answer_md import load_answer
from pullquote.formats.clock import format_clock
from pullquote.formats.corrections_json import (
    load_corrections,
    load_glossary,
    save_corrections,
)
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.redactions_toml import load_kept, load_redactions
from pullquote.model.transcript import Correction
from tests.desk.disk import no_space
from tests.desk.looking import NARROW_AND_WIDE, check_look, come_in, visiting
from tests.desk.running import OTHER, SLUG, Answered, Client, Running, running
from tests.desk.test_transcript import edit, get, post

HERE = f"/episodes/{OTHER}/redactions"
NAME = "Pinchbrook"


def first(client: Client) -> dict[str, str]:
    """The first detail's own form."""
    text = client.get(HERE).text
    return {
        key: text.split(f'name="{key}" value="')[1].split('"')[0]
        for key in ("start", "end")
    }


def texts_of(desk: Running) -> str:
    """Everything that is committed of the episode."""
    files = (
        p for p in desk.folder.root.glob(f"transcripts/{OTHER}/**/*") if p.is_file()
    )
    return "\n".join(path.read_text() for path in files)


def test_the_desk_calls_who_asks_as_an_english_show_does(desk: Running) -> None:
    """A council's editors read of residents; another language's word stays on its pages."""
    client = desk.at_the_machine()
    at = f"/episodes/{OTHER}"
    assert b'data-who-asks="viewer"' in client.get(at).body
    words = desk.folder.root / "templates" / "words"
    words.mkdir(parents=True)
    (words / "en.po").write_text('msgid "Viewer"\nmsgstr "Resident"\n')
    assert b"Found in what the resident asks" in client.get(HERE).body
    assert b'data-who-asks="resident"' in client.get(at).body
    show = desk.folder.show
    show.write_text(show.read_text().replace('language = "en-US"', 'language = "de"'))
    assert b'data-who-asks="viewer"' in client.get(at).body


def test_a_detail_is_redacted_everywhere(desk: Running) -> None:
    client = desk.at_the_machine()
    paths = desk.folder.episode(OTHER)
    assert NAME in paths.transcript.read_text()
    start = int(first(client)["start"])
    offers = [
        Correction(
            start=at,
            end=at + 200,
            offered=offered,
            kind="person",
            likeness=0.9,
            heard=False,
        )
        for at, offered in ((start, NAME), (start + 60_000, "sciatica"))
    ]
    save_corrections(paths.corrections, OTHER, offers, ["sciatica"])
    done = client.post(HERE, {"do": "redact", **first(client)})
    assert load_corrections(paths.corrections) == (offers[1],)
    assert load_glossary(paths.corrections) == ("sciatica",)
    assert done.headers["location"].startswith(f"{HERE}?said=redacted&undo=")
    (redaction,) = load_redactions(paths.redactions)
    assert redaction.replacement == "a viewer"
    assert NAME not in texts_of(desk)
    assert "from a viewer, who is 68" in paths.transcript.read_text()
    log = client.get("/log").text
    assert "redacted" in log
    assert NAME not in log
    assert f'private"><bdi>Walter {NAME}' not in client.get(HERE).text


def test_a_detail_stands_in_its_sentence(desk: Running) -> None:
    text = desk.at_the_machine().get(HERE).text
    assert f"is from <mark>Walter {NAME},</mark> who is 68 and lives" in text
    assert f"is from Walter {NAME}, who is <mark>68</mark> and lives" in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_the_sources_own_captions_lose_them_too(desk: Running, encoding: str) -> None:
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    start = int(first(client)["start"])
    near, far = format_clock(start - 4000), format_clock(start + 60_000)
    captions = paths.facts.with_name("captions.en.vtt")
    said = f"WEBVTT\n\n1\n{near} --> {format_clock(start)}\nfrom Walter\n{NAME}\n"
    rest = f"\n2\n{far} --> {far}\nthat stays: Gr\u00fc\u00dfe\n"
    captions.write_text(said + rest, encoding=encoding)
    (desk.folder.root / ".git").mkdir()
    made = client.post(HERE, {"do": "redact", **first(client)})
    hidden = said.replace(f"from Walter\n{NAME}", "[redacted]")
    assert captions.read_text() == hidden + rest
    assert "still in its history" in client.get(made.headers["location"]).text
    undone(client, made)
    assert captions.read_text() == said + rest


def test_the_desk_says_what_else_has_it(desk: Running) -> None:
    client, facts = desk.at_the_machine(), desk.folder.episode(OTHER).facts
    watch = 'watch = "https://videos.example/nerve"\n'
    chapter = '\n[[chapters]]\nstart = 00:00:05\ntitle = "Dora Vethwart: Numb Toes"\n'
    facts.write_text(watch + facts.read_text() + chapter)
    line = facts.read_text().split("\n").index('title = "Dora Vethwart: Numb Toes"') + 1
    page = client.get(HERE).text
    assert "Named beside the transcript" in page
    assert (
        f'<bdi>Dora Vethwart</bdi></u> <span class="soft" dir="auto">episode.toml, line {line}<'
        in page
    )
    made = client.post(HERE, {"do": "redact", **first(client)})
    told = client.get(made.headers["location"]).text
    assert (
        '<a href="https://videos.example/nerve" rel="noreferrer">What pages lead to'
        in told
    )


def test_captions_that_cannot_be_read_stop_it_before_anything_is_done(
    desk: Running,
) -> None:
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    captions = paths.facts.with_name("captions.en.vtt")
    captions.symlink_to("nowhere.vtt")
    before = texts_of(desk)
    detail = first(client)
    refused = client.post(HERE, {"do": "redact", **detail})
    assert "captions.en.vtt" in refused.text
    assert texts_of(desk) == before
    captions.unlink()
    client.post(HERE, {"do": "redact", **detail})
    assert NAME not in texts_of(desk)


def test_its_words_leave_the_log_of_the_transcript_too(desk: Running) -> None:
    client = desk.at_the_machine()
    assert client.get(f"/episodes/{OTHER}/state").status == 200
    log = desk.folder.root / f".pullquote/desk/transcripts/{OTHER}.jsonl"
    assert NAME in log.read_text()
    client.post(HERE, {"do": "redact", **first(client)})
    assert NAME not in log.read_text()
    state = client.get(f"/episodes/{OTHER}/state").text
    assert "from a viewer, who is 68" in state


@pytest.mark.parametrize("turns", [None, "its own"])
def test_an_older_version_comes_back_with_what_stands_for_them(
    desk: Running, turns: str | None
) -> None:
    """It came with blocks, which the log has in their place."""
    client, at = desk.at_the_machine(), f"/episodes/{OTHER}"
    path = desk.folder.episode(OTHER).transcript
    edit(client, "Two of his toes", "Three of his toes", at)
    client.post(HERE, {"do": "redact", **first(client)})
    state = get(client, at=at)
    turn = next(t["id"] for t in state["turns"] if "a viewer, who" in t["text"])
    asked = {"kind": "restore", "revision": 0} | ({"turns": [turn]} if turns else {})
    sent = {"operation": asked, "revision": state["revision"]}
    assert post(client, "/operations", sent, at).status == 200
    desk.app.state.rooms.flush(OTHER)
    text = path.read_text()
    assert "Our next letter is from a viewer, who is 68 and lives" in text
    assert "\nTwo of his toes have gone numb" in text
    assert "\N{FULL BLOCK}" not in text


def test_its_words_leave_the_answers_too(desk: Running) -> None:
    client = desk.at_the_machine()
    path = desk.folder.episode(SLUG).answer("heat-or-ice")
    text = path.read_text().replace(
        'question = "Is heat', 'question = "Walter Pinchbrook asks: is heat'
    )
    target = desk.folder.episode(OTHER).answer("heat-for-walter")
    target.parent.mkdir()
    text = text.replace('exact = "Is heat', 'exact = "Walter Pinchbrook. Is heat')
    target.write_text(f"{text}\nWell, WALTER\nPinchbrook, use heat.\n")
    versions = Versions(desk.folder.state / "desk/answers")
    before = load_answer(target)
    ann = Who(id="ann", name="Ann", role="editor")
    versions.keep(before.id, target.read_text(), "something else", ann)
    requests = Requests(desk.folder.state / "desk/requests.json")
    (made,), _ = requests.send_round(
        [(OTHER, before.id)],
        reviewer="brambleworth",
        by="ann",
        by_person=None,
        due=today(),
        note="Is Walter Pinchbrook right?",
    )
    requests.change(made.id, reply="Walter Pinchbrook is.", seen_body=before.body)
    log = Log(desk.folder.state / "desk/log.jsonl")
    doctor = Who(id="link", name="Dr. B", role="reviewer")
    log.write(doctor, "asked for a change", episode=OTHER, note="Walter Pinchbrook is.")
    signed = desk.folder.episode(OTHER).approved(before.id)
    signed.parent.mkdir()
    signed.write_text(target.read_text())
    suggestions = desk.folder.episode(OTHER).suggestions
    asked = suggestions.read_text().replace('"start": 165530', '"start": 158000', 1)
    suggestions.write_text(
        asked.replace('"Two of his', '"From Walter Pinchbrook. Two', 1)
    )
    client.post(HERE, {"do": "redact", **first(client)})
    assert NAME not in texts_of(desk)
    answer = load_answer(target)
    (kept,) = versions.all(before.id)
    assert "a viewer asks: is heat" in kept.text
    assert NAME not in kept.text
    assert answer.question.startswith("a viewer asks: is heat")
    assert answer.body.endswith("Well, a viewer, use heat.")
    assert NAME not in target.read_text()
    assert "Is a viewer right?" in requests.path.read_text()
    assert NAME not in requests.path.read_text()
    assert "a viewer is." in [deed.note for deed in log.newest()]
    assert NAME not in log.path.read_text()


def test_a_detail_may_stay(desk: Running) -> None:
    client = desk.at_the_machine()
    asked = first(client)
    done = client.post(HERE, {"do": "keep", "next": "/x?edit", **asked})
    where = urlencode({"start": asked["start"], "end": asked["end"]})
    assert done.headers["location"] == f"/x?edit&said=kept&{where}"
    (kept,) = load_kept(desk.folder.episode(OTHER).redactions)
    assert str(kept.start) == asked["start"]
    left = client.get(HERE).text.split("Found in viewers")[1].split("<h2")[0]
    assert f"<bdi>Walter {NAME}" not in left
    assert "<bdi>68</bdi>" in left


def test_what_may_stay_by_a_slip_of_the_finger_is_listed_again(
    browser: Browser, desk: Running
) -> None:
    client = desk.at_the_machine()
    path = desk.folder.episode(OTHER).redactions
    with visiting(browser, viewport={"width": 320, "height": 700}) as context:
        come_in(context, desk, client)
        page = context.new_page()
        page.goto(desk.address + HERE)
        page.keyboard.press("k")
        page.wait_for_url("**said=kept*")
        expect(page.get_by_text("it is printed as it is said")).to_be_focused()
        check_look(page, "what may stay", NARROW_AND_WIDE)
        assert len(load_kept(path)) == 1
        page.keyboard.press("u")
        expect(page.get_by_text("Taken back: it is listed again.")).to_be_visible()
    assert not path.exists()
    given = first(client)
    assert NAME in client.get(HERE).text
    client.post(HERE, {"do": "keep", **given})
    text = client.get(HERE).text  # later, from the list
    assert "It may not<span" in text
    done = client.post(HERE, {"do": "unkeep", **given})
    assert done.headers["location"] == f"{HERE}?said=unkept"
    assert not path.exists()
    assert client.post(HERE, {"do": "unkeep", "start": "x"}).status == 400
    assert client.get("/log").text.count("took back that it may stay") == 2


def test_another_replacement_is_taken(desk: Running) -> None:
    client = desk.at_the_machine()
    fields = {"do": "redact", "replacement": "a  listener", **first(client)}
    client.post(HERE, fields)
    (redaction,) = load_redactions(desk.folder.episode(OTHER).redactions)
    assert redaction.replacement == "a listener"


def test_pressed_twice_it_is_done_once(desk: Running) -> None:
    client = desk.at_the_machine()
    fields = {"do": "redact", **first(client)}
    assert client.post(HERE, fields).status == 303
    assert client.post(HERE, fields).status == 404
    assert len(load_redactions(desk.folder.episode(OTHER).redactions)) == 1


def test_a_person_names_a_stretch(desk: Running) -> None:
    client = desk.at_the_machine()
    fields = {"do": "add", "start": "0:01", "end": "0:03.5", "replacement": "x"}
    assert client.post(HERE, fields).status == 303
    assert client.post(HERE, fields | {"end": "0:01"}).status == 422
    assert client.post(HERE, fields | {"end": "soon"}).status == 422
    pressed_twice = client.post(HERE, fields)
    assert pressed_twice.status == 404
    assert "0:01 - 0:03.5: is redacted already" in pressed_twice.text
    (redaction,) = load_redactions(desk.folder.episode(OTHER).redactions)
    assert (redaction.clip.start, redaction.clip.end) == (1000, 3500)


def undone(client: Client, made: Answered) -> Answered:
    """Take a redaction back, as its note's button does."""
    (undo,) = parse_qs(urlsplit(made.headers["location"]).query)["undo"]
    assert f'name="undo" value="{undo}"' in client.get(made.headers["location"]).text
    return client.post(HERE, {"do": "undo", "undo": undo})


def held(folder: ShowFolder) -> dict[str, bytes]:
    """Every file of the show but what makes itself anew."""
    left_out = ("index.db", "log.jsonl", "/sessions", ".lock", "/redactions.toml")
    files = (p for p in folder.root.rglob("*") if p.is_file())
    return {
        str(p.relative_to(folder.root)): p.read_bytes()
        for p in files
        if not any(one in str(p) for one in left_out)
    }


def test_what_a_full_disk_breaks_off_is_ended_by_the_next_press(
    desk: Running,
) -> None:
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    fields = {"do": "redact", **first(client)}
    with no_space(20_000):  # words.json alone is larger
        told = client.post(HERE, fields)
    assert told.status == 507
    assert "words.json: cannot be written" in told.text
    assert "the next redaction here, or the desk&#39;s next start, ends it" in told.text
    assert NAME not in paths.transcript.read_text()
    assert NAME in paths.words.read_text()
    client.post(HERE, fields)
    assert NAME not in paths.words.read_text()
    assert not paths.begun.exists()


def test_a_file_that_cannot_be_deleted_is_named(desk: Running) -> None:
    client, folder = desk.at_the_machine(), desk.folder.desk / "redacted"
    made = client.post(HERE, {"do": "redact", **first(client)})
    (path,) = folder.glob("*.json")
    text = path.read_text()
    path.unlink()
    path.mkdir()
    (path / "x").touch()
    told = client.get(HERE, accept="application/json")
    assert told.status == 507
    assert f"{path.name}: cannot be written (Is a directory)" in told.text
    assert str(folder) not in told.text
    (path / "x").unlink()
    path.rmdir()
    path.write_text(text)
    assert undone(client, made).status == 303


def test_what_was_redacted_comes_back_everywhere(desk: Running) -> None:
    client = desk.at_the_machine()
    assert client.get(f"/episodes/{OTHER}/state").status == 200
    edit(client, NAME, "Pinchbrook,", at=f"/episodes/{OTHER}")
    edit(client, f"{NAME},,", f"{NAME},", at=f"/episodes/{OTHER}")
    desk.app.state.rooms.flush(OTHER)
    notes = desk.folder.episode(OTHER).notes
    notes.write_text(f"Tonight Walter {NAME}, and more of {NAME}.\n")
    facts = desk.folder.episode(OTHER).facts
    asks = f'[[chapters]]\nstart = 00:02:36\ntitle = "{NAME} asks"\n'
    facts.write_text(f"{facts.read_text()}\n{asks}")
    before = held(desk.folder)
    made = client.post(HERE, {"do": "redact", **first(client)})
    log = desk.folder.state / f"desk/transcripts/{OTHER}.jsonl"
    assert NAME not in texts_of(desk)
    assert NAME not in log.read_text()
    assert NAME not in notes.read_text()
    assert facts.read_text().endswith('title = "a viewer asks"\n')
    done = undone(client, made)
    assert done.headers["location"] == f"{HERE}?said=undone"
    after = held(desk.folder)
    name = str(log.relative_to(desk.folder.root))
    assert set(after) == set(before)
    assert [n for n in before if after[n] != before[n] and n != name] == []
    for line in before[name].decode().splitlines():  # and what was done since
        assert line in after[name].decode()
    assert load_redactions(desk.folder.episode(OTHER).redactions) == ()
    assert "took a redaction back" in client.get("/log").text
    assert client.post(HERE, {"do": "undo", "undo": "x"}).status == 404
    again = client.post(HERE, {"do": "redact", **first(client)})
    assert again.status == 303
    assert NAME not in texts_of(desk)


def test_what_another_program_writes_while_it_comes_back_stays(
    desk: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, paths = desk.at_the_machine(), desk.folder.episode(OTHER)
    answer = paths.answer("heat-for-walter")
    answer.parent.mkdir()
    text = desk.folder.episode(SLUG).answer("heat-or-ice").read_text()
    answer.write_text(f"{text}\nDear Walter {NAME}.\n")
    paths.notes.write_text(f"Tonight Walter {NAME} asks.\n")
    made = client.post(HERE, {"do": "redact", **first(client)})
    theirs = {
        paths.transcript: "\n**Viewer** [00:59:00]\nA line of a colleague.\n",
        paths.notes: "\nA note of a colleague.\n",
        answer: "\nA sentence of a colleague.\n",
        paths.redactions: "\n[[redaction]]\nstart = 00:00:01\nend = 00:00:02\n"
        'replacement = "x"\n',
    }
    flush, waiting = os.fsync, {path.name: path for path in theirs}

    def slow(handle: int) -> None:
        flush(handle)
        part = Path(f"/proc/self/fd/{handle}").readlink().name
        for name in [name for name in waiting if part.startswith(f".{name}.")]:
            path = waiting.pop(name)
            path.write_text(path.read_text() + theirs[path])

    monkeypatch.setattr(os, "fsync", slow)
    done = undone(client, made)
    assert done.headers["location"] == f"{HERE}?said=undone"
    assert not waiting
    desk.app.state.rooms.flush(OTHER)
    for path, line in theirs.items():
        assert line.strip() in path.read_text(), path
        assert path == paths.redactions or NAME in path.read_text(), path
    (left,) = load_redactions(paths.redactions)
    assert left.clip.start == 1000


def test_it_comes_back_while_others_type_and_no_word_of_theirs_goes(
    desk: Running,
) -> None:
    client, ann = desk.at_the_machine(), desk.at_the_machine()
    at = f"/episodes/{OTHER}"
    typed: list[str] = []
    stop = threading.Event()

    def type_on() -> None:
        while not stop.is_set():
            turn = get(ann, at=at)["turns"][0]["text"]
            last = turn.split()[-1]
            word = "".join(chr(97 + int(n)) for n in str(len(typed))) + "ish"
            edit(ann, turn, turn.removesuffix(last) + f"{word} {last}", at=at)
            typed.append(word)

    other = threading.Thread(target=type_on)
    other.start()
    try:
        for _ in range(2):
            made = client.post(HERE, {"do": "redact", **first(client)})
            assert made.status == 303
            done = undone(client, made)
            assert done.headers["location"] == f"{HERE}?said=undone"
    finally:
        stop.set()
        other.join()
    desk.app.state.rooms.flush(OTHER)
    text = desk.folder.episode(OTHER).transcript.read_text()
    assert len(typed) > 3
    assert [word for word in typed if f"{word} " not in text] == []
    assert NAME in text


MEETING = """WEBVTT

00:00:01.000 --> 00:00:05.000
Simon Larkfield: Our first question is from Ida Pellmoor.

00:00:05.500 --> 00:00:14.000
Ida Pellmoor: My knee hurts when I climb stairs, what can I do about it?

00:00:15.000 --> 00:00:25.000
Dr. Irene Copperfold: Keep moving as far as the pain allows.

00:00:26.000 --> 00:00:29.000
Ida Pellmoor: Thank you, and may I use heat?
"""
"""A made-up meeting: its captions call whoever asked by their name."""


@pytest.fixture
def meeting(show: ShowFolder, tmp_path: Path) -> EpisodeFolder:
    """An episode whose transcript came from such captions."""
    slug, captions = "2026-05-20-knees", tmp_path / "meeting.vtt"
    captions.write_text(MEETING)
    at = ("--show", str(show.root))
    assert main(["import-transcript", slug, str(captions), *at]) == 0
    paths = show.episode(slug)
    (paths.facts.parent / "captions.en.vtt").write_text(MEETING)
    assert main(["suggest", slug, *at]) == 0
    return paths


def said_of(paths: EpisodeFolder) -> dict[str, str]:
    """All that is committed of an episode, by file."""
    tops = (paths.facts.parent, paths.transcript.parent)
    files = (p for top in tops for p in top.rglob("*") if p.is_file())
    return {path.name: path.read_text() for path in files}


def test_a_voice_that_captions_call_by_a_redacted_name_is_called_otherwise(
    show: ShowFolder, meeting: EpisodeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    at = f"/episodes/{meeting.slug}/redactions"
    suggested = meeting.suggestions.read_text()
    assert "Irene Copperfold" in suggested
    # as where a viewer is taken for who answers
    meeting.suggestions.write_text(
        suggested.replace("Irene Copperfold", "Ida Pellmoor")
    )
    with running(show) as desk:
        client = desk.at_the_machine()
        assert "Still the name of a voice" not in client.get(at).text
        fields = {"start": "0:01", "end": "0:05", "replacement": "a viewer"}
        made = client.post(at, {"do": "add", **fields})
        text = client.get(made.headers["location"]).text
        assert "<strong>a voice is still called so</strong>" in text
        assert '<input type="hidden" name="voice" value="Ida Pellmoor">' in text
        assert "2 turns" in text
        assert "Pellmoor" not in meeting.words.read_text()  # no voice has a name there
        voice = {"do": "call", "voice": "Ida Pellmoor"}
        for bad in ("Ida P.", "Ida Pellmoor", ""):
            assert client.post(at, {**voice, "name": bad}).status == 404
        done = client.post(at, {**voice, "name": "Viewer"})
        assert done.headers["location"] == f"{at}?said=called"
        assert "called otherwise now" in client.get(done.headers["location"]).text
        assert "Still the name of a voice" not in client.get(at).text
    assert [n for n, text in said_of(meeting).items() if "Pellmoor" in text] == []
    assert meeting.transcript.read_text().count("**Viewer** [") == 2
    assert "**Irene Copperfold?**" in meeting.transcript.read_text()
    main(["check", "--show", str(show.root)])
    assert meeting.slug not in capsys.readouterr().err


def test_only_who_redacted_it_takes_it_back_and_what_was_changed_since_stays(
    show: ShowFolder,
) -> None:
    with running(show, local=False) as desk:
        clients = []
        for name in ("ann", "bob"):
            desk.doors.users.add(User(id=name, name=name, role="editor"), "a long word")
            clients.append(desk.browser())
            token = desk.doors.sessions.begin(name)
            clients[-1].cookies[desk.doors.cookie_name] = token
        ann, bob = clients
        made = ann.post(HERE, {"do": "redact", **first(ann)})
        where = made.headers["location"]
        assert 'name="undo"' not in bob.get(where).text
        (undo,) = parse_qs(urlsplit(where).query)["undo"]
        assert bob.post(HERE, {"do": "undo", "undo": undo}).status == 403
        edit(bob, "from a viewer,", "from somebody", at=f"/episodes/{OTHER}")
        done = undone(ann, made)
        assert done.headers["location"] == f"{HERE}?said=undone&stays=1"
        assert "but in 1 place" in ann.get(done.headers["location"]).text
        assert "from somebody" in show.episode(OTHER).transcript.read_text()


def test_the_command_line_beside_an_open_desk_does_all_that_the_desk_does(
    desk: Running,
) -> None:
    client = desk.at_the_machine()
    at = f"/episodes/{OTHER}"
    edit(client, f"{NAME},", f"{NAME};", at=at)
    desk.app.state.rooms.flush(OTHER)
    log = desk.folder.state / f"desk/transcripts/{OTHER}.jsonl"
    assert NAME in log.read_text()
    root = str(desk.folder.root)
    assert main(["private", OTHER, "--redact", "1", "--show", root]) == 0
    assert NAME not in texts_of(desk)
    with desk.app.state.rooms.still(OTHER) as keeper:
        keeper.forget()  # as it does ten times a second
    assert NAME not in log.read_text()
    assert "from a viewer; who is 68" in client.get(f"{at}/state").text


def test_the_command_line_takes_them_out_where_no_desk_runs(show: ShowFolder) -> None:
    with running(show) as desk:
        client = desk.at_the_machine()
        assert client.get(f"/episodes/{OTHER}/state").status == 200
    log = show.state / f"desk/transcripts/{OTHER}.jsonl"
    assert NAME in log.read_text()
    assert main(["private", OTHER, "--redact", "1", "--show", str(show.root)]) == 0
    assert NAME not in log.read_text()
    assert not list(log.parent.glob("*.leaving"))


@pytest.mark.browser
def test_a_key_goes_on_behind_what_it_decided(browser: Browser, desk: Running) -> None:
    with visiting(browser, viewport={"width": 320, "height": 500}) as context:
        come_in(context, desk, desk.at_the_machine())
        page = context.new_page()
        page.goto(desk.address + HERE)
        page.get_by_role("button", name="It may stay 68").focus()
        page.keyboard.press("k")
        page.wait_for_url("**said=kept*")
        stays = page.get_by_role("button", name="It may stay Maple Junction, Ohio")
        expect(stays).to_be_in_viewport()
        expect(page.locator("[data-told]")).to_be_in_viewport()
        expect(stays.locator("kbd")).to_have_text("K")
        page.keyboard.press("k")
        expect(page.locator(".private-list li")).to_have_count(1)
        expect(page.locator(".private-list u")).to_have_text(f"Walter {NAME}")
        check_look(page, "behind what was decided", NARROW_AND_WIDE)


@pytest.mark.browser
def test_the_focus_goes_to_what_was_done(browser: Browser, desk: Running) -> None:
    client = desk.at_the_machine()
    with visiting(browser) as context:
        come_in(context, desk, client)
        page = context.new_page()
        page.goto(desk.address + HERE)
        page.get_by_role("button", name="Redact").first.press("Enter")
        told = page.locator("[data-told]")
        expect(told).to_be_focused()
        expect(told).to_contain_text("Redacted at")
        page.keyboard.press("Tab")  # the place
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Undo").first).to_be_focused()
