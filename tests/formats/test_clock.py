from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.formats.clock import (
    format_clock,
    format_short_clock,
    parse_clock,
    seconds_to_ms,
    time_to_ms,
)


@given(st.integers(0, 360_000_000))
def test_times_round_trip(ms: int) -> None:
    assert parse_clock(format_clock(ms, decimals=3)) == ms
    assert parse_clock(format_short_clock(ms)) == ms // 1000 * 1000


@pytest.mark.parametrize("text", ["", "5", "1:2:3:4", "00:61", "a:b", "1:00.1234"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a time"):
        parse_clock(text)


def test_seconds_round_to_the_nearest_millisecond() -> None:
    assert seconds_to_ms(59.9996) == 60_000
    assert time_to_ms(time(1, 2, 3, 4_000)) == 3_723_004
