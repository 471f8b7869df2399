"""What people decide holds for good, is replayed after every re-reading, and can be taken back. Over every store."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb import queries
from kb.cli import cli
from kb.config import Settings
from kb.errors import NotFound, UsageError
from kb.judgement import (
    ClaimAnchor,
    EntityAnchor,
    Judgement,
    Matter,
    Verdict,
    dump_lines,
    parse_line,
)
from kb.queries import EventFilter, EventView
from kb.store import Graph
from kb.store.judgements import (
    anchor_of_claim,
    anchor_of_entity,
    anchor_of_event,
    contradictory,
    judge,
    judge_all,
    list_judgements,
    undo,
)
from kb.store.rebuilding import rebuild
from kb.store.record import record
from tests.contract import synthetic
from tests.contract.synthetic import extraction, now, picture

AT = "2026-02-01T10:00:00+00:00"
LATER = "2026-02-02T10:00:00+00:00"


def write(graph: Graph, *numbers: int, extractor: str = "test") -> None:
    record(graph, [extraction(number) for number in numbers], recorded_at=now(), extractor=extractor)


def rulings(graph: Graph) -> list[EventView]:
    return queries.timeline(graph, EventFilter(types=("court_ruling",)))


def decide(graph: Graph, verdict: Verdict, one: ClaimAnchor, other: ClaimAnchor, *, by: str = "Ann", at: str = AT):
    return judge(graph, Judgement(Matter.EVENT, verdict, one, other, by=by, at=at, why="a test"))


def two_apart(graph: Graph) -> tuple[ClaimAnchor, ClaimAnchor]:
    """Two rulings on two days about two laws, which nothing joins."""
    write(graph, 0, 1)
    one, other = rulings(graph)
    return anchor_of_event(graph, one.id), anchor_of_event(graph, other.id)


def two_together(graph: Graph) -> tuple[ClaimAnchor, ClaimAnchor]:
    """Two reports of one ruling."""
    write(graph, 0, 15)
    (event,) = rulings(graph)
    detail = queries.event(graph, event.id)
    assert detail is not None
    one, other = (anchor_of_claim(graph, claim.id) for claim in detail.claims)
    return one, other


def test_same_joins_two_events_and_undo_takes_them_apart(graph: Graph) -> None:
    one, other = two_apart(graph)
    before = picture(graph)
    made = decide(graph, Verdict.SAME, one, other)
    (event,) = rulings(graph)
    assert (event.claims, "judged to be the same" in event.because) == (2, True)
    undo(graph, made.id)
    assert picture(graph) == before
    with pytest.raises(NotFound, match="no judgement"):
        undo(graph, made.id)


def test_different_parts_two_reports_for_good(graph: Graph) -> None:
    one, other = two_together(graph)
    decide(graph, Verdict.DIFFERENT, one, other)
    assert len(rulings(graph)) == 2
    write(graph, 0, 15, extractor="newer")
    write(graph, 30)
    event_of = {c.article: e.id for e in rulings(graph) for c in queries.event(graph, e.id).claims}  # type: ignore[union-attr]
    assert event_of["article-0"] != event_of["article-15"]
    judged = picture(graph)
    rebuild(graph, on_progress=lambda what, count: None)
    assert picture(graph) == judged


def test_unsure_changes_nothing(graph: Graph) -> None:
    one, other = two_together(graph)
    decide(graph, Verdict.UNSURE, one, other)
    assert len(rulings(graph)) == 1


def test_a_correction_changes_the_event_and_keeps_what_the_article_says(graph: Graph) -> None:
    write(graph, 0)
    (event,) = rulings(graph)
    anchor = anchor_of_event(graph, event.id)
    made = judge(
        graph,
        Judgement(Matter.EVENT, Verdict.CORRECT, anchor, None, by="Ann", at=AT, field="first_day", value="2024-12-05"),
    )
    (corrected,) = rulings(graph)
    assert corrected.first_day == "2024-12-05"
    detail = queries.event(graph, corrected.id)
    assert detail is not None
    assert detail.claims[0].first_day == "2024-12-06"
    undo(graph, made.id)
    assert rulings(graph) == [event]


def test_the_same_entity_is_one_with_all_its_names_and_events(graph: Graph) -> None:
    write(graph, 0, 1)
    names = [anchor_of_entity(graph, name) for name in ("Act 0", "Act 1")]
    made = judge(graph, Judgement(Matter.ENTITY, Verdict.SAME, names[0], names[1], by="Ann", at=AT))
    for name in ("Act 0", "Act 1"):
        found = queries.resolve_entity(graph, name)
        assert found is not None
        assert set(found.aliases) >= {"Act 0", "Act 1"}
        assert found.events == 1  # rulings a day apart on one act are one, with a contradiction
        detail = queries.entity(graph, found.id)
        assert detail is not None
        assert {article.id for article in detail.articles} == {"article-0", "article-1"}
    write(graph, 6)  # names Act 1 too
    assert queries.resolve_entity(graph, "Act 0").articles == 3  # type: ignore[union-attr]
    once = picture(graph)
    rebuild(graph, on_progress=lambda what, count: None)
    assert picture(graph) == once
    undo(graph, made.id)
    assert queries.resolve_entity(graph, "Act 0").articles == 1  # type: ignore[union-attr]


def test_judgements_that_contradict_are_reported_and_different_holds_meanwhile(graph: Graph) -> None:
    one, other = two_apart(graph)
    decide(graph, Verdict.SAME, one, other)
    against = decide(graph, Verdict.DIFFERENT, other, one, by="Ben")
    assert len(rulings(graph)) == 2
    assert [{j.verdict for j in pair} for pair in contradictory(graph)] == [{Verdict.SAME, Verdict.DIFFERENT}]
    decide(graph, Verdict.UNSURE, one, other, by="Ben", at=LATER)
    assert contradictory(graph) == []
    assert len(rulings(graph)) == 1
    assert against.id in {stored.judgement.id for stored in list_judgements(graph)}


def test_in_a_chain_that_contradicts_itself_different_holds_whoever_imports_it(graph: Graph) -> None:
    write(graph, 0, 1, 2)
    anchors = [anchor_of_event(graph, event.id) for event in rulings(graph)]
    names = [anchor_of_entity(graph, f"Act {number}") for number in range(3)]
    for on, (a, b, c) in ((Matter.EVENT, anchors), (Matter.ENTITY, names)):
        judge(graph, Judgement(on, Verdict.SAME, a, b, by="Ann", at=AT))
        told = [(Verdict.SAME, b, c), (Verdict.DIFFERENT, a, c)]
        judge_all(graph, [Judgement(on, verdict, one, other, by="Ben", at=LATER) for verdict, one, other in told])
    assert len(contradictory(graph)) == 4
    assert len(rulings(graph)) == 2
    assert len({hit.id for hit in queries.find_entities(graph, "Act")}) == 2
    once = picture(graph)
    rebuild(graph, on_progress=lambda *_: None)
    assert picture(graph) == once


def test_a_judgement_on_what_is_not_there_waits_and_is_named(graph: Graph) -> None:
    one, other = two_apart(graph)
    decide(graph, Verdict.SAME, one, other)
    gone = extraction(1)
    withdrawn = replace(gone, article=replace(gone.article, text="Withdrawn."), claims=(), entities=())
    record(graph, [withdrawn], recorded_at=now(), extractor="test")
    assert len(rulings(graph)) == 1
    (stored,) = list_judgements(graph)
    assert stored.missing == ("no article 'article-1'",)
    write(graph, 1)
    assert [event.claims for event in rulings(graph)] == [2]
    assert list_judgements(graph)[0].missing == ()


def test_a_judgement_outlives_a_correction_around_its_sentence(graph: Graph) -> None:
    one, other = two_apart(graph)
    decide(graph, Verdict.SAME, one, other)
    record(graph, [extraction(1, text=synthetic.TEXT + " Corrected.")], recorded_at=now(), extractor="test")
    assert [event.claims for event in rulings(graph)] == [2]


def test_the_order_of_judgements_and_articles_changes_nothing(graph: Graph, empty: Callable[[], None]) -> None:
    one, other = two_apart(graph)
    entities = [anchor_of_entity(graph, name) for name in ("Act 0", "Act 1")]
    write(graph, 15)
    judgements = [
        Judgement(Matter.EVENT, Verdict.SAME, one, other, by="Ann", at=AT),
        Judgement(Matter.EVENT, Verdict.DIFFERENT, one, replace(one, article="article-15"), by="Ann", at=AT),
        Judgement(Matter.ENTITY, Verdict.SAME, entities[0], entities[1], by="Ben", at=LATER),
    ]
    judge_all(graph, judgements)
    once = picture(graph)
    empty()
    judge_all(graph, reversed(judgements))
    for number in (15, 1, 0):
        write(graph, number)
    assert picture(graph) == once


def test_a_file_of_judgements_gives_them_back(graph: Graph, empty: Callable[[], None]) -> None:
    one, other = two_apart(graph)
    decide(graph, Verdict.SAME, one, other)
    lines = list(dump_lines(stored.judgement for stored in list_judgements(graph)))
    once = picture(graph)
    empty()
    write(graph, 0, 1)
    for _ in range(2):
        judge_all(graph, [parse_line(line, where="line") for line in lines])
        assert picture(graph) == once


def run(settings: Settings, *words: str, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, words, obj=settings, input=text, catch_exceptions=False)


@pytest.fixture
def command(settings_for_server: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setattr("kb.cli.load_settings", lambda environment, folder: settings_for_server)
    return lambda *words, text=None: run(settings_for_server, *words, text=text)


def test_the_commands_judge_list_export_import_and_undo(graph: Graph, command: Callable[..., Result]) -> None:
    write(graph, 0, 1)
    one, other = (event.id for event in rulings(graph))
    made = command("judge", "same", one, other, "--by", "Ann", "--why", "one ruling").stdout.strip()
    assert len(rulings(graph)) == 1
    listed = json.loads(command("judge", "list", "--format", "json").stdout)
    assert [(row["id"], row["verdict"], row["by"], row["missing"]) for row in listed] == [(made, "same", "Ann", [])]
    exported = command("judge", "export").stdout
    command("judge", "undo", made)
    assert len(rulings(graph)) == 2
    broken = command("judge", "import", "-", text=exported + '{"on": "event"}\n')
    assert broken.exit_code == 1
    assert "line 2: not a judgement" in broken.stderr
    assert len(rulings(graph)) == 1
    command("judge", "different", "Act 0", "Act 1", "--by", "Ann")
    command("judge", "correct", rulings(graph)[0].id, "status", "denied", "--by", "Ann")
    assert rulings(graph)[0].status == "denied" or rulings(graph)[0].claims == 2
    assert "3 judgements" in command("judge", "list").stderr
    assert "events from" in command("rebuild").stderr


@pytest.mark.usefixtures("graph")
def test_where_nothing_is_judged_any_more_the_exported_file_holds_nothing(
    command: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "judged.jsonl").write_text("what was judged before\n")
    for name in ("judged.jsonl", "new.jsonl"):
        assert "0 judgements" in command("judge", "export", str(tmp_path / name)).stderr
        assert not (tmp_path / name).read_text()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("judge", "same", "ev" + "0" * 24, "c" + "0" * 24, "--by", "Ann"), "there is no event"),
        (("judge", "same", "c" + "0" * 24, "ev" + "0" * 24, "--by", "Ann"), "there is no claim"),
        (("judge", "same", "Act 0", "Nobody", "--by", "Ann"), "no entity is called 'Nobody'"),
        (("judge", "same", "Act 0", "Act 0", "--by", "Ann"), "already stand for one thing"),
        (("judge", "same", "Act 0", "Act 1", "--by", " "), "the name of whoever makes it"),
        (
            ("judge", "same", "Act 0", "c" + "0" * 24, "--by", "Ann"),
            "is not the id of an event or claim, but the other is",
        ),
        (("judge", "undo", "j0"), "there is no judgement"),
    ],
)
def test_a_judgement_that_makes_no_sense_is_refused_in_one_line(
    graph: Graph, command: Callable[..., Result], words: tuple[str, ...], message: str
) -> None:
    write(graph, 0, 1)
    with pytest.raises((NotFound, UsageError), match=message):
        command(*words)


def test_a_name_of_ten_thousand_characters_and_a_thousand_entities_of_one_name_do_no_harm(graph: Graph) -> None:
    first = extraction(0)
    long = replace(first.entities[1], id="e-long", name="x" * 10_000)
    many = [replace(first.entities[1], id=f"e-{n}", name="John Smith") for n in range(1000)]
    crowd = replace(first, entities=(*first.entities, long, *many))
    record(graph, [crowd], recorded_at=now(), extractor="test")
    assert queries.resolve_entity(graph, "x" * 10_000) is not None
    assert len(queries.find_entities(graph, "John Smith", limit=2000)) == 1000
    judge(
        graph,
        Judgement(Matter.ENTITY, Verdict.SAME, EntityAnchor("e-1"), EntityAnchor("e-2"), by="Ann", at=AT),
    )
    assert len(queries.find_entities(graph, "John Smith", limit=2000)) == 999


def test_an_article_published_again_with_another_date_has_one_history(graph: Graph) -> None:
    write(graph, 0)
    again = extraction(0, published=date(2024, 12, 20))
    record(graph, [again], recorded_at=now(), extractor="test")
    (event,) = rulings(graph)
    assert (event.claims, event.first_reported) == (1, "2024-12-20")
    assert queries.timeline(graph, EventFilter(types=("court_ruling",), as_of="2024-12-19")) == []
