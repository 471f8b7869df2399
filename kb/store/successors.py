"""What became of an event whose first report no longer stands: the event which that report would be part of now.

An event has its id from the claim that told of it first. When that claim's article is withdrawn or told anew, what
others tell goes on under another id, as if that article had never come. Links and judgements that hold the old id are
led on from here. Nothing is remembered for it, so that a rebuild leads to the same event, and so does any order.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kb.fold import ReportedClaim, thread_claims
from kb.ids import first_claim_of
from kb.store import folding_cypher as folding
from kb.store import successors_cypher as cypher
from kb.store.claim_rows import Reader, reported_claims_of
from kb.store.filing import related_near
from kb.store.judgements import rulings_for, standing_claim

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.store.graph import Graph, Writer


def successor_of(store: Graph | Writer, event: str) -> str | None:
    """The event that an id leads to which no event has any more; None if what it told of is told by nothing now.

    That is the event of the report that it comes from: of its own words, if its article still has them, else the one
    that it would be taken to tell of if it still stood.
    """
    from kb.store.graph import Writer

    read = store.run if isinstance(store, Writer) else store.read
    first = first_claim_of(event)
    standing = [first, standing_claim(read, first)]
    about = _events(read, filter(None, standing))
    return next((about[claim] for claim in standing if claim in about), None) or _would_be(store, read, first)


def _would_be(store: Graph | Writer, read: Reader, id_: str) -> str | None:
    """The event of those that a claim would be one event with; of several, that of most of them."""
    (*found,) = reported_claims_of(read, read(cypher.ANY_CLAIM, id=id_))
    if not found:
        return None
    (claim,) = found
    around = _claims_around(store, read, claim)
    threads = thread_claims([claim, *around], rulings_for(read, [claim, *around]))
    together = next((told for thread in threads for told in thread.tellings if id_ in told), ())
    votes = Counter(_events(read, [other for other in together if other != id_]).values())
    return min(votes, key=lambda one: (-votes[one], one), default=None)


def _claims_around(store: Graph | Writer, read: Reader, claim: ReportedClaim) -> list[ReportedClaim]:
    """The standing claims of all threads that a claim would link to."""
    linked, _ = related_near(store, [claim], apart_from={claim.id})
    threads = sorted({row["thread"] for row in read(folding.THREADS_OF, ids=sorted(linked))})
    return reported_claims_of(read, read(folding.CLAIMS_OF_THREADS, ids=threads))


def _events(read: Reader, claims: Iterable[str]) -> dict[str, str]:
    """The event of each of these claims that is about one."""
    return {row["claim"]: row["event"] for row in read(cypher.EVENT_OF_EACH, ids=sorted(claims))}
