"""Alerts: said in a file, kept until they are delivered, and sent nowhere inside."""

from __future__ import annotations

import json
import smtplib
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from ingest import deadline_news
from ingest.alerts import (
    Alert,
    Mail,
    Watched,
    Way,
    deliver,
    failure_alert,
    load_alerts,
    mail,
    nobody_called,
    put,
    ways_of,
    webhook,
)
from ingest.fetch import FetchFailed, Policy
from ingest.sources.lock import locked
from kb.errors import SourceError
from kb.queries import ClaimView
from kb.store.journal import Journal, open_journal
from tests.loopback import Answer, site

NOW = datetime(2025, 2, 1, tzinfo=UTC)
ALERT = Alert("source failing", "the source court fails: 404", source="court")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path, create=True) as opened:
        yield opened


def test_no_file_tells_nobody(tmp_path: Path) -> None:
    assert not load_alerts(tmp_path / "alerts.yml").reach_somebody


def test_a_file_says_who_is_told_of_what(tmp_path: Path) -> None:
    path = tmp_path / "alerts.yml"
    path.write_text(
        "webhook: https://chat.example/hook\nemail: {to: a@b.example, from: c@d.example, server: 'smtp.example:25', "
        "password_file: secret}\nwatch:\n- entity: TikTok\n",
        encoding="utf-8",
    )
    alerts = load_alerts(path)
    assert alerts.webhook == ("https://chat.example/hook",)
    assert alerts.email
    assert alerts.email.password_file == tmp_path / "secret"
    assert [one.entity for one in alerts.watch] == ["TikTok"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("webhook: [", "not valid YAML"),
        ("webhok: x", "webhok: there is no such key; did you mean 'webhook'"),
        ("watch: TikTok", "watch: 'TikTok' is not"),
        ("watch: [{entty: x}]", "watch.entty: there is no such key; did you mean 'entity'"),
        ("email: {to: a@b.example}", "email.from: it is missing"),
        ("email: {to: a@b.example, frm: x, server: s}", "email.frm: there is no such key; did you mean 'from'"),
        ("email: {to: a@b.example, from: x, server: 'a b'}", "email.server: 'a b' is not a mail server"),
        ("failures: perhaps", "failures: 'perhaps' is not true or false"),
        ("- a", "lines below it"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "alerts.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=rf"alerts\.yml: .*{says}"):
        load_alerts(path)


def test_an_alert_waits_until_it_is_delivered_and_is_delivered_once(journal: Journal) -> None:
    with site() as web:
        ways = ways_of(load_alerts(Path("none")), Policy())
        assert ways == []
        way = Way("the hook", "hook", webhook(web.url + "/hook", Policy(frozenset({f"127.0.0.1:{web.port}"}))))
        web["/hook"] = Answer(status=500)
        put(journal, [ALERT, ALERT], NOW)
        (trouble,) = deliver(journal, [way], now=NOW.timestamp())
        assert "500" in trouble
        web["/hook"] = "ok"
        assert deliver(journal, [way], now=NOW.timestamp() + 10) == []
        assert len(web.posted) == 1  # its next try is a minute later
        assert deliver(journal, [way], now=NOW.timestamp() + 61) == []
        assert deliver(journal, [way], now=NOW.timestamp() + 999) == []
        assert len(web.posted) == 2


def test_an_alert_that_nobody_takes_is_given_up(journal: Journal) -> None:
    def broken(alert: Alert) -> None:
        raise OSError("nobody there")

    put(journal, [ALERT], NOW)
    for day in range(20):
        told = deliver(journal, [Way("the hook", "hook", broken)], now=NOW.timestamp() + day * 86_400)
        if day == 11:
            assert told == [
                f"the hook did not accept an alert (OSError: nobody there); given up after 12 tries: {ALERT.text}"
            ]
    assert journal.rows("SELECT * FROM outbox") == []
    assert journal.rows("SELECT * FROM delivered") == []


def test_each_way_gets_an_alert_once_whatever_becomes_of_the_others(journal: Journal) -> None:
    def send(alert: Alert) -> None:
        sent.append(alert.text)

    sent: list[str] = []
    refused = webhook("http://hook.example:22/", Policy())
    ways = [Way("closed", "a", refused), Way("open", "b", send)]
    put(journal, [ALERT], NOW)
    for hour in range(3):
        (trouble,) = deliver(journal, ways, now=NOW.timestamp() + hour * 3600)
        assert trouble.startswith("closed did not accept an alert (FetchFailed: ")
    assert sent == [ALERT.text]


def test_an_alert_that_was_delivered_is_not_told_again_on_its_day(journal: Journal) -> None:
    sent: list[Alert] = []
    ways = [Way("open", "b", sent.append)]
    for hours in (0, 5, 23, 25):
        at = NOW + timedelta(hours=hours)
        put(journal, [ALERT], at)
        assert deliver(journal, ways, now=at.timestamp()) == []
    assert len(sent) == 2


def _alerts(number: int) -> list[Alert]:
    return [Alert("source failing", f"the source s{each} fails: 404", source=f"s{each}") for each in range(number)]


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        pytest.param(httpx.ConnectTimeout("timed out"), 1, id="a webhook that does not answer"),
        pytest.param(smtplib.SMTPServerDisconnected("closed"), 1, id="a mail server that hangs up"),
        pytest.param(ConnectionRefusedError(111, "refused"), 1, id="nobody there"),
        pytest.param(smtplib.SMTPResponseException(550, "no such user"), 5, id="a mail server that does not want it"),
        pytest.param(ValueError("too long"), 5, id="an alert that cannot be sent"),
    ],
)
def test_a_way_on_which_nobody_answers_is_tried_once_for_all_alerts(
    journal: Journal, error: Exception, tries: int
) -> None:
    def broken(alert: Alert) -> None:
        asked.append(alert)
        raise error

    asked: list[Alert] = []
    sent: list[Alert] = []
    put(journal, _alerts(5), NOW)
    ways = [Way("the hook", "a", broken), Way("open", "b", sent.append)]
    (trouble,) = deliver(journal, ways, now=NOW.timestamp())
    assert trouble.startswith("the hook did not accept an alert")
    assert (len(asked), len(sent)) == (tries, 5)
    assert {row["tries"] for row in journal.rows("SELECT tries FROM outbox")} == {1}


def test_a_stop_ends_the_delivery_between_two_alerts(journal: Journal) -> None:
    sent: list[Alert] = []
    put(journal, _alerts(5), NOW)
    deliver(journal, [Way("open", "b", sent.append)], now=NOW.timestamp(), stopping=lambda: len(sent) == 2)
    assert len(sent) == 2
    deliver(journal, [Way("open", "b", sent.append)], now=NOW.timestamp())
    assert len(sent) == 5


def test_what_another_process_delivers_is_left_to_it(journal: Journal) -> None:
    sent: list[Alert] = []
    put(journal, [ALERT], NOW)
    with locked(journal.path.parent, "alerts"):
        assert deliver(journal, [Way("open", "b", sent.append)], now=NOW.timestamp()) == []
    assert sent == []
    deliver(journal, [Way("open", "b", sent.append)], now=NOW.timestamp())
    assert sent == [ALERT]


@pytest.mark.parametrize("url", ["http://127.0.0.1/hook", "http://localhost/hook", "file:///tmp/x", "http://10.0.0.1/"])
def test_a_webhook_leads_nowhere_inside(url: str) -> None:
    with pytest.raises((FetchFailed, OSError)):
        webhook(url, Policy())(ALERT)


def test_what_is_told_of_a_failing_source() -> None:
    assert "is paused: 404" in failure_alert("court", "404", None, paused=True).text


@contextmanager
def smtp() -> Iterator[tuple[int, list[str]]]:
    """A mail server that takes everything."""
    lines: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            inside = False
            for raw in self.rfile:
                line = raw.decode().rstrip("\r\n")
                lines.append(line)
                if inside:
                    inside = line != "."
                    if not inside:
                        self.wfile.write(b"250 kept\r\n")
                elif line.upper() == "DATA":
                    inside = True
                    self.wfile.write(b"354 go on\r\n")
                elif line.upper() == "QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                else:
                    self.wfile.write(b"250 ok\r\n")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1], lines
    finally:
        server.shutdown()
        server.server_close()


def test_a_mail_says_it_in_its_subject() -> None:
    with smtp() as (port, lines):
        to = Mail(to=("desk@paper.example",), sender="c@paper.example", server=f"127.0.0.1:{port}", tls=False)
        mail(to)(Alert("source failing", "it fails\r\nBcc: all@evil.example", source="court"))
    assert "rcpt to:<desk@paper.example>" in [line.lower() for line in lines]
    subject = next(line for line in lines if line.startswith("Subject:"))
    assert "it fails" in subject
    assert not any(line.startswith("Bcc:") for line in lines[: lines.index("")])


@pytest.mark.parametrize(
    ("title", "posted"),
    [
        ("a sale by @all", "a sale by @\u2060all"),
        ("<!here> it moved", "<\u2060!here> it moved"),
        ("see https://a.example/@allan and a < b", "see https://a.example/@allan and a < b"),
    ],
)
def test_a_title_calls_nobody_in_a_chat(title: str, posted: str) -> None:
    with site() as web:
        web["/hook"] = "ok"
        webhook(web.url + "/hook", Policy(frozenset({f"127.0.0.1:{web.port}"})))(Alert("new deadline", title))
        assert json.loads(web.posted[0])["text"] == posted


def test_an_alert_quotes_what_it_rests_on_and_where_that_stands() -> None:
    claim = said("c1", "a1", "Apple must sell", quote="Apple must\nsell by May 3.", source="Harbor Post")
    told = deadline_news.quoting(Alert("new deadline", "new deadline of Apple: 2025-05-03"), claim)
    assert told.text.splitlines() == [
        "new deadline of Apple: 2025-05-03",
        "“Apple must sell by May 3.” (Harbor Post, 2025-01-20, https://harbor.example/a1)",
    ]
    assert (told.quote, told.outlet, told.published, told.url) == (
        "Apple must\nsell by May 3.", "Harbor Post", "2025-01-20", "https://harbor.example/a1",
    )  # fmt: skip
    hostile = deadline_news.quoting(Alert("new deadline", "x"), replace(claim, url="javascript:alert(1)", source=None))
    assert hostile.url is None
    assert hostile.text.endswith("(outlet not known, 2025-01-20)")
    assert hostile.headline == "x"


def said(id_: str, article: str, title: str, *, quote: str = "Apple must sell.", source: str = "Post") -> ClaimView:
    """A claim of an article."""
    return ClaimView(
        id=id_, type="deadline", status="scheduled", title=title, first_day="2025-05-03", last_day="2025-05-03",
        precision="day", basis="explicit", time_text="May 3", time_start=0, trigger="sell", quote=quote, start=0,
        end=len(quote), trigger_start=0, attributed_to=None, cues=(), confidence=0.9, published="2025-01-20",
        recorded_at="2025-01-20T00:00:00Z", article=article, article_title="Sales", source=source,
        url=f"https://harbor.example/{article}", event="ev1",
    )  # fmt: skip


class Thing(SimpleNamespace):
    """One that can stand for a frozen dataclass."""

    __hash__ = object.__hash__


def test_of_a_watched_name_that_nobody_has_those_like_it_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        deadline_news.queries, "entity_called", lambda _, name: SimpleNamespace(id="e1") if name == "Apple" else None
    )
    monkeypatch.setattr(deadline_news.queries, "entities_like", lambda *_: [SimpleNamespace(name="Apple")])
    watched = (Watched(entity="Apple"), Watched(entity="Aple"), Watched(entity="Appel"))
    found = deadline_news.of_nobody(None, watched, {"Apple", "Aple"}.__contains__)  # type: ignore[arg-type]
    assert found == {"Aple": ("Apple",)}
    assert nobody_called("Aple", ("Apple",)).endswith("called 'Aple' yet, whom the alerts watch (it knows 'Apple')")
    assert nobody_called("Zorg", ()).endswith("called 'Zorg' yet, whom the alerts watch")


def test_a_deadline_that_moved_is_told_even_if_the_process_died_before_it_was_kept(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ledger(due: str) -> tuple[Thing, ...]:
        step = SimpleNamespace(claim=said("c1", "a1", "Apple must sell"), by="Ann")
        return (Thing(event="ev1", steps=(step,), due=due, state="open", title="Apple must sell"),)

    def told(due: str) -> list[Alert]:
        monkeypatch.setattr(deadline_news.queries, "deadlines", lambda *_, **__: ledger(due))
        return deadline_news.keep_deadline_alerts(journal, None, (Watched(entity="Apple"),), at=NOW)  # type: ignore[arg-type]

    monkeypatch.setattr(deadline_news.queries, "entity_called", lambda *_: SimpleNamespace(id="e1"))
    monkeypatch.setattr(deadline_news, "_changes", lambda *_: ())
    assert told("2025-03-01") == []  # what was known when the watching began
    with monkeypatch.context() as killed:
        killed.setattr(deadline_news, "put_within", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            told("2025-04-01")
    (alert,) = told("2025-04-01")
    assert (alert.before, alert.first_day) == ("2025-03-01, open", "2025-04-01")
    assert len(journal.rows("SELECT id FROM outbox")) == 1
    assert told("2025-04-01") == []


def test_a_deadline_that_a_newer_version_of_its_article_sets_otherwise_has_moved(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    stated = {"c1": ("a1", "Apple must sell"), "c2": ("a1", "Apple must sell"), "c3": ("a2", "Apple must sell")}

    def told(claim: str, due: str) -> list[Alert]:
        step = SimpleNamespace(claim=said(claim, stated[claim][0], stated[claim][1]), by=None)
        ledger = (Thing(event=f"ev-{claim}", steps=(step,), due=due, state="open", title="Apple must sell"),)
        monkeypatch.setattr(deadline_news.queries, "deadlines", lambda *_, **__: ledger)
        return deadline_news.keep_deadline_alerts(journal, None, (Watched(entity="Apple"),), at=NOW)  # type: ignore[arg-type]

    monkeypatch.setattr(deadline_news.queries, "entity_called", lambda *_: SimpleNamespace(id="e1"))
    monkeypatch.setattr(deadline_news, "_changes", lambda *_: ())
    monkeypatch.setattr(
        deadline_news, "stated_in", lambda _, claims: {claim: stated[claim] for claim in claims if claim in stated}
    )
    assert told("c1", "2025-03-01") == []
    (moved,) = told("c2", "2025-04-01")
    assert (moved.kind, moved.before, moved.first_day) == ("deadline changed", "2025-03-01, open", "2025-04-01")
    (other,) = told("c3", "2025-05-01")  # of another article
    assert other.kind == "new deadline"
