from dataclasses import replace

from kb.queries.changes import Change, compare
from kb.queries.views import EventView

EVENT = EventView(
    id="a", type="deadline", status="scheduled", title="A deadline", first_day="2025-01-19", last_day="2025-01-19",
    precision="day", claims=1, sources=1, first_reported=None, last_reported=None,
)  # fmt: skip


def kinds(before, after):
    return [one.change for one in compare(before, after)]


def test_each_change_has_its_name():
    moved = replace(EVENT, first_day="2025-04-05", last_day="2025-04-05", status="cancelled")
    assert kinds([EVENT], [EVENT]) == []
    assert kinds([EVENT], [replace(EVENT, sources=5)]) == [Change.RETOLD]
    assert kinds([], [EVENT]) == [Change.ADDED]
    assert kinds([EVENT], []) == [Change.GONE]
    assert kinds([EVENT], [moved]) == [Change.MOVED]
    assert kinds([EVENT], [replace(EVENT, status="denied")]) == [Change.CHANGED]


def test_changes_are_in_order_of_time():
    later = replace(EVENT, id="b", first_day="2026-01-01", last_day="2026-01-01")
    assert [one.event.id for one in compare([later], [EVENT])] == ["a", "b"]
