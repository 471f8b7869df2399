"""What entities are called, as far as was known: joined over the articles within a horizon that name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kb.gazetteer import load_gazetteer
from kb.model import RENAMED, EntityKind
from kb.queries.finding import has
from kb.queries.known import VISIBLE, Horizon
from kb.queries.table import UntilWrittenAside
from kb.queries.views import ActorView
from kb.resolve.kinds import kind_of
from kb.resolve.lives import births
from kb.resolve.names import is_surname, plainness
from kb.resolve.offices import offices_of

if TYPE_CHECKING:
    from kb.store import Graph
    from kb.store.claim_rows import Row

# Which entities are one with these: {canonical, id}. Canonical ones have no `canonical`.
_MEMBERS = """
UNWIND $ids AS id
MATCH (e:Entity {canonical: id})
RETURN id AS canonical, e.id AS id
"""

_NOW = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.kinds AS kinds, e.votes AS votes, e.aliases AS names,
       e.renamed AS renamed, e.roles AS roles
"""

_THEN = f"""
UNWIND $ids AS id
MATCH (e:Entity {{id: id}})<-[m:MENTIONS|MENTIONED]-(a:Article)-[:HAS_VERSION]->(v:Version)
WHERE {VISIBLE}
RETURN e.id AS id, m.name AS name, m.kind AS kind, [m.kind] AS kinds, [1] AS votes, m.names AS names,
       e.renamed AS renamed, null AS roles
"""

# Who is or was called what, a column each; one row.
_NAMES = """
MATCH (e:Entity)
RETURN collect(coalesce(e.canonical, e.id)) AS ids, collect(e.aliases + coalesce(e.former, [])) AS names
"""

# The last day on which an article that was known names one of these: {id, last}.
_LAST_NAMED = f"""
UNWIND $ids AS id
MATCH (:Entity {{id: id}})<-[:MENTIONS|MENTIONED]-(a:Article)-[:HAS_VERSION]->(v:Version)
WHERE {VISIBLE}
RETURN id, max(v.published) AS last
"""


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as the articles call it."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    """Ids that are this entity, its own included."""
    roles: tuple[str, ...] = ()
    """What it is said to be that tells it from its namesakes; of a day of the past it is not known when it was said."""


def _read(graph: Graph) -> dict[str, Any]:
    return graph.read(_NAMES)[0]


def _make(columns: dict[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    return list(zip(columns["ids"], map(tuple, columns["names"]), strict=True))


all_names = UntilWrittenAside("names", _read, _make, form=1)
"""Every entity's canonical id with its names; ids that are one come once for each."""


def called(graph: Graph, text: str, horizon: Horizon) -> set[str]:
    """Canonical entities of which any name has `text` where a word begins, as they were called within the horizon."""
    if not text.strip():
        return set()
    found = {id_ for id_, names in all_names(graph) if any(begins(name, text) for name in names)}
    if horizon.open:
        return found
    then = named(graph, found, horizon)
    return {id_ for id_, view in then.items() if any(begins(name, text) for name in view.aliases)}


def holds(name: str, text: str) -> bool:
    """Whether a name has these letters, in whatever case."""
    return text.casefold() in name.casefold() or text.lower() in name.lower()


def begins(name: str, text: str) -> bool:
    """Whether a word of a name begins with these letters, in whatever case."""
    return holds(name, text) and (has(name.casefold(), text.casefold()) or has(name.lower(), text.lower()))


def named(graph: Graph, ids: Collection[str], horizon: Horizon) -> dict[str, Named]:
    """Those of these canonical entities that any article within the horizon names."""
    members: dict[str, list[str]] = {id_: [id_] for id_ in sorted(ids)}
    for row in graph.read(_MEMBERS, ids=sorted(ids)):
        members[row["canonical"]].append(row["id"])
    every = sorted(member for group in members.values() for member in group)
    rows = graph.read(_NOW, ids=every) if horizon.open else graph.read(_THEN, ids=every, **horizon.parameters)
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        by_id.setdefault(row["id"], []).append(row)
    found = {id_: [row for member in group for row in by_id.get(member, ())] for id_, group in members.items()}
    names = {id_: _named(id_, members[id_], told) for id_, told in found.items() if told}
    return names | _as_called_then(graph, names, found, horizon)


def _as_called_then(
    graph: Graph, names: Mapping[str, Named], rows: Mapping[str, list[Row]], horizon: Horizon
) -> dict[str, Named]:
    """Those that were renamed, by the name they had when an article spoke of them last."""
    former = {
        id_: sorted(
            (until, name)
            for row in rows[id_]
            for told in (row["renamed"] or ())
            for name, _, until in [told.rpartition(RENAMED)]
        )
        for id_ in names
    }
    renamed = {id_: told for id_, told in former.items() if told}
    members = {member: id_ for id_ in renamed for member in names[id_].members}
    last: dict[str, str] = {}
    for row in graph.read(_LAST_NAMED, ids=sorted(members), **horizon.parameters):
        id_ = members[row["id"]]
        last[id_] = max(last.get(id_, ""), row["last"] or "")
    found = {}
    for id_, told in renamed.items():
        called = next((name for until, name in told if last.get(id_, "") and last[id_] <= until), None)
        if called:
            today = {str(row["name"]) for row in rows[id_]}
            aliases = {called, *names[id_].aliases} - (today - {called})
            found[id_] = replace(names[id_], name=called, aliases=tuple(sorted(aliases)))
    return found


def actor_views(actors: Iterable[tuple[str, str]], names: Mapping[str, Named]) -> tuple[ActorView, ...]:
    """Roles and entities as views, by role and name."""
    views = [ActorView(role, id_, names[id_].name, names[id_].kind) for role, id_ in actors if id_ in names]
    return tuple(sorted(views, key=lambda actor: (actor.role, actor.name, actor.id)))


def _named(id_: str, members: Iterable[str], rows: Collection[Row]) -> Named:
    """All names of them together, the best one to call it by, and the kind that most articles take it for."""
    names = {str(row["name"]) for row in rows}
    own: dict[object, str] = {}
    for row in rows:  # what articles call one id is joined as in the graph: the shortest
        own[row["id"]] = min(str(row["name"]), own.get(row["id"], str(row["name"])), key=plainness)
    aliases = {str(name) for row in rows for name in (row["names"] or ())}
    aliases |= {name for name in names if not name.endswith("…")}  # a name cut short is none
    kind = kind_of(_votes(rows), map(load_gazetteer().get, names))
    return Named(
        id_,
        min(own.values(), key=lambda name: (_oddness(name, kind), *plainness(name))),
        kind.value,
        tuple(sorted(aliases)),
        tuple(sorted(members)),
        _telling(frozenset(role for row in rows for role in (row["roles"] or ()))),
    )


def _telling(roles: frozenset[str]) -> tuple[str, ...]:
    """Offices with their places and years of birth; of whom nothing of that is told, what is."""
    return tuple(sorted(offices_of(roles) | births(roles)) or sorted(roles))


def _votes(rows: Iterable[Row]) -> Counter[EntityKind]:
    """How many articles take it for which kind; those that no article names any more are what they were."""
    votes: Counter[EntityKind] = Counter()
    for row in rows:
        counted = dict(zip(map(EntityKind, row["kinds"] or ()), row["votes"] or (), strict=True))
        votes.update(counted or {EntityKind(row["kind"]): 0})
    return votes


def _oddness(name: str, kind: EntityKind) -> int:
    """Smaller for a better name: the one in the gazetteer, then any but half of a person's ("Donald", "de Lima")."""
    form = load_gazetteer().forms.get(name)
    if form is not None and any(one.name == name for one in form.listed):
        return 0
    return 2 if kind is EntityKind.PERSON and is_surname(name.casefold()) else 1
