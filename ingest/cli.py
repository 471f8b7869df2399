"""The commands `extract` and `ingest`. Nothing slow is imported before a command runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from kb.config import Settings
from kb.counted import counted
from kb.examples import examples

if TYPE_CHECKING:
    from ingest.aside import Call
    from ingest.inputs.articles import ReadWeb
    from ingest.inputs.problem import Problem
    from ingest.runner import Submit
    from kb.model import Article

_MEGABYTE = 1_000_000
_Command = TypeVar("_Command", bound=Callable[..., Any])


def reading_options(*, required: bool) -> Callable[[_Command], _Command]:
    """What every command that reads articles takes: INPUT…, --model and --max-mb."""

    def decorated(command: _Command) -> _Command:
        for option in _OPTIONS:
            command = option(command)
        return click.argument("inputs", metavar="INPUT..." if required else "[INPUT]...", nargs=-1, required=required)(
            command
        )

    return decorated


_OPTIONS = (
    click.option(
        "--max-mb",
        type=click.FloatRange(min=0, min_open=True),
        default=20,
        show_default=True,
        help="Refuse articles (a line of JSON Lines, or another file) larger than this many megabytes.",
    ),
    click.option("--model", metavar="NAME", help="spaCy pipeline to use instead of CHRONOGRAPH_MODEL."),
)


@click.command(epilog=examples("chronograph extract article.html", "chronograph extract articles/ > claims.jsonl"))
@reading_options(required=True)
@click.pass_obj
def extract(settings: Settings, inputs: tuple[str, ...], model: str | None, max_mb: float) -> None:
    """Print the dated events of articles, without a database.

    INPUT is a .txt or .md file (with an optional YAML front matter: title, published, url, source), an .html page, a
    .json or .jsonl file of objects {id?, url?, title, published, source?, text | html}, a saved feed (.rss, .atom), a
    mail or mailbox (.eml, .mbox), one of these with .gz, a folder of such files, the web address of a page or of a
    feed, or '-' for standard input. One line of JSON is printed for each article, in the order of the input.

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

    reading = Reading(settings, inputs, max_mb)
    gazetteer = load_gazetteer(settings.gazetteer)
    ontology = load_ontology()
    nlp = load_pipeline(model or settings.model)
    found = extract_articles(
        reading.articles(),
        nlp=nlp,
        ontology=ontology,
        find_boilerplate=find_boilerplate,
        on_failure=reading.failed,
        gazetteer=gazetteer,
    )
    for extraction in found:
        _print_line(dump(extraction))
    reading.finish()


@click.command(
    epilog=examples(
        "chronograph ingest articles/ more.jsonl.gz",
        "chronograph ingest https://outlet.example/story",
        "chronograph ingest big.jsonl.gz --workers 2",
        "chronograph ingest --source court",
        "chronograph ingest --all-sources --due    # what a timer calls",
    )
)
@reading_options(required=False)
@click.option("--source", "names", metavar="NAME", multiple=True, help="Collect from this source; may be repeated.")
@click.option("--all-sources", is_flag=True, help="Collect from every source that is not disabled or paused.")
@click.option("--due", is_flag=True, help="Leave out sources that are not due yet.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Number of processes that extract."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def ingest(
    settings: Settings,
    *,
    inputs: tuple[str, ...],
    model: str | None,
    max_mb: float,
    names: tuple[str, ...],
    all_sources: bool,
    due: bool,
    workers: int,
    as_json: bool,
) -> None:
    """Read articles, and write their dated events to the graph.

    INPUT is what `extract` reads: files, folders, web addresses, feeds. With --source the articles of that source are
    collected instead: what is new or changed is fetched first, and is safe on disk whatever happens then.

    An article that is in the graph already, in this state and read by this version of the extraction, is skipped; one
    whose text has changed becomes a new version. After an update of the program, or a change of your names or types,
    ingest your articles again: they are read anew. Articles are written in batches, each whole or not at all: a run
    that was stopped can simply be started again, and goes on where it was.

    An input that cannot be read is named on standard error and left out, and the rest goes on; then the exit code is 1.
    With sources it is 1 if one of them could not be collected from, if a source's file is wrong, or if the graph could
    not be written to.
    """
    if bool(inputs) == bool(names or all_sources):
        raise click.UsageError("give either INPUTs (files, folders, web addresses), or --source NAME or --all-sources")
    pipeline = model or settings.model
    if inputs:
        from ingest.ending import ending_in_order

        reading = Reading(settings, inputs, max_mb)
        with ending_in_order(), _processes(settings, reading, pipeline, workers) as submit:
            from ingest.reports import ingest_inputs  # which takes as long as the processes take to start

            failed = ingest_inputs(settings, reading, pipeline=pipeline, submit=submit, as_json=as_json)
    else:
        from ingest.source_reports import ingest_sources

        failed = ingest_sources(settings, names, pipeline=pipeline, max_mb=max_mb, due=due, as_json=as_json)
    if failed:
        sys.exit(1)


@contextmanager
def _processes(settings: Settings, reading: Reading, pipeline: str, workers: int) -> Iterator[Submit | None]:
    """The way to the processes that extract, or None where there is nothing to extract."""
    if reading.all_missing():
        yield None
        return
    from ingest.workers import workers as worker_processes

    with worker_processes(workers, pipeline, reading.failed, gazetteer=settings.gazetteer) as submit:
        yield submit


class Reading:
    """The articles of a command's inputs, with its problems printed and counted."""

    def __init__(self, settings: Settings, inputs: tuple[str, ...], max_mb: float) -> None:
        self.inputs = inputs
        self._settings = settings
        self._max_mb = max_mb
        self._limit = int(max_mb * _MEGABYTE)
        self.read = 0
        self.skipped = 0
        self.problems: list[Problem] = []

    def articles(self, on_read: Callable[[int], None] = lambda _: None) -> Iterator[Article]:
        """The articles, in the order of the inputs, as they are read; `on_read` hears how many bytes of files were."""
        from ingest.aside import Aside
        from ingest.inputs.articles import read_articles

        today = datetime.now(tz=UTC).date()
        stdin: BinaryIO = sys.stdin.buffer
        with closing(Aside()) as aside, self._web(today, aside.call_or_skip) as read_web:
            for article in read_articles(
                self.inputs,
                today=today,
                limit=self._limit,
                stdin=stdin,
                report=self._report,
                read_web=read_web,
                on_read=on_read,
                call=aside.call_or_skip,
            ):
                self.read += 1
                yield article

    def all_missing(self) -> bool:
        """True if the inputs are paths, and there is nothing at any of them."""
        from ingest.inputs.walk import is_missing

        return all(map(is_missing, self.inputs))

    @contextmanager
    def _web(self, today: date, call: Call) -> Iterator[ReadWeb | None]:
        """How to read addresses, opened only if there are any."""
        from ingest.inputs.walk import is_address

        if not any(map(is_address, self.inputs)):
            yield None
            return
        from ingest.service import fetcher_of
        from ingest.sources.web import web_reader

        with fetcher_of(self._settings, max_mb=self._max_mb) as fetcher:
            yield web_reader(fetcher, today=today, limit=self._limit, call=call)

    def failed(self, article: Article, error: Exception) -> None:
        """Report an article that a mistake of ours kept out."""
        from ingest.inputs.problem import Problem
        from kb.store.queue import reported_as

        what = f"{type(error).__name__}: {error}"
        self._report(Problem(reported_as(article), f"a bug in Chronograph kept it out ({what}); please report it"))

    def finish(self) -> None:
        """Ends the command with exit code 1 if an input was left out."""
        if self.skipped:
            left_out = counted(self.skipped, "input")
            click.echo(f"{counted(self.read, 'article')} read, {left_out} left out", err=True)
            sys.exit(1)

    def _report(self, problem: Problem) -> None:
        if problem.skipped:
            self.skipped += 1
            self.problems.append(problem)
        click.echo(str(problem), err=True)


def _print_line(line: str) -> None:
    """UTF-8 whatever the terminal's encoding, and at once: a reader behind a pipe sees each article as it comes."""
    out = sys.stdout.buffer
    out.write(line.encode() + b"\n")
    out.flush()
