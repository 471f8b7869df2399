"""The gazetteer: known names, their kinds and countries, and where they occur in a text.

Each file holds things of one kind:

    kind: agency
    entries:
      - name: Federal Trade Commission
        country: US
        aliases: [FTC]              # also this thing, wherever it stands
      - name: United States Department of Commerce
        country: US
        short: [Commerce Department]  # this thing, if the text or the article's country says so
      - name: X
        loose: [X]                  # an everyday word too: only where the tagger sees a name
        products: [Grok]            # things it makes or runs, with their own aliases
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from kb.errors import OntologyError
from kb.gazetteer.index import NameIndex
from kb.ids import name_key
from kb.model import EntityKind

_VOCABULARY = "vocabulary.yaml"


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing the gazetteer knows."""

    name: str
    kind: EntityKind
    country: str | None = None
    """ISO 3166 code of the country it belongs to."""
    owner: str | None = None
    """For a product: the name of the company behind it."""


class Use(StrEnum):
    """How far a listed form can be trusted where it stands."""

    FULL = "full"
    """It means this thing."""
    SHORT = "short"
    """It means this thing or its namesakes in other countries: the article decides."""
    LOOSE = "loose"
    """It is an everyday word too: only a name where the tagger says so."""
    DEMONYM = "demonym"
    """It names the people or the adjective of a country: a hint, not a mention."""


_CERTAIN = (Use.FULL, Use.LOOSE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed form at `start`..`end` of a text, and what it may mean."""

    start: int
    end: int
    use: Use
    listed: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    use: Use
    listed: tuple[Listed, ...]


@dataclass(frozen=True)
class Gazetteer:
    """All known names, and the word lists that help to judge unknown ones."""

    forms: Mapping[str, _Form]
    words: Mapping[str, frozenset[str]]
    """Word lists of `vocabulary.yaml` by their key: titles, honorifics, legal_forms …"""
    head_words: Mapping[str, EntityKind]
    """Words that tell the kind of a name they stand in: `Ministry` -> agency."""
    contexts: Mapping[EntityKind, frozenset[str]]
    """Words right beside a name that hint at its kind: `app` -> product."""
    _index: NameIndex[_Form] = field(init=False, repr=False)
    _by_key: dict[str, Listed] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", NameIndex(self.forms))
        certain = [(form, self.forms[form]) for form in sorted(self.forms) if self.forms[form].use in _CERTAIN]
        object.__setattr__(self, "_by_key", {name_key(name): form.listed[0] for name, form in certain})

    def find(self, text: str) -> Iterator[Hit]:
        """Every listed form in `text`, in order."""
        for start, end, form in self._index.find(text):
            yield Hit(start, end, form.use, form.listed)

    def get(self, name: str) -> Listed | None:
        """What `name` means wherever it stands, in any case and with or without a legal form; None if it depends."""
        return self._by_key.get(name_key(name))


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    country: str | None = None
    aliases: list[str] = []
    short: list[str] = []
    loose: list[str] = []
    demonyms: list[str] = []
    products: list[_Row | str] = []


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    kind: str
    entries: list[_Row]


class _Vocabulary(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    words: dict[str, list[str]]
    head_words: dict[str, list[str]]
    contexts: dict[str, list[str]]


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer that comes with the program, read once. Raises OntologyError for a file with a fault."""
    folder = files("kb.gazetteer")
    sheets = {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.name.endswith(".yaml")}
    return parse_gazetteer(sheets)


def parse_gazetteer(sheets: Mapping[str, str]) -> Gazetteer:
    """A gazetteer from YAML texts by file name; see the module for their form."""
    forms: dict[str, _Form] = {}
    for file in sorted(sheets.keys() - {_VOCABULARY}):
        for form, use, listed in _read_file(file, sheets[file]):
            _add_form(forms, form, use, listed, file)
    vocabulary = _parse(_Vocabulary, _VOCABULARY, sheets[_VOCABULARY])
    return Gazetteer(
        forms=forms,
        words={key: frozenset(words) for key, words in vocabulary.words.items()},
        head_words={word: EntityKind(kind) for kind, words in vocabulary.head_words.items() for word in words},
        contexts={EntityKind(kind): frozenset(words) for kind, words in vocabulary.contexts.items()},
    )


M = TypeVar("M", bound=BaseModel)


def _parse(model: type[M], file: str, text: str) -> M:
    try:
        return model.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as err:
        raise OntologyError(f"kb/gazetteer/{file} is not YAML: {' '.join(str(err).split())}") from err
    except ValidationError as err:
        first = err.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise OntologyError(f"kb/gazetteer/{file}: {where}: {first['msg']}") from err


def _read_file(file: str, text: str) -> Iterator[tuple[str, Use, Listed]]:
    sheet = _parse(_File, file, text)
    try:
        kind = EntityKind(sheet.kind)
    except ValueError as err:
        raise OntologyError(f"kb/gazetteer/{file}: {sheet.kind!r} is not a kind of entity") from err
    for row in sheet.entries:
        yield from _read_row(row, kind)


def _read_row(row: _Row, kind: EntityKind, owner: str | None = None) -> Iterator[tuple[str, Use, Listed]]:
    listed = Listed(row.name, kind, row.country, owner)
    if row.name not in row.loose and row.name not in row.short:
        yield row.name, Use.FULL, listed
    uses: Iterable[tuple[Use, list[str]]] = (
        (Use.FULL, row.aliases),
        (Use.SHORT, row.short),
        (Use.LOOSE, row.loose),
        (Use.DEMONYM, row.demonyms),
    )
    yield from ((form, use, listed) for use, names in uses for form in names)
    for product in row.products:
        made = product if isinstance(product, _Row) else _Row(name=product)
        yield from _read_row(made, EntityKind.PRODUCT, owner=row.name)


def _add_form(forms: dict[str, _Form], form: str, use: Use, listed: Listed, file: str) -> None:
    """Shared forms are fine for short names and demonyms; a full name belongs to one thing only."""
    old = forms.get(form)
    if old is None:
        forms[form] = _Form(use, (listed,))
    elif old.use is use and use in (Use.SHORT, Use.DEMONYM):
        forms[form] = _Form(use, (*old.listed, listed))
    else:
        raise OntologyError(f"kb/gazetteer/{file}: {form!r} of {listed.name!r} already names {old.listed[0].name!r}")
