"""`sources add`: what is wrong is said before anybody is asked."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ingest.aside import Aside
from ingest.sources.cli import sources
from kb.cli.runs import runs
from kb.config import Settings
from kb.errors import ChronographError, NotFound, SkipInput, SourceError, UsageError
from kb.store.health import JournalTurns, failed, succeeded
from kb.store.journal import open_journal
from kb.store.runs import RunStatus, begin_run, count, end_run
from tests.ingest.sources.conftest import Desk, rss, story
from tests.loopback import Answer, Site


def settings(home: Path) -> Settings:
    hosts = frozenset({"127.0.0.1"})
    return Settings(
        home / "data",
        None,
        "none",
        sources=home / "sources",
        alerts=home / "alerts.yml",
        contact="me",
        allowed_hosts=hosts,
    )


def add(home: Path, *words: str) -> Result:
    return CliRunner().invoke(sources, ["add", *words], obj=settings(home), catch_exceptions=False)


@pytest.mark.parametrize(
    ("words", "error", "says"),
    [
        pytest.param(
            ["../evil", "http://127.0.0.1:9/"],
            UsageError,
            "'../evil' is not a name.*lower-case letters",
            id="a path as name",
        ),
        pytest.param(
            ["Bad Name", "http://127.0.0.1:9/"],
            UsageError,
            "'Bad Name' is not a name.*lower-case letters",
            id="a name of two",
        ),
        pytest.param(["x", "javascript:alert(1)"], UsageError, "not 'javascript'", id="a script"),
        pytest.param(["x", "ftp://a.example/"], UsageError, "not 'ftp'", id="another scheme"),
        pytest.param(["x", "court.example/feed"], UsageError, "write https://court.example/feed", id="no scheme"),
        pytest.param(["x", "http://"], UsageError, r"\Aurl: 'http://' is not a web address", id="no host"),
        pytest.param(["x", "nowhere/here"], SourceError, "no such folder", id="no folder"),
        pytest.param(["x"], UsageError, "give the address", id="no place"),
        pytest.param(
            ["x", ".", "--interval", "1m"], UsageError, r"\Ainterval: .* from every 5 minutes", id="too often"
        ),
        pytest.param(
            ["x", ".", "--timezone", "Mars"], UsageError, r"\Atimezone: 'Mars' is not a time zone", id="no zone"
        ),
        pytest.param(["x", ".", "--keyword", " "], UsageError, "filters.keywords: an empty word", id="a blank keyword"),
        pytest.param(["x", ".", "--language", "klingonese!"], UsageError, "is not a language", id="no language"),
        pytest.param(["x" * 62, "."], UsageError, "at most 61", id="a name too long"),
        pytest.param(["x", "http://[::1]/"], SourceError, r"http://\[::1\]/: ::1 is an address that", id="inside"),
        pytest.param(["nope", "--example"], NotFound, "no example 'nope'", id="no example"),
        pytest.param(["x", "http://127.0.0.1:9/"], SourceError, "no connection", id="nobody there"),
    ],
)
def test_what_cannot_be_a_source_is_named_with_the_fix(
    tmp_path: Path, words: list[str], error: type[ChronographError], says: str
) -> None:
    with pytest.raises(error, match=says):
        add(tmp_path, *words)
    assert not (tmp_path / "sources").exists()


def test_a_source_is_asked_once_and_shown_before_it_is_added(desk: Desk, web: Site) -> None:
    web["/feed"] = Answer(rss(web, [1]), type="application/rss+xml")
    web["/a/1"] = story(1)
    shown = add(desk.home, "court", f"{web.url}/feed", "--keyword", "TikTok")
    assert "1 entry" in shown.stdout
    assert "Ruling 1" in shown.stdout
    assert (desk.home / "sources" / "court.yml").read_text().startswith("kind: feed\n")
    with pytest.raises(UsageError, match="there is already a source"):
        add(desk.home, "court", f"{web.url}/feed")


def told(home: Path, *words: str) -> dict[str, object]:
    """What a command on sources tells programs."""
    done = CliRunner().invoke(sources, [*words, "--json"], obj=settings(home), catch_exceptions=False)
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_every_command_on_sources_speaks_to_programs(desk: Desk, web: Site) -> None:
    web["/feed"] = Answer(rss(web, [1]), type="application/rss+xml")
    web["/a/1"] = story(1)
    file = str(desk.home / "sources" / "court.yml")
    added = told(desk.home, "add", "court", f"{web.url}/feed", "--timezone", "Asia/Tokyo")
    assert (added["file"], added["timezone"], added["entries"]) == (
        file,
        "Asia/Tokyo",
        [{"url": f"{web.url}/a/1", "title": "Ruling 1"}],
    )
    unasked = told(desk.home, "add", "later", f"{web.url}/nothing", "--no-check")
    assert (unasked["kind"], "entries" in unasked) == ("feed", False)
    assert told(desk.home, "add", "us-ftc-press", "--example")["disabled"]
    assert (told(desk.home, "disable", "court")["disabled"], told(desk.home, "enable", "court")["file"]) == (True, file)
    assert told(desk.home, "check", "court")["timezone"] == "Asia/Tokyo"
    examples = told(desk.home, "list", "--examples")["examples"]
    assert isinstance(examples, list)
    assert {"name": "wikinews", "kind": "feed", "title": "Wikinews in English"} in examples


def test_a_trial_shows_whether_alerts_arrive(desk: Desk, web: Site) -> None:
    with pytest.raises(NotFound, match=r"no file .*alerts\.yml"):
        told(desk.home, "alerts")
    file = desk.home / "alerts.yml"
    file.write_text(f"webhook: [{web.url}/hook, {web.url}/gone]\nwatch: [{{entity: TikTok}}]\n", encoding="utf-8")
    web["/hook"] = "ok"
    seen = told(desk.home, "alerts")
    assert (seen["file"], seen["failures"], seen["sent"], web.posted) == (str(file), True, None, [])
    assert seen["watch"] == [{"entity": "TikTok", "name": None, "deadlines": 0, "open": 0, "near": []}]
    assert "no store in" in str(seen["errors"])  # which is no reason to send nothing
    done = CliRunner().invoke(sources, ["alerts", "--send"], obj=settings(desk.home), catch_exceptions=False)
    assert (done.exit_code, "1 trial sent" in done.stdout) == (1, True)
    assert "404" in done.stderr
    assert [json.loads(body)["kind"] for body in web.posted] == ["trial", "trial"]


def test_a_host_that_wants_to_be_left_alone_is_not_asked_for_a_look_either(desk: Desk, web: Site) -> None:
    JournalTurns(desk.journal).hold(f"127.0.0.1:{web.port}", time.time() + 3600)
    with pytest.raises(SourceError, match=r"asked for no requests for 3[56]"):
        add(desk.home, "court", f"{web.url}/feed")
    assert web.asked == []


def show(home: Path, *words: str) -> Result:
    return CliRunner().invoke(runs, list(words), obj=settings(home), catch_exceptions=False)


@pytest.mark.parametrize("opened", [True, False], ids=["nothing yet", "never opened"])
def test_where_nothing_ran_that_is_said(tmp_path: Path, opened: bool) -> None:
    if opened:
        open_journal(tmp_path / "data", create=True).close()
    assert "no runs yet" in show(tmp_path).stderr
    assert "no source has run yet" in show(tmp_path, "--health").stderr
    assert (show(tmp_path, "--json").stdout, show(tmp_path, "--health", "--json").stdout) == ("[]\n", "[]\n")


def test_one_run_is_of_one_source_and_health_is_told_of_one(desk: Desk) -> None:
    for name in ("court", "blog"):
        succeeded(desk.journal, name, at="2025-02-01T23:30:00+00:00", next_due=1.0, interval=3600.0)
    with pytest.raises(UsageError, match=r"'run1a2b' is one run.*leave out --source"):
        show(desk.home, "run1a2b", "--source", "court")
    assert [line.split()[0] for line in show(desk.home, "--health", "--source", "court").stdout.splitlines()] == [
        "court"
    ]
    with pytest.raises(NotFound, match="'nope'"):
        show(desk.home, "--health", "--source", "nope")


@pytest.mark.parametrize("named", ["add", "check"])
def test_a_page_that_brings_down_its_reader_ends_no_look_at_its_source(
    desk: Desk, web: Site, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    web["/feed"] = Answer(rss(web, [1]), type="application/rss+xml")
    web["/a/1"] = story(1)
    read_by: list[str] = []
    call = Aside.call

    def counted_call(self: Aside, what: str, function: Any, /, *args: object, **named: object) -> Any:
        read_by.append(function.__name__)
        if function.__name__ == "_read":
            raise SkipInput(what, "reading it brought down the process that did (SIGSEGV)", kind="too intricate")
        return call(self, what, function, *args, **named)

    monkeypatch.setattr(Aside, "call", counted_call)
    if named == "check":
        add(desk.home, "court", f"{web.url}/feed", "--no-check")
    words = ["add", "court", f"{web.url}/feed"] if named == "add" else ["check", "court"]
    done = CliRunner().invoke(sources, words, obj=settings(desk.home), catch_exceptions=False)
    assert "would be left out: reading it brought down" in done.stdout
    assert read_by == ["read_feed", "_read"]


def test_runs_of_a_source_that_never_ran_are_none(desk: Desk) -> None:
    end_run(desk.journal, begin_run(desk.journal, "court", desk.now), RunStatus.DONE, desk.now, error=None, seconds=1)
    assert "nothing new" in show(desk.home, "--source", "court").stdout
    with pytest.raises(NotFound, match=r"'nope' \(sources that have run: court\)"):
        show(desk.home, "--source", "nope")


def test_a_run_that_failed_says_why_beside_what_it_came_to(desk: Desk) -> None:
    run = begin_run(desk.journal, "court", desk.now)
    count(desk.journal, run, unchanged=2)
    end_run(desk.journal, run, RunStatus.FAILED, desk.now, error="the disk is full", seconds=1)
    assert show(desk.home).stdout.endswith("2 unchanged; the disk is full\n")
    assert show(desk.home, run).stdout.splitlines()[1:] == ["2 unchanged", "failed: the disk is full"]


def test_the_health_of_sources_tells_the_zone_and_leaves_out_what_is_off(desk: Desk) -> None:
    (desk.home / "sources").mkdir(exist_ok=True)
    (desk.home / "sources" / "court.yml").write_text("kind: feed\nurl: https://court.example/feed\n")
    (desk.home / "sources" / "blog.yml").write_text("kind: feed\nurl: https://blog.example/feed\ndisabled: true\n")
    at = "2025-02-01T23:30:00+00:00"
    succeeded(desk.journal, "court", at=at, next_due=1_738_452_600.0, interval=3600.0)
    failed(desk.journal, "blog", "the server answered 500", at=at, now=1.0, interval=600.0, wait=None)
    there = replace(settings(desk.home), timezone="Asia/Tokyo")
    found = CliRunner().invoke(runs, ["--health"], obj=there, catch_exceptions=False)
    assert found.exit_code == 0
    blog, court = found.stdout.splitlines()
    assert blog.split() == ["blog", "off"]
    assert "last success 2025-02-02 08:30 JST, next 2025-02-02 08:30 JST" in court
    (desk.home / "sources" / "blog.yml").write_text("kind: feed\nurl: https://blog.example/feed\n")
    assert CliRunner().invoke(runs, ["--health"], obj=there, catch_exceptions=False).exit_code == 1
