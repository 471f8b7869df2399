"""The extraction, measured on all fixture articles: against the hand-made gold, and against what was reviewed last."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from kb.ids import name_key
from kb.model import Extraction
from tests.golden.gold import Expected, every_event, expected_paths, load_expected
from tests.golden.misses import read_misses
from tests.golden.score import LEVELS, NOTHING, comes_out, dated_in, near_misses, score
from tests.golden.snapshot import REGENERATE, SNAPSHOTS, read_marks, render, snapshot_path
from tests.sheets import read_sheet

FLOORS = read_sheet(Path(__file__).parent / "floors.yaml")
GROUPS = ("open", "held_back")
GOLD = [pytest.param(path, id=path.stem) for path in expected_paths()]
MUST = [pytest.param(path, event, id=f"{path.stem}: {event.quote}") for path, event in every_event() if event.must]


@pytest.mark.parametrize(("path", "event"), MUST)
def test_the_backbone_of_a_story_comes_out_with_days_type_and_status(path, event, extractions):
    extraction = extractions[load_expected(path).title]
    known = event.quote in read_misses().get(path.stem, {})
    if comes_out(event, extraction) == known:
        verdict = "it comes out now: take it off known_misses.yaml" if known else "it does not come out"
        wanted = f"{event.type} {event.status} {event.first_day}..{event.last_day}"
        pytest.fail(f"{wanted}: {verdict}; in its sentence: {near_misses(event, extraction)}", pytrace=False)


def test_every_known_miss_is_something_that_must_be_right():
    must = {(path.stem, event.quote) for path, event in every_event() if event.must}
    none = {(path.stem, quote) for path in expected_paths() for quote in load_expected(path).none}
    assert {(stem, quote) for stem, misses in read_misses().items() for quote in misses} <= must | none


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("level", LEVELS)
def test_the_score_over_all_articles_of_a_group_stays_above_its_floor(level, group, extractions):
    scores = [score(expected, extractions[expected.title]) for expected in _of(group)]
    assert sum(scores, NOTHING).f1(level) >= FLOORS[group][level]


@pytest.mark.parametrize("path", GOLD)
def test_the_score_of_an_article_stays_above_its_floor(path, extractions):
    expected = load_expected(path)
    assert score(expected, extractions[expected.title]).f1("dated") >= FLOORS["per_article"]["dated"]


@pytest.mark.parametrize("path", GOLD)
def test_sentences_without_a_dated_event_yield_none(path, extractions):
    expected = load_expected(path)
    extraction = extractions[expected.title]
    known = read_misses().get(path.stem, {})
    yielding = {quote: dated for quote in expected.none if (dated := dated_in(extraction, quote))}
    assert yielding.keys() == known.keys() & set(expected.none), yielding


@pytest.mark.parametrize("group", GROUPS)
def test_entities_are_found_and_of_the_right_kind(group, extractions):
    found, right, total = 0, 0, 0
    for expected in _of(group):
        names = _kinds_by_name(extractions[expected.title])
        kinds = [(entity.kind, names.get(name_key(entity.name))) for entity in expected.entities]
        total += len(kinds)
        found += sum(kind is not None for _, kind in kinds)
        right += sum(kind in wanted for wanted, kind in kinds)
    assert found / total >= FLOORS[group]["entities_found"]
    assert right / found >= FLOORS[group]["entities_kind"]


@pytest.mark.parametrize("path", GOLD)
def test_the_claims_are_those_that_were_reviewed(path, extractions):
    expected = load_expected(path)
    snapshot = snapshot_path(path)
    reviewed = snapshot.read_text(encoding="utf-8")
    now = render(expected, extractions[expected.title], read_marks(snapshot))
    diff = difflib.unified_diff(reviewed.splitlines(), now.splitlines(), "reviewed", "now", lineterm="", n=2)
    if now != reviewed:
        pytest.fail("\n".join([f"if the change is right: {REGENERATE}", *diff]), pytrace=False)


def test_every_snapshot_belongs_to_an_article():
    assert {path.name for path in SNAPSHOTS.iterdir()} == {path.name for path in expected_paths()}


def _of(group: str) -> list[Expected]:
    """Gold of the articles that the extraction may be worked on with, or of those that are held back."""
    every = map(load_expected, expected_paths())
    return [expected for expected in every if expected.held_back == (group == "held_back")]


def _kinds_by_name(extraction: Extraction) -> dict[str, str]:
    """Kind of each entity, by every name that the article gives it."""
    return {
        name_key(name): entity.kind
        for entity in extraction.entities
        for name in (entity.name, *(mention.text for mention in entity.mentions))
    }
