import threading

import pytest

from ui import shelf
from ui.shelf import Shelf


@pytest.fixture
def kept(monkeypatch):
    monkeypatch.setattr(shelf, "SLOW", -1.0)
    return Shelf(most=3, oldest=60.0)


def counted(values):
    """A maker that gives one value after the other, and how often it was asked."""
    asked = []

    def make():
        asked.append(len(asked))
        return values[min(len(asked), len(values)) - 1]

    return make, asked


def test_an_answer_is_made_once_as_long_as_nobody_writes(kept):
    make, asked = counted(["one"])
    assert [kept.take("q", 1, make, patience=None) for _ in range(3)] == [("one", True)] * 3
    assert len(asked) == 1


def test_after_a_write_the_answer_of_before_is_given_until_the_new_one_is_there(kept):
    ready = threading.Event()

    def slowly():
        ready.wait(10)
        return "new"

    kept.take("q", 1, lambda: "old", patience=None)
    assert kept.take("q", 2, slowly, patience=0.0) == ("old", False)
    ready.set()
    assert kept.take("q", 2, slowly, patience=None) == ("new", True)


def test_who_cannot_do_with_the_answer_of_before_waits(kept):
    kept.take("q", 1, lambda: "old", patience=None)
    assert kept.take("q", 2, lambda: "new", patience=None) == ("new", True)


def test_what_is_quick_is_always_waited_for():
    quick = Shelf(most=3, oldest=60.0)
    quick.take("q", 1, lambda: "old", patience=0.0)
    assert quick.take("q", 2, lambda: "new", patience=0.0) == ("new", True)


def test_an_answer_that_is_behind_for_too_long_is_not_given(monkeypatch):
    monkeypatch.setattr(shelf, "SLOW", -1.0)
    strict = Shelf(most=3, oldest=-1.0)
    strict.take("q", 1, lambda: "old", patience=None)
    assert strict.take("q", 2, lambda: "new", patience=0.0) == ("new", True)


def test_what_goes_wrong_is_raised_and_tried_again(kept):
    def fail():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        kept.take("q", 1, fail, patience=None)
    assert kept.take("q", 1, lambda: "yes", patience=None) == ("yes", True)


def test_only_so_many_are_kept_those_asked_for_last(kept):
    make, asked = counted(["a"])
    kept.take("first", 1, make, patience=None)
    for name in ("second", "third", "fourth"):
        kept.take(name, 1, lambda: "b", patience=None)
    kept.take("first", 1, make, patience=None)
    assert len(asked) == 2


def test_all_who_ask_meanwhile_share_one_making(kept):
    ready, asked = threading.Event(), []

    def slowly():
        asked.append(1)
        ready.wait(10)
        return "one"

    found = []
    visitors = [
        threading.Thread(target=lambda: found.append(kept.take("q", 1, slowly, patience=None))) for _ in range(4)
    ]
    for visitor in visitors:
        visitor.start()
    ready.set()
    for visitor in visitors:
        visitor.join()
    assert found == [("one", True)] * 4
    assert len(asked) == 1


def test_what_was_cleared_is_not_kept_when_it_arrives(kept):
    ready = threading.Event()
    waiting = threading.Thread(target=lambda: kept.take("q", 1, lambda: ready.wait(10) and "old", patience=None))
    waiting.start()
    kept.clear()
    ready.set()
    waiting.join()
    assert kept.take("q", 1, lambda: "new", patience=None) == ("new", True)
