"""The statements `kb.store.copies` reads and writes with. The same text runs on both servers."""

# The texts of articles, as they are or were when they were withdrawn: {id, text}.
TEXTS = """
UNWIND $ids AS id
MATCH (:Article {id: id})-[:HAS_VERSION]->(v:Version)
WHERE v.superseded_at IS NULL OR v.withdrawn_by IS NOT NULL
RETURN id, v.text AS text
"""

# Articles that are copies of these: {of, id}.
NEIGHBOURS = """
UNWIND $ids AS id
MATCH (a:Article {id: id})-[:COPY_OF]-(b:Article)
RETURN a.id AS of, b.id AS id
"""

# Returns nothing.
DROP_COPIES = """
UNWIND $ids AS id
MATCH (:Article {id: id})-[r:COPY_OF]-(:Article)
DELETE r
"""

# Returns nothing.
WRITE_COPIES = """
UNWIND $rows AS row
MATCH (one:Article {id: row.one})
MATCH (other:Article {id: row.other})
CREATE (one)-[:COPY_OF]->(other)
"""

# Where the texts of those of these articles that stand come from: {id, published, origin}.
ORIGINS = """
UNWIND $ids AS id
MATCH (a:Article {id: id})
WHERE EXISTS { MATCH (a)-[:HAS_VERSION]->(v:Version) WHERE v.superseded_at IS NULL }
RETURN a.id AS id, a.published AS published, a.origin AS origin
"""

# Returns nothing.
SET_ORIGINS = "UNWIND $rows AS row MATCH (a:Article {id: row.id}) SET a.origin = row.origin"
"""One that is no copy and has none has no origin."""
