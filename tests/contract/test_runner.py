"""From articles to the graph: what is there is not read again, a batch is whole or absent. Runs over every store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from ingest.runner import RunReport, ingest_articles
from kb.fold.conflicts import Clash
from kb.fold.threads import Thread
from kb.model import Article, Extraction
from kb.store import Graph, folding
from kb.store.record import Outcome, Written
from tests.contract.collecting import fail
from tests.contract.synthetic import TEXT, at_once, extraction, now, picture, wipe


class Extractor:
    """Gives the synthetic extraction of an article, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        for article in articles:
            self.asked.append(article.id)
            yield extraction(int(article.id.split("-")[1]), text=article.text)


def run(graph: Graph, articles: Iterable[Article], extract: Extractor, *, extractor: str = "one") -> RunReport:
    heard: list[Written] = []
    report = ingest_articles(
        graph,
        articles,
        submit=at_once(extract),
        extractor=extractor,
        now=now,
        on_article=heard.append,
        on_failure=fail,
    )
    assert sum(report.outcomes.values()) == len(heard)
    return report


def articles(*numbers: int) -> list[Article]:
    return [extraction(number).article for number in numbers]


def test_only_what_is_new_is_extracted(graph: Graph) -> None:
    first, second = Extractor(), Extractor()
    assert run(graph, articles(1, 2), first).outcomes == {Outcome.NEW: 2}
    report = run(graph, articles(1, 2, 3), second)
    assert report.outcomes == {Outcome.UNCHANGED: 2, Outcome.NEW: 1}
    assert (first.asked, second.asked) == (["article-1", "article-2"], ["article-3"])
    assert report.claims == 3


def test_another_version_of_the_extraction_reads_everything_again(graph: Graph) -> None:
    run(graph, articles(1), Extractor())
    assert run(graph, articles(1), Extractor(), extractor="two").outcomes == {Outcome.UPDATED: 1}


def test_batches_written_together_hold_an_article_once(graph: Graph) -> None:
    first = [extraction(number).article for number in range(18)]
    again = [replace(article, text=TEXT + " Corrected.") for article in first[:3]]
    heard: list[Written] = []
    ingest_articles(
        graph,
        [*first, *again],
        submit=at_once(Extractor()),
        ahead=2,
        extractor="one",
        now=now,
        on_article=heard.append,
        on_failure=fail,
    )
    assert [written.article for written in heard] == [article.id for article in (*first, *again)]
    assert [written.outcome for written in heard] == [Outcome.NEW] * 18 + [Outcome.UPDATED] * 3
    rows = graph.read("MATCH (v:Version) RETURN count(v) AS versions, count(v.superseded_at) AS superseded")
    assert rows == [{"versions": 21, "superseded": 3}]


def test_two_versions_of_an_article_in_one_run_are_both_kept(graph: Graph) -> None:
    old = extraction(1).article
    new = replace(old, text=TEXT + " Corrected.")
    assert run(graph, [old, new], Extractor()).outcomes == {Outcome.NEW: 1, Outcome.UPDATED: 1}
    rows = graph.read("MATCH (v:Version) RETURN v.text AS text, v.superseded_at IS NULL AS current")
    assert {row["text"]: row["current"] for row in rows} == {old.text: False, new.text: True}


def test_an_article_that_trips_a_mistake_is_named_and_the_others_are_as_without_it(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded = folding.find_clashes

    def trips(thread: Thread) -> list[Clash]:
        if any(claim.article == "article-7" for claim in thread.claims):
            raise KeyError("a mistake")
        return folded(thread)

    monkeypatch.setattr(folding, "find_clashes", trips)
    failed: list[tuple[str, str]] = []
    report = ingest_articles(
        graph,
        articles(*range(20)),
        submit=at_once(Extractor()),
        extractor="one",
        now=now,
        on_article=lambda _: None,
        on_failure=lambda article, error: failed.append((article.id, type(error).__name__)),
    )
    assert failed == [("article-7", "KeyError")]
    assert report.outcomes == {Outcome.NEW: 19}
    monkeypatch.undo()
    seen = picture(graph)
    wipe(graph)
    run(graph, articles(*(number for number in range(20) if number != 7)), Extractor())
    assert picture(graph) == seen


def test_what_was_written_before_a_failure_stays_and_the_next_run_goes_on_from_there(graph: Graph) -> None:
    def broken() -> Iterator[Article]:
        yield from articles(*range(200))
        raise OSError("the disk is gone")

    extract = Extractor()
    with pytest.raises(OSError, match="gone"):
        run(graph, broken(), extract)
    (count,) = graph.read("MATCH (a:Article) RETURN count(a) AS articles")
    assert 0 < count["articles"] < 200
    again = Extractor()
    assert run(graph, articles(*range(200)), again).outcomes[Outcome.UNCHANGED] == count["articles"]
    assert len(again.asked) == 200 - count["articles"]


def test_nothing_to_do_leaves_the_graph_alone(graph: Graph) -> None:
    run(graph, articles(1), Extractor())
    before = picture(graph)
    assert run(graph, [], Extractor()).outcomes == {}
    assert picture(graph) == before
