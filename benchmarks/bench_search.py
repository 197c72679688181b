"""Search beside SQLite FTS5, tantivy and bm25s: speed, bytes on disk, cold start, growth.

    pip install tantivy bm25s rapidfuzz && python benchmarks/bench_search.py [SIZE ...]

Without sizes, the built-in glossary is searched; sizes add synthetic glossaries.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import engines
import synthetic
from _measure import compared, interleaved, processes, ratio, table, unit, versions

import genai_terms as gt

FILE_COLD = """
import sqlite3
found = "SELECT id FROM docs WHERE docs MATCH ? ORDER BY bm25(docs) LIMIT 10"
sqlite3.connect({path!r}).execute(found, ('"model"',)).fetchall()
"""


def folder_size(path: str) -> int:
    return sum(f.stat().st_size for f in Path(path).rglob("*") if f.is_file())


def speeds(label: str, glossary: gt.Glossary, terms: list[gt.Term], count: int) -> None:
    texts = engines.documents(terms)
    asked = synthetic.queries(terms, count)
    made = {name: engines.ENGINES[name](texts) for name in ("SQLite FTS5", "tantivy", "bm25s")}
    for kind, queries in asked.items():
        candidates = {"genai_terms": lambda q=queries: [glossary.search(x) for x in q]}
        for name, engine in made.items():
            candidates[name] = lambda e=engine, q=queries: [e(x, 10, False) for x in q]
        seen = interleaved(candidates, rounds=5)
        rows = [
            (name, unit(min(values) / len(queries)),
             f"{ratio(seen, 'genai_terms', name):.2f}")
            for name, values in seen.items()
        ]  # fmt: skip
        table(f"Search, {label}, {kind}", ("engine", "a query", "genai_terms / it"), rows)


def suggestions(glossary: gt.Glossary, terms: list[gt.Term]) -> None:
    engine = engines.FTS5(engines.documents(terms))
    typed = [term.name[:size] for term in terms[::3] for size in (4, 7) if len(term.name) > 8]
    expected = [term.id for term in terms[::3] for size in (4, 7) if len(term.name) > 8]
    candidates = {
        "suggest": lambda: [glossary.suggest(t) for t in typed],
        "FTS5 prefix query": lambda: [engine(t, 10, True) for t in typed],
    }
    seen = interleaved(candidates, rounds=5)
    hits = {
        "suggest": sum(
            i in [s.term_id for s in glossary.suggest(t)]
            for t, i in zip(typed, expected, strict=True)
        ),
        "FTS5 prefix query": sum(
            i in engine(t, 10, True) for t, i in zip(typed, expected, strict=True)
        ),
    }
    rows = [
        (name, unit(min(values) / len(typed)), f"{hits[name] / len(typed):.3f}",
         f"{ratio(seen, name, 'FTS5 prefix query'):.3f}")
        for name, values in seen.items()
    ]  # fmt: skip
    table("Suggest (budget: ≤ 0.05, hit rate at least equal)",
          ("", "a query", "hit@10", "ratio"), rows)  # fmt: skip


def disk_and_cold(glossary: gt.Glossary, terms: list[gt.Term]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "fts.db")
        engines.FTS5(engines.documents(terms), path).connection.close()
        bundle = os.path.join(folder, "bundle")
        glossary.save(bundle)
        ours = os.path.getsize(os.path.join(bundle, "search.idx"))
        theirs = os.path.getsize(path)
        table(
            "Bytes of the search index (budget: ≤ 0.3)",
            ("", "bytes", "ratio"),
            [("search.idx", f"{ours:,}", f"{ours / theirs:.2f}"),
             ("FTS5 file", f"{theirs:,}", "1.00")],
        )  # fmt: skip
        seen = processes(
            {
                "SQLite FTS5 from a file": FILE_COLD.format(path=path),
                "genai_terms": "import genai_terms as g; g.search('model')",
            }
        )
        compared("First search, cold, whole processes", seen, "SQLite FTS5 from a file", "≤ 1.0")


OPENED = """
import genai_terms._models, genai_terms as g, time
def resident(): return int(open("/proc/self/statm").read().split()[1]) * 4
before, start = resident(), time.process_time()
glossary = g.Glossary.open({path!r}, verify=False)
glossary.lookup({name!r})
first, start = time.process_time() - start, time.process_time()
glossary.search("model of something")
print(first * 1e3, (time.process_time() - start) * 1e3, resident() - before)
"""


def opened(path: str, name: str) -> tuple[float, ...]:
    """Milliseconds to open and look up, to search first, and kilobytes; medians of five."""
    script = OPENED.format(path=path, name=name)
    runs = [
        [
            float(value)
            for value in subprocess.run(
                [sys.executable, "-W", "ignore", "-c", script],
                capture_output=True,
                text=True,
                check=True,
            ).stdout.split()
        ]
        for _ in range(5)
    ]
    return tuple(sorted(column)[2] for column in zip(*runs, strict=True))


def growth(sizes: list[int]) -> None:
    rows = []
    for size in sizes:
        terms = synthetic.Writer(size).terms()
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "bundle")
            start = time.perf_counter()
            gt.Glossary(terms).save(path)
            built = time.perf_counter() - start
            first, search, memory = opened(path, terms[size // 2].name)
            row = (
                f"{size:,}",
                f"{first:.1f} ms",
                f"{search:.1f} ms",
                f"{memory:,.0f} KB",
                f"{folder_size(path) / 1e6:.1f} MB",
                f"{built:.1f} s",
            )
            rows.append(row)
            speeds(f"{size:,} entries", gt.Glossary.open(path, verify=False), terms, 40)
    table(
        "Growth (budget 1,000 → 100,000: open and first lookup ≤ 1.5 ×)",
        ("entries", "open + first lookup", "first search", "memory", "bundle", "compile"),
        rows,
    )


if __name__ == "__main__":
    print(versions("genai-terms", "tantivy", "bm25s", "rapidfuzz"))
    builtin = [*gt.glossary]
    speeds(f"built-in, {len(builtin)} entries", gt.glossary, builtin, 60)
    suggestions(gt.glossary, builtin)
    disk_and_cold(gt.glossary, builtin)
    if sys.argv[1:]:
        growth([int(size) for size in sys.argv[1:]])
