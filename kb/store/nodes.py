"""Where nodes stand in a server's files: what a transaction met once it finds there, without an index.

A node that is looked for by its id costs an index the more the more there are, and an article is written with several
hundred of them: who is named where, what claims are about. Servers tell where a node stands (`elementId`), for as long
as the transaction is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, LiteralString

if TYPE_CHECKING:
    from kb.store.graph import Writer

Row = dict[str, Any]

# Where nodes of a label stand, in one row: {nodes}.
_FIND: Mapping[str, LiteralString] = {
    label: f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN collect([n.id, elementId(n)]) AS nodes"
    for label in ("Article", "Version", "Claim", "Entity", "Event")
}


class Nodes:
    """The nodes that a transaction has met, by label and id."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}

    def note(self, label: str, nodes: Iterable[Sequence[str]]) -> None:
        """Note where nodes stand: pairs of their ids and that."""
        self._known.update(((label, id_), node) for id_, node in nodes)

    def placed(self, writer: Writer, rows: Iterable[Row], **labels: str) -> list[Row]:
        """The rows with nodes in place of ids; `labels` are those of the nodes, by column.

        What was not met yet is looked for. Rows of which a node is not there are left out.
        """
        rows = list(rows)
        for label in sorted(set(labels.values())):
            ids = {row[column] for column, own in labels.items() if own == label for row in rows}
            unknown = sorted(id_ for id_ in ids if (label, id_) not in self._known)
            for row in writer.run(_FIND[label], ids=unknown):
                self.note(label, row["nodes"])
        found = ({column: self._known.get((label, row[column])) for column, label in labels.items()} for row in rows)
        return [row | nodes for row, nodes in zip(rows, found, strict=True) if None not in nodes.values()]
