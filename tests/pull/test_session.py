from __future__ import annotations

from yt_dlp import YoutubeDL

from pullquote.pull.plan import Access
from pullquote.pull.session import session


def test_all_sites_are_known_in_the_order_of_yt_dlp() -> None:
    with session("", Access()) as ydl, YoutubeDL({"quiet": True}) as its_own:
        assert list(ydl._ies) == list(its_own._ies)


def test_a_show_may_say_which_sites_are_asked() -> None:
    some = Access(options=("--use-extractors", "generic,archive.org"))
    with session("", some) as ydl:
        assert list(ydl._ies) == ["Generic", "ArchiveOrg"]
