"""Templates: where they are looked up, what they may call, what goes wrong in them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path
from traceback import walk_tb
from types import BuiltinMethodType, FunctionType, MethodType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pullquote.errors import ContentError
from pullquote.formats.clock import format_short_clock, iso_duration
from pullquote.formats.disk import check_inside, read_text
from pullquote.formats.markdown import printable
from pullquote.formats.words_po import packaged_templates
from pullquote.model import address
from pullquote.model.show import Show
from pullquote.model.words import ENGLISH, Words, format_day, text_direction
from pullquote.render.once import Parts, made_once, once_tag
from pullquote.render.translated import translated_environment
from pullquote.render.views.pages import Page, Site
from pullquote.render.views.prose import from_markdown

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from jinja2.runtime import Context
    from markupsafe import Markup

_PARTS = "parts.html.j2"
_TEXTS = (".j2", ".css", ".js")
_SIGNS = re.compile("[&<>'\"]")
_BREAK = re.compile(r"(?<=[^/])/(?=[^/])")
_WRONG = (
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
)


def environment(own: Path | None, words: Words = ENGLISH) -> Environment:
    """Return where templates come from: the show's own folder first.

    A template of the show may build on the one it replaces:
    ``{% extends "pullquote/answer.html.j2" %}``. Their ``_("…")`` and ``{% trans %}``
    become ``words``. Raises ContentError where one is no text.
    """
    import jinja2

    packaged = jinja2.FileSystemLoader(packaged_templates())
    chain: list[jinja2.BaseLoader] = [packaged]
    if own is not None:
        for path in own.rglob("*.j2"):
            check_own(path, own)
        chain.insert(0, jinja2.FileSystemLoader(own, encoding="utf-8-sig"))
    chain.append(jinja2.PrefixLoader({"pullquote": packaged}))
    made = translated_environment(words)(
        loader=jinja2.ChoiceLoader(chain),
        extensions=[once_tag(), "jinja2.ext.i18n"],
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.context_class = _quick_context()
    made.template_class = _quick_template()
    made.policies |= {"json.dumps_function": _as_json(), "json.dumps_kwargs": {}}
    made.policies["ext.i18n.trimmed"] = True
    said = words.catalogue
    made.install_gettext_callables(  # type: ignore[attr-defined]
        said.gettext, said.ngettext, newstyle=True, pgettext=said.pgettext
    )
    made.globals.update(
        address=address,
        clock=format_short_clock,
        iso_duration=iso_duration,
        duration=partial(Words.duration, words),
        day=partial(format_day, language=words.language),
        joint=partial(Words.joint, words),
        text_direction=text_direction,
        moment=address.moment_fragment,
        breakable=_breakable,
    )
    return made


def check_own(path: Path, own: Path) -> None:
    """Raise ContentError where a file of the show's templates is a link out of it, or no text.

    Jinja does not say which of them is none, and a browser passes over a style sheet.
    """
    check_inside(path, own)
    if path.suffix in _TEXTS and not path.name.startswith("."):  # an editor's own
        read_text(path)


def kept_environment(own: Path | None, words: Words) -> Environment:
    """Return ``environment``, compiled once while no template changes.

    The desk makes a preview at every pause in typing, `build --watch` a site at every
    change.
    """
    folders = [packaged_templates(), *([own] if own else [])]
    files = (path for folder in folders for path in sorted(folder.glob("**/[!.]*.j2")))
    stamp = tuple((path, path.stat().st_mtime_ns) for path in files)
    return _kept(own, words, stamp)


def _as_json() -> Callable[[object], str]:
    """Return what writes structured data, keys sorted, every character as it is."""
    import msgspec

    encode = msgspec.json.Encoder(order="sorted").encode

    def dumps(data: object) -> str:
        try:
            return encode(data).decode()
        except UnicodeEncodeError:  # half a character, which ``printable`` takes out
            return json.dumps(data, sort_keys=True, ensure_ascii=False)

    return dumps


def get_ready(own: Path | None, words: Words) -> None:
    """Load and compile what every process needs for its first page.

    Whoever does so before processes are forked does it once for all of them. What is
    wrong with a template is told where a page is made of it.
    """
    import jinja2

    sources = kept_environment(own, words)
    for name in (_PARTS, "base.html.j2", "answer.html.j2", "episode.html.j2"):
        with suppress(jinja2.TemplateError, *_WRONG):
            sources.get_template(name)
    words.day(date.min)
    from_markdown("", below=1)


@lru_cache(maxsize=1)
def _kept(own: Path | None, words: Words, _stamp: object) -> Environment:
    return environment(own, words)


@cache
def _quick_context() -> type[Context]:
    """Return Jinja's context with a short way to plain functions.

    Pages call a hundred each, and Jinja asks three things of every one before it does.
    """
    from jinja2.runtime import Context

    class Quick(Context):
        def call(
            self,
            function: Any,
            /,
            *args: Any,
            _block_vars: Any = None,
            _loop_vars: Any = None,
            **kwargs: Any,
        ) -> Any:
            """Call what a template calls."""
            if type(function) in _PLAIN and not hasattr(function, "jinja_pass_arg"):
                return function(*args, **kwargs)
            inner = {"_block_vars": _block_vars, "_loop_vars": _loop_vars}
            return super().call(function, *args, **inner, **kwargs)

    return Quick


@cache
def _quick_template() -> type[Template]:
    """Return Jinja's template, which escapes what it prints in a short way.

    A compiled template calls ``escape`` for each value alone, and joins what it returns.
    Most values hold none of the five signs or are markup already; Jinja's own way makes
    an object of markup of every one.
    """
    from jinja2 import Template
    from markupsafe import Markup, escape

    def printed(value: object) -> str:
        if type(value) is str and not _SIGNS.search(value):
            return value
        return value if type(value) is Markup else escape(value)

    class Quick(Template):
        @classmethod
        def from_code(cls, *args: Any, **kwargs: Any) -> Template:
            """Return a template of compiled code."""
            made = super().from_code(*args, **kwargs)
            made.root_render_func.__globals__["escape"] = printed
            return made

    return Quick


_PLAIN = frozenset(
    (FunctionType, MethodType, BuiltinMethodType, partial, type(cache(str)))
)


def render_page(templates: Environment, site: Site, page: Page) -> str:
    """Return a page's HTML.

    Raises ContentError naming the template, its line and the page where a template
    is missing, cannot be read or asks for what there is not.
    """
    import jinja2

    try:
        context = _context(templates, site, page)
        html = templates.get_template(page.template).render(context)
    except jinja2.TemplateSyntaxError as error:
        where = error.filename or error.name or page.template
        raise _fault(where, error.lineno, page, error) from error
    except (jinja2.TemplateError, *_WRONG) as error:
        place = _place(error)
        if place is None and not isinstance(error, jinja2.TemplateError):
            raise
        where, line = place or (page.template, None)
        raise _fault(where, line, page, error) from error
    return printable(html)


def _place(error: BaseException) -> tuple[str, int] | None:
    """Return the innermost template line on the way to an error."""
    frames = [(f.f_code.co_filename, line) for f, line in walk_tb(error.__traceback__)]
    found = [place for place in frames if place[0].endswith(".j2")]
    return found[-1] if found else None


def _fault(
    where: str, line: int | None, page: Page, error: BaseException
) -> ContentError:
    import jinja2

    shown = address.file_of(page.path)
    what = str(error) or type(error).__name__
    if isinstance(error, RecursionError):
        name = Path(where).name
        what = f"builds on itself; on the one it replaces: extends 'pullquote/{name}'"
    elif isinstance(error, jinja2.TemplateNotFound):
        what = f"there is no template {error.name}"
    problem = f"{what} (while making {shown})"
    return ContentError(where, problem, "correct the template", line=line)


def _context(templates: Environment, site: Site, page: Page) -> Mapping[str, object]:
    depth = page.path.count("/"), page.path == address.NOT_FOUND
    shared = made_once(templates, site, depth, partial(_shared, templates, site, page))
    view = {"description": site.show.description, "data": None} | dict(page.gather())
    return view | shared | {"page": page}


def _shared(templates: Environment, site: Site, page: Page) -> dict[str, object]:
    """Return what all pages of one depth are given."""
    show = site.show
    if page.path == address.NOT_FOUND:
        # a host shows this page at any depth, so its links start at the host's root
        base = "/" if site.preview else address.root(show)
        link = partial(_rooted, base)
    else:
        link = partial(address.relative, page.path)
    shared = {
        "up": page.path.count("/"),
        "site": site,
        "show": show,
        "link": link,
        "outward": partial(_outward, link),
        "theirs": _theirs(show, show.language),
        "spoken": cache(partial(_theirs, show)),
    }
    module = templates.get_template(_PARTS).make_module(shared)
    return shared | {"parts": Parts(module)}


def _theirs(show: Show, language: str) -> Markup:
    """Return the attributes of an element with people's words in a language."""
    from markupsafe import Markup

    other = language != show.words.language
    return Markup('dir="auto"') + (Markup(' lang="{}"').format(language) * other)


def _breakable(url: str) -> Markup:
    """Return an address that may be broken after each slash of its path."""
    from markupsafe import Markup, escape

    return Markup(_BREAK.sub("/<wbr>", str(escape(url))))


def _rooted(base: str, path: str, fragment: str = "") -> str:
    rest = address.relative("", path, fragment).removeprefix("./")
    return base + rest


def _outward(link: partial[str], href: str) -> str:
    """Return a link that ``show.toml`` or ``episode.toml`` names.

    Without a scheme it is a path of this site. Raises ContentError for a scheme
    that is no page or mail address.
    """
    if not address.is_link(href):
        remedy = "use an address that starts with https://"
        raise ContentError("show.toml", f"{href!r} cannot be a link", remedy)
    parts = urlsplit(href)
    if parts.scheme:
        return href
    return parts._replace(path=link(parts.path.lstrip("/"))).geturl()
