"""All attacks there are, and how they are run."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.attacks.attack import Attack, Tally, strike
from tests.attacks.desk import desk
from tests.attacks.media import media
from tests.attacks.outside import outside
from tests.attacks.written import exported, not_text, written


@contextmanager
def all_attacks() -> Iterator[list[Attack]]:
    """Yield every attack, each with a scratch folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        groups: list[Callable[[Path], list[Attack]]] = [
            *(not_text, written, exported, outside, media, desk)
        ]
        attacks: list[Attack] = []
        for number, group in enumerate(groups):
            (scratch := root / str(number)).mkdir()
            attacks += group(scratch)
        try:
            yield attacks
        finally:
            for attack in attacks:
                attack.close()


def throw(attack: Attack, count: int, start: int, tally: Tally) -> None:
    """Throw ``count`` cases of hypothesis at a parser, shrinking what fails."""

    @seed(start)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    @given(attack.cases)
    def one(case: object) -> None:
        strike(attack, case, tally)

    one()


def throw_corpus(
    attack: Attack, tally: Tally, *, bulk: bool
) -> Iterator[tuple[str, Exception]]:
    """Throw every input of the corpus; yield those that broke something."""
    chosen = {**attack.corpus, **(attack.bulk if bulk else {})}
    for name, make in chosen.items():
        try:
            strike(attack, make(), tally, name)
        except Exception as error:  # noqa: BLE001  # that is what is looked for
            yield name, error
