"""Drawing as PNG, with the font that Pillow brings along."""

from __future__ import annotations

import io
from itertools import pairwise

Point = tuple[float, float]

_SCALE = 2
_TALLEST = 30_000
"""Pixels; a taller picture is drawn with fewer of them."""


class PngPaper:
    """Draws at twice the size, so that edges are smooth on a sharp screen."""

    def __init__(self, width: int, height: int) -> None:
        from PIL import Image, ImageDraw, ImageFont

        self._scale = _SCALE if height * _SCALE <= _TALLEST else max(_TALLEST / height, 0.2)
        self._image = Image.new("RGB", (round(width * self._scale), max(round(height * self._scale), 1)), "#ffffff")
        self._draw = ImageDraw.Draw(self._image, "RGBA")
        self._font = ImageFont.load_default(12 * self._scale)

    def rect(self, x: float, y: float, width: float, height: float, *, fill: str, opacity: float = 1) -> None:
        """A filled rectangle."""
        self._draw.rectangle(self._box(x, y, x + width, y + height), fill=f"{fill}{round(opacity * 255):02x}")

    def line(self, points: list[Point], *, colour: str, width: float = 1, dashed: bool = False) -> None:
        """A line through points; dashes are drawn as dots along it."""
        if dashed:
            for (x, y), (to_x, to_y) in pairwise(points):
                for step in range(0, int(max(abs(to_x - x), abs(to_y - y))), 5):
                    part = step / max(abs(to_x - x), abs(to_y - y))
                    self.rect(x + (to_x - x) * part, y + (to_y - y) * part, 2, 1, fill=colour)
            return
        self._draw.line(self._scaled(points), fill=colour, width=max(round(width * self._scale), 1))

    def circle(self, x: float, y: float, r: float, *, fill: str | None, colour: str, dashed: bool = False) -> None:
        """A circle with its edge."""
        box = self._box(x - r, y - r, x + r, y + r)
        width = round(1.6 * self._scale)
        self._draw.ellipse(box, fill=fill, outline=None if dashed else colour, width=width)
        for start in range(0, 360, 45) if dashed else ():
            self._draw.arc(box, start, start + 25, fill=colour, width=width)

    def polygon(self, points: list[Point], *, fill: str | None, colour: str) -> None:
        """A closed shape with its edge."""
        self._draw.polygon(self._scaled(points), fill=fill, outline=colour, width=max(round(1.4 * self._scale), 1))

    def half(self, x: float, y: float, r: float, *, fill: str) -> None:
        """The left half of a circle."""
        self._draw.pieslice(self._box(x - r, y - r, x + r, y + r), 90, 270, fill=fill)

    def text(self, x: float, y: float, text: str, *, colour: str, bold: bool = False) -> None:
        """One line of text on its base line."""
        self._draw.text(
            (x * self._scale, y * self._scale), text, fill=colour, font=self._font, anchor="ls",
            stroke_width=0.3 if bold else 0, stroke_fill=colour,
        )  # fmt: skip

    def finish(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._image.save(out, "PNG", optimize=False)
        return out.getvalue()

    def _scaled(self, points: list[Point]) -> list[Point]:
        return [(x * self._scale, y * self._scale) for x, y in points]

    def _box(self, left: float, top: float, right: float, bottom: float) -> list[float]:
        return [value * self._scale for value in (left, top, max(right, left), max(bottom, top))]
