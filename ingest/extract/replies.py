"""What became of a duty, told by a sentence that only answers: "was to file it by Thursday. He did."

Nothing but the sentence before says what was done and by when. The answer becomes a claim on the same deadline, with
the day that stands there, so that its history knows that it was met or missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.extract.deadlines import DEADLINE
from kb import ids
from kb.fold.outcomes import ANSWER, says_yes
from kb.model import Article, Claim, Span, Status, When
from kb.timevalue import Basis

_GAP = re.compile(r"[ \t]*\n?[ \t]*")
_END = re.compile(r"[.!?](?=\s|$)|\n|$")
_HELD = (Status.SCHEDULED, Status.OCCURRED)
_AS_SURE = 0.5
"""How sure an answer is, beside what it answers."""


def with_replies(claims: Sequence[Claim], article: Article, version: str) -> list[Claim]:
    """`claims` in text order, with one for each answer to a deadline that had passed when the article was published."""
    taken = {claim.trigger.start for claim in claims}
    last = {claim.sentence.end: claim for claim in claims if _asks(claim, article)}
    answers = (answer for claim in last.values() for answer in _answers(claim, article, version))
    added = [answer for answer in answers if answer.trigger.start not in taken]
    return sorted((*claims, *added), key=lambda claim: claim.trigger.start) if added else list(claims)


def _asks(claim: Claim, article: Article) -> bool:
    if claim.type != DEADLINE or claim.when is None or claim.status not in _HELD or article.published is None:
        return False
    return claim.when.interval.last_day <= article.published.isoformat()


def _answers(claim: Claim, article: Article, version: str) -> Iterator[Claim]:
    """The claim that the sentence behind `claim` makes on it, if it only answers: "He did, but …" means otherwise."""
    gap = _GAP.match(article.text, claim.sentence.end)
    found = ANSWER.match(article.text, gap.end()) if gap else None
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
