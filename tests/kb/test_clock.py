import pytest

from kb.queries.clock import span_of_most

FIRST, LAST = "2025-01-10", "2025-02-01"


@pytest.mark.parametrize(
    ("others", "span"),
    [
        pytest.param({}, (FIRST, LAST), id="none"),
        pytest.param({"1789-07-14": 1}, (FIRST, LAST), id="long before"),
        pytest.param({"2090-01-01": 1}, (FIRST, LAST), id="long after"),
        pytest.param({"1789-07-14": 1, "2090-01-01": 1}, (FIRST, LAST), id="both"),
        pytest.param({"2024-06-01": 1}, ("2024-06-01", LAST), id="not far"),
        pytest.param({"1999-01-01": 30}, ("1999-01-01", LAST), id="far, but many"),
    ],
)
def test_the_usual_days_leave_out_the_few_that_lie_far_away(others, span):
    assert span_of_most({FIRST: 20, LAST: 20, **others}) == span


def test_days_at_the_ends_of_the_calendar_do_no_harm():
    assert span_of_most({"0001-01-01": 30, "9999-12-31": 30}) == ("0001-01-01", "9999-12-31")


def test_of_few_articles_none_is_left_out():
    assert span_of_most({"1789-07-14": 1, FIRST: 2, LAST: 3}) == ("1789-07-14", LAST)
    assert span_of_most({FIRST: 1}) == (FIRST, FIRST)
    assert span_of_most({}) == (None, None)
