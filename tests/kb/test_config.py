from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kb.config import load_settings, today_in
from kb.errors import UsageError


@pytest.mark.parametrize("name", ["Nowhere/Town", "../etc/passwd", "Europe", "x" * 5000])
def test_a_zone_that_does_not_exist_is_named(name):
    with pytest.raises(UsageError, match="CHRONOGRAPH_TIMEZONE"):
        load_settings({"CHRONOGRAPH_TIMEZONE": name}, Path("/"))


@pytest.mark.parametrize(("given", "kept"), [("Asia/Kolkata", "Asia/Kolkata"), ("", None)])
def test_a_zone_is_kept_as_it_is_called(given, kept):
    assert load_settings({"CHRONOGRAPH_TIMEZONE": given}, Path("/")).timezone == kept


def test_it_is_another_day_at_the_two_ends_of_the_world():
    assert (today_in("Pacific/Kiritimati") - today_in("Pacific/Niue")).days >= 1
    assert today_in("Asia/Tokyo") == datetime.now(ZoneInfo("Asia/Tokyo")).date()
