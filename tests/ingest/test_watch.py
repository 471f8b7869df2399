"""The service: sources in their own time, the queue drained, people told, and a clean end."""

from __future__ import annotations

import json
import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import watch
from ingest.extraction import reraise
from ingest.service import open_ingestion
from ingest.watch import _pause_after
from kb.config import Settings
from kb.errors import AbortRun, StoreFull, StoreUnavailable
from kb.queries.runs import RunView, queue_length, runs, source_health
from kb.store import embedded, health
from kb.store.journal import open_journal
from tests.loopback import Answer, Site, site
from tests.patience import PATIENCE

pytestmark = pytest.mark.timeout(3 * PATIENCE)

KILLS = 4

STORY = "<p>The Supreme Court ruled on Friday, January 17, 2025 that ByteDance must sell TikTok by March {0}, 2025.</p>"


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as running:
        yield running


class Service:
    """`chronograph watch` over a folder of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"
        self.sources = home / "sources"
        self.sources.mkdir()
        self._processes: list[subprocess.Popen[str]] = []

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "CHRONOGRAPH_"))}
        return {**kept, "CHRONOGRAPH_DATA": str(self.data), "CHRONOGRAPH_ALLOWED_HOSTS": "127.0.0.1"}

    def source(self, name: str, url: str, extra: str = "") -> None:
        text = f"kind: feed\nurl: {url}\ndelay: 0\ninterval: 5m\n{extra}"
        (self.sources / f"{name}.yml").write_text(text, encoding="utf-8")

    def start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "kb", "watch", "--log-format", "json", "--verbose"],
            env=self.environment(),
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._processes.append(process)
        return process

    def command(self, *words: str, code: int | None = 0, **more: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "kb", *words],
            env=self.environment() | more,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert code is None or done.returncode == code, done.stderr
        return done

    def runs(self) -> tuple[RunView, ...]:
        if not (self.data / "journal.sqlite").exists():
            return ()
        with open_journal(self.data) as journal:
            return runs(journal)

    def close(self) -> None:
        for process in self._processes:
            process.kill()
            process.communicate()
        embedded.stop(self.data)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    made = Service(tmp_path)
    yield made
    made.close()


def publish(web: Site, numbers: range, *, day: int = 17) -> None:
    items = "".join(f"<item><title>Ruling {n}</title><link>{web.url}/a/{n}</link></item>" for n in numbers)
    web["/feed"] = Answer(f"<rss version='2.0'><channel>{items}</channel></rss>", type="application/rss+xml")
    for n in numbers:
        web[f"/a/{n}"] = (
            f"<html><head><title>Ruling {n}</title></head><body><article>{STORY.format(n + 1) * 2}</article></body>"
        )


def until(holds: object, *, seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.1)


def _told(service: Service) -> list[dict[str, object]]:
    with open_journal(service.data) as journal:
        return journal.rows("SELECT event FROM deadline")


def finish(process: subprocess.Popen[str], number: signal.Signals = signal.SIGTERM) -> list[dict[str, object]]:
    process.send_signal(number)
    assert process.wait(PATIENCE) == 0
    assert process.stderr
    return [json.loads(line) for line in process.stderr.read().splitlines()]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=str)
def test_it_collects_writes_and_ends_cleanly(service: Service, web: Site, number: signal.Signals) -> None:
    publish(web, range(3))
    service.source("court", web.url + "/feed")
    process = service.start()
    until(lambda: any(run.new == 3 for run in service.runs()))
    log = finish(process, number)
    assert log[0]["event"] == "started"
    events = [line["event"] for line in log]
    assert events[-1] == "stopped"
    assert "stopping" in events[-3:]  # what was just written may be told in between
    assert {line["articles"] for line in log if line["event"] == "written"} == {3}
    assert web.paths.count("/feed") == 1  # its next time is in five minutes
    found = json.loads(service.command("timeline", "--format", "json").stdout)
    assert {event["first_day"] for event in found if event["type"] == "deadline"}


def test_it_says_that_there_are_no_sources_and_how_to_add_one(service: Service) -> None:
    process = service.start()
    assert process.stderr
    started, told = (json.loads(process.stderr.readline()) for _ in range(2))
    finish(process)
    assert (started["event"], told["event"], told["folder"]) == ("started", "no-sources", str(service.sources))


def test_a_missed_time_is_made_up_once_and_no_sooner_than_due(service: Service, web: Site) -> None:
    publish(web, range(1))
    service.source("court", web.url + "/feed")
    service.command("ingest", "--source", "court")
    with open_journal(service.data, create=True) as journal, journal.transaction() as connection:
        connection.execute("UPDATE source SET next_due = ?", (time.time() - 3 * 86400,))
    process = service.start()
    until(lambda: len(service.runs()) == 2)
    time.sleep(2)
    finish(process)
    assert web.paths.count("/feed") == 2


def test_sources_that_are_added_and_removed_meanwhile_are_noticed(service: Service, web: Site) -> None:
    publish(web, range(1))
    process = service.start()
    until((service.data / "journal.sqlite").exists)
    service.source("court", web.url + "/feed")
    (service.sources / "broken.yml").write_text("kind: blog\n", encoding="utf-8")
    until(lambda: len(service.runs()) == 1)
    log = finish(process)
    assert any("broken.yml" in str(line.get("error")) for line in log)


def test_a_service_killed_at_any_moment_loses_no_article_and_doubles_none(service: Service, web: Site) -> None:
    service.source("court", web.url + "/feed")
    for kill in range(1, KILLS + 1):
        publish(web, range(2 * kill))
        process = service.start()
        until((service.data / "journal.sqlite").exists)
        with open_journal(service.data) as journal, journal.transaction() as connection:
            connection.execute("UPDATE source SET next_due = 0")
        asked = len(web.asked) + random.randint(1, 3)
        until(lambda wanted=asked: len(web.asked) >= wanted or process.poll() is not None)  # noqa: B023
        time.sleep(random.choice((0.0, random.uniform(0, 0.2), random.uniform(0, 5))))
        process.kill()
        process.communicate()
    with open_journal(service.data) as journal, journal.transaction() as connection:
        connection.execute("UPDATE source SET next_due = 0")
    service.command("ingest", "--source", "court")
    found = json.loads(
        service.command(
            "query",
            "MATCH (a:Article)-[:HAS_VERSION]->(v:Version) RETURN a.title AS title, count(v) AS versions",
            "--format",
            "json",
        ).stdout
    )
    assert sorted((row["title"], row["versions"]) for row in found) == [(f"Ruling {n}", 1) for n in range(2 * KILLS)]
    assert len([path for path in web.paths if path != "/feed"]) <= 3 * KILLS  # one again a kill


def test_a_source_whose_file_is_mended_is_tried_at_once(
    tmp_path: Path, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_REREAD", 0.2)
    publish(web, range(1))
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "court.yml").write_text(f"kind: feed\nurl: {web.url}/nowhere\ndelay: 0\n", encoding="utf-8")
    settings = Settings(tmp_path / "data", None, "none", sources=sources, allowed_hosts=frozenset({"127.0.0.1"}))
    stop = threading.Event()
    with open_ingestion(settings, pipeline="none", on_failure=reraise, stopping=stop.is_set) as ingestion:
        service = watch.Watch(ingestion, stop, logging.getLogger("test"))
        monkeypatch.setattr(service, "_drain", lambda: None)
        running = threading.Thread(target=service.run)
        running.start()
        try:
            until(lambda: health.state(ingestion.journal, "court").failures == 1)
            (sources / "court.yml").write_text(f"kind: feed\nurl: {web.url}/feed\ndelay: 0\n", encoding="utf-8")
            until(lambda: queue_length(ingestion.journal) == 1)
        finally:
            stop.set()
            running.join()


def test_of_two_services_that_see_a_file_changed_one_asks_the_source(
    tmp_path: Path, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_REREAD", 0.2)
    publish(web, range(1))
    sources = tmp_path / "sources"
    sources.mkdir()
    text = f"kind: feed\nurl: {web.url}/feed\ndelay: 0\n"
    (sources / "court.yml").write_text(text, encoding="utf-8")
    settings = Settings(tmp_path / "data", None, "none", sources=sources, allowed_hosts=frozenset({"127.0.0.1"}))
    stop = threading.Event()
    with open_ingestion(settings, pipeline="none", on_failure=reraise, stopping=stop.is_set) as ingestion:
        services = [watch.Watch(ingestion, stop, logging.getLogger("test")) for _ in range(2)]
        for service in services:
            monkeypatch.setattr(service, "_drain", lambda: None)
        running = [threading.Thread(target=service.run) for service in services]
        for thread in running:
            thread.start()
        try:
            until(lambda: web.paths.count("/feed") == 1)
            (sources / "court.yml").write_text(f"{text}limit: 7\n", encoding="utf-8")
            until(lambda: web.paths.count("/feed") == 2)
            time.sleep(2)  # in which both look at the files again and again
        finally:
            stop.set()
            for thread in running:
                thread.join()
    assert web.paths.count("/feed") == 2


def test_two_services_at_once_do_no_harm(service: Service, web: Site) -> None:
    publish(web, range(4))
    service.source("court", web.url + "/feed")
    both = [service.start(), service.start()]
    until(lambda: any(run.new == 4 for run in service.runs()))
    for process in both:
        finish(process)
    assert sorted(web.paths) == ["/a/0", "/a/1", "/a/2", "/a/3", "/feed"]


def test_a_source_that_fails_is_told_to_a_webhook_which_may_be_down_at_first(service: Service, web: Site) -> None:
    web["/feed"] = Answer(status=404)
    web["/hook"] = "ok"
    service.source("court", web.url + "/feed")
    (service.home / "alerts.yml").write_text(f"webhook: {web.url}/hook\n", encoding="utf-8")
    process = service.start()
    until(lambda: bool(web.posted))
    finish(process)
    alert = json.loads(web.posted[0])
    assert (alert["kind"], alert["source"]) == ("source failing", "court")
    assert "404" in alert["text"]
    with open_journal(service.data) as journal:
        assert journal.rows("SELECT * FROM outbox") == []
        assert source_health(journal)[0].state == "failing"


def test_a_source_that_is_well_again_and_a_graph_that_is_away_are_told(service: Service, web: Site) -> None:
    web["/hook"] = "ok"
    service.source("court", web.url + "/feed")
    (service.home / "alerts.yml").write_text(f"webhook: {web.url}/hook\n", encoding="utf-8")
    service.command("ingest", "--source", "court", code=1)
    publish(web, range(1))
    for _ in range(2):
        service.command("ingest", "--source", "court", code=1, NEO4J_URI="bolt://127.0.0.1:9", NEO4J_PASSWORD="x")
    told = {alert["kind"]: alert["text"] for alert in map(json.loads, web.posted)}
    assert len(told) == len(web.posted) == 3
    assert "404" in told["source failing"]
    assert told["source well again"] == "the source court is well again"
    assert told["graph failing"].startswith("articles wait on disk, as they cannot be written to the graph: ")


def telling(home: Path, web: Site) -> Settings:
    """Settings with which a webhook at the site is told of failures."""
    web["/hook"] = "ok"
    file = home / "alerts.yml"
    file.write_text(f"webhook: {web.url}/hook\n", encoding="utf-8")
    (home / "sources").mkdir()
    hosts = frozenset({"127.0.0.1"})
    return Settings(home / "data", None, "none", sources=home / "sources", alerts=file, allowed_hosts=hosts)


def test_that_the_disk_is_full_is_told_at_once(tmp_path: Path, web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreFull("the disk is full")

    settings = telling(tmp_path, web)
    with open_ingestion(settings, pipeline="none", on_failure=reraise) as ingestion:
        service = watch.Watch(ingestion, threading.Event(), logging.getLogger("test"))
        monkeypatch.setattr(service, "_drain", full)
        monkeypatch.setattr(watch, "_DRAIN_EVERY", 0.05)
        with pytest.raises(StoreFull):
            service.run()
    assert [json.loads(body)["text"] for body in web.posted] == ["nothing more is collected: the disk is full"]


def test_a_graph_that_is_away_for_long_is_told_by_a_service(
    tmp_path: Path, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        if web.posted:
            stop.set()
        raise StoreUnavailable("it does not answer")

    settings = telling(tmp_path, web)
    stop = threading.Event()
    with open_ingestion(settings, pipeline="none", on_failure=reraise) as ingestion:
        service = watch.Watch(ingestion, stop, logging.getLogger("test"))
        monkeypatch.setattr(service, "_drain", away)
        for name, seconds in {"_DRAIN_EVERY": 0.02, "_DRAIN_AWAY": 0.02, "_TOLD_AFTER": 0.5}.items():
            monkeypatch.setattr(watch, name, seconds)
        began = time.monotonic()
        service.run()
        assert time.monotonic() - began > 0.5
    assert [json.loads(body)["kind"] for body in web.posted] == ["graph failing"]


def test_a_new_deadline_of_a_watched_entity_is_told(service: Service, web: Site) -> None:
    publish(web, range(1))
    web["/hook"] = "ok"
    service.source("court", web.url + "/feed")
    (service.home / "alerts.yml").write_text(
        f"webhook: {web.url}/hook\nwatch:\n- entity: ByteDance\n", encoding="utf-8"
    )
    service.command("ingest", "--source", "court")
    assert _told(service)
    assert web.posted == []  # what was known when the watching began is no news
    publish(web, range(2))
    with open_journal(service.data) as journal, journal.transaction() as connection:
        connection.execute("UPDATE source SET next_due = 0")
    again = service.start()
    until(lambda: bool(web.posted))
    finish(again)
    alert = json.loads(web.posted[0])
    assert (alert["kind"], alert["entity"], alert["first_day"]) == ("new deadline", "ByteDance", "2025-03-02")
    assert len(web.posted) == 1


def letter(service: Service, number: int, day: str, text: str) -> None:
    """Put an article into the folder that the source `desk` reads, and read it."""
    folder = service.home / "in"
    folder.mkdir(exist_ok=True)
    (service.sources / "desk.yml").write_text("kind: folder\npath: ../in\n", encoding="utf-8")
    head = f"---\ntitle: News of the day {number}\npublished: {day}\nsource: Paper {number}\n---\n"
    (folder / f"{number}.md").write_text(head + text + "\n", encoding="utf-8")
    service.command("ingest", "--source", "desk")


def test_a_deadline_that_moves_is_told_once_with_the_day_before_and_who_moved_it(service: Service, web: Site) -> None:
    web["/hook"] = "ok"
    alerts = f"webhook: {web.url}/hook\nwatch:\n- entity: ByteDance\n"
    (service.home / "alerts.yml").write_text(alerts, encoding="utf-8")
    letter(service, 1, "2025-01-10", "The law says that ByteDance must sell TikTok by January 19, 2025.")
    letter(
        service,
        2,
        "2025-01-20",
        "On Monday, January 20, 2025, President Trump signed an executive order extending the deadline for ByteDance "
        "to sell TikTok to April 5, 2025.",
    )
    letter(service, 3, "2025-01-21", "ByteDance must sell TikTok by April 5, 2025, the president said on Monday.")
    (told,) = [json.loads(posted) for posted in web.posted]
    assert (told["kind"], told["first_day"], told["before"]) == ("deadline changed", "2025-04-05", "2025-01-19, open")
    assert told["text"].startswith("deadline of ByteDance extended by Donald Trump to 2025-04-05 (it was 2025-01-19)")
    assert told["quote"].startswith("On Monday, January 20, 2025, President Trump signed an executive order")
    assert told["text"].endswith(f"“{told['quote']}” (Paper 2, 2025-01-20)")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param(["ingest", "--source", "nobody"], 1, "no source 'nobody'", id="unknown"),
        pytest.param(["ingest"], 2, "--source NAME", id="nothing named"),
        pytest.param(["ingest", "a.txt", "--source", "court"], 2, "--source NAME", id="both named"),
        pytest.param(["ingest", "--source", "off"], 2, "disabled", id="switched off"),
        pytest.param(["ingest", "--source", "gone"], 1, "404", id="failing"),
        pytest.param(["sources", "check", "gone"], 1, "404", id="check of a failing one"),
        pytest.param(["sources", "add", "Bad Name", "http://127.0.0.1/"], 2, "lower-case letters", id="a bad name"),
        pytest.param(["sources", "add", "new", "ftp://a.example/"], 2, "only http and https", id="no web address"),
        pytest.param(["sources", "disable", "nobody"], 1, "no source 'nobody'", id="disable an unknown one"),
        pytest.param(["runs", "nothing"], 1, "no run|nothing has been", id="no such run"),
    ],
)
def test_exit_codes_are_fit_for_cron(service: Service, web: Site, words: list[str], code: int, said: str) -> None:
    service.source("gone", web.url + "/gone")
    service.source("off", web.url + "/feed", "disabled: true\n")
    done = service.command(*words, code=code)
    assert any(each in done.stderr + done.stdout for each in said.split("|"))
    assert "Traceback" not in done.stderr


def test_the_report_for_machines_tells_each_source(service: Service, web: Site) -> None:
    publish(web, range(2))
    service.source("court", web.url + "/feed")
    service.source("gone", web.url + "/gone")
    report = json.loads(service.command("ingest", "--all-sources", "--json", code=1).stdout)
    by_name = {one["source"]: one for one in report["sources"]}
    assert (by_name["court"]["run"]["new"], by_name["court"]["error"]) == (2, None)
    assert "404" in by_name["gone"]["error"]
    assert report["waiting"] == 0
    again = json.loads(service.command("ingest", "--all-sources", "--due", "--json").stdout)
    assert {one["status"] for one in again["sources"]} == {"not due yet"}
    listed = service.command("sources", "list", code=1).stdout
    assert "court" in listed
    assert "failing" in listed
    detail = json.loads(service.command("runs", by_name["court"]["run"]["id"], "--json").stdout)
    assert [item["outcome"] for item in detail["items"]] == ["new", "new"]


def test_a_file_that_is_wrong_keeps_no_other_source_waiting_and_fails_the_run(service: Service, web: Site) -> None:
    publish(web, range(1))
    service.source("court", web.url + "/feed")
    (service.sources / "typo.yml").write_text(f"kind: feed\nurll: {web.url}/feed\n", encoding="utf-8")
    done = service.command("ingest", "--all-sources", "--json", code=1)
    report = json.loads(done.stdout)
    assert report["sources"][0]["run"]["new"] == 1
    assert [said.partition("typo.yml")[2] for said in report["mistakes"]] == [
        ":2: urll: there is no such key; did you mean 'url'?"
    ]
    assert report["mistakes"][0] in done.stderr
    (service.sources / "court.yml").unlink()
    assert "did you mean 'url'?" in service.command("ingest", "--all-sources", code=1).stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=str)
def test_one_run_ends_cleanly_too_and_the_next_goes_on(service: Service, web: Site, number: signal.Signals) -> None:
    publish(web, range(30))
    service.source("court", web.url + "/feed")
    asked = threading.Event()
    page = web.routes["/a/1"]
    web["/a/1"] = lambda _: (asked.set(), time.sleep(0.5), Answer(page))[-1]  # type: ignore[arg-type]
    process = subprocess.Popen(
        [sys.executable, "-m", "kb", "ingest", "--source", "court", "--json"],
        env=service.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert asked.wait(PATIENCE)
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + number, err
    report = json.loads(out)
    assert (report["stopped"], report["sources"][0]["status"]) == (True, "stopped")
    assert "stopped; 2 articles wait on disk for the next run" in err
    assert web.paths == ["/feed", "/a/0", "/a/1"]
    service.command("ingest", "--source", "court")
    assert [web.paths.count(f"/a/{n}") for n in range(30)] == [1] * 30
    with open_journal(service.data) as journal:
        assert queue_length(journal) == 0


def test_what_is_odd_about_a_feed_is_told_once(service: Service, web: Site) -> None:
    publish(web, range(2))
    whole = web.routes["/feed"].body
    web["/feed"] = Answer(f"\n{whole}</channel>", type="application/rss+xml")
    service.source("court", web.url + "/feed")
    assert "not well-formed" in service.command("ingest", "--source", "court").stderr
    web["/feed"] = Answer(f"\n\n\n{whole}</channel>", type="application/rss+xml")
    assert service.command("ingest", "--source", "court").stderr == ""
    web["/feed"] = Answer(whole.replace("</channel>", "<item/></channel>"), type="application/rss+xml")
    assert "1 entry has neither" in service.command("ingest", "--source", "court").stderr


def test_a_graph_that_answers_again_gets_what_waits_at_once() -> None:
    away, broken = StoreUnavailable("it does not answer"), AbortRun("it fails")
    pauses = dict.fromkeys((None, away, broken), 0.0)
    for _ in range(8):
        pauses = {trouble: _pause_after(trouble, pause) for trouble, pause in pauses.items()}
    assert pauses == {None: 0.0, away: 5.0, broken: 300.0}


def test_a_paused_source_is_left_alone_until_it_is_enabled(service: Service, web: Site) -> None:
    service.source("gone", web.url + "/gone")
    service.command("ingest", "--source", "gone", code=1)
    with open_journal(service.data) as journal:
        for _ in range(health.PAUSE_AFTER):
            health.failed(journal, "gone", "404", at="2025", now=0, interval=300, wait=None)
        assert queue_length(journal) == 0
    asked = len(web.asked)
    assert "enable gone" in service.command("ingest", "--source", "gone", code=1).stdout
    assert len(web.asked) == asked
    service.command("sources", "enable", "gone")
    publish(web, range(1))
    web["/gone"] = web.routes["/feed"]
    service.command("ingest", "--source", "gone")
