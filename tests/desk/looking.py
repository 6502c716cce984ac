"""A real browser on a real desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page

from tests.desk.running import Client, Running

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
AXE = """options => axe.run(document, options).then(found => found.violations.map(
  one => [one.id, one.help, ...one.nodes.map(node => node.html)].join("\\n  ")))"""


@contextmanager
def visiting(browser: Browser, **given: Any) -> Iterator[BrowserContext]:
    """Yield a context of a browser; ``given`` as for ``Browser.new_context``.

    It fails in the end where a script of a page failed. A key that follows upon a change
    of page waits until the new one is loaded: its scripts listen from then on.
    """
    context = browser.new_context(**given)
    faults: list[str] = []

    def opened(page: Page) -> None:
        page.on("pageerror", lambda error: faults.append(str(error)))
        for name in ("press", "type", "down"):
            keyed = getattr(page.keyboard, name)
            setattr(page.keyboard, name, _once_loaded(page, keyed))

    context.on("page", opened)
    yield context
    context.close()
    assert not faults, faults


def _once_loaded(page: Page, keyed: Callable[..., None]) -> Callable[..., None]:
    def waiting(*args: Any, **given: Any) -> None:
        page.wait_for_load_state()
        keyed(*args, **given)

    return waiting


def come_in(context: BrowserContext, desk: Running, client: Client) -> None:
    """Give a browser the cookies of somebody who came in."""
    context.add_cookies(
        [
            {"name": name, "value": value, "url": desk.address}
            for name, value in client.cookies.items()
        ]
    )


Scheme = Literal["light", "dark"]
EVERY: Sequence[tuple[int, Scheme]] = (
    (320, "light"),
    (320, "dark"),
    (1280, "light"),
    (1280, "dark"),
)
NARROW_AND_WIDE: Sequence[tuple[int, Scheme]] = ((320, "dark"), (1280, "light"))
"""For one page's many states: half the time."""


def check_look(
    page: Page, what: str, cases: Sequence[tuple[int, Scheme]] = EVERY
) -> None:
    """Fail where axe finds anything or the page scrolls sideways.

    ``cases`` are widths in px and colour schemes. What was looked at is printed:
    ``bench/desk.py`` counts it.
    """
    page.evaluate(AXE_SCRIPT)
    for width, scheme in cases:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{what} at {width} px is {wide} px wide"
        found = page.evaluate(AXE, RULES)
        assert not found, f"{what} at {width} px, {scheme}:\n" + "\n".join(found)
        print(f"axe: {what}, {width} px, {scheme}: no violation")  # noqa: T201
