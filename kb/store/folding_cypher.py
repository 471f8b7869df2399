"""The statements `kb.store.folding` folds claims into events with. The same text runs on both servers."""

from kb.store.claim_rows import FOLD_FIELDS

# Claims of articles' current versions by id, for the fold.
CLAIMS = f"""
UNWIND $ids AS id
MATCH (c:Claim {{id: id}})<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
WHERE v.superseded_at IS NULL AND c.first_day IS NOT NULL
{FOLD_FIELDS}
"""

# Claims of these threads, for the fold.
CLAIMS_OF_THREADS = f"""
UNWIND $ids AS id
MATCH (c:Claim {{thread: id}})<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
WHERE v.superseded_at IS NULL AND c.first_day IS NOT NULL
{FOLD_FIELDS}
"""

# Ids of the dated claims of articles: {id}.
CLAIMS_OF_ARTICLES = """
UNWIND $ids AS id
MATCH (:Article {id: id})-[:HAS_VERSION]->(v:Version)-[:STATES]->(c:Claim)
WHERE v.superseded_at IS NULL AND c.first_day IS NOT NULL
RETURN c.id AS id
"""

# Threads of claims: {thread}.
THREADS_OF = """
UNWIND $ids AS id
MATCH (c:Claim {id: id})
WHERE c.thread IS NOT NULL
RETURN DISTINCT c.thread AS thread
"""

# Threads that the articles' claims are in: {thread}.
THREADS_OF_ARTICLES = """
UNWIND $ids AS id
MATCH (:Article {id: id})-[:HAS_VERSION]->(:Version)-[:STATES]->(c:Claim)
WHERE c.thread IS NOT NULL
RETURN DISTINCT c.thread AS thread
"""

# Events that claims are about: {event}.
EVENTS_OF = """
UNWIND $ids AS id
MATCH (:Claim {id: id})-[:ABOUT]->(e:Event)
RETURN DISTINCT e.id AS event
"""

# Claims filed under one of these keys: {id}.
FILED_UNDER = """
UNWIND $keys AS key
MATCH (:Block {id: key})<-[:FILED_UNDER]-(c:Claim)
RETURN DISTINCT c.id AS id
"""

# The keys that claims are filed under: {key}.
UNFILE = """
UNWIND $ids AS id
MATCH (:Claim {id: id})-[r:FILED_UNDER]->(b:Block)
DELETE r
RETURN DISTINCT b.id AS key
"""

# Returns nothing.
FILE = """
UNWIND $rows AS row
MATCH (c:Claim {id: row.claim})
MERGE (b:Block {id: row.key})
CREATE (c)-[:FILED_UNDER]->(b)
"""

# Keys that nothing is filed under any more. Returns nothing.
DELETE_UNUSED_BLOCKS = """
UNWIND $keys AS key
MATCH (b:Block {id: key})
WHERE NOT EXISTS { MATCH (b)--() }
DELETE b
"""

# Takes claims off their events, threads and conflicts. Returns nothing.
DETACH_CLAIMS = """
UNWIND $ids AS id
MATCH (c:Claim {id: id})
REMOVE c.thread
WITH c
OPTIONAL MATCH (c)-[about:ABOUT]->(:Event)
DELETE about
WITH DISTINCT c
OPTIONAL MATCH (c)-[clash:CONFLICTS_WITH]-(:Claim)
DELETE clash
"""

# Returns nothing.
CLEAR_EVENTS = """
UNWIND $ids AS id
MATCH (e:Event {id: id})
OPTIONAL MATCH (e)-[i:INVOLVES]->(:Entity)
DELETE i
WITH DISTINCT e
OPTIONAL MATCH (e)-[:HAS_REVISION]->(r:Revision)
DETACH DELETE r
"""

# Returns nothing.
DELETE_EVENTS = """
UNWIND $ids AS id
MATCH (e:Event {id: id})
DETACH DELETE e
"""

# Returns nothing.
WRITE_EVENTS = """
UNWIND $rows AS row
MERGE (e:Event {id: row.id})
SET e.type = row.type, e.status = row.status, e.title = row.title, e.first_day = row.first_day,
    e.last_day = row.last_day, e.precision = row.precision, e.claims = row.claims, e.sources = row.sources,
    e.outlets = row.outlets, e.first_reported = row.first_reported, e.last_reported = row.last_reported,
    e.because = row.because
"""

# Returns nothing.
WRITE_EVENT_ACTORS = """
UNWIND $rows AS row
MATCH (e:Event {id: row.event})
MATCH (x:Entity {id: row.entity})
CREATE (e)-[:INVOLVES {role: row.role}]->(x)
"""

# Returns nothing.
WRITE_REVISIONS = """
UNWIND $rows AS row
MATCH (e:Event {id: row.event})
MATCH (c:Claim {id: row.claim})
CREATE (e)-[:HAS_REVISION]->(r:Revision {id: row.id, seq: row.seq, first_day: row.first_day, last_day: row.last_day,
                                         status: row.status, known_on: row.known_on,
                                         because: row.because})-[:BECAUSE_OF]->(c)
"""

# Returns nothing.
WRITE_ABOUT = """
UNWIND $rows AS row
MATCH (c:Claim {id: row.claim})
MATCH (e:Event {id: row.event})
SET c.thread = row.thread
CREATE (c)-[:ABOUT]->(e)
"""

# Returns nothing.
WRITE_CONFLICTS = """
UNWIND $rows AS row
MATCH (one:Claim {id: row.one})
MATCH (other:Claim {id: row.other})
CREATE (one)-[:CONFLICTS_WITH {on: row.on, says: row.says}]->(other)
"""

# Ids of all current dated claims from $after on, at most $limit: {id}.
SOME_CLAIMS = """
MATCH (v:Version)-[:STATES]->(c:Claim)
WHERE c.id > $after AND v.superseded_at IS NULL AND c.first_day IS NOT NULL
RETURN c.id AS id ORDER BY c.id LIMIT $limit
"""
