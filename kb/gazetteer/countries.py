"""Bodies that every country has one of: "Government of {country}" is a row for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.gazetteer.sheets import Row

_SET_APART = re.compile(r" \(.*\)\Z")
"""What tells a country from its namesakes: "Georgia (country)"."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country as its bodies are called by it."""

    code: str
    """ISO 3166"""
    name: str
    """With its article: "the Netherlands"."""
    people: str | None
    """The adjective: "Dutch"; None where none is known."""


def countries_of(rows: Iterable[Row]) -> list[Country]:
    """The countries of a sheet: of the rows of one code the first, as Scotland comes after the United Kingdom."""
    found: dict[str, Country] = {}
    for row in rows:
        if row.country and row.country not in found:
            name = _SET_APART.sub("", row.name)
            people = row.demonyms[0] if row.demonyms else None
            found[row.country] = Country(row.country, f"{row.article} {name}" if row.article else name, people)
    return list(found.values())


def in_each_country(row: Row, countries: Iterable[Country]) -> Iterator[Row]:
    """The row of each country that it is not said not to be in; what needs a missing adjective is left out."""
    for country in countries:
        if country.code not in row.but:
            yield Row.model_construct(
                name=_filled([row.name], country)[0],
                country=country.code,
                aliases=_filled(row.aliases, country),
                short=_filled(row.short, country),
            )


def _filled(names: Iterable[str], country: Country) -> list[str]:
    return [
        name.replace("({country})", f"({country.name.removeprefix('the ')})")
        .replace("{country}", country.name)
        .replace("{people}", country.people or "")
        for name in names
        if country.people or "{people}" not in name
    ]
