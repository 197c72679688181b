"""The engines that a user would pick instead, over the same fields and weights.

Each is made from the documents and answers (query, limit, prefix) with ids, best first.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Callable, Iterable

import genai_terms as gt
from genai_terms._search.analyze import STOP_WORDS
from genai_terms._text import fold, words

FIELDS = ("names", "phrases", "definition", "questions", "prose")
WEIGHTS = (14.0, 5.0, 5.0, 3.5, 1.0)
NAME_KINDS = {"rapidfuzz": ("name", "abbreviation", "typo")}

Document = tuple[str, str, str, str, str, str]
Engine = Callable[[str, int, bool], list[str]]


def documents(terms: Iterable[gt.Term]) -> list[Document]:
    """(id, names, phrases, definition, questions, prose) of every term."""
    found = []
    for term in terms:
        prose = [
            *(getattr(term, field) or "" for field in (
                "overview", "how_it_works", "deep_dive", "why_it_matters", "considerations",
                "career_relevance", "origin")),
            *(faq.answer for faq in term.faqs),
            *(f"{e.name} {e.text}" for e in term.examples),
            *(f"{m.claim} {m.correction}" for m in term.misconceptions),
            *(link.note or "" for link in term.related),
        ]  # fmt: skip
        found.append(
            (
                term.id,
                "\n".join([*term.names, *term.covers]),
                "\n".join(term.search_phrases),
                term.definition,
                "\n".join(faq.question for faq in term.faqs),
                "\n".join(prose),
            )
        )
    return found


def terms_of(query: str) -> list[str]:
    found = words(query)
    return [word for word in found if word not in STOP_WORDS] or found


class FTS5:
    """SQLite's full-text index, porter stemmer, bm25 with field weights, any word may match."""

    def __init__(self, texts: list[Document], path: str = ":memory:") -> None:
        self.connection = sqlite3.connect(path)
        self.connection.execute(
            f"CREATE VIRTUAL TABLE docs USING fts5(id UNINDEXED, {', '.join(FIELDS)}, "
            "tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')"
        )
        self.connection.executemany(f"INSERT INTO docs VALUES ({','.join('?' * 6)})", texts)
        self.connection.execute("INSERT INTO docs(docs) VALUES ('optimize')")
        self.connection.commit()
        weights = ", ".join(map(str, (0.0, *WEIGHTS)))
        self.sql = f"SELECT id FROM docs WHERE docs MATCH ? ORDER BY bm25(docs, {weights}) LIMIT ?"

    def __call__(self, query: str, limit: int, prefix: bool = False) -> list[str]:
        found = [f'"{word}"' for word in terms_of(query)]
        if not found:
            return []
        if prefix:
            found = [f"names : {' '.join(found[:-1])} {found[-1]} *"]
        rows = self.connection.execute(self.sql, (" OR ".join(found), limit))
        return [row[0] for row in rows]


class Tantivy:
    """tantivy, five English-stemmed fields with boosts, any word may match."""

    def __init__(self, texts: list[Document], path: str | None = None) -> None:
        import tantivy

        self.tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for field in FIELDS:
            builder.add_text_field(field, stored=False, tokenizer_name="en_stem")
        self.index = tantivy.Index(builder.build(), path=path)
        writer = self.index.writer(64_000_000, num_threads=1)
        for term_id, *fields in texts:
            writer.add_document(
                tantivy.Document(id=term_id, **dict(zip(FIELDS, fields, strict=True)))
            )
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        self.boosts = dict(zip(FIELDS, WEIGHTS, strict=True))

    def __call__(self, query: str, limit: int, prefix: bool = False) -> list[str]:
        found = " ".join(terms_of(query))
        if not found:
            return []
        parsed, _ = self.index.parse_query_lenient(
            f'names:"{found}"*' if prefix else found, [*FIELDS], field_boosts=self.boosts
        )
        hits = self.searcher.search(parsed, limit, count=False).hits
        return [self.searcher.doc(address)["id"][0] for _, address in hits]


class BM25S:
    """bm25s over one text a term, in which weighty fields are repeated."""

    def __init__(self, texts: list[Document]) -> None:
        import bm25s
        from snowballstemmer import stemmer

        stem = functools.cache(stemmer("english").stemWord)
        self.stem = lambda found: [*map(stem, found)]
        self.ids = [text[0] for text in texts]
        corpus = [
            self.stem(
                [
                    word
                    for weight, field in zip(WEIGHTS, fields, strict=True)
                    for word in terms_of(field) * max(1, round(weight))
                ]
            )
            for _, *fields in texts
        ]
        self.retriever = bm25s.BM25()
        self.retriever.index(corpus, show_progress=False)

    def __call__(self, query: str, limit: int, prefix: bool = False) -> list[str]:
        found = self.stem(terms_of(query))
        if not found:
            return []
        results, ranks = self.retriever.retrieve(
            [found], k=min(limit, len(self.ids)), show_progress=False
        )
        return [self.ids[n] for n, s in zip(results[0], ranks[0], strict=True) if s > 0]


class RapidFuzz:
    """rapidfuzz over all folded names."""

    def __init__(self, texts: list[Document]) -> None:
        self.names = {fold(n): d[0] for d in texts for n in d[1].split("\n")}
        self.keys = [*self.names]

    def __call__(self, query: str, limit: int, prefix: bool = False) -> list[str]:
        from rapidfuzz import fuzz, process

        best = process.extract(fold(query), self.keys, scorer=fuzz.ratio, limit=limit)
        return list(dict.fromkeys(self.names[key] for key, _, _ in best))


ENGINES: dict[str, Callable[[list[Document]], Engine]] = {
    "SQLite FTS5": FTS5,
    "tantivy": Tantivy,
    "bm25s": BM25S,
    "rapidfuzz": RapidFuzz,
}
