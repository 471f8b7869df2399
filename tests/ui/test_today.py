from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

import ui.today

WEST, EAST = "Pacific/Niue", "Pacific/Kiritimati"


def day_in(zone):
    return datetime.now(ZoneInfo(zone)).date()


@pytest.mark.parametrize(
    ("setting", "browser", "zone"),
    [
        pytest.param("", EAST, EAST, id="the browser's"),
        pytest.param(WEST, EAST, WEST, id="the setting's before the browser's"),
        pytest.param(EAST, "<script>", EAST, id="a zone that is none is not believed"),
    ],
)
def test_a_day_is_today_where_the_reader_is(monkeypatch, setting, browser, zone):
    monkeypatch.setenv("CHRONOGRAPH_TIMEZONE", setting)
    monkeypatch.setattr(ui.today.st, "context", SimpleNamespace(timezone=browser))
    assert ui.today.today() == day_in(zone)


def test_a_browser_that_tells_nonsense_gets_the_machines_day(monkeypatch):
    monkeypatch.delenv("CHRONOGRAPH_TIMEZONE", raising=False)
    monkeypatch.setattr(ui.today.st, "context", SimpleNamespace(timezone="../../etc/passwd"))
    assert ui.today.today() == ui.today.today_in(None)
