"""The sheets of a gazetteer, as people write them: YAML files of one kind of thing, or CSV files of several.

A YAML file holds things of one kind:

    kind: agency
    entries:
      - name: Federal Trade Commission
        country: US
        aliases: [FTC]              # also this thing, wherever it stands
        wikidata: Q170263           # its item there, if known for sure
      - name: United States Department of Commerce
        country: US
        short: [Commerce Department]  # this thing, if the text or the article's country says so
      - name: X
        loose: [X]                  # an everyday word too: only where the tagger sees a name
        former: [{name: Twitter, until: 2023-07-23}]  # what it was called, until which day
        products: [Grok]            # things it makes or runs, with their own aliases
      - name: Google
        owner: Alphabet             # whom it belongs to
      - name: Gordon Brown
        terms: [{office: Prime Minister of the United Kingdom, from: 2007-06-27, to: 2010-05-11}]
      - name: Netherlands
        article: the                    # what stands before it in a sentence
      - name: Government of {country}   # one in every country: {country} is its name, {people} the word for its people
        aliases: ["{people} government"]
        but: [US, GB]                   # not in these, which have a row of their own

A CSV file has a head with `name` and `kind`, and any of `country`, `aliases`, `short`, `loose`, `owner`, `wikidata`;
several names in one cell are parted by `;`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kb.errors import OntologyError
from kb.model import EntityKind

LONGEST_NAME = 200
"""Characters; what is longer is no name, and would be looked for in vain."""
_Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME, pattern=r"^\S.*$")]
_Names = list[_Name]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class FormerName(_Form):
    """What a thing was called, up to and including a day."""

    name: _Name
    until: date


class Term(_Form):
    """An office that a person held: `to` is the last day, none for one who holds it."""

    office: str
    since: date = Field(alias="from")
    to: date | None = None


class Row(_Form):
    """One thing and its names."""

    name: _Name
    country: str | None = None
    aliases: _Names = []
    short: _Names = []
    loose: _Names = []
    demonyms: _Names = []
    former: list[FormerName] = []
    terms: list[Term] = []
    owner: str | None = None
    wikidata: Annotated[str, Field(pattern=r"^Q[1-9]\d*$")] | None = None
    article: str | None = None
    but: list[str] = []
    products: list[Row | _Name] = []

    @property
    def is_pattern(self) -> bool:
        """True if it stands for one thing in every country."""
        return "{" in self.name


class _File(_Form):
    kind: str
    entries: list[Row]


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its kind and where it stands."""

    row: Row
    kind: EntityKind
    where: str


def read_sheet(file: str, text: str) -> Iterator[Line]:
    """The rows of one file, in order. Raises OntologyError naming the file, the place in it and the fault."""
    if file.endswith(".csv"):
        yield from _read_csv(file, text)
        return
    sheet = parse(_File, file, text)
    kind = _kind(sheet.kind, file)
    yield from (Line(row, kind, f"{file}: {row.name!r}") for row in sheet.entries)


def _kind(name: str, where: str) -> EntityKind:
    try:
        return EntityKind(name)
    except ValueError as err:
        kinds = ", ".join(EntityKind)
        raise OntologyError(f"{where}: {name!r} is not a kind of entity; the kinds are {kinds}") from err


_LISTS = ("aliases", "short", "loose")


def _read_csv(file: str, text: str) -> Iterator[Line]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    if missing := {"name", "kind"} - set(rows.fieldnames or ()):
        raise OntologyError(f"{file}: its first line must name the columns; {min(missing)!r} is missing")
    for cells in rows:
        where = f"{file}, line {rows.line_num}"
        if None in cells:
            raise OntologyError(f"{where}: more cells than columns")
        filled = {column: cell.strip() for column, cell in cells.items() if cell and cell.strip()}
        kind = _kind(filled.pop("kind", ""), where)
        values = {column: _split(cell) if column in _LISTS else cell for column, cell in filled.items()}
        yield Line(_checked(Row, where, values), kind, where)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML without truth values: "NO" is Norway."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _split(cell: str) -> list[str]:
    return [name for part in cell.split(";") if (name := part.strip())]


M = TypeVar("M", bound=BaseModel)


def parse(model: type[M], file: str, text: str) -> M:
    """A YAML text as `model`. Raises OntologyError naming the file and the fault."""
    try:
        values = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as err:
        raise OntologyError(f"{file} is not valid YAML: {' '.join(str(err).split())}") from err
    return _checked(model, file, values)


def _checked(model: type[M], where: str, values: object) -> M:
    try:
        return model.model_validate(values)
    except ValidationError as err:
        first = err.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise OntologyError(f"{where}: {place}: {first['msg']}" if place else f"{where}: {first['msg']}") from err
