"""What was read of a whole graph, in files beside it: who starts while nobody wrote since reads a file, not the graph.

A file holds nothing that the graph does not, and says of which graph it is, after which write it was read and in which
form it is told. So it may be lost, torn or of another program at any time: what does not fit exactly is not taken, and
made anew. It is JSON, whose reader runs nothing that stands in it.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.store.graph import Graph

# Which graph it is, and how often it was written to: {graph, writes}.
_STAMP = "MATCH (m:Meta {id: 'schema'}) RETURN m.graph AS graph, coalesce(m.writes, 0) AS writes"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Of which graph something was read, not before which of its writes, and in which form it is told."""

    graph: str
    writes: int
    form: int


def stamp_of(graph: Graph, form: int) -> Stamp | None:
    """That of what is read of the graph from now on and told in this form; None where a graph has no name."""
    rows = graph.read(_STAMP)
    return Stamp(rows[0]["graph"], rows[0]["writes"], form) if rows and rows[0]["graph"] else None


def load(path: Path, stamp: Stamp) -> Any | None:  # noqa: ANN401 - what JSON holds
    """What is kept at `path`, if it is whole, of that form and read of that graph after its last write; else None."""
    try:
        with path.open("rb") as file:
            head, told = file.readline(), file.read()
        if json.loads(head) != _head(stamp, told):
            return None
        return json.loads(told)
    except (OSError, ValueError, RecursionError):
        return None


def keep(path: Path, stamp: Stamp, told: Any) -> None:  # noqa: ANN401 - what JSON holds
    """Let `told` be what is kept at `path`. Where it cannot be written nothing is kept: it is only read again then."""
    body = json.dumps(told, separators=(",", ":")).encode("ascii")
    new = path.with_name(f"{path.name}.new")  # one name for all: what two write to it at once is not whole, nor taken
    with suppress(OSError):
        new.write_bytes(json.dumps(_head(stamp, body)).encode("ascii") + b"\n" + body)
        new.replace(path)


def _head(stamp: Stamp, body: bytes) -> dict[str, object]:
    return {**asdict(stamp), "digest": blake2b(body, digest_size=16).hexdigest()}
