"""Rules about names: each leads to one term, or is declared to lead to several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from genai_terms._names import given_keys
from genai_terms._text import fold, words
from genai_terms.checks._rules import Corpus, Declared, Draft, Fault, Where, entry_rule, rule

_FIELDS = ("abbreviations", "aliases", "covers")


def named(draft: Draft) -> Iterator[tuple[Where, str]]:
    """Yield every name of an entry with the place where it is written."""
    yield ("name",), draft.term.name
    for field in _FIELDS:
        for at, text in enumerate(getattr(draft.term, field)):
            yield (field, at), text


@rule("E106", "An entry stands in a folder that _categories.yaml does not list.")
def _undeclared_category(corpus: Corpus) -> Iterator[Fault]:
    listed = {category.id for category in corpus.categories}
    if not listed or corpus.unsure("_categories.yaml"):
        return
    for draft in corpus.drafts:
        if draft.term.category not in listed:
            yield Fault(draft, (), f"the category {draft.term.category!r} is not declared",
                        "move the file, or add the category to _categories.yaml")  # fmt: skip


@rule("E201", "Two terms bear the same name, and it is not declared ambiguous.")
def _shared_name(corpus: Corpus) -> Iterator[Fault]:
    if corpus.unsure("_ambiguous.yaml"):
        return
    bearers: dict[str, set[str]] = defaultdict(set)
    for draft in corpus.drafts:
        for key in given_keys(draft.term):
            bearers[key].add(draft.term.id)
    declared = {fold(name) for name in corpus.ambiguous}
    for draft in corpus.drafts:
        own = fold(draft.term.id)
        for where, text in named(draft):
            key = fold(text)
            others = sorted(bearers[key] - {draft.term.id})
            if others and key not in declared and key != own:
                yield Fault(draft, where, f"{text!r} is also a name of {', '.join(others)}",
                            "remove it from one, or declare it in _ambiguous.yaml")  # fmt: skip


@rule("E205", "Two entries have the same id, or ids that differ only in hyphens.")
def _shared_id(corpus: Corpus) -> Iterator[Fault]:
    first: dict[str, Draft] = {}
    for draft in corpus.drafts:
        other = first.setdefault(fold(draft.term.id), draft)
        if other is not draft:
            where = f" ({other.path})" if other.path else ""
            yield Fault(draft, (), f"the id is also that of {other.term.id!r}{where}",
                        "rename one of them")  # fmt: skip


@rule("E202", "A name of one term is the id of another.")
def _name_is_an_id(corpus: Corpus) -> Iterator[Fault]:
    if corpus.unsure("_ambiguous.yaml"):
        return
    ids = {fold(draft.term.id): draft.term.id for draft in corpus.drafts}
    ids |= {fold(term_id): term_id for term_id in corpus.planned}
    declared = {fold(name) for name in corpus.ambiguous}
    for draft in corpus.drafts:
        for where, text in named(draft):
            key = fold(text)
            other = ids.get(key, draft.term.id)
            if other != draft.term.id and key not in declared:
                yield Fault(draft, where, f"{text!r} is the id of the entry {other!r}",
                            "link to that entry instead")  # fmt: skip


@entry_rule("W203", "A name stands twice in one entry.")
def _name_twice(draft: Draft) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for where, text in named(draft):
        key = " ".join(words(text))
        if not fold(text):
            yield Fault(draft, where, f"{text!r} has no letter, digit or symbol", "write a name")
        elif key in seen:
            yield Fault(draft, where, f"{text!r} is the same name as {seen[key]!r}",
                        "remove one; case, hyphens and accents do not make a new name")  # fmt: skip
        seen.setdefault(key, text)


@rule("E204", "A name declared ambiguous is not borne by the terms that are listed.")
def _false_ambiguity(corpus: Corpus) -> Iterator[Fault]:
    by_id, known = corpus.by_id, corpus.known
    for name, ids in corpus.ambiguous.items():
        at = Declared("_ambiguous.yaml", name)
        for term_id in ids:
            draft = by_id.get(term_id)
            if term_id not in known:
                yield Fault(at, (), f"no entry {term_id!r}", "list ids of entries")
            elif draft is not None and fold(name) not in given_keys(draft.term):
                yield Fault(at, (), f"{term_id!r} is not called {name!r}",
                            "add the name to the entry, or remove the id here")  # fmt: skip
