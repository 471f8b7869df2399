"""Who an entity is: what it was called when, whom it is made of, and the decisions that join and part entities."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb import queries
from kb.gazetteer import load_gazetteer
from kb.judgement import EntityAnchor, Judgement, Matter, Verdict
from kb.queries import EntityView, MemberView, NameView
from ui import days, judging
from ui.answers import ask
from ui.panels.pick import pick_entity
from ui.text import as_html, as_label

_MOST = 40
_AT_ONCE = 4
"""Names that are shown without being asked for."""
_WIKIDATA = "https://www.wikidata.org/wiki/"


def ids_html(entity: EntityView) -> str:
    """Its id here, and elsewhere where the gazetteer knows it."""
    known = load_gazetteer().get(entity.name)
    item = known.wikidata if known else None
    there = (
        f' · <a href="{_WIKIDATA}{item}" target="_blank" rel="noopener noreferrer nofollow">Wikidata {item}</a>'
        if item
        else ""
    )
    return f"id <code>{as_html(entity.id, 80)}</code>{there}"


def names_html(found: Sequence[NameView]) -> str:
    """The names that articles give it, with the days of the first and the last article."""
    lines = [f"<li>{_name(view)}</li>" for view in found[:_MOST]]
    more = f"<li>and {len(found) - _MOST} more</li>" if len(found) > _MOST else ""
    told = f'<ul class="cg-steps">{"".join(lines)}{more}</ul>'
    if len(found) <= _AT_ONCE:
        return told if found else ""
    return f'<details class="cg-meta"><summary>{len(found)} names over time</summary>{told}</details>'


def show_identity(entity: EntityView) -> None:
    """Closed until somebody wants to decide."""
    with st.container(key="merge-or-split"), st.expander("Merge or split"):
        allowed = bool(judging.show_who())
        _split(entity, allowed=allowed)
        _merge(entity, allowed=allowed)
        _decided(entity)
    judging.show_undo()


def _split(entity: EntityView, *, allowed: bool) -> None:
    own, *others = ask(queries.members, entity.id)
    if not others:
        st.caption("No other entity of the articles is taken for this one.")
        return
    st.html('<h4 class="cg-head">Taken for one</h4>')
    for member in (own, *others):
        with st.container(gap=None, key=f"plain-member-{member.id}"):
            st.html(f'<p class="cg-meta">{_told(member)}</p>')
            if member is not own:
                st.button(
                    "Split off", key=f"split-{member.id}", disabled=not allowed, on_click=judging.decide_entities,
                    args=(Verdict.DIFFERENT, _anchor(own), _anchor(member)), type="tertiary",
                    help=f"{as_label(member.name, 60)} is another than {as_label(own.name, 60)}",
                )  # fmt: skip


def _merge(entity: EntityView, *, allowed: bool) -> None:
    other = pick_entity("The same as", key=f"merge:{entity.id}", without=entity.id)
    st.button(
        f"Merge with {as_label(other.name, 60)}" if other else "Merge",
        key="merge:do",
        disabled=not allowed or other is None,
        on_click=judging.decide_entities,
        args=(Verdict.SAME, _anchor(entity), _anchor(other or entity)),
    )


def _decided(entity: EntityView) -> None:
    """What people decided of it so far, each decision with a way back."""
    ids = {member.id for member in ask(queries.members, entity.id)}
    found = [kept.judgement for kept in judging.stored() if _concerns(kept.judgement, ids)]
    if found:
        st.html('<h4 class="cg-head">Decided</h4>')
    for judgement in reversed(found[-_MOST:]):
        with st.container(gap=None, key=f"plain-kept-{judgement.id}"):
            st.html(f'<p class="cg-meta">{_line(judgement)}</p>')
            st.button(
                "Undo", key=f"back-{judgement.id}", on_click=judging.take_back, args=(judgement.id,),
                disabled=not judging.may_decide(), type="tertiary",
            )  # fmt: skip


def _concerns(judgement: Judgement, ids: set[str]) -> bool:
    sides = (judgement.one, judgement.other)
    return judgement.on is Matter.ENTITY and any(isinstance(s, EntityAnchor) and s.entity in ids for s in sides)


def _line(judgement: Judgement) -> str:
    names = " / ".join(
        as_html(side.name or side.entity, 80)
        for side in (judgement.one, judgement.other)
        if isinstance(side, EntityAnchor)
    )
    why = f" · because {as_html(judgement.why, 200)}" if judgement.why else ""
    who = f"{as_html(judgement.by, 60)}, {as_html(days.in_text(judgement.at[:10]))}"
    return f"<b>{as_html(judgement.verdict.value)}</b>: {names} · {who}{why}"


def _told(member: MemberView) -> str:
    others = [name for name in member.aliases if name != member.name][:6]
    parts = [
        f"<b>{as_html(member.name, 80)}</b>",
        as_html(member.kind),
        f"{member.articles} article{'s' * (member.articles != 1)}",
    ]
    if others:
        parts.append("called " + ", ".join(as_html(name, 60) for name in others))
    if member.because:
        parts.append("because " + "; ".join(as_html(reason, 200) for reason in member.because[:4]))
    return " · ".join(parts)


def _anchor(entity: EntityView | MemberView) -> EntityAnchor:
    return EntityAnchor(entity.id, entity.name)


def _name(view: NameView) -> str:
    span = f"{days.day(view.first)} to {days.day(view.last)}" if view.first != view.last else days.day(view.first)
    return f"<b>{as_html(view.name, 80)}</b>: {span}, {view.articles} article{'s' * (view.articles != 1)}"
