"""The gazetteer: known names, what they are, and where they occur in a text. `sheets` says how it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from kb.errors import OntologyError
from kb.gazetteer.countries import Country, countries_of, in_each_country
from kb.gazetteer.index import NameIndex
from kb.gazetteer.sheets import Line, Row, parse, read_sheet
from kb.ids import name_key, plain
from kb.model import EntityKind
from kb.shipped import compiled

SUFFIXES = (".yaml", ".yml", ".csv")
"""Of the sheets in a user's folder."""
_VOCABULARY = "vocabulary.yaml"
_COUNTRIES = "countries.yaml"


@dataclass(frozen=True, slots=True)
class Former:
    """What a thing was called, up to and including a day."""

    name: str
    until: date


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a person held from a day to a day, both included; `to` is None for one who holds it."""

    office: str
    since: date
    to: date | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing the gazetteer knows."""

    name: str
    kind: EntityKind
    country: str | None = None
    """ISO 3166 code of the country it belongs to."""
    owner: str | None = None
    """The name of the company that makes it, or that it belongs to."""
    former: tuple[Former, ...] = ()
    terms: tuple[Office, ...] = ()
    wikidata: str | None = None
    """Its item in Wikidata, such as Q95."""
    everywhere: bool = False
    """True if every country is taken to have one such thing."""

    def name_on(self, day: date) -> str:
        """What it was called on a day: "Twitter" until 2023-07-23, then "X"."""
        past = sorted(self.former, key=lambda one: one.until)
        return next((one.name for one in past if day <= one.until), self.name)

    def held(self, day: date) -> tuple[str, ...]:
        """The offices that a person held on a day."""
        return tuple(one.office for one in self.terms if one.since <= day and (one.to is None or day <= one.to))


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
_SHARED = (Use.SHORT, Use.DEMONYM)


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed form at `start`..`end` of a text, and what it may mean."""

    start: int
    end: int
    use: Use
    listed: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A way of writing a name, how far it can be trusted, and what it may mean."""

    use: Use
    listed: tuple[Listed, ...]


@dataclass(frozen=True)
class Gazetteer:
    """All known names, and the word lists that help to judge unknown ones."""

    forms: Mapping[str, Form]
    words: Mapping[str, frozenset[str]]
    """Word lists of `vocabulary.yaml` by their key: titles, honorifics, legal_forms …"""
    head_words: Mapping[str, EntityKind]
    """Words that tell the kind of a name they stand in: `Ministry` -> agency."""
    contexts: Mapping[EntityKind, frozenset[str]]
    """Words right beside a name that hint at its kind: `app` -> product."""
    things_behind: Mapping[str, EntityKind]
    """Words right behind a name that tell its kind: `festival` -> event-name."""
    _index: NameIndex[Form] = field(init=False, repr=False)
    _by_key: dict[str, Listed] = field(init=False, repr=False)
    countries: Mapping[str, str] = field(init=False, repr=False)
    """ISO 3166 code -> what the country is called."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", NameIndex(self.forms))
        certain = [(form, self.forms[form]) for form in sorted(self.forms) if _is_certain(form, self.forms[form].use)]
        object.__setattr__(self, "_by_key", {name_key(name): form.listed[0] for name, form in certain})
        people = (form.listed[0] for form in self.forms.values() if form.use is Use.DEMONYM)
        object.__setattr__(self, "countries", {one.country: one.name for one in people if one.country})

    def find(self, text: str) -> Iterator[Hit]:
        """Every listed form in `text`, in order."""
        for start, end, form in self._index.find(text):
            yield Hit(start, end, form.use, form.listed)

    def get(self, name: str) -> Listed | None:
        """What `name` means wherever it stands, in any case and with or without a legal form; None if it depends."""
        return self._by_key.get(name_key(name))


def _is_certain(form: str, use: Use) -> bool:
    """True for what means one thing without its points and capitals, too; not for "Wash."."""
    return use in _CERTAIN and not (use is Use.LOOSE and form.endswith("."))


class _Vocabulary(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    words: dict[str, list[str]]
    head_words: dict[str, list[str]]
    contexts: dict[str, list[str]]
    things_behind: dict[str, list[str]]


def load_gazetteer(folder: Path | None = None) -> Gazetteer:
    """The gazetteer that comes with the program, with the sheets of the user's `folder` over it; read once.

    Raises OntologyError for a file with a fault.
    """
    return _loaded(folder)


@cache
def _loaded(folder: Path | None) -> Gazetteer:
    if folder is None:
        return compiled("kb.gazetteer", lambda: parse_gazetteer(_own_sheets()))
    return parse_gazetteer(_own_sheets(), _read_folder(folder))


def _own_sheets() -> dict[str, str]:
    own = files("kb.gazetteer")
    return {path.name: path.read_text("utf-8") for path in own.iterdir() if path.name.endswith(".yaml")}


def _read_folder(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        raise OntologyError(f"{folder}: no such folder; CHRONOGRAPH_GAZETTEER must name a folder of gazetteer sheets")
    return {str(path): read_text(path) for path in sorted(folder.iterdir()) if path.suffix in SUFFIXES}


def read_text(path: Path) -> str:
    """The text of a sheet. Raises OntologyError when it is not UTF-8."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as err:
        raise OntologyError(f"{path}: not UTF-8 text (byte {err.start}): save it as UTF-8") from err


def parse_gazetteer(sheets: Mapping[str, str], over: Mapping[str, str] | None = None) -> Gazetteer:
    """A gazetteer from sheets by file name.

    A thing of `over` that has the name and the kind of one in `sheets` adds to it; a name of `over` wins where `sheets`
    give it to something else.
    """
    forms: dict[str, Form] = {}
    own = {file: list(read_sheet(file, sheets[file])) for file in sorted(sheets.keys() - {_VOCABULARY})}
    users = [line for file in sorted(over or ()) for line in read_sheet(file, (over or {})[file])]
    for line in _of_one(line for lines in own.values() for line in lines):
        _add(forms, line, wins=False)
    for line in _of_one(users):
        _add(forms, line, wins=True)
    everywhere = [line for line in (*users, *(line for lines in own.values() for line in lines)) if line.row.is_pattern]
    countries = countries_of(line.row for line in own.get(_COUNTRIES, ()))
    for line in everywhere:
        _add_everywhere(forms, line, countries)
    _add_plain(forms)
    vocabulary = parse(_Vocabulary, _VOCABULARY, sheets[_VOCABULARY])
    return Gazetteer(
        forms=forms,
        words={key: frozenset(words) for key, words in vocabulary.words.items()},
        head_words={word: EntityKind(kind) for kind, words in vocabulary.head_words.items() for word in words},
        contexts={EntityKind(kind): frozenset(words) for kind, words in vocabulary.contexts.items()},
        things_behind={word: EntityKind(kind) for kind, words in vocabulary.things_behind.items() for word in words},
    )


def _of_one(lines: Iterable[Line]) -> Iterator[Line]:
    return (line for line in lines if not line.row.is_pattern)


def _add_everywhere(forms: dict[str, Form], line: Line, countries: Iterable[Country]) -> None:
    """One thing in each country, under names that no other row gives to one thing, or to another of that country."""
    shared: defaultdict[tuple[str, Use], list[Listed]] = defaultdict(list)
    for row in in_each_country(line.row, countries):
        for form, use, listed in _forms_of(row, line.kind, everywhere=True):
            if use in _SHARED:
                shared[form, use].append(listed)
            else:
                forms.setdefault(form, Form(use, (listed,)))
    for (form, use), many in shared.items():
        old = forms.get(form, Form(use, ()))
        if old.use is use:
            there = {one.country for one in old.listed if one.kind is line.kind}
            forms[form] = Form(use, (*old.listed, *(one for one in many if one.country not in there)))


def _add_plain(forms: dict[str, Form]) -> None:
    """Names without their accents, as much of the press writes them: "Sebastian Pinera"."""
    for name in [name for name in forms if not name.isascii()]:
        forms.setdefault(plain(name), forms[name])


def _add(forms: dict[str, Form], line: Line, *, wins: bool) -> None:
    for form, use, listed in _forms_of(line.row, line.kind):
        known = forms.get(listed.name) if wins else None
        same = next((one for one in known.listed if one.kind is listed.kind), None) if known else None
        _add_form(forms, form, use, same or listed, line.where, wins=wins)


def _forms_of(
    row: Row, kind: EntityKind, owner: str | None = None, *, everywhere: bool = False
) -> Iterator[tuple[str, Use, Listed]]:
    listed = Listed(
        row.name,
        kind,
        row.country,
        row.owner or owner,
        former=tuple(Former(one.name, one.until) for one in row.former),
        terms=tuple(Office(one.office, one.since, one.to) for one in row.terms),
        wikidata=row.wikidata,
        everywhere=everywhere,
    )
    if row.name not in row.loose and row.name not in row.short:
        yield row.name, Use.FULL, listed
    uses: Iterable[tuple[Use, list[str]]] = (
        (Use.FULL, [*row.aliases, *(one.name for one in row.former)]),
        (Use.SHORT, row.short),
        (Use.LOOSE, row.loose),
        (Use.DEMONYM, row.demonyms),
    )
    yield from ((form, use, listed) for use, names in uses for form in names)
    for product in row.products:
        made = product if isinstance(product, Row) else Row(name=product)
        yield from _forms_of(made, EntityKind.PRODUCT, owner=row.name)


def _add_form(forms: dict[str, Form], form: str, use: Use, listed: Listed, where: str, *, wins: bool) -> None:
    """Shared forms are fine for short names and demonyms; a full name belongs to one thing only."""
    old = forms.get(form)
    if old is None or (wins and use not in _SHARED):
        forms[form] = Form(use, (listed,))
    elif old.use is use and use in _SHARED:
        forms[form] = Form(use, (*old.listed, listed))
    elif not wins:
        raise OntologyError(f"{where}: {form!r} of {listed.name!r} already names {old.listed[0].name!r}")
