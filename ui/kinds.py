"""What event types are called, and which family a type belongs to: from the ontology, read once a process."""

from __future__ import annotations

from functools import cache

from kb.ontology import EventType, load_ontology


@cache
def _types() -> dict[str, EventType]:
    return dict(load_ontology().types)


def type_label(type_: str) -> str:
    """'court_hearing' as 'Court hearing'; a type that the ontology does not hold is written out."""
    found = _types().get(type_)
    return found.label if found else type_.replace("_", " ").capitalize()


def family(type_: str) -> str:
    """The lane of the timeline that a type belongs to: 'Courts', 'Legislature' …"""
    found = _types().get(type_)
    return found.family.capitalize() if found else "Other"


@cache
def families() -> tuple[str, ...]:
    """All families, those of most types first and 'Other' last."""
    names = [kind.family.capitalize() for kind in _types().values()]
    return tuple(sorted(set(names), key=lambda name: (name == "Other", -names.count(name), name)))
