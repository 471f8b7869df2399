from dataclasses import replace

from kb.queries import ClaimView
from ui.citing import citation

CLAIM = ClaimView(
    id="c1", type="deadline", status="scheduled", title="", first_day=None, last_day=None, precision=None, basis=None,
    time_text=None, time_start=None, trigger="is", quote="It is due\non Monday.", start=0, end=20, trigger_start=3,
    attributed_to=None, cues=(), confidence=0.9, published="2025-01-12", recorded_at="", article="a1",
    article_title="What is due", url="https://harbor.example/due", source="Harbor Post", event="ev1",
)  # fmt: skip


def test_a_citation_is_the_quote_and_where_it_stands_in_one_line():
    assert citation(CLAIM) == (
        "“It is due on Monday.” (Harbor Post, “What is due”, 12 Jan 2025, https://harbor.example/due)"
    )


def test_what_an_article_does_not_give_is_said_or_left_out():
    bare = replace(CLAIM, source=None, article_title=None, published=None, url=None)
    assert citation(bare) == "“It is due on Monday.” (Outlet not known, no publication date)"


def test_no_address_is_cited_that_nobody_should_follow():
    assert "javascript" not in citation(replace(CLAIM, url="javascript:alert(1)"))
