"""Whom an entity is made of, and what the articles called it when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.queries.events import members_of
from kb.queries.views import NameView

if TYPE_CHECKING:
    from kb.store import Graph

# What articles that are there now call some entities, and from when to when: {name, articles, first, last}.
_NAMES = """
UNWIND $ids AS id
MATCH (:Entity {id: id})<-[m:MENTIONS]-(a:Article)
UNWIND m.names AS name
RETURN name, count(DISTINCT a) AS articles, min(a.published) AS first, max(a.published) AS last
"""

# Entities with what speaks for their being one with others: {id, name, kind, aliases, articles, because}.
_MEMBERS = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
OPTIONAL MATCH (e)-[l:LIKELY]-(o:Entity)
WHERE o.id IN $ids
RETURN id, e.name AS name, e.kind AS kind, e.aliases AS aliases, collect(l.because) AS because,
       COUNT { (e)<-[:MENTIONS]-(:Article) } AS articles
"""


@dataclass(frozen=True, slots=True)
class MemberView:
    """An entity as articles name it, which is one with others."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    articles: int
    because: tuple[str, ...]
    """What the program found that speaks for it; () where only people decided."""


def names_over_time(graph: Graph, entity: str) -> tuple[NameView, ...]:
    """The names of a canonical entity, by the day they came up first; those without a day last."""
    rows = graph.read(_NAMES, ids=members_of(graph, entity))
    joined: dict[str, NameView] = {}
    for row in rows:
        view = NameView(**row)
        joined[view.name] = _joined(joined[view.name], view) if view.name in joined else view
    return tuple(sorted(joined.values(), key=lambda view: (view.first or "~", -view.articles, view.name)))


def members(graph: Graph, entity: str) -> tuple[MemberView, ...]:
    """The entities that are one with this canonical one, itself first; one alone if it is made of no others."""
    rows = graph.read(_MEMBERS, ids=members_of(graph, entity))
    views = [
        MemberView(**{**row, "aliases": tuple(row["aliases"] or ()), "because": _reasons(row["because"])})
        for row in rows
    ]
    return tuple(sorted(views, key=lambda view: (view.id != entity, -view.articles, view.name, view.id)))


def _joined(one: NameView, other: NameView) -> NameView:
    days = [day for day in (one.first, one.last, other.first, other.last) if day]
    return NameView(one.name, one.articles + other.articles, min(days, default=None), max(days, default=None))


def _reasons(because: list[object]) -> tuple[str, ...]:
    """A link gives one reason as text, or several as a list."""
    flat = [str(part) for one in because for part in (one if isinstance(one, list) else [one]) if part]
    return tuple(dict.fromkeys(flat))
