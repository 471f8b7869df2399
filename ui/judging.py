"""What a person decides on the page, as judgements in the graph: who, when, why; and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import streamlit as st

from kb.errors import ChronographError, NotFound
from kb.judgement import ClaimAnchor, EntityAnchor, Judgement, Matter, Verdict
from kb.queries import ClaimView
from kb.store.judgements import Stored, anchor_of_event, judge, list_judgements, undo
from ui import access, days
from ui.answers import ask, look_again, open_store
from ui.components.signature import remember_name, remembered_name
from ui.text import as_label

_LAST = "judging:last"
_WHY = "judging:why"
_REFUSED = "judging:refused"
_VERDICTS = {
    Verdict.SAME: "one event", Verdict.DIFFERENT: "not the same event", Verdict.UNSURE: "nobody can tell"
}  # fmt: skip
_ENTITY_VERDICTS = {Verdict.SAME: "one entity", Verdict.DIFFERENT: "another entity"}
NAME = "judging:name"
"""Where the page keeps who decides."""


def who_decides() -> str:
    """The name that judgements bear: of who signed in, else as written into the field; "" for who may not decide."""
    if not may_decide():
        return ""
    return access.mail() or str(st.session_state.get(NAME, "")).strip()


def may_decide() -> bool:
    """Whether who looks at this page may decide anything."""
    return access.may(access.Role.REVIEWER)


def show_who() -> str:
    """The fields for the name and for the reason; returns the name. Without one nothing can be decided."""
    if not may_decide():
        st.caption(access.refusal(access.Role.REVIEWER))
        return ""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="who"):
        if access.mail() is None:
            st.session_state[NAME] = st.text_input(
                "Your name", value=st.session_state.setdefault(NAME, remembered_name()), key="judging:name-field",
                width=180, max_chars=80, help="Every decision is kept with who made it, when, and why.",
            )  # fmt: skip
        st.text_input("Why (for the record)", key=_WHY, width="stretch", max_chars=300)
    name = who_decides()
    if access.mail() is None:
        remember_name(name)
    if not name:
        st.caption("Give your name to decide: every decision is kept with who made it.")
    return name


def anchor(claim: ClaimView) -> ClaimAnchor:
    """How to point at a claim for good."""
    return ClaimAnchor(claim.article, claim.quote, claim.trigger, claim.time_text or "")


def decide_pair(verdict: Verdict, one: ClaimView | str, other: ClaimView | str) -> None:
    """Two claims, or the events of two ids, are the same, are not, or stay open."""
    _decide(
        lambda: [Judgement(Matter.EVENT, verdict, _side(one), _side(other), by=who_decides(), at=_now(), why=_why())],
        told=_VERDICTS.get(verdict, verdict.value),
    )


def decide_entities(verdict: Verdict, one: EntityAnchor, other: EntityAnchor) -> None:
    """Two entities are one, or are not."""
    _decide(
        lambda: [Judgement(Matter.ENTITY, verdict, one, other, by=who_decides(), at=_now(), why=_why())],
        told=_ENTITY_VERDICTS.get(verdict, verdict.value),
    )


def correct(what: ClaimView | str, field: str, value: str) -> None:
    """A claim, or the first of an event, really says that `field` is `value`."""
    _decide(lambda: [_correction(what, field, value)], told=_told(field, value))


def correct_day(day: date, *claims: ClaimView) -> None:
    """Claims really speak of one day, this one."""
    _decide(
        lambda: [_correction(claim, field, day.isoformat()) for claim in claims for field in _ends(claim, day)],
        told=f"it was on {days.day(day.isoformat())}",
    )


def _ends(claim: ClaimView, day: date) -> tuple[str, str]:
    """What to correct first and then, so that no end comes before its beginning."""
    return ("last_day", "first_day") if day.isoformat() > (claim.last_day or "") else ("first_day", "last_day")


def told(judgement: Judgement) -> str:
    """What was decided, in words: 'one event', 'status is denied', 'first day is 19 Jan 2025'."""
    if judgement.field is None:
        named = _VERDICTS if judgement.on is Matter.EVENT else _ENTITY_VERDICTS
        return named.get(judgement.verdict, judgement.verdict.value)
    return _told(judgement.field, judgement.value or "")


def take_back(*ids: str) -> None:
    """Undo judgements."""
    if not may_decide():
        st.toast(access.refusal(access.Role.REVIEWER))
        return
    try:
        for id_ in ids:
            undo(open_store(), id_)
    except NotFound:
        st.toast("That judgement is gone already.")
    except ChronographError as err:
        st.toast(as_label(f"Not undone: {err}", 300))
        return
    else:
        st.toast("Undone.")
    st.session_state.pop(_LAST, None)
    look_again()


def show_undo() -> None:
    """Why the last decision on this page was refused, if it was, and a button that takes back the last one kept."""
    where, why = st.session_state.get(_REFUSED, (None, ""))
    if where == st.query_params.to_dict():
        st.warning(as_label(why, 600))
    last = st.session_state.get(_LAST)
    if last:
        st.button(
            f"Undo: {as_label(last[1])}",
            on_click=take_back,
            args=last[0],
            type="tertiary",
            shortcut="z",
            key="judging:undo",
        )


def stored() -> list[Stored]:
    """All judgements, the latest last."""
    found: list[Stored] = ask(list_judgements)
    return found


def judged_pairs() -> set[frozenset[ClaimAnchor]]:
    """Pairs of claims on which somebody decided, or said that nothing can be decided."""
    return {
        frozenset((kept.judgement.one, kept.judgement.other))
        for kept in stored()
        if isinstance(kept.judgement.one, ClaimAnchor) and isinstance(kept.judgement.other, ClaimAnchor)
    }


def judged_claims() -> set[ClaimAnchor]:
    """Claims that somebody corrected or confirmed."""
    return {
        kept.judgement.one
        for kept in stored()
        if kept.judgement.verdict is Verdict.CORRECT and isinstance(kept.judgement.one, ClaimAnchor)
    }


def _decide(make: Callable[[], Sequence[Judgement]], *, told: str) -> None:
    """Keep the judgements that `make` gives; where that fails, say why and keep the page as it was."""
    if not may_decide():
        st.toast(access.refusal(access.Role.REVIEWER))
        return
    if not who_decides():
        st.toast("Give your name first: every decision is kept with who made it.")
        return
    try:
        made = [judge(open_store(), judgement).id for judgement in make()]
    except ChronographError as err:
        st.session_state[_REFUSED] = (st.query_params.to_dict(), f"Not kept: {err}")
        return
    st.session_state.pop(_REFUSED, None)
    st.session_state[_LAST] = (tuple(made), told)
    st.session_state[_WHY] = ""  # a reason is that of one decision
    st.toast(as_label(f"Kept: {told}"))
    look_again()


def _correction(what: ClaimView | str, field: str, value: str) -> Judgement:
    return Judgement(
        Matter.EVENT, Verdict.CORRECT, _side(what), None, by=who_decides(), at=_now(), why=_why(), field=field,
        value=value,
    )  # fmt: skip


def _told(field: str, value: str) -> str:
    return days.in_text(f"{field.replace('_', ' ')} is {value}")


def _side(what: ClaimView | str) -> ClaimAnchor:
    return anchor(what) if isinstance(what, ClaimView) else anchor_of_event(open_store(), what)


def _why() -> str:
    return str(st.session_state.get(_WHY, "")).strip()


def _now() -> str:
    """So fine that what one person decides twice within a second keeps its order: the later decision holds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
