"""What a claim says became of a deadline whose day it tells: met, missed, lapsed, stayed, waived, or moved up."""

from __future__ import annotations

import re

from kb.fold.claim import ReportedClaim, once
from kb.fold.identity import rules
from kb.fold.timing import moved, moves
from kb.fold.words import any_of, stem
from kb.model import Status

STAYED, WAIVED, LAPSED, MET, MISSED = "stayed", "waived", "lapsed", "met", "missed"
_ANY_TIME = (STAYED, WAIVED)
_BY_WORD = (MISSED, LAPSED)
"""Outcomes that any word of the sentence tells. Of "met" it may be the duty: "had to comply"."""
_UNCHANGED = r"(?:be(?:en)? )?(?:chang|mov|alter|shift|extend|postpon|put off)"
_TIME = r"(?:days?|weeks?|months?|years?)"
_COME_LATE = rf"\b(?:{_TIME}|ran|running|came) late\b"
_LATE = re.compile(_COME_LATE, re.IGNORECASE)
"""Words for what came too late."""
_AFTER_THE_DATE = re.compile(
    rf"\b{_TIME} (?:after|past|behind) (?:the|its|that|their|this) (?:\w+ )?(?:date|day|deadline)\b[^.;]{{0,60}}$",
    re.IGNORECASE,
)
"""What stands before a day that was missed: "two months after the date in the law, 2 May"."""
_LET_PASS = re.compile(
    rf"\blet (?:the|that|its|their) (?:day|date|deadline) (?:pass|go by)\b|{_COME_LATE}"
    rf"|\bha(?:s|ve) (?:not|yet to)\b(?! {_UNCHANGED})|\bwithout (?:doing|having done) so\b"
    r"|\bdid(?: not|n't)(?: do so)?[.,;]|\bdid(?: not|n't) (?:meet|make|keep)\b|\bshould have been\b",
    re.IGNORECASE,
)
"""Words for a deadline that was not kept."""
_RAN_OUT = re.compile(
    r"\bcame and went\b|\bwent by\b"
    r"|\b(?:window|period|consultation|registration)\b.{0,90}\b(?:shut|closed|ended|ran out)\b",
    re.IGNORECASE,
)
"""Words for time that ran out, whether or not anybody had to do something in it."""
_KEPT = re.compile(r"(?<!not )(?<!n't )(?<!never )(?<!\bbe )\b(?:met|complied|beat)\b", re.IGNORECASE)
ANSWER = re.compile(
    r"(?:(?P<nobody>none|nobody|neither)|he|she|it|they|both|all) (?P<did>did|has|have|had)(?P<not> not|n['’]t)?"
    r"(?: (?:done )?so| appeared| come| arrived| happened| complied)?(?P<end>[.,;])",
    re.IGNORECASE,
)
"""Sentences that only answer what one before says of a deadline: "He did"."""
_KEEPING = re.compile(r"\b(?:meet|met|make|made|keep|kept|comply|complied)\b", re.IGNORECASE)
_GIVEN_UP = re.compile(r"\b(?:given|gave|called) (?:up|off)\b", re.IGNORECASE)
_MOVED_UP = re.compile(
    r"\b(?:moved?|moves|moving|pulled) (?:\w+ ){0,4}?(?:up|forward)\b"
    r"|\b(?:brought|brings?|bringing) (?:\w+ ){0,4}?forward\b",
    re.IGNORECASE,
)


def outcome_of(claim: ReportedClaim, *, over: bool) -> str | None:
    """What became of the deadline on the day that `claim` gives; `over` if that day was there when it was published.

    What only time can tell is not believed before: a report that "will miss" a day knows no more than its readers.
    """
    if claim.status is Status.DENIED:
        return MISSED if over and denies_keeping(claim) else None
    named = next((outcome for outcome, words in rules().outcomes.items() if stem(claim.trigger) in words), None)
    if named in _ANY_TIME or (moves(claim) and _named(_GIVEN_UP, claim)):
        return named if named in _ANY_TIME else WAIVED
    if over:
        return _told(claim, named)
    return LAPSED if claim.status is Status.CANCELLED and not moved(claim) else None


def denies_keeping(claim: ReportedClaim) -> bool:
    """True for "the bank did not meet the deadline of March 6", which denies no deadline."""
    return claim.status is Status.DENIED and moves(claim) and _named(_KEEPING, claim)


@once
def tells_late(claim: ReportedClaim) -> bool:
    """True for a claim that is no deadline itself and says of a day that something was due then and came late."""
    if claim.undated or moves(claim) or claim.status not in (Status.OCCURRED, Status.CANCELLED):
        return False
    return (claim.published or "") > claim.last_day and _says_late(claim)


def moves_up(claim: ReportedClaim) -> bool:
    """True if the sentence says that something is to be done sooner than it was."""
    return bool(_MOVED_UP.search(claim.quote))


def says_yes(answer: re.Match[str]) -> bool:
    """True if an `ANSWER` says that it was done."""
    return not (answer["nobody"] or answer["not"])


def _told(claim: ReportedClaim, named: str | None) -> str | None:
    """What a report says of a day that is over."""
    if named in _BY_WORD:
        return named
    if moves(claim) and (answer := ANSWER.match(claim.quote)):
        return MET if says_yes(answer) else MISSED
    by_word = (outcome for outcome in _BY_WORD if moves(claim) and any_of(claim.quote, rules().outcomes[outcome]))
    if found := next(by_word, None):
        return found
    if _says_late(claim) or _LET_PASS.search(claim.quote):
        return MISSED
    if moves(claim) and _KEPT.search(claim.quote):
        return MET
    return LAPSED if moves(claim) and _RAN_OUT.search(claim.quote) else None


def _says_late(claim: ReportedClaim) -> bool:
    """True if the sentence says of the day of the claim that something came after it, too late."""
    before = claim.quote.partition(claim.time_text)[0] if claim.time_text else ""
    return bool(_LATE.search(claim.quote) or _AFTER_THE_DATE.search(before))


def _named(form: re.Pattern[str], claim: ReportedClaim) -> bool:
    """True if the words of `form` in the sentence hold the one that names the claim."""
    return any(claim.trigger in found.group().split() for found in form.finditer(claim.quote))
