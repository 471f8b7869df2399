"""Telling people: of what fails, and of deadlines they wait for. Kept on disk until it is delivered.

`alerts.yml`, beside the data folder:

    webhook: https://chat.example/hooks/desk        # gets a POST of JSON; the same rules hold as for fetching
    email:
      to: desk@paper.example
      from: chronograph@paper.example
      server: smtp.paper.example:587
      user: chronograph
      password_file: smtp-password                  # relative to this file
    failures: true                                  # a source that starts to fail, is paused or is well again;
                                                    # the graph, when it cannot be written to; a full disk
    watch:
      - entity: TikTok                              # new deadlines of it, and deadlines that move
"""

from __future__ import annotations

import json
import re
import smtplib
import sqlite3
import ssl
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from socket import gaierror
from typing import Annotated
from urllib.parse import urlsplit

import httpx
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from ingest.fetch.client import user_agent
from ingest.fetch.network import Allowance, transport
from ingest.fetch.policy import Policy
from ingest.sources.lock import locked
from ingest.sources.mistakes import explain, worst
from kb.errors import SkipInput, SourceError
from kb.ids import digest
from kb.store.journal import Journal, Row

_MOST_TRIES = 12
_RETRY = 60.0
_TIMEOUT = 15.0
_KEEP = 2 * 86_400.0
"""Seconds for which it is kept what was delivered: longer than the day on which it is not told again."""
_ALL = ""
"""Stands for all ways together."""
_NO_ANSWER = (httpx.TransportError, smtplib.SMTPServerDisconnected, ConnectionError, TimeoutError, gaierror)
_CALL = re.compile(r"<(?=[!@#])|@(?=(?:all|channel|everyone|here)\b)", re.IGNORECASE)
_HUSHED = "\\g<0>\u2060"
"""What calls everybody in a chat, and the same with an invisible character in it: a title or quote calls nobody."""
_SERVER = re.compile(r"[\w.-]+(?::\d{1,5})?\Z")

Many = Annotated[tuple[str, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Mail(_Form):
    """How to send mail."""

    to: Many
    sender: str = Field(alias="from")
    server: str
    """Host and port; 465 speaks TLS from the start, the others change to it (`tls: false`: they do not)."""
    user: str | None = None
    password_file: Path | None = None
    tls: bool = True

    @field_validator("server")
    @classmethod
    def _host(cls, value: str) -> str:
        if not _SERVER.match(value):
            raise ValueError(f"{value!r} is not a mail server: write its host and port, such as smtp.paper.example:587")
        return value


class Watched(_Form):
    """Deadlines of whom to tell of."""

    entity: str


class Alerts(_Form):
    """Who is told of what."""

    webhook: Many = ()
    email: Mail | None = None
    failures: bool = True
    watch: tuple[Watched, ...] = ()

    @property
    def reach_somebody(self) -> bool:
        """True if there is anybody to tell."""
        return bool(self.webhook or self.email)


def nobody_called(name: str, near: tuple[str, ...]) -> str:
    """What is said of a watched name that the graph does not know: it may be that of somebody yet to come."""
    meant = f" (it knows {', '.join(map(repr, near))})" if near else ""
    return f"nobody in the graph is called {name!r} yet, whom the alerts watch{meant}"


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to tell. `text` is for people (chat programs show it as it is), the rest for programs."""

    kind: str
    text: str
    source: str | None = None
    entity: str | None = None
    event: str | None = None
    title: str | None = None
    first_day: str | None = None
    before: str | None = None
    run: str | None = None
    quote: str | None = None
    """The sentence it rests on, character for character."""
    outlet: str | None = None
    published: str | None = None
    url: str | None = None

    @property
    def headline(self) -> str:
        """The first line of its text."""
        return self.text.strip().partition("\n")[0]


Send = Callable[[Alert], None]
"""Brings an alert to people. Raises SkipInput, OSError, ValueError, or an error of its client if it did not arrive."""


@dataclass(frozen=True, slots=True)
class Way:
    """One of the ways in which alerts reach people."""

    name: str
    """For messages: `the webhook at chat.example`."""
    id: str
    """Under which it is kept what it has delivered; says nothing of its address."""
    send: Send


def load_alerts(path: Path) -> Alerts:
    """What the file says; nothing and nobody if there is none. Raises SourceError if it is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Alerts()
    except (OSError, UnicodeDecodeError) as err:
        raise SourceError(f"{path}: cannot be read: {err}") from err
    try:
        content = yaml.safe_load(text) or {}
        if isinstance(content, dict) and isinstance(content.get("email"), dict):
            mail = content["email"]
            if mail.get("password_file"):
                mail["password_file"] = path.parent / str(mail["password_file"])
        return Alerts.model_validate(content)
    except yaml.YAMLError as err:
        raise SourceError(f"{path}: not valid YAML: {getattr(err, 'problem', None) or err}") from err
    except ValidationError as err:
        raise SourceError(f"{path}: {explain(worst(err), Alerts)}") from err


def put(journal: Journal, alerts: list[Alert], at: datetime) -> None:
    """Keep these until they are delivered; the same thing is told once a day at most."""
    with journal.transaction() as connection:
        put_within(connection, alerts, at)


def put_within(connection: sqlite3.Connection, alerts: list[Alert], at: datetime) -> None:
    """The same, within an open transaction."""
    for alert in alerts:
        id_ = digest("al", alert.kind, alert.text, at.date().isoformat())
        text = json.dumps(asdict(alert), ensure_ascii=False)
        connection.execute(
            "INSERT OR IGNORE INTO outbox (id, alert, added) SELECT :id, :alert, :added "
            "WHERE NOT EXISTS (SELECT 1 FROM delivered WHERE alert = :id AND way = :all)",
            {"id": id_, "alert": text, "added": at.isoformat(timespec="seconds"), "all": _ALL},
        )


def deliver(
    journal: Journal, ways: list[Way], *, now: float, stopping: Callable[[], bool] = lambda: False
) -> list[str]:
    """Deliver what waits, by every way that has not done so yet; one process at a time, others leave it to that one.

    What does not arrive is tried again later, given up in the end, and told in the answer. A way on which nobody
    answers is not tried again for each alert, which would take long. `stopping` is asked between two alerts.
    """
    troubles: list[str] = []
    silent: dict[str, str] = {}
    with locked(journal.path.parent, "alerts") as ours:
        waiting = journal.rows(
            "SELECT id, alert, tries FROM outbox WHERE not_before <= :now ORDER BY added, id", now=now
        )
        for row in waiting if ours else ():
            if stopping():
                break
            troubles += _deliver(journal, ways, row, now, silent)
        with journal.transaction() as connection:
            connection.execute(
                "DELETE FROM delivered WHERE at < ? AND alert NOT IN (SELECT id FROM outbox)", (now - _KEEP,)
            )
    return list(dict.fromkeys(troubles))


def _deliver(journal: Journal, ways: list[Way], row: Row, now: float, silent: dict[str, str]) -> list[str]:
    """Deliver one alert; what went wrong. `silent` are the ways on which nobody answers, with what is told of them."""
    alert = Alert(**json.loads(row["alert"]))
    done = {one["way"] for one in journal.rows("SELECT way FROM delivered WHERE alert = :id", id=row["id"])}
    troubles = []
    for way in ways:
        if way.id in done:
            continue
        if (trouble := silent.get(way.id) or _try(way, alert, silent)) is not None:
            troubles.append(trouble)
            continue
        with journal.transaction() as connection:
            _keep_delivered(connection, row["id"], way.id, now)
    last = row["tries"] + 1 >= _MOST_TRIES
    with journal.transaction() as connection:
        if last or not troubles:
            connection.execute("DELETE FROM outbox WHERE id = ?", (row["id"],))
            _keep_delivered(connection, row["id"], _ALL, now)
        else:
            connection.execute(
                "UPDATE outbox SET tries = tries + 1, not_before = ? WHERE id = ?",
                (now + min(_RETRY * 2 ** row["tries"], 6 * 3600.0), row["id"]),
            )
    return (
        [f"{trouble}; given up after {_MOST_TRIES} tries: {alert.headline}" for trouble in troubles]
        if last
        else troubles
    )


def _keep_delivered(connection: sqlite3.Connection, alert: str, way: str, now: float) -> None:
    connection.execute("INSERT OR REPLACE INTO delivered (alert, way, at) VALUES (?, ?, ?)", (alert, way, now))


def _try(way: Way, alert: Alert, silent: dict[str, str]) -> str | None:
    try:
        way.send(alert)
    except (SkipInput, OSError, ValueError, httpx.HTTPError, httpx.InvalidURL, smtplib.SMTPException) as err:
        trouble = f"{way.name} did not accept an alert ({type(err).__name__}: {err})"
        if isinstance(err, _NO_ANSWER):
            silent[way.id] = trouble
        return trouble
    return None


def send_now(ways: list[Way], alert: Alert) -> list[str]:
    """Send one alert by all ways, where it cannot be kept; what went wrong."""
    silent: dict[str, str] = {}
    return [trouble for way in ways if (trouble := _try(way, alert, silent)) is not None]


def ways_of(alerts: Alerts, policy: Policy, *, proxy: str | None = None) -> list[Way]:
    """One way for each webhook, and one for mail."""
    ways = [
        Way(f"the webhook at {urlsplit(url).hostname or url}", digest("way", url), webhook(url, policy, proxy=proxy))
        for url in alerts.webhook
    ]
    if alerts.email:
        ways.append(Way(f"the mail server {alerts.email.server}", digest("way", *alerts.email.to), mail(alerts.email)))
    return ways


def webhook(url: str, policy: Policy, *, proxy: str | None = None) -> Send:
    """POSTs an alert as JSON; only to addresses that may be fetched from, and no further than there."""

    def send(alert: Alert) -> None:
        policy.check_url(url)
        way = transport(policy, proxy=proxy)
        headers = {"User-Agent": user_agent(None)}
        with Allowance(_TIMEOUT).spent(), httpx.Client(transport=way, trust_env=False, headers=headers) as client:
            told = asdict(alert) | {"text": _CALL.sub(_HUSHED, alert.text)}
            client.post(url, json=told, timeout=_TIMEOUT).raise_for_status()

    return send


def mail(to: Mail) -> Send:
    """Sends an alert as a plain mail."""

    def send(alert: Alert) -> None:
        message = EmailMessage()
        message["From"], message["To"] = to.sender, ", ".join(to.to)
        message["Subject"] = " ".join(f"Chronograph: {alert.headline}".split())[:150]
        details = [f"{name}: {value}" for name, value in asdict(alert).items() if value and name != "text"]
        message.set_content(alert.text + "\n\n" + "\n".join(details) + "\n")
        with _server(to) as server:
            if to.tls and not isinstance(server, smtplib.SMTP_SSL):
                server.starttls(context=ssl.create_default_context())
            if to.user and to.password_file:
                server.login(to.user, to.password_file.read_text(encoding="utf-8").strip())
            server.send_message(message)

    return send


def _server(to: Mail) -> smtplib.SMTP:
    """The server, with TLS from the first word on at its port for that."""
    host, _, port = to.server.partition(":")
    if port == str(smtplib.SMTP_SSL_PORT):
        return smtplib.SMTP_SSL(host, int(port), timeout=_TIMEOUT, context=ssl.create_default_context())
    return smtplib.SMTP(host, int(port or 587), timeout=_TIMEOUT)


def recovery_alert(source: str, run: str | None) -> Alert:
    """A source that failed can be collected from again."""
    return Alert("source well again", f"the source {source} is well again", source=source, run=run)


def graph_alert(error: str) -> Alert:
    """Articles cannot be written to the graph."""
    return Alert("graph failing", f"articles wait on disk, as they cannot be written to the graph: {error}")


def full_alert(error: str) -> Alert:
    """The disk is full."""
    return Alert("disk full", f"nothing more is collected: {error}")


def trial_alert() -> Alert:
    """Nothing, told to see whether it arrives."""
    return Alert("trial", "a trial: alerts of Chronograph arrive here")


def failure_alert(source: str, error: str, run: str | None, *, paused: bool) -> Alert:
    """A source began to fail, or was paused."""
    what = f"the source {source} is paused" if paused else f"the source {source} is failing"
    return Alert("source paused" if paused else "source failing", f"{what}: {error}", source=source, run=run)
