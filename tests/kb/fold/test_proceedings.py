"""Parts of one trial are events of their own, however alike they are told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.fold import Rulings, thread_claims
from kb.fold.claim import UNDATED, ReportedClaim
from kb.fold.proceedings import are_two_parts, part_of
from kb.model import Status

TRIAL = ReportedClaim(
    id="c1",
    type="court_hearing",
    status=Status.OCCURRED,
    title="Court hears case against Roe",
    first_day="2025-03-03",
    last_day="2025-03-05",
    precision="range",
    actors=(("court", "court"), ("party", "roe")),
    source="s1",
    published="2025-03-20",
    confidence=0.9,
    article="a1",
    origin="a1",
    trigger="hears",
    quote="The court heard the case against Roe from March 3 to 5.",
    names=("court", "roe"),
    topics=("roe", "word:trial"),
    profile=("court", "roe", "acme", "word:trial", "word:fraud", "word:jury", "word:bribe"),
)


def told(title: str, **changes: object) -> ReportedClaim:
    """Another article's report of one day of it."""
    number = str(changes.pop("n", 2))
    trigger = str(changes.pop("trigger", title.rsplit(maxsplit=1)[-1]))
    day = {"first_day": "2025-03-05", "last_day": "2025-03-05", "precision": "day"}
    own = {"id": f"c{number}", "article": f"a{number}", "origin": f"a{number}", "source": f"s{number}"}
    return replace(TRIAL, **{**own, **day, "title": title, "quote": f"{title}.", "trigger": trigger, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Trial of Roe opens", "opening"),
        ("Hearing gets under way", "opening"),
        ("Testimony ends", "ending"),
        ("Arguments were concluded", "ending"),
        ("Closing arguments begin", "summing up"),
        ("Both sides sum up", "summing up"),
        ("Court reserves its verdict", "reserving"),
        ("Jane Doe takes stand", "testimony"),
        ("Jurors were picked", "jury"),
        ("Roe pleads not guilty", "plea"),
        ("Lawyers argue on second day", "a later day"),
        ("Court hears case", None),
        ("Testimony is heard", None),
    ],
)
def test_a_title_tells_which_part_of_a_trial_it_is_about(title, part):
    assert part_of(told(title)) == part


def test_only_what_runs_for_days_has_parts():
    assert part_of(told("Shop opens", type="corporate_change")) is None


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        pytest.param(told("Trial opens"), told("Trial ends"), True, id="the opening and the end"),
        pytest.param(told("Court reserves its verdict"), told("Hearing ends"), True, id="the end and what follows it"),
        pytest.param(TRIAL, told("Trial opens"), False, id="the opening stands for the whole"),
        pytest.param(TRIAL, told("Trial ends"), True, id="the end of what took days"),
        pytest.param(told("Hearing in court"), told("Hearing ends"), False, id="the end of what took one"),
        pytest.param(told("Hearing", precision=UNDATED), told("Hearing ends"), False, id="pointed at without a day"),
        pytest.param(TRIAL, told("Jane Doe testifies"), True, id="a witness on one day of it"),
        pytest.param(told("Trial opens"), told("Trial starts"), False, id="one part in two words"),
        pytest.param(told("Trial opens"), told("Doors close", type="other"), False, id="of another type"),
    ],
)
def test_parts_of_a_trial_are_two_events(one, other, two):
    assert are_two_parts(one, other) is two
    assert are_two_parts(other, one) is two


def test_a_hearing_its_end_and_the_reserving_of_the_verdict_stay_apart():
    claims = [
        told("Arguments in case against Roe were concluded", n=2, trigger="concluded"),
        told("Court reserves its verdict on Roe", n=3, trigger="reserves"),
        told("Verdict on Roe was reserved", n=4, trigger="reserved"),
        TRIAL,
    ]
    groups = [{claim.id for claim in group} for thread in thread_claims(claims, Rulings()) for group in thread.groups]
    assert sorted(map(sorted, groups)) == [["c1"], ["c2"], ["c3", "c4"]]


def test_no_third_report_brings_the_opening_and_the_end_together():
    day = {"first_day": "2025-03-03", "last_day": "2025-03-03"}
    claims = [
        told("Trial of Roe opens", n=2, **day),
        told("Trial of Roe in court", n=3, trigger="Trial", **day),
        told("Trial of Roe ends", n=4, **day),
    ]
    groups = [{claim.id for claim in group} for thread in thread_claims(claims, Rulings()) for group in thread.groups]
    assert not any({"c2", "c4"} <= group for group in groups)
    assert any(len(group) == 2 for group in groups)
