"""spaCy without its commands."""

from __future__ import annotations

import subprocess
import sys

ALONE = """
import sys
from ingest.nlp.library import import_spacy
import_spacy()
import spacy
assert spacy.blank("en")("It ruled.")[0].text == "It"
assert not sys.modules.keys() & {"spacy.cli", "weasel"}
import spacy.cli
assert callable(spacy.cli.info)
"""


def test_spacy_comes_without_its_commands_and_gives_them_to_who_asks() -> None:
    subprocess.run([sys.executable, "-c", ALONE], check=True)
