"""An answer's address is changed at the desk; a wrong cut is thrown away and comes back."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from pullquote.cli import main
from pullquote.formats.addresses_json import format_addresses, load_addresses
from pullquote.formats.answer_md import load_answer
from pullquote.formats.clock import format_clock
from pullquote.formats.suggestions_json import load_suggestions
from pullquote.model.history import Known
from tests.desk.looking import come_in, visiting
from tests.desk.running import OTHER, SLUG, Client, Running
from tests.desk.test_answers import HEAT, HERE, base_of, fields, save
from tests.desk.test_transcript import edit, post
from tests.desk.test_transcript_panels import name_everybody

ANSWERS = f"/episodes/{SLUG}/answers"
NEW = "warmth-or-cold"


@pytest.fixture
def client(desk: Running) -> Client:
    return desk.at_the_machine()


def test_another_address_keeps_signature_history_and_open_pages(
    desk: Running, client: Client
) -> None:
    paths = desk.folder.episode(SLUG)
    before = load_answer(paths.answer(HEAT))
    page = client.get(f"{HERE}?edit")
    sent = fields(desk, question="Heat, or ice?")
    save(client, sent, base_of(page))
    save(client, fields(desk, question=before.question), base_of(client.get(HERE)))
    moved = client.post(f"{HERE}/address", {"address": f" {NEW}/ "})
    assert moved.headers["location"] == f"{ANSWERS}/{NEW}?edit&said=saved"
    assert not paths.answer(HEAT).exists()
    after = load_answer(paths.answer(NEW))
    assert (after.id, after.review) == (before.id, before.review)
    log = client.get(f"/log?episode={SLUG}&answer={NEW}").text
    assert "gave another address" in log
    assert "edited" in log
    # a page that was open before goes on, and one that is loaded again is led there
    again = client.get(f"{HERE}?edit")
    assert (again.status, again.headers["location"]) == (303, f"{NEW}?edit")
    now = client.get(f"{HERE}/now?base=", accept="application/json")
    assert json.loads(now.body)["here"] == f"{ANSWERS}/{NEW}"


def test_a_drafts_address_may_follow_its_question(
    desk: Running, client: Client
) -> None:
    """It was made of the first cut's question, and nobody has a link to it yet."""
    slug = cut_first(desk, client)
    there = f"/episodes/{OTHER}/answers"
    told = "The question as it is now makes"
    assert told not in client.get(f"{there}/{slug}").text
    path = desk.folder.episode(OTHER).answer(slug)
    before = load_answer(path)
    asks = "Is a slipped disc the cause?"
    path.write_text(path.read_text().replace(before.question, asks, 1))
    page = client.get(f"{there}/{slug}").text
    assert told in page
    (new,) = re.findall(r'name="address" value="([a-z-]+)">\1<', page)
    assert new == "slipped-disc-cause"
    client.post(f"{there}/{slug}/address", {"address": new})
    assert load_answer(path.with_name(f"{new}.md")).id == before.id
    assert told not in client.get(f"{there}/{new}").text
    assert told not in client.get(f"{HERE}?edit").text, "it is signed"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("Heat or Ice", "cannot be an address"),
        ("../../show", "cannot be an address"),
        ("how-long-does-low-back-pain-last", "is another answer"),
        ("", "cannot be an address"),
    ],
)
def test_what_is_no_free_address_is_refused(
    desk: Running, client: Client, address: str, why: str
) -> None:
    assert why in client.post(f"{HERE}/address", {"address": address}).text
    assert desk.folder.episode(SLUG).answer(HEAT).exists()


def test_an_address_that_was_another_answers_once_stays_that_ones(
    desk: Running, client: Client
) -> None:
    path = desk.folder.addresses
    history = load_addresses(path)
    former = Known(slugs=("cold-packs", "how-long-does-low-back-pain-last"))
    answers = {**history.answers, "another": former}
    path.write_text(format_addresses(replace(history, answers=answers)))
    told = client.post(f"{HERE}/address", {"address": "cold-packs"}).text
    assert "was another answer&#39;s address once" in told
    assert desk.folder.episode(SLUG).answer(HEAT).exists()


def test_a_signed_answer_is_not_thrown_away(desk: Running, client: Client) -> None:
    assert "Throw it away" not in client.get(f"{HERE}?edit").text
    assert "was signed" in client.post(f"{HERE}/throw-away", {}).text
    assert desk.folder.episode(SLUG).answer(HEAT).exists()


def cut_first(desk: Running, client: Client) -> str:
    """Take the first suggestion; return the draft's slug."""
    name_everybody(desk)
    found = load_suggestions(desk.folder.episode(OTHER).suggestions)
    one = next(s for s in found if s.answer)
    assert one.answer is not None
    body = {"asked": [one.question.start, one.question.end]}
    body |= {"answered": [one.answer.start, one.answer.end]}
    done = post(client, "/cut", body, f"/episodes/{OTHER}")
    return str(json.loads(done.body)["href"]).rsplit("/", 1)[1]


def test_nothing_is_cut_while_redactions_cannot_be_read(
    desk: Running, client: Client
) -> None:
    """As at the command line: what is private would not be found."""
    name_everybody(desk)
    paths = desk.folder.episode(OTHER)
    paths.redactions.write_text("<<<<<<< HEAD\n=======\n>>>>>>> ann\n")
    body = {"asked": [1000, 2000], "answered": [2000, 9000]}
    refused = post(client, "/cut", body, f"/episodes/{OTHER}")
    assert refused.status == 422
    assert "redactions.toml:1: git could not merge this" in refused.text
    assert not [*paths.answers.glob("*.md")]


def waiting(client: Client) -> int:
    rows = json.loads(client.get(f"/episodes/{OTHER}/suggestions").body)["suggestions"]
    return sum(row["waits"] for row in rows)


def test_a_wrong_cut_is_thrown_away_and_brought_back(
    desk: Running, client: Client
) -> None:
    paths, before = desk.folder.episode(OTHER), waiting(client)
    slug = cut_first(desk, client)
    text = paths.answer(slug).read_text()
    assert waiting(client) == before - 1
    there = f"/episodes/{OTHER}/answers"
    assert client.post(f"{there}/{slug}/throw-away", {}).status == 303
    assert not paths.answer(slug).exists()
    assert waiting(client) == before
    assert "Thrown away" in client.get(there).text
    assert client.post(f"{there}/{slug}/bring-back", {}).status == 303
    assert paths.answer(slug).read_text() == text
    assert waiting(client) == before - 1
    assert "Thrown away" not in client.get(there).text
    assert "was not thrown away" in client.post(f"{there}/x/bring-back", {}).text


def test_a_draft_that_is_half_brought_back_is_brought_back_by_the_next_press(
    desk: Running, client: Client
) -> None:
    """It was told to be the address of another answer, and stayed in the list."""
    paths = desk.folder.episode(OTHER)
    slug = cut_first(desk, client)
    there, edits = f"/episodes/{OTHER}/answers", paths.edits("x").parent
    client.post(f"{there}/{slug}/throw-away", {})
    shutil.rmtree(edits)
    edits.touch()  # nothing can be written there
    assert client.post(f"{there}/{slug}/bring-back", {}).status == 507
    reworded = paths.answer(slug).read_text() + "More.\n"
    paths.answer(slug).write_text(reworded)
    edits.unlink()
    assert client.post(f"{there}/{slug}/bring-back", {}).status == 303
    assert paths.answer(slug).read_text() == reworded
    assert "Thrown away" not in client.get(there).text


def test_a_page_of_a_draft_that_was_thrown_away_does_nothing_to_a_newer_one(
    browser: Browser, desk: Running, client: Client
) -> None:
    """Cut anew it has the same address, and a tab may have been open for a week."""
    paths = desk.folder.episode(OTHER)
    slug = cut_first(desk, client)
    here = f"/episodes/{OTHER}/answers/{slug}"
    with visiting(browser) as context:
        come_in(context, desk, client)
        page = context.new_page()
        page.goto(desk.address + here)
        old = page.locator("#editor [name=id]").input_value()
        assert client.post(f"{here}/throw-away", {"id": old}).status == 303
        assert cut_first(desk, client) == slug
        before = paths.answer(slug).read_text()
        expect(page.locator("#saved")).to_contain_text("thrown away", timeout=9000)
        page.locator("#body").fill("Of the first cut.")
        expect(page.locator("#saved")).to_contain_text("Not saved")
        expect(page.locator("#body")).to_have_value("Of the first cut.")
        newer = context.new_page()
        newer.goto(desk.address + here)
        page.close()
        newer.reload()
        expect(newer.locator("html")).to_have_attribute("data-ready", "")
        expect(newer.locator("#body")).not_to_have_value("Of the first cut.")
        assert newer.locator("#editor [name=id]").input_value() != old
    told = "is another answer now: the one of this page was thrown away"
    for action in ("", "/address", "/throw-away", "/superseded", "/withdraw", "/send"):
        given = {"id": old, "address": "x", "newer": "", "question": "Q?", "body": "B"}
        assert told in client.post(f"{here}{action}", given).text
    assert told in client.get(f"{here}/now?base=x&id={old}").text
    assert paths.answer(slug).read_text() == before


def test_what_was_typed_before_an_episode_was_renamed_is_saved_under_its_new_name(
    browser: Browser, desk: Running, client: Client
) -> None:
    slug, new = cut_first(desk, client), "2026-04-15-nerves"
    with visiting(browser) as context:
        come_in(context, desk, client)
        page = context.new_page()
        page.goto(f"{desk.address}/episodes/{OTHER}/answers/{slug}")
        for part in ("episodes", "transcripts"):
            folder = desk.folder.root / part / OTHER
            folder.rename(folder.with_name(new))
        page.locator("#body").fill("Typed meanwhile.")
        expect(page.locator("#saved")).to_contain_text("Not saved")
        after = context.new_page()
        page.close()
        after.goto(f"{desk.address}/episodes/{new}/answers/{slug}")
        expect(after.locator("#saved")).to_contain_text("Saved ")
        expect(after.locator("#body")).to_have_value("Typed meanwhile.")
    assert "Typed meanwhile." in desk.folder.episode(new).answer(slug).read_text()


def test_a_thrown_away_draft_takes_no_address_of_another_episodes_answer(
    desk: Running, client: Client
) -> None:
    """The build would stop at both; here it waits until the other has moved."""
    there = f"/episodes/{OTHER}/answers"
    slug = cut_first(desk, client)
    client.post(f"{there}/{slug}/throw-away", {})
    client.post(f"{HERE}/address", {"address": slug})
    told = client.post(f"{there}/{slug}/bring-back", {}).text
    assert "is the address of another answer by now" in told
    assert "Thrown away" in client.get(there).text
    assert not desk.folder.episode(OTHER).answer(slug).exists()


def test_two_drafts_of_one_address_are_both_kept(desk: Running, client: Client) -> None:
    paths, there = desk.folder.episode(OTHER), f"/episodes/{OTHER}/answers"
    texts = []
    for written in ("Written for an hour.", "Written anew."):
        slug = cut_first(desk, client)
        path = paths.answer(slug)
        path.write_text(f"{path.read_text()}\n{written}\n")
        texts.append(path.read_text())
        client.post(f"{there}/{slug}/throw-away", {})
    for name, text in zip((slug, f"{slug}-2"), texts, strict=True):
        assert client.post(f"{there}/{name}/bring-back", {}).status == 303
        assert paths.answer(name).read_text() == text


def test_a_page_that_shows_an_older_address_acts_on_the_answer_and_its_log(
    desk: Running, client: Client
) -> None:
    client.get(HERE)
    client.post(f"{HERE}/address", {"address": NEW})
    ann = desk.at_the_machine()
    ann.get(f"{ANSWERS}/{NEW}/now?base=", accept="application/json")
    seen = client.get(f"{HERE}/now?base=", accept="application/json")
    assert json.loads(seen.body)["others"] == ["You"]
    done = client.post(f"{HERE}/withdraw", {"meant": "yes"})
    assert done.headers["location"] == f"{ANSWERS}/{NEW}"
    answer = load_answer(desk.folder.episode(SLUG).answer(NEW))
    assert answer.status == "withdrawn"
    assert "withdrew" in client.get(f"/log?episode={SLUG}&answer={NEW}").text


def test_what_is_redacted_leaves_a_thrown_away_draft(
    desk: Running, client: Client
) -> None:
    paths = desk.folder.episode(OTHER)
    slug = cut_first(desk, client)
    answer = load_answer(paths.answer(slug))
    first = answer.question.split()[2]
    client.post(f"/episodes/{OTHER}/answers/{slug}/throw-away", {})
    kept = desk.folder.state / "desk/dropped" / OTHER / f"{slug}.md"
    assert first in kept.read_text()
    start, end = map(format_clock, (answer.asked.start, answer.asked.end))
    redacted = {"start": start, "end": end, "do": "add", "replacement": "a viewer"}
    before = kept.read_text()
    done = client.post(f"/episodes/{OTHER}/redactions", redacted)
    assert done.status == 303
    assert answer.question not in kept.read_text()
    assert "a viewer" in kept.read_text()
    (undo,) = parse_qs(urlsplit(done.headers["location"]).query)["undo"]
    client.post(f"/episodes/{OTHER}/redactions", {"do": "undo", "undo": undo})
    assert kept.read_text() == before, "it comes back there too"
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_newer_answer_takes_its_place(desk: Running, client: Client) -> None:
    paths = desk.folder.episode(SLUG)
    newer = load_answer(paths.answer("rest-or-keep-moving"))
    before = load_answer(paths.answer(HEAT))
    sent = {"newer": "https://show.example/answers/rest-or-keep-moving/"}
    assert client.post(f"{HERE}/superseded", sent).status == 303
    after = load_answer(paths.answer(HEAT))
    assert (after.superseded_by, after.review) == (newer.id, before.review)
    for wrong in (HEAT, "nothing-there", "../x"):
        told = client.post(f"{HERE}/superseded", {"newer": wrong}).text
        assert "is no other answer" in told
    assert "None does" in client.get(f"{HERE}?edit").text
    client.post(f"{HERE}/superseded", {"newer": ""})
    assert load_answer(paths.answer(HEAT)).superseded_by is None


def test_a_withdrawal_by_mistake_is_taken_back_before_the_build(
    desk: Running, client: Client
) -> None:
    path = desk.folder.episode(SLUG).answer(HEAT)
    assert "was not withdrawn" in client.post(f"{HERE}/draft-again", {}).text
    client.post(f"{HERE}/withdraw", {"meant": "yes"})
    assert "It was a mistake" in client.get(HERE).text
    assert load_answer(path).withdrawal is not None
    assert client.post(f"{HERE}/draft-again", {}).status == 303
    answer = load_answer(path)
    assert (answer.status, answer.review) == ("draft", None)
    assert answer.withdrawal is None
    client.post(f"{HERE}/withdraw", {"meant": "yes"})
    spend(desk, answer.id)
    assert "It was a mistake" not in client.get(HERE).text
    assert "its id is spent" in client.post(f"{HERE}/draft-again", {}).text
    assert load_answer(path).status == "withdrawn"


def spend(desk: Running, answer_id: str) -> None:
    """Note that a site was built that says the answer is withdrawn."""
    path = desk.folder.addresses
    history = load_addresses(path)
    known = replace(history.answers[answer_id], withdrawn=True)
    answers = {**history.answers, answer_id: known}
    path.write_text(format_addresses(replace(history, answers=answers)))


@pytest.mark.browser
def test_the_address_is_changed_by_hand(browser: Browser, desk: Running) -> None:
    client = desk.at_the_machine()
    with visiting(browser, viewport={"width": 390, "height": 800}) as context:
        come_in(context, desk, client)
        page, other = context.new_page(), context.new_page()
        for one in (other, page):
            one.goto(f"{desk.address}{HERE}?edit")
        page.get_by_text(f"Address: {HEAT}").click()
        page.locator("#address").fill(NEW)
        page.get_by_role("button", name="Change the address").click()
        page.wait_for_url(f"**/answers/{NEW}?edit")
        expect(page.get_by_text("Saved.")).to_be_visible()
        other.bring_to_front()
        other.wait_for_url(f"**/answers/{NEW}?edit")


def test_what_the_desk_remembers_follows_an_episode_that_is_renamed(
    desk: Running,
) -> None:
    """Words typed into a page that was open were kept for a folder that is gone."""
    client, folder, new = desk.at_the_machine(), desk.folder, "2026-03-11-backs"
    old = f"/episodes/{SLUG}"
    cut = ("--question", "4:33-4:38", "--answer", "4:38-4:59", "--by", "larkfield")
    argv = ["cut", SLUG, *cut, "--slug", "heat-again", "--show", str(folder.root)]
    assert main(argv) == 0
    assert client.post(f"{old}/answers/heat-again/throw-away").status == 303
    edit(client, "Good evening", "Good late evening", at=old)
    desk.app.state.rooms.flush(SLUG)
    for part in ("episodes", "transcripts"):
        (folder.root / part / SLUG).rename(folder.root / part / new)
    transcript = folder.episode(new).transcript
    transcript.write_text(transcript.read_text().replace(SLUG, new))
    edit(client, "late evening", "late summer evening", at=old)
    here = f"/episodes/{new}"
    assert "heat-again" in client.get(f"{here}/answers").text
    versions = json.loads(client.get(f"{here}/versions").body)["versions"]
    assert "2 corrections" in str(versions)
    desk.app.state.rooms.flush(new)
    assert "Good late summer evening" in transcript.read_text()
    assert f'episode = "{new}"' in transcript.read_text()
    assert client.get(old).status == 404
    late = post(client, "/operations", {"operation": {}, "revision": 1}, old)
    assert f"has another name by now, {new}; open that one" in late.text
    assert client.post(f"{here}/answers/heat-again/bring-back").status == 303
    assert folder.episode(new).answer("heat-again").is_file()
