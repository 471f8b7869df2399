"""Who is who within the fixture articles: named, described, and meant by pronouns."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.model import Span
from kb.resolve import find_links, profiles_of, resolve
from kb.resolve.senses import with_senses
from tests.golden.gold import EXPECTED, expected_paths, find_unique, load_expected, load_stories
from tests.golden.identity import across, b_cubed, mean, within
from tests.sheets import read_sheet

HERE = Path(__file__).parent
FLOORS = read_sheet(HERE / "floors.yaml")["identity"]
PRONOUNS = read_sheet(HERE / "pronouns.yaml")["pronouns"]


@pytest.mark.parametrize("part", ["open", "held_back"])
def test_mentions_of_one_thing_stand_together_above_the_floor(part, extractions):
    chosen = [one for one in map(load_expected, expected_paths()) if one.held_back == (part == "held_back")]
    assert mean(within(expected, extractions[expected.title]) for expected in chosen).f1 >= FLOORS["within"][part]


@pytest.mark.parametrize("part", ["open", "held_back"])
def test_one_thing_is_one_entity_across_the_articles_of_a_story(part, extractions):
    written = {title: with_senses(extraction) for title, extraction in extractions.items()}
    canonical = resolve(find_links(profiles_of(written.values())), ())
    told = [[load_expected(EXPECTED / f"{stem}.yaml") for stem in story.articles] for story in load_stories()]
    chosen = [articles for articles in told if articles[0].held_back == (part == "held_back")]
    scores = [across([(one, written[one.title]) for one in articles], canonical) for articles in chosen]
    assert mean(scores).f1 >= FLOORS["across"][part]


def test_pronouns_are_given_to_what_a_reader_takes_them_for(extractions):
    read = [(row["means"], _given(row, extractions)) for row in PRONOUNS]
    linked = [(means, given) for means, given in read if given is not None]
    assert len(linked) >= FLOORS["pronouns_linked"]
    assert sum(means == given for means, given in linked) / len(linked) >= FLOORS["pronouns"]


@pytest.mark.parametrize(
    ("gold", "system", "precision", "recall"),
    [
        pytest.param({1: "a", 2: "a", 3: "b"}, {1: "x", 2: "x", 3: "y"}, 1, 1, id="the same clusters"),
        pytest.param({1: "a", 2: "a", 3: "b"}, {1: "x", 2: "y", 3: "z"}, 1, 2 / 3, id="all apart"),
        pytest.param({1: "a", 2: "a", 3: "b"}, {1: "x", 2: "x", 3: "x"}, 5 / 9, 1, id="all together"),
    ],
)
def test_b_cubed_counts_what_stands_together(gold, system, precision, recall):
    score = b_cubed(gold, system)
    assert (score.precision, score.recall) == (pytest.approx(precision), pytest.approx(recall))


def _given(row, extractions) -> str | None:
    """Name of the entity that the pronoun of a row was given to."""
    extraction = extractions[load_expected(EXPECTED / f"{row['article']}.yaml").title]
    start = find_unique(extraction.article, row["quote"]) + row["at"]
    span = Span(start, start + len(row["pronoun"]), row["pronoun"])
    return next((entity.name for entity in extraction.entities if span in entity.references), None)
