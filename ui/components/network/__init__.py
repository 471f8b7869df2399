"""A network as a picture: nodes with their shapes by kind, drawn by a copy of cytoscape that this server holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import streamlit as st

from kb.queries import Network
from ui.components.network.positions import positions
from ui.text import plain

_PARTS = ("looks.js", "names.js", "network.js")
LIBRARY = "/app/static/cytoscape-3.34.4.js"
"""Where this server keeps it (`ui/static`); with its licence beside it."""


def network(
    drawn: Network,
    *,
    key: str,
    selected: str | None,
    on_choose: Callable[[str], None],
    on_expand: Callable[[str], None] | None = None,
    further: tuple[str, ...] = (),
) -> None:
    """Draw `drawn`; the node that is clicked goes to `on_choose` by its id.

    With `on_expand` it goes there instead, to be looked further from, and a button opens it by `on_choose`; `further`
    are those from which the network looks further already.
    """

    def chosen() -> None:
        id_ = st.session_state[key].get("chosen")
        if id_:
            on_choose(id_)

    def expanded() -> None:
        id_ = st.session_state[key].get("expanded")
        if id_ and on_expand:
            on_expand(id_)

    shown = {**_data(drawn), "selected": selected, "further": list(further), "expands": on_expand is not None}
    _component()(key=key, data=shown, on_chosen_change=chosen, on_expanded_change=expanded)


@cache
def _component() -> Any:  # noqa: ANN401 - as Streamlit makes it
    home = files(__package__)
    return st.components.v2.component(
        "chronograph_network",
        html=(home / "network.html").read_text("utf-8"),
        css=(home / "network.css").read_text("utf-8"),
        js="\n".join((home / part).read_text("utf-8") for part in _PARTS),
    )


@lru_cache(maxsize=32)
def _data(drawn: Network) -> dict[str, Any]:
    """What `network.js` takes apart: a node is id, name, kind, events and place."""
    place = {node.id: at for at, node in enumerate(drawn.nodes)}
    places = positions(len(place), [(place[edge.one], place[edge.other], edge.events) for edge in drawn.edges])
    return {
        "library": LIBRARY,
        "revision": sha256(repr(drawn).encode("utf-8", "replace")).hexdigest()[:16],
        "nodes": [
            [node.id, plain(node.name, 80), node.kind, node.events, round(x, 1), round(y, 1)]
            for node, (x, y) in zip(drawn.nodes, places, strict=True)
        ],
        "edges": [[edge.one, edge.other, edge.events] for edge in drawn.edges],
        "label": f"Network of {len(drawn.nodes)} entities and {len(drawn.edges)} links. The table holds the same.",
    }
