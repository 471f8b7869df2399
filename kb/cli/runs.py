"""The command `runs`: what ingestion did, run by run, and how its sources are."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from kb.config import Settings
from kb.errors import NotFound

if TYPE_CHECKING:
    from kb.queries.runs import RunDetail, RunView, SourceHealth


@click.command()
@click.argument("run_id", metavar="[ID]", required=False)
@click.option("--source", metavar="NAME", help="Only runs of this source.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="At most so many runs.")
@click.option("--health", is_flag=True, help="One line for each source instead: last success, next time, error.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def runs(settings: Settings, *, run_id: str | None, source: str | None, limit: int, health: bool, format_: str) -> None:
    """Runs of ingestion, the newest first; with an ID, one of them with every article it touched.

    This works while the graph is down. With --health the exit code is 1 if a source is failing or paused.
    """
    from kb.queries import runs as queries
    from kb.store.journal import open_journal

    as_json = format_ == "json"
    with open_journal(settings.data) as journal:
        if health:
            states = queries.source_health(journal)
            _show_health(states, as_json=as_json)
            sys.exit(1 if any(state.state in ("failing", "paused") for state in states) else 0)
        if run_id:
            detail = queries.run(journal, run_id)
            if detail is None:
                raise NotFound(f"there is no run {run_id!r}: 'chronograph runs' lists them")
            _show_run(detail, as_json=as_json)
            return
        found = queries.runs(journal, source=source, limit=limit)
        if source and not found:
            names = ", ".join(sorted({view.source for view in queries.runs(journal, limit=10_000)})) or "none yet"
            raise NotFound(f"there is no run of a source {source!r} (those that ran: {names})")
        waiting = queries.queue_length(journal)
    if as_json:
        click.echo(json.dumps([asdict(view) for view in found], ensure_ascii=False))
        return
    if not found:
        click.echo("no runs yet: 'chronograph ingest' or 'chronograph watch' makes some", err=True)
    for view in found:
        click.echo(f"{view.id[:10]}  {_local(view.started)}  {view.status:<11} {view.source:<24} {_numbers(view)}")
    if waiting:
        click.echo(f"{waiting} article{' waits' if waiting == 1 else 's wait'} on disk for the graph", err=True)


def health_by_name(settings: Settings) -> dict[str, SourceHealth]:
    """How each source that ever ran is; nothing if none did."""
    from kb.queries.runs import source_health
    from kb.store.journal import FILE, open_journal

    if not (settings.data / FILE).exists():
        return {}
    with open_journal(settings.data) as journal:
        return {state.name: state for state in source_health(journal)}


def health_line(name: str, kind: str, state: SourceHealth | None, *, disabled: bool = False) -> str:
    """One line on one source."""
    if disabled:
        return f"{name:<28} {kind:<8} off"
    if state is None or state.state == "new":
        return f"{name:<28} {kind:<8} new: never run"
    parts = [
        f"last success {_local(state.last_success) if state.last_success else 'never'}",
        f"next {_local(state.next_due)}" if state.next_due and state.state != "paused" else "",
        f"every {span(state.interval)}" if state.interval and state.state != "paused" else "",
        f"{state.articles} page{'' if state.articles == 1 else 's'}" if state.articles else "",
        f"{state.pending} to fetch" if state.pending else "",
        f"{state.waiting} waiting for the graph" if state.waiting else "",
        _failures(state.failures, state.error or "") if state.failures else "",
    ]
    return f"{name:<28} {kind:<8} {state.state}: {', '.join(part for part in parts if part)}"


def _failures(number: int, error: str) -> str:
    return f"{'failed once' if number == 1 else f'failed {number} times in a row'}: {_plain(error)}"


def span(seconds: float) -> str:
    """A length of time for people: minutes, and hours from two on."""
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"


def _show_health(states: tuple[SourceHealth, ...], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([asdict(state) for state in states], ensure_ascii=False))
        return
    if not states:
        click.echo("no source has run yet: 'chronograph sources list' shows those there are", err=True)
    for state in states:
        click.echo(health_line(state.name, "", state))


def _show_run(detail: RunDetail, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(detail), ensure_ascii=False))
        return
    view = detail.run
    click.echo(f"{view.source} · {view.status} · {_local(view.started)} · {view.seconds or 0:.1f} s · {view.id}")
    if (numbers := _numbers(view)) != _plain(view.error or ""):
        click.echo(numbers)
    if view.error:
        click.echo(f"failed: {_plain(view.error)}")
    for item in detail.items:
        what = f"{item.outcome.value}{f' ({item.reason})' if item.reason else ''}"
        click.echo(f"  {what:<28} {_plain(item.title or '')} {_plain(item.name)}")
        if item.detail:
            click.echo(f"  {'':<28} {_plain(item.detail)}")


def _numbers(view: RunView) -> str:
    numbers = [(view.new, "new"), (view.updated, "updated"), (view.unchanged, "unchanged"), (view.waiting, "waiting")]
    parts = [f"{number} {name}" for number, name in numbers if number]
    parts += [f"{number} skipped: {reason}" for reason, number in view.skipped]
    parts += [f"{number} failed: {reason}" for reason, number in view.failed]
    if view.claims:
        parts.append(f"{view.claims} claims")
    return ", ".join(parts) or (_plain(view.error) if view.error else "nothing new")


def _local(iso: str | None) -> str:
    """A moment as a person at this machine reads it."""
    if not iso:
        return "-"
    moment = datetime.fromisoformat(iso)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone().strftime("%Y-%m-%d %H:%M")


def _plain(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
