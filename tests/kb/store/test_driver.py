"""The driver comes alone."""

from __future__ import annotations

import subprocess
import sys

ALONE = """
import sys
import kb.store.driver
assert not sys.modules.keys() & {"numpy", "pandas", "pyarrow"}
import numpy
"""


def test_the_driver_is_loaded_without_what_it_would_only_know_values_of() -> None:
    subprocess.run([sys.executable, "-c", ALONE], check=True)
