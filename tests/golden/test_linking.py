"""Events and deadlines over many articles, measured on the fixture stories."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from kb.fold import Linked, Rulings, likeness, thread_claims
from kb.fold import linked as linked_module
from kb.fold.filing import Files
from kb.fold.likeness import liken
from kb.fold.outline import Outlines, may_be_related, outline_of, unpacked
from kb.fold.threads import candidates, find_links, related
from tests.golden.gold import load_stories
from tests.golden.ledgers import entries_of, entry_for, gold_claims, gold_steps, steps_of
from tests.golden.linking import Pairs, claims_of, mistakes, rows_of, score_pairs
from tests.sheets import read_sheet

FLOORS = read_sheet(Path(__file__).parent / "linking_floors.yaml")
STORIES = load_stories()
TODAY = "2026-02-06"


@pytest.fixture(scope="module")
def claims(extractions):
    """All claims of the fixture articles."""
    return claims_of(extractions.values())


@pytest.fixture(scope="module")
def entries(claims):
    """The ledgers of all fixture articles together."""
    return entries_of(claims, TODAY)


@pytest.fixture(scope="module")
def event_of(claims):
    """The event of each claim, folded over all fixture articles together."""
    threads = thread_claims(claims, Rulings())
    return {claim.id: group[0].id for thread in threads for group in thread.groups for claim in group}


def test_reports_of_one_event_are_joined_and_others_are_not(extractions, event_of):
    found = {story.story: score_pairs(rows_of(story, extractions), event_of) for story in STORIES}
    total = sum(found.values(), Pairs(0, 0, 0, 0))
    told = "; ".join(f"{name} {pairs.precision:.2f}/{pairs.recall:.2f}" for name, pairs in found.items())
    assert total.precision >= FLOORS["precision"], told
    assert total.recall >= FLOORS["recall"], told


@pytest.mark.parametrize("most", [100_000, 40], ids=["all", "few"])
def test_links_that_were_found_for_one_day_hold_for_another(claims, most):
    linked = Linked(most)
    thread_of = {
        claim.id: thread.id
        for thread in thread_claims(claims, Rulings())
        for claim in (*thread.claims, *thread.undated)
    }

    def kept(told):
        threads = defaultdict(list)
        for claim in told:
            threads[thread_of[claim.id]].append(claim)
        return [link for thread, some in threads.items() for link in linked.among(thread, some)]

    for day in ("2025-01-10", "2024-06-01", "2025-06-01"):
        told = [claim for claim in claims if (claim.published or "") <= day]
        assert thread_claims(told, Rulings(), links=kept(told)) == thread_claims(told, Rulings())
    other = [replace(claim, first_day=claim.last_day) if at % 3 else claim for at, claim in enumerate(told)]
    assert set(kept(other)) == set(within(other, thread_of))


def within(claims, thread_of):
    """The links within threads, found at once."""
    return [link for link in find_links(claims) if thread_of[link.one] == thread_of[link.other]]


def test_what_links_a_thread_is_not_weighed_again_with_one_report_more_or_less(claims, monkeypatch):
    threads = thread_claims(claims, Rulings())
    thread = max(threads, key=lambda thread: len(thread.claims))
    linked = Linked()
    linked.note(threads, find_links(claims))
    weighed = []
    monkeypatch.setattr(linked_module, "liken", lambda *pair: weighed.append(pair) or liken(*pair))
    told = [*thread.claims, *thread.undated]
    assert set(linked.among(thread.id, told[1:])) == set(find_links(told[1:]))
    copies = [replace(claim, origin="elsewhere") for claim in told]
    assert len(linked.among(thread.id, copies)) > len(told) / 4
    assert weighed == []
    changed = replace(told[0], title="Another thing")
    linked.among(thread.id, [changed, *told[1:]])
    assert weighed
    assert all(changed in pair for pair in weighed)


def test_a_report_of_mistakes_names_what_is_split_and_what_is_mixed(extractions):
    story = next(story for story in STORIES if story.story == "tiktok")
    rows = rows_of(story, extractions)
    alone = {row.claim: row.claim for row in rows if row.claim}
    lines = mistakes(rows, alone)
    assert any(line.startswith("split sale-deadline") for line in lines)
    assert not any(line.startswith("mixed") for line in lines)
    assert any(line.startswith("mixed") for line in mistakes(rows, dict.fromkeys(alone, "one")))


@pytest.mark.parametrize(
    ("story", "ledger"),
    [
        pytest.param(story, ledger, id=ledger.event)
        for story in STORIES
        for ledger in story.deadlines
        if ledger.event in FLOORS["exact_ledgers"]
    ],
)
def test_the_ledger_is_exact_when_the_claims_are(story, ledger, extractions):
    entry = entry_for(ledger, entries_of(list(gold_claims(story, extractions)), TODAY))
    assert entry is not None
    assert steps_of(entry) == gold_steps(ledger)


@pytest.mark.parametrize(
    "ledger",
    [
        pytest.param(ledger, id=ledger.event)
        for story in STORIES
        for ledger in story.deadlines
        if ledger.event in FLOORS["exact_from_extraction"]
    ],
)
def test_the_ledger_comes_out_right_from_the_articles(ledger, entries):
    entry = entry_for(ledger, entries)
    assert entry is not None
    assert steps_of(entry) == gold_steps(ledger)


def test_whichever_of_two_reports_comes_first_the_other_finds_it(claims):
    """The store looks only from what is new; so what is linked must be found from both sides."""
    files = Files.of(claims)
    near = {claim.id: {other.id for other in files.near(claim)} for claim in claims}
    by_id = {claim.id: claim for claim in claims}
    found = {(one, other) for one, others in near.items() for other in others}
    missed = [(one, other) for one, other in found if one not in near[other] and related(by_id[one], by_id[other])]
    assert len(found) > 1000
    assert missed == []


def test_what_is_left_out_by_its_outline_is_not_related(claims):
    by_id = {claim.id: claim for claim in claims}
    outlines = {id_: unpacked(outline_of(claim).packed()) for id_, claim in by_id.items()}
    pairs = [pair for pair in candidates(claims) if by_id[pair[0]].article != by_id[pair[1]].article]
    kept = {pair for pair in pairs if may_be_related(outlines[pair[0]], outlines[pair[1]])}
    assert len(kept) < len(pairs) / 2
    assert [pair for pair in pairs if pair not in kept and related(by_id[pair[0]], by_id[pair[1]])] == []
    all_of_them = Outlines(claims)
    for id_ in sorted(by_id)[::40]:
        like = [one.id for one in claims if may_be_related(outlines[one.id], outlines[id_])]
        assert [one.id for one in all_of_them.like(outlines[id_])] == like


def test_what_says_nothing_alike_is_soon_told_and_is_not_linked_by_all_else_either(claims, monkeypatch):
    by_id = {claim.id: claim for claim in claims}
    pairs = [(by_id[one], by_id[other]) for one, other in candidates(claims)]
    soon = [liken(one, other) for one, other in pairs]
    monkeypatch.setattr(likeness, "_may_suffice", lambda *_: True)
    assert [liken(one, other) for one, other in pairs] == soon
