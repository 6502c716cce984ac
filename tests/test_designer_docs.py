"""What the designer's page says of templates is what templates are given."""

import re
from dataclasses import fields
from pathlib import Path

from pullquote.formats.words_po import packaged_templates
from pullquote.render.site.build import build_site
from pullquote.render.templating import _shared, environment
from pullquote.render.views.answer_view import AnswerView
from pullquote.render.views.edition import edition
from pullquote.render.views.episode_view import EpisodeView
from pullquote.render.views.pages import pages, site_of
from tests import factory

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "designer.md").read_text()
NAMES = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", TEXT))))


def test_every_template_and_every_token_is_named() -> None:
    templates = packaged_templates()
    files = [p.name for p in templates.glob("*.j2")]
    files += [p.name for p in (templates / "static").iterdir()]
    assert len(files) > 15
    assert [name for name in files if f"`{name}`" not in TEXT] == []
    tokens = re.findall(r"(--[a-z-]+):", (templates / "static/tokens.css").read_text())
    assert {token for token in tokens if f"`{token}`" not in TEXT} == set()


def test_everything_that_a_template_is_given_is_named(tmp_path: Path) -> None:
    chosen = edition(factory.library(tmp_path), drafts=True)
    site = site_of(chosen, frozenset())
    templates = environment(None)
    given = {"description", "data", "page"}
    for page in pages(chosen, site):
        given |= page.gather().keys()
        given |= _shared(templates, site, page).keys()
    given |= templates.globals.keys() - globals_of_jinja().keys()
    given |= {f.name for view in (AnswerView, EpisodeView) for f in fields(view)}
    macros = re.findall(
        r"macro (\w+)", (packaged_templates() / "parts.html.j2").read_text()
    )
    assert (given | set(macros)) - NAMES == set()


def globals_of_jinja() -> dict[str, object]:
    from jinja2 import Environment

    return dict(Environment(autoescape=True).globals)


def test_the_hospitals_frame_is_around_every_page(tmp_path: Path) -> None:
    (example,) = re.findall(r"```jinja\n(.*?)```", TEXT, re.DOTALL)
    own = tmp_path / "templates"
    (own / "static").mkdir(parents=True)
    (own / "base.html.j2").write_text(example)
    (own / "static" / "hospital.css").write_text("")
    (own / "static" / "logo.svg").write_text("<svg/>")
    library = factory.library(tmp_path / "show")
    factory.lay_media(library)
    site = tmp_path / "site"
    build_site(library, site, templates=own)
    made = [page for page in site.rglob("*.html") if page.name != "transcript.html"]
    assert {page.parent.name for page in made} > {"site", "answers", "search", "people"}
    for page in made:
        html = page.read_text()
        assert html.count('aria-label="Example Hospital"') == 1
        assert html.count('class="masthead"') == html.count('class="colophon"') == 1
        assert "hospital.css" in html.partition("</head>")[0]
        assert "Privacy" in html.partition('class="colophon"')[2]
