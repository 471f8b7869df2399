"""The commands `sources add`, `list`, `check`, `disable`, `enable`. Nothing slow is imported before one runs."""

from __future__ import annotations

import json
import re
import sys
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from ingest.alerts_check import alerts
from kb.config import Settings
from kb.errors import NotFound, SkipInput, SourceError, UsageError
from kb.examples import examples as example_calls

if TYPE_CHECKING:
    from ingest.sources.check import Check
    from ingest.sources.source import Source

_KINDS = ("feed", "pages", "sitemap", "urls", "folder", "drop")
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")


@click.group(
    epilog=example_calls(
        "chronograph sources add court https://www.courtlistener.com/feed/court/scotus/ --outlet CourtListener",
        "chronograph sources add desk incoming --kind drop",
        "chronograph sources list",
        "chronograph sources check court",
    )
)
def sources() -> None:
    """Manage the sources that articles are collected from.

    Each is one YAML file in the folder CHRONOGRAPH_SOURCES, or else in the folder 'sources' beside the data folder.
    What the files may say is in docs/how-to/add-a-source.md.
    """


@sources.command(
    epilog=example_calls(
        "chronograph sources add court https://www.courtlistener.com/feed/court/scotus/ --outlet CourtListener",
        "chronograph sources add desk incoming --kind drop",
        "chronograph sources add us-ftc-press --example    # names: chronograph sources list --examples",
    )
)
@click.argument("name")
@click.argument("place", metavar="[URL|PATH]", required=False)
@click.option("--kind", type=click.Choice(_KINDS), help="How it lists its articles; default: a feed, or a folder.")
@click.option("--outlet", metavar="NAME", help="Who publishes it; default: what its pages say.")
@click.option("--timezone", metavar="ZONE", help="Where the outlet is, such as Europe/Berlin.")
@click.option("--interval", metavar="TIME", help="Time between runs (30m, 2h); default: adapted to the source.")
@click.option("--language", metavar="CODE", help="Its language, such as en-GB; only English is read.")
@click.option(
    "--keyword", "keywords", metavar="WORD", multiple=True, help="Only articles with this word; may be repeated."
)
@click.option(
    "--exclude", "excluded", metavar="WORD", multiple=True, help="No articles with this word; may be repeated."
)
@click.option(
    "--section", "sections", metavar="NAME", multiple=True, help="Only articles of this section; may be repeated."
)
@click.option("--selector", metavar="CSS", help="CSS selector of the links to articles, on a page that lists them.")
@click.option("--example", is_flag=True, help="Copy the example of this name; it stays disabled.")
@click.option("--no-check", is_flag=True, help="Do not check that the source can be reached.")
@_JSON
@click.pass_obj
def add(
    settings: Settings,
    *,
    name: str,
    place: str | None,
    kind: str | None,
    outlet: str | None,
    timezone: str | None,
    interval: str | None,
    language: str | None,
    keywords: tuple[str, ...],
    excluded: tuple[str, ...],
    sections: tuple[str, ...],
    selector: str | None,
    example: bool,
    no_check: bool,
    as_json: bool,
) -> None:
    """Add a source: its NAME and its address or folder.

    NAME has small letters, digits and '-'. The source is asked once, and what would be ingested is shown; one that
    cannot be read is not added. For a page that is no feed, the message names the feeds it links to.
    """
    from ingest.sources.registry import add_source, check_new_name, examples, parse_source, read_source

    check_new_name(settings.sources, name)
    if example:
        if name not in examples():
            raise NotFound(f"there is no example {name!r}; the examples are {', '.join(examples())}")
        path = add_source(settings.sources, name, examples()[name])
        if as_json:
            click.echo(json.dumps({**_row(read_source(path)), "file": str(path)}))
        else:
            click.echo(f"{path} is added, but disabled: enable it with 'chronograph sources enable {name}'")
        return
    if not place:
        raise UsageError("give the address of the feed or page, or the path of a folder")
    filters = {"keywords": list(keywords), "exclude": list(excluded), "sections": list(sections)}
    fields: dict[str, Any] = {
        **_place(place, kind),
        "outlet": outlet,
        "language": language,
        "timezone": timezone,
        "interval": interval,
        "selector": selector,
        "filters": {key: words for key, words in filters.items() if words},
    }
    text = _yaml({key: value for key, value in fields.items() if value})
    path = settings.sources / f"{name}.yml"
    try:
        draft = parse_source(text, path)
    except SourceError as err:  # the file is not there yet: the mistake is on the command line
        raise UsageError(re.sub(rf"{re.escape(str(path))}:\d+: ", "", str(err), count=1)) from err
    result = None if no_check else _checked(settings, draft)
    if result and not as_json:
        _show(draft, result)
    path = add_source(settings.sources, name, text)
    click.echo(f"{path} is added", err=True)
    if as_json:
        row = _check_row(draft, result) if result else _row(draft)
        click.echo(json.dumps({**row, "file": str(path)}, ensure_ascii=False))


@sources.command("list", epilog=example_calls("chronograph sources list", "chronograph sources list --examples"))
@click.option("--examples", "show_examples", is_flag=True, help="The examples that come with the program instead.")
@_JSON
@click.pass_obj
def list_(settings: Settings, *, show_examples: bool, as_json: bool) -> None:
    """The sources, and how each of them is.

    Shown are the last success, the next time, and what is wrong. The exit code is 1 if a source's file is wrong, or a
    source is failing or paused.
    """
    from ingest.sources.registry import examples, load_sources
    from kb.cli.runs import health_by_name, health_line

    if show_examples:
        titles = {name: _kind_and_title(text) for name, text in examples().items()}
        if as_json:
            rows = [{"name": name, "kind": kind, "title": title} for name, (kind, title) in titles.items()]
            click.echo(json.dumps({"examples": rows}))
            return
        for name, (kind, title) in titles.items():
            click.echo(f"{name:<28} {kind:<8} {title}")
        return
    found, errors = load_sources(settings.sources)
    health = health_by_name(settings)
    if as_json:
        rows = [
            _row(source) | {"health": asdict(health[source.name]) if source.name in health else None}
            for source in found
        ]
        click.echo(json.dumps({"folder": str(settings.sources), "sources": rows, "errors": [str(e) for e in errors]}))
    else:
        if not found and not errors:
            click.echo(f"no sources in {settings.sources}: add one with 'chronograph sources add NAME URL'", err=True)
        for source in found:
            click.echo(
                health_line(
                    source.name,
                    str(source.kind),
                    health.get(source.name),
                    zone=settings.timezone,
                    disabled=source.disabled,
                )
            )
        for error in errors:
            click.echo(f"chronograph: {error}", err=True)
    bad = [source for source in found if not source.disabled and _is_bad(health.get(source.name))]
    if errors or bad:
        sys.exit(1)


@sources.command(
    epilog=example_calls("chronograph sources check court", "chronograph sources check court --articles 10")
)
@click.argument("name")
@click.option("--articles", type=click.IntRange(0, 50), default=3, show_default=True, help="How many to read.")
@_JSON
@click.pass_obj
def check(settings: Settings, *, name: str, articles: int, as_json: bool) -> None:
    """Ask a source once, and show what would be ingested. Nothing is kept."""
    from ingest.sources.registry import find_source

    source = find_source(settings.sources, name)
    result = _checked(settings, source, looks=articles)
    if as_json:
        click.echo(json.dumps(_check_row(source, result), ensure_ascii=False))
    else:
        _show(source, result)
    if result.looks and all(look.reason and not look.articles for look in result.looks):
        sys.exit(1)


@sources.command(epilog=example_calls("chronograph sources disable court"))
@click.argument("name")
@_JSON
@click.pass_obj
def disable(settings: Settings, *, name: str, as_json: bool) -> None:
    """Switch a source off; what it gave stays."""
    _switch(settings, name, disabled=True, as_json=as_json)


@sources.command(epilog=example_calls("chronograph sources enable court"))
@click.argument("name")
@_JSON
@click.pass_obj
def enable(settings: Settings, *, name: str, as_json: bool) -> None:
    """Switch a source on again.

    So is one that was paused because it kept failing.
    """
    from kb.store.health import resume
    from kb.store.journal import FILE, open_journal

    _switch(settings, name, disabled=False, as_json=as_json)
    if (settings.data / FILE).exists():
        with open_journal(settings.data) as journal:
            resume(journal, name)


sources.add_command(alerts)


def _switch(settings: Settings, name: str, *, disabled: bool, as_json: bool) -> None:
    from ingest.sources.registry import find_source, read_source, set_disabled, source_path

    find_source(settings.sources, name)
    path = source_path(settings.sources, name)
    assert path is not None  # noqa: S101 - it was found
    set_disabled(path, disabled=disabled)
    click.echo(f"{name} is {'disabled' if disabled else 'enabled'}", err=True)
    if as_json:
        click.echo(json.dumps({**_row(read_source(path)), "file": str(path)}))


def _checked(settings: Settings, source: Source, *, looks: int = 3) -> Check:
    from ingest.aside import Aside
    from ingest.clock import utc_now
    from ingest.service import fetcher_of
    from ingest.sources.check import check_source

    if not settings.contact and source.addresses:
        click.echo("note: set CHRONOGRAPH_CONTACT to a mail address or page, so that sites can reach you", err=True)
    with fetcher_of(settings) as fetcher, closing(Aside()) as aside:
        try:
            return check_source(source, fetcher, now=utc_now(), limit=20_000_000, looks=looks, call=aside.call_or_skip)
        except SkipInput as failure:
            raise SourceError(str(failure)) from failure


def _show(source: Source, result: Check) -> None:
    from kb.cli.runs import span

    for note in result.notes:
        click.echo(f"note: {note}", err=True)
    if result.moved_to:
        click.echo(f"note: it has moved permanently to {result.moved_to}", err=True)
    number = len(result.entries)
    named = f"{number} entr{'y' if number == 1 else 'ies'}"
    click.echo(f"{source.name}: {source.kind}, {named}; checked about every {span(result.interval)}")
    for look in result.looks:
        click.echo(f"\n{_plain(look.entry.url)}")
        if look.reason:
            click.echo(f"  would be left out: {_plain(look.reason)}")
        for note in look.notes:
            click.echo(f"  note: {_plain(note)}")
        for article in look.articles[:5]:
            click.echo(f"  {_plain(article.title or '(no title)')}")
            dated = f"{article.published} ({article.dated_by}, {article.dated_with})" if article.published else "no day"
            facts = [dated, article.source, article.section, ", ".join(article.authors) or None]
            click.echo(f"  {_plain(' · '.join(fact for fact in facts if fact))}")
            click.echo(f"  {len(article.text.split())} words: {_plain(article.text[:160])} …")
    rest = result.entries[len(result.looks) :]
    if rest:
        click.echo(f"\nand {len(rest)} more, from {_plain(rest[0].title or rest[0].url)}")


def _check_row(source: Source, result: Check) -> dict[str, Any]:
    return {
        **_row(source),
        "entries": [{"url": entry.url, "title": entry.title} for entry in result.entries],
        "interval": result.interval,
        "moved_to": result.moved_to,
        "notes": list(result.notes),
        "looks": [
            {
                "url": look.entry.url,
                "reason": look.reason,
                "notes": list(look.notes),
                "articles": [
                    {**asdict(article), "published": article.published.isoformat() if article.published else None}
                    for article in look.articles
                ],
            }
            for look in result.looks
        ],
    }


def _row(source: Source) -> dict[str, Any]:
    return {"name": source.name, **source.model_dump(mode="json", exclude_defaults=True)}


def _place(place: str, kind: str | None) -> dict[str, Any]:
    if not place.lower().startswith(("http://", "https://")):
        from pathlib import Path

        if not Path(place).expanduser().exists() and (fix := _meant_address(place)):
            raise UsageError(fix)
        if kind not in (None, "folder", "drop", "urls"):
            raise UsageError(f"a source of kind {kind} is at a web address, not {place!r}")
        where = "list" if kind == "urls" else "path"
        return {"kind": kind or "folder", where: str(Path(place).expanduser().absolute())}
    if kind in ("folder", "drop"):
        raise UsageError(f"a source of kind {kind} is a folder, not {place!r}")
    return {"kind": kind or "feed", "urls" if kind == "urls" else "url": [place] if kind == "urls" else place}


def _meant_address(place: str) -> str | None:
    """What is wrong with an address that is none, if it is meant as one."""
    if re.match(r"[a-z][a-z0-9+.-]+:", place, re.IGNORECASE):
        return f"only http and https can be fetched, not {place.partition(':')[0]!r}"
    if re.match(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?(?:/|\Z)", place, re.IGNORECASE):
        return f"there is no file or folder {place!r}; for a web address, write https://{place}"
    return None


def _yaml(fields: dict[str, Any]) -> str:
    import yaml

    return yaml.safe_dump(fields, sort_keys=False, allow_unicode=True)


def _kind_and_title(text: str) -> tuple[str, str]:
    import yaml

    content = yaml.safe_load(text)
    return content["kind"], content.get("title", "")


def _is_bad(health: object) -> bool:
    return getattr(health, "state", None) in ("failing", "paused")


def _plain(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
