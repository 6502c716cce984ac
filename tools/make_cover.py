"""Draw the sample show's cover, `sample/cover.jpg`: 1400 x 1400 pixels, RGB JPEG.

    pip install pillow          # in a virtual environment of its own
    apt-get install fonts-liberation
    python tools/make_cover.py

The mark is a spine seen from the side, one lozenge a vertebra, beside the title.
Lengths are pixels, from the top left corner.
"""

import math
from pathlib import Path

# Pillow is no part of the project's environment, so mypy may or may not see it.
from PIL import (  # type: ignore[import-not-found, unused-ignore]
    Image,
    ImageDraw,
    ImageFont,
)

SIDE = 1400
SCALE = 2  # drawn at twice the size and reduced: smooth edges
PAPER = (244, 239, 229)
INK = (22, 44, 58)
ACCENT = (201, 84, 54)
FONTS = Path("/usr/share/fonts/truetype/liberation")
TARGET = Path(__file__).resolve().parent.parent / "sample" / "cover.jpg"
VERTEBRAE = 15


def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """One of the Liberation fonts at that size in cover pixels."""
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), size * SCALE)


def vertebra(draw: ImageDraw.ImageDraw, step: float, colour: tuple[int, ...]) -> None:
    """One vertebra: `step` runs from 0 at the neck to 1 at the sacrum."""
    # The spine's double bend, and vertebrae that grow on the way down.
    x = 1105 + 70 * math.sin(step * 2.1 * math.pi + 0.5)
    y = 140 + 1110 * step**1.12
    lean = -0.27 * math.cos(step * 2.1 * math.pi + 0.5)
    wide, high = 62 + 44 * step, 15 + 11 * step
    corners = ((-wide, -high), (wide, -high), (wide, high), (-wide, high))
    turned = [
        (
            (x + a * math.cos(lean) - b * math.sin(lean)) * SCALE,
            (y + a * math.sin(lean) + b * math.cos(lean)) * SCALE,
        )
        for a, b in corners
    ]
    draw.polygon(turned, fill=colour)
    # A line round the polygon with round joints softens its corners.
    draw.line([*turned, *turned[:2]], fill=colour, width=22 * SCALE, joint="curve")


def lettering(draw: ImageDraw.ImageDraw) -> None:
    """The title, what the show is, and that it is synthetic."""
    left = 110 * SCALE
    title = font("LiberationSerif-Bold", 290)
    draw.text((left, 320 * SCALE), "Spine", font=title, fill=INK)
    draw.text((left, 620 * SCALE), "Time", font=title, fill=INK)
    rule = (left + 8, 975 * SCALE, left + 150 * SCALE, 987 * SCALE)
    draw.rectangle(rule, fill=ACCENT)
    line = font("LiberationSans-Regular", 54)
    draw.text((left, 1010 * SCALE), "questions and answers", font=line, fill=INK)
    draw.text((left, 1082 * SCALE), "about your back", font=line, fill=INK)
    small = font("LiberationSans-Bold", 54)
    draw.text((left, 1220 * SCALE), "synthetic sample show", font=small, fill=ACCENT)


def main() -> None:
    """Draw the cover and write it."""
    image = Image.new("RGB", (SIDE * SCALE, SIDE * SCALE), PAPER)
    draw = ImageDraw.Draw(image)
    for number in range(VERTEBRAE):
        # One answer stands out: the fourth from below, where most backs ache.
        colour = ACCENT if number == VERTEBRAE - 4 else INK
        vertebra(draw, number / (VERTEBRAE - 1), colour)
    lettering(draw)
    image = image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    image.save(TARGET, "JPEG", quality=90, optimize=True, subsampling=0)


if __name__ == "__main__":
    main()
