"""What the name of a file or its folder tells: Zoom, Riverside, OBS, people. Pure.

Zoom calls a meeting's folder ``2021-06-16 19.00.05 Sprains and spasms 81234567890``
and what came from its cloud ``GMT20210617-010005_Recording_1920x1080.mp4`` (UTC); OBS
writes ``2021-06-16 19-00-05.mkv``; Riverside puts its own name in front of the title.
"""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from unicodedata import normalize

from pullquote.pull.wording import clean_title, find_date, find_date_in_words

_TIME = r"(?P<hh>[01]\d|2[0-3])(?P<sep>[-_.:]?)(?P<mm>[0-5]\d)(?P=sep)(?P<ss>[0-5]\d)"
_AFTER_DATE = re.compile(rf"[ _T-]{{1,3}}{_TIME}(?!\d)")
# fmt: off
_TECHNICAL = frozenset({
    "gmt", "zoom", "video", "audio", "recording", "rec", "recorded", "playback",
    "output", "only", "gallery", "avo", "gvo", "as", "cc", "x", "composed", "full",
    "episode", "double", "click", "to", "convert",
})
# fmt: on
"""Words of recorders, which say nothing of what was recorded."""
_ON = re.compile(r"(?<![^\W_])(?:vom|am|on|of|from|du|le|del|de|el)[\s_]*$", re.I)
"""What leads to a date and says nothing without it."""
_MEETING_ID = re.compile(r"\s\d{9,11}$")
_RIVERSIDE = re.compile(r"^riverside[ _-]+", re.IGNORECASE)
_ONE_SPEAKER = re.compile(
    r"^riverside_.*_(raw|compressed|cloud)[-_].*|.*_raw(-synced)?-(audio|video).*",
    re.IGNORECASE,
)


def title_and_day(
    stem: str, zone: tzinfo | None = None
) -> tuple[str | None, date | None]:
    """Return the title and the day that a name without its ending holds.

    ``zone`` is the show's: names that tell UTC are a day ahead in the evening.

    >>> title_and_day("2021-06-16_sprains-and-spasms")
    ('Sprains and spasms', datetime.date(2021, 6, 16))
    >>> title_and_day("2021-06-16 19-00-05"), title_and_day("zoom_0")
    ((None, datetime.date(2021, 6, 16)), (None, None))
    """
    stem = normalize("NFC", stem)  # "ä" is two characters on some file systems
    spaced = stem.replace("_", " ")
    found = find_date(stem) or find_date_in_words(spaced)
    if found is None:
        return _title(stem), None
    day, start, end = found
    if time := _AFTER_DATE.match(stem, end):
        day = _in_zone(day, time, zone) if stem[:start].endswith("GMT") else day
        end = time.end()
    rest = f"{_ON.sub('', stem[:start])} {stem[end:]}"
    return _title(_MEETING_ID.sub("", rest) if time else rest), day


def one_speaker(stem: str) -> bool:
    """Say whether a name is that of one participant's track of a conversation.

    >>> one_speaker("riverside_ada_raw-audio_backbone_0242"), one_speaker("Ada raw")
    (True, False)
    """
    return _ONE_SPEAKER.fullmatch(stem) is not None


def is_technical(stem: str) -> bool:
    """Say whether a name tells nothing but what kind of file it is.

    >>> is_technical("zoom_0"), is_technical("audio1234567890"), is_technical("audit")
    (True, True, False)
    """
    words = re.findall(r"[^\W\d_]+", stem.lower())
    return bool(words) and _TECHNICAL.issuperset(words)


def _in_zone(day: date, time: re.Match[str], zone: tzinfo | None) -> date:
    clock = f"{day.isoformat()}T{time['hh']}:{time['mm']}:{time['ss']}+00:00"
    return datetime.fromisoformat(clock).astimezone(zone).date()


def _title(rest: str) -> str | None:
    if is_technical(rest):
        return None
    rest = _RIVERSIDE.sub("", rest.strip())
    words = re.sub(r"[_\s]+|(?<!\s)-|-(?!\s)", " ", rest)
    title = clean_title(words).strip(" -\u2013.,|")
    return title[:1].upper() + title[1:] if title else None
