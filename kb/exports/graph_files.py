"""Events, entities and sources as a graph for Gephi, yEd and networkx: GraphML and GEXF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date

import networkx as nx

from kb.exports.harmless import one_line
from kb.ids import source_id
from kb.queries.views import EventDetail


def as_graphml(events: Iterable[EventDetail], _today: date) -> bytes:
    """Nodes are events, entities and sources; edges say who acts in what, and who reported it."""
    out = io.BytesIO()
    nx.write_graphml(_graph(events), out, encoding="utf-8", prettyprint=True)
    return out.getvalue()


def as_gexf(events: Iterable[EventDetail], _today: date) -> bytes:
    """The same for Gephi. The file bears no date of its own, so that the same graph gives the same file."""
    graph = _graph(events)
    text = "\n".join(nx.generate_gexf(graph, encoding="utf-8", prettyprint=True))
    return re.sub(' lastmodifieddate="[^"]*"', "", text, count=1).encode("utf-8", "replace")


def _graph(events: Iterable[EventDetail]) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for detail in events:
        _add(graph, detail)
    return graph


def _add(graph: nx.MultiDiGraph, detail: EventDetail) -> None:
    event = detail.event
    graph.add_node(
        event.id, label=one_line(event.title, 300), node="event", type=event.type, status=event.status,
        first_day=event.first_day, last_day=event.last_day, precision=event.precision, sources=event.sources,
    )  # fmt: skip
    for actor in event.actors:
        graph.add_node(actor.id, label=one_line(actor.name, 300), node="entity", type=actor.kind)
        graph.add_edge(actor.id, event.id, role=actor.role)
    for name in sorted({claim.source for claim in detail.claims if claim.source}):
        graph.add_node(source_id(name), label=one_line(name, 300), node="source", type="source")
        graph.add_edge(source_id(name), event.id, role="reports")
