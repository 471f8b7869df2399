"""The statements `kb.store.filing` keeps the index of places in step with. The same text runs on both servers."""

# Notes that this transaction files articles. Returns nothing.
NOTE_FILING = "MATCH (m:Meta {id: 'schema'}) SET m.filed = $number"

# Notes which transaction filed these articles last. Returns nothing.
NOTE_ARTICLES = """
UNWIND $ids AS id
MATCH (a:Article {id: id})
SET a.filed = $number
"""

# The graph, and the number of the last transaction that filed anything: {graph, filed}.
LAST_FILED = "MATCH (m:Meta {id: 'schema'}) RETURN m.graph AS graph, coalesce(m.filed, 0) AS filed"

# Notes that an article which came anew in this transaction names somebody no more. Returns nothing.
NOTE_UNNAMED = "MATCH (m:Meta {id: 'schema'}) SET m.unnamed = $number"

# The last transaction of which that was noted: {number}.
LAST_UNNAMED = "MATCH (m:Meta {id: 'schema'}) RETURN coalesce(m.unnamed, 0) AS number"

# Whom these articles name, those apart that name nobody: {article, published, entities}.
NAMING = """
UNWIND $ids AS id
MATCH (a:Article {id: id})-[:MENTIONS]->(e:Entity)
RETURN a.id AS article, a.published AS published, collect(e.id) AS entities
"""

# Articles that transactions after $number filed: {id}.
FILED_AFTER = "MATCH (a:Article) WHERE a.filed > $number RETURN a.id AS id ORDER BY id"
