"""The people that an old feed names, as ``show.toml`` has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pullquote.model.show import Person
from pullquote.pull.podcast_tags import PersonTag


def old_people(
    named: Iterable[PersonTag], address: Callable[[str | None], str | None]
) -> dict[str, Person]:
    """Return each person by name, as whoever is named first; ids are like ``copperfold``.

    ``address`` makes an address whole, None where it is none of the web.
    """
    found: dict[str, Person] = {}
    taken: set[str] = set()
    for one in named:
        if one.name not in found:
            taken.add(person_id := _id(one.name, taken))
            href = address(one.href)
            found[one.name] = Person(
                id=person_id, name=one.name, role=one.role, href=href
            )
    return found


def _id(name: str, taken: set[str]) -> str:
    """Return the last name in ASCII; the whole name, and a number, where it is taken."""
    from slugify import slugify

    whole = slugify(name) or "person"
    candidates = [slugify(name.split()[-1]) or whole, whole]
    number = 2
    while candidates[0] in taken:
        candidates = candidates[1:] or [f"{whole}-{number}"]
        number += 1
    return candidates[0]
