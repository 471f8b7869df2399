"""Phrases as data: what is no pattern is named when they are loaded."""

from __future__ import annotations

import pytest

from kb import shipped
from kb.errors import OntologyError
from kb.fold.phrases import Phrases, phrases


def test_every_phrase_is_one_pattern_whatever_the_case():
    assert phrases().takes_effect.search("The law TAKES EFFECT on May 1")
    assert phrases().answer.match("He did.")["did"] == "did"


def test_a_name_that_ends_as_a_verb_does_is_no_other_deed():
    assert phrases().other_deed.sub("", "Firm enters market by buying rival") == "Firm enters market "
    assert not phrases().other_deed.search("Jet is built by Boeing")


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        pytest.param({"kept": ["(met"]}, "kept", id="a bracket left open"),
        pytest.param({"kept": 5}, "neither a pattern nor a list of them", id="no list"),
        pytest.param({"kpet": ["met"]}, "kpet", id="a phrase that nothing asks for"),
    ],
)
def test_what_is_wrong_with_the_phrases_is_named(told, wrong, monkeypatch):
    good = {name: ["x"] for name in Phrases.model_fields}
    monkeypatch.setattr(shipped, "read_yaml", lambda *_: good | told)
    phrases.cache_clear()
    try:
        with pytest.raises(OntologyError, match=wrong):
            phrases()
    finally:
        phrases.cache_clear()


def test_phrases_leave_nothing_out(monkeypatch):
    monkeypatch.setattr(shipped, "read_yaml", lambda *_: {"kept": ["met"]})
    phrases.cache_clear()
    try:
        with pytest.raises(OntologyError, match="takes_effect"):
            phrases()
    finally:
        phrases.cache_clear()
