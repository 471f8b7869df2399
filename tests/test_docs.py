"""The documents say what the program does."""

import re
from pathlib import Path

import pytest

from kb.cli import cli

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "fixtures").glob("*.md")]
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_and_pictures_of_a_page_exist(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_named_on_a_page_exist(page: Path) -> None:
    context = cli.make_context("chronograph", [], resilient_parsing=True)
    named = set(re.findall(r"chronograph ([a-z]+)\b", page.read_text(encoding="utf-8")))
    assert named <= set(cli.list_commands(context))


def test_every_command_has_help_and_every_option_says_what_it_does() -> None:
    context = cli.make_context("chronograph", [], resilient_parsing=True)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        assert command.help, name


def test_make_targets_named_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        assert set(re.findall(r"`make ([a-z0-9-]+)", page.read_text(encoding="utf-8"))) <= targets, page.name


def test_tests_named_beside_the_promises_of_the_desk_exist() -> None:
    written = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "desk-checks.md").read_text(encoding="utf-8")))
    assert named - set(re.findall(r"def (test_\w+)\(", written)) == set()


def test_the_goals_of_speed_show_the_figures_that_were_measured() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    goals = page[page.index("## Goals") : page.index("## Extraction")]
    measured = [
        r"`extract` reaches ([\d.]+) of the bare pipeline's words",
        r"\| claims \|.*\| ([\d.]+) \|\n",
        r"embedded store costs ([\d.]+) of extracting",
        r"2 processes: .*: ([\d.]+) of it",
    ]
    figures = [found[1] for figure in measured if (found := re.search(figure, page))]
    assert len(figures) == len(measured)
    assert [figure for figure in figures if f"| {figure} |" not in goals] == []
