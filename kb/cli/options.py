"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import reduce, wraps
from typing import TYPE_CHECKING, Any

import click

from kb import queries
from kb.config import Settings, today_in
from kb.errors import NotFound, TimeValueError
from kb.model import EventStatus
from kb.queries import EventFilter
from kb.timevalue import parse_day

if TYPE_CHECKING:
    from kb.store import Graph

FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Output format.",
)


class Day(click.ParamType[str]):
    """An ISO day."""

    name = "yyyy-mm-dd"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """`value` if it is an ISO day, else a usage error that says so."""
        try:
            day = parse_day(str(value)).isoformat()
        except TimeValueError as err:
            self.fail(str(err), param, ctx)
        if len(str(value)) != len(day):
            self.fail(f"{value!r} is not a valid date; write it as 2025-01-19", param, ctx)
        return day


class EventType(click.ParamType[str]):
    """The id of an event type."""

    name = "type"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """`value` if there is such a type, else a usage error that lists those there are."""
        from kb.ontology import type_names

        known = type_names()
        if value not in known:
            meant = "".join(f" (did you mean {name!r}?)" for name in get_close_matches(str(value), known, n=1))
            self.fail(f"{value!r} is not an event type{meant}; the types are {', '.join(known)}", param, ctx)
        return str(value)


TYPES = click.option(
    "--type", "types", type=EventType(), metavar="TYPE", multiple=True, help="Only this event type; may be repeated."
)
AS_OF = click.option("--as-of", type=Day(), help="As known on this day: only what was published by then.")
RECORDED_BY = click.option(
    "--recorded-by", type=Day(), help="As known here on this day: only what was ingested by then."
)
ENTITY = click.option(
    "--entity", "entity_name", metavar="NAME", help="Only what involves this entity (name, alias or id)."
)


_STATUSES = click.option(
    "--status",
    "statuses",
    type=click.Choice([status.value for status in EventStatus]),
    multiple=True,
    help="Only this status; may be repeated.",
)
_FIRST = click.option("--from", "first", type=Day(), help="Only events that end on this day or later.")
_LAST = click.option("--to", "last", type=Day(), help="Only events that start on this day or earlier.")
_TEXT = click.option(
    "--text",
    metavar="WORDS",
    help="Only events whose title, names or quotes have these words, in any order; '\"a phrase\"' as it stands.",
)
_MAIN = click.option(
    "--main",
    type=click.IntRange(min=1),
    metavar="N",
    help="Only the N events that weigh most: told by many, or deciding.",
)
_ASKED = (ENTITY, TYPES, _STATUSES, _FIRST, _LAST, _TEXT, _MAIN, AS_OF, RECORDED_BY)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which events somebody asked for, by the names given on the command line."""

    entity_name: str | None
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    first: str | None
    last: str | None
    text: str | None
    main: int | None
    as_of: str | None
    recorded_by: str | None

    def wanted(self, graph: Graph) -> EventFilter:
        """The filter for the read models. NotFound if no entity is called so."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        name = values.pop("entity_name")
        known = {"as_of": self.as_of, "recorded_by": self.recorded_by}
        return EventFilter(entity=entity_id(graph, name, **known) if name else None, **values)


def FILTERS(command: Callable[..., None]) -> Callable[..., None]:  # noqa: N802 - used as the options beside it
    """The options that choose events, given to `command` as one argument `asked`."""

    @wraps(command)
    def with_asked(*args: object, **values: Any) -> None:
        asked = Asked(**{field.name: values.pop(field.name) for field in fields(Asked)})
        command(*args, asked=asked, **values)

    return reduce(lambda wrapped, option: option(wrapped), reversed(_ASKED), with_asked)


def _today() -> str:
    """The day of --as-of, which is read before what is not given; else the user's own."""
    context = click.get_current_context()
    as_of: str | None = context.params.get("as_of")
    settings: Settings | None = context.find_object(Settings)
    return as_of or today_in(settings.timezone if settings else None).isoformat()


TODAY = click.option(
    "--today",
    type=Day(),
    default=_today,
    show_default="the day of --as-of, else today",
    help="The day to take as today.",
)


def entity_id(graph: Graph, name: str, *, as_of: str | None = None, recorded_by: str | None = None) -> str:
    """The id of the entity of that name or id; whom it meant by these days comes first, else whom it means now.

    NotFound, with what to do, if there is none.
    """
    then = queries.resolve_entity(graph, name, as_of=as_of, recorded_by=recorded_by)
    found = then or queries.resolve_entity(graph, name)
    if found is None:
        raise NotFound.entity(name)
    return found.id


def now() -> str:
    """The time, ISO, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")
