"""How the sources are, as the Data page shows it: those that ran, that fail, and that are paused, and the remedy."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from kb.store.health import PAUSE_AFTER, failed, remember, resume, succeeded
from kb.store.journal import open_journal

AT = "2025-02-01T12:00:00+00:00"
NOW = 1_738_411_200.0


def _panel() -> None:
    from ui.panels.runs import show_runs

    show_runs()


@pytest.fixture
def journal(tmp_path, monkeypatch):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CHRONOGRAPH_TIMEZONE", "Europe/Berlin")
    with open_journal(tmp_path / "data", create=True) as opened:
        yield opened


def _fail(journal, name, times, error="the server answered 500"):
    for _ in range(times):
        failed(journal, name, error, at=AT, now=NOW, interval=600.0, wait=None)


def _shown():
    at = AppTest.from_function(_panel, default_timeout=30).run()
    assert not at.exception
    return at, {row["Source"]: row for row in at.dataframe[0].value.to_dict("records")}


def test_a_source_is_shown_as_it_is(journal) -> None:
    succeeded(journal, "court", at=AT, next_due=NOW + 3600, interval=3600.0)
    remember(journal, "fresh", etag=None, last_modified=None, url=None)
    _fail(journal, "press", 1)
    _fail(journal, "blog", PAUSE_AFTER, "no connection <b>at all</b>")
    at, rows = _shown()
    states = {name: row["State"] for name, row in rows.items()}
    assert states == {"court": "● ok", "press": "✕ failing", "blog": "⊘ paused", "fresh": "○ never run"}
    assert (rows["court"]["Last success"], rows["court"]["Next"]) == ("1 Feb 2025 13:00 CET", "1 Feb 2025 14:00 CET")
    assert rows["press"]["Trouble"] == "the server answered 500"
    assert "paused after 12 failed runs in a row" in rows["blog"]["Trouble"]
    assert rows["blog"]["Next"] == "–"
    assert any("chronograph sources enable blog" in caption.value for caption in at.caption)


def test_a_source_that_is_resumed_is_no_trouble_any_more(journal) -> None:
    _fail(journal, "blog", PAUSE_AFTER)
    resume(journal, "blog")
    at, rows = _shown()
    assert not rows["blog"]["Trouble"]
    assert not any("sources enable" in caption.value for caption in at.caption)


def test_a_source_that_is_switched_off_is_no_trouble(journal, tmp_path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "press.yml").write_text("kind: feed\nurl: https://press.example/feed\n")
    (tmp_path / "sources" / "blog.yml").write_text("kind: feed\nurl: https://blog.example/feed\ndisabled: true\n")
    for name in ("press", "blog", "removed"):
        _fail(journal, name, PAUSE_AFTER)
    _, rows = _shown()
    states = {name: (row["State"], row["Next"]) for name, row in rows.items()}
    assert states == {"press": ("⊘ paused", "–"), "blog": ("– off", "–"), "removed": ("– off", "–")}
