"""Why claims are one event, in a line that stays short however many days and words they share."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ui import days
from ui.text import as_html

_TOLD = re.compile(r"(?P<what>[^()]+) \((?P<which>[^()]+)\)")


def because_html(reasons: Sequence[str]) -> str:
    """The line, as HTML; '' without reasons. What is alike in several ways is said once, with all of them.

    >>> because_html(["same days (2025-01-19)", "same type (deadline)", "same days (2025-04-05)"])
    '<p class="cg-meta">One event because: same days (19 Jan 2025, 5 Apr 2025); same type (deadline)</p>'
    """
    ways: dict[str, list[str]] = {}
    for reason in reasons:
        told = _TOLD.fullmatch(reason)
        which = ways.setdefault(told["what"] if told else reason, [])
        if told:
            which.append(told["which"])
    words = "; ".join(
        as_html(days.in_text(f"{what} ({', '.join(which)})" if which else what), 400) for what, which in ways.items()
    )
    return f'<p class="cg-meta">One event because: {words}</p>' if words else ""
