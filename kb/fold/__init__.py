"""Claims and judgements folded into events. Pure functions: no store, no clock."""

from kb.fold.claim import MENTIONED, ReportedClaim
from kb.fold.events import Event, Revision, events_of, fold_events
from kb.fold.threads import Rulings, Thread, block_keys, related, sought_keys, thread_claims

__all__ = [
    "MENTIONED",
    "Event",
    "ReportedClaim",
    "Revision",
    "Rulings",
    "Thread",
    "block_keys",
    "events_of",
    "fold_events",
    "related",
    "sought_keys",
    "thread_claims",
]
