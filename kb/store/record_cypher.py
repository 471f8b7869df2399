"""The statements `kb.store.record` writes with. The same text runs on both servers."""

# Which of $versions need not be read: current ones that $extractor read, and those that a person withdrew: {id}.
CURRENT_VERSIONS = """
UNWIND $versions AS id
MATCH (v:Version {id: id})
WHERE (v.superseded_at IS NULL AND v.extractor = $extractor) OR v.withdrawn_by <> 'ingestion'
RETURN v.id AS id
"""

# The current version of each article: {article, version, extractor}.
CURRENT_OF_ARTICLES = """
UNWIND $articles AS id
MATCH (a:Article {id: id})-[:HAS_VERSION]->(v:Version)
WHERE v.superseded_at IS NULL
RETURN a.id AS article, v.id AS version, v.extractor AS extractor
"""

# The last version of withdrawn articles, and whether a person withdrew it: {article, version, for_good}.
WITHDRAWN = """
UNWIND $articles AS id
MATCH (a:Article {id: id})-[:HAS_VERSION]->(v:Version)
WHERE v.withdrawn_by IS NOT NULL
RETURN a.id AS article, v.id AS version, v.withdrawn_by <> 'ingestion' AS for_good
ORDER BY v.superseded_at DESC
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
MATCH (:Article {id: id})-[:MENTIONS|MENTIONED]->(e:Entity)
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
MATCH (:Article {id: row.article})-[:HAS_VERSION]->(:Version)-[:STATES]->(c:Claim)
REMOVE c.thread, c.clashes
WITH c
OPTIONAL MATCH (c)-[about:ABOUT]->(:Event)
DELETE about
WITH DISTINCT c
OPTIONAL MATCH (c)-[clash:CONFLICTS_WITH]-(:Claim)
DELETE clash
"""

# Returns nothing.
DROP_MENTIONS = """
UNWIND $rows AS row
MATCH (:Article {id: row.article})-[r:MENTIONS|MENTIONED]->(:Entity)
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
SET v.extractor = $extractor, v.superseded_at = null, v.withdrawn_by = null, v.withdrawn_because = null,
    v.title = row.title, v.published = row.published,
    v.profile = row.profile
MERGE (a)-[:HAS_VERSION]->(v)
"""

# What is stored of these entities: {id, name, kind, aliases}.
READ_ENTITIES = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.aliases AS aliases, e.roles AS roles,
       e.seen_in AS seen_in, e.renamed AS renamed
"""

# Returns nothing.
WRITE_ENTITIES = """
UNWIND $rows AS row
MERGE (e:Entity {id: row.id})
SET e.name = row.name, e.kind = row.kind, e.aliases = row.aliases, e.roles = row.roles,
    e.seen_in = row.seen_in, e.renamed = row.renamed
"""

# Returns nothing.
WRITE_MENTIONS = """
UNWIND $rows AS row
MATCH (a:Article {id: row.article})
MATCH (e:Entity {id: row.id})
CREATE (a)-[m:MENTIONS]->(e)
SET m = row.mention
"""

# Claims that are not there yet. Returns nothing.
CREATE_CLAIMS = """
UNWIND $rows AS row
MATCH (v:Version {id: row.version})
CREATE (v)-[:STATES]->(c:Claim)
SET c = row.claim
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
    c.confidence = row.confidence, c.published = row.published, c.names = row.names, c.topics = row.topics,
    c.doubts = row.doubts, c.of_deadlines = row.of_deadlines, c.mention = row.mention,
    c.clock_amount = row.clock_amount, c.clock_unit = row.clock_unit, c.clock_anchor = row.clock_anchor,
    c.clock_from = row.clock_from, c.thread = row.thread
MERGE (v)-[:STATES]->(c)
"""

# Returns nothing.
WRITE_CLAIM_ACTORS = """
UNWIND $rows AS row
MATCH (c:Claim {id: row.claim})
MATCH (e:Entity {id: row.entity})
CREATE (c)-[:INVOLVES {role: row.role}]->(e)
"""
