"""What is new about the deadlines that somebody waits for, by the ledger: those set, moved and settled since.

What was told is kept in the journal for every step of a deadline, by the claim that made it: so a deadline is the same
one after its event was split or merged, and a story that is read late tells nothing that was told before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from ingest.alerts import Alert, Watched, put_within
from kb import queries
from kb.exports.harmless import one_line, web_address
from kb.queries import ClaimView, DeadlineView, EventFilter, EventView
from kb.queries.versions import stated_in
from kb.store import Graph
from kb.store.journal import Journal

_CHANGE: Final = "deadline_change"
_MOST_EVENTS = 5000
_LONGEST_QUOTE = 500
_KEPT: Final = "ledger"
"""Marks what was told as the steps of a ledger."""


def keep_deadline_alerts(journal: Journal, graph: Graph, watched: tuple[Watched, ...], *, at: datetime) -> list[Alert]:
    """What is new about the watched deadlines since the last time, kept for delivery; the first time, nothing is."""
    return [alert for one in watched for alert in _news(journal, graph, one.entity, at)]


def of_nobody(graph: Graph, watched: tuple[Watched, ...], is_news: Callable[[str], bool]) -> dict[str, tuple[str, ...]]:
    """The names that are watched and that nobody in the graph has, each with the names that may be meant.

    These are looked for among all there are, so only for what `is_news`.
    """
    unknown = [one.entity for one in watched if queries.entity_called(graph, one.entity) is None]
    return {name: tuple(view.name for view in queries.entities_like(graph, name)) for name in unknown if is_news(name)}


def _news(journal: Journal, graph: Graph, name: str, at: datetime) -> list[Alert]:
    """In one transaction with what was told: whenever the process dies, nothing is told twice, or never."""
    entity = queries.entity_called(graph, name)
    ledger = queries.deadlines(graph, today=at.date().isoformat(), entity=entity.id) if entity else ()
    changes = _changes(graph, entity.id, ledger) if entity else ()
    with journal.transaction() as connection:
        told = dict(connection.execute("SELECT event, told FROM deadline WHERE watch = ?", (name,)).fetchall())
        connection.execute("DELETE FROM deadline WHERE watch = ?", (name,))
        connection.executemany(
            "INSERT OR IGNORE INTO deadline (watch, event, told) VALUES (?, ?, ?)",
            [
                (name, "", _KEPT),
                *((name, part, _state(one)) for one in ledger for part in _parts(one)),
                *((name, event.id, _days(event)) for event in changes),
            ],
        )
        if told.get("") != _KEPT:
            return []
        news = [
            *_of_ledger(name, ledger, told, _replaced(graph, ledger, told)),
            *(_of_change(graph, name, one) for one in changes if one.id not in told),
        ]
        put_within(connection, news, at)
    return news


def _replaced(
    graph: Graph, ledger: tuple[DeadlineView, ...], told: dict[str, str]
) -> dict[tuple[str | None, str], str]:
    """What was told of deadlines that newer versions of their articles set otherwise, by article and title."""
    parts = {part for one in ledger for part in _parts(one)}
    gone = sorted(part for part in told if part and part not in parts)
    return {place: told[claim] for claim, place in stated_in(graph, gone).items()} if gone and parts else {}


def _of_ledger(
    name: str,
    ledger: tuple[DeadlineView, ...],
    told: dict[str, str],
    replaced: dict[tuple[str | None, str], str],
) -> Iterator[Alert]:
    """Deadlines that are new, or not as they were; one that is told again in other words is not new."""
    known = {one: told[part] for one in ledger for part in _parts(one) if part in told}
    familiar = {(one.due, one.title) for one in known}
    for one in ledger:
        last = one.steps[-1].claim
        before = known.get(one) or replaced.get((last.article, last.title))
        if before is None and (one.due, one.title) not in familiar:
            yield _alert("new deadline", f"new deadline of {name}: {_said(_state(one))}", name, one, None)
        elif before is not None and before != _state(one):
            what = f"deadline of {name} {_how(one, before)}"
            yield _alert("deadline changed", f"{what} (it was {_said(before)})", name, one, before)


def _how(one: DeadlineView, before: str) -> str:
    """How it changed, in the words of its last step."""
    day, _, state = before.partition(", ")
    last = one.steps[-1]
    by = f" by {last.by}" if last.by else ""
    if one.due != day:
        moved = "moved up" if one.due < day else "extended"
        return f"{moved}{by} to {_said(_state(one))}"
    return f"is {_settled(one)}{by}" if _settled(one) != state else f"changed to {_said(_state(one))}"


def _parts(one: DeadlineView) -> list[str]:
    """What a deadline is known by: its event, and the claims that made its steps, the latest last."""
    return [one.event, *(step.claim.id for step in one.steps)]


def _state(one: DeadlineView) -> str:
    return f"{one.due}, {_settled(one)}"


def _said(state: str) -> str:
    return state.removesuffix(", open")


def _settled(one: DeadlineView) -> str:
    """The state; that its day has passed with no report is nobody's news."""
    return "open" if one.state == "passed" else one.state


def _changes(graph: Graph, entity: str, ledger: tuple[DeadlineView, ...]) -> tuple[EventView, ...]:
    """Reports of changes that belong to no deadline in the ledger."""
    dues = {step.due for one in ledger for step in one.steps}
    wanted = EventFilter(entity=entity, types=(_CHANGE,))
    found = queries.timeline(graph, wanted, limit=_MOST_EVENTS)
    return tuple(event for event in found if not {event.first_day, event.last_day} & dues)


def _of_change(graph: Graph, name: str, event: EventView) -> Alert:
    detail = queries.event(graph, event.id)
    said = detail.claims[-1] if detail and detail.claims else None
    text = f"deadline of {name} changed: {_days(event)}: {event.title}"
    told = Alert("deadline changed", text, None, name, event.id, event.title, event.first_day)
    return quoting(told, said) if said else told


def _days(event: EventView) -> str:
    days = event.first_day if event.first_day == event.last_day else f"{event.first_day} to {event.last_day}"
    return f"{days}, {event.status}"


def _alert(kind: str, what: str, name: str, one: DeadlineView, before: str | None) -> Alert:
    told = Alert(kind, f"{what}: {one.title}", None, name, one.event, one.title, one.due, before)
    return quoting(told, one.steps[-1].claim)


def quoting(alert: Alert, claim: ClaimView) -> Alert:
    """The alert with the sentence it rests on and where that stands, also in its text, as a line of its own."""
    url = web_address(claim.url)
    where = [one_line(claim.source, 80) or "outlet not known", claim.published or "no publication date", url]
    line = f"“{one_line(claim.quote, _LONGEST_QUOTE)}” ({', '.join(part for part in where if part)})"
    return replace(
        alert, text=f"{alert.text}\n{line}", quote=claim.quote, outlet=claim.source, published=claim.published, url=url
    )
