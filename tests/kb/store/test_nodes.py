"""Rows with nodes in place of ids: each node is looked for once in a transaction, if it was not met before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from kb.store.nodes import Nodes

if TYPE_CHECKING:
    from kb.store.graph import Writer


class Told:
    """A writer in whose graph the nodes with these ids stand; remembers which ids it was asked for."""

    def __init__(self, *ids: str) -> None:
        self.ids = ids
        self.asked: list[list[str]] = []

    def run(self, _: str, *, ids: list[str]) -> list[dict[str, Any]]:
        self.asked += [ids] if ids else []
        return [{"nodes": [[id_, f"at {id_}"] for id_ in ids if id_ in self.ids]}] if ids else []


def test_what_was_met_is_not_looked_for_and_what_is_not_there_is_left_out() -> None:
    told, nodes = Told("e1", "e2"), Nodes()
    nodes.note("Claim", [("c1", "at c1")])
    rows = [{"claim": "c1", "entity": id_, "role": "court"} for id_ in ("e1", "e2", "e3")]
    placed = nodes.placed(cast("Writer", told), rows, claim="Claim", entity="Entity")
    assert placed == [{"claim": "at c1", "entity": f"at {id_}", "role": "court"} for id_ in ("e1", "e2")]
    assert told.asked == [["e1", "e2", "e3"]]
    assert nodes.placed(cast("Writer", told), rows[:2], claim="Claim", entity="Entity") == placed
    assert told.asked == [["e1", "e2", "e3"]]


def test_one_id_of_two_labels_is_two_nodes() -> None:
    nodes = Nodes()
    nodes.note("Article", [("x", "at article")])
    assert nodes.placed(cast("Writer", Told()), [{"id": "x"}], id="Entity") == []
