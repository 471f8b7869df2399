"""Syndicated copies."""

from __future__ import annotations

import random
import time

import pytest

from kb.copies import are_copies, in_common, overlap, sketch

WORDS = [f"word{n}" for n in range(3000)]


def text(seed: int, length: int = 400) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


ORIGINAL = text(1)


@pytest.mark.parametrize(
    ("other", "copy"),
    [
        pytest.param(ORIGINAL, True, id="the same"),
        pytest.param(" ".join(ORIGINAL.split()[:250]), True, id="a trimmed ending"),
        pytest.param("An own opening of some words. " + ORIGINAL, True, id="an own opening"),
        pytest.param(ORIGINAL.upper().replace(" ", "\n"), True, id="another layout"),
        pytest.param(text(2), False, id="another text"),
        pytest.param(" ".join(ORIGINAL.split()[:60]) + " " + text(3), False, id="a long quotation"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_copy_is_told_from_another_text_and_found_by_its_keys(other: str, copy: bool) -> None:
    assert are_copies(ORIGINAL, other) is copy
    ours, theirs = sketch(ORIGINAL), sketch(other)
    found = set(ours.keys) & set(theirs.keys) and len(set(ours.minima) & set(theirs.minima)) >= in_common(
        ours.size, theirs.size
    )
    assert bool(found) is copy or not copy


@pytest.mark.parametrize("length", [60, 150, 400, 2000])
@pytest.mark.parametrize("kept", [0.4, 0.7, 1.0])
def test_copies_share_as_many_minima_as_may_be_expected(length: int, kept: float) -> None:
    lost = 0
    for seed in range(40):
        words = text(seed, length).split()
        start = seed % 7
        copy = " ".join(
            [*words[start : start + int(length * kept)], *text(1000 + seed, int(length * kept / 2)).split()]
        )
        ours, theirs = sketch(" ".join(words)), sketch(copy)
        shared = len(set(ours.minima) & set(theirs.minima))
        lost += are_copies(" ".join(words), copy) and shared < in_common(ours.size, theirs.size)
    assert lost <= 2


def test_texts_of_one_length_that_share_a_third_are_left_out() -> None:
    one = text(1, 600)
    other = " ".join([*one.split()[:200], *text(2, 400).split()])
    assert not are_copies(one, other)
    assert len({*sketch(one).minima} & {*sketch(other).minima}) < in_common(sketch(one).size, sketch(other).size)


def test_short_texts_are_no_copies_of_each_other() -> None:
    assert not are_copies("The court ruled on Friday.", "The court ruled on Friday.")
    assert sketch("The court ruled on Friday.") == ((), (), 0)
    assert overlap(text(1, 45), text(1, 45)) == 1.0


def test_keys_of_a_huge_text_take_no_time() -> None:
    began = time.process_time()
    sketch("word " * 200_000)
    assert time.process_time() - began < 5
