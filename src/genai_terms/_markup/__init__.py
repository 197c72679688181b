"""Links to terms, put into HTML and Markdown: their source stays as it is everywhere else."""

from __future__ import annotations

from genai_terms._markup.html import annotate_html

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from genai_terms._glossary import Glossary
    from genai_terms._markup._link import Link

__all__ = ["annotate_html", "annotate_markdown"]


def annotate_markdown(
    text: str,
    *,
    link: Link,
    glossary: Glossary | None = None,
    first_only: bool = False,
    kinds: str | Iterable[str] | None = None,
    levels: str | Iterable[str] | None = None,
    exclude: str | Iterable[str] = (),
    common_words: bool = True,
) -> str:
    r"""Return the Markdown *text* with mentions of terms linked; the rest stays as it is.

    CommonMark with tables and strikethrough is understood. Code, links, images, autolinks,
    addresses, headings, the head of a table, HTML, link reference definitions, front matter,
    formulas in TeX and whatever stands in brackets or braces are left alone, and so is a
    mention whose link could change how the text around it reads. Formulas stand between
    dollar signs, ``\(`` and ``\)``, or ``\[`` and ``\]``; ``$5 and $6`` is none. A formula ends
    with its paragraph, as in Pandoc and on GitHub, but for ``$$`` alone on a line at both its
    ends, as Jupyter and remark have it. To annotate twice changes nothing.

    Args:
        text: Markdown of any length.
        link: As for `annotate_html`; `start` and `end` of a mention count in *text*.
        glossary: The terms to link; the built-in glossary if None.
        first_only: Whether to link each term once only. A mention that is the whole text of
            a link counts, wherever that link leads.
        kinds: Only terms of these kinds.
        levels: Only terms of these levels.
        exclude: Names or ids of terms to leave out.
        common_words: Whether to link terms that are called by an everyday word.

    Raises:
        TypeError: *text* is not a str, or *link* neither a str nor callable.
        ValueError: An address is not allowed, or a kind, level or excluded name is unknown.
        MissingExtraError: markdown-it-py is not installed.

    >>> from genai_terms import annotate_markdown
    >>> annotate_markdown("# LLM\n\nAn **LLM** in `LLM`.", link="/glossary/{id}")
    '# LLM\n\nAn **[LLM](/glossary/large-language-model)** in `LLM`.'
    """
    from genai_terms import _optional
    from genai_terms._markup._link import Linker

    markdown = _optional.load("_markup.markdown", "Reading Markdown", "markup", "markdown-it-py")
    linker = Linker(
        glossary, link, kinds=kinds, levels=levels, exclude=exclude, common_words=common_words
    )
    annotated: str = markdown.annotate(text, linker, first_only=first_only)
    return annotated


def __dir__() -> list[str]:
    return __all__
