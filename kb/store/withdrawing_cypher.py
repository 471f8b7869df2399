"""The statements `kb.store.withdrawing` reads and writes with. The same text runs on both servers."""

# An article by its id or address: {id, title, current}.
ARTICLE = """
MATCH (a:Article)
WHERE a.id = $name OR a.url = $name
OPTIONAL MATCH (a)-[:HAS_VERSION]->(v:Version)
WHERE v.superseded_at IS NULL
RETURN a.id AS id, a.title AS title, count(v) > 0 AS current
ORDER BY id LIMIT 1
"""

# How many dated claims of articles stand for an event: {claims}.
STANDING = """
UNWIND $ids AS id
MATCH (:Article {id: id})-[:HAS_VERSION]->(:Version)-[:STATES]->(c:Claim)-[:ABOUT]->(:Event)
WHERE c.first_day IS NOT NULL
RETURN count(DISTINCT c) AS claims
"""

# Returns nothing.
WITHDRAW = """
UNWIND $ids AS id
MATCH (:Article {id: id})-[:HAS_VERSION]->(v:Version)
WHERE v.superseded_at IS NULL
SET v.superseded_at = $at, v.withdrawn_by = $by, v.withdrawn_because = $because
"""

# Returns nothing. One that a person withdraws after its page was gone is withdrawn by that person.
EXPLAIN = """
UNWIND $ids AS id
MATCH (:Article {id: id})-[:HAS_VERSION]->(v:Version)
WHERE v.withdrawn_by = 'ingestion'
SET v.withdrawn_by = $by, v.withdrawn_because = $because
"""

# The last version of an article that has no current one is the current one again. Returns nothing.
REINSTATE = """
UNWIND $ids AS id
MATCH (:Article {id: id})-[:HAS_VERSION]->(v:Version)
WHERE v.withdrawn_by IS NOT NULL
WITH v ORDER BY v.superseded_at DESC LIMIT 1
SET v.superseded_at = null, v.withdrawn_by = null, v.withdrawn_because = null
"""

# Remembers that something was withdrawn, and when last: what was known before is more than what stands now.
NOTE = """
MERGE (m:Meta {id: 'schema'})
SET m.withdrawn = CASE WHEN m.withdrawn IS NULL OR m.withdrawn < $at THEN $at ELSE m.withdrawn END
"""

# Returns nothing.
HIDE_MENTIONS = """
UNWIND $ids AS id
MATCH (a:Article {id: id})-[m:MENTIONS]->(e:Entity)
CREATE (a)-[:MENTIONED {count: m.count, name: m.name, kind: m.kind, names: m.names}]->(e)
DELETE m
"""

# Returns nothing.
SHOW_MENTIONS = """
UNWIND $ids AS id
MATCH (a:Article {id: id})-[m:MENTIONED]->(e:Entity)
CREATE (a)-[:MENTIONS {count: m.count, name: m.name, kind: m.kind, names: m.names}]->(e)
DELETE m
"""

# Entities that these articles name or named: {entity}.
NAMED = """
UNWIND $ids AS id
MATCH (:Article {id: id})-[:MENTIONS|MENTIONED]->(e:Entity)
RETURN DISTINCT e.id AS entity
"""

# What the articles that stand call these entities: {id, called, names}.
CALLED = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})<-[m:MENTIONS]-(:Article)
RETURN e.id AS id, collect(DISTINCT m.name) AS called, collect(m.names) AS names
"""

# What withdrawn articles call these entities: {id, names}.
WERE_CALLED = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})<-[m:MENTIONED]-(:Article)
RETURN e.id AS id, collect(m.names) AS names
"""

# Returns nothing.
CALL = """
UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
SET e.name = row.name, e.aliases = row.aliases, e.former = row.former
"""

# Which of these events there are: {id}.
EXISTING = "UNWIND $ids AS id MATCH (e:Event {id: id}) RETURN e.id AS id"
