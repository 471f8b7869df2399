"""What a claim says became of a deadline whose day it tells: met, missed, lapsed, stayed, waived, or moved up."""

from __future__ import annotations

import re

from kb.fold.claim import ReportedClaim, once
from kb.fold.identity import CHANGE, rules
from kb.fold.notices import speaks_of_one
from kb.fold.phrases import phrases
from kb.fold.timing import moved, moves
from kb.fold.words import any_of, stem
from kb.model import Status

STAYED, WAIVED, LAPSED, MET, MISSED = "stayed", "waived", "lapsed", "met", "missed"
_ANY_TIME = (STAYED, WAIVED)
_BY_WORD = (MISSED, LAPSED)
"""Outcomes that any word of the sentence tells. Of "met" it may be the duty: "had to comply"."""


def outcome_of(claim: ReportedClaim, *, over: bool) -> str | None:
    """What became of the deadline on the day that `claim` gives; `over` if that day was there when it was published.

    What only time can tell is not believed before: a report that "will miss" a day knows no more than its readers.
    """
    if claim.status is Status.DENIED:
        return MISSED if over and denies_keeping(claim) else None
    named = None if _is_only_due(claim) else _named_by(claim.trigger)
    named = named or (_done_to_the_day(claim) if moves(claim) else None)
    if named in _ANY_TIME or (moves(claim) and _named(phrases().given_up, claim)):
        return named if named in _ANY_TIME else WAIVED
    if over:
        return _told(claim, named)
    return LAPSED if claim.status is Status.CANCELLED and not moved(claim) else None


def denies_keeping(claim: ReportedClaim) -> bool:
    """True for "did not meet the deadline of March 6", and "failed to agree by March 6": no deadline is denied."""
    if claim.status is not Status.DENIED:
        return False
    return _named(phrases().keeping, claim) if moves(claim) else claim.type != CHANGE and _is_due_by(claim)


@once
def tells_late(claim: ReportedClaim) -> bool:
    """True for a claim that is no deadline itself and says of a day that something was due then and came late."""
    if claim.undated or moves(claim) or claim.status not in (Status.OCCURRED, Status.CANCELLED):
        return False
    return (claim.published or "") > claim.last_day and _says_late(claim)


def moves_up(claim: ReportedClaim) -> bool:
    """True if the sentence says that something is to be done sooner than it was."""
    return bool(phrases().moved_up.search(claim.quote))


def says_yes(answer: re.Match[str]) -> bool:
    """True if a match of the phrase `answer` says that it was done."""
    return not (answer["nobody"] or answer["not"])


def _named_by(trigger: str) -> str | None:
    return next((outcome for outcome, words in rules().outcomes.items() if stem(trigger) in words), None)


def _is_only_due(claim: ReportedClaim) -> bool:
    """True for "has to suspend its transfers by October 12": that is what is due, and nothing done to a deadline."""
    return moves(claim) and claim.status is Status.SCHEDULED and not speaks_of_one(claim)


def _is_due_by(claim: ReportedClaim) -> bool:
    """True if the words for its day stand behind "by" or "before"."""
    at = claim.quote.find(claim.time_text) if claim.time_text else -1
    return at >= 0 and bool(phrases().due_by.search(claim.quote[:at]))


def _done_to_the_day(claim: ReportedClaim) -> str | None:
    """What "the agency waived the March 31 deadline" says, where the word for the day names the claim."""
    if _named(phrases().held_up, claim):
        return STAYED
    return WAIVED if _named(phrases().waived, claim) else None


def _told(claim: ReportedClaim, named: str | None) -> str | None:
    """What a report says of a day that is over."""
    if named in _BY_WORD:
        return named
    if moves(claim) and (answer := phrases().answer.match(claim.quote)):
        return MET if says_yes(answer) else MISSED
    by_word = (outcome for outcome in _BY_WORD if moves(claim) and any_of(claim.quote, rules().outcomes[outcome]))
    if found := next(by_word, None):
        return found
    if _says_late(claim) or phrases().let_pass.search(claim.quote):
        return MISSED
    if moves(claim) and phrases().kept.search(claim.quote):
        return MET
    return LAPSED if moves(claim) and phrases().ran_out.search(claim.quote) else None


def _says_late(claim: ReportedClaim) -> bool:
    """True if the sentence says of the day of the claim that something came after it, too late."""
    before = claim.quote.partition(claim.time_text)[0] if claim.time_text else ""
    return bool(phrases().came_late.search(claim.quote) or phrases().after_the_date.search(before))


def _named(form: re.Pattern[str], claim: ReportedClaim) -> bool:
    """True if the words of `form` in the sentence hold the one that names the claim."""
    return any(claim.trigger in found.group().split() for found in form.finditer(claim.quote))
