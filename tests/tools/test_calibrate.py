"""The mapping from evidence to confidence: how it is fitted, and what the shipped one says."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.confidence import Calibration, shipped_calibration
from tools.quality.calibrate import HIGHEST, LEAST, LOWEST, fit, judged_marks


def test_shares_of_well_apart_evidence_are_kept() -> None:
    points = [(0.2, at < 10) for at in range(50)] + [(0.8, at < 45) for at in range(50)]
    assert fit(points) == [(0.2, 0.2), (0.8, 0.9)]


def test_more_evidence_that_is_less_often_right_joins_with_what_is_below() -> None:
    points = [(0.2, at < 30) for at in range(50)] + [(0.8, at < 20) for at in range(50)]
    assert fit(points) == [(0.5, 0.5)]


def test_a_few_claims_make_no_step_of_their_own() -> None:
    points = [(0.2, at < 10) for at in range(50)] + [(0.9, True)] * (LEAST - 1)
    assert len(fit(points)) == 1


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9]), st.booleans()), min_size=1, max_size=300))
def test_a_mapping_rises_and_keeps_the_mean(points: list[tuple[float, bool]]) -> None:
    knots = fit(points)
    assert all(low[0] < high[0] and low[1] <= high[1] for low, high in pairwise(knots))
    assert LOWEST <= knots[0][1] <= knots[-1][1] <= HIGHEST


@pytest.mark.parametrize(
    ("evidence", "share"),
    [(0.0, 0.2), (0.2, 0.2), (0.5, 0.5), (0.8, 0.8), (1.0, 0.8)],
    ids=["below", "first", "between", "last", "above"],
)
def test_between_knots_the_share_grows_evenly(evidence: float, share: float) -> None:
    assert Calibration(((0.2, 0.2), (0.8, 0.8))).share_right(evidence) == share


def test_the_shipped_mapping_rises_and_says_nothing_is_certain() -> None:
    mapping = shipped_calibration()
    shares = [mapping.share_right(step / 50) for step in range(51)]
    assert shares == sorted(shares)
    assert shares[0] < 0.4
    assert 0.7 < shares[-1] < 1


def test_marked_words_judge_the_claims_that_stand_on_them(tmp_path: Path) -> None:
    first, second = "The court ruled against the ministry on 5 May 2020.", "Prices on 6 May 2020 were no higher."
    article = {"id": "a", "title": None, "published": "2020-05-08", "text": f"{first} {second}"}
    ruled = {"source": "a", "sentence": first, "start": first.index("ruled"), "type": "court_ruling"}
    (tmp_path / "texts").write_text(json.dumps(article))
    for status, right in (("occurred", True), ("denied", False), (None, False)):
        (tmp_path / "marks").write_text(json.dumps({**ruled, "status": status}))
        (judged,) = judged_marks([str(tmp_path / "texts")], [str(tmp_path / "marks")])
        assert (judged.document, judged.right) == ("a", right)
