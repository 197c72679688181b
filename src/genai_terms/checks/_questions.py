"""Rules about questions and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from genai_terms._text import fold
from genai_terms.checks._rules import Corpus, Draft, Fault, entry_rule, rule

_SHORTEST: Final = 35
_LONGEST: Final = 90
_WHAT_IS: Final = re.compile(r"what(?:'s| is| are)(?: an?| the)? ", re.IGNORECASE)


@entry_rule("W501", "A question that does not end with a question mark.")
def _mark(draft: Draft) -> Iterator[Fault]:
    for at, faq in enumerate(draft.term.faqs):
        if not faq.question.endswith("?"):
            yield Fault(draft, ("faqs", at), f"{faq.question!r} has no question mark", "ask it")


@rule("W502", "The same question stands in two places.")
def _duplicate(corpus: Corpus) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for draft in corpus.drafts:
        for at, faq in enumerate(draft.term.faqs):
            key = fold(faq.question)
            if key in first:
                yield Fault(draft, ("faqs", at), f"{faq.question!r} also stands in {first[key]}",
                            "keep it where a reader would look for it")  # fmt: skip
            first.setdefault(key, draft.term.id)


@entry_rule("W503", "A question that only asks what the headword is.")
def _headword(draft: Draft) -> Iterator[Fault]:
    names = {fold(name) for name in (*draft.term.names, draft.term.title)}
    for at, faq in enumerate(draft.term.faqs):
        asked = _WHAT_IS.match(faq.question)
        if asked and fold(faq.question[asked.end() :].rstrip("? ")) in names:
            yield Fault(draft, ("faqs", at), f"{faq.question!r} is what the overview answers",
                        "ask what a reader asks next")  # fmt: skip


@entry_rule("W504", "An answer shorter than 35 or longer than 90 words.")
def _length(draft: Draft) -> Iterator[Fault]:
    for at, faq in enumerate(draft.term.faqs):
        count = len(faq.answer.split())
        if not _SHORTEST <= count <= _LONGEST:
            yield Fault(draft, ("faqs", at, "answer"), f"{count} words",
                        f"write {_SHORTEST} to {_LONGEST}")  # fmt: skip
