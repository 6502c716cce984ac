"""A transcript over HTTP: operations, what others are told, sound by ranges."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

from pullquote.desk.room.operations import Name
from pullquote.desk.room.room import Asked
from pullquote.desk.state.users import User
from pullquote.formats.folder import ShowFolder
from tests.desk.running import OTHER, SLUG, Answered, Client, Running, running

AT = f"/episodes/{SLUG}"


def post(client: Client, path: str, data: object, at: str = AT) -> Answered:
    headers = {
        "content_type": "application/json",
        "accept": "application/json",
        "origin": client.address,
        "x_csrf_token": client.csrf(),
    }
    return client.send("POST", at + path, json.dumps(data).encode(), headers)


def get(client: Client, path: str = "/state", at: str = AT) -> Any:
    return json.loads(client.get(at + path, accept="application/json").body)


def edit(client: Client, old: str, new: str, at: str = AT, **asked: object) -> Any:
    state = get(client, at=at)
    turn = next(t for t in state["turns"] if old in t["text"])
    operation = {
        "kind": "edit",
        "turn": turn["id"],
        "at": turn["text"].index(old),
        "deleted": old,
        "inserted": new,
    }
    sent = {"operation": operation, "revision": state["revision"], **asked}
    answered = post(client, "/operations", sent, at)
    assert answered.status == 200, answered.text
    return json.loads(answered.body)


@contextmanager
def live(client: Client, since: int = 0) -> Iterator[ClientConnection]:
    cookie = "; ".join(f"{k}={v}" for k, v in client.cookies.items())
    address = client.address.replace("http:", "ws:") + f"{AT}/live?since={since}"
    headers = {"Cookie": cookie, "Origin": client.address}
    with connect(address, additional_headers=headers, compression=None) as socket:
        yield socket


def heard(socket: ClientConnection, kind: str) -> Any:
    """Return the next message of a kind."""
    while True:
        said = json.loads(socket.recv(timeout=60))
        if said["type"] == kind:
            return said


def test_the_page_can_be_read_without_a_script(calm: Running) -> None:
    text = calm.at_the_machine().get(AT).text
    assert '<p class="turn" id="t2" dir="auto" tabindex="-1"' in text
    assert 'data-head="Irene Copperfold · 0:32"' in text
    assert "Good evening, everyone. I am very glad to be here.</p>" in text
    assert f'src="{AT}/sound" controls' in text


def test_an_operation_is_in_the_file_and_told_to_the_others(desk: Running) -> None:
    ann = desk.at_the_machine()
    with live(ann) as socket:
        first = heard(socket, "change")
        assert first["revision"] == 0
        assert first["order"][:2] == ["t1", "t2"]
        told = edit(ann, "very glad", "most glad", key="tab 1")
        assert told["done"] == 1
        said = heard(socket, "change")
        assert said["revision"] == told["revision"] == 1
        assert said["turns"] == told["turns"]
        assert len(said["turns"][0]["words"]) == 2 * len(
            said["turns"][0]["text"].split()
        )
        assert "order" not in said
        assert heard(socket, "saved") == {
            "type": "saved",
            "revision": 1,
            "problem": None,
        }
    assert "most glad" in desk.folder.episode(SLUG).transcript.read_text()


def test_who_comes_late_is_told_what_happened_since(desk: Running) -> None:
    ann = desk.at_the_machine()
    edit(ann, "very glad", "most glad")
    edit(ann, "Good evening", "Good day")
    with live(ann, since=1) as socket:
        said = heard(socket, "change")
        assert [t["text"][:8] for t in said["turns"]] == ["Good day"]


def test_everybody_sees_who_edits_what(desk: Running) -> None:
    ann, bob = desk.at_the_machine(), desk.at_the_machine()
    with live(ann) as here:
        heard(here, "here")
        with live(bob) as there:
            assert len(heard(here, "here")["pages"]) == 2
            there.send(json.dumps({"turn": "t3"}))
            pages = heard(here, "here")["pages"]
            assert [p["turn"] for p in pages] == [None, "t3"]
            there.send("nonsense")
            there.send(json.dumps({"turn": 5}))
        assert len(heard(here, "here")["pages"]) in (1, 2)


def test_undo_redo_and_what_cannot_be_undone(desk: Running) -> None:
    ann = desk.at_the_machine()
    edit(ann, "very glad", "most glad")
    undone = json.loads(post(ann, "/undo", {"kind": "undo"}).body)
    assert (undone["done"], undone["turns"][0]["text"][:40]) == (
        1,
        "Good evening, everyone. I am very glad t",
    )
    again = json.loads(post(ann, "/undo", {"kind": "redo"}).body)
    assert "most glad" in again["turns"][0]["text"]
    nothing = json.loads(post(ann, "/undo", {"kind": "redo"}).body)
    assert (nothing["done"], nothing["turns"]) == (0, [])


def test_the_same_words_changed_twice_wait_for_a_choice(desk: Running) -> None:
    ann = desk.at_the_machine()
    state = get(ann)
    edit(ann, "very glad", "most glad")
    turn = next(t for t in state["turns"] if "very glad" in t["text"])
    operation = {
        "kind": "edit",
        "turn": turn["id"],
        "at": turn["text"].index("very glad"),
        "deleted": "very",
        "inserted": "quite",
    }
    body = post(ann, "/operations", {"operation": operation, "revision": 0}).body
    (clash,) = json.loads(body)["clashes"]
    assert ["out", "most"] in clash["pieces"]
    assert ["in", "quite"] in clash["pieces"]
    chosen = json.loads(post(ann, "/clashes", {"id": clash["id"], "theirs": True}).body)
    assert chosen["clashes"] == []
    assert "quite glad" in chosen["turns"][0]["text"]
    assert post(ann, "/clashes", {"id": clash["id"], "theirs": True}).status == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ([], 400),
        ({"operation": {"kind": "edit"}, "revision": 0}, 400),
        ({"operation": {"kind": "format-disk", "turn": "t1"}, "revision": 0}, 400),
        ({"operation": None, "revision": 0}, 400),
        ({"operation": {"kind": "join", "turn": "t2"}}, 400),
        ({"operation": {"kind": "join", "turn": "t2", "x": 1}, "revision": 0}, 400),
        ({"operation": {"kind": "join", "turn": "t1"}, "revision": 0}, 404),
        ({"operation": {"kind": "join", "turn": "../x"}, "revision": 0}, 404),
        ({"operation": {"kind": "join", "turn": "t2"}, "revision": 99}, 404),
    ],
)
def test_what_is_no_operation_changes_nothing(
    calm: Running, sent: object, status: int
) -> None:
    ann = calm.at_the_machine()
    answered = post(ann, "/operations", sent)
    assert answered.status == status
    assert json.loads(answered.body)["problems"]
    assert get(ann)["revision"] == 0


def test_the_sound_comes_by_ranges(calm: Running) -> None:
    ann = calm.at_the_machine()
    whole = calm.folder.episode(SLUG).recording("recording.opus").read_bytes()
    part = ann.get(f"{AT}/sound", range="bytes=1000-1999")
    assert part.status == 206
    assert part.body == whole[1000:2000]
    assert part.headers["content-range"] == f"bytes 1000-1999/{len(whole)}"
    assert part.headers["content-type"] == "audio/ogg"
    assert ann.get(f"{AT}/sound", range="bytes=99999999-").status == 416


def test_without_the_recording_the_enclosure_is_heard_then_a_note_says_why(
    desk: Running,
) -> None:
    ann = desk.at_the_machine()
    paths = desk.folder.episode(SLUG)
    recording = paths.recording("recording.opus")
    pulled = paths.peaks.read_bytes()
    paths.peaks.unlink()  # as in a clone: it is made when it is asked for
    assert ann.get(f"{AT}/peaks").body == pulled
    recording.write_bytes(b"another file")
    assert ann.get(f"{AT}/sound").headers["content-type"] == "audio/mpeg"
    paths.enclosure.write_bytes(paths.enclosure.read_bytes()[:200_000])
    assert ann.get(f"{AT}/sound", accept="application/json").status == 404, (
        "other words"
    )
    paths.enclosure.unlink()
    assert "is not the recording that was pulled" in ann.get(AT).text
    recording.unlink()
    page = ann.get(AT).text
    assert "The recording is not on this machine" in page
    assert "<audio" not in page
    assert ann.get(f"{AT}/sound", accept="application/json").status == 404
    assert ann.get(f"{AT}/peaks", accept="application/json").status == 404


def test_a_recording_that_is_still_coming_is_said_to_be(desk: Running) -> None:
    from pullquote.formats.episode_toml import load_episode

    paths = desk.folder.episode(SLUG)
    recording = load_episode(paths.facts).recording
    assert recording is not None
    paths.recording("recording.opus").unlink()
    paths.enclosure.unlink()
    desk.folder.arriving(recording.source_id).mkdir(parents=True)
    assert "still coming" in desk.at_the_machine().get(AT).text


def test_a_broken_file_is_told_and_written_once_it_is_mended(desk: Running) -> None:
    ann = desk.at_the_machine()
    with live(ann) as socket:
        heard(socket, "here")
        paths = desk.folder.episode(SLUG)
        good = paths.transcript.read_text()
        paths.transcript.write_text(good + "\n**Nobody** [soon]\n")
        assert "'soon' is not a time" in heard(socket, "saved")["problem"]
        edit(ann, "very glad", "most glad")
        assert post(ann, "/save", {}).status == 422
        paths.transcript.write_text(good.replace("Good evening", "Well met"))
        assert "problem" in heard(socket, "saved")
        assert post(ann, "/save", {}).status == 200
        text = paths.transcript.read_text()
        assert ("most glad" in text, "Well met" in text) == (True, True)


def test_words_that_were_made_again_bring_new_times(desk: Running) -> None:
    ann = desk.at_the_machine()
    with live(ann) as socket:
        heard(socket, "here")
        words = desk.folder.episode(SLUG).words
        words.write_text(words.read_text().replace("words-1", "words-0"))
        told = heard(socket, "change")
        assert "words-0" in told["words_problem"]
        assert len(told["turns"]) == len(get(ann)["turns"])


def test_no_episode_no_room(desk: Running) -> None:
    ann = desk.at_the_machine()
    for bad in ("/episodes/none", "/episodes/..%2f..%2fetc", "/episodes/x/sound"):
        assert ann.get(bad, accept="application/json").status == 404
    desk.folder.episode(OTHER).transcript.unlink()
    answered = ann.get(f"/episodes/{OTHER}", accept="application/json")
    assert "transcribe it first: pullquote transcribe" in answered.text


def test_a_reviewer_and_a_stranger_stay_outside(show: ShowFolder) -> None:
    with running(show, local=False) as desk:
        desk.doors.users.add(
            User(id="rita", name="Rita", role="reviewer"), "a long word"
        )
        desk.doors.users.add(User(id="ed", name="Ed", role="editor"), "a long word")
        rita, ed, stranger = desk.browser(), desk.browser(), desk.browser()
        for client, name in ((rita, "rita"), (ed, "ed")):
            token = desk.doors.sessions.begin(name)
            client.cookies[desk.doors.cookie_name] = token
        assert ed.get(f"{AT}/state").status == 200
        for path in ("", "/state", "/sound", "/peaks"):
            assert rita.get(AT + path, accept="application/json").status == 403
            assert stranger.get(AT + path, accept="application/json").status == 401
        operation = {"kind": "join", "turn": "t2"}
        sent = {"operation": operation, "revision": 0}
        assert post(rita, "/operations", sent).status == 403
        with live(rita) as socket:
            assert socket.recv_streaming is not None
            with pytest.raises(Exception, match="4403"):
                socket.recv(timeout=60)


def test_what_is_typed_is_kept_when_the_desk_ends(show: ShowFolder) -> None:
    with running(show) as desk:
        edit(desk.at_the_machine(), "very glad", "most glad")
    assert "most glad" in show.episode(SLUG).transcript.read_text()


def test_of_many_versions_the_newest_come_first(desk: Running) -> None:
    ann = desk.at_the_machine()
    keeper = desk.app.state.rooms.get(SLUG)
    for number in range(103):
        name = Name(turn="t2", speaker="Irene Copperfold")
        other = Name(turn="t2", speaker="Irene", whole_voice=False)
        asked = Asked(by=f"u{number % 2}", revision=keeper.room.revision)
        keeper.submit(other if number % 2 == 0 else name, asked)
    found = get(ann, "/versions")
    assert (len(found["versions"]), found["more"]) == (101, 3)
    assert found["versions"][0]["revision"] == 103
    assert found["versions"][-1]["name"] == "The beginning"
    assert len(get(ann, "/versions?all=1")["versions"]) == 104
    one = get(ann, "/versions/103")["turns"]
    assert [(t["head"], t["note"]) for t in one] == [
        ("Irene · 0:32", "was Irene Copperfold")
    ]


def test_a_name_that_is_nobodys_is_printed_only_where_somebody_says_so(
    desk: Running,
) -> None:
    client = desk.at_the_machine()
    state = get(client)
    turn = state["turns"][0]
    name = {"kind": "name", "turn": turn["id"], "speaker": "Ida Pellmoor"}

    def sent(**more: bool) -> Answered:
        body = {"operation": {**name, **more}, "revision": state["revision"]}
        return post(client, "/operations", body)

    assert sent().status == sent(printed=True).status == 409  # require_private
    told = json.loads(sent().body)
    assert told["instead"] == "Viewer"
    words = desk.folder.root / "templates" / "words" / "en.po"
    words.parent.mkdir(parents=True)
    words.write_text('msgid "Viewer"\nmsgstr "Resident"\n')
    assert json.loads(sent().body)["instead"] == "Resident"
    assert not told["printable"]
    show = desk.folder.show
    show.write_text(show.read_text().replace("require_private = true", ""))
    assert sent().status == 409
    assert json.loads(sent().body)["printable"]
    assert get(client)["turns"][0]["speaker"] == turn["speaker"]
    assert sent(printed=True).status == 200
    assert get(client)["turns"][0]["speaker"] == "Ida Pellmoor"
