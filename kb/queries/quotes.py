"""The quotes that a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.queries.claims import claims_by_id, claims_now
from kb.queries.events import ids_of
from kb.queries.known import Horizon
from kb.queries.saying import Said, claims_saying
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
    found = {one: event for one, event in claims_saying(graph, wanted.words, horizon).items() if event in among}
    latest = sorted(found, key=_when, reverse=True)
    first = {one.sentence: one for one in latest}  # of one sentence the first comes last, and stays
    newest = [one.claim for one in sorted(first.values(), key=_when, reverse=True)[:most]]
    if horizon.open:
        views = claims_now(graph, newest)
    else:
        views = claims_by_id(graph, newest, event_of={one.claim: found[one] for one in found}, origin_of={})
    return Quotes(len(first), tuple(views[id_] for id_ in newest))


def _when(said: Said) -> tuple[str, str]:
    return said.published, said.claim
