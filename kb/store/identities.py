"""Who is who, kept in the graph: entities filed under the keys of their names, and likely ones linked.

When articles come or go, the entities they name are filed anew, and links are weighed anew for all that share a block
with one of them: that is as far as a change can reach (`kb.resolve`). Links and judgements together give each entity
its canonical one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kb.gazetteer import load_gazetteer
from kb.model import EntityKind
from kb.resolve import Profile, block_keys, candidates, find_links
from kb.resolve.blocks import LARGEST_BLOCK
from kb.resolve.links import Link, is_conceivable
from kb.resolve.profile import names_of
from kb.store import identities_cypher as cypher

if TYPE_CHECKING:
    from kb.store.claim_rows import Row
    from kb.store.graph import Writer

_ARTICLES = 20
"""Articles of an entity that tell who stands beside it: enough to tell, and the same few however many there are."""


def file_names(writer: Writer, entities: Collection[str]) -> None:
    """File these entities under the keys of their names as they are now; those that are gone under none."""
    stored = {(row["entity"], row["key"]) for row in writer.run(cypher.KEYS, ids=sorted(entities))}
    wanted = {(one.id, key) for one in _profiles(writer, entities).values() for key in block_keys(one)}
    writer.run(cypher.UNFILE, rows=_pairs(stored - wanted))
    writer.run(cypher.FILE, rows=_pairs(wanted - stored))
    writer.run(cypher.DELETE_UNUSED_KEYS, keys=sorted({key for _, key in stored - wanted}))


def link_likely(writer: Writer, touched: Collection[str]) -> set[str]:
    """Weigh anew the links that a change of `touched` can reach. Returns the entities that gained or lost one."""
    near = set(touched) | _beside(writer, touched)
    around = near | _beside(writer, near)
    profiles = _profiles(writer, around | _beside(writer, around))
    links = [link for link in _find(writer, profiles) if {link.one, link.other} & near]
    before = {(row["one"], row["other"]): row for row in writer.run(cypher.LINKS, ids=sorted(near))}
    now = {(link.one, link.other): link for link in links}
    if {pair: (link.points, link.because) for pair, link in now.items()} == {
        pair: (row["points"], row["because"]) for pair, row in before.items()
    }:
        return set()
    writer.run(cypher.UNLINK, ids=sorted(near))
    writer.run(cypher.LINK, rows=[_row(link) for link in links])
    return {id_ for pair in before.keys() ^ now.keys() for id_ in pair} | _reweighed(before, now)


def likely_links(writer: Writer, entities: Collection[str]) -> list[Link]:
    """The links of these entities, and of all that they lead to."""
    found: dict[tuple[str, str], Link] = {}
    fresh = set(entities)
    seen: set[str] = set()
    while fresh:
        seen |= fresh
        for row in writer.run(cypher.LINKS, ids=sorted(fresh)):
            found[row["one"], row["other"]] = Link(row["one"], row["other"], row["points"], row["because"])
        fresh = {id_ for pair in found for id_ in pair} - seen
    return [found[pair] for pair in sorted(found)]


def _find(writer: Writer, profiles: Mapping[str, Profile]) -> list[Link]:
    """Links among `profiles`. Who stands beside an entity is read only where names make a link conceivable."""
    pairs = candidates(profiles.values())
    doubtful = {id_ for one, other, _ in pairs if is_conceivable(one, other) for id_ in (one.id, other.id)}
    return find_links(_with_surroundings(writer, one) if one.id in doubtful else one for one in profiles.values())


def _with_surroundings(writer: Writer, profile: Profile) -> Profile:
    row = writer.run(cypher.SURROUNDINGS, id=profile.id, articles=_ARTICLES)[0]
    return replace(
        profile,
        neighbours=frozenset(row["near"]) - {profile.id},
        first=date.fromisoformat(row["first"]) if row["first"] else None,
        last=date.fromisoformat(row["last"]) if row["last"] else None,
    )


def _profiles(writer: Writer, entities: Iterable[str]) -> dict[str, Profile]:
    known = load_gazetteer()
    return {
        row["id"]: Profile(
            id=row["id"],
            kinds=((EntityKind(row["kind"]), 1),),
            names=names_of({row["name"], *row["names"]}, known)[0],
            shouted=names_of({row["name"], *row["names"]}, known)[1],
            roles=frozenset(row["roles"] or ()),
            listed=known.get(row["name"]),
        )
        for row in writer.run(cypher.ENTITIES, ids=sorted(entities))
    }


def _beside(writer: Writer, entities: Collection[str]) -> set[str]:
    """Those that share a block with one of `entities`."""
    keys = {row["key"] for row in writer.run(cypher.KEYS, ids=sorted(entities))}
    rows = writer.run(cypher.FILED_UNDER, keys=sorted(keys), most=LARGEST_BLOCK)
    return {id_ for row in rows for id_ in row["ids"]}


def _reweighed(before: Mapping[tuple[str, str], Row], now: Mapping[tuple[str, str], Link]) -> set[str]:
    return {id_ for pair in before.keys() & now.keys() if before[pair]["points"] != now[pair].points for id_ in pair}


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[Row]:
    return [{"entity": entity, "key": key} for entity, key in sorted(pairs)]


def _row(link: Link) -> Row:
    return {"one": link.one, "other": link.other, "points": link.points, "because": link.because}
