"""One open graph for the whole server, and the answers to its questions, kept as long as nobody writes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from kb import queries
from kb.config import Settings, load_settings
from kb.store import Graph, open_graph

P = ParamSpec("P")
T = TypeVar("T")

_GLANCE = 1.0
"""Seconds between two looks at whether somebody wrote: an ingest that runs meanwhile shows at once."""
_KEPT = 3600.0
"""Seconds an answer is kept at most."""


def ask(question: Callable[Concatenate[Graph, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The answer of a function of `kb.queries`, as the graph is now, shared by all sessions: do not change it.

        ask(queries.timeline, EventFilter(text="ban"), limit=500)

    Raises what the question raises; such an answer is not kept.
    """
    chosen = settings()
    answer: T = _answer(question, question.__qualname__, chosen, _writes(chosen), args, kwargs)
    return answer


def settings() -> Settings:
    """The settings that `chronograph serve` passed on through the environment."""
    return load_settings(os.environ, Path.cwd())


def open_store() -> Graph:
    """The graph, opened by the first who asks. Raises StoreUnavailable when it does not answer."""
    return _graph(settings())


def forget() -> None:
    """Drop what is kept and hang up: the next question opens the graph anew."""
    _answer.clear()
    look_again()
    _graph.clear()


def look_again() -> None:
    """The graph was just written: the next question looks at it, not at what is kept."""
    _writes.clear()


@st.cache_resource(show_spinner="Opening the graph …", max_entries=1, on_release=lambda graph: graph.close())
def _graph(chosen: Settings) -> Graph:
    return open_graph(chosen)


@st.cache_data(ttl=_GLANCE, max_entries=4, show_spinner=False)
def _writes(chosen: Settings) -> int:
    return queries.writes(_graph(chosen))


@st.cache_resource(ttl=_KEPT, max_entries=500, show_spinner=False)  # views are frozen: no copy a session
def _answer(
    _question: Callable[..., Any],  # not hashed: its name stands for it
    name: str,  # noqa: ARG001
    chosen: Settings,
    writes: int,  # noqa: ARG001
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:  # noqa: ANN401 - typed by `ask`
    return _question(_graph(chosen), *args, **kwargs)
