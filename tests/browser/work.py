"""How much work pages are: seconds of processor time, which a machine that is busy with other things hardly changes."""

from __future__ import annotations

import os
from pathlib import Path

from kb.store import embedded

_TICKS = os.sysconf("SC_CLK_TCK")
_SERVED: dict[str, tuple[int, Path]] = {}
"""By address: the process that serves it, and the folder of its store."""


def note_served(address, pid, data):
    """Remember what answers at `address`."""
    _SERVED[address] = (pid, data)


def work_until_now(browser, address):
    """Seconds of the processor that pages have taken, with the server at `address`, what it started, and its store."""
    pid, data = _SERVED[address]
    store = embedded.status(data).pid
    assert store
    return pages_until_now(browser) + sum(map(_of_process, (store, pid, *_children(pid))))


def pages_until_now(browser):
    """Those that the processes which draw pages have taken by themselves."""
    session = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return sum(process["cpuTime"] for process in found if process["type"] == "renderer")


def _of_process(pid):
    """Its seconds, in its own code and in the system's: fields 14 and 15 of proc(5), after the name in brackets."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
