"""What many pages share is rendered one time.

Ten thousand pages have one masthead, and a list's card stands on dozens of them. What
``{% once key %} … {% endonce %}`` holds may depend on nothing but the key (``up`` in it
stands for all links, for these depend on a page's depth alone) and on what is equal in
the whole site; so may what a macro of ``parts.html.j2`` returns, of which the key is
what it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.environment import TemplateModule
    from jinja2.ext import Extension

T = TypeVar("T")


def made_once(
    templates: Environment, site: object, key: Hashable, make: Callable[[], T]
) -> T:
    """Return what ``make`` returned when first asked for this key of this site."""
    made: T = templates.extensions[once_tag().identifier].made_once(site, key, make)  # type: ignore[attr-defined]
    return made


class Parts:
    """The macros of a template, each run one time for equal arguments."""

    def __init__(self, module: TemplateModule) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Callable[..., Any]:
        macro = getattr(self._module, name)
        made: dict[object, str] = {}

        def once(*args: Any, **kwargs: Any) -> Any:
            key = args, *kwargs.items()
            try:
                found = made.get(key)
            except TypeError:  # a list, or something else that may change
                return macro(*args, **kwargs)
            if found is None:
                found = made[key] = macro(*args, **kwargs)
            return found

        setattr(self, name, once)
        return once


@cache
def once_tag() -> type[Extension]:
    """Return the extension; Jinja is imported when it is needed."""
    from jinja2 import nodes
    from jinja2.ext import Extension
    from jinja2.parser import Parser

    class Once(Extension):
        tags = {"once"}  # noqa: RUF012  # as Jinja declares it

        def __init__(self, environment: Any) -> None:
            super().__init__(environment)
            self._of_site: tuple[object, dict[Hashable, Any]] = (None, {})

        def parse(self, parser: Parser) -> list[nodes.Node]:
            """Read the tag with its key, up to its end.

            It becomes ``found = kept(…)``, and where that is nothing, what is inside
            and ``keep(…)``: a page that finds it runs no macro for it.
            """
            line = next(parser.stream).lineno
            place = nodes.Const(f"{parser.name}:{line}")
            key = nodes.Tuple([place, parser.parse_tuple()], "load")
            body = parser.parse_statements(("name:endonce",), drop_needle=True)
            found = parser.free_identifier()
            site = nodes.Name("site", "load")
            kept = self.call_method("kept", [site, key])
            keep = self.call_method("keep", [site, key, found])
            make = [nodes.AssignBlock(found, None, body), nodes.ExprStmt(keep)]
            made: list[nodes.Node] = [
                nodes.Assign(found, kept),
                nodes.If(nodes.Not(found), make, [], []),
                nodes.Output([nodes.MarkSafe(found)]),
            ]
            return [node.set_lineno(line) for node in made]

        def kept(self, site: object, key: Hashable) -> Any:
            """Return what was kept for this key of this site, None if nothing was."""
            last, made = self._of_site
            return made.get(key) if last is site else None

        def keep(self, site: object, key: Hashable, made: Any) -> None:
            """Keep what was made for all later pages of this site."""
            if self._of_site[0] is not site:
                self._of_site = site, {}
            self._of_site[1][key] = made

        def made_once(self, site: object, key: Hashable, make: Callable[[], T]) -> T:
            """Return what ``make`` returned when first asked for this key."""
            found: T | None = self.kept(site, key)
            if found is None:
                found = make()
                self.keep(site, key, found)
            return found

    return Once
