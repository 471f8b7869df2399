"""Of what nobody knows whether it happened, what is asked for. Runs over every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kb import queries
from kb.model import Extraction, Status, When
from kb.queries.glance import glance
from kb.store import Graph
from kb.store.record import record
from kb.timevalue import Interval, Precision
from tests.contract.synthetic import extraction, now
from tests.golden.extracted import extracted_fixtures
from tests.golden.gold import EXPECTED, load_expected

DAY, YEAR = Interval.day(date(2025, 5, 5)), Interval.year(2025)
TODAY = "2026-06-01"


def told(
    number: int,
    *,
    type_: str = "court_hearing",
    when: Interval = DAY,
    confidence: float = 0.6,
    published: date = date(2024, 12, 7),
) -> Extraction:
    """An article that says only that something is fixed for a day or a year."""
    article = extraction(number, published=published)
    claim = article.claims[1]
    assert claim.when is not None
    precision = Precision.DAY if when == DAY else Precision.YEAR
    fixed = replace(
        claim, type=type_, status=Status.SCHEDULED, confidence=confidence, when=_at(claim.when, when, precision)
    )
    return replace(article, claims=(fixed,))


def _at(when: When, interval: Interval, precision: Precision) -> When:
    return replace(when, interval=interval, precision=precision)


def asked(graph: Graph, as_of: str | None = None) -> int:
    return len(queries.overdue_ids(graph, today=TODAY, as_of=as_of))


@pytest.mark.parametrize(
    ("article", "questions"),
    [
        pytest.param(told(1), 1, id="a hearing"),
        pytest.param(told(1, type_="statement"), 0, id="what is only said"),
        pytest.param(told(1, when=YEAR, type_="diplomacy"), 0, id="a year, of what there are many"),
        pytest.param(told(1, when=YEAR, type_="election"), 1, id="a year, of what there are few"),
        pytest.param(told(1, when=YEAR, type_="deadline"), 1, id="a year, of what was due"),
        pytest.param(told(1, confidence=0.1), 0, id="hardly to be believed"),
        pytest.param(told(1, published=date(2025, 5, 6)), 0, id="told afterwards"),
        pytest.param(told(1, published=date(2025, 5, 5)), 1, id="told on the day"),
    ],
)
def test_nobody_is_asked_for_what_is_only_said_or_vague_or_misread(
    graph: Graph, article: Extraction, questions: int
) -> None:
    record(graph, [article], recorded_at=now(), extractor="test")
    assert asked(graph) == questions
    assert glance(graph, today=TODAY).unanswered == questions
    assert asked(graph, as_of="2026-05-01") == questions


def test_what_a_later_report_says_surely_is_not_asked_as_of_a_day_before(graph: Graph) -> None:
    record(graph, [told(1, confidence=0.1)], recorded_at=now(), extractor="test")
    record(graph, [told(6, published=date(2025, 3, 1))], recorded_at=now(), extractor="test")
    (event,) = queries.overdue(graph, today=TODAY)
    assert event.event.claims == 2
    assert (asked(graph), asked(graph, as_of="2025-03-01"), asked(graph, as_of="2025-02-28")) == (1, 1, 0)


def test_that_a_deadline_moves_to_a_day_is_not_itself_due_then(graph: Graph) -> None:
    title = load_expected(EXPECTED / "ai-act-2026-02-05-committee-report.yaml").title
    record(graph, [extracted_fixtures()[title]], recorded_at="2026-02-06T00:00:00Z", extractor="test")
    day = "2026-02-06"
    ahead = queries.timeline(graph, queries.EventFilter(statuses=("scheduled",), first=day))
    assert "deadline_change" in {event.type for event in ahead}
    due = {one.event for one in queries.upcoming(graph, today=day)}
    assert due >= {event.id for event in ahead if event.type == "law_effective"}
    assert due.isdisjoint(event.id for event in ahead if event.type == "deadline_change")
