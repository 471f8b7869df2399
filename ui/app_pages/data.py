"""Data: what the graph holds, where it is, and which versions work on it."""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import streamlit as st

from kb import queries
from kb.errors import NoStore
from kb.queries import EventDays, Overview
from ui import access, days
from ui.answers import ask, forget, open_store, settings
from ui.kinds import type_label
from ui.panels import notice
from ui.panels.choice import tall
from ui.panels.claim import status_html
from ui.panels.intake import show_intake
from ui.panels.runs import show_runs
from ui.statuses import look
from ui.text import as_html

_COLUMNS = {"Events": st.column_config.NumberColumn(format="localized")}


def main() -> None:
    """Draw the page."""
    overview = _overview()
    if overview and overview.articles:
        _counts(overview)
        _tables(overview)
        show_runs()
        st.subheader("Read articles")
        show_intake()
    else:
        notice.empty_graph(here=True)
        show_intake()
        show_runs()
    if access.may(access.Role.ADMIN):
        st.subheader("Settings and versions")
        store = {"Store": open_store().describe()} if overview else {}
        st.html(_facts({**store, **_settings(), "Versions": _versions()}))
    st.button("Read again", on_click=forget, help="Drop what is kept and ask the graph anew.")


def _overview() -> Overview | None:
    """What the graph holds; None where nothing was ever read, so that there is none."""
    try:
        found: Overview = ask(queries.overview)
    except NoStore:
        return None
    return found


def _counts(overview: Overview) -> None:
    with st.container(horizontal=True, gap="large", key="counts"):
        for label, value in (
            ("Articles", overview.articles),
            ("Sources", overview.sources),
            ("Claims", overview.claims),
            ("Undated claims", overview.undated),
            ("Events", overview.events),
            ("Entities", overview.entities),
        ):
            st.metric(label, f"{value:,}", width="content")
    if told := _span(ask(queries.event_days)):
        st.caption(told)


def _span(found: EventDays) -> str:
    """When events begin; a few that lie far from all others do not stretch it."""
    if not found.first:
        return ""
    told = f"Events from {days.day(found.first)} to {days.day(found.last)}"
    if not found.apart:
        return told
    last = f" to {days.day(found.last_apart)}" if found.last_apart != found.first_apart else ""
    return f"{told}, and {found.apart:,} far from these: {days.day(found.first_apart)}{last}"


def _tables(overview: Overview) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Events by type")
        types = [(type_label(name), count) for name, count in overview.types]
        st.dataframe(_named(types, "Type"), hide_index=True, height=tall(len(types)), column_config=_COLUMNS)
    with right:
        st.subheader("Events by status")
        rows = [(f"{look(name).glyph} {look(name).label}", count) for name, count in overview.statuses]
        st.dataframe(_named(rows, "Status"), hide_index=True, column_config=_COLUMNS)
        st.html(f'<p class="cg-legend">{_legend(overview)}</p>')


def _named(rows: list[tuple[str, int]], name: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[name, "Events"])


def _legend(overview: Overview) -> str:
    return "<br>".join(f"{status_html(name)}: {as_html(look(name).meaning)}" for name, _ in overview.statuses)


def _settings() -> dict[str, str]:
    """What `kb.config` was told from outside, but for passwords."""
    chosen = settings()
    server = chosen.neo4j
    return {
        **({"Server": f"{server.uri}, user {server.user}, database {server.database}"} if server else {}),
        "Data folder": str(chosen.data),
        "Sources": _on_disk(chosen.sources, "none yet: see chronograph sources --help"),
        "Alerts": _on_disk(chosen.alerts, "none yet: nobody is told of anything"),
        "Language model": chosen.model,
        "Own gazetteer": str(chosen.gazetteer or "none"),
        "Contact": chosen.contact or "none: sites that are fetched from are not told who asks",
        "Allowed hosts": ", ".join(sorted(chosen.allowed_hosts)) or "none but those of the public web",
        "Time zone": chosen.timezone or "that of the browser",
    }


def _on_disk(path: Path, missing: str) -> str:
    return str(path) if path.exists() else f"{path} ({missing})"


def _versions() -> str:
    names = ("chronograph", "streamlit", "neo4j", "arcadedb-embedded")
    return ", ".join([*(f"{name} {version(name)}" for name in names), f"Python {platform.python_version()}"])


def _facts(facts: dict[str, str]) -> str:
    rows = "".join(f"<dt>{name}</dt><dd>{as_html(value, 400)}</dd>" for name, value in facts.items())
    return f'<dl class="cg-facts">{rows}</dl>'


if __name__ == "__main__":
    main()
