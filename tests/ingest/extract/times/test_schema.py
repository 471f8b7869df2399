"""A mistake in a data file of the temporal grammar is reported with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.extract import times
from ingest.extract.times.schema import (
    CuesForm,
    ModifiersForm,
    PublicDayForm,
    RememberedForm,
    WordsForm,
    read_form,
)
from kb.errors import TimeDataError

HOME = Path(times.__file__).parent
FORMS = {
    "words.yaml": WordsForm,
    "cues.yaml": CuesForm,
    "modifiers.yaml": ModifiersForm,
    "recurring.yaml": list[PublicDayForm],
    "remembered.yaml": list[RememberedForm],
}


def test_every_data_file_has_a_form() -> None:
    assert {path.name for path in HOME.glob("*.yaml")} == set(FORMS)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("words.yaml", "january: 1,", "january: 13,", "month.january: Input should be less than or equal to 12"),
        ("words.yaml", "january: 1,", "January: 1,", "'January' must be lower case"),
        ("words.yaml", "several: X,", "several: 3,", "vague.several: Input should be 'X'"),
        ("words.yaml", "article: {a: 1, an: 1}", "articel: {a: 1}", "article: Field required"),
        ("words.yaml", "now: PRESENT_REF", "now: NOW", "reference.now: String should match pattern"),
        ("cues.yaml", "behind: [since]", "behind: [on]", "behind.0: Input should be a valid string"),
        ("cues.yaml", "behind: [since]", "behind: since", "behind: Input should be a valid list"),
        ("modifiers.yaml", "month: [day, 1, 10]", "month: [hour, 1, 10]", "early.month.0: Input should be 'day'"),
        ("recurring.yaml", 'names: ["easter monday"], easter: 1', 'names: ["easter monday"]', "give one of day, nth"),
        ("recurring.yaml", "day: [12, 31]", "day: [13, 31]", "less than or equal to 12"),
        ("remembered.yaml", "year: 2001", "year: 2001.5", "0.year: Input should be a valid integer"),
        ("words.yaml", "january: 1,", "january: [1,", "not valid YAML"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(name: str, old: str, new: str, message: str) -> None:
    text = (HOME / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    line = text[: text.index(old)].count("\n") + 1
    with pytest.raises(TimeDataError) as caught:
        read_form(name, text.replace(old, new), FORMS[name])
    assert message in str(caught.value)
    place = int(str(caught.value).split(":")[1])
    assert place == line or "Field required" in message or "not valid YAML" in message
