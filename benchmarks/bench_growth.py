"""How opening, looking up and memory grow with a glossary; whole processes where it starts cold.

Reads resident memory where Linux tells it."""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import synthetic

import genai_terms as gt

_READ = """
import sys, time
import genai_terms as gt
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4
base = resident()
begin = time.perf_counter()
glossary = gt.Glossary.open(sys.argv[1])
opened = time.perf_counter()
glossary.lookup(sys.argv[2])
found = time.perf_counter()
used = resident() - base
print(opened - begin, found - opened, used)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    print("| terms | open | first lookup | memory of both | later lookup | bundle | save |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for size in parser.parse_args().sizes:
        terms = synthetic.Writer(size).terms()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bundle"
            begin = time.perf_counter()
            gt.Glossary(terms).save(path)
            saved = time.perf_counter() - begin
            bulk = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
            runs = [
                [float(figure) for figure in done.split()]
                for _ in range(5)
                for done in [
                    subprocess.run(
                        [sys.executable, "-c", _READ, path, terms[-1].name],
                        capture_output=True, text=True, check=True,
                    ).stdout
                ]
            ]  # fmt: skip
            opened, found, used = map(statistics.median, zip(*runs, strict=True))
            glossary = gt.Glossary.open(path)
            names = [term.name for term in random.Random(3).sample(terms, 500)]
            begin = time.perf_counter()
            for name in names:
                glossary.get(name)
            later = (time.perf_counter() - begin) / len(names)
        print(
            f"| {size:,} | {opened * 1e3:.1f} ms | {found * 1e3:.0f} ms | {used / 1024:.1f} MiB "
            f"| {later * 1e6:.0f} µs | {bulk / 2**20:.1f} MiB | {saved:.1f} s |",
            flush=True,
        )


if __name__ == "__main__":
    main()
