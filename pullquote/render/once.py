"""``{% once key %} … {% endonce %}``: what many pages share is rendered one time.

Ten thousand pages have one masthead, and a list's card stands on dozens of them. What
is inside may depend on nothing but the key (``up`` in it stands for all links, for these
depend on a page's depth alone) and on what is equal in the whole site.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2.ext import Extension


@cache
def once_tag() -> type[Extension]:
    """Return the extension; Jinja is imported when it is needed."""
    from jinja2 import Environment, nodes
    from jinja2.ext import Extension
    from jinja2.parser import Parser
    from jinja2.runtime import Context

    class Once(Extension):
        tags = {"once"}  # noqa: RUF012  # as Jinja declares it

        def __init__(self, environment: Environment) -> None:
            super().__init__(environment)
            self._site: object = None
            self._made: dict[object, str] = {}

        def parse(self, parser: Parser) -> nodes.Node:
            """Read the tag with its key, up to its end."""
            line = next(parser.stream).lineno
            key = parser.parse_tuple()
            body = parser.parse_statements(("name:endonce",), drop_needle=True)
            place = nodes.Const(f"{parser.name}:{line}")
            call = self.call_method("_once", [nodes.ContextReference(), place, key])
            return nodes.CallBlock(call, [], [], body).set_lineno(line)

        def _once(
            self, context: Context, place: str, key: Any, caller: Callable[[], str]
        ) -> str:
            if self._site is not (site := context["site"]):
                self._site, self._made = site, {}
            found = self._made.get((place, key))
            if found is None:
                found = self._made[place, key] = caller()
            return found

    return Once
