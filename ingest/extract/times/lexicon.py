"""The word lists of the temporal grammar, read once from the YAML files beside this module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from ingest.extract.times.schema import CuesForm, ModifiersForm, WordsForm, read_form
from kb.timevalue import Precision

T = TypeVar("T")
Word = int | float | str
Phrase = tuple[str, ...]
"""Lower-case pieces, as `pieces.cut_pieces` cuts them."""


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a period that a modifier leaves: `unit` day, month or year, counted from 1, or from -1 at the end."""

    unit: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Cues:
    """Words around an expression; cues.yaml says what each list is for."""

    verbs: frozenset[str]
    ahead: frozenset[str]
    due: frozenset[str]
    behind: frozenset[str]
    lately: frozenset[str]
    causes: frozenset[str]
    looking_ahead: frozenset[str]
    future_modals: frozenset[str]
    prospective: frozenset[str]
    promising: frozenset[str]
    demanding: frozenset[str]
    issued: frozenset[str]
    beginning: frozenset[str]
    plurals: frozenset[str]
    relating: frozenset[str]
    following: frozenset[str]
    causing: frozenset[str]
    alike: frozenset[str]
    persuading: frozenset[str]
    moving: frozenset[str]
    setting: frozenset[str]
    naming: frozenset[str]
    reading: frozenset[str]
    year_cues: frozenset[str]
    month_cues: frozenset[str]
    month_people: frozenset[str]
    month_verbs: frozenset[str]
    amount_signs: frozenset[str]
    name_tails: frozenset[str]
    papers: frozenset[str]
    name_heads: frozenset[str]
    feast_tails: frozenset[str]
    granting: frozenset[str]
    imposing: frozenset[str]
    giving: frozenset[str]
    spans: frozenset[str]
    obliging: frozenset[str]
    happenings: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the grammar and the resolver know about words."""

    words: Mapping[str, Mapping[str, Word]]
    """Word to grammar category to value."""
    phrases: Mapping[str, tuple[tuple[Phrase, str], ...]]
    """First piece of a fixed phrase to the phrases that start so, longest first, with their TIMEX3 value."""
    modifiers: Mapping[str, Mapping[str, Part]]
    """Modifier ("early") to precision ("month", "century") to the part of it."""
    cues: Cues


@cache
def lexicon() -> Lexicon:
    """The word lists, read on first use."""
    words: dict[str, dict[str, Word]] = {}
    for category, table in read_data("words.yaml", WordsForm).model_dump().items():
        for word, value in table.items():
            words.setdefault(word, {})[category] = value
    cues: dict[str, Any] = read_data("cues.yaml", CuesForm).model_dump()
    phrases = {tuple(text.split()): value for text, value in cues.pop("phrases").items()}
    happenings = {noun: frozenset(verbs) for noun, verbs in cues.pop("happenings").items()}
    modifiers: dict[str, dict[str, Part]] = {
        str(name): {str(precision): Part(*part) for precision, part in table.items()}
        for name, table in read_data("modifiers.yaml", ModifiersForm).items()
    }
    lists = {name: frozenset(words) for name, words in cues.items()}
    return Lexicon(words, by_first(phrases.items()), modifiers, Cues(happenings=happenings, **lists))


def by_first(phrases: Iterable[tuple[Phrase, T]]) -> dict[str, tuple[tuple[Phrase, T], ...]]:
    """Phrases by their first piece, the longest first."""
    table: dict[str, list[tuple[Phrase, T]]] = {}
    for phrase, value in phrases:
        table.setdefault(phrase[0], []).append((phrase, value))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in table.items()}


def read_data(name: str, form: type[T]) -> T:
    """The content of a YAML data file of this package; TimeDataError names the line of a mistake in it."""
    file = files(__package__).joinpath(name)
    return read_form(str(file), file.read_text(encoding="utf-8"), form)


def precision_name(precision: Precision | None, days: int) -> str:
    """The name under which modifiers.yaml has a period: its precision, or `century` for a range that long."""
    return "century" if days > 36_000 else (precision or Precision.RANGE).value
