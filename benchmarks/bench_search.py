"""Search beside SQLite FTS5, tantivy and bm25s: speed, cold start, bytes on disk, memory.

    pip install . tantivy bm25s rapidfuzz
    python benchmarks/bench_search.py [SIZE ...]

Without sizes, the built-in glossary is searched; with sizes, made-up ones of so many terms.
Whole processes tell what an installed package costs only where one is installed: a checkout
also compares its content with the compiled glossary.
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
TANTIVY_COLD = """
import tantivy
index = tantivy.Index.open({path!r})
index.searcher().search(index.parse_query("model", {fields!r}), 10)
"""
RESIDENT = """
import genai_terms._models, genai_terms as g
def resident(): return int(open("/proc/self/statm").read().split()[1]) * 4
before = resident()
glossary = g.Glossary.open({path!r}, verify=False)
glossary.search("model of something")
first = resident()
for query in {asked!r}: glossary.search(query)
print(first - before, resident() - first)
"""


def size_of(path: str) -> int:
    files = [*Path(path).rglob("*")] if os.path.isdir(path) else [Path(path)]
    return sum(file.stat().st_size for file in files if file.is_file())


def speeds(
    label: str, glossary: gt.Glossary, made: dict[str, engines.Engine],
    asked: dict[str, list[str]],
) -> None:  # fmt: skip
    rows = []
    for kind, queries in asked.items():
        candidates = {"genai_terms": lambda q=queries: [glossary.search(x) for x in q]}
        for name, engine in made.items():
            candidates[name] = lambda e=engine, q=queries: [e(x, 10, False) for x in q]
        seen = interleaved(candidates, rounds=9)
        rows.append(
            (kind, *(unit(min(values) / len(queries)) for values in seen.values()),
             *(f"{ratio(seen, 'genai_terms', name):.2f}" for name in made))
        )  # fmt: skip
    header = ("a query of", "genai_terms", *made, *(f"/ {name}" for name in made))
    table(f"Search, {label}", header, rows)


def agreement(glossary: gt.Glossary, asked: dict[str, list[str]]) -> None:
    """How many of the ten best documents are among the ten best of reading every list."""
    searcher = glossary._searcher()
    rows = []
    for kind, queries in asked.items():
        shared = same = found = 0
        for query in queries:
            lists = searcher.vocabulary.parse(query).lists
            every = [at for at, _ in searcher.postings.top(lists, 10, range(len(glossary)))]
            first = [at for at, _ in searcher.postings.first(lists, 10)]
            shared += len({*every} & {*first})
            found += len(every)
            same += every[:1] == first[:1]
        rows.append((kind, f"{shared / found:.3f}", f"{same / len(queries):.3f}"))
    table("Agreement with reading every list to its end", ("a query of", "ten", "first"), rows)


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


def disk_and_cold(
    bundle: str, paths: dict[str, str], ours: str = "import genai_terms as g; g.search('model')"
) -> None:
    sizes = {"genai_terms": size_of(os.path.join(bundle, "search.idx"))}
    sizes |= {name: size_of(path) for name, path in paths.items()}
    fts = sizes["SQLite FTS5"]
    rows = [(name, f"{size:,}", f"{size / fts:.2f}") for name, size in sizes.items()]
    table("Bytes of the search index (budget: ≤ 0.3)", ("", "bytes", "ratio"), rows)
    scripts = {"SQLite FTS5": FILE_COLD.format(path=paths["SQLite FTS5"]), "genai_terms": ours}
    if "tantivy" in paths:
        scripts["tantivy"] = TANTIVY_COLD.format(path=paths["tantivy"], fields=engines.FIELDS)
    title = "First search, cold, whole processes, from files"
    compared(title, processes(scripts), "SQLite FTS5", "≤ 1.0")


def memory(bundle: str, asked: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RESIDENT.format(path=bundle, asked=asked)],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    print(f"\nMemory: {done[0]} KB to open and search first, {done[1]} KB after {len(asked)} more.")


def grown(size: int) -> None:
    terms = synthetic.Writer(size, words=60_000).terms()
    texts, asked = engines.documents(terms), synthetic.queries(terms, 60)
    with tempfile.TemporaryDirectory() as folder:
        bundle = os.path.join(folder, "bundle")
        paths = {name: os.path.join(folder, name) for name in ("SQLite FTS5", "tantivy")}
        os.mkdir(paths["tantivy"])
        rows = []
        start = time.process_time()
        gt.Glossary(terms).save(bundle)
        rows.append(("genai_terms, the whole bundle", time.process_time() - start))
        del terms
        made: dict[str, engines.Engine] = {}
        for name, *place in (*paths.items(), ("bm25s",)):
            start = time.process_time()
            made[name] = engines.ENGINES[name](texts, *place)
            rows.append((name, time.process_time() - start))
        del texts
        table(f"Build, {size:,} terms", ("", "seconds"), [(n, f"{s:.1f}") for n, s in rows])
        glossary = gt.Glossary.open(bundle, verify=False)
        speeds(f"{size:,} terms", glossary, made, asked)
        agreement(glossary, asked)
        ours = f"import genai_terms as g; g.Glossary.open({bundle!r}, verify=False).search('model')"
        disk_and_cold(bundle, paths, ours)
        memory(bundle, [query for queries in asked.values() for query in queries])


def builtin() -> None:
    terms = [*gt.glossary]
    texts, asked = engines.documents(terms), synthetic.queries(terms, 60)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "fts.db")
        made = {name: engines.ENGINES[name](texts) for name in ("tantivy", "bm25s")}
        made = {"SQLite FTS5": engines.FTS5(texts, path), **made}
        bundle = os.path.join(folder, "bundle")
        gt.glossary.save(bundle)
        speeds(f"built-in, {len(terms)} terms", gt.glossary, made, asked)
        suggestions(gt.glossary, terms)
        disk_and_cold(bundle, {"SQLite FTS5": path})


if __name__ == "__main__":
    print(versions("genai-terms", "tantivy", "bm25s", "rapidfuzz"))
    for size in map(int, sys.argv[1:]):
        grown(size)
    if not sys.argv[1:]:
        builtin()
