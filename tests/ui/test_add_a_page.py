import re
from pathlib import Path
from textwrap import dedent

from streamlit.testing.v1 import AppTest

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-page.md"


def test_the_example_of_the_how_to_is_a_page_that_works(filled, monkeypatch):
    monkeypatch.setenv("CHRONOGRAPH_DATA", str(filled.data))
    code = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    at = AppTest.from_string(dedent(code[1]), default_timeout=30).run()
    assert not at.exception
    assert len(at.dataframe[0].value) == 5
