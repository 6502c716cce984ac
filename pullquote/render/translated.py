"""Wordings are put into templates when these are compiled: pages pay nothing for them.

``_("All answers")`` becomes text, ``{% trans %}`` with facts becomes text with the facts
in between; ``ngettext``, whose form a number decides, is asked on the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from pullquote.model.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

_FACT = re.compile(r"%\((\w+)\)s")


@cache
def translated_environment(words: Words) -> type[Environment]:
    """Return the environment; Jinja is imported when it is needed."""
    from jinja2 import Environment, nodes
    from jinja2.visitor import NodeTransformer

    say: dict[str, Callable[..., str]] = {
        "_": words.catalogue.gettext,
        "gettext": words.catalogue.gettext,
        "pgettext": words.catalogue.pgettext,
    }

    class Put(NodeTransformer):
        def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
            self.generic_visit(node)
            name = node.node.name if isinstance(node.node, nodes.Name) else ""
            given = [a.value for a in node.args if isinstance(a, nodes.Const)]
            if name not in say or len(given) != len(node.args):
                return node
            facts = {pair.key: pair.value for pair in node.kwargs}
            pieces: list[nodes.Expr] = []
            for place, text in enumerate(_FACT.split(say[name](*given))):
                if place % 2 and text not in facts:
                    return node  # what is missing is told where the page is made
                if place % 2:
                    pieces.append(facts[text])
                elif text:
                    plain = nodes.Const(text.replace("%%", "%"))
                    pieces.append(nodes.MarkSafe(plain))
            whole = pieces[0] if len(pieces) == 1 else nodes.Concat(pieces)
            assert node.environment is not None
            return whole.set_lineno(node.lineno).set_environment(node.environment)

        def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802
            self.generic_visit(node)
            node.nodes = [
                piece
                for part in node.nodes
                for piece in (part.nodes if isinstance(part, nodes.Concat) else [part])
            ]
            return node

    class Translated(Environment):
        def compile(
            self, source: Any, name: Any = None, *args: Any, **kwargs: Any
        ) -> Any:
            """Compile a template with its wordings put in."""
            if isinstance(source, str):
                filename = args[0] if args else kwargs.get("filename")
                source = Put().visit(self.parse(source, name, filename))
            return super().compile(source, name, *args, **kwargs)

    return Translated
