"""What is found out of a claim is kept with it, for as many claims as may be at hand."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

import pytest

from kb.fold import ReportedClaim
from kb.fold import claim as module
from kb.fold.claim import let_go, once
from kb.model import Status

CLAIM = ReportedClaim(
    id="c1",
    type="court_ruling",
    status=Status.OCCURRED,
    title="Court rules",
    first_day="2025-01-17",
    last_day="2025-01-17",
    precision="day",
    actors=(),
    source=None,
    published="2025-01-18",
    confidence=0.9,
)


class Asked:
    """A finding that notes for whom it was asked."""

    def __init__(self) -> None:
        self.titles: list[str] = []

    def find(self) -> Callable[[ReportedClaim], str]:
        @once
        def shouted(claim: ReportedClaim) -> str:
            self.titles.append(claim.title)
            return claim.title.upper()

        return shouted


def test_a_claim_is_asked_once_and_another_state_of_it_by_itself() -> None:
    asked = Asked()
    shouted = asked.find()
    first, other = replace(CLAIM), replace(CLAIM, title="Court delays")
    assert [shouted(claim) for claim in (first, other, first)] == ["COURT RULES", "COURT DELAYS", "COURT RULES"]
    assert asked.titles == ["Court rules", "Court delays"]
    assert replace(first) == first


def test_findings_of_claims_asked_long_ago_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CLAIMS_AT_HAND", 2)
    monkeypatch.setattr(module, "_kept", deque())
    asked = Asked()
    shouted = asked.find()
    claims = [replace(CLAIM, id=f"c{number}") for number in range(4)]
    assert [shouted(claim) for claim in claims] == ["COURT RULES"] * 4
    assert ["kept" in claim.__dict__ for claim in claims] == [False, False, True, True]
    shouted(claims[3])
    assert shouted(claims[0]) == "COURT RULES"
    assert len(asked.titles) == 5


def test_whoever_is_done_with_claims_lets_go_of_all_that_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_kept", deque())
    asked = Asked()
    shouted = asked.find()
    claims = [replace(CLAIM, id=f"c{number}") for number in range(3)]
    first = [shouted(claim) for claim in claims]
    let_go()
    assert not module._kept
    assert not any("kept" in claim.__dict__ for claim in claims)
    assert [shouted(claim) for claim in claims] == first
    assert len(asked.titles) == 6
