from __future__ import annotations

from tools.make_scale import TARGET, page


def test_the_page_is_what_is_computed_from_the_measurements() -> None:
    made = page()
    assert TARGET.read_text("utf-8") == made, "run: python tools/make_scale.py"
    assert "hostile inputs" in made
    assert "| enclosures | 28.8 MB an hour | 288 GB | 64 kbit/s |" in made
