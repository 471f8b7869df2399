"""The form that takes files and an address, and what came of them."""

from __future__ import annotations

import streamlit as st

from kb import queries
from kb.errors import AbortRun, NoStore, UsageError
from ui import access
from ui.answers import look_again, open_store, settings
from ui.intake import ENDINGS, Report, Upload, read_in, web_address
from ui.text import as_label

_MOST_TOLD = 50
_REPORT = "intake:report"
"""Where what came of the last reading is kept until the page, drawn anew, has told it."""


def show_intake() -> None:
    """Draw the form; read what is given when it is sent, by somebody who may."""
    if not access.may(access.Role.ADMIN):
        st.caption(access.refusal(access.Role.ADMIN))
        return
    with st.form("intake", clear_on_submit=True):
        files = st.file_uploader(
            "Files", type=[ending.lstrip(".") for ending in ENDINGS], accept_multiple_files=True,
            help="Articles as text, Markdown, HTML, JSON, JSON Lines or mails.",
        )  # fmt: skip
        address = st.text_input("or an address", placeholder="https://…")
        sent = st.form_submit_button("Read into the graph", type="primary")
    if report := st.session_state.pop(_REPORT, None):
        _tell(report)
    if not sent:
        return
    uploads = [Upload(file.name, file.getvalue()) for file in files]
    if not uploads and not address.strip():
        st.warning("Choose files or give an address first.")
        return
    try:
        st.session_state[_REPORT] = _read(uploads, [web_address(address)] if address.strip() else [])
    except (AbortRun, UsageError) as err:
        st.error(as_label(str(err), 600))
        look_again()
    else:
        look_again()
        st.rerun()


def _read(uploads: list[Upload], addresses: list[str]) -> Report:
    total = len(uploads) + len(addresses)
    before = _articles()
    bar = st.progress(0.0, text="Starting …")

    def tell(seconds: float) -> None:
        """As many articles as the graph has more than before: each that is new counts as one."""
        arrived = max(_articles() - before, 0)
        bar.progress(min(arrived / total, 1.0), text=f"Reading {total} inputs, {arrived} in the graph, {seconds:.0f} s")

    try:
        return read_in(settings(), uploads, addresses, on_wait=tell)
    finally:
        bar.empty()


def _articles() -> int:
    """How many the graph has; none where the first ones are still to make it."""
    try:
        return queries.count_articles(open_store())
    except NoStore:
        return 0


def _tell(report: Report) -> None:
    done = (
        f"{report.new} new, {report.updated} updated, {report.unchanged} unchanged, {report.failed} left out; "
        f"{report.claims} claims"
    )
    (st.warning if report.failed else st.success)(done)
    for problem in report.problems[:_MOST_TOLD]:
        st.caption(as_label(problem, 400))
