"""Who acts with whom, as a network to draw: around one entity, or around several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kb.fold import MENTIONED
from kb.queries.events import timeline
from kb.queries.views import ActorView, EventFilter, EventView

if TYPE_CHECKING:
    import networkx as nx

    from kb.store import Graph

_MOST_EVENTS = 2000


@dataclass(frozen=True, slots=True)
class Node:
    """An entity, and in how many of the events it acts."""

    id: str
    name: str
    kind: str
    events: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Two entities and the number of events both act in."""

    one: str
    other: str
    events: int


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes, those that act most first, and the edges between them; `left_out` counts nodes that did not fit."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int = 0
    roles: tuple[str, ...] = ()
    """All roles that occur, whether asked for or not."""


def network(
    graph: Graph, around: tuple[str, ...], wanted: EventFilter, *, roles: tuple[str, ...] = (), most: int = 150
) -> Network:
    """Those who act with the entities `around` in events that pass the filter; at most `most` of them.

    With `roles`, the others count only in one of these roles.
    """
    found: dict[str, EventView] = {}
    for entity in around:
        filtered = replace(wanted, entity=entity, text=None)
        found.update((event.id, event) for event in timeline(graph, filtered, limit=_MOST_EVENTS, latest=True))
    return network_of(found.values(), around, roles=roles, most=most)


def network_of(
    events: Iterable[EventView], around: tuple[str, ...] = (), *, roles: tuple[str, ...] = (), most: int = 150
) -> Network:
    """The same from events that were read already. Entities that are only mentioned are in no network."""
    import networkx as nx

    together = nx.Graph()
    seen: set[str] = set()
    for event in events:
        acting = [actor for actor in event.actors if actor.role != MENTIONED]
        if around and not any(actor.id in around for actor in acting):
            continue
        seen.update(actor.role for actor in acting)
        _add(together, {a.id: a for a in acting if a.id in around or not roles or a.role in roles}.values())
    kept = _nearest(together, around, most)
    return Network(
        tuple(Node(id_, **together.nodes[id_]) for id_ in kept),
        tuple(
            Edge(min(one, other), max(one, other), count)
            for one, other, count in sorted(together.subgraph(kept).edges(data="events"))
        ),
        left_out=len(together) - len(kept),
        roles=tuple(sorted(seen)),
    )


def _add(together: nx.Graph, acting: Iterable[ActorView]) -> None:
    actors = sorted(acting, key=lambda actor: actor.id)
    for at, actor in enumerate(actors):
        events = together.nodes[actor.id]["events"] + 1 if actor.id in together else 1
        together.add_node(actor.id, name=actor.name, kind=actor.kind, events=events)
        for other in actors[:at]:
            count = together.edges[other.id, actor.id]["events"] if together.has_edge(other.id, actor.id) else 0
            together.add_edge(other.id, actor.id, events=count + 1)


def _nearest(together: nx.Graph, around: tuple[str, ...], most: int) -> list[str]:
    """The entities asked for, then those that share most events with them, then those that act most."""
    shared = dict.fromkeys(together, 0)
    for centre in around:
        for other, edge in together[centre].items() if centre in together else ():
            shared[other] += edge["events"]
    first = [centre for centre in around if centre in together]
    others = sorted(
        (id_ for id_ in together if id_ not in first),
        key=lambda id_: (-shared[id_], -together.nodes[id_]["events"], together.nodes[id_]["name"], id_),
    )
    return [*first, *others][:most]
