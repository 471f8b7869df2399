"""What holds for all tests: how long an example takes says nothing about the program, but much about the machine.

A run tries the same examples every time, so that what passed passes again. `pytest --hypothesis-profile=deep` looks
for new ones, twenty times as many.
"""

import os

import pytest
from hypothesis import settings

from tests import once
from tests.workers import MOST, Pieces

settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("deep", deadline=None, max_examples=2_000)
settings.load_profile("steady")


def pytest_xdist_make_scheduler(config, log):
    return Pieces(config, log)


@pytest.fixture(scope="session", autouse=True)
def _worked_out_once(tmp_path_factory):
    own = tmp_path_factory.getbasetemp()
    once.share_in(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers():
    return min((yield), MOST)
