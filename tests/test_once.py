"""What the workers of a run share is made once, also when all ask at the same time."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import once


@pytest.fixture(autouse=True)
def _shared(monkeypatch, tmp_path):
    monkeypatch.setattr(once, "_shared", [tmp_path])


def test_all_that_ask_at_once_get_what_one_of_them_made():
    made = []

    def make():
        time.sleep(0.05)
        made.append(1)
        return {"made": len(made)}

    with ThreadPoolExecutor(4) as asking:
        answers = list(asking.map(lambda _: once.once("it", make), range(4)))
    assert made == [1]
    assert answers == [{"made": 1}] * 4


def test_what_could_not_be_made_is_made_by_the_next_who_asks():
    with pytest.raises(ZeroDivisionError):
        once.once("it", lambda: 1 / 0)
    assert once.once("it", lambda: 1) == 1


def test_outside_of_a_run_everybody_makes_it(monkeypatch):
    monkeypatch.setattr(once, "_shared", [])
    assert [once.once("it", lambda at=at: at) for at in range(2)] == [0, 1]
