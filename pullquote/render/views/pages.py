"""Which pages a site has, where they stand and what each is given to show."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from pullquote.formats.markdown import printable
from pullquote.model import address
from pullquote.model.show import Person, Show, Topic
from pullquote.render.views.answer_view import answer_facts, answer_view
from pullquote.render.views.card import Card
from pullquote.render.views.edition import Edition, ShownAnswer, ShownEpisode
from pullquote.render.views.episode_view import FileLink, episode_view
from pullquote.render.views.leaves import Leaf, leaves
from pullquote.render.views.prose import excerpt
from pullquote.render.views.structured import answer_data, episode_data

NEWEST = 6
"""Episodes and answers on the first page; the lists of all are one link away."""

View = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every page of one site knows."""

    show: Show
    preview: bool
    """Drafts are shown: for this machine alone, never indexed."""
    feeds: tuple[FileLink, ...]
    json_feed: FileLink | None
    """For programs; people are offered the others."""
    cover: str | None
    others: frozenset[str]
    """Site paths of files that other stages made."""
    search: bool = False
    """There is something to search."""
    today: date | None = None
    """Decides which reviews are overdue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page, its template and a function that gathers what it shows.

    The function runs when the page is rendered, so that ten thousand pages need
    the memory of one.
    """

    path: str
    """Site path: ``answers/knee/`` or a file such as ``404.html``."""
    template: str
    title: str
    section: str = ""
    """Which entry of the navigation it belongs to."""
    draft: bool = False
    hidden: bool = False
    """In no sitemap: what is not found, has moved or was withdrawn.

    Not to be indexed either, but where it leads on."""
    changed: date | None = None
    """Day of the last change that a search engine should know of."""
    card: Card | None = None
    """What the picture says that a link to this page is shown with."""
    gather: Callable[[], View] = dict
    made_from: Callable[[], object] | None = None
    """Everything that the page shows beside what all pages know; see ``reuse``."""

    @property
    def picture(self) -> str | None:
        """Site path of the picture."""
        return self.path + self.card.name if self.card else None


def site_of(
    edition: Edition, others: frozenset[str], today: date | None = None
) -> Site:
    """Gather what every page knows; ``others`` are files that other stages made."""
    say = edition.show.words.gettext
    one_by_one = say("Answers, one by one")
    feeds = (
        FileLink(title=say("Episodes, as a podcast"), path=address.PODCAST_FEED),
        FileLink(title=one_by_one, path=address.ANSWERS_FEED),
    )
    json_feed = FileLink(title=one_by_one, path=address.ANSWERS_JSON)
    return Site(
        show=edition.show,
        preview=edition.preview,
        feeds=tuple(feed for feed in feeds if feed.path in others),
        json_feed=json_feed if json_feed.path in others else None,
        cover=address.cover_file(edition.show),
        others=others,
        search=edition.show.search
        and any(e.answers or e.entry.spoken for e in edition.episodes),
        today=today,
    )


def pages(edition: Edition, site: Site) -> Iterator[Page]:
    """Yield every HTML page of the site."""
    yield from shared_pages(edition, site)
    for episode in edition.episodes:
        yield from episode_pages(edition, site, episode)


def shared_pages(edition: Edition, site: Site) -> Iterator[Page]:
    """Yield the pages that are not one episode's own."""
    yield from _lists(edition)
    if site.search:
        yield Page(
            path=address.SEARCH,
            template="search.html.j2",
            title=site.show.words.pgettext("heading", "Search"),
            section="search",
            gather=partial(dict, description=_of(site.show, _("Search in %(title)s."))),
        )
    for person in edition.people:
        yield from _person_pages(edition, person)
    for topic in edition.topics:
        yield from _topic_pages(edition, topic)


def episode_pages(
    edition: Edition, site: Site, episode: ShownEpisode
) -> Iterator[Page]:
    """Yield an episode's page and those of its answers."""
    yield Page(
        path=address.episode_page(episode.entry.slug),
        template="episode.html.j2",
        title=episode.entry.episode.title,
        section="episodes",
        draft=episode.draft,
        changed=_published(episode),
        card=_card(site, episode.draft, episode.entry.episode.title, episode.people),
        gather=partial(_episode, site, episode),
        made_from=partial(_episode_facts, site, episode),
    )
    for shown in episode.answers:
        yield Page(
            path=address.answer_page(shown.answer.slug),
            template="answer.html.j2",
            title=shown.answer.question,
            section="answers",
            draft=shown.draft,
            changed=_changed(shown),
            card=_card(site, shown.draft, shown.answer.question, shown.speakers),
            gather=partial(_answer, edition, site, shown),
            made_from=partial(answer_facts, edition, shown, site.today),
        )


def _card(
    site: Site, draft: bool, title: str, people: tuple[Person, ...]
) -> Card | None:
    """Return what the picture says; None where there is none or it has no letters."""
    if draft or site.preview or not site.show.share_pictures:
        return None
    shown = [printable(text) for text in (title, _signatures(people), site.show.title)]
    card = Card(*(" ".join(text.split()) for text in shown))
    return card if card.drawable else None


def _signatures(people: tuple[Person, ...]) -> str:
    return (
        people[0].signature if len(people) == 1 else ", ".join(p.name for p in people)
    )


def _lists(edition: Edition) -> Iterator[Page]:
    show = edition.show
    say = show.words.gettext
    whole: View = {"edition": edition}
    every = {address.EPISODES: partial(_listed, edition.episodes)}
    yield Page(
        path=address.HOME,
        template="index.html.j2",
        title=show.title,
        gather=partial(_home, edition),
    )
    for path, section, heading, said in (
        (
            address.EPISODES,
            "episodes",
            _("All episodes"),
            _("All episodes of %(title)s."),
        ),
        (address.PEOPLE, "people", _("People"), _("People of %(title)s.")),
        (address.TOPICS, "topics", _("Topics"), _("Topics of %(title)s.")),
    ):
        yield Page(
            path=path,
            template=f"{section}.html.j2",
            title=say(heading),
            section=section,
            gather=partial(dict, whole, description=_of(show, said)),
            made_from=every.get(path),
        )
    yield from _answer_lists(edition)
    yield Page(
        path=address.NOT_FOUND,
        template="404.html.j2",
        title=say("Page not found"),
        hidden=True,
        gather=partial(dict, description=say("There is no page at this address.")),
    )


def _answer_lists(edition: Edition) -> Iterator[Page]:
    """Yield the list of all answers."""
    said = _of(edition.show, _("All answers of %(title)s."))
    counts = [(t.id, len(edition.by_topic[t.id])) for t in edition.topics]
    say = edition.show.words.gettext
    for leaf in leaves(edition.answers, address.ANSWERS, address.older_answers):
        yield Page(
            path=leaf.path,
            template="answers.html.j2",
            title=say("Older answers") if leaf.newer else say("All answers"),
            section="answers",
            gather=partial(dict, leaf.view, edition=edition, description=said),
            made_from=partial(_leaf_facts, leaf, None if leaf.newer else counts),
        )


def _leaf_facts(
    leaf: Leaf, beside: object = None, episodes: Iterable[ShownEpisode] = ()
) -> object:
    """Return all that is printed of a list, and beside it."""
    ends = leaf.newer, leaf.older
    return _listed(leaf.answers), ends, beside, _listed(episodes)


def _person_pages(edition: Edition, person: Person) -> Iterator[Page]:
    """Yield a person's page, and those of older answers."""
    page = address.person_page(person.id)
    answers = edition.by_person.get(person.id, [])
    older = partial(address.older_of, page)
    for leaf in leaves(answers, page, older):
        episodes = [] if leaf.newer else edition.episodes_of.get(person.id, [])
        yield Page(
            path=leaf.path,
            template="person.html.j2",
            title=_title(edition, person.name, leaf),
            section="people",
            gather=partial(_person, person, leaf, episodes),
            made_from=partial(_leaf_facts, leaf, person.id, episodes),
        )


def _topic_pages(edition: Edition, topic: Topic) -> Iterator[Page]:
    """Yield a topic's page, and those of older answers."""
    page = address.topic_page(topic.id)
    said = topic.summary or edition.show.words.gettext(
        "Answers about %(topic)s from %(title)s.",
        topic=topic.title,
        title=edition.show.title,
    )
    answers, older = edition.by_topic[topic.id], partial(address.older_of, page)
    for leaf in leaves(answers, page, older):
        yield Page(
            path=leaf.path,
            template="topic.html.j2",
            title=_title(edition, topic.title, leaf),
            section="topics",
            gather=partial(dict, leaf.view, topic=topic, description=excerpt(said)),
            made_from=partial(_leaf_facts, leaf),
        )


def _title(edition: Edition, name: str, leaf: Leaf) -> str:
    older = edition.show.words.gettext("%(name)s: older answers", name=name)
    return older if leaf.newer else name


def _of(show: Show, wording: str) -> str:
    return show.words.gettext(wording, title=show.title)


def _(wording: str) -> str:
    """Mark a wording that is looked up where the show is known."""
    return wording


def former_pages(edition: Edition, moved: Mapping[str, str | None]) -> Iterator[Page]:
    """Yield a page for each address that once was public, for hosts that know no 410.

    What is shown now goes first: an address that is taken again has none.
    """
    taken = {address.answer_page(shown.answer.slug) for shown in edition.answers}
    taken |= {address.episode_page(e.entry.slug) for e in edition.episodes}
    say = edition.show.words.gettext
    withdrawn = say("Withdrawn"), say("This answer was withdrawn.")
    has_moved = say("Moved"), say("It has moved.")
    for path, target in sorted(moved.items()):
        if not path.endswith("/") or path in taken:
            continue
        gone = target is None
        title, said = withdrawn if gone else has_moved
        yield Page(
            path=path,
            template="withdrawn.html.j2" if gone else "moved.html.j2",
            title=title,
            hidden=True,
            gather=partial(dict, target=target, description=said),
        )


def _home(edition: Edition) -> View:
    return {
        "edition": edition,
        "description": excerpt(edition.show.description),
        "episodes": edition.episodes[:NEWEST],
        "answers": edition.current[:NEWEST],
    }


def _episode(site: Site, episode: ShownEpisode) -> View:
    view = episode_view(site.show, episode, site.others)
    said = episode.entry.episode.summary or _of(
        site.show, _("An episode of %(title)s.")
    )
    return {
        "view": view,
        "description": excerpt(said),
        "data": None if episode.draft else episode_data(site.show, view),
    }


def _answer(edition: Edition, site: Site, shown: ShownAnswer) -> View:
    view = answer_view(edition, shown, site.today)
    said = view.text or shown.answer.question
    if shown.superseded:  # search engines and shared links show this sentence alone
        says = edition.show.words.gettext("A newer answer takes the place of this one.")
        said = f"{says} {said}"
    return {
        "view": view,
        "description": excerpt(said),
        "data": None if shown.draft else answer_data(edition.show, view),
    }


def _listed(shown: Iterable[ShownAnswer | ShownEpisode]) -> str:
    """Return a digest of all that a list prints."""
    lines = "\n".join([one.listed for one in shown])
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def _episode_facts(site: Site, shown: ShownEpisode) -> object:
    entry = shown.entry
    files = [*address.transcripts_among(site.others, entry.slug).values()]
    clips = [(a.answer.answered, a.listed) for a in shown.answers]
    suggested = entry.suggestions if shown.draft else None
    if entry.ground:
        return entry.ground, files, shown.listed, entry.notes, clips, suggested
    language = entry.transcript and entry.transcript.language
    said = [
        (t.start, t.speaker, t.guessed, t.text, t.sentence_starts) for t in entry.turns
    ]
    times = [[t.words[at].start for at in t.sentence_starts] for t in entry.turns]
    return (
        shown.listed,
        (entry.notes, language, suggested),
        (clips, files, said, times),
    )


def _person(person: Person, leaf: Leaf, episodes: Sequence[ShownEpisode]) -> View:
    return {
        **leaf.view,
        "person": person,
        "photo": address.photo_file(person),
        "episodes": episodes,
        "description": excerpt(person.bio or person.signature),
    }


def _published(episode: ShownEpisode) -> date | None:
    published = episode.entry.episode.published
    return published.date() if published else None


def _changed(shown: ShownAnswer) -> date | None:
    answer = shown.answer
    reviewed = answer.review.on if answer.review else None
    if not answer.corrections and not answer.corrected:
        return reviewed  # as most answers of a large show are
    return max(d for d in (answer.corrected_on, reviewed) if d)
