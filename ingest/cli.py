"""The commands `extract` and `ingest`. Nothing slow is imported before a command runs."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from kb.config import Settings

if TYPE_CHECKING:
    from spacy.language import Language

    from ingest.inputs import Problem
    from kb.gazetteer import Gazetteer
    from kb.model import Article, Extraction
    from kb.ontology import Ontology

_MEGABYTE = 1_000_000
_Command = TypeVar("_Command", bound=Callable[..., Any])


def reading_options(command: _Command) -> _Command:
    """What every command that reads articles takes: INPUT…, --model and --max-mb."""
    for option in (
        click.option(
            "--max-mb",
            type=click.FloatRange(min=0, min_open=True),
            default=20,
            show_default=True,
            help="Refuse an article (a line of JSON Lines, or another file) of more megabytes than this.",
        ),
        click.option("--model", metavar="NAME", help="spaCy pipeline to use instead of CHRONOGRAPH_MODEL."),
        click.argument("inputs", metavar="INPUT...", nargs=-1, required=True),
    ):
        command = option(command)
    return command


@click.command()
@reading_options
@click.pass_obj
def extract(settings: Settings, inputs: tuple[str, ...], model: str | None, max_mb: float) -> None:
    """Print the dated events of articles as JSON Lines, without a database.

    INPUT is a .txt or .md file (with an optional YAML front matter: title, published, url, source), an .html page, a
    .json or .jsonl file of objects {id?, url?, title, published, source?, text | html}, a folder of such files, or '-'
    for standard input. One line is printed for each article, in the order of the input.

    An input that cannot be read is named on standard error and left out, and the rest goes on; then the exit code is 1.
    Relative dates are resolved from the day of publication: the one given, else one found in the page or in a byline at
    the head of the text, never today. A publication day in the future is not used.
    """
    from ingest.boilerplate import find_boilerplate
    from ingest.extraction import extract_articles
    from ingest.nlp.pipeline import load_pipeline
    from kb.contract import dump
    from kb.gazetteer import load_gazetteer
    from kb.ontology import load_ontology

    reading = Reading(inputs, max_mb)
    gazetteer = load_gazetteer(settings.gazetteer)
    nlp = load_pipeline(model or settings.model)
    found = extract_articles(
        reading.articles(),
        nlp=nlp,
        ontology=load_ontology(),
        find_boilerplate=find_boilerplate,
        on_failure=reading.failed,
        gazetteer=gazetteer,
    )
    for extraction in found:
        if not _print_line(dump(extraction)):
            return
    reading.finish()


@click.command()
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def ingest(settings: Settings, inputs: tuple[str, ...], model: str | None, max_mb: float, *, as_json: bool) -> None:
    """Read articles, and write their dated events to the graph.

    INPUT is what `extract` reads. An article that is in the graph already, in this state and read by this version of
    the extraction, is skipped; one whose text has changed becomes a new version. Articles are written in batches, each
    whole or not at all, so that a run that was stopped can simply be started again.

    An input that cannot be read is named on standard error and left out, and the rest goes on; then the exit code is 1.
    """
    from ingest.fingerprint import extractor_version
    from ingest.inputs.walk import walk
    from ingest.progress import file_progress
    from ingest.runner import ingest_articles
    from kb.store import open_graph
    from kb.store.record import Outcome

    started = time.monotonic()
    pipeline = model or settings.model
    reading = Reading(inputs, max_mb)
    files = sum(1 for _ in walk(inputs, lambda _: None))
    with open_graph(settings, create=True) as graph, file_progress(files) as progress:
        report = ingest_articles(
            graph,
            progress.watch(reading.articles()),
            extract=_extractor(pipeline, settings.gazetteer, reading.failed),
            extractor=extractor_version(pipeline, settings.gazetteer),
            now=lambda: datetime.now(tz=UTC).isoformat(timespec="seconds"),
            on_article=progress.wrote,
        )
    summary = {
        **{outcome.value: report.outcomes[outcome] for outcome in Outcome},
        "failed": reading.skipped,
        "claims": report.claims,
        "seconds": round(time.monotonic() - started, 1),
        "problems": [{"name": problem.name, "reason": problem.reason} for problem in reading.problems],
    }
    click.echo(json.dumps(summary, ensure_ascii=False) if as_json else _sentence(summary))
    if reading.skipped:
        sys.exit(1)


def _extractor(
    pipeline: str, sheets: Path | None, on_failure: Callable[[Article, Exception], None]
) -> Callable[[Iterable[Article]], Iterator[Extraction]]:
    """The extraction, with the pipeline loaded at the first call: a run with nothing new never loads it."""

    @cache
    def load() -> tuple[Language, Ontology, Gazetteer]:
        from ingest.nlp.pipeline import load_pipeline
        from kb.gazetteer import load_gazetteer
        from kb.ontology import load_ontology

        return load_pipeline(pipeline), load_ontology(), load_gazetteer(sheets)

    def extract_all(articles: Iterable[Article]) -> Iterator[Extraction]:
        from ingest.boilerplate import find_boilerplate
        from ingest.extraction import extract_articles

        nlp, ontology, gazetteer = load()
        return extract_articles(
            articles,
            nlp=nlp,
            ontology=ontology,
            find_boilerplate=find_boilerplate,
            on_failure=on_failure,
            gazetteer=gazetteer,
        )

    return extract_all


def _sentence(summary: dict[str, Any]) -> str:
    return (
        "{new} new, {updated} updated, {unchanged} unchanged, {failed} left out; {claims} claims; {seconds} s".format(
            **summary
        )
    )


class Reading:
    """The articles of a command's inputs, with its problems printed and counted."""

    def __init__(self, inputs: tuple[str, ...], max_mb: float) -> None:
        self._inputs = inputs
        self._limit = int(max_mb * _MEGABYTE)
        self.read = 0
        self.skipped = 0
        self.problems: list[Problem] = []

    def articles(self) -> Iterator[Article]:
        """The articles, in the order of the inputs, as they are read."""
        from ingest.inputs import read_articles

        today = datetime.now(tz=UTC).date()
        stdin: BinaryIO = sys.stdin.buffer
        for article in read_articles(self._inputs, today=today, limit=self._limit, stdin=stdin, report=self._report):
            self.read += 1
            yield article

    def failed(self, article: Article, error: Exception) -> None:
        """Report an article that the extraction itself failed on."""
        from ingest.inputs import Problem

        what = f"{type(error).__name__}: {error}"
        name = article.path or article.id
        self._report(Problem(name, f"a mistake in Chronograph stopped its extraction ({what}); please report it"))

    def finish(self) -> None:
        """Ends the command with exit code 1 if an input was left out."""
        if self.skipped:
            click.echo(f"{self.read} articles read, {self.skipped} inputs left out", err=True)
            sys.exit(1)

    def _report(self, problem: Problem) -> None:
        if problem.skipped:
            self.skipped += 1
            self.problems.append(problem)
        click.echo(str(problem), err=True)


def _print_line(line: str) -> bool:
    """UTF-8 whatever the terminal's encoding, and at once: a reader behind a pipe sees each article as it comes.

    False if that reader has gone (`extract … | head`): no error, but nothing more need be done.
    """
    out = sys.stdout.buffer
    try:
        out.write(line.encode() + b"\n")
        out.flush()
    except BrokenPipeError:
        # Keep the interpreter from flushing into the closed pipe on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        return False
    return True
