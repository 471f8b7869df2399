"""Claims and judgements folded into events. Pure functions: no store, no clock."""

from kb.fold.events import MENTIONED, Event, ReportedClaim, Revision, event_of, fold_events

__all__ = ["MENTIONED", "Event", "ReportedClaim", "Revision", "event_of", "fold_events"]
