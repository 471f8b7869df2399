"""The nodes and relationships of an answer as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import streamlit as st

from kb.queries import Edge, Network, Node
from kb.store import QueryResult
from ui.components.network import network

MOST = 1500
"""Nodes of a picture."""
_GO = "answer:go"
_NAMES = ("name", "title", "quote", "id")
_PAGES = {
    "Entity": ("app_pages/entities.py", "entity"),
    "Event": ("app_pages/timeline.py", "event"),
    "Article": ("app_pages/articles.py", "article"),
}


def graph_of(result: QueryResult) -> tuple[Network, dict[str, tuple[str, str]]]:
    """What an answer holds of the graph, and for each node its label and its own id."""
    nodes: dict[str, dict[str, Any]] = {}
    links: set[tuple[str, str, str]] = set()
    for value in _composites(value for row in result.rows for value in row):
        if "labels" in value:
            nodes[value["id"]] = value
        elif value["start"] and value["end"]:
            links.add((value["start"], value["end"], value["id"]))
    kept = list(nodes)[:MOST]
    known = set(kept)
    pairs = Counter((min(a, b), max(a, b)) for a, b, _ in links if a in known and b in known)
    degrees = Counter(end for pair in pairs.elements() for end in pair)
    drawn = Network(
        tuple(Node(id_, _name(nodes[id_]), _kind(nodes[id_]), degrees[id_] or 1) for id_ in kept),
        tuple(Edge(one, other, count) for (one, other), count in sorted(pairs.items())),
        left_out=len(nodes) - len(kept),
    )
    return drawn, {id_: (nodes[id_]["labels"][0], str(nodes[id_]["properties"].get("id", ""))) for id_ in kept}


def follow() -> None:
    """Go to the page of the node that was clicked, if one was: a callback cannot."""
    target = st.session_state.pop(_GO, None)
    if target:
        label, id_ = target
        page, parameter = _PAGES[label]
        st.switch_page(page, query_params={parameter: id_})


def show_graph(result: QueryResult) -> None:
    """Draw it; a click on an entity, event or article opens it."""
    drawn, own = graph_of(result)
    if not drawn.nodes:
        st.info("The answer holds no nodes: return nodes and relationships, as in `RETURN e, i, x`.")
        return

    def choose(id_: str) -> None:
        if own.get(id_, ("", ""))[0] in _PAGES:
            st.session_state[_GO] = own[id_]

    network(drawn, key="answer:graph", selected=None, on_choose=choose)
    if drawn.left_out:
        st.caption(f"The first {len(drawn.nodes)} nodes; {drawn.left_out} more do not fit.")


def _composites(values: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Nodes and relationships, however deep they lie."""
    for value in values:
        if isinstance(value, list):
            yield from _composites(value)
        elif isinstance(value, dict):
            if "properties" in value and ("labels" in value or "start" in value):
                yield value
            else:
                yield from _composites(value.values())


def _name(node: dict[str, Any]) -> str:
    found = next((node["properties"][name] for name in _NAMES if node["properties"].get(name)), node["id"])
    return str(found)


def _kind(node: dict[str, Any]) -> str:
    return str(node["properties"].get("kind") or node["labels"][0] if node["labels"] else "node")
