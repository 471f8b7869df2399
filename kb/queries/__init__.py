"""The read models that the UI, the command line and exports share: typed answers, no Cypher outside.

Every function takes an open `kb.store.Graph`.
"""

from kb.queries.articles import article, article_views
from kb.queries.conflicts import conflicts
from kb.queries.deadlines import deadlines, overdue
from kb.queries.difference import difference
from kb.queries.entities import co_actors, entity, find_entities, resolve_entity
from kb.queries.events import count_by_status, count_events, event, timeline
from kb.queries.overview import overview
from kb.queries.stories import path, stories
from kb.queries.views import (
    ActorView,
    ArticleDetail,
    ArticleView,
    ChangeView,
    ClaimView,
    ConflictView,
    ConnectedView,
    DeadlineView,
    EntityDetail,
    EntityView,
    EventDetail,
    EventFilter,
    EventView,
    NeighbourView,
    OverdueView,
    Overview,
    PathView,
    RevisionView,
    StepView,
    StoryView,
)

__all__ = [
    "ActorView",
    "ArticleDetail",
    "ArticleView",
    "ChangeView",
    "ClaimView",
    "ConflictView",
    "ConnectedView",
    "DeadlineView",
    "EntityDetail",
    "EntityView",
    "EventDetail",
    "EventFilter",
    "EventView",
    "NeighbourView",
    "OverdueView",
    "Overview",
    "PathView",
    "RevisionView",
    "StepView",
    "StoryView",
    "article",
    "article_views",
    "co_actors",
    "conflicts",
    "count_by_status",
    "count_events",
    "deadlines",
    "difference",
    "entity",
    "event",
    "find_entities",
    "overdue",
    "overview",
    "path",
    "resolve_entity",
    "stories",
    "timeline",
]
