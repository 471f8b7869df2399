"""All events as columns in memory: pictures, counts and filters of a hundred thousand events are milliseconds then.

Reading it takes some seconds for that many. It is kept, like the worlds of `kb.queries.known`, until somebody writes,
and in a file beside the graph for whoever starts until then.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from kb.queries.clock import writes
from kb.queries.finding import those_with
from kb.queries.views import EventFilter
from kb.queries.weight import weight_of
from kb.store import aside

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from kb.store import Graph

K = TypeVar("K")
S = TypeVar("S")
T = TypeVar("T")

COLUMNS = ("first_day", "last_day", "id", "precision", "status", "type", "title")
_TOLD = (*COLUMNS, "sources", "claims")
_AT_ONCE = 20_000
"""Events of one answer of the store, about."""
_AS_A_WHOLE = 50_000
"""Events up to which the store has room for one answer with all of them, which it gives soonest."""
_LONG = 0.3
"""Seconds of reading from which on it is worth a file."""
_QUIET = 30.0
"""Seconds after which what was read is put aside, unless it was read anew by then: while an archive is being written to
it would be for nothing.
"""
_WORDS_KEPT = 16
"""Words of searches of which it is kept which titles have them."""
Days = tuple[tuple[str, str], ...]
Row = tuple[Any, ...]
"""The values of `COLUMNS` of an event, all texts, and its weight."""

_COLLECTED = """
RETURN collect(e.first_day) AS first_day, collect(e.last_day) AS last_day, collect(e.id) AS id,
       collect(e.precision) AS precision, collect(e.status) AS status, collect(e.type) AS type,
       collect(e.title) AS title, collect(coalesce(e.sources, 1)) AS sources, collect(coalesce(e.claims, 1)) AS claims
"""

_HOW_MANY = "MATCH (e:Event) RETURN count(e) AS events"

# How many events begin in each month: {month, count}.
_MONTHS = """
MATCH (e:Event) WHERE e.first_day IS NOT NULL
RETURN left(e.first_day, 7) AS month, count(e) AS count
"""

# The events that begin in some months, a column each; one row.
_EVENTS = f"""
MATCH (e:Event) WHERE e.first_day >= $since AND e.first_day < $until
{_COLLECTED}
"""

# The events that an entity is in, a column each; one row.
_EVENTS_OF = f"""
MATCH (:Entity {{id: $entity}})<-[:INVOLVES]-(found:Event)
WITH DISTINCT found AS e WHERE e.first_day IS NOT NULL
{_COLLECTED}
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
    weights: tuple[int, ...]
    """How much each event weighs with a reader."""
    slips: Mapping[str, Days]
    """By event id, the days an event stood on before it was moved, oldest first."""

    @classmethod
    def of(cls, rows: list[Row], slips: Mapping[str, Days]) -> EventTable:
        """That of these rows, in whatever order."""
        rows.sort()
        *columns, weights = zip(*rows, strict=True) if rows else ((),) * (len(COLUMNS) + 1)
        return cls(dict(zip(COLUMNS, columns, strict=True)), weights, slips)

    def each(self) -> Iterator[Row]:
        """Its rows."""
        return zip(*self.columns.values(), self.weights, strict=True)

    def places(
        self, wanted: EventFilter, among: frozenset[str] | None = None, having: Sequence[frozenset[str]] = ()
    ) -> npt.NDArray[np.intp]:
        """Which rows pass the filter: its entity is given as the ids of the events it is in, and so is, for each of its
        words, what has that word in a name or in a quote.
        """
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
        for at, word in enumerate(wanted.words):
            others = having[at] if having else frozenset()
            keep &= self._titled(word) | np.fromiter((id_ in others for id_ in self.columns["id"]), bool, len(keep))
        places = np.flatnonzero(keep)
        return self._weightiest(places, wanted.main) if wanted.main else places

    def _weightiest(self, places: npt.NDArray[np.intp], most: int) -> npt.NDArray[np.intp]:
        """The `most` of these rows that weigh most, in order of time; of equal ones, the later."""
        import numpy as np

        weights = np.array(self.weights, dtype=np.int64)[places]
        return np.sort(places[np.argsort(weights, kind="stable")[-most:]])

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

    def _titled(self, word: str) -> npt.NDArray[np.bool_]:
        """Which titles have a word; a page asks several questions about one search."""
        import numpy as np

        found = self._found.get(word)
        if found is None:
            while len(self._found) >= _WORDS_KEPT:
                self._found.pop(next(iter(self._found)), None)
            found = self._found[word] = np.array(those_with(self._titles, word), dtype=bool)
        return found

    @cached_property
    def _found(self) -> dict[str, npt.NDArray[np.bool_]]:
        return {}

    @cached_property
    def _titles(self) -> list[str]:
        return [title.lower() for title in self.columns["title"]]


class UntilWritten(Generic[T]):
    """Something that is read of a whole graph, and kept until somebody writes to that."""

    def __init__(self, read: Callable[[Graph], T]) -> None:
        self._read = read
        self._kept: WeakKeyDictionary[Graph, tuple[int, T]] = WeakKeyDictionary()
        self._reading = threading.Lock()

    def __call__(self, graph: Graph) -> T:
        """As it is now."""
        now = writes(graph)
        with self._reading:
            known = self._kept.get(graph)
            if known is None or known[0] < now:
                known = self._kept[graph] = (now, self._read(graph))
        return known[1]

    def kept(self, graph: Graph) -> T | None:
        """The same if it was read already, else None."""
        known = self._kept.get(graph)
        return known[1] if known and known[0] >= writes(graph) else None


class LastUntilWritten(Generic[K, T]):
    """What was found for the last few questions to a graph, kept until somebody writes to that."""

    def __init__(self, find: Callable[[Graph, K], T], *, most: int) -> None:
        self._find, self._most = find, most
        self._kept: UntilWritten[dict[K, T]] = UntilWritten(lambda _: {})

    def __call__(self, graph: Graph, asked: K) -> T:
        """As it is now."""
        kept = self._kept(graph)
        if asked not in kept:
            while len(kept) >= self._most:
                kept.pop(next(iter(kept)), None)
            kept[asked] = self._find(graph, asked)
        return kept[asked]


class UntilWrittenAside(UntilWritten[T], Generic[S, T]):
    """The same of what takes long to read, kept beside the graph too: who starts meanwhile has it without reading."""

    def __init__(
        self,
        name: str,
        read: Callable[[Graph], S],
        make: Callable[[S], T],
        *,
        form: int,
        long: float = _LONG,
        quiet: float = _QUIET,
    ) -> None:
        """`read` gives what JSON holds, whose `form` counts up when it changes, `make` what is kept in mind of it."""
        super().__init__(lambda graph: make(self._told(graph)))
        self._name, self._ask, self._make, self._form = name, read, make, form
        self._long, self._quiet = long, quiet
        self._waiting: WeakKeyDictionary[Graph, threading.Timer] = WeakKeyDictionary()

    def _told(self, graph: Graph) -> S:
        if waiting := self._waiting.pop(graph, None):
            waiting.cancel()
        stamp, path = aside.stamp_of(graph, self._form), graph.beside(self._name)
        told: S | None = aside.load(path, stamp) if stamp else None
        if told is not None:
            return told
        began = time.monotonic()
        read = self._ask(graph)
        if stamp and time.monotonic() - began >= self._long:
            waiting = self._waiting[graph] = threading.Timer(self._quiet, aside.keep, (path, stamp, read))
            waiting.daemon = True
            waiting.start()
        return read


_Columns = Mapping[str, Sequence[Any]]
_Told = tuple[_Columns, list[dict[str, Any]]]
"""All events, a column each in the order of the table, and the days that deadlines stood on before."""


def _read(graph: Graph) -> _Told:
    found = [graph.read(_EVENTS, since=since, until=until)[0] for since, until in event_stretches(graph)]
    rows = sorted(row for columns in found for row in zip(*(columns[name] for name in _TOLD), strict=True))
    return dict(zip(_TOLD, zip(*rows, strict=True) if rows else ((),) * len(_TOLD), strict=True)), graph.read(_SLIPS)


def _make(told: _Told) -> EventTable:
    columns, slips = told
    return EventTable({name: tuple(columns[name]) for name in COLUMNS}, _weights(columns), _slips(slips))


event_table = UntilWrittenAside("table", _read, _make, form=1)
"""The events as they are now."""


def event_stretches(graph: Graph) -> list[tuple[str, str]]:
    """From when until before when to read of all events at once, by the days they begin."""
    few = graph.read(_HOW_MANY)[0]["events"] <= _AS_A_WHOLE
    return stretches({} if few else {row["month"]: row["count"] for row in graph.read(_MONTHS)})


def stretches(months: Mapping[str, int]) -> list[tuple[str, str]]:
    """From when until before when to read at once, by how many there are of each month; the last has no end."""
    starts, waiting = [""], 0
    for month, count in sorted(months.items()):
        if waiting and waiting + count > _AT_ONCE:
            starts.append(month)
            waiting = 0
        waiting += count
    return list(zip(starts, [*starts[1:], "~"], strict=True))


def events_of(graph: Graph, entity: str) -> EventTable:
    """The events that a canonical entity is in, as they are now; without reading all others."""
    columns = graph.read(_EVENTS_OF, entity=entity)[0]
    return EventTable.of(_weighed(columns), _slips(graph.read(_SLIPS_OF, ids=columns["id"])))


def _weighed(columns: _Columns) -> list[Row]:
    """The rows of columns as the store collects them."""
    return list(zip(*(columns[name] for name in COLUMNS), _weights(columns), strict=True))


def _weights(columns: _Columns) -> tuple[int, ...]:
    return tuple(map(weight_of, *(columns[name] for name in ("type", "status", "precision", "sources", "claims"))))


def _slips(rows: list[dict[str, Any]]) -> dict[str, Days]:
    steps: dict[str, dict[tuple[str, str], int]] = {}
    for row in sorted(rows, key=lambda row: (row["id"], row["seq"])):
        steps.setdefault(row["id"], {}).setdefault((row["first_day"], row["last_day"]), row["seq"])
    return {id_: tuple(days) for id_, days in steps.items()}
