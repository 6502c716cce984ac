"""The short form of ``make bench-attacks``: each parser, its cunning inputs, a few cases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attacks.attack import Attack, Tally
from tests.attacks.everything import all_attacks, throw, throw_corpus


@pytest.fixture(scope="module")
def attacks() -> Iterator[dict[str, Attack]]:
    with all_attacks() as found:
        yield {attack.name: attack for attack in found}


with all_attacks() as _found:
    NAMES = [attack.name for attack in _found]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_from_outside_breaks_its_parser(
    name: str, attacks: dict[str, Attack]
) -> None:
    tally = Tally()
    attack = attacks[name]
    assert [
        f"{what}: {error!r}" for what, error in throw_corpus(attack, tally, bulk=False)
    ] == []
    throw(attack, max(4, round(20 * attack.weight)), 1, tally)


def test_no_two_attacks_have_one_name() -> None:
    assert len(NAMES) == len(set(NAMES))
