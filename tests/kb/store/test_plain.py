"""Values of the graph as JSON knows them; what servers return is in the contract suite."""

from __future__ import annotations

import json
from datetime import date, datetime, time

import pytest
from neo4j.spatial import CartesianPoint
from neo4j.time import Date, DateTime, Duration, Time

from kb.store.plain import plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (3, 3),
        (0.5, 0.5),
        ("ü", "ü"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        ([1, (2, [None])], [1, [2, [None]]]),
        ({"a": {"b": [1]}}, {"a": {"b": [1]}}),
        (b"\x00\xff", "00ff"),
        (Date(2025, 1, 19), "2025-01-19"),
        (Time(10, 30), "10:30:00.000000000"),
        (DateTime(2025, 1, 19, 10), "2025-01-19T10:00:00.000000000"),
        (Duration(days=3), "P3D"),
        (date(2025, 1, 19), "2025-01-19"),
        (datetime(2025, 1, 19, 10), "2025-01-19T10:00:00"),  # noqa: DTZ001
        (time(10, 30), "10:30:00"),
        (CartesianPoint((1.0, 2.0)), {"srid": 7203, "coordinates": [1.0, 2.0]}),
    ],
    ids=repr,
)
def test_every_value_becomes_what_json_knows(value: object, expected: object) -> None:
    assert plain(value) == expected
    json.dumps(plain(value), allow_nan=False)
