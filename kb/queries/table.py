"""All events as columns in memory: pictures, counts and filters of a hundred thousand events are milliseconds then.

Reading it takes about a second for that many. It is kept, like the worlds of `kb.queries.known`, until somebody writes.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from kb.queries.clock import writes
from kb.queries.views import EventFilter

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from kb.store import Graph

COLUMNS = ("first_day", "last_day", "id", "precision", "status", "type", "title")
_AT_ONCE = 20_000
"""Events of one answer of the store, about."""
Days = tuple[tuple[str, str], ...]

# How many events begin in each month: {month, events}.
_MONTHS = """
MATCH (e:Event) WHERE e.first_day IS NOT NULL
RETURN left(e.first_day, 7) AS month, count(e) AS events
"""

# The events that begin in some months, a column each; one row.
_EVENTS = """
MATCH (e:Event) WHERE e.first_day >= $since AND e.first_day < $until
RETURN collect(e.first_day) AS first_day, collect(e.last_day) AS last_day, collect(e.id) AS id,
       collect(e.precision) AS precision, collect(e.status) AS status, collect(e.type) AS type,
       collect(e.title) AS title
"""

# The days that deadlines stood on before, by their ledgers: {id, seq, first_day, last_day}.
_SLIPS = """
MATCH (e:Event) WHERE e.due IS NOT NULL
MATCH (e)-[:HAS_STEP]->(s:DeadlineStep)
WHERE s.due <> e.due
RETURN e.id AS id, s.seq AS seq, s.due AS first_day, s.due AS last_day
"""


# The same of these events, {…}.
_SLIPS_OF = """
UNWIND $ids AS id
MATCH (e:Event {id: id})-[:HAS_STEP]->(s:DeadlineStep)
WHERE s.due <> e.due
RETURN id, s.seq AS seq, s.due AS first_day, s.due AS last_day
"""


@dataclass(frozen=True, eq=False)
class EventTable:
    """Events by first day, last day and id."""

    columns: Mapping[str, tuple[str, ...]]
    slips: Mapping[str, Days]
    """By event id, the days an event stood on before it was moved, oldest first."""

    def places(self, wanted: EventFilter, among: frozenset[str] | None = None) -> npt.NDArray[np.intp]:
        """Which rows pass the filter; its entity is given as the ids of the events it is in."""
        import numpy as np

        keep = np.ones(len(self.columns["id"]), dtype=bool)
        if among is not None:
            keep &= np.fromiter((id_ in among for id_ in self.columns["id"]), bool, len(keep))
        if wanted.first:
            keep &= self._array("last_day") >= wanted.first
        if wanted.last:
            keep &= self._array("first_day") <= wanted.last
        if wanted.types:
            keep &= np.isin(self._array("type"), wanted.types)
        if wanted.statuses:
            keep &= np.isin(self._array("status"), wanted.statuses)
        for word in wanted.words:
            keep &= np.fromiter((word in title for title in self._titles), bool, len(keep))
        return np.flatnonzero(keep)

    def rows(self, places: npt.NDArray[np.intp]) -> dict[str, tuple[str, ...]]:
        """The columns of these rows."""
        at = places.tolist()
        return {name: tuple([column[place] for place in at]) for name, column in self.columns.items()}

    def counts(self, column: str, places: npt.NDArray[np.intp]) -> dict[str, int]:
        """How many of these rows have each value of a column."""
        import numpy as np

        values, counts = np.unique(self._array(column)[places], return_counts=True)
        return dict(zip(values.tolist(), counts.tolist(), strict=True))

    def _array(self, column: str) -> npt.NDArray[np.str_]:
        import numpy as np

        if column not in self._arrays:
            self._arrays[column] = np.array(self.columns[column], dtype=np.str_)
        return self._arrays[column]

    @cached_property
    def _arrays(self) -> dict[str, npt.NDArray[np.str_]]:
        return {}

    @cached_property
    def _titles(self) -> list[str]:
        return [title.lower() for title in self.columns["title"]]


_kept: WeakKeyDictionary[Graph, tuple[int, EventTable]] = WeakKeyDictionary()
_reading = threading.Lock()


def kept_table(graph: Graph) -> EventTable | None:
    """The events as they are now, if they were read already."""
    known = _kept.get(graph)
    return known[1] if known and known[0] >= writes(graph) else None


def event_table(graph: Graph) -> EventTable:
    """The events as they are now."""
    now = writes(graph)
    with _reading:
        known = _kept.get(graph)
        if known is None or known[0] < now:
            known = _kept[graph] = (now, _read(graph))
    return known[1]


def _read(graph: Graph) -> EventTable:
    rows: list[tuple[str, ...]] = []
    for since, until in _stretches(graph.read(_MONTHS)):
        columns = graph.read(_EVENTS, since=since, until=until)[0]
        rows += zip(*(columns[name] for name in COLUMNS), strict=True)
    rows.sort()
    ordered = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(COLUMNS, ())
    return EventTable(ordered, _slips(graph.read(_SLIPS)))


def _stretches(months: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """From when until before when to read at once; the last has no end."""
    starts, waiting = [""], 0
    for row in sorted(months, key=lambda row: str(row["month"])):
        if waiting and waiting + row["events"] > _AT_ONCE:
            starts.append(str(row["month"]))
            waiting = 0
        waiting += row["events"]
    return list(zip(starts, [*starts[1:], "~"], strict=True))


def slips_of(graph: Graph, ids: Sequence[str]) -> Mapping[str, Days]:
    """By event id, the days that deadlines among these events stood on before, oldest first; without the table."""
    return _slips(graph.read(_SLIPS_OF, ids=list(ids))) if ids else {}


def _slips(rows: list[dict[str, Any]]) -> dict[str, Days]:
    steps: dict[str, dict[tuple[str, str], int]] = {}
    for row in sorted(rows, key=lambda row: (row["id"], row["seq"])):
        steps.setdefault(row["id"], {}).setdefault((row["first_day"], row["last_day"]), row["seq"])
    return {id_: tuple(days) for id_, days in steps.items()}
