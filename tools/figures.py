"""Measured figures in a page that people write: what stands between two marks is replaced, the rest is left alone.

<!-- figures of make bench -->
…
<!-- end of figures -->
"""

from __future__ import annotations

from pathlib import Path

_END = "<!-- end of figures -->"


def write_figures(page: Path, maker: str, text: str) -> None:
    """Put `text` between the marks of `maker` ("make bench").

    Raises ValueError, naming the page and the mark, if the page has no place for it.
    """
    written = page.read_text(encoding="utf-8")
    mark = f"<!-- figures of {maker} -->"
    before, found, rest = written.partition(mark)
    _, ended, after = rest.partition(_END)
    if not found or not ended:
        raise ValueError(f"{page} has no place for these figures: put a line {mark!r} there, and below it {_END!r}")
    page.write_text(f"{before}{mark}\n\n{text.strip()}\n\n{_END}{after}", encoding="utf-8")
