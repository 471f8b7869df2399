"""Query: read-only Cypher with limits, examples to start from, and the answer as a table, CSV or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

import pandas as pd
import streamlit as st
import yaml

from kb.config import Settings
from kb.errors import NotFound, QueryRejected, UsageError
from kb.store import QueryResult
from kb.store.saved import forget_query, save_query, saved_queries
from ui import access, address
from ui.answers import ask, look_again, open_store, settings
from ui.components.cypher import paint
from ui.panels import notice
from ui.panels.answer_graph import follow, show_graph
from ui.tables import as_csv
from ui.text import as_label, plain

PAGE = "query"
_LIMITS = [100, 1000, 10_000]
_TIMEOUTS = [5.0, 10.0, 30.0, 60.0]
_KEPT = 20.0
"""Seconds an answer stands."""
_VIEWS = ["Table", "Graph", "JSON"]
_MOST_JSON = 200
"""Rows of an answer that are shown as JSON; the download has them all."""
_LARGEST = 2**53 - 1
"""Up to here a browser knows whole numbers exactly."""
_TEXT = "query:text"
_BOX = "cypher"


def main() -> None:
    """Draw the page. A statement in the address is shown and run: it can only read, and not for long."""
    follow()
    _take_address()
    with st.container(key="query"):
        left, right = st.columns([0.66, 0.34], gap="large")
    with right:
        _saved()
        _examples()
        _schema()
    with left:
        asked, limit, timeout = _editor()
        if asked:
            _answer(asked, limit, timeout)


def _take_address() -> None:
    asked = address.chosen("cypher") or _of_saved() or ""
    if st.session_state.get("query:address") != asked or _TEXT not in st.session_state:
        st.session_state["query:address"] = asked
        st.session_state[_TEXT] = asked


def _of_saved() -> str | None:
    """The statement of the saved query that the address names."""
    id_ = address.chosen("saved")
    return next((query.cypher for query in ask(saved_queries) if query.id == id_), None) if id_ else None


def _editor() -> tuple[str | None, int, float]:
    with st.form("query:form", border=False):
        with st.container(key=_BOX, gap=None):
            st.text_area(
                "Cypher", key=_TEXT, height=190, placeholder="MATCH (e:Event) RETURN e.title, e.first_day LIMIT 20"
            )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            limit = st.selectbox("Rows at most", _LIMITS, index=1, width=140)
            timeout = st.selectbox(
                "Seconds at most", _TIMEOUTS, index=1, width=140, format_func=lambda value: f"{value:g}"
            )
            st.form_submit_button("Run", type="primary", on_click=_run_anew)
    paint(_BOX, label="Cypher", text=st.session_state[_TEXT])
    return address.chosen("cypher") or _of_saved(), limit, timeout


def _run_anew() -> None:
    _result.clear()
    _run()


def _run() -> None:
    text = st.session_state[_TEXT].strip()
    st.session_state["query:address"] = text
    address.choose("saved", None)
    address.choose("cypher", text or None)


def _answer(asked: str, limit: int, timeout: float) -> None:
    try:
        with st.spinner("Asking …"):
            result = _result(settings(), asked, limit, timeout)
    except QueryRejected as err:
        st.error(as_label(str(err), 800))
        st.caption(f"Statements may only read, for {timeout:g} seconds at most. The schema is at the side.")
        return
    _show(result)
    _save(asked)


@st.cache_data(ttl=_KEPT, max_entries=20, show_spinner=False)
def _result(chosen: Settings, asked: str, limit: int, timeout: float) -> QueryResult:  # noqa: ARG001
    """The answer of the store of `chosen`, kept for a moment: another view of it asks nothing anew."""
    return open_store().query(asked, {}, row_limit=limit, timeout=timeout)


def _show(result: QueryResult) -> None:
    if not result.rows:
        st.info("The statement ran and returned no rows.")
        return
    view = _view()
    table = as_table(result)
    if view == "Graph":
        show_graph(result)
    elif view == "JSON":
        st.json(as_json(replace(result, rows=result.rows[:_MOST_JSON])), expanded=2)
    else:
        st.dataframe(
            as_table(result, cell=in_short),
            hide_index=True,
            height="content" if len(table) <= 15 else 520,
            alt="The rows of the answer.",
        )
    more = ", there are more: raise the limit or narrow the statement" if result.truncated else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{len(result.rows):,} row{'s' * (len(result.rows) != 1)}{more}")
        st.download_button("CSV", lambda: as_csv(table), "answer.csv", "text/csv", on_click="ignore")
        st.download_button("JSON", lambda: as_json(result), "answer.json", "application/json", on_click="ignore")


def _view() -> str:
    """How the answer is shown: in the address, so that a picture of it can be shared."""
    field = address.choice("view", _VIEWS, "Table")
    notice.complaints(address.sync(PAGE, [field]))
    return str(
        st.segmented_control(
            "View", _VIEWS, key=address.key(PAGE, field), on_change=address.keep, args=(PAGE, [field]),
            label_visibility="collapsed", required=True,
        )
    )  # fmt: skip


def as_table(result: QueryResult, *, cell: Callable[[object], object] | None = None) -> pd.DataFrame:
    """The answer, a column each: of numbers as such, any other as text, cell by cell, with nested values as JSON, so
    that it may mix what it likes.
    """
    columns = [_column(values, cell or _cell) for values in zip(*result.rows, strict=True)]
    table = pd.concat(columns, axis=1)
    table.columns = pd.Index(_distinct(result.columns))
    return table


def _column(values: Sequence[object], cell: Callable[[object], object]) -> pd.Series:
    kinds = {type(value) for value in values if value is not None}
    if kinds and kinds <= {int, float} and all(map(_is_exact, values)):
        return pd.Series(values, dtype="Int64" if kinds == {int} else "Float64")
    return pd.Series([cell(value) for value in values], dtype=object)


def _is_exact(value: object) -> bool:
    """Whether a browser knows a number with all its digits; what is none counts, too."""
    return value is None or (isinstance(value, int | float) and abs(value) <= _LARGEST)


def as_json(result: QueryResult) -> str:
    """The answer as a list of objects."""
    names = _distinct(result.columns)
    return json.dumps(
        [dict(zip(names, row, strict=True)) for row in result.rows], ensure_ascii=False, indent=2, default=str
    )


def _cell(value: object) -> object:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def in_short(value: object) -> object:
    """A cell to read: a node by its label and name, a relationship by its type and role. Downloads hold them whole."""
    if not isinstance(value, dict) or "properties" not in value:
        return _cell(value)
    properties = value["properties"]
    if "labels" in value:
        name = next((str(properties[key]) for key in ("name", "title", "quote", "id") if properties.get(key)), "")
        return plain(f"(:{':'.join(value['labels'])}) {name}")
    return plain(f"[:{value.get('type', '')}] {properties.get('role', '')}")


def _distinct(columns: tuple[str, ...] | list[str]) -> list[str]:
    return [name if columns.index(name) == at else f"{name} ({at + 1})" for at, name in enumerate(columns)]


def _save(asked: str) -> None:
    if not access.may(access.Role.REVIEWER):
        return
    with st.form("query:save", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.text_input("Keep it in the graph as", placeholder="a title", max_chars=120, width=300)
        if st.form_submit_button("Save"):
            try:
                saved = save_query(open_store(), title, asked, at=datetime.now(UTC).isoformat(timespec="seconds"))
            except (UsageError, QueryRejected) as err:
                st.error(as_label(str(err), 300))
            else:
                look_again()
                st.success(f"Saved. Its address: /query?saved={saved.id}")


def _saved() -> None:
    found = ask(saved_queries)
    if not found:
        return
    st.html('<h3 class="cg-title">Saved</h3>')
    with st.container(gap="xsmall"):
        for query in found:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                st.button(
                    as_label(query.title),
                    key=f"query:saved:{query.id}",
                    on_click=_open_saved,
                    args=(query.id,),
                    type="tertiary",
                )
                if not access.may(access.Role.REVIEWER):
                    continue
                st.button(
                    "✕",
                    key=f"query:drop:{query.id}",
                    on_click=_drop,
                    args=(query.id,),
                    type="tertiary",
                    help=f"Delete “{as_label(query.title)}” from the graph",
                )


def _open_saved(id_: str) -> None:
    address.choose("cypher", None)
    address.choose("saved", id_)


def _drop(id_: str) -> None:
    if not access.may(access.Role.REVIEWER):
        return
    with suppress(NotFound):  # somebody else was quicker
        forget_query(open_store(), id_)
    look_again()


def _examples() -> None:
    st.html('<h3 class="cg-title">Examples</h3>')
    with st.container(gap="xsmall"):
        for at, (title, cypher) in enumerate(examples()):
            st.button(title, key=f"query:example:{at}", on_click=_use, args=(cypher,), type="tertiary")


def _use(cypher: str) -> None:
    st.session_state[_TEXT] = cypher
    _run()


@cache
def examples() -> tuple[tuple[str, str], ...]:
    """Title and statement of each example."""
    data = yaml.safe_load((files(__package__ or "ui.app_pages") / "query_examples.yaml").read_text("utf-8"))
    return tuple((entry["title"], entry["cypher"]) for entry in data)


def _schema() -> None:
    with st.expander("The schema", expanded=True):
        st.code(_SCHEMA, language=None, wrap_lines=True)


_SCHEMA = """\
(:Source {id, name})
  -[:PUBLISHED]-> (:Article {id, url, title, published, language})
(:Article) -[:HAS_VERSION]-> (:Version {id, text, fetched_at})
(:Article) -[:MENTIONS {count}]-> (:Entity {id, kind, name, aliases})
(:Version) -[:STATES]-> (:Claim {id, type, status, title, first_day,
  last_day, precision, basis, time_text, quote, trigger,
  attributed_to, confidence, published, recorded_at})
(:Claim) -[:ABOUT]-> (:Event {id, type, status, title, first_day,
  last_day, precision, claims, sources, first_reported, last_reported,
  due, outcome, slippage})
(:Claim | Event) -[:INVOLVES {role}]-> (:Entity)
(:SavedQuery {id, title, cypher, at})
(:Event) -[:HAS_REVISION]-> (:Revision {seq, status, known_on})
  -[:BECAUSE_OF]-> (:Claim)
(:Event) -[:HAS_STEP]-> (:DeadlineStep {seq, change, due, known_on})
  -[:BECAUSE_OF]-> (:Claim)

Days are text such as '2025-01-19', first and last inclusive;
date(e.first_day) gives a date to reckon with."""


if __name__ == "__main__":
    main()
