"""Callings by field: what parts a striker from a senator of the same name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from kb.shipped import read_form

_FILE = "roles.yaml"


@dataclass(frozen=True, slots=True)
class _Fields:
    of: Mapping[str, str]
    together: frozenset[frozenset[str]]


class _Sheet(BaseModel):
    model_config = ConfigDict(extra="forbid")

    fields: dict[str, list[str]]
    together: list[list[str]]


def fields_differ(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """True if each has a calling, and none of one goes with any of the other."""
    one, other = fields_of(ours), fields_of(theirs)
    return bool(one and other) and not any(_go_together(a, b) for a in one for b in other)


def fields_of(roles: Iterable[str]) -> frozenset[str]:
    """The fields of these callings: {"senator"} -> {"politics"}."""
    known = _load().of
    return frozenset(known[role] for role in roles if role in known)


def _go_together(a: str, b: str) -> bool:
    return a == b or frozenset((a, b)) in _load().together


@cache
def _load() -> _Fields:
    sheet = read_form("kb.resolve", _FILE, _Sheet)
    pairs = frozenset(frozenset((a, b)) for group in sheet.together for a in group for b in group if a != b)
    return _Fields({role: field for field, roles in sheet.fields.items() for role in roles}, pairs)
