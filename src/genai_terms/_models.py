"""The data: a term of the glossary and the objects that it is made of.

All of them are immutable, closed (an unknown field is an error) and made of tuples, so
that one instance can be shared by every thread and cached for the life of the process.
"""

from datetime import date
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from genai_terms._vocabulary import Kind, Level, ReferenceKind, Relation

__all__ = [
    "FAQ",
    "Category",
    "Example",
    "Formula",
    "Misconception",
    "Reference",
    "RelatedConcept",
    "Term",
]

ID_PATTERN: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_MAX_ID: Final = 80

Slug = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=_MAX_ID)]
_INK: Final = r"[^\s\x00-\x1f\x7f]"
_LINE: Final = rf"^{_INK}(?:[^\x00-\x1f\x7f]*{_INK})?$"
_TEXT: Final = r"[^\x00-\x08\x0b-\x1f\x7f]*"
_PROSE: Final = f"^{_TEXT}{_INK}{_TEXT}$"
Line = Annotated[str, StringConstraints(min_length=1, pattern=_LINE)]
Prose = Annotated[str, StringConstraints(min_length=1, pattern=_PROSE)]
Tier = Annotated[int, Field(ge=1, le=3)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FAQ(_Model):
    """A question as people ask it, with an answer that is complete in itself."""

    __module__ = "genai_terms"

    question: Line = Field(description="The question, one line that ends with a question mark.")
    answer: Prose = Field(description="The answer in plain text; it begins with the answer.")
    term_id: Slug = Field(description="The id of the term that the question belongs to.")


class RelatedConcept(_Model):
    """A typed link to another term, with enough of the target to show it as a card."""

    __module__ = "genai_terms"

    id: Slug = Field(description="The id of the target term.")
    relation: Relation = Field(description='Read as "this term *relation* the target".')
    note: Line | None = Field(
        default=None, description="Why the two belong together, at most 20 words."
    )
    name: Line = Field(description="The target's headword.")
    definition: Prose = Field(description="The target's definition, plain text.")


class Reference(_Model):
    """A source, with exactly one identifier that leads to it."""

    __module__ = "genai_terms"

    title: Line = Field(description="The title as the source itself gives it.")
    authors: Line = Field(description='The authors; from three on, "Vaswani et al.".')
    year: int = Field(ge=1600, le=2100, description="Year of publication.")
    kind: ReferenceKind = Field(description="What sort of source it is.")
    arxiv: Line | None = Field(default=None, description='arXiv identifier, such as "1706.03762".')
    doi: Line | None = Field(default=None, description='Digital object identifier, "10.…/…".')
    isbn: Line | None = Field(default=None, description="ISBN-10 or ISBN-13, hyphens allowed.")
    url: Line | None = Field(default=None, description="Address of the source, http or https.")

    @model_validator(mode="after")
    def _one_identifier(self) -> Self:
        given = [key for key in ("arxiv", "doi", "isbn", "url") if getattr(self, key)]
        if len(given) != 1:
            found = " and ".join(given) or "none"
            raise ValueError(f"a reference has exactly one of arxiv, doi, isbn, url; found {found}")
        return self

    @property
    def href(self) -> str:
        """The address of the source, whichever identifier it was given by.

        >>> Reference(title="Attention Is All You Need", authors="Vaswani et al.",
        ...           year=2017, kind="paper", arxiv="1706.03762").href
        'https://arxiv.org/abs/1706.03762'
        """
        for host, identifier in (
            ("arxiv.org/abs", self.arxiv),
            ("doi.org", self.doi),
            ("openlibrary.org/isbn", self.isbn and self.isbn.replace("-", "").replace(" ", "")),
        ):
            if identifier:
                from urllib.parse import quote

                return f"https://{host}/{quote(identifier, safe='/:;()')}"
        return self.url or ""


class Example(_Model):
    """A concrete case, system or use."""

    __module__ = "genai_terms"

    name: Line = Field(description="What the case is called, a few words.")
    text: Prose = Field(description="What it shows, one sentence of plain text.")


class Misconception(_Model):
    """Something that people say, and what is true."""

    __module__ = "genai_terms"

    claim: Prose = Field(description="What people say.")
    correction: Prose = Field(description="What is true, one or two sentences.")


class Formula(_Model):
    """The one equation that an expert would expect."""

    __module__ = "genai_terms"

    latex: Prose = Field(description="The equation in LaTeX math mode, without delimiters.")
    meaning: Prose = Field(description="What each symbol stands for, plain text.")


class Category(_Model):
    """A region of the field, by which the terms are shelved."""

    __module__ = "genai_terms"

    id: Slug = Field(description="The folder that holds the entries, and `Term.category`.")
    title: Line = Field(description="The name that a reader sees.")
    scope: Prose = Field(description="What belongs here, one sentence.")
    order: int = Field(ge=1, description="The place in a list of categories, from 1.")


class Term(_Model):
    """One entry of the glossary, complete in itself.

    >>> term = Term(id="token", name="Token", definition="A unit of text that a model reads.")
    >>> term.names
    ('Token',)
    >>> term.faqs
    ()
    """

    __module__ = "genai_terms"

    id: Slug = Field(description="Stable identifier: lower-case words joined by hyphens.")
    name: Line = Field(description="The headword, sentence case, proper names kept.")
    abbreviations: tuple[Line, ...] = Field(default=(), description='Short forms, such as "LLM".')
    aliases: tuple[Line, ...] = Field(default=(), description="Other names of the very same thing.")
    covers: tuple[Line, ...] = Field(
        default=(),
        description="Versions, parts and special cases that are treated here; lookup finds "
        "them, they are not synonyms.",
    )
    category: Slug = Field(
        default="general", description="The id of the category it is shelved under."
    )
    kind: Kind = Field(default=Kind.CONCEPT, description="What sort of thing the term names.")
    level: Level = Field(default=Level.BEGINNER, description="How much a reader must know before.")
    tier: Tier = Field(
        default=3, description="Depth of the entry, 1 (every reader expects it) to 3 (specialist)."
    )
    introduced: int | None = Field(
        default=None, ge=1600, le=2100, description="Year coined, published or released."
    )
    definition: Prose = Field(
        description="What it is, one or two sentences that could replace the headword."
    )
    overview: Prose | None = Field(default=None, description="What it is, in plain language.")
    how_it_works: Prose | None = Field(default=None, description="The mechanism, step by step.")
    deep_dive: Prose | None = Field(
        default=None, description="Variants, mathematics, numbers and trade-offs for practitioners."
    )
    why_it_matters: Prose | None = Field(
        default=None, description="The consequence for people who build, buy or are affected."
    )
    considerations: Prose | None = Field(
        default=None, description="Limits, failure modes, risks, trade-offs."
    )
    career_relevance: Prose | None = Field(
        default=None, description="Which roles use it, for what task, what an interviewer asks."
    )
    origin: Prose | None = Field(default=None, description="Who coined it, when, and why the name.")
    misconceptions: tuple[Misconception, ...] = Field(
        default=(), description="What people say and what is true."
    )
    examples: tuple[Example, ...] = Field(
        default=(), description="Concrete cases, systems or uses."
    )
    formula: Formula | None = Field(
        default=None, description="The equation that an expert expects."
    )
    faqs: tuple[FAQ, ...] = Field(
        default=(), description="Questions that people ask, with answers."
    )
    related: tuple[RelatedConcept, ...] = Field(
        default=(), description="The links that the author chose, in the author's order."
    )
    references: tuple[Reference, ...] = Field(default=(), description="Primary sources.")
    search_phrases: tuple[Line, ...] = Field(
        default=(),
        description="What somebody types who does not know the name; indexed, never shown.",
    )
    common_word: bool = Field(
        default=False, description="Whether the name is an everyday word, such as token or agent."
    )
    reviewed: date | None = Field(
        default=None, description="Date on which every fact was last checked, ISO 8601."
    )

    @property
    def names(self) -> tuple[str, ...]:
        """Headword, abbreviations and aliases, in this order; not what it covers.

        >>> Term(id="llm", name="Large language model", abbreviations=("LLM",),
        ...      definition="A language model with billions of parameters.").names
        ('Large language model', 'LLM')
        """
        return (self.name, *self.abbreviations, *self.aliases)

    @property
    def title(self) -> str:
        """The headword with its first abbreviation, as a page would be titled.

        >>> Term(id="llm", name="Large language model", abbreviations=("LLM",),
        ...      definition="A language model with billions of parameters.").title
        'Large language model (LLM)'
        """
        return f"{self.name} ({self.abbreviations[0]})" if self.abbreviations else self.name

    def __hash__(self) -> int:
        return hash((self.id, self.definition))

    def __str__(self) -> str:
        return self.title

    def __repr__(self) -> str:
        return f"<Term {self.id}: {self.title}>"


def __dir__() -> list[str]:
    return __all__
