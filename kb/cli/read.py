"""Commands that read the graph: timeline, event, entity, search, query."""

from __future__ import annotations

from dataclasses import replace

import click

from kb import queries
from kb.cli import show
from kb.cli.opened import open_store
from kb.cli.options import AS_OF, FILTERS, FORMAT, RECORDED_BY, Asked, entity_id
from kb.config import Settings, today_in
from kb.errors import NotFound, UsageError
from kb.examples import examples
from kb.queries import EventFilter


@click.command(
    epilog=examples(
        "chronograph timeline --entity TikTok --from 2024-01-01",
        "chronograph timeline --type court_ruling --type court_hearing",
        "chronograph timeline --as-of 2025-01-16    # what was known on that day",
    )
)
@FILTERS
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=1000, show_default=True, help="At most this many events."
)
@FORMAT
@click.pass_obj
def timeline(settings: Settings, *, asked: Asked, limit: int, format_: str) -> None:
    """Events in order of time."""
    with open_store(settings) as graph:
        wanted = asked.wanted(graph)
        events = queries.timeline(graph, wanted, limit=limit)
        total = len(events) if len(events) < limit else queries.count_events(graph, wanted)
    show.timeline(events, total=total, as_json=format_ == "json")


@click.command(epilog=examples("chronograph event ev…    # ids: the last column of chronograph timeline"))
@click.argument("event_id", metavar="ID")
@AS_OF
@RECORDED_BY
@FORMAT
@click.pass_obj
def event(settings: Settings, *, event_id: str, as_of: str | None, recorded_by: str | None, format_: str) -> None:
    """One event with its claims, quotes and sources."""
    with open_store(settings) as graph:
        detail = queries.event(graph, event_id, as_of=as_of, recorded_by=recorded_by)
        undated = None if detail else queries.undated_event(graph, event_id, as_of=as_of, recorded_by=recorded_by)
        why = queries.fate(graph, event_id) if detail is None and undated is None else None
        if detail is not None and detail.event.type in queries.LEDGERED and format_ != "json":
            horizon = {"as_of": as_of, "recorded_by": recorded_by}
            ledger = queries.deadline_of(
                graph, detail.event.id, today=as_of or today_in(settings.timezone).isoformat(), **horizon
            )
            detail = replace(detail, deadline=ledger)
    if undated is not None:
        show.undated_event(undated, as_json=format_ == "json")
        return
    if detail is None:
        raise NotFound.event(event_id, why, as_of=as_of, recorded_by=recorded_by)
    show.event(detail, as_json=format_ == "json")


@click.command(epilog=examples('chronograph entity "Supreme Court"'))
@click.argument("name")
@AS_OF
@RECORDED_BY
@FORMAT
@click.pass_obj
def entity(settings: Settings, *, name: str, as_of: str | None, recorded_by: str | None, format_: str) -> None:
    """One entity: its events, the company it keeps, its articles.

    NAME is a name, an alias or an id (e…).
    """
    with open_store(settings) as graph:
        own = entity_id(graph, name, as_of=as_of, recorded_by=recorded_by)
        detail = queries.entity(graph, own, as_of=as_of, recorded_by=recorded_by)
    if detail is None:  # it was not known then
        raise NotFound.entity(name, as_of=as_of, recorded_by=recorded_by)
    show.entity(detail, as_json=format_ == "json")


@click.command(
    epilog=examples(
        'chronograph search "circuit court"', "chronograph search '\"75 days\"'    # these words, side by side"
    )
)
@click.argument("text")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="At most this many of each."
)
@AS_OF
@RECORDED_BY
@FORMAT
@click.pass_obj
def search(
    settings: Settings, *, text: str, limit: int, as_of: str | None, recorded_by: str | None, format_: str
) -> None:
    """Find entities by their names, and events and quotes by words.

    Words are looked for in the titles of events, in the names of who is in them, and in quotes. Those in quotation
    marks are found together: '"75 days"'.
    """
    if not text.strip():
        raise UsageError(
            "nothing to search for: give part of a name or title, or list all events with 'chronograph timeline'"
        )
    with open_store(settings) as graph:
        entities = queries.find_entities(graph, text, as_of=as_of, recorded_by=recorded_by, limit=limit)
        wanted = EventFilter(text=text, as_of=as_of, recorded_by=recorded_by)
        events = queries.timeline(graph, replace(wanted, main=limit))
        quotes = queries.quotes(graph, wanted, most=limit)
    show.search(entities, events, quotes, as_json=format_ == "json")


@click.command(
    epilog=examples(
        "chronograph query 'MATCH (e:Event) RETURN e.title LIMIT 5'",
        "chronograph query 'MATCH (e:Event {type: $type}) RETURN e.title' --param type=deadline",
    )
)
@click.argument("cypher")
@click.option("--param", "params", metavar="K=V", multiple=True, help="A parameter ($K in the text); may be repeated.")
@click.option(
    "--limit", type=click.IntRange(1, 1_000_000), default=1000, show_default=True, help="At most this many rows."
)
@click.option(
    "--timeout", type=click.FloatRange(0.1, 600), default=10.0, show_default=True, help="Time limit in seconds."
)
@FORMAT
@click.pass_obj
def query(
    settings: Settings, *, cypher: str, params: tuple[str, ...], limit: int, timeout: float, format_: str
) -> None:
    """Run read-only Cypher.

    The schema is in docs/data-model.md. Numbers given with --param are passed as numbers.
    """
    with open_store(settings) as graph:
        result = graph.query(cypher, dict(_parameter(text) for text in params), row_limit=limit, timeout=timeout)
    show.table(result, as_json=format_ == "json")


def _parameter(text: str) -> tuple[str, object]:
    key, found, value = text.partition("=")
    if not found or not key:
        raise UsageError(f"--param {text!r}: write it as name=value")
    try:
        return key, int(value)
    except ValueError:
        return key, value
