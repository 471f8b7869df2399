"""The command `withdraw`: an article that no longer stands, with all that it claims; and back again."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kb.cli.judge import BY
from kb.cli.opened import open_store
from kb.cli.options import FORMAT, now
from kb.config import Settings
from kb.errors import UsageError
from kb.examples import examples

if TYPE_CHECKING:
    from kb.store.withdrawing import Withdrawn


@click.command(
    epilog=examples(
        'chronograph withdraw https://outlet.example/story --because "retracted by the outlet"',
        "chronograph withdraw --undo https://outlet.example/story",
    )
)
@click.argument("names", metavar="ID|URL", nargs=-1, required=True)
@click.option("--because", metavar="REASON", help="Why, for the record; required without --undo.")
@BY
@click.option("--undo", is_flag=True, help="Take the withdrawal back.")
@FORMAT
@click.pass_obj
def withdraw(
    settings: Settings, *, names: tuple[str, ...], because: str | None, by: str, undo: bool, format_: str
) -> None:
    """Withdraw articles, or take a withdrawal back.

    Articles are named by id or address. What they claim leaves the timeline and stays in the history. Days before the
    withdrawal still show it (--as-of, --recorded-by). An article that is ingested again with the same text stays
    withdrawn; with another text it stands again.
    """
    from kb.store.withdrawing import reinstate
    from kb.store.withdrawing import withdraw as take_out

    if not undo and not because:
        raise UsageError("give a reason: --because 'retracted by the outlet'")
    with open_store(settings) as graph:
        done = reinstate(graph, names) if undo else take_out(graph, names, at=now(), by=by, because=because or "")
    if format_ == "json":
        click.echo(json.dumps([asdict(one) for one in done], ensure_ascii=False))
        return
    for one in done:
        click.echo(_told(one, undo=undo))


def _told(one: Withdrawn, *, undo: bool) -> str:
    title = "".join(char if char.isprintable() else " " for char in one.title or "without a title")
    name = f"“{title}” ({one.article})"
    if one.already:
        return f"{name} {'is not withdrawn' if undo else 'was already withdrawn'}: nothing changed"
    if undo:
        return f"reinstated {name}: claims back on the timeline: {one.claims}; their events: {len(one.fewer)}"
    return (
        f"withdrew {name}: claims that left the timeline: {one.claims}; events left with fewer claims: "
        f"{len(one.fewer)}; events removed: {len(one.gone)}"
    )
