"""What a claim says became of a deadline."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.fold import ReportedClaim
from kb.fold.outcomes import moves_up, outcome_of
from kb.model import Status

DUE = ReportedClaim(
    id="c1",
    type="deadline",
    status=Status.OCCURRED,
    title="Bank to hand over list",
    first_day="2024-03-06",
    last_day="2024-03-06",
    precision="day",
    actors=(),
    source="s1",
    published="2024-03-12",
    confidence=0.8,
    trigger="hand",
)


@pytest.mark.parametrize(
    ("quote", "trigger", "outcome"),
    [
        pytest.param("The bank missed the deadline of 6 March.", "missed", "missed", id="missed"),
        pytest.param("It was to hand over the list by 6 March, and let the day pass.", "hand", "missed", id="let pass"),
        pytest.param("The bank let the court's 6 March deadline pass.", "deadline", "missed", id="let it pass"),
        pytest.param("They had to list them by 6 March, and several did not.", "list", "missed", id="did not"),
        pytest.param("The list should have been ready by 6 March.", "ready", "missed", id="should have been"),
        pytest.param("Due on 6 March, it has not appeared.", "Due", "missed", id="has not appeared"),
        pytest.param("The deadline of 6 March has not changed.", "changed", None, id="has not changed"),
        pytest.param("The date, 6 March, has not been moved.", "moved", None, id="has not been moved"),
        pytest.param("The bank met the deadline of 6 March.", "met", "met", id="met"),
        pytest.param("It beat the deadline of 6 March by a day.", "beat", "met", id="beat"),
        pytest.param("Firms had to comply by 6 March.", "comply", None, id="a duty to comply is not yet compliance"),
        pytest.param("The last day for that, 6 March, came and went.", "came", "lapsed", id="came and went"),
        pytest.param("The window for comments shut on 6 March.", "shut", "lapsed", id="a window shut"),
        pytest.param("The plant had to be shut by 6 March.", "shut", None, id="a duty to shut something"),
        pytest.param("The date, 6 March, has been given up.", "given", "waived", id="given up"),
        pytest.param("The bank was given until 6 March.", "given", None, id="given until"),
        pytest.param("A court stayed the deadline of 6 March.", "stayed", "stayed", id="stayed"),
        pytest.param("He did.", "did", "met", id="an answer"),
        pytest.param("None did.", "did", "missed", id="an answer of nobody"),
        pytest.param("They have not appeared, and nobody says why.", "have", "missed", id="an answer denied"),
    ],
)
def test_of_a_day_that_is_over(quote: str, trigger: str, outcome: str | None) -> None:
    assert outcome_of(replace(DUE, quote=quote, trigger=trigger), over=True) == outcome


@pytest.mark.parametrize(
    ("quote", "outcome"),
    [
        pytest.param("The bank did not meet the deadline of 6 March.", "missed", id="not met"),
        pytest.param("The bank set no deadline of 6 March.", None, id="there was none"),
    ],
)
def test_of_a_denial(quote: str, outcome: str | None) -> None:
    denied = replace(DUE, quote=quote, trigger="meet" if "meet" in quote else "set", status=Status.DENIED)
    assert outcome_of(denied, over=True) == outcome
    assert outcome_of(denied, over=False) is None


@pytest.mark.parametrize(
    ("quote", "status", "outcome"),
    [
        pytest.param("The list was to be out by 6 March.", Status.CANCELLED, "lapsed", id="no longer holds"),
        pytest.param(
            "The list was originally due on 6 March.", Status.CANCELLED, None, id="moved, nobody says where to"
        ),
        pytest.param("The bank will miss the deadline of 6 March.", Status.SCHEDULED, None, id="a forecast"),
        pytest.param("The deadline of 6 March has been given up.", Status.SCHEDULED, "waived", id="given up"),
    ],
)
def test_of_a_day_ahead(quote: str, status: Status, outcome: str | None) -> None:
    claim = replace(DUE, quote=quote, status=status, trigger="given" if "given" in quote else "miss", published=None)
    assert outcome_of(claim, over=False) == outcome


def test_a_day_that_has_passed_cannot_be_called_off_any_more() -> None:
    told = replace(DUE, quote="Comments were to be in by 6 March.", trigger="comments", status=Status.CANCELLED)
    assert outcome_of(told, over=True) is None
    assert outcome_of(told, over=False) == "lapsed"


@pytest.mark.parametrize(
    ("quote", "sooner"),
    [
        ("It was soon moved up to Nov. 20.", True),
        ("The court brought the date forward to May 1.", True),
        ("The deadline was moved to Nov. 20, up to now the last word.", False),
        ("The deadline was moved to Nov. 20.", False),
    ],
)
def test_words_for_sooner(quote: str, sooner: bool) -> None:
    assert moves_up(replace(DUE, quote=quote)) is sooner


@pytest.mark.parametrize(
    ("quote", "type_", "outcome"),
    [
        pytest.param("Parliament failed to agree by 6 March.", "legislative_vote", "missed", id="not done by the day"),
        pytest.param("Parliament failed to agree on 6 March.", "legislative_vote", None, id="not done on the day"),
        pytest.param("The court refused to extend it by 6 March.", "deadline_change", None, id="not moved"),
    ],
)
def test_what_was_not_done_by_the_day(quote: str, type_: str, outcome: str | None) -> None:
    denied = replace(DUE, quote=quote, type=type_, trigger="agree", time_text="6 March", status=Status.DENIED)
    assert outcome_of(denied, over=True) == outcome


@pytest.mark.parametrize(
    "quote",
    [
        "The judge brought the deadline for handing over the bank's list forward to 6 March.",
        "The judge moved the deadline for handing over the list up to 6 March.",
    ],
)
def test_a_day_is_moved_up_however_long_its_name(quote: str) -> None:
    assert moves_up(replace(DUE, quote=quote))


@pytest.mark.parametrize(
    ("quote", "outcome"),
    [
        pytest.param("The firm has to suspend its transfers by 6 March.", None, id="a duty to suspend something"),
        pytest.param("A court agreed to suspend the deadline of 6 March.", "stayed", id="it is suspended"),
    ],
)
def test_what_is_due_is_nothing_done_to_a_deadline(quote: str, outcome: str | None) -> None:
    ahead = replace(DUE, quote=quote, trigger="suspend", status=Status.SCHEDULED, published="2024-02-12")
    assert outcome_of(ahead, over=False) == outcome
