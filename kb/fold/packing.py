"""Claims of an article as bytes, to be weighed again without reading the article from the graph.

What all claims of an article share (what it is about, when it was published) stands there once. Each claim is a line of
its own: of an article that tells twenty, one or two are asked for.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any
from zlib import compress, decompress

from kb.fold.claim import ReportedClaim
from kb.model import Status
from kb.timevalue import Offset, parse_day

_OF_ARTICLE = ("source", "published", "article", "origin", "topics", "profile")
_OWN = tuple(field.name for field in fields(ReportedClaim) if field.name not in _OF_ARTICLE)
_of_article, _own = attrgetter(*_OF_ARTICLE), attrgetter(*_OWN)
_LINES = json.JSONEncoder(separators=(",", ":"))
_QUICKLY = 1
"""Names and sentences that stand there several times go by that already."""


def pack(claims: Iterable[ReportedClaim]) -> bytes:
    """These claims, for `unpack`."""
    shared: dict[Any, int] = {}
    rows = {claim.id: (shared.setdefault(_of_article(claim), len(shared)), _plain(claim)) for claim in claims}
    lines = [[list(shared), list(rows)], *rows.values()]
    return compress("\n".join(map(_LINES.encode, lines)).encode(), _QUICKLY)


def unpack(data: bytes, wanted: Container[str]) -> Iterator[ReportedClaim]:
    """Those of the claims that were packed whose ids are `wanted`."""
    first, *lines = decompress(data).split(b"\n")
    shared, ids = json.loads(first)
    shared = [tuple(map(_frozen, told)) for told in shared]
    asked = (json.loads(line) for id_, line in zip(ids, lines, strict=True) if id_ in wanted)
    return (_claim(shared[number], own) for number, own in asked)


def _plain(claim: ReportedClaim) -> list[Any]:
    own = dict(zip(_OWN, _own(claim), strict=True))
    if clock := claim.clock:
        counted_from = clock.counted_from.isoformat() if clock.counted_from else None
        own["clock"] = (clock.amount, clock.unit, clock.anchor, counted_from)
    return list(own.values())


def _claim(shared: tuple[Any, ...], own: Iterable[Any]) -> ReportedClaim:
    told = dict(zip((*_OF_ARTICLE, *_OWN), (*shared, *map(_frozen, own)), strict=True))
    told["status"] = Status(told["status"])
    if told["clock"]:
        amount, unit, anchor, counted_from = told["clock"]
        told["clock"] = Offset(amount, unit, anchor, parse_day(counted_from) if counted_from else None)
    return ReportedClaim(**told)


def _frozen(value: Any) -> Any:  # noqa: ANN401 - text, a number, or lists of these
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
