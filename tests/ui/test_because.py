import pytest

from ui.panels.because import because_html


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        pytest.param([], "", id="none"),
        pytest.param(["same story"], "same story", id="one"),
        pytest.param(
            ["same days (2025-01-19)", "same type (deadline)", "same days (2025-04-05)"],
            "same days (19 Jan 2025, 5 Apr 2025); same type (deadline)",
            id="days of several claims once",
        ),
        pytest.param(
            ["same words (sell) here", "same words (sell (off))"],
            "same words (sell) here; same words (sell (off))",
            id="what is written otherwise stays",
        ),
        pytest.param(["same words (<b>)"], "same words (&lt;b&gt;)", id="web text"),
    ],
)
def test_what_is_alike_in_several_ways_is_said_once(reasons, told):
    assert because_html(reasons) == (told and f'<p class="cg-meta">One event because: {told}</p>')
