"""Review: what the program is unsure of, one after the other, decided by keys, each decision with a way back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import streamlit as st

from kb import queries
from kb.judgement import Anchor, ClaimAnchor, Judgement, Verdict, dump_lines
from kb.model import Status
from kb.queries import ClaimView, ConflictView, EventFilter, EventView, Twins
from ui import address, days, judging
from ui.address import Field
from ui.answers import ask
from ui.panels import notice
from ui.panels.claim import show_claim, status_html
from ui.panels.filters import YEARS
from ui.panels.who import choose_entity, entity_field
from ui.statuses import look
from ui.text import as_html, as_label

PAGE = "review"
_QUEUES = {
    "conflicts": "Contradictions",
    "twins": "Possible duplicates",
    "flags": "Flags",
    "doubts": "Low confidence",
    "decided": "Decided",
}
_FLAGS = {
    "weekday": "The weekday and the date do not fit",
    "arithmetic": "The numbers do not add up",
    "office": "Not in office on that day",
}
"""What is wrong with a claim that cannot be right as it stands."""
_MOST = 200
"""Of a queue, how many are looked up at once."""


@dataclass(frozen=True, slots=True)
class _Key:
    """A way to decide: a button, its key, and what it does."""

    label: str
    shortcut: str
    act: Callable[..., None]
    args: tuple[object, ...]
    decides: bool = True


def main() -> None:
    """Draw the queue that the address names, and its first item."""
    if not ask(queries.holds_articles):
        notice.empty_graph()
        return
    fields = [address.choice("queue", list(_QUEUES), "conflicts"), address.text("q"), entity_field()]
    notice.complaints(address.sync(PAGE, fields))
    queue = st.segmented_control(
        "Queue", list(_QUEUES), key=address.key(PAGE, fields[0]), format_func=_QUEUES.__getitem__,
        on_change=address.keep, args=(PAGE, fields), label_visibility="collapsed", required=True,
    )  # fmt: skip
    if queue == "decided":
        _decided()
        return
    among = _narrowed(fields)
    judging.show_who()
    {"conflicts": _conflicts, "twins": _twins, "flags": _flags, "doubts": _doubts}[str(queue)](among)
    judging.show_undo()


def _narrowed(fields: list[Field]) -> frozenset[str] | None:
    """The events that have the words and the entity a person asked for, or None if nothing was asked."""
    _, words, who = fields
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom", key="filters"):
        st.text_input(
            "Search", key=address.key(PAGE, words), placeholder="words, “a phrase”", type="search", width=220,
            help="In titles, names and quotes of the events.", on_change=address.keep, args=(PAGE, fields),
        )  # fmt: skip
        choose_entity(PAGE, who, fields, width=220)
        text, entity = (st.session_state[address.key(PAGE, field)] for field in (words, who))
        st.button("Clear", on_click=_clear, args=(fields,), disabled=not (text.strip() or entity))
    if not (text.strip() or entity):
        return None
    return frozenset(ask(queries.marks, EventFilter(entity=entity, text=text.strip() or None)).id)


def _clear(fields: list[Field]) -> None:
    for field in fields[1:]:
        st.session_state[address.key(PAGE, field)] = field.empty
    address.keep(PAGE, fields)


def _conflicts(among: frozenset[str] | None) -> None:
    judged = judging.judged_pairs()
    found = ask(queries.conflicts, among=among, limit=_limit(judged))
    queue = [
        one
        for one in found
        if one.other
        and frozenset((judging.anchor(one.one), judging.anchor(one.other))) not in judged
        and not _skipped(_name(one))
    ]
    if _head(len(queue), "contradiction", "contradictions", more=len(found) >= _limit(judged)):
        _conflict(queue[0])


def _name(conflict: ConflictView) -> str:
    return f"{conflict.one.id}:{conflict.other.id if conflict.other else conflict.on}"


def _conflict(conflict: ConflictView) -> None:
    says = as_html(days.in_text(conflict.says), 300)
    st.html(f'<h3 class="cg-title">Sources disagree on the {as_html(conflict.on)}</h3><p class="cg-meta">{says}</p>')
    pair = [claim for claim in (conflict.one, conflict.other) if claim]
    for side, claim, key in zip(st.columns(2, gap="medium"), pair, ("left", "right"), strict=False):
        with side:
            st.html(f'<h4 class="cg-head">{days.span(claim.first_day, claim.last_day, claim.precision)}</h4>')
            show_claim(claim, key=key)
            _event_link(claim)
    _keys(
        [
            _Key("Not the same event", "d", judging.decide_pair, (Verdict.DIFFERENT, *pair)),
            _Key("One event, told differently", "e", judging.decide_pair, (Verdict.SAME, *pair)),
            _Key("Cannot tell", "u", judging.decide_pair, (Verdict.UNSURE, *pair)),
            _Key("Later", "s", _skip, (_name(conflict),), decides=False),
        ]
    )


def _event_link(claim: ClaimView) -> None:
    if claim.event:
        label = f"Event: :blue[{as_label(claim.title, 90)}] →"
        with st.container(key=f"plain-event-{claim.id}"):
            st.page_link("app_pages/timeline.py", label=label, query_params={"event": claim.event})


def _flags(among: frozenset[str] | None) -> None:
    judged = judging.judged_claims()
    found = [one for kind in _FLAGS for one in ask(queries.conflicts, on=kind, among=among, limit=_limit(judged))]
    queue = [
        one for one in found if one.other is None and judging.anchor(one.one) not in judged and not _skipped(_name(one))
    ]
    if _head(
        len(queue),
        "claim that cannot be right as it stands",
        "claims that cannot be right as they stand",
        more=len(found) >= _limit(judged),
    ):
        _flag(queue[0])


def _flag(flag: ConflictView) -> None:
    claim = flag.one
    when = days.span(claim.first_day, claim.last_day, claim.precision)
    st.html(
        f'<h3 class="cg-title">{as_html(_FLAGS.get(flag.on, flag.on))}</h3>'
        f'<p class="cg-meta">{as_html(_sentence(days.in_text(flag.says)), 300)} · read as {when}</p>'
    )
    show_claim(claim, key="flag")
    _event_link(claim)
    day = st.date_input("The day it really was", value=None, key=f"{PAGE}:day:{claim.id}", width=180, **YEARS)
    _keys(
        [
            _Key("Leave it as it is", "y", judging.correct, (claim, "status", claim.status)),
            *([_Key(f"It was on {days.day(day.isoformat())}", "w", judging.correct_day, (day, claim))] if day else []),
            _Key("It did not happen", "n", judging.correct, (claim, "status", Status.DENIED.value)),
            _Key("Later", "s", _skip, (_name(flag),), decides=False),
        ]
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _twins(among: frozenset[str] | None) -> None:
    judged = {frozenset((_first(kept.judgement), _second(kept.judgement))) for kept in judging.stored()}
    found = ask(queries.possible_twins, among=among, limit=_limit(judged))
    queue = [
        twins
        for twins in found
        if not _skipped(f"{twins.one.id}:{twins.other.id}")
        if frozenset(map(judging.anchor, twins.claims)) not in judged
    ]
    more = len(found) >= _limit(judged)
    if _head(len(queue), "pair of possible duplicates", "pairs of possible duplicates", more=more):
        _pair(queue[0], queue[0].claims)


def _first(judgement: Judgement) -> object:
    return judgement.one


def _second(judgement: Judgement) -> object:
    return judgement.other


def _pair(twins: Twins, claims: tuple[ClaimView, ClaimView]) -> None:
    left, right = st.columns(2, gap="medium")
    for side, event, claim, key in ((left, twins.one, claims[0], "left"), (right, twins.other, claims[1], "right")):
        with side:
            st.html(f'<h3 class="cg-title">{as_html(event.title)}</h3><p class="cg-meta">{_told(event)}</p>')
            show_claim(claim, key=key)
    _keys(
        [
            _Key("The same event", "e", judging.decide_pair, (Verdict.SAME, *claims)),
            _Key("Two events", "d", judging.decide_pair, (Verdict.DIFFERENT, *claims)),
            _Key("Cannot tell", "u", judging.decide_pair, (Verdict.UNSURE, *claims)),
            _Key("Later", "s", _skip, (f"{twins.one.id}:{twins.other.id}",), decides=False),
        ]
    )


def _told(event: EventView) -> str:
    names = list(dict.fromkeys(actor.name for actor in event.actors))  # once, whatever its roles
    actors = ", ".join(as_html(name, 60) for name in names[:6])
    when = days.span(event.first_day, event.last_day, event.precision)
    return " · ".join(filter(None, [status_html(event.status), when, actors]))


def _doubts(among: frozenset[str] | None) -> None:
    judged = judging.judged_claims()
    found = ask(queries.doubtful_claims, among=among, limit=_limit(judged))
    queue = [claim for claim in found if judging.anchor(claim) not in judged and not _skipped(claim.id)]
    if not _head(len(queue), "claim of low confidence", "claims of low confidence", more=len(found) >= _limit(judged)):
        return
    claim = queue[0]
    when = days.span(claim.first_day, claim.last_day, claim.precision)
    st.html(f'<h3 class="cg-title">{as_html(claim.title)}</h3><p class="cg-meta">{when}</p>')
    show_claim(claim, key="doubt")
    others = [status for status in Status if status != claim.status]
    _keys(
        [
            _Key(f"{look(claim.status).label} is right", "y", judging.correct, (claim, "status", claim.status)),
            *(
                _Key(f"It is {status.value}", str(at), judging.correct, (claim, "status", status.value))
                for at, status in enumerate(others, 1)
            ),
            _Key("Later", "s", _skip, (claim.id,), decides=False),
        ]
    )


def _decided() -> None:
    found = judging.stored()
    if not found:
        st.info("Nothing was decided yet.")
        return
    st.download_button(
        "Download all", _file, "judgements.jsonl", "application/x-ndjson", on_click="ignore",
        help="For `chronograph judge import`, into another data folder or a new one.",
    )  # fmt: skip
    for at, kept in enumerate(reversed(found[-200:])):
        judgement = kept.judgement
        with st.container(gap=None, key=f"plain-decided-{at}"):
            st.html(f'<p class="cg-meta">{_line(judgement)}{_waiting(kept.missing)}</p>')
            st.button(
                "Undo", key=f"undo-{judgement.id}", on_click=judging.take_back, args=(judgement.id,),
                disabled=not judging.may_decide(), type="tertiary",
            )  # fmt: skip


def _file() -> str:
    return "".join(f"{line}\n" for line in dump_lines(kept.judgement for kept in judging.stored()))


def _line(judgement: Judgement) -> str:
    told = judging.told(judgement)
    words = " / ".join(_side(side) for side in (judgement.one, judgement.other) if side)
    why = f" · because {as_html(judgement.why, 200)}" if judgement.why else ""
    when = as_html(days.in_text(judgement.at[:10]))
    return f"<b>{as_html(told)}</b> · {as_html(judgement.by, 60)}, {when}{why}<br>{words}"


def _side(side: Anchor) -> str:
    """An entity's name, or a quote with the word in it that names the event: one sentence may tell of two."""
    if isinstance(side, ClaimAnchor):
        return f"“{as_html(side.quote, 110)}” (“{as_html(side.trigger, 40)}”)"
    return f"“{as_html(side.name or side.entity, 110)}”"


def _waiting(missing: tuple[str, ...]) -> str:
    return f"<br>waits for {as_html(', '.join(missing), 200)}" if missing else ""


def _head(count: int, one: str, many: str, *, more: bool) -> bool:
    """How much is left; `more`: there may be others, which were not looked up yet."""
    least = "At least " if more else ""
    st.caption(f"{least}{count:,} {one if count == 1 else many} to look at" if count else f"No {many} left to look at.")
    return count > 0


def _keys(keys: list[_Key]) -> None:
    allowed = bool(judging.who_decides())
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="decisions"):
        for key in keys:
            st.button(
                as_label(key.label, 60), key=f"{PAGE}:{key.shortcut}", shortcut=key.shortcut, on_click=key.act,
                args=key.args, disabled=key.decides and not allowed, type="secondary" if key.decides else "tertiary",
            )  # fmt: skip


def _limit(judged: Collection[object]) -> int:
    """How many to look up of a queue: those that somebody decided or put off are still in it."""
    return _MOST + len(judged) + len(st.session_state.get(f"{PAGE}:skipped", ()))


def _skip(name: str) -> None:
    st.session_state.setdefault(f"{PAGE}:skipped", set()).add(name)


def _skipped(name: str) -> bool:
    return name in st.session_state.get(f"{PAGE}:skipped", set())


if __name__ == "__main__":
    main()
