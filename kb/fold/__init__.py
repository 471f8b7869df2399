"""Claims and judgements folded into events. Pure functions: no store, no clock."""

from kb.fold.claim import MENTIONED, ReportedClaim
from kb.fold.events import Event, Revision, events_of, fold_events
from kb.fold.filing import Files, finds, postings, search_for
from kb.fold.linked import Linked
from kb.fold.rulings import Rulings
from kb.fold.threads import Thread, related, thread_claims
from kb.fold.undated_events import UndatedEvent, undated_events_of

__all__ = [
    "MENTIONED",
    "Event",
    "Files",
    "Linked",
    "ReportedClaim",
    "Revision",
    "Rulings",
    "Thread",
    "UndatedEvent",
    "events_of",
    "finds",
    "fold_events",
    "postings",
    "related",
    "search_for",
    "thread_claims",
    "undated_events_of",
]
