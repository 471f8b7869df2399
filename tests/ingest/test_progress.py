"""How far a run is: its pace is that of what is new, not of what a run before has written."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import pytest

from ingest import progress
from ingest.progress import Pace, RunProgress, run_progress
from kb.model import Article
from kb.store.record import Outcome, Written


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, in seconds."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def read(counts: RunProgress, sizes: list[int]) -> None:
    """Read articles of these sizes, a0 and so on."""

    def articles() -> Iterator[Article]:
        for number, size in enumerate(sizes):
            counts.read(size)
            yield Article(f"a{number}", "text")

    deque(counts.watch(articles()), maxlen=0)


def test_what_a_run_before_has_written_tells_nothing_of_the_pace(clock: list[float]) -> None:
    shown: list[tuple[int, int, Pace]] = []
    counts = RunProgress(lambda *told: shown.append(told))
    read(counts, [100] * 4)
    for number, outcome in enumerate((Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.NEW, Outcome.UNCHANGED)):
        clock[0] = number + 1.0
        counts.wrote(Written(f"a{number}", outcome, 1))
    assert shown[1] == (200, 2, Pace())
    assert shown[2] == (300, 3, Pace())
    assert shown[3] == (400, 4, Pace(100, 1, 1.0))


def test_what_is_written_first_waited_for_the_models_and_tells_nothing_of_the_pace(clock: list[float]) -> None:
    shown: list[Pace] = []
    counts = RunProgress(lambda _done, _articles, pace: shown.append(pace))
    read(counts, [100] * 6)
    for number, second in enumerate((40.0, 40.1, 40.2, 46.2, 46.3, 50.2)):
        clock[0] = second
        counts.wrote(Written(f"a{number}", Outcome.NEW, 1))
    assert shown[:3] == [Pace()] * 3
    assert [(pace.done, pace.articles, round(pace.seconds, 1)) for pace in shown[3:]] == [
        (100, 1, 6.0),
        (200, 2, 6.1),
        (300, 3, 10.0),
    ]


def test_articles_that_follow_each_other_quickly_from_the_first_on_have_a_pace(clock: list[float]) -> None:
    shown: list[Pace] = []
    counts = RunProgress(lambda _done, _articles, pace: shown.append(pace))
    read(counts, [100] * 11)
    for number in range(11):
        clock[0] = 40.0 + number / 8
        counts.wrote(Written(f"a{number}", Outcome.NEW, 1))
    assert shown[3:5] == [Pace(), Pace(100, 1, 0.125)]
    assert shown[-1] == Pace(700, 7, 0.875)


def test_what_is_read_ahead_is_not_done_and_what_is_written_out_of_turn_takes_nothing_back(clock: list[float]) -> None:
    shown: list[int] = []
    counts = RunProgress(lambda done, *_: shown.append(done))
    read(counts, [100, 50, 25])
    for name in ("a1", "a0", "unknown", "a2"):
        counts.wrote(Written(name, Outcome.NEW, 1))
    assert shown == [150, 150, 150, 175]


def test_a_log_gets_a_line_now_and_then_with_the_time_left_by_that_pace(
    clock: list[float], tmp_path, capsys: pytest.CaptureFixture[str]
) -> None:
    big = tmp_path / "big.jsonl"
    big.write_bytes(b"x" * 1000)
    with run_progress([str(big)]) as counts:
        read(counts, [100] * 10)
        for number, outcome in enumerate((Outcome.UNCHANGED, Outcome.NEW, Outcome.NEW, Outcome.NEW)):
            clock[0] += 20.0
            counts.wrote(Written(f"a{number}", outcome, 1))
    assert capsys.readouterr().err.splitlines() == [
        "2 articles in the graph, 20% of the input",
        "4 articles in the graph, 40% of the input, 0.1 a second, about 2 min left",
    ]
