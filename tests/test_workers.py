"""What several workers share out among them: nothing that is costly to start is started by two."""

import pytest

from tests.workers import piece_of


def test_all_that_needs_neo4j_is_one_piece_and_nothing_else_is_in_it(request):
    session = request.session
    needing = {item.nodeid for item in session.items if item.get_closest_marker("neo4j")}
    assert {item.nodeid for item in session.items if piece_of(item.nodeid) == "neo4j"} == needing


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("tests/browser/test_a.py::test_x[1]", "tests/browser/test_b.py::test_y", True),
        ("tests/golden/test_a.py::test_x", "tests/golden/test_b.py::test_y", True),
        ("tests/contract/test_a.py::test_x[neo4j]", "tests/contract/test_b.py::TestIt::test_y[2-neo4j]", True),
        ("tests/contract/test_a.py::test_x[embedded]", "tests/contract/test_a.py::test_x[neo4j]", False),
        ("tests/contract/test_a.py::test_x[embedded]", "tests/contract/test_b.py::test_y[embedded]", False),
        ("tests/kb/test_a.py::test_x[neo4j]", "tests/kb/test_a.py::TestIt::test_y", True),
        ("tests/kb/test_a.py::test_x", "tests/kb/test_b.py::test_x", False),
    ],
)
def test_files_are_pieces_and_some_are_one(one, other, together):
    assert (piece_of(one) == piece_of(other)) == together
