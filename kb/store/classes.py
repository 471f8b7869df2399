"""The Java classes of the embedded store, laid out once, so that a store starts with a third less work.

    python -m kb.store.classes     lay them out for this installation: some seconds, 50 MB; `make setup` does it

Whenever a store starts, Java finds, reads and checks some 6,000 classes. An archive holds them as Java keeps them in
memory (its class data sharing); `classes.txt` says which they are (`python -m tools.store_classes` writes it). Java
passes over an archive that was made for other jars or another runtime, so nothing depends on it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from arcadedb_embedded import jvm

ARCHIVE = Path(sys.prefix) / "share" / "chronograph" / "store.jsa"
CLASSES = Path(__file__).with_suffix(".txt")
LAYOUT = ("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders")
"""How Java lays objects out: an archive only fits who does it likewise."""
_QUIET = ("-Xlog:cds=off", "-Xlog:aot=off")
_PATIENCE = 300.0
"""Seconds that laying out may take, on a machine that is busy with other things."""


def shared() -> tuple[str, ...]:
    """Arguments by which Java takes the classes from the archive; none if there is no archive."""
    return (f"-XX:SharedArchiveFile={ARCHIVE}", *_QUIET) if ARCHIVE.is_file() else ()


def main() -> int:
    """Write the archive, whole or not at all; 0, or 1 with one line on stderr."""
    draft = ARCHIVE.with_suffix(f".{os.getpid()}")
    jars = Path(jvm.get_jar_path())
    command = [
        str(jars.with_name("jre") / "bin" / "java"),
        *LAYOUT,
        *_QUIET,
        "-Xshare:dump",
        f"-XX:SharedClassListFile={CLASSES}",
        f"-XX:SharedArchiveFile={draft}",
        "-cp",
        os.pathsep.join(map(str, jars.glob("*.jar"))),
    ]
    try:
        ARCHIVE.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(command, capture_output=True, text=True, check=True, timeout=_PATIENCE)  # noqa: S603 - our own
        draft.replace(ARCHIVE)
    except (OSError, subprocess.SubprocessError) as err:
        with suppress(OSError):
            draft.unlink()
        said = (getattr(err, "stderr", None) or getattr(err, "stdout", None) or str(err)).strip().splitlines()
        sys.stderr.write(f"{ARCHIVE} could not be written, so that a store starts more slowly: {said[-1]}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
