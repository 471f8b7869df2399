from pathlib import Path

import pytest

from kb import queries
from kb.config import Settings, load_settings
from kb.errors import AbortRun, UsageError
from kb.store import embedded, open_graph
from ui.intake import Upload, read_in, safe_name, web_address

MODEL = load_settings({}, Path("/")).model
ARTICLE = b"""---
title: A deadline
published: 2025-01-10
source: Harbor Post
---
The Supreme Court ruled on January 8, 2025 that TikTok must be sold.
"""


@pytest.fixture
def settings(tmp_path):
    made = Settings(tmp_path / "data", None, MODEL)
    yield made
    embedded.stop(made.data)


def test_files_from_the_browser_are_read_and_bad_ones_named(settings):
    waited = []
    report = read_in(settings, [Upload("../../a story.md", ARTICLE), Upload("b.json", b"{")], [], on_wait=waited.append)
    assert (report.new, report.failed) == (1, 1)
    assert any("0002-b.json" in line for line in report.problems)
    assert not any("/tmp" in line or "chronograph-" in line for line in report.problems)
    assert waited
    with open_graph(settings) as graph:
        assert [article.title for article in queries.article_views(graph)] == ["A deadline"]


def test_a_reading_that_is_broken_off_ends(settings):
    def enough(seconds):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read_in(settings, [Upload("a.md", ARTICLE)], [], on_wait=enough)


def test_a_reading_that_cannot_start_says_why(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(AbortRun, match="file"):
        read_in(Settings(tmp_path / "file", None, MODEL), [Upload("a.md", ARTICLE)], [], on_wait=lambda _: None)


@pytest.mark.parametrize("text", ["", "example.org", "file:///etc/passwd", "--help", "javascript:alert(1)", "https://"])
def test_what_is_no_web_address_is_refused(text):
    with pytest.raises(UsageError, match="no web address"):
        web_address(text)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "0001-passwd.txt"),
        ("a b;rm -rf.MD", "0001-a-b-rm--rf.md"),
        ("…", "0001-file.txt"),
        ("x" * 300 + ".json", "0001-" + "x" * 60 + ".json"),
        ("-option.html", "0001-option.html"),
    ],
)
def test_a_file_gets_a_name_that_is_safe(name, safe):
    assert safe_name(1, name) == safe
