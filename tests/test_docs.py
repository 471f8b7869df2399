"""The documents say what the program does."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kb.cli import cli

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "fixtures").glob("*.md")]
)

_WHERE = ("within an article", "across the articles of a story")
_SHOWN = 63
"""Characters that the list of commands has for each of them in a terminal of eighty."""


def _commands(command: click.Command, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    """A command and all below it, each with the context that it is called in."""
    yield command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from _commands(found, click.Context(found, context, info_name=name))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_and_pictures_of_a_page_exist(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_headings_that_the_links_of_a_page_lead_to_exist(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]*)#([^)]+)\)", page.read_text(encoding="utf-8"))
    inside = [(page.parent / target if target else page, heading) for target, heading in links if "://" not in target]
    assert [(target.name, heading) for target, heading in inside if heading not in _headings(target)] == []


def _headings(page: Path) -> set[str]:
    """The headings of a page, as links name them: small letters, no marks, "-" for a space."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _linked(page: Path) -> set[Path]:
    """The pages of the project that a page links to."""
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    found = {(page.parent / target).resolve() for target in targets if "://" not in target}
    return {target / "README.md" if target.is_dir() else target for target in found if target.suffix in ("", ".md")}


def test_every_page_is_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    ahead = {ROOT / "README.md"}
    while ahead:
        reached |= ahead
        ahead = {target for page in ahead for target in _linked(page) if target.exists()} - reached
    assert [page.name for page in PAGES if page not in reached] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "decisions").glob("0*.md")), ids=lambda page: page.name)
def test_a_decision_says_what_why_and_at_which_cost_and_is_in_the_index(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [part for part in ("**Decision.**", "**Why.**", "**Cost.**") if part not in text] == []
    assert f"[{int(page.name[:3])}]({page.name})" in (page.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_named_on_a_page_exist(page: Path) -> None:
    context = cli.make_context("chronograph", [], resilient_parsing=True)
    named = set(re.findall(r"chronograph ([a-z]+)\b", page.read_text(encoding="utf-8")))
    assert named <= set(cli.list_commands(context))


COMMANDS = list(_commands(cli, click.Context(cli, info_name="chronograph")))


@pytest.mark.parametrize(("command", "context"), COMMANDS, ids=[context.command_path for _, context in COMMANDS])
def test_a_command_says_what_it_does_in_a_line_and_what_each_option_does(
    command: click.Command, context: click.Context
) -> None:
    assert command.help
    assert context.parent is None or not command.get_short_help_str(_SHOWN).endswith("...")
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []
    assert context.parent is None or "Examples:" in (command.epilog or "")
    assert [option.name for option in options if option.make_metavar(context) == "TEXT"] == []


@pytest.mark.parametrize(("command", "context"), COMMANDS, ids=[context.command_path for _, context in COMMANDS])
def test_the_examples_of_a_command_are_calls_that_it_takes(
    command: click.Command, context: click.Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my-names").mkdir()
    (tmp_path / "my-names" / "own.csv").touch()
    (tmp_path / "judgements.jsonl").touch()
    monkeypatch.chdir(tmp_path)
    for call in (command.epilog or "").splitlines()[2:]:
        words = shlex.split(call, comments=True)
        arguments = words[words.index("chronograph") + 1 :]
        arguments = arguments[: arguments.index(">")] if ">" in arguments else arguments
        called: click.Command = cli
        while isinstance(called, click.Group):
            found = called.get_command(context, arguments.pop(0))
            assert found is not None, call
            called = found
        with called.make_context(call, arguments):
            pass  # the files that it opened are closed


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


def test_the_goals_of_quality_show_the_figures_of_their_tables() -> None:
    page = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    goals, tables = page.split("## Events in whole documents")

    def figures(row: str) -> list[str]:
        """What the first row of the tables that begins so says in numbers below ten."""
        found = re.search(rf"^\| {re.escape(row)}.*$", tables, re.MULTILINE)
        assert found, row
        return re.findall(r"\| (\d\.\d+)", found[0])

    documents, policy = figures("25 documents"), figures("15 policy articles")
    untaught = [figures(row) for row in ("never taught, of the first", "never taught, of the second", "held back:")]
    for level in (0, 2, 3):
        for shown in (documents[level], policy[level], ", ".join(row[level] for row in untaught)):
            assert f" | {shown} | " in goals
    precision, recall = figures("all |")[:2]
    assert all(f" | {figure} | " in goals for figure in (precision, recall, ", ".join(figures("nine never read")[:2])))
    within, across = ([figures(f"{where}, {how}")[2] for how in ("open", "held back")] for where in _WHERE)
    assert all(f" | {', '.join(pair)} | " in goals for pair in (within, across))
