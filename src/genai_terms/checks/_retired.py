"""Rules about ids that were merged into another entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from genai_terms.checks._rules import Corpus, Declared, Fault, rule

_FILE: Final = "_retired.yaml"


@rule("E801", "A retired id is an entry again.")
def _revived(corpus: Corpus) -> Iterator[Fault]:
    for old in sorted(corpus.retired.keys() & corpus.by_id.keys()):
        yield Fault(Declared(_FILE, old), (), f"{old!r} is an entry", "remove the line")


@rule("E802", "A retired id leads to no entry.")
def _lost(corpus: Corpus) -> Iterator[Fault]:
    entries = corpus.by_id.keys() | corpus.unread
    for old, new in corpus.retired.items():
        if new not in entries:
            yield Fault(Declared(_FILE, old), (), f"{old!r} leads to {new!r}, which is no entry",
                        "name the entry that took its place")  # fmt: skip
