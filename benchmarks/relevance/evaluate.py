"""Measure how well the glossary is searched, beside the engines a user would pick instead.

    pip install tantivy bm25s rapidfuzz && python benchmarks/relevance/evaluate.py

Success@k: an entry of grade 3 stands among the first k. MRR@10: the mean of 1 / rank of the
first such entry. nDCG@10 counts all grades, gain 2^grade - 1. Rows with an odd number are
reported; the even ones are those that weights were tuned on (--half tuning shows them).
Prefixes are given to `suggest`, all other queries to `search`.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import genai_terms as gt

sys.path.insert(0, str(Path(__file__).parent.parent))
from engines import ENGINES, NAME_KINDS, documents

KINDS = ("name", "abbreviation", "typo", "prefix", "keywords", "question", "description")
AIMS = {
    "name": "s@1 ≥ 0.98",
    "abbreviation": "s@1 ≥ 0.98",
    "typo": "s@1 ≥ 0.95",
    "prefix": "s@3 ≥ 0.97",
    "keywords": "s@3 ≥ 0.90",
    "question": "s@3 ≥ 0.93",
    "description": "s@3 ≥ 0.80",
}
Query = tuple[str, str, dict[str, int]]
Search = Callable[[str, str], list[str]]


def queries(half: str) -> list[Query]:
    with (Path(__file__).parent / "queries.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    present = {term.id for term in gt.glossary}
    found = []
    for number, row in enumerate(rows, 1):
        if half == "all" or (half == "tuning") == (number % 2 == 0):
            grades = {
                term_id: int(grade)
                for term_id, _, grade in (part.partition("=") for part in row["relevant"].split())
                if term_id in present
            }
            if 3 in grades.values():
                found.append((row["kind"], row["query"], grades))
    return found


def scores(ranking: list[str], grades: dict[str, int]) -> tuple[float, float, float, float]:
    places = [place for place, term_id in enumerate(ranking, 1) if grades.get(term_id) == 3]
    first = places[0] if places else math.inf
    gain = sum((2 ** grades.get(t, 0) - 1) / math.log2(p + 1) for p, t in enumerate(ranking, 1))
    ideal = sum(
        (2**grade - 1) / math.log2(place + 1)
        for place, grade in enumerate(sorted(grades.values(), reverse=True)[:10], 1)
    )
    return (first <= 1, first <= 3, 1 / first, gain / ideal)


def ours(query: str, kind: str) -> list[str]:
    if kind == "prefix":
        return [s.term_id for s in gt.suggest(query, limit=10)]
    return [hit.term_id for hit in gt.search(query, limit=10)]


def evaluate(search: Search, half: str) -> dict[str, tuple[float, ...]]:
    found = defaultdict(list)
    for kind, query, grades in queries(half):
        found[kind].append(scores(search(query, kind)[:10], grades))
    return {
        kind: (len(rows), *(sum(column) / len(rows) for column in zip(*rows, strict=True)))
        for kind, rows in found.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("reporting", "tuning", "all"), default="reporting")
    parser.add_argument("--misses", action="store_true", help="list our misses")
    parser.add_argument("--alone", action="store_true", help="do not compare")
    options = parser.parse_args()
    engines: dict[str, Search] = {"genai_terms": ours}
    if not options.alone:
        texts = documents(gt.glossary)
        for name, make in ENGINES.items():
            engine = make(texts)
            engines[name] = lambda query, kind, engine=engine: engine(query, 10, kind == "prefix")
    results = {name: evaluate(search, options.half) for name, search in engines.items()}
    print(f"{len(queries(options.half))} queries ({options.half}), {len(gt.glossary)} terms")
    for kind in KINDS:
        print(f"\n#### {kind} ({results['genai_terms'][kind][0]} queries; aim {AIMS[kind]})\n")
        print("| engine | s@1 | s@3 | MRR@10 | nDCG@10 |\n| --- | --- | --- | --- | --- |")
        for name, rows in results.items():
            if name not in NAME_KINDS or kind in NAME_KINDS[name]:
                print(f"| {name} |", " | ".join(f"{value:.3f}" for value in rows[kind][1:]), "|")
    if options.misses:
        for kind, query, grades in queries(options.half):
            ranking = ours(query, kind)
            if not scores(ranking[:10], grades)[
                1 if kind not in AIMS or "s@3" in AIMS[kind] else 0
            ]:
                print(f"{kind}\t{query}\t{[t for t in grades if grades[t] == 3]}\t{ranking[:4]}")


if __name__ == "__main__":
    main()
