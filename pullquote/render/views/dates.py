"""Lengths of time as machines read them."""

from __future__ import annotations


def iso_duration(ms: int) -> str:
    """Return an ISO 8601 duration of whole seconds.

    >>> iso_duration(3_725_000), iso_duration(0)
    ('PT1H2M5S', 'PT0S')
    """
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes)
    return "PT" + (text + f"{seconds}S" if seconds or not text else text)
