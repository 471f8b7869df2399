"""Pictures of the desk on the fixture stories, taken in a real browser.

    python -m tools.picture                     docs/images/timeline.png, which the README shows
    python -m tools.picture --all build/shots   every page at 390, 768 and 1400 pixels, light and dark, to look at

The fixtures are read into a graph of their own, unless `--data` names one that holds articles already.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kb import queries
from kb.config import load_settings, today_in
from kb.queries import EventFilter
from kb.store import Graph, open_graph
from tools.bench import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURE = ROOT / "docs" / "images" / "timeline.png"
SIZES = ((390, 844), (768, 1024), (1400, 1000))
_CHROMIUM = os.environ.get("CHRONOGRAPH_CHROMIUM", "/usr/bin/chromium")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
_PAIRS = "MATCH (e:Event)-[i:INVOLVES]->(x:Entity) RETURN e, i, x LIMIT 40"
_PATIENCE = 120_000
"""Milliseconds for a page to be drawn."""
_DRAWN = """() => !document.querySelector('[data-testid^="stSkeleton"], [data-stale="true"]')
    && document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    && [...document.querySelectorAll("canvas.canvas")].every((canvas) => canvas.dataset.drawn)"""


def main() -> None:
    """Fill, serve, take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of an embedded store that holds articles")
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="take every page in every size and theme instead")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = chosen.data or Path(folder) / "data"
        os.environ.update({"CHRONOGRAPH_DATA": str(data), "NEO4J_URI": ""})
        try:
            if chosen.data is None:
                _run("ingest", str(ROOT / "fixtures" / "articles"))
            with open_graph(load_settings(os.environ, Path.cwd())) as graph:
                addresses = _addresses(graph)
            with _served() as base, _browser() as browser:
                take = _take_all if chosen.all else _take_one
                take(browser, base, addresses, chosen.all or PICTURE)
        finally:
            if chosen.data is None:
                _run("db", "stop")


def _addresses(graph: Graph) -> dict[str, str]:
    """Every page by a name: with an event open, the deadline that moved most often; its first actor; its article."""
    ledger = queries.deadlines(graph, today=today_in(None).isoformat())
    moved = max(ledger, key=lambda deadline: (len(deadline.steps), deadline.event))
    entity = max(moved.actors, key=lambda actor: len(queries.timeline(graph, EventFilter(entity=actor.id))))
    said = moved.steps[-1].claim
    pages: dict[str, tuple[str, Mapping[str, str]]] = {
        "timeline": ("", {}),
        "event": ("", {"entity": entity.id, "event": moved.event}),
        "changes": ("", {"since": (said.published or "2025-01-01")}),
        "known": ("", {"entity": entity.id, "known": said.published or "2025-01-01", "lanes": "actor"}),
        "deadlines": ("deadlines", {}),
        "entities": ("entities", {}),
        "entity": ("entities", {"entity": entity.id}),
        "articles": ("articles", {}),
        "reader": ("articles", {"article": said.article, "claim": said.id}),
        **{f"review-{queue}": ("review", {"queue": queue}) for queue in ("conflicts", "twins", "flags", "doubts")},
        "query": ("query", {"cypher": _PAIRS}),
        "query-graph": ("query", {"cypher": _PAIRS, "view": "Graph"}),
        "data": ("data", {}),
    }
    return {name: f"/{page}?{urlencode(given)}" for name, (page, given) in pages.items()}


def _take_one(browser: Browser, base: str, addresses: Mapping[str, str], file: Path) -> None:
    _take(browser, base + addresses["event"], file, size=(1400, 900), dark=False)


def _take_all(browser: Browser, base: str, addresses: Mapping[str, str], folder: Path) -> None:
    for name, address in addresses.items():
        for size in SIZES:
            for dark in (False, True):
                file = folder / f"{name}-{size[0]}-{'dark' if dark else 'light'}.png"
                _take(browser, base + address, file, size=size, dark=dark)


def _take(browser: Browser, address: str, file: Path, *, size: tuple[int, int], dark: bool) -> None:
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    page.set_default_timeout(_PATIENCE)
    page.goto(address)
    page.wait_for_selector('[data-testid="stApp"]')
    page.wait_for_function(_DRAWN)
    page.wait_for_timeout(500)  # tables are drawn a moment after they are there
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file)
    page.close()
    print(file, flush=True)


@contextmanager
def _browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield opened
        opened.close()


@contextmanager
def _served() -> Iterator[str]:
    """The desk, served for as long as this lasts; its address."""
    command = [sys.executable, "-m", "kb", "serve", "--no-open", "--no-calendar", "--port", "8850"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        try:
            line = served.stdout.readline() if served.stdout else ""
            yield next(word for word in line.split() if word.startswith("http://"))
        finally:
            served.terminate()


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "kb", *arguments], check=True, stdout=sys.stderr)


if __name__ == "__main__":
    main()
