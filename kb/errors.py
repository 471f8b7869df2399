"""Every error the program raises on purpose.

    ChronographError
    ├── UsageError            the caller asked for something that cannot be (exit 2)
    ├── NotFound              there is no such event, entity or article
    ├── SkipInput             one input is unusable: count it, name it, go on with the rest
    ├── OntologyError         an ontology file is wrong: names file and line
    ├── SourceError           a source's file is wrong: names file and line
    ├── TimeDataError         a data file of the temporal grammar is wrong: names file and line
    ├── TimeValueError        a calendar value out of range
    └── AbortRun              nothing more can be done: stop and say what to do
        ├── StoreUnavailable  the graph store cannot be reached or refuses the login
        ├── StoreFull         the disk under the store has no room left
        ├── SchemaMismatch    the store was written by another version of the schema
        └── QueryRejected     a user's Cypher is not allowed, fails or takes too long

Messages name the thing and the fix, on one line.
"""

from __future__ import annotations

from typing import Any


class ChronographError(Exception):
    """Root of all errors raised on purpose; the message is fit for a person. It travels between processes."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.args), self.__dict__


def _again(kind: type[ChronographError], args: tuple[Any, ...]) -> ChronographError:
    """An error as it was, whatever its kind is made from; its fields are set by whoever asks."""
    return kind.__new__(kind, *args)


class UsageError(ChronographError):
    """The caller asked for something that cannot be done as asked."""


class NotFound(ChronographError):
    """There is no such thing in the graph."""

    @classmethod
    def entity(cls, name: str, *, as_of: str | None = None, recorded_by: str | None = None) -> NotFound:
        """No entity is called so, in what was known by these days."""
        shown = quoted(name)
        if within := _within(as_of, recorded_by):
            return cls(f"no entity is called {shown} {within}: give a later day")
        return cls(f"no entity is called {shown}: 'chronograph search {shown.strip(_QUOTES)}' finds parts of names")

    @classmethod
    def event(
        cls, id_: str, why: str | None = None, *, as_of: str | None = None, recorded_by: str | None = None
    ) -> NotFound:
        """No event has that id, in what was known by these days; `why` there is none any more, if that is known."""
        if within := _within(as_of, recorded_by):
            return cls(f"there is no event {quoted(id_)} {within}: give a later day")
        return cls(f"there is no event {quoted(id_)}" + (f" any more: {why}" if why else _IDS))


def _within(as_of: str | None, recorded_by: str | None) -> str:
    days = [f"published by {as_of}"] if as_of else []
    days += [f"ingested by {recorded_by}"] if recorded_by else []
    return f"in what was {' and '.join(days)}" if days else ""


_IDS = ": 'chronograph timeline' shows the ids, in a wide terminal or with --format json"
_QUOTES = "'\""
_SHOWN = 60


def quoted(name: str) -> str:
    """A name as messages show it: in quotes, on one line, and not all of it if it is long."""
    return repr(name if len(name) <= _SHOWN else name[:_SHOWN] + "…")


class SkipInput(ChronographError):
    """One input is unusable. `name` is the input as the user gave it, `reason` says why and what to do.

    `kind` is the few words it is counted under in reports.
    """

    def __init__(self, name: str, reason: str, *, kind: str = "unreadable") -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason
        self.kind = kind


class OntologyError(ChronographError):
    """An ontology file does not hold what it must."""


class SourceError(ChronographError):
    """The file of a source does not say what it must."""


class TimeDataError(ChronographError):
    """A data file of the temporal grammar does not hold what it must."""


class TimeValueError(ChronographError, ValueError):
    """A calendar value that does not exist, or lies outside the years 1 to 9998."""


class AbortRun(ChronographError):
    """The run cannot go on."""


class StoreUnavailable(AbortRun):
    """The graph store does not answer, or does not let us in."""


class NoStore(StoreUnavailable):
    """There is none yet where it would be."""


class StoreFull(AbortRun):
    """The disk under the store has no room left; what was stored before is whole."""


class SchemaMismatch(AbortRun):
    """The store holds another schema version than this program writes."""


class QueryRejected(AbortRun):
    """A user's Cypher statement was refused, failed, or ran over its limits."""
