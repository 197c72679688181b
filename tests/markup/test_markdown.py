"""Markdown: what is linked, and that nothing else changes, as markdown-it renders it."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import genai_terms as gt
from genai_terms._markup.markdown import _shifts

_LINK = "/g/(x)[1]$*_&copy={id}"
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_HREFS = {
    _PARSER.normalizeLink(_LINK.replace("{id}", term_id))
    for term_id in ("large-language-model", "r-and-d", "token")
}

_PIECES = st.sampled_from(
    ["LLM", "LLM", "LLM ", "RAG", "Token", "large language model", "large", "language",
     "model", " ", " ", " and ", "x", "\n", "\n", "\n\n", "*", "**", "_", "__", "~~", "`",
     "``", "[", "]", "(", ")", "![", "](", "](/u)", "[LLM](/u)", "[RAG ](/u)", "[LLM]",
     "[llm]: /u\n", "[x][", "!", "\\", "<b>", "</b>", "<a>", "</a>", "<!-- ", "-->",
     "<http://LLM.x>", "&amp;", "&", "$", "$$", "> ", "- ", "1. ", "# ", "\n# ", "\n===\n",
     "\n---\n", "    ", "\t", "```\n", "|", "\n|---|---|\n", "| LLM | RAG |\n", "\\|",
     "<div>\n", "</div>\n", "{", "}", "https://LLM.x/RAG ", "\r\n", "\0", "\x0b", "\xa0", '"',
     "'", ":", ",", ".", "---\n", "+++\n", "  \n", "é", "~", "^", "<LLM", "[^1]", "\\(", "\\)",
     "\\[", "\\]"]
)  # fmt: skip
_EMPHASIS = st.sampled_from(
    ["LLM", "LLM", "RAG", "*", "**", "***", "_", "__", "~~", " ", ",", ".", "(", ")", "x",
     "\n", "`", "[a](/u)", "\\*", "!", "é", "<b>"]
)  # fmt: skip
WOVEN = st.lists(_PIECES, max_size=24).map("".join) | st.lists(_EMPHASIS, max_size=16).map("".join)
ARBITRARY = st.text(st.sampled_from("LLM *_`[]()!\\<>\n|-#&~$"), max_size=50) | st.text()


def annotated(text, small, **options):
    return gt.annotate_markdown(text, link=_LINK, glossary=small, **options)


def rendered(text):
    """Return what markdown-it makes of *text*, without our links."""
    found = []

    def walk(tokens):
        own = []
        for token in tokens:
            if token.type == "link_open":
                own.append(token.attrs["href"] in _HREFS)
            if (token.type == "link_open" and own[-1]) or (
                token.type == "link_close" and own.pop()
            ):
                continue
            if token.type == "text" and found and found[-1][0] == "text":
                found[-1] = ("text", found[-1][1] + token.content)
            elif token.type == "text":
                found.append(("text", token.content))
            else:
                found.append((token.type, token.tag, str(token.attrs), token.info))
                if token.children is None:
                    found.append(("content", token.content))
                walk(token.children or [])

    walk(_PARSER.parse(text))
    return found


@given(text=WOVEN | ARBITRARY)
@example(text="</a>[LLM](/u)")
@example(text="a*LLM* **LLM** (*LLM*) *a (**LLM**, b*")
@example(text="> large\nlanguage model")
@example(text="---\n```\n---\nLLM")
@example(text="\\**LLM**")
def test_the_rendering_without_our_links_is_that_of_the_source(text, small):
    """A link changes nothing but that there is a link."""
    text = re.sub("[\ud800-\udfff]", "", text)
    assert rendered(annotated(text, small)) == rendered(text)


@given(text=WOVEN | ARBITRARY, first_only=st.booleans())
@example(text="RAG*LLM*, LLM RAG-LLM", first_only=False)
@example(text="[LLM](/mine) LLM", first_only=True)
def test_annotating_twice_changes_nothing(text, first_only, small):
    """What is linked already is read as the text that it was."""
    once = annotated(text, small, first_only=first_only)
    assert annotated(once, small, first_only=first_only) == once


def linked(text, small):
    result = gt.annotate_markdown(text, link="/g/{id}", glossary=small)
    assert re.sub(r"\[((?:[^\[\]])*)\]\(/g/[a-z-]*\)", r"\1", result) == text
    return re.findall(r"\[([^\[\]]*)\]\(/g/", result)


@given(words=st.lists(st.sampled_from(["LLM", "RAG", "*", "_{", "}", "\\frac", "&", "x", "é"])))
@pytest.mark.parametrize("formula", [r"\({}\)", r"\[{}\]", "$x{}x$", "$${}$$"])
def test_a_formula_is_left_alone(formula, words, small):
    """Whatever stands between the delimiters; what is around them is not."""
    formula = formula.replace("{}", " ".join(words))
    text = f"LLM {formula} LLM"
    assert (
        annotated(text, small) == f"{annotated('LLM', small)} {formula} {annotated('LLM', small)}"
    )


@pytest.mark.parametrize("lone", ["$$", "$", r"\(", r"\\(", r"\[", r"\begin{align}", "$$a$$ $$"])
def test_a_formula_that_is_never_closed_is_none(lone, small):
    """Paragraphs behind it are linked, and so is what stands in its own."""
    assert linked(f"RAG {lone} LLM, $x_{{LLM}}$\n\nLLM\n\n- RAG", small) == [
        "RAG", "LLM", "LLM", "RAG",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "`LLM`", "`` LLM ` ``", "```\nLLM\n```", "    LLM", "# LLM", "LLM\n===", "## a *LLM*\n",
        "[LLM](/u)", "[an LLM](/u)", "[LLM][x]\n\n[x]: /u", "[LLM]\n\n[LLM]: /u 'LLM'",
        "![LLM](/u)", "![LLM][x]\n\n[x]: /u", "<https://x.org/LLM>", "https://x.org/LLM",
        "<div>\nLLM\n</div>", "<b title='LLM'>x</b>", "<!-- LLM -->", "<code>LLM</code>",
        "<a href='/u'>LLM</a>", "<h2>\n\nLLM\n\n</h2>", "# <a>\n\nLLM", "<script>\n\nLLM",
        r"\(LLM\)", r"\[ LLM_*a*\n\]", r"\\(a LLM\\)", r"\begin{align}LLM\end{align}",
        "| LLM |\n|---|\n| x |", "LLM|\n-|\n",
        "$LLM$", "$a_{LLM}$", "$$ LLM $$", "$$\n\nLLM\n\n$$", "[^LLM]", "[[LLM]]", "{{ LLM }}",
        "---\ntitle: LLM\n---", "---\r\ntitle: LLM\r\n...\r\n", "+++\n\nLLM\n\n+++\n",
        "!LLM", "\\LLM", "a]LLM", "a_LLM", "a*LLM*", "*LLM*a", "&LLM;x&#76;LM", "L\\LM",
        "- `LLM`\n  > # LLM", "| a |\n|---|\n| `LLM` |", "| a |\n|---|\n| LLM \\| |",
    ],
)  # fmt: skip
def test_no_link_in(text, small):
    """What is no prose is left alone, and so is what a link could change."""
    assert [name for name in linked(text, small) if name != "LLM" or text != "&LLM;x&#76;LM"] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("An LLM, RAG.", ["LLM", "RAG"]),
        ("**LLM** *RAG* ~~Token~~ ***LLM***\n_LLM_", ["LLM", "RAG", "Token", "LLM", "LLM"]),
        ("**LLM**: a (RAG)", ["LLM", "RAG"]),
        ("**LLM**: a **RAG**.", []),
        ("large\nlanguage model", ["large\nlanguage model"]),
        ("> - large\n>   language  \n>   model", ["large\n>   language  \n>   model"]),
        ("1. LLM\n   - RAG\n\n     Token\nlazy LLM\r\n\tLLM\rLLM",
         ["LLM", "RAG", "Token", *["LLM"] * 3]),
        ("LLM | RAG\n---|---\nLLM | RAG | Token\nLLM", ["LLM", "RAG", "LLM"]),
        ("> | LLM | |\n> |---|---|\n> |  RAG | x", ["RAG"]),
        ("| > | x |\n|---|---|\n| LLM | LLM |", ["LLM", "LLM"]),
        ("a | b | a\n---|---|---\na | LLM", ["LLM"]),
        ("LLM $5 and $6 LLM \\$ LLM $ LLM", ["LLM"] * 4),
        ("$$a$$ LLM $$\n\n# $$ LLM\n\nRAG $$ LLM", ["LLM", "RAG", "LLM"]),
        ("It costs $$ LLM\n\nRAG\n\nLLM $$ Token", ["LLM", "RAG", "LLM", "Token"]),
        ("a\n$$\nLLM\n\nLLM $$ x $$ LLM\n\n $$ \nRAG $$LLM$$", ["RAG"]),
        ("$$\nLLM\n\nRAG $$", ["LLM", "RAG"]),
        ("LLM $$\n\nRAG\n\n$$", ["LLM", "RAG"]),
        ("LLM\n$$\nLLM\n$$\nLLM\n\n$$\n\nRAG", ["LLM", "LLM", "RAG"]),
        ("---\nx: LLM\n---\nLLM\n\n```\nLLM", ["LLM"]),
        ("---\n```\n---\nLLM", []),
        ("+++\nx = 1\n+++\n", []),
        ("LLM\n\n---\n\nLLM\n\n---\n", ["LLM", "LLM"]),
        ("\ufeff---\nLLM", ["LLM"]),
        ("\ufeff# LLM\n\nLLM", ["LLM"]),
        ("\ufeffLLM\r\nRAG", ["LLM", "RAG"]),
        ("<p class=math>LLM\n\nLLM\n\n<div class=math>LLM\n\nLLM", ["LLM"]),
        ("<b>LLM</b> <code>x</code> LLM\n\n<details>\n\nLLM\n\n</details>", ["LLM"] * 3),
        ("[a] LLM [b LLM", ["LLM", "LLM"]),
        ("LLM \\(LLM\\) LLM \\( `\\(` LLM `\\)` \\[ RAG\n\n\\] LLM", [*["LLM"] * 3, "RAG", "LLM"]),
        ("LLM](x) [a](/u) LLM", ["LLM", "LLM"]),
        ("LLM\0\ud800 LLM", ["LLM", "LLM"]),
        ("", []),
    ],
)  # fmt: skip
def test_links_in_prose(text, names, small):
    """Paragraphs, lists, quotations, emphasis and tables, over line breaks and what nests them."""
    assert linked(text, small) == names


def test_a_line_that_is_not_found_in_its_block_is_left_alone():
    """Nothing is placed by a guess, whatever a later parser may do to the text of a block."""
    assert _shifts("a\nb", [(0, "> a"), (4, "> b")]) == [(0, 2), (2, 4)]
    assert _shifts("a\nc", [(0, "> a"), (4, "> b")]) == []
    assert _shifts("a\nb", [(0, "> a b")]) == []


@pytest.mark.parametrize(
    "text",
    [
        "LLM " * 20_000, "> " * 50_000 + "LLM", "- " * 50_000, "[" * 5_000, "LLM *" * 8_000,
        "(*LLM*) " * 8_000, "$a " * 20_000, "[LLM](/u) " * 5_000, "---\n" * 10_000, "|" * 100_000,
    ],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_large_documents_have_an_answer(text, small):
    """Nesting and repetition change nothing: what is added is links alone."""
    linked = gt.annotate_markdown(text, link="/g/{id}", glossary=small)
    assert linked.replace("[LLM](/g/large-language-model)", "LLM") == text
