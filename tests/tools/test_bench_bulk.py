"""What the benchmark of bulk ingestion makes of what it saw."""

from __future__ import annotations

from tools.bench_bulk import Mark, growth


def _mark(articles: int, memory: float, seconds: float) -> Mark:
    return Mark(articles, memory, {"extract": seconds, "write": seconds / 2, "store": seconds / 4})


def test_a_row_tells_what_an_article_cost_since_the_row_before() -> None:
    marks = [_mark(100, 900, 10), _mark(200, 1200, 18), _mark(300, 1100, 28), _mark(400, 1000, 40)]
    assert growth(marks, 200)[2:] == [
        "| 200 | 1,200 | 90 | 45 | 22 | 68 |",
        "| 400 | 1,100 | 110 | 55 | 28 | 82 |",
    ]


def test_the_last_row_stands_also_for_fewer_articles() -> None:
    assert growth([_mark(150, 900, 15), _mark(160, 950, 16)], 100)[2:] == [
        "| 150 | 900 | 100 | 50 | 25 | 75 |",
        "| 160 | 950 | 100 | 50 | 25 | 75 |",
    ]


def test_nothing_told_gives_no_row() -> None:
    assert len(growth([], 100)) == 2
