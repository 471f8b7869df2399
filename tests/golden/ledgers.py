"""The deadline ledger of each story against its gold: from claims as a perfect extraction would give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.fold import ReportedClaim
from kb.fold.events import fold_events
from kb.fold.ledger import Entry, keep_ledgers
from kb.ids import claim_id
from kb.model import Extraction
from tests.golden.gold import EXPECTED, Ledger, Story, load_expected, place
from tests.golden.linking import claims_of
from tests.golden.score import pair_up

Steps = list[tuple[str, str, str | None]]


def gold_claims(story: Story, extractions: Mapping[str, Extraction]) -> Iterator[ReportedClaim]:
    """A claim for each row of the gold, its entities those of the claim that stands for it or of its sentence."""
    known = {claim.id: claim for claim in claims_of(extractions.values())}
    for stem_ in story.articles:
        expected = load_expected(EXPECTED / f"{stem_}.yaml")
        extraction = extractions[expected.title]
        own = {claim.id: known[claim.id] for claim in extraction.claims if claim.id in known}
        paired = {id(pair.event): own[pair.claim.id] for pair in pair_up(expected, extraction)}
        any_claim = next(iter(own.values()))
        for event in expected.events:
            at = place(extraction.article, event)
            sentence = next(
                (claim for claim in extraction.claims if claim.sentence.start <= at.trigger < claim.sentence.end),
                None,
            )
            near = paired.get(id(event)) or (own.get(sentence.id) if sentence else None)
            yield ReportedClaim(
                id=claim_id(stem_, at.trigger, at.quote.start + event.quote.index(event.time)),
                type=event.type,
                status=event.status,
                title=event.quote,
                first_day=event.first_day.isoformat(),
                last_day=event.last_day.isoformat(),
                precision=event.precision.value,
                actors=near.actors if near else (),
                source=any_claim.source,
                published=expected.published.isoformat(),
                confidence=1.0,
                article=extraction.article.id,
                origin=extraction.article.id,
                trigger=event.trigger,
                quote=sentence.sentence.text if sentence else event.quote,
                time_text=event.time,
                names=near.names if near else (),
                topics=any_claim.topics,
                profile=any_claim.profile,
            )


def entry_for(ledger: Ledger, entries: list[Entry]) -> Entry | None:
    """The entry that shares most due days with the gold, of several the one that shares most steps."""
    dues, steps = {change.due.isoformat() for change in ledger.chain}, set(gold_steps(ledger))
    shared = [
        (len(dues & {step.due for step in entry.steps}), len(steps & set(steps_of(entry))), entry.event, entry)
        for entry in entries
    ]
    best = max(shared, default=(0, 0, "", None), key=lambda item: item[:3])
    return best[3] if best[0] else None


def steps_of(entry: Entry) -> Steps:
    """Change, due day and since when it was known."""
    return [(step.change.value, step.due, step.known_on) for step in entry.steps]


def gold_steps(ledger: Ledger) -> Steps:
    """The same of the gold."""
    return [(change.change, change.due.isoformat(), change.known_on.isoformat()) for change in ledger.chain]


def entries_of(claims: list[ReportedClaim], today: str) -> list[Entry]:
    """The ledgers of these claims."""
    return keep_ledgers(claims, fold_events(claims), today=today)
