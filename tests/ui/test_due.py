import pytest

from kb.queries import DeadlineView, is_due


@pytest.mark.parametrize(
    ("state", "due", "expected"),
    [
        ("open", "2025-06-01", False),
        ("open", "2025-05-01", False),
        ("stayed", "2025-06-01", False),
        ("passed", "2025-04-30", True),
        ("lapsed", "2040-12-31", True),
        ("met", "2025-06-01", True),
    ],
)
def test_a_deadline_that_was_settled_before_its_day_is_no_longer_due(state, due, expected):
    assert is_due(DeadlineView("ev1", "A deadline", due, state, 0, (), ()), "2025-05-01") is not expected
