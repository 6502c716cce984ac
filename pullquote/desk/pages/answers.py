"""The answer editor: fields and Markdown, saved as one types, never over others' words."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pullquote.desk.context import (
    EDITORS,
    Desk,
    Who,
    csrf_token,
    form,
    form_pairs,
    page,
    require,
    wants_json,
)
from pullquote.desk.house import Read, check_there
from pullquote.desk.room.difference import since
from pullquote.desk.state.clips import unmuted
from pullquote.desk.state.following import follow
from pullquote.desk.state.memory import Memory
from pullquote.desk.state.requests import last_words, new_secret, today
from pullquote.desk.state.standing import read_answers
from pullquote.desk.text.beneath import beneath
from pullquote.desk.text.drafting import (
    FIELDS,
    Draft,
    Merged,
    applied,
    chosen,
    draft_from,
    draft_of,
    draft_of_form,
    form_of,
    in_order,
    merge,
)
from pullquote.errors import GateError, PullquoteError, UsageError
from pullquote.formats.answer_md import format_changes, load_answer, parse_answer
from pullquote.formats.disk import change_text, read_text, text_digest
from pullquote.formats.writing import writing
from pullquote.mark.cut.anchor import anchors
from pullquote.mark.guard.answers import changes
from pullquote.mark.review.sign_off import reviewers_of
from pullquote.model.address import is_slug
from pullquote.model.answer import Answer, Clip
from pullquote.model.show import Show
from pullquote.model.transcript import within
from pullquote.pipeline.marking.filing import is_spent, slug_by_question

if TYPE_CHECKING:
    from starlette.requests import Request

DUE_DAYS = 14
"""Days that a reviewer has, unless the editor says otherwise."""
_PRESENT = 10.0
"""Seconds for which somebody counts as being there after their page asked for news."""
_ONE_EDIT = timedelta(minutes=10)
"""For which what somebody saves again and again is one edit in the log."""


def routes(desk: Desk, memory: Memory) -> Sequence[BaseRoute]:
    """Return the editor's routes."""
    answers = _Answers(desk, memory)
    one = "/episodes/{slug}/answers/{name}"
    return (
        Route("/episodes/{slug}/answers", answers.overview, methods=["GET"]),
        Route(one, answers.show, methods=["GET"]),
        Route(one, answers.save, methods=["POST"]),
        Route(f"{one}/now", answers.now, methods=["GET"]),
        Route(f"{one}/versions", answers.earlier, methods=["GET"]),
        Route(f"{one}/versions", answers.restore, methods=["POST"]),
    )


def answer_file(desk: Desk, request: Request) -> tuple[str, Path]:
    """Return the episode's slug and the path of the answer that is asked for.

    Its name is the answer's address now, which may be another than a page that is open
    was shown at. Raises UsageError where there is none, or another than that page's.
    """
    slug = str(request.path_params["slug"])
    path = answer_path(desk, slug, request.path_params["name"])
    meant = request.query_params.get("id") or form(request).get("id")
    if meant and load_answer(path).id != meant:
        problem = "is another answer now: the one of this page was thrown away"
        raise UsageError(path.stem, problem, "see what there is under “Answers”")
    return slug, path


def answer_path(desk: Desk, slug: str, name: str) -> Path:
    """Return an answer's path, also where its file got another name since it was shown.

    Raises UsageError where there is none.
    """
    path = desk.folder.episode(slug).answer(name)
    if is_slug(slug) and is_slug(name) and path.is_file():
        return path
    shown = desk.shown.get((slug, name))
    for answer in read_answers(desk.folder.episode(slug), []) if shown else ():
        if answer.id == shown:
            return desk.folder.episode(slug).answer(answer.slug)
    check_there(desk.folder)
    raise UsageError(name, f"no such answer in {slug}", "choose one on the shelf")


def not_withdrawn(answer: Answer) -> None:
    """Raise GateError where there is no more to be done with it."""
    if answer.status == "withdrawn":
        where = f"{answer.slug}.md"
        raise GateError(where, "was withdrawn for good", "cut a new answer")


class _Answers:
    def __init__(self, desk: Desk, memory: Memory) -> None:
        self._desk = desk
        self._memory = memory
        self._versions, self._log = memory.versions, memory.log
        self._here: dict[Path, dict[str, tuple[str, float]]] = {}
        self._lock = threading.Lock()

    def overview(self, request: Request) -> Response:
        """List an episode's answers."""
        require(request, *EDITORS)
        slug = request.path_params["slug"]
        read = self._desk.house.read(slug)
        self._memory.following.look()
        asked = [r for r in self._memory.requests.all() if r.episode == slug]
        follow(self._desk.folder, slug)
        gone = self._memory.dropped.of(slug)
        return page(request, "answers.html.j2", read=read, asked=asked, gone=gone)

    def show(self, request: Request) -> Response:
        """Show an answer with everything an editor needs to know of it."""
        there = require(request, *EDITORS)
        slug, path = answer_file(self._desk, request)
        if path.stem != request.path_params["name"]:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{path.stem}{query}", 303)
        text = read_text(path)
        answer = parse_answer(text, path)
        self._desk.shown[slug, path.stem] = answer.id
        facts = self._facts(self._desk.house.read(slug), answer)
        facts |= {
            "base": text_digest(text),
            "said": request.query_params,
            "undos": self._memory.undos.of(slug, there.id),
        }
        opened = "edit" in request.query_params or answer.status == "draft"
        withdrawn = answer.status == "withdrawn"
        facts["spent"] = withdrawn and is_spent(self._desk.folder, answer.id)
        facts["plain"] = _plain_sentences(facts)
        facts["open"] = not withdrawn and (opened or not answer.approved)
        facts["others"] = self._presence(request, there, path)
        return page(request, "answer.html.j2", **facts)

    def _facts(self, read: Read, answer: Answer) -> dict[str, Any]:
        house = self._desk.house
        findings = changes(answer, read.entry.turns, read.show)
        sentences = beneath(answer.body, answer.answered, read.entry.turns, findings)
        return {
            "read": read,
            "answer": answer,
            "draft": draft_of(answer),
            "was": form_of(draft_of(answer)),
            "labels": FIELDS,
            "findings": findings,
            "sentences": sentences,
            "spoken_question": _said(read, answer.asked),
            "private": house.private(read, (answer.asked, answer.answered)),
            "unmuted": unmuted(self._desk, read),
            "asked": (asked := self._memory.requests.of(read.entry.slug, answer.id)),
            "last_word": last_words(asked).get(answer.id),
            "reviewers": reviewers_of(answer, read.show),
            "due": today() + timedelta(days=DUE_DAYS),
            "secret": new_secret(),
            "of_question": slug_by_question(answer, read.entry),
        }

    def save(self, request: Request) -> Response:
        """Write what the form has, unless the file holds what it has not seen."""
        there = require(request, *EDITORS)
        slug, path = answer_file(self._desk, request)
        pairs = chosen(form_pairs(request))
        both = any(key == "both" for key, _ in pairs)
        tried: list[Merged] = []

        def merged(now: str) -> str:
            answer = parse_answer(now, path)
            not_withdrawn(answer)
            mine = in_order(draft_from(pairs), answer)
            found = merge(_base(pairs, answer), draft_of(answer), mine)
            tried.append(found)
            if found.conflicts:
                return now
            text = self._text(slug, path, now, found.draft)
            if text != now:  # of two versions the one that goes is always kept
                self._versions.keep(answer.id, now, text, there, always=both)
            return text

        with writing(self._desk.state):
            now, text = change_text(path, merged)
        found = tried[-1]
        if found.conflicts:
            return self._both(request, parse_answer(now, path), found)
        if text != now:
            self._note(there, slug, path.stem)
        if wants_json(request):
            told = self._now(request, slug, parse_answer(text, path), text)
            told["theirs"] = [FIELDS[name] for name in found.theirs]
            return JSONResponse(told)
        said = "merged" if found.theirs else "saved"
        return RedirectResponse(f"{request.url.path}?edit&said={said}", 303)

    def _text(self, slug: str, path: Path, now: str, draft: Draft) -> str:
        """Return an answer's file with what a draft has."""
        read = self._desk.house.read(slug)
        answer = parse_answer(now, path)
        changed = _anchored(applied(draft, answer, read.show, path), answer, read)
        return format_changes(now, path, changed)

    def _both(self, request: Request, answer: Answer, found: Merged) -> Response:
        """Show both versions; nothing was written."""
        labels = [FIELDS[name] for name in found.conflicts]
        if wants_json(request):
            problem = f"Changed by somebody else too: {', '.join(labels)}."
            return JSONResponse({"problems": [problem], "conflicts": labels}, 409)
        return page(
            request,
            "answer-both.html.j2",
            409,
            answer=answer,
            theirs=draft_of(answer),
            mine=found.draft,
            instead=found.instead,
            conflicts=found.conflicts,
            labels=FIELDS,
            was=form_of(draft_of(answer)),
            show=self._desk.house.read(request.path_params["slug"]).show,
        )

    def _now(
        self, request: Request, slug: str, answer: Answer, text: str
    ) -> dict[str, Any]:
        """Return what a page shows anew, with HTML made by its own templates."""
        facts = self._facts(self._desk.house.read(slug), answer)
        facts |= {"csrf": csrf_token(request), "there": require(request)}
        made = self._desk.templates.get_template
        return {
            "base": text_digest(text),
            "state": state_of(answer),
            "notes": made("answer-notes.html.j2").render(facts),
            "sending": made("answer-send.html.j2").render(facts),
            "sentences": _plain_sentences(facts),
            "here": f"/episodes/{slug}/answers/{answer.slug}",
            "draft": {name: getattr(facts["draft"], name) for name in FIELDS},
            "was": facts["was"],
        }

    def now(self, request: Request) -> Response:
        """Say whether the file is another than a page has, and who else is there."""
        there = require(request, *EDITORS)
        slug, path = answer_file(self._desk, request)
        others = self._presence(request, there, path)
        text = read_text(path)
        told: dict[str, Any] = {"base": text_digest(text), "others": others}
        same = path.stem == request.path_params["name"]
        if not same or told["base"] != request.query_params.get("base"):
            told |= self._now(request, slug, parse_answer(text, path), text)
        return JSONResponse(told)

    def earlier(self, request: Request) -> Response:
        """Show what the answer said before, and what changed since each time."""
        require(request, *EDITORS)
        slug, path = answer_file(self._desk, request)
        answer = load_answer(path)
        found = []
        for version in self._versions.all(answer.id):
            with suppress(PullquoteError):  # it was broken then
                then = parse_answer(version.text, path)
                found.append((version, then, since(_whole(then), _whole(answer))))
        return page(
            request,
            "answer-versions.html.j2",
            read=self._desk.house.read(slug),
            answer=answer,
            found=found,
        )

    def restore(self, request: Request) -> Response:
        """Write an earlier version again; what it replaces is a version then."""
        there = require(request, *EDITORS)
        slug, path = answer_file(self._desk, request)
        key, answer = form(request).get("version"), load_answer(path)
        found = (v for v in self._versions.all(answer.id) if v.key == key)
        version = next(found, None)
        if version is None or answer.status == "withdrawn":
            problem = "has no such version to restore"
            raise UsageError(path.stem, problem, "choose another")
        draft = draft_of(parse_answer(version.text, path))

        def restored(now: str) -> str:
            text = self._text(slug, path, now, draft)
            did = "restoring"
            self._versions.keep(answer.id, now, text, there, did=did, always=True)
            return text

        with writing(self._desk.state):
            change_text(path, restored)
        note = f"{version.at.astimezone():%Y-%m-%d %H:%M}"
        self._log.write(there, "restored", episode=slug, answer=path.stem, note=note)
        here = f"/episodes/{slug}/answers/{path.stem}"
        return RedirectResponse(f"{here}?edit&said=saved", 303)

    def _presence(self, request: Request, there: Who, path: Path) -> tuple[str, ...]:
        """Note who looks at this answer, and return the names of the others."""
        token, now = str(request.scope.get("pullquote.token")), time.monotonic()
        with self._lock:
            here = self._here.setdefault(path, {})
            here[token] = (there.name, now)
            for key in [k for k, (_, at) in here.items() if now - at > _PRESENT]:
                del here[key]
            return tuple(sorted({n for k, (n, _) in here.items() if k != token}))

    def _note(self, there: Who, slug: str, name: str) -> None:
        """Log an edit, not each key of it: one line in ten minutes a person.

        Another one once something else was done with the answer: who reads that it was
        signed has to see that it was changed after.
        """
        since = datetime.now(UTC) - _ONE_EDIT
        for deed in self._log.newest():
            if deed.at.astimezone(UTC) < since:
                break
            if (deed.episode, deed.answer) != (slug, name):
                continue
            if deed.did != "edited":
                break
            if deed.who == there.id:
                return
        self._log.write(there, "edited", episode=slug, answer=name)


def _base(pairs: Sequence[tuple[str, str]], answer: Answer) -> Draft | None:
    """Return what a form was made from: the page says it, no server need remember it.

    If the file is what this very page sent before, without hearing that it arrived, it
    is that.
    """
    theirs = draft_of(answer)
    given = [(key, draft_of_form(v)) for key, v in pairs if key in ("was", "sent")]
    drafts = [(key, in_order(d, answer)) for key, d in given if d is not None]
    if any(key == "sent" and draft == theirs for key, draft in drafts):
        return theirs
    return next((draft for key, draft in drafts if key == "was"), None)


def _whole(answer: Answer) -> str:
    return f"{answer.question}\n\n{answer.body}"


def state_of(answer: Answer) -> str:
    """Return where an answer stands, in a word."""
    return "changed since signed" if answer.reopened else answer.status


def name_of(show: Show, person_id: str | None) -> str:
    """Return a person's name; of somebody who left show.toml, the id that was written."""
    person = show.person(person_id) if person_id else None
    return person.name if person else person_id or ""


def _said(read: Read, clip: Clip) -> str:
    return " ".join(turn.text for turn in within(read.entry.turns, clip))


def _anchored(changed: Answer, before: Answer, read: Read) -> Answer:
    """Return the answer with anchors that fit its clips."""
    if (changed.asked, changed.answered) == (before.asked, before.answered):
        return changed
    return replace(changed, anchor=anchors(changed, read.entry.turns, read.show))


def _plain_sentences(facts: dict[str, Any]) -> list[dict[str, object]]:
    return [asdict(one) for one in facts["sentences"]]
