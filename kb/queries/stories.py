"""Stories, the actors that hold them together, and how two entities are connected. Graph theory by networkx."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from kb.queries.entities import co_actors
from kb.queries.events import events_of_any, timeline
from kb.queries.known import Horizon
from kb.queries.marks import event_rows
from kb.queries.views import ActorView, ConnectedView, EventFilter, EventView, PathView, StoryView

if TYPE_CHECKING:
    import networkx as nx

    from kb.store import Graph

_MOST_EVENTS = 2000
"""Events that stories are found among: enough for years of one entity, few enough to answer at once."""
_CROWDED = 60
"""Events of one entity beyond which sharing it says nothing about belonging together."""
_VAGUE = frozenset(("place", "government"))
_RINGS = 2
"""How far to look around an event for its story: to events that share something, and on from these."""
_SEED = 7
"""Communities are found by chance moves: always by the same ones."""
_NAMES = 3
_RESOLUTION = 0.5
"""Below 1: rather one story of several strands than each strand for itself."""


def stories(
    graph: Graph,
    *,
    entity: str | None = None,
    first: str | None = None,
    last: str | None = None,
    as_of: str | None = None,
    recorded_by: str | None = None,
    at_least: int = 2,
) -> tuple[StoryView, ...]:
    """Stories of at least so many events, the largest first: communities of events that share actors and things.

    `entity`: only among the events that involve it (a canonical id); `first`, `last`: only among those of a time.
    At most 2,000 events are looked at, the latest of them: narrow it down to look at others.
    """
    wanted = EventFilter(entity=entity, first=first, last=last, as_of=as_of, recorded_by=recorded_by)
    events = {event.id: event for event in timeline(graph, wanted, limit=_MOST_EVENTS, latest=True)}
    found = [[events[id_] for id_ in group] for group in _communities(list(events.values()), entity)]
    views = [_story(sorted(group, key=_when), entity) for group in found if len(group) >= at_least]
    return tuple(sorted(views, key=lambda view: (-len(view.events), view.id)))


def story_of(graph: Graph, event: str, *, as_of: str | None = None) -> StoryView | None:
    """The story that an event is part of, found among the events near it; None if there is no such event.

    Near are those that share an actor or thing with it, and those that share one with these; what more than 60 events
    share does not count.
    """
    horizon = Horizon(as_of)
    found = _with(graph, [event], as_of)
    for _ in range(_RINGS):
        telling = {id_ for one in found.values() for id_ in _telling(one)}
        near = (events_of_any(graph, {id_}, horizon) for id_ in sorted(telling))
        fresh = {id_ for some in near if len(some) <= _CROWDED for id_ in some} - found.keys()
        found |= _with(graph, sorted(fresh)[:_MOST_EVENTS], as_of)
    groups = _communities(list(found.values()), None)
    group = next((some for some in groups if event in some), None)
    return _story(sorted((found[id_] for id_ in group), key=_when), None) if group else None


def _with(graph: Graph, ids: Sequence[str], as_of: str | None) -> dict[str, EventView]:
    return {view.id: view for view in event_rows(graph, ids, as_of=as_of)} if ids else {}


def path(
    graph: Graph, one: str, other: str, *, as_of: str | None = None, recorded_by: str | None = None
) -> PathView | None:
    """The shortest way from one entity to another over events both ends of each step act in, or None.

    Both are canonical ids. Of two ways of one length that with more events between its entities.
    """
    import networkx as nx

    seen = _around(graph, one, other, EventFilter(as_of=as_of, recorded_by=recorded_by))
    together = co_actors(seen)
    if one not in together or other not in together:
        return None
    for _, _, edge in together.edges(data=True):
        edge["length"] = 1 + 1 / (1 + edge["weight"])
    try:
        ids = nx.shortest_path(together, one, other, weight="length")
    except nx.NetworkXNoPath:
        return None
    return PathView(
        tuple(ActorView("", id_, together.nodes[id_]["name"], together.nodes[id_]["kind"]) for id_ in ids),
        tuple(tuple(event for event in seen if {a, b} <= _acting(event)) for a, b in pairwise(ids)),
    )


def _around(graph: Graph, one: str, other: str, wanted: EventFilter) -> list[EventView]:
    """Events around both entities, ring by ring until the rings touch, three rings at most."""
    from dataclasses import replace

    events: dict[str, EventView] = {}
    rings = [{one}, {other}]
    reached = [{one}, {other}]
    for _ in range(3):
        for side in (0, 1):
            fresh: set[str] = set()
            for id_ in sorted(rings[side])[:_CROWDED]:
                for event in timeline(graph, replace(wanted, entity=id_), limit=500):
                    events[event.id] = event
                    fresh |= _acting(event)
            rings[side] = fresh - reached[side]
            reached[side] |= fresh
        if reached[0] & reached[1]:
            break
    return sorted(events.values(), key=_when)


def _communities(events: Sequence[EventView], entity: str | None) -> Iterable[set[str]]:
    import networkx as nx

    shared = _shared(events, entity)
    return (
        nx.community.louvain_communities(shared, weight="weight", resolution=_RESOLUTION, seed=_SEED)
        if shared.number_of_nodes()
        else ()
    )


def _shared(events: Sequence[EventView], entity: str | None) -> nx.Graph:
    """Events, each two of them as near as the actors they share are rare."""
    import networkx as nx

    shared = nx.Graph()
    shared.add_nodes_from(event.id for event in events)
    by_actor: dict[str, list[str]] = {}
    for event in events:
        for actor in sorted(_telling(event) - {entity}):
            by_actor.setdefault(actor, []).append(event.id)
    weights: Counter[tuple[str, str]] = Counter()
    for _, ids in sorted(by_actor.items()):
        if 1 < len(ids) <= _CROWDED:
            for pair in combinations(ids, 2):
                weights[pair] += 1 / len(ids)  # type: ignore[assignment]
    shared.add_weighted_edges_from((a, b, weight) for (a, b), weight in sorted(weights.items()))
    return shared


def _story(events: Sequence[EventView], entity: str | None) -> StoryView:
    import networkx as nx

    together = co_actors(list(events))
    central = nx.betweenness_centrality(together) if together.number_of_nodes() > 2 else {}
    counts = Counter(id_ for event in events for id_ in _acting(event))
    actors = [
        ConnectedView(id_, data["name"], data["kind"], counts[id_], round(central.get(id_, 0.0), 4))
        for id_, data in together.nodes(data=True)
    ]
    actors.sort(key=lambda actor: (-actor.events, -actor.centrality, actor.name, actor.id))
    telling = [actor.name for actor in actors if actor.kind not in _VAGUE and actor.id != entity]
    title = ", ".join(telling[:_NAMES]) or events[0].title
    return StoryView(events[0].id, title, tuple(events), tuple(actors))


def _acting(event: EventView) -> set[str]:
    return {actor.id for actor in event.actors}


def _telling(event: EventView) -> set[str]:
    return {actor.id for actor in event.actors if actor.kind not in _VAGUE}


def _when(event: EventView) -> tuple[str, str, str]:
    return (event.first_day, event.last_day, event.id)
