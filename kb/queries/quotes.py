"""The quotes that a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.queries.claims import claims_by_id, claims_now
from kb.queries.events import ids_of
from kb.queries.known import Horizon
from kb.queries.saying import sentences_saying
from kb.queries.views import ClaimView, EventFilter

if TYPE_CHECKING:
    from kb.store import Graph


@dataclass(frozen=True, slots=True)
class Quotes:
    """Sentences, each told once, however many outlets print it and events it tells of."""

    total: int
    """How many there are."""
    claims: tuple[ClaimView, ...]
    """Of each sentence the claim that was published first; the newest sentences first."""


def quotes(graph: Graph, wanted: EventFilter, *, most: int = 50) -> Quotes:
    """The quotes that have all words of the filter's text, on events that pass it; the `most` newest in full.

    There is none without words. What is found by words of a title or by names alone has no quote here.
    """
    horizon = Horizon(wanted.as_of, wanted.recorded_by)
    among = ids_of(graph, wanted) if wanted.words else frozenset[str]()
    total, newest = sentences_saying(graph, wanted.words, horizon, among=among, most=most)
    ids = [said.claim for said in newest]
    if horizon.open:
        views = claims_now(graph, ids)
    else:
        views = claims_by_id(graph, ids, event_of={said.claim: said.event for said in newest}, origin_of={})
    return Quotes(total, tuple(views[id_] for id_ in ids))
