"""What the graph is keyed and indexed by, and the number of its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString
from uuid import uuid4

from kb.errors import SchemaMismatch

if TYPE_CHECKING:
    from kb.store.graph import Graph, Writer

VERSION = 11
"""Goes up with every change a store of before has to be brought over."""
BROUGHT_OVER = frozenset((10,))
"""Versions of which `chronograph rebuild` makes this one: they hold all that it is computed from."""

CONSTRAINTS: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT source_id IF NOT EXISTS FOR (n:Source) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT article_id IF NOT EXISTS FOR (n:Article) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT version_id IF NOT EXISTS FOR (n:Version) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT claim_id IF NOT EXISTS FOR (n:Claim) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT event_id IF NOT EXISTS FOR (n:Event) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT revision_id IF NOT EXISTS FOR (n:Revision) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT deadlinestep_id IF NOT EXISTS FOR (n:DeadlineStep) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT judgement_id IF NOT EXISTS FOR (n:Judgement) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT meta_id IF NOT EXISTS FOR (n:Meta) REQUIRE n.id IS UNIQUE",
)

# Returns nothing.
_NOTE_SCHEMA: LiteralString = """
MATCH (m:Meta {id: 'schema'})
SET m.version = $version, m.graph = coalesce(m.graph, $graph)
"""

INDEXES: tuple[LiteralString, ...] = (
    "CREATE INDEX event_first_day IF NOT EXISTS FOR (n:Event) ON (n.first_day)",
    "CREATE INDEX event_type IF NOT EXISTS FOR (n:Event) ON (n.type)",
    "CREATE INDEX event_status IF NOT EXISTS FOR (n:Event) ON (n.status)",
    "CREATE INDEX event_due IF NOT EXISTS FOR (n:Event) ON (n.due)",
    "CREATE INDEX claim_first_day IF NOT EXISTS FOR (n:Claim) ON (n.first_day)",
    "CREATE INDEX claim_published IF NOT EXISTS FOR (n:Claim) ON (n.published)",
    "CREATE INDEX claim_type IF NOT EXISTS FOR (n:Claim) ON (n.type)",
    "CREATE INDEX claim_confidence IF NOT EXISTS FOR (n:Claim) ON (n.confidence)",
    "CREATE INDEX claim_clashes IF NOT EXISTS FOR (n:Claim) ON (n.clashes)",
    "CREATE INDEX claim_thread IF NOT EXISTS FOR (n:Claim) ON (n.thread)",
    "CREATE INDEX judgement_one_article IF NOT EXISTS FOR (n:Judgement) ON (n.one_article)",
    "CREATE INDEX judgement_other_article IF NOT EXISTS FOR (n:Judgement) ON (n.other_article)",
    "CREATE INDEX judgement_one_entity IF NOT EXISTS FOR (n:Judgement) ON (n.one_entity)",
    "CREATE INDEX judgement_other_entity IF NOT EXISTS FOR (n:Judgement) ON (n.other_entity)",
    "CREATE INDEX entity_canonical IF NOT EXISTS FOR (n:Entity) ON (n.canonical)",
    "CREATE INDEX entity_name IF NOT EXISTS FOR (n:Entity) ON (n.name)",
    "CREATE INDEX article_filed IF NOT EXISTS FOR (n:Article) ON (n.filed)",
    "CREATE INDEX article_published IF NOT EXISTS FOR (n:Article) ON (n.published)",
)


def ensure_schema(graph: Graph, *, unfinished: bool = False, older: bool = False) -> None:
    """Make sure that `graph` has this schema; one look when it has.

    Raises SchemaMismatch when it has another version of it (but for `older`, if that can be brought over), or holds
    what another program stored; and, but for `unfinished`, when a restore into it was broken off.
    """
    version, restoring = _state(graph)
    if restoring and not unfinished:
        raise SchemaMismatch(
            f"{graph.describe()} is being restored from a backup, or a restore was interrupted: wait for it, or run "
            "'chronograph restore FILE' again"
        )
    if version is None:
        _check_ours(graph)
        _create(graph)
    elif version != VERSION and not (older and version in BROUGHT_OVER):
        raise SchemaMismatch(
            f"{graph.describe()} has version {version} of the schema, but this program writes version {VERSION}: "
            f"{_way_over(version)}"
        )


def _way_over(version: int) -> str:
    if version > VERSION:
        return "use a newer version of this program"
    if version in BROUGHT_OVER:
        return "run 'chronograph rebuild' once (see docs/how-to/upgrade.md)"
    return "ingest the articles into a new store (see docs/how-to/upgrade.md)"


def note_schema(writer: Writer, version: int = VERSION) -> None:
    """Note that the graph has this version of the schema."""
    writer.run(_NOTE_SCHEMA, version=version, graph=uuid4().hex)


def is_being_restored(graph: Graph) -> bool:
    """True from the beginning of a restore to its end; for good, if it was broken off."""
    return _state(graph)[1]


def _state(graph: Graph) -> tuple[int | None, bool]:
    rows = graph.read("MATCH (m:Meta {id: 'schema'}) RETURN m.version AS version, m.restoring AS restoring")
    return (rows[0]["version"], bool(rows[0]["restoring"])) if rows else (None, False)


def _check_ours(graph: Graph) -> None:
    foreign = graph.read("MATCH (n) WHERE n:Article OR n:Claim OR n:Event RETURN labels(n)[0] AS label LIMIT 1")
    if foreign:
        raise SchemaMismatch(
            f"{graph.describe()} holds {foreign[0]['label']} nodes but no schema of Chronograph: another program wrote "
            "them, or the store is damaged; choose another database or data folder"
        )


def _create(graph: Graph) -> None:
    for statement in CONSTRAINTS + INDEXES:
        graph.define(statement)
    graph.write(note_schema)
