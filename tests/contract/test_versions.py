"""The versions of an article and what they say otherwise, in the graph. Runs over every store."""

from __future__ import annotations

from dataclasses import replace

from kb.queries.versions import article_facts, article_versions
from kb.store import Graph
from kb.store.record import record
from tests.contract.synthetic import TEXT, extraction


def test_a_changed_article_keeps_its_old_version_and_shows_what_is_otherwise(graph: Graph) -> None:
    changed = TEXT.replace("divest by May", "divest very soon, or in May")
    for day, text in enumerate((TEXT, changed, TEXT + " Nothing else."), 1):
        record(graph, [extraction(1, text=text)], recorded_at=f"2025-01-0{day}T00:00:00+00:00", extractor="test")
    first, second, third = article_versions(graph, "article-1")
    assert [version.superseded_at for version in (first, second, third)][2] is None
    assert (first.changes, second.changes, third.changes) == ((), (), ())
    assert article_versions(graph, "https://outlet-1.example/1") == (first, second, third)
    assert article_versions(graph, "nobody") == ()


def test_an_event_that_a_new_version_drops_is_told(graph: Graph) -> None:
    whole = extraction(1)
    cut = extraction(1, text=TEXT + " Corrected.")
    cut = type(cut)(cut.article, cut.times, cut.entities, cut.claims[:1])
    for day, each in enumerate((whole, cut), 1):
        record(graph, [each], recorded_at=f"2025-01-0{day}T00:00:00+00:00", extractor="test")
    assert [change.kind.value for change in article_versions(graph, "article-1")[1].changes] == ["removed", "removed"]


def test_what_an_article_says_of_itself_is_kept(graph: Graph) -> None:
    told = extraction(1, authors=("Jane Doe",), section="Courts", published_at="2024-12-07T10:00:00-05:00",
                      dated_by="metadata", dated_with=0.95, paywalled=True)  # fmt: skip
    record(graph, [told], recorded_at="2025-01-01T00:00:00+00:00", extractor="test")
    facts = article_facts(graph, "article-1")
    assert facts
    assert (facts.authors, facts.section, facts.dated_by, facts.dated_with) == (
        ("Jane Doe",),
        "Courts",
        "metadata",
        0.95,
    )
    assert (facts.published_at, facts.paywalled) == ("2024-12-07T10:00:00-05:00", True)


def test_an_article_of_many_claims_and_a_long_text_has_its_versions(graph: Graph) -> None:
    told = extraction(1, text=TEXT + " Nothing else." * 80_000)
    claims = tuple(replace(told.claims[1], id=f"c{number:04}") for number in range(200))
    record(graph, [replace(told, claims=claims)], recorded_at="2025-01-01T00:00:00+00:00", extractor="test")
    (version,) = article_versions(graph, "article-1")
    assert version.claims == len(claims)
