"""The types that a user sees; read by mypy and pyright in strict mode, never run."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import assert_type

import genai_terms as gt
from genai_terms import checks, strategies

term = gt.lookup("RAG")
assert_type(term, gt.Term)
assert_type(gt.get("RAG"), gt.Term | None)
assert_type(gt.lookup_all("RAG"), tuple[gt.Term, ...])
assert_type(gt.glossary, gt.Glossary)
assert_type(gt.glossary["RAG"], gt.Term)
assert_type(len(gt.glossary), int)
assert_type(term in gt.glossary, bool)
assert_type([t.id for t in gt.glossary], list[str])
assert_type(gt.faqs(), tuple[gt.FAQ, ...])
assert_type(gt.glossary.categories, tuple[gt.Category, ...])
assert_type(gt.glossary.filter(kind=gt.Kind.ROLE, tier=(1, 2)), gt.Glossary)
assert_type(gt.glossary | gt.Glossary([term]), gt.Glossary)
assert_type(gt.Glossary.open(Path("b")), gt.Glossary)
assert_type(gt.Glossary.from_yaml("c"), gt.Glossary)

assert_type(term.faqs, tuple[gt.FAQ, ...])
assert_type(term.related[0].relation, gt.Relation)
assert_type(term.related[0].relation.inverse, gt.Relation)
assert_type(term.formula, gt.Formula | None)
assert_type(term.reviewed, date | None)
assert_type(term.references[0].href, str)
assert_type(term.kind, gt.Kind)

assert_type(gt.search("x", limit=3, kind="role"), list[gt.SearchHit])
hit = gt.search("x")[0]
assert_type(hit.term, gt.Term)
assert_type(hit.highlights, tuple[tuple[int, int], ...])
assert_type(gt.search_faqs("x")[0].faq, gt.FAQ)
assert_type(gt.suggest("x")[0].matched, str)

assert_type(checks.check(gt.glossary), tuple[checks.Finding, ...])
strategies.glossaries(min_size=1)

try:
    gt.lookup("x")
except gt.TermNotFoundError as error:
    assert_type(error.suggestions, tuple[str, ...])

gt.lookup(3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
gt.search("x", limit="3")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
term.shape  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
