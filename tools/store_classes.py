"""Writes `kb/store/classes.txt`: which Java classes a store needs for what people do with it.

    python -m tools.store_classes

To be run when `requirements.txt` names another version of arcadedb-embedded. It ingests the fixtures into a store of
its own and asks it for what the pages show, while Java lists the classes it takes.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from kb.store.classes import CLASSES

ROOT = Path(__file__).parents[1]
_ASKED = (
    "ingest fixtures/articles",
    "timeline --entity TikTok --as-of 2025-01-16",
    "timeline",
    "deadlines",
    "conflicts",
    "overdue",
    "entity TikTok",
    "search law",
    "changes 2025-01-10 2025-01-20",
    "query 'MATCH (e:Event)-[:INVOLVES]->(x:Entity) RETURN x.name AS name, count(e) AS events ORDER BY events DESC'",
    "rebuild",
    "db stop",
)
_NOT_OURS = ("org/jpype/", "@cp org/jpype", "jdk/internal/event/", "jdk/jfr/")
"""Classes that Java does not find on its class path, or never lays out."""


def main() -> None:
    """List and write."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "classes"
        environment = {
            **os.environ,
            "CHRONOGRAPH_DATA": str(Path(folder) / "data"),
            "ARCADEDB_JVM_ARGS": f"-XX:DumpLoadedClassList={listed}",
        }
        for words in _ASKED:
            command = [sys.executable, "-m", "kb", *shlex.split(words)]
            subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        lines = listed.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(_NOT_OURS)]
    CLASSES.write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{len(kept):,} lines", file=sys.stderr)


if __name__ == "__main__":
    main()
