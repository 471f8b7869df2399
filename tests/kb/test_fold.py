"""The fold of claims into events."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.fold import ReportedClaim, event_of, fold_events
from kb.model import Status

RULING = ReportedClaim(
    id="c1",
    type="court_ruling",
    status=Status.OCCURRED,
    title="Court upholds law",
    first_day="2024-12-06",
    last_day="2024-12-06",
    precision="day",
    actors=(("court", "e-court"), ("law", "e-law")),
    source="s1",
    published="2024-12-07",
    confidence=0.8,
)


def test_the_same_event_in_two_outlets_is_one_event_with_two_sources() -> None:
    other = replace(RULING, id="c2", source="s2", published="2024-12-08", confidence=0.9, title="Law stands")
    (event,) = fold_events([RULING, other])
    assert (event.sources, event.claims, event.title) == (2, ("c1", "c2"), "Law stands")
    assert (event.first_reported, event.last_reported) == ("2024-12-07", "2024-12-08")


def test_one_outlet_that_reports_twice_is_one_source() -> None:
    (event,) = fold_events([RULING, replace(RULING, id="c2")])
    assert event.sources == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"type": "court_hearing"}, id="another type"),
        pytest.param({"first_day": "2024-12-05"}, id="other days"),
        pytest.param({"actors": (("court", "e-court"),)}, id="other actors"),
    ],
)
def test_events_that_differ_stay_apart(change: dict[str, object]) -> None:
    assert len(fold_events([RULING, replace(RULING, id="c2", **change)])) == 2


def test_roles_do_not_part_events_but_are_all_kept() -> None:
    swapped = replace(RULING, id="c2", actors=(("issuer", "e-court"), ("law", "e-law")))
    (event,) = fold_events([RULING, swapped])
    assert event.actors == (("court", "e-court"), ("issuer", "e-court"), ("law", "e-law"))


def test_claims_without_actors_are_never_taken_for_one_event() -> None:
    nameless = replace(RULING, actors=())
    assert event_of(nameless) != event_of(replace(nameless, id="c2"))


def test_status_is_that_of_the_last_day_told_and_every_change_is_a_revision() -> None:
    story = [
        replace(RULING, id="c1", status=Status.PROPOSED, published="2024-11-01"),
        replace(RULING, id="c2", status=Status.PROPOSED, published="2024-11-15"),
        replace(RULING, id="c3", status=Status.SCHEDULED, published="2024-12-01"),
        replace(RULING, id="c4", status=Status.OCCURRED, published="2024-12-07"),
    ]
    (event,) = fold_events(story)
    assert event.status is Status.OCCURRED
    assert [(r.seq, r.status, r.known_on, r.claim) for r in event.revisions] == [
        (1, Status.PROPOSED, "2024-11-01", "c1"),
        (2, Status.SCHEDULED, "2024-12-01", "c3"),
        (3, Status.OCCURRED, "2024-12-07", "c4"),
    ]


def test_on_one_day_the_majority_speaks_and_then_the_firmer_status() -> None:
    claims = [replace(RULING, id="c2", status=Status.HYPOTHETICAL), RULING]
    assert fold_events(claims)[0].status is Status.OCCURRED
    claims.append(replace(RULING, id="c3", status=Status.HYPOTHETICAL))
    assert fold_events(claims)[0].status is Status.HYPOTHETICAL


def test_an_unpublished_claim_does_not_overrule_a_published_one() -> None:
    undated = replace(RULING, id="c0", published=None, status=Status.DENIED)
    (event,) = fold_events([RULING, undated])
    assert event.status is Status.OCCURRED
    assert event.revisions[0].known_on is None


_CLAIMS = st.lists(
    st.builds(
        replace,
        st.just(RULING),
        id=st.uuids().map(str),
        type=st.sampled_from(["court_ruling", "deadline"]),
        status=st.sampled_from(Status),
        title=st.sampled_from(["A", "B"]),
        actors=st.sampled_from([(), (("court", "e1"),), (("court", "e1"), ("law", "e2"))]),
        source=st.sampled_from([None, "s1", "s2"]),
        published=st.sampled_from([None, "2024-12-06", "2024-12-07"]),
        confidence=st.sampled_from([0.5, 0.9]),
    ),
    max_size=12,
    unique_by=lambda claim: claim.id,
)


@given(_CLAIMS, st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(claims: list[ReportedClaim], random: Random) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert fold_events(shuffled) == fold_events(claims)


@given(_CLAIMS)
def test_every_claim_is_in_exactly_one_event_and_each_event_folds_alone(claims: list[ReportedClaim]) -> None:
    events = fold_events(claims)
    assert sorted(id_ for event in events for id_ in event.claims) == sorted(claim.id for claim in claims)
    for event in events:
        assert fold_events(claim for claim in claims if claim.id in event.claims) == [event]


def test_who_is_only_mentioned_does_not_part_events_and_is_kept() -> None:
    told = replace(RULING, id="c2", actors=(*RULING.actors, ("mentioned", "e-app")))
    (event,) = fold_events([RULING, told])
    assert event.actors == (("court", "e-court"), ("law", "e-law"), ("mentioned", "e-app"))


def test_who_acts_is_not_also_mentioned() -> None:
    claims = [
        replace(RULING, actors=(("court", "e-court"), ("mentioned", "e-law"))),
        replace(RULING, id="c2", actors=(("court", "e-court"),)),
    ]
    (event,) = fold_events([*claims, replace(claims[1], id="c3", actors=(("court", "e-court"), ("court", "e-court")))])
    assert event.actors == (("court", "e-court"), ("mentioned", "e-law"))
