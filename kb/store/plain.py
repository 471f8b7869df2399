"""Values of the graph as JSON knows them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TypeAlias

from kb.store.driver import Date, DateTime, Duration, Node, Path, Point, Relationship, Time

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_TEMPORAL = (Date, DateTime, Time, Duration)


def plain(value: object) -> Json:
    """`value` in dicts, lists, texts, numbers, booleans and None.

    A node is `{"id", "labels", "properties"}`, a relationship `{"id", "type", "start", "end", "properties"}` with the
    ids of its nodes, a path `{"nodes", "relationships"}`: these ids hold within one result only. Temporal values are
    ISO text, bytes hexadecimal text, points `{"srid", "coordinates"}`, numbers JSON has no word for texts like 'NaN'.
    """
    if value is None or isinstance(value, bool | int | str) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, Node | Relationship | Path | Point):
        return _composite(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple) and not isinstance(value, Duration):
        return [plain(item) for item in value]
    return _text(value)


def _composite(value: Node | Relationship | Path | Point) -> dict[str, Json]:
    if isinstance(value, Point):
        return {"srid": value.srid, "coordinates": list(value)}
    if isinstance(value, Node):
        return {"id": value.element_id, "labels": [*sorted(value.labels)], "properties": plain(dict(value))}
    if isinstance(value, Path):
        return {"nodes": plain(list(value.nodes)), "relationships": plain(list(value.relationships))}
    ends = [node.element_id if node else None for node in value.nodes]
    return {
        "id": value.element_id,
        "type": value.type,
        "start": ends[0],
        "end": ends[1],
        "properties": plain(dict(value)),
    }


def _text(value: object) -> str:
    if isinstance(value, _TEMPORAL):
        return value.iso_format()
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes | bytearray):
        return value.hex()
    return str(value)
