"""Opening the graph that the settings name."""

from __future__ import annotations

from pathlib import Path

from kb.config import Neo4jServer, Settings
from kb.errors import ChronographError, NoStore
from kb.store import embedded
from kb.store.address import Address, Login
from kb.store.folder import DATABASE, READER, WRITER, Folder
from kb.store.graph import Graph
from kb.store.schema import ensure_schema

_PLACES = "places"
"""File of the index beside the graph; that of a server has another name than that of the store in the folder."""


def open_graph(settings: Settings, *, create: bool = False, unfinished: bool = False, older: bool = False) -> Graph:
    """The graph of `settings`, open, with its schema in place: a context manager.

    That is the Neo4j server they name, else the embedded store of their data folder, started if need be. Only with
    `create` a store is made where there is none, only with `unfinished` one is opened that is being restored, and only
    with `older` one of before that can be brought over.

    Raises StoreUnavailable when there is no store or it does not answer, StoreFull when its disk is full,
    SchemaMismatch when it is of another version or of another program.
    """
    data = settings.data
    graph = _neo4j(settings.neo4j, data) if settings.neo4j else _embedded(data, create=create)
    try:
        ensure_schema(graph, unfinished=unfinished, older=older)
    except ChronographError:
        graph.close()
        raise
    return graph


def server_version(server: Neo4jServer) -> str:
    """The version of a Neo4j server, which is there then. StoreUnavailable when it does not let us in."""
    with _neo4j(server, Path()) as graph:
        (row,) = graph.read("CALL dbms.components() YIELD name, versions RETURN name, versions[0] AS version LIMIT 1")
    return f"{row['name']} {row['version']}"


def _neo4j(server: Neo4jServer, data: Path) -> Graph:
    login = Login(server.user, server.password)
    address = Address("neo4j", server.uri, server.database, login, login, f"Neo4j at {server.uri}")
    return Graph(lambda: address, data / f"{_PLACES}-neo4j.sqlite")


def _embedded(data: Path, *, create: bool) -> Graph:
    folder = Folder(data)
    if not create and not folder.holds_store():
        raise NoStore(f"no store in {data} yet: run 'chronograph ingest …' first, or set CHRONOGRAPH_DATA")
    return Graph(lambda: _embedded_address(data), data / f"{_PLACES}.sqlite", folder.turn)


def _embedded_address(data: Path) -> Address:
    found = embedded.start(data)
    return Address(
        server="embedded",
        uri=f"bolt://127.0.0.1:{found.port}",
        database=DATABASE,
        writer=Login(WRITER, found.password),
        reader=Login(READER, found.reader_password),
        name=f"the store in {data}",
        log=Folder(data).server_log,
    )
