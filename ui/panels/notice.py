"""What a page says when there is nothing to show: in plain words, with what to do."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.errors import ChronographError, NoStore, SchemaMismatch, StoreUnavailable
from ui import answers
from ui.text import as_label, plain

MISTAKE = "This page could not be drawn: that is a mistake of the program, not of yours."


def complaints(found: Sequence[str]) -> None:
    """What of the address could not be used."""
    if found:
        st.warning("  \n".join(as_label(complaint, 300) for complaint in found))


def empty_graph(*, here: bool = False) -> None:
    """There are no articles yet; `here`: on the page that takes some.

    Of a moment ago that is not said: whoever has just read articles would take them for lost. The page waits instead.
    """
    if answers.behind():
        answers.look_again()
        st.rerun()
    st.subheader("The graph is empty")
    where = "with the form below" if here else "on the Data page"
    st.write(f"Read some articles into it, {where} or with this command, then reload this page:")
    st.code("chronograph ingest fixtures/articles", language="sh")
    if not here:
        _to_data()


def _to_data() -> None:
    st.page_link("app_pages/data.py", label=":blue[Read articles on the Data page] →")


def nothing_has(text: str, what: str) -> None:
    """Nothing has the words that were searched for."""
    st.info(f"No {what} “{as_label(text, 80)}”. Fewer words find more.")


def behind() -> None:
    """Some of what is shown is of before the last write."""
    if answers.behind():
        st.caption("The graph has just been written to, and counts are being made anew: this page is a moment behind.")


def problem(error: ChronographError) -> None:
    """Something the program could not do for this page."""
    st.error(as_label(str(error), 600))
    if isinstance(error, NoStore):
        st.write("It is made when the first articles are read, on the Data page or with this command; then try again:")
        st.code("chronograph ingest fixtures/articles", language="sh")
        _to_data()
    elif isinstance(error, StoreUnavailable):
        st.write("See whether the store runs, start it if it does not, then try again:")
        st.code("chronograph db status\nchronograph db start", language="sh")
    elif isinstance(error, SchemaMismatch):
        st.write("Do so where Chronograph runs, or serve it with the version of Chronograph that wrote it.")
    st.button("Try again", on_click=answers.forget)


def mistake() -> None:
    """Something the program did wrong on this page; what it was is in the log."""
    st.error(MISTAKE)
    st.write("Try again, or take a filter out of the address. Other pages work on.")
    st.caption("What went wrong is written where `chronograph serve` runs: it belongs into a report of the mistake.")
    st.button("Try again", on_click=answers.forget)


def missing(what: str, id_: str) -> None:
    """The address names something that is not there."""
    st.warning(
        f"There is no {what} `{plain(id_, 60).replace('`', '')}` in this graph. "
        "The link may be cut short, or come from another graph."
    )
