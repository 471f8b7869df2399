"""Deterministic ids."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ids import article_id, claim_id, digest, entity_id, event_id, first_claim_of, name_key, version_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("The Supreme Court", "Supreme Court", id="article"),
        pytest.param("U.S. Supreme Court", "US Supreme Court", id="dots"),
        pytest.param("ByteDance Ltd.", "ByteDance", id="legal form"),
        pytest.param("Nestlé SA", "Nestle", id="accents"),
        pytest.param("TIKTOK", "TikTok", id="case"),
        pytest.param("Moody's", "Moody’s", id="apostrophes"),
        pytest.param("Coca - Cola   Co", "coca-cola", id="hyphens and spaces"),
    ],
)
def test_spellings_of_one_name_share_an_id(one: str, other: str) -> None:
    assert entity_id(one) == entity_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Apple", "Apple Music"), ("The", "A"), ("Court of Appeal", "Court of Appeals"), ("Ltd", "Inc")],
)
def test_different_names_do_not(one: str, other: str) -> None:
    assert entity_id(one) != entity_id(other)


@given(st.text(min_size=1))
def test_space_around_a_name_changes_nothing_and_no_name_has_an_empty_key(name: str) -> None:
    assert name_key(f"  {name}\n") == name_key(name)
    assert name_key(name) or not name.strip()


@given(st.lists(st.none() | st.text(), max_size=4), st.lists(st.none() | st.text(), max_size=4))
def test_a_digest_tells_all_lists_of_parts_apart(one: list[str | None], other: list[str | None]) -> None:
    assert (digest("x", *one) == digest("x", *other)) == (one == other)


def test_an_event_s_id_gives_back_the_claim_it_comes_from() -> None:
    claim = claim_id("v1", 3, 9)
    assert first_claim_of(event_id(claim)) == claim
    assert event_id(claim) != claim


def test_an_article_is_known_by_url_then_by_its_head_then_by_its_words() -> None:
    day = date(2025, 1, 15)
    by_url = article_id(url="https://a.example/1", source="A", title="T", published=day, text="one")
    assert by_url == article_id(url="https://a.example/1", source=None, title=None, published=None, text="two")
    by_head = article_id(url=None, source="A", title="T", published=day, text="one")
    assert by_head == article_id(url=None, source="A", title="T", published=day, text="corrected")
    assert by_head != article_id(url=None, source="B", title="T", published=day, text="one")
    by_text = article_id(url=None, source=None, title="T", published=None, text="one")
    assert by_text != article_id(url=None, source=None, title="T", published=None, text="two")


def test_ids_are_the_same_in_another_process() -> None:
    code = "from kb.ids import *; print(version_id('a', None, None, 'text'), claim_id('v', 3, None))"
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert printed == [version_id("a", None, None, "text"), claim_id("v", 3, None)]
