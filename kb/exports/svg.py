"""Drawing as SVG: shapes as elements, texts as escaped text."""

from __future__ import annotations

from html import escape

Point = tuple[float, float]


class SvgPaper:
    """Collects elements; `finish` makes the file."""

    def __init__(self, width: int, height: int) -> None:
        self._size = (width, height)
        self._parts: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, *, fill: str, opacity: float = 1) -> None:
        """A filled rectangle."""
        faint = f' fill-opacity="{opacity}"' if opacity < 1 else ""
        self._parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{faint}/>'
        )

    def line(self, points: list[Point], *, colour: str, width: float = 1, dashed: bool = False) -> None:
        """A line through points."""
        self._parts.append(
            f'<polyline points="{_points(points)}" fill="none" stroke="{colour}" '
            f'stroke-width="{width}"{_dash(dashed)}/>'
        )

    def circle(self, x: float, y: float, r: float, *, fill: str | None, colour: str, dashed: bool = False) -> None:
        """A circle with its edge."""
        self._parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" fill="{fill or "none"}" stroke="{colour}" '
            f'stroke-width="1.6"{_dash(dashed)}/>'
        )

    def polygon(self, points: list[Point], *, fill: str | None, colour: str) -> None:
        """A closed shape with its edge."""
        self._parts.append(
            f'<polygon points="{_points(points)}" fill="{fill or "none"}" stroke="{colour}" stroke-width="1.4"/>'
        )

    def half(self, x: float, y: float, r: float, *, fill: str) -> None:
        """The left half of a circle."""
        self._parts.append(f'<path d="M{x:.1f},{y + r:.1f} A{r},{r} 0 0 1 {x:.1f},{y - r:.1f} Z" fill="{fill}"/>')

    def text(self, x: float, y: float, text: str, *, colour: str, bold: bool = False) -> None:
        """One line of text on its base line."""
        weight = ' font-weight="600"' if bold else ""
        self._parts.append(f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}"{weight}>{escape(text)}</text>')

    def finish(self) -> bytes:
        """The file."""
        width, height = self._size
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-family="Source Sans Pro, sans-serif" font-size="12">'
        )
        return "\n".join([head, "<title>Timeline</title>", *self._parts, "</svg>\n"]).encode("utf-8", "replace")


def _points(points: list[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _dash(dashed: bool) -> str:
    return ' stroke-dasharray="2 2"' if dashed else ""
