"""Commands over many articles: deadlines, overdue, conflicts, story, path, changes. Over every store."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner, Result

from kb import queries
from kb.cli import cli, show
from kb.config import Settings
from kb.errors import NotFound, UsageError
from kb.model import Status
from kb.store import Graph
from kb.store.record import record
from tests.contract.synthetic import extraction, now


@pytest.fixture
def command(settings_for_server: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setattr("kb.cli.load_settings", lambda environment, folder: settings_for_server)

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, words, catch_exceptions=False)

    return run


@pytest.fixture
def filled(graph: Graph) -> Graph:
    """Rulings on five laws by one court, deadlines of one company, and one report that denies a ruling."""
    batch = [extraction(number) for number in range(10)]
    denied = extraction(0, published=date(2024, 12, 30), source="Denier", id_=50)
    batch.append(replace(denied, claims=(replace(denied.claims[0], status=Status.DENIED),)))
    record(graph, batch, recorded_at=now(), extractor="test")
    return graph


@pytest.mark.usefixtures("filled")
def test_deadlines_say_what_is_due_since_when_and_whether_it_has_passed(command: Callable[..., Result]) -> None:
    (open_one,) = json.loads(command("deadlines", "--today", "2025-05-01", "--format", "json").stdout)
    assert (open_one["due"], open_one["state"], open_one["slippage"]) == ("2025-05-31", "open", 0)
    assert [step["change"] for step in open_one["steps"]] == ["set"]
    assert open_one["steps"][0]["claim"]["quote"] == "Apple must divest by May."
    (passed,) = json.loads(
        command("deadlines", "--today", "2025-06-01", "--entity", "Apple", "--format", "json").stdout
    )
    assert passed["state"] == "passed"
    table = command("deadlines", "--today", "2025-06-01").stdout
    assert "set to 2025-05-31, known since 2024-12-07" in table
    assert "“Apple must divest by May.”" in table
    assert json.loads(command("deadlines", "--as-of", "2024-12-01", "--format", "json").stdout) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param("set", "set to 2025-05-31 by Apple, known", id="a step that gives a day says which"),
        pytest.param("moved-up", "moved-up to 2025-05-31 by Apple, known", id="and so does one that moves it"),
        pytest.param("met", "met by Apple, known", id="one that ends it does not"),
        pytest.param("lapsed", "lapsed by Apple, known", id="nor one that lets it lapse"),
    ],
)
@pytest.mark.usefixtures("filled")
def test_a_step_names_a_day_only_if_it_gives_one(
    graph: Graph, capsys: pytest.CaptureFixture[str], change: str, told: str
) -> None:
    (view,) = queries.deadlines(graph, today="2025-05-01")
    steps = (replace(view.steps[0], change=change, by="Apple"),)
    show.deadlines([replace(view, steps=steps)], as_json=False)
    assert told in capsys.readouterr().out


@pytest.mark.parametrize(
    ("where", "told"),
    [
        pytest.param({"source": "Outlet"}, "(Outlet)", id="outlet"),
        pytest.param({"source": None, "url": "https://one.example"}, "(https://one.example)", id="address"),
        pytest.param({"source": None, "url": None}, "(Court ruling 0)", id="title"),
    ],
)
@pytest.mark.usefixtures("filled")
def test_a_step_says_where_it_stands_in_words_and_never_by_id_if_there_is_a_title(
    graph: Graph, capsys: pytest.CaptureFixture[str], where: dict[str, str | None], told: str
) -> None:
    (view,) = queries.deadlines(graph, today="2025-05-01")
    claim = replace(view.steps[0].claim, article_title="Court ruling 0", **where)
    show.deadlines([replace(view, steps=(replace(view.steps[0], claim=claim),))], as_json=False)
    assert told in capsys.readouterr().out


@pytest.mark.usefixtures("filled")
def test_what_was_fixed_for_a_day_that_passed_is_overdue_until_somebody_reports(
    command: Callable[..., Result], graph: Graph
) -> None:
    def overdue(today: str) -> list[tuple[str, int]]:
        found = json.loads(command("overdue", "--today", today, "--format", "json").stdout)
        return [(item["event"]["type"], item["days"]) for item in found]

    assert overdue("2025-05-31") == []
    assert overdue("2025-06-02") == [("deadline", 2)]
    assert "divest" in command("overdue", "--today", "2025-06-02").stdout
    done = extraction(60, published=date(2025, 6, 5))
    done = replace(done, claims=(replace(done.claims[1], status=Status.OCCURRED),))
    record(graph, [done], recorded_at=now(), extractor="test")
    assert overdue("2025-06-10") == []
    as_of = command("overdue", "--today", "2025-06-04", "--as-of", "2025-06-04", "--format", "json").stdout
    assert len(json.loads(as_of)) == 1
    assert overdue_as_of(command, "2025-05-31") == []
    assert len(overdue_as_of(command, "2025-06-02")) == 1


def overdue_as_of(command: Callable[..., Result], day: str) -> list[object]:
    """What was overdue on that day, without saying that this is the day to look from."""
    found: list[object] = json.loads(command("overdue", "--as-of", day, "--format", "json").stdout)
    return found


@pytest.mark.usefixtures("filled")
def test_conflicts_show_both_quotes(command: Callable[..., Result]) -> None:
    found = json.loads(command("conflicts", "--on", "status", "--format", "json").stdout)
    assert found
    assert {frozenset((item["one"]["status"], item["other"]["status"])) for item in found} == {
        frozenset(("occurred", "denied"))
    }
    table = command("conflicts", "--entity", "The Court", "--on", "status").stdout
    assert "status: occurred or denied" in table
    assert table.count("“The Court upheld the Act on Friday.”") == 2 * len(found)
    event = command("event", found[0]["one"]["event"]).stdout
    assert "! status: occurred or denied" in event
    assert "one event because: " in event


@pytest.mark.usefixtures("filled")
def test_stories_are_events_that_hang_together_with_their_actors(command: Callable[..., Result], graph: Graph) -> None:
    found = json.loads(command("story", "--format", "json").stdout)
    events = [event["id"] for story in found for event in story["events"]]
    assert len(events) == len(set(events))
    courts = [actor for story in found for actor in story["actors"] if actor["name"] == "The Court"]
    assert max(actor["events"] for actor in courts) > 2
    assert max(actor["centrality"] for actor in courts) > 0
    assert queries.stories(graph) == queries.stories(graph)
    assert "The Court" in command("story", "The Court").stdout


@pytest.mark.usefixtures("filled")
def test_a_path_leads_over_the_events_that_two_entities_share(command: Callable[..., Result]) -> None:
    found = json.loads(command("path", "Act 0", "Act 1", "--format", "json").stdout)
    assert [entity["name"] for entity in found["entities"]] == ["Act 0", "The Court", "Act 1"]
    assert all(event["type"] == "court_ruling" for step in found["events"] for event in step)
    assert command("path", "Act 0", "Act 1").stdout.splitlines()[0] == "Act 0 (law)"
    with pytest.raises(NotFound, match="nothing connects"):
        command("path", "Act 0", "Apple")
    with pytest.raises(NotFound, match="no entity is called 'Nobody'"):
        command("path", "Act 0", "Nobody")


@pytest.mark.usefixtures("filled")
def test_changes_between_two_days(command: Callable[..., Result]) -> None:
    found = json.loads(command("changes", "2024-12-10", "2024-12-31", "--format", "json").stdout)
    assert {tuple(item["what"]) for item in found} == {("status", "sources")}
    table = command("changes", "2024-12-10", "2024-12-31", "--entity", "The Court").stdout
    assert "[status, 1 source]" in table
    assert "[status, 2 sources]" in table
    with pytest.raises(UsageError, match="earlier day first"):
        command("changes", "2024-12-31", "2024-12-10")
    assert command("changes", "yesterday", "2024-12-31").exit_code == 2


@pytest.mark.parametrize("name", ["changes", "conflicts", "deadlines", "judge", "overdue", "path", "rebuild", "story"])
def test_every_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()[2].strip()) > 20
