"""The statements `kb.store.record` writes with. The same text runs on both servers."""

# Which of $versions are current and were read by $extractor: {id}.
CURRENT_VERSIONS = """
UNWIND $versions AS id
MATCH (v:Version {id: id})
WHERE v.superseded_at IS NULL AND v.extractor = $extractor
RETURN v.id AS id
"""

# The current version of each article: {article, version, extractor}.
CURRENT_OF_ARTICLES = """
UNWIND $articles AS id
MATCH (a:Article {id: id})-[:HAS_VERSION]->(v:Version)
WHERE v.superseded_at IS NULL
RETURN a.id AS article, v.id AS version, v.extractor AS extractor
"""

# Events that the articles' current claims are about: {event}.
EVENTS_OF_ARTICLES = """
UNWIND $rows AS row
MATCH (:Article {id: row.article})-[:HAS_VERSION]->(:Version)-[:STATES]->(:Claim)-[:ABOUT]->(e:Event)
RETURN DISTINCT e.id AS event
"""

# Entities that these articles name: {entity}.
ENTITIES_OF_ARTICLES = """
UNWIND $ids AS id
MATCH (:Article {id: id})-[:MENTIONS]->(e:Entity)
RETURN DISTINCT e.id AS entity
"""

# Those of these entities that nothing names any more. Returns nothing.
DELETE_UNUSED_ENTITIES = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE NOT EXISTS { MATCH (e)--() }
DELETE e
"""

# Returns nothing.
DETACH_CLAIMS = """
UNWIND $rows AS row
MATCH (:Article {id: row.article})-[:HAS_VERSION]->(:Version)-[:STATES]->(:Claim)-[r:ABOUT]->(:Event)
DELETE r
"""

# Returns nothing.
DROP_MENTIONS = """
UNWIND $rows AS row
MATCH (:Article {id: row.article})-[r:MENTIONS]->(:Entity)
DELETE r
"""

# Claims of exactly these versions that an older extractor read and this one does not. Returns nothing.
DROP_CLAIMS = """
UNWIND $rows AS row
MATCH (:Version {id: row.version})-[:STATES]->(c:Claim)
WHERE NOT c.id IN row.claims
DETACH DELETE c
"""

# Returns nothing.
DROP_CLAIM_ACTORS = """
UNWIND $rows AS row
MATCH (:Version {id: row.version})-[:STATES]->(:Claim)-[i:INVOLVES]->(:Entity)
DELETE i
"""

# Returns nothing.
DROP_SOURCES = """
UNWIND $rows AS row
MATCH (:Article {id: row.article})<-[r:PUBLISHED]-(:Source)
DELETE r
"""

# Returns nothing.
SUPERSEDE = """
UNWIND $rows AS row
MATCH (:Article {id: row.article})-[:HAS_VERSION]->(v:Version)
WHERE v.id <> row.version AND v.superseded_at IS NULL
SET v.superseded_at = $at
"""

# Returns nothing.
LOCK_ARTICLES = """
UNWIND $ids AS id
MERGE (a:Article {id: id})
SET a.id = id
"""

# Returns nothing.
LOCK_ENTITIES = """
UNWIND $ids AS id
MERGE (e:Entity {id: id})
SET e.id = id
"""

# Returns nothing.
LOCK_EVENTS = """
UNWIND $ids AS id
MERGE (e:Event {id: id})
SET e.id = id
"""

# Returns nothing.
WRITE_ARTICLES = """
UNWIND $rows AS row
MERGE (a:Article {id: row.id})
SET a.url = row.url, a.title = row.title, a.published = row.published, a.language = row.language,
    a.authors = row.authors, a.section = row.section, a.published_at = row.published_at,
    a.updated_at = row.updated_at, a.dated_by = row.dated_by, a.dated_with = row.dated_with,
    a.paywalled = row.paywalled
"""

# Returns nothing.
WRITE_SOURCES = """
UNWIND $rows AS row
MATCH (a:Article {id: row.id})
MERGE (s:Source {id: row.source})
SET s.name = CASE WHEN s.name IS NULL OR row.source_name < s.name THEN row.source_name ELSE s.name END
CREATE (s)-[:PUBLISHED]->(a)
"""

# Returns nothing.
WRITE_VERSIONS = """
UNWIND $rows AS row
MATCH (a:Article {id: row.id})
MERGE (v:Version {id: row.version})
ON CREATE SET v.hash = row.hash, v.text = row.text, v.fetched_at = $at
SET v.extractor = $extractor, v.superseded_at = null
MERGE (a)-[:HAS_VERSION]->(v)
"""

# What is stored of these entities: {id, name, kind, aliases}; name is null for one that was only just locked.
READ_ENTITIES = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.aliases AS aliases
"""

# Returns nothing.
WRITE_ENTITIES = """
UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
SET e.name = row.name, e.kind = row.kind, e.aliases = row.aliases
"""

# Returns nothing.
WRITE_MENTIONS = """
UNWIND $rows AS row
MATCH (a:Article {id: row.article})
MATCH (e:Entity {id: row.entity})
CREATE (a)-[:MENTIONS {count: row.count}]->(e)
"""

# Returns nothing.
WRITE_CLAIMS = """
UNWIND $rows AS row
MATCH (v:Version {id: row.version})
MERGE (c:Claim {id: row.id})
ON CREATE SET c.recorded_at = $at
SET c.type = row.type, c.status = row.status, c.title = row.title, c.first_day = row.first_day,
    c.last_day = row.last_day, c.precision = row.precision, c.basis = row.basis, c.time_text = row.time_text,
    c.time_start = row.time_start, c.quote = row.quote, c.start = row.start, c.end = row.end, c.trigger = row.trigger,
    c.trigger_start = row.trigger_start, c.attributed_to = row.attributed_to, c.cues = row.cues,
    c.confidence = row.confidence, c.published = row.published
MERGE (v)-[:STATES]->(c)
"""

# Returns nothing.
WRITE_CLAIM_ACTORS = """
UNWIND $rows AS row
MATCH (c:Claim {id: row.claim})
MATCH (e:Entity {id: row.entity})
CREATE (c)-[:INVOLVES {role: row.role}]->(e)
"""

# Returns nothing.
WRITE_ABOUT = """
UNWIND $rows AS row
MATCH (c:Claim {id: row.claim})
MATCH (e:Event {id: row.event})
CREATE (c)-[:ABOUT]->(e)
"""

# Claims about these events as `reported_claim` reads them.
CLAIMS_OF_EVENTS = """
UNWIND $ids AS id
MATCH (:Event {id: id})<-[:ABOUT]-(c:Claim)<-[:STATES]-(:Version)<-[:HAS_VERSION]-(a:Article)
OPTIONAL MATCH (a)<-[:PUBLISHED]-(s:Source)
OPTIONAL MATCH (c)-[i:INVOLVES]->(e:Entity)
WITH c, s, collect(CASE WHEN e IS NULL THEN null ELSE [i.role, e.id] END) AS actors
RETURN c.id AS id, c.type AS type, c.status AS status, c.title AS title, c.first_day AS first_day,
       c.last_day AS last_day, c.precision AS precision, c.confidence AS confidence, c.published AS published,
       s.id AS source, actors
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
MATCH (e:Event {id: row.id})
SET e.type = row.type, e.status = row.status, e.title = row.title, e.first_day = row.first_day,
    e.last_day = row.last_day, e.precision = row.precision, e.claims = row.claims, e.sources = row.sources,
    e.first_reported = row.first_reported, e.last_reported = row.last_reported
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
                                         status: row.status, known_on: row.known_on})-[:BECAUSE_OF]->(c)
"""
