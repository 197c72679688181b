"""How opening, looking up, saving and memory grow with a glossary; new processes where it is cold.

Sizes take turns; times are of the processor. Memory is private (RssAnon of Linux): pages of the
mapped files (RssFile) belong to the system, which takes them back when it needs them.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import synthetic

import genai_terms as gt

ROUNDS = 15
_READ = """
import sys, time
import genai_terms as gt
path, name, *others = sys.argv[1:]
gt.Glossary, gt.Term
def resident():
    with open("/proc/self/status") as file:
        lines = dict(line.split(":") for line in file)
    return [int(lines[key].split()[0]) for key in ("RssAnon", "RssFile")]
before = resident()
begin = time.process_time()
glossary = gt.Glossary.open(path)
opened = time.process_time()
glossary.lookup(name)
found = time.process_time()
first = resident()
glossary.search("some words that are searched")
try:
    glossary.lookup(name[:-1] + "xx")
except gt.TermNotFoundError:
    pass
searched = resident()
glossary.suggest("some")
suggested = resident()
used = [now[0] - before[0] for now in (first, searched, suggested)]
print(opened - begin, found - opened, *used, first[1] - before[1])
begin = time.process_time()
for name in others:
    glossary.get(name)
print((time.process_time() - begin) / len(others))
"""
_START = """
import sys, time
begin = time.process_time()
import genai_terms as gt
gt.Glossary.open(sys.argv[1]).lookup(sys.argv[2])
print(time.process_time() - begin)
"""


def saved(size: int, path: Path) -> tuple[float, list[str]]:
    """Seconds that it takes to save so many terms at *path*, and names of some of them."""
    terms = synthetic.Writer(size).terms()
    begin = time.process_time()
    gt.Glossary(terms).save(path)
    took = time.process_time() - begin
    return took, [terms[-1].name, *(term.name for term in random.Random(3).sample(terms, 500))]


def read(script: str, path: Path, names: list[str]) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), *names],
        capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    return [float(figure) for figure in done.stdout.split()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    sizes = parser.parse_args().sizes
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: Path(folder) / str(size) for size in sizes}
        saves = {size: saved(size, path) for size, path in paths.items()}
        runs: dict[int, list[list[float]]] = {size: [] for size in sizes}
        for _ in range(ROUNDS):
            for size in random.sample(sizes, len(sizes)):
                names = saves[size][1]
                runs[size].append(
                    read(_READ, paths[size], names) + read(_START, paths[size], names[:1])
                )
        print(
            "| terms | open | first lookup | import to first lookup, ratio | later lookup "
            "| private memory | and a search, a miss | and a suggestion "
            "| mapped by both | bundle | save |"
        )
        print("|", " | ".join(["---"] * 11), "|")
        for size, figures in runs.items():
            opened, found, private, searched, suggested, file, later, _ = map(
                statistics.median, zip(*figures, strict=True)
            )
            ratio = statistics.median(
                one[-1] / base[-1] for one, base in zip(figures, runs[sizes[0]], strict=True)
            )
            bulk = sum(part.stat().st_size for part in paths[size].iterdir())
            print(
                f"| {size:,} | {opened * 1e3:.1f} ms | {found * 1e3:.1f} ms | {ratio:.2f} "
                f"| {later * 1e6:.0f} µs | {private:.0f} KiB | {searched:.0f} KiB "
                f"| {suggested:.0f} KiB | {file / 1024:.1f} MiB "
                f"| {bulk / 2**20:.1f} MiB | {saves[size][0]:.1f} s |"
            )


if __name__ == "__main__":
    main()
