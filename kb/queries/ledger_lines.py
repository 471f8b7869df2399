"""The ledgers of all deadlines, a line each: what a list of thousands needs, without the claims they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kb.fold.ledger import Change, Step, due_of, state_of
from kb.queries.known import Horizon, World
from kb.queries.past import past
from kb.queries.upcoming import most_exact
from kb.queries.views import LedgerLine

if TYPE_CHECKING:
    from kb.store import Graph

Told = tuple[str, str, str]
"""First day, last day and precision of the claim that a step rests on; empty where it has none."""

# Every step of every ledger that runs out on a day or later, a column each; one row.
_STEPS = """
MATCH (e:Event) WHERE e.due >= $since
MATCH (e)-[:HAS_STEP]->(s:DeadlineStep)-[:BECAUSE_OF]->(c:Claim)
RETURN collect(e.id) AS event, collect(e.type) AS type, collect(e.title) AS title, collect(s.seq) AS seq,
       collect(s.change) AS change, collect(s.due) AS due, collect(s.slippage) AS slippage,
       collect(coalesce(c.first_day, '')) AS first_day, collect(coalesce(c.last_day, '')) AS last_day,
       collect(coalesce(c.precision, '')) AS precision
"""


def ledger_lines(
    graph: Graph, *, today: str, since: str | None = None, as_of: str | None = None
) -> tuple[LedgerLine, ...]:
    """One line for each ledger that `deadlines` has, in the same order; `today`, `since` and `as_of` (ISO) as there."""
    horizon, first = Horizon(as_of), since or ""
    (columns,) = graph.read(_STEPS, since=first if horizon.open else "")
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    if horizon.open:
        lines = list(_standing(rows, today))
    else:
        known, today = past(graph, horizon), min(today, as_of or today)
        stands = known.standing
        lines = [*_standing((row for row in rows if row["event"] in stands), today), *_again(known.world, today)]
    return tuple(sorted((line for line in lines if line.due >= first), key=lambda line: (line.due, line.event)))


def _standing(rows: Iterable[dict[str, Any]], today: str) -> Iterator[LedgerLine]:
    ordered = sorted(rows, key=itemgetter("event", "seq"))
    for (event, type_, title), some in groupby(ordered, key=itemgetter("event", "type", "title")):
        told = list(some)
        steps = [Step(Change(row["change"]), row["due"], None, None, row["slippage"], "") for row in told]
        claims = [(row["first_day"], row["last_day"], row["precision"]) for row in told]
        yield _line(event, type_, title, steps=steps, claims=claims, today=today)


def _again(known: World, today: str) -> Iterator[LedgerLine]:
    """Those of what was folded again."""
    for event in known.events:
        steps = known.ledgers.get(event.id)
        if steps:
            told = (known.claim(step.claim) for step in steps)
            claims = [(claim.first_day, claim.last_day, claim.precision) for claim in told]
            yield _line(event.id, event.type, event.title, steps=steps, claims=claims, today=today)


def _line(
    event: str, type_: str, title: str, *, steps: Sequence[Step], claims: Iterable[Told], today: str
) -> LedgerLine:
    due = due_of(steps)
    first_day, precision = most_exact(claims, due)
    return LedgerLine(
        event=event,
        type=type_,
        title=title,
        first_day=first_day,
        due=due,
        precision=precision,
        state=state_of(steps, today=today),
        slippage=steps[-1].slippage,
        moves=len({step.due for step in steps}) - 1,
        steps=len(steps),
    )
