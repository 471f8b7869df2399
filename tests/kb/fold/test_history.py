"""What other events do to an event: it is overtaken, or its legal clock is counted again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from kb.fold import Event, Files, ReportedClaim, Rulings, events_of, fold_events, thread_claims
from kb.fold.conflicts import find_clashes
from kb.fold.ledger import keep_ledgers
from kb.fold.ties import tie
from kb.model import EventStatus, Status
from kb.timevalue import Offset

HEARING = ReportedClaim(
    id="hearing",
    type="court_hearing",
    status=Status.SCHEDULED,
    title="Hearing in the Acme case is scheduled",
    first_day="2026-03-10",
    last_day="2026-03-10",
    precision="day",
    actors=(("party", "acme"),),
    source="one",
    published="2026-02-01",
    confidence=0.9,
    article="a1",
    origin="a1",
    trigger="hearing",
    quote="A hearing in the Acme case before Judge Roe is scheduled for March 10.",
    time_text="March 10",
    names=("acme", "roe"),
)


def told(id_: str, published: str, day: str, quote: str, trigger: str, **changes: object) -> ReportedClaim:
    """A claim of another article on the Acme case."""
    values = {"id": id_, "article": f"of {id_}", "origin": f"of {id_}", "source": f"outlet of {id_}", "title": quote}
    values |= {"published": published, "first_day": day, "last_day": day, "quote": quote, "trigger": trigger}
    return replace(HEARING, time_text="", status=Status.OCCURRED, **(values | changes))  # type: ignore[arg-type]


POSTPONED = told(
    "postponed", "2026-03-04", "2026-04-02", "Judge Roe postponed the Acme hearing to April 2.", "postponed",
    type="deadline_change",
)  # fmt: skip
SETTLED = told(
    "settled", "2026-03-05", "2026-03-04", "Acme and Brightwater settled the case.", "settled", type="settlement"
)
RULE = replace(
    HEARING, id="rule", type="law_effective", title="Broker Rule takes effect", first_day="2026-03-01",
    last_day="2026-03-01", trigger="effect", quote="The Broker Rule takes effect on March 1.", time_text="March 1",
    names=("rule", "ftc"), actors=(),
)  # fmt: skip
REPORTS = replace(
    RULE, id="reports", type="deadline", title="Brokers must file reports", first_day="2026-04-30",
    last_day="2026-04-30", trigger="file", time_text="within 60 days of the effective date", names=(),
    quote="Brokers must file reports within 60 days of the effective date.",
    clock=Offset(60, "D", "the effective date", date(2026, 3, 1)),
)  # fmt: skip
DELAYED = told(
    "delayed", "2026-02-20", "2026-05-01", "The FTC delayed the effective date of the Broker Rule to May 1.", "delayed",
    type="deadline_change", names=("rule", "ftc"), actors=(("authority", "ftc"),),
)  # fmt: skip


def status_of(event_of: str, *claims: ReportedClaim) -> EventStatus:
    return _event(event_of, *claims).status


def _event(event_of: str, *claims: ReportedClaim, rulings: Rulings | None = None) -> Event:
    (found,) = [event for event in fold_events(claims, rulings or Rulings()) if event_of in event.claims]
    return found


@pytest.mark.parametrize(
    "by",
    [
        pytest.param(POSTPONED, id="put off to another day"),
        pytest.param(SETTLED, id="settled out of court"),
        pytest.param(
            told("out", "2026-03-05", "2026-03-04", "Acme withdrew the case.", "withdrew", type="court_filing"),
            id="withdrawn",
        ),
        pytest.param(
            told("put off", "2026-03-05", "2026-03-04", "Roe adjourned the hearing of March 10.", "adjourned"),
            id="put off, with the day on which that was decided",
        ),
    ],
)
def test_what_was_to_come_is_overtaken_by_what_settles_it(by: ReportedClaim) -> None:
    event = _event("hearing", HEARING, by)
    assert [(step.status, step.known_on, step.claim) for step in event.revisions] == [
        ("scheduled", "2026-02-01", "hearing"),
        ("overtaken", by.published, by.id),
    ]
    assert event.status is EventStatus.OVERTAKEN
    assert event.revisions[-1].because == f"overtaken: {by.title}"
    assert event.claims == ("hearing",)


@pytest.mark.parametrize(
    "by",
    [
        pytest.param(replace(POSTPONED, published="2026-01-20"), id="told before"),
        pytest.param(replace(POSTPONED, status=Status.HYPOTHETICAL), id="only thought of"),
        pytest.param(replace(POSTPONED, status=Status.DENIED), id="denied"),
        pytest.param(replace(POSTPONED, names=("other",), actors=()), id="of somebody else"),
        pytest.param(
            replace(POSTPONED, quote="Judge Roe postponed the Acme trial to April 2."), id="of something else"
        ),
        pytest.param(replace(SETTLED, first_day="2026-01-15", last_day="2026-01-15"), id="settled before it was fixed"),
        pytest.param(replace(POSTPONED, published="2027-01-20"), id="told when it was long over"),
        pytest.param(replace(POSTPONED, first_day="2026-03-10", last_day="2026-03-10"), id="moved to that very day"),
    ],
)
def test_what_does_not_settle_it_leaves_it_scheduled(by: ReportedClaim) -> None:
    assert status_of("hearing", HEARING, by) is EventStatus.SCHEDULED


def test_what_happened_or_is_told_again_later_is_not_overtaken() -> None:
    again = replace(HEARING, id="again", article="later", published="2026-03-08", source="two")
    assert status_of("hearing", HEARING, POSTPONED, again) is EventStatus.SCHEDULED
    held = replace(again, status=Status.OCCURRED, published="2026-03-11")
    assert status_of("hearing", HEARING, POSTPONED, held) is EventStatus.OCCURRED
    told_the_same_day = replace(again, published="2026-03-04")
    assert status_of("hearing", HEARING, POSTPONED, told_the_same_day) is EventStatus.OVERTAKEN


def test_a_legal_clock_is_counted_again_when_its_anchor_moves() -> None:
    event = _event("reports", RULE, REPORTS, DELAYED)
    assert [(step.first_day, step.known_on, step.claim, step.because) for step in event.revisions] == [
        ("2026-04-30", "2026-02-01", "reports", None),
        ("2026-06-30", "2026-02-20", "delayed", "recalculated: 60 days from 2026-05-01 (the effective date)"),
    ]
    assert (event.first_day, event.precision, event.status) == ("2026-06-30", "day", EventStatus.SCHEDULED)
    assert status_of("rule", RULE, REPORTS, DELAYED) is EventStatus.OVERTAKEN


CAME_LATE = replace(
    RULE, id="came", article="r", origin="r", source="two", status=Status.OCCURRED, first_day="2026-03-08",
    last_day="2026-03-08", published="2026-03-09", quote="The Broker Rule took effect on March 8.", time_text="March 8",
)  # fmt: skip


ONE = Rulings(joined=frozenset({("came", "rule")}))


def test_an_event_is_dated_by_the_report_that_it_came_and_not_by_the_plan_it_missed() -> None:
    event = _event("rule", RULE, CAME_LATE, rulings=ONE)
    assert set(event.claims) == {"rule", "came"}
    assert [(step.first_day, step.status.value) for step in event.revisions] == [
        ("2026-03-01", "scheduled"),
        ("2026-03-08", "occurred"),
    ]
    vaguely = replace(CAME_LATE, first_day="2026-03-01", last_day="2026-03-31", precision="month")
    assert _event("rule", RULE, vaguely, rulings=ONE).first_day == "2026-03-01"


def test_a_legal_clock_is_counted_again_when_its_anchor_comes_on_another_day_than_planned() -> None:
    event = _event("reports", RULE, REPORTS, CAME_LATE, rulings=ONE)
    assert [(step.first_day, step.claim) for step in event.revisions] == [
        ("2026-04-30", "reports"),
        ("2026-05-07", "came"),
    ]
    in_time = replace(CAME_LATE, first_day="2026-03-01", last_day="2026-03-01")
    as_planned = _event("reports", RULE, REPORTS, in_time, rulings=ONE)
    assert [step.first_day for step in as_planned.revisions] == ["2026-04-30"]


def test_a_clock_follows_its_anchor_from_day_to_day() -> None:
    now_may = replace(
        RULE, id="may", article="m", first_day="2026-05-01", last_day="2026-05-01", published="2026-02-21"
    )
    again = replace(DELAYED, id="again", article="n", first_day="2026-06-01", last_day="2026-06-01",
                    published="2026-04-20")  # fmt: skip
    event = _event("reports", RULE, REPORTS, DELAYED, now_may, again)
    assert [step.first_day for step in event.revisions] == ["2026-04-30", "2026-06-30", "2026-07-31"]


def test_a_day_told_after_a_recount_stands() -> None:
    first = replace(
        REPORTS, names=("rule",), actors=(("obliged", "brokers"),), topics=("rule",), profile=("rule", "ftc")
    )
    july = "2026-07-15"
    quote = "Brokers have a new deadline to file reports: July 15."
    told_later = replace(first, id="later", article="z", clock=None, first_day=july, last_day=july, quote=quote,
                         published="2026-03-20")  # fmt: skip
    event = _event("reports", RULE, first, DELAYED, told_later)
    assert [step.first_day for step in event.revisions] == ["2026-04-30", "2026-06-30", "2026-07-15"]


def test_the_ledger_has_the_day_a_clock_was_counted_again_to_and_who_moved_it() -> None:
    claims = [RULE, REPORTS, DELAYED]
    (entry,) = keep_ledgers(claims, fold_events(claims), today="2026-05-01")
    assert [(step.change, step.due, step.by, step.slippage, step.claim) for step in entry.steps] == [
        ("set", "2026-04-30", None, 0, "reports"),
        ("extended", "2026-06-30", "ftc", 61, "delayed"),
    ]
    assert (entry.due, entry.state) == ("2026-06-30", "open")


def test_ties_join_threads_but_no_events_and_make_no_conflict() -> None:
    (thread,) = thread_claims([HEARING, POSTPONED], Rulings())
    assert len(thread.groups) == 2
    assert find_clashes(thread) == []


def test_order_changes_nothing_and_every_thread_folds_by_itself() -> None:
    claims = [RULE, REPORTS, DELAYED, HEARING, POSTPONED, SETTLED]
    whole = fold_events(claims)
    for order in list(permutations(claims))[::97]:
        assert fold_events(order) == whole
    alone = [event for thread in thread_claims(claims, Rulings()) for event in events_of([thread])]
    assert sorted(alone, key=lambda event: event.id) == sorted(whole, key=lambda event: event.id)


def test_claims_that_are_tied_find_each_other_under_their_keys() -> None:
    claims = [RULE, REPORTS, DELAYED, HEARING, POSTPONED, SETTLED]
    tied = [(one, other) for one in claims for other in claims if one is not other and tie(one, other)]
    assert len(tied) == 8
    for one, other in tied:
        assert other in Files.of(claims).near(one)
