"""Whether a claim reports that a deadline was kept: its duty done, or what was due handed in."""

from __future__ import annotations

import re
from collections.abc import Collection

from kb.fold.claim import ReportedClaim, once
from kb.fold.evidence import duties
from kb.fold.identity import rules
from kb.fold.outcomes import tells_late
from kb.fold.phrases import phrases
from kb.fold.timing import moves
from kb.fold.words import stem
from kb.model import Status
from kb.timevalue import parse_day

OBLIGED = "obliged"
"""Role of who is held to a deadline."""
_DELIVERIES = ("court_filing", "publication", "rule_action", "legislative_vote")
"""Types of what is handed in, put out or decided by a day."""
_COMPLY = stem("comply")
_NAMED_DOES = re.compile(
    r"(?:(?:[A-Z\d&][\w.'’&-]*|of|and) )+(?:says (?:that )?(?:it|he|she|they) (?:has|have|had) ([a-z]+)|([a-z]+s))\b"
)
"""A name, and what it does, or says that it has done, as titles have it."""
_READ = 2000
"""Characters of a sentence that are looked at."""
_SHORTLY = 7
"""Days before a deadline on which what those held to it hand in is taken for what was due."""


def may_keep(claim: ReportedClaim) -> bool:
    """True for what happened, and not late, and is of a kind that deadlines ask for."""
    if claim.status is not Status.OCCURRED or moves(claim) or tells_late(claim):
        return False
    return claim.type in _DELIVERIES or bool(_done(claim)) or is_in_time(claim)


def keeps(claim: ReportedClaim, *, asked: Collection[str], obliged: frozenset[str], due: str) -> bool:
    """True if `claim` is the thing asked for: a duty among `asked`, or what the `obliged` hand in when it is `due`.

    Nobody else does it for them.
    """
    if not may_keep(claim) or (obliged and claim.acting and not obliged & claim.acting):
        return False
    return bool(_done(claim).intersection(asked)) or is_in_time(claim) or _delivers(claim, due, obliged)


@once
def is_in_time(claim: ReportedClaim) -> bool:
    """True for "reopened three days ahead of the deadline": of which deadline, its article says beside."""
    done = stem(claim.trigger) in rules().done and not phrases().denies.search(claim.quote[:_READ])
    return done and bool(phrases().in_time.search(claim.quote[:_READ]))


def _done(claim: ReportedClaim) -> frozenset[str]:
    return duties(claim) if {stem(claim.trigger), _deed(claim)} & rules().done else frozenset()


@once
def _deed(claim: ReportedClaim) -> str:
    """The stem of the verb behind the name that a title begins with: "Roe & Co files its plan for closing"."""
    found = _NAMED_DOES.match(claim.title)
    return stem(found[1] or found[2]) if found else ""


def _delivers(claim: ReportedClaim, due: str, obliged: frozenset[str]) -> bool:
    """True if those who are held to a deadline hand something in when it is due, or comply with what is not said."""
    does = claim.type in _DELIVERIES or stem(claim.trigger) == _COMPLY
    if not does or not obliged & claim.acting or claim.first_day != claim.last_day:
        return False
    return 0 <= (parse_day(due) - parse_day(claim.last_day)).days <= _SHORTLY
