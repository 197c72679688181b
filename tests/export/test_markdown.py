"""Markdown pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import genai_terms as gt
from genai_terms.export import Links, markdown
from genai_terms.export._links import outside
from genai_terms.export._page import HEADINGS

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
LINKS = Links(
    term="/g/{id}",
    category="/c/{id}",
    glossary="/g",
    jobs="/jobs?q={name}&all=1",
    positions="/positions/{id}",
    salaries="https://pay.example/(all)/{name}",
)


def _structure(text):
    """What a parser sees: the kinds of blocks and spans in order, each with its text."""
    seen = []
    for block in PARSER.parse(text):
        seen.append((block.type, block.tag, block.info))
        if block.type == "fence":
            seen.append(("text", block.content))
        for span in block.children or ():
            if span.type != "text":
                seen.append((span.type, span.tag))
            elif seen[-1][0] == "text":
                seen[-1] = ("text", seen[-1][1] + span.content)
            else:
                seen.append(("text", span.content))
    return [part for part in seen if part != ("text", "")]


def _hrefs(text):
    blocks = (block.children or () for block in PARSER.parse(text))
    return [
        str(span.attrs["href"]) for spans in blocks for span in spans if span.type == "link_open"
    ]


@given(data=st.data())
def test_no_text_of_an_entry_becomes_markup(hostile_terms, twin, data):
    """A parser sees the same blocks, spans and text as in a page of harmless words."""
    term = data.draw(hostile_terms)
    tame = twin(term)
    expected = [
        (kind, tame.restored(text).replace("\0", "\ufffd") if kind == "text" else text, *rest)
        for kind, text, *rest in _structure(markdown.dumps(tame.term))
    ]
    assert _structure(markdown.dumps(term)) == expected


@given(data=st.data())
def test_there_is_no_html_and_no_link_but_those_of_the_page(hostile_glossaries, data):
    """No text becomes HTML, an image or a link; sources are linked where they are http(s)."""
    glossary = data.draw(hostile_glossaries)
    text = markdown.dumps(glossary)
    kinds = {kind for kind, *_ in _structure(text)}
    assert kinds.isdisjoint({"html_block", "html_inline", "image", "table_open", "s_open"})
    sources = [outside(r.href) for term in glossary for r in term.references]
    unquoted = [href.translate(markdown._IN_ADDRESS).replace("\\", "") for href in sources if href]
    assert _hrefs(text) == [PARSER.normalizeLink(href) for href in unquoted]


def test_a_page_has_every_section_in_order(full):
    """An entry that has everything shows everything, under the headings of `HEADINGS`."""
    text = markdown.dumps(full)
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == [
        "# Dropout (DO)",
        *(f"## {HEADINGS[field]}" for field in list(HEADINGS)[:11]),
        "### Which rate is usual?",
        "### Is it still used?",
        "## Related concepts",
        "## References",
    ]
    shown = (
        "A regularizer that switches random units off.\n",
        "- Also known as: DO, unit dropout\n- Covers: spatial dropout\n- Kind: technique\n",
        "Glossary › Training\n",
        "colleagues.\n\nNobody",
        "```math\ny = m \\odot x\n```\n\nm is the mask.\n",
        "- **It is used at inference.** No.\n",
        "- **AlexNet**: It dropped half of its units.\n",
        "- Regularization (Broader concept): What keeps a model from",
        "- ML engineer (Practiced by): Somebody who trains models.\n",
        "1. Srivastava et al. (2014). [Dropout](https://jmlr.org/x).\n",
        "2. Hinton et al. (2012). [Improving](https://arxiv.org/abs/1207.0580). arXiv\\:12",
        "3. N. N. (2020). [A book](https://openlibrary.org/isbn/9783161484100). ISBN 978-3-",
        "4. N. N. (2020). [A study](https://doi.org/10.1/x). doi\\:10.1/x.\n",
        "5. N. N. (2020). A file.\n",
    )
    assert [part for part in shown if part not in text] == []
    assert "switch neurons off" not in text


def test_an_entry_without_sections_has_no_headings():
    """What an entry lacks is left out with its heading."""
    text = markdown.dumps(gt.Term(id="x", name="X", definition="D."))
    assert text == "# X\n\nGlossary › General\n\nD.\n\n- Kind: concept\n- Level: beginner\n"


def test_the_pages_of_the_host_are_linked(full):
    """Templates are filled in, encoded, and lead from the right texts."""
    text = markdown.dumps(full, links=LINKS)
    shown = (
        "[Glossary](/g) › [Training](/c/training)\n",
        "- [Browse jobs: Dropout](/jobs?q=Dropout\\&all=1)\n",
        "- [Open positions: Dropout](/positions/dropout)\n",
        "- [Salary ranges: Dropout](https://pay.example/%28all%29/Dropout)\n",
        "- [Regularization](/g/regularization) (Broader concept)",
    )
    assert [part for part in shown if part not in text] == []
    assert "/jobs?q=Dropout&all=1" in _hrefs(text)


def test_jobs_are_linked_where_an_entry_says_nothing_about_careers():
    """The host's links do not depend on the section's text."""
    text = markdown.dumps(gt.Term(id="x", name="X", definition="D."), links=LINKS)
    assert "## Career relevance\n\n- [Browse jobs: X](/jobs?q=X\\&all=1)\n" in text


def test_several_terms_make_one_document(mini):
    """Each term is a part of it, one level lower, in order of id."""
    headings = [
        line for line in markdown.dumps(mini).splitlines() if line.startswith(("# ", "## "))
    ]
    titles = [f"## {term.title}" for term in mini]
    assert [line for line in headings if line in {"# Glossary", *titles}] == ["# Glossary", *titles]
    assert markdown.dumps([]) == "# Glossary\n"


@pytest.mark.parametrize(
    "text",
    [
        "*a* _b_ `c` ~~d~~ $e$ ^f^ ==g==",
        "[a](b) ![c](d) [e]: f [^g]",
        "<b>x</b> <!-- y --> &amp; &copy;",
        "# a", "- b", "+ c", "1. d", "2) e", "> f", "---", "```", ": g", "%% h", "!!! i", "(j)=",
        "a | b", "http://x.org www.x.org x@y.org :smile: {role}`x`", "ends with \\", "a #",
    ],
)  # fmt: skip
def test_syntax_of_markdown_is_shown_as_it_was_written(text):
    """Text that looks like Markdown is read back as text, at the start of a block and inside."""
    term = gt.Term(id="x", name="X", definition=f"{text}\n\nThen {text}")
    shown = [value for kind, value, *_ in _structure(markdown.dumps(term)) if kind == "text"]
    assert shown[2:4] == [text, f"Then {text}"]


@pytest.mark.parametrize("latex", ["```\n# a\n```", "x ````` y", "~~~\n<b>", "`"])
def test_a_formula_cannot_close_its_fence(latex):
    """A fence is longer than any run of backticks in the formula."""
    term = gt.Term(id="x", name="X", definition="D.", formula=gt.Formula(latex=latex, meaning="M."))
    fences = [block for block in PARSER.parse(markdown.dumps(term)) if block.type == "fence"]
    assert [fence.content for fence in fences] == [latex + "\n"]


def test_usual_prose_is_not_cluttered():
    """What cannot be syntax where it stands is not escaped."""
    text = (
        "It costs 3.50 (or 4), isn't cheap: C++ and pass-through = 2 + 2; 10:30? No! 50 %, x - y."
    )
    plain = markdown.dumps(gt.Term(id="x", name="X", definition=text.replace("10:30", "10.30")))
    assert text.replace("10:30", "10.30") in plain
