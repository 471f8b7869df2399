"""The second opinion: what the encoder says of a trigger, and what that makes of the ontology's answer."""

from __future__ import annotations

import math

import pytest

from ingest.extract.grammar import Typing
from ingest.extract.second import Place, SecondOpinion, shipped_opinion
from kb.ontology import load_ontology
from kb.ontology.model import OTHER

PLAIN = SecondOpinion(None, {}, ("deal", "court_ruling", OTHER), trust=1.0, trust_other=0.5, sure=2.0)


def opinion(**shares: float) -> dict[str, float]:
    return {type_: math.log(share) for type_, share in shares.items()}


def place(sentence: str, trigger: str) -> Place:
    return Place(sentence, sentence.index(trigger))


@pytest.mark.parametrize(
    ("typing", "shares", "type_"),
    [
        pytest.param(Typing("deal", 1.5), {"deal": 0.3, "court_ruling": 0.4, OTHER: 0.3}, "deal", id="close: patterns"),
        pytest.param(
            Typing("deal", 0.5),
            {"deal": 0.05, "court_ruling": 0.9, OTHER: 0.05},
            "court_ruling",
            id="clear: the encoder",
        ),
        pytest.param(Typing(OTHER, 0), {"deal": 0.6, "court_ruling": 0.1, OTHER: 0.3}, "deal", id="no pattern fits"),
        pytest.param(Typing(OTHER, 0), {"deal": 0.4, "court_ruling": 0.2, OTHER: 0.4}, OTHER, id="nor is it likely"),
        pytest.param(Typing("coronation", 0.5), {"deal": 0.9, OTHER: 0.1}, "coronation", id="a type it was not taught"),
    ],
)
def test_joined(typing: Typing, shares: dict[str, float], type_: str) -> None:
    assert PLAIN.weigh(typing, opinion(**shares)).type == type_


def test_sure_answers_are_not_doubted() -> None:
    assert not PLAIN.doubts(Typing("deal", 2.0))
    assert PLAIN.doubts(Typing("deal", 1.9))
    assert PLAIN.doubts(Typing(OTHER, 0))


def test_the_shipped_one_knows_every_type_of_the_ontology() -> None:
    assert set(shipped_opinion().types) == set(load_ontology().types)


def test_shares_sum_to_one_and_come_in_the_order_of_the_places() -> None:
    first = place("The judge tossed out the suit on Friday.", "tossed")
    second = place("Voters go to the polls on Sunday.", "go")
    found = shipped_opinion().on("News of the week", [first, second, first])
    assert [sum(map(math.exp, one.values())) for one in found] == pytest.approx([1, 1, 1], abs=1e-3)
    assert found[0] == found[2]
    assert [max(one, key=one.__getitem__) for one in found] == ["court_ruling", "election", "court_ruling"]


def test_an_endless_sentence_is_read_around_its_trigger() -> None:
    words = "voters in the north go to the polls on Sunday, "
    (found,) = shipped_opinion().on("Vote", [Place(words * 6000, len(words) * 3000 + words.index("go"))])
    assert max(found, key=found.__getitem__) == "election"


def test_an_opinion_is_the_same_whatever_else_is_asked_about() -> None:
    one = place("The regulator cleared the merger on Tuesday.", "cleared")
    other = place("It had opened an inquiry in March, and fined a rival last year.", "opened")
    assert shipped_opinion().on("Merger", [other, one])[1] == shipped_opinion().on("Merger", [one])[0]


def test_nothing_asked_nothing_said() -> None:
    assert shipped_opinion().on("", []) == []
