"""What ingestion did, run by run, and how its sources are: from the journal, also while the graph is down."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kb.moment import in_zone
from kb.queries.runs import RunView, SourceHealth, queue_length, runs, source_health
from kb.store.journal import FILE, open_journal
from kb.store.runs import INPUTS
from kb.switched_off import OFF, with_switched_off
from ui import days
from ui.answers import settings
from ui.text import as_label, plain
from ui.today import zone

_MOST = 50
_NONE = "No run yet. Read files on this page, or collect from sources: `chronograph sources --help`."
_NUMBERS = {
    name: st.column_config.NumberColumn(format="localized")
    for name in ("Articles", "To fetch", "New", "Updated", "Unchanged", "Left out", "Claims", "Seconds")
}
_SIGNS = {"ok": "● ok", "failing": "✕ failing", "paused": "⊘ paused", "new": "○ never run", OFF: "– off"}


def show_runs() -> None:
    """Sources with their health, then the latest runs with what was left out and why."""
    if not (settings().data / FILE).exists():
        st.subheader("Runs")
        st.caption(_NONE)
        return
    with open_journal(settings().data) as journal:
        found, waiting = runs(journal, limit=_MOST), queue_length(journal)
        sources = with_switched_off(source_health(journal), settings().sources)
    if sources:
        st.subheader("Sources")
        _table(_sources(sources), "Sources of articles, one a row.")
        for source in [source for source in sources if source.state == "paused"][:5]:
            name = as_label(source.name, 60)
            st.caption(f"{name} is paused: `chronograph sources enable {name}` tries it again.")
    st.subheader("Runs")
    if waiting:
        st.caption(f"{waiting} article{'' if waiting == 1 else 's'} fetched, waiting for the graph.")
    if not found:
        st.caption(_NONE)
        return
    _table(_runs(found), "Runs of ingestion, the newest first.")
    for run in [run for run in found if run.error or run.failed or run.skipped][:5]:
        reasons = [f"{count} × {reason or 'no reason given'}" for reason, count in (*run.failed, *run.skipped)]
        told = as_label("; ".join([*([run.error] if run.error else []), *reasons[:8]]), 500)
        st.caption(f"{_time(run.started)} {as_label(_source(run), 60)}: {told}")


def _table(rows: pd.DataFrame, alt: str) -> None:
    st.dataframe(rows, hide_index=True, column_config=_NUMBERS, placeholder="", alt=alt)


def _sources(sources: tuple[SourceHealth, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Source": [plain(source.name) for source in sources],
            "State": [_SIGNS.get(source.state, source.state) for source in sources],
            "Last success": [_time(source.last_success) for source in sources],
            "Next": [_time(source.next_due if source.state not in ("paused", OFF) else None) for source in sources],
            "Articles": [source.articles for source in sources],
            "To fetch": [source.pending for source in sources],
            "Trouble": [plain(source.error) for source in sources],
        }
    )


def _runs(found: tuple[RunView, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Started": [_time(run.started) for run in found],
            "Source": [_source(run) for run in found],
            "Status": [run.status for run in found],
            "New": [run.new for run in found],
            "Updated": [run.updated for run in found],
            "Unchanged": [run.unchanged for run in found],
            "Left out": [sum(count for _, count in (*run.skipped, *run.failed)) for run in found],
            "Claims": [run.claims for run in found],
            "Seconds": [round(run.seconds, 1) if run.seconds is not None else None for run in found],
        }
    )


def _source(run: RunView) -> str:
    """The source that it collected from, if it was one."""
    return plain(run.source) if run.source and run.source != INPUTS else "files and addresses"


def _time(iso: str | None) -> str:
    """Where the reader is, and which zone that is."""
    if not iso:
        return "–"
    there = in_zone(iso, zone())
    return f"{days.in_text(there.date().isoformat())} {there:%H:%M %Z}"
