"""Whether a show's own colours can be read: the tokens of its ``tokens.css``. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pullquote.errors import ContentError

_LEAST = 4.5
"""Contrast that text needs (WCAG 2.2, 1.4.3)."""
_DARK = re.compile(
    r"@media[^{]*prefers-color-scheme:\s*dark[^{]*\{((?:[^{}]|\{[^{}]*\})*)\}"
)
_TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;{}]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
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
    comes. Only colours written as ``#rrggbb`` are judged.
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
    css = _COMMENT.sub(lambda found: _blank(found[0]), css)
    inside = [found.span(1) for found in _DARK.finditer(css)]
    light: Tokens = {}
    dark: Tokens = {}
    for found in _TOKEN.finditer(css):
        of_dark = any(start <= found.start() < end for start, end in inside)
        line = css.count("\n", 0, found.start()) + 1
        (dark if of_dark else light)[found[1]] = found[2].strip(), line
    return light, light | dark


def _blank(text: str) -> str:
    return "\n" * text.count("\n")


def _contrast(tokens: Tokens, text: str, ground: str) -> float | None:
    """Return the contrast of two tokens, None where one is no plain colour."""
    values = [tokens.get(name, ("", 0))[0] for name in (text, ground)]
    if not all(map(_HEX.fullmatch, values)):
        return None
    darker, lighter = sorted(map(_luminance, values))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of ``#rgb`` or ``#rrggbb`` (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(d * 2 for d in colour[1:])
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
