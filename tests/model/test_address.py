from __future__ import annotations

from urllib.parse import unquote, urljoin

from hypothesis import given
from hypothesis import strategies as st

from pullquote.model import address
from pullquote.model.answer import Clip
from pullquote.model.show import Person, Show

SHOW = Show(title="Test", description="", site="https://show.example/sub")

names = st.text(st.characters(exclude_characters="/\\", codec="utf-8"), min_size=1)
names = names.filter(lambda name: name.strip(".") != "" and "\x00" not in name)
paths = st.one_of(
    st.sampled_from(["", "answers/", "feeds/podcast.xml", "404.html"]),
    names.map(address.answer_page),
    names.map(address.episode_page),
    st.builds(address.transcript_file, names, st.sampled_from(["vtt", "html"])),
)


@given(page=paths, path=paths)
def test_a_relative_link_leads_where_it_says_from_any_page(
    page: str, path: str
) -> None:
    link = address.relative(page, path)
    reached = urljoin(address.absolute(SHOW, page), link)
    assert unquote(reached) == unquote(address.absolute(SHOW, path))


def test_a_site_address_without_a_slash_keeps_its_folder() -> None:
    assert (
        address.absolute(SHOW, "answers/a b/")
        == "https://show.example/sub/answers/a%20b/"
    )


def test_youtube_addresses_get_a_time_and_lose_an_old_one() -> None:
    at = address.watch_at
    assert at("https://youtu.be/abc?t=9", 61_000) == "https://youtu.be/abc?t=61s"
    assert (
        at("https://m.youtube.com/watch?v=a&start=4#x", 0)
        == "https://m.youtube.com/watch?v=a&t=0s"
    )
    assert at("https://notyoutube.com/v#t=4", 5_000) == "https://notyoutube.com/v#t=5"


def test_media_fragments_are_in_seconds() -> None:
    assert address.clip_fragment(Clip(start=0, end=1_005)) == "t=0,1.005"
    assert address.moment_fragment(600_000) == "t=600"
    assert address.turn_anchor(1_200) == "t1200"


def test_pictures_keep_a_known_ending() -> None:
    show = Show(title="", description="", site="", cover="art/Cover.PNG")
    assert address.cover_file(show) == "cover.png"
    assert address.cover_file(SHOW) is None
    assert address.photo_file(Person(id="lin", name="L")) is None
    photo = address.photo_file(Person(id="lin", name="L", photo="p/lin.exe"))
    assert photo == "people/lin/photo.jpg"


def test_each_address_is_where_readers_know_it() -> None:
    assert address.enclosure_file("e") == "media/e.mp3"
    assert address.chapters_file("e") == "episodes/e/chapters.json"
    assert address.person_page("lin") == "people/lin/"
    assert address.topic_page("disc") == "topics/disc/"
    assert address.static_file("style.css") == "static/style.css"
    assert address.file_of("") == "index.html"
