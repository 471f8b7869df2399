"""Years of birth as texts give them."""

import pytest

from kb.model import Span
from kb.resolve.lives import birth_of, were_born_apart


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("John Smith (1905–1988) was a painter.", "born 1905"),
        ("John Smith (March 3, 1905 - 4 May 1988) was a painter.", "born 1905"),
        ("John Smith (born 1948) left.", "born 1948"),
        ("John Smith (b. 1948) left.", "born 1948"),
        ("John Smith, born in 1948, left.", "born 1948"),
        ("John Smith, who was born on May 4, 1948, left.", "born 1948"),
        ("John Smith (1948) was re-elected.", None),
        ("John Smith (D-Ohio) left in 1948.", None),
        ("John Smith led the party (1999–2004).", None),
        ("John Smith", None),
    ],
)
def test_a_year_of_birth_stands_right_after_a_name(text: str, born: str | None) -> None:
    assert birth_of(text, [Span(0, 10, "John Smith")]) == born


def test_only_two_that_are_told_part() -> None:
    assert were_born_apart(["born 1905", "judge"], ["born 1948"])
    assert not were_born_apart(["born 1905"], ["judge"])
    assert not were_born_apart(["born 1905"], ["born 1905"])
