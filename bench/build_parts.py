"""Say what a full build spends its processor time on: milliseconds an answer, by kind of work.

    python bench/build_parts.py [--answers 2000]

The show of `bench/build.py`. Each kind is done over the whole show in this one process; a
whole build does them in several, and starts and joins these. What is left of the build's
processor time is files and folders written, the start of Python, and what is sent.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.build import build
from bench.large_show import make_show
from pullquote.formats.folder import ShowFolder
from pullquote.formats.words_po import packaged_templates
from pullquote.model.library import Entry, Library
from pullquote.model.words import ENGLISH
from pullquote.pipeline.building.feeds import Feeds
from pullquote.pipeline.library.episode_files import episode_files
from pullquote.pipeline.library.load import complete, load_lazily
from pullquote.render.site import workers
from pullquote.render.site.reuse import Pages
from pullquote.render.templating import (
    kept_environment,
    render_page,
)
from pullquote.render.views.edition import Edition, edition, with_entry
from pullquote.render.views.pages import (
    Page,
    Site,
    episode_pages,
    shared_pages,
    site_of,
)

TODAY = date(2026, 11, 27)


def parts(folder: ShowFolder) -> Iterator[tuple[str, float]]:
    """Yield each kind of work and the seconds of processor time that it took."""

    def spent(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    library: Library = load_lazily(folder).library
    yield "read answers, facts, transcripts", spent(lambda: load_lazily(folder))
    whole: list[Entry] = []
    yield (
        "read words, give the text times, check",
        spent(lambda: whole.extend(_completed(folder, library))),
    )
    yield (
        "transcripts in four formats",
        spent(lambda: [dict(episode_files(library.show, e)) for e in whole]),
    )
    chosen: Edition = edition(library, drafts=False)
    yield "order of all", spent(lambda: edition(library, drafts=False))
    site = site_of(chosen, frozenset(), TODAY)
    by_slug = {entry.slug: entry for entry in whole}
    own = [
        page
        for shown in chosen.episodes
        for page in episode_pages(
            chosen, site, with_entry(shown, by_slug[shown.entry.slug])
        )
    ]
    yield from _pages(own, [*shared_pages(chosen, site)], site, spent)
    known = Pages(Path("nowhere"), site, (packaged_templates(),))
    yield "digests of what pages are made from", spent(lambda: [*map(known.key, own)])
    yield "feeds, and the gate on them", spent(lambda: Feeds(folder, library))


def _completed(folder: ShowFolder, library: Library) -> Iterator[Entry]:
    for entry in library.entries:
        yield complete(entry, library.show, folder.episode(entry.slug)).entry


def _pages(
    own: list[Page],
    shared: list[Page],
    site: Site,
    spent: Callable[[Callable[[], object]], float],
) -> Iterator[tuple[str, float]]:
    sources = kept_environment(None, ENGLISH)
    render_page(sources, site, own[0])  # templates are compiled
    answers = [page for page in own if page.section == "answers"]
    episodes = [page for page in own if page.section == "episodes"]
    yield "what answers' pages say", spent(lambda: [dict(p.gather()) for p in answers])
    for name, pages in (
        ("answers' pages, with that", answers),
        ("episodes' pages", episodes),
        ("lists, people and topics", shared),
    ):
        rendered = (render_page(sources, site, page) for page in pages)
        yield name, spent(partial(deque, rendered, maxlen=0))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=2000)
    answers: int = parser.parse_args().answers
    workers.processors = lambda: 1
    gc.disable()  # as in a build
    with tempfile.TemporaryDirectory() as folder:
        make_show(Path(folder), answers)
        show = ShowFolder(Path(folder) / "show")
        rows = [*parts(show)]
        full = build(show.root).cpu
    known = sum(seconds for name, seconds in rows if name != "what answers' pages say")
    rows += [("files, folders, start, the rest", full - known), ("a whole build", full)]
    for name, seconds in rows:
        print(f"{seconds / answers * 1000:7.3f} ms {seconds / full:5.0%}  {name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
