"""Judgements: what makes sense, what contradicts, and their file."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UsageError
from kb.judgement import (
    ClaimAnchor,
    EntityAnchor,
    Judgement,
    Matter,
    Verdict,
    check,
    contradictions,
    dump_lines,
    parse_line,
    replaced,
    standing,
)

ONE, OTHER = ClaimAnchor("a1", "The court ruled.", "ruled", "Friday"), ClaimAnchor("a2", "It ruled.", "ruled")
SAME = Judgement(Matter.EVENT, Verdict.SAME, ONE, OTHER, by="Ann", at="2026-02-01T10:00:00+00:00")
CORRECTION = replace(SAME, verdict=Verdict.CORRECT, other=None, field="status", value="denied")


@pytest.mark.parametrize(
    ("judgement", "message"),
    [
        (replace(SAME, other=None), "needs two things"),
        (replace(SAME, other=ONE), "already stand for one thing"),
        (replace(SAME, by=" "), "the name of whoever makes it"),
        (replace(SAME, at="yesterday"), "is not a time with its zone"),
        (replace(SAME, at="2026-02-01T10:00:00"), "is not a time with its zone"),
        (replace(CORRECTION, field="confidence"), "a correction must give a claim a new value for one of status"),
        (replace(CORRECTION, value="certain"), "is not a status"),
        (replace(CORRECTION, field="first_day", value="2025-02-30"), "not a valid date"),
    ],
)
def test_what_makes_no_sense_is_refused(judgement: Judgement, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        check(judgement)


def test_one_decision_has_one_id_whenever_and_in_whatever_order_it_is_given() -> None:
    turned = replace(SAME, one=OTHER, other=ONE, at="2026-03-01T10:00:00+00:00", why="again")
    assert turned.id == SAME.id
    assert len({SAME.id, replace(SAME, by="Ben").id, replace(SAME, verdict=Verdict.DIFFERENT).id, CORRECTION.id}) == 4


def test_of_one_person_the_last_word_stands() -> None:
    later = replace(SAME, verdict=Verdict.DIFFERENT, at="2026-02-02T10:00:00+00:00")
    assert standing([later, SAME]) == [later]


def test_what_one_person_said_before_is_replaced_by_the_last_word() -> None:
    later = replace(SAME, verdict=Verdict.DIFFERENT, at="2027-01-01T00:00:00+00:00")
    other = replace(later, by="Ben")
    assert replaced([later, SAME, other]) == {SAME.id: later.id}


def test_two_people_may_contradict_each_other() -> None:
    against = replace(SAME, verdict=Verdict.DIFFERENT, by="Ben", one=OTHER, other=ONE)
    assert contradictions([SAME, against]) == [(SAME, against)] or contradictions([SAME, against]) == [(against, SAME)]
    assert contradictions([SAME, replace(against, verdict=Verdict.UNSURE)]) == []
    assert contradictions([SAME, replace(SAME, by="Ben")]) == []
    assert contradictions([CORRECTION, replace(CORRECTION, by="Ben", value="occurred")])


def test_a_chain_of_the_same_contradicts_who_parts_its_ends() -> None:
    ends = [EntityAnchor(f"e{number}") for number in range(4)]
    chain = [replace(SAME, on=Matter.ENTITY, one=one, other=other) for one, other in pairwise(ends)]
    apart = replace(chain[0], verdict=Verdict.DIFFERENT, one=ends[3], other=ends[0])
    assert set(contradictions([apart, *chain])) == {(apart, same) for same in chain}
    assert contradictions([apart, *chain[1:]]) == []
    short = replace(chain[0], one=ends[0], other=ends[3], by="Ben")
    assert {frozenset(pair) for pair in contradictions([apart, *chain, short])} == {frozenset((apart, short))}


TEXT = st.text(max_size=30)
ANCHORS = st.builds(ClaimAnchor, TEXT, TEXT, TEXT, TEXT)
ENTITIES = st.builds(EntityAnchor, TEXT, TEXT)


@given(st.tuples(ANCHORS, ANCHORS) | st.tuples(ENTITIES, ENTITIES), TEXT)
def test_a_line_gives_back_the_judgement(sides: tuple[ClaimAnchor | EntityAnchor, ...], why: str) -> None:
    one, other = sides
    on = Matter.EVENT if isinstance(one, ClaimAnchor) else Matter.ENTITY
    judgement = Judgement(on, Verdict.SAME, one, other, by="Ann", at=SAME.at, why=why)
    (line,) = dump_lines([judgement])
    if len({*judgement.subject[1:3]}) == 2:
        assert parse_line(line, where="line 1") == judgement


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        "{}",
        '{"on": "event", "verdict": "same", "one": {"article": "a"}, "by": "Ann", "at": "2026-02-01T10:00:00+00:00"}',
        '{"on": "event", "verdict": "perhaps", "one": {}, "by": "Ann", "at": ""}',
        '{"on": "entity", "verdict": "same", "one": {"entity": 1}, "other": {"entity": "b"}, "by": "A", "at": ""}',
        '{"on": "entity", "verdict": "same", "one": {"entity": "a"}, "other": {"entity": "b"}, "by": "A", "z": 1}',
        "[" * 100_000,
    ],
)
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(UsageError, match=r"^line 7: "):
        parse_line(line, where="line 7")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("no json", "line 7: not valid JSON: expecting value at column 1"),
        (
            '{"on": "entity", "verdict": "same", "one": {"id": "e1"}, "by": "A", "at": ""}',
            "as 'judge export' writes them",
        ),
    ],
)
def test_a_bad_line_is_described_in_words(line: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_line(line, where="line 7")
    assert message in str(caught.value)
