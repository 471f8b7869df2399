"""One open graph for the whole server, and the answers to its questions, kept as long as nobody writes."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st

from kb import queries
from kb.config import Settings, load_settings
from kb.errors import ChronographError
from kb.store import Graph, open_graph
from ui.shelf import Shelf

P = ParamSpec("P")
T = TypeVar("T")

_GLANCE = 1.0
"""Seconds between two looks at whether somebody wrote: an ingest that runs meanwhile shows at once."""
_MOST_KEPT = 300
_OLDEST = 600.0
"""Seconds for which the answer of before is shown at most, while a slow one is made anew."""
_PATIENCE = 0.1
"""Seconds a page waits for slow answers to be made anew, all of them together."""
_BEHIND = "answers:behind"
_FRESH = "answers:fresh"


def ask(question: Callable[Concatenate[Graph, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The answer of a function of `kb.queries`, as the graph is now, shared by all sessions: do not change it.

    On a large graph that is being written to, a slow answer may be that of a moment ago (see `ui.shelf`).

        ask(queries.timeline, EventFilter(text="ban"), limit=500)

    Raises what the question raises; such an answer is not kept.
    """
    chosen = settings()
    graph = _graph(chosen)
    asked = (question.__module__, question.__qualname__, chosen, args, tuple(sorted(kwargs.items())))
    answer, current = _shelf().take(
        asked, _writes(chosen), lambda: question(graph, *args, **kwargs), patience=_patience()
    )
    if not current:
        st.session_state[_BEHIND] = True
    made: T = answer
    return made


def get_ready() -> None:
    """Read what the first page waits for longest, all events and names; what goes wrong is told on that page."""
    with suppress(ChronographError):
        graph = open_store()
        queries.event_types(graph)
        queries.busiest_entities(graph, limit=1)


def begin() -> None:
    """A page is about to ask: nothing it shows is behind yet."""
    st.session_state[_BEHIND] = False


def behind() -> bool:
    """Whether this page was given an answer from before the last write."""
    return bool(st.session_state.get(_BEHIND))


def end() -> None:
    """The page is drawn: what was written on it may from now on be a moment behind like everything else."""
    st.session_state.pop(_FRESH, None)


def settings() -> Settings:
    """The settings that `chronograph serve` passed on through the environment."""
    return load_settings(os.environ, Path.cwd())


def open_store() -> Graph:
    """The graph, opened by the first who asks. Raises StoreUnavailable when it does not answer."""
    return _graph(settings())


def forget() -> None:
    """Drop what is kept and hang up: the next question opens the graph anew."""
    _shelf().clear()
    look_again()
    _graph.clear()


def look_again() -> None:
    """The graph was just written from this page: the next one shows what came of it, however long that takes."""
    _writes.clear()
    st.session_state[_FRESH] = True


def _patience() -> float | None:
    if st.session_state.get(_FRESH):
        return None
    return 0.0 if behind() else _PATIENCE


@cache
def _shelf() -> Shelf:
    """One for all sessions: views are frozen."""
    return Shelf(most=_MOST_KEPT, oldest=_OLDEST)


@st.cache_resource(show_spinner=False, max_entries=1, on_release=lambda graph: graph.close())
def _graph(chosen: Settings) -> Graph:
    return open_graph(chosen)


@st.cache_data(ttl=_GLANCE, max_entries=4, show_spinner=False)
def _writes(chosen: Settings) -> int:
    return queries.writes(_graph(chosen))
