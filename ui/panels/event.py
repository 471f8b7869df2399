"""An event in full: what, when, how sure, who, and every quote it rests on."""

from __future__ import annotations

import streamlit as st

from kb.counted import counted
from kb.fold import MENTIONED
from kb.queries import ActorView, ClaimView, ConflictView, DeadlineView, EventDetail, EventView, RevisionView
from ui import address, days
from ui.components.page import copy_html
from ui.kinds import type_label
from ui.panels.because import because_html
from ui.panels.claim import cite_html, origin_html, show_claims, status_html
from ui.panels.decide import show_decisions
from ui.panels.filters import STORY
from ui.panels.ledger import chain_html, moved_words, state_html, steps_html
from ui.tab import name_tab
from ui.text import as_html, as_label

_BASIS = {
    "explicit": "the full date stands in the text",
    "relative": "worked out from the publication day or another date",
    "context": "taken from another sentence",
}
_MOST_NAMED = 12
_MOST_CUES = 6
_MOST_CONFLICTS = 6


def show_event(
    detail: EventDetail, *, deadline: DeadlineView | None = None, as_of: str | None = None, text: str = ""
) -> None:
    """The panel beside the timeline; `deadline` is the ledger of one, whose history it shows then.

    `as_of` is the day up to which `detail` is told, `text` the words that were searched for: they are marked in quotes.
    """
    event = detail.event
    name_tab(event.title)
    title = f'<h3 class="cg-title">{as_html(event.title)}</h3>{copy_html("Copy link")}'
    st.html(f"{title}{_facts(detail, deadline)}")
    if address.chosen(STORY) is None:
        st.button(
            ":blue[Only its story]", on_click=address.choose, args=(STORY, event.id), type="tertiary", key="only-story"
        )
    _actors(event)
    if history := _history(detail, deadline):
        st.html(history)
    for conflict in detail.conflicts[:_MOST_CONFLICTS]:
        st.html(_conflict(conflict))
    show_decisions(detail, as_of=as_of)
    st.html(f'<h4 class="cg-head">{_count(event)}</h4>{because_html(event.because)}')
    show_claims(detail.claims, as_of=as_of, text=text)
    if detail.mentions:
        st.html('<h4 class="cg-head">Mentioned without a day</h4>')
        show_claims(detail.mentions, as_of=as_of, text=text)


def _facts(detail: EventDetail, deadline: DeadlineView | None) -> str:
    event = detail.event
    dating = _dating(detail)
    words = _distinct(claim.time_text for claim in dating)
    facts = {
        _called(deadline): _ledger(deadline) if deadline else "",
        "Articles say" if deadline else "Status": status_html(event.status) + _cues(detail),
        "Date": days.span_in_words(event.first_day, event.last_day, event.precision),
        "Written as": ", ".join(f"“{as_html(word, 80)}”" for word in words[:5]),
        "Known by": "; ".join(_distinct(_BASIS.get(claim.basis or "", "") for claim in dating)),
        "Type": as_html(type_label(event.type)),
        "Reported": _reported(event),
        "Confidence": _confidence(detail.claims),
    }
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items() if value)
    return f'<dl class="cg-facts">{rows}</dl>'


def _dating(detail: EventDetail) -> tuple[ClaimView, ...]:
    """The claims that tell the days it has, and not those it had before; all of them where its days are of several."""
    event = detail.event
    told = [claim for claim in detail.claims if (claim.first_day, claim.last_day) == (event.first_day, event.last_day)]
    return tuple(told) or detail.claims


def _called(deadline: DeadlineView | None) -> str:
    """What its day is called: what takes effect on a day is no deadline."""
    return "Deadline" if deadline is None or deadline.type == "deadline" else "Day"


def _ledger(deadline: DeadlineView) -> str:
    """What became of it, and the days it stood on."""
    moved = moved_words(deadline)
    return f"{state_html(deadline.state)}<br>{chain_html(deadline)}{f' ({moved})' if moved else ''}"


def _cues(detail: EventDetail) -> str:
    """The words that gave the event the status it has."""
    told = [claim for claim in detail.claims if claim.status == detail.event.status]
    words = _distinct(cue for claim in told for cue in claim.cues)[:_MOST_CUES]
    return f", read from {', '.join(f'“{as_html(word, 60)}”' for word in words)}" if words else ""


def _history(detail: EventDetail, deadline: DeadlineView | None) -> str:
    """How a deadline moved, as its ledger has it; of any other event, how its days and its status changed."""
    if deadline and len(deadline.steps) > 1:
        return f'<h4 class="cg-head">How it changed, by publication day</h4>{steps_html(deadline.steps)}'
    return _revisions(detail) if len(detail.revisions) > 1 else ""


def _conflict(conflict: ConflictView) -> str:
    """Both quotes side by side, and what they differ on."""
    quotes = "".join(
        f'<div><blockquote class="cg-quote">{as_html(claim.quote, 600)}</blockquote><p class="cg-meta">'
        f"<b>{origin_html(claim)}</b> · {cite_html(claim)}</p></div>"
        for claim in (conflict.one, conflict.other)
        if claim
    )
    return (
        f'<h4 class="cg-head">Contradiction on the {as_html(conflict.on)}</h4>'
        f'<p class="cg-meta">{as_html(days.in_text(conflict.says), 300)}</p><div class="cg-sides">{quotes}</div>'
    )


def _distinct(values: object) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))  # type: ignore[attr-defined]


def _reported(event: EventView) -> str:
    if not event.first_reported:
        return ""
    if event.first_reported == event.last_reported:
        return days.day(event.first_reported)
    return f"{days.day(event.first_reported)} to {days.day(event.last_reported)}"


def _confidence(claims: tuple[ClaimView, ...]) -> str:
    values = [claim.confidence for claim in claims]
    low, high = f"{min(values):.0%}", f"{max(values):.0%}"
    return high if low == high else f"{low} to {high}"


def _count(event: EventView) -> str:
    return f"{counted(event.claims, 'claim')} from {counted(event.sources, 'source')}"


def _actors(event: EventView) -> None:
    acting = [actor for actor in event.actors if actor.role != MENTIONED]
    named = [actor for actor in event.actors if actor.role == MENTIONED]
    with st.container(horizontal=True, gap="small", key="plain-event-actors"):
        for actor in acting:
            _actor(actor, role=as_label(actor.role.replace("_", " "), 30))
    if named:
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key="plain-event-named"):
            st.caption("also named", width="content")
            for actor in named[:_MOST_NAMED]:
                _actor(actor)


def _actor(actor: ActorView, *, role: str = "") -> None:
    name = f":blue[{as_label(actor.name, 60)}]"
    st.page_link(
        "app_pages/entities.py",
        label=f":gray[{role}] {name}" if role else name,
        query_params=address.along(entity=actor.id),
    )


def _revisions(detail: EventDetail) -> str:
    quotes = {claim.id: claim.quote for claim in detail.elsewhere}
    steps = "".join(
        f"<li><b>{days.day(step.known_on)}</b> {status_html(step.status)} "
        f"{days.span(step.first_day, step.last_day, detail.event.precision)}"
        f"{_reason(step, quotes.get(step.claim, ''))}</li>"
        for step in detail.revisions
    )
    return f'<h4 class="cg-head">How it changed, by publication day</h4><ol class="cg-steps">{steps}</ol>'


def _reason(step: RevisionView, quote: str) -> str:
    """What another event did to this one, with its quote."""
    if not step.because:
        return ""
    told = f'<blockquote class="cg-quote">{as_html(quote, 600)}</blockquote>' if quote else ""
    return f'<p class="cg-meta">{as_html(step.because, 300)}</p>{told}'
