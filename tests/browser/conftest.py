"""A real browser on the real server: `chronograph serve` over a filled store, and Debian's Chromium."""

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from kb.config import Settings, today_in
from kb.store import embedded, open_graph
from kb.store.record import record
from tests.browser.crowd import crowd
from tests.browser.stories import accounts, closing, votes
from tests.browser.work import note_served
from tests.patience import PATIENCE
from tests.ui.sample import fill
from tests.ui.unsettled import unsettled

CHROMIUM = Path(
    os.environ.get("CHRONOGRAPH_CHROMIUM")
    or shutil.which("chromium-headless-shell")
    or shutil.which("chromium")
    or "/usr/bin/chromium-headless-shell"
)
"""The same engine either way: without windows and menus around it, a page takes a third less work."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--process-per-site"]
_LATER = "2026-01-01T00:00:00Z"

_PROBE = re.compile(r"/\w+/_stcore/(health|host-config)$")
"""Streamlit's page looks for its server below the page's own path first, and is told that it is not there."""


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if item.path.parent == here:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM.exists():
        install = "apt-get install chromium-headless-shell, or set CHRONOGRAPH_CHROMIUM to its path"
        message = f"no Chromium at {CHROMIUM}: {install}"
        if os.environ.get("CHRONOGRAPH_REQUIRE_ALL") == "1":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where the desk is served."""
    settings = Settings(tmp_path_factory.mktemp("served") / "data", None, "unused")
    fill(settings)
    with serving(settings, 8750) as found:
        yield found
    embedded.stop(settings.data)


@pytest.fixture(scope="session")
def crowded(tmp_path_factory):
    """Where a desk with twenty thousand events is served."""
    settings = Settings(tmp_path_factory.mktemp("crowded") / "data", None, "unused")
    fill(settings)
    crowd(settings)
    with serving(settings, 8760) as found:
        yield found
    embedded.stop(settings.data)


@pytest.fixture(scope="module")
def undecided(tmp_path_factory):
    """Where a desk is served on which there is something to decide, and its graph. Tests take back what they decide."""
    settings = Settings(tmp_path_factory.mktemp("undecided") / "data", None, "unused")
    fill(settings)
    with open_graph(settings) as graph:
        record(graph, unsettled(), recorded_at="2025-03-07T00:00:00Z", extractor="sample")
        record(graph, tuple(votes(date(2025, 2, 11), "Ferry Act")), recorded_at=_LATER, extractor="sample")
        with serving(settings, 8770) as address:
            yield address, graph
    embedded.stop(settings.data)


@pytest.fixture(scope="session")
def newcomer(tmp_path_factory):
    """Where a desk is served on which something is due next month, and something was put off twice."""
    settings = Settings(tmp_path_factory.mktemp("newcomer") / "data", None, "unused")
    fill(settings)
    today = today_in(None)
    with open_graph(settings) as graph:
        for story in (accounts(today), closing(today)):
            record(graph, tuple(story), recorded_at=_LATER, extractor="sample")
    with serving(settings, 8780) as found:
        yield found
    embedded.stop(settings.data)


WATCHED = Path(__file__).parent / "watched"
"""A folder whose `sitecustomize` writes down whom a Python process connects to."""


def watching(file):
    """Variables by which a Python process, and those that it starts, write into `file` whom they ask anything."""
    return {"PYTHONPATH": str(WATCHED), "CHRONOGRAPH_WATCHED": str(file)}


def asked_of(file):
    """What was written there: pairs of the kind of question and the host."""
    return [tuple(line.split("\t", 1)) for line in file.read_text("utf-8").splitlines()]


@contextmanager
def serving(settings, port, *options, extra=None):
    env = {**os.environ, **(extra or {}), "CHRONOGRAPH_DATA": str(settings.data), "NEO4J_URI": ""}
    command = [sys.executable, "-m", "kb", "serve", "--no-open", "--port", str(port), *options]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as served:
        try:
            line = served.stdout.readline()
            address = next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
            note_served(address, served.pid, settings.data)
            yield address
        finally:
            served.terminate()


@pytest.fixture(scope="session")
def contexts(browser, address):
    """A browser's memory for each colour scheme: what one page has loaded and compiled, the next one has.

    A page that stays open keeps the process in which they are compiled.
    """
    made = {scheme: browser.new_context(color_scheme=scheme, reduced_motion="reduce") for scheme in ("light", "dark")}
    for context in made.values():
        context.new_page().goto(f"{address}/_stcore/health")
    return made


@pytest.fixture
def desk(contexts, address):
    """Opens pages; afterwards nothing may have gone wrong in any of them, and nothing have been asked of elsewhere."""
    with opening(contexts, address) as open_page:
        yield open_page


@contextmanager
def opening(contexts, address):
    """A function that opens pages, and what `desk` says of them."""
    pages, problems = [], []

    def open_page(path="/", *, width=1400, scheme="light", at=address):
        page = contexts[scheme].new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.set_default_timeout(PATIENCE * 1000)  # it counts milliseconds
        _listen(page, at, problems)
        page.goto(at + path)
        settle(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    for context in contexts.values():
        context.clear_cookies()  # who decided in one test is nobody in the next
    assert problems == []


def settle(page):
    """Wait until the script has run and everything it asked for is drawn."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_function("document.querySelectorAll('[data-testid^=\"stSkeleton\"]').length === 0")
    page.wait_for_function("document.querySelectorAll('[data-stale=\"true\"]').length === 0")


def _listen(page, address, problems):
    local = (f"{address}/", address.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda it: it.url.startswith(local) or problems.append(f"asked {it.url}"))
    page.on("websocket", lambda it: it.url.startswith(local) or problems.append(f"connected to {it.url}"))
    page.on("requestfailed", lambda it: problems.append(f"failed: {it.url}"))
    page.on("response", lambda it: it.status < 400 or _PROBE.search(it.url) or problems.append(f"{it.status} {it.url}"))
    page.on("pageerror", lambda it: problems.append(f"error: {it}"))
    page.on("console", lambda it: it.type != "error" or _PROBE.search(it.location["url"]) or problems.append(it.text))
