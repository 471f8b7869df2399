"""What speaks for a claim, before it is turned into a share."""

from __future__ import annotations

from datetime import date

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.confidence import evidence_of
from ingest.extract.dating import Dating
from ingest.extract.grammar import Typing
from ingest.nlp.words import Words
from kb.model import Status
from kb.timevalue import Interval

RULED = Typing("court_ruling", 2.0)


def dating(word_before: str) -> Dating:
    words = Words(spacy.blank("en")(f"ruled {word_before} Monday"))
    return Dating(words[2:3], Interval.day(date(2020, 5, 4)), date(2020, 5, 8))


@given(st.floats(0, 1))
def test_evidence_lies_between_0_and_1_and_a_date_in_or_on_which_adds_to_it(share: float) -> None:
    plain = evidence_of(RULED, dating("until"), Status.OCCURRED, share=share)
    surer = evidence_of(RULED, dating("on"), Status.OCCURRED, share=share)
    assert 0 <= plain == share <= surer <= 1


@given(st.floats(0, 0.99), st.floats(0.001, 0.009))
def test_what_is_likelier_has_more_evidence(share: float, more: float) -> None:
    lower, higher = (evidence_of(RULED, dating("in"), Status.OCCURRED, share=s) for s in (share, share + more))
    assert lower < higher


@pytest.mark.parametrize(
    ("weight", "status", "evidence"),
    [
        (0.0, Status.OCCURRED, 0.3),
        (2.0, Status.SCHEDULED, 0.7),
        (9.0, Status.OCCURRED, 0.74),
        (2.0, Status.DENIED, 0.64),
    ],
)
def test_where_the_encoder_is_not_asked_weight_and_status_count(weight: float, status: Status, evidence: float) -> None:
    assert evidence_of(Typing("court_ruling", weight), None, status) == pytest.approx(evidence)
