"""What patterns and rules say of an event, as numbers that the encoder weighs beside the words."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ingest.extract.grammar import Typing
from kb.model import Status
from kb.timevalue import Interval

TYPES = (
    "appointment bill_introduced conflict corporate_change court_filing court_hearing court_ruling deadline "
    "deadline_change deal diplomacy disaster election enforcement_action executive_action financial_report "
    "investigation law_effective law_enacted lawsuit_filed legislative_hearing legislative_vote milestone other "
    "product_launch protest publication rule_action settlement statement trade_measure"
).split()
"""Types that the encoder was taught. One that came later is "unknown" to it."""
STATUSES = tuple(status.value for status in Status)
STEPS = (0.5, 1.0, 1.5, 2.0, 3.0)
"""Weights of patterns from which on their answer counts as surer."""


class Facts(NamedTuple):
    """The pattern's type and weight as one number, the rules' status, and where the days lie; 0 is "unknown"."""

    typing: int
    status: int
    days: int


UNKNOWN = Facts(0, 0, 0)


def facts_of(typing: Typing, status: Status, interval: Interval | None, published: date | None) -> Facts:
    """The facts of an event typed and weighed by rules, in an article of the day `published`."""
    return Facts(_typing(typing), 1 + STATUSES.index(status), _days(interval, published))


def _typing(typing: Typing) -> int:
    if typing.type not in TYPES:
        return 0
    step = sum(typing.weight >= least for least in STEPS)
    return 1 + TYPES.index(typing.type) * (len(STEPS) + 1) + step


def _days(interval: Interval | None, published: date | None) -> int:
    """1 before the day of publication, 2 around it, 3 after it."""
    if interval is None or published is None:
        return 0
    if interval.last < published:
        return 1
    return 3 if interval.start > published else 2
