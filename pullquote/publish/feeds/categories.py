"""Apple's categories, each with its subcategories. Pure.

From podcasters.apple.com/support/1691; capitals count there.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

# fmt: off
CATEGORIES: dict[str, tuple[str, ...]] = {
    "Arts": (
        "Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts",
    ),
    "Business": (
        "Careers", "Entrepreneurship", "Investing", "Management", "Marketing",
        "Non-Profit",
    ),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "Health & Fitness": (
        "Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition",
        "Sexuality",
    ),
    "History": (),
    "Kids & Family": (
        "Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids",
    ),
    "Leisure": (
        "Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies",
        "Home & Garden", "Video Games",
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        "Business News", "Daily News", "Entertainment News", "News Commentary",
        "Politics", "Sports News", "Tech News",
    ),
    "Religion & Spirituality": (
        "Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion",
        "Spirituality",
    ),
    "Science": (
        "Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics",
        "Natural Sciences", "Nature", "Physics", "Social Sciences",
    ),
    "Society & Culture": (
        "Documentary", "Personal Journals", "Philosophy", "Places & Travel",
        "Relationships",
    ),
    "Sports": (
        "Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf",
        "Hockey", "Rugby", "Running", "Soccer", "Swimming", "Tennis", "Volleyball",
        "Wilderness", "Wrestling",
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": (
        "After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews",
    ),
}
# fmt: on


def category_fault(category: tuple[str, ...]) -> tuple[str, str] | None:
    """Return what is wrong with a category and its subcategory, and what to write.

    >>> category_fault(("Health & Fitness", "Medicine"))
    >>> category_fault(("Health & Fitness", "Medecine"))[1]
    'write ["Health & Fitness", "Medicine"]'
    >>> category_fault(("Medicine",))[1]
    'write ["Health & Fitness", "Medicine"]'
    """
    if not category:
        return "has no category", 'write ["Health & Fitness", "Medicine"], say'
    first, *more = category
    if first not in CATEGORIES:
        return f"{first!r} is no category of Apple's", _instead(first)
    if not more:
        return None
    if len(more) > 1:
        problem = "'category' has more than a category and its subcategory"
        return problem, f"write {_written(first, more[0])}"
    (inner,) = more
    if inner in CATEGORIES[first]:
        return None
    problem = f"{inner!r} is no subcategory of {first!r} of Apple's"
    if near := _nearest(inner, CATEGORIES[first]):
        return problem, f"write {_written(first, near)}"
    homes = [name for name, inside in CATEGORIES.items() if inner in inside]
    if homes:
        return problem, f"write {_written(homes[0], inner)}"
    known = ", ".join(CATEGORIES[first])
    beside = f", or add one of {known}" if known else ""
    return problem, f"write {_written(first)}{beside}"


def _instead(first: str) -> str:
    """Return what to write for a category that is none: it may be a subcategory."""
    pairs = {inner: name for name, inside in CATEGORIES.items() for inner in inside}
    near = _nearest(first, [*CATEGORIES, *pairs])
    if near is None:
        return f"write one of {', '.join(CATEGORIES)}"
    return f"write {_written(pairs[near], near) if near in pairs else _written(near)}"


def _nearest(told: str, names: Iterable[str]) -> str | None:
    """Return the name that is meant, whatever its capitals and its ``and``."""
    plain = {_plain(name): name for name in names}
    near = get_close_matches(_plain(told), [*plain], n=1)
    return plain[near[0]] if near else None


def _plain(name: str) -> str:
    return name.casefold().replace("&", "and")


def _written(*names: str) -> str:
    inside = ", ".join(f'"{name}"' for name in names)
    return f"[{inside}]"
