"""The command `sources alerts`: who is told of what, and whether that arrives. Nothing slow is imported before."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import click

from kb.config import Settings
from kb.counted import counted
from kb.errors import AbortRun, NotFound
from kb.examples import examples

if TYPE_CHECKING:
    from ingest.alerts import Alerts


@dataclass(frozen=True, slots=True)
class _Waited:
    """An entity whose deadlines somebody waits for, and whom the graph takes it for."""

    entity: str
    name: str | None
    deadlines: int = 0
    open: int = 0
    near: tuple[str, ...] = ()
    """Whom the graph knows by names like it, if by none of this."""


@click.command("alerts", epilog=examples("chronograph sources alerts", "chronograph sources alerts --send"))
@click.option("--send", is_flag=True, help="Send a trial to everybody who is told.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def alerts(settings: Settings, *, send: bool, as_json: bool) -> None:
    """Who is told of failures and deadlines, and whether that works.

    The file is CHRONOGRAPH_ALERTS, or else 'alerts.yml' beside the data folder. Shown is whom of the graph each watched
    name stands for, with the deadlines that are known. With --send the exit code is 1 if a trial did not arrive.
    """
    from ingest.alerts import load_alerts, send_now, trial_alert, ways_of
    from ingest.fetch.policy import Policy

    plan = load_alerts(settings.alerts)
    if not settings.alerts.exists():
        raise NotFound(f"there is no file {settings.alerts}: docs/how-to/run-unattended.md says what to write into it")
    ways = ways_of(plan, Policy(settings.allowed_hosts), proxy=settings.proxy)
    waited, trouble = _waited_for(settings, plan)
    refused = send_now(ways, trial_alert()) if send else []
    if as_json:
        told = {
            "file": str(settings.alerts),
            "ways": [way.name for way in ways],
            "failures": plan.failures,
            "watch": [asdict(one) for one in waited],
            "sent": len(ways) - len(refused) if send else None,
            "errors": [*refused, *filter(None, [trouble])],
        }
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _show(plan, [way.name for way in ways], waited, sent=len(ways) - len(refused) if send else None)
        for error in (*refused, *filter(None, [trouble])):
            click.echo(f"chronograph: {error}", err=True)
    if refused or (send and not ways):
        sys.exit(1)


def _waited_for(settings: Settings, plan: Alerts) -> tuple[list[_Waited], str | None]:
    """What the graph knows of those that are watched; why it cannot be asked, if it cannot."""
    from ingest.clock import utc_now
    from kb import queries
    from kb.store import open_graph

    if not plan.watch:
        return [], None
    found = []
    try:
        with open_graph(settings) as graph:
            for one in plan.watch:
                entity = queries.entity_called(graph, one.entity)
                if entity is None:
                    near = tuple(view.name for view in queries.entities_like(graph, one.entity))
                    found.append(_Waited(one.entity, None, near=near))
                    continue
                known = queries.deadlines(graph, today=utc_now().date().isoformat(), entity=entity.id)
                opened = sum(deadline.state == "open" for deadline in known)
                found.append(_Waited(one.entity, entity.name, len(known), opened))
    except (AbortRun, NotFound) as err:
        return [_Waited(one.entity, None) for one in plan.watch], f"nobody of them is looked up: {err}"
    return found, None


def _show(plan: Alerts, ways: list[str], waited: list[_Waited], *, sent: int | None) -> None:
    click.echo(f"told: {', '.join(ways) or 'nobody; name a webhook or an email'}")
    click.echo(f"failures: {'yes' if plan.failures else 'no'}")
    for one in waited:
        if one.name is None:
            near = f"; the graph knows {', '.join(map(repr, one.near))}" if one.near else ""
            click.echo(f"{one.entity}: nobody is called so yet{near}")
        else:
            taken = "" if one.name == one.entity else f" ({one.name})"
            click.echo(f"{one.entity}{taken}: {counted(one.deadlines, 'deadline')}, {one.open} open")
    if sent is not None:
        click.echo(f"{counted(sent, 'trial')} sent")
