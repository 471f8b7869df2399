"""Days on which laws take effect, and what moves or stays them."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from kb.fold import ReportedClaim, fold_events
from kb.fold.effects import moves_a_day, takes_effect
from kb.fold.ledger import Entry, keep_ledgers
from kb.model import Status

STORY = ("e-board", "e-smoke-rule", "e-chair")
RULE = ReportedClaim(
    id="c1",
    type="law_effective",
    status=Status.SCHEDULED,
    title="Smoke rule will take effect",
    first_day="2025-07-01",
    last_day="2025-07-01",
    precision="day",
    actors=(),
    source="s1",
    published="2025-02-10",
    confidence=0.8,
    article="a1",
    origin="a1",
    trigger="effect",
    quote="The smoke rule will take effect on July 1, 2025.",
    time_text="July 1, 2025",
    names=("e-smoke-rule",),
    topics=("e-smoke-rule", "e-board"),
    profile=STORY,
)


def later(number: int, day: str, published: str, quote: str, time_text: str, **changes: object) -> ReportedClaim:
    own = {"id": f"c{number}", "article": f"a{number}", "origin": f"a{number}", "source": f"s{number}"}
    told = {"first_day": day, "last_day": day, "published": published, "quote": quote, "time_text": time_text}
    said = {"type": "rule_action", "title": "Board delays smoke rule", "trigger": "delayed"}
    return replace(RULE, **{**own, **told, **said, **changes})  # type: ignore[arg-type]


DELAYED = later(
    2, "2025-10-01", "2025-05-20", "The board delayed the smoke rule from July 1 to October 1, 2025.", "October 1, 2025"
)
AGAIN = later(
    3, "2026-01-01", "2025-09-12", "The board postponed the effective date of the smoke rule to January 1.",
    "January 1", type="deadline_change", title="Board postpones effective date of smoke rule", trigger="postponed",
)  # fmt: skip


def ledgers(*claims: ReportedClaim, today: str = "2025-06-01") -> list[Entry]:
    return keep_ledgers(claims, fold_events(claims), today=today)


def steps(*claims: ReportedClaim) -> list[tuple[str, str, str | None]]:
    (entry,) = ledgers(*claims)
    return [(step.change.value, step.due, step.known_on) for step in entry.steps]


SET = ("set", "2025-07-01", "2025-02-10")
PUT_OFF = ("extended", "2025-10-01", "2025-05-20")


@pytest.mark.parametrize("type_", ["rule_action", "deadline_change", "law_effective", "executive_action", "other"])
def test_a_day_of_effect_has_a_ledger_once_it_was_moved_whatever_the_telling_is_taken_for(type_: str) -> None:
    assert ledgers(RULE) == []
    assert steps(RULE, replace(DELAYED, type=type_)) == [SET, PUT_OFF]


def test_it_is_on_its_new_day_and_moves_on_from_there() -> None:
    for claims in permutations((RULE, DELAYED, AGAIN)):
        assert steps(*claims) == [SET, PUT_OFF, ("extended", "2026-01-01", "2025-09-12")]


def test_what_is_told_as_taking_effect_on_the_new_day_is_the_same_event() -> None:
    moved = replace(DELAYED, type="law_effective")
    came = later(
        4, "2025-10-01", "2025-10-02", "The smoke rule took effect on Wednesday.", "Wednesday",
        type="law_effective", status=Status.OCCURRED, title="Smoke rule takes effect", trigger="effect",
    )  # fmt: skip
    (event,) = fold_events([RULE, moved, came])
    assert (event.first_day, event.status) == ("2025-10-01", "occurred")
    assert event.because[0] != ""
    assert steps(RULE, moved, came)[-1] == ("in-effect", "2025-10-01", "2025-10-02")


@pytest.mark.parametrize(
    ("quote", "time_text"),
    [
        ("The board postponed the rule, which was to take effect on July 1, to October 1, 2025.", "October 1, 2025"),
        ("The smoke rule will take effect on October 1, 2025, instead of July 1.", "October 1, 2025"),
        ("The smoke rule, due to begin on 1 July, will now take effect on 1 October 2025.", "1 October 2025"),
        ("The board pushed the rule back from 1st July 2025 to 1 October 2025.", "1 October 2025"),
    ],
)
def test_many_words_say_so(quote: str, time_text: str) -> None:
    assert steps(RULE, replace(DELAYED, quote=quote, time_text=time_text)) == [SET, PUT_OFF]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"quote": "The board moved the hearing from July 2 to October 1, 2025."}, id="another day"),
        pytest.param({"quote": "The board delayed the fee from July 1, 2024, to October 1, 2025."}, id="another year"),
        pytest.param(
            {"quote": "The rule is in force on July 1, and reports were put off to October 1, 2025."}, id="not given up"
        ),
        pytest.param({"status": Status.PROPOSED}, id="only proposed"),
        pytest.param({"profile": ("e-x", "e-y", "e-z"), "topics": ("e-x",), "names": ("e-x",)}, id="another story"),
        pytest.param({"published": "2025-02-09"}, id="told before"),
        pytest.param(
            {"quote": "It asked the board to delay it from July 1 to October 1, 2025.", "trigger": "delay"},
            id="asked for",
        ),
    ],
)
def test_other_tellings_move_nothing(changes: dict[str, object]) -> None:
    assert ledgers(RULE, replace(DELAYED, **changes)) == []  # type: ignore[arg-type]


MUCH_LATER = ("extended", "2026-04-01", "2025-05-20")
POSTPONED = later(
    2, "2026-04-01", "2025-05-20", "The board voted to postpone the smoke rule to April 1, 2026.", "April 1, 2026",
    type="deadline_change", status=Status.SCHEDULED, title="Board votes to postpone smoke rule", trigger="postpone",
)  # fmt: skip
CAME = later(
    3, "2026-04-01", "2026-04-02", "The rule on smoke took effect on Wednesday.", "Wednesday",
    type="law_effective", status=Status.OCCURRED, title="Rule on smoke takes effect", trigger="effect",
)  # fmt: skip


def test_a_law_that_is_put_off_need_not_be_said_to_take_effect_and_the_report_that_it_did_is_of_its_day() -> None:
    for claims in permutations((RULE, POSTPONED, CAME)):
        assert steps(*claims) == [SET, MUCH_LATER, ("in-effect", "2026-04-01", "2026-04-02")]
        (event, moved) = sorted(fold_events(claims), key=lambda event: event.type == "deadline_change")
        assert (event.claims, event.first_day, event.status) == (("c1", "c3"), "2026-04-01", "occurred")
        assert moved.status == "occurred", "the day that it moves another event to is no event to come"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"first_day": "2026-04-02", "last_day": "2026-04-02"}, id="another day"),
        pytest.param({"names": ("e-fee",)}, id="another rule"),
        pytest.param({"status": Status.DENIED}, id="denied"),
        pytest.param({"profile": ("e-x", "e-y", "e-z"), "topics": ("e-x",)}, id="another story"),
    ],
)
def test_what_else_takes_effect_is_no_report_of_it(changes: dict[str, object]) -> None:
    assert steps(RULE, POSTPONED, replace(CAME, **changes))[:2] == [SET, MUCH_LATER]  # type: ignore[arg-type]
    told = fold_events([RULE, POSTPONED, replace(CAME, **changes)])  # type: ignore[arg-type]
    assert ("c1", "c3") not in {event.claims for event in told}


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("The board put off a vote on the smoke rule to April 1, 2026.", id="a vote on it"),
        pytest.param("The board delayed its meeting to April 1, 2026.", id="a meeting"),
    ],
)
def test_what_else_is_put_off_moves_no_day_of_effect(quote: str) -> None:
    assert ledgers(RULE, replace(POSTPONED, quote=quote)) == []


def test_what_moves_some_day_of_effect_moves_none_of_two() -> None:
    part = replace(RULE, id="c5", at=90, first_day="2025-09-01", last_day="2025-09-01", time_text="September 1")
    assert (
        ledgers(RULE, replace(part, quote="The permit part of the rule will take effect on September 1."), AGAIN) == []
    )


def test_a_day_that_an_article_tells_and_brings_forward_is_one_event_set_first_on_the_later_day() -> None:
    quote = "Parliament brought the start of the levy forward from 1 April 2026 to 1 January 2026."
    old = replace(
        RULE, quote=quote, first_day="2026-04-01", last_day="2026-04-01", time_text="1 April 2026",
        status=Status.CANCELLED,
    )  # fmt: skip
    new = replace(old, id="c2", first_day="2026-01-01", last_day="2026-01-01", time_text="1 January 2026")
    new = replace(new, status=Status.SCHEDULED)
    assert [step[:2] for step in steps(old, new)] == [("set", "2026-04-01"), ("moved-up", "2026-01-01")]
    assert len(fold_events([old, new])) == 1


def test_a_day_of_effect_that_a_court_stays_is_stayed() -> None:
    stayed = later(
        2, "2025-06-19", "2025-06-20", "A judge on Thursday blocked the rule, which was to take effect on July 1.",
        "Thursday", type="court_ruling", status=Status.OCCURRED, trigger="blocked", title="Judge blocks rule",
    )  # fmt: skip
    assert steps(RULE, stayed) == [SET, ("stayed", "2025-07-01", "2025-06-20")]
    elsewhere = replace(stayed, quote="A judge on Thursday blocked a rule on boats, in force since July 9.")
    assert ledgers(RULE, elsewhere) == []


def test_a_move_that_is_only_proposed_is_reason_to_keep_a_ledger() -> None:
    proposed = later(
        2, "2025-07-01", "2025-06-01", "The chair proposed to postpone the rule, which was to apply from July 1.",
        "July 1", type="law_effective", status=Status.CANCELLED, title="Rule to apply", trigger="apply",
    )  # fmt: skip
    assert steps(RULE, proposed) == [SET]


def test_by_its_words_a_claim_of_another_type_is_one_of_a_day_of_effect() -> None:
    assert takes_effect(replace(RULE, type="rule_action"))
    assert not takes_effect(replace(RULE, type="rule_action", quote="The rule is to be adopted on July 1, 2025."))
    assert steps(replace(RULE, type="rule_action"), DELAYED) == [SET, PUT_OFF]
    assert not moves_a_day(RULE)


def test_what_was_to_end_on_the_day_that_it_was_put_off_to_lapsed() -> None:
    ended = later(
        3, "2025-10-01", "2025-10-02", "The smoke rule expired on October 1.", "October 1",
        type="law_effective", status=Status.OCCURRED, title="Smoke rule expires", trigger="expired",
    )  # fmt: skip
    assert [change for change, _, _ in steps(RULE, DELAYED, ended)] == ["set", "extended", "lapsed"]
