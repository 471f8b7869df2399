"""Histories of deadlines, from short articles as they are read."""

from __future__ import annotations

from pathlib import Path

from tests.golden.histories import JUDGED, READ, read_histories, tell
from tests.sheets import read_sheet

FLOORS = read_sheet(Path(__file__).parent / "linking_floors.yaml")


def test_histories_that_were_read_come_out_step_for_step() -> None:
    told = {one.history.history: one for one in tell(read_histories(READ))}
    wrong = {name: told[name].steps for name in FLOORS["exact_histories"] if not told[name].exact}
    assert not wrong


def test_most_steps_of_histories_that_were_not_are_found() -> None:
    told = tell(read_histories(JUDGED))
    right, wanted = sum(one.right for one in told), sum(len(one.history.gold) for one in told)
    assert right / wanted >= FLOORS["steps_of_judged_histories"]


def test_each_history_has_a_name_of_its_own() -> None:
    names = [one.history for name in (READ, JUDGED) for one in read_histories(name)]
    assert len(names) == len(set(names))
