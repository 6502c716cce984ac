"""The transcript as HTML of ``cite``, ``time`` and ``p`` alone (Podcasting 2.0).

Pure ASCII: such a file has no head that could name its encoding.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from pullquote.formats.clock import format_short_clock
from pullquote.model.transcript import TimedTurn


def format_transcript_html(turns: Sequence[TimedTurn], names: Sequence[str]) -> str:
    """Return the file's text; ``names`` is what may be printed for each turn."""
    return "".join(
        f"<cite>{_escape(name)}:</cite>\n"
        f"<time>{format_short_clock(turn.start)}</time>\n"
        f"<p>{_escape(turn.text)}</p>\n"
        for turn, name in zip(turns, names, strict=True)
    )


def _escape(text: str) -> str:
    escaped = html.escape(text, quote=False)
    return escaped.encode("ascii", "xmlcharrefreplace").decode("ascii")
