"""Options that several commands share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from kb import queries
from kb.config import Settings, today_in
from kb.errors import NotFound, TimeValueError
from kb.timevalue import parse_day

if TYPE_CHECKING:
    from kb.store import Graph

FORMAT = click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)


class Day(click.ParamType[str]):
    """An ISO day."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """`value` if it is an ISO day, else a usage error that says so."""
        try:
            return parse_day(str(value)).isoformat() if len(str(value)) == 10 else self.fail(f"{value!r} is no ISO day")
        except TimeValueError as err:
            self.fail(str(err), param, ctx)


class EventType(click.ParamType[str]):
    """The id of an event type."""

    name = "type"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """`value` if there is such a type, else a usage error that lists those there are."""
        from kb.ontology import type_names

        known = type_names()
        if value not in known:
            self.fail(f"{value!r} is no event type; there are {', '.join(known)}", param, ctx)
        return str(value)


TYPES = click.option(
    "--type", "types", type=EventType(), metavar="TYPE", multiple=True, help="Only this event type; may be repeated."
)
AS_OF = click.option("--as-of", type=Day(), help="Only what was published by this day is taken into account.")
RECORDED_BY = click.option("--recorded-by", type=Day(), help="Only what was ingested here by this day is.")
ENTITY = click.option("--entity", "entity_name", metavar="NAME", help="Only what involves it (name, alias or id).")


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
    show_default="the day of --as-of, else the current day",
    help="The day to look from.",
)


def entity_id(graph: Graph, name: str) -> str:
    """The id of the entity of that name or id. NotFound, with what to do, if there is none."""
    found = queries.resolve_entity(graph, name)
    if found is None:
        raise NotFound(f"no entity is called {name!r}: 'chronograph search {name}' looks for parts of names")
    return found.id


def now() -> str:
    """The time, ISO, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")
