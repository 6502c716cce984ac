"""Clock strings and milliseconds: the only place where the two meet."""

from __future__ import annotations

import re
from datetime import time
from functools import lru_cache

_CLOCK = re.compile(r"(?:(\d+):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,3}))?")


def format_clock(ms: int, *, decimals: int = 0) -> str:
    """Return ``HH:MM:SS`` with 0 or 3 decimals; 0 cuts off, as players do.

    >>> format_clock(767_900)
    '00:12:47'
    >>> format_clock(767_900, decimals=3)
    '00:12:47.900'
    """
    seconds = _clock(ms // 1000)
    return f"{seconds}.{ms % 1000:03}" if decimals else seconds


def format_span(start: int, end: int, point: str = ".") -> str:
    """Return the line of times that a caption has, with three decimals.

    >>> format_span(767_900, 769_000, ",")
    '00:12:47,900 --> 00:12:49,000'
    """
    return (
        f"{_clock(start // 1000)}{point}{start % 1000:03}"
        f" --> {_clock(end // 1000)}{point}{end % 1000:03}"
    )


@lru_cache(maxsize=1 << 14)  # the seconds of some hours, asked for in every caption
def _clock(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}"


def format_short_clock(ms: int) -> str:
    """Return ``M:SS`` or ``H:MM:SS``, as people read times.

    >>> format_short_clock(767_900)
    '12:47'
    """
    seconds = ms // 1000
    if seconds < 3600:
        return f"{seconds // 60}:{seconds % 60:02}"
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def iso_duration(ms: int) -> str:
    """Return an ISO 8601 duration of whole seconds.

    >>> iso_duration(3_725_000), iso_duration(0)
    ('PT1H2M5S', 'PT0S')
    """
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes)
    return "PT" + (text + f"{seconds}S" if seconds or not text else text)


def parse_clock(text: str) -> int:
    """Return milliseconds for ``MM:SS``, ``HH:MM:SS`` and either with decimals.

    Raises ValueError if ``text`` is not such a time.

    >>> parse_clock("00:12:47.9")
    767900
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a time: {text!r}")
    hours, minutes, seconds, decimals = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((decimals or "0").ljust(3, "0"))


def seconds_to_ms(seconds: float) -> int:
    """Return the nearest millisecond."""
    return round(seconds * 1000)


def time_to_ms(value: time) -> int:
    """Return milliseconds since 00:00 for a TOML local time."""
    whole = (value.hour * 60 + value.minute) * 60 + value.second
    return whole * 1000 + value.microsecond // 1000
