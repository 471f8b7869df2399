"""The history of a deadline: one line a step, the days it stood on as a chain, and what it has come to."""

from __future__ import annotations

from collections.abc import Sequence

from kb.queries import DeadlineView, StepView, due_days
from ui import days
from ui.kinds import type_label
from ui.states import state_look
from ui.text import as_html, original_html

_CHANGES = {
    "set": "set", "extended": "put off", "moved-up": "moved up", "stayed": "stayed", "waived": "waived",
    "lapsed": "lapsed", "met": "met", "missed": "missed", "in-effect": "took effect",
}  # fmt: skip
_MOVING = ("set", "extended", "moved-up")


def state_html(state: str) -> str:
    """What became of a deadline, with its shape and colour."""
    seen = state_look(state)
    return f'<span class="cg-status cg-{seen.colour}"><span aria-hidden="true">{seen.glyph}</span> {seen.label}</span>'


def kind_words(deadline: DeadlineView) -> str:
    """'Law takes effect: ' for what is no deadline but has a day that moved; nothing for a deadline."""
    return "" if deadline.type == "deadline" else f"{type_label(deadline.type)}: "


def moved_words(deadline: DeadlineView) -> str:
    """'moved twice, 60 days later than first set'; nothing for one that stands where it was set."""
    moves = len(days_of(deadline.steps)) - 1
    if moves < 1:
        return ""
    often = {1: "once", 2: "twice"}.get(moves, f"{moves} times")
    return f"moved {often}, {_slip(deadline.slippage)}"


def fate_words(deadline: DeadlineView) -> str:
    """'moved twice, 60 days later than first set: 5 Apr 2025, open'."""
    stands = f"{due_words(deadline.steps, deadline.due)}, {state_look(deadline.state).label.lower()}"
    return f"{moved_words(deadline)}: {stands}"


def _slip(days_: int) -> str:
    """How far a deadline has gone from where it stood at first."""
    if not days_:
        return "back to the day first set"
    many = f"{abs(days_):,} day{'s' * (abs(days_) != 1)}"
    return f"{many} {'later' if days_ > 0 else 'earlier'} than first set"


def days_of(steps: Sequence[StepView]) -> tuple[str, ...]:
    """The days it was due on, in the order in which they became known."""
    return tuple(dict.fromkeys(step.due for step in steps))


def due_words(steps: Sequence[StepView], due: str) -> str:
    """A due day as exactly as articles put it: '19 Jan 2025', or '2027' where all they say is that year."""
    first_day, precision = due_days(steps, due)
    return days.span(first_day, due, precision)


def chain_html(deadline: DeadlineView) -> str:
    """The days one after the other, those of the past struck through."""
    known = days_of(deadline.steps)
    stops = [f"<s>{due_words(deadline.steps, day)}</s>" for day in known if day != deadline.due]
    arrow = ' <span aria-hidden="true">→</span><span class="cg-unseen"> then </span> '
    return arrow.join([*stops, f"<b>{due_words(deadline.steps, deadline.due)}</b>"])


def steps_html(steps: Sequence[StepView], *, quotes: bool = False) -> str:
    """Every step: when it became known, what it did, who did it and who reported it; with `quotes`, in which words."""
    told = (_step(step, due_words(steps, step.due), quotes=quotes) for step in steps)
    return f'<ol class="cg-steps">{"".join(told)}</ol>'


def _step(step: StepView, due: str, *, quotes: bool) -> str:
    known = days.day(step.known_on) if step.known_on else "day unknown"
    to = f" {'for' if step.change == 'set' else 'to'} {due}" if step.change in _MOVING else ""
    late = f" ({_slip(step.slippage)})" if step.slippage and step.change in _MOVING else ""
    by = f" by {as_html(step.by, 80)}" if step.by else ""
    source = original_html(step.claim.source, step.claim.url)
    told = f"<b>{_CHANGES.get(step.change, as_html(step.change))}</b>{to}{late}{by}"
    words = f'<blockquote class="cg-quote">{as_html(step.claim.quote, 600)}</blockquote>' if quotes else ""
    return f'<li>{told} <span class="cg-aside">{source}, {known}</span>{words}</li>'
