"""Who is who: entities filed under the keys of their names in the index of places, and likely ones linked in the graph.

What is new of an entity is its names, its kind, or who stands beside it in the first of its articles. Then it is filed
anew, and links are weighed anew for it and for those that are alike: that is as far as a change can reach
(`kb.resolve`). Links and judgements together give each entity its canonical one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from kb.gazetteer import load_gazetteer
from kb.model import EntityKind
from kb.resolve import Profile, find_links
from kb.resolve.blocks import LARGEST_BLOCK, meetings, opposite
from kb.resolve.kinds import kind_of, ranked
from kb.resolve.links import Link, are_alike
from kb.store import identities_cypher as cypher
from kb.store.filing import file_names, places_of
from kb.store.profiles import read_profiles

if TYPE_CHECKING:
    from kb.store.claim_rows import Row
    from kb.store.graph import Writer
    from kb.store.places import Naming, Places


_MOST_UNSETTLED = 1000
"""Entities that are weighed anew because a key of theirs tells nothing any more."""


def note_articles(writer: Writer, entities: Collection[str]) -> set[str]:
    """Find out anew which articles name these entities first, since when, and how many take them for what.

    Returns those that are of another kind by now.
    """
    rows = writer.run(cypher.NAMED_BY, ids=sorted(entities), most=cypher.MOST_SEEN_IN)
    found = {row["id"]: row | counted(Counter(row["taken"]), row["name"]) for row in rows}
    nobody: Row = {"articles": [], "since": None, "kind": None, "kinds": [], "votes": []}
    writer.run(cypher.SET_NAMED_BY, rows=[{**found.get(id_, nobody), "id": id_} for id_ in sorted(entities)])
    return {row["id"] for row in rows if row["kind"] != found[row["id"]]["kind"]}


def counted(taken: Mapping[str, int], name: str) -> Row:
    """What the graph keeps of how many articles take the thing of this name for which kind."""
    votes = {EntityKind(kind): articles for kind, articles in taken.items()}
    ordered = ranked(votes)
    return {
        "kind": kind_of(votes, [load_gazetteer().get(name)]).value,
        "kinds": [kind.value for kind, _ in ordered],
        "votes": [articles for _, articles in ordered],
    }


def keys_of(writer: Writer, entities: Collection[str]) -> set[str]:
    """The keys that these entities are filed under."""
    return {key for _, key in places_of(writer).name_keys(entities)} if entities else set()


def refile_names(
    writer: Writer, entities: Collection[str], *, profiles: Mapping[str, Profile] | None = None
) -> set[str]:
    """File these entities under the keys of their names as they are now; those that are gone under none.

    `profiles` are those of all of them, if they were read already. Returns keys that tell more or less than they did:
    somebody left, or so many came that it tells nothing any more.
    """
    places = places_of(writer)
    lost, gained = file_names(places, entities, read_profiles(writer.run, entities) if profiles is None else profiles)
    return {key for _, key in lost} | _overfull(places, Counter(key for _, key in gained))


def _overfull(places: Places, gained: Mapping[str, int]) -> set[str]:
    """Keys that these many came to, and that told something before."""
    found = places.named(gained, most=LARGEST_BLOCK + max(gained.values(), default=0) + 1)
    return {key for key, ids in found.items() if LARGEST_BLOCK < len(ids) <= LARGEST_BLOCK + gained[key]}


def link_likely(
    writer: Writer,
    touched: Collection[str],
    *,
    keys: Collection[str] = (),
    fresh: Collection[str] = (),
    profiles: Mapping[str, Profile] | None = None,
) -> set[str]:
    """Weigh anew the links that a change of `touched` can reach, and all of those filed under `keys`.

    `fresh` are those of `touched` that were not there before. They may stand in the way of links of others, and bring
    none about: of those whom they are like, only the linked ones are weighed anew. `profiles` are those of `touched`,
    if they were read already.

    Returns the entities that gained or lost one.
    """
    known = _Known(writer)
    if profiles is not None:
        known.take(touched, profiles)
    unsettled = known.filed_under({*keys, *map(opposite, keys)})
    changed = unsettled | set(touched)
    near = changed | known.alike(unsettled | changed.difference(fresh))
    near |= _linked(writer, known.alike(changed) - near)
    links = known.links(near)
    before = {(row["one"], row["other"]): row for row in writer.run(cypher.LINKS, ids=sorted(near))}
    now = {(link.one, link.other): link for link in links}
    fresh_links = [link for pair, link in now.items() if _told(before.get(pair)) != (link.points, link.because)]
    writer.run(cypher.UNLINK, rows=[{"one": one, "other": other} for one, other in sorted(before.keys() - now.keys())])
    writer.run(cypher.LINK, rows=[_row(link) for link in fresh_links])
    return {id_ for pair in before.keys() ^ now.keys() for id_ in pair} | _reweighed(before, now)


def _linked(writer: Writer, entities: Collection[str]) -> set[str]:
    """Those of these entities that are linked to another."""
    rows = writer.run(cypher.LINKS, ids=sorted(entities))
    return {id_ for row in rows for id_ in (row["one"], row["other"])}.intersection(entities)


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


@dataclass(slots=True)
class _Known:
    """Entities and blocks as far as they were read: each once."""

    writer: Writer
    profiles: dict[str, Profile] = field(default_factory=dict)
    blocks: dict[str, list[str]] = field(default_factory=dict)
    """By key, as far as it tells something."""
    _crowded: set[str] = field(default_factory=set)
    """Keys of too many to tell anything."""
    _asked: set[str] = field(default_factory=set)
    _looked: set[str] = field(default_factory=set)
    _alike: dict[str, set[str]] = field(default_factory=dict)

    def take(self, entities: Collection[str], profiles: Mapping[str, Profile]) -> None:
        """Know the profiles of these entities; those without one are named by no article."""
        self._asked.update(entities)
        self.profiles |= profiles

    def filed_under(self, keys: Collection[str]) -> set[str]:
        """Those under these keys, also where they are too many to tell anything."""
        found = places_of(self.writer).named(keys, most=_MOST_UNSETTLED)
        return {id_ for ids in found.values() for id_ in ids}

    def alike(self, entities: Collection[str]) -> set[str]:
        """Those that share a block with one of `entities` and are alike to it."""
        self._read(entities)
        met = (keys for id_ in entities if id_ in self.profiles for keys in meetings(self.profiles[id_]))
        self._look(key for keys in met for key in keys)
        self._read({mate for id_ in entities for mate in self._mates(id_)})
        return {mate for id_ in entities for mate in self._alike_to(id_)}

    def links(self, near: Collection[str]) -> list[Link]:
        """The links that these entities have.

        Most have none, whoever else there is: all rivals are looked at for the others alone.
        """
        mates = self.alike(near)
        doubtful = mates | {id_ for id_ in near if self._alike_to(id_)}
        ends = {id_ for link in self._weighed(doubtful, set(near)) for id_ in (link.one, link.other)}
        return self._weighed(ends | self.alike(ends), ends.intersection(near)) if ends else []

    def _weighed(self, entities: Collection[str], near: Set[str]) -> list[Link]:
        """The links among `entities` that those in `near` have, if there is nobody else."""
        rows = self.writer.run(cypher.SEEN_IN, ids=sorted(entities))
        seen_in = {row["id"]: row["articles"] or () for row in rows}
        naming = places_of(self.writer).naming_of(set().union(*seen_in.values()))
        around = {id_: [naming[one] for one in seen if one in naming] for id_, seen in seen_in.items()}
        profiles = (_surrounded(self.profiles[id_], around.get(id_, ())) for id_ in entities)
        return find_links(profiles, telling=self._looked - self._crowded, near=near)

    def _alike_to(self, id_: str) -> set[str]:
        if id_ not in self._alike:
            mates = {mate for mate in self._mates(id_) if mate in self.profiles}
            self._alike[id_] = {m for m in mates if are_alike(self.profiles[id_], self.profiles[m])}
        return self._alike[id_]

    def _mates(self, id_: str) -> set[str]:
        profile = self.profiles.get(id_)
        met = meetings(profile) if profile else ()
        found = (self.blocks.get(other, ()) for own, other in met if self._crowded.isdisjoint((own, other)))
        return {mate for mates in found for mate in mates if mate != id_}

    def _read(self, entities: Iterable[str]) -> None:
        unread = set(entities) - self._asked
        self.take(unread, read_profiles(self.writer.run, unread))

    def _look(self, keys: Iterator[str]) -> None:
        unseen = set(keys) - self._looked
        self._looked |= unseen
        for key, ids in places_of(self.writer).named(unseen, most=LARGEST_BLOCK + 1).items():
            if len(ids) > LARGEST_BLOCK:
                self._crowded.add(key)
            else:
                self.blocks[key] = ids


def _surrounded(profile: Profile, articles: Collection[Naming]) -> Profile:
    """A profile with who stands beside it in these articles, and when."""
    days = sorted(article.published for article in articles if article.published)
    return replace(
        profile,
        neighbours=frozenset(chain.from_iterable(article.entities for article in articles)) - {profile.id},
        first=date.fromisoformat(days[0]) if days else None,
        last=date.fromisoformat(days[-1]) if days else None,
    )


def _told(row: Row | None) -> tuple[float, str] | None:
    return (row["points"], row["because"]) if row else None


def _reweighed(before: Mapping[tuple[str, str], Row], now: Mapping[tuple[str, str], Link]) -> set[str]:
    return {id_ for pair in before.keys() & now.keys() if before[pair]["points"] != now[pair].points for id_ in pair}


def _row(link: Link) -> Row:
    return {"one": link.one, "other": link.other, "points": link.points, "because": link.because}
