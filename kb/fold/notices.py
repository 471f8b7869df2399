"""Whether a claim says that a deadline now runs until another day, whatever type of event it is."""

from __future__ import annotations

from kb.fold.claim import ReportedClaim, once
from kb.fold.identity import CHANGE
from kb.fold.phrases import phrases
from kb.fold.timing import moves
from kb.model import Status

FIRM = (Status.SCHEDULED, Status.ONGOING, Status.OCCURRED, Status.CANCELLED)
"""Statuses in which a claim says something of a deadline; in others it only thinks of one."""
_READ = 2000
"""Characters of a sentence that are looked at."""
NO_CHANGE = ("appointment", "election", "statement", "publication", "financial_report")
"""Types of events that say nothing of a deadline, though their sentence speaks of one, or of a term extended."""


def is_firm(claim: ReportedClaim) -> bool:
    """True if it says something of a deadline; "a bill that failed would have given them six months" says of none."""
    return claim.status in FIRM and not would_have_been(claim)


def would_have_been(claim: ReportedClaim) -> bool:
    """True for what another course would have brought: nothing that anybody set, moved or called off."""
    return claim.status is Status.CANCELLED and bool(phrases().never_was.search(claim.quote))


def speaks_of_one(claim: ReportedClaim) -> bool:
    """True if its sentence has words for a deadline or for more time."""
    return bool(phrases().speaks_of_deadline.search(claim.quote))


@once
def tells_due(claim: ReportedClaim) -> bool:
    """True for a claim that is no deadline itself and says until when one now runs, whatever type of event it is."""
    told_firmly = is_firm(claim) or (claim.status is Status.DENIED and "enforce" in claim.quote)
    telling = claim.type == CHANGE or (claim.type not in NO_CHANGE and speaks_of_one(claim))
    if moves(claim) or not told_firmly or not telling or is_asked_for(claim):
        return False
    return names_two(claim) or runs_up_to(claim) or claim.time_text.startswith(("until", "for ", "from "))


def runs_up_to(claim: ReportedClaim) -> bool:
    """True if the words for its day stand behind "to", "until" or the like."""
    at = claim.quote.find(claim.time_text) if claim.time_text else -1
    return at >= 0 and bool(phrases().up_to.search(claim.quote[:at]))


@once
def is_asked_for(claim: ReportedClaim) -> bool:
    """True for the extending of "it asked the court to extend it to June 30", unless that was granted.

    So for what was refused.
    """
    asked = phrases().asked_for.search(claim.quote[:_READ])
    if asked is None or claim.trigger not in asked.group().split():
        return False
    return not (claim.status in FIRM and phrases().granted.search(claim.quote[: asked.end()]))


def still_stands(claim: ReportedClaim) -> bool:
    """True for the first day of "asked to extend the deadline of May 1 to June 30": nobody has given it up by that."""
    return claim.status is Status.CANCELLED and moves(claim) and bool(phrases().asked_for.search(claim.quote[:_READ]))


def names_two(claim: ReportedClaim) -> bool:
    """True for "from A to B"."""
    return claim.type == CHANGE and claim.precision == "range" and claim.time_text.casefold().startswith("from")


def tells_old_day(claim: ReportedClaim) -> bool:
    """True if the sentence itself says what was moved: "first due by 2 October, and then put back to 9 October"."""
    return bool(phrases().old_day.search(claim.quote))
