"""Rules about links: they lead somewhere, agree with each other, and form a map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from genai_terms._vocabulary import Relation
from genai_terms.checks._rules import Corpus, Declared, Draft, Fault, Where, entry_rule, rule

_LONGEST_NOTE: Final = 20
_HIERARCHY: Final = (Relation.BROADER, Relation.PART_OF, Relation.INSTANCE_OF)
_ACYCLIC: Final = (_HIERARCHY, (Relation.REQUIRES,))
_ONE_WAY: Final = (
    Relation.INSTANCE_OF,
    Relation.SUPERSEDES,
    Relation.MITIGATES,
    Relation.MEASURES,
    Relation.PRACTICED_BY,
)


def _links(draft: Draft) -> Iterator[tuple[Where, str, Relation]]:
    for at, link in enumerate(draft.term.related):
        yield ("related", at), link.id, link.relation


@rule("E401", "A link leads to an id that is neither an entry nor planned.")
def _unknown(corpus: Corpus) -> Iterator[Fault]:
    if corpus.unsure("_planned.yaml"):
        return
    known = corpus.known
    for draft in corpus.drafts:
        for where, target, _ in _links(draft):
            if target not in known:
                new = corpus.retired.get(target)
                advice = f"link to {new!r}" if new else "link to an entry or a planned id"
                yield Fault(draft, where, f"no entry {target!r}", advice)


@entry_rule("E402", "An entry links to itself.")
def _self(draft: Draft) -> Iterator[Fault]:
    for where, target, _ in _links(draft):
        if target == draft.term.id:
            yield Fault(draft, where, "links to itself", "remove the link")


@entry_rule("E403", "An entry links twice to the same target.")
def _twice(draft: Draft) -> Iterator[Fault]:
    seen: set[str] = set()
    for where, target, _ in _links(draft):
        if target in seen:
            yield Fault(draft, where, f"a second link to {target!r}", "keep the closer relation")
        seen.add(target)


@rule("E404", "Links up the hierarchy, or to what is required, lead in a circle.")
def _cycle(corpus: Corpus) -> Iterator[Fault]:
    by_id = corpus.by_id
    for relations in _ACYCLIC:
        edges = {
            draft.term.id: [t for _, t, r in _links(draft) if r in relations and t in by_id]
            for draft in corpus.drafts
        }
        for circle in _circles(edges):
            draft = by_id[circle[0]]
            where, first = next(
                (w, r) for w, t, r in _links(draft) if t == circle[1] and r in relations
            )
            yield Fault(draft, where, f"{first} leads in a circle: {' → '.join(circle)}",
                        "remove the least natural of these links")  # fmt: skip


def _circles(edges: dict[str, list[str]]) -> Iterator[list[str]]:
    """Yield one closed path for each circle that a depth-first walk meets."""
    done: set[str] = set()
    for root in sorted(edges):
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[Iterator[str]] = []
        if root not in done:
            path, on_path, stack = [root], {root}, [iter(edges[root])]
        while stack:
            target = next(stack[-1], None)
            if target is None:
                stack.pop()
                left = path.pop()
                on_path.discard(left)
                done.add(left)
            elif target in on_path:
                yield [*path[path.index(target) :], target]
            elif target not in done:
                path.append(target)
                on_path.add(target)
                stack.append(iter(edges[target]))


@rule("E405", "Two links between the same terms contradict each other.")
def _contradiction(corpus: Corpus) -> Iterator[Fault]:
    said: dict[tuple[str, str], set[Relation]] = defaultdict(set)
    for draft in corpus.drafts:
        for _, target, relation in _links(draft):
            said[draft.term.id, target].add(relation)
    for draft in corpus.drafts:
        for where, target, relation in _links(draft):
            back = said.get((target, draft.term.id), set())
            clash = next((r for r in sorted(back) if _clash(relation, r)), None)
            if clash:
                yield Fault(draft, where, f"{relation} {target!r}, which says {clash} of it",
                            "decide which one holds")  # fmt: skip


def _clash(one: Relation, other: Relation) -> bool:
    if one is other:
        return one in _ONE_WAY
    pair = {one, other}
    hierarchical = pair & set(_HIERARCHY)
    return len(hierarchical) == 2 or bool(hierarchical and Relation.ALTERNATIVE_TO in pair)


@rule("W406", "A broader link that already follows from another one.")
def _redundant(corpus: Corpus) -> Iterator[Fault]:
    broader = {
        draft.term.id: {t for _, t, r in _links(draft) if r is Relation.BROADER}
        for draft in corpus.drafts
    }
    for draft in corpus.drafts:
        for where, target, relation in _links(draft):
            others = broader[draft.term.id] - {target}
            if relation is Relation.BROADER and target in _ancestors(others, broader):
                yield Fault(draft, where, f"{target!r} already follows from a narrower link",
                            "keep the nearest broader term only")  # fmt: skip


def _ancestors(start: Iterable[str], broader: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        for parent in broader.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found


@entry_rule("E407", "A link states a relation that is derived from the other end.")
def _derived(draft: Draft) -> Iterator[Fault]:
    for where, target, relation in _links(draft):
        if not relation.authored:
            yield Fault(draft, where, f"{relation} is derived",
                        f"write {relation.inverse} in {target!r} instead")  # fmt: skip


@rule("W408", "An entry that no link leaves or reaches.")
def _orphan(corpus: Corpus) -> Iterator[Fault]:
    reached = {target for draft in corpus.drafts for _, target, _ in _links(draft)}
    for draft in corpus.drafts:
        if not draft.term.related and draft.term.id not in reached:
            yield Fault(draft, (), "no link leaves it or leads to it", "add its broader term")


@entry_rule("W409", "A link without a note that says why, in at most 20 words.")
def _note(draft: Draft) -> Iterator[Fault]:
    for at, link in enumerate(draft.term.related):
        note = link.note or ""
        if not note or note.lower().startswith(("related concept", "related term")):
            yield Fault(draft, ("related", at), f"the link to {link.id!r} says no reason",
                        "say why the two belong together")  # fmt: skip
        elif len(note.split()) > _LONGEST_NOTE:
            yield Fault(draft, ("related", at), f"a note of {len(note.split())} words",
                        f"at most {_LONGEST_NOTE}")  # fmt: skip


@rule("W410", "An id stands in _planned.yaml although its entry exists.")
def _planned(corpus: Corpus) -> Iterator[Fault]:
    for term_id in sorted(corpus.planned & corpus.by_id.keys()):
        yield Fault(Declared("_planned.yaml", term_id), (), f"{term_id!r} has an entry",
                    "remove the line")  # fmt: skip


@rule("W411", "An entry has no broader, part_of or instance_of link, and is not the only top.")
def _no_parent(corpus: Corpus) -> Iterator[Fault]:
    tops = [d for d in corpus.drafts if not any(r in _HIERARCHY for _, _, r in _links(d))]
    children: dict[str, int] = defaultdict(int)
    for draft in corpus.drafts:
        for _, target, relation in _links(draft):
            children[target] += relation in _HIERARCHY
    for draft in tops:
        if not children[draft.term.id]:
            yield Fault(draft, ("related",), "no broader, part_of or instance_of link",
                        "name the term that it is a kind, part or case of")  # fmt: skip
