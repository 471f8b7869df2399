from functools import cache

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from kb.config import Settings
from kb.store import embedded, open_graph
from tests.ui.sample import fill

MODEL = "unused"


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """An embedded store with the sample story."""
    settings = Settings(tmp_path_factory.mktemp("filled") / "data", None, MODEL)
    fill(settings)
    yield settings
    embedded.stop(settings.data)


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """An embedded store without an article."""
    settings = Settings(tmp_path_factory.mktemp("empty") / "data", None, MODEL)
    open_graph(settings, create=True).close()
    yield settings
    embedded.stop(settings.data)


@pytest.fixture
def graph(filled):
    with open_graph(filled) as opened:
        yield opened


@pytest.fixture(scope="session", autouse=True)
def _looked_through_once():
    """What is installed stays so: `AppTest` would look through it for each page, which takes longer than to draw it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session", autouse=True)
def _hang_up():
    yield
    st.cache_resource.clear()
