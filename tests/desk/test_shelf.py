"""The shelf over HTTP: where episodes stand, search, stages and their progress."""

from __future__ import annotations

import http.client
import json
import os
import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from pullquote.cli import main
from pullquote.desk.jobs import Jobs
from pullquote.desk.pages.shelf import row_of
from pullquote.desk.state.requests import Requests
from pullquote.desk.state.standing import Standing, StandingAnswer
from pullquote.desk.state.users import User
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import load_show
from tests.desk.disk import no_space
from tests.desk.running import OTHER, SLUG, Client, Running, running

TODAY = date(2026, 12, 1)


def test_the_shelf_shows_every_episode(calm: Running) -> None:
    text = calm.at_the_machine().get("/").text
    assert "Back Pain Basics" in text
    assert "3 voices to name" in text
    assert "6 approved" in text


def test_it_shows_what_was_asked_for(calm: Running) -> None:
    client = calm.at_the_machine()
    named = client.get("/?show=name").text
    assert "Nerve Pain" in named
    assert "Back Pain Basics" not in named
    assert "No episodes here" in client.get("/?show=fault").text
    assert client.get("/?show=nonsense&page=0x").status == 200
    assert client.get("/?page=99999999999").status == 200


def test_search_finds_places_and_escapes_them(show: ShowFolder) -> None:
    path = show.episode(SLUG).transcript
    path.write_text(path.read_text().replace("bed", "<script>alert(1)</script> bed", 1))
    with running(show) as desk:
        text = desk.at_the_machine().get("/?q=alert").text
        assert "&lt;script&gt;<mark>alert</mark>" in text
        assert "<script>alert" not in text
        assert f"/episodes/{SLUG}?at=" in text


def test_a_title_cannot_bring_script(show: ShowFolder) -> None:
    facts = show.episode(SLUG).facts
    evil = "<img src=x onerror=alert(1)>\\\"'"
    facts.write_text(facts.read_text().replace('"Back Pain Basics"', f'"{evil}"'))
    with running(show) as desk:
        assert "<img" not in desk.at_the_machine().get("/").text


def test_a_fault_is_shown_beside_its_episode(show: ShowFolder) -> None:
    show.episode(OTHER).facts.write_text("title = \n")
    with running(show) as desk:
        text = desk.at_the_machine().get("/").text
        assert "episode.toml:1" in text
        assert "Back Pain Basics" in text


def test_what_stops_a_build_is_told_where_the_answer_was_signed(desk: Running) -> None:
    """The desk said "signed and may be on the site" of it, the shelf "approved"."""
    client, heat = desk.at_the_machine(), f"/episodes/{SLUG}/answers/heat-or-ice"
    told = "no turn in 00:04:38 to 00:04:59 is confirmed as Marcus Brambleworth"
    assert "It is signed and may be on the site." in client.get(heat).text
    path = desk.folder.episode(SLUG).transcript
    doctor, other = (
        "**Marcus Brambleworth** [00:04:38]",
        "**Irene Copperfold** [00:04:38]",
    )
    path.write_text(path.read_text().replace(doctor, other))
    page = client.get(heat).text
    assert "nothing is built until this is mended: " in page
    assert told in page
    assert "may be on the site. Once" in page
    assert told in client.get(f"/episodes/{SLUG}/answers").text
    assert f"The build stops here: {path.parent}" in look_again(client, told)


def look_again(client: Client, told: str) -> str:
    """Return the shelf once it tells something: it is looked for beside the page."""
    for _ in range(200):
        if told in (page := client.get("/").text):
            return page
        time.sleep(0.05)
    raise AssertionError(f"the shelf never says {told!r}")


def test_private_details_that_are_open_are_counted(desk: Running) -> None:
    client, answers = desk.at_the_machine(), f"/episodes/{SLUG}/answers"
    two = f'<a href="/episodes/{OTHER}/redactions">2 private details open</a>'
    assert two in look_again(client, "2 private details open")
    assert "detail open" not in client.get(answers).text
    path = desk.folder.episode(SLUG).transcript
    asks = "Is heat, asks Walter Pinchbrook, better"
    path.write_text(path.read_text().replace("Is heat better", asks))
    assert re.findall(r"\d private details? open", client.get(answers).text) == [
        "1 private detail open"
    ]
    main(["private", OTHER, "--redact", "1", "--show", str(desk.folder.root)])
    look_again(client, "1 private detail open")


def test_a_show_that_breaks_while_the_desk_is_open_is_one_line(desk: Running) -> None:
    client = desk.at_the_machine()
    text = desk.folder.show.read_text()
    desk.folder.show.write_text("title = \n")
    shown = client.get("/")
    assert shown.status == 422
    assert "show.toml:1" in shown.text
    desk.folder.show.write_text(text)
    assert client.get("/").status == 200


def standing(*answers: StandingAnswer) -> Standing:
    return Standing(
        slug="e",
        title="E",
        held=TODAY,
        published=True,
        pulled=True,
        duration=None,
        transcribed=True,
        to_name=0,
        waiting=0,
        answers=answers,
        faults=(),
    )


def test_what_is_to_come_is_scheduled(show: ShowFolder) -> None:
    programme = load_show(show.show)
    for moment, said in (
        (None, "published"),
        ("2020", "published"),
        ("2999", "scheduled"),
    ):
        one = replace(
            standing(), public_from=moment and f"{moment}-01-01T00:00:00+00:00"
        )
        assert row_of(one, (), programme, TODAY).publicity == said
    draft = replace(standing(), published=False)
    assert row_of(draft, (), programme, TODAY).publicity == "draft"


def test_answers_are_counted_by_where_they_stand(show: ShowFolder) -> None:
    programme = load_show(show.show)
    requests = Requests(show.state / "requests.json")
    for name, due in (("sent", TODAY), ("late", TODAY - timedelta(days=1))):
        requests.send_round(
            [("e", name)],
            reviewer="copperfold",
            by="local",
            by_person=None,
            due=due,
        )
    old = TODAY - timedelta(days=programme.review.due_days + 1)

    def answer(name: str, state: str, reviewed: date | None = None) -> StandingAnswer:
        return StandingAnswer(
            slug=name,
            id=name,
            question="?",
            state=state,  # type: ignore[arg-type]
            reviewed=reviewed,
        )

    row = row_of(
        standing(
            answer("plain", "draft"),
            answer("sent", "draft"),
            answer("late", "changed", TODAY),
            answer("fresh", "approved", TODAY),
            answer("old", "approved", old),
            answer("gone", "withdrawn", old),
        ),
        requests.all(),
        programme,
        TODAY,
    )
    counts = row.counts
    assert (counts["draft"], counts["review"]) == (1, 2)
    assert (counts["approved"], counts["changed"]) == (2, 1)
    assert counts["late"] == 2
    assert counts["gone"] == 0  # the producer withdrew it, who knows
    (took,), _ = requests.send_round(
        [("e", "gone")],
        reviewer="copperfold",
        by="local",
        by_person=None,
        due=TODAY,
    )
    now = datetime.now(UTC)
    requests.change(took.id, outcome="withdrawn", replied=now)
    left = standing(answer("gone", "withdrawn", old))
    for built, gone in (
        (None, 1),
        (now - timedelta(hours=1), 1),
        (now + timedelta(hours=1), 0),
    ):
        found = row_of(left, requests.all(), programme, TODAY, built)
        assert (found.counts["gone"], "gone" in found.states) == (gone, bool(gone))
    never = standing(answer("gone", "withdrawn"))  # never signed: never on the site
    assert row_of(never, requests.all(), programme, TODAY).counts["gone"] == 0


def ended(client: Client) -> str:
    for _ in range(300):
        text = client.get("/jobs").text
        if "Stop" not in text:
            return text
        time.sleep(0.1)
    raise AssertionError("still at work")


def test_a_stage_is_started_and_followed_and_its_output_shown(desk: Running) -> None:
    client = desk.at_the_machine()
    connection = http.client.HTTPConnection(urlsplit(desk.address).netloc)
    cookie = "; ".join(f"{k}={v}" for k, v in client.cookies.items())
    connection.request("GET", "/jobs/events", headers={"cookie": cookie})
    stream = connection.getresponse()
    assert stream.getheader("content-type", "").startswith("text/event-stream")
    fields = {"stage": "suggest", "episode": SLUG, "next": "/?show=suggested"}
    answered = client.post("/jobs", fields)
    assert answered.headers["location"] == "/?show=suggested"
    told: list[dict[str, object]] = []
    while not told or told[-1]["over"] != [1]:
        line = stream.readline()
        if line.startswith(b"data: "):
            told.append(json.loads(line[6:]))
    assert "suggest" in str(told[-1]["html"])
    connection.close()
    text = client.get("/jobs").text
    assert '<span class="chip done">done</span>' in text
    assert "answered?" in text


def test_a_stage_that_fails_says_why(show: ShowFolder) -> None:
    show.episode(SLUG).transcript.write_text("no transcript")
    with running(show) as desk:
        client = desk.at_the_machine()
        client.post("/jobs", {"stage": "suggest", "episode": SLUG})
        text = ended(client)
        assert '<span class="chip failed">failed</span>' in text
        assert "transcript.md:1" in text


@pytest.mark.parametrize(
    "fields",
    [
        {"stage": "rm -rf"},
        {"stage": "deploy"},
        {"stage": "deploy --dry-run"},
        {"stage": "transcribe", "episode": "../../etc"},
        {"stage": "transcribe", "episode": "--show"},
        {"stage": "build", "episode": SLUG},
        {},
    ],
)
def test_nothing_else_can_be_started(calm: Running, fields: dict[str, str]) -> None:
    client = calm.at_the_machine()
    assert client.post("/jobs", fields).status == 404
    assert "Nothing was started" in client.get("/jobs").text


def test_a_producer_brings_the_site_to_its_readers(show: ShowFolder) -> None:
    text = show.show.read_text()
    with running(show) as desk:
        client = desk.at_the_machine()
        assert "to its readers" not in client.get("/").text
        show.show.write_text('deploy_to = "www"\n' + text)
        assert "to its readers" in client.get("/").text
        # never unseen: what would be done is shown first
        assert client.post("/jobs", {"stage": "deploy"}).status == 404
        client.post("/jobs", {"stage": "deploy --dry-run"})
        assert "there is no site" in ended(client)
        assert client.post("/jobs", {"stage": "deploy"}).status == 404
        for stage in ("build", "deploy --dry-run"):
            client.post("/jobs", {"stage": stage})
            text = ended(client)
        assert "upload index.html" in text
        assert not (show.root / "www").exists()
        assert text.count("Bring it to its readers now") == 1
        assert client.post("/jobs", {"stage": "deploy"}).status == 303
        assert "Bring it to its readers now" not in ended(client)
        assert (show.root / "www/index.html").is_file()
        assert client.post("/jobs", {"stage": "deploy"}).status == 404  # once


def test_a_withdrawal_goes_out_though_another_answer_is_unsound(
    show: ShowFolder,
) -> None:
    paths = show.episode(SLUG)
    gone, other = paths.answer("rest-or-keep-moving"), paths.answer("heat-or-ice")
    offer = "Build without what is unsound"
    with running(show) as desk:
        client = desk.at_the_machine()
        client.post("/jobs", {"stage": "build"})
        assert offer not in ended(client)
        here = f"/episodes/{SLUG}/answers/{gone.stem}/withdraw"
        assert client.post(here, {"meant": "yes"}).status == 303
        text = other.read_text()
        other.write_text(re.sub("topics = .*", 'topics = ["unheard-of"]', text))
        client.post("/jobs", {"stage": "build"})
        assert ended(client).count(offer) == 1
        assert client.post("/jobs", {"stage": "build --hold-back"}).status == 303
        told = ended(client)
    assert "is held back from site and feeds" in told
    newest = told.split('<li class="job ')[1]
    assert "build --hold-back" in newest
    assert ">done, with something to mend<" in newest
    assert "The site was built without what is named here" in newest
    assert "failed" not in newest
    assert offer not in told
    page = show.site / "answers" / gone.stem / "index.html"
    assert "This answer was withdrawn" in page.read_text()
    assert not (show.site / "answers" / other.stem).exists()


def test_an_editor_may_not_build(show: ShowFolder) -> None:
    with running(show, local=False) as desk:
        user = User(id="ann", name="Ann", role="editor")
        desk.doors.users.add(user, "correct horse battery")
        client = desk.browser()
        fields = {"name": "ann", "password": "correct horse battery"}
        client.post("/login", fields, csrf="")
        assert client.post("/jobs", {"stage": "build"}).status == 403
        assert client.post("/jobs", {"stage": "deploy"}).status == 403
        assert "Build the site" not in client.get("/").text


def test_a_job_can_be_stopped(desk: Running) -> None:
    import sys

    from pullquote.desk.context import Who

    slow = (
        sys.executable,
        "-c",
        "import time; print('on', flush=True); time.sleep(99)",
    )
    jobs = Jobs(lambda stage, slugs: (*slow, stage))
    who = Who(id="local", name="You", role="producer")
    first, second = jobs.start("a", (), who), jobs.start("b", (), who)
    assert jobs.start("b", (), who) is second  # pressed twice
    while not first.lines:
        time.sleep(0.01)
    assert (first.state, second.state) == ("running", "waiting")
    jobs.stop(first.id)
    jobs.close()
    assert (first.state, second.state) == ("stopped", "stopped")
    jobs.stop(first.id)
    jobs.stop(99)


def test_a_job_that_is_killed_or_cannot_start_says_so() -> None:
    import sys

    from pullquote.desk.context import Who

    who = Who(id="local", name="You", role="producer")
    killed = (sys.executable, "-c", "import os; os.kill(os.getpid(), 9)")
    missing = ("/nowhere/python",)
    for argv, words in ((killed, "ended from outside"), (missing, "cannot be started")):
        jobs = Jobs(lambda stage, slugs, argv=argv: argv)  # type: ignore[misc]
        job = jobs.start("a", (), who)
        while not job.over:
            time.sleep(0.01)
        assert job.state == "failed"
        assert words in job.lines[-1]


def test_the_command_line_tells_progress_line_by_line(desk: Running) -> None:
    jobs = Jobs(desk.app.state.desk.house.command)
    from pullquote.desk.context import Who

    job = jobs.start("build", (), Who(id="local", name="You", role="producer"))
    tasks = set()
    while not job.over:
        tasks.add(job.task)
        time.sleep(0.01)
    assert job.state == "done", job.lines
    assert "Building the site" in tasks


def test_progress_that_is_garbled_stops_nothing() -> None:
    import sys

    from pullquote.desk.context import Who

    code = r"print('\x1e{\"task\": \x1e{}', flush=True); print('said')"
    jobs = Jobs(lambda stage, slugs: (sys.executable, "-c", code))
    job = jobs.start("a", (), Who(id="local", name="You", role="producer"))
    while not job.over:
        time.sleep(0.01)
    assert (job.state, [*job.lines]) == ("done", ["said"])


def test_a_full_disk_is_one_line_on_the_shelf(desk: Running) -> None:
    client = desk.at_the_machine()
    with no_space():
        for path in ("/", "/?q=pain", "/reviews"):
            answered = client.get(path)
            assert answered.status == 507
            assert "index.db: cannot be written" in answered.text
    assert client.get("/").status == 200


def test_it_says_what_readers_have(desk: Running) -> None:
    client, state = desk.at_the_machine(), desk.folder.state
    assert "The site was built" not in client.get("/").text
    for name, at in (("built.json", 1_800_000_000), ("deployed", 1_800_000_060)):
        (state / name).write_text("")
        os.utime(state / name, (at, at))
        told = client.get("/").text
        assert ("was not deployed" in told) == (name == "built.json")
    assert "brought to its readers" in told
    os.utime(state / "built.json", (1_800_000_120, 1_800_000_120))
    assert "waits for a deploy" in client.get("/").text
