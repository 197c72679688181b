"""Where links may lead, and how that is told: the same rules for HTML and Markdown."""

from __future__ import annotations

import re
import sys

import pytest

import genai_terms as gt

BOTH = pytest.mark.parametrize("annotate", [gt.annotate_html, gt.annotate_markdown])


@BOTH
@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("javascript:alert('{id}')", "scheme that is not allowed"),
        ("JaVaScRiPt:{id}", "scheme that is not allowed"),
        ("data:text/html,{id}", "scheme that is not allowed"),
        ("{id}:x", "scheme that is not allowed"),
        ("java\tscript:x", r"holds '\t'"),
        ("\x01javascript:x", r"holds '\x01'"),
        ("/\u202e{id}", r"holds '\u202e'"),
        ("/\ud800{id}", r"holds '\ud800'"),
        ('/"{id}', "holds '\"'"),
        ("/<{id}", "holds '<'"),
        ("/{slug}", "has the placeholder {slug}; allowed are: {id} and {name}"),
        ("/{id!r}", "has the placeholder {id!r}"),
    ],
)
def test_a_template_that_leads_astray_is_refused(annotate, link, message, small):
    """Only relative, http and https addresses with known placeholders; the text does not matter."""
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        annotate("", link=link, glossary=small)
    assert str(caught.value).startswith("link=")


@BOTH
@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:x", "java\nscript:x", '"onclick=x', "a b", "\x00", "<"]
)
def test_what_a_callable_returns_is_held_to_the_same_rules(annotate, address, small):
    """No address of any origin gets into a document unchecked."""
    with pytest.raises(ValueError, match=re.escape(f"link(mention)={address!r}")):
        annotate("An LLM.", link=lambda mention: address, glossary=small)


@BOTH
def test_wrong_arguments_are_type_errors(annotate, small):
    """Each message names the argument and what was found."""
    with pytest.raises(TypeError, match="link is a str or a callable, found int"):
        annotate("LLM", link=3, glossary=small)
    with pytest.raises(TypeError, match=r"link\(mention\) is a str, found int"):
        annotate("LLM", link=lambda mention: 3, glossary=small)
    with pytest.raises(TypeError, match="(html|text) is a str, found bytes"):
        annotate(b"LLM", link="/{id}", glossary=small)
    with pytest.raises(TypeError, match="glossary is a Glossary, found list"):
        annotate("LLM", link="/{id}", glossary=[])
    with pytest.raises(TypeError):
        annotate("LLM", "/{id}")


@BOTH
@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("kinds", "animal", "kinds: unknown 'animal'"),
        ("levels", ["easy"], "levels: unknown 'easy'"),
        ("exclude", "no such name", "exclude: "),
    ],
)
def test_unknown_options_are_value_errors(annotate, option, value, message, small):
    """The annotator's own checks hold whatever the text."""
    with pytest.raises(ValueError, match=message):
        annotate("", link="/{id}", glossary=small, **{option: value})


def test_placeholders_are_percent_encoded(small):
    """A name fills its place in the address and no more."""
    link = "/g/{id}?q={name}&x=1"
    html = gt.annotate_html("RAG", link=link, glossary=small)
    assert 'href="/g/r-and-d?q=R%26D%20%2F%20science&amp;x=1"' in html
    markdown = gt.annotate_markdown("RAG", link=link, glossary=small)
    assert markdown == r"[RAG](/g/r-and-d?q=R%26D%20%2F%20science\&x=1)"


@BOTH
def test_a_callable_sees_each_mention_where_it_lies(annotate, small):
    """Offsets count in the document, so that the callable can look around."""
    document = "A Token &amp;\n\nan LLM"
    seen = []
    assert annotate(document, link=seen.append, glossary=small) == document
    assert [(document[m.start : m.end], m.text, m.term_id) for m in seen] == [
        ("Token", "Token", "token"),
        ("LLM", "LLM", "large-language-model"),
    ]
    assert {type(mention) for mention in seen} == {gt.Mention}


@BOTH
def test_options_choose_the_terms(annotate, small):
    """Kinds, levels, exclusions and common words work as they do for plain text."""

    def linked(**options):
        result = annotate("LLM RAG Token", link="/{id}", glossary=small, **options)
        return re.findall(r"/([a-z-]+)[\")]", result)

    assert linked() == ["large-language-model", "r-and-d", "token"]
    assert linked(kinds="model") == ["large-language-model"]
    assert linked(levels="advanced") == []
    assert linked(exclude=["RAG"]) == ["large-language-model", "token"]
    assert linked(common_words=False) == ["large-language-model", "r-and-d"]


@BOTH
def test_first_only_links_a_term_once_in_the_whole_document(annotate, small):
    """A mention that the callable declines, or that no link may stand on, is not the first."""
    document = (
        "`LLM`\n\n# RAG\n\nRAG LLM\n\nLLM RAG"
        if annotate is gt.annotate_markdown
        else ("<code>LLM</code><h1>RAG</h1><p>RAG LLM<p>LLM RAG")
    )
    once = annotate(document, link="/{id}", glossary=small, first_only=True)
    assert once.count("/large-language-model") == once.count("/r-and-d") == 1
    assert once.index("/r-and-d") < once.index("/large-language-model")
    assert annotate(once, link="/{id}", glossary=small, first_only=True) == once
    calls = []

    def link(mention):
        calls.append(mention.text)
        return None if len(calls) == 1 else "/x"

    annotate(document, link=link, glossary=small, first_only=True)
    assert calls == ["RAG", "LLM", "RAG"]


@BOTH
def test_addresses_in_text_are_left_alone(annotate, small):
    """Renderers make links of web and mail addresses themselves."""
    document = "https://x.org/RAG RAG www.LLM.org a.LLM@x.org LLM"
    result = annotate(document, link="#", glossary=small)
    assert result.startswith("https://x.org/RAG ")
    assert " www.LLM.org a.LLM@x.org " in result
    assert result.count("#") == 2


@BOTH
def test_the_built_in_glossary_is_the_default(annotate):
    """A host application needs no more than the text and where links lead."""
    assert "/g/retrieval-augmented-generation" in annotate("RAG", link="/g/{id}")


def test_only_markdown_needs_the_extra(monkeypatch, small):
    """HTML is read by the library itself; Markdown says what to install."""
    monkeypatch.setitem(sys.modules, "markdown_it", None)
    for name in ("markdown", "_inline", "_prose"):
        monkeypatch.delitem(sys.modules, f"genai_terms._markup.{name}", raising=False)
    assert "href" in gt.annotate_html("LLM", link="/{id}", glossary=small)
    with pytest.raises(gt.MissingExtraError, match=r"markdown-it-py.*genai-terms\[markup\]"):
        gt.annotate_markdown("LLM", link="/{id}", glossary=small)
