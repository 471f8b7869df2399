"""What became of a duty, told by a sentence without its day: "was to file it by Thursday. He did."

Nothing but a sentence before says what was done and by when. The answer becomes a claim on the same deadline, with
the day that stands there, so that its history knows that it was met or missed. "The bank did not meet its date" is a
claim already, and gets the day of the last deadline before it that was not somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.extract.deadlines import DEADLINE
from kb import ids
from kb.fold.outcomes import says_yes
from kb.fold.phrases import phrases
from kb.model import Article, Claim, Span, Status, When
from kb.timevalue import Basis

_GAP = re.compile(r"[ \t]*\n?[ \t]*")
_END = re.compile(r"[.!?](?=\s|$)|\n|$")
_HELD = (Status.SCHEDULED, Status.OCCURRED)
_KEEPING = re.compile(
    r"\b(?:met|miss(?:ed)?|beat|overran|kept|made"
    r"|(?:did not|didn['’]t|failed to|has not|had not) (?:meet|met|keep|make))"
    r" (?:the|its|their|his|her|that|this) (?:\w+ )?(?:deadline|date|day|cut-?off|target date)\b"
    r"(?! (?:of|for|set|by|in)\b)",
    re.IGNORECASE,
)
"""What says of a deadline that was told of before that somebody kept it or did not."""
_BACK = 1500
"""Characters behind a deadline within which the text speaks of "its date"."""
_OBLIGED = "obliged"
_AS_SURE = 0.5
"""How sure an answer is, beside what it answers."""


def with_replies(claims: Sequence[Claim], article: Article, version: str) -> list[Claim]:
    """`claims` in text order, with one for each answer to a deadline that had passed when the article was published."""
    taken = {claim.trigger.start for claim in claims}
    last = {claim.sentence.end: claim for claim in claims if _asks(claim, article)}
    answers = (answer for claim in last.values() for answer in _answers(claim, article, version))
    added = [answer for answer in answers if answer.trigger.start not in taken]
    told = [_with_its_day(claim, claims, article) for claim in claims]
    return sorted((*told, *added), key=lambda claim: claim.trigger.start) if added else told


def _with_its_day(claim: Claim, claims: Sequence[Claim], article: Article) -> Claim:
    """`claim` with the day of the deadline that it says was kept or missed; itself if it says no such thing."""
    if claim.type != DEADLINE or claim.when is not None or not _KEEPING.search(claim.sentence.text):
        return claim
    asked = (
        one
        for one in claims
        if _asks(one, article) and claim.trigger.start - _BACK <= one.trigger.start < claim.sentence.start
    )
    mine = [(one, one.when) for one in asked if one.when and not _of_others(one, claim)]
    if not mine:
        return claim
    last, when = mine[-1]
    again = When(when.span, when.interval, when.precision, Basis.CONTEXT)
    sure = round(min(claim.confidence, last.confidence) * _AS_SURE, 3)
    return replace(claim, status=Status.OCCURRED, when=again, confidence=sure)


def _of_others(one: Claim, other: Claim) -> bool:
    """True if both say who is held to the deadline, and nobody is the same."""
    ours, theirs = ({actor.entity for actor in claim.actors if actor.role == _OBLIGED} for claim in (one, other))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _asks(claim: Claim, article: Article) -> bool:
    if claim.type != DEADLINE or claim.when is None or claim.status not in _HELD or article.published is None:
        return False
    return claim.when.interval.last_day <= article.published.isoformat()


def _answers(claim: Claim, article: Article, version: str) -> Iterator[Claim]:
    """The claim that the sentence behind `claim` makes on it, if it only answers: "He did, but …" means otherwise."""
    gap = _GAP.match(article.text, claim.sentence.end)
    found = phrases().answer.match(article.text, gap.end()) if gap else None
    if found is None or claim.when is None:
        return
    kept = says_yes(found)
    if kept and found["end"] != ".":
        return
    end = _END.search(article.text, found.start("end"))
    sentence = _span(article.text, found.start(), end.end() if end else found.end())
    trigger = _span(article.text, *found.span("did"))
    when = When(claim.when.span, claim.when.interval, claim.when.precision, Basis.CONTEXT)
    yield replace(
        claim,
        id=ids.claim_id(version, trigger.start, when.span.start),
        status=Status.OCCURRED,
        title=f"{claim.title.rstrip('…')}: {'done' if kept else 'not done'}",
        trigger=trigger,
        sentence=sentence,
        when=when,
        confidence=round(claim.confidence * _AS_SURE, 3),
        cues=(),
    )


def _span(text: str, start: int, end: int) -> Span:
    return Span(start, end, text[start:end])
