"""Days on which a law, a rule or an order takes effect, and what moves one: those that were moved have a ledger.

takes effect   "The law will take effect on Feb. 1" - the day it stands on
is put off     "delayed it from 1 February to 30 June" - the day it now stands on, and the old one or what it is
is stayed      "blocked the rule, which was to take effect on July 15" - the day on which it does not
"""

from __future__ import annotations

import re
from collections.abc import Collection

from kb.fold.claim import ReportedClaim, once
from kb.fold.identity import EFFECTS, rules
from kb.fold.notices import NO_CHANGE, is_asked_for, is_firm, runs_up_to
from kb.fold.outcomes import STAYED
from kb.fold.phrases import phrases
from kb.fold.timing import is_day, moves
from kb.fold.words import stem
from kb.model import Status

_READ = 2000
"""Characters of a sentence that are looked at."""
_CLOSE = 60
"""Characters behind a day among which stand the words for the one that it replaces."""
_MOST_YEARS = 3
"""Years by which a day of effect may be moved."""
_LEGAL = frozenset(("rule_action", "law_enacted", "executive_action", "legislative_vote", "trade_measure", "other"))
"""Types as which a day of effect may be read, if its sentence says what it is."""
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})|(?P<us_month>{_MONTH}) (?P<us_day>\d{{1,2}})"
    r"(?:st|nd|rd|th)?)(?![\w:])(?:,? (?P<year>\d{4})\b)?"
)

_Day = tuple[str | None, str]
"""Year, if told, and month and day."""


@once
def takes_effect(claim: ReportedClaim) -> bool:
    """True for a claim of the day on which a law, a rule or an order takes effect, as its type or its words say."""
    if claim.undated or not is_day(claim) or moves(claim):
        return False
    if rules().family(claim.type) == EFFECTS:
        return True
    planned = claim.status in (Status.SCHEDULED, Status.CANCELLED)
    return planned and claim.type in _LEGAL and _speaks_of_effect(claim.quote) and not moves_a_day(claim)


def is_effect(told: Collection[ReportedClaim]) -> bool:
    """True if most claims taken for one event are of a day on which something takes effect."""
    return 2 * sum(map(takes_effect, told)) > len(told)


def may_be_put_off(claim: ReportedClaim) -> bool:
    """True for a day of effect that was still to come, or that was given up."""
    return takes_effect(claim) and claim.status in (Status.SCHEDULED, Status.CANCELLED)


def speaks_of_moving(claim: ReportedClaim) -> bool:
    """True for a day of effect still to come, or given up, whose sentence says that somebody moves or would move it."""
    return may_be_put_off(claim) and not moves_a_day(claim) and bool(phrases().puts_off.search(claim.quote[:_READ]))


def was_moved(told: Collection[ReportedClaim]) -> bool:
    """True if claims taken for one event are of a day of effect, and one says that what another tells was moved."""
    movers = [claim for claim in told if moves_a_day(claim)]
    return (
        bool(movers)
        and is_effect(told)
        and any(puts_off(by, of) or puts_it_off(by, of) for by in movers for of in told)
    )


@once
def stays_a_day(claim: ReportedClaim) -> bool:
    """True for a report that something was stayed or blocked."""
    told = claim.status is Status.OCCURRED and is_firm(claim) and not (claim.undated or moves(claim))
    return told and stem(claim.trigger) in rules().outcomes[STAYED] and not takes_effect(claim)


def stays(by: ReportedClaim, of: ReportedClaim) -> bool:
    """True if `by` reports that what was to take effect on the day of `of`, which its sentence names, was stayed."""
    if not (stays_a_day(by) and may_be_put_off(of)) or (by.published or "") < (of.published or ""):
        return False
    return any(_is_day(found, of.first_day) for found in _days_in(by))


@once
def moves_a_day(claim: ReportedClaim) -> bool:
    """True if its sentence says that something was moved, and the claim to which day."""
    if claim.undated or not is_day(claim) or not is_firm(claim) or claim.status is Status.CANCELLED:
        return False
    if moves(claim) or claim.type in NO_CHANGE:
        return False
    return _tells_new_day(claim) and not is_asked_for(claim)


def _tells_new_day(claim: ReportedClaim) -> bool:
    """True for "on June 30 instead of May 1", "now takes effect on June 30", and "put it off to June 30"."""
    before, _, behind = claim.quote[:_READ].partition(claim.time_text or "\0")
    if phrases().instead_of.search(behind[:_CLOSE]) or (phrases().now.search(before) and _speaks_of_effect(before)):
        return True
    return runs_up_to(claim) and bool(phrases().puts_off.search(before))


def puts_off(by: ReportedClaim, of: ReportedClaim) -> bool:
    """True if `by` tells on which day what stood on that of `of` now takes effect: its sentence has both."""
    if not _may_put_off(by, of):
        return False
    return any(_is_day(found, of.first_day) for found in _old_days(by))


def puts_it_off(by: ReportedClaim, of: ReportedClaim) -> bool:
    """True if `by` tells to which day a law, or something that takes effect, was moved, and does not say from which."""
    if not _may_put_off(by, of):
        return False
    of_law = _speaks_of_effect(by.quote) or bool(phrases().puts_off_law.search(by.quote[:_READ]))
    return of_law and not _old_days(by)


def stands_on(by: ReportedClaim, of: ReportedClaim) -> bool:
    """True if `of` is of a day of effect, and `by` moves something to that day without being such a claim itself."""
    if not brings_a_day(by) or not takes_effect(of) or of.first_day != by.first_day:
        return False
    return of.status in (Status.SCHEDULED, Status.OCCURRED, Status.ONGOING)


def brings_a_day(claim: ReportedClaim) -> bool:
    """True if a claim, none of a day of effect itself, tells to which day something was moved."""
    return moves_a_day(claim) and not takes_effect(claim)


def named_days(claim: ReportedClaim) -> list[str]:
    """The days, ISO, that what a claim moves or stays may have stood on; of one told without a year several."""
    found = _old_days(claim) if moves_a_day(claim) else _days_in(claim) if stays_a_day(claim) else ()
    near = int(claim.first_day[:4])
    years = [f"{year:04}" for year in (near - 1, near, near + 1)]
    return sorted({f"{one}-{day}" for year, day in found for one in ([year] if year else years)})


def _speaks_of_effect(text: str) -> bool:
    return bool(phrases().takes_effect.search(text[:_READ]))


def _may_put_off(by: ReportedClaim, of: ReportedClaim) -> bool:
    known_in_time = (of.published or "") <= (by.published or "")
    another = by.first_day != of.first_day and abs(int(by.first_day[:4]) - int(of.first_day[:4])) <= _MOST_YEARS
    return by.id != of.id and known_in_time and another and may_be_put_off(of) and moves_a_day(by)


def _is_day(named: _Day, day: str) -> bool:
    year, rest = named
    return rest == day[5:] and year in (None, day[:4])


@once
def _old_days(claim: ReportedClaim) -> tuple[_Day, ...]:
    """What a sentence gives up: of "from 1 February" (None, "02-01")."""
    quote = claim.quote[:_READ]
    own = ((None, claim.first_day[5:]), (claim.first_day[:4], claim.first_day[5:]))
    told = ((_day(found), found.start()) for found in _DAY.finditer(quote))
    return tuple(day for day, at in told if day not in own and phrases().given_up_day.search(quote[:at]))


@once
def _days_in(claim: ReportedClaim) -> tuple[_Day, ...]:
    """All days of its sentence."""
    return tuple(_day(found) for found in _DAY.finditer(claim.quote[:_READ]))


def _day(found: re.Match[str]) -> _Day:
    month = _MONTHS.index((found["month"] or found["us_month"])[:3]) + 1
    return found["year"], f"{month:02}-{int(found['day'] or found['us_day']):02}"
