"""The command `gazetteer`."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from kb.cli import cli


def run(*arguments: str, env: dict[str, str] | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["gazetteer", *arguments], env=env)
    return result.exit_code, result.output or str(result.exception)


def test_check_counts_things_and_names(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,kind,aliases\nAcme Widgets,company,Acme;AW\n", encoding="utf-8")
    assert run("check", str(path)) == (0, f"{path}: 1 thing, 3 names\n")
    assert run("check", str(tmp_path)) == run("check", str(path))
    path.unlink()
    assert "this folder has no sheets of names" in run("check", str(tmp_path))[1]


def test_check_names_the_place_of_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,kind\nAcme,firm\n", encoding="utf-8")
    code, output = run("check", str(path))
    assert code == 1
    assert f"{path}, line 2: 'firm' is not a kind" in output


def test_check_names_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(b"name,kind\n\xff\xfe,company\n")
    code, output = run("check", str(path))
    assert code == 1
    assert "not UTF-8" in output


def test_show_tells_all_meanings_of_a_name() -> None:
    code, output = run("show", "Georgia")
    assert code == 0
    assert output.count("Georgia") == 2
    assert "country GE" in output
    assert "country US" in output


def test_show_knows_the_users_own_sheets(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("name,kind\nAcme Widgets,company\n", encoding="utf-8")
    assert run("show", "Acme Widgets", env={"CHRONOGRAPH_GAZETTEER": str(tmp_path)}) == (0, "Acme Widgets (company)\n")


def test_show_says_when_a_name_is_not_listed() -> None:
    assert run("show", "Nobody Ever") == (1, "'Nobody Ever' is not in the gazetteer")
