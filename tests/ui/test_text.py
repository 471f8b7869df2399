import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.exports.harmless import as_cell
from ui.text import as_html, as_label, exact_html, original_html, plain

OVERRIDE = "\u202e"


def test_a_line_loses_breaks_steering_characters_and_what_is_too_much():
    assert plain(f"a\n b\t{OVERRIDE}c\x07 d") == "a b c d"
    assert plain("word " * 100, 11) == "word word…"
    assert plain(None) == ""


def test_right_to_left_marks_of_ordinary_texts_stay():
    assert plain("א\u200fב") == "א\u200fב"


@given(st.text(max_size=200))
def test_html_never_holds_markup_and_reads_back_as_the_line(text):
    shown = as_html(text).removeprefix("<bdi>").removesuffix("</bdi>")
    assert "<" not in shown
    assert '"' not in shown
    assert html.unescape(shown) == plain(text)


@pytest.mark.parametrize(
    ("name", "apart"), [("שרון", True), ("وزارة <b>", True), ("Sharon", False), ("東京新聞", False)]
)
def test_what_is_written_from_right_to_left_moves_nothing_beside_it(name, apart):
    assert as_html(name).startswith("<bdi>") is apart
    assert (as_label(name)[0], as_label(name)[-1]) == (("\u2068", "\u2069") if apart else (name[0], name[-1]))
    assert "<b>" not in as_html(name)


@given(st.text(max_size=200))
def test_exact_html_keeps_every_character_in_its_place(text):
    shown = exact_html(text)
    assert "<" not in shown
    assert len(html.unescape(shown)) == len(text)


@pytest.mark.parametrize(
    "text", ["**bold**", "[x](javascript:alert(1))", ":red[stop]", "$x^2$", "`code`", "# head", "<b>", "~~gone~~"]
)
def test_every_punctuation_mark_of_a_label_is_escaped(text):
    shown = as_label(text)
    assert "".join(shown.split("\\")) == text
    assert all(shown[at - 1] == "\\" for at, char in enumerate(shown) if char in "*[](){}`#<>$~_:")


def test_a_label_holds_no_emoji_shortcode():
    assert ":smile:" not in as_label(":smile:").replace("\\", "")
    assert ":material/home:" not in as_label(":material/home:").replace("\\", "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_spreadsheet_takes_no_cell_for_a_formula(text):
    assert as_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["text", "", 5, -5, None, 2.5])
def test_other_cells_stay_as_they_are(value):
    assert as_cell(value) == value


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://harbor.example/story?a=1&b=2", True),
        ("javascript:alert(1)", False),
        ('https://harbor.example/"onmouseover=alert(1)', False),
        ("https://harbor.example/<b>", False),
        (None, False),
    ],
)
def test_the_name_of_an_outlet_leads_to_the_original_where_that_has_an_address(url, linked):
    shown = original_html("Harbor <Post>", url)
    assert "<bdi>Harbor &lt;Post&gt;</bdi>" in shown
    assert shown.startswith('<a href="https://harbor.example/story?a=1&amp;b=2" ') is linked
    assert ("<a" in shown) is linked
