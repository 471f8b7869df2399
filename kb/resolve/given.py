"""Given names and the short forms people go by: Bill is William, Liz is Elizabeth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from pydantic import RootModel

from kb.ids import name_key
from kb.shipped import read_form

_FILE = "given_names.yaml"


class _Sheet(RootModel[dict[str, list[str]]]):
    """A full name -> its short forms."""


def full_forms(first: str) -> frozenset[str]:
    """What the key of a first name may be short for, itself among it: "al" for Albert, Alan, Alexander, Alfred."""
    return _load().get(first, frozenset((first,)))


def go_together(one: str, other: str) -> bool:
    """True for two first names that one person may go by: Bill and William, Bill and Will; not Bob and Bill."""
    return not full_forms(one).isdisjoint(full_forms(other))


def initials_for(first: str) -> frozenset[str]:
    """The first letters of a first name and of what it may be short for: a "Bill" is looked for under "w" too."""
    return frozenset(form[0] for form in (first, *full_forms(first)))


@cache
def _load() -> Mapping[str, frozenset[str]]:
    """The sheet as it stands in the package; OntologyError names what is wrong with it."""
    sheet = read_form("kb.resolve", _FILE, _Sheet).root
    found: defaultdict[str, set[str]] = defaultdict(set)
    for full, short in sheet.items():
        for name in (full, *short):
            found[name_key(name)].update((name_key(name), name_key(full)))
    return {name: frozenset(forms) for name, forms in found.items()}
