"""The ontology as it is shipped, and what its loader says about files that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kb.errors import OntologyError
from kb.model import EntityKind, Status
from kb.ontology import load_ontology

GUIDELINE_TYPES = """
lawsuit_filed court_filing court_hearing court_ruling settlement bill_introduced legislative_vote legislative_hearing
law_enacted law_effective executive_action rule_action enforcement_action investigation trade_measure appointment
election diplomacy deadline deadline_change product_launch deal corporate_change financial_report milestone statement
publication protest conflict disaster other
""".split()

GOOD = """\
id: eclipse
label: Eclipse
description: The sun or the moon is hidden.
family: nature
plover: null
roles:
  place: {places: [over, in], kinds: [place]}
triggers:
  verbs: [eclipse, pass into shadow]
  nouns: [solar eclipse]
  patterns:
    - {verb: darken, subject: [moon, ~place], on: [~date]}
examples:
  positive:
    - {text: The moon eclipsed the sun on Monday., trigger: eclipsed, status: occurred}
    - {text: A solar eclipse will be seen on May 3., trigger: eclipse}
  negative:
    - {text: The firm eclipsed its rival., trigger: eclipsed}
"""


def extended(folder: Path, text: str, name: str = "eclipse.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_type_of_the_guidelines_has_a_file() -> None:
    assert sorted(load_ontology().types) == sorted(GUIDELINE_TYPES)


def test_a_new_type_is_one_file_in_a_folder_of_the_users_own(tmp_path: Path) -> None:
    ontology = load_ontology(extended(tmp_path, GOOD))
    type_ = ontology.types["eclipse"]
    assert [(role.name, role.kinds) for role in type_.roles] == [("place", {EntityKind.PLACE})]
    assert [example.status for example in type_.examples] == [Status.OCCURRED, None, None]
    assert [(p.head, p.rest) for p in ontology.nouns["eclipse"]] == [("eclipse", ("solar",))]
    assert ontology.verbs["darken"][0].conditions[1].filler.dated


def test_a_file_of_the_users_own_replaces_the_type_of_that_name(tmp_path: Path) -> None:
    text = GOOD.replace("id: eclipse", "id: protest")
    assert load_ontology(extended(tmp_path, text, "protest.yaml")).types["protest"].label == "Eclipse"


def test_words_that_yaml_takes_for_truth_values_stay_words() -> None:
    slots = {c.slot for patterns in load_ontology().verbs.values() for p in patterns for c in p.conditions}
    assert "on" in slots
    assert load_ontology().status.modifiers["no"] is Status.DENIED


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        pytest.param("label: Eclipse\n", "", 1, "label", id="a missing key"),
        pytest.param("family: nature", "familly: nature", 4, "familly", id="an unknown key"),
        pytest.param("kinds: [place]", "kinds: [planet]", 7, "kinds", id="an unknown entity kind"),
        pytest.param("[moon, ~place]", "[moon, ~planet]", 12, "planet", id="an unknown kind in a pattern"),
        pytest.param("[moon, ~place]", "$moons", 12, "moons", id="an unknown word class"),
        pytest.param("{verb: darken, ", "{", 12, "'verb' or 'noun'", id="a pattern without a head"),
        pytest.param(", subject: [moon, ~place], on: [~date]", "", 12, "condition", id="a pattern without a condition"),
        pytest.param("status: occurred", "status: happened", 15, "status", id="an unknown status"),
        pytest.param("id: eclipse", "id: sunset", 1, "differs", id="an id that is not the file's name"),
        pytest.param("family: nature", "family: [nature", 5, "not valid YAML", id="broken YAML"),
    ],
)
def test_an_error_names_file_and_line(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in GOOD
    with pytest.raises(OntologyError) as error:
        load_ontology(extended(tmp_path, GOOD.replace(old, new, 1)))
    assert str(error.value).startswith(f"{tmp_path / 'eclipse.yaml'}:{line}: ")
    assert message in str(error.value)


def test_an_empty_file_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="empty"):
        load_ontology(extended(tmp_path, ""))
    with pytest.raises(OntologyError, match="nowhere"):
        load_ontology(tmp_path / "nowhere")


def test_no_word_class_lists_a_word_twice() -> None:
    path = Path(__file__).parents[3] / "kb" / "ontology" / "lexicon" / "classes.yaml"
    for name, content in yaml.safe_load(path.read_text(encoding="utf-8"))["classes"].items():
        words = [str(word) for word in content["words"]]
        assert len(words) == len(set(words)), f"{name}: {sorted({w for w in words if words.count(w) > 1})}"
