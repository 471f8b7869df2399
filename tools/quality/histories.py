"""How many histories of deadlines come out of short articles step for step.

    python -m tools.quality.histories           # those that were read while rules were made, and those only counted
    python -m tools.quality.histories --errors  # and of the former the steps that differ

Each history is read and folded by itself.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterator

from tests.golden.histories import JUDGED, READ, Told, read_histories, tell


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="print wrong histories of those that were read")
    asked = parser.parse_args()
    for name in (READ, JUDGED):
        told = tell(read_histories(name))
        sys.stdout.write(_line(name, told))
        if asked.errors and name == READ:
            sys.stdout.writelines(_wrong(told))


def _line(name: str, told: Collection[Told]) -> str:
    exact, right = sum(one.exact for one in told), sum(one.right for one in told)
    wanted, found = (
        sum(map(len, steps)) for steps in zip(*((one.history.gold, one.steps) for one in told), strict=True)
    )
    return f"{name:8} {exact} of {len(told)} exact; of {wanted} steps {right} right, {found - right} too many\n"


def _wrong(told: Collection[Told]) -> Iterator[str]:
    for one in told:
        if not one.exact:
            yield f"{one.history.history}\n  gold  {one.history.gold}\n  found {one.steps}\n"


if __name__ == "__main__":
    main()
