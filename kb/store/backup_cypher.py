"""What a graph consists of, and statements that read and write it part by part. The same text runs on both servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import LiteralString

LABELS = (
    "Source",
    "Article",
    "Version",
    "Claim",
    "Event",
    "Entity",
    "Revision",
    "DeadlineStep",
    "Judgement",
    "SavedQuery",
)
"""Labels of nodes with an id. Meta, which is about the store itself, is no part of a backup."""

EDGES = (
    ("Source", "PUBLISHED", "Article"),
    ("Article", "HAS_VERSION", "Version"),
    ("Article", "COPY_OF", "Article"),
    ("Article", "MENTIONS", "Entity"),
    ("Article", "MENTIONED", "Entity"),
    ("Version", "STATES", "Claim"),
    ("Claim", "ABOUT", "Event"),
    ("Claim", "INVOLVES", "Entity"),
    ("Claim", "CONFLICTS_WITH", "Claim"),
    ("Event", "INVOLVES", "Entity"),
    ("Event", "HAS_REVISION", "Revision"),
    ("Revision", "BECAUSE_OF", "Claim"),
    ("Event", "HAS_STEP", "DeadlineStep"),
    ("DeadlineStep", "BECAUSE_OF", "Claim"),
    ("Entity", "LIKELY", "Entity"),
)
"""All kinds of relationships: label of the start, type, label of the end."""

# Nodes of a label from $after on, at most $limit: {p}.
NODES: dict[str, LiteralString] = {
    label: f"MATCH (n:{label}) WHERE n.id > $after RETURN properties(n) AS p ORDER BY n.id LIMIT $limit"
    for label in LABELS
}

# Ids of nodes of a label from $after on, at most $limit: {id}.
IDS: dict[str, LiteralString] = {
    label: f"MATCH (n:{label}) WHERE n.id > $after RETURN n.id AS id ORDER BY id LIMIT $limit" for label in LABELS
}

# Relationships of a kind that start at these nodes: {a, b, p}.
OUTGOING: dict[tuple[str, str, str], LiteralString] = {
    (start, type_, end): (
        f"UNWIND $ids AS id MATCH (a:{start} {{id: id}})-[r:{type_}]->(b:{end}) "
        "RETURN id AS a, b.id AS b, properties(r) AS p"
    )
    for start, type_, end in EDGES
}

# Returns nothing.
CREATE_NODES: dict[str, LiteralString] = {
    label: f"UNWIND $rows AS row CREATE (n:{label}) SET n = row" for label in LABELS
}

# Returns nothing.
CREATE_EDGES: dict[tuple[str, str, str], LiteralString] = {
    (start, type_, end): (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.a}}) MATCH (b:{end} {{id: row.b}}) "
        f"CREATE (a)-[r:{type_}]->(b) SET r = row.p"
    )
    for start, type_, end in EDGES
}

# How many nodes there are, but for Meta: {count}.
COUNT_NODES = "MATCH (n) WHERE NOT n:Meta RETURN count(n) AS count"

# How many relationships there are: {count}.
COUNT_EDGES = "MATCH ()-[r]->() RETURN count(r) AS count"

# Whether there is anything but Meta: {any}.
ANYTHING = "MATCH (n) WHERE NOT n:Meta RETURN true AS any LIMIT 1"

# Some nodes, with their relationships. Returns how many: {gone}.
WIPE_SOME = "MATCH (n) WHERE NOT n:Meta WITH n LIMIT $limit DETACH DELETE n RETURN count(n) AS gone"

# When an article was last withdrawn: {withdrawn}.
WITHDRAWN = "MATCH (m:Meta {id: 'schema'}) RETURN m.withdrawn AS withdrawn"

# Returns nothing.
BEGIN = "MATCH (m:Meta {id: 'schema'}) SET m.restoring = true"

# Returns nothing.
END = "MATCH (m:Meta {id: 'schema'}) SET m.restoring = null, m.withdrawn = $withdrawn"
