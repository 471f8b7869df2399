"""The command `watch`. Nothing slow is imported before it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.config import Settings
from kb.examples import examples

if TYPE_CHECKING:
    from kb.model import Article


@click.command(epilog=examples("chronograph watch", "chronograph watch --log-format json"))
@click.option("--model", metavar="NAME", help="spaCy pipeline to use instead of CHRONOGRAPH_MODEL.")
@click.option(
    "--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to log."
)
@click.option("--verbose", is_flag=True, help="Log runs that found nothing new, and notes, too.")
@click.pass_obj
def watch(settings: Settings, *, model: str | None, log_format: str, verbose: bool) -> None:
    """Collect from all sources, each in its own time.

    What is new is written to the graph, until SIGTERM or Ctrl-C. A source is asked as often as it publishes, between
    every five minutes and once a day. Sources that are added, changed, disabled or enabled meanwhile are noticed within
    a minute. Several `watch` at once do no harm. While the graph is down, what was fetched waits on disk. On a stop the
    page and the batch under way are finished; a second Ctrl-C ends it at once, and loses nothing.
    """
    from ingest.log import fact, start_log
    from ingest.service import open_ingestion
    from ingest.stopping import stop_on_signals
    from ingest.watch import Watch

    logger = start_log(as_json=log_format == "json", verbose=verbose)

    def tell(article: Article, error: Exception) -> None:
        fact(logger, 40, "mistake", article=article.url or article.id, error=f"{type(error).__name__}: {error}")

    with (
        stop_on_signals() as stop,
        open_ingestion(
            settings, pipeline=model or settings.model, on_failure=tell, stopping=stop.is_set, sleep=stop.wait
        ) as ingestion,
    ):
        Watch(ingestion, stop, logger).run()
