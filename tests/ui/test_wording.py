import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.sample import SCRIPT
from ui.highlight import Mark, name_marks
from ui.wording import changes_html


@pytest.mark.parametrize(
    ("before", "after", "html"),
    [
        ("Same.", "Same.", '<p class="cg-same">…</p>'),
        ("It is due.", "It was due.", "<p>It <del>is</del><ins>was</ins> due.</p>"),
        ("", "New.", "<p><ins>New.</ins></p>"),
        ("Old.", "", "<p><del>Old.</del></p>"),
        ("A\nB", "A", '<p class="cg-same">…</p><p><del>B</del></p>'),
    ],
    ids=["same", "a word", "added", "gone", "a paragraph gone"],
)
def test_what_changed_is_marked_and_what_did_not_is_left_out(before, after, html):
    assert changes_html(before, after) == html


def test_hostile_texts_stay_text():
    assert "<script" not in changes_html(SCRIPT, f"{SCRIPT} more")


@given(st.text(max_size=200), st.text(max_size=200))
def test_only_our_own_tags_are_made_of_any_text(before, after):
    assert set(re.findall(r"<[^>]*>", changes_html(before, after))) <= {
        "<p>", "</p>", "<ins>", "</ins>", "<del>", "</del>", '<p class="cg-same">',
    }  # fmt: skip


def test_names_are_found_as_words_and_the_longer_of_two():
    text = "TikTok Inc. and TikTok, not TikTokers"
    assert name_marks(text, ["TikTok", "TikTok Inc", "x", "(a"]) == [Mark(0, 10, "entity"), Mark(16, 22, "entity")]
