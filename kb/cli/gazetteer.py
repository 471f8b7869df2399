"""The command `gazetteer`: check sheets of names before they are used, and ask what a name means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.config import Settings
from kb.counted import counted
from kb.errors import NotFound, UsageError
from kb.examples import examples

if TYPE_CHECKING:
    from kb.gazetteer import Listed


@click.group(epilog=examples("chronograph gazetteer check my-names/own.csv", 'chronograph gazetteer show "Georgia"'))
def gazetteer() -> None:
    """Names that the program knows before it reads.

    They are courts, agencies, companies, places and people. Add your own as .yaml or .csv sheets in a folder, and name
    it in CHRONOGRAPH_GAZETTEER. A CSV sheet has a head line with the columns name and kind, and any of country,
    aliases, short, loose, owner, wikidata.
    """


@gazetteer.command(
    epilog=examples("chronograph gazetteer check my-names", "chronograph gazetteer check my-names/own.csv")
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check sheets of names, or a folder of them.

    Checked are their form, their kinds, and that no name is given to two things. Exits 1 at the first fault, naming
    file, place and what is wrong; else says how many things and names there are.
    """
    from kb.gazetteer import load_gazetteer
    from kb.gazetteer.names import parse_gazetteer, read_text
    from kb.gazetteer.sheets import read_sheet

    load_gazetteer()
    for path in _sheets(files):
        text = read_text(path)
        lines = list(read_sheet(str(path), text))
        names = len(
            parse_gazetteer(
                {"vocabulary.yaml": "{words: {}, head_words: {}, contexts: {}, things_behind: {}}", path.name: text}
            ).forms
        )
        click.echo(f"{path}: {counted(len(lines), 'thing')}, {counted(names, 'name')}")


def _sheets(files: Iterable[Path]) -> Iterator[Path]:
    from kb.gazetteer.names import SUFFIXES

    for path in files:
        if not path.is_dir():
            yield path
            continue
        found = sorted(sheet for sheet in path.iterdir() if sheet.suffix in SUFFIXES)
        if not found:
            raise UsageError(f"{path}: this folder has no sheets of names ({' or '.join(sorted(SUFFIXES))} files)")
        yield from found


@gazetteer.command(epilog=examples('chronograph gazetteer show "Georgia"'))
@click.argument("name")
@click.pass_obj
def show(settings: Settings, name: str) -> None:
    """Show what NAME may mean.

    The sheets of CHRONOGRAPH_GAZETTEER are looked at with those that come with the program.
    """
    from kb.gazetteer import load_gazetteer

    known = load_gazetteer(settings.gazetteer)
    form = known.forms.get(name)
    meanings = form.listed if form else tuple(one for one in (known.get(name),) if one)
    if not meanings:
        raise NotFound(f"{name!r} is not in the gazetteer")
    for listed in meanings:
        click.echo("\n".join(_lines(listed)))


def _lines(listed: Listed) -> list[str]:
    details = (("country", listed.country), ("of", listed.owner), ("wikidata", listed.wikidata))
    about = [listed.kind.value, *(f"{label} {value}" for label, value in details if value)]
    former = [f"  {one.name} until {one.until}" for one in listed.former]
    terms = [f"  {one.office}, {one.since} to {one.to or 'now'}" for one in listed.terms]
    return [f"{listed.name} ({', '.join(about)})", *former, *terms]
