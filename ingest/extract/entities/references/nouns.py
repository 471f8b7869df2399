"""Common nouns and first names by what they may stand for; the data lies beside this module and is checked on load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from kb.errors import OntologyError
from kb.model import EntityKind

_FOLDER = "ingest.extract.entities.references"
BODIES = frozenset(
    (
        EntityKind.COMPANY,
        EntityKind.ORGANIZATION,
        EntityKind.AGENCY,
        EntityKind.COURT,
        EntityKind.LEGISLATURE,
        EntityKind.GOVERNMENT,
    )
)
"""Kinds of what acts as a person does, and is called "it"."""


class Sex(StrEnum):
    """Of a person, as far as words tell."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Noun:
    """What a common noun may stand for."""

    kinds: frozenset[EntityKind]
    sex: Sex | None = None
    introduced: bool = False
    """It only stands for somebody whom the text has introduced by this word."""
    plural: bool = False
    """It is a plural that stands for one body: "the justices"."""


@dataclass(frozen=True, slots=True)
class Nouns:
    """The words that refer to what has been named."""

    nouns: Mapping[str, Noun]
    telling: frozenset[str]
    """Nouns by which a name says what it names, such as "ministry": it is not called by another one of them."""
    apart: frozenset[str]
    """Further words of names that are not called by a telling noun."""
    narrow: Mapping[tuple[str, str], frozenset[str]]
    """Modifier and noun, such as "central bank" -> words of which a name must have one to be called so."""
    fields: frozenset[str]
    """Nouns of which the word before them tells another: a "prime minister" is no "first minister"."""
    levels: Mapping[str, str]
    """Word of a court's name or description -> its level."""
    owners: frozenset[str]
    light: frozenset[str]
    fates: Mapping[str, frozenset[str]]
    """What happens to somebody, as `phrases.fate_of` has it -> what he may then be called."""
    sexes: Mapping[str, Sex]
    """First name -> sex of most who bear it."""


def is_calling(word: str) -> bool:
    """True for "Actress" or "Quarterback" in front of a name, which is no part of it."""
    meaning = load_nouns().nouns.get(word.lower())
    return meaning is not None and meaning.kinds == _PERSON and word[1:].islower() and len(word) > _SHORTEST


_PERSON = frozenset((EntityKind.PERSON,))
_SHORTEST = 4
"""Letters: "Guard" and "King" are names too, but what is shorter is hardly ever anything else."""


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kinds: list[EntityKind]
    sex: Sex | None = None
    introduced: bool = False
    plural: bool = False
    nouns: list[str]


class _Fate(BaseModel):
    model_config = ConfigDict(extra="forbid")

    called: list[str]
    after: list[str]


class _Sheet(BaseModel):
    model_config = ConfigDict(extra="forbid")

    groups: list[_Group]
    telling: list[str]
    apart: list[str]
    narrow: dict[str, list[str]]
    fields: list[str]
    levels: dict[str, list[str]]
    owners: list[str]
    light: list[str]
    fates: list[_Fate]


class _Names(BaseModel):
    model_config = ConfigDict(extra="forbid")

    male: list[str]
    female: list[str]


@cache
def load_nouns() -> Nouns:
    """The words that come with the program, read once. Raises OntologyError for a file with a fault."""
    folder = files(_FOLDER)
    sheet = _parse(_Sheet, "nouns.yaml", (folder / "nouns.yaml").read_text("utf-8"))
    names = _parse(_Names, "first_names.yaml", (folder / "first_names.yaml").read_text("utf-8"))
    nouns: dict[str, Noun] = {}
    for group in sheet.groups:
        for word in group.nouns:
            nouns[word] = _joined(nouns.get(word), group)
    return Nouns(
        nouns=nouns,
        telling=frozenset(sheet.telling),
        apart=frozenset(sheet.apart),
        narrow={_pair(phrase): frozenset(words) for phrase, words in sheet.narrow.items()},
        fields=frozenset(sheet.fields),
        levels={word: level for level, words in sheet.levels.items() for word in words},
        owners=frozenset(sheet.owners),
        light=frozenset(sheet.light),
        fates={verb: frozenset(fate.called) for fate in sheet.fates for verb in fate.after},
        sexes={
            **{name.casefold(): Sex.MALE for name in names.male},
            **{name.casefold(): Sex.FEMALE for name in names.female},
        },
    )


def _pair(phrase: str) -> tuple[str, str]:
    modifier, _, noun = phrase.partition(" ")
    return modifier, noun


def _joined(old: Noun | None, group: _Group) -> Noun:
    """A noun of several groups may stand for the kinds of all: "the owner" is a company or a person."""
    kinds = frozenset(group.kinds) | (old.kinds if old else frozenset())
    introduced = group.introduced if old is None else group.introduced and old.introduced
    return Noun(kinds, group.sex, introduced, group.plural)


M = TypeVar("M", bound=BaseModel)


def _parse(model: type[M], file: str, text: str) -> M:
    try:
        return model.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as err:
        raise OntologyError(f"{file} is not YAML: {' '.join(str(err).split())}") from err
    except ValidationError as err:
        first = err.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise OntologyError(f"{file}: {where}: {first['msg']}") from err
