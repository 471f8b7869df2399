"""Hours and days in which a feed wants to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.inputs.quiet import Quiet, read_quiet

FRIDAY = datetime(2025, 1, 31, 22, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        pytest.param(b"", Quiet(), id="says nothing"),
        pytest.param(b"<skipHours><hour>22</hour><hour>23</hour></skipHours>", Quiet(frozenset({22, 23})), id="hours"),
        pytest.param(b"<skiphours><hour> 24 </hour></skiphours>", Quiet(frozenset({0})), id="an hour 24"),
        pytest.param(b"<skipHours><hour>99</hour><hour>x</hour></skipHours>", Quiet(), id="hours that are none"),
        pytest.param(b"<skipDays>\n<day>Sunday</day></skipDays>", Quiet(days=frozenset({6})), id="a day"),
        pytest.param(b"<skipDays><day>Sonntag</day></skipDays>", Quiet(), id="a day that is none"),
        pytest.param(b"<hour>5</hour>", Quiet(), id="an hour of something else"),
        pytest.param(b"<skipHours>" * 20_000, Quiet(), id="many without an end"),
    ],
)
def test_what_a_feed_says(inside: bytes, wanted: Quiet) -> None:
    feed = b"<rss><channel>" + inside + b"<item/></channel></rss>"
    assert read_quiet(feed) == wanted
    assert Quiet.load(wanted.dump()) == wanted


@pytest.mark.parametrize(
    ("quiet", "end"),
    [
        pytest.param(Quiet(), FRIDAY, id="never"),
        pytest.param(Quiet(frozenset({22, 23, 0})), datetime(2025, 2, 1, 1, tzinfo=UTC), id="over midnight"),
        pytest.param(Quiet(days=frozenset({4, 5, 6})), datetime(2025, 2, 3, tzinfo=UTC), id="a weekend"),
        pytest.param(Quiet(frozenset({3})), FRIDAY, id="another hour"),
        pytest.param(Quiet(frozenset(range(24))), FRIDAY, id="every hour, which cannot be meant"),
        pytest.param(Quiet(days=frozenset(range(7))), FRIDAY, id="every day"),
    ],
)
def test_when_it_is_over(quiet: Quiet, end: datetime) -> None:
    assert quiet.end(FRIDAY) == end
