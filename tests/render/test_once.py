"""What many pages share is rendered one time; what is printed is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from pullquote.render.once import once_tag
from pullquote.render.templating import environment


class Html:
    """Knows its own markup."""

    def __html__(self) -> str:
        return "<i>own</i>"


class Unsafe(str):
    """A text of a class of its own."""


@pytest.fixture
def render() -> Callable[..., str]:
    env = Environment(
        extensions=[once_tag()], undefined=StrictUndefined, autoescape=True
    )

    def page(source: str, **facts: object) -> str:
        return env.from_string(source).render(**facts)

    return page


def test_a_key_is_rendered_one_time_for_a_site(render: Callable[..., str]) -> None:
    numbers: Iterator[int] = count()
    source = "{% once key %}<b>{{ number() }}{{ said }}</b>{% endonce %}"

    def page(site: str, key: str) -> str:
        return render(
            source, site=site, key=key, said="<", number=lambda: next(numbers)
        )

    first = "one site"
    assert page(first, "a") == "<b>0&lt;</b>"
    assert page(first, "a") == "<b>0&lt;</b>"
    assert page(first, "b") == "<b>1&lt;</b>"
    assert page("another site", "a") == "<b>2&lt;</b>"


def test_two_places_share_no_key_and_may_stand_in_each_other(
    render: Callable[..., str],
) -> None:
    source = (
        "{% for n in [1, 2, 1] %}{% once n %}{{ n }}{% once 'in' %}in{{ n }}{% endonce %}"
        "{% endonce %}\n{% endfor %}{% once 1 %}other{% endonce %}"
    )
    assert render(source, site="site") == "1in1\n2in1\n1in1\nother"


def test_what_is_set_inside_stays_inside(render: Callable[..., str]) -> None:
    source = "{% once 1 %}{% set x = 2 %}{{ x }}{% endonce %}{{ x }}"
    with pytest.raises(UndefinedError):
        render(source, site="site")


def test_a_web_address_breaks_between_its_parts_alone() -> None:
    source = "{% import 'parts.html.j2' as parts %}{{ parts.web_address(url) }}"
    template = environment(None).from_string(source)
    for url, shown in (
        ("https://a.example/", "https://a.example/"),
        ("https://a.example/b/c/", "https://a.example/<wbr>b/<wbr>c/"),
        ("https://a.example/?x=<&y", "https://a.example/<wbr>?x=&lt;&amp;y"),
    ):
        assert template.render(url=url) == f'<bdi dir="ltr">{shown}</bdi>'


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("plain words", "plain words"),
        ("a < b & 'c' \"d\" > e", "a &lt; b &amp; &#39;c&#39; &#34;d&#34; &gt; e"),
        (Markup("<b>&amp;</b>"), "<b>&amp;</b>"),
        (Html(), "<i>own</i>"),
        (Unsafe("<"), "&lt;"),
        (["<", 1], "[&#39;&lt;&#39;, 1]"),
        (3, "3"),
        (None, "None"),
    ],
)
def test_what_is_printed_is_escaped_once(value: object, shown: str) -> None:
    source = (
        "{% macro twice(value) %}{{ value }}{{ value }}{% endmacro %}"
        "{% block one %}{{ value }}{% endblock %}|{{ self.one() }}|{{ twice(value) }}|"
        "{% set kept %}{{ value }}{% endset %}{{ kept }}|{{ kept ~ value }}"
    )
    made = environment(None).from_string(source).render(value=value)
    assert made == "|".join((shown, shown, shown * 2, shown, shown * 2))
