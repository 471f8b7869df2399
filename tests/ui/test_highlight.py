import html
import re
import time

from hypothesis import given
from hypothesis import strategies as st

from ui.highlight import Mark, highlighted

TAGS = re.compile(r"</?mark[^>]*>")
marks = st.builds(Mark, st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(["claim", "time", "trigger"]))


def test_overlapping_marks_split_the_text_where_either_begins_or_ends():
    shown = highlighted("abcdef", [Mark(0, 4, "claim"), Mark(2, 6, "time")])
    assert shown == '<mark class="claim">ab</mark><mark class="claim time">cd</mark><mark class="time">ef</mark>'


def test_text_is_escaped_inside_marks_and_outside():
    assert highlighted("<b>&", [Mark(0, 1, "time")]) == '<mark class="time">&lt;</mark>b&gt;&amp;'


def test_marks_outside_of_the_text_are_left_out():
    assert highlighted("abc", [Mark(2, 9, "time"), Mark(-1, 1, "time"), Mark(2, 2, "time")]) == "abc"


def test_thousands_of_marks_take_a_moment():
    text = "held a hearing. " * 20_000
    began = time.process_time()
    shown = highlighted(text, [Mark(at, at + 4, "trigger") for at in range(0, len(text), 16)])
    assert shown.count("<mark") == 20_000
    assert time.process_time() - began < 5


@given(st.text(alphabet="ab<&\n", max_size=50), st.lists(marks, max_size=6))
def test_marks_never_change_the_text(text, found):
    assert html.unescape(TAGS.sub("", highlighted(text, found))) == text


@given(st.text(alphabet="abc", max_size=50), st.lists(marks, max_size=6))
def test_marks_open_and_close_in_turn(text, found):
    tags = [tag.startswith("</") for tag in TAGS.findall(highlighted(text, found))]
    assert tags == [False, True] * (len(tags) // 2)
