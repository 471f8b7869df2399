"""Entities: found by any of their names, shown with their events and the company they keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from kb.ids import entity_id, name_key
from kb.queries.articles import article_views
from kb.queries.claims import CLAIM_FIELDS, claim_views
from kb.queries.events import members_of, threads_of_entity, timeline
from kb.queries.known import VISIBLE, Horizon, world
from kb.queries.names import all_names, begins, holds, named
from kb.queries.past import past
from kb.queries.table import LastUntilWritten, UntilWrittenAside, event_stretches
from kb.queries.views import ClaimView, EntityDetail, EntityView, EventFilter, EventView, NameView, NeighbourView

if TYPE_CHECKING:
    import networkx as nx

    from kb.store import Graph

_NOW = Horizon(None, None)
_ALIKE = 0.75
"""Share of letters in common, in order, from which one word may be another one misspelt: "Metha", "Mehta"."""
_LONGEST_SLIP = 80
"""Characters of a text beyond which it is no misspelt name."""

# How many events a canonical entity is in: {id, events}.
_EVENTS = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})<-[:INVOLVES]-(x:Event)
RETURN id, count(DISTINCT x) AS events
"""

# In how many parts canonical entities act in events, a column each; one row.
_PARTS = """
MATCH (e:Entity) WHERE e.canonical IS NULL
WITH e.id AS id, COUNT { (e)<-[:INVOLVES]-(:Event) } AS parts
RETURN collect(id) AS id, collect(parts) AS parts
"""

# Who is in the events that begin in some months, a column each; one row.
_INVOLVED = """
MATCH (x:Event) WHERE x.first_day >= $since AND x.first_day < $until
MATCH (x)-[:INVOLVES]->(e:Entity)
WITH x.id AS event, collect(DISTINCT e.id) AS who
RETURN collect(event) AS events, collect(who) AS who
"""

# How many articles name each of these entities now: {id, articles}.
_ARTICLES_NOW = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN id, COUNT { (e)<-[:MENTIONS]-(:Article) } AS articles
"""

# How many articles named each of these entities: {id, articles}.
_ARTICLES = f"""
UNWIND $ids AS id
MATCH (:Entity {{id: id}})<-[:MENTIONS|MENTIONED]-(a:Article)-[:HAS_VERSION]->(v:Version)
WHERE {VISIBLE}
RETURN id, count(DISTINCT a) AS articles
"""


# What articles call these entities, and when: {name, first, last, articles}.
_DATED_NAMES = f"""
UNWIND $ids AS id
MATCH (:Entity {{id: id}})<-[m:MENTIONS|MENTIONED]-(a:Article)-[:HAS_VERSION]->(v:Version)
WHERE {VISIBLE}
UNWIND m.names AS name
RETURN name, min(v.published) AS first, max(v.published) AS last, count(DISTINCT a) AS articles
"""


def find_entities(
    graph: Graph, text: str, *, as_of: str | None = None, recorded_by: str | None = None, limit: int = 20
) -> list[EntityView]:
    """Entities of which any name holds `text` (no case).

    Those of which a word begins with it come first, then those in most events: “eu” is the Union before any museum.
    """
    horizon = Horizon(as_of, recorded_by)
    if horizon.open and not text:
        views = entity_views(graph, _busiest(graph, limit), horizon)
        return sorted(views, key=_rank)[:limit]
    holding = [(id_, [name for name in names if holds(name, text)]) for id_, names in all_names(graph)]
    found = {id_ for id_, names in holding if names}
    if horizon.open and len(found) > limit:
        counts = Counter(_event_counts(graph, found, horizon))
        begun = {id_ for id_, names in holding if any(begins(name, text) for name in names)}
        counts.update(dict.fromkeys(begun, counts.total() + 1))  # before all others
        found = _first(counts, found, limit)
    views = [view for view in entity_views(graph, found, horizon) if any(holds(alias, text) for alias in view.aliases)]
    return sorted(views, key=lambda view: (not any(begins(alias, text) for alias in view.aliases), *_rank(view)))[
        :limit
    ]


def busiest_entities(graph: Graph, *, limit: int, as_of: str | None = None) -> dict[str, str]:
    """The names of the canonical entities with most parts in events, by id, those with most first.

    With `as_of`, as they were called and counted on that day; who was not named by then is not among them.
    """
    horizon = Horizon(as_of, None)
    parts = _parts_within(graph, horizon)
    ranked = sorted(_first(parts, parts, limit), key=lambda id_: (-parts[id_], id_))[:limit]
    names = named(graph, ranked, horizon)
    return {id_: names[id_].name for id_ in ranked if id_ in names}


def acting_entities(graph: Graph, *, limit: int, as_of: str | None = None) -> list[EntityView]:
    """Those in most events, as known on the day `as_of`: whoever was in none by then is not among them."""
    horizon = Horizon(as_of, None)
    parts = _parts_within(graph, horizon)
    views = entity_views(graph, _first(parts, parts, limit), horizon)
    return sorted((view for view in views if view.events), key=_rank)[:limit]


def entities_spelt_like(graph: Graph, text: str, *, limit: int = 5) -> list[EntityView]:
    """Entities with a name, or words of a name, that differ from `text` by a slip of the pen, the likest first.

    Looks through all names: meant for a text of which `find_entities` finds nothing.
    """
    wanted = name_key(text)
    count = len(wanted.split())
    if not count or len(wanted) > _LONGEST_SLIP:
        return []
    called: dict[str, set[str]] = {}
    for id_, names in all_names(graph):
        for name in names:
            for words in _runs(name_key(name), count):
                called.setdefault(words, set()).add(id_)
    close = get_close_matches(wanted, called, n=limit, cutoff=_ALIKE)
    views = {view.id: view for view in entity_views(graph, {id_ for words in close for id_ in called[words]}, _NOW)}
    found = [view for words in close for view in sorted((views[i] for i in called[words] if i in views), key=_rank)]
    return list(dict.fromkeys(found))[:limit]


def _runs(name: str, count: int) -> Iterator[str]:
    """Every `count` words of `name` that stand side by side."""
    words = name.split()
    return (" ".join(words[at : at + count]) for at in range(len(words) - count + 1))


def _rank(view: EntityView) -> tuple[int, int, str, str]:
    return (-view.events, -view.articles, view.name, view.id)


def _busiest(graph: Graph, limit: int) -> set[str]:
    """Canonical entities in as many events as the `limit`-th has, or more; a part in an event counts as one."""
    parts = _parts(graph)
    return _first(parts, parts, limit)


def _read_parts(graph: Graph) -> dict[str, Any]:
    return graph.read(_PARTS)[0]


def _make_parts(columns: dict[str, Any]) -> dict[str, int]:
    return dict(zip(columns["id"], columns["parts"], strict=True))


_parts = UntilWrittenAside("parts", _read_parts, _make_parts, form=1)


def _read_involved(graph: Graph) -> list[dict[str, Any]]:
    return [graph.read(_INVOLVED, since=since, until=until)[0] for since, until in event_stretches(graph)]


def _make_involved(told: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {event: who for one in told for event, who in zip(one["events"], one["who"], strict=True)}


_involved = UntilWrittenAside("involved", _read_involved, _make_involved, form=1)
"""Who is in each event, as it stands."""


def _count_within(graph: Graph, horizon: Horizon) -> Mapping[str, int]:
    """How many events each entity was in: of those that are as they stand, and those that were otherwise."""
    known, who = past(graph, horizon), _involved(graph)
    counts = Counter(one for event in known.standing for one in who.get(event, ()))
    for event in known.again.values():
        counts.update({entity for _, entity in event.actors})
    return counts


_counts_within = LastUntilWritten(_count_within, most=4)


def _parts_within(graph: Graph, horizon: Horizon) -> Mapping[str, int]:
    return _parts(graph) if horizon.open else _counts_within(graph, horizon)


def _first(counts: Mapping[str, int], ids: Collection[str], limit: int) -> set[str]:
    """Those that can be among the first `limit` by their counts."""
    ranked = sorted(ids, key=lambda id_: -counts.get(id_, 0))
    least = counts.get(ranked[limit - 1], 0) if len(ranked) > limit else 0
    return {id_ for id_ in ranked if counts.get(id_, 0) >= least}


def resolve_entity(
    graph: Graph, name: str, *, as_of: str | None = None, recorded_by: str | None = None
) -> EntityView | None:
    """The entity of that id or name: the name exactly, else the best of those that contain it."""
    called, hits = _called(graph, name, Horizon(as_of, recorded_by))
    return called or next(iter(hits), None)


def entity_called(graph: Graph, name: str) -> EntityView | None:
    """The entity of that id, or one of whose names this is (no case); of several, the one in most events."""
    return _called(graph, name, _NOW)[0]


def _called(graph: Graph, name: str, horizon: Horizon) -> tuple[EntityView | None, list[EntityView]]:
    """The entity of exactly that id or name; and, where it took a look at all, those of which a name holds this one."""
    rows = graph.read(
        "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN coalesce(e.canonical, e.id) AS id",
        ids=[name, entity_id(name)],
    )
    views = entity_views(graph, {row["id"] for row in rows}, horizon)
    if views:
        return views[0], []
    as_of, recorded_by = horizon.as_of, horizon.recorded_by
    hits = find_entities(graph, name, as_of=as_of, recorded_by=recorded_by, limit=50) if name.strip() else []
    exact = (hit for hit in hits if name.casefold() in (alias.casefold() for alias in hit.aliases))
    return next(exact, None), hits


def entities_like(graph: Graph, name: str, *, limit: int = 3) -> list[EntityView]:
    """Whom somebody may mean by a name that nobody has: those with a name that holds it, else those spelt like it."""
    return find_entities(graph, name, limit=limit) or entities_spelt_like(graph, name, limit=limit)


def entity(
    graph: Graph, id_: str, *, as_of: str | None = None, recorded_by: str | None = None, limit: int = 1000
) -> EntityDetail | None:
    """An entity in full, or None: at most `limit` events, the latest, and the articles that name it, newest first."""
    horizon = Horizon(as_of, recorded_by)
    rows = graph.read("MATCH (e:Entity {id: $id}) RETURN coalesce(e.canonical, e.id) AS id", id=id_)
    views = entity_views(graph, {row["id"] for row in rows}, horizon)
    if not views:
        return None
    own = views[0].id
    events = timeline(graph, EventFilter(entity=own, as_of=as_of, recorded_by=recorded_by), limit=limit, latest=True)
    return EntityDetail(
        entity=views[0],
        events=tuple(events),
        undated=_undated(graph, own, horizon),
        neighbours=_neighbours(own, events),
        articles=article_views(graph, entity=own, as_of=as_of, recorded_by=recorded_by),
        names=_dated_names(graph, own, horizon),
        namesakes=_namesakes(graph, views[0], horizon),
    )


def _dated_names(graph: Graph, id_: str, horizon: Horizon) -> tuple[NameView, ...]:
    rows = graph.read(_DATED_NAMES, ids=members_of(graph, id_), **horizon.parameters)
    joined: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        joined.setdefault(row["name"], []).append(row)
    views = [
        NameView(
            name,
            sum(row["articles"] for row in some),
            min((row["first"] for row in some if row["first"]), default=None),
            max((row["last"] for row in some if row["last"]), default=None),
        )
        for name, some in joined.items()
    ]
    return tuple(sorted(views, key=lambda view: (-view.articles, view.name)))


def _namesakes(graph: Graph, own: EntityView, horizon: Horizon) -> tuple[EntityView, ...]:
    rows = graph.read("MATCH (e:Entity {name: $name}) RETURN coalesce(e.canonical, e.id) AS id", name=own.name)
    others = {row["id"] for row in rows} - {own.id}
    return tuple(sorted(entity_views(graph, others, horizon), key=_rank)) if others else ()


def entity_views(graph: Graph, ids: Collection[str], horizon: Horizon) -> list[EntityView]:
    """Canonical entities with their names and counts, as far as they were known, by id."""
    names = named(graph, ids, horizon)
    events = _event_counts(graph, names, horizon)
    members = {member: id_ for id_, view in names.items() for member in view.members}
    articles: Counter[str] = Counter()
    for row in _article_counts(graph, sorted(members), horizon):
        articles[members[row["id"]]] += row["articles"]
    return [
        EntityView(view.id, view.name, view.kind, view.aliases, events.get(view.id, 0), articles[view.id], view.roles)
        for view in names.values()
        if articles[view.id] or not horizon.open
    ]


def co_actors(events: list[EventView]) -> nx.Graph:
    """Who acts with whom: nodes are entity ids with `name` and `kind`, an edge's `weight` counts events."""
    import networkx as nx

    together = nx.Graph()
    pairs: Counter[tuple[str, str]] = Counter()
    for event in events:
        actors = sorted({actor.id: actor for actor in event.actors}.values(), key=lambda actor: actor.id)
        for actor in actors:
            together.add_node(actor.id, name=actor.name, kind=actor.kind)
        pairs.update((a.id, b.id) for i, a in enumerate(actors) for b in actors[i + 1 :])
    together.add_weighted_edges_from((a, b, count) for (a, b), count in pairs.items())
    return together


def _event_counts(graph: Graph, ids: Collection[str], horizon: Horizon) -> Mapping[str, int]:
    if horizon.open:
        return {row["id"]: row["events"] for row in graph.read(_EVENTS, ids=sorted(ids))}
    if len(ids) == 1:
        events = world(graph, horizon, threads=threads_of_entity(graph, next(iter(ids)))).events
        return Counter(entity for event in events for entity in {entity for _, entity in event.actors})
    return _counts_within(graph, horizon)


def _article_counts(graph: Graph, ids: list[str], horizon: Horizon) -> list[dict[str, Any]]:
    """By entity as articles name it. What articles of before said of it is no mention now."""
    if horizon.open:
        return graph.read(_ARTICLES_NOW, ids=ids)
    return graph.read(_ARTICLES, ids=ids, **horizon.parameters)


def _neighbours(id_: str, events: list[EventView]) -> tuple[NeighbourView, ...]:
    together = co_actors(events)
    if id_ not in together:
        return ()
    views = [
        NeighbourView(other, together.nodes[other]["name"], together.nodes[other]["kind"], edge["weight"])
        for other, edge in together[id_].items()
    ]
    return tuple(sorted(views, key=lambda view: (-view.shared, view.name)))


def _undated(graph: Graph, id_: str, horizon: Horizon) -> tuple[ClaimView, ...]:
    rows = graph.read(
        f"""
        UNWIND $ids AS id
        MATCH (:Entity {{id: id}})<-[:INVOLVES]-(c:Claim)<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
        WHERE c.first_day IS NULL AND {VISIBLE}
        OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
        RETURN DISTINCT {CLAIM_FIELDS}, s.name AS source, null AS event
        LIMIT 500
        """,
        ids=members_of(graph, id_),
        **horizon.parameters,
    )
    return claim_views(rows)
