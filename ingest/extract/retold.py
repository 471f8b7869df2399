"""The day of an event that an article tells twice, lent to where it is told without one.

Two claims of an article tell of one event if type and word are the same ("ruled", "ruling") and so is who acts, or what
their titles say besides; and a headline tells of what the opening tells with its day. Both must be told as facts, and
where several days would fit none is lent. Nor is a month or a year: who "approved one in 2012" approves another in the
next sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb import ids
from kb.fold.identity import rules
from kb.fold.words import stem, stems
from kb.model import Article, Claim, Status, When
from kb.timevalue import Basis

_OPENING = 600
"""Characters after a headline in which the text tells what the headline says."""
_MOST = 20
"""Dated claims of one type and word that are looked at."""
_ONCE = frozenset(("rule_action", "bill_introduced", "appointment"))
"""Types of which an article hardly tells two in one word: beside those that `kb.fold` calls rare: of others only the
same actor makes two claims one event."""
_FRESH = 7
"""Days after which what an opening tells is no longer the news that the headline announces."""

_Known = dict[tuple[str, str], list[Claim]]


def told_elsewhere(claims: Sequence[Claim], article: Article, version: str) -> list[Claim]:
    """`claims`, those without a day that tell again of an event which others date, with that day.

    `version` is the article version that ids are made from.
    """
    known: _Known = defaultdict(list)
    for claim in claims:
        when = claim.when
        told = when is not None and when.basis is not Basis.CONTEXT and when.interval.length == 1
        if told and claim.status is Status.OCCURRED:
            known[claim.type, stem(claim.trigger.text)].append(claim)
    leads = _leads(claims, article)
    return [_with_day(claim, known, leads, version) for claim in claims]


def _with_day(claim: Claim, known: _Known, leads: Sequence[Claim], version: str) -> Claim:
    if claim.when is not None or claim.status is not Status.OCCURRED:
        return claim
    same = known.get((claim.type, stem(claim.trigger.text)), [])[:_MOST]
    retold = [other for other in same if _tells_again(claim, other)] or list(_led_by(claim, leads))
    days = [other.when for other in retold if other.when is not None]
    if len({when.interval for when in days}) != 1:
        return claim
    first = min(days, key=lambda when: when.span)
    when = When(first.span, first.interval, first.precision, Basis.CONTEXT)
    return replace(claim, when=when, id=ids.claim_id(version, claim.trigger.start, when.span.start))


def _tells_again(claim: Claim, other: Claim) -> bool:
    ours, theirs = ({actor.entity for actor in one.actors} for one in (claim, other))
    if ours and theirs:
        return bool(ours & theirs)
    return _happens_once(claim) and bool(_besides(claim) & _besides(other))


def _happens_once(claim: Claim) -> bool:
    return claim.type in _ONCE or claim.type in rules().rare


def _besides(claim: Claim) -> frozenset[str]:
    """What the title says besides the word that names the event."""
    return frozenset(word for word in stems(claim.title) if word[:3] != stem(claim.trigger.text)[:3])


def _leads(claims: Sequence[Claim], article: Article) -> list[Claim]:
    """What the opening below a headline tells as a fact of these days; nothing where there is no headline."""
    end = _headline_end(article)
    opening = (claim for claim in claims if end < claim.trigger.start <= end + _OPENING)
    return [claim for claim in opening if end and claim.status is Status.OCCURRED and _is_news(claim, article)]


def _is_news(claim: Claim, article: Article) -> bool:
    if claim.when is None or article.published is None:
        return False
    return 0 <= (article.published - claim.when.interval.start).days <= _FRESH


def _led_by(claim: Claim, leads: Sequence[Claim]) -> Iterator[Claim]:
    """The first claim of the opening that tells what a headline's claim says."""
    if leads and claim.trigger.start < leads[0].sentence.start and _happens_once(claim):
        found = (lead for lead in leads if lead.type == claim.type and _besides(claim) & _besides(lead))
        yield from list(found)[:1]


def _headline_end(article: Article) -> int:
    """Where the headline ends that the text begins with; 0 for a text without one."""
    title = article.title or ""
    start = len(article.text) - len(article.text.lstrip())
    return start + len(title) if title and article.text.startswith(title, start) else 0
