"""The answer editor over HTTP: saved as sent, merged, never over unseen words."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from pullquote.desk.context import Who
from pullquote.desk.state.answer_versions import Versions
from pullquote.desk.state.log import Log
from pullquote.desk.text.drafting import draft_of
from pullquote.formats.answer_md import load_answer
from pullquote.formats.folder import ShowFolder
from tests.desk.disk import no_space
from tests.desk.running import OTHER, SLUG, Answered, Client, Running, running

HEAT = "heat-or-ice"
HERE = f"/episodes/{SLUG}/answers/{HEAT}"


@pytest.fixture
def client(desk: Running) -> Client:
    return desk.at_the_machine()


def path_of(desk: Running) -> Path:
    return desk.folder.episode(SLUG).answer(HEAT)


def base_of(page: Answered) -> str:
    """What the form says that it was made from."""
    return html.unescape(page.text.split('name="was" value="')[1].split('"')[0])


def fields(desk: Running, **changes: str) -> list[tuple[str, str]]:
    """What the form holds, as a browser sends it."""
    draft = draft_of(load_answer(path_of(desk)))
    pairs = [("question", draft.question), ("body", draft.body)]
    pairs += [("asked", draft.asked), ("answered", draft.answered)]
    pairs += [("speakers", s) for s in draft.speakers]
    pairs += [("topics", t) for t in draft.topics]
    return [(k, changes.pop(k, v)) for k, v in pairs] + [*changes.items()]


def send(
    client: Client, pairs: list[tuple[str, str]], base: str, **headers: str
) -> Answered:
    return send_with(client, [*pairs, ("csrf", client.csrf())], base, **headers)


def send_with(
    client: Client, pairs: list[tuple[str, str]], base: str, **headers: str
) -> Answered:
    """Send what has its token already, as a page that was open."""
    sent = urlencode([*pairs, ("was", base)]).encode()
    headers.setdefault("content_type", "application/x-www-form-urlencoded")
    return client.send("POST", HERE, sent, {"origin": client.address, **headers})


def save(client: Client, pairs: list[tuple[str, str]], base: str) -> dict[str, Any]:
    answered = send(client, pairs, base, accept="application/json")
    assert answered.status == 200, answered.text
    found: dict[str, Any] = json.loads(answered.body)
    return found


def test_a_signed_answer_is_not_changed_by_accident(calm: Running) -> None:
    client = calm.at_the_machine()
    shown = client.get(HERE).text
    assert "Change it" in shown
    assert "leaves the site until it is signed again" in shown
    assert 'id="editor"' not in shown
    assert 'id="editor"' in client.get(f"{HERE}?edit").text


def test_what_is_sent_is_in_the_file(desk: Running, client: Client) -> None:
    before = path_of(desk).read_text()
    base = base_of(client.get(f"{HERE}?edit"))
    done = send(client, fields(desk, body="Use heat.\nOr ice."), base)
    assert done.headers["location"] == f"{HERE}?edit&said=saved"
    after = load_answer(path_of(desk))
    assert after.body == "Use heat.\nOr ice."
    assert not after.approved
    assert "# permanent: subscribers" in path_of(desk).read_text()
    assert "changed since signed" in client.get(HERE).text
    assert before.split("+++")[1] == path_of(desk).read_text().split("+++")[1]
    assert "edited" in client.get("/log").text


def test_an_edit_after_another_deed_is_logged_anew(desk: Running) -> None:
    ann = desk.at_the_machine()
    log = Log(desk.folder.state / "desk/log.jsonl")

    def edited(body: str) -> list[str]:
        save(ann, fields(desk, body=body), base_of(ann.get(f"{HERE}?edit")))
        return [deed.did for deed in log.newest()]

    assert edited("Use heat.") == edited("Use ice.") == ["edited"]
    doctor = Who(id="link", name="Doctor", role="reviewer", person="brambleworth")
    log.write(doctor, "asked for a change", episode=SLUG, answer=HEAT)
    log.write(doctor, "approved", episode=SLUG, answer="another")
    after = ["edited", "approved", "asked for a change", "edited"]
    assert edited("Use heat, not ice.") == edited("Use heat, no ice.") == after


def test_saving_the_same_changes_nothing(desk: Running, client: Client) -> None:
    before = path_of(desk).stat()
    base = base_of(client.get(f"{HERE}?edit"))
    told = save(client, fields(desk), base)
    assert told["was"] == base
    assert told["state"] == "approved"
    assert path_of(desk).stat().st_mtime_ns == before.st_mtime_ns
    assert "edited" not in client.get("/log").text


def test_a_script_is_told_what_to_show(desk: Running, client: Client) -> None:
    base = base_of(client.get(f"{HERE}?edit"))
    body = load_answer(path_of(desk)).body.replace("15 or 20", "50")
    told = save(client, fields(desk, body=body), base)
    assert told["state"] == "changed since signed"
    assert "now: <bdi>off after 50 minutes.</bdi>" in told["notes"]
    assert "Send to review" in told["sending"]
    assert told["sentences"][-1]["findings"] == [1]
    assert ["out", "15 or 20"] in told["sentences"][-1]["changes"]
    assert told["theirs"] == []


def test_two_people_who_change_different_things_both_stay(desk: Running) -> None:
    ann, ben = desk.at_the_machine(), desk.at_the_machine()
    base = base_of(ann.get(f"{HERE}?edit"))
    assert base_of(ben.get(f"{HERE}?edit")) == base
    old = fields(desk)
    body = dict(old)["body"].replace("Honestly, use", "Use")
    new = [(k, body if k == "body" else v) for k, v in old]
    save(ann, new, base)
    last = dict(old)["body"].replace("your skin", "the skin")
    told = save(
        ben,
        [(k, {"question": "Heat or ice?", "body": last}.get(k, v)) for k, v in old],
        base,
    )
    assert told["theirs"] == ["Answer"]
    answer = load_answer(path_of(desk))
    assert answer.question == "Heat or ice?"
    assert answer.body.startswith("Use the one")
    assert "the skin" in answer.body
    # Ben typed on meanwhile: what he sends next is made from what he sent before
    sent = [(k, {"question": "Heat or ice?", "body": last}.get(k, v)) for k, v in old]
    again = save(
        ben,
        [(k, "Heat, or ice?" if k == "question" else v) for k, v in sent],
        urlencode(sent),
    )
    assert again["draft"]["body"].startswith("Use the one")
    assert load_answer(path_of(desk)).question == "Heat, or ice?"


def test_the_same_words_changed_twice_show_both(desk: Running) -> None:
    ann, ben = desk.at_the_machine(), desk.at_the_machine()
    base = base_of(ann.get(f"{HERE}?edit"))
    old = fields(desk)
    save(ann, [(k, "Ann's <b>?" if k == "question" else v) for k, v in old], base)
    mine = [(k, "Ben's?" if k == "question" else v) for k, v in old]
    refused = send(ben, mine, base, accept="application/json")
    assert refused.status == 409
    assert json.loads(refused.body)["conflicts"] == ["Question"]
    both = send(ben, mine, base)
    assert both.status == 409
    assert "Ann&#39;s &lt;b&gt;?" in both.text
    assert "Ben&#39;s?" in both.text
    assert load_answer(path_of(desk)).question == "Ann's <b>?"
    done = send(ben, mine, base_of(both))  # Ben has seen both and decides
    assert done.status == 303
    assert load_answer(path_of(desk)).question == "Ben's?"


def hidden(page: Answered) -> list[tuple[str, str]]:
    """What a page's form holds beside what is typed."""
    found = re.findall(r'type="hidden" name="([\w.]+)" value="([^"]*)"', page.text)
    return [(k, html.unescape(v)) for k, v in found if k not in ("was", "csrf")]


def test_who_leaves_the_files_version_keeps_all_else(desk: Running) -> None:
    ann, ben = desk.at_the_machine(), desk.at_the_machine()
    base = base_of(ann.get(f"{HERE}?edit"))
    old = fields(desk)
    first, *between, last = dict(old)["body"].split("\n")
    text = "\n".join((f"Ann: {first}", *between, last))
    save(ann, [(k, text if k == "body" else v) for k, v in old], base)
    text = "\n".join((f"Ben: {first}", *between, f"{last} More."))
    mine = [(k, {"body": text, "question": "Ben's?"}.get(k, v)) for k, v in old]
    both = send(ben, mine, base)
    assert "<ins>Ann: " in both.text
    assert both.text.count("<ins>") == 1  # the last one's changes are Ben's alone
    given = [*hidden(both), ("body", text), ("choice", "file")]
    assert send(ben, given, base_of(both)).status == 303
    made = load_answer(path_of(desk))
    assert made.question == "Ben's?"
    assert made.body.strip() == "\n".join((f"Ann: {first}", *between, f"{last} More."))
    given = [(k, "mine" if k == "choice" else v) for k, v in given]
    assert send(ben, given, base_of(ben.get(f"{HERE}?edit"))).status == 303
    assert load_answer(path_of(desk)).body.startswith("Ben: ")
    page = ben.get(f"{HERE}/versions").text
    assert "Ann: " in html.unescape(page)  # what went though it was one's own


def test_an_edit_on_disk_is_merged_too(desk: Running, client: Client) -> None:
    base = base_of(client.get(f"{HERE}?edit"))
    old = fields(desk)
    path = path_of(desk)
    path.write_text(path.read_text().replace("Honestly, use", "Use"))
    told = save(client, [(k, "Q?" if k == "question" else v) for k, v in old], base)
    assert told["theirs"] == ["Answer"]
    assert load_answer(path).body.startswith("Use the one")
    assert load_answer(path).question == "Q?"


def test_after_a_restart_changes_are_merged_all_the_same(show: ShowFolder) -> None:
    with running(show) as desk:
        base = base_of(desk.at_the_machine().get(f"{HERE}?edit"))
    with running(show) as desk:
        client = desk.at_the_machine()
        old = fields(desk)
        path = path_of(desk)
        path.write_text(path.read_text().replace("Honestly, use", "Use"))
        save(client, [(k, "Q?" if k == "question" else v) for k, v in old], base)
        assert load_answer(path).question == "Q?"
        assert load_answer(path).body.startswith("Use the one")


def test_what_arrived_without_being_answered_is_no_conflict(
    desk: Running, client: Client
) -> None:
    """A server that was killed after it wrote: the page sends again, and more."""
    base = base_of(client.get(f"{HERE}?edit"))
    old = fields(desk)
    first = [(k, "One?" if k == "question" else v) for k, v in old]
    save(client, first, base)  # its answer is lost
    then = [(k, "One, two?" if k == "question" else v) for k, v in old]
    assert send(client, then, base, accept="application/json").status == 409
    save(client, [*then, ("sent", urlencode(first))], base)
    assert load_answer(path_of(desk)).question == "One, two?"


@pytest.mark.parametrize("was", ["", "question=x", "%ff", "{}", "a" * 1000])
def test_a_form_that_says_nothing_of_its_base_overwrites_nothing(
    desk: Running, client: Client, was: str
) -> None:
    before = path_of(desk).read_bytes()
    changed = fields(desk, question="Mine?")
    assert send(client, changed, was).status == 409
    assert path_of(desk).read_bytes() == before
    assert send(client, fields(desk), was).status == 303  # nothing differs


def test_news_are_told_and_who_else_is_there(desk: Running) -> None:
    ann, ben = desk.at_the_machine(), desk.at_the_machine()
    told = json.loads(ann.get(f"{HERE}/now").body)
    base = told["base"]
    told = json.loads(ann.get(f"{HERE}/now?base={base}").body)
    assert told == {"base": base, "others": []}
    path = path_of(desk)
    path.write_text(path.read_text().replace("Honestly, use", "Use"))
    told = json.loads(ben.get(f"{HERE}/now?base={base}").body)
    assert told["others"] == ["You"]
    assert told["draft"]["body"].startswith("Use the one")
    assert told["state"] == "changed since signed"


def test_what_cannot_be_saved_is_said_and_nothing_written(
    desk: Running, client: Client
) -> None:
    before = path_of(desk).read_text()
    base = base_of(client.get(f"{HERE}?edit"))
    bad = send(client, fields(desk, asked="soon"), base, accept="application/json")
    assert bad.status == 422
    assert "is no time" in bad.text
    assert path_of(desk).read_text() == before


def test_a_file_that_is_broken_on_disk_is_one_line(
    desk: Running, client: Client
) -> None:
    path_of(desk).write_text("+++\nid = \n+++\n")
    shown = client.get(HERE)
    assert shown.status == 422
    assert "heat-or-ice.md:2" in shown.text
    assert client.get(f"/episodes/{SLUG}/answers").status == 200


def test_new_times_find_new_anchors(desk: Running, client: Client) -> None:
    base = base_of(client.get(f"{HERE}?edit"))
    before = load_answer(path_of(desk)).anchor
    save(client, fields(desk, answered="0:04:38.71 - 0:04:50"), base)
    after = load_answer(path_of(desk)).anchor
    assert before is not None
    assert after is not None
    assert after.asked == before.asked
    assert after.answered != before.answered


def test_the_page_is_the_one_readers_will_see(calm: Running) -> None:
    client = calm.at_the_machine()
    shown = client.get(f"/preview/{SLUG}/answers/{HEAT}/")
    assert "Is heat better than ice" in shown.text
    assert "frame-ancestors 'self'" in shown.headers["content-security-policy"]
    assert "script-src 'none'" in shown.headers["content-security-policy"]
    assert client.get(f"/preview/{SLUG}/static/style.css").status == 200
    sound = client.get(f"/preview/{SLUG}/media/{SLUG}.mp3", range="bytes=0-9")
    assert (sound.status, len(sound.body)) == (206, 10)
    assert client.get(f"/preview/{SLUG}/media/other.mp3").status == 404
    assert client.get(f"/preview/{OTHER}/media/{OTHER}.mp3").status == 404
    assert calm.browser().get(f"/preview/{SLUG}/answers/{HEAT}/").status == 303


@pytest.mark.parametrize(
    "path",
    [
        f"/episodes/{SLUG}/answers/nothing",
        f"/episodes/{SLUG}/answers/..%2F..%2Fshow",
        "/episodes/..%2F..%2Fetc/answers/passwd",
        "/episodes/nothing/answers",
        "/episodes/%2e%2e/answers/x",
        f"/preview/{SLUG}/answers/..%2Fx/",
        f"/preview/%2e%2e/answers/{HEAT}/",
        "/preview/..%2F..%2Fx/static/style.css%00",
        f"/episodes/{'a' * 3000}/answers/x",
        "/episodes/%00/answers/%ff",
    ],
)
def test_no_path_leads_anywhere_else(calm: Running, path: str) -> None:
    answered = calm.at_the_machine().get(path)
    assert answered.status == 404
    assert b"root:" not in answered.body


def test_script_in_markdown_and_names_stays_text(desk: Running, client: Client) -> None:
    show = desk.folder.show
    evil = '<script>alert(1)</script><img src=x onerror=\\"alert(1)\\">'
    show.write_text(show.read_text().replace('"Marcus Brambleworth"', f'"{evil}"'))
    base = base_of(client.get(f"{HERE}?edit"))
    body = "<script>alert(2)</script>\n[x](javascript:alert(3)) <svg onload=alert(4)>"
    save(client, fields(desk, question="<script>alert(5)</script>?", body=body), base)
    for path in (f"{HERE}?edit", f"/preview/{SLUG}/answers/{HEAT}/", "/", "/log"):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert "<svg onload" not in text
        assert "<img src=x" not in text
        assert 'href="javascript:' not in text


def test_200_kb_of_pasted_html_is_text(desk: Running, client: Client) -> None:
    base = base_of(client.get(f"{HERE}?edit"))
    pasted = "<div class='x'><p>Heat helps.</p></div>\n" * 5000
    save(client, fields(desk, body=pasted), base)
    assert load_answer(path_of(desk)).body == pasted.strip()
    assert client.get(f"{HERE}?edit").status == 200


def test_a_withdrawn_answer_is_only_read(desk: Running, client: Client) -> None:
    refused = client.post(f"{HERE}/withdraw", {})
    assert "it is for good" in refused.text
    given = {"meant": "yes", "reason": " Ice <b>burns</b>. "}
    assert client.post(f"{HERE}/withdraw", given).status == 303
    withdrawn = load_answer(path_of(desk))
    assert withdrawn.status == "withdrawn"
    assert withdrawn.withdrawal
    assert withdrawn.withdrawal.reason == "Ice <b>burns</b>."
    text = client.get(f"{HERE}?edit").text
    assert "was withdrawn" in text
    assert "<iframe" not in text  # no page is made of it
    assert client.get(f"/preview/{SLUG}/answers/{HEAT}/").status == 422
    on = withdrawn.withdrawal.on
    for page in (HERE, HERE.rpartition("/")[0]):
        told = f"Withdrawn on {on}: <bdi>Ice &lt;b&gt;burns&lt;/b&gt;.</bdi>"
        assert told in client.get(page).text
    assert send(client, fields(desk), "x").status == 422
    assert "withdrew" in client.get("/log").text


def test_a_full_disk_loses_nothing(desk: Running, client: Client) -> None:
    base = base_of(client.get(f"{HERE}?edit"))
    before = path_of(desk).read_bytes()
    pairs = fields(desk, question="Heat?")
    csrf = client.csrf()
    with no_space():
        refused = client.send(
            "POST",
            HERE,
            urlencode([*pairs, ("was", base)]).encode(),
            {
                "origin": client.address,
                "accept": "application/json",
                "content_type": "application/x-www-form-urlencoded",
                "x_csrf_token": csrf,
            },
        )
    assert refused.status == 507
    assert "free disk space" in refused.text
    assert path_of(desk).read_bytes() == before
    assert [*path_of(desk).parent.glob(".*")] == []
    save(client, pairs, base)
    assert load_answer(path_of(desk)).question == "Heat?"


def test_a_show_that_is_away_for_a_moment_is_tried_again(
    desk: Running, client: Client
) -> None:
    """As with a full disk: the page waits; a draft that went is no reason to."""
    base = base_of(client.get(f"{HERE}?edit"))
    root = desk.folder.root
    path, headers = path_of(desk), {"accept": "application/json"}
    csrf = client.csrf()
    pairs = [*fields(desk, question="Heat?"), ("csrf", csrf)]
    away = root.rename(root.with_name("away"))
    refused = send_with(client, pairs, base, **headers)
    assert refused.status == 507
    assert "show.toml: is not there" in refused.text
    away.rename(root)
    assert send_with(client, pairs, base, **headers).status == 200
    assert load_answer(path).question == "Heat?"
    path.unlink()
    assert send_with(client, pairs, base, **headers).status == 404


def test_every_text_that_was_saved_over_can_be_restored(desk: Running) -> None:
    ann, ben = desk.at_the_machine(), desk.at_the_machine()
    ben.post("/you", {"person": "larkfield"})
    first = load_answer(path_of(desk))
    for client, question in ((ann, "Two?"), (ann, "Three?"), (ben, "Four?")):
        base = base_of(client.get(f"{HERE}?edit"))
        save(client, fields(desk, question=question), base)
    path_of(desk).write_text(path_of(desk).read_text().replace("Four?", "Git's?"))
    base = base_of(ben.get(f"{HERE}?edit"))
    save(ben, fields(desk, question="Five?"), base)
    shown = ben.get(f"{HERE}/versions").text
    kept = re.findall(r"<strong>(.*?)</strong>", shown)
    # Ann's two saves are one sitting; what came from outside is always kept
    assert kept == ["Git&#39;s?", "Three?", first.question]
    assert "<del>Is heat better than ice for low back pain?</del>" in shown
    version = shown.split('name="version" value="')[-1].split('"')[0]
    assert ben.post(f"{HERE}/versions", {"version": version}).status == 303
    now = load_answer(path_of(desk))
    assert now.digest() == first.digest()
    assert now.approved  # word for word what was signed
    assert "restored" in ben.get("/log").text
    assert "<strong>Five?</strong>" in ben.get(f"{HERE}/versions").text
    assert ben.post(f"{HERE}/versions", {"version": "x"}).status == 404


def test_two_people_of_one_name_are_two(tmp_path: Path) -> None:
    versions = Versions(tmp_path / "answers")
    ann, other = (Who(id=one, name="Ann", role="editor") for one in ("ann", "ann2"))
    for before, after, there in (("1", "2", ann), ("2", "3", ann), ("3", "4", other)):
        versions.keep("a", before, after, there)
    assert [version.text for version in versions.all("a")] == ["3", "1"]
