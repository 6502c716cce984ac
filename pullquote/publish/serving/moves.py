"""What becomes of addresses and ids that once were public. Pure.

A link that somebody saved must never show a different answer: it leads on to the
same one, or says that it was withdrawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from pullquote.errors import GateError
from pullquote.model import address
from pullquote.model.answer import Answer
from pullquote.model.history import History, Known
from pullquote.model.library import Entry, Library
from pullquote.model.show import Show
from pullquote.publish.serving.covers import cover_moves
from pullquote.publish.serving.redirects import GONE, Redirect

LISTS = (address.PEOPLE, address.TOPICS)
"""Where the page of a person or topic leads as long as nothing public is theirs."""

Moves = Mapping[str, str | None]
"""Site path of a page or file that is no more, and the one it leads to; None for
an answer that was withdrawn."""


def remember(history: History, library: Library) -> History:
    """Return the history with everything that this library makes public."""
    answers = dict(history.answers)
    episodes = dict(history.episodes)
    pages, places = _owners(answers), _owners(episodes)
    for entry in library.published:
        _stood(episodes, entry.episode.guid, entry.slug, places)
        for answer in entry.approved:
            _stood(answers, answer.id, answer.slug, pages)
    for answer in _withdrawn(library):
        if answer.id in answers:  # what never was public leaves no trace
            answers[answer.id] = replace(answers[answer.id], withdrawn=True)
    known = {page for page, _ in _ids(library)}
    named = {page for page in history.pages if page in known} | {*_public(library)}
    listed = tuple(sorted(named))
    return replace(history, answers=answers, episodes=episodes, pages=listed)


def _ids(library: Library) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the page that each person and topic has, or would have, and former ones."""
    for topic in library.show.topics:
        former = map(address.topic_page, topic.formerly)
        yield address.topic_page(topic.id), tuple(former)
    for person in library.show.people:
        former = map(address.person_page, person.formerly)
        yield address.person_page(person.id), tuple(former)


def _public(library: Library) -> Iterator[str]:
    """Yield the pages of people and topics that the site has; some of them repeatedly."""
    hosts = (p.id for p in library.show.people if p.role == "host")
    yield from map(address.person_page, hosts)
    for entry in library.published:
        yield from map(address.person_page, entry.episode.people)
        for answer in entry.approved:
            yield from map(address.topic_page, answer.topics)
            yield from map(address.person_page, answer.speakers)
            if answer.review:
                yield address.person_page(answer.review.by)


def lost(history: History, library: Library) -> tuple[GateError, ...]:
    """Return each page of a person or topic of which show.toml knows nothing any more.

    ``history`` is what was public before. It is told once: the next history has
    forgotten it, for people and topics may go.
    """
    known = {page for now, former in _ids(library) for page in (now, *former)}
    return tuple(
        GateError(
            "show.toml",
            f"{page} was a page, and nothing has that id any more",
            "if it has another one now, name the old one there:"
            f' formerly = ["{page.split("/")[1]}"]; else the page is gone',
        )
        for page in history.pages
        if page not in known
    )


def without(
    history: History, library: Library, hides: Callable[[str], bool]
) -> History:
    """Return the history without former slugs that tell what is private by now.

    Their addresses lead nowhere any more: a redirect would go on telling it.
    """
    now = {entry.slug for entry in library.published}
    now |= {a.slug for entry in library.published for a in entry.approved}

    def told(known: Mapping[str, Known]) -> dict[str, Known]:
        kept = dict(known)
        for key, one in known.items():
            slugs = tuple(s for s in one.slugs if s in now or not hides(s))
            if slugs != one.slugs:
                kept[key] = replace(one, slugs=slugs)
        return kept

    return replace(
        history, answers=told(history.answers), episodes=told(history.episodes)
    )


def _stood(
    known: dict[str, Known], key: str, slug: str, owners: dict[str, str]
) -> None:
    before = known.get(key, Known())
    if before.slugs == (slug,) and owners.get(slug) == key:
        return  # as ever
    loser = owners.get(slug, key)
    if loser != key:  # somebody allowed it: see `reused`
        kept = tuple(old for old in known[loser].slugs if old != slug)
        known[loser] = replace(known[loser], slugs=kept)
    owners[slug] = key
    slugs = (*(old for old in before.slugs if old != slug), slug)
    known[key] = replace(before, slugs=slugs)


def _owners(known: Mapping[str, Known]) -> dict[str, str]:
    return {slug: key for key, one in known.items() for slug in one.slugs}


def _withdrawn(library: Library) -> Iterator[Answer]:
    for entry in library.entries:
        yield from (a for a in entry.answers if a.status == "withdrawn")


def moves(history: History, library: Library) -> dict[str, str | None]:
    """Return what became of each address that is not public any more.

    ``history`` is that of ``remember``. A page that only waits for its doctor's
    signature has not moved and is not gone: it is not among them.
    """
    entries = {entry.episode.guid: entry for entry in library.published}
    public = {a.id: a.slug for e in library.published for a in e.approved}
    waiting = {a.id for e in library.entries for a in e.answers} - {
        answer.id for answer in _withdrawn(library)
    }
    found: dict[str, str | None] = {}
    for guid, known in history.episodes.items():
        if guid in entries:
            for old in _former(known, entries[guid].slug):
                found.update(_episode_moves(library.show, old, entries[guid]))
    for key, known in history.answers.items():
        if key in public:
            target = address.answer_page(public[key])
            pages = map(address.answer_page, _former(known, public[key]))
            found.update(dict.fromkeys(pages, target))
        elif known.withdrawn or key not in waiting:
            found.update(dict.fromkeys(map(address.answer_page, known.slugs)))
    found.update(_renamed(history, library))
    found.update(cover_moves(history, library))
    taken = {address.answer_page(slug) for slug in public.values()}
    return {path: to for path, to in found.items() if path not in taken}


def _renamed(history: History, library: Library) -> dict[str, str]:
    """People and topics that got another id or were merged: ``show.toml`` says so.

    One that had a page and has nothing public for now leads to the list of the others.
    The pages of older answers lead to those with the same number, as far as there are.
    """
    shown = {*_public(library)}
    found: dict[str, str] = {}
    ids = [*_ids(library)]
    listed = _listed(library) if any(former for _, former in ids) else Counter[str]()
    for page, former in ids:
        if page in shown:
            found |= dict.fromkeys(former, page)
            for number in range(1, address.older_pages(listed[page]) + 1):
                older = (address.older_of(old, number) for old in former)
                found |= dict.fromkeys(older, address.older_of(page, number))
        elif page in history.pages:
            found |= dict.fromkeys((page, *former), page[: page.index("/") + 1])
    return found


def _listed(library: Library) -> Counter[str]:
    """Count the answers that each person's or topic's page lists."""
    counts: Counter[str] = Counter()
    for entry in library.published:
        for answer in entry.approved:
            counts.update(map(address.topic_page, answer.topics))
            counts.update(map(address.person_page, answer.speakers))
    return counts


def _former(known: Known, now: str) -> Iterable[str]:
    return (slug for slug in known.slugs if slug != now)


def _episode_moves(show: Show, old: str, entry: Entry) -> dict[str, str | None]:
    """A renamed episode takes its sound and its transcripts along."""
    made: dict[str, str | None] = {
        address.episode_page(old): address.episode_page(entry.slug),
        address.enclosure_file(old): address.enclosure_file(entry.slug),
        address.chapters_file(old): address.chapters_file(entry.slug),
    }
    if cover := entry.episode.cover:
        there = address.episode_cover(show, entry.slug, cover)
        made[address.plain_cover(cover, old)] = there
    if entry.m4a is not None:
        made[address.alternate_file(old)] = address.alternate_file(entry.slug)
    for ending in address.TRANSCRIPT_FORMATS:
        made[address.transcript_file(old, ending)] = address.transcript_file(
            entry.slug, ending
        )
    return made


def redirects(moved: Moves, root: str = "/") -> dict[str, Redirect]:
    """Return the rules of ``_redirects``; ``root`` is where the site starts on its host."""
    return {
        f"{root}{path}": Redirect(target=None, status=GONE)
        if target is None
        # to a list: its page may come back
        else Redirect(target=f"{root}{target}", status=302 if target in LISTS else 301)
        for path, target in moved.items()
    }


def reused(
    history: History,
    library: Library,
    signed: Collection[tuple[str, str]] = (),
    *,
    allow: Collection[str] = (),
) -> tuple[GateError, ...]:
    """Return every id and address that would come to mean something else.

    ``history`` is what was public before. An id that was withdrawn stays spent
    though its file is deleted, moved or edited. ``signed`` are the episode and id
    of each answer that was ever signed: its id belongs to that episode. ``allow``
    names ids whose old address another answer may take over.
    """
    faults = [*_spent(history, library), *_strayed(signed, library)]
    answers = [(a.id, a.slug) for e in library.published for a in e.approved]
    faults += _taken_over(history.answers, answers, address.ANSWERS, allow)
    episodes = [(e.episode.guid, e.slug) for e in library.published]
    faults += _taken_over(history.episodes, episodes, address.EPISODES, allow)
    return tuple(faults)


def _spent(history: History, library: Library) -> Iterator[GateError]:
    for entry in library.entries:
        for answer in entry.answers:
            known = history.answers.get(answer.id)
            if known and known.withdrawn and answer.status != "withdrawn":
                yield GateError(
                    f"{entry.slug}/{answer.slug}",
                    f"has the id {answer.id} of an answer that was withdrawn",
                    "cut it again to get an id of its own",
                )


def _strayed(
    signed: Collection[tuple[str, str]], library: Library
) -> Iterator[GateError]:
    homes = {answer: episode for episode, answer in signed}
    for entry in library.entries:
        for answer in entry.answers:
            home = homes.get(answer.id, entry.slug)
            if home != entry.slug and (entry.slug, answer.id) not in signed:
                yield GateError(
                    f"{entry.slug}/{answer.slug}",
                    f"has the id {answer.id} that was signed in {home}",
                    "cut it again to get an id of its own",
                )


def _taken_over(
    known: Mapping[str, Known],
    now: Iterable[tuple[str, str]],
    where: str,
    allow: Collection[str],
) -> Iterator[GateError]:
    owners = _owners(known)
    for key, slug in now:
        owner = owners.get(slug, key)
        if owner != key and owner not in allow:
            yield GateError(
                f"{where}{slug}/",
                f"was the address of {owner}, and readers' links would now show {key}",
                f"write {owner} back, or rename the new one, or if it is meant:"
                f" --allow {owner}",
            )
