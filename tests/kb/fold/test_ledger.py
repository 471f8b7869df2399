"""The deadline ledger."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from kb.fold import ReportedClaim, Rulings, fold_events
from kb.fold.ledger import Articles, Entry, keep_ledgers, with_ledgers
from kb.model import Status

SALE = ReportedClaim(
    id="c1",
    type="deadline",
    status=Status.SCHEDULED,
    title="Company must sell app",
    first_day="2025-01-19",
    last_day="2025-01-19",
    precision="day",
    actors=(("obliged", "e-company"),),
    source="s1",
    published="2024-04-24",
    confidence=0.8,
    article="a1",
    origin="a1",
    trigger="sell",
    quote="The company must sell the app by Jan. 19.",
    time_text="Jan. 19",
    names=("e-company", "e-app"),
    topics=("e-app", "e-company"),
)


def later(number: int, due: str, published: str, quote: str, **changes: object) -> ReportedClaim:
    own = {"id": f"c{number}", "article": f"a{number}", "origin": f"a{number}", "source": f"s{number}"}
    moved = {"first_day": due, "last_day": due, "published": published, "quote": quote}
    return replace(SALE, **{**own, **moved, "title": "New deadline for sale is", "trigger": "deadline", **changes})  # type: ignore[arg-type]


EXTENDED = later(2, "2025-04-05", "2025-01-20", "The new deadline for the sale is April 5.")
SOLD = later(
    9, "2025-04-01", "2025-04-02", "The sale of the app closed on Tuesday, before the deadline.",
    type="deal", status=Status.OCCURRED, title="Sale of app closes", trigger="closed", time_text="Tuesday",
)  # fmt: skip


def ledger(*claims: ReportedClaim, today: str = "2025-03-01") -> Entry:
    (entry,) = keep_ledgers(claims, fold_events(claims), today=today)
    return entry


def steps(entry: Entry) -> list[tuple[str, str, str | None]]:
    return [(step.change.value, step.due, step.known_on) for step in entry.steps]


def test_a_deadline_is_set_and_extended_with_slippage_and_since_when_it_is_known() -> None:
    entry = ledger(SALE, EXTENDED)
    assert steps(entry) == [("set", "2025-01-19", "2024-04-24"), ("extended", "2025-04-05", "2025-01-20")]
    assert [step.slippage for step in entry.steps] == [0, 76]
    assert (entry.due, entry.state) == ("2025-04-05", "open")


PUT_OFF = later(
    2, "2025-04-05", "2025-01-20", "The president extended the deadline to April 5.",
    title="President extends deadline for company", confidence=0.99,
)  # fmt: skip


@pytest.mark.parametrize(
    "title", ["President extends deadline for company", "Law sets deadline for company", "Its sale of app is due"]
)
def test_a_deadline_is_called_by_its_duty_rather_than_by_who_moved_it(title: str) -> None:
    (event,) = fold_events([SALE, replace(PUT_OFF, title=title)])
    assert event.title == SALE.title


def test_a_deadline_whose_duty_nobody_names_is_called_by_who_moved_it() -> None:
    (event,) = fold_events([PUT_OFF])
    assert event.title == PUT_OFF.title


def test_a_deadline_that_was_missed_before_it_was_extended_keeps_both_steps() -> None:
    missed = later(3, "2025-01-19", "2025-01-20", "The company did not meet its date.", trigger="meet", article="a2")
    assert steps(ledger(SALE, EXTENDED, missed))[1:] == [
        ("missed", "2025-01-19", "2025-01-20"),
        ("extended", "2025-04-05", "2025-01-20"),
    ]


@pytest.mark.parametrize(("today", "state"), [("2025-04-05", "open"), ("2025-04-06", "passed")])
def test_a_deadline_of_which_nothing_is_reported_has_passed(today: str, state: str) -> None:
    assert ledger(SALE, EXTENDED, today=today).state == state


def test_a_report_that_the_duty_was_done_in_time_meets_it() -> None:
    entry = ledger(SALE, EXTENDED, SOLD, today="2026-01-01")
    assert steps(entry)[-1] == ("met", "2025-04-05", "2025-04-02")
    assert entry.state == "met"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"first_day": "2025-04-06", "last_day": "2025-04-06"}, id="a day late"),
        pytest.param({"status": Status.PROPOSED}, id="only planned"),
        pytest.param(
            {"title": "Company files brief", "trigger": "filed", "quote": "It filed a brief."}, id="another duty"
        ),
        pytest.param({"topics": ("e-x",), "names": ("e-x",)}, id="another story"),
    ],
)
def test_other_reports_do_not(changes: dict[str, object]) -> None:
    assert ledger(SALE, EXTENDED, replace(SOLD, **changes), today="2026-01-01").state == "passed"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("claim", "step"),
    [
        pytest.param(
            later(3, "2025-06-19", "2025-04-04", "The order extended the deadline to June 19.", type="executive_action",
                  status=Status.OCCURRED, trigger="extended", time_text="June 19", actors=(("issuer", "e-president"),)),
            ("extended", "2025-06-19", "e-president"), id="an order extends it",
        ),
        pytest.param(
            later(3, "2025-03-01", "2025-02-01", "The new deadline for the sale is March 1."),
            ("moved-up", "2025-03-01", None), id="it is moved up",
        ),
        pytest.param(
            later(3, "2025-04-05", "2025-02-01", "A court stayed the deadline of April 5.", trigger="stayed",
                  actors=(("court", "e-court"),)),
            ("stayed", "2025-04-05", "e-court"), id="a court stays it",
        ),
        pytest.param(
            later(3, "2025-04-05", "2025-02-01", "A judge stayed the April 5, 2025 filing deadline on Friday."),
            ("stayed", "2025-04-05", None), id="the day itself is held up",
        ),
        pytest.param(
            later(3, "2025-04-05", "2025-02-01", "The ministry waived the April 5 deadline for the sale.",
                  status=Status.CANCELLED),
            ("waived", "2025-04-05", None), id="the day itself is waived",
        ),
        pytest.param(
            later(3, "2025-04-05", "2025-02-01", "The deadline of April 5 for the sale was waived on Friday.",
                  status=Status.CANCELLED),
            ("waived", "2025-04-05", None), id="the day itself was waived",
        ),
        pytest.param(
            later(3, "2025-04-05", "2025-04-07", "It dropped the suit before the deadline of April 5 passed.",
                  status=Status.OCCURRED),
            ("extended", "2025-04-05", None), id="something else is dropped",
        ),
        pytest.param(
            later(3, "2025-04-05", "2025-02-01", "The deadline of April 5 was waived.", trigger="waived",
                  status=Status.CANCELLED),
            ("waived", "2025-04-05", None), id="it is waived",
        ),
        pytest.param(
            later(3, "2025-04-05", "2025-04-07", "The company missed the deadline of April 5.", trigger="missed",
                  status=Status.OCCURRED),
            ("missed", "2025-04-05", None), id="it is missed",
        ),
        pytest.param(
            later(3, "2025-04-05", "2025-02-01", "The deadline of April 5 no longer holds.", status=Status.CANCELLED),
            ("lapsed", "2025-04-05", None), id="it lapses",
        ),
    ],
)  # fmt: skip
def test_what_becomes_of_it(claim: ReportedClaim, step: tuple[str, str, str | None]) -> None:
    last = ledger(SALE, EXTENDED, claim).steps[-1]
    assert (last.change.value, last.due, last.by) == step


def test_from_and_to_name_the_old_day_and_the_new() -> None:
    claim = later(
        3, "2025-09-17", "2025-06-20", "He moved the deadline from 5 April to 17 September.", type="deadline_change",
        status=Status.OCCURRED, first_day="2025-04-05", precision="range", time_text="from 5 April to 17 September",
    )  # fmt: skip
    assert steps(ledger(SALE, claim))[1:] == [
        ("extended", "2025-04-05", "2025-06-20"),
        ("extended", "2025-09-17", "2025-06-20"),
    ]


PUT_BACK = later(
    4, "2025-04-05", "2025-02-01", "The sale was first due by Jan. 19, and the date was then put back to April 5.",
    type="deadline_change", status=Status.OCCURRED, trigger="put", time_text="April 5", title="Date was put back",
)  # fmt: skip


def test_a_sentence_that_tells_of_both_days_moves_the_deadline_from_one_to_the_other() -> None:
    due = later(5, "2025-01-19", "2025-02-01", PUT_BACK.quote, status=Status.CANCELLED, article="a4", trigger="due",
                title="Sale is due", time_text="Jan. 19")  # fmt: skip
    assert steps(ledger(due, PUT_BACK)) == [
        ("set", "2025-01-19", "2025-02-01"),
        ("extended", "2025-04-05", "2025-02-01"),
    ]


@pytest.mark.parametrize(
    "quote",
    ["The company was told to sell by Jan. 19, and let the day pass.", "The sale, due on Jan. 19, came late."],
)
def test_a_day_that_was_let_pass_is_missed_once(quote: str) -> None:
    told = [later(n, "2025-01-19", f"2025-02-0{n}", quote, status=Status.OCCURRED, trigger="sell") for n in (3, 4)]
    assert steps(ledger(SALE, *told))[1:] == [("missed", "2025-01-19", "2025-02-03")]


def test_a_report_that_only_says_how_it_ended_belongs_to_the_deadline_of_that_day() -> None:
    name = {"trigger": "name", "title": "States must name authorities", "actors": ()}
    due = [replace(SALE, **name), later(2, "2025-01-19", "2025-02-01", "They were to name them by Jan. 19.", **name)]  # type: ignore[arg-type]
    many = later(3, "2025-01-19", "2025-02-01", "Many missed it.", article="a2", trigger="missed", title="Many miss it",
                 actors=(), names=(), status=Status.OCCURRED)  # fmt: skip
    (entry,) = keep_ledgers([*due, many], fold_events([*due, many]), today="2025-03-01")
    assert [step.change.value for step in entry.steps] == ["set", "missed"]


def test_what_those_held_to_it_hand_in_when_it_is_due_meets_it_whatever_the_word() -> None:
    plan = later(3, "2025-01-19", "2025-01-20", "On deadline day the company answers.", type="court_filing",
                 status=Status.OCCURRED, trigger="answers", title="Company answers with plan",
                 actors=(("party", "e-company"),))  # fmt: skip
    assert steps(ledger(SALE, plan))[1:] == [("met", "2025-01-19", "2025-01-20")]
    someone_else = replace(plan, actors=(("party", "e-other"),), names=("e-app",))
    assert len(ledger(SALE, someone_else).steps) == 1


@pytest.mark.parametrize(
    ("quote", "trigger", "moved"),
    [
        pytest.param("The company asked the court to extend the deadline to April 5.", "extend", False, id="asked"),
        pytest.param("It sought an extension of the deadline until April 5.", "extension", False, id="sought"),
        pytest.param("It asked for time, and a judge extended the deadline to April 5.", "extended", True, id="given"),
    ],
)
def test_another_day_that_is_only_asked_for_moves_no_deadline(quote: str, trigger: str, moved: bool) -> None:
    change = {"type": "deadline_change", "status": Status.OCCURRED, "title": "Deadline for sale is extended"}
    notice = later(3, "2025-04-05", "2025-01-10", quote, trigger=trigger, time_text="April 5", **change)
    told = replace(SALE, id="c4", article="a3", origin="a3", published="2025-01-10")
    assert [change for change, *_ in steps(ledger(SALE, told, notice))] == ["set", *["extended"] * moved]


@pytest.mark.parametrize(
    "quote",
    ["The court refused to extend the deadline to April 5.", "The court rejected an extension to April 5."],
)
def test_another_day_that_was_refused_moves_no_deadline(quote: str) -> None:
    told = {"type": "deadline_change", "status": Status.OCCURRED, "time_text": "April 5"}
    trigger = "extend" if "extend " in quote else "extension"
    refused = later(2, "2025-04-05", "2025-01-10", quote, trigger=trigger, title="Court refuses", **told)
    assert [step[:2] for step in steps(ledger(SALE, refused))] == [("set", "2025-01-19")]
    (event, *_) = fold_events([SALE, replace(refused, first_day="2025-01-09", last_day="2025-01-09", time_text="")])
    assert event.status != "overtaken"


def test_a_day_that_somebody_asks_to_move_still_stands() -> None:
    quote = "The company has asked to extend the deadline of Jan. 19 to April 5."
    asked = replace(
        SALE, id="c2", article="a2", origin="a2", published="2025-01-10", status=Status.CANCELLED, quote=quote
    )
    (event,) = fold_events([SALE, asked])
    assert (event.last_day, event.status) == ("2025-01-19", "scheduled")


def test_more_weeks_that_one_article_grants_after_the_day_was_missed_extend_it() -> None:
    missed = later(2, "2025-01-19", "2025-01-20", "It missed the deadline for a sale.", status=Status.OCCURRED)
    given = later(
        3, "2025-02-03", "2025-01-20", "The agency gave it two more weeks, until Feb. 3.", article="a2", origin="a2",
        type="deadline_change", status=Status.OCCURRED, title="Agency gives it", trigger="gave",
        time_text="until Feb. 3",
    )  # fmt: skip
    changes = [step[:2] for step in steps(ledger(SALE, missed, given))]
    assert changes == [("set", "2025-01-19"), ("missed", "2025-01-19"), ("extended", "2025-02-03")]


CLOSED = later(
    2, "2025-01-19", "2025-02-01", "61 comments came in before the period closed on Jan. 19.", status=Status.OCCURRED
)


def test_a_period_that_closed_lapsed_and_was_not_called_off() -> None:
    told = {claim.id: claim for claim in (SALE, CLOSED)}
    ((event, kept),) = with_ledgers(fold_events(list(told.values())), told, Articles.of(told.values()))
    assert (kept[-1].change, event.status) == ("lapsed", "occurred")
    dropped = replace(SALE, id="c2", published="2025-01-02", status=Status.CANCELLED)
    told = {claim.id: claim for claim in (SALE, dropped)}
    ((event, kept),) = with_ledgers(fold_events(list(told.values())), told, Articles.of(told.values()))
    assert (kept[-1].change, event.status) == ("lapsed", "cancelled")


def test_a_person_s_word_on_the_status_of_a_deadline_goes_over_how_its_ledger_ends() -> None:
    rulings = Rulings(corrections=(("c1", "status", "scheduled"), ("c2", "status", "scheduled")))
    told = {claim.id: claim for claim in rulings.correct([SALE, CLOSED])}
    ((event, kept),) = with_ledgers(fold_events(list(told.values())), told, Articles.of(told.values()))
    assert (kept[-1].change, event.status) == ("lapsed", "scheduled")


@pytest.mark.parametrize(
    "quote",
    [
        "The company let an April deadline pass without acting.",
        "The company let its deadline go by.",
        "The company let the sale deadline slip.",
    ],
)
def test_a_deadline_that_somebody_let_pass_was_missed(quote: str) -> None:
    passed = later(2, "2025-01-19", "2025-02-01", quote, status=Status.OCCURRED)
    assert [step[0] for step in steps(ledger(SALE, passed))] == ["set", "missed"]


def test_what_was_due_is_met_in_time_for_the_day_to_which_another_article_puts_it_off() -> None:
    extended = later(
        2, "2025-04-05", "2025-01-15", "The court extended the deadline for a sale of the app to April 5.",
        type="deadline_change", status=Status.OCCURRED, title="Court extends deadline for sale", trigger="extended",
        time_text="April 5",
    )  # fmt: skip
    sold = replace(SOLD, title="Company sells its app for closing", trigger="closing", actors=())
    assert [step[0] for step in steps(ledger(SALE, extended, sold))] == ["set", "extended", "met"]


def test_a_term_of_office_that_is_extended_is_no_deadline_that_is() -> None:
    term = later(3, "2025-08-31", "2025-01-10", "His term was extended to Aug. 31.", type="appointment",
                 status=Status.OCCURRED, trigger="extended", title="Term is extended", time_text="Aug. 31")  # fmt: skip
    assert len(ledger(SALE, term).steps) == 1


def test_a_month_that_holds_the_day_known_is_no_new_day() -> None:
    month = later(3, "2025-01-31", "2025-02-20", "The sale was due in January.", first_day="2025-01-01",
                  precision="month", status=Status.OCCURRED, time_text="January")  # fmt: skip
    assert steps(ledger(SALE, month)) == [("set", "2025-01-19", "2024-04-24")]


def test_what_could_have_been_is_no_deadline() -> None:
    maybe = replace(SALE, status=Status.HYPOTHETICAL)
    assert keep_ledgers([maybe], fold_events([maybe]), today="2025-01-01") == []


def test_the_order_of_claims_changes_nothing() -> None:
    claims = [SALE, EXTENDED, SOLD, later(3, "2025-06-19", "2025-04-04", "The new deadline is June 19.")]
    once = ledger(*claims)
    for seed in range(5):
        Random(seed).shuffle(claims)
        assert ledger(*claims) == once


def test_the_old_day_and_the_new_one_that_an_article_tells_of_are_of_one_deadline() -> None:
    old = replace(SALE, status=Status.CANCELLED, published="2025-01-10", title="Company was to have sold app")
    new = replace(SALE, id="c2", first_day="2025-02-19", last_day="2025-02-19", published="2025-01-10",
                  quote="The judge told the company to sell the app by Feb. 19.", time_text="Feb. 19")  # fmt: skip
    assert steps(ledger(old, new)) == [("set", "2025-01-19", "2025-01-10"), ("extended", "2025-02-19", "2025-01-10")]
    both_hold = replace(old, status=Status.SCHEDULED)
    assert len(keep_ledgers([both_hold, new], fold_events([both_hold, new]), today="2025-01-10")) == 2


def test_a_day_told_in_hindsight_moves_the_deadline_up_if_the_sentence_says_so() -> None:
    told = later(3, "2024-12-20", "2025-06-02", "The deadline for a sale was soon moved up to Dec. 20.",
                 type="deadline_change", status=Status.OCCURRED, trigger="moved", time_text="Dec. 20")  # fmt: skip
    assert steps(ledger(SALE, told))[1:] == [("moved-up", "2024-12-20", "2025-06-02")]


def test_a_deadline_reported_as_not_met_was_missed() -> None:
    told = later(3, "2025-01-19", "2025-01-21", "The company did not meet the deadline of Jan. 19 for a sale.",
                 status=Status.DENIED, trigger="meet", title="Company does not meet deadline for sale")  # fmt: skip
    assert steps(ledger(SALE, told))[1:] == [("missed", "2025-01-19", "2025-01-21")]


def test_reports_of_more_time_until_one_day_tell_of_one_deadline() -> None:
    first = later(2, "2025-04-05", "2025-01-20", "The new deadline is April 5.")
    delay = later(3, "2025-04-05", "2025-06-20", "The first delay was to end on April 5.", trigger="end",
                  title="First delay to end", status=Status.CANCELLED)  # fmt: skip
    assert len(fold_events([first, delay])) == 1


def test_whoever_is_held_to_a_deadline_and_complies_when_it_is_due_meets_it() -> None:
    complies = later(3, "2025-01-19", "2025-01-25", "The company complied on Jan. 19.", type="other",
                     status=Status.OCCURRED, trigger="complied", title="Company complies",
                     actors=(("actor", "e-company"),))  # fmt: skip
    assert steps(ledger(SALE, complies))[1:] == [("met", "2025-01-19", "2025-01-25")]
    long_before = replace(complies, first_day="2024-06-01", last_day="2024-06-01")
    assert len(ledger(SALE, long_before).steps) == 1


@pytest.mark.parametrize(
    ("quote", "moved"),
    [
        pytest.param("The deadline was then put back to Feb. 9.", True, id="which one, its story knows"),
        pytest.param(
            "Comments were first due on Jan. 2; that deadline was put back to Feb. 9.", False, id="its own one"
        ),
    ],
)
def test_a_report_from_elsewhere_that_tells_the_old_day_moves_that_deadline_alone(quote: str, moved: bool) -> None:
    told = later(3, "2025-02-09", "2025-01-10", quote, type="deadline_change", status=Status.OCCURRED, trigger="put",
                 time_text="Feb. 9", title="Deadline is put back")  # fmt: skip
    assert (len(ledger(SALE, told).steps) > 1) is moved


def test_more_time_for_something_long_ago_moves_no_deadline_of_today() -> None:
    long_ago = later(3, "2023-04-19", "2024-04-24", "It later extended the period to April 19, 2023.", article="a1",
                     type="deadline_change", status=Status.OCCURRED, trigger="extended", time_text="April 19, 2023",
                     title="Agency extends period")  # fmt: skip
    assert len(ledger(SALE, long_ago).steps) == 1


def test_a_duty_that_one_article_reads_as_another_type_is_of_the_deadline_of_that_day() -> None:
    told = {"title": "Ministry has to publish guidance on safe cars", "actors": (("obliged", "e-ministry"),)}
    rule = later(
        1, "2025-04-05", "2025-01-10", "The ministry has to publish guidance on safe cars on April 5.",
        **{**told, "type": "rule_action", "actors": (("agency", "e-ministry"),), "trigger": "has"},
    )  # fmt: skip
    required = "The ministry was required to publish guidance on safe cars by April 5. It has not appeared."
    missed = later(2, "2025-04-05", "2025-04-09", required, **told, status=Status.OCCURRED, trigger="publish")
    again = later(3, "2025-04-05", "2025-04-09", required, **told, status=Status.OCCURRED, trigger="have")
    entry = ledger(rule, missed, replace(again, article="a2", quote="They have not appeared."), today="2025-05-01")
    assert steps(entry) == [("set", "2025-04-05", "2025-01-10"), ("missed", "2025-04-05", "2025-04-09")]
    other = replace(rule, title="Ministry has to publish figures for trains")
    assert steps(ledger(other, missed, replace(again, article="a2"), today="2025-05-01"))[0][2] == "2025-04-09"


def test_what_another_course_would_have_given_is_no_report_of_the_deadline() -> None:
    quote = "A bill that failed would have given the company until Jan. 19 to sell the app."
    supposed = later(2, "2025-01-19", "2025-01-10", quote, title=SALE.title, trigger="given", status=Status.CANCELLED)
    assert sorted(len(event.claims) for event in fold_events([SALE, supposed])) == [1, 1]
    told = replace(supposed, quote="The law gave the company until Jan. 19 to sell the app.")
    assert [len(event.claims) for event in fold_events([SALE, told])] == [2]


def duty(number: int, due: str, title: str, quote: str, *, trigger: str, obliged: str = "e-banks") -> ReportedClaim:
    """One of several duties that one article of a law tells of."""
    return replace(
        SALE, id=f"d{number}", first_day=due, last_day=due, title=title, quote=quote, trigger=trigger, at=number,
        actors=(("obliged", obliged),), names=("e-company", "e-app", obliged), time_text=due,
    )  # fmt: skip


DECREE = duty(
    1, "2025-06-30", "Ministry must publish decree", "Under the new law the ministry must issue a decree by June 30.",
    trigger="publish", obliged="e-ministry",
)  # fmt: skip
EXPOSURES = duty(
    2,
    "2025-09-30",
    "Banks must report their exposures",
    "Banks must report their exposures by Sept. 30.",
    trigger="report",
)
GUIDANCE = duty(
    3, "2026-07-01", "Further guidance must be published", "Further guidance must be published by July 1, 2026.",
    trigger="published", obliged="e-authority",
)  # fmt: skip
AUDIT = duty(
    4,
    "2026-09-30",
    "Banks must submit second audit",
    "Banks must submit a second audit by Sept. 30, 2026.",
    trigger="submit",
)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param((DECREE, GUIDANCE), id="two bodies publish"),
        pytest.param((EXPOSURES, AUDIT), id="one body reports on two things"),
        pytest.param((DECREE, EXPOSURES, GUIDANCE, AUDIT), id="all of them"),
    ],
)
def test_duties_that_one_article_tells_of_stay_apart_where_nothing_is_moved(told: tuple[ReportedClaim, ...]) -> None:
    entries = keep_ledgers(told, fold_events(told), today="2025-03-01")
    assert [[step.change.value for step in entry.steps] for entry in entries] == [["set"]] * len(told)


def test_what_another_article_says_of_both_brings_two_duties_of_one_article_not_together() -> None:
    other = replace(
        EXPOSURES, id="o1", article="o", origin="o", source="o", published="2025-03-01", first_day="2026-07-01",
        last_day="2026-07-01", title="Banks must report their exposures, guidance must be published",
        quote="The day by which guidance must be published was put off to July 1, 2026.",
    )  # fmt: skip
    told = (EXPOSURES, GUIDANCE, other)
    assert all(not {EXPOSURES.id, GUIDANCE.id} <= set(event.claims) for event in fold_events(told))


@pytest.mark.parametrize(
    ("quote", "moved"),
    [
        pytest.param("The new closing date for the sale is April 5.", True, id="a new day"),
        pytest.param("It has until April 5 to sell, instead of Jan. 19.", True, id="instead of"),
        pytest.param("The date of the sale was put back to April 5.", True, id="put back"),
        pytest.param("The sale, first due on Jan. 19, is to close by April 5.", True, id="first due"),
        pytest.param("The company must sell its new app by April 5.", False, id="a new thing"),
        pytest.param("The company must sell a second app by April 5.", False, id="a second thing"),
        pytest.param("The company must sell further shares by April 5.", False, id="further things"),
    ],
)
def test_only_words_about_the_day_say_that_a_deadline_moved(quote: str, moved: bool) -> None:
    told = (SALE, later(2, "2025-04-05", "2025-01-20", quote, title="Company must sell app", trigger="sell"))
    assert len(keep_ledgers(told, fold_events(told), today="2025-03-01")) == (1 if moved else 2)


@pytest.mark.parametrize(
    ("article", "obliged", "state"),
    [
        pytest.param("a1", (), "open", id="told beside what is to come, by nobody known"),
        pytest.param("a1", (("obliged", "e-company"),), "met", id="by whom it is to be done"),
        pytest.param("a9", (), "met", id="told elsewhere"),
    ],
)
def test_what_is_told_beside_a_deadline_to_come_meets_it_only_if_those_held_to_it_did_it(
    article: str, obliged: tuple[tuple[str, str], ...], state: str
) -> None:
    due = replace(SALE, actors=obliged, published="2025-01-02")
    sold = replace(SOLD, article=article, published="2025-01-02", first_day="2025-01-02", last_day="2025-01-02")
    entry = ledger(due, sold, today="2025-01-02")
    assert entry.state == state


LATE = later(
    7, "2025-01-19", "2025-02-03",
    "The company's plan for the sale was published two weeks after the date in the law, Jan. 19.",
    type="publication", status=Status.OCCURRED, title="Plan for sale of app is published", trigger="published",
    profile=("e-app", "e-company", "e-law"),
)  # fmt: skip


@pytest.mark.parametrize("type_", ["publication", "court_ruling", "other"])
def test_what_is_told_as_late_by_the_day_of_a_deadline_missed_it_whatever_it_is_taken_for(type_: str) -> None:
    due = replace(SALE, profile=("e-app", "e-company", "e-law"))
    assert steps(ledger(due, replace(LATE, type=type_)))[1:] == [("missed", "2025-01-19", "2025-02-03")]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"first_day": "2025-01-20", "last_day": "2025-01-20"}, id="another day"),
        pytest.param(
            {"quote": "The plan was published on Jan. 19, a week after the date of the hearing."}, id="in time"
        ),
        pytest.param({"title": "Brief is filed", "trigger": "filed"}, id="another duty"),
        pytest.param({"topics": (), "names": (), "profile": ("e-x", "e-y", "e-z")}, id="another story"),
    ],
)
def test_what_is_late_otherwise_misses_no_deadline(changes: dict[str, object]) -> None:
    due = replace(SALE, profile=("e-app", "e-company", "e-law"))
    assert ledger(due, replace(LATE, **changes)).state != "missed"  # type: ignore[arg-type]


def granted(number: int, due: str, published: str) -> ReportedClaim:
    """A report that more time was given until then, of an article that tells of no deadline otherwise."""
    day = f"{int(due[8:])}/{int(due[5:7])}"
    return later(
        number, due, published, f"The agency extended the deadline for the sale of the app to {day}.",
        type="deadline_change", status=Status.OCCURRED, trigger="extended", time_text=day, actors=(),
        title="Agency extends deadline for sale",
    )  # fmt: skip


ROUNDS = (
    SALE,
    granted(2, "2025-04-05", "2025-01-17"),
    later(3, "2025-04-05", "2025-04-03", "The previous deadline was 5/4.", time_text="5/4", status=Status.CANCELLED,
          actors=(), names=(), title="Previous deadline is"),
    later(4, "2025-12-17", "2025-04-03", "It now has until Dec. 17 to sell the app.", article="a3", trigger="sell",
          time_text="Dec. 17"),
    granted(5, "2026-01-23", "2025-12-15"),
    later(6, "2026-01-23", "2026-01-22", "The agency postponed the deadline for the sale from 23/1 to 1/3.",
          time_text="23/1", status=Status.CANCELLED),
    later(7, "2026-03-01", "2026-01-22", "The agency postponed the deadline for the sale from 23/1 to 1/3.",
          article="a6", time_text="1/3"),
)  # fmt: skip
"""A deadline that is extended four times, over the turn of a year, of which some articles know one round only."""


def test_a_deadline_that_is_extended_again_and_again_has_all_rounds_whatever_each_article_knows() -> None:
    assert steps(ledger(*ROUNDS)) == [
        ("set", "2025-01-19", "2024-04-24"),
        ("extended", "2025-04-05", "2025-01-17"),
        ("extended", "2025-12-17", "2025-04-03"),
        ("extended", "2026-01-23", "2025-12-15"),
        ("extended", "2026-03-01", "2026-01-22"),
    ]


def test_a_day_that_stands_where_another_duty_was_moved_to_is_a_deadline_of_its_own() -> None:
    fee = later(3, "2025-04-05", "2025-04-03", "The company must pay the fine by 5/4.", time_text="5/4",
                trigger="pay", title="Company must pay fine")  # fmt: skip
    entries = keep_ledgers(
        told := (SALE, granted(2, "2025-04-05", "2025-01-17"), fee), fold_events(told), today="2025-03-01"
    )
    assert [[step.due for step in entry.steps] for entry in entries] == [["2025-01-19", "2025-04-05"], ["2025-04-05"]]


def test_what_failed_by_the_day_to_which_a_deadline_was_moved_missed_it() -> None:
    due = later(
        1, "2024-12-20", "2024-09-26", "The ministry must publish the budget by Dec. 20.",
        title="Ministry must publish budget", trigger="publish", time_text="Dec. 20", actors=(),
    )  # fmt: skip
    moved = later(
        2, "2025-03-14", "2024-12-18", "The new deadline for the ministry to publish the budget is March 14.",
        title="Ministry to publish budget", trigger="publish", time_text="March 14", actors=(),
    )  # fmt: skip
    failed = later(
        3, "2025-03-14", "2025-03-15", "The ministry failed to publish the budget by March 14.", actors=(),
        title="Ministry fails to publish budget", trigger="publish", time_text="March 14",
        type="publication", status=Status.DENIED,
    )  # fmt: skip
    assert [step.change.value for step in ledger(due, moved, failed).steps] == ["set", "extended", "missed"]


def test_the_old_day_that_an_article_only_calls_the_old_deadline_is_that_of_the_new_one() -> None:
    about = ("word:bill", "word:budget", "word:spend")
    told = {"article": "a2", "origin": "a2", "source": "s2", "actors": (), "names": (), "profile": about}
    new = later(
        2, "2025-03-14", "2024-12-21", "The bill gives lawmakers until March 14 to agree.", **told,
        title="Lawmakers to agree", trigger="agree", time_text="March 14",
    )  # fmt: skip
    old = later(
        3, "2024-12-20", "2024-12-21", "The old deadline was Dec. 20.", **told,
        title="Old deadline is", time_text="Dec. 20", status=Status.CANCELLED,
    )  # fmt: skip
    assert [step.due for step in ledger(new, old).steps] == ["2024-12-20", "2025-03-14"]


@pytest.mark.parametrize(
    ("quote", "steps"),
    [
        pytest.param(
            "The bridge reopened on Monday, three days ahead of the Aug. 15 deadline.", ["set", "met"], id="met"
        ),
        pytest.param("The bridge reopened on Monday, ahead of the Aug. 15 holiday.", ["set"], id="of no deadline"),
        pytest.param("The bridge never reopened in the days before the Aug. 15 deadline.", ["set"], id="not done"),
    ],
)
def test_what_was_done_days_ahead_of_its_deadline_met_it(quote: str, steps: list[str]) -> None:
    told = {"actors": (), "names": ("bridge",)}
    due = later(
        1, "2024-08-15", "2024-06-05", "Builders have to finish repairs on the bridge by Aug. 15.", **told,
        title="Builders have to finish repairs on bridge", trigger="finish", time_text="Aug. 15",
    )  # fmt: skip
    ahead = {"article": "a2", "origin": "a2", "source": "s2", **told}
    deadline = later(2, "2024-08-15", "2024-08-13", quote, title="Bridge reopens", time_text="Aug. 15", **ahead)
    done = later(
        3, "2024-08-12", "2024-08-13", quote, title="Bridge reopens", trigger="reopened", time_text="Monday",
        type="other", status=Status.OCCURRED, **ahead,
    )  # fmt: skip
    assert [step.change.value for step in ledger(due, deadline, done).steps] == steps
