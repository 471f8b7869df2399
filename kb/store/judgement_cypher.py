"""The statements `kb.store.judgements` reads and writes with. The same text runs on both servers."""

_FIELDS = """
j.id AS id, j.on AS on, j.verdict AS verdict, j.by AS by, j.at AS at, j.why AS why, j.field AS field, j.value AS value,
j.one_article AS one_article, j.one_quote AS one_quote, j.one_trigger AS one_trigger, j.one_time AS one_time,
j.one_entity AS one_entity, j.one_name AS one_name, j.other_article AS other_article, j.other_quote AS other_quote,
j.other_trigger AS other_trigger, j.other_time AS other_time, j.other_entity AS other_entity, j.other_name AS other_name
"""

# All judgements.
ALL = f"MATCH (j:Judgement) RETURN {_FIELDS}"

# Judgements whose first thing is a claim of these articles.
ON_ARTICLES_ONE = f"""
UNWIND $articles AS article
MATCH (j:Judgement {{one_article: article}})
RETURN {_FIELDS}
"""

# Judgements whose second thing is a claim of these articles.
ON_ARTICLES_OTHER = f"""
UNWIND $articles AS article
MATCH (j:Judgement {{other_article: article}})
RETURN {_FIELDS}
"""

# Returns nothing.
WRITE = """
UNWIND $rows AS row
MERGE (j:Judgement {id: row.id})
SET j.on = row.on, j.verdict = row.verdict, j.by = row.by, j.at = row.at, j.why = row.why, j.field = row.field,
    j.value = row.value, j.one_article = row.one_article, j.one_quote = row.one_quote,
    j.one_trigger = row.one_trigger, j.one_time = row.one_time, j.one_entity = row.one_entity,
    j.one_name = row.one_name, j.other_article = row.other_article, j.other_quote = row.other_quote,
    j.other_trigger = row.other_trigger, j.other_time = row.other_time, j.other_entity = row.other_entity,
    j.other_name = row.other_name
"""

# Returns nothing.
DELETE = "MATCH (j:Judgement {id: $id}) DETACH DELETE j"

# The words that the claims of articles stand on that may tell of an event: {id, article, quote, trigger, time_text}.
WORDS_OF_ARTICLES = """
UNWIND $ids AS id
MATCH (a:Article {id: id})-[:HAS_VERSION]->(v:Version)-[:STATES]->(c:Claim)
WHERE v.superseded_at IS NULL AND (c.first_day IS NOT NULL OR c.mention = true)
RETURN c.id AS id, a.id AS article, c.quote AS quote, c.trigger AS trigger, c.time_text AS time_text
"""

# The anchor of a claim.
ANCHOR_OF_CLAIM = """
MATCH (c:Claim {id: $id})<-[:STATES]-(:Version)<-[:HAS_VERSION]-(a:Article)
RETURN a.id AS article, c.quote AS quote, c.trigger AS trigger, coalesce(c.time_text, '') AS time
"""

# The anchor of a claim that is about an event now.
ANCHOR_OF_STANDING_CLAIM = """
MATCH (c:Claim {id: $id})-[:ABOUT]->(:Event)
MATCH (c)<-[:STATES]-(:Version)<-[:HAS_VERSION]-(a:Article)
RETURN a.id AS article, c.quote AS quote, c.trigger AS trigger, coalesce(c.time_text, '') AS time
"""

# Since when a claim does not stand, and whether it was withdrawn: {article, since, withdrawn_by}.
FATE_OF_CLAIM = """
MATCH (c:Claim {id: $id})<-[:STATES]-(v:Version)<-[:HAS_VERSION]-(a:Article)
RETURN a.id AS article, v.superseded_at AS since, v.withdrawn_by AS withdrawn_by
"""

# The anchor of the claim that told first of an event.
ANCHOR_OF_EVENT = """
MATCH (:Event {id: $id})<-[:ABOUT]-(c:Claim)
MATCH (c)<-[:STATES]-(:Version)<-[:HAS_VERSION]-(a:Article)
RETURN a.id AS article, c.quote AS quote, c.trigger AS trigger, coalesce(c.time_text, '') AS time,
       CASE WHEN c.first_day IS NULL THEN 'b' ELSE 'a' END + coalesce(c.published, '') +
       coalesce(c.first_day, '') + c.id AS order
ORDER BY order LIMIT 1
"""

# Which of these entities there are: {id}.
ENTITIES = "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN e.id AS id"

# Articles that name one of these entities: {article}.
ARTICLES_NAMING = """
UNWIND $ids AS id
MATCH (:Entity {id: id})<-[:MENTIONS]-(a:Article)
RETURN DISTINCT a.id AS article
"""

# The canonical entity of each, or null, and since when it is named: {id, canonical, since}.
CANONICAL_OF = """
UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN e.id AS id, e.canonical AS canonical, e.since AS since
"""

# Returns nothing.
SET_CANONICAL = "UNWIND $rows AS row MATCH (e:Entity {id: row.id}) SET e.canonical = row.canonical"
"""One that is its own canonical entity has none."""

# Those of these entities that a judgement names first: {id}.
JUDGED_ONE = "UNWIND $ids AS id MATCH (j:Judgement {one_entity: id}) RETURN DISTINCT id"

# Those of these entities that a judgement names second: {id}.
JUDGED_OTHER = "UNWIND $ids AS id MATCH (j:Judgement {other_entity: id}) RETURN DISTINCT id"

# All entities that are resolved to another: {id}.
ALL_RESOLVED = "MATCH (e:Entity) WHERE e.canonical IS NOT NULL RETURN e.id AS id"

# Entities by id: {id, name}.
ANCHOR_OF_ENTITY = "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN e.id AS id, e.name AS name"

# The entity that is called so, of several that named by most articles: {id, name}.
ENTITY_CALLED = """
MATCH (e:Entity)
WHERE any(alias IN e.aliases WHERE toLower(alias) = toLower($name))
RETURN e.id AS id, e.name AS name, COUNT { MATCH (e)<-[:MENTIONS]-(:Article) } AS articles
ORDER BY articles DESC, id LIMIT 1
"""

# Whether anything was judged of events: {id}.
ANY_ON_ENTITIES = "MATCH (j:Judgement) WHERE j.one_entity IS NOT NULL RETURN j.id AS id LIMIT 1"
ANY_ON_EVENTS = "MATCH (j:Judgement) WHERE j.one_article IS NOT NULL RETURN j.id AS id LIMIT 1"
