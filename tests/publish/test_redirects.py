from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pullquote.publish.serving.redirects import (
    GONE,
    Redirect,
    format_redirects,
    parse_redirects,
)

paths = st.text(st.sampled_from("abc-/é"), max_size=8).map(lambda t: f"/{t}")
redirects = st.one_of(
    st.builds(Redirect, target=paths, status=st.sampled_from([301, 302, 308])),
    st.just(Redirect(target=None, status=GONE)),
)


@given(st.dictionaries(paths, redirects))
def test_rules_are_read_as_they_were_written(rules: dict[str, Redirect]) -> None:
    assert parse_redirects(format_redirects(rules)) == rules


def test_equal_rules_in_another_order_give_equal_text() -> None:
    one, two = Redirect(target="/x/"), Redirect(target=None, status=GONE)
    assert format_redirects({"/b/": two, "/a/": one}) == "/a/ /x/ 301\n/b/ /b/ 410\n"
    assert format_redirects({"/a/": one, "/b/": two}) == "/a/ /x/ 301\n/b/ /b/ 410\n"


def test_what_is_no_rule_is_left_out() -> None:
    text = "# moved\n/a/ /b/\nhttps://x /y/ 301\n/c/\n/d/ /e/ 999\n/f/ /g/ 302 # why\n"
    assert parse_redirects(text) == {
        "/a/": Redirect(target="/b/", status=301),
        "/f/": Redirect(target="/g/", status=302),
    }
