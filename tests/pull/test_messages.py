from __future__ import annotations

import pytest

from pullquote.pull.messages import explain


@pytest.mark.parametrize(
    ("text", "status", "problem"),
    [
        ("ERROR: [youtube] abc: Private video. Sign in if", None, "is private"),
        (
            "Join this channel to get access to members-only content",
            None,
            "members only",
        ),
        ("Sign in to confirm your age. This video may be", None, "age-restricted"),
        ("Sign in to confirm you're not a bot", None, "kept from programs"),
        (
            "The uploader has not made this video available in your country",
            None,
            "country",
        ),
        (
            "Video unavailable. This video has been removed by the up",
            None,
            "been removed",
        ),
        ("Video unavailable", None, "is not available"),
        ("This video is DRM protected", None, "DRM"),
        ("Premieres in 3 hours", None, "not been broadcast yet"),
        ("is_upcoming", None, "not been broadcast yet"),
        ("is_live", None, "live at this moment"),
        ("HTTP Error 404: Not Found", 404, "is not there (HTTP 404)"),
        ("HTTP Error 410: Gone", 410, "gone for good"),
        ("HTTP Error 403: Forbidden", 403, "refused by its server"),
        ("HTTP Error 401: Unauthorized", 401, "password"),
        ("HTTP Error 429: Too Many Requests", 429, "too many requests"),
        ("HTTP Error 503: Service Unavailable", 503, "at fault (HTTP 503)"),
        ("HTTP Error 418: I'm a teapot", 418, "refused (HTTP 418)"),
        ("[Errno 13] Permission denied: '/a/b'", None, "may not be read"),
        ("[Errno 28] No space left on device", None, "disk is full"),
        ("<urlopen error [Errno 111] Connection refused>", None, "cannot be reached"),
        ("[Errno -2] Name or service not known", None, "name is not known"),
        ("The read operation timed out", None, "does not answer in time"),
        ("certificate verify failed", None, "certificate"),
        ("1000 bytes read, 2000 more expected", None, "broke off"),
        ("Did not get any data blocks", None, "is empty"),
        ("Requested format is not available", None, "no sound"),
        ("Unsupported URL: http://x.example/", None, "web page"),
        ("'foo' is not a valid URL", None, "not an address"),
    ],
)
def test_each_message_is_one_line_a_producer_understands(
    text: str, status: int | None, problem: str
) -> None:
    told, remedy = explain(text, status)
    assert problem in told
    assert remedy
    assert "\n" not in told + remedy


def test_what_is_not_known_is_passed_on_short_and_clean() -> None:
    text = (
        "ERROR: [foo:bar] Unable to parse the thing\nsecond line; please report this"
        " issue on  https://github.com/yt-dlp/yt-dlp/issues?q= , filling out"
        + "x"
        * 900
    )
    problem, remedy = explain(text)
    assert problem == "could not be read (Unable to parse the thing second line)"
    assert "update yt-dlp" in remedy
    assert explain("")[0] == "could not be read (no reason given)"
    assert len(explain("y" * 5000)[0]) < 200
