"""What pages and feeds say by themselves, in the show's language or in English."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from gettext import NullTranslations
from typing import TYPE_CHECKING

from pullquote.model.strict import Unwritten

if TYPE_CHECKING:
    from babel import Locale


class Words(Unwritten):
    """One language's wordings, by the English ones that templates and code have.

    ``%(name)s`` in a wording stands for a fact, ``%%`` for a percent sign.
    """

    def __init__(
        self, language: str, catalogue: NullTranslations, digest: str = ""
    ) -> None:
        self.language = language
        """BCP 47; ``en`` where the show's language has no wordings."""
        self.catalogue = catalogue
        self._digest = digest

    def __repr__(self) -> str:
        """Tell wordings apart: pages that were made with others are made again."""
        return f"Words({self.language!r}, {self._digest!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))

    def gettext(self, wording: str, **facts: object) -> str:
        """Return a wording with its facts, as plain text."""
        return self.catalogue.gettext(wording) % facts

    def pgettext(self, context: str, wording: str, **facts: object) -> str:
        """Return a wording whose English has another sense elsewhere."""
        return self.catalogue.pgettext(context, wording) % facts

    def day(self, day: date) -> str:
        """Return a day in words: ``March 11, 2026`` in ``en``."""
        return format_day(day, self.language)

    def duration(self, ms: int) -> str:
        """Return a length as people say it.

        >>> [ENGLISH.duration(ms) for ms in (40_000, 82_000, 3_720_000)]
        ['40 sec', '1 min 22 sec', '1 h 2 min']
        """
        minutes, seconds = divmod(max(1, round(ms / 1000)), 60)
        hours, rest = divmod(minutes, 60)
        facts = {"hours": hours, "minutes": rest, "seconds": seconds}
        if hours:
            return self.gettext("%(hours)s h %(minutes)s min", **facts)
        if minutes >= 10 or (minutes and not seconds):
            return self.gettext("%(minutes)s min", **facts)
        if minutes:
            return self.gettext("%(minutes)s min %(seconds)s sec", **facts)
        return self.gettext("%(seconds)s sec", **facts)

    def joint(self, place: int, count: int) -> str:
        """Return what stands after the ``place``th of ``count`` things in a list.

        >>> [ENGLISH.joint(place, 3) for place in (1, 2, 3)]
        [', ', ', and ', '']
        """
        if place == count:
            return ""
        which = "end" if place == count - 1 else "start" if place == 1 else "middle"
        pattern = _locale(self.language).list_patterns["standard"]
        between: str = pattern["2" if count == 2 else which]
        return between.replace("{0}", "").replace("{1}", "")


ENGLISH = Words("en", NullTranslations())


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
