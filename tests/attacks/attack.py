"""One attack: a parser, what is thrown at it, and what it may do about it.

It may return a value or raise a PullquoteError of one printable line. Anything else
fails: another exception, more processor time than fifty rounds of a small piece of
work (two to four seconds), a promise broken.
"""

from __future__ import annotations

import hashlib
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from hypothesis.strategies import SearchStrategy

from pullquote.errors import FaultsError, PullquoteError

MOST_ROUNDS = 50
"""Of a small piece of work: the processor time that one input may cost."""
_SURELY_FINE = 1.0
"""Seconds of processor time for which nobody asks how fast the machine is."""
_HANGS = 20.0
LONGEST_LINE = 2_000
"""Characters of a message."""


@dataclass(frozen=True, kw_only=True)
class Attack:
    """What is attacked, and with what."""

    name: str
    cases: SearchStrategy[Any]
    check: Callable[[Any], object]
    """Gives one case to the parser and asserts what must hold afterwards."""
    corpus: Mapping[str, Callable[[], Any]] = field(default_factory=dict)
    """Inputs too cunning to be found by chance, made when asked for."""
    bulk: Mapping[str, Callable[[], Any]] = field(default_factory=dict)
    """Inputs that are large: seconds to make and to read."""
    weight: float = 1.0
    """Share of all cases; less where one costs much."""
    close: Callable[[], object] = lambda: None
    """Ends what the attack keeps open."""


@dataclass
class Tally:
    """What came of the cases so far."""

    cases: int = 0
    refused: int = 0
    slowest: float = 0.0
    slowest_case: str = ""
    distinct: set[bytes] = field(default_factory=set)


class TooSlowError(AssertionError):
    """One input cost more than it may."""


class BadMessageError(AssertionError):
    """An error is not one line that a terminal can show."""


def strike(attack: Attack, case: Any, tally: Tally, name: str = "") -> None:
    """Give one case to its parser. Raises what a parser must never do."""
    spent, refused = _spent(attack, case)
    if _is_slow(spent):  # libraries may have been loaded, and compiled, on the way
        spent, refused = _spent(attack, case)
    tally.refused += refused
    tally.cases += 1
    tally.distinct.add(hashlib.blake2b(repr(case).encode(), digest_size=12).digest())
    if spent > tally.slowest:
        tally.slowest, tally.slowest_case = spent, name or f"{case!r:.200}"
    if _is_slow(spent):
        raise TooSlowError(
            f"{attack.name} took {spent:.1f} s for {name or case!r:.200}"
        )


def _spent(attack: Attack, case: Any) -> tuple[float, bool]:
    """Return the seconds of processor time that a case took; whether it was refused."""
    started = time.process_time()
    refused = False
    try:
        with _not_for_ever():
            attack.check(case)
    except PullquoteError as error:
        refused = True
        _check_message(error)
    return time.process_time() - started, refused


def _is_slow(spent: float) -> bool:
    return spent > _SURELY_FINE and spent > MOST_ROUNDS * _round()


def _round() -> float:
    """Return the processor time of a small piece of work, as fast as the machine is now."""
    started = time.process_time()
    sum(len(str(number)) for number in range(500_000))
    return time.process_time() - started


def _check_message(error: PullquoteError) -> None:
    for fault in error.faults if isinstance(error, FaultsError) else (error,):
        text = str(fault).replace("\u200c", "").replace("\u200d", "")
        if not text.isprintable() or len(text) > LONGEST_LINE:
            raise BadMessageError(f"{text[:300]!r} ({len(text)} characters)")


@contextmanager
def _not_for_ever() -> Iterator[None]:
    """Stop a parser that hangs, where signals can be had."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlowError(f"still at work after {_HANGS:.0f} s")

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, _HANGS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
