"""Twenty thousand events after those of the sample, written straight into the store: only pictures look at them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count, islice
from random import Random

from kb.model import Status
from kb.ontology import load_ontology
from kb.store import open_graph

EVENTS = 20_000
SPOKES = 1499
"""Events of the hub: with it they make a network of 1,500 nodes."""


def crowd(settings) -> None:
    """Fill the store of `settings`."""
    rows = _rows(Random(7), sorted(load_ontology().types))
    with open_graph(settings) as graph:
        while some := list(islice(rows, 2000)):
            graph.write(lambda writer, some=some: writer.run(_EVENTS, rows=some))
        graph.write(
            lambda writer: writer.run(
                _HUB, ids=[f"crowd{at}" for at in range(SPOKES)], id="hub", name="Hub of everything"
            )
        )


_EVENTS = """
UNWIND $rows AS row
CREATE (e:Event {id: row.id, type: row.type, status: row.status, title: row.title, first_day: row.first_day,
    last_day: row.last_day, precision: row.precision, claims: 1, sources: 1, first_reported: '2026-01-01',
    last_reported: '2026-01-01'})
"""
_HUB = """
CREATE (x:Entity {id: $id, name: $name, kind: 'organization', aliases: [$name]})
WITH x UNWIND $ids AS id
MATCH (e:Event {id: id})
CREATE (e)-[:INVOLVES {role: 'actor'}]->(x)
"""


def _rows(random, types):
    for at in islice(count(), EVENTS):
        first = date(2026, 1, 1) + timedelta(days=random.randrange(5000))
        month = random.random() < 0.2
        first = first.replace(day=1) if month else first
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1) if month else first
        yield {
            "id": f"crowd{at}",
            "type": random.choice(types),
            "status": random.choice(list(Status)).value,
            "title": f"Matter {at} is settled between the parties of the {random.randrange(900)}th part",
            "first_day": first.isoformat(),
            "last_day": last.isoformat(),
            "precision": "month" if month else "day",
        }
