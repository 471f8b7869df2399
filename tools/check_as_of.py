"""Check that no read model shows on any day of any story what came later: `python -m tools.check_as_of`.

The test suite looks at every third day; this looks at all of them, on the embedded store, and takes a while.
"""

from __future__ import annotations

import os
import subprocess
import sys


def main() -> int:
    """Exit code 0 if nothing leaks."""
    words = [sys.executable, "-m", "pytest", "tests/contract/test_as_of.py", "-k", "no_read_model and embedded", "-q"]
    return subprocess.run(words, env={**os.environ, "CHRONOGRAPH_EVERY_DAY": "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
