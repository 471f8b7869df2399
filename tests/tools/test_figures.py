"""Figures replace figures, and nothing that people wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.figures import write_figures

_PAGE = """\
# Speed

Why it matters.

<!-- figures of make bench -->
old
<!-- end of figures -->

What bounds it.

<!-- figures of make bench-full -->
<!-- end of figures -->
"""


def test_figures_stand_between_their_marks_and_the_rest_stays(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(_PAGE, encoding="utf-8")
    write_figures(page, "make bench", "one\n")
    write_figures(page, "make bench-full", "two")
    write_figures(page, "make bench", "three")
    expected = _PAGE.replace("\nold\n", "\n\nthree\n\n").replace("full -->\n", "full -->\n\ntwo\n\n")
    assert page.read_text(encoding="utf-8") == expected


@pytest.mark.parametrize("text", ["# Speed\n", "<!-- figures of make bench -->\n"], ids=["no mark", "no end"])
def test_a_page_without_a_place_for_them_is_left_alone_and_named(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"page\.md has no place .* figures of make bench"):
        write_figures(page, "make bench", "one")
    assert page.read_text(encoding="utf-8") == text
