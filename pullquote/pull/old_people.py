"""The people that an old feed names, as ``show.toml`` has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pullquote.formats.people_csv import person_id
from pullquote.model.show import Person
from pullquote.pull.podcast_tags import PersonTag


def old_people(
    named: Iterable[PersonTag], address: Callable[[str | None], str | None]
) -> dict[str, Person]:
    """Return each person by name in small letters, as whoever is named first.

    Ids are like ``copperfold``.
    ``address`` makes an address whole, None where it is none of the web.
    """
    found: dict[str, Person] = {}
    taken: set[str] = set()
    for one in named:
        if (name := one.name.casefold()) not in found:
            taken.add(made := person_id(one.name, taken))
            href = address(one.href)
            found[name] = Person(id=made, name=one.name, role=one.role, href=href)
    return found
