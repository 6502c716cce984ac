"""Whether a show's own colours can be read: the tokens of its ``tokens.css``. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import tinycss2
from coloraide import Color

from pullquote.errors import ContentError

_LEAST = 4.5
"""Contrast that text needs (WCAG 2.2, 1.4.3)."""
_GROUNDS: Mapping[str, tuple[str, ...]] = {
    "ink": ("paper", "wash", "accent-wash"),
    "ink-soft": ("paper", "wash"),
    "accent": ("paper", "wash"),
    "accent-strong": ("paper", "wash", "accent-wash"),
    "on-accent": ("accent", "accent-strong"),
    "caution": ("paper", "wash", "caution-wash"),
    "on-found": ("found",),
    "draft": ("paper",),
    "on-draft": ("draft", "draft-stripe"),
}
"""On what each colour of text stands in ``style.css``."""

Tokens = dict[str, tuple[str, int]]
"""Value and line of each token."""


def colour_faults(own: str, packaged: str, path: Path) -> Iterator[ContentError]:
    """Yield what of a show's ``tokens.css`` cannot be read, or is not there.

    ``own`` and ``packaged`` are its text and that of Pullquote's, in whose place it
    comes. A colour that is worked out in the browser (``var()``, ``color-mix()``), or
    that lets what is beneath shine through, is not judged.
    """
    light, dark = _schemes(own)
    if missing := [name for name in _schemes(packaged)[0] if name not in light]:
        many = f"lacks {len(missing)} tokens, such as --{missing[0]}"
        problem = many if len(missing) > 1 else f"lacks --{missing[0]}"
        remedy = (
            "it takes the place of Pullquote's: copy the whole file, then change it"
        )
        yield ContentError(path, problem, remedy, line=1)
    for scheme, tokens in (("light", light), ("dark", dark)):
        for name, grounds in _GROUNDS.items():
            found = [(_contrast(tokens, name, ground), ground) for ground in grounds]
            known = [(contrast, ground) for contrast, ground in found if contrast]
            contrast, ground = min(known, default=(_LEAST, ""))
            if contrast < _LEAST:
                yield ContentError(
                    path,
                    f"--{name} on --{ground} has a contrast of {contrast:.2f}:1 in the"
                    f" {scheme} scheme, and text needs {_LEAST}:1",
                    "make one of the two darker or lighter: many cannot read it",
                    line=tokens[name][1],
                )


def _schemes(css: str) -> tuple[Tokens, Tokens]:
    """Return the tokens for light and for dark, which has those of light beneath."""
    light: Tokens = {}
    dark: Tokens = {}
    for rule in tinycss2.parse_stylesheet(css):
        if rule.type == "qualified-rule":
            light |= _tokens(rule.content)
        elif rule.type == "at-rule" and rule.content and _is_dark(rule):
            for inner in tinycss2.parse_blocks_contents(rule.content):
                if inner.type == "qualified-rule":
                    dark |= _tokens(inner.content)
    return light, light | dark


def _is_dark(rule: tinycss2.ast.AtRule) -> bool:
    wanted = tinycss2.serialize(rule.prelude).replace(" ", "")
    return "prefers-color-scheme:dark" in wanted


def _tokens(content: list[tinycss2.ast.Node]) -> Tokens:
    return {
        one.name.removeprefix("--"): (
            tinycss2.serialize(one.value).strip(),
            one.source_line,
        )
        for one in tinycss2.parse_blocks_contents(content)
        if one.type == "declaration" and one.name.startswith("--")
    }


def _contrast(tokens: Tokens, text: str, ground: str) -> float | None:
    """Return the contrast of two tokens, None where one is no plain colour."""
    try:
        one, other = (Color(tokens[name][0]) for name in (text, ground))
    except (KeyError, ValueError):
        return None
    if min(one.alpha(), other.alpha()) < 1:
        return None
    return one.contrast(other, method="wcag21")
