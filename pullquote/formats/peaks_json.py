"""``peaks.json``: a recording's waveform, for the desk and for players.

The form is that of BBC audiowaveform, version 2 (doc/DataFormat.md there), which
waveform viewers read: pairs of minimum and maximum, 8 bits each.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

PER_SECOND = 10
"""Pairs of a second: 72 kB of numbers an hour."""
_END = b"]}\n"
RATE = 1000
"""The rate that times are counted in: a pair is so many of its samples."""


def format_peaks(peaks: Sequence[float]) -> str:
    """Return the file's text for the largest sample (0 to 1) of each tenth second.

    >>> format_peaks([0.0, 0.5, 2.0]).splitlines()[-1]
    '"data": [0,0,-64,64,-127,127]}'
    """
    levels = [min(127, round(max(0.0, peak) * 127)) for peak in peaks]
    data = ",".join(f"{-level},{level}" for level in levels)
    head = {
        "version": 2,
        "channels": 1,
        "sample_rate": RATE,
        "samples_per_pixel": RATE // PER_SECOND,
        "bits": 8,
        "length": len(levels),
    }
    return f'{json.dumps(head)[:-1]},\n"data": [{data}{_END.decode()}'


def is_whole(path: Path) -> bool:
    """Say whether a waveform's file holds one; one that is missing is made later."""
    try:
        head, found, data = path.read_bytes().partition(b'"data": [')
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        json.loads(head.rstrip(b",\n") + b"}")
    except ValueError:
        return False
    numbers = data.removesuffix(_END)
    cut_off = not found or numbers == data
    return not cut_off and not numbers.translate(None, b"-,0123456789")
