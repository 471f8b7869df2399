"""Which patterns of a word may hold, by what stands around it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import pytest

from ingest.extract.shortlist import Shortlist, shortlist
from kb.model import EntityKind
from kb.ontology import load_ontology
from kb.ontology.model import Condition, Filler, Pattern


class Slot(NamedTuple):
    words: Collection[str] = ()
    kinds: Collection[EntityKind] = ()
    dated: bool = False


def asking(slot: str, *words: str, kinds: Collection[EntityKind] = (), dated: bool = False) -> Condition:
    return Condition(slot, Filler(frozenset(words), frozenset(kinds), dated))


def pattern(type_: str, *conditions: Condition, rest: tuple[str, ...] = ()) -> Pattern:
    return Pattern(type_, "file", rest, conditions, 1.0)


def without(slot: str, word: str) -> Condition:
    return Condition(slot, Filler(frozenset((word,)), frozenset()), absent=True)


PATTERNS = (
    pattern("bare"),
    pattern("phrase", asking("object", "brief"), rest=("for", "bankruptcy")),
    pattern("word", asking("object", "brief", "motion"), asking("subject", "court")),
    pattern("kind", without("object", "tax"), asking("subject", kinds=(EntityKind.COURT,))),
    pattern("dated", asking("until", dated=True)),
    pattern("lacking", without("object", "brief")),
)


@pytest.mark.parametrize(
    ("beside", "slots", "found"),
    [
        pytest.param((), {}, "bare lacking", id="nothing around"),
        pytest.param(("for", "protection"), {}, "bare lacking", id="another phrase"),
        pytest.param(("for", "bankruptcy"), {}, "bare phrase lacking", id="the last word of the phrase"),
        pytest.param((), {"object": Slot(["motion"])}, "bare word lacking", id="a word of the first slot asked for"),
        pytest.param((), {"object": Slot({"brief", "motion"})}, "bare word lacking", id="two of its words"),
        pytest.param((), {"subject": Slot(["court"])}, "bare lacking", id="a word of the second"),
        pytest.param((), {"subject": Slot((), [EntityKind.COURT])}, "bare kind lacking", id="a kind of thing"),
        pytest.param((), {"until": Slot(dated=True)}, "bare dated lacking", id="a time"),
    ],
)
def test_patterns_are_found_by_what_they_ask_for(beside: tuple[str, ...], slots: dict[str, Slot], found: str) -> None:
    possible = Shortlist(PATTERNS).possible(lambda: beside, lambda name: slots.get(name, Slot()))
    assert [one.type for one in possible] == found.split()


def test_every_pattern_is_found_where_all_that_is_asked_for_stands() -> None:
    def everything(patterns: tuple[Pattern, ...]) -> list[Pattern]:
        fillers = [asked.filler for one in patterns for asked in one.conditions]
        words = {word for filler in fillers for word in filler.words}
        rests = {word for one in patterns for word in one.rest}
        slot = Slot(words, [*EntityKind], dated=True)
        return [*shortlist(patterns).possible(lambda: rests, lambda _: slot)]

    ontology = load_ontology()
    known = [*ontology.verbs.values(), *ontology.nouns.values()]
    assert all(everything(patterns) == [*patterns] for patterns in known)


def test_a_list_is_filed_once() -> None:
    assert shortlist(PATTERNS) is shortlist(PATTERNS)
    assert shortlist(PATTERNS) is not shortlist((pattern("bare"),))
