"""Days as people read them, in the show's language and never the machine's."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


@lru_cache(maxsize=4096)
def format_day(day: date, language: str) -> str:
    """Return the day in words: ``March 11, 2026`` in ``en``.

    A language that Babel does not know is written as English is.
    """
    from babel.dates import format_date

    return format_date(day, format="long", locale=_locale(language))


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en")


def text_direction(language: str) -> str:
    """Return ``rtl`` for a language written from right to left, else ``ltr``."""
    return "rtl" if _locale(language).character_order == "right-to-left" else "ltr"


def iso_duration(ms: int) -> str:
    """Return an ISO 8601 duration of whole seconds.

    >>> iso_duration(3_725_000), iso_duration(0)
    ('PT1H2M5S', 'PT0S')
    """
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes)
    return "PT" + (text + f"{seconds}S" if seconds or not text else text)


def spoken_duration(ms: int) -> str:
    """Return a length as people say it.

    >>> spoken_duration(40_000), spoken_duration(82_000), spoken_duration(3_720_000)
    ('40 sec', '1 min 22 sec', '1 h 2 min')
    """
    seconds = max(1, round(ms / 1000))
    minutes, seconds = divmod(seconds, 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60} min"
    if minutes >= 10:
        return f"{minutes} min"
    parts = [f"{minutes} min"] * bool(minutes) + [f"{seconds} sec"] * bool(seconds)
    return " ".join(parts)
