"""Mistakes of ours, and runs that are broken off: told, and no reason to lose anything else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.inputs.entry import Entry
from ingest.sources.reading import Page, Reader
from ingest.sources.source import Source
from kb.queries.runs import runs
from kb.store.runs import RunStatus
from tests.ingest.sources.conftest import Desk

Publish = Callable[[list[int]], None]


def test_a_mistake_with_one_page_is_told_and_keeps_no_other(
    desk: Desk, court: Publish, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def trip(self: Reader, source: Source, entry: Entry, *others: object) -> Page:
        if entry.url.endswith("/a/1"):
            raise IndexError("out of range")
        return read(self, source, entry, *others)  # type: ignore[arg-type]

    court([1, 2])
    read = Reader.page
    with monkeypatch.context() as patch:
        patch.setattr(Reader, "page", trip)
        run = desk.detail(desk.run())
    assert dict(run.run.failed) == {"mistake": 1}
    assert "IndexError: out of range" in (run.items[0].detail or "")
    assert "IndexError" in caplog.text
    assert [article.title for article in desk.write_all()] == ["Ruling 2"]
    desk.later(minutes=15)
    desk.run()
    assert [article.title for article in desk.write_all()] == ["Ruling 1"]


def test_a_mistake_with_a_source_is_a_failure_of_its_run(
    desk: Desk, court: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trip(*_: object, **__: object) -> None:
        raise IndexError("out of range")

    court([1])
    monkeypatch.setattr("ingest.sources.collect.discover", trip)
    collected = desk.run()
    assert collected.status is RunStatus.FAILED
    assert desk.health().state == "failing"
    assert "IndexError: out of range" in (desk.health().error or "")


def test_a_run_that_is_interrupted_is_told_as_stopped(
    desk: Desk, court: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    court([1])
    monkeypatch.setattr(Reader, "page", interrupt)
    with pytest.raises(KeyboardInterrupt):
        desk.run()
    assert [run.status for run in runs(desk.journal)] == ["stopped"]
