"""A large graph made by chance, always the same: written straight into the store, as ingestion would have left it.

Its events hang together in threads of some weeks, its entities are named as unevenly as those of the news, its articles
have texts in which every claim's sentence stands where the claim says. Only what is filed in the index of places is
left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, islice
from random import Random
from typing import Any, LiteralString

from kb.ids import digest, event_id
from kb.model import Status
from kb.ontology import load_ontology
from kb.store import Graph
from kb.store.folding_cypher import WRITE_CONFLICTS, WRITE_STEPS

Row = dict[str, Any]

FIRST = date(2015, 1, 1)
DAYS = 4400
SOURCES = 60
CLAIMS_OF_AN_ARTICLE = 5
_EVENTS_OF_A_THREAD = 3
_DAYS_OF_A_THREAD = 60
_BATCH = 2000
_SHARE_OF_ENTITIES = 0.06
_SHARE_OF_STATUSES = (60, 3, 14, 8, 9, 3, 3)
_KINDS = ("person", "company", "agency", "organization", "court", "place", "government", "law")
_FILLING = "It was quiet in the halls that day, and nobody spoke of it. "
_WORDS = [one + end for one in "barn cold dove ferry grain hull jury lamp mint oar pier quay".split() for end in
          "age ary dom ery ful hood ing ist ity ment ness ship".split()]  # fmt: skip
_AT = "2026-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Step:
    """A statement over rows."""

    name: str
    cypher: LiteralString
    rows: list[Row]


def write(graph: Graph, events: int) -> None:
    """Fill an empty graph with so many events; progress goes to standard output."""
    for step in Synthetic(events).steps():
        rows = iter(step.rows)
        while some := list(islice(rows, _BATCH)):
            graph.write(lambda writer, some=some, step=step: writer.run(step.cypher, rows=some))
        print(f"  {step.name}: {len(step.rows):,}", flush=True)


class Synthetic:
    """The rows of a graph with `events` events."""

    def __init__(self, events: int) -> None:
        self._random = Random(events)
        self._types = sorted(load_ontology().types)
        self._began = FIRST
        entities = max(int(events * _SHARE_OF_ENTITIES), 20)
        self.entities = [digest("e", f"actor {at}") for at in range(entities)]
        self._weights = list(accumulate(1 / (at + 3) for at in range(entities)))
        self.events = [self._event(at) for at in range(events)]
        self.claims = [claim for at, event in enumerate(self.events) for claim in self._claims(at, event)]
        self._random.shuffle(self.claims)
        self.articles = [self._article(at, stated) for at, stated in enumerate(self._by_article())]

    def steps(self) -> Iterator[Step]:
        """What to write, in order."""
        yield Step("sources", _SOURCES, [{"id": f"s{at}", "name": f"Outlet {at}"} for at in range(SOURCES)])
        yield Step("entities", _ENTITIES, [self._entity(at, id_) for at, id_ in enumerate(self.entities)])
        yield Step("articles", _ARTICLES, [_without(article, "named") for article in self.articles])
        yield Step("events", _EVENTS, [_without(event, "actors") for event in self.events])
        yield Step("claims", _CLAIMS, [_without(claim, "actors") for claim in self.claims])
        yield Step("parts in events", _EVENT_ACTORS, _acting(self.events))
        yield Step("parts in claims", _CLAIM_ACTORS, _acting(self.claims))
        yield Step("mentions", _MENTIONS, [
            {"article": article["id"], "entity": id_} for article in self.articles for id_ in article["named"]
        ])  # fmt: skip
        yield Step("revisions", _REVISIONS, list(self._revisions()))
        yield Step("ledgers", WRITE_STEPS, list(self._steps()))
        yield Step("contradictions", WRITE_CONFLICTS, list(self._conflicts()))

    def _entity(self, at: int, id_: str) -> Row:
        name = f"Actor {at} of the {self._random.choice(_KINDS)}"
        return {"id": id_, "name": name, "kind": _KINDS[at % len(_KINDS)], "aliases": [name, f"Actor {at}"]}

    def _event(self, at: int) -> Row:
        if at % _EVENTS_OF_A_THREAD == 0:
            self._began = FIRST + timedelta(days=self._random.randrange(DAYS))
        first = self._began + timedelta(days=self._random.randrange(_DAYS_OF_A_THREAD))
        month = self._random.random() < 0.15
        first = first.replace(day=1) if month else first
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1) if month else first
        known = min(first + timedelta(days=self._random.randrange(-20, 20)), date(2026, 1, 1)).isoformat()
        type_ = self._random.choice(self._types)
        return {
            "id": event_id(f"c{at}x0"),
            "type": type_,
            "status": self._random.choices(list(Status), _SHARE_OF_STATUSES)[0].value,
            "title": f"Matter {at} of {' '.join(self._random.sample(_WORDS, 4))} is settled",
            "first_day": first.isoformat(),
            "last_day": last.isoformat(),
            "precision": "month" if month else "day",
            "claims": 1 + (at % 5 == 0),
            "reported": known,
            "thread": f"c{at - at % _EVENTS_OF_A_THREAD}x0",
            "actors": self._actors(),
        }

    def _actors(self) -> list[tuple[str, str]]:
        found = self._random.choices(self.entities, cum_weights=self._weights, k=self._random.choice((1, 2, 2, 3)))
        return list(zip(("agent", "target", "mentioned"), dict.fromkeys(found), strict=False))

    def _claims(self, at: int, event: Row) -> Iterator[Row]:
        for number in range(event["claims"]):
            copied = ("type", "status", "title", "first_day", "last_day", "precision", "thread", "actors")
            quote = f"{event['title']} on {event['first_day']}, sources say."
            yield {
                **{name: event[name] for name in copied},
                "id": f"c{at}x{number}",
                "event": event["id"],
                "quote": quote,
                "confidence": round(min(self._random.gauss(0.7, 0.2), 0.98), 2),
                "published": event["reported"],
                "of_deadlines": event["type"] in ("deadline", "deadline_change") or None,
            }

    def _by_article(self) -> Iterator[list[Row]]:
        claims = iter(self.claims)
        while stated := list(islice(claims, CLAIMS_OF_AN_ARTICLE)):
            yield stated

    def _article(self, at: int, stated: list[Row]) -> Row:
        """An article of these claims; they learn where they stand in it."""
        id_, text = f"a{at}", ""
        for claim in stated:
            claim["version"], claim["start"] = f"v{at}", len(text)
            claim["trigger_start"] = len(text) + claim["quote"].index("settled")
            claim["time_start"] = len(text) + claim["quote"].index(claim["first_day"])
            text += (
                claim["quote"] + "\n\n" + "It was quiet in the halls that day, and nobody spoke of it. " * 4 + "\n\n"
            )
        return {
            "id": id_,
            "version": f"v{at}",
            "source": f"s{at % SOURCES}",
            "title": f"Report {at}: {stated[0]['title']}",
            "published": stated[0]["published"],
            "text": text,
            "named": sorted({entity for claim in stated for _, entity in claim["actors"]}),
        }

    def _revisions(self) -> Iterator[Row]:
        """One an event; of every tenth deadline two, the first on an earlier day."""
        for at, event in enumerate(self.events):
            slipped = event["type"] == "deadline" and at % 10 == 0
            days = [event["first_day"]]
            if slipped:
                days.insert(0, (date.fromisoformat(event["first_day"]) - timedelta(days=40)).isoformat())
            for seq, day in enumerate(days, 1):
                yield {
                    "id": f"r{at}x{seq}", "event": event["id"], "claim": f"c{at}x0", "seq": seq, "first_day": day,
                    "last_day": max(day, event["last_day"]) if seq == len(days) else day, "status": event["status"],
                    "known_on": event["reported"],
                }  # fmt: skip

    def _steps(self) -> Iterator[Row]:
        """The ledgers of deadlines: each was set, and those that slipped were extended."""
        due = {event["id"] for event in self.events if event["type"] == "deadline"}
        first: dict[str, str] = {}
        for row in self._revisions():
            event = row["event"]
            if event in due:
                day = first.setdefault(event, row["last_day"])
                slippage = (date.fromisoformat(row["last_day"]) - date.fromisoformat(day)).days
                change = "extended" if slippage else "set"
                step = {"id": row["id"].replace("r", "s"), "seq": row["seq"], "change": change, "due": row["last_day"]}
                step |= {"known_on": row["known_on"], "slippage": slippage}
                yield {"event": event, "claim": row["claim"], **step}

    def _conflicts(self) -> Iterator[Row]:
        """Between the claims of every tenth event that has two."""
        for at in range(0, len(self.events), 50):
            yield {"one": f"c{at}x0", "other": f"c{at}x1", "on": "date", "says": "one day or another"}


def _without(row: Row, name: str) -> Row:
    return {key: value for key, value in row.items() if key != name}


def _acting(rows: list[Row]) -> list[Row]:
    return [{"id": row["id"], "role": role, "entity": id_} for row in rows for role, id_ in row["actors"]]


# Each of these returns nothing.
_SOURCES = "UNWIND $rows AS row CREATE (:Source {id: row.id, name: row.name})"
_ENTITIES = "UNWIND $rows AS row CREATE (:Entity {id: row.id, name: row.name, kind: row.kind, aliases: row.aliases})"
_ARTICLES = f"""
UNWIND $rows AS row
MATCH (s:Source {{id: row.source}})
CREATE (s)-[:PUBLISHED]->(a:Article {{id: row.id, url: 'https://outlet.example/' + row.id, title: row.title,
    published: row.published, language: 'en'}})
CREATE (a)-[:HAS_VERSION]->(:Version {{id: row.version, hash: row.id, title: row.title, published: row.published,
    text: row.text, fetched_at: '{_AT}', extractor: 'synthetic'}})
"""
_EVENTS = """
UNWIND $rows AS row
CREATE (:Event {id: row.id, type: row.type, status: row.status, title: row.title, first_day: row.first_day,
    last_day: row.last_day, precision: row.precision, claims: row.claims, sources: row.claims, outlets: row.claims,
    first_reported: row.reported, last_reported: row.reported,
    due: CASE WHEN row.type = 'deadline' THEN row.last_day END})
"""
_CLAIMS = f"""
UNWIND $rows AS row
MATCH (v:Version {{id: row.version}})
MATCH (e:Event {{id: row.event}})
CREATE (v)-[:STATES]->(c:Claim {{id: row.id, type: row.type, status: row.status, title: row.title,
    first_day: row.first_day, last_day: row.last_day, precision: row.precision, basis: 'explicit',
    time_text: row.first_day, time_start: row.time_start, quote: row.quote, start: row.start,
    end: row.start + size(row.quote), trigger: 'settled', trigger_start: row.trigger_start, cues: ['settled'],
    confidence: row.confidence, published: row.published, recorded_at: '{_AT}', thread: row.thread,
    of_deadlines: row.of_deadlines, names: [], topics: [], doubts: []}})
CREATE (c)-[:ABOUT]->(e)
"""
_EVENT_ACTORS = """
UNWIND $rows AS row
MATCH (e:Event {id: row.id})
MATCH (x:Entity {id: row.entity})
CREATE (e)-[:INVOLVES {role: row.role}]->(x)
"""
_CLAIM_ACTORS = """
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
MATCH (x:Entity {id: row.entity})
CREATE (c)-[:INVOLVES {role: row.role}]->(x)
"""
_MENTIONS = """
UNWIND $rows AS row
MATCH (a:Article {id: row.article})
MATCH (x:Entity {id: row.entity})
CREATE (a)-[:MENTIONS {count: 1, name: x.name, kind: x.kind, names: x.aliases}]->(x)
"""
_REVISIONS = """
UNWIND $rows AS row
MATCH (e:Event {id: row.event})
MATCH (c:Claim {id: row.claim})
CREATE (e)-[:HAS_REVISION]->(:Revision {id: row.id, seq: row.seq, first_day: row.first_day, last_day: row.last_day,
    status: row.status, known_on: row.known_on})-[:BECAUSE_OF]->(c)
"""
