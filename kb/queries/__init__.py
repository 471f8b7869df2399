"""The read models that the UI, the command line and exports share: typed answers, no Cypher outside.

Every function takes an open `kb.store.Graph`.
"""

from kb.queries.articles import article, article_views
from kb.queries.changes import Change, Difference, changes
from kb.queries.clock import writes
from kb.queries.conflicts import conflicts
from kb.queries.copies import same_text
from kb.queries.days import published_days, usual_days
from kb.queries.deadlines import LEDGERED, deadline_of, deadlines
from kb.queries.details import details
from kb.queries.doubts import Twins, doubtful_claims, possible_twins
from kb.queries.entities import (
    acting_entities,
    busiest_entities,
    co_actors,
    entities_like,
    entities_spelt_like,
    entity,
    entity_called,
    find_entities,
    resolve_entity,
)
from kb.queries.events import (
    count_by_status,
    count_events,
    event,
    fate,
    ids_of,
    successor,
    timeline,
    undated_event,
)
from kb.queries.finding import matches
from kb.queries.glance import Glance, coming, glance
from kb.queries.ledger_lines import ledger_lines
from kb.queries.marks import Lane, LaneBy, Marks, event_rows, lanes, marks
from kb.queries.members import MemberView, members, names_over_time
from kb.queries.network import Edge, Network, Node, network, network_of
from kb.queries.overdue import overdue, overdue_ids
from kb.queries.overview import EventDays, count_articles, event_days, event_types, holds_articles, overview
from kb.queries.quotes import Quotes, quotes
from kb.queries.stories import path, stories, story_of
from kb.queries.upcoming import DueView, Window, bound, due_days, is_cut, is_due, upcoming
from kb.queries.versions import VersionView, article_versions, version_text
from kb.queries.views import (
    ActorView,
    ArticleDetail,
    ArticleView,
    ClaimView,
    ConflictView,
    ConnectedView,
    DeadlineView,
    EntityDetail,
    EntityView,
    EventDetail,
    EventFilter,
    EventView,
    LedgerLine,
    NameView,
    NeighbourView,
    OverdueView,
    Overview,
    PathView,
    RevisionView,
    StepView,
    StoryView,
    UndatedDetail,
    words_of,
)
from kb.queries.weight import weight_of_view

__all__ = [
    "LEDGERED",
    "ActorView",
    "ArticleDetail",
    "ArticleView",
    "Change",
    "ClaimView",
    "ConflictView",
    "ConnectedView",
    "DeadlineView",
    "Difference",
    "DueView",
    "Edge",
    "EntityDetail",
    "EntityView",
    "EventDays",
    "EventDetail",
    "EventFilter",
    "EventView",
    "Glance",
    "Lane",
    "LaneBy",
    "LedgerLine",
    "Marks",
    "MemberView",
    "NameView",
    "NeighbourView",
    "Network",
    "Node",
    "OverdueView",
    "Overview",
    "PathView",
    "Quotes",
    "RevisionView",
    "StepView",
    "StoryView",
    "Twins",
    "UndatedDetail",
    "VersionView",
    "Window",
    "acting_entities",
    "article",
    "article_versions",
    "article_views",
    "bound",
    "busiest_entities",
    "changes",
    "co_actors",
    "coming",
    "conflicts",
    "count_articles",
    "count_by_status",
    "count_events",
    "deadline_of",
    "deadlines",
    "details",
    "doubtful_claims",
    "due_days",
    "entities_like",
    "entities_spelt_like",
    "entity",
    "entity_called",
    "event",
    "event_days",
    "event_rows",
    "event_types",
    "fate",
    "find_entities",
    "glance",
    "holds_articles",
    "ids_of",
    "is_cut",
    "is_due",
    "lanes",
    "ledger_lines",
    "marks",
    "matches",
    "members",
    "names_over_time",
    "network",
    "network_of",
    "overdue",
    "overdue_ids",
    "overview",
    "path",
    "possible_twins",
    "published_days",
    "quotes",
    "resolve_entity",
    "same_text",
    "stories",
    "story_of",
    "successor",
    "timeline",
    "undated_event",
    "upcoming",
    "usual_days",
    "version_text",
    "weight_of_view",
    "words_of",
    "writes",
]
