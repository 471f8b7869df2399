"""Runs, and what is told of those whose process is gone."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from kb.queries.runs import run, runs
from kb.store.journal import open_journal
from kb.store.runs import INPUTS, RunStatus, begin_run, end_run

NOW = datetime(2025, 2, 1, tzinfo=UTC)


def test_a_run_whose_process_is_gone_is_interrupted_though_it_wrote_no_end(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    with open_journal(tmp_path, create=True) as journal:
        id_ = begin_run(journal, INPUTS, NOW)
        assert [one.status for one in runs(journal)] == [RunStatus.RUNNING]
        with journal.transaction() as connection:
            connection.execute("UPDATE run SET pid = ?", (gone.pid,))
        assert [one.status for one in runs(journal)] == [RunStatus.INTERRUPTED]
        detail = run(journal, id_)
        assert detail
        assert detail.run.status == RunStatus.INTERRUPTED
        end_run(journal, id_, RunStatus.DONE, NOW, seconds=1)
        assert [one.status for one in runs(journal)] == [RunStatus.DONE]
