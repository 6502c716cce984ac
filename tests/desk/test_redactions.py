"""Private details go from everything with one press, and the log does not tell them."""

from __future__ import annotations

import pytest

from pullquote.desk.answer_versions import Versions
from pullquote.desk.redactions import without
from pullquote.desk.requests import Requests, today
from pullquote.formats.answer_md import load_answer
from pullquote.formats.redactions_toml import load_kept, load_redactions
from tests.desk.running import OTHER, SLUG, Client, Running

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


def test_a_detail_is_redacted_everywhere(desk: Running) -> None:
    client = desk.at_the_machine()
    paths = desk.folder.episode(OTHER)
    assert NAME in paths.transcript.read_text()
    done = client.post(HERE, {"do": "redact", **first(client)})
    assert done.headers["location"] == f"{HERE}?said=redacted"
    (redaction,) = load_redactions(paths.redactions)
    assert redaction.replacement == "a viewer"
    assert NAME not in texts_of(desk)
    assert "from a viewer, who is 68" in paths.transcript.read_text()
    log = client.get("/log").text
    assert "redacted" in log
    assert NAME not in log
    assert f"<bdi>{NAME}" not in client.get(HERE).text


def test_its_words_leave_the_log_of_the_transcript_too(desk: Running) -> None:
    client = desk.at_the_machine()
    assert client.get(f"/episodes/{OTHER}/state").status == 200
    log = desk.folder.root / f".pullquote/desk/transcripts/{OTHER}.jsonl"
    assert NAME in log.read_text()
    client.post(HERE, {"do": "redact", **first(client)})
    assert NAME not in log.read_text()
    state = client.get(f"/episodes/{OTHER}/state").text
    assert "from a viewer, who is 68" in state


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
    versions.keep(before.id, target.read_text(), "something else", "Ann")
    requests = Requests(desk.folder.state / "desk/requests.json")
    made, _ = requests.send(
        episode=OTHER,
        answer_id=before.id,
        reviewer="brambleworth",
        by="ann",
        by_person=None,
        due=today(),
        note="Is Walter Pinchbrook right?",
    )
    requests.change(made.id, reply="Walter Pinchbrook is.", seen_body=before.body)
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


def test_a_detail_may_stay(desk: Running) -> None:
    client = desk.at_the_machine()
    asked = first(client)
    done = client.post(HERE, {"do": "keep", "next": "/x?edit", **asked})
    assert done.headers["location"] == "/x?edit&said=kept"
    (kept,) = load_kept(desk.folder.episode(OTHER).redactions)
    assert str(kept.start) == asked["start"]
    assert (
        NAME not in client.get(HERE).text.split("Found in viewers")[1].split("<h2")[0]
    )


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
    (redaction,) = load_redactions(desk.folder.episode(OTHER).redactions)
    assert (redaction.clip.start, redaction.clip.end) == (1000, 3500)


@pytest.mark.parametrize(
    ("written", "text", "made"),
    [
        ("Maria Lopez asks.", "Maria Lopez,", "a viewer asks."),
        ("MARIA\nLOPEZ's back", "Maria Lopez's", "a viewer's back"),
        ("From **Maria** *Lopez*", "Maria Lopez", "From **a viewer*"),
        ("Mariana is another", "Maria", "Mariana is another"),
        ("I am 68 and", "68", "I am a viewer and"),
        ("nothing", "...", "nothing"),
        ("a \\1 b", "b", "a \\1 a viewer"),
    ],
)
def test_words_are_found_however_they_are_written(
    written: str, text: str, made: str
) -> None:
    assert without(written, text, "a viewer") == made
