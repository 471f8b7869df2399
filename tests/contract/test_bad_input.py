"""What goes wrong with articles and judgements is told in one line, and nothing is lost. Runs over every store."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from click.testing import CliRunner, Result

from kb import queries
from kb.cli import cli
from kb.config import Settings
from kb.errors import NotFound, UsageError
from kb.ids import entity_id
from kb.model import Entity, EntityKind, Extraction
from kb.queries import EventFilter
from kb.resolve.blocks import LARGEST_BLOCK
from kb.store import Graph
from kb.store.record import record
from tests.contract.synthetic import extraction, now, span


@pytest.fixture
def command(settings_for_server: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setattr("kb.cli.load_settings", lambda environment, folder: settings_for_server)

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, words, catch_exceptions=False)

    return run


def write(graph: Graph, *batch: Extraction, extractor: str = "test") -> None:
    record(graph, batch, recorded_at=now(), extractor=extractor)


def ruling(graph: Graph) -> str:
    (event,) = queries.timeline(graph, EventFilter(types=("court_ruling",)))
    return event.id


def test_an_article_published_again_with_another_date_says_so_and_keeps_its_history(
    graph: Graph, command: Callable[..., Result]
) -> None:
    write(graph, extraction(0))
    write(graph, extraction(0, published=date(2024, 12, 9)))
    told = command("article", "article-0").stdout
    assert "publication date changed from 2024-12-07 to 2024-12-09" in told
    assert "version 2" in told
    assert queries.timeline(graph, EventFilter(as_of="2024-12-08")) == []
    (event,) = queries.timeline(graph, EventFilter(types=("court_ruling",)))
    assert (event.claims, event.first_reported) == (1, "2024-12-09")


def test_an_event_whose_article_was_withdrawn_or_rewritten_says_what_became_of_it(
    graph: Graph, command: Callable[..., Result]
) -> None:
    write(graph, extraction(0))
    lost = ruling(graph)
    command("withdraw", "article-0", "--because", "retracted", "--by", "Ann")
    with pytest.raises(NotFound, match=r"any more: the article 'article-0' was withdrawn on \d{4}-.* by Ann"):
        command("event", lost)
    with pytest.raises(NotFound, match="was withdrawn on"):
        command("judge", "same", lost, lost, "--by", "Ann")
    command("withdraw", "--undo", "article-0")
    text = extraction(0).article.text
    corrected = extraction(0, text="Corrected. " + text)
    write(graph, corrected)
    assert ruling(graph) != lost
    assert command("event", lost).stdout == command("event", ruling(graph)).stdout
    write(graph, replace(corrected, claims=corrected.claims[1:]), extractor="better")
    with pytest.raises(NotFound, match=r"has said otherwise since .*: 'chronograph article article-0' shows how"):
        command("event", lost)
    with pytest.raises(NotFound, match=r"there is no event 'nonsense': 'chronograph timeline' shows the ids"):
        command("event", "nonsense")


def test_a_judgement_on_what_is_gone_waits_is_named_and_holds_again_when_it_is_back(
    graph: Graph, command: Callable[..., Result]
) -> None:
    write(graph, extraction(0), extraction(15))
    (one, other) = [claim.id for claim in queries.event(graph, ruling(graph)).claims]  # type: ignore[union-attr]
    command("judge", "different", one, other, "--by", "Ann")
    assert len(queries.timeline(graph, EventFilter(types=("court_ruling",)))) == 2
    command("withdraw", "article-15", "--because", "retracted", "--by", "Ann")
    assert "waiting: no article 'article-15'" in command("judge", "list").stdout
    command("withdraw", "--undo", "article-15")
    assert "waits" not in command("judge", "list").stdout
    assert len(queries.timeline(graph, EventFilter(types=("court_ruling",)))) == 2


def test_of_two_contradictory_judgements_different_holds_and_both_are_listed(
    graph: Graph, command: Callable[..., Result]
) -> None:
    write(graph, extraction(0), extraction(1))
    rulings = [event.id for event in queries.timeline(graph, EventFilter(types=("court_ruling",)))]
    assert len(rulings) == 2
    command("judge", "same", *rulings, "--by", "Ann")
    assert len(queries.timeline(graph, EventFilter(types=("court_ruling",)))) == 1
    told = command("judge", "different", *rulings, "--by", "Bob")  # by the ids they had before they were made one
    assert "note: it contradicts 'same', j" in told.stderr
    assert len(queries.timeline(graph, EventFilter(types=("court_ruling",)))) == 2
    listed = command("judge", "list")
    assert listed.stdout.count("contradicts") == 2
    assert "2 judgements, 1 contradiction" in listed.stderr
    stored = json.loads(command("judge", "list", "--format", "json").stdout)
    assert {line["verdict"] for line in stored} == {"same", "different"}
    again = command("judge", "same", *rulings, "--by", "Bob")
    assert "contradicts" not in again.stderr
    assert len(queries.timeline(graph, EventFilter(types=("court_ruling",)))) == 1
    assert f"no longer holds: Bob decided otherwise later, in {again.stdout.strip()}" in command("judge", "list").stdout


def test_a_name_of_ten_thousand_characters_is_kept_found_and_shown_in_part(
    graph: Graph, command: Callable[..., Result]
) -> None:
    long = "Very " * 2000 + "Long Act"
    text = extraction(0).article.text + f" The {long} passed."
    named = extraction(0, text=text)
    law = Entity(entity_id(long), long, EntityKind.LAW, (span(text, long),))
    write(graph, Extraction(named.article, (), (*named.entities, law), named.claims))
    found = queries.find_entities(graph, "very very")
    assert [(hit.id, len(hit.name)) for hit in found] == [(law.id, 301)]
    assert long in found[0].aliases
    with pytest.raises(NotFound) as told:
        command("entity", "x" * 10_000)
    assert len(str(told.value)) < 250
    assert queries.resolve_entity(graph, long) is not None


def test_a_thousand_entities_of_one_surname_stay_a_thousand(graph: Graph) -> None:
    names = [f"{a}{b}{c} Smith" for a in "BCDFGHKLMN" for b in "aeiou" for c in "bcdfghklmnprstvwxzjq"]
    people = []
    for start in range(0, len(names), 100):
        text = "The Court upheld the Act on Friday. Apple must divest by May. Regulators may appeal. "
        text += ". ".join(names[start : start + 100])
        some = tuple(
            Entity(entity_id(name), name, EntityKind.PERSON, (span(text, name),)) for name in names[start : start + 100]
        )
        told = extraction(start, text=text)
        people += some
        write(graph, Extraction(told.article, (), (*told.entities, *some), told.claims))
    assert len(people) == 1000 > LARGEST_BLOCK
    hits = queries.find_entities(graph, "Smith", limit=5000)
    assert {hit.id for hit in hits} == {person.id for person in people}


def test_a_name_that_only_part_of_a_name_has_is_nobodys_but_likely(graph: Graph) -> None:
    write(graph, extraction(0))
    hit = queries.find_entities(graph, "court")[0]
    assert queries.entity_called(graph, hit.name.upper()) == queries.entity_called(graph, hit.id) == hit
    assert queries.entity_called(graph, "cour") is None
    assert queries.resolve_entity(graph, "cour") == hit
    assert [view.id for view in queries.entities_like(graph, "cour")] == [hit.id]
    assert [view.id for view in queries.entities_like(graph, "Coutr")] == [hit.id]
    assert queries.entities_like(graph, "Zorg") == []


def test_a_search_finds_what_was_known_on_a_day(graph: Graph, command: Callable[..., Result]) -> None:
    write(graph, extraction(0))
    hit = queries.find_entities(graph, "court")[0]
    (view,) = queries.article_views(graph, entity=hit.id)
    assert view.published is not None
    before = (date.fromisoformat(view.published) - timedelta(days=1)).isoformat()
    assert hit.id in command("search", "court", "--as-of", view.published).stdout
    assert hit.id not in command("search", "court", "--as-of", before).stdout
    assert command("search", "court", "--recorded-by", "2000-01-01").stderr == "0 entities, 0 events, 0 quotes\n"
    with pytest.raises(NotFound, match=f"called 'court' in what was published by {before}: give a later day"):
        command("entity", "court", "--as-of", before)
    with pytest.raises(NotFound, match=r"there is no event '.*' in what was ingested by 2000-01-01: give a later day"):
        command("event", ruling(graph), "--recorded-by", "2000-01-01")


def test_a_search_prints_the_quotes_that_say_it_and_the_weightiest_events(
    graph: Graph, command: Callable[..., Result]
) -> None:
    write(graph, extraction(0), extraction(1), extraction(7))
    printed = command("search", '"must divest"')
    assert "“Apple must divest by May.”" in printed.stdout
    assert printed.stderr == "0 entities, 1 event, 1 quote\n"
    assert len(json.loads(command("search", "divest", "--format", "json").stdout)["quotes"]) == 1
    (heaviest,) = queries.timeline(graph, EventFilter(text="the", main=1))
    found = json.loads(command("search", "the", "--limit", "1", "--format", "json").stdout)
    assert [event["id"] for event in found["events"]] == [heaviest.id]


def test_what_finds_nothing_prints_nothing_but_counts(graph: Graph, command: Callable[..., Result]) -> None:
    write(graph, extraction(0))
    searched, listed = command("search", "zeppelin"), command("timeline", "--to", "1900-01-01")
    assert (searched.stdout, searched.stderr) == ("", "0 entities, 0 events, 0 quotes\n")
    assert (listed.stdout, listed.stderr) == ("", "0 events\n")


@pytest.mark.parametrize("words", ["", "  "], ids=["nothing", "blanks"])
def test_a_search_for_nothing_says_what_to_do(graph: Graph, command: Callable[..., Result], words: str) -> None:
    write(graph, extraction(0))
    with pytest.raises(UsageError, match="nothing to search for"):
        command("search", words)


def test_an_export_to_a_name_of_no_format_is_refused(graph: Graph, command: Callable[..., Result]) -> None:
    write(graph, extraction(0))
    with pytest.raises(UsageError, match=r"'xyz' is not a known format: give --format with one of csv, json"):
        command("export", "-o", "events.xyz")


def test_the_timeline_shows_the_ids_that_other_commands_take(graph: Graph, command: Callable[..., Result]) -> None:
    write(graph, extraction(0))
    assert ruling(graph) in command("timeline").stdout
    assert "court_ruling" in command("timeline", "--text", "upheld").stdout
    assert ruling(graph) not in command("timeline", "--text", "nothing of the kind").stdout
