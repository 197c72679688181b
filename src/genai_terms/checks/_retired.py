"""Rules about ids that were merged into another entry."""

from __future__ import annotations

from collections.abc import Iterator

from genai_terms.checks._rules import Corpus, Draft, Fault, rule


def _any(corpus: Corpus) -> Draft | None:
    return next(iter(corpus.drafts), None)


@rule("E801", "A retired id is an entry again.")
def _revived(corpus: Corpus) -> Iterator[Fault]:
    for draft in corpus.drafts:
        if draft.term.id in corpus.retired:
            yield Fault(draft, (), "the id stands in _retired.yaml", "remove it there")


@rule("E802", "A retired id leads to no entry.")
def _lost(corpus: Corpus) -> Iterator[Fault]:
    by_id = corpus.by_id
    draft = _any(corpus)
    for old, new in corpus.retired.items():
        if new not in by_id and draft is not None:
            yield Fault(draft, (), f"_retired.yaml: {old!r} leads to {new!r}, which is no entry",
                        "name the entry that took its place")  # fmt: skip
