"""What a writer sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from kb.store.graph import Writer

if TYPE_CHECKING:
    from kb.store.driver import neo4j
    from kb.store.places import Places


class Sent:
    """A transaction that remembers what it was given, and answers with nothing."""

    def __init__(self) -> None:
        self.params: dict[str, Any] = {}

    def run(self, _: str, params: dict[str, Any]) -> Sent:
        self.params = params
        return self

    def keys(self) -> list[str]:
        return []

    def __iter__(self) -> Sent:
        return self

    def __next__(self) -> None:
        raise StopIteration


def test_lists_are_sent_as_they_are_and_take_no_time_to_print() -> None:
    sent = Sent()
    writer = Writer(cast("neo4j.Transaction", sent), cast("Places", None))
    rows = [{"id": "a1", "text": "a whole article"}]
    writer.run("UNWIND $rows AS row RETURN row.id", rows=rows, at="2025-01-15")
    assert sent.params == {"rows": rows, "at": "2025-01-15"}
    assert repr(sent.params) == "{'rows': [1 items], 'at': '2025-01-15'}"
