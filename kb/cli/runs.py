"""The command `runs`: what ingestion did, run by run, and how its sources are."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kb.cli.options import FORMAT
from kb.config import Settings
from kb.counted import counted
from kb.errors import NotFound, UsageError
from kb.examples import examples
from kb.moment import at_minute
from kb.switched_off import OFF, with_switched_off

if TYPE_CHECKING:
    from kb.queries.runs import RunDetail, RunView, SourceHealth


@click.command(epilog=examples("chronograph runs", "chronograph runs --health", "chronograph runs run1a2b3c4d"))
@click.argument("run_id", metavar="[ID]", required=False)
@click.option("--source", metavar="NAME", help="Only this source.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="At most this many runs.")
@click.option("--health", is_flag=True, help="One line for each source instead: last success, next time, error.")
@FORMAT
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.pass_obj
def runs(
    settings: Settings,
    *,
    run_id: str | None,
    source: str | None,
    limit: int,
    health: bool,
    format_: str,
    as_json: bool,
) -> None:
    """What each run of ingestion did, the newest first.

    With an ID, one of them with every article it touched. This works while the graph is down. With --health the exit
    code is 1 if a source is failing or paused, unless it is disabled or its file is gone.
    """
    from kb.queries import runs as queries
    from kb.store.journal import FILE, open_journal

    if run_id and (source or health):
        raise UsageError(f"{run_id!r} is one run, shown in full: leave out {'--source' if source else '--health'}")
    zone, as_json = settings.timezone, as_json or format_ == "json"
    if not run_id and not (settings.data / FILE).exists():
        _show_health((), zone=zone, as_json=as_json) if health else _show_runs((), zone=zone, as_json=as_json)
        return
    with open_journal(settings.data) as journal:
        if run_id:
            detail = queries.run(journal, run_id)
            if detail is None:
                raise NotFound(f"there is no run {run_id!r}: 'chronograph runs' lists them")
            _show_run(detail, zone=zone, as_json=as_json)
            return
        if health:
            states = with_switched_off(queries.source_health(journal), settings.sources)
            states = tuple(state for state in states if source in (None, state.name))
        else:
            found = queries.runs(journal, source=source, limit=limit)
        if source and not (states if health else found):
            names = ", ".join(sorted({view.source for view in queries.runs(journal, limit=10_000)})) or "none yet"
            raise NotFound(f"there is no run of a source {source!r} (sources that have run: {names})")
        waiting = queries.queue_length(journal)
    if health:
        _show_health(states, zone=zone, as_json=as_json)
        sys.exit(1 if any(state.state in ("failing", "paused") for state in states) else 0)
    _show_runs(found, zone=zone, as_json=as_json)
    if waiting and not as_json:
        click.echo(f"{counted(waiting, 'article is', 'articles are')} waiting on disk for the graph", err=True)


def health_by_name(settings: Settings) -> dict[str, SourceHealth]:
    """How each source that ever ran is; nothing if none did."""
    from kb.queries.runs import source_health
    from kb.store.journal import FILE, open_journal

    if not (settings.data / FILE).exists():
        return {}
    with open_journal(settings.data) as journal:
        return {state.name: state for state in source_health(journal)}


def health_line(name: str, kind: str, state: SourceHealth | None, *, zone: str | None, disabled: bool = False) -> str:
    """One line on one source, its times in an IANA `zone` or in that of this machine."""
    if disabled or (state and state.state == OFF):
        return f"{name:<28} {kind:<8} off"
    if state is None or state.state == "new":
        return f"{name:<28} {kind:<8} new: never run"
    parts = [
        f"last success {at_minute(state.last_success, zone)}" if state.last_success else "no success yet",
        f"next {at_minute(state.next_due, zone)}" if state.next_due and state.state != "paused" else "",
        f"every {span(state.interval)}" if state.interval and state.state != "paused" else "",
        counted(state.articles, "page") if state.articles else "",
        f"{state.pending} to fetch" if state.pending else "",
        f"{state.waiting} waiting for the graph" if state.waiting else "",
        _failures(state) if state.failures else "",
    ]
    return f"{name:<28} {kind:<8} {state.state}: {', '.join(part for part in parts if part)}"


def _failures(state: SourceHealth) -> str:
    error = _plain(state.error or "")
    if state.state == "paused":
        return error  # it says how often
    return f"{'failed once' if state.failures == 1 else f'failed {state.failures} times in a row'}: {error}"


def span(seconds: float) -> str:
    """A length of time for people: minutes, and hours from two on."""
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"


def _show_runs(found: tuple[RunView, ...], *, zone: str | None, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([asdict(view) for view in found], ensure_ascii=False))
        return
    if not found:
        click.echo("no runs yet: start one with 'chronograph ingest' or 'chronograph watch'", err=True)
    for view in found:
        click.echo(
            f"{view.id[:10]}  {at_minute(view.started, zone)}  {view.status:<11} {view.source:<24} {_outcome(view)}"
        )


def _show_health(states: tuple[SourceHealth, ...], *, zone: str | None, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([asdict(state) for state in states], ensure_ascii=False))
        return
    if not states:
        click.echo("no source has run yet: 'chronograph sources list' shows your sources", err=True)
    for state in states:
        click.echo(health_line(state.name, "", state, zone=zone))


def _show_run(detail: RunDetail, *, zone: str | None, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(detail), ensure_ascii=False))
        return
    view = detail.run
    began = at_minute(view.started, zone)
    click.echo(f"{view.source} · {view.status} · {began} · {view.seconds or 0:.1f} s · {view.id}")
    if numbers := _numbers(view) or ("" if view.error else "nothing new"):
        click.echo(numbers)
    if view.error:
        click.echo(f"failed: {_plain(view.error)}")
    for item in detail.items:
        what = f"{item.outcome.value}{f' ({item.reason})' if item.reason else ''}"
        click.echo(f"  {what:<28} {' '.join(_plain(part) for part in (item.title, item.name) if part)}")
        if item.detail:
            click.echo(f"  {'':<28} {_plain(item.detail)}")


def _outcome(view: RunView) -> str:
    return "; ".join(filter(None, [_numbers(view), _plain(view.error or "")])) or "nothing new"


def _numbers(view: RunView) -> str:
    numbers = [(view.new, "new"), (view.updated, "updated"), (view.unchanged, "unchanged"), (view.waiting, "waiting")]
    parts = [f"{number} {name}" for number, name in numbers if number]
    parts += [f"{number} skipped: {reason}" for reason, number in view.skipped]
    parts += [f"{number} failed: {reason}" for reason, number in view.failed]
    if view.claims:
        parts.append(counted(view.claims, "claim"))
    return ", ".join(parts)


def _plain(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
