"""The versions of an article, each with what it says otherwise than the one before."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from kb.versions import Change, StatedClaim, changes

if TYPE_CHECKING:
    from kb.store import Graph


_FIELDS = """
v.id AS id, v.published AS published, v.fetched_at AS fetched_at, v.superseded_at AS superseded_at,
v.withdrawn_by AS withdrawn_by, v.withdrawn_because AS withdrawn_because
"""
# The versions of an article: {id, fetched_at, superseded_at}. Addresses are in no index, so ids come first.
_VERSIONS_BY_ID = f"MATCH (:Article {{id: $article}})-[:HAS_VERSION]->(v:Version) RETURN {_FIELDS}"
_VERSIONS_BY_URL = f"MATCH (:Article {{url: $article}})-[:HAS_VERSION]->(v:Version) RETURN {_FIELDS}"


@dataclass(frozen=True, slots=True)
class VersionView:
    """One state of an article. Times are ISO, UTC."""

    id: str
    published: str | None
    """Day of publication as this version has it."""
    fetched_at: str
    superseded_at: str | None
    """Null for the current version."""
    withdrawn_by: str | None
    """Who withdrew it, if nothing replaced it."""
    withdrawn_because: str | None
    claims: int
    changes: tuple[Change, ...]
    """What it says otherwise than the version before it; () for the first."""


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What an article says about itself. Moments are ISO text, with their offset from UTC where it is known."""

    id: str
    title: str | None
    url: str | None
    published: str | None
    published_at: str | None
    updated_at: str | None
    dated_by: str | None
    """Where the day of publication was found: `given`, `feed`, `metadata`, `address`, `page` or `text`."""
    dated_with: float | None
    """How sure that place is, 0 to 1."""
    section: str | None
    authors: tuple[str, ...]
    language: str | None
    paywalled: bool


def article_facts(graph: Graph, article: str) -> ArticleFacts | None:
    """The facts about an article, by its id or its address."""
    rows = graph.read(
        """
        MATCH (a:Article) WHERE a.id = $article OR a.url = $article
        RETURN a.id AS id, a.title AS title, a.url AS url, a.published AS published, a.published_at AS published_at,
               a.updated_at AS updated_at, a.dated_by AS dated_by, a.dated_with AS dated_with, a.section AS section,
               a.authors AS authors, a.language AS language, a.paywalled AS paywalled
        ORDER BY id LIMIT 1
        """,
        article=article,
    )
    if not rows:
        return None
    row = rows[0]
    return ArticleFacts(**{**row, "authors": tuple(row["authors"] or ()), "paywalled": bool(row["paywalled"])})


def article_versions(graph: Graph, article: str) -> tuple[VersionView, ...]:
    """The versions of an article, by its id or its address, the oldest first; () if there is no such article."""
    rows = graph.read(_VERSIONS_BY_ID, article=article) or graph.read(_VERSIONS_BY_URL, article=article)
    rows.sort(key=lambda row: (row["superseded_at"] or "~", row["fetched_at"], row["id"]))
    views: list[VersionView] = []
    before: tuple[StatedClaim, ...] = ()
    for row in rows:
        claims = _claims(graph, row["id"])
        views.append(VersionView(**row, claims=len(claims), changes=changes(before, claims) if views else ()))
        before = claims
    return tuple(views)


def stated_in(graph: Graph, claims: list[str]) -> dict[str, tuple[str, str]]:
    """The id of the article that makes each claim, or made it in an older version, and the claim's title; by claim."""
    rows = graph.read(
        """
        UNWIND $claims AS id
        MATCH (c:Claim {id: id})<-[:STATES]-(:Version)<-[:HAS_VERSION]-(a:Article)
        RETURN c.id AS claim, a.id AS article, c.title AS title
        """,
        claims=claims,
    )
    return {row["claim"]: (row["article"], row["title"]) for row in rows}


def version_text(graph: Graph, version: str) -> str | None:
    """The text of one version, or None if there is no such version."""
    rows = graph.read("MATCH (v:Version {id: $id}) RETURN v.text AS text", id=version)
    return str(rows[0]["text"]) if rows else None


def _claims(graph: Graph, version: str) -> tuple[StatedClaim, ...]:
    rows = graph.read(
        """
        MATCH (:Version {id: $version})-[:STATES]->(c:Claim)
        RETURN c.id AS id, c.type AS type, c.status AS status, c.title AS title, c.first_day AS first_day,
               c.last_day AS last_day, c.trigger AS trigger, c.quote AS quote
        """,
        version=version,
    )  # unordered: an embedded store would keep the version's whole text with every row that it sorts
    return tuple(StatedClaim(**row) for row in sorted(rows, key=itemgetter("id")))
