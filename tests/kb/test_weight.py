"""What weighs with a reader: more sources before more claims, what decides before what is said."""

import pytest

from kb.queries.weight import weight_of


@pytest.mark.parametrize(
    ("more", "less"),
    [
        pytest.param(("deal", "occurred", "day", 3, 3), ("deal", "occurred", "day", 2, 3), id="sources"),
        pytest.param(("deal", "occurred", "day", 2, 2), ("deal", "occurred", "day", 1, 40), id="sources before claims"),
        pytest.param(("deal", "occurred", "day", 2, 9), ("deal", "occurred", "day", 2, 2), id="claims"),
        pytest.param(("court_ruling", "occurred", "day", 2, 2), ("deal", "occurred", "day", 2, 2), id="what decides"),
        pytest.param(("deal", "occurred", "day", 1, 1), ("statement", "occurred", "day", 1, 1), id="talk"),
        pytest.param(("deal", "scheduled", "day", 1, 1), ("deal", "hypothetical", "day", 1, 1), id="what may never be"),
        pytest.param(("deal", "occurred", "month", 1, 1), ("deal", "occurred", "year", 1, 1), id="told in passing"),
    ],
)
def test_what_weighs_more(more, less):
    assert weight_of(*more) > weight_of(*less)


def test_a_type_of_ones_own_and_an_event_of_which_nobody_tells_have_a_weight():
    assert weight_of("regatta", "occurred", "day", 1, 0) > 0
