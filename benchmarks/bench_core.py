"""Import, lookup, decoding and export, beside what a user would pick instead.

pip install pycountry mendeleev wn rapidfuzz && python benchmarks/bench_core.py
"""

from __future__ import annotations

import random

import pycountry
from _measure import compared, interleaved, processes, ratio, table, timed, unit, versions
from pydantic import TypeAdapter
from rapidfuzz import fuzz, process

import genai_terms as gt
from genai_terms._text import fold

MODELS = """
from typing import Annotated
from datetime import date
from enum import StrEnum
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
import genai_terms._models
"""
PARSE_ALL = """
import genai_terms._models as m
from pydantic import TypeAdapter
import genai_terms._bundle as b, os
lines = open(os.path.join(os.path.dirname(b.__file__), '_data', 'terms.jsonl'), 'rb').read()
TypeAdapter(list[m.Term]).validate_json(b'[' + b','.join(lines.splitlines()) + b']')
"""


def starts() -> None:
    seen = processes(
        {
            "python -c pass": "pass",
            "import genai_terms": "import genai_terms",
            "import pycountry": "import pycountry",
            "import mendeleev": "import mendeleev",
            "import wn": "import wn",
        }
    )
    compared("Import, whole processes", seen, "python -c pass", "genai_terms ≤ 1.1")
    seen = processes(
        {
            "import re": "import re",
            "import + first search": "import genai_terms as g; g.search('make things up')",
            "import + first suggest": "import genai_terms as g; g.suggest('retriev')",
            "import + first annotate": "import genai_terms as g; g.annotate('Ask an LLM.')",
            "import + failed lookup": "import genai_terms as g; g.get('no such term')",
        }
    )
    compared("Find something, whole processes", seen, "import re", "≤ 1.5")
    seen = processes(
        {
            "import pydantic, define the models": MODELS,
            "import + first lookup": "import genai_terms as g; g.lookup('RAG')",
            "parse and validate the whole glossary": PARSE_ALL,
            "pycountry: import + first lookup": "import pycountry as p; p.countries.lookup('fr')",
            "mendeleev: import + first element": "from mendeleev import element; element('Fe')",
        }
    )
    compared("First lookup, whole processes", seen, "import pydantic, define the models", "≤ 1.1")
    share = ratio(seen, "import + first lookup", "parse and validate the whole glossary")
    print(f"\nFirst lookup / parsing the whole glossary: {share:.2f} (budget: ≤ 0.6)")


def lookups() -> None:
    glossary = gt.glossary
    table_of = {term.name: term for term in glossary}
    spellings = {
        "id": "retrieval-augmented-generation",
        "name, exact": "Retrieval-augmented generation",
        "abbreviation": "RAG",
        "case and spaces": "retrieval augmented  GENERATION",
        "plural": "LLMs",
        "British": "tokenisation",
        "Name (ABBR)": "Large language model (LLM)",
    }
    candidates = {
        "dict[str]": lambda: table_of["Retrieval-augmented generation"],
        **{f"lookup: {kind}": (lambda n=n: glossary.lookup(n)) for kind, n in spellings.items()},
        "pycountry get": lambda: pycountry.countries.get(alpha_2="FR"),
        "pycountry lookup": lambda: pycountry.countries.lookup("France"),
    }
    seen = interleaved(candidates, repeat=5000)
    compared("Warm lookup", seen, "pycountry lookup", "≤ 0.4")
    exact = ratio(seen, "lookup: name, exact", "dict[str]")
    print(f"\nExact spelling / dict hit: {exact:.1f} (budget: ≤ 4)")

    def anew() -> None:
        glossary._remembered.clear()
        glossary._bundle.names._found.clear()
        glossary.lookup("retrieval augmented generation")

    seen = interleaved(
        {
            "a spelling not met before": anew,
            "pycountry lookup": candidates["pycountry lookup"],
            "pycountry search_fuzzy": lambda: pycountry.countries.search_fuzzy("Fran"),
        },
        repeat=50,
    )
    compared("Lookup without memory", seen, "pycountry lookup")


def slips(name: str, count: int, rng: random.Random) -> str:
    for _ in range(count):
        at = rng.randrange(1, len(name) - 1)
        letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
        name = rng.choice(
            [
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            ]
        )
    return name


def misses() -> None:
    glossary = gt.glossary
    names = {fold(n): t.id for t in glossary for n in (*t.names, *t.covers)}
    keys = list(names)
    rng = random.Random(7)
    chosen = [key for key in keys if len(key) >= 8]
    for count in (1, 2):
        queries = [(slips(key, count, rng), names[key]) for key in rng.sample(chosen, 150)]
        queries = [(q, i) for q, i in queries if glossary.get(q) is None]

        def ours(queries: list[tuple[str, str]] = queries) -> int:
            hits = 0
            for query, term_id in queries:
                near = glossary._bundle.names.near(fold(query), 3)
                hits += bool(near) and glossary._bundle.names.ids.text(near[0][2]) == term_id
            return hits

        def theirs(queries: list[tuple[str, str]] = queries) -> int:
            hits = 0
            for query, term_id in queries:
                best = process.extractOne(query, keys, scorer=fuzz.ratio)
                hits += best is not None and names[best[0]] == term_id
            return hits

        seen = interleaved({"near names": ours, "rapidfuzz extractOne": theirs}, rounds=41)
        per = len(queries)
        rows = [
            ("near names", unit(min(seen["near names"]) / per), f"{ours() / per:.3f}",
             f"{ratio(seen, 'near names', 'rapidfuzz extractOne'):.2f}"),
            ("rapidfuzz extractOne", unit(min(seen["rapidfuzz extractOne"]) / per),
             f"{theirs() / per:.3f}", "1.00"),
        ]  # fmt: skip
        table(f"A miss with suggestions, {count} slips, {len(keys):,} names (budget: ≤ 0.75, "
              f"recall@1 ≥ {0.98 if count == 1 else 0.95})",
              ("", "a query", "recall@1", "ratio"), rows)  # fmt: skip


def whole() -> None:
    glossary = gt.glossary
    raw = gt.export.jsonl.dumps(glossary).encode().splitlines()
    adapter = TypeAdapter(gt.Term)
    many = TypeAdapter(list[gt.Term])
    terms = [*glossary]

    def decode() -> None:
        glossary._bundle._terms.clear()
        for _ in glossary:
            pass

    compared(
        f"Decode all {len(raw):,} terms",
        interleaved(
            {"Glossary": decode, "TypeAdapter": lambda: [adapter.validate_json(r) for r in raw]},
            rounds=7,
        ),
        "TypeAdapter",
        "≤ 1.1",
    )
    glossary._bundle._terms.update(enumerate(terms))
    print(f"\nIterate all, decoded: {unit(timed(lambda: [t for t in glossary], 50))}")
    compared(
        "Export all to JSON Lines",
        interleaved(
            {
                "export.jsonl.dumps": lambda: gt.export.jsonl.dumps(glossary),
                "export.json.dumps": lambda: gt.export.json.dumps(glossary),
                "TypeAdapter.dump_json": lambda: many.dump_json(terms),
            },
            rounds=7,
        ),
        "TypeAdapter.dump_json",
        "≤ 0.5",
    )


if __name__ == "__main__":
    print(versions("genai-terms", "pydantic", "pycountry", "mendeleev", "wn", "rapidfuzz"))
    starts()
    lookups()
    misses()
    whole()
