"""The index of places beside the graph: what is filed is found, as a whole or not at all."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import StoreUnavailable
from kb.store import places as module
from kb.store.journal import connect_to
from kb.store.places import Found, Opened, Place, Places, Search, Span

KEYS = st.sampled_from(["a|2024", "b|2024", "a|in 2024-05"])
DAYS = st.none() | st.sampled_from(["2024-05-01", "2024-05-17", "2024-05-31"])
FILED = st.dictionaries(
    st.sampled_from(["one", "two"]),
    st.dictionaries(st.sampled_from(["x", "y"]), st.lists(st.builds(Place, KEYS, DAYS), max_size=4)),
    max_size=2,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the index will lie."""
    return tmp_path / "data" / "places.sqlite"


def found(file: Path, *looks: str | Span) -> set[str]:
    with Places(file) as places:
        spans = [look for look in looks if isinstance(look, Span)]
        return places.find([look for look in looks if not isinstance(look, Span)], spans)


def break_off(file: Path) -> None:
    with Places(file) as places:
        places.file("article", {"c2": [Place("a")]})
        places.note("graph", 4)
        raise KeyboardInterrupt


def test_what_is_filed_is_found_under_its_key_and_within_its_days(file: Path) -> None:
    with Places(file) as places:
        places.file("article", {"c1": [Place("ftc|2024"), Place("ftc|in 2024-05", "2024-05-17")], "c2": []})
    assert found(file, "ftc|2024") == {"c1"}
    assert found(file, Span("ftc|in 2024-05", "2024-05-17", "2024-05-20")) == {"c1"}
    assert found(file, Span("ftc|in 2024-05", "2024-05-18", "2024-05-20")) == set()
    assert found(file, "sec|2024", "ftc|in 2024-05") == set()


def test_filing_anew_replaces_and_removing_takes_away(file: Path) -> None:
    with Places(file) as places:
        places.file("article", {"c1": [Place("a")]})
        places.file("other", {"c3": [Place("a")]})
        places.file("article", {"c2": [Place("a")]})
        assert places.find(["a"]) == {"c2", "c3"}
        places.remove(["article"])
    assert found(file, "a") == {"c3"}


def test_much_that_is_filed_at_once_is_found_all_the_same(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WAITING", 3)
    with Places(file) as places:
        for number in range(5):
            places.file(f"article {number}", {f"c{number}": [Place("a"), Place("b")]})
        places.remove(["article 4"])
        assert places.find(["a"]) == {"c0", "c1", "c2", "c3"}
        places.file("article 5", {"c5": [Place("b")]})
        places.clear()
        places.file("article 6", {"c6": [Place("b")]})
    assert found(file, "a", "b") == {"c6"}


def test_what_is_broken_off_was_never_filed(file: Path) -> None:
    with Places(file) as places:
        places.file("article", {"c1": [Place("a")]})
        places.note("graph", 3)
    with pytest.raises(KeyboardInterrupt):
        break_off(file)
    with Places(file) as places:
        assert (places.find(["a"]), places.seen) == ({"c1"}, ("graph", 3))


def test_nothing_is_touched_before_it_is_asked_for_something(file: Path) -> None:
    with Places(file):
        pass
    assert not file.parent.exists()


def ids(found: list[set[Found]]) -> list[set[str]]:
    """The things that each search found."""
    return [{thing.id for thing in things} for things in found]


def test_what_was_told_about_a_thing_comes_with_it_and_what_is_kept_of_its_owner_is_to_be_had(file: Path) -> None:
    things = {"c1": [Place("a")], "c2": [Place("a")]}
    with Places(file) as places:
        places.file("article", things, about={"c1": b"one"}, kept=b"all")
        places.file("other", {"c3": [Place("b")]})
    with Places(file) as places:
        (found,) = places.find_each([Search(["a"])])
        assert found == {Found("c1", "article", b"one"), Found("c2", "article", b"")}
        assert places.kept_of(["article", "other", "nobody"]) == {"article": b"all"}
        places.file("article", things, about={"c1": b"one"}, kept=b"more")
        assert places.kept_of(["article"]) == {"article": b"more"}
        places.remove(["article"])
        assert places.kept_of(["article"]) == {}
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    connection.close()


def test_entities_are_found_by_the_keys_of_their_names_as_many_as_are_asked_for(file: Path) -> None:
    with Places(file) as places:
        places.file_names(
            [("e1", "surname doe"), ("e2", "surname doe"), ("e3", "surname doe"), ("e3", "name jane doe")]
        )
    with Places(file) as places:
        assert places.named(["surname doe", "name jane doe", "name roe"], most=2) == {
            "surname doe": ["e1", "e2"],
            "name jane doe": ["e3"],
        }
        places.unfile_names([("e1", "surname doe")])
        assert places.name_keys(["e1", "e3"]) == {("e3", "surname doe"), ("e3", "name jane doe")}
        places.forget_names()
        assert places.named(["surname doe"], most=9) == {}


@pytest.mark.parametrize("what", ["damaged", "older"])
def test_a_file_that_cannot_be_used_is_made_anew(file: Path, what: str) -> None:
    with Places(file) as places:
        places.file("article", {"c1": [Place("a")]})
        places.note("graph", 3)
    if what == "damaged":
        file.write_bytes(b"no database, but long enough to be taken for one" * 50)
    else:
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA user_version = 99")
        connection.close()
    with Places(file) as places:
        assert (places.seen, places.find(["a"])) == (None, set())


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with Places(tmp_path / "taken" / "places.sqlite") as places, pytest.raises(StoreUnavailable, match="taken"):
        places.find(["a"])


@given(st.lists(FILED, max_size=5))
def test_the_index_holds_what_was_filed_last(tmp_path_factory: pytest.TempPathFactory, rounds: list[dict]) -> None:
    file = tmp_path_factory.mktemp("index") / "places.sqlite"
    last: dict[str, dict[str, list[Place]]] = {}
    with Places(file) as places, pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MOST_DEAD", 0)
        places.note("graph", 1)
        for filed in rounds:
            for owner, things in filed.items():
                places.file(owner, things)
            last |= filed
        for key in ("a|2024", "b|2024", "a|in 2024-05"):
            for day in (None, "2024-05-01", "2024-05-17"):
                wanted = {id_ for things in last.values() for id_, at in things.items() if Place(key, day) in at}
                assert places.find([key] if day is None else (), [Span(key, day, day)] if day else ()) == wanted


def test_what_strangers_filed_is_left_out_by_a_search_that_says_whom_it_knows(file: Path) -> None:
    with Places(file) as places:
        places.file("near", {"c1": [Place("a")]}, known=["ftc", "acme"])
        places.file("far", {"c2": [Place("a"), Place("b", "2024-05-01")]}, known=["bolt"])
        places.file("anybody", {"c3": [Place("a")]})
        here, day = ["a"], [Span("b", "2024-05-01", "2024-05-02")]
        assert places.find(here, day) == {"c1", "c2", "c3"}
        assert places.find(here, day, known=["acme", "senate"]) == {"c1", "c3"}
        assert places.find(here, day, known=["bolt"]) == {"c2", "c3"}
        searches = [Search(here, known=["acme"]), Search((), day), Search(())]
        assert ids(places.find_each(searches)) == [{"c1", "c3"}, {"c2"}, set()]
        places.file("far", {"c2": [Place("a")]}, known=["acme"])
        assert places.find(here, known=["acme"]) == {"c1", "c2", "c3"}


def test_a_search_may_ask_for_several_in_common(file: Path) -> None:
    with Places(file) as places:
        places.file("copy", {"a1": [Place("a")]}, known=["1|ab", "2|cd", "3|ef"])
        places.file("twin", {"a2": [Place("a")]}, known=["1|ab", "2|ff"])
        search = Search(["a"], known=["1|ab", "2|cd", "4|aa"])
        assert ids(places.find_each([search], in_common=lambda *_: 2)) == [{"a1"}]
        assert ids(places.find_each([search])) == [{"a1", "a2"}]


def test_how_much_is_in_common_may_go_by_the_sizes_of_both(file: Path) -> None:
    with Places(file) as places:
        places.file("long", {"a1": [Place("a")]}, known=[1, 2, 3], size=90)
        places.file("short", {"a2": [Place("a")]}, known=[1, 2, 3], size=30)
        search = Search(["a"], known=[2, 3, 4], size=100)
        assert ids(places.find_each([search], in_common=lambda mine, theirs: 2 if theirs * 2 > mine else 3)) == [{"a1"}]


@pytest.mark.parametrize(
    "keys", [("ftc|2024-05-01", "ftc|in 2024-05"), ("word:tax|2024", "word:tax|2025"), ("ftc", "ftc|")]
)
def test_what_is_filed_of_one_thing_lies_together(file: Path, keys: tuple[str, str]) -> None:
    other = "sec|2024-05-01"
    with Places(file) as places:
        places.file("article", {f"c{n}": [Place(key)] for n, key in enumerate((*keys, other))})
    with sqlite3.connect(file) as connection:
        (one, two, far) = (row[0] >> 32 for row in connection.execute("SELECT key FROM place ORDER BY thing"))
    connection.close()
    assert one == two != far


def opening(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Notes which files are opened from here on."""
    opened: list[Path] = []
    monkeypatch.setattr(module, "connect_to", lambda path: opened.append(path) or connect_to(path))
    return opened


def test_a_file_stays_open_between_pieces_of_work_also_after_one_that_was_broken_off(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, between = opening(monkeypatch), Opened()
    with Places(file, between) as places:
        places.file("a1", {"c1": [Place("a")]})
    with suppress(ZeroDivisionError), Places(file, between) as places:
        places.file("a2", {"c2": [Place("a")]})
        raise ZeroDivisionError
    with Places(file, between) as places:
        assert places.find(["a"]) == {"c1"}
    between.close()
    with Places(file, between) as places:
        assert places.find(["a"]) == {"c1"}
    between.close()
    assert opened == [file, file]


def test_two_pieces_of_work_at_once_have_a_connection_each_and_see_what_the_other_kept(file: Path) -> None:
    between = Opened()
    with Places(file, between) as places:
        places.file("a1", {"c1": [Place("a")]})
    with ThreadPoolExecutor(2) as pool:

        def work(number: int) -> set[str]:
            with Places(file, between) as places:
                places.file(f"b{number}", {f"d{number}": [Place("a")]})
                return places.find(["a"])

        found = sorted(map(sorted, pool.map(work, range(2))), key=len)
    assert [len(one) for one in found] == [2, 3]
    with Places(file, between) as places:
        assert places.find(["a"]) == {"c1", "d0", "d1"}
    between.close()


def test_a_file_that_was_put_in_the_place_of_an_open_one_is_the_one_that_counts(file: Path, tmp_path: Path) -> None:
    between, other = Opened(), tmp_path / "other.sqlite"
    for path, thing in ((file, "c1"), (other, "c2")):
        with Places(path) as places:
            places.file("a1", {thing: [Place("a")]})
    with Places(file, between) as places:
        assert places.find(["a"]) == {"c1"}
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink()
    other.replace(file)
    with Places(file, between) as places:
        assert places.find(["a"]) == {"c2"}
    between.close()
    file.unlink()
    with Places(file, between) as places:
        assert places.find(["a"]) == set()
    between.close()


def test_whom_an_owner_knows_is_kept_in_mind_no_longer_than_it_holds(file: Path) -> None:
    opened = Opened()

    def found(name: str) -> set[str]:
        with Places(file, opened) as places:
            return places.find(["a"], known=[name])

    def file_one(id_: str, *, clear: bool = False, through: Opened | None = None) -> None:
        with Places(file, through) as places:
            if clear:
                places.clear()
            places.file(f"article {id_}", {id_: [Place("a")]}, known=[f"name of {id_}"])
            assert places.find(["a"], known=[f"name of {id_}"]) == {id_}

    def break_off(id_: str) -> None:
        with Places(file, opened) as places:
            places.file("broken off", {id_: [Place("a")]}, known=[f"name of {id_}"])
            assert places.find(["a"], known=[f"name of {id_}"]) == {id_}
            raise StoreUnavailable("gone")

    file_one("c1", through=opened)
    assert (found("name of c1"), found("name of c2")) == ({"c1"}, set())
    with pytest.raises(StoreUnavailable):
        break_off("c2")
    file_one("c3", through=opened)
    assert (found("name of c1"), found("name of c2"), found("name of c3")) == ({"c1"}, set(), {"c3"})
    file_one("c4", clear=True)
    assert (found("name of c1"), found("name of c4")) == (set(), {"c4"})
    file_one("c5", clear=True, through=opened)
    assert (found("name of c4"), found("name of c5")) == (set(), {"c5"})
    opened.close()
