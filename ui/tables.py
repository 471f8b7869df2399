"""Rows for `st.dataframe`: the accessible twin of every picture, and what the downloads hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import pandas as pd

from kb.exports.harmless import as_cell
from kb.fold import MENTIONED
from kb.queries import ArticleView, EntityView, EventView, NeighbourView
from ui import days
from ui.kinds import type_label
from ui.statuses import look
from ui.text import UNNAMED, plain

_MOST_ROLES = 3


@lru_cache(maxsize=8)
def events_table(events: tuple[EventView, ...]) -> pd.DataFrame:
    """One row an event, in the given order. Shared: do not change it."""
    return pd.DataFrame(
        {
            "When": [days.span(event.first_day, event.last_day, event.precision) for event in events],
            "Status": [f"{look(event.status).glyph} {look(event.status).label}" for event in events],
            "Event": [plain(event.title) for event in events],
            "Sources": [event.sources for event in events],
            "Type": [type_label(event.type) for event in events],
            "Actors": [_acting(event) for event in events],
            "First day": [date.fromisoformat(event.first_day) for event in events],
        }
    )


def _acting(event: EventView) -> str:
    return plain(", ".join(dict.fromkeys(actor.name for actor in event.actors if actor.role != MENTIONED)))


def entities_table(entities: Sequence[EntityView]) -> pd.DataFrame:
    """One row an entity; on a day of the past nothing is told of what it is."""
    described = [plain(", ".join(entity.roles[:_MOST_ROLES])) for entity in entities]
    return pd.DataFrame(
        {
            "Name": [plain(entity.name) for entity in entities],
            "Kind": [entity.kind for entity in entities],
            **({"Described as": described} if any(described) else {}),
            "Events": [entity.events for entity in entities],
            "Articles": [entity.articles for entity in entities],
            "Also called": [plain(", ".join(_others(entity))) for entity in entities],
        }
    )


def _others(entity: EntityView) -> list[str]:
    """Its other names, each once, however it is capitalized."""
    named = {entity.name.casefold(): ""}
    for alias in entity.aliases:
        named.setdefault(alias.casefold(), alias)
    return [alias for alias in named.values() if alias]


def neighbours_table(neighbours: Sequence[NeighbourView]) -> pd.DataFrame:
    """One row an entity that acts in the same events."""
    return pd.DataFrame(
        {
            "Name": [plain(near.name) for near in neighbours],
            "Kind": [near.kind for near in neighbours],
            "Events": [near.shared for near in neighbours],
        }
    )


def articles_table(articles: Sequence[ArticleView]) -> pd.DataFrame:
    """One row an article."""
    return pd.DataFrame(
        {
            "Published": [date.fromisoformat(a.published) if a.published else None for a in articles],
            "Title": [plain(article.title) or "(no title)" for article in articles],
            "Source": [plain(article.source) or UNNAMED for article in articles],
            "Claims": [article.claims for article in articles],
        }
    )


def as_csv(table: pd.DataFrame) -> str:
    """The table for a spreadsheet, in which no cell is a formula."""
    return str(table.map(as_cell).rename(columns=lambda name: as_cell(str(name))).to_csv(index=False))
