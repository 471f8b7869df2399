"""The English words by which names are told from what stands around them: `wording.yaml`, checked when first read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property

from pydantic import BaseModel, ConfigDict

from kb.model import EntityKind
from kb.shipped import read_form

_FILE = "wording.yaml"


class Head(BaseModel):
    """What a name must look like that ends in a telling word."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    least: int = 1
    """Words that must stand before the telling word."""
    joined: bool = True
    """Whether joining words and commas may stand in the name."""


class Wording(BaseModel):
    """What the file holds, and the patterns made of it; the file tells what each is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    heads: dict[EntityKind, dict[str, Head]]
    short_laws: frozenset[str]
    stems: dict[EntityKind, list[str]]
    offices_of_field: list[str]
    behind_dash: list[str]
    behind_blank: list[str]
    leading: frozenset[str]

    @cached_property
    def head_rules(self) -> dict[str, tuple[EntityKind, Head]]:
        """Telling word at the end of a name -> kind and rule."""
        return {word: (kind, head) for kind, heads in self.heads.items() for word, head in heads.items()}

    @cached_property
    def stem_kinds(self) -> dict[str, EntityKind]:
        """Words at the start of a name -> kind."""
        return {stem: kind for kind, stems in self.stems.items() for stem in stems}

    @cached_property
    def head(self) -> re.Pattern[str]:
        """The telling word at the end of a name, as group `head`."""
        return re.compile(rf" (?P<head>{_any(self.head_rules)})(?: of \d{{4}})?\b(?!['’]?\w)")

    @cached_property
    def stem(self) -> re.Pattern[str]:
        """The telling words at the start of a name, as group `stem`."""
        return re.compile(rf"\b(?P<stem>{_any(self.stem_kinds)})(?P<the> the)? (?=[A-Z])")

    @cached_property
    def office_for(self) -> re.Pattern[str]:
        """An office and its "of" or "for", at the end of a text."""
        return re.compile(rf"\b(?:{_any(self.offices_of_field)}) (?:of|for) (?:the )?\Z")

    @cached_property
    def name_end(self) -> re.Pattern[str]:
        """Where a person's name ends: "Ada Roe (Bosnian) OAKDALE", "Ada Roe-during", "Ada Roe on Instagram"."""
        dash, blank = _any(self.behind_dash), _any(self.behind_blank)
        return re.compile(rf" \(|(?<=[a-z])[-‑](?:{dash})\Z| (?:{blank}) ")


def _any(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def wording() -> Wording:
    """The words as they stand in the package; OntologyError names what is wrong with them."""
    return read_form("ingest.extract.entities", _FILE, Wording)
