"""Where a graph is, and how to log in."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kb.errors import StoreUnavailable
from kb.store.driver import ConfigurationError, neo4j

Kind = Literal["embedded", "neo4j"]

_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
_CONNECT_WITHIN = 10.0
"""Seconds."""

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what it has to say, its errors say too


@dataclass(frozen=True, slots=True)
class Login:
    """Who talks to the server."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Address:
    """A graph's server and database, with the logins for writing and for statements that people wrote."""

    server: Kind
    uri: str
    database: str
    writer: Login
    reader: Login
    name: str
    """How messages call it."""
    log: Path | None = None
    """The server's own log, where it is a file of this machine."""


def connect(address: Address, login: Login) -> neo4j.Driver:
    """A driver for `address`, which connects when first used. StoreUnavailable when its URI is none."""
    wrong = f"{address.uri!r} is not the address of a graph server: set NEO4J_URI to one like neo4j://host:7687"
    if address.uri.partition("://")[0] not in _SCHEMES:
        raise StoreUnavailable(wrong)
    try:
        return neo4j.GraphDatabase.driver(
            address.uri,
            auth=(login.user, login.password),
            user_agent="chronograph",
            connection_timeout=_CONNECT_WITHIN,
            connection_acquisition_timeout=_CONNECT_WITHIN,
            notifications_min_severity="OFF",
            telemetry_disabled=True,
        )
    except (ConfigurationError, ValueError) as err:
        raise StoreUnavailable(wrong) from err
