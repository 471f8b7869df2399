"""The public JSON of an extraction: its keys, their order, and that no quote is off by a character."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from kb.contract import dump, to_json, verify_spans
from kb.model import Actor, Article, Claim, Entity, EntityKind, Extraction, Span, Status, TimeMention, When
from kb.timevalue import Basis, Interval, Offset, Precision, TimeValue, TimexType

TEXT = "The café’s court 😀 held a hearing on January 10."


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words), words)


WHEN = When(span("January 10"), Interval.day(date(2025, 1, 10)), Precision.DAY, Basis.RELATIVE)
CLAIM = Claim(
    id="c1",
    type="court_hearing",
    status=Status.OCCURRED,
    title="hearing",
    trigger=span("hearing"),
    sentence=span(TEXT),
    when=WHEN,
    actors=(Actor("court", "e1", "court"),),
    attributed_to=None,
    confidence=0.9,
)
FULL = Extraction(
    article=Article("a1", TEXT, "Title", date(2025, 1, 15), "Outlet", None, "a.txt", "en"),
    times=(
        TimeMention(WHEN.span, TimeValue(TimexType.DATE, "2025-01-10", WHEN.interval, Precision.DAY, Basis.RELATIVE)),
        TimeMention(span("hearing"), TimeValue(TimexType.DURATION, "P2D")),
    ),
    entities=(Entity("e1", "court", EntityKind.COURT, (span("court"),)),),
    claims=(CLAIM, replace(CLAIM, id="c2", when=None)),
)


def test_keys_and_their_order_are_those_of_the_contract() -> None:
    found = to_json(FULL)
    assert list(found) == ["article", "times", "entities", "claims"]
    assert list(found["article"]) == ["id", "path", "url", "title", "source", "published", "language", "text"]
    assert list(found["times"][0]) == "start end text type value first_day last_day precision basis".split()
    assert list(found["entities"][0]) == ["id", "name", "kind", "mentions"]
    assert list(found["entities"][0]["mentions"][0]) == ["start", "end", "text"]
    assert list(found["claims"][0]) == (
        "id type status title trigger when actors attributed_to sentence confidence".split()
    )
    assert list(found["claims"][0]["when"]) == "start end text first_day last_day precision basis".split()
    assert list(found["claims"][0]["actors"][0]) == ["role", "entity", "name"]
    assert list(found["claims"][0]["sentence"]) == ["start", "end"]


def test_what_is_not_known_is_null() -> None:
    found = to_json(FULL)
    duration = found["times"][1]
    assert (duration["first_day"], duration["last_day"], duration["precision"], duration["basis"]) == (None,) * 4
    assert found["claims"][1]["when"] is None
    assert found["article"]["url"] is None


def test_doubts_and_the_anchor_of_a_clock_follow_the_keys_of_the_contract() -> None:
    offset = Offset(60, "D", "the date of this order", date(2025, 1, 20))
    time = TimeValue(TimexType.DATE, "2025-03-21", mod="END", offset=offset, flags=("sum-mismatch",))
    first, unresolved, *_ = to_json(
        replace(
            FULL,
            times=(
                TimeMention(WHEN.span, time),
                TimeMention(WHEN.span, TimeValue(TimexType.DATE, "XXXX-XX-XX", unresolved="no anchor")),
            ),
        )
    )["times"]
    assert list(first)[9:] == ["mod", "flags", "offset"]
    assert first["offset"] == {
        "amount": 60,
        "unit": "D",
        "anchor": "the date of this order",
        "counted_from": "2025-01-20",
    }
    assert {key: unresolved[key] for key in list(unresolved)[9:]} == {"unresolved": "no anchor"}


def test_a_line_is_one_line_of_readable_json() -> None:
    line = dump(FULL)
    assert "\n" not in line
    assert "café’s court 😀" in line
    assert json.loads(line) == to_json(FULL)
    assert dump(FULL) == line


OFF = Span(5, 9, "cafe")


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(replace(FULL, times=(replace(FULL.times[0], span=OFF),)), id="time"),
        pytest.param(replace(FULL, entities=(replace(FULL.entities[0], mentions=(OFF,)),)), id="mention"),
        pytest.param(replace(FULL, claims=(replace(CLAIM, trigger=OFF),)), id="trigger"),
        pytest.param(replace(FULL, claims=(replace(CLAIM, sentence=OFF),)), id="sentence"),
        pytest.param(replace(FULL, claims=(replace(CLAIM, when=replace(WHEN, span=OFF)),)), id="date of a claim"),
        pytest.param(replace(FULL, article=replace(FULL.article, text="x" + TEXT)), id="another text"),
    ],
)
def test_a_quote_that_does_not_stand_there_is_never_printed(broken: Extraction) -> None:
    with pytest.raises(AssertionError, match="is not at"):
        dump(broken)


def test_sound_spans_pass() -> None:
    verify_spans(FULL)
