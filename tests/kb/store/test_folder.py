"""Who owns a data folder, and whose turn it is to write."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.store.folder import Folder, Running


@pytest.fixture
def owned(tmp_path: Path) -> Iterator[Folder]:
    """A folder this process owns."""
    folder = Folder(tmp_path)
    assert folder.take()
    yield folder
    folder.release()


def running(pid: int) -> Running:
    return Running(pid, 7687, "secret", "other secret", "1.0", "2025-01-19T10:00:00+00:00")


def test_a_folder_nobody_touched_is_free_and_empty(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "none")
    assert (folder.owner(), folder.running(), folder.holds_store()) == (None, None, False)
    assert list(tmp_path.iterdir()) == []


def test_one_owns_it_at_a_time(owned: Folder) -> None:
    assert not Folder(owned.path).take()
    owned.release()
    again = Folder(owned.path)
    assert again.take()
    again.release()


def test_an_owner_is_known_from_when_it_signs_and_answers_from_when_it_publishes(owned: Folder) -> None:
    other = Folder(owned.path)
    assert (other.owner(), other.running()) == (0, None)
    owned.sign()
    assert (other.owner(), other.running()) == (os.getpid(), None)
    owned.publish(running(os.getpid()))
    assert other.running() == running(os.getpid())
    owned.withdraw()
    assert (other.owner(), other.running()) == (os.getpid(), None)


def test_an_address_without_its_owner_is_stale(owned: Folder) -> None:
    owned.sign()
    owned.publish(running(os.getpid()))
    owned.release()
    assert Folder(owned.path).running() is None


def test_an_address_of_an_earlier_owner_is_stale(owned: Folder) -> None:
    owned.sign()
    owned.publish(running(os.getpid() + 1))
    assert Folder(owned.path).running() is None


def test_turns_to_write_do_not_overlap(tmp_path: Path) -> None:
    inside, seen = 0, []

    def write() -> None:
        nonlocal inside
        for _ in range(20):
            with Folder(tmp_path).turn():
                inside += 1
                seen.append(inside)
                inside -= 1

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1] * 80
